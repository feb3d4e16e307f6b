from __future__ import annotations

from datetime import UTC
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from lrtui.publish import timeline
from lrtui.review.dates import moment_of, stamp, zone_of
from lrtui.review.model import Entry, Head, Kind, Moment, Review

BERLIN = ZoneInfo("Europe/Berlin")


def reviewed(*whens: str, moments: tuple[Moment, ...] = (), zone: str = "UTC") -> Review:
    entries = [Entry(f"e{at:03}", Kind.EVENT, f"event {at}", when=when) for at, when in enumerate(whens)]
    return Review(
        Head(zone=zone),
        entries={entry.id: entry for entry in entries},
        moments={moment.id: moment for moment in moments},
    )


def told(review: Review) -> list[tuple[str, str]]:
    rows = timeline.rows(review)
    words = [row.event.text if row.event else row.moment for row in rows]
    return list(zip(timeline.times(rows, zone_of(review)), words, strict=True))


def test_events_come_by_time_and_the_date_where_it_changes() -> None:
    review = reviewed("2026-11-23T00:10", "2026-11-22T23:50", "2026-11-22T23:58:30")
    assert told(review) == [
        ("2026-11-22 23:50", "event 1"),
        ("23:58:30", "event 2"),
        ("2026-11-23 00:10", "event 0"),
    ]


def test_an_event_without_a_time_stays_behind_the_one_captured_before_it() -> None:
    review = reviewed("", "2026-11-22T14:05", "", "2026-11-22T14:01", "some day")
    assert told(review) == [
        ("", "event 0"),
        ("2026-11-22 14:01", "event 3"),
        ("some day", "event 4"),
        ("14:05", "event 1"),
        ("", "event 2"),
    ]


def test_a_moment_stands_before_an_event_of_the_same_time() -> None:
    moments = (Moment("started", "2026-11-22T14:05"), Moment("paged", not_applicable=True))
    assert told(reviewed("2026-11-22T14:05", moments=moments)) == [
        ("2026-11-22 14:05", "started"),
        ("14:05", "event 0"),
    ]


def test_moments_alone_are_no_timeline() -> None:
    assert timeline.rows(reviewed(moments=(Moment("started", "2026-11-22T14:05"),))) == []


def test_times_in_utc_are_told_in_the_reviews_zone() -> None:
    assert told(reviewed("2026-11-22T23:30Z", "2026-11-23T00:10", zone="Europe/Berlin")) == [
        ("2026-11-23 00:10", "event 1"),
        ("00:30", "event 0"),
    ]


def test_a_range_and_an_approximate_time_are_told_in_words() -> None:
    spelled = timeline.time_in_words("2026-11-22T14:05", "2026-11-22T14:20", UTC, about=True)
    assert spelled == "2026-11-22 ~14:05–14:20"
    assert timeline.time_in_words("2026-11-22T23:50", "2026-11-23T00:10", BERLIN, about=False) == (
        "2026-11-22 23:50–2026-11-23 00:10"
    )


@given(st.lists(st.datetimes().map(stamp) | st.just(""), min_size=1, max_size=8))
def test_no_event_is_lost_and_timed_ones_are_in_order(whens: list[str]) -> None:
    rows = timeline.rows(reviewed(*whens))
    assert sorted(row.event.text for row in rows if row.event) == sorted(f"event {at}" for at in range(len(whens)))
    timed = [moment_of(row.when, UTC) for row in rows if row.when]
    assert timed == sorted(when for when in timed if when)
