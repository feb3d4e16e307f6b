"""One review as a TinyDB database: reading is the fold of its journals, writing appends the difference.

What has been written is on the disk when the call returns; only then does it count here. The tables can be used through
TinyDB; a session, which knows what has changed, appends just that.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple

from tinydb import TinyDB
from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Document as TableDocument
from tinydb.table import Table
from tinydb.utils import LRUCache

from lrtui.errors import Refused, StoreError
from lrtui.review.model import Put
from lrtui.store.files import append_lines, told
from lrtui.store.journal import (
    GONE,
    Change,
    Fold,
    Group,
    Unread,
    group_lines,
    head_line,
    next_time,
    read_journals,
    same,
)
from lrtui.store.since import since

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from lrtui.review.fields import Fields, Json, Tables
    from lrtui.store.journal import Document, Documents, Journal
    from lrtui.store.since import Since

SUFFIX = ".jsonl"
_PUNCTUATION = str.maketrans("", "", "-:.TZ/")


class _Stamp(NamedTuple):
    """Tells one state of a file from another without reading it."""

    inode: int
    size: int
    changed: int

    @classmethod
    def of(cls, status: os.stat_result) -> _Stamp:
        return cls(status.st_ino, status.st_size, status.st_mtime_ns)


class JournalStorage(Storage):
    """The journals in one review's folder, read; and the one of them that `author` writes.

    `clock` gives aware instants. The folder need not exist before the first write; once there was a journal in it, it
    is not made again.
    """

    def __init__(self, folder: Path, *, author: str, clock: Callable[[], datetime], read_only: bool = False) -> None:
        self.folder = folder
        self.author = author
        self._clock = clock
        self._read_only = read_only
        self._do = "edit"
        self._groups: list[Group] = []
        self._seen: set[str] = set()  # every journal that was ever there
        self._news: set[tuple[str, str]] = set()  # the documents that others have changed, until they are asked for
        self._newer = False
        self._last = ""
        self._load()

    @property
    def _own(self) -> str:
        return self.author + SUFFIX

    def _load(self) -> None:
        """Read the journals, after what somebody has taken out of ours since it was read is in it again."""
        stamps, journal = _read(self.folder)
        lost = [] if self.refusal else self._lacking(journal)
        if lost:
            lines = b"".join(map(group_lines, lost))
            append_lines(self.folder / self._own, lines, head=head_line(self.author), anew=False)
            stamps, journal = _read(self.folder)
        with uncollected():
            self._fold = Fold(journal.groups)
        self._stamps = stamps
        self._seen |= stamps.keys()
        self._groups = journal.groups
        self._unread = journal.unread + [Unread(name, 0, "") for name, stamp in stamps.items() if stamp is None]
        self._newer = journal.newer
        self._last = max(self._last, journal.last)

    def _lacking(self, journal: Journal) -> list[Group]:
        """Return the operations of ours that are known here and are not in `journal`."""
        there = {group.at for group in journal.groups if group.by == self.author}
        return [group for group in self._groups if group.by == self.author and group.at not in there]

    def follow(self) -> frozenset[tuple[str, str]]:
        """Take in what others have written since; return the documents it is about, as (table, id).

        What stands at the end of the journals and is later than all before is read by itself, anything else with the
        whole. Raises a StoreError where the review cannot be read any more; what was read before is kept.
        """
        now = self._look()
        if now != self._stamps:
            self._take_in(now)
        news, self._news = frozenset(self._news), set()
        return news

    def _look(self) -> dict[str, _Stamp | None]:
        """Return the journals as they are now; raises a StoreError while one that was here is missing."""
        now = _stamps(self.folder)
        if self._seen <= now.keys():
            return now
        if self.folder.is_dir():
            what, ways = "A file of this review", "Put it back, or open the review again"
        else:
            what, ways = "The review's folder", "Put it back"
        raise StoreError(
            f"{what} is not there any more. {ways}: until then nothing is saved, and what is shown here is kept.",
            str(self.folder),
        )

    def _take_in(self, now: Mapping[str, _Stamp | None]) -> None:
        groups = self._added(now)
        if groups is None:
            before = _names(self._fold.shown)
            self._load()
            self._news |= before | _names(self._fold.shown)
            return
        self._stamps = dict(now)
        self._seen |= now.keys()
        for group in groups:
            self._fold.apply(group)
            self._last = max(group.at, self._last)
        self._groups.extend(groups)
        self._news |= {(change.table, change.id) for group in groups for change in group.changes}

    def _added(self, now: Mapping[str, _Stamp | None]) -> list[Group] | None:
        """Return what was added to the journals as they are `now`; None where it does not simply follow the rest."""
        tails: list[tuple[str, bytes]] = []
        for name, stamp in now.items():
            start = _grown(self._stamps.get(name), stamp) if name in self._stamps else 0
            if stamp is None or start is None:
                return None
            tails.append((name, _content(self.folder / name, start, stamp.size)))
        found = read_journals(tails)
        whole = all(not tail or tail.endswith(b"\n") for _, tail in tails)
        in_turn = not (found.groups and self._groups and found.groups[0][:2] <= self._groups[-1][:2])
        simple = self._stamps.keys() <= now.keys() and not (found.unread or found.newer)
        return found.groups if simple and whole and in_turn else None

    @property
    def tables(self) -> Tables:
        """The documents as they stand, table → id → field. Not to be changed, and not a copy."""
        return self._fold.shown

    @property
    def kept(self) -> Tables:
        """Like `tables`, with the deleted documents in it."""
        return self._fold.kept

    @property
    def rivals(self) -> Mapping[tuple[str, str], Fields]:
        """What two people changed at once, by (table, id): the values that do not show."""
        return self._fold.rivals

    @property
    def groups(self) -> Sequence[Group]:
        """Every operation that has had its effect, in order."""
        return self._groups

    def since(self, table: str) -> Since:
        """Return, by id, since when each field of a table's documents is what it is; see `lrtui.store.since`."""
        return since(self._groups, table)

    @property
    def unread(self) -> Sequence[Unread]:
        """The lines on disk that have no effect."""
        return self._unread

    @property
    def refusal(self) -> str:
        """Why nothing can be written here, as a sentence; "" where it can."""
        if self._newer:
            return "A newer lrtui has written to this review: it can be read but not changed. Update lrtui to go on."
        return "This review is open for reading only." if self._read_only else ""

    def append(self, do: str, puts: Sequence[Put], *, of: str | None = None) -> Group:
        """Store the operation `do`, durably, and return it as a group; what changes nothing is left out.

        With nothing left to change nothing is written, unless `of` says which group this is about. Raises a StoreError
        if the disk refuses, or a part of the review is not there any more; nothing is then stored. Where somebody else
        has changed our journal, that is taken in before.
        """
        if not self.refusal:
            self._catch_up()
        if self.refusal:
            raise Refused(self.refusal)
        changes = tuple(self._changes(puts))
        if not changes and of is None:
            return Group("", self.author, do, None, ())
        group = Group(self._tick(), self.author, do, of, changes)
        self._save(group_lines(group))
        self._groups.append(group)
        self._fold.apply(group)
        return group

    def _catch_up(self) -> None:
        """See before writing that the review is in its place, and our journal as it is known here."""
        now = self._look()
        if now.get(self._own) != self._stamps.get(self._own):
            self._take_in(now)

    def _changes(self, puts: Sequence[Put]) -> Iterator[Change]:
        merged: dict[tuple[str, str], Document] = {}
        for table, key, fields in puts:
            if not table or "/" in table or not key:
                raise ValueError(f"no document can be named {table}/{key}")
            merged.setdefault((table, key), {}).update(_plain(fields))
        for (table, key), wanted in merged.items():
            present = self._fold.kept.get(table, {}).get(key, {})
            changed = {name: value for name, value in wanted.items() if not same(present.get(name), value)}
            if changed:
                yield Change(table, key, changed, {name: present[name] for name in changed if name in present})

    def _tick(self) -> str:
        self._last = next_time(self._clock(), self._last)
        return self._last

    def _save(self, lines: bytes) -> None:
        name = self._own
        before, after = append_lines(self.folder / name, lines, head=head_line(self.author), anew=not self._seen)
        self._seen.add(name)
        if self._stamps.get(name) == _Stamp.of(before) or (name not in self._stamps and not before.st_size):
            self._stamps[name] = _Stamp.of(after)

    def new_id(self) -> str:
        """Return a new document id; ids grow with time and differ from author to author."""
        return f"{self._tick().translate(_PUNCTUATION)}{zlib.crc32(self.author.encode()) & 0xFFFF:04x}"

    @contextlib.contextmanager
    def operation(self, do: str) -> Iterator[None]:
        """Name what is done through TinyDB's tables within this context."""
        before, self._do = self._do, do
        try:
            yield
        finally:
            self._do = before

    def read(self) -> Documents:
        """Return a copy of the documents, for TinyDB."""
        return {
            table: {key: {name: _copied(value) for name, value in document.items()} for key, document in rows.items()}
            for table, rows in self._fold.shown.items()
        }

    def write(self, data: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> None:
        """Append the difference between `data` and the documents as they stand, for TinyDB."""
        puts = [put for table in {**self._fold.shown, **data} for put in self._difference(table, data.get(table, {}))]
        # what is not changed by this is left out here: by the time it is stored, somebody else may have changed it
        self.append(self._do, [Put(change.table, change.id, change.set) for change in self._changes(puts)])

    def _difference(self, table: str, rows: Mapping[str, Mapping[str, Any]]) -> Iterator[Put]:
        shown, kept = self._fold.shown.get(table, {}), self._fold.kept.get(table, {})
        for key in shown:
            if key not in rows:
                yield Put(table, key, {GONE: True})
        for key, document in rows.items():
            absent = dict.fromkeys(kept.get(key, {}))
            yield Put(table, key, {**absent, **document})


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Keep Python's search for garbage cycles out of reading, which makes many objects and no cycle."""
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


def _read(folder: Path) -> tuple[dict[str, _Stamp | None], Journal]:
    """Return the journals as far as their stamps tell: what is written meanwhile is read by the next look."""
    stamps = _stamps(folder)
    contents = [(name, _content(folder / name, 0, stamp.size)) for name, stamp in stamps.items() if stamp]
    with uncollected():
        return stamps, read_journals(contents)


def _content(path: Path, start: int, end: int) -> bytes:
    if start == end:
        return b""
    try:
        with path.open("rb") as file:
            file.seek(start)
            return file.read(end - start)
    except OSError as error:
        raise told(error, "the review could not be read", path) from error


def _grown(before: _Stamp | None, now: _Stamp | None) -> int | None:
    """Return from where on a file that has only been added to is new; None for any other."""
    if before is None or now is None or before.inode != now.inode:
        return None
    return before.size if before == now or before.size < now.size else None


def _names(documents: Tables) -> frozenset[tuple[str, str]]:
    return frozenset((table, key) for table, rows in documents.items() for key in rows)


def _stamps(folder: Path) -> dict[str, _Stamp | None]:
    """Return the journals in `folder`; what is called like one but is no file (a link, a pipe) has no stamp."""
    try:
        with os.scandir(folder) as found:
            journals = [item for item in found if item.name.endswith(SUFFIX) and not item.name.startswith(".")]
        return {
            item.name: _Stamp.of(item.stat(follow_symlinks=False)) if item.is_file(follow_symlinks=False) else None
            for item in sorted(journals, key=lambda item: item.name)
        }
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise told(error, "the review could not be read", folder) from error


def _plain(fields: Fields) -> dict[str, Json]:
    """Return `fields` as they will be read back from the disk, sharing nothing with the caller's."""
    plain: dict[str, Json] = json.loads(json.dumps(dict(fields), allow_nan=False))
    return plain


def _copied(value: Json) -> Json:
    if isinstance(value, dict):
        return {name: _copied(item) for name, item in value.items()}
    return [_copied(item) for item in value] if isinstance(value, list) else value


class _Forgetful(LRUCache[QueryLike, list[TableDocument]]):
    """A cache of answers that keeps none: a session writes past the tables."""

    def set(self, key: QueryLike, value: list[TableDocument]) -> None:
        """Keep nothing."""


class StringTable(Table):
    """A table whose documents are named by text."""

    document_id_class: Any = str
    query_cache_class: Any = _Forgetful

    def _get_next_id(self) -> str:
        if not isinstance(self.storage, JournalStorage):
            raise TypeError("a StringTable lies over a JournalStorage")
        return self.storage.new_id()


class Database(TinyDB):
    """One review for those who want it as a TinyDB. `journals` is what it lies over."""

    table_class = StringTable

    def __init__(self, journals: JournalStorage) -> None:
        self.journals = journals
        super().__init__(storage=lambda: journals)


def open_database(folder: Path, *, author: str, clock: Callable[[], datetime], read_only: bool = False) -> Database:
    """Open the review in `folder` as a TinyDB."""
    return Database(JournalStorage(folder, author=author, clock=clock, read_only=read_only))
