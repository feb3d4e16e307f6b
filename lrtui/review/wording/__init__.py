"""Words worth noticing, and what a facilitator may ask instead or next.

A hint is for the facilitator alone and proposes a question; it changes no word and is never shown in the room.
Precision goes before recall, since a wrong hint shames someone: what is a hint and what is none is kept in the corpora
beside the tests, in `tests/review/wording/`. Everything is read in text that `own_words` has blanked.
"""

from __future__ import annotations

from lrtui.review.hint_class import ON_BY_DEFAULT, ONCE, HintClass
from lrtui.review.wording.hints import Hint, asked_by, hints
from lrtui.review.wording.questions import Heard, Question, questions

__all__ = ["ONCE", "ON_BY_DEFAULT", "Heard", "Hint", "HintClass", "Question", "asked_by", "hints", "questions"]
