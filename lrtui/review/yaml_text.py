"""YAML from people, as a small tree of texts with their places.

YAML guesses: `14:05` becomes 845, `on` becomes true, `1.10` becomes 1.1. Here every scalar stays the text that was
written, and knows its line and column. What makes YAML dangerous is refused while the events pass, before anything is
built: anchors and aliases, tags, merge keys, several documents, and excess of size, of depth and of nodes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

import yaml

from lrtui.review.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 256 * 1024  # characters
DEEPEST = 12
MOST = 5_000  # nodes

_TOO_DEEP = f"the levels go too deep; at most {DEEPEST} are read"
_PARSER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


class Place(NamedTuple):
    """Where something stands, both counted from 1."""

    line: int
    column: int


class Fault(NamedTuple):
    """Something wrong in a text, and where."""

    line: int
    column: int
    message: str


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text as it was written, harmless to show."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    place: Place
    items: list[Node] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Keys:
    """A mapping: key → the key's place and its value."""

    place: Place
    pairs: dict[str, tuple[Place, Node]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Unread:
    """Something that was refused; its fault is reported already."""

    place: Place


Node: TypeAlias = "Scalar | Items | Keys | Unread"


def read(text: str) -> tuple[Node | None, list[Fault]]:
    """Read YAML; return the tree and the faults that were met.

    There is no tree when the text could not be read to its end, or when there is nothing in it.
    """
    if len(text) > LARGEST:
        return None, [Fault(1, 1, f"the file is too large; at most {LARGEST // 1024} KiB are read")]
    builder = _Builder()
    try:
        for event in _events(clean(text.removeprefix("\ufeff"))):
            builder.take(event)
    except _Stopped as stopped:
        builder.fault(stopped.place, stopped.message)
        return None, builder.faults
    return builder.root, builder.faults


class _Mark(Protocol):
    """The parser's own place, counted from 0."""

    line: int
    column: int


class _Stopped(Exception):
    """The text cannot be read any further."""

    def __init__(self, place: Place, message: str) -> None:
        super().__init__(message)
        self.place = place
        self.message = message


class _Builder:
    """Makes the tree from the parser's events, with a stack of its own: nothing here recurses."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.faults: list[Fault] = []
        self._open: list[Items | Keys] = []
        self._names: list[Scalar | Unread | None] = []  # per open node: the key that waits for its value
        self._documents = 0
        self._nodes = 0

    def fault(self, place: Place, message: str) -> None:
        self.faults.append(Fault(place.line, place.column, message))

    def take(self, event: yaml.Event) -> None:
        place = _place(event.start_mark)
        if isinstance(event, yaml.DocumentStartEvent):
            self._document(place)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
            self._names.pop()
        elif isinstance(event, yaml.NodeEvent):
            self._count(place)
            self._add(self._node(event, place))

    def _document(self, place: Place) -> None:
        self._documents += 1
        if self._documents > 1:
            raise _Stopped(place, 'a second document begins here; one file holds one template, without "---" inside')

    def _count(self, place: Place) -> None:
        self._nodes += 1
        if self._nodes > MOST:
            raise _Stopped(place, f"there is too much in it; at most {MOST:,} values are read")

    def _node(self, event: yaml.NodeEvent, place: Place) -> Node:
        if isinstance(event, yaml.AliasEvent):
            self.fault(place, f'"*{event.anchor}" repeats another part, which is not read here; write it out')
            return Unread(place)
        if event.anchor is not None:
            self.fault(place, f'"&{event.anchor}" names a part, which is not read here; leave it out or use quotes')
        if getattr(event, "tag", None) is not None:
            self.fault(place, "a tag (a word that begins with !) is not read here; leave it out or use quotes")
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(place, clean(event.value))
        return Items(place) if isinstance(event, yaml.SequenceStartEvent) else Keys(place)

    def _add(self, node: Node) -> None:
        if not self._open:
            self.root = node
        elif isinstance(self._open[-1], Items):
            self._open[-1].items.append(node)
        else:
            self._add_pair(self._open[-1], node)
        if isinstance(node, Items | Keys):
            self._enter(node)

    def _enter(self, node: Items | Keys) -> None:
        if len(self._open) >= DEEPEST:
            raise _Stopped(node.place, _TOO_DEEP)
        self._open.append(node)
        self._names.append(None)

    def _add_pair(self, parent: Keys, node: Node) -> None:
        name = self._names[-1]
        if name is None:
            self._names[-1] = node if isinstance(node, Scalar) else self._no_key(node)
            return
        self._names[-1] = None
        if isinstance(name, Unread):
            return
        if name.text == "<<":
            self.fault(name.place, '"<<" merges another part in, which is not read here; write it out')
        elif name.text in parent.pairs:
            first = parent.pairs[name.text][0].line
            self.fault(name.place, f'"{name.text}" stands here twice, first in line {first}; keep one of them')
        else:
            parent.pairs[name.text] = (name.place, node)

    def _no_key(self, node: Node) -> Unread:
        if not isinstance(node, Unread):
            self.fault(node.place, "a list or a mapping cannot be a key; a key is one word")
        return Unread(node.place)


def _place(mark: _Mark | None) -> Place:
    return Place(mark.line + 1, mark.column + 1) if mark else Place(1, 1)


def _events(text: str) -> Iterator[yaml.Event]:
    """Yield the parser's events; whatever the parser complains of becomes a place and plain words."""
    try:
        yield from yaml.parse(text, Loader=_PARSER)
    except yaml.MarkedYAMLError as error:
        raise _in_plain_words(error, text) from error
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        place = Place(before.count("\n") + 1, error.position - before.rfind("\n"))
        raise _Stopped(place, "a character that no YAML file may hold; take it out") from error
    except (OverflowError, ValueError) as error:
        raise _Stopped(Place(1, 1), r'an escape such as "\U00110000" is no character; correct or remove it') from error


_NOT_CLOSED = "the quote or bracket that opens here is never closed"
_PLAIN_WORDS = (
    ("nesting depth", _TOO_DEEP),  # libyaml has a limit of its own, and reads ahead as far as that
    ("tab character", "a tab cannot indent; use spaces"),
    ("mapping values are not allowed", 'a colon cannot stand here; put text with ": " in quotes, indent keys alike'),
    ("sequence entries are not allowed", "a list cannot begin on this line; begin it on the next one, indented"),
    ("block sequence entries", "a list cannot begin on this line; begin it on the next one, indented"),
    ("expected ',' or", "a list in [ ] or a mapping in { } is not closed, or lacks a comma before this"),
    ("could not find expected ':'", 'the line above is neither a key nor text; a key ends in ":"'),
    ("unknown escape", r'"\" begins an escape inside "double quotes"; write "\\", or use single quotes'),
    ("escape", r'this escape is no character; write the character itself, or "\\" for a backslash'),
    ("alphabetic or numeric", 'text cannot begin with "*" or "&"; put it in quotes'),
    ("tag", "a tag (a word that begins with !) is not read here; leave it out or use quotes"),
    ("node content", "a value was expected here; put text that begins with a sign in quotes"),
    ("block scalar", 'nothing may follow "|" or ">" on its line; the text begins on the next one, indented'),
    ("block end", "this does not line up with what is above; indent what belongs together alike, or use quotes"),
    ("expected key", "this does not line up with what is above; indent what belongs together alike, or use quotes"),
    ("'-' indicator", "this does not line up with what is above; indent what belongs together alike, or use quotes"),
)


def _in_plain_words(error: yaml.MarkedYAMLError, text: str) -> _Stopped:
    problem = error.problem or "it cannot be read"
    mark = error.problem_mark or error.context_mark
    if "unexpected end of stream" in problem and error.context_mark:
        mark, problem = error.context_mark, _NOT_CLOSED
    place = _place(mark)
    if "cannot start any token" in problem:
        return _Stopped(place, _stray(text, place))
    told = f"{problem} {error.context or ''}"
    words = next((words for sign, words in _PLAIN_WORDS if sign in told), f"this is not YAML: {problem}")
    return _Stopped(place, _NOT_CLOSED if problem == _NOT_CLOSED else words)


def _stray(text: str, place: Place) -> str:
    line = [*text.split("\n"), ""][place.line - 1]
    sign = line[place.column - 1 : place.column]
    return "a tab cannot indent; use spaces" if sign == "\t" else f'text cannot begin with "{sign}"; put it in quotes'
