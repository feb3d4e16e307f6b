"""What a rule about words is: a pattern, and the place of the person of whom it is said.

The person stands directly before what is said (“I should have checked”), behind it (“why didn't you”), or nowhere
(“human error”). Where words have a harmless sense (“failed to connect”, “clearly labelled”), the rule names it, and is
silent.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from lrtui.review.wording import verbs
from lrtui.review.wording.subjects import Sort, beginning, spaced

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from lrtui.review.hint_class import HintClass
    from lrtui.review.wording.subjects import Subject, Subjects


# What is said of “they” or “the operators” may be about programs, of “you” or “everyone” about users
_SPARED = (
    (Sort.UNCLEAR, spaced(verbs.MACHINE)),
    (Sort.YOU | Sort.ANYONE, spaced(verbs.UNDERGONE)),
)
_DROPPED = spaced(
    r"\A ?(?!(?:the|an?|this|that|its|each|every|our)\b)(?:.*\b(?:and|but|then|also))?" + rf"(?: {verbs.ADVERB})* ?\Z"
)


class Place(Enum):
    """Where the person stands of whom something is said."""

    NOWHERE = auto()
    BEFORE = auto()
    BEHIND = auto()


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern of a class; the group `verb`, if it has one, is where the verb stands.

    - `then` goes on behind the person, where that stands behind `said`.
    - `of` are the kinds of person it is said of; `spare` are verbs that say no harm of some of them.
    - `where` must stand in the sentence before the words, `unless` must not.
    - `shared` lets the person stand before an earlier verb, `dropped` lets it be left out: “Forgot to …”.
    - `action` tells that it is only a hint where the line is an action.
    """

    what: HintClass
    offer: str
    said: re.Pattern[str]
    place: Place = Place.NOWHERE
    of: Sort = Sort.ANY
    then: re.Pattern[str] | None = None
    spare: tuple[tuple[Sort, re.Pattern[str]], ...] = ()
    where: re.Pattern[str] | None = None
    unless: re.Pattern[str] | None = None
    shared: bool = False
    dropped: bool = False
    action: bool = False

    def spans(self, text: str, persons: Subjects) -> Iterator[tuple[int, int, int]]:
        """Yield where in a blanked text this is said: where its person begins, where the words begin, and their end."""
        for said in self.said.finditer(text):
            span = self._span(text, said, persons)
            if span and self._stands(text[beginning(text, span[0]) : span[0]]):
                yield span[0], said.start(), span[1]

    def _stands(self, before: str) -> bool:
        excused = self.unless is not None and self.unless.search(before)
        return not excused and (self.where is None or bool(self.where.search(before)))

    def _span(self, text: str, said: re.Match[str], persons: Subjects) -> tuple[int, int] | None:
        if self.place is Place.NOWHERE:
            return said.span()
        if self.place is Place.BEHIND:
            return self._span_behind(text, said, persons)
        at = said.start()
        subject = persons.ending_at(text, at) or (persons.shared(text, at) if self.shared else None)
        if subject is None:
            return said.span() if self.dropped and _DROPPED.search(text[beginning(text, at) : at]) else None
        return (subject.start, said.end()) if self._fits(subject, said) else None

    def _span_behind(self, text: str, said: re.Match[str], persons: Subjects) -> tuple[int, int] | None:
        subject = persons.starting_at(text, said.end())
        more = self.then.match(text, subject.end) if subject and self.then else said
        if subject is None or more is None or not self._fits(subject, more):
            return None
        return said.start(), max(more.end(), subject.end)

    def _fits(self, subject: Subject, said: re.Match[str]) -> bool:
        """Return whether it is said of such a person, and with a verb that is not harmless of them."""
        at = max(said.start("verb"), 0) if "verb" in said.re.groupindex else said.end()
        harmless = (pattern for sort, pattern in (*self.spare, *_SPARED) if subject.sort & sort)
        return bool(subject.sort & self.of) and not any(pattern.match(said.string, at) for pattern in harmless)
