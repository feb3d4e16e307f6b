"""The timeline of an incident as it is published: events and named moments in order, each with its time in words."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from lrtui.publish import public
from lrtui.review import dates
from lrtui.review.dates import zone_of
from lrtui.review.lines import BEFORE_ALL, in_time
from lrtui.review.measures import title_of
from lrtui.review.model import Kind

if TYPE_CHECKING:
    from datetime import date, datetime, tzinfo

    from lrtui.review.model import Entry, Review


@dataclass(frozen=True, slots=True)
class Row:
    """One row: the stamps of its time, and the event that it tells or the title of the moment that it marks."""

    when: str
    until: str
    about: bool
    event: Entry | None = None
    moment: str = ""


def rows(review: Review) -> list[Row]:
    """Return the events by time, with the incident's moments among them.

    An event without a time stays behind the one captured before it; a moment stands before an event of the same time.
    Without events there are no rows: moments alone are told beside the measures.
    """
    zone = zone_of(review)
    placed = [
        (dates.moment_of(moment.when, zone) or BEFORE_ALL, Row(moment.when, "", moment.about, None, title))
        for moment in public.moments(review)
        if moment.when and not moment.not_applicable and (title := title_of(moment.id, review))
    ]
    events = in_time((entry for entry in public.entries(review) if entry.kind is Kind.EVENT), review)
    placed += [(at, Row(event.when, event.until, event.about, event)) for at, event in events]
    return [row for _, row in sorted(placed, key=itemgetter(0))] if events else []


def times(rows: list[Row], zone: tzinfo) -> list[str]:
    """Spell the time of each row, with the date in the first one and wherever it changes."""
    spelled: list[str] = []
    day: date | None = None
    for row in rows:
        spelled.append(time_in_words(row.when, row.until, zone, about=row.about, day=day))
        at = dates.local(row.when, zone)
        day = at.date() if at else day
    return spelled


def time_in_words(when: str, until: str, zone: tzinfo, *, about: bool, day: date | None = None) -> str:
    """Spell a time of the incident: `2026-11-22 14:05`, on the `day` itself `~14:20` or `23:50–2026-11-23 00:10`.

    A stamp that cannot be read is given as it is.
    """
    start, end = dates.local(when, zone), dates.local(until, zone)
    if start is None:
        return when
    words = _clock(start, day, "~" if about else "")
    return f"{words}–{_clock(end, start.date())}" if end else words


def _clock(at: datetime, day: date | None, sign: str = "") -> str:
    clock = sign + at.time().isoformat("seconds" if at.second else "minutes")
    return clock if at.date() == day else f"{at.date().isoformat()} {clock}"
