r"""The capture line: what is typed during a review, read into a kind, a time, words and tokens, and written back.

    line  = [time] [kind] words             the time may also follow the kind
    token = @name #tag !high due:fri ^fri ref:KEY team:NAME

The rules beside the grammar:

- A token before or after the words is taken out of the text. An `@name` or `#tag` among the words is understood and
  stays, without its mark: “paged @ana about disk” keeps its sense. The other tokens are always taken out.
- Of priority, due date, reference and team the first one counts; a second one stays text, as does all that is not
  understood. A line with tokens and no words keeps them as its text: nothing typed is lost.
- A quoted run is literal and keeps its quotes, and so is a word behind a backslash, which goes. A backslash elsewhere
  stays, also in front of a path (`\temp\x`), as does a quote without its pair. Values with spaces stand in quotes:
  `team:"Data platform"`.
- A text of several lines, from an editor, is read like one line and keeps its lines and paragraphs. It is no command,
  whatever it begins with.
- A private line is kept as it is typed, after its time and `//`; a slip such as `//x` is private too.
- A letter's prefix may stand directly before the words (`a:rotate keys`), unless these look like a path (`d:\logs`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from itertools import islice, pairwise
from typing import TYPE_CHECKING, NamedTuple

from lrtui.review.dates import WEEKDAYS, Spoken, leading_time, parse_day
from lrtui.review.model import PRIORITIES, Kind
from lrtui.review.text import clean, clean_block, clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

PREFIXES: Mapping[str, Kind] = {
    "a:": Kind.ACTION,
    "d:": Kind.DECISION,
    "q:": Kind.QUESTION,
    "l:": Kind.LEARNING,
    "t:": Kind.EVENT,
    "p:": Kind.PARKED,
    "w:": Kind.WENT_WELL,
    "h:": Kind.WAS_HARD,
    "n:": Kind.NOTE,
    "[]": Kind.ACTION,
    "=>": Kind.DECISION,
    "?": Kind.QUESTION,
    "*": Kind.LEARNING,
    ">": Kind.PARKED,
    "+": Kind.WENT_WELL,
    "-": Kind.NOTE,
    "//": Kind.PRIVATE,
}
DUE_WORDS = ("today", "tom", *(name[:3].lower() for name in WEEKDAYS), "+3d", "+5b", "+1w", "+2w", "+1m", "eow", "eom")

_WAYS = "fri, +3d, +5b, +2w, +1m, eow, eom, 12-04 or 2026-12-04"
_ONCE = {"priority", "due", "ref", "team"}
_TRAILING = ",.;:!?"
_ANY_DAY = date(2000, 1, 1)  # whether a word is a date does not depend on today

_WORD = re.compile(r"\S+")
_PIECE = re.compile(r'(?:(?:#|team:|ref:)"(?:[^"\\]|\\.)*"|"[^"]*")\S*|\S+', re.IGNORECASE | re.DOTALL)
_BULLET = re.compile(r"\s*([-+*>] )")
_RUN = re.compile(r'"[^"]*"\S*')
_DIRECT = re.compile(r"[^\W\d_]+:(?![\\/:])|//")
_ESCAPED = re.compile(r'\\+(?:[^\\]+|(?:[@#!^"/]|[^\W\d_]+:).*)', re.DOTALL)
_TAG = re.compile(r'(?=.*[^\W\d_])[^\W_][^\s"#@\\,;:!?()\[\]<>|`]*')
_KEYWORD = re.compile(r"(due|team|ref):(.+)", re.IGNORECASE | re.DOTALL)
_QUOTED = re.compile(rf'"((?:[^"\\]|\\.)*)"([{re.escape(_TRAILING)}]*)', re.DOTALL)
_QUOTED_START = re.compile(r'(?:#|team:|ref:)?"', re.IGNORECASE)
_SLASH = re.compile(r"\s*/(?:((?:[^\W\d_]|[+-])[^\s/]*)(?:\s+(.*))?|\s*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that was understood, and where it stands in the typed line.

    Kinds of chips: kind, time, who, tag, priority, due, ref, team.
    """

    kind: str
    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Line:
    """What a typed line means. `who` holds participant ids. Lines are equal that mean the same, however typed.

    `doubts` are the due dates, names and priorities that were meant and not understood: they are in the text.
    """

    kind: Kind
    text: str
    time: Spoken | None = None
    who: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    priority: str = ""
    due: date | None = None
    ref: str = ""
    team: str = ""
    chips: tuple[Chip, ...] = field(default=(), compare=False)
    doubts: tuple[Chip, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Slash:
    """A command typed into the capture line: its word in lower case without the slash, "" for a lone slash."""

    word: str
    rest: str


class _Token(NamedTuple):
    kind: str
    value: str
    label: str
    plain: str = ""  # what stays when it stands among the words


class _Piece(NamedTuple):
    start: int
    end: int
    text: str
    token: _Token | None


class Head(NamedTuple):
    """How a line begins: where that ends, and the time and the kind that are said there."""

    end: int
    time: Spoken | None
    kind: Kind | None
    chips: tuple[Chip, ...]


def slash(line: str) -> Slash | None:
    """Read a line that begins with `/word`; None for any other, also for a path such as `/var/log is full`."""
    match = None if "\n" in line.strip() else _SLASH.fullmatch(line)
    return Slash(clean((match[1] or "").lower()), clean_line(match[2] or "")) if match else None


def listed(text: str) -> str:
    """Return a text so that a list at its beginning stays one: a mark before one line is a kind, before several not."""
    bullet = _BULLET.match(text)
    rest = clean_block(text).split("\n")[1:]
    return f"\\{text.lstrip()}" if bullet and any(line.startswith(bullet[1]) for line in rest) else text


def parse(
    line: str, *, handles: Mapping[str, str], default: Kind, today: date, prefixes: Mapping[str, Kind] = PREFIXES
) -> Line:
    """Read a typed line; every text can be read.

    `handles` leads from lower-case handles to participant ids; `default` is the kind of a line with neither prefix nor
    time. Where that is private, a time does not make the line public.
    """
    line = _harmless(line)
    head = read_head(line, prefixes)
    kind = head.kind or _implied(default, head.time)
    if kind is Kind.PRIVATE:
        return Line(kind, clean_block(line[head.end :]), head.time, chips=head.chips)
    pieces = _pieces(line, head.end, handles, today)
    words = [at for at, piece in enumerate(pieces) if piece.token is None]
    if not words:
        return Line(kind, clean_block(line[head.end :]), head.time, chips=head.chips)
    kept = pieces[words[0] : words[-1] + 1]
    rest = (line[before.end : piece.start] + piece.text for before, piece in pairwise(kept))
    return _line(kind, clean_block(kept[0].text + "".join(rest)), head, pieces, line)


def _harmless(line: str) -> str:
    """Clean a line and keep its length, so that the places of chips are places in what was typed."""
    return clean(line.replace("\r", " "))


def _implied(default: Kind, time: Spoken | None) -> Kind:
    return default if time is None or default is Kind.PRIVATE else Kind.EVENT


def _line(kind: Kind, text: str, head: Head, pieces: list[_Piece], line: str) -> Line:
    values: dict[str, list[str]] = {}
    chips = list(head.chips)
    for start, end, _, token in pieces:
        if token:
            values.setdefault(token.kind, []).append(token.value)
            chips.append(Chip(token.kind, token.label, start, end))
    due = "".join(values.get("due", ()))
    return Line(
        kind,
        text,
        head.time,
        who=tuple(dict.fromkeys(values.get("who", ()))),
        tags=tuple(dict.fromkeys(values.get("tag", ()))),
        priority="".join(values.get("priority", ())),
        due=date.fromisoformat(due) if due else None,
        ref="".join(values.get("ref", ())),
        team="".join(values.get("team", ())),
        chips=tuple(chips),
        doubts=tuple(_doubts(pieces, line)),
    )


_DOUBTED = {"@": "who", "!": "priority"}


def _doubts(pieces: Iterable[_Piece], line: str) -> Iterator[Chip]:
    """Yield the words that are marked as a due date, a name or a priority, and that are none."""
    for start, end, _, token in pieces:
        word = line[start:end] if token is None else ""
        sort = _DOUBTED.get(word[:1])
        if sort and word[1:].replace("-", "").rstrip(_TRAILING).isalnum():
            yield Chip(sort, f"{word.rstrip(_TRAILING)}?", start, end)
        marked = _KEYWORD.fullmatch(word)
        if marked and marked[1].lower() == "due" and _due(marked[2], _ANY_DAY) is None:
            yield Chip("due", f"due? {marked[2].rstrip(_TRAILING) or marked[2]}", start, end)


def said_of_dates(typed: Iterable[Line]) -> str:
    """Say of which due dates nothing was understood, and how one is written; nothing where all were."""
    doubts = [chip.label.removeprefix("due? ") for line in typed for chip in line.doubts if chip.kind == "due"]
    if not doubts:
        return ""
    named = f"“{doubts[0]}” is" if len(doubts) == 1 else f"“{doubts[0]}” and {len(doubts) - 1} more are"
    return f"{named} not understood as a date, and kept as words. A date is written {_WAYS}."


def read_head(line: str, prefixes: Mapping[str, Kind]) -> Head:
    """Read the time and the kind that a line begins with, in either order."""
    at, time, time_chips = _read_time(line, 0)
    at, kind, kind_chips = _read_kind(line, at, prefixes)
    if time or kind in {None, Kind.PRIVATE}:
        return Head(at, time, kind, time_chips + kind_chips)
    after, private, private_chips = _read_kind(line, at, prefixes)
    if private is Kind.PRIVATE:  # as in a pasted “- // …”: what is meant to be private never becomes public
        return Head(after, time, private, time_chips + private_chips)
    at, time, time_chips = _read_time(line, at)
    return Head(at, time, kind, kind_chips + time_chips)


def _read_time(line: str, at: int) -> tuple[int, Spoken | None, tuple[Chip, ...]]:
    words = list(islice(_WORD.finditer(line, at), 2))
    found = leading_time([word[0] for word in words])
    if found is None:
        return at, None, ()
    spoken, count = found
    start, end = words[0].start(), words[count - 1].end()
    return end, spoken, (Chip("time", spoken.spelled, start, end),)


def _read_kind(line: str, at: int, prefixes: Mapping[str, Kind]) -> tuple[int, Kind | None, tuple[Chip, ...]]:
    word = _WORD.search(line, at)
    if word is None:
        return at, None, ()
    typed, direct = word[0], _DIRECT.match(word[0])
    spaced = word.end() < len(line)
    if not (spaced and typed.lower() in prefixes):
        typed = direct[0] if direct else ""
    kind = prefixes.get(typed.lower())
    if kind is None:
        return at, None, ()
    end = word.start() + len(typed)
    return end, kind, (Chip("kind", kind.label, word.start(), end),)


def _pieces(line: str, at: int, handles: Mapping[str, str], today: date) -> list[_Piece]:
    pieces: list[_Piece] = []
    taken: set[str] = set()
    for match in _PIECE.finditer(line, at):
        word = match[0]
        token = _token(word, handles, today)
        if token and token.kind in taken:
            token = None
        elif token and token.kind in _ONCE:
            taken.add(token.kind)
        text = token.plain if token else word[1:] if _ESCAPED.fullmatch(word) else word
        pieces.append(_Piece(*match.span(), text, token))
    return pieces


def _token(word: str, handles: Mapping[str, str], today: date) -> _Token | None:
    mark, rest = word[0], word[1:]
    if mark == "@":
        return _who(rest, handles)
    if mark == "#":
        return _tag(rest)
    if mark == "!":
        priority = rest.rstrip(_TRAILING).lower()
        return _Token("priority", priority, f"!{priority}") if priority in PRIORITIES else None
    if mark == "^":
        return _due(rest, today)
    match = _KEYWORD.fullmatch(word)
    return _keyword(match[1].lower(), match[2], today) if match else None


def _who(name: str, handles: Mapping[str, str]) -> _Token | None:
    for handle in (name.lower(), name.rstrip(_TRAILING).lower()):
        if handle in handles:
            return _Token("who", handles[handle], f"@{handle}", name)
    return None


def _tag(word: str) -> _Token | None:
    quoted = _QUOTED.fullmatch(word)
    if quoted:
        tag = _unquoted(quoted[1])
        return _Token("tag", tag, f"#{tag}", tag + quoted[2]) if tag else None
    tag = word.rstrip(_TRAILING).lower()
    return _Token("tag", tag, f"#{tag}", word) if _TAG.fullmatch(tag) else None


def _due(word: str, today: date) -> _Token | None:
    day = parse_day(word.rstrip(_TRAILING), today)
    return _Token("due", day.isoformat(), f"due {WEEKDAYS[day.weekday()][:3]} {day.isoformat()}") if day else None


def _keyword(kind: str, written: str, today: date) -> _Token | None:
    if kind == "due":
        return _due(written, today)
    value = _value(written)
    return _Token(kind, value, f"{kind} {value}") if value else None


def _value(written: str) -> str:
    quoted = _QUOTED.fullmatch(written)
    if quoted:
        return _unquoted(quoted[1])
    return "" if '"' in written else written.rstrip(_TRAILING)


def _unquoted(inner: str) -> str:
    return clean_line(re.sub(r"\\(.)", r"\1", inner, flags=re.DOTALL))


def spell(line: Line, *, handles: Mapping[str, str], default: Kind, prefixes: Mapping[str, Kind] = PREFIXES) -> str:
    """Write a line as one would type it: `parse` reads the same line again, given the same roster and default.

    `handles` leads from participant ids to handles; somebody without one cannot be spelled. The text is taken to be
    cleaned, in paragraphs where it has several lines. Tokens come last, so that people named among the words are named
    once more. A private line has words and a time, no tokens. `prefixes` has a mark for every kind.
    """
    head = [line.time.spelled] if line.time else []
    if line.kind is Kind.PRIVATE or line.kind is not _implied(default, line.time):
        head.append(mark_of(line.kind, prefixes))
    if line.kind is Kind.PRIVATE:
        return " ".join([*head, line.text])
    words = "".join(_spelled_words(line.text, handles, prefixes))
    return " ".join(part for part in [*head, words, *_spelled_tokens(line, handles)] if part)


def _spelled_words(text: str, handles: Mapping[str, str], prefixes: Mapping[str, Kind]) -> Iterator[str]:
    people = {handle.lower(): person for person, handle in handles.items()}
    at = 0
    while match := _RUN.match(text, at) or _WORD.match(text, at):
        word = match[0]
        literal = _means_something(word, people) or (at == 0 and _reads_as_head(text, word, prefixes))
        yield "\\" + word if literal and not _RUN.match(word) else word
        following = _WORD.search(text, match.end())
        at = following.start() if following else len(text)
        yield text[match.end() : at]


def _means_something(word: str, people: Mapping[str, str]) -> bool:
    return bool(_ESCAPED.fullmatch(word) or _QUOTED_START.match(word) or _token(word, people, _ANY_DAY))


def _reads_as_head(text: str, word: str, prefixes: Mapping[str, Kind]) -> bool:
    head = read_head(text + " ", prefixes)
    return head.kind is not None or head.time is not None or slash(word) is not None


def _spelled_tokens(line: Line, handles: Mapping[str, str]) -> Iterator[str]:
    yield from (f"@{handles[person]}" for person in line.who if person in handles)
    yield from (spelled_tag(tag) for tag in line.tags)
    if line.priority:
        yield f"!{line.priority}"
    if line.due:
        yield f"due:{line.due.isoformat()}"
    if line.ref:
        yield f"ref:{spelled_value(line.ref)}"
    if line.team:
        yield f"team:{spelled_value(line.team)}"


def spelled_tag(tag: str) -> str:
    """Write a tag as one would type it."""
    token = _tag(tag)
    return f"#{tag}" if token and token.value == tag else f"#{_quoted(tag)}"


def spelled_value(value: str) -> str:
    """Write a team or a reference as one would type it, in quotes where it needs them."""
    return value if " " not in value and _value(value) == value else _quoted(value)


def _quoted(value: str) -> str:
    return '"' + re.sub(r'(["\\])', r"\\\1", value) + '"'


def mark_of(kind: Kind, prefixes: Mapping[str, Kind]) -> str:
    """Return the first mark of a kind; "" without one."""
    return next((mark for mark, marked in prefixes.items() if marked is kind), "")


def unchip(line: str, chip: Chip) -> str:
    """Return the typed line with what the chip stands for made literal text by a backslash."""
    before, after = line[: chip.start], line[chip.start :]
    gap = " " if before and not before[-1].isspace() else ""  # behind a prefix: a:@ana
    return f"{before}{gap}\\{after}"
