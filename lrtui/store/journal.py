"""The journals of a review: their lines, the groups the lines form, and the fold of the groups into documents. Pure.

A line is one JSON object that puts fields on one document:

    {"at": "2026-11-22T14:31:07.123Z/0000", "by": "ana-3f9c", "do": "edit", "put": "entries/k8",
     "set": {"text": "new"}, "was": {"text": "old"}}

`at` is a hybrid logical time: the wall clock's milliseconds and a counter, ordered as text. `was` holds what the fields
were before, without those that were absent. The lines of one operation share `at` and `by` and form a group; where
there are several, `part` counts them, `"1/3"`, and the group takes effect only when all are there. `of` names the group
that an undo or redo is about. The first line of a file tells the format: `{"lrtui": 1, "by": "ana-3f9c"}`.

Keys that this version does not know are ignored; what it cannot read at all is reported, and stays on disk.
"""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from lrtui.review.fields import Fields, Json, instant, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FORMAT = 1
GONE = "gone"  # the field that is true on a deleted document

Document: TypeAlias = dict[str, Json]
Documents: TypeAlias = dict[str, dict[str, Document]]

_AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/[0-9a-f]{4,}", re.ASCII)
_MANGLED = re.compile("[\udc80-\udcff]")  # bytes that were not UTF-8
_PART = re.compile(r"([1-9]\d{0,6})/([1-9]\d{0,6})", re.ASCII)


class Change(NamedTuple):
    """What a group does to one document; `was` lacks the fields that were absent before."""

    table: str
    id: str
    set: Fields
    was: Fields


class Group(NamedTuple):
    """One operation of one author: what was done, and to which documents. (at, by) is its name."""

    at: str
    by: str
    do: str
    of: str | None
    changes: tuple[Change, ...]

    @property
    def instant(self) -> datetime:
        """When it was done, by its author's clock; the epoch if that clock told no time that every zone can show."""
        return instant({"at": self.at.partition("/")[0]}, "at") or datetime.fromtimestamp(0, UTC)


class Unread(NamedTuple):
    """A line that has no effect: it cannot be read, or the rest of its group is missing. Line 0 is the whole file."""

    file: str
    line: int
    text: str


class Journal(NamedTuple):
    """All journals of a review, read: groups in their order, and what could not be used.

    `last` is the latest time met, "" in an empty journal; `newer` tells that a later version of lrtui wrote here.
    """

    groups: list[Group]
    unread: list[Unread]
    last: str
    newer: bool


class _Line(NamedTuple):
    at: str
    by: str
    part: int
    text: str
    parts: int
    do: str
    of: str | None
    change: Change | None
    file: str
    number: int

    @property
    def place(self) -> Unread:
        return Unread(self.file, self.number, self.text)


_order = itemgetter(0, 1, 2, 3)


def _refuse(word: str) -> float:
    raise ValueError(word)


_decode = json.JSONDecoder(parse_constant=_refuse).raw_decode


def read_journals(files: Iterable[tuple[str, bytes]]) -> Journal:
    """Read the journals of a review, given as (file name, content), in any order and with any repetition."""
    lines: list[_Line] = []
    unread: list[Unread] = []
    newer = False
    for name, data in files:
        for number, text, whole in _texts(data):
            try:
                found = _parse(text, name, number)
            except (ValueError, TypeError, KeyError, RecursionError):
                if whole:  # the torn end of a file was never seen accepted by anybody
                    unread.append(Unread(name, number, text))
                continue
            if isinstance(found, _Line):
                lines.append(found)
            else:
                newer |= found
    lines.sort(key=_order)
    groups = list(_groups(lines, unread))
    return Journal(groups, unread, max((line.at for line in lines), default=""), newer)


def _texts(data: bytes) -> Iterator[tuple[int, str, bool]]:
    """Yield the number and text of each line that is not blank, and whether it has an end."""
    try:
        pieces = data.decode("utf-8").split("\n")
    except UnicodeDecodeError:
        pieces = [piece.decode("utf-8", "surrogateescape") for piece in data.split(b"\n")]
    for number, piece in enumerate(pieces, 1):
        text = piece.strip()
        if text:
            yield number, text, number < len(pieces)


def _parse(text: str, file: str, number: int) -> _Line | bool:
    """Read one line; a line that only names the format gives whether it is newer than ours."""
    line, end = _decode(text)
    if end != len(text) or (not text.isascii() and _MANGLED.search(text)):
        raise ValueError(text)
    if "lrtui" in line and "at" not in line:
        version = line["lrtui"]
        return type(version) is not int or version > FORMAT
    at, by, do, of = line["at"], line["by"], line["do"], line.get("of")
    if not (_AT.fullmatch(at) and by and isinstance(by, str) and isinstance(do, str)):
        raise ValueError(text)
    if not (of is None or isinstance(of, str)):
        raise TypeError(of)
    part, parts = _counted(line["part"]) if "part" in line else (1, 1)
    return _Line(at, by, part, text, parts, do, of, _change(line), file, number)


def _counted(text: str) -> tuple[int, int]:
    match = _PART.fullmatch(text)
    part, parts = (int(match[1]), int(match[2])) if match else (1, 0)
    if part > parts:
        raise ValueError(text)
    return part, parts


def _change(line: dict[str, Json]) -> Change | None:
    put = line.get("put")
    if put is None:
        return None
    fields, was = line["set"], line.get("was", {})
    if not (isinstance(put, str) and isinstance(fields, dict) and isinstance(was, dict)):
        raise TypeError(put)
    table, _, key = put.partition("/")
    if not (table and key):
        raise ValueError(put)
    return Change(table, key, fields, was)


def _groups(lines: list[_Line], unread: list[Unread]) -> Iterator[Group]:
    """Yield the complete groups of sorted `lines`; those of the others are added to `unread`."""
    start, count = 0, len(lines)
    while start < count:
        first = lines[start]
        end = start + 1
        while end < count and lines[end].at == first.at and lines[end].by == first.by:
            end += 1
        members = [first] if end - start == 1 and first.parts == 1 else _complete(lines[start:end], unread)
        start = end
        if members:
            changes = tuple([line.change for line in members if line.change is not None])
            yield Group(first.at, first.by, first.do, first.of, changes)


def _complete(lines: list[_Line], unread: list[Unread]) -> list[_Line]:
    """Return each line once, without those that count on parts that are not there."""
    lines = list({line.text: line for line in lines}.values())
    there: dict[int, set[int]] = {}
    for line in lines:
        there.setdefault(line.parts, set()).add(line.part)
    unread.extend(line.place for line in lines if len(there[line.parts]) < line.parts)
    return [line for line in lines if len(there[line.parts]) == line.parts]


def head_line(by: str) -> bytes:
    """Return the first line of an author's file."""
    return json.dumps({"lrtui": FORMAT, "by": by}).encode() + b"\n"


def group_lines(group: Group) -> bytes:
    """Return the lines of a group, as they stand in its author's file."""
    return b"".join(_encoded(line) for line in _line_objects(group))


def _line_objects(group: Group) -> Iterator[dict[str, object]]:
    named: dict[str, object] = {"at": group.at, "by": group.by, "do": group.do}
    if group.of is not None:
        named["of"] = group.of
    if not group.changes:
        yield named
    for number, change in enumerate(group.changes, 1):
        line = dict(named)
        if len(group.changes) > 1:
            line["part"] = f"{number}/{len(group.changes)}"
        line["put"] = f"{change.table}/{change.id}"
        line["set"] = change.set
        if change.was:
            line["was"] = change.was
        yield line


def _encoded(line: dict[str, object]) -> bytes:
    try:
        return json.dumps(line, ensure_ascii=False, allow_nan=False).encode() + b"\n"
    except UnicodeEncodeError:  # a lone surrogate
        return json.dumps(line, allow_nan=False).encode() + b"\n"


def next_time(now: datetime, last: str) -> str:
    """Return the hybrid logical time of an operation at the wall clock's `now`; it is always later than `last`."""
    fresh = f"{written(now)}/0000"
    if fresh > last:
        return fresh
    head, counter = last[:-4], last[-4:]
    return last + "0000" if counter == "ffff" else f"{head}{int(counter, 16) + 1:04x}"


def same(one: Json, other: Json) -> bool:
    """Whether two values are the same in JSON, where true is not 1."""
    if type(one) is not type(other):
        return False
    return json.dumps(one) == json.dumps(other) if isinstance(one, list | dict) else one == other


class Fold:
    """The documents as the groups, taken in order, leave them: per field the last value; None takes it away.

    `kept` holds every document that has a field; `shown` the same ones without the deleted. `rivals` holds, by (table,
    id), the values that were overwritten by somebody who cannot have seen them: two people changed one thing at once.
    The next who changes it has seen what stands there, and settles it.
    """

    def __init__(self, groups: Iterable[Group] = ()) -> None:
        self.kept: Documents = {}
        self.shown: Documents = {}
        self.rivals: dict[tuple[str, str], Document] = {}
        for group in groups:
            self.apply(group)

    def apply(self, group: Group) -> None:
        """Take in a group that is later than all before."""
        for table, key, fields, was in group.changes:
            document = self.kept.setdefault(table, {}).setdefault(key, {})
            if document:
                self._compare((table, key), document, fields, was)
            document.update(fields)
            if None in fields.values():
                for name in [name for name, value in document.items() if value is None]:
                    del document[name]
            if not document:
                _leave(self.kept, table, key)
            if document and document.get(GONE) is not True:
                self.shown.setdefault(table, {})[key] = document
            else:
                _leave(self.shown, table, key)

    def _compare(self, name: tuple[str, str], document: Document, fields: Fields, was: Fields) -> None:
        """Note what is overwritten unseen; forget what is overwritten by somebody who has seen it."""
        unseen = {
            field: document[field]
            for field, value in fields.items()
            if field in document and not same(document[field], was.get(field)) and not same(document[field], value)
        }
        known = self.rivals.pop(name, {})
        left = {field: value for field, value in known.items() if field not in fields} | unseen
        if left:
            self.rivals[name] = left


def _leave(documents: Documents, table: str, key: str) -> None:
    if table in documents:
        documents[table].pop(key, None)
        if not documents[table]:
            del documents[table]
