"""The catalog: what there is in the library and which words are where, so that listing and searching are instant.

It is a cache that can be deleted at any time: everything in it comes from the journals. It may be used by several
threads and processes at once.

What is private never gets into it: neither private entries nor what was said in feedback, and of its numbers only those
to which at least four answers have come together.
"""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lrtui.errors import LrtuiError
from lrtui.store import action_table, run_rows, stamps, words
from lrtui.store.cachefile import Broken, CacheFile, transaction
from lrtui.store.query import Query

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from lrtui.review.followup import Followed
    from lrtui.review.followup_teams import Closed
    from lrtui.review.run import Run
    from lrtui.store.records import Record, Text
    from lrtui.store.resembling import Seen
    from lrtui.store.side_table import Read

_BATCH = 100  # reviews that are stored at once

# The index keeps only which words are in which review; which text they are in is looked up in `content`. Crossing the
# join and hiding the id from the planner make a search follow the listing, so that it can end early.
_COUNTED = "5"  # how rows and texts come about; a catalog in which they came about otherwise is made anew
_SCHEMA = """
CREATE TABLE review (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, stamp TEXT NOT NULL, place INTEGER NOT NULL,
    path TEXT NOT NULL, title TEXT NOT NULL, status TEXT NOT NULL, day TEXT NOT NULL, service TEXT NOT NULL,
    severity TEXT NOT NULL, template TEXT NOT NULL, facilitator TEXT NOT NULL, open_actions INTEGER NOT NULL,
    entries INTEGER NOT NULL
);
CREATE INDEX listing ON review (place, day DESC, name DESC);
CREATE INDEX tally ON review (status, open_actions);
CREATE TABLE content (id INTEGER PRIMARY KEY, texts BLOB NOT NULL);
CREATE VIRTUAL TABLE word USING fts5 (
    words, content = '', columnsize = 0, detail = none, tokenize = 'ascii', prefix = '1 2 3'
);
"""

_BESIDE = (action_table.TABLE, run_rows.TABLE)  # further tables, with rows for each review

_ROWS = """
SELECT name, path, title, status, day, service, severity, template, facilitator, open_actions, entries FROM review
WHERE (:status IS NULL OR status = :status)
AND (:match IS NULL OR id IN (SELECT rowid FROM word WHERE word MATCH :match))
AND (:before IS NULL OR day < :before AND day != '') AND (:after IS NULL OR day >= :after)
ORDER BY place, day DESC, name DESC LIMIT :limit OFFSET :offset
"""
_FOUND = """
SELECT name, title, texts FROM review CROSS JOIN content ON content.id = review.id
WHERE (:match IS NULL OR +review.id IN (SELECT rowid FROM word WHERE word MATCH :match))
AND (:before IS NULL OR day < :before AND day != '') AND (:after IS NULL OR day >= :after)
ORDER BY place, day DESC, name DESC
"""
_ADD = """
INSERT INTO review
    (name, stamp, place, path, title, status, day, service, severity, template, facilitator, open_actions, entries)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A review as the library lists it.

    `day` is the day of the meeting or, before that, of the draft; `template` and `facilitator` are names. Counted are
    the actions that are taken on and not done with, and the entries that are not private.
    """

    name: str
    path: Path
    title: str
    status: str
    day: date | None
    service: str
    severity: str
    template: str
    facilitator: str
    open_actions: int
    entries: int


@dataclass(frozen=True, slots=True)
class Hit:
    """A text that was found in the review of that name and title.

    `kind` is an entry's kind, `action`, `title`, `fact` or `person`; `id` names it but for the title.
    """

    review: str
    title: str
    kind: str
    text: str
    id: str


class Catalog:
    """The catalog in the file `path`; `read` opens a review's folder."""

    def __init__(self, path: Path, read: Callable[[Path], Read]) -> None:
        self._cache = CacheFile(
            path, _SCHEMA + "".join(table.schema for table in _BESIDE), f"{_COUNTED} {words.VERSION}"
        )
        self._folder = path.parent
        self._read = read
        self._at_work = threading.Lock()

    def close(self) -> None:
        """Let go of what is kept in memory; nothing else stays open between two calls."""
        self._cache.close()

    def rows(self, *, query: str = "", status: str | None = None, limit: int = 200, offset: int = 0) -> list[Row]:
        """Return the reviews that have every word of `query` somewhere in them, the last one perhaps only begun.

        What may be searched for besides is in `lrtui.store.query`. Live reviews come first, then drafts, those in
        wrap-up and those done, each the latest first.
        """
        values = {"status": status, **_asked(Query.read(query) or Query()), "limit": limit, "offset": offset}
        return self._cache.use(lambda db: [self._row(found) for found in db.execute(_ROWS, values)])

    def counts(self) -> dict[str, int]:
        """Return how many reviews there are of each status."""
        return dict(
            self._cache.use(lambda db: db.execute("SELECT status, count(*) FROM review GROUP BY status").fetchall())
        )

    def open_actions(self) -> int:
        """Return how many actions are taken on and not done with, in all reviews."""
        return int(self._cache.use(lambda db: db.execute("SELECT total(open_actions) FROM review").fetchone())[0])

    def names(self) -> list[str]:
        """Return the names of all reviews."""
        return [name for (name,) in self._cache.use(lambda db: db.execute("SELECT name FROM review").fetchall())]

    def actions(self, *, settled: bool = False, since: date | None = None) -> list[Followed]:
        """Return the actions of all reviews that are taken on and not done with; with `settled` also those that are.

        With `since` only those of reviews that ended on that day or later.
        """
        from lrtui.store import action_rows

        begun = since.isoformat() if since else None
        return self._cache.use(partial(action_rows.followed, settled=settled, since=begun))

    def closed_actions(self) -> list[Closed]:
        """Return the actions that were done, of all reviews."""
        from lrtui.store import action_rows

        return self._cache.use(action_rows.closed)

    def search(self, typed: str, limit: int = 50, each: int = 5, reviews: int | None = None) -> list[Hit]:
        """Return the texts that hold what was typed, by review in the order of `rows`, at most `each` of one review.

        A review counts when every word is somewhere in it. Its texts with all of the words are returned or, where the
        words are scattered, those with any of them, the ones with most first. Looked into are only the first `reviews`.
        """
        query = Query.read(typed)
        if query is None:
            return []
        return self._cache.use(partial(_search, query=query, limit=limit, each=each, reviews=reviews))

    def resembling(self, lines: Iterable[str], *, names: Iterable[str], besides: str, limit: int = 2) -> list[Seen]:
        """Return what was written before that resembles one of the lines; see `lrtui.store.resembling`.

        Names of people are no likeness, and the review named `besides` is left out.
        """
        from lrtui.store.resembling import resembling

        return self._cache.use(lambda db: resembling(db, lines, names, besides, limit))

    def runs(self, template: str | None = None, since: date | None = None) -> list[Run]:
        """Return what is kept of the reviews that were held, by one template or any, from a day on, in no order."""
        return self._cache.use(lambda db: run_rows.find(db, template, since))

    def refresh(self, folders: Iterable[tuple[str, Path]], *, stop: Callable[[], bool] = lambda: False) -> int:
        """Bring the catalog up to date with `folders`, as (name, path); return how many reviews changed in it.

        Only folders that have changed are read, the last names first, and what was read can be seen soon after. Ends
        early, with what was read so far, when `stop` says so. Of two threads that ask at once the second one waits, and
        finds most of it done.
        """
        there = {storable(name): path for name, path in folders}
        changed = 0
        with self._at_work:
            while True:
                renewals = self._cache.renewals
                changed += self._refresh(there, stop)
                if renewals == self._cache.renewals or stop():
                    return changed

    def _refresh(self, there: Mapping[str, Path], stop: Callable[[], bool]) -> int:
        stored = self._cache.use(lambda db: db.execute("SELECT name, path, stamp FROM review").fetchall())
        known: dict[str, tuple[str, str]] = {name: (path, stamp) for name, path, stamp in stored}
        gone = known.keys() - there.keys()
        if gone:
            self._cache.use(partial(_store, gone=gone, records=[]))
        changed = len(gone)
        for batch in _batches(self._changed(there, known, stop)):
            self._cache.use(partial(_store, gone=(), records=batch))
            changed += len(batch)
        return changed

    def _changed(
        self, there: Mapping[str, Path], known: Mapping[str, tuple[str, str]], stop: Callable[[], bool]
    ) -> Iterator[Record]:
        from lrtui.store.records import UNREADABLE, Record

        relative = lru_cache(lambda folder: os.path.relpath(folder, self._folder))
        for name in sorted(there, reverse=True):
            if stop():
                return
            folder = str(there[name])
            parent, _, last = folder.rpartition(os.sep)
            stored = f"{relative(parent)}{os.sep}{last}"
            place, before = known.get(name, ("", ""))
            try:
                if place == stored and stamps.holds(folder, before):
                    continue
                stored = storable(stored)
                stamp = storable(stamps.stamp(folder))
                if (place, before) == (stored, stamp):
                    continue
                record = Record.of(name, stored, stamp, self._read(there[name]))
            except (LrtuiError, OSError, ValueError):
                if before == UNREADABLE:
                    continue
                record = Record.unreadable(name, stored)
            yield record

    def _row(self, found: tuple[Any, ...]) -> Row:
        name, path, title, status, day, *others = found
        place = Path(os.path.normpath(self._folder / path))
        try:
            return Row(name, place, title, status, date.fromisoformat(day) if day else None, *others)
        except ValueError as error:
            raise Broken(str(error)) from error


def storable(text: str) -> str:
    """Return a file's name as text that SQLite takes, also where it is not UTF-8."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    batch: list[Record] = []
    for record in records:
        batch.append(record)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _store(db: sqlite3.Connection, gone: Iterable[str], records: Iterable[Record]) -> None:
    """Take out the reviews `gone` and put `records` in the place of what was known of them, all at once."""
    from lrtui.store.records import packed, words_of

    with transaction(db):
        for name in gone:
            _remove(db, name)
        for record in records:
            _remove(db, str(record.fields[0]))
            key = db.execute(_ADD, record.fields).lastrowid
            db.execute("INSERT INTO content (id, texts) VALUES (?, ?)", (key, packed(record.texts)))
            db.execute("INSERT INTO word (rowid, words) VALUES (?, ?)", (key, words_of(record.texts)))
            if record.read:
                _store_beside(db, key, record.read)


def _store_beside(db: sqlite3.Connection, key: int | None, read: Read) -> None:
    for table in _BESIDE:
        rows = [(key, *row) for row in table.rows(read)]
        if rows:
            db.executemany(table.add(len(rows[0])), rows)


def _remove(db: sqlite3.Connection, name: str) -> None:
    from lrtui.store.records import unpacked, words_of

    found = db.execute("SELECT id, texts FROM review JOIN content USING (id) WHERE name = ?", (name,)).fetchone()
    if found is None:
        return
    key, texts = found
    # an index without content has to be told the words that it forgets
    forgotten = words_of(unpacked(texts))
    db.execute("INSERT INTO word (word, rowid, words) VALUES ('delete', ?, ?)", (key, forgotten))
    for table in _BESIDE:
        db.execute(table.forget, (key,))
    db.execute("DELETE FROM content WHERE id = ?", (key,))
    db.execute("DELETE FROM review WHERE id = ?", (key,))


def _asked(query: Query) -> dict[str, str | None]:
    return {"match": query.match, "before": query.before, "after": query.after}


def _search(db: sqlite3.Connection, query: Query, limit: int, each: int, reviews: int | None) -> list[Hit]:
    from lrtui.store.records import unpacked

    hits: list[Hit] = []
    for name, title, texts in islice(db.execute(_FOUND, _asked(query)), reviews):
        found = _best(unpacked(texts), query)
        hits.extend(Hit(name, title, text.kind, text.text, text.id) for text in found[:each])
        if len(hits) >= limit:
            break
    return hits[:limit]


def _best(texts: list[Text], query: Query) -> list[Text]:
    """Return the texts of a review by which it is found; where only filters are about the review, that is its title."""
    if not (query.count or query.kind):
        return texts[:1]
    asked = (text for text in texts if query.kind in {"", text.kind})
    counted = [(query.found_in(f"{text.text}\n{text.also}", text.marks), text) for text in asked]
    best = [text for count, text in counted if count == query.count]
    return best or [text for count, text in sorted(counted, key=lambda pair: -pair[0]) if count]
