from __future__ import annotations

import errno
import os
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from lrtui.store.alive import EVERY, SignOfLife
from tests.store.making import START

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / ".cache" / "alive" / "one"


def test_a_sign_of_life_is_found_by_the_next_program(file: Path) -> None:
    assert SignOfLife(file).last() is None
    SignOfLife(file).give(START)
    assert SignOfLife(file).last() == START
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_a_sign_is_given_again_only_after_a_while_or_when_the_clock_was_set_back(file: Path) -> None:
    sign = SignOfLife(file)
    for seconds, seen in ((0, 0), (EVERY - 1, 0), (EVERY, EVERY), (EVERY + 1, EVERY), (-500, -500), (0, 0)):
        sign.give(START + timedelta(seconds=seconds))
        assert sign.last() == START + timedelta(seconds=seen)


def test_a_sign_may_be_deleted_with_its_folder_and_is_given_anew(file: Path) -> None:
    sign = SignOfLife(file)
    sign.give(START)
    file.unlink()
    file.parent.rmdir()
    later = START + timedelta(seconds=EVERY)
    sign.give(later)
    assert sign.last() == later
    sign.drop()
    assert sign.last() is None
    sign.drop()
    sign.give(later)
    assert sign.last() == later


def test_a_library_that_was_moved_away_is_not_made_anew_for_a_sign(tmp_path: Path) -> None:
    library = tmp_path / "library"
    file = library / ".cache" / "alive" / "one"
    library.mkdir()
    sign = SignOfLife(file)
    sign.give(START)
    library.rename(tmp_path / "moved")
    later = START + timedelta(seconds=EVERY)
    sign.give(later)
    assert not library.exists()
    assert sign.last() is None


@pytest.mark.parametrize("kind", ["link", "pipe"])
def test_what_stands_in_the_place_of_a_sign_is_left_alone_and_tells_nothing(
    file: Path, tmp_path: Path, kind: str
) -> None:
    file.parent.mkdir(parents=True)
    if kind == "link":
        file.symlink_to(tmp_path / "target")
    else:
        os.mkfifo(file)
    SignOfLife(file).give(START)
    assert SignOfLife(file).last() is None
    assert not (tmp_path / "target").exists()


def test_a_sign_of_a_time_that_no_calendar_has_is_none(file: Path) -> None:
    file.parent.mkdir(parents=True)
    file.touch()
    os.utime(file, (2.0**60, 2.0**60))
    told = SignOfLife(file).last()
    assert told is None or told.timestamp() == file.stat().st_mtime  # some disks cut such a time


@pytest.mark.parametrize("call", ["open", "utime", "mkdir"])
def test_a_disk_that_refuses_is_no_hindrance(file: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    def full(*_: object, **__: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as broken:
        broken.setattr(os, call, full)
        SignOfLife(file).give(START)
    assert not file.exists() or call == "utime"
