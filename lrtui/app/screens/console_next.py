"""What facilitators mean to do differently next time: asked when a review is over, shown when the next one begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtui.app.widgets.rows import Row
from lrtui.review import intentions
from lrtui.review.model import Status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrtui.mine import Intended
    from lrtui.review.model import Review


def rows(review: Review, page: str, author: str, last: Intended | None, way: str) -> Iterator[Row]:
    """Yield what was meant to be done next time: `last` while the meeting begins, and at its end what to keep.

    `way` is how that is kept.
    """
    first = next((step.key for step in review.template.steps), "")
    if review.head.status is Status.DONE:
        kept = intentions.intended(review, author)
        ask = f"What will you do differently? {way} WORDS keeps it for you alone."
        yield from _part("Next time", intentions.told(kept) if kept else ask)
    elif last is not None and page in {"", first}:
        since = f", {last.day.isoformat()}" if last.day else ""
        yield from _part(f"From your last review{since}", intentions.told(last.text))


def _part(title: str, text: str) -> Iterator[Row]:
    yield Row("", title, style="heading", selectable=False)
    yield Row("", text, selectable=False)
    yield Row("", "", selectable=False)
