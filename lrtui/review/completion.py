"""What Tab offers for the word at the cursor of the capture line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lrtui.review.capture import DUE_WORDS, PREFIXES, mark_of, read_head, spelled_tag, spelled_value
from lrtui.review.model import PRIORITIES, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_FIXED_OPTIONS = (
    *(f"!{priority}" for priority in PRIORITIES),
    *(f"{mark}{word}" for mark in ("due:", "^") for word in DUE_WORDS),
)
_WORD = re.compile(r"\S+")
_OPEN_VALUE = re.compile(r'(?<!\S)(?:team:|#)"[^"]*\Z', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Completion:
    """What may replace the typed line from `start` to `end`, cursor behind it."""

    start: int
    end: int
    options: tuple[str, ...]


def complete(
    line: str,
    cursor: int,
    *,
    handles: Iterable[tuple[str, str]],
    tags: Iterable[str],
    teams: Iterable[str],
    commands: Iterable[str],
    prefixes: Mapping[str, Kind] = PREFIXES,
) -> Completion | None:
    """Return what Tab offers for the word at the cursor, None if there is nothing to offer.

    `handles` are pairs of handle and name; a name is found by the beginning of any of its parts. The first word offers
    commands behind a slash, and kinds by the beginning of their name. A private line offers nothing.
    """
    start, end = _word_at(line, cursor)
    typed = line[start:cursor].lower()
    head = read_head(line[:start], prefixes)
    if not typed or head.kind is Kind.PRIVATE:
        return None
    if typed[0] == "/" and not line[:start].strip():
        options = [f"/{word}" for word in (name.removeprefix("/") for name in commands) if word.startswith(typed[1:])]
    elif typed[0] == "@":
        options = [f"@{handle}" for handle, name in handles if _is_called(typed[1:], handle, name)]
    elif typed[0] == "#":
        options = [spelled_tag(tag) for tag in tags if tag.lower().startswith(typed[1:].lstrip('"'))]
    elif typed.startswith("team:"):
        beginning = typed.removeprefix("team:").lstrip('"')
        options = [f"team:{spelled_value(team)}" for team in teams if team.lower().startswith(beginning)]
    elif typed.startswith(("!", "^", "due:")):
        options = [option for option in _FIXED_OPTIONS if option.startswith(typed)]
    elif head.kind is None and not line[head.end : start].strip():
        options = _kind_marks(typed, prefixes)
    else:
        return None
    return Completion(start, end, tuple(f"{option} " for option in dict.fromkeys(options))) if options else None


def _word_at(line: str, cursor: int) -> tuple[int, int]:
    before = line[:cursor]
    value = _OPEN_VALUE.search(before)
    words = before.split()
    start = len(before) if not words or before[-1].isspace() else len(before) - len(words[-1])
    rest = _WORD.match(line, len(before))
    end = rest.end() if rest else len(before)
    return value.start() if value else start, end + 1 if line[end : end + 1] == " " else end


def _is_called(beginning: str, handle: str, name: str) -> bool:
    return any(part.startswith(beginning) for part in (handle.lower(), *name.lower().split()))


def _kind_marks(beginning: str, prefixes: Mapping[str, Kind]) -> list[str]:
    kinds = [kind for kind in Kind if kind.label.startswith(beginning)]
    return [mark for mark in (mark_of(kind, prefixes) for kind in kinds) if mark]
