"""What a publish remembers for the next one, so that only what has changed is read, rendered and written.

A cache, in the library's `.cache/`: without it everything is read and rendered again, and the same comes out. What has
been stored is stored for good only in the end; a page that is not in `made` was not brought up to date yet.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from lrtui.publish.folder.brief import Brief
from lrtui.publish.folder.disk import Seen
from lrtui.store.cachefile import Broken, CacheFile, transaction

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from lrtui.publish.folder.brief import Task

_VERSION = "3"  # grows when what is kept means something else
_SCHEMA = """
CREATE TABLE review (
    name TEXT PRIMARY KEY, stamp TEXT NOT NULL, digest TEXT NOT NULL, page TEXT NOT NULL,
    day TEXT NOT NULL, learnings INTEGER NOT NULL, entry TEXT NOT NULL, brief TEXT NOT NULL
);
CREATE INDEX listing ON review (day DESC, name DESC);
CREATE TABLE member (section TEXT NOT NULL, label TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (section, name));
CREATE INDEX membership ON member (name);
CREATE TABLE task (name TEXT NOT NULL, due TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (name, number));
CREATE INDEX waiting ON task (due = '', due, name, number);
CREATE TABLE made (path TEXT PRIMARY KEY, owner TEXT NOT NULL, digest TEXT NOT NULL);
CREATE INDEX ownership ON made (owner);
CREATE TABLE undone (name TEXT PRIMARY KEY, stamp TEXT NOT NULL);
CREATE TABLE seen (path TEXT PRIMARY KEY, stamp TEXT NOT NULL, digest TEXT NOT NULL);
CREATE TABLE recipe (words TEXT NOT NULL);
"""
_ADD = """
INSERT INTO review (name, stamp, digest, page, day, learnings, entry, brief)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
_OF_SECTION = """
SELECT brief FROM review JOIN member USING (name) WHERE section = ? ORDER BY day DESC, name DESC
"""
_WAITING = """
SELECT brief, number FROM task JOIN review USING (name) ORDER BY due = '', due, task.name, number LIMIT ?
"""


class Kept(NamedTuple):
    """What is kept of a review by itself: what tells its state from others, its content's digest and page."""

    stamp: str
    digest: str
    page: str


class Taken(NamedTuple):
    """A review that was read: what is to be kept of it. `entry` is its line in the index for programs."""

    name: str
    stamp: str
    digest: str
    brief: Brief
    entry: str


class Section(NamedTuple):
    """A collected page of some reviews: its key, what a person calls it, and of how many reviews."""

    key: str
    label: str
    many: int


class Made(NamedTuple):
    """What a file is to be: its content's digest, and the review or section that it comes from."""

    owner: str
    digest: str


class Memory:
    """What is remembered of one publish folder, in the file `path`; `apart`, nothing of what is stored is kept."""

    def __init__(self, path: Path, *, apart: bool = False) -> None:
        cache = CacheFile(path, _SCHEMA, _VERSION)
        self._cache = cache.apart() if apart else cache

    @property
    def losses(self) -> int:
        """How often what was remembered was found to be lost."""
        return self._cache.renewals

    def close(self) -> None:
        """Let go of what is kept in memory."""
        self._cache.close()

    def begin(self, recipe: str) -> None:
        """Forget what was made by another recipe."""
        self._cache.use(partial(_begin, recipe=recipe))

    def reviews(self) -> dict[str, Kept]:
        """Return what is kept of each review by itself, by name."""
        return self._cache.use(_reviews)

    def undone(self) -> dict[str, str]:
        """Return the stamps of the reviews that were found not to be done, by name."""
        return self._cache.use(lambda db: dict(db.execute("SELECT name, stamp FROM undone").fetchall()))

    def store(self, taken: Sequence[Taken], gone: Collection[str], undone: Mapping[str, str]) -> None:
        """Keep reviews, and forget others; the pages that they were or are on have to be made again."""
        if taken or gone or undone != self.undone():
            self._cache.use(partial(_store, taken=taken, gone=gone, undone=undone))

    def sections(self) -> list[Section]:
        """Return the sections there are, in order of their keys."""
        query = "SELECT section, min(label), count(*) FROM member GROUP BY section ORDER BY section"
        return self._cache.use(lambda db: [Section(*row) for row in db.execute(query)])

    def of_section(self, key: str) -> list[Brief]:
        """Return the reviews of a section, the newest first."""
        return self._cache.use(lambda db: _briefs(db.execute(_OF_SECTION, (key,))))

    def newest(self, limit: int, *, learnings: int = 0) -> list[Brief]:
        """Return the newest reviews, those with so many learnings at least."""
        query = "SELECT brief FROM review WHERE learnings >= ? ORDER BY day DESC, name DESC LIMIT ?"
        return self._cache.use(lambda db: _briefs(db.execute(query, (learnings, limit))))

    def waiting(self, limit: int) -> tuple[int, list[tuple[Brief, Task]]]:
        """Return how many open actions there are, and those that are due first, each with its review."""
        return self._cache.use(partial(_waiting, limit=limit))

    def entries(self) -> list[str]:
        """Return the lines of the index for programs, the newest first."""
        query = "SELECT entry FROM review ORDER BY day DESC, name DESC"
        return self._cache.use(lambda db: [entry for (entry,) in db.execute(query)])

    def made(self, *, collected: bool = False) -> dict[str, Made]:
        """Return what is known of what files are to be, by path; of all files, or of those of collected pages."""
        query = "SELECT path, owner, digest FROM made WHERE NOT ? OR instr(owner, '/')"
        return self._cache.use(
            lambda db: {path: Made(owner, digest) for path, owner, digest in db.execute(query, (collected,))}
        )

    def seen(self) -> dict[str, Seen]:
        """Return what is known of files as they are, by path."""
        query = "SELECT path, stamp, digest FROM seen"
        return self._cache.use(lambda db: {path: Seen(stamp, digest) for path, stamp, digest in db.execute(query)})

    def finish(self, made: Mapping[str, Made], seen: Mapping[str, Seen]) -> None:
        """Keep what was made, and how files are, beside what is kept already."""
        if made or seen:
            self._cache.use(partial(_finish, made=made, seen=seen))


def _begin(db: sqlite3.Connection, recipe: str) -> None:
    if db.execute("SELECT words FROM recipe").fetchall() == [(recipe,)]:
        return
    with transaction(db):
        for table in ("review", "member", "task", "made", "undone", "recipe"):
            db.execute(f"DELETE FROM {table}")  # noqa: S608 - our own words
        db.execute("INSERT INTO recipe VALUES (?)", (recipe,))


def _reviews(db: sqlite3.Connection) -> dict[str, Kept]:
    query = "SELECT name, stamp, digest, page FROM review"
    return {name: Kept(stamp, digest, page) for name, stamp, digest, page in db.execute(query)}


def _store(db: sqlite3.Connection, taken: Iterable[Taken], gone: Iterable[str], undone: Mapping[str, str]) -> None:
    with transaction(db):
        db.execute("DELETE FROM undone")
        db.executemany("INSERT INTO undone VALUES (?, ?)", list(undone.items()))
        for name in gone:
            _remove(db, name)
        for one in taken:
            _remove(db, one.name)
            _add(db, one)


def _remove(db: sqlite3.Connection, name: str) -> None:
    _unmake(db, name)
    for table in ("review", "member", "task"):
        db.execute(f"DELETE FROM {table} WHERE name = ?", (name,))  # noqa: S608 - our own words


def _unmake(db: sqlite3.Connection, name: str) -> None:
    db.execute("DELETE FROM made WHERE owner = ? OR owner IN (SELECT section FROM member WHERE name = ?)", (name, name))


def _add(db: sqlite3.Connection, one: Taken) -> None:
    brief = one.brief
    counted = (brief.listing.page, brief.listing.day, len(brief.learnings), one.entry, brief.packed())
    db.execute(_ADD, (one.name, one.stamp, one.digest, *counted))
    rows = dict(reversed(list(brief.listing.sections)))
    db.executemany("INSERT INTO member VALUES (?, ?, ?)", [(key, label, one.name) for key, label in rows.items()])
    db.executemany("INSERT INTO task VALUES (?, ?, ?)", [(one.name, t.due, at) for at, t in enumerate(brief.tasks)])
    _unmake(db, one.name)


def _briefs(rows: Iterable[tuple[str]]) -> list[Brief]:
    try:
        return [Brief.unpacked(kept) for (kept,) in rows]
    except (ValueError, TypeError) as error:
        raise Broken(str(error)) from error


def _waiting(db: sqlite3.Connection, limit: int) -> tuple[int, list[tuple[Brief, Task]]]:
    (count,) = db.execute("SELECT count(*) FROM task").fetchone()
    rows = db.execute(_WAITING, (limit,)).fetchall()
    briefs = _briefs((kept,) for kept, _ in rows)
    try:
        return count, [(brief, brief.tasks[number]) for brief, (_, number) in zip(briefs, rows, strict=True)]
    except IndexError as error:
        raise Broken(str(error)) from error


def _finish(db: sqlite3.Connection, made: Mapping[str, Made], seen: Mapping[str, Seen]) -> None:
    with transaction(db):
        db.executemany("INSERT OR REPLACE INTO made VALUES (?, ?, ?)", [(path, *of) for path, of in made.items()])
        db.executemany("INSERT OR REPLACE INTO seen VALUES (?, ?, ?)", [(path, *of) for path, of in seen.items()])
