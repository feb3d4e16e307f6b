"""The last belt before the terminal: no control character of a text is ever written as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.filter import LineFilter

from lrtui.review.text import clean

if TYPE_CHECKING:
    from textual.color import Color


class CleanFilter(LineFilter):
    """Makes hostile characters visible in whatever a widget draws, should one ever get that far."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002 - the filter's interface
        """Return the segments with their text cleaned; those without a character to clean are passed on as they are."""
        return [
            segment
            if segment.control or segment.text.isprintable()
            else Segment(_one_cell(segment.text), segment.style)
            for segment in segments
        ]


def _one_cell(text: str) -> str:
    return clean(text).replace("\n", " ").replace("\t", " ")
