"""The catalog keeps what reviews say, and of feedback nothing that fewer than four have answered."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.generate import reviews as generate
from lrtui.desk import Desk
from lrtui.review.run import run_of
from lrtui.store import run_rows
from lrtui.store.library import Library
from tests.holding import hold
from tests.review.test_insight import runs

if TYPE_CHECKING:
    from pathlib import Path

    from lrtui.review.run import Run


@given(st.lists(runs, max_size=5))
def test_what_is_stored_of_a_review_is_read_back_equal(found: list[Run]) -> None:
    db = sqlite3.connect(":memory:")
    db.executescript(f"CREATE TABLE review (id INTEGER PRIMARY KEY, name TEXT); {run_rows.TABLE.schema}")
    for key, run in enumerate(found):
        db.execute("INSERT INTO review VALUES (?, ?)", (key, run.review))
        stored = (key, *run_rows.columns(run))
        db.execute(run_rows.TABLE.add(len(stored)), stored)
    assert run_rows.find(db, None, None) == found
    for run in found:
        assert run_rows.find(db, run.template, run.held) == [
            other for other in found if other.template == run.template and other.held >= run.held
        ]
    db.execute(run_rows.TABLE.forget, (0,))
    assert run_rows.find(db, None, None) == found[1:]
    db.close()


def desk(root: Path) -> Desk:
    return Desk(Library(root), author="reader", zone="UTC")


def test_the_catalog_says_of_every_review_what_the_review_says(tmp_path: Path) -> None:
    generate(tmp_path, 30, 6)
    here = desk(tmp_path)
    here.update_catalog()
    read = [run_of(here.read(path), name) for name, path in here.library.reviews()]
    assert sorted(here.catalog.runs()) == sorted(run for run in read if run)
    assert len(here.catalog.runs()) == 21, "those that are done"


def test_a_review_that_is_taken_up_again_does_not_count_until_it_is_done_again(tmp_path: Path) -> None:
    from lrtui.review import intents

    name = hold(tmp_path)
    here = desk(tmp_path)
    here.update_catalog()
    assert [run.review for run in here.catalog.runs()] == [name]
    session = here.open(name)
    session.perform(intents.reopen())
    session.close()
    here.update_catalog()
    assert here.catalog.runs() == []


def test_neither_words_of_feedback_nor_numbers_of_fewer_than_four_are_in_the_file(tmp_path: Path) -> None:
    few, more = tmp_path / "few", tmp_path / "more"
    hold(few, votes=[1, 4, 3], learned=[1, 0], said=["unheardof"])
    hold(more, votes=[1, 4, 3, 4], said=["unheardof"])
    for root in (few, more):
        desk(root).update_catalog()
        stored = b"".join(path.read_bytes() for path in (root / ".cache").glob("catalog*"))
        assert b"unheardof" not in stored
    (without,), (with_votes,) = desk(few).catalog.runs(), desk(more).catalog.runs()
    assert (without.worth, without.votes) == (None, ())
    assert with_votes.worth is not None
    rows = sqlite3.connect(few / ".cache" / "catalog.sqlite").execute("SELECT worth, votes FROM run").fetchall()
    assert rows == [("null", "[]")]
