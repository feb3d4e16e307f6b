from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrtui.review.dates import working_days
from lrtui.review.spans import Span, parse

SPANS = st.builds(Span, st.integers(1, 9999), st.sampled_from(["day", "working day", "week"]))


@given(SPANS)
def test_a_span_is_read_back_as_it_is_written(span: Span) -> None:
    assert parse(span.words) == span


@pytest.mark.parametrize(
    "text", ["", "3", "days", "0 days", "-3 days", "3 months", "three days", "99999 days", "3.5 days"]
)
def test_what_is_no_span_is_none(text: str) -> None:
    assert parse(text) is None


def test_a_span_may_be_written_carelessly() -> None:
    assert parse("  5  Working Days ") == Span(5, "working day")
    assert parse("1 week") == parse("1 weeks") == parse("1week") == Span(1, "week")


@given(SPANS, st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_span_is_over_so_many_of_its_days_later(span: Span, day: date) -> None:
    after = span.after(day)
    assert after is not None
    if span.unit == "working day":
        assert working_days(day, after) == span.count
        assert after.weekday() < 5
    else:
        assert after - day == timedelta(days=span.count * (7 if span.unit == "week" else 1))


def test_a_span_beyond_the_calendar_ends_nowhere() -> None:
    assert Span(9999, "week").after(date(9900, 1, 1)) is None
