"""The settings of a library, which a team shares: `lrtui.yaml`.

What is at fault stays as it ships, and is told: a slip in them never keeps anybody from a meeting.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lrtui.review import spans
from lrtui.review.followup import DUE_BY_PRIORITY, Customs
from lrtui.review.model import PRIORITIES
from lrtui.review.shapes import Path, Report, line_of, record, short
from lrtui.review.yaml_text import Fault, Node, read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SOURCE = "lrtui.yaml"


@dataclass(frozen=True, slots=True)
class LibraryReading:
    """What a library's file says, and its faults in the order of their places; `unread` is why it could not be read."""

    customs: Customs = field(default_factory=Customs)
    faults: Sequence[Fault] = ()
    unread: str = ""

    @property
    def notice(self) -> str:
        """What a person who has something else to do is told of its faults, fit for everybody to see."""
        if self.unread:
            return f"{SOURCE} {self.unread}; everything in it is as it ships."
        told = [f"{SOURCE}, line {fault.line}: {fault.message}" for fault in self.faults[:3]]
        more = len(self.faults) - len(told)
        rest = f" And {more} more." if more else ""
        return ". ".join(told) + f".{rest} That stays as it ships." if told else ""


def _span(report: Report, node: Node, path: Path) -> spans.Span | None:
    word = line_of(report, node, path)
    span = spans.parse(word) if word else None
    if word and span is None:
        report.refuse(node, path, f'"{short(word)}" is no span of days; expected {spans.EXAMPLES}')
    return span


_BY_PRIORITY = dict.fromkeys(PRIORITIES, _span)
_SETTINGS = record(
    {
        "team": line_of,
        "due": record(_BY_PRIORITY, "due date by priority", unknown="there is no priority"),
        "slas": record(_BY_PRIORITY, "promise by priority", unknown="there is no priority"),
    },
    "set of settings",
    unknown="a library has no setting",
)


def read_library(text: str) -> LibraryReading:
    """Read a library's file; one that says nothing is as it ships."""
    root, faults = read(text)
    report = Report(faults)
    given = _SETTINGS(report, root, ()) if root else None
    found = given if isinstance(given, dict) else {}
    customs = Customs(
        found.get("team") or "",
        {**DUE_BY_PRIORITY, **_given(found.get("due"))},
        _given(found.get("slas")),
    )
    return LibraryReading(customs, tuple(sorted(set(report.faults))))


def _given(values: Mapping[str, spans.Span | None] | None) -> dict[str, spans.Span]:
    return {priority: span for priority, span in (values or {}).items() if span}
