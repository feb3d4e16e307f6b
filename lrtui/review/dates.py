"""Dates and times as people write them: days ahead, times of the incident, stamps, zones and spans of time.

A stamp is how a time of the incident is kept: `2026-11-22T14:05` or `2026-11-22T14:05:30`, in the review's own zone, or
in UTC with a `Z` at its end. Nothing here reads a clock: today, the zone and the time to stay near are handed in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lrtui.review.model import Review

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

_FRIDAY = 4
_NAMED = {name.lower()[:3]: at for at, name in enumerate(WEEKDAYS)} | {
    name.lower(): at for at, name in enumerate(WEEKDAYS)
}
_COUNTED = re.compile(r"\+([0-9]{1,4})([dbwm])")
_DAY = re.compile(r"(?:([0-9]{4})-)?([0-9]{2})-([0-9]{2})")
_JOINED = re.compile(r"(~?[0-9]{4}-[0-9]{2}-[0-9]{2})T(.+)", re.IGNORECASE)
_CLOCK = r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?"
_TIME = re.compile(rf"(~?){_CLOCK}(?:[-–]{_CLOCK})?(Z?)", re.IGNORECASE)
_STAMP = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(Z?)")
_OFFSET = re.compile(r"([+-])([0-9]{2}):?([0-9]{2})")
_ZONE_NAME = re.compile(r"[A-Za-z0-9_+-]{1,40}(?:/[A-Za-z0-9_+-]{1,40}){0,3}")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A time of the incident as somebody said it; `place` gives it its day.

    `day` is a whole date, or a month and day without a year. `seconds` tells that seconds were said, `utc` that the
    time was said in UTC, `about` that it is not exact.
    """

    start: time
    end: time | None = None
    about: bool = False
    utc: bool = False
    day: date | tuple[int, int] | None = None
    seconds: bool = False

    @property
    def spelled(self) -> str:
        """The text that `parse_time` reads this time from."""
        precision = "seconds" if self.seconds else "minutes"
        end = f"-{self.end.isoformat(precision)}" if self.end else ""
        clock = f"{'~' if self.about else ''}{self.start.isoformat(precision)}{end}{'Z' if self.utc else ''}"
        if self.day is None:
            return clock
        if isinstance(self.day, date):
            return f"{self.day.isoformat()} {clock}"
        return f"{self.day[0]:02}-{self.day[1]:02} {clock}"


def parse_day(word: str, today: date) -> date | None:
    """Read a day ahead: today tom mon…sun +3d +5b +2w +1m eow eom MM-DD YYYY-MM-DD. None for any other word.

    A weekday is strictly ahead: on a Monday, `mon` is a week away. So is `eow`, the coming Friday: from Friday to
    Sunday it is the next week's, since a week that is over is no date to work towards. `eom` and `MM-DD` may be today.
    `+1m` stops at the end of a shorter month. Day names and `tomorrow` may be written out.
    """
    word = word.lower()
    try:
        return _named_day(word, today) or _counted_day(word, today) or _written_day(word, today)
    except (OverflowError, ValueError):  # beyond the calendar
        return None


def _named_day(word: str, today: date) -> date | None:
    if word == "today":
        return today
    if word in {"tom", "tomorrow"}:
        return today + timedelta(days=1)
    if word == "eom":
        return date(today.year, today.month, _month_length(today.year, today.month))
    weekday = _FRIDAY if word == "eow" else _NAMED.get(word)
    return None if weekday is None else today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)


def _counted_day(word: str, today: date) -> date | None:
    match = _COUNTED.fullmatch(word)
    if not match:
        return None
    count = int(match[1])
    if match[2] == "b":
        return add_working_days(today, count)
    if match[2] == "m":
        years, month = divmod(today.month - 1 + count, 12)
        year = today.year + years
        return date(year, month + 1, min(today.day, _month_length(year, month + 1)))
    return today + timedelta(days=count * (7 if match[2] == "w" else 1))


def _written_day(word: str, today: date) -> date | None:
    said = _read_day(word)
    if said is None or isinstance(said, date):
        return said
    years = (_year_day(today.year + ahead, said) for ahead in range(9))  # 02-29 may be eight years away
    return next((day for day in years if day and day >= today), None)


def _month_length(year: int, month: int) -> int:
    return 31 if month == 12 else (date(year, month + 1, 1) - date(year, month, 1)).days


def _year_day(year: int, month_day: tuple[int, int]) -> date | None:
    try:
        return date(year, *month_day)
    except ValueError:
        return None


def _read_day(word: str) -> date | tuple[int, int] | None:
    match = _DAY.fullmatch(word)
    if not match:
        return None
    month_day = int(match[2]), int(match[3])
    if match[1]:
        return _year_day(int(match[1]), month_day)
    return month_day if _year_day(2000, month_day) else None  # 2000 has a 29 February


def parse_time(text: str) -> Spoken | None:
    """Read a text that is a time and nothing else, in the form that `leading_time` reads; None for any other text."""
    words = text.split()
    found = leading_time(words)
    return found[0] if found and found[1] == len(words) else None


def leading_time(words: Sequence[str]) -> tuple[Spoken, int] | None:
    """Read a time from the first words: `[~]H:MM[:SS][-H:MM[:SS]][Z]`, a date before it or joined to it by `T`.

    Return the time and how many words it took, one or two. None when the words do not begin with a time; the hours are
    those of a 24-hour clock. The `~` may stand before the date.
    """
    if not words:
        return None
    clock, taken = words[0], 1
    joined = _JOINED.fullmatch(clock)
    first, clock = joined.groups() if joined else ("", clock)
    if not joined and len(words) > 1 and "-" in clock and ":" not in clock:
        first, clock, taken = clock, words[1], 2
    day = _read_day(first.removeprefix("~")) if first else None
    if first and day is None:
        return None
    spoken = _read_clock(clock, day, about=first.startswith("~"))
    return (spoken, taken) if spoken else None


def _read_clock(word: str, day: date | tuple[int, int] | None, *, about: bool) -> Spoken | None:
    match = _TIME.fullmatch(word)
    if not match:
        return None
    tilde, hour, minute, second, end_hour, end_minute, end_second, zulu = match.groups()
    try:
        start = time(int(hour), int(minute), int(second or 0))
        end = time(int(end_hour), int(end_minute), int(end_second or 0)) if end_hour else None
    except ValueError:
        return None
    return Spoken(start, end, about or bool(tilde), bool(zulu), day, bool(second or end_second))


def spoken(when: str, until: str = "", *, about: bool = False) -> Spoken | None:
    """Return the time that `place` turns into the stamps `when` and `until`; None when `when` cannot be read.

    An end is said by its time alone, so that one a day or more after the start does not keep its day.
    """
    start, end = _read_stamp(when), _read_stamp(until)
    if start is None:
        return None
    value, utc = start
    seconds = ":" in when[16:] or (end is not None and ":" in until[16:])
    return Spoken(value.time(), end[0].time() if end else None, about, utc, value.date(), seconds)


def place(spoken: Spoken, reference: datetime | None, zone: tzinfo, today: date) -> tuple[str, str]:
    """Give a spoken time its day and return the stamps of its start and its end ("" without an end).

    `reference` is the time to stay near, such as that of the entry before, without a zone of its own and in the
    review's `zone`. Without a date the time falls on the day that brings it nearest, the later one if two are as near:
    00:10 after 23:50 is the next day. A month and day fall in the year that brings them nearest. With no reference it
    is today. An end earlier than its start is on the day after.
    """
    near = _in_utc(reference, zone) if spoken.utc and reference else reference
    day = _placed_day(spoken, near or datetime.combine(today, spoken.start))
    when = stamp(datetime.combine(day, spoken.start), seconds=spoken.seconds, utc=spoken.utc)
    if spoken.end is None:
        return when, ""
    end_day = day if spoken.end >= spoken.start else _days_from(day, 1) or day
    return when, stamp(datetime.combine(end_day, spoken.end), seconds=spoken.seconds, utc=spoken.utc)


def _placed_day(spoken: Spoken, near: datetime) -> date:
    if isinstance(spoken.day, date):
        return spoken.day
    if spoken.day is None:
        days = [_days_from(near.date(), away) for away in (-1, 0, 1)]
    else:
        days = [_year_day(near.year + away, spoken.day) for away in range(-8, 9)]

    def distance(day: date) -> tuple[timedelta, int]:
        return abs(datetime.combine(day, spoken.start) - near), -day.toordinal()

    return min((day for day in days if day), key=distance)


def _days_from(day: date, count: int) -> date | None:
    try:
        return day + timedelta(days=count)
    except OverflowError:
        return None


def _in_utc(value: datetime, zone: tzinfo) -> datetime:
    try:
        return value.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None)
    except OverflowError:  # the first or the last hours of the calendar
        return value


def stamp(value: datetime, *, seconds: bool = False, utc: bool = False) -> str:
    """Write a time of the incident as it is kept, to the minute or to the second."""
    return value.replace(tzinfo=None).isoformat(timespec="seconds" if seconds else "minutes") + ("Z" if utc else "")


def moment_of(stamp: str, zone: tzinfo) -> datetime | None:
    """Return the instant of a stamp, in UTC so that two of them may be subtracted. None when it cannot be read."""
    read = _read_stamp(stamp)
    if read is None:
        return None
    value, utc = read
    try:
        return value.replace(tzinfo=UTC if utc else zone).astimezone(UTC)
    except OverflowError:
        return None


def nearest(spoken: Spoken, now: datetime, zone: tzinfo) -> datetime | None:
    """Return the instant of a time by a clock in `zone`, on the day that brings it nearest to the instant `now`.

    None where it is beyond the calendar.
    """
    there = now.astimezone(zone)
    when, _ = place(spoken, there.replace(tzinfo=None), zone, there.date())
    return moment_of(when, zone)


def coming(spoken: Spoken, after: datetime, zone: tzinfo) -> datetime | None:
    """Return the first instant from `after` on at which a clock in `zone` shows a time; with a day, on that day.

    None where it is beyond the calendar.
    """
    return nearest(spoken, after if spoken.day else after + timedelta(hours=12), zone)


def is_for_a_meeting(instant: datetime) -> bool:
    """Tell whether a meeting may be at an instant: one that a clock in every zone can show, with room around it."""
    return 1970 <= instant.year <= 9000


def local(stamp: str, zone: tzinfo) -> datetime | None:
    """Return what a wall clock in `zone` showed at a stamp, without a zone. None when the stamp cannot be read."""
    read = _read_stamp(stamp)
    if read is None:
        return None
    value, utc = read
    if not utc:
        return value
    try:
        return value.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
    except OverflowError:
        return None


@lru_cache(maxsize=4096)  # the lines of a review are read again and again, and many are of the same minute
def _read_stamp(stamp: str) -> tuple[datetime, bool] | None:
    match = _STAMP.fullmatch(stamp)
    if not match:
        return None
    try:
        return datetime.fromisoformat(match[1]), bool(match[2])
    except ValueError:
        return None


def zone(name: str) -> tzinfo | None:
    """Return the time zone of a name: `UTC`, `Z`, an offset such as `+02:00`, or a place such as `Europe/Berlin`."""
    if name.upper() in {"UTC", "Z"}:
        return UTC
    offset = _OFFSET.fullmatch(name)
    if offset:
        return _offset_zone(offset[1], int(offset[2]), int(offset[3]))
    if not _ZONE_NAME.fullmatch(name):
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # unknown, not a zone's file, a folder of zones
        return None


def zone_of(review: Review) -> tzinfo:
    """Return the zone in which a review's incident is told; UTC where its name is not known here."""
    return zone(review.head.zone) or UTC


def _offset_zone(sign: str, hours: int, minutes: int) -> tzinfo | None:
    if hours > 23 or minutes > 59:
        return None
    away = timedelta(hours=hours, minutes=minutes)
    return timezone(-away if sign == "-" else away)


def working_days(start: date, end: date) -> int:
    """Count the days from Monday to Friday after `start`, up to and with `end`; negative if `end` is earlier."""
    return _working_days_until(end.toordinal()) - _working_days_until(start.toordinal())


def add_working_days(day: date, count: int) -> date:
    """Return the day `count` working days after `day`, or before it for a negative count; `day` itself for 0.

    Raises OverflowError beyond the calendar.
    """
    if count == 0:
        return day
    ordinal = day.toordinal()
    before = _working_days_until(ordinal) if count > 0 else _working_days_until(ordinal - 1) + 1
    weeks, weekday = divmod(before + count - 1, 5)
    return day + timedelta(days=weeks * 7 + weekday + 1 - ordinal)


def _working_days_until(ordinal: int) -> int:
    weeks, days = divmod(ordinal, 7)  # day 1 of the calendar is a Monday
    return weeks * 5 + min(days, 5)


def spell_duration(span: timedelta) -> str:
    """Spell a span of time in its two largest units, cut rather than rounded: 45 s, 42 min, 1 h 05 min, −2 d 3 h."""
    seconds = int(span / timedelta(seconds=1))
    minutes, second = divmod(abs(seconds), 60)
    hours, minute = divmod(minutes, 60)
    days, hour = divmod(hours, 24)
    if days:
        spelled = f"{days} d {hour} h" if hour else f"{days} d"
    elif hours:
        spelled = f"{hours} h {minute:02} min" if minute else f"{hours} h"
    elif minutes:
        spelled = f"{minutes} min {second:02} s" if second else f"{minutes} min"
    else:
        spelled = f"{second} s" if second else "0 min"
    return f"−{spelled}" if seconds < 0 else spelled


def clock_text(seconds: int) -> str:
    """Write a count of seconds as a clock shows it: 0:45, 12:41, 1:02:03. The sign is the caller's to show."""
    minutes, second = divmod(abs(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"
