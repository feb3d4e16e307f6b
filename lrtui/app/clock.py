"""The big clock of the room: what it shows, and when it calls for attention."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lrtui.review.dates import clock_text
from lrtui.settings.values import ClockStyle

if TYPE_CHECKING:
    from lrtui.review.agenda import StepPace


class Face(NamedTuple):
    """What a clock shows: big digits with words below, or where there is no room for these, all in one line."""

    digits: str
    words: str
    line: str


def face(step: StepPace, style: ClockStyle) -> Face:
    """Return what the clock shows of the open step; time that a step has run over is shown as such in every style."""
    left = f"+{clock_text(step.over)}" if step.over else clock_text(step.left)
    spent = clock_text(step.spent)
    of = f"of {step.planned // 60} min · {step.words}"
    match style:
        case ClockStyle.LEFT:
            return Face(left, of, f"{left} {of}")
        case ClockStyle.SPENT:
            return Face(spent, f"spent {of}", f"{spent} spent {of}")
        case ClockStyle.BOTH:
            what = "over" if step.over else "left"
            return Face(left, f"{spent} spent {of}", f"{left} {what}, {spent} spent {of}")


class Alarm:
    """Calls for attention when the open step comes to its last twentieth, and when it runs over: once each.

    What was so already when the step was opened, or first looked at, is nobody's news.
    """

    def __init__(self) -> None:
        self._seen = ("", 0)

    def calls(self, step: StepPace) -> bool:
        """Tell whether the open step, as it is now, calls for attention."""
        stage = 2 if step.over else 1 if step.nearly_up else 0
        (key, before), self._seen = self._seen, (step.key, stage)
        return key == step.key and stage > before
