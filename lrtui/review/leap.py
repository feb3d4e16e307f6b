"""A leap of the clock: the machine slept, or the program was stopped, while the clock of the meeting ran on.

That time counts for the step until somebody says otherwise. What is left out stands beside what was spent, in a field
of its own: the time that the clock ran is never made less.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from lrtui.errors import Refused
from lrtui.review import agenda, dates
from lrtui.review.model import StepState
from lrtui.review.replan import Change, Wish, number

if TYPE_CHECKING:
    from datetime import datetime

    from lrtui.review.model import Review

LONGEST_TICK = 120  # seconds between two looks at the clock, one a second, above which it has leapt


@dataclass(frozen=True, slots=True)
class Leap:
    """Seconds of a step's time in which nobody could see the clock; so many had been left out of it `before`."""

    step: str
    seconds: int
    before: int = 0


def noticed(review: Review, last: datetime, now: datetime) -> Leap | None:
    """Return the leap between the `last` look at the running clock and this one; None where there is none."""
    since = review.head.since
    seconds = int((now - max(last, since)).total_seconds()) if since else 0
    step = agenda.pace(review, now).current if seconds > LONGEST_TICK else None
    return Leap(step.key, seconds, _state(review, step.key).uncounted) if step else None


def undecided(review: Review, leap: Leap | None) -> Leap | None:
    """Return the leap if nobody has left it out yet, in another terminal, say."""
    return leap if leap and _state(review, leap.step).uncounted == leap.before else None


def together(earlier: Leap | None, leap: Leap) -> Leap:
    """Return a leap with an earlier one that is undecided; only those of one step are one question."""
    same = earlier is not None and earlier.step == leap.step
    return replace(leap, seconds=leap.seconds + earlier.seconds) if earlier and same else leap


def question(review: Review, leap: Leap) -> str:
    """Say what has happened and ask what to do about it."""
    step = review.template.step(leap.step)
    whom = f"“{step.title}”" if step else "a step"
    span = dates.spell_duration(timedelta(seconds=leap.seconds))
    return f"The clock leapt by {span}, which counts for {whom}: /uncount leaves it out, /count keeps it."


def left_out(review: Review, key: str, seconds: int, now: datetime) -> Change:
    """Leave so much out of the time that a step has taken."""
    step = next((step for step in agenda.pace(review, now).steps if step.key == key), None)
    if step is None:
        raise Refused("No step is open. Go to the one whose time is meant.")
    if seconds < 1:
        raise Refused("Write how many minutes are to be left out: /uncount 10.")
    if seconds > step.spent:
        raise Refused(f"“{step.title}” has taken {dates.clock_text(step.spent)}; no more than that can be left out.")
    return _counting(review, key, _state(review, key).uncounted + seconds)


def all_counted(review: Review, _: datetime, key: str) -> Change:
    """Count again what was left out of a step's time."""
    if not _state(review, key).uncounted:
        raise Refused("Nothing was left out of the time of this step.")
    return _counting(review, key, 0)


def wish(words: str, review: Review, leap: Leap | None) -> Wish:
    """Read what is typed after the command that leaves time out: minutes of the open step, or nothing for the leap."""
    if words:
        leap = Leap(review.head.step, 60 * number(words, "/uncount 10"))
    if leap is None:
        raise Refused("The clock has not leapt. Write how many minutes are to be left out: /uncount 10.")
    key, seconds = leap.step, leap.seconds
    return Wish("leave time out", lambda review, now: left_out(review, key, seconds, now))


def _state(review: Review, key: str) -> StepState:
    return review.steps.get(key) or StepState(key)


def _counting(review: Review, key: str, uncounted: int) -> Change:
    steps = {**review.steps, key: replace(_state(review, key), uncounted=uncounted)}
    return Change(review, replace(review, steps=steps))
