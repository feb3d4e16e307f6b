"""A SQLite file that can be deleted, broken or out of date at any time: whatever happens, work goes on.

A file that is broken or was made by another version is made anew, empty; where none can be written the cache lives in
memory. Every piece of work has a connection of its own, so that threads, processes and deletions do not disturb one
another.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
import zlib
from typing import TYPE_CHECKING, TypeVar

from lrtui.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

T = TypeVar("T")

_PATIENCE = 10.0  # seconds for which another process may keep the file
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_BROKEN = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_SCHEMA}


class Broken(Exception):
    """What is in the file makes no sense, or was put there by another version."""


class CacheFile:
    """The cache in the file `path`, made by the statements of `schema`.

    What is kept may mean something else although the schema is the same: then `version` has to differ. `renewals`
    counts how often what had been kept was found to be lost.
    """

    def __init__(self, path: Path, schema: str, version: str, memory: sqlite3.Connection | None = None) -> None:
        self.path = path
        self.renewals = 0
        self._schema = schema
        self._version = zlib.crc32(f"{version}\n{schema}".encode()) & 0x7FFFFFFF or 1
        self._made = False
        self._given = (path, schema, version)
        self._memory = memory
        self._in_memory = threading.Lock()

    def use(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Return what `work` returns: on the file, else on one made anew, else in memory.

        `work` may be called more than once; it raises `Broken` where it cannot make sense of what it finds.
        Raises a StoreError where another process keeps the file to itself.
        """
        reason: Exception | None = None
        for _ in range(3):
            try:
                with self._connection() as db:
                    return work(db)
            except (sqlite3.DatabaseError, OSError, Broken) as error:
                reason = error
                self._recover(error)
        why = reason.strerror if isinstance(reason, OSError) else reason
        raise StoreError(
            f"The library's cache cannot be used: {why}. Use a Python with a complete sqlite3.", str(self.path)
        ) from reason

    def apart(self) -> CacheFile:
        """Return a cache in memory that begins with what is in this one; what is done to either is not in the other."""
        memory = _in_memory()
        self.use(lambda db: db.backup(memory))
        return CacheFile(*self._given, memory=memory)

    def close(self) -> None:
        """Let go of what is kept in memory."""
        if self._memory:
            self._memory.close()
            self._memory = None

    @contextlib.contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        if self._memory:
            with self._in_memory:
                yield self._memory
            return
        if not self.path.exists():
            _make_file(self.path)
            self.renewals += self._made
        self._made = True
        with contextlib.closing(sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level=None)) as db:
            self._prepare(db)
            yield db

    def _prepare(self, db: sqlite3.Connection) -> None:
        made_by = _made_by(db)
        if made_by not in {0, self._version}:
            raise Broken
        db.execute("PRAGMA synchronous = NORMAL")
        if not made_by:
            with contextlib.suppress(sqlite3.OperationalError):  # it waits for nobody; whoever has the file does it
                db.execute("PRAGMA journal_mode = WAL")
            self._create(db)

    def _create(self, db: sqlite3.Connection) -> None:
        with transaction(db):
            if not _made_by(db):  # nobody was quicker
                for statement in self._schema.split(";\n")[:-1]:
                    db.execute(statement)
                db.execute(f"PRAGMA user_version = {self._version}")

    def _recover(self, error: Exception) -> None:
        """Make the next attempt possible; a file that others are writing to is left alone."""
        broken = isinstance(error, Broken)
        if isinstance(error, sqlite3.DatabaseError):
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)  # text that is not UTF-8 has no code
            if code & 0xFF in _BUSY:
                raise StoreError(
                    "Another lrtui is busy with the library's cache. Try again in a moment.", str(self.path)
                ) from error
            broken = code & 0xFF in _BROKEN
        self.renewals += 1
        if broken and not self._memory and _delete(self.path):
            self._made = False
        else:
            if broken:
                self.close()
            self._memory = self._memory or _in_memory()
            self._create(self._memory)


@contextlib.contextmanager
def transaction(db: sqlite3.Connection) -> Iterator[None]:
    """Do all of it or nothing."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        if db.in_transaction:  # SQLite itself takes back what a full disk has stopped
            db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def _in_memory() -> sqlite3.Connection:
    return sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)


def _made_by(db: sqlite3.Connection) -> int:
    version: int = db.execute("PRAGMA user_version").fetchone()[0]
    return version


def _make_file(path: Path) -> None:
    """Make an empty file for its owner alone; the library's own folder is not made for a cache."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    with contextlib.suppress(FileExistsError):  # another process was quicker
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))


def _delete(path: Path) -> bool:
    try:
        for end in ("", "-wal", "-shm"):
            path.with_name(path.name + end).unlink(missing_ok=True)
    except OSError:
        return False
    return True
