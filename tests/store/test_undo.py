from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from lrtui.review.model import Put
from lrtui.store.journal import Change, Group
from lrtui.store.undo import again, inverse, stacks
from tests.store.making import entry, operations, storage

if TYPE_CHECKING:
    from lrtui.store.storage import JournalStorage


def undo(review: JournalStorage) -> bool:
    undoable, _ = stacks(review.groups, review.author)
    if undoable:
        review.append("undo", inverse(undoable[-1], review.kept), of=undoable[-1].at)
    return bool(undoable)


def redo(review: JournalStorage) -> bool:
    _, redoable = stacks(review.groups, review.author)
    if redoable:
        review.append("redo", again(redoable[-1], review.kept), of=redoable[-1].at)
    return bool(redoable)


@settings(max_examples=40, deadline=None)
@given(operations)
def test_undo_takes_every_operation_back_and_redo_does_it_again_also_after_a_restart(done: list[list[Put]]) -> None:
    with tempfile.TemporaryDirectory() as place:
        review = storage(Path(place))
        states = [review.read(), *(review.read() for puts in done if review.append("edit", puts).changes)]
        for state in reversed(states[:-1]):
            review = storage(Path(place))
            assert undo(review)
            assert review.read() == state
        assert not undo(review)
        assert review.kept == {}
        for state in states[1:]:
            review = storage(Path(place))
            assert redo(review)
            assert review.read() == state
        assert not redo(review)


@settings(max_examples=40, deadline=None)
@given(operations, st.lists(st.sampled_from(["do", "undo", "redo"]), max_size=30))
def test_undo_and_redo_walk_along_one_line_of_states(done: list[list[Put]], steps: list[str]) -> None:
    with tempfile.TemporaryDirectory() as place:
        review, waiting = storage(Path(place)), list(done)
        line, here = [review.read()], 0
        for step in steps:
            if step == "do" and waiting:
                if review.append("edit", waiting.pop()).changes:
                    line[here + 1 :] = [review.read()]
                    here += 1
            elif step == "undo":
                here -= undo(review)
            elif step == "redo":
                here += redo(review)
            assert review.read() == line[here]
        assert storage(Path(place)).read() == line[here]


def test_a_field_that_somebody_changed_since_is_left_alone(tmp_path: Path) -> None:
    ana = storage(tmp_path)
    ana.append("capture", [Put("entries", "k1", {"text": "deploy rolled back", "state": "open"})])
    bo = storage(tmp_path, "bo-81d2")
    bo.append("edit", [entry("k1", "deploy 4711 rolled back")])
    assert ana.follow()
    assert undo(ana)
    assert ana.tables == {"entries": {"k1": {"text": "deploy 4711 rolled back"}}}
    assert redo(ana)
    assert ana.tables == {"entries": {"k1": {"text": "deploy 4711 rolled back", "state": "open"}}}


def test_an_undo_that_finds_nothing_left_to_take_back_still_counts(tmp_path: Path) -> None:
    ana, bo = storage(tmp_path), storage(tmp_path, "bo-81d2")
    ana.append("first", [entry("k1", "one")])
    ana.append("second", [entry("k2", "two")])
    assert bo.follow()
    bo.append("edit", [entry("k2", "TWO")])
    assert ana.follow()
    assert undo(ana)
    assert undo(ana)
    assert ana.tables == {"entries": {"k2": {"text": "TWO"}}}


def test_each_author_undoes_only_their_own(tmp_path: Path) -> None:
    storage(tmp_path, "bo-81d2").append("capture", [entry("k1", "his")])
    ana = storage(tmp_path)
    assert stacks(ana.groups, "ana-3f9c") == ([], [])
    assert [group.do for group in stacks(ana.groups, "bo-81d2")[0]] == ["capture"]


def test_a_silent_operation_is_not_undone_and_leaves_the_redo() -> None:
    change = (Change("entries", "k1", {"text": "x"}, {}),)
    first = Group("1", "ana", "capture", None, change)
    back = Group("2", "ana", "undo", "1", ())
    tick = Group("3", "ana", "clock", None, change)
    assert stacks([first, back, tick], "ana", silent={"clock"}) == ([], [first])
    assert stacks([first, back, tick], "ana") == ([tick], [])


def test_an_undo_of_something_unknown_is_passed_over() -> None:
    first = Group("1", "ana", "capture", None, ())
    assert stacks([first, Group("2", "ana", "undo", "0", ())], "ana") == ([first], [])
