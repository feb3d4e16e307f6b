"""What people call the kinds of lines, and the marks that the kinds have on the capture line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtui.review.capture import PREFIXES, mark_of
from lrtui.review.model import Kind
from lrtui.review.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Mapping

_KIND_WORDS: Mapping[str, Kind] = {
    "todo": Kind.ACTION,
    "to do": Kind.ACTION,
    "task": Kind.ACTION,
    "decided": Kind.DECISION,
    "lesson": Kind.LEARNING,
    "timeline": Kind.EVENT,
    "later": Kind.PARKED,
    "parking lot": Kind.PARKED,
    "good": Kind.WENT_WELL,
    "bad": Kind.WAS_HARD,
    "badly": Kind.WAS_HARD,
    "went badly": Kind.WAS_HARD,
    "difficult": Kind.WAS_HARD,
    "comment": Kind.NOTE,
    "secret": Kind.PRIVATE,
}


def kind_called(words: str, prefixes: Mapping[str, Kind] = PREFIXES) -> Kind | None:
    """Return the kind that is meant by a word: its prefix, an everyday word, or how a word of its name begins.

    None where that is no kind, or more than one.
    """
    asked = clean_line(words).casefold().replace("_", " ")
    marked = prefixes.get(asked) or prefixes.get(f"{asked}:") or _KIND_WORDS.get(asked)
    if marked or not asked:
        return marked
    whole = [kind for kind in Kind if kind.label.startswith(asked)]
    fitting = whole or [kind for kind in Kind if any(part.startswith(asked) for part in kind.label.split())]
    return fitting[0] if len(fitting) == 1 else None


def kinds_in_words(prefixes: Mapping[str, Kind] = PREFIXES) -> str:
    """Name every kind, with the mark that it has on the line."""
    named = ((kind.label, mark_of(kind, prefixes)) for kind in Kind)
    return ", ".join(f"{label} ({mark})" if mark else label for label, mark in named)
