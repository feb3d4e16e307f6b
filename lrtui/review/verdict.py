"""What is typed of an action that is followed up: how far it is, another date, owner or team, or that it still holds.

A narrower form than the capture line: one short answer changes one thing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtui.errors import Refused
from lrtui.review import closing, dates, progress
from lrtui.review.intents import Intent, captured
from lrtui.review.model import Action, Put, State
from lrtui.review.text import clean_line

if TYPE_CHECKING:
    from datetime import date

    from lrtui.review.fields import Json
    from lrtui.review.intents import Context
    from lrtui.review.model import Review

ASK = "done and how you know, doing, not doing and why, moved and where to, still, ^fri, @name or team:NAME"
HOW = "How do we know that it is done?"
FOLLOWED = "follow up action"

_STILL = "still"
_WORDS = ("done", "doing", "not", "not-doing", "moved", "open")  # of the states, how their names begin
_MARKS = ("^", "due:", "@", "team:")


def is_begun(typed: str) -> bool:
    """Tell whether a text is an answer, or may become one: whoever searches types something else."""
    word, *others = clean_line(typed).casefold().split() or [""]
    if not word:
        return False
    if any(word.startswith(mark) for mark in _MARKS):
        return True
    return word in _WORDS if others else any(known.startswith(word) for known in (*_WORDS, *_MARKS, _STILL))


def follow_up(key: str, typed: str) -> Intent:
    """Do to the action of that id what is typed; see `ASK`."""

    def change(review: Review, context: Context) -> list[Put]:
        action = captured(review, "actions", key)
        if not isinstance(action, Action):
            raise Refused("That line is no action any more.")
        return [Put("actions", key, _fields(review, action, clean_line(typed), context.today))]

    return Intent(FOLLOWED, change)


def _fields(review: Review, action: Action, words: str, today: date) -> dict[str, Json]:
    if words.casefold() == _STILL:
        return {"looked": today.isoformat()}
    for mark, read in (("^", _due), ("due:", _due), ("team:", _team)):
        if words.casefold().startswith(mark):
            return read(words[len(mark) :].strip(), today)
    if words.startswith("@"):
        return closing.owned_by(review, action, words.replace(" @", ",@"))
    state, reason = progress.read(words)
    return {"state": state.value, "reason": reason or None}


def _due(word: str, today: date) -> dict[str, Json]:
    day = dates.parse_day(word, today)
    if day is None:
        raise Refused(f"“{word}” is not a day. Type ^fri, ^+5b, ^+2w, ^eow, ^12-04 or ^2026-12-04.")
    return {"due": day.isoformat()}


def _team(word: str, _: date) -> dict[str, Json]:
    team = word.strip('" ')
    if not team:
        raise Refused("Type the team as well, as in team:Payments.")
    return {"team": team}


def lacks_evidence(typed: str) -> bool:
    """Tell whether something is said to be done without a word on how one knows."""
    try:
        return progress.read(typed) == (State.DONE, "")
    except Refused:
        return False
