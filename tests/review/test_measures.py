from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrtui.review.dates import stamp
from lrtui.review.measures import LeadTimeValue, Outcome, lead_time, title_of, value
from lrtui.review.model import Head, Moment, Review
from lrtui.review.template import LeadTime, Measure, MomentAsked, Template

DETECT = Measure("Time to detect", "started", "detected")
TEMPLATE = Template(
    name="t",
    title="T",
    moments=(MomentAsked("started", "Impact began"), MomentAsked("detected", "First noticed")),
    measures=(DETECT,),
)
FRIDAY = datetime(2026, 11, 27, 9, tzinfo=UTC)


def reviewed(*moments: Moment, zone: str = "UTC") -> Review:
    return Review(Head(template=TEMPLATE, zone=zone), moments={moment.id: moment for moment in moments})


def ended(when: str, *, target: LeadTime, started: datetime | None = None, zone: str = "UTC") -> Review:
    template = Template(name="t", title="T", lead_time=target)
    return Review(Head(template=template, started=started, zone=zone), moments={"resolved": Moment("resolved", when)})


def test_a_measure_is_the_time_between_its_moments_and_names_them() -> None:
    found = value(DETECT, reviewed(Moment("started", "2026-11-22T14:00"), Moment("detected", "2026-11-22T14:42")))
    assert (found.outcome, found.length) == (Outcome.RECORDED, timedelta(minutes=42))
    assert found.formula == "First noticed − Impact began"
    assert found.words == "42 min"


def test_a_moment_that_is_not_exact_makes_the_measure_approximate() -> None:
    found = value(
        DETECT, reviewed(Moment("started", "2026-11-22T14:00", about=True), Moment("detected", "2026-11-22T15:05"))
    )
    assert found.about
    assert found.words == "~1 h 05 min"


@pytest.mark.parametrize("missing", [(), (Moment("started", "2026-11-22T14:00"),), (Moment("detected", "soon"),)])
def test_a_measure_is_pending_while_a_moment_is_missing_or_cannot_be_read(missing: tuple[Moment, ...]) -> None:
    found = value(DETECT, reviewed(*missing))
    assert (found.outcome, found.length, found.words) == (Outcome.PENDING, None, "pending")


def test_a_measure_does_not_apply_when_one_of_its_moments_does_not() -> None:
    found = value(DETECT, reviewed(Moment("detected", not_applicable=True)))
    assert (found.outcome, found.words) == (Outcome.NOT_APPLICABLE, "not applicable")


def test_an_end_before_its_start_is_shown_as_it_is_and_called_invalid() -> None:
    found = value(DETECT, reviewed(Moment("started", "2026-11-22T14:05"), Moment("detected", "2026-11-22T14:00")))
    assert (found.outcome, found.length) == (Outcome.INVALID, timedelta(minutes=-5))
    assert found.words == "invalid: −5 min, the end is before the start"


def test_stamps_in_utc_and_in_the_reviews_zone_are_measured_against_each_other() -> None:
    moments = (Moment("started", "2026-11-22T13:00Z"), Moment("detected", "2026-11-22T14:30"))
    assert value(DETECT, reviewed(*moments, zone="Europe/Berlin")).length == timedelta(minutes=30)


def test_an_hour_that_the_clocks_skip_is_not_counted() -> None:
    moments = (Moment("started", "2026-03-29T01:30"), Moment("detected", "2026-03-29T03:30"))
    assert value(DETECT, reviewed(*moments, zone="Europe/Berlin")).length == timedelta(hours=1)


def test_a_moment_the_template_does_not_ask_for_goes_by_its_key() -> None:
    assert title_of("paged", reviewed()) == "paged"


@given(st.datetimes(), st.datetimes())
def test_turning_a_measure_round_turns_its_sign(first: datetime, second: datetime) -> None:
    review = reviewed(
        Moment("started", stamp(first, seconds=True)), Moment("detected", stamp(second, seconds=True)), zone="UTC"
    )
    there, back = value(DETECT, review).length, value(Measure("", "detected", "started"), review).length
    assert there is not None
    assert there == -(back or timedelta(0))


def test_lead_time_counts_working_days_when_the_target_does() -> None:
    friday_before = ended("2026-11-20T23:30", target=LeadTime(3, working=True, start="resolved"))
    found = lead_time(friday_before, datetime(2026, 11, 24, 9, tzinfo=UTC))
    assert found == LeadTimeValue(days=2, target=3, working=True)
    assert found.words == "2 working days after the end; the target is 3"
    assert not found.late


def test_lead_time_counts_every_day_when_the_target_does() -> None:
    found = lead_time(ended("2026-11-22T10:00", target=LeadTime(3, working=False, start="resolved")), FRIDAY)
    assert found is not None
    assert found.words == "5 days after the end; the target is 3"
    assert found.late


def test_lead_time_stops_when_the_review_starts() -> None:
    held = ended(
        "2026-11-22T10:00",
        target=LeadTime(3, working=False, start="resolved"),
        started=datetime(2026, 11, 23, tzinfo=UTC),
    )
    found = lead_time(held, FRIDAY)
    assert found is not None
    assert found.words == "1 day after the end; the target is 3"


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ("2026-11-27T08:00", "on the same day; the target is 1 day"),
        ("2026-11-28T08:00", "the incident's end lies ahead"),
    ],
)
def test_lead_time_says_so_when_there_is_hardly_any(when: str, words: str) -> None:
    found = lead_time(ended(when, target=LeadTime(1, working=False, start="resolved")), FRIDAY)
    assert found is not None
    assert found.words == words


def test_lead_time_counts_the_days_of_the_reviews_own_zone() -> None:
    late_evening = ended("2026-11-26T23:30Z", target=LeadTime(1, working=False, start="resolved"), zone="Europe/Berlin")
    found = lead_time(late_evening, FRIDAY)
    assert found is not None
    assert found.days == 0


@pytest.mark.parametrize(
    "moment",
    [Moment("resolved"), Moment("resolved", "2026-11-22T10:00", not_applicable=True), Moment("resolved", "once")],
)
def test_there_is_no_lead_time_without_an_end(moment: Moment) -> None:
    template = Template(name="t", title="T", lead_time=LeadTime(3, working=True, start="resolved"))
    assert lead_time(Review(Head(template=template), moments={"resolved": moment}), FRIDAY) is None


def test_there_is_no_lead_time_without_a_target() -> None:
    assert lead_time(reviewed(), FRIDAY) is None
