"""Bringing in answers that came after the meeting: read from whatever they came in, and put beside the room's own.

Nothing is half taken: what is not understood is told place by place, and it is for a person to say that the rest is
taken without it. The answers are kept in an order of their own, so that nobody can tell which of them came together.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lrtui.errors import Refused
from lrtui.review.feedback_form import questions
from lrtui.review.feedback_replies import Misfit, read_replies
from lrtui.review.feedback_table import Part, digest, read_table
from lrtui.review.intents import Context, Intent
from lrtui.review.model import HEAD, Put
from lrtui.review.text import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lrtui.review.feedback_form import Answer
    from lrtui.review.fields import Json
    from lrtui.review.model import Review

IMPORTED = "import feedback"
LARGEST = 5_000_000  # bytes

_EXPECTED = "Expected are answers to the form, as pasted from mail or chat, or the CSV of a form tool."
_MARKUP = re.compile(r"\s*<(?:!doctype|html|\?xml|table|body|head)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: each of its `parts` with the mark by which it is known again.

    `parted` tells whether each answer has a mark of its own; otherwise all of the text has one together, and a text of
    which a word was changed is a new one.
    """

    parts: Sequence[Part]
    misfits: Sequence[Misfit]
    passed: int
    parted: bool


def decoded(data: bytes) -> str:
    """Return the text of a file; raises `Refused` with what was expected where it is none."""
    if not data.strip():
        raise Refused(f"There is nothing in it. {_EXPECTED}")
    if len(data) > LARGEST:
        raise Refused(f"This is larger than {LARGEST // 1_000_000} MB. {_EXPECTED}")
    if data.startswith(b"PK"):
        raise Refused("This is a spreadsheet or an archive. Save it as CSV, and import that.")
    text = _text_of(data)
    if text is None or "\x00" in text:
        raise Refused(f"This is no text. {_EXPECTED}")
    return clean(text.removeprefix("\ufeff"))


def _text_of(data: bytes) -> str | None:
    """Decode UTF-16 by its mark or its zeros, UTF-8, and what older Windows programs write."""
    zeros = data[:200].count(0)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        codecs = ["utf-16"]
    elif zeros * 3 > len(data[:200]):
        codecs = ["utf-16-le" if data[1:2] == b"\x00" else "utf-16-be"]
    else:
        codecs = ["utf-8", "cp1252"]
    for codec in codecs:
        try:
            return data.decode(codec)
        except UnicodeDecodeError:
            continue
    return None


def read(review: Review, text: str, *, as_table: bool = False) -> Reading:
    """Read answers from a text; raises `Refused`, with the first place at fault, where none of it is an answer.

    With `as_table` it is said to be a table; else that is told by its first line.
    """
    if not questions(review):
        raise Refused("The template of this review asks for no feedback.")
    if text.lstrip()[:1] in {"{", "["} and text.rstrip()[-1:] in {"}", "]"}:
        raise Refused(f"This looks like JSON. {_EXPECTED}")
    if _MARKUP.match(text):
        raise Refused(f"This looks like a web page. {_EXPECTED}")
    table = read_table(review, text, named=as_table)
    if table is not None:
        reading = _marked(table.parts, table.misfits, 0, text)
    else:
        replies = read_replies(review, text)
        parts = [Part(replies.answers)] if replies.answers else []
        reading = _marked(parts, replies.misfits, replies.passed, text)
    if not reading.parts:
        raise Refused(f"{_nothing(reading)} {_EXPECTED}")
    return reading


def _marked(parts: Sequence[Part], misfits: Sequence[Misfit], passed: int, text: str) -> Reading:
    whole = _digest(text)
    marked = [Part(part.answers, part.mark or whole) for part in parts]
    return Reading(marked, misfits, passed, all(part.mark for part in parts))


def _nothing(reading: Reading) -> str:
    if not reading.misfits:
        return "There is no answer in it."
    place, text, why = reading.misfits[0]
    return f"Nothing in it is an answer; first of all {place}, “{text[:60]}”: {why}."


def _digest(text: str) -> str:
    """Return the digest of all the words, from which cannot be told what stood beside what."""
    return digest("\n".join(sorted(re.findall(r"\w+", text.casefold()))))


def taken(review: Review, reading: Reading) -> tuple[list[Answer], list[Answer]]:
    """Return the answers that were not taken in before, in the order in which they are kept, and those that were."""
    known = frozenset(review.head.imported)
    order = {asked.key: asked.number for asked in questions(review)}
    fresh = [answer for part in reading.parts if part.mark not in known for answer in part.answers]
    fresh.sort(key=lambda answer: (order[answer.question], answer.value or 0, answer.comment))
    return fresh, [answer for part in reading.parts if part.mark in known for answer in part.answers]


def bring_in(reading: Reading) -> Intent:
    """Take in what was read, but for what was taken in before."""

    def change(review: Review, context: Context) -> list[Put]:
        answers, _ = taken(review, reading)
        if not answers:
            raise Refused("All of this was imported before, and nothing was added.")
        marks: dict[str, Json] = {f"imported.{part.mark}": True for part in reading.parts}
        puts = [Put("feedback", context.new_id(), _fields(answer)) for answer in answers]
        return [*puts, Put("review", HEAD, marks)]

    return Intent(IMPORTED, change)


def _fields(answer: Answer) -> dict[str, Json]:
    given: dict[str, Json] = {"value": answer.value} if answer.value is not None else {"comment": answer.comment}
    return {"question": answer.question, **given}
