from __future__ import annotations

import pytest

from lrtui.review.followup import Customs, Followed, Owner
from lrtui.review.followup_hints import doubts
from lrtui.review.model import State
from tests.review.following import TODAY, action, standing

WHOLE = action(owners=(Owner("Ana Lima"),), team="Data", due=TODAY)


@pytest.mark.parametrize(
    ("found", "what", "words"),
    [
        (WHOLE._replace(owners=()), "no owner", "Nobody owns it."),
        (WHOLE._replace(owners=(Owner("Bo", here=False),)), "owner not in the room", "Bo was not in the room"),
        (WHOLE._replace(team=""), "no team", "By default it is for Payments."),
        (WHOLE._replace(due=None, priority="high"), "no date", "By default it is due 2026-12-05."),
        (WHOLE._replace(text="be more careful with the switch"), "weak action", "“be more careful”"),
        (WHOLE._replace(text="improve monitoring"), "vague action", "“improve"),
    ],
)
def test_what_may_keep_an_action_from_being_done_is_hinted_at(found: Followed, what: str, words: str) -> None:
    (doubt,) = doubts(standing(found, Customs("Payments")))
    assert doubt.what == what
    assert words in doubt.words


def test_an_action_that_lacks_nothing_and_one_that_is_settled_give_no_hint() -> None:
    assert doubts(standing(WHOLE)) == []
    assert doubts(standing(action("be more careful", state=State.NOT_DOING))) == []
