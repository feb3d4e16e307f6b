"""A stamp that still holds means that the folder holds the same journals."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from lrtui.store import stamps

if TYPE_CHECKING:
    from pathlib import Path

LONG_AGO = (1_700_000_000, 1_700_000_000)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two journals and something else, in which nothing has happened for a while."""
    for name in ("ana-3f9c.jsonl", "bo-81d2.jsonl", "notes.txt"):
        (tmp_path / name).write_text("x\n")
        os.utime(tmp_path / name, LONG_AGO)
    os.utime(tmp_path, LONG_AGO)
    return tmp_path


def test_a_stamp_of_a_folder_at_rest_holds_and_names_its_journals_alone(folder: Path) -> None:
    stamp = stamps.stamp(str(folder))
    assert stamps.holds(str(folder), stamp)
    assert "bo-81d2.jsonl" in stamp
    assert "notes" not in stamp


def test_a_stamp_holds_no_more_after_any_change_of_the_journals(folder: Path) -> None:
    stamp = stamps.stamp(str(folder))
    with (folder / "ana-3f9c.jsonl").open("a") as journal:
        journal.write("more\n")
    os.utime(folder / "ana-3f9c.jsonl", LONG_AGO)
    assert not stamps.holds(str(folder), stamp), "the size tells"
    stamp = stamps.stamp(str(folder))
    (folder / "ana-3f9c.jsonl").touch()
    assert not stamps.holds(str(folder), stamp), "the time tells"
    stamp = stamps.stamp(str(folder))
    (folder / "cy-1111.jsonl").touch()
    assert not stamps.holds(str(folder), stamp), "a new file tells"
    (folder / "cy-1111.jsonl").unlink()
    os.utime(folder, LONG_AGO)
    stamp = stamps.stamp(str(folder))
    (folder / "bo-81d2.jsonl").unlink()
    os.utime(folder, LONG_AGO)
    assert not stamps.holds(str(folder), stamp), "a missing file tells"


def test_a_folder_that_has_just_changed_is_looked_through_anew(folder: Path) -> None:
    os.utime(folder)
    stamp = stamps.stamp(str(folder))
    assert not stamps.holds(str(folder), stamp)
    assert stamps.stamp(str(folder)) == stamp


@pytest.mark.parametrize("broken", ["", "unreadable", "0", "1/2", "x/y/z", "1/a.jsonl/2/3", "9" * 5000])
def test_what_is_no_stamp_never_holds(folder: Path, broken: str) -> None:
    assert not stamps.holds(str(folder), broken)
    assert not stamps.holds(str(folder / "nowhere"), stamps.stamp(str(folder)))
