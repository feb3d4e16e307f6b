from __future__ import annotations

from dataclasses import replace

from lrtui.review import feedback, intents
from lrtui.review.feedback_summary import FEWEST, Told, summary
from lrtui.review.intents import Intent
from lrtui.review.model import Feedback, Review, Status
from tests.review.keeping import Desk

PEOPLE = (
    "Ana Lima: responder; Bo Chen: facilitator; Cy Diaz: expert; Di Eng: observer; Ed Fox: observer; Fay Gu: observer"
)


def answer(key: str, typed: str) -> Intent:
    return Intent("answer", lambda review, context: feedback.answered(review, key, typed, context.new_id))


def told(review: Review, key: str = "roti") -> Told:
    return next(item for item in summary(review) if item.key == key)


def test_what_the_room_has_not_finished_stays_hidden_however_many_have_answered() -> None:
    desk = Desk()
    desk.do(intents.add_people(PEOPLE), intents.start())
    for vote in ("5", "3", "1", "2"):
        desk.do(answer("roti", vote))
    open_round = told(desk.review)
    assert (open_round.count, open_round.asking, open_round.tally) == (FEWEST, True, None)
    desk.do(answer("roti", "4"))
    over = told(desk.review)
    assert over.tally is not None
    assert (over.count, over.asking, over.tally.average) == (5, False, 3.0)


def test_words_beside_numbers_are_told_from_four_on_like_any_others() -> None:
    desk = Desk()
    numbers = {f"n{at}": Feedback(f"n{at}", "roti", 4) for at in range(5)}
    words = {f"w{at}": Feedback(f"w{at}", "roti", comment=f"remark {at}") for at in range(4)}
    done = replace(desk.review, head=replace(desk.review.head, status=Status.DONE))
    three = dict(list(words.items())[:3])
    assert told(replace(done, feedback=numbers | three)).said == ()
    assert told(replace(done, feedback=numbers | words)).said == tuple(f"remark {at}" for at in range(4))
