"""Actions that earlier reviews have left open: what the room looks at first, and what it can say of each.

A short word settles one: it is done, still right, to be done otherwise, or not done after all. That is kept in the
review which the action belongs to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from lrtui.errors import Refused
from lrtui.review.model import Action, Put, State
from lrtui.review.text import clean_line

if TYPE_CHECKING:
    from datetime import date

    from lrtui.review.fields import Json
    from lrtui.review.model import Review

Verdict: TypeAlias = Literal["done", "still", "re-scope", "drop"]

ASK = "done and how you know, still, re-scope and the new words, or drop and why"
_VERDICTS: dict[str, Verdict] = {
    "done": "done",
    "d": "done",
    "still": "still",
    "s": "still",
    "re-scope": "re-scope",
    "rescope": "re-scope",
    "r": "re-scope",
    "drop": "drop",
    "x": "drop",
}
_TYPED = re.compile(r"([\w-]+)(?: ?[:,–-] | |\Z)(.*)")


@dataclass(frozen=True, slots=True)
class Earlier:
    """An open action of an earlier review: that review's name, title and day, the action, and its owners' names."""

    review: str
    title: str
    held: date | None
    action: Action
    owners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What the room says of an action, and the words that go with it."""

    verdict: Verdict
    words: str = ""


def read(typed: str) -> Answer | None:
    """Read an answer; None where the words are none.

    `done [how]`, `still`, `re-scope WORDS`, `drop WHY`; in short, and without words, `d`, `s`, `r`, `x`.
    """
    found = _TYPED.fullmatch(clean_line(typed))
    verdict = _VERDICTS.get(found[1].casefold()) if found else None
    short = found is not None and len(found[1]) == 1
    if found is None or verdict is None or (found[2] and (short or verdict == "still")):
        return None
    return Answer(verdict, found[2])


def settled(review: Review, key: str, typed: str, today: date) -> list[Put]:
    """Return what an answer makes of the action of that id; the old words stay in the journal."""
    answer = read(typed)
    if answer is None:
        raise Refused(f"“{clean_line(typed)}” does not fit here. Type {ASK}.")
    action = review.actions.get(key)
    if action is None or not action.state.going:
        raise Refused("That action is settled by now, or not there any more.")
    return [Put("actions", key, _fields(answer, today))]


def _fields(answer: Answer, today: date) -> dict[str, Json]:
    match answer.verdict:
        case "done":
            return {"state": State.DONE.value, "reason": answer.words or None}
        case "still":
            return {"looked": today.isoformat()}
        case "re-scope":
            if not answer.words:
                raise Refused("Type the new words as well, as in: re-scope alert on the retry rate alone.")
            return {"text": answer.words, "looked": today.isoformat()}
        case "drop":
            if not answer.words:
                raise Refused("Say why as well, as in: drop the service is being retired.")
            return {"state": State.NOT_DOING.value, "reason": answer.words}
