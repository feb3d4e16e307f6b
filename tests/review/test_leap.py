from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrtui.errors import Refused
from lrtui.review import agenda, leap
from lrtui.review.leap import LONGEST_TICK, Leap
from lrtui.review.template import Step, Template
from tests.review.keeping import Kept

TEN = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
MEETING = Template(
    name="meeting",
    title="Meeting",
    steps=(Step("welcome", "Welcome", minutes=5), Step("timeline", "Timeline", minutes=35)),
    source={},
)


def later(minutes: float) -> datetime:
    return TEN + timedelta(minutes=minutes)


def started() -> Kept:
    kept = Kept(MEETING)
    kept.put(agenda.start(kept.review, TEN))
    return kept


@given(st.integers(-10_000, 10_000), st.integers(-10_000, 10_000))
def test_the_clock_has_leapt_when_it_ran_unseen_for_longer_than_a_tick_may_take(last: int, now: int) -> None:
    found = leap.noticed(started().review, later(last / 60), later(now / 60))
    unseen = now - max(last, 0)
    assert found == (Leap("welcome", unseen) if unseen > LONGEST_TICK else None)


def test_a_clock_that_stands_does_not_leap() -> None:
    kept = Kept(MEETING)
    assert leap.noticed(kept.review, TEN, later(60)) is None
    kept.put(agenda.start(kept.review, TEN))
    kept.put(agenda.pause(kept.review, later(1)))
    assert leap.noticed(kept.review, later(1), later(60)) is None


def test_the_question_names_the_time_the_step_and_the_two_answers() -> None:
    assert leap.question(started().review, Leap("welcome", 1510)) == (
        "The clock leapt by 25 min 10 s, which counts for “Welcome”: /uncount leaves it out, /count keeps it."
    )


def test_two_leaps_in_one_step_are_one_question_and_in_two_steps_the_later_one() -> None:
    assert leap.together(None, Leap("a", 200)) == Leap("a", 200)
    assert leap.together(Leap("a", 300), Leap("a", 200)) == Leap("a", 500)
    assert leap.together(Leap("a", 300), Leap("b", 200)) == Leap("b", 200)


def test_time_left_out_is_not_spent_and_the_end_moves_by_it_until_it_counts_again() -> None:
    kept = started()
    change = leap.wish("", kept.review, Leap("welcome", 1500)).change(kept.review, later(26))
    assert change.words(later(26), UTC) == "Welcome took 1:00 · ends 11:05, 4 min later"
    kept.put(change.puts)
    kept.put(agenda.open_step(kept.review, "timeline", later(27)))
    pace = agenda.pace(kept.review, later(28))
    assert [step.spent for step in pace.steps] == [120, 60]
    assert kept.review.steps["welcome"].spent == 27 * 60, "the clock did run"
    again = leap.all_counted(kept.review, later(28), "welcome")
    assert again.words(later(28), UTC) == "Welcome took 27:00 · ends 11:02, as before"
    assert agenda.pace(kept.put(again.puts), later(28)).spent == 28 * 60


def test_minutes_of_the_open_step_can_be_left_out_without_a_leap_and_add_up() -> None:
    kept = started()
    for _ in range(2):
        kept.put(leap.wish("2", kept.review, None).change(kept.review, later(5)).puts)
    assert agenda.pace(kept.review, later(5)).spent == 60


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("", "The clock has not leapt. Write how many minutes are to be left out: /uncount 10."),
        ("0", "Write how many minutes are to be left out: /uncount 10."),
        ("-3", "Write how many minutes are to be left out: /uncount 10."),
        ("all", "Write the minutes as a number: /uncount 10."),
        ("6", "“Welcome” has taken 5:00; no more than that can be left out."),
    ],
)
def test_what_cannot_be_left_out_is_refused_in_a_sentence(words: str, sentence: str) -> None:
    review = started().review
    with pytest.raises(Refused) as caught:
        leap.wish(words, review, None).change(review, later(5))
    assert str(caught.value) == sentence


def test_where_no_step_is_open_or_nothing_was_left_out_a_sentence_says_so() -> None:
    draft = Kept(MEETING).review
    with pytest.raises(Refused, match="No step is open"):
        leap.wish("5", draft, None).change(draft, TEN)
    with pytest.raises(Refused, match="Nothing was left out"):
        leap.all_counted(draft, TEN, "welcome")
