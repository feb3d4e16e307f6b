"""What is searched for: words, and filters such as `service:checkout` or `before:2026-06`. Pure.

The library and `lrtui search` read it by the same grammar. Values in straight quotes may have spaces; what is no filter
that is understood stays a word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from lrtui.store import words
from lrtui.store.words import Wanted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MARK = "·"  # parts a field from a word of it in the index; no word that is cut has it in it

SERVICE, TAG, KIND, TEAM, PERSON = "service", "tag", "kind", "team", "person"
BEFORE, AFTER = "before", "after"
FILTERS = (SERVICE, TAG, KIND, TEAM, PERSON, BEFORE, AFTER)

_TOKEN = re.compile(r'([^\W\d_]+):("[^"]*"?|\S*)')
_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", re.ASCII)
OPEN = f"is{MARK}open"  # the mark of an action that is taken on and not done with
TITLE, FACT = "title", "fact"
_BESIDE_ENTRIES = (TITLE, FACT, PERSON)  # what else has a kind in the catalog


def indexed(kind: str, marked: str) -> Iterator[str]:
    """Yield what stands in the index of a text of that kind besides its words: the kind, its marks, both together."""
    yield f"{KIND}{MARK}{kind}"
    for mark in marked.split():
        yield mark
        yield f"{kind}{MARK}{mark}"


def marks(field: str, *values: str) -> Iterator[str]:
    """Yield the words of a field as they stand in the index."""
    for value in values:
        yield from (f"{field}{MARK}{word}" for word in words.cut(value))


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for.

    `words` are looked for in texts. Of the filters, `of_review` are about a review and `of_text` about what stands in
    it, each as marks of which the last may be only begun; `kind` is that of a text. A review's day lies before
    `before` and not before `after`, both `YYYY-MM-DD`.
    """

    words: Wanted | None = None
    kind: str = ""
    of_review: tuple[tuple[str, ...], ...] = ()
    of_text: tuple[tuple[str, ...], ...] = ()
    before: str | None = None
    after: str | None = None

    @classmethod
    def read(cls, typed: str) -> Query | None:
        """Read what a person typed; None where nothing is searched for."""
        if ":" not in typed:
            wanted = Wanted.read(typed)
            return cls(wanted) if wanted else None
        read = _Reading()
        rest = _TOKEN.sub(read.taken, typed)
        query = cls(Wanted.read(rest), read.kind, tuple(read.of_review), tuple(read.of_text), read.before, read.after)
        return query if query != cls() else None

    @property
    def match(self) -> str | None:
        """The query in the index's own language, None where the index is not asked.

        The words hold no character that means something there.
        """
        wanted = self.words
        parts = [*(f'"{word}"' for word in wanted.whole), f'"{wanted.begun}"*'] if wanted else []
        if self.kind:
            parts.append(f'"{KIND}{MARK}{self.kind}"')
        of_kind = f"{self.kind}{MARK}" if self.kind else ""
        for front, filters in (("", self.of_review), (of_kind, self.of_text)):
            for *whole, begun in filters:
                parts += [*(f'"{front}{word}"' for word in whole), f'"{front}{begun}"*']
        return " AND ".join(parts) or None

    @property
    def count(self) -> int:
        """How many things a text can have that are searched for."""
        return (self.words.count if self.words else 0) + len(self.of_text)

    def found_in(self, text: str, marked: str) -> int:
        """Return how many of them a text has; `marked` are its marks, parted by spaces."""
        found = self.words.found_in(text) if self.words else 0
        return found + sum(map(marked_with(marked), self.of_text)) if self.of_text else found


def misread(typed: str) -> list[tuple[str, str]]:
    """Return what looks like filters and is read as words, in order: what stands before and behind each colon."""
    read = _Reading()
    return [(token[1].casefold(), _value(token)) for token in _TOKEN.finditer(typed) if read.taken(token) == token[0]]


def only_begun(typed: str) -> bool:
    """Tell whether nothing was typed but filters that have no value yet: they hide nothing."""
    read = _Reading()
    return (
        ":" in typed and not _TOKEN.sub(lambda token: token[0] if _value(token) else read.taken(token), typed).strip()
    )


def _value(token: re.Match[str]) -> str:
    return token[2].strip('"').strip()


def marked_with(marked: str) -> _Marks:
    """Return what tells whether marks are among those of a text."""
    return _Marks(marked.split(" "))


class _Marks:
    def __init__(self, marked: Iterable[str]) -> None:
        self._marked = frozenset(marked)

    def __call__(self, wanted: tuple[str, ...]) -> bool:
        *whole, begun = wanted
        return self._marked.issuperset(whole) and any(mark.startswith(begun) for mark in self._marked)


class _Reading:
    """The filters that were met so far."""

    def __init__(self) -> None:
        self.kind = ""
        self.of_review: list[tuple[str, ...]] = []
        self.of_text: list[tuple[str, ...]] = []
        self.before: str | None = None
        self.after: str | None = None

    def taken(self, token: re.Match[str]) -> str:
        """Take a filter in; return it where it is none that is understood."""
        name, value = token[1].casefold(), _value(token)
        if name not in FILTERS:
            return token[0]
        if value and not self._take(name, value):
            return token[0]
        return " "

    def _take(self, name: str, value: str) -> bool:
        if name == KIND:
            kind = _kind(value)
            self.kind = kind or self.kind
            return bool(kind)
        if name in {BEFORE, AFTER}:
            first = first_day(value)
            day = first.isoformat() if first else None
            if name == BEFORE:
                self.before = day or self.before
            else:
                self.after = day or self.after
            return bool(day)
        found = tuple(marks(name, value))
        if found:
            (self.of_review if name == SERVICE else self.of_text).append(found)
        return bool(found)


def kinds() -> list[str]:
    """Return what kinds of texts there are to ask for, as they can be typed."""
    from lrtui.review.model import Kind

    return [*(kind.value for kind in Kind if kind is not Kind.PRIVATE), *_BESIDE_ENTRIES]


def _kind(value: str) -> str:
    """Return the kind of a text that is meant; "" for none, and for what is private and never found."""
    from lrtui.review.kinds import kind_called
    from lrtui.review.model import Kind

    beside = next((kind for kind in _BESIDE_ENTRIES if kind == value.casefold()), "")
    kind = None if beside else kind_called(value)
    return beside or (kind.value if kind and kind is not Kind.PRIVATE else "")


def first_day(value: str) -> date | None:
    """Return the first day of a year, a month or a day as it is written; None where it is none."""
    found = _DAY.fullmatch(value)
    try:
        return date(int(found[1]), int(found[2] or 1), int(found[3] or 1)) if found else None
    except ValueError:
        return None
