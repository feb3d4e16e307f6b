"""Answers as they come back in mail and chat: several people's, one after the other, in any order, quoted and signed.

A line is an answer, or goes on with one; or it is what stands around answers (greetings, headers, names, quoted lines,
signatures, the form's own words), which is passed over; anything else fits no question and is told. What only looks as
if it stood around is the answer where one is waited for, and is told where it stands behind words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from lrtui.review.feedback_around import TIME, around, is_closing
from lrtui.review.feedback_form import Answer, Asked, is_of_form, questions, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lrtui.review.model import Review

_QUOTE = re.compile(r"\s*(?:>+\s?)+")
_NUMBERED = re.compile(r"\s*([0-9]{1,2})\s*[.):=–-]\s*(?![0-9]{2}\b)(.*)")
_KEYED = re.compile(r"\s*([\w-]+)\s*[:=]\s*(.*)")
_AT_FRONT = re.compile(rf"\s*(?:\[?[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}},?\s+)?{TIME.pattern}\s*[-–,]?\s*", re.IGNORECASE)
_SPEAKER = re.compile(r"\s*(?:<([^<>]{1,40})>|([^:<>]{1,40}):)\s+")
_BULLET = re.compile(r"\s*[-*•·]\s+")

_SIGNED = re.compile(r"\s*--\s*")

_SIGNATURE_WORDS = 4  # of a line below a closing
_LEAST_OF_FORM = 3  # words of a line that is a part of the form, where it may be an answer


class Misfit(NamedTuple):
    """What was not understood: where it stands, its words, and why."""

    place: str
    text: str
    why: str


@dataclass
class Replies:
    """What was read: answers, what was not understood, and how many lines were passed over."""

    answers: list[Answer] = field(default_factory=list)
    misfits: list[Misfit] = field(default_factory=list)
    passed: int = 0


def read_replies(review: Review, text: str) -> Replies:
    """Read answers as they were pasted. Quoted ones count where there are no others."""
    reader = _Reader(review)
    for number, line in enumerate(text.split("\n"), 1):
        reader.take(number, line)
    return reader.done()


@dataclass
class _Open:
    """The answer that is being read: to which question, in which line it began, whether quoted, and its words."""

    asked: Asked
    line: int
    quoted: bool
    said: str = ""
    broken: bool = False  # the question itself goes on in the next line


class _Reader:
    """Reads line by line; `_open` is the answer that the next line may go on with."""

    def __init__(self, review: Review) -> None:
        self._review = review
        self._asked = questions(review)
        self._around = around(review)
        self._open: _Open | None = None
        self._signed = False
        self._closed = 0
        self._worded = False  # what was read last is an answer in words
        self._found: list[tuple[_Open, list[Answer]]] = []
        self._read = Replies()

    def take(self, number: int, whole: str) -> None:
        """Read one line."""
        quote = _QUOTE.match(whole)
        line = whole[quote.end() :] if quote else whole
        quoted = quote is not None
        if self._goes_on_asking(line):
            return
        labelled = self._labelled(line)
        if labelled:
            self._finish()
            asked, said, broken = labelled
            self._open = _Open(asked, number, quoted, said, broken)
            self._signed, self._closed, self._worded = False, 0, False
        elif not line.strip():
            self._pause()
        elif self._is_around(line):
            self._finish()
            self._worded = False
            self._read.passed += 1
        elif self._awaits(line) and self._goes_on(line, quoted=quoted):
            pass
        elif self._around.sounds_like_it(line):
            self._pass_over(number, line, quoted=quoted)
        elif not self._goes_on(line, quoted=quoted):
            self._misfit(number, line, quoted=quoted)

    def _goes_on_asking(self, line: str) -> bool:
        """Take in the rest of a question that was wrapped by a mail program."""
        opened = self._open
        if opened is None or not opened.broken:
            return False
        joined = f"{opened.said} {line.strip()}"
        behind = opened.asked.behind(joined)
        if behind is None and not _begins(opened.asked, joined):
            opened.said, opened.broken = "", False  # it was asked in short
            return False
        opened.said, opened.broken = (joined, True) if behind is None else (behind, False)
        return True

    def _awaits(self, line: str) -> bool:
        """Tell whether a question is open that has no answer yet and that the line would answer."""
        return self._open is not None and not self._open.said and bool(self._open.asked.read(line))

    def _pass_over(self, number: int, line: str, *, quoted: bool) -> None:
        """Pass over what may stand around answers; behind words it may as well be more of them, and is told."""
        self._finish()
        if self._worded:
            self._misfit(number, line, quoted=quoted)
        else:
            self._closed = 1 if is_closing(line) else self._closed
            self._read.passed += 1

    def _goes_on(self, line: str, *, quoted: bool) -> bool:
        """Take a line as the answer that is waited for, or as more of its words."""
        opened = self._open
        if opened is None or quoted > opened.quoted or (opened.said and opened.quoted != quoted):
            return False
        if not opened.said:
            fits = opened.asked.read(line)
            if fits is None or (quoted and not fits):
                return False
            opened.said, opened.quoted = line.strip(), quoted
            return True
        answers = opened.asked.read(opened.said) or []
        if not any(answer.comment for answer in answers):
            return False
        opened.said = f"{opened.said} {line.strip()}"
        return True

    def _labelled(self, line: str) -> tuple[Asked, str, bool] | None:
        """Return the question that a line is about, what stands behind it, and whether the question is cut off."""
        for text in self._shorn(line):
            found = self._by_number(text) or self._by_name(text)
            if found:
                return found
        return None

    def _shorn(self, line: str) -> Iterable[str]:
        """Yield the line, and what is left of it without a bullet, or a time and a speaker in front."""
        yield line
        bullet = _BULLET.match(line)
        if bullet:
            yield line[bullet.end() :]
        time = _AT_FRONT.match(line)
        rest = line[time.end() :] if time else line
        speaker = _SPEAKER.match(rest)
        if speaker and (time or self._around.is_name(speaker[1] or speaker[2])):
            yield rest[speaker.end() :]
        elif time and rest:
            yield rest

    def _by_number(self, line: str) -> tuple[Asked, str, bool] | None:
        numbered = _NUMBERED.fullmatch(line)
        asked = next((item for item in self._asked if numbered and item.number == int(numbered[1])), None)
        if asked is None or numbered is None:
            return None
        rest = numbered[2].strip()
        behind = asked.behind(rest)
        if behind is not None:
            return asked, behind, False
        if _begins(asked, rest):
            return asked, rest, True
        return self._by_name(rest) or (asked, rest, False)

    def _by_name(self, line: str) -> tuple[Asked, str, bool] | None:
        for asked in self._asked:
            behind = asked.behind(line)
            if behind is not None:
                return asked, behind, False
        keyed = _KEYED.fullmatch(line)
        found = next((item for item in self._asked if keyed and item.key == keyed[1].casefold()), None)
        return (found, keyed[2].strip(), False) if found and keyed else None

    def _is_around(self, line: str) -> bool:
        """Tell whether a line is nothing but what stands around answers."""
        words = re.findall(r"\w+", line)
        below = self._signed or (self._closed and len(words) <= _SIGNATURE_WORDS)
        waiting = self._open is not None and not self._open.said
        of_form = is_of_form(line, self._review) and (not waiting or len(words) >= _LEAST_OF_FORM)
        if _SIGNED.fullmatch(line):
            self._signed = True
        elif below or of_form:
            return True
        elif not self._around.is_nothing_else(line):
            return False
        elif is_closing(line):
            self._closed = 1
        return True

    def _pause(self) -> None:
        """End an answer at an empty line; one that is still waited for may come after it."""
        if self._open and self._open.said:
            self._finish()

    def _finish(self) -> None:
        opened, self._open = self._open, None
        if opened is None or opened.broken:
            return
        answers = opened.asked.read(opened.said)
        if answers is None:
            expected = f"expected: {opened.asked.hint}"
            self._found.append((opened, []))
            self._read.misfits.append(Misfit(f"line {opened.line}", opened.said, expected))
        else:
            self._worded = any(answer.comment for answer in answers)
            self._found.append((opened, answers))

    def _misfit(self, number: int, line: str, *, quoted: bool) -> None:
        self._finish()
        if quoted:
            self._read.passed += 1
        else:
            self._read.misfits.append(Misfit(f"line {number}", line.strip(), "it fits no question"))

    def done(self) -> Replies:
        """Return what was read."""
        self._finish()
        own = [answers for opened, answers in self._found if not opened.quoted]
        counts_quoted = not any(own)
        for opened, answers in self._found:
            if counts_quoted or not opened.quoted:
                self._read.answers += answers
            elif answers:
                why = "it is quoted; take the > away if it counts"
                self._read.misfits.append(Misfit(f"line {opened.line}", opened.said, why))
        return self._read


def _begins(asked: Asked, text: str) -> bool:
    """Tell whether a text is how a question begins, and not all of it."""
    words = words_of(text)
    return 1 < len(words) < len(asked.words) and asked.words[: len(words)] == words
