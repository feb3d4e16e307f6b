"""Actions of all reviews as a person reads them on the command line: groups of lines in columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtui.cli.words import columns
from lrtui.review import followup
from lrtui.review.followup import By
from lrtui.review.followup_teams import in_words
from lrtui.review.model import UNTITLED
from lrtui.review.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from lrtui.review.followup import Standing
    from lrtui.review.followup_teams import Team


def as_text(
    listed: Sequence[Standing], today: date, by: By, figures: Sequence[Team] = (), *, hints: bool = False
) -> Iterator[str]:
    """Yield the lines that a person reads: groups of actions, in columns."""
    said = {team.name: in_words(team) for team in figures}
    groups = followup.grouped(listed, by)
    lines = iter(columns([_columns(item, today) for _, group in groups for item in group]))
    for number, (heading, group) in enumerate(groups):
        if number:
            yield ""
        count = "" if by is By.OWNER else f" ({len(group)})"  # of people nothing is counted
        yield f"{heading}{count}"
        if heading in said:
            yield f"  {said[heading]}"
        for item in group:
            yield f"  {next(lines)}"
            if hints:
                yield from _hints(item)


def _columns(item: Standing, today: date) -> tuple[str, ...]:
    team = f"{'~' if item.team_by_default else ''}{item.team}"
    aside = "; ".join((item.action.title or UNTITLED, *followup.marks(item)))
    due = followup.due_in_words(item, today)
    return item.handle, due, followup.named(item), team, f"{clean_line(item.action.text)} ({aside})"


def _hints(item: Standing) -> Iterator[str]:
    from lrtui.review.followup_hints import doubts

    for doubt in doubts(item):
        yield f"      {doubt.what}: {doubt.words}"
