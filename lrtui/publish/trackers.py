"""Actions as issue trackers take them: Markdown for GitHub, CSV for the import of GitLab and of Jira.

What people typed stays text there: it notifies nobody, links to no other issue, and is no command of the tracker.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lrtui.publish.csv_text import csv_text
from lrtui.publish.escape import inline
from lrtui.review.model import State
from lrtui.review.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lrtui.review.followup import Standing

_LONGEST_TITLE = 250  # GitLab and Jira take 255 characters
_WIKI = re.compile(r"([\\{}\[\]*_^~!|]|(?<!\w)[+-](?=\S)|\?(?=\?))")
_JIRA_PRIORITIES = {"urgent": "Highest", "high": "High", "medium": "Medium", "low": "Low"}


def github(items: Iterable[Standing]) -> str:
    """Return a task list to paste into an issue of GitHub, where each item can be turned into an issue of its own.

    What is done is ticked; what was dropped or moved elsewhere is no task here any more.
    """
    listed = (_task(item) for item in items if not item.action.state.gone)
    return "\n".join(listed) + "\n"


def _task(item: Standing) -> str:
    box = "x" if item.action.state is State.DONE else " "
    return f"- [{box}] {inline(item.action.text)} — {inline(_aside(item))}"


def _aside(item: Standing) -> str:
    owners = ", ".join(owner.name for owner in item.action.owners)
    due = f"due {item.due.isoformat()}" if item.due else ""
    return ", ".join(filter(None, (owners, item.team, due, item.action.priority, item.handle)))


def gitlab(items: Iterable[Standing]) -> str:
    """Return the CSV that GitLab imports as issues, of what is still to do: title, description, due date."""
    rows = ((_title(item), _markdown(item), item.due.isoformat() if item.due else "") for item in _to_do(items))
    return csv_text(("title", "description", "due_date"), rows)


def jira(items: Iterable[Standing]) -> str:
    """Return the CSV that Jira imports as issues, of what is still to do.

    Its days are `yyyy-MM-dd`, which the importer asks for.
    """
    rows = (
        (
            _title(item),
            "Task",
            _JIRA_PRIORITIES.get(item.action.priority, ""),
            item.due.isoformat() if item.due else "",
            "learning-review",
            "\n".join(f"{what}: {_wiki(words)}" for what, words in _details(item)),
        )
        for item in _to_do(items)
    )
    return csv_text(("Summary", "Issue Type", "Priority", "Due Date", "Labels", "Description"), rows)


def _to_do(items: Iterable[Standing]) -> Iterator[Standing]:
    """Yield what an import is for: each row becomes an issue that is open."""
    return (item for item in items if item.action.state.going)


def _title(item: Standing) -> str:
    text = clean_line(item.action.text)
    return text if len(text) <= _LONGEST_TITLE else f"{text[: _LONGEST_TITLE - 1]}…"


def _markdown(item: Standing) -> str:
    """Return the description of an issue; each line begins with a mark of ours, so that none is a quick action."""
    return "\n".join(f"* {what}: {inline(words)}" for what, words in _details(item))


def _details(item: Standing) -> Iterator[tuple[str, str]]:
    action = item.action
    told = (
        ("Action", action.text if len(action.text) > _LONGEST_TITLE or "\n" in action.text else ""),
        ("Owner", ", ".join(owner.name for owner in action.owners)),
        ("Team", item.team),
        (
            "Due",
            f"{item.due.isoformat()}, by default for {action.priority}" if item.due and item.due_by_default else "",
        ),
        ("Done when", action.done_when),
        ("Reference", action.ref),
        ("From the review", ", ".join(filter(None, (action.title, action.held.isoformat() if action.held else "")))),
        ("Called there", item.handle),
    )
    yield from ((what, clean_line(words)) for what, words in told if words)


def _wiki(text: str) -> str:
    """Return text so that Jira's wiki notation leaves it as it is."""
    return _WIKI.sub(r"\\\1", text)
