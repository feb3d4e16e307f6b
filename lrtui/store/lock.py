"""One writer at a time: whoever opens a review for writing holds its lock until the process ends, however it ends."""

from __future__ import annotations

import errno
import fcntl
import json
import os
import socket
from datetime import datetime
from typing import TYPE_CHECKING, Self

from lrtui.errors import StoreError
from lrtui.review.text import clean_line
from lrtui.store.author import user_name
from lrtui.store.files import make_folder, write_all

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

_UNKNOWN_HERE = {errno.ENOLCK, errno.ENOTSUP, errno.ENOSYS, errno.EINVAL, errno.EBADF}  # the last: folders on NFS


class ReviewLock:
    """The lock of one review, kept in the file `path`. `clock` gives aware instants.

    Where the file cannot be made the library is not ours to write in, and the lock is not given. A file system that
    knows no locks gives it: journals are written so that even two writers lose nothing.
    """

    def __init__(self, path: Path, clock: Callable[[], datetime]) -> None:
        self._path = path
        self._clock = clock
        self._file: int | None = None
        self._unwritable = False

    @property
    def held(self) -> bool:
        """Whether it is held here."""
        return self._file is not None

    @property
    def taken(self) -> bool:
        """Whether a living program holds it, this one or another; where locks are unknown, none does."""
        try:
            file = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK)
        except OSError:
            return False
        try:
            return not locked(file, fcntl.LOCK_SH)
        finally:
            os.close(file)

    def acquire(self) -> bool:
        """Take the lock if it is free, without waiting; tell whether it is held now."""
        if self._file is not None:
            return True
        try:
            make_folder(self._path.parent)
            file = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        except (OSError, StoreError):
            self._unwritable = True
            return False
        self._unwritable = False
        if not locked(file):
            os.close(file)
            return False
        self._file = file
        self._sign(file)
        return True

    def release(self) -> None:
        """Give the lock back."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def holder(self) -> str:
        """Tell who has the review open, or else why the lock was not given, as the end of a sentence."""
        if self._unwritable:
            return "in a library that cannot be written to"
        try:
            signed = json.loads(self._path.read_text("utf-8"))
            since = datetime.fromisoformat(signed["since"]).astimezone()
            user, host, process = clean_line(signed["user"]), clean_line(signed["host"]), int(signed["pid"])
        except (OSError, ValueError, TypeError, KeyError, OverflowError):
            return "open in another process"
        today = since.date() == self._clock().astimezone().date()
        return f"open since {since:{'%H:%M' if today else '%Y-%m-%d %H:%M'}} by {user} on {host}, process {process}"

    def _sign(self, file: int) -> None:
        signed = {
            "pid": os.getpid(),
            "user": user_name(),
            "host": socket.gethostname(),
            "since": self._clock().isoformat(timespec="seconds"),
        }
        try:
            os.ftruncate(file, 0)
            write_all(file, json.dumps(signed).encode())
        except OSError:  # a full disk: the lock holds, only its holder stays unnamed
            return

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()


def locked(file: int, how: int = fcntl.LOCK_EX) -> bool:
    """Lock an open file without waiting; tell whether that was done, or the file system knows no locks."""
    try:
        fcntl.flock(file, how | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno in _UNKNOWN_HERE
    return True
