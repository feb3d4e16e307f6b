"""An action is followed up in its own review, also where that is not open, and that is taken back there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lrtui.errors import Locked, NotFound, Refused
from lrtui.review import intents
from lrtui.review.model import State
from tests.app.opening import begun, desk_in

if TYPE_CHECKING:
    from pathlib import Path

    from lrtui.desk import Desk
    from lrtui.review.model import Action


def three(desk: Desk) -> str:
    captured = [intents.capture_line(line, "actions") for line in ("one", "two", "three")]
    return begun(desk, "Slow checkout", intents.add_people("Ana Lima"), *captured)


def actions(desk: Desk, name: str) -> list[Action]:
    return list(desk.read(desk.library.resolve(name)).actions.values())


def test_what_is_done_is_in_the_review_and_told_with_its_owners(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = three(desk)
    done = desk.follow_up(name, 2, "@ana")
    assert (done.review, done.action.text, done.owners) == (name, "two", ("Ana Lima",))
    done = desk.follow_up(name, done.action.id, "done seen")
    assert (actions(desk, name)[1].state, actions(desk, name)[1].reason) == (State.DONE, "seen")
    assert done.at


def test_what_changes_nothing_is_told_as_such(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = three(desk)
    assert desk.follow_up(name, 1, "open").at == ""


def test_what_was_done_is_taken_back_unless_the_review_was_changed_since(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = three(desk)
    first, second = desk.follow_up(name, 1, "done seen"), desk.follow_up(name, 2, "doing")
    with pytest.raises(Refused, match="It stays: the review of that action has been changed since"):
        desk.take_back(first)
    assert desk.take_back(second) == "two"
    assert desk.take_back(first) == "one"
    assert [action.state for action in actions(desk, name)] == [State.OPEN] * 3
    assert [action.reason for action in actions(desk, name)] == [""] * 3


def test_a_review_that_is_open_elsewhere_is_left_alone(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = three(desk)
    open_ = desk.open(name)
    with pytest.raises(Locked, match="open elsewhere"):
        desk.follow_up(name, 1, "done")
    open_.close()
    assert actions(desk, name)[0].state is State.OPEN
    assert desk.follow_up(name, 1, "done").at


@pytest.mark.parametrize("number", [0, 4, 99])
def test_a_number_that_no_action_has_is_answered_with_those_there_are(tmp_path: Path, number: int) -> None:
    desk = desk_in(tmp_path)
    name = three(desk)
    with pytest.raises(NotFound, match=rf"no action {number} in that review. It has 1, 2, 3\."):
        desk.follow_up(name, number, "done")


def test_an_action_is_named_by_any_part_of_its_reviews_name_that_fits_no_other(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = three(desk)
    for handle in (f"{name}-2", f"{name.rpartition('-')[2]}-2", "slow-2", "slow-checkout-2"):
        assert desk.named_action(handle) == (name, 2)
    for handle in ("2", "slow", "slow-", "slow-x", "-2", "", "slow-²"):
        with pytest.raises(NotFound):
            desk.named_action(handle)
