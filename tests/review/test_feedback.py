from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrtui.errors import Refused
from lrtui.review import feedback, intents, intents_room
from lrtui.review.feedback import Round, Tally
from lrtui.review.intents import Intent
from lrtui.review.model import Head, Presence, Review
from lrtui.review.template import FeedbackQuestion, Step, Template
from tests.review.keeping import Desk

PEOPLE = "Ana: responder; Bo: facilitator; Chi: note_taker; Dee: observer"  # of whom three answer


def room(people: str = PEOPLE) -> Desk:
    desk = Desk()
    desk.do(*([intents.add_people(people)] if people else []), intents.start())
    return desk


def asked(desk: Desk) -> Round:
    found = feedback.current(desk.review)
    assert found is not None
    return found


def answered(key: str, words: str) -> Intent:
    return Intent("answer", lambda review, context: feedback.answered(review, key, words, context.new_id))


def ended(key: str) -> Intent:
    return Intent("end", lambda review, _: feedback.ended(review, key))


def answer(desk: Desk, *typed: str) -> None:
    """Answer what is asked, one after the other."""
    for words in typed:
        desk.do(answered(asked(desk).key, words))


def end(desk: Desk) -> None:
    desk.do(ended(asked(desk).key))


def of(review: Review, key: str) -> Round:
    return next(found for found in feedback.rounds(review) if found.key == key)


def test_votes_come_in_one_at_a_time_and_nothing_is_told_before_all_are_in() -> None:
    desk = room()
    for count, vote in enumerate(("5", "2")):
        answer(desk, vote)
        assert (asked(desk).key, asked(desk).count, asked(desk).expected) == ("roti", count + 1, 3)
        assert asked(desk).tally is None
    answer(desk, "5")
    assert of(desk.review, "roti").tally == Tally(4.0, 2, 5, ((2, 1), (5, 2)))


def test_votes_on_one_line_are_the_rooms_and_told_at_once() -> None:
    desk = room()
    answer(desk, "5 4 4 3 5")
    assert of(desk.review, "roti").tally == Tally(4.2, 3, 5, ((3, 1), (4, 2), (5, 2)))


def test_a_round_may_be_ended_before_all_are_in_or_left_out() -> None:
    desk = room()
    answer(desk, "4")
    end(desk)
    assert of(desk.review, "roti").tally == Tally(4.0, 4, 4, ((4, 1),))
    assert asked(desk).key == "learned"
    end(desk)
    assert (of(desk.review, "learned").tally, asked(desk).key) == (None, "again")
    with pytest.raises(Refused, match="has been answered"):
        desk.do(ended("learned"))


def test_who_has_left_is_not_waited_for_and_who_leads_now_is_not_asked() -> None:
    desk = room()
    answer(desk, "4", "4")
    desk.do(intents.set_presence("dee", Presence.LEFT))
    assert of(desk.review, "roti").over
    desk = room()
    desk.do(intents_room.hand_over("facilitator", "dee"), intents.remove_person(next(iter(desk.review.participants))))
    answer(desk, "4", "4")
    assert of(desk.review, "roti").over, "Bo and Chi"


def test_where_nobody_is_on_the_roster_a_round_is_over_when_it_is_ended() -> None:
    desk = room(people="")
    answer(desk, "4", "5")
    assert (asked(desk).key, asked(desk).expected, asked(desk).tally) == ("roti", 0, None)
    end(desk)
    assert of(desk.review, "roti").count == 2


def test_who_comes_when_all_votes_are_in_hides_nothing_again() -> None:
    desk = room()
    answer(desk, "4", "4", "5")
    desk.do(intents.add_people("Eli Late: expert"))
    assert of(desk.review, "roti").tally is not None


def test_when_the_meeting_is_over_what_came_in_is_told() -> None:
    desk = room()
    answer(desk, "4")
    desk.do(intents.finish())
    assert feedback.current(desk.review) is None
    assert of(desk.review, "roti").tally == Tally(4.0, 4, 4, ((4, 1),))


@pytest.mark.parametrize(("votes", "follows"), [("5 4 3", "roti+1"), ("5 4 4", "learned"), ("0 5 5", "roti+1")])
def test_for_three_and_below_it_is_asked_what_would_have_raised_it(votes: str, follows: str) -> None:
    desk = room()
    answer(desk, votes)
    assert asked(desk).key == follows


def test_what_would_have_raised_it_is_kept_line_by_line_until_that_is_enough() -> None:
    desk = room()
    answer(desk, "5 2", "more time for the timeline", "fewer people  in the call")
    assert asked(desk).ask == "What would have raised it by one?"
    assert asked(desk).comments == ("more time for the timeline", "fewer people in the call")
    assert of(desk.review, "roti").count == 2
    end(desk)
    assert asked(desk).key == "learned"


@pytest.mark.parametrize(
    ("typed", "yeses"),
    [
        ("4 5", (4, 5)),
        ("4 of 5", (4, 5)),
        ("4/5", (4, 5)),
        ("0 3", (0, 3)),
        ("1 of 1", (1, 1)),
        ("1 1", (2, 2)),
        ("0 1", (1, 2)),
        ("1 0 0 1", (2, 4)),
    ],
)
def test_the_two_thresholds_are_counts_on_one_line_or_a_number_each(typed: str, yeses: tuple[int, int]) -> None:
    desk = room()
    answer(desk, "5 5 5", typed)
    assert feedback.yeses(of(desk.review, "learned")) == yeses


def test_then_come_the_words_of_the_template_and_then_thanks() -> None:
    desk = room()
    answer(desk, "5 4", "1 2", "2 2", "start with the dashboards")
    assert (asked(desk).key, asked(desk).scale) == ("change", None)
    end(desk)
    assert feedback.current(desk.review) is None
    assert [found.key for found in feedback.rounds(desk.review)] == ["roti", "learned", "again", "change"]


def test_the_return_on_time_comes_first_wherever_the_template_asks_for_it() -> None:
    questions = (
        FeedbackQuestion("mood", "In a word?"),
        FeedbackQuestion("style", "Did the style work?", (1, 5)),
        FeedbackQuestion("roti", "Was it worth your time?", (0, 10)),
    )
    template = Template("t", "T", steps=(Step("talk", "Talk"),), feedback=questions, source={})
    review = Review(Head(template=template))
    assert [found.key for found in feedback.rounds(review)] == ["roti", "mood", "style"]
    assert feedback.return_on_time(Review()) is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("6", "“6” does not fit here. Type a number from 0 to 5 for each person, as in 5 4 5."),
        ("good", "“good” does not fit here. Type a number from 0 to 5 for each person, as in 5 4 5."),
        ("4 of 5", "“4 of 5” does not fit here. Type a number from 0 to 5 for each person, as in 5 4 5."),
        ("", "Type a number from 0 to 5 for each person, as in 5 4 5."),
    ],
)
def test_an_answer_that_does_not_fit_is_refused_with_what_does(typed: str, sentence: str) -> None:
    desk = room()
    with pytest.raises(Refused) as refused:
        answer(desk, typed)
    assert str(refused.value) == sentence
    assert desk.review.feedback == {}


@pytest.mark.parametrize("typed", ["5 4", "2 0", "3", "1 of 101", "x", "4 5 6"])
def test_counts_that_make_no_sense_are_refused(typed: str) -> None:
    desk = room()
    answer(desk, "5 5")
    with pytest.raises(Refused, match="how many of how many, as in 4 5, or 1 for each yes and 0 for each no"):
        answer(desk, typed)


def test_an_empty_line_is_no_comment_and_what_is_not_asked_has_no_answer() -> None:
    desk = room()
    answer(desk, "1 1")
    with pytest.raises(Refused, match="Type what is said"):
        answer(desk, "  ")
    with pytest.raises(Refused, match="not asked in this review"):
        desk.do(answered("style", "5"))


@settings(deadline=None)
@given(votes=st.lists(st.integers(0, 5), min_size=1, max_size=3), turn=st.integers(0, 5))
def test_in_which_order_votes_come_in_makes_no_difference(votes: list[int], turn: int) -> None:
    orders = list(permutations(votes))
    told = []
    for order in (votes, orders[turn % len(orders)]):
        desk = room()
        answer(desk, *map(str, order))
        told.append(of(desk.review, "roti"))
    assert told[0] == told[1]
    assert told[0].over == (told[0].tally is not None) == (len(votes) == 3)
