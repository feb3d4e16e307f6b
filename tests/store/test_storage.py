from __future__ import annotations

import errno
import json
import os
import shutil
import stat
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrtui.errors import Refused, StoreError
from lrtui.review.model import Put
from lrtui.store.journal import Change, Group, head_line
from lrtui.store.storage import JournalStorage, _names
from tests.store.making import START, Ticking, entry, operations, puts, shown, storage

if TYPE_CHECKING:
    from lrtui.review.fields import Json


@settings(max_examples=40, deadline=None)
@given(operations)
def test_what_is_on_disk_is_what_is_shown_after_any_operations(done: list[list[Put]]) -> None:
    with tempfile.TemporaryDirectory() as place:
        review = storage(Path(place))
        for puts in done:
            review.append("edit", puts)
        again = storage(Path(place))
        assert review.tables == again.tables == shown(done)
        assert review.kept == again.kept
        assert review.groups == again.groups
        assert again.unread == []


def test_nothing_is_made_on_disk_before_the_first_thing_saved(tmp_path: Path) -> None:
    review = storage(tmp_path / "reviews" / "2026" / "one")
    assert review.tables == {}
    assert review.read() == {}
    assert not review.follow()
    assert list(tmp_path.iterdir()) == []


def test_the_journal_and_its_folders_are_for_their_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "reviews" / "one"
    storage(folder).append("capture", [entry("k1", "x")])
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (folder.parent, folder, folder / "ana-3f9c.jsonl")]
    assert modes == [0o700, 0o700, 0o600]


def test_a_line_on_disk_names_the_change_and_what_was_there_before(tmp_path: Path) -> None:
    review = storage(tmp_path)
    review.append("capture", [Put("entries", "k1", {"text": "old", "state": "open"})])
    group = review.append("edit", [Put("entries", "k1", {"text": "new", "state": "open", "tags.db": True})])
    changes = (Change("entries", "k1", {"text": "new", "tags.db": True}, {"text": "old"}),)
    assert group == Group("2026-11-22T14:00:02.000Z/0000", "ana-3f9c", "edit", None, changes)
    head, _, last = (tmp_path / "ana-3f9c.jsonl").read_text().splitlines()
    assert json.loads(head) == {"lrtui": 1, "by": "ana-3f9c"}
    assert json.loads(last)["was"] == {"text": "old"}


def test_what_changes_nothing_is_not_written_but_true_is_not_one(tmp_path: Path) -> None:
    review = storage(tmp_path)
    review.append("capture", [Put("entries", "k1", {"about": 1})])
    assert review.append("edit", [Put("entries", "k1", {"about": 1, "text": None})]).changes == ()
    assert len(review.groups) == 1
    assert review.append("edit", [Put("entries", "k1", {"about": True})]).changes[0].was == {"about": 1}


def test_an_operation_about_another_is_written_even_if_it_changes_nothing(tmp_path: Path) -> None:
    first = storage(tmp_path).append("capture", [entry("k1", "x")])
    storage(tmp_path).append("undo", [], of=first.at)
    last = storage(tmp_path).groups[-1]
    assert (last.do, last.of, last.changes) == ("undo", first.at, ())


def test_changes_of_one_document_in_one_operation_become_one_line(tmp_path: Path) -> None:
    group = storage(tmp_path).append("edit", [entry("k1", "a"), Put("entries", "k1", {"text": "b", "step": "s"})])
    assert [change.set for change in group.changes] == [{"text": "b", "step": "s"}]
    assert '"part"' not in (tmp_path / "ana-3f9c.jsonl").read_text()


def test_time_goes_on_although_the_clock_went_back_and_another_authors_is_ahead(tmp_path: Path) -> None:
    ahead = JournalStorage(tmp_path, author="bo-81d2", clock=Ticking(START + timedelta(days=400)))
    ahead.append("capture", [entry("k1", "his")])
    review = storage(tmp_path)
    review.append("edit", [entry("k1", "hers")])
    review.append("edit", [entry("k1", "hers again")])
    assert storage(tmp_path).tables == {"entries": {"k1": {"text": "hers again"}}}
    assert [group.at for group in review.groups] == sorted({group.at for group in review.groups})


def test_two_writers_of_different_authors_lose_nothing(tmp_path: Path) -> None:
    ana, bo = storage(tmp_path), storage(tmp_path, "bo-81d2")
    for number in range(5):
        ana.append("capture", [entry(f"a{number}", "hers")])
        bo.append("capture", [entry(f"b{number}", "his")])
    assert len(storage(tmp_path).tables["entries"]) == 10


def test_what_others_wrote_appears_when_it_is_looked_for_and_only_then(tmp_path: Path) -> None:
    ana, bo = storage(tmp_path), storage(tmp_path, "bo-81d2")
    ana.append("capture", [entry("k1", "hers")])
    assert not ana.follow()
    bo.append("capture", [entry("k2", "his")])
    assert list(ana.tables["entries"]) == ["k1"]
    assert ana.follow() == {("entries", "k2")}
    assert list(ana.tables["entries"]) == ["k1", "k2"]
    assert not ana.follow()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2), st.lists(puts, min_size=1, max_size=3)), max_size=12), st.booleans())
def test_whoever_follows_sees_what_is_on_disk(done: list[tuple[int, list[Put]]], late: bool) -> None:  # noqa: FBT001
    with tempfile.TemporaryDirectory() as place:
        hours = [JournalStorage(Path(place), author=f"{name}-0000", clock=Ticking()) for name in ("ana", "bo", "cy")]
        if late:  # one whose clock is behind writes into the past of the others
            hours[2]._clock = Ticking(START - timedelta(hours=1))
        reader = storage(Path(place), "di-0000", read_only=True)
        for who, puts in done:
            before = {name: reader.tables.get(name[0], {}).get(name[1]) for name in _names(reader.tables)}
            before = {name: dict(document or {}) for name, document in before.items()}
            hours[who].append("edit", puts)
            changed = reader.follow()
            fresh = storage(Path(place))
            assert (reader.tables, reader.kept, reader.groups) == (fresh.tables, fresh.kept, fresh.groups)
            assert reader.rivals == fresh.rivals
            for name in before.keys() | _names(reader.tables):
                now = reader.tables.get(name[0], {}).get(name[1])
                assert name in changed or dict(now or {}) == before.get(name, {})


def test_what_is_added_at_the_end_is_read_without_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ana = storage(tmp_path)
    ana.append("capture", [entry("k1", "hers")])
    bo = JournalStorage(tmp_path, author="bo-81d2", clock=Ticking(START + timedelta(hours=1)))
    monkeypatch.setattr(JournalStorage, "_load", lambda _: pytest.fail("all of it was read again"))
    for number in range(3):
        bo.append("capture", [entry(f"b{number}", "his")])
        assert ana.follow() == {("entries", f"b{number}")}


def test_half_a_line_is_waited_for(tmp_path: Path) -> None:
    ana = storage(tmp_path)
    other = storage(tmp_path / "elsewhere", "bo-81d2")
    other.append("capture", [entry("k1", "his")])
    whole = (tmp_path / "elsewhere" / "bo-81d2.jsonl").read_bytes()
    journal = tmp_path / "bo-81d2.jsonl"
    journal.write_bytes(whole[:-20])
    ana.follow()
    assert ana.tables == {}
    journal.write_bytes(whole)
    assert ana.follow() == {("entries", "k1")}


def test_a_folder_that_is_gone_is_told_and_what_was_read_stays(tmp_path: Path) -> None:
    ana = storage(tmp_path / "review")
    ana.append("capture", [entry("k1", "hers")])
    (tmp_path / "review").rename(tmp_path / "away")
    with pytest.raises(StoreError, match="not there any more"):
        ana.follow()
    assert list(ana.tables["entries"]) == ["k1"]
    (tmp_path / "away").rename(tmp_path / "review")
    assert not ana.follow()


def test_of_what_two_change_at_once_the_later_shows_and_the_other_is_kept_until_it_is_settled(tmp_path: Path) -> None:
    ana, bo = storage(tmp_path), storage(tmp_path, "bo-81d2")
    ana.append("capture", [entry("k1", "pager")])
    bo.follow()
    bo.append("edit", [entry("k1", "his pager")])
    bo.append("edit", [entry("k1", "his own pager")])
    ana.append("edit", [Put("entries", "k1", {"text": "her pager", "state": "x"})])
    fresh = storage(tmp_path)
    assert fresh.tables["entries"]["k1"]["text"] == "his own pager"
    assert fresh.rivals == {("entries", "k1"): {"text": "her pager"}}
    bo.follow()
    bo.append("edit", [entry("k1", "our pager")])
    assert bo.rivals == {} == storage(tmp_path).rivals


def three_lines(folder: Path) -> JournalStorage:
    review = storage(folder)
    for number in (1, 2, 3):
        review.append("capture", [entry(f"k{number}", f"line {number}")])
    return review


def test_a_folder_that_was_moved_away_is_not_made_anew_and_when_it_is_back_work_goes_on(tmp_path: Path) -> None:
    folder, away = tmp_path / "reviews" / "one", tmp_path / "away"
    review = three_lines(folder)
    before = review.tables
    folder.rename(away)
    for _ in range(2):
        with pytest.raises(StoreError, match=r"^The review's folder is not there any more. Put it back"):
            review.append("capture", [entry("k4", "line 4")])
        assert not folder.exists()
        assert review.tables is before
    away.rename(folder)
    review.append("capture", [entry("k4", "line 4")])
    assert list(storage(folder).tables["entries"]) == ["k1", "k2", "k3", "k4"]
    assert storage(folder).tables == review.tables


def test_nothing_is_written_to_an_empty_folder_in_the_place_of_the_reviews(tmp_path: Path) -> None:
    folder = tmp_path / "one"
    review = three_lines(folder)
    folder.rename(tmp_path / "away")
    folder.mkdir()
    for attempt in (lambda: review.append("capture", [entry("k4", "line 4")]), review.follow):
        with pytest.raises(StoreError, match="A file of this review is not there any more") as refused:
            attempt()
        assert refused.value.path == str(folder)
    assert list(folder.iterdir()) == []
    assert len(review.tables["entries"]) == 3


def test_nothing_is_written_while_the_journal_of_somebody_else_is_missing(tmp_path: Path) -> None:
    storage(tmp_path, "bo-81d2").append("capture", [entry("k0", "his")])
    review = three_lines(tmp_path)
    before = (tmp_path / "ana-3f9c.jsonl").read_bytes()
    (tmp_path / "bo-81d2.jsonl").rename(tmp_path / "away")
    with pytest.raises(StoreError, match="A file of this review"):
        review.append("capture", [entry("k4", "line 4")])
    assert (tmp_path / "ana-3f9c.jsonl").read_bytes() == before
    (tmp_path / "away").rename(tmp_path / "bo-81d2.jsonl")
    review.append("capture", [entry("k4", "line 4")])
    assert len(storage(tmp_path).tables["entries"]) == 5


def test_a_folder_that_vanishes_in_the_moment_of_writing_is_not_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "one"
    review = three_lines(folder)
    looked = review._catch_up

    def overtaken() -> None:
        looked()
        folder.rename(tmp_path / "away")

    monkeypatch.setattr(review, "_catch_up", overtaken)
    with pytest.raises(StoreError, match="A folder is missing: this change was not saved"):
        review.append("capture", [entry("k4", "line 4")])
    assert not folder.exists()


def test_wherever_our_journal_is_cut_off_while_open_the_next_line_leaves_no_hole(tmp_path: Path) -> None:
    whole = three_lines(tmp_path / "whole").folder / "ana-3f9c.jsonl"
    for size in range(len(whole.read_bytes())):
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            shutil.copy(whole, folder)
            review = storage(folder)
            os.truncate(folder / whole.name, size)
            if size % 2:  # either it is noticed by looking, or by writing
                review.follow()
                assert storage(folder).groups == review.groups
            review.append("edit", [entry("k3", "line 3, changed"), entry("k4", "line 4")])
            again = storage(folder)
            assert again.tables == review.tables
            assert again.groups == review.groups
            assert [item["text"] for item in again.tables["entries"].values()] == [
                "line 1",
                "line 2",
                "line 3, changed",
                "line 4",
            ]
            assert [change.was for change in again.groups[-1].changes] == [{"text": "line 3"}, {}]


def test_an_older_copy_in_the_place_of_our_journal_gets_back_what_it_lacks(tmp_path: Path) -> None:
    review = storage(tmp_path)
    journal, older = tmp_path / "ana-3f9c.jsonl", tmp_path / "older"
    review.append("capture", [entry("k1", "line 1")])
    shutil.copy(journal, older)
    review.append("edit", [entry("k1", "line 1, changed")])
    review.append("capture", [entry("k2", "line 2")])
    older.replace(journal)
    review.append("capture", [entry("k3", "line 3")])
    again = storage(tmp_path)
    assert {key: item["text"] for key, item in again.tables["entries"].items()} == {
        "k1": "line 1, changed",
        "k2": "line 2",
        "k3": "line 3",
    }
    assert again.groups == review.groups
    assert again.unread == []


def test_what_was_added_to_our_journal_while_open_is_read_before_the_next_line(tmp_path: Path) -> None:
    review = three_lines(tmp_path)
    storage(tmp_path).append("edit", [entry("k1", "line 1, by another program")])
    group = review.append("edit", [entry("k1", "line 1, by us"), entry("k4", "line 4")])
    assert group.changes[0].was == {"text": "line 1, by another program"}
    assert storage(tmp_path).tables == review.tables
    assert ("entries", "k1") in review.follow(), "who asks is told also of what was taken in by the way"


def test_words_that_were_replaced_in_our_journal_while_open_stay_replaced(tmp_path: Path) -> None:
    review = three_lines(tmp_path)
    journal = tmp_path / "ana-3f9c.jsonl"
    other = tmp_path / "edited"
    other.write_bytes(journal.read_bytes().replace(b"line 2", b"------"))
    other.replace(journal)
    review.append("capture", [entry("k4", "line 4")])
    assert review.tables["entries"]["k2"] == {"text": "------"}
    assert storage(tmp_path).tables == review.tables


def test_a_disk_that_refuses_what_was_taken_out_is_asked_again_with_the_next_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    review = three_lines(tmp_path)
    os.truncate(tmp_path / "ana-3f9c.jsonl", 0)
    for call in ("open", "write", "fdatasync"):
        for attempt in (review.follow, lambda: review.append("capture", [entry("k4", "line 4")])):
            with monkeypatch.context() as patch:
                patch.setattr(os, call, full)
                with pytest.raises(StoreError, match="The disk is full"):
                    attempt()
    assert list(review.tables["entries"]) == ["k1", "k2", "k3"]
    review.append("capture", [entry("k4", "line 4")])
    assert list(storage(tmp_path).tables["entries"]) == ["k1", "k2", "k3", "k4"]


def test_a_newer_format_that_somebody_has_written_to_our_journal_while_open_is_not_written_to(tmp_path: Path) -> None:
    review = three_lines(tmp_path)
    with (tmp_path / "ana-3f9c.jsonl").open("a") as file:
        file.write('{"lrtui": 2, "by": "ana-3f9c"}\n')
    before = (tmp_path / "ana-3f9c.jsonl").read_bytes()
    with pytest.raises(Refused, match="newer lrtui"):
        review.append("capture", [entry("k4", "line 4")])
    assert (tmp_path / "ana-3f9c.jsonl").read_bytes() == before


def test_a_reader_follows_the_disk_and_writes_nothing_back(tmp_path: Path) -> None:
    three_lines(tmp_path)
    reader = storage(tmp_path, read_only=True)
    os.truncate(tmp_path / "ana-3f9c.jsonl", 0)
    assert reader.follow()
    assert reader.tables == {}
    assert (tmp_path / "ana-3f9c.jsonl").read_bytes() == b""


def test_a_review_opened_for_reading_says_so_and_writes_nothing(tmp_path: Path) -> None:
    storage(tmp_path).append("capture", [entry("k1", "x")])
    before = (tmp_path / "ana-3f9c.jsonl").read_bytes()
    review = storage(tmp_path, read_only=True)
    with pytest.raises(Refused, match="for reading only"):
        review.append("edit", [entry("k1", "y")])
    assert (tmp_path / "ana-3f9c.jsonl").read_bytes() == before


def test_a_review_of_a_newer_format_is_shown_and_not_written_to(tmp_path: Path) -> None:
    storage(tmp_path).append("capture", [entry("k1", "x")])
    (tmp_path / "bo-81d2.jsonl").write_text('{"lrtui": 2, "by": "bo-81d2"}\n')
    review = storage(tmp_path)
    assert review.tables == {"entries": {"k1": {"text": "x"}}}
    with pytest.raises(Refused, match="newer lrtui"):
        review.append("edit", [entry("k1", "y")])


def test_a_line_that_cannot_be_read_stays_on_disk_and_is_reported(tmp_path: Path) -> None:
    journal = tmp_path / "ana-3f9c.jsonl"
    journal.write_bytes(head_line("ana-3f9c") + b"<<<<<<< HEAD\n")
    review = storage(tmp_path)
    review.append("capture", [entry("k1", "x")])
    assert [(unread.file, unread.line, unread.text) for unread in review.unread] == [
        ("ana-3f9c.jsonl", 2, "<<<<<<< HEAD")
    ]
    assert b"<<<<<<< HEAD\n" in journal.read_bytes()


def test_a_torn_line_is_ended_before_the_next_one(tmp_path: Path) -> None:
    journal = tmp_path / "ana-3f9c.jsonl"
    storage(tmp_path).append("capture", [entry("k1", "x")])
    with journal.open("ab") as file:
        file.write(b'{"at": "2026-11-22T1')
    storage(tmp_path).append("capture", [entry("k2", "y")])
    assert list(storage(tmp_path).tables["entries"]) == ["k1", "k2"]
    assert b'{"at": "2026-11-22T1\n' in journal.read_bytes()


def test_links_and_pipes_in_the_folder_are_reported_and_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "one"
    storage(tmp_path / "two").append("capture", [entry("k1", "not ours")])
    folder.mkdir()
    (folder / "bo-81d2.jsonl").symlink_to(tmp_path / "two" / "ana-3f9c.jsonl")
    os.mkfifo(folder / "cy-0000.jsonl")
    review = storage(folder)
    assert review.tables == {}
    assert [(unread.file, unread.line) for unread in review.unread] == [("bo-81d2.jsonl", 0), ("cy-0000.jsonl", 0)]


def test_a_link_or_pipe_in_the_place_of_our_journal_is_not_written_to(tmp_path: Path) -> None:
    journal, target = tmp_path / "ana-3f9c.jsonl", tmp_path / "target"
    target.touch()
    journal.symlink_to(target)
    with pytest.raises(StoreError, match="A link or pipe stands where a file should be"):
        storage(tmp_path).append("capture", [entry("k1", "x")])
    journal.unlink()
    os.mkfifo(journal)
    with pytest.raises(StoreError, match="A link or pipe stands where a file should be"):
        storage(tmp_path).append("capture", [entry("k1", "x")])
    assert target.read_bytes() == b""


def test_time_goes_on_even_if_the_journal_was_emptied(tmp_path: Path) -> None:
    reader = JournalStorage(tmp_path, author="ana-3f9c", clock=lambda: START, read_only=True)
    first = storage(tmp_path).append("capture", [entry("k1", "x")])
    assert reader.follow()
    os.truncate(tmp_path / "ana-3f9c.jsonl", 0)
    assert reader.follow()
    assert reader.new_id() > first.at.translate(str.maketrans("", "", "-:.TZ/"))


def test_values_are_the_reviews_own_and_not_the_callers(tmp_path: Path) -> None:
    who: list[Json] = ["p1"]
    review = storage(tmp_path)
    review.append("capture", [Put("entries", "k1", {"who": who})])
    who.append("p2")
    read = review.read()["entries"]["k1"]["who"]
    assert isinstance(read, list)
    read.append("p3")
    assert review.tables == storage(tmp_path).tables == {"entries": {"k1": {"who": ["p1"]}}}


@pytest.mark.parametrize(("table", "key"), [("", "k1"), ("a/b", "k1"), ("entries", "")])
def test_a_document_without_a_proper_name_is_not_written(tmp_path: Path, table: str, key: str) -> None:
    with pytest.raises(ValueError, match="no document"):
        storage(tmp_path).append("edit", [Put(table, key, {"text": "x"})])
    assert list(tmp_path.iterdir()) == []


def test_ids_grow_and_differ_between_authors(tmp_path: Path) -> None:
    stopped = [JournalStorage(tmp_path, author=by, clock=lambda: START) for by in ("ana-3f9c", "bo-81d2")]
    hers, his = ([review.new_id() for _ in range(20)] for review in stopped)
    assert hers == sorted(hers)
    assert len({*hers, *his}) == 40
