"""What the page of a write-up lists: what is known of the incident, and each section with its prompts and lines."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lrtui.app.screens.room_rows import LineRows
from lrtui.app.screens.setup_rows import moment_words
from lrtui.app.widgets.rows import Row
from lrtui.review import lines
from lrtui.review.model import Entry, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lrtui.review.model import Action, Review
    from lrtui.review.template import Step


def end_of(step: str) -> str:
    """Return the key of the row that ends a section."""
    return f"-{step}"


def _stands(review: Review, line: Entry | Action, step: str) -> bool:
    private = isinstance(line, Entry) and line.kind is Kind.PRIVATE
    return not private and lines.section(review, line) == step


class PageRows:
    """All sections of a page as rows, each ended by an empty one."""

    def __init__(self) -> None:
        self._sections: dict[str, LineRows] = {}

    def of(
        self, review: Review, page: str, fresh: str | None, rivals: Mapping[str, str], *, coached: bool
    ) -> list[Row]:
        """Return the rows; the section `page` is open, with all its prompts and, if it is to be `coached`, advice.

        Another one shows its prompts until something is written in it.
        """
        rows: list[Row] = []
        for step in review.template.steps:
            section = self._sections.setdefault(step.key, LineRows(_stands))
            written = section.of(review, step.key, fresh, rivals)
            rows += _head(step, opened=step.key == page, coached=coached, empty=not written)
            rows += _plain(written, lines.default_kind(review, step.key))
            rows.append(Row(end_of(step.key), "", selectable=False))
        return rows


def _head(step: Step, *, opened: bool, coached: bool, empty: bool) -> Iterator[Row]:
    yield Row(step.key, f"▸ {step.title}" if opened else step.title, style="heading", selectable=False)
    if opened or empty:
        yield from (Row("", f"· {prompt}", style="muted", selectable=False, hang=2) for prompt in step.prompts)
    if opened and coached and step.coach:
        yield Row("", step.coach, style="muted", selectable=False)


def _plain(written: Iterable[Row], collected: Kind) -> Iterator[Row]:
    """Leave out what a line is where its section collects just that."""
    return (replace(row, lead="") if row.lead == collected.label else row for row in written)


def known(review: Review, setup: str) -> list[Row]:
    """Return what is known of the incident and what is not, and how to add it; `setup` is the way to the set-up.

    What stands before both keeps the texts below it in their column when the first line with a time comes.
    """
    template = review.template
    values = {fact.key: review.head.facts.get(fact.key, "") for fact in template.facts}
    values |= {moment.key: moment_words(review, moment.key) for moment in template.moments}
    if not values:
        return []
    filled = " · ".join(f"{key}: {value}" for key, value in values.items() if value)
    missing = ", ".join(key for key, value in values.items() if not value)
    ways = f"{missing}: /fact KEY WORDS, /moment KEY TIME; {setup} shows all"
    rows = [Row("", "Facts", style="heading", selectable=False)]
    rows += [Row("", filled, "known", selectable=False)] * bool(filled)
    rows += [Row("", ways, "not yet", style="muted", selectable=False)] * bool(missing)
    return [*rows, Row("", "", selectable=False)]


def still_empty(review: Review, width: int) -> str:
    """Tell in words which sections are still empty, as many as there is room for by name."""
    empty = lines.empty_steps(review)
    if len(empty) == len(review.template.steps):
        return "nothing written yet"
    if not empty:
        return "every section has something"
    named = next((count for count in range(len(empty), 0, -1) if len(_naming(empty, count)) <= width), 0)
    return _naming(empty, named)


def _naming(empty: list[str], count: int) -> str:
    rest = len(empty) - count
    if not count:
        return f"{rest} sections are still empty" if rest > 1 else "one section is still empty"
    return f"still empty: {', '.join(empty[:count])}{f' and {rest} more' if rest else ''}"
