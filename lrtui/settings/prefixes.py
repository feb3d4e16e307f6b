"""Which prefix a person may give to a kind of line: one that reads as nothing else."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from lrtui.review import capture
from lrtui.review.capture import PREFIXES
from lrtui.review.model import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

KINDS = tuple(kind for kind in Kind if kind is not Kind.PRIVATE)

_LETTERS = re.compile(r"[^\W\d_]+:")
_SIGNS = re.compile(r"[^\w\s]+")
_TAKEN = {
    "/": "begins a command, or a private line",
    "@": "names a person",
    "#": "begins a tag",
    "!": "begins a priority",
    "^": "begins a due date",
    "\\": "keeps what follows as it is",
    '"': "keeps what it encloses as it is",
}
_KEYWORDS = {"due:": "begins a due date", "team:": "names a team", "ref:": "begins a reference"}
_ANY_DAY = date(2000, 1, 1)


def marks_of(kind: Kind, prefixes: Mapping[str, Kind] = PREFIXES) -> list[str]:
    """Return the prefixes of a kind, the one by which lines are spelled first."""
    return [mark for mark, marked in prefixes.items() if marked is kind]


def objection(mark: str) -> str:
    """Return why a prefix, in lower case, cannot be one, as what follows it in a sentence; nothing if it can."""
    if mark[0] in _TAKEN:
        return _TAKEN[mark[0]]
    if mark in _KEYWORDS:
        return _KEYWORDS[mark]
    if not _LETTERS.fullmatch(mark) and not _SIGNS.fullmatch(mark):
        return "is no prefix"
    line = f"{mark} words"
    read = capture.parse(line, handles={}, default=Kind.NOTE, today=_ANY_DAY, prefixes={mark: Kind.DECISION})
    return "" if (read.kind, read.text, read.time) == (Kind.DECISION, "words", None) else "reads as a time"


def laid_over(chosen: Mapping[str, Sequence[str]]) -> Mapping[str, Kind]:
    """Return all prefixes: for the kinds that have some of their own these, for the others those that ship."""
    if not chosen:
        return PREFIXES
    return {mark: kind for kind in Kind for mark in chosen.get(kind) or marks_of(kind)}
