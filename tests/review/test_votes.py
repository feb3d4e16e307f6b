from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrtui.errors import Refused
from lrtui.review import intents, intents_room, votes
from lrtui.review.model import State
from tests.review.keeping import Desk

if TYPE_CHECKING:
    from lrtui.review.model import Vote

LINES = ("retries hide failures", "the dashboard lied", "rollback took six minutes")


def voting(dots: str = "", lines: tuple[str, ...] = LINES) -> Desk:
    """Return a meeting that votes on what it has learned."""
    desk = Desk()
    desk.do(intents.start(), intents.open_step("learnings"), intents.capture_block(lines), intents_room.open_vote(dots))
    return desk


def vote(desk: Desk) -> Vote:
    found = votes.current(desk.review)
    assert found is not None
    return found


def cast(desk: Desk, *ballots: str) -> None:
    for ballot in ballots:
        desk.do(intents_room.cast_ballot(vote(desk).id, ballot))


def told(desk: Desk) -> list[tuple[int, int, int, bool]]:
    return [(found.number, found.dots, found.place, found.tied) for found in votes.results(desk.review, vote(desk))]


def test_the_lines_that_the_open_step_lists_are_numbered_as_they_are_listed() -> None:
    desk = Desk()
    desk.do(
        intents.start(),
        intents.open_step("timeline"),
        *map(intents.capture_line, ("14:30 back to normal", "14:02 pager", "// between us", "n: a note", "p: parked")),
        intents.capture_line("14:20 told in another step", "welcome"),
        intents_room.open_vote(),
    )
    assert [(choice.number, choice.text) for choice in votes.choices(desk.review, vote(desk))] == [
        (1, "pager"),
        (2, "a note"),
        (3, "parked"),
        (4, "told in another step"),
        (5, "back to normal"),
    ]


def test_what_was_dropped_is_not_voted_on() -> None:
    desk = Desk()
    desk.do(
        intents.start(),
        intents.open_step("actions"),
        *map(intents.capture_line, ("limit the retries", "buy a bigger machine", "test the voucher table")),
    )
    dropped = next(action.id for action in desk.review.actions.values() if "bigger" in action.text)
    desk.do(intents.set_state(dropped, State.NOT_DOING, "it is large enough"), intents_room.open_vote())
    found = [choice.text for choice in votes.choices(desk.review, vote(desk))]
    assert found == ["limit the retries", "test the voucher table"]


def test_what_the_ballots_say_is_told_only_when_it_is_revealed() -> None:
    desk = voting()
    cast(desk, "1 3 3", "3", "2,1")
    assert (len(vote(desk).ballots), told(desk)) == (3, [])
    desk.do(intents_room.reveal_vote(vote(desk).id))
    assert told(desk) == [(3, 3, 1, False), (1, 2, 2, False), (2, 1, 3, False)]


def test_lines_with_as_many_dots_share_their_place() -> None:
    desk = voting(lines=(*LINES, "luck", "more luck"))
    cast(desk, "1 2", "2 1", "3")
    desk.do(intents_room.reveal_vote(vote(desk).id))
    assert told(desk) == [(1, 2, 1, True), (2, 2, 1, True), (3, 1, 3, False), (4, 0, 4, False), (5, 0, 4, False)]


def test_a_line_added_or_taken_away_meanwhile_moves_no_number() -> None:
    desk = voting()
    first, *_ = vote(desk).lines
    cast(desk, "1 2")
    desk.do(intents.capture_line("14:02 l: earlier than all the others"), intents.delete_line("entries", first))
    cast(desk, "3 2 2")
    assert [choice.text for choice in votes.choices(desk.review, vote(desk))] == ["", *LINES[1:]]
    with pytest.raises(Refused, match="One of those lines is not there any more"):
        cast(desk, "1")
    desk.do(intents_room.reveal_vote(vote(desk).id))
    assert told(desk) == [(2, 3, 1, False), (3, 1, 2, False)]


def test_a_line_that_becomes_private_or_an_action_meanwhile_is_hidden_or_stays() -> None:
    desk = voting()
    first, second, _ = vote(desk).lines
    desk.do(intents.edit_line("entries", first, "// between us"), intents.edit_line("entries", second, "a: fix it"))
    assert [choice.text for choice in votes.choices(desk.review, vote(desk))] == ["", "fix it", LINES[2]]


@pytest.mark.parametrize(
    ("ballot", "sentence"),
    [
        ("4", "There is no such line to vote for: they go from 1 to 3."),
        ("0 1", "There is no such line to vote for: they go from 1 to 3."),
        ("1 1 2 3", "Those are 4 dots, and each person has 3."),
        ("", "Type the numbers of lines, one for each dot: up to 3, as in 1 2 2."),
        ("the first", "Type the numbers of lines, one for each dot: up to 3, as in 1 2 2."),
        ("1 -2", "Type the numbers of lines, one for each dot: up to 3, as in 1 2 2."),
        ("1 9999", "Type the numbers of lines, one for each dot: up to 3, as in 1 2 2."),
    ],
)
def test_a_ballot_that_cannot_be_counted_is_refused_with_what_can(ballot: str, sentence: str) -> None:
    desk = voting()
    with pytest.raises(Refused) as refused:
        cast(desk, ballot)
    assert str(refused.value) == sentence
    assert vote(desk).ballots == ()


def test_each_person_has_three_dots_unless_it_is_said_otherwise() -> None:
    assert vote(voting()).dots == 3
    desk = voting("5")
    cast(desk, "1 1 1 1 1")
    assert len(vote(desk).ballots[0]) == 5


@pytest.mark.parametrize("dots", ["0", "21", "many", "3 3", "-1"])
def test_a_count_of_dots_that_makes_no_sense_is_refused(dots: str) -> None:
    with pytest.raises(Refused, match="is no count of dots"):
        voting(dots)


@pytest.mark.parametrize("lines", [(), LINES[:1]])
def test_there_is_nothing_to_vote_on_with_fewer_than_two_lines(lines: tuple[str, ...]) -> None:
    with pytest.raises(Refused, match="two lines or more"):
        voting(lines=lines)


def test_a_vote_goes_on_until_it_is_revealed_or_closed() -> None:
    desk = voting()
    first = vote(desk)
    with pytest.raises(Refused, match="open already"):
        desk.do(intents_room.open_vote())
    with pytest.raises(Refused, match="No ballot is in yet"):
        desk.do(intents_room.reveal_vote(first.id))
    cast(desk, "1")
    desk.do(intents_room.reveal_vote(first.id))
    for late in (intents_room.reveal_vote(first.id), intents_room.cast_ballot(first.id, "2")):
        with pytest.raises(Refused, match="shown already"):
            desk.do(late)
    desk.do(intents_room.open_vote())
    assert vote(desk).id != first.id
    desk.do(intents_room.close_vote(vote(desk).id))
    assert votes.current(desk.review) is None
    for gone in (intents_room.cast_ballot(first.id, "1"), intents_room.close_vote(first.id)):
        with pytest.raises(Refused, match="not open any more"):
            desk.do(gone)


def test_voting_again_is_about_the_same_lines_and_begins_without_a_ballot() -> None:
    desk = voting("2")
    cast(desk, "1 2")
    before = vote(desk)
    desk.do(intents.delete_line("entries", before.lines[0]), intents_room.vote_again(before.id))
    after = vote(desk)
    assert (after.lines, after.dots, after.ballots, after.step) == (before.lines[1:], 2, (), "learnings")
    assert desk.review.votes[before.id].closed


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(1, 3), min_size=1, max_size=3), min_size=1, max_size=8))
def test_every_dot_counts_whoever_lays_it_and_places_follow_the_dots(ballots: list[list[int]]) -> None:
    desk = voting()
    cast(desk, *(" ".join(map(str, ballot)) for ballot in ballots))
    desk.do(intents_room.reveal_vote(vote(desk).id))
    found = votes.results(desk.review, vote(desk))
    counts = [sum(ballot.count(number) for ballot in ballots) for number in (1, 2, 3)]
    assert {result.number: result.dots for result in found} == dict(enumerate(counts, 1))
    assert [result.dots for result in found] == sorted(counts, reverse=True)
    for one in found:
        for other in found:
            assert (one.place < other.place) == (one.dots > other.dots)
            assert one is other or not (one.dots == other.dots > 0) or (one.tied and other.tied)
