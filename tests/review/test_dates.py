from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrtui.review.dates import (
    Spoken,
    add_working_days,
    clock_text,
    leading_time,
    local,
    moment_of,
    parse_day,
    parse_time,
    place,
    spell_duration,
    spoken,
    stamp,
    working_days,
    zone,
)

SUNDAY = date(2026, 11, 22)
MONDAY = date(2026, 11, 23)
wall = datetime.fromisoformat  # a time without a zone, as the review keeps it
BERLIN = ZoneInfo("Europe/Berlin")

minutes = st.times().map(lambda at: at.replace(second=0, microsecond=0))
seconds = st.times().map(lambda at: at.replace(microsecond=0))
days = st.dates(date(1900, 1, 1), date(2200, 1, 1))


@st.composite
def spoken_times(draw: st.DrawFn) -> Spoken:
    exact = draw(st.booleans())
    clock = seconds if exact else minutes
    month_day = days.map(lambda day: (day.month, day.day))
    day = draw(st.one_of(st.none(), days, month_day))
    return Spoken(draw(clock), draw(st.none() | clock), draw(st.booleans()), draw(st.booleans()), day, exact)


@pytest.mark.parametrize(
    ("word", "day"),
    [
        ("today", date(2026, 11, 23)),
        ("tom", date(2026, 11, 24)),
        ("Tomorrow", date(2026, 11, 24)),
        ("tue", date(2026, 11, 24)),
        ("FRIDAY", date(2026, 11, 27)),
        ("sun", date(2026, 11, 29)),
        ("+0d", date(2026, 11, 23)),
        ("+3d", date(2026, 11, 26)),
        ("+5b", date(2026, 11, 30)),
        ("+2w", date(2026, 12, 7)),
        ("+1m", date(2026, 12, 23)),
        ("+3m", date(2027, 2, 23)),
        ("eow", date(2026, 11, 27)),
        ("eom", date(2026, 11, 30)),
        ("11-23", date(2026, 11, 23)),
        ("11-22", date(2027, 11, 22)),
        ("12-01", date(2026, 12, 1)),
        ("02-29", date(2028, 2, 29)),
        ("2025-01-31", date(2025, 1, 31)),
    ],
)
def test_a_due_word_names_a_day(word: str, day: date) -> None:
    assert parse_day(word, MONDAY) == day


def test_a_weekday_is_strictly_ahead() -> None:
    assert parse_day("mon", MONDAY) == date(2026, 11, 30)


@pytest.mark.parametrize("day", [27, 28, 29])
def test_the_end_of_the_week_is_the_next_friday_once_friday_has_come(day: int) -> None:
    assert parse_day("eow", date(2026, 11, day)) == date(2026, 12, 4)


def test_the_end_of_the_month_may_be_today() -> None:
    assert parse_day("eom", date(2026, 12, 31)) == date(2026, 12, 31)


def test_a_month_ahead_stops_at_the_end_of_a_shorter_month() -> None:
    assert parse_day("+1m", date(2027, 1, 31)) == date(2027, 2, 28)


@pytest.mark.parametrize(
    "word",
    ["", "monitor", "Mark", "sund", "soon", "+d", "+3", "3d", "+3y", "+99999d", "02-30", "13-01", "1-5", "2026-02-29"],
)
def test_any_other_word_names_no_day(word: str) -> None:
    assert parse_day(word, MONDAY) is None


@pytest.mark.parametrize("word", ["tom", "mon", "+9999d", "+9999b", "+9999w", "+9999m", "01-01", "eow"])
def test_days_beyond_the_calendar_are_no_days(word: str) -> None:
    assert parse_day(word, date.max) is None


@given(st.text(alphabet="+-0123456789dbwmeosuntafr", max_size=12) | st.text(max_size=12), st.dates())
def test_reading_a_day_never_fails_and_only_a_whole_date_may_lie_behind(word: str, today: date) -> None:
    day = parse_day(word, today)
    assert day is None or day >= today or word == day.isoformat()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14:05", Spoken(time(14, 5))),
        ("9:05", Spoken(time(9, 5))),
        ("~14:20", Spoken(time(14, 20), about=True)),
        ("14:05:30", Spoken(time(14, 5, 30), seconds=True)),
        ("14:05-14:20", Spoken(time(14, 5), time(14, 20))),
        ("14:05–14:20", Spoken(time(14, 5), time(14, 20))),
        ("~14:05:30-14:20Z", Spoken(time(14, 5, 30), time(14, 20), about=True, utc=True, seconds=True)),
        ("11-22 14:05", Spoken(time(14, 5), day=(11, 22))),
        ("2026-11-22 14:05z", Spoken(time(14, 5), utc=True, day=SUNDAY)),
        ("~11-22 14:05", Spoken(time(14, 5), about=True, day=(11, 22))),
        ("2026-11-22T14:05", Spoken(time(14, 5), day=SUNDAY)),
    ],
)
def test_a_time_is_read_as_it_is_said(text: str, expected: Spoken) -> None:
    assert parse_time(text) == expected


@pytest.mark.parametrize(
    "text",
    ["", "25:00", "24:00", "14:60", "14:5", "2pm", "14.05", "14:05,", "at 14:05", "02-30 14:05", "11-22", "14:05 x"],
)
def test_any_other_text_is_no_time(text: str) -> None:
    assert parse_time(text) is None


def test_a_time_at_the_beginning_tells_how_many_words_it_took() -> None:
    assert leading_time(["11-22", "14:05"]) == (Spoken(time(14, 5), day=(11, 22)), 2)
    assert leading_time(["14:05", "11-22"]) == (Spoken(time(14, 5)), 1)
    assert leading_time([]) is None


@given(spoken_times())
def test_a_spelled_time_is_read_as_the_same_time(said: Spoken) -> None:
    assert parse_time(said.spelled) == said


def at(text: str, reference: str | None) -> tuple[str, str]:
    said = parse_time(text)
    assert said is not None
    return place(said, wall(reference) if reference else None, BERLIN, MONDAY)


@pytest.mark.parametrize(
    ("text", "reference", "when"),
    [
        ("14:05", None, "2026-11-23T14:05"),
        ("14:05:00", None, "2026-11-23T14:05:00"),
        ("00:10", "2026-11-20T23:50", "2026-11-21T00:10"),
        ("23:50", "2026-11-21T00:10", "2026-11-20T23:50"),
        ("14:05", "2026-11-20T14:00", "2026-11-20T14:05"),
        ("14:00", "2026-11-20T02:00", "2026-11-20T14:00"),
        ("02:00", "2026-11-20T14:00", "2026-11-21T02:00"),
        ("12-31 23:00", "2027-01-01T00:30", "2026-12-31T23:00"),
        ("01-01 00:10", "2026-12-31T23:50", "2027-01-01T00:10"),
        ("11-30 08:00", None, "2026-11-30T08:00"),
        ("02-29 08:00", None, "2028-02-29T08:00"),
        ("2020-05-01 08:00", "2026-11-20T14:00", "2020-05-01T08:00"),
        ("23:30Z", "2026-11-21T00:40", "2026-11-20T23:30Z"),
    ],
)
def test_a_time_falls_on_the_day_nearest_to_the_time_before(text: str, reference: str | None, when: str) -> None:
    assert at(text, reference) == (when, "")


def test_an_end_earlier_than_its_start_is_on_the_next_day() -> None:
    assert at("2026-11-20 23:50-00:20", None) == ("2026-11-20T23:50", "2026-11-21T00:20")
    assert at("14:05-14:05Z", None) == ("2026-11-23T14:05Z", "2026-11-23T14:05Z")


@given(spoken_times(), st.none() | st.datetimes(), st.dates())
def test_every_time_finds_a_place_and_its_clock_stays_as_said(
    said: Spoken, reference: datetime | None, today: date
) -> None:
    when, until = place(said, reference, BERLIN, today)
    assert when[11:].removesuffix("Z") == said.start.isoformat("seconds" if said.seconds else "minutes")
    assert bool(until) == (said.end is not None)
    assert when.endswith("Z") == said.utc


@given(spoken_times(), st.none() | st.datetimes(wall("1900-01-01"), wall("2200-01-01")), days)
def test_a_placed_time_is_spoken_again_as_the_same_stamps(
    said: Spoken, reference: datetime | None, today: date
) -> None:
    stamps = place(said, reference, BERLIN, today)
    again = spoken(*stamps, about=said.about)
    assert again is not None
    assert place(again, None, BERLIN, date(2000, 1, 1)) == stamps
    assert again.about == said.about


def test_a_stamp_that_cannot_be_read_is_not_spoken() -> None:
    assert spoken("yesterday") is None
    assert spoken("") is None


def test_a_stamp_is_an_instant_in_the_zone_of_its_review() -> None:
    assert moment_of("2026-11-22T14:05", BERLIN) == datetime(2026, 11, 22, 13, 5, tzinfo=UTC)
    assert moment_of("2026-11-22T14:05:30Z", BERLIN) == datetime(2026, 11, 22, 14, 5, 30, tzinfo=UTC)


def test_the_time_between_two_stamps_counts_the_hour_that_clocks_skip() -> None:
    before, after = moment_of("2026-03-29T01:30", BERLIN), moment_of("2026-03-29T03:30", BERLIN)
    assert before is not None
    assert after is not None
    assert after - before == timedelta(hours=1)


def test_a_stamp_in_utc_is_shown_as_a_wall_clock_of_the_zone_showed_it() -> None:
    assert local("2026-11-22T23:30Z", BERLIN) == wall("2026-11-23T00:30")
    assert local("2026-11-22T23:30", BERLIN) == wall("2026-11-22T23:30")


@pytest.mark.parametrize(
    "text", ["", "now", "2026-11-22", "2026-11-22 14:05", "2026-13-22T14:05", "20261122T1405", "2026-11-22T14:05+01:00"]
)
def test_what_is_no_stamp_is_no_time(text: str) -> None:
    assert moment_of(text, BERLIN) is None
    assert local(text, BERLIN) is None


@pytest.mark.parametrize("text", ["0001-01-01T00:00", "9999-12-31T23:59Z"])
def test_stamps_at_the_ends_of_the_calendar_do_no_harm(text: str) -> None:
    behind, ahead = zone("+23:59"), zone("-23:59")
    assert behind is not None
    assert ahead is not None
    assert None in {moment_of(text, behind), local(text, behind)}
    assert local(text, ahead) is not None


@given(st.datetimes(wall("0001-01-03"), wall("9999-12-29")), st.sampled_from(["Z", ""]))
def test_a_stamp_is_read_as_it_was_written(value: datetime, zulu: str) -> None:
    written = stamp(value, seconds=True, utc=bool(zulu))
    assert written.endswith("Z") == bool(zulu)
    assert local(written, UTC) == value.replace(microsecond=0)
    assert moment_of(written, UTC) == value.replace(microsecond=0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("name", "hours"), [("UTC", 0), ("utc", 0), ("Z", 0), ("+02:00", 2), ("-05:30", -5.5), ("Europe/Berlin", 1)]
)
def test_a_zone_is_known_by_its_name(name: str, hours: float) -> None:
    found = zone(name)
    assert found is not None
    assert datetime(2026, 11, 22, tzinfo=found).utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize(
    "name",
    ["", "Nowhere/Land", "Europe", "/etc/localtime", "../../etc/passwd", "Europe/../UTC", "+24:00", "+02:60", "a\0b"],
)
def test_what_is_no_zone_is_not_looked_up(name: str) -> None:
    assert zone(name) is None


@given(st.text(max_size=30))
def test_asking_for_a_zone_never_fails(name: str) -> None:
    found = zone(name)
    assert found is None or datetime(2026, 11, 22, tzinfo=found).utcoffset() is not None


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        (date(2026, 11, 20), date(2026, 11, 23), 1),
        (date(2026, 11, 20), date(2026, 11, 22), 0),
        (date(2026, 11, 23), date(2026, 11, 27), 4),
        (date(2026, 11, 23), date(2026, 11, 30), 5),
        (date(2026, 11, 23), date(2026, 11, 20), -1),
        (date(2026, 11, 23), date(2026, 11, 23), 0),
    ],
)
def test_working_days_leave_out_weekends(start: date, end: date, count: int) -> None:
    assert working_days(start, end) == count


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 400))
def test_working_days_are_counted_one_by_one(start: date, length: int) -> None:
    following = [start + timedelta(days=ahead + 1) for ahead in range(length)]
    end = start + timedelta(days=length)
    assert working_days(start, end) == sum(day.weekday() < 5 for day in following)


@given(days, st.integers(-3000, 3000).filter(bool))
def test_so_many_working_days_away_is_a_working_day_that_far(start: date, count: int) -> None:
    away = add_working_days(start, count)
    assert away.weekday() < 5
    from_weekend_back = start.weekday() >= 5 and count < 0  # the Friday before is one day away, and not between
    assert working_days(start, away) == count + from_weekend_back


def test_no_working_days_away_is_the_same_day_also_on_a_weekend() -> None:
    assert add_working_days(SUNDAY, 0) == SUNDAY


@pytest.mark.parametrize(
    ("span", "spelled"),
    [
        (timedelta(), "0 min"),
        (timedelta(seconds=45), "45 s"),
        (timedelta(minutes=42), "42 min"),
        (timedelta(minutes=1, seconds=5), "1 min 05 s"),
        (timedelta(hours=1), "1 h"),
        (timedelta(hours=1, minutes=5, seconds=59), "1 h 05 min"),
        (timedelta(days=2, hours=3, minutes=59), "2 d 3 h"),
        (timedelta(days=2), "2 d"),
        (timedelta(minutes=-42), "−42 min"),
        (timedelta(milliseconds=-500), "0 min"),
    ],
)
def test_a_span_is_spelled_in_its_largest_units(span: timedelta, spelled: str) -> None:
    assert spell_duration(span) == spelled


@pytest.mark.parametrize(
    ("count", "shown"), [(0, "0:00"), (45, "0:45"), (761, "12:41"), (3723, "1:02:03"), (-80, "1:20")]
)
def test_seconds_are_shown_as_a_clock_does(count: int, shown: str) -> None:
    assert clock_text(count) == shown
