"""The form for feedback after the meeting: plain text for mail and chat; and what may be written behind its colons."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from lrtui.errors import Refused
from lrtui.review.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lrtui.review.model import Review

_HINT = re.compile(r"\s*\((?:[0-9]+ to [0-9]+|yes or no|in words|1 yes, 0 no)\)", re.IGNORECASE)
_LETTERS = re.compile(r"\w+")
_NUMBER = re.compile(r"([0-9]{1,3})(?:\s*(?:/|of|out of)\s*([0-9]{1,3}))?(?![0-9]|[.,/][0-9])", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")
_BETWEEN = " \t-–—:;,.!()"  # what may stand between a number and a remark
_BLANK = {"", "-", "–", "—", ".", "n/a", "na"}

_COUNTED = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_GOES_ON = re.compile(
    rf"\s*(?:(?:and\s+)?(?:a\s+|one\s+)?half|point|(?:[-–/]|(?:or|to|and)\b)?\s*(?:{'|'.join(_COUNTED)}))\b",
    re.IGNORECASE,
)  # “four and a half”, “four point five”, “four or five”: no one whole number
_YES = {"yes", "y", "yep", "yeah", "true"}
_NO = {"no", "n", "nope", "nah", "false"}

_INTRO = (
    "Copy the numbered lines into your answer and write behind each colon.",
    "Leave out what you like, and give no name.",
)
_OUTRO = (
    "Whoever collects the answers reads yours; what is kept is without names.",
    "Sums are told from four answers on, and nothing is published.",
)


class Answer(NamedTuple):
    """One answer to the question of that key: a number, or words. It belongs to nobody."""

    question: str
    value: int | None = None
    comment: str = ""


@dataclass(frozen=True)
class Asked:
    """A question of the form; its `number` stays the same in every form of a review."""

    number: int
    key: str
    ask: str
    scale: tuple[int, int] | None

    @property
    def line(self) -> str:
        """The line of the form, which ends where the answer begins."""
        return f"{self.number}. {self.ask} ({self.hint}):"

    @property
    def hint(self) -> str:
        """How it is answered."""
        if self.scale is None:
            return "in words"
        low, high = self.scale
        return "yes or no" if (low, high) == (0, 1) else f"{low} to {high}"

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The question, as it is compared."""
        return words_of(self.ask)

    @cached_property
    def _begins(self) -> re.Pattern[str]:
        spelled = r"\W+".join(map(re.escape, _LETTERS.findall(self.ask)))
        return re.compile(rf"\W*{spelled}(?!\w)[?!.]*[*_]*", re.IGNORECASE)

    def behind(self, line: str) -> str | None:
        """Return what stands behind the question in a line that begins with it; None in any other."""
        found = self._begins.match(line) if self.words else None
        if found is None:
            return None
        rest = line[found.end() :]
        hint = _HINT.match(rest)
        return (rest[hint.end() :] if hint else rest).lstrip(" \t").removeprefix(":").strip()

    def read(self, text: str) -> list[Answer] | None:
        """Read an answer: none where nothing is said, a number and the remark behind it, words; None where it is unfit.

        A number and a remark are two answers: nobody should be able to tell that they belong together.
        """
        said = clean_line(text)
        if said.casefold() in _BLANK:
            return []
        if self.scale is None:
            return [Answer(self.key, comment=said)]
        found = _valued(said, *self.scale)
        if found is None:
            return None
        value, remark = found
        return [Answer(self.key, value), *([Answer(self.key, comment=remark)] if remark else [])]


def _valued(said: str, low: int, high: int) -> tuple[int, str] | None:
    """Return the number that is meant, and the remark behind it."""
    number, word = _NUMBER.match(said), _WORD.match(said)
    counted = bool(number or (word and word[0].casefold() in _COUNTED))
    if number:
        value, end = int(number[1]), number.end()
        if number[2] is not None and int(number[2]) != high:
            return None
    elif word:
        meant, end = _meant(word[0].casefold(), low, high), word.end()
        if meant is None:
            return None
        value = meant
    else:
        return None
    remark = said[end:].strip(_BETWEEN)
    fits = low <= value <= high and not remark[:1].isdecimal()
    return (value, remark) if fits and not (counted and _GOES_ON.match(said, end)) else None


def _meant(word: str, low: int, high: int) -> int | None:
    if high - low == 1 and word in _YES | _NO:
        return high if word in _YES else low
    return _COUNTED.index(word) if word in _COUNTED else None


def bare(ask: str) -> str:
    """Return a question without what it says of how it is answered."""
    return _HINT.sub("", ask).strip()


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a question in the form in which two of them are compared, without how it is answered."""
    return tuple(_LETTERS.findall(_HINT.sub("", text).casefold()))


def questions(review: Review) -> tuple[Asked, ...]:
    """Return all that can be answered, numbered: first what is asked afterwards, then words, then the room's numbers.

    So a form in which the latter are left out, since the room has answered them, has no gap in its numbers.
    """
    ordered = sorted(
        review.template.feedback, key=lambda question: (not question.afterwards, question.scale is not None)
    )
    plain = ((question.key, bare(question.ask), question.scale) for question in ordered)
    return tuple(Asked(number, *fields) for number, fields in enumerate(plain, 1))


def asked_in_form(review: Review) -> tuple[Asked, ...]:
    """Return what the form asks: all but the numbers that the room has given already, so that nobody counts twice."""
    room = {question.key for question in review.template.feedback if question.scale and not question.afterwards}
    given = {answer.question for answer in review.feedback.values() if answer.value is not None}
    return tuple(asked for asked in questions(review) if asked.key not in room & given)


def form(review: Review) -> str:
    """Return the form as text; raises `Refused` where there is nothing to ask."""
    asked = asked_in_form(review)
    if not asked:
        raise Refused("The template of this review asks nothing that the room has not answered.")
    title = f"“{clean_line(review.head.title)}”" if review.head.title else "our review"
    heading = f"Your feedback on {title}"
    blocks = [[heading], list(_INTRO), [item.line for item in asked], list(_OUTRO)]
    return "\n\n".join("\n".join(block) for block in blocks) + "\n"


def is_of_form(line: str, review: Review) -> bool:
    """Tell whether a line is one of the form's own sentences, or a part of one that a mail program has wrapped."""
    words = " ".join(words_of(line))
    return bool(words) and any(f" {words} " in f" {own} " for own in _own_sentences(review))


def _own_sentences(review: Review) -> Iterable[str]:
    heading = f"Your feedback on {review.head.title or 'our review'}"
    return (" ".join(words_of(" ".join(block))) for block in ((heading,), _INTRO, _OUTRO))
