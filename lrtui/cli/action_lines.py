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

    from lrtui.review.followup import Standing
    from lrtui.review.followup_teams import Team


def as_text(
    listed: Sequence[Standing],
    by: By,
    figures: Sequence[Team] = (),
    *,
    hints: bool = False,
    width: int | None = None,
) -> Iterator[str]:
    """Yield the lines that a person reads: groups of actions in columns, first of those that wait for a second look.

    With figures the groups are whole teams. A line that is longer than `width` goes on below, further in.
    """
    said = {team.name: in_words(team) for team in figures}
    groups = followup.grouped(listed, by, soak_first=not figures)
    lines = iter(columns([_columns(item, heading) for heading, group in groups for item in group]))
    for number, (heading, group) in enumerate(groups):
        if number:
            yield ""
        count = "" if by is By.OWNER else f" ({len(group)})"  # of people nothing is counted
        yield f"{heading}{count}"
        if heading in said:
            yield from _fitted(said[heading], 2, width)
        for item in group:
            yield from _fitted(next(lines), 2, width)
            if hints:
                yield from (line for doubt in _hints(item) for line in _fitted(doubt, 6, width))


def _fitted(text: str, indent: int, width: int | None) -> list[str]:
    """Return a text as the lines that a width has room for; dates and what an action is called stay whole."""
    begin = " " * indent
    if width is None or indent + len(text) <= width:
        return [f"{begin}{text}"]
    from textwrap import wrap

    room = max(width, 3 * indent)
    return wrap(text, room, initial_indent=begin, subsequent_indent=f"{begin}  ", break_on_hyphens=False)


def _columns(item: Standing, heading: str) -> tuple[str, ...]:
    team = f"{'~' if item.team_by_default else ''}{item.team}"
    aside = "; ".join((item.action.title or UNTITLED, *followup.marks(item, heading)))
    due = followup.due_in_words(item)
    return item.handle, due, followup.named(item), team, f"{clean_line(item.action.text)} ({aside})"


def _hints(item: Standing) -> Iterator[str]:
    from lrtui.review.followup_hints import doubts

    for doubt in doubts(item):
        yield f"{doubt.what}: {doubt.words}"
