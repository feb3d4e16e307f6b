"""Feedback in the room: a round for each question, hidden until everybody has answered it or the round is ended.

First comes the return on the time invested; where somebody gave little, what would have raised it by one; then what
else the template asks in the room, in its order. A round may be ended early, or left out. Answers belong to nobody and
are in no export. What is asked after the meeting is in `feedback_form`, what is told of it in `feedback_summary`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lrtui.errors import Refused
from lrtui.review import answers, fairness
from lrtui.review.model import HEAD, Put, Status
from lrtui.review.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lrtui.review.model import Review
    from lrtui.review.template import FeedbackQuestion

RAISE = "+1"  # behind the key of the return on time: the round about what would have raised it

_MOST = 100  # people
_OF = re.compile(r"(\d{1,3}) ?(?:of|/) ?(\d{1,3})", re.ASCII)
_PAIR = re.compile(r"(\d{1,3})[ ,]+(\d{1,3})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Tally:
    """What a round of numbers says: their average, the lowest and the highest, and how often each was given."""

    average: float
    low: int
    high: int
    counts: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Round:
    """One question to the room, as far as it has been answered.

    `how` says what may be typed, as a phrase that also follows the word “Type”. With a `scale` the answers are numbers:
    `count` of them are in, of those `expected` (0 where it is not known who is there), and `tally` is None until the
    round is over. Without a scale they are the lines in `comments`, and the round is over when it is ended.
    """

    key: str
    question: str
    ask: str
    how: str
    scale: tuple[int, int] | None
    expected: int
    count: int
    over: bool
    tally: Tally | None
    comments: tuple[str, ...]


def rounds(review: Review) -> tuple[Round, ...]:
    """Return all that is asked, in its order; what depends on answers that are hidden yet is not among it."""
    return tuple(_rounds(review))


def current(review: Review) -> Round | None:
    """Return what is asked now; None when nothing is, and the room can be thanked."""
    return next((asked for asked in _rounds(review) if not asked.over), None)


def return_on_time(review: Review) -> Round | None:
    """Return the round about the return on time: `roti`, else the first question that is answered on a scale."""
    first = next(_rounds(review), None)
    return first if first and first.scale else None


def _rounds(review: Review) -> Iterator[Round]:
    first = _first(review)
    in_the_room = (question for question in review.template.feedback if not question.afterwards)
    for question in sorted(in_the_room, key=lambda question: question != first):
        asked = _numbers(review, question, question.scale) if question.scale else _words(review, question)
        yield asked
        if question == first and asked.tally and _is_little(asked.tally.low, asked.scale or (0, 0)):
            yield _lines(review, question.key + RAISE, question.key, "What would have raised it by one?")


def _first(review: Review) -> FeedbackQuestion | None:
    scaled = (question for question in review.template.feedback if question.scale and not question.afterwards)
    return min(scaled, key=lambda question: question.key != "roti", default=None)


def _is_little(value: int, scale: tuple[int, int]) -> bool:
    """Tell whether somebody gave three of five, or as much of another scale, or less."""
    low, high = scale
    return 5 * (value - low) <= 3 * (high - low)


def _numbers(review: Review, question: FeedbackQuestion, scale: tuple[int, int]) -> Round:
    given = (answer.value for answer in review.feedback.values() if answer.question == question.key)
    values = [value for value in given if value is not None]
    expected = len(fairness.answering(review))
    over = _is_ended(review, question.key) or 0 < expected <= len(values)
    tally = tallied(values) if over and values else None
    return Round(question.key, question.key, question.ask, _how(scale), scale, expected, len(values), over, tally, ())


def tallied(values: Sequence[int]) -> Tally:
    """Return what numbers say, of which there is at least one."""
    return Tally(sum(values) / len(values), min(values), max(values), tuple(sorted(Counter(values).items())))


def _how(scale: tuple[int, int]) -> str:
    low, high = scale
    if high - low == 1:
        return f"how many of how many, as in 4 5, or {high} for each yes and {low} for each no"
    return f"a number from {low} to {high} for each person, as in {high} {max(low, high - 1)} {high}"


def _words(review: Review, question: FeedbackQuestion) -> Round:
    return _lines(review, question.key, question.key, question.ask)


def _lines(review: Review, key: str, question: str, ask: str) -> Round:
    given = (answer.comment for answer in review.feedback.values() if answer.question == question)
    said = tuple(comment for comment in given if comment)
    return Round(
        key, question, ask, "what is said, a line each", None, 0, len(said), _is_ended(review, key), None, said
    )


def _is_ended(review: Review, key: str) -> bool:
    return key in review.head.answered or review.head.status is Status.DONE


def yeses(asked: Round | None) -> tuple[int, int] | None:
    """Return how many of how many have said yes, that is gave more than the middle of the scale; None while hidden."""
    if asked is None or asked.tally is None or asked.scale is None:
        return None
    return yeses_in(asked.tally, asked.scale)


def yeses_in(tally: Tally, scale: tuple[int, int]) -> tuple[int, int]:
    """Return how many of how many gave more than the middle of the scale."""
    return sum(count for value, count in tally.counts if 2 * value > sum(scale)), sum(n for _, n in tally.counts)


def answered(review: Review, key: str, typed: str, new_id: Callable[[], str]) -> list[Put]:
    """Take in what was typed for the round of that key.

    One number is one person's answer; several on a line are the room's, and end the round, as does the last one that is
    expected. Without a scale it is a line of words.
    """
    asked = _asked(review, key)
    words = clean_line(typed)
    if asked.scale is None:
        if not words:
            raise Refused(f"Type {asked.how}.")
        return [Put("feedback", new_id(), {"question": asked.question, "comment": words})]
    values = _counted(words, asked.scale)
    whole = bool(values)
    values = values or _each(words, asked.scale)
    if not values:
        raise Refused(f"“{words}” does not fit here. Type {asked.how}." if words else f"Type {asked.how}.")
    whole |= len(values) > 1 or 0 < asked.expected <= asked.count + len(values)
    puts = [Put("feedback", new_id(), {"question": asked.question, "value": value}) for value in values]
    return [*puts, *([_end(key)] if whole else [])]


def _each(words: str, scale: tuple[int, int]) -> list[int]:
    """Read numbers on a scale, one for each person; none where one of them is not on it."""
    values = answers.numbers(words)
    return values if all(scale[0] <= value <= scale[1] for value in values) else []


def counts(words: str) -> bool:
    """Tell whether a text has the form of “4 of 5”, which answers a question of yes or no."""
    return _OF.fullmatch(words) is not None


def _counted(words: str, scale: tuple[int, int]) -> list[int]:
    """Read “4 of 5” as the answers of five people to a question of yes or no; “4 5” will do. None for all else."""
    low, high = scale
    found = _OF.fullmatch(words) or _PAIR.fullmatch(words)
    if found is None or high - low != 1:
        return []
    yes, total = int(found[1]), int(found[2])
    meant = yes <= total <= _MOST and (total > high or found.re is _OF)
    return [high] * yes + [low] * (total - yes) if meant else []


def ended(review: Review, key: str) -> list[Put]:
    """End a round early, or leave it out."""
    if _asked(review, key).over:
        raise Refused("That question has been answered.")
    return [_end(key)]


def _end(key: str) -> Put:
    return Put("review", HEAD, {f"answered.{key}": True})


def _asked(review: Review, key: str) -> Round:
    found = next((asked for asked in _rounds(review) if asked.key == key), None)
    if found is None:
        raise Refused("That is not asked in this review.")
    return found
