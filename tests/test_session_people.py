"""What is done with the others in the room, stored and merged: nobody's turn, ballot or vote is lost."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from lrtui.review import intents, intents_room, votes
from lrtui.review.model import Review
from lrtui.store.storage import JournalStorage
from tests.doing import Clock, Doing, any_of, begun, opened, parted, put_together

ANA, BO = "ana-3f9c", "bo-81d2"
ELEMENTS = ("spoke.", "ballot.", "duty.")

among_people = st.lists(any_of("speak", "hand over", "vote", "feedback"), max_size=10)
voting = [
    Doing("start"),
    *(Doing("capture", word) for word in ("one", "two", "three")),
    Doing("vote"),
]


def given_by_each(storage: JournalStorage) -> set[tuple[str, str, str]]:
    """Return every turn, ballot and vote on feedback that is kept."""
    return {
        (table, key, name)
        for table, documents in storage.kept.items()
        for key, fields in documents.items()
        for name in fields
        if name.startswith(ELEMENTS) or table == "feedback"
    }


@settings(max_examples=80, deadline=None)
@given(shared=among_people, by_ana=among_people, by_bo=among_people)
def test_of_two_people_in_two_copies_every_turn_ballot_and_vote_is_kept(
    shared: list[Doing], by_ana: list[Doing], by_bo: list[Doing]
) -> None:
    with tempfile.TemporaryDirectory(prefix="lrtui-test-") as place:
        ana = begun(Path(place) / "review", [*voting, *shared], ANA)
        bo = parted(ana, by_ana, by_bo, BO)
        merged = [
            JournalStorage(put_together(*pair), author="zoe-0001", clock=Clock(), read_only=True)
            for pair in ((ana, bo), (bo, ana))
        ]
        assert Review.read(merged[0].tables) == Review.read(merged[1].tables)
        assert given_by_each(merged[0]) == given_by_each(ana.storage) | given_by_each(bo.storage)


def test_ballots_that_two_people_take_in_at_once_are_all_counted(tmp_path: Path) -> None:
    ana = begun(tmp_path / "review", voting, ANA)
    bo = parted(ana, [Doing("vote", "1 1", 9)] * 2, [Doing("vote", "2 1 1", 9)] * 3, BO)
    both = opened(put_together(ana, bo), Clock(), ANA)
    (vote,) = both.review.votes.values()
    assert len(vote.ballots) == 5
    both.perform(intents_room.reveal_vote(vote.id))
    dots = [result.dots for result in votes.results(both.review, both.review.votes[vote.id])]
    assert dots == [10, 3, 0]
    assert (both.undo(), votes.results(both.review, both.review.votes[vote.id])) == ("reveal vote", ())


def test_what_two_people_note_of_one_person_at_once_is_kept_side_by_side(tmp_path: Path) -> None:
    ana = begun(tmp_path / "review", [], ANA)
    ana.perform(intents.start())
    bo = parted(ana, [], [], BO)
    for session in (ana, bo):
        session.perform(intents_room.speak("ana"))
        session.perform(intents_room.speak("ana"))
    both = opened(put_together(ana, bo), Clock(), ANA)
    assert len(next(iter(both.review.participants.values())).spoke) == 4
    both.undo()
    assert len(next(iter(both.review.participants.values())).spoke) == 3
