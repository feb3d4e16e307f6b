"""Actions of all reviews as a digest in Markdown, to be sent round: by owner, by team or by date."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from lrtui.publish.escape import block, heading, inline, tag
from lrtui.review import followup
from lrtui.review.followup import By, When
from lrtui.review.followup_teams import in_words
from lrtui.review.model import State

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from lrtui.review.followup import Standing
    from lrtui.review.followup_teams import Team

_BOXES = {State.OPEN: "[ ] ", State.DOING: "[ ] ", State.DONE: "[x] "}


def digest(items: Sequence[Standing], today: date, by: By, teams: Sequence[Team] = ()) -> str:
    """Return the digest; `teams` are figures to tell below the headings of teams. Of people nothing is counted."""
    figures = {team.name: in_words(team) for team in teams}
    parts = [f"# Actions on {today.isoformat()}", _summary(items)]
    for title, group in followup.grouped(items, by):
        parts.append(f"## {heading(title)}")
        parts += [figures[title]] if title in figures else []
        parts.append("\n".join(_item(item, by) for item in group))
    return "\n\n".join(parts) + "\n"


def _summary(items: Sequence[Standing]) -> str:
    counts = Counter(item.when for item in items)
    said = [f"{counts[when]} {when}" for when in When if counts[when]]
    untouched = sum(item.untouched for item in items)
    said += [f"{untouched} untouched for {followup.LONG} days or more"] if untouched else []
    return f"{', '.join(said) or 'None'}."


def _item(item: Standing, by: By) -> str:
    action = item.action
    team = f"team {inline(item.team)}" if item.team and by is not By.TEAM else ""
    due = inline(followup.due_in_words(item))
    ref = f"ref {inline(action.ref)}" if action.ref else ""
    details = ", ".join(
        filter(None, (_owners(item, by), team, due, *followup.marks(item), inline(action.priority), ref))
    )
    text = f"- {_BOXES.get(action.state, '')}{block(action.text, indent='  ')} — {details}"
    lines = [" ".join([text, *map(tag, action.tags)])]
    lines += [f"Done when: {block(action.done_when, indent='  ')}"] if action.done_when else []
    lines += [f"{_said(action.state)}: {block(action.reason, indent='  ')}"] if action.reason else []
    lines.append(f"{inline(action.title) or 'Untitled review'}, {inline(item.handle)}")
    return "\\\n  ".join(lines)


def _owners(item: Standing, by: By) -> str:
    """Name the owners, the accountable one in bold print; below that one's own name only the others."""
    first, *others = [inline(owner.name) for owner in item.action.owners] or [""]
    if by is By.OWNER:
        return f"with {', '.join(others)}" if others else ""
    return ", ".join([f"**{first}**", *others]) if first else ""


def _said(state: State) -> str:
    return {State.DONE: "How we know", State.NOT_DOING: "Not doing", State.MOVED: "Moved"}.get(state, "Noted")
