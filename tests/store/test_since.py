"""Since when something is as it is comes from the journal, and what was undone has not happened."""

from __future__ import annotations

import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from lrtui.review.model import Put
from lrtui.store.since import since
from tests.store.making import START, operations, storage
from tests.store.test_undo import redo, undo

if TYPE_CHECKING:
    from lrtui.store.since import Since
    from lrtui.store.storage import JournalStorage


def state(value: str, **others: str) -> list[Put]:
    return [Put("actions", "a", {"state": value, **others})]


def when(review: JournalStorage) -> Since:
    return since(review.groups, "actions")


def test_each_field_has_the_instant_of_the_change_that_made_it_what_it_is(tmp_path: Path) -> None:
    review = storage(tmp_path)
    first = review.append("add line", state("open", text="alert")).instant
    second = review.append("mark", state("doing")).instant
    assert when(review) == {"a": {"state": second, "text": first}}
    assert first < second


def test_an_undone_done_is_open_since_it_was_and_a_redone_one_done_since_it_was(tmp_path: Path) -> None:
    review = storage(tmp_path)
    opened = review.append("add line", state("open")).instant
    done = review.append("mark", state("done", reason="seen")).instant
    undo(review)
    assert when(review)["a"] == {"state": opened}
    redo(review)
    assert when(review)["a"] == {"state": done, "reason": done}
    undo(review)
    assert when(review)["a"] == {"state": opened}


def test_documents_stand_in_the_order_in_which_they_came_about_whatever_became_of_them(tmp_path: Path) -> None:
    review = storage(tmp_path)
    for key in ("z", "b", "y"):
        review.append("add line", [Put("actions", key, {"text": key})])
    review.append("delete line", [Put("actions", "z", {"gone": True})])
    review.append("add line", [Put("entries", "e", {"text": "e"})])
    assert list(when(review)) == ["z", "b", "y"]


def test_the_time_of_another_authors_change_counts_as_well(tmp_path: Path) -> None:
    storage(tmp_path).append("add line", state("open"))
    other = storage(tmp_path, "bo-81d2")
    done = other.append("mark", state("done")).instant
    assert when(storage(tmp_path))["a"]["state"] == done


@settings(max_examples=25, deadline=None)
@given(operations)
def test_an_undo_leaves_every_time_as_it_was_before_and_a_redo_as_after(done: list[list[Put]]) -> None:
    with tempfile.TemporaryDirectory() as place:
        review = storage(Path(place))
        times = [when(review), *(when(review) for puts in done if review.append("edit", puts).changes)]
        for before in reversed(times[:-1]):
            assert undo(review)
            assert known(when(review)) == known(before)
        for after in times[1:]:
            assert redo(review)
            assert known(when(review)) == known(after)


def known(found: Since) -> Since:
    """Leave out the documents of which nothing is left."""
    return {key: fields for key, fields in found.items() if fields}


@settings(max_examples=25, deadline=None)
@given(operations, st.integers(0, 3))
def test_whatever_is_there_has_a_time_and_nothing_else_has(done: list[list[Put]], undone: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        review = storage(Path(place))
        for puts in done:
            review.append("edit", puts)
        for _ in range(undone):
            undo(review)
        there = {key: set(fields) for key, fields in review.kept.get("actions", {}).items()}
        found = known(when(review))
        assert {key: set(fields) for key, fields in found.items()} == there
        latest = max((group.instant for group in review.groups), default=START)
        assert all(START - timedelta(1) < at <= latest for fields in found.values() for at in fields.values())
        assert all(isinstance(at, datetime) for fields in found.values() for at in fields.values())
