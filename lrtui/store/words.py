"""Words as searching sees them: without case, accents and punctuation. Pure.

Both sides are cut in the same way, what is searched and what is searched for, so nothing a person types can be anything
but words. Han characters and kana, which are written without spaces, are a word each.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

_UNSPACED = "\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"

VERSION = f"1 {unicodedata.unidata_version}"  # words that were cut by another version may differ


@cache
def _word() -> re.Pattern[str]:
    """Return what a word is; made when the first one is looked for, since it takes a moment."""
    return re.compile(rf"[^\W_{_UNSPACED}]+|[{_UNSPACED}]")


def fold(text: str) -> str:
    """Return `text` in the form in which “Café” and “CAFE” are the same."""
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text)
    return "".join([part for part in parts if unicodedata.category(part)[0] != "M"]).casefold()


def cut(text: str) -> list[str]:
    """Return the words of `text`, in order."""
    return _word().findall(fold(text))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is searched for: whole words, and last one that may be only the beginning of a word."""

    whole: tuple[str, ...]
    begun: str

    @classmethod
    def read(cls, typed: str) -> Wanted | None:
        """Read what a person typed; None where there is no word in it."""
        words = cut(typed) if typed else []
        return cls(tuple(dict.fromkeys(words[:-1])), words[-1]) if words else None

    @property
    def count(self) -> int:
        """How many words are searched for."""
        return len(self.whole) + 1

    def found_in(self, text: str) -> int:
        """Return how many of the words are in `text`."""
        folded = fold(text)
        if self.begun not in folded and not any(word in folded for word in self.whole):
            return 0
        present = set(_word().findall(folded))
        begun = any(word.startswith(self.begun) for word in present)
        return begun + sum(word in present for word in self.whole)
