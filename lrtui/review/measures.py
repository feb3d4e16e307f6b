"""What the moments of an incident add up to: its measures, and how long ago it ended.

Numbers are shown as they are. A moment that is missing makes a measure pending, one that does not apply makes it not
applicable, and an end before its start is invalid and keeps its negative length: a wrong moment is found by being seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from lrtui.review import dates
from lrtui.review.dates import zone_of

if TYPE_CHECKING:
    from datetime import datetime, tzinfo

    from lrtui.review.model import Moment, Review
    from lrtui.review.template import Measure

_NOTHING = timedelta(0)


class Outcome(StrEnum):
    """What can be said about a measure."""

    RECORDED = "recorded"
    PENDING = "pending"
    NOT_APPLICABLE = "not applicable"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class Value:
    """A measure's value: a length of time when both moments are known, negative when it is invalid.

    `about` tells that one of the two moments is not exact; `formula` names them, since the same title means different
    things to different teams.
    """

    outcome: Outcome
    formula: str
    length: timedelta | None = None
    about: bool = False

    @property
    def words(self) -> str:
        """The value as a person reads it: `42 min`, `~1 h 05 min`, `pending`, or `invalid` with what is wrong."""
        if self.length is None:
            return self.outcome.value
        spelled = ("~" if self.about else "") + dates.spell_duration(self.length)
        return f"invalid: {spelled}, the end is before the start" if self.outcome is Outcome.INVALID else spelled


@dataclass(frozen=True, slots=True)
class LeadTimeValue:
    """How many days, calendar or working ones, passed between the end of the incident and its review."""

    days: int
    target: int
    working: bool

    @property
    def late(self) -> bool:
        """Whether the template's target was missed."""
        return self.days > self.target

    @property
    def words(self) -> str:
        """The lead time as a person reads it, beside its target."""
        if self.days < 0:
            return "the incident's end lies ahead"
        if self.days == 0 and not self.working:
            return f"on the same day; the target is {_counted(self.target, working=False)}"
        return f"{_counted(self.days, working=self.working)} after the end; the target is {self.target}"


def title_of(moment: str, review: Review) -> str:
    """Return the title of the moment of that key; the key itself when the template does not ask for it."""
    return next((asked.title for asked in review.template.moments if asked.key == moment), moment)


def value(measure: Measure, review: Review) -> Value:
    """Work out a measure from the moments of a review."""
    formula = f"{title_of(measure.end, review)} − {title_of(measure.start, review)}"
    start, end = review.moments.get(measure.start), review.moments.get(measure.end)
    if (start and start.not_applicable) or (end and end.not_applicable):
        return Value(Outcome.NOT_APPLICABLE, formula)
    zone = zone_of(review)
    began, ended = _instant(start, zone), _instant(end, zone)
    if start is None or end is None or began is None or ended is None:
        return Value(Outcome.PENDING, formula)
    length = ended - began
    outcome = Outcome.INVALID if length < _NOTHING else Outcome.RECORDED
    return Value(outcome, formula, length, start.about or end.about)


def lead_time(review: Review, now: datetime) -> LeadTimeValue | None:
    """Return how long after the incident's end the review is held, or, before it has started, how long ago that is.

    Days are those of the calendar in the review's zone. None when the template names no target or the end is unknown.
    """
    asked = review.template.lead_time
    if asked is None:
        return None
    zone = zone_of(review)
    moment = review.moments.get(asked.start)
    ended = dates.local(moment.when, zone) if moment and not moment.not_applicable else None
    if ended is None:
        return None
    end, held = ended.date(), (review.head.started or now).astimezone(zone).date()
    days = dates.working_days(end, held) if asked.working else (held - end).days
    return LeadTimeValue(min(days, -1) if held < end else days, asked.days, asked.working)


def _instant(moment: Moment | None, zone: tzinfo) -> datetime | None:
    return dates.moment_of(moment.when, zone) if moment else None


def _counted(days: int, *, working: bool) -> str:
    return f"{days} {'working ' if working else ''}{'day' if days == 1 else 'days'}"
