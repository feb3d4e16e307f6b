"""What is told of the answers about a review: only sums, and only from four answers on, so that nobody can be made out.

What is said in words is told in the order of the alphabet, which tells nothing of who said it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lrtui.review import feedback
from lrtui.review.feedback_form import bare

if TYPE_CHECKING:
    from lrtui.review.feedback import Tally
    from lrtui.review.model import Review
    from lrtui.review.template import FeedbackQuestion

FEWEST = 4  # answers of a question, from which on they are told

AT_LEAST_ONE, AT_LEAST_HALF = "learned", "again"  # the questions whose threshold says whether a review was worth it


@dataclass(frozen=True, slots=True)
class Told:
    """What may be told of one question.

    `count` answers are in; while the room is still `asking` nothing else is told. `tally` and `yeses` (so many of so
    many) are of numbers, `said` are the words; each is empty while there are fewer than `FEWEST` of them. `reached`
    tells of a question with a threshold whether it was reached.
    """

    key: str
    ask: str
    scale: tuple[int, int] | None
    count: int
    tally: Tally | None = None
    yeses: tuple[int, int] | None = None
    said: tuple[str, ...] = ()
    reached: bool | None = None
    asking: bool = False

    @property
    def few(self) -> bool:
        """Whether there are answers, and too few to be told."""
        return 0 < self.count < FEWEST


def summary(review: Review) -> tuple[Told, ...]:
    """Return what may be told, question by question in the order of the template."""
    return tuple(_told(review, question) for question in review.template.feedback)


def return_on_time(review: Review) -> Told | None:
    """Return what may be told of the return on time; None where it is not asked for."""
    asked = feedback.return_on_time(review)
    return next((told for told in summary(review) if asked and told.key == asked.key), None)


def _told(review: Review, question: FeedbackQuestion) -> Told:
    answers = [answer for answer in review.feedback.values() if answer.question == question.key]
    values = [answer.value for answer in answers if answer.value is not None]
    said = sorted((answer.comment for answer in answers if answer.comment), key=lambda words: (words.casefold(), words))
    count = len(values) if question.scale else len(said)
    asking = any(asked.key == question.key and asked.scale and not asked.over for asked in feedback.rounds(review))
    if count < FEWEST or asking:
        return Told(question.key, bare(question.ask), question.scale, count, asking=asking)
    tally = feedback.tallied(values) if question.scale else None
    yeses = feedback.yeses_in(tally, question.scale) if tally and question.scale else None
    reached = _reached(question.key, yeses) if yeses else None
    return Told(
        question.key,
        bare(question.ask),
        question.scale,
        count,
        tally,
        yeses,
        tuple(said) if len(said) >= FEWEST else (),
        reached,
    )


def _reached(key: str, yeses: tuple[int, int]) -> bool | None:
    yes, total = yeses
    return {AT_LEAST_ONE: yes >= 1, AT_LEAST_HALF: 2 * yes >= total}.get(key)
