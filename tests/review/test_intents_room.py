from __future__ import annotations

import pytest

from lrtui.errors import Refused
from lrtui.review import closing, intents, intents_room
from lrtui.review.model import Action, Entry, State
from tests.review.keeping import Desk


def waiting() -> Desk:
    """Return a meeting in its second step, with two early ideas and two parked matters."""
    desk = Desk()
    said = ("a: cap the retries @ana", "p: the pager's ring tone", "a: a second region", "p: staffing")
    desk.do(intents.add_people("Ana Lima: responder"), intents.start(), intents.next_step())
    desk.do(*map(intents.capture_line, said))
    return desk


def texts(lines: tuple[Action, ...] | tuple[Entry, ...]) -> list[str]:
    return [line.text for line in lines]


def test_early_ideas_and_parked_matters_wait_in_the_order_in_which_they_came_up() -> None:
    review = waiting().review
    assert texts(closing.ideas(review)) == ["cap the retries", "a second region"]
    assert texts(closing.parked(review)) == ["the pager's ring tone", "staffing"]


def test_an_early_idea_is_taken_parked_or_dropped_by_its_id() -> None:
    desk = waiting()
    first, second = (action.id for action in closing.ideas(desk.review))
    desk.do(intents_room.settle_idea(first, "take"))
    assert desk.review.actions[first].state is State.OPEN
    desk.do(intents_room.settle_idea(second, "drop far too dear"))
    assert (desk.review.actions[second].state, desk.review.actions[second].reason) == (State.NOT_DOING, "far too dear")
    assert closing.ideas(desk.review) == ()


def test_an_early_idea_that_is_parked_waits_among_what_is_parked() -> None:
    desk = waiting()
    first, _ = closing.ideas(desk.review)
    desk.do(intents_room.settle_idea(first.id, "park"))
    assert texts(closing.ideas(desk.review)) == ["a second region"]
    assert texts(closing.parked(desk.review)) == ["cap the retries", "the pager's ring tone", "staffing"]


def test_what_is_settled_already_or_answered_otherwise_is_refused() -> None:
    desk = waiting()
    first, _ = closing.ideas(desk.review)
    with pytest.raises(Refused, match="Type take, park, or drop and why"):
        desk.do(intents_room.settle_idea(first.id, "perhaps"))
    desk.do(intents_room.settle_idea(first.id, "take"))
    for late in (first.id, "k9999"):
        with pytest.raises(Refused, match="settled already"):
            desk.do(intents_room.settle_idea(late, "take"))
