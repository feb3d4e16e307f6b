"""What is typed of an action that is followed up: how far it is, another date, owner or team, or that it still holds.

A narrower form than the capture line: a state with its reason, or one or several of date, owners and team.
"""

from __future__ import annotations

import re
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
PASSED = "That day has passed: it is overdue."
FOLLOWED = "follow up action"

_STILL = "still"
_BARE = (_STILL, "open", "doing", "idea")  # what takes no reason, and so settings beside it
_WORDS = ("done", "doing", "not", "not-doing", "drop", "moved", "open", "idea")  # of the states, how they are begun
_MARKS = ("^", "due:", "@", "team:")
_NAMES = {"^": "dates", "team:": "teams"}

# where a setting begins: a mark in front of a word, outside quotes
_SETTING = re.compile(r"(?:^|\s+)(\^|due:|@|team:)(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", re.IGNORECASE)


def is_begun(typed: str) -> bool:
    """Tell whether a text is an answer, or may become one: whoever searches types something else."""
    word, *others = clean_line(typed).casefold().split() or [""]
    if not word:
        return False
    if word.startswith(_MARKS):
        return True
    if not others:
        return any(known.startswith(word) for known in (*_WORDS, *_MARKS, _STILL))
    if word in _BARE:
        return others[0].startswith(_MARKS)
    return word in _WORDS and (word != "not" or "doing".startswith(others[0]))


def follow_up(key: str, typed: str) -> Intent:
    """Do to the action of that id what is typed; see `ASK`."""

    def change(review: Review, context: Context) -> list[Put]:
        action = captured(review, "actions", key)
        if not isinstance(action, Action):
            raise Refused("That line is no action any more.")
        return [Put("actions", key, _fields(review, action, clean_line(typed), context.today))]

    return Intent(FOLLOWED, change)


def _fields(review: Review, action: Action, words: str, today: date) -> dict[str, Json]:
    head, settings = _parted(words)
    fields: dict[str, Json] = {}
    if head.casefold() == _STILL:
        fields["looked"] = today.isoformat()
    elif head or not settings:
        state, reason = progress.read(head)
        if reason and state.value in _BARE:
            raise Refused(f"“{state.value}” takes no reason. Type {state.value} alone, or {ASK}.")
        fields |= {"state": state.value, "reason": reason or None}
    if "@" in settings:
        fields |= closing.owned_by(review, action, settings["@"])
    if "team:" in settings:  # it is said, and so comes before that of who owns the action
        fields["team"] = _team(settings["team:"])
    if "^" in settings:
        state = State(str(fields.get("state", action.state)))
        fields["due"] = _due(settings["^"], today, state)
    return fields


def _parted(words: str) -> tuple[str, dict[str, str]]:
    """Part what is typed into a state and settings by their marks; behind a state that takes a reason all is that."""
    head, *parts = _SETTING.split(words)
    if parts and head and head.casefold() not in _BARE:
        return words, {}
    settings: dict[str, str] = {}
    for typed, value in zip(parts[::2], parts[1::2], strict=True):
        mark = "^" if typed.casefold() == "due:" else typed.casefold()
        said = f"@{value}" if mark == "@" else value.strip().rstrip(", ")
        if mark == "@" and mark in settings:
            said = f"{settings[mark]},{said}"
        elif mark in settings:
            raise Refused(f"Two {_NAMES[mark]} are said: “{settings[mark]}” and “{said}”. Type one of them.")
        settings[mark] = said
    return head, settings


def _due(word: str, today: date, state: State) -> str:
    if not (state.going or state is State.IDEA):
        raise Refused(
            f"That action is settled ({state.value}) and needs no other date. To take it up again, type “open ^{word}”."
        )
    day = dates.parse_day(word, today)
    if day is None:
        raise Refused(f"“{word}” is not a day. Type ^fri, ^+5b, ^+2w, ^eow, ^12-04 or ^2026-12-04.")
    return day.isoformat()


def _team(word: str) -> str:
    team = word.strip('" ')
    if not team:
        raise Refused("Type the team as well, as in team:Payments.")
    return team


def lacks_evidence(typed: str) -> bool:
    """Tell whether something is said to be done without a word on how one knows."""
    try:
        return progress.read(typed) == (State.DONE, "")
    except Refused:
        return False
