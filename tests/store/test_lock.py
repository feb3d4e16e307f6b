from __future__ import annotations

import errno
import fcntl
import getpass
import os
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from lrtui.store.lock import ReviewLock
from tests.store.making import ROOT, START

if TYPE_CHECKING:
    from pathlib import Path

HOLDER = """
import sys
from pathlib import Path
from lrtui.store.lock import ReviewLock
from tests.store.making import START

print(ReviewLock(Path(sys.argv[1]), lambda: START).acquire(), flush=True)
sys.stdin.read()
"""


def lock_at(path: Path) -> ReviewLock:
    return ReviewLock(path, lambda: START)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / ".cache" / "locks" / "one.lock"


def test_the_second_to_open_a_review_is_told_who_has_it(place: Path) -> None:
    first, second = lock_at(place), lock_at(place)
    assert first.acquire()
    assert first.acquire()
    assert not second.acquire()
    since = START.astimezone()
    assert second.holder() == (
        f"open since {since:%H:%M} by {getpass.getuser()} on {socket.gethostname()}, process {os.getpid()}"
    )
    first.release()
    assert second.acquire()


def test_a_review_left_open_since_another_day_says_the_day(place: Path) -> None:
    assert lock_at(place).acquire()
    later = ReviewLock(place, lambda: START.replace(month=12))
    assert f"open since {START.astimezone():%Y-%m-%d %H:%M} by" in later.holder()


def test_the_lock_is_held_as_long_as_its_context(place: Path) -> None:
    with lock_at(place):
        assert not lock_at(place).acquire()
    assert lock_at(place).acquire()


def test_the_lock_of_a_killed_process_is_free(place: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(place)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "True\n"
        lock = lock_at(place)
        assert not lock.acquire()
        assert f"process {process.pid}" in lock.holder()
        process.kill()
        process.wait()
        assert lock.acquire()


def test_where_no_lock_can_be_made_the_review_is_not_ours_to_write(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    lock = lock_at(tmp_path / "file" / "locks" / "one.lock")
    assert not lock.acquire()
    assert lock.holder() == "in a library that cannot be written to"


def test_a_file_system_without_locks_does_not_keep_anybody_from_working(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_: object) -> None:
        raise OSError(errno.ENOTSUP, os.strerror(errno.ENOTSUP))

    monkeypatch.setattr(fcntl, "flock", unknown)
    assert lock_at(place).acquire()


END_OF_TIME = '{"pid": 1, "user": "ana", "host": "here", "since": "9999-12-31T23:59:59-12:00"}'
SIGNED_BY_NOBODY = ["", "[]", "{}", '{"pid": "x", "user": 1, "host": 2, "since": "now"}', "\x00", END_OF_TIME]


@pytest.mark.parametrize("text", SIGNED_BY_NOBODY)
def test_a_lock_that_nobody_signed_is_told_without_a_name(place: Path, text: str) -> None:
    with lock_at(place):
        place.write_text(text)
        other = lock_at(place)
        assert not other.acquire()
        assert other.holder() == "open in another process"


def test_a_full_disk_does_not_take_the_lock_away(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", full)
        lock = lock_at(place)
        assert lock.acquire()
    assert not lock_at(place).acquire()


def test_whether_a_lock_is_taken_is_seen_without_taking_or_making_it(place: Path) -> None:
    lock = lock_at(place)
    assert not lock_at(place).taken
    assert not place.exists()
    assert lock.acquire()
    assert lock_at(place).taken
    lock.release()
    assert not lock_at(place).taken
    assert lock.acquire()
