"""A sign of life: when a program last had a review open with its clock running. A crash then costs seconds of time.

The sign is the time at which a file in the library's cache was changed. It is given seldom and not waited for, may be
deleted at any time, and a disk that refuses costs no more than the sign.
"""

from __future__ import annotations

import contextlib
import os
import stat
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

EVERY = 15  # seconds for which a sign is good enough


class SignOfLife:
    """The sign of life of one review, in the file `path`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._given: datetime | None = None

    def give(self, now: datetime) -> None:
        """Tell that the program lives at the instant `now`; nothing is done where that was told a moment ago."""
        if self._given is not None and 0 <= (now - self._given).total_seconds() < EVERY:
            return
        self._given = now
        with contextlib.suppress(OSError):
            for folder in (self._path.parent.parent, self._path.parent):  # the library's own is not made for a sign
                folder.mkdir(mode=0o700, exist_ok=True)
            self._touch(now.timestamp())

    def _touch(self, seconds: float) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK  # a pipe does not hold us up
        file = os.open(self._path, flags, 0o600)
        try:
            os.utime(file, (seconds, seconds))
        finally:
            os.close(file)

    def last(self) -> datetime | None:
        """Return when the last sign was given; None where there is none."""
        try:
            status = self._path.lstat()
            return datetime.fromtimestamp(status.st_mtime, UTC) if stat.S_ISREG(status.st_mode) else None
        except (OSError, ValueError, OverflowError):  # not there, or of a time that no calendar has
            return None

    def drop(self) -> None:
        """Forget the last sign: the clock stands, so none is needed."""
        self._given = None
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)
