"""How far an action is, as it is typed: a state and, where one is needed to understand it, a reason or a reference."""

from __future__ import annotations

from typing import NamedTuple

from lrtui.errors import Refused
from lrtui.review.model import State
from lrtui.review.text import clean_line

ASK = "idea, open, doing, done, not doing and why, or moved and where to"
_SPELLED: dict[State, tuple[str, ...]] = {state: (state.value,) for state in State}
_SPELLED[State.NOT_DOING] += ("not-doing", "drop")  # the latter as at the close and of earlier actions
_NEEDS = {State.NOT_DOING: "why, as in: not doing it is being retired", State.MOVED: "where to, as in: moved OPS-12"}


class Progress(NamedTuple):
    """A state, and the words that go with it."""

    state: State
    reason: str


def read(typed: str) -> Progress:
    """Read a state, also by its beginning where that fits no other, and what follows it.

    Raises `Refused` where it is none, or where the reason or reference is missing that others will ask for.
    """
    words = clean_line(typed)
    state, reason = _whole(words) or _begun(words)
    if state in _NEEDS and not reason:
        raise Refused(f"Say {_NEEDS[state]}.")
    return Progress(state, reason)


def _whole(words: str) -> Progress | None:
    """Read a state that is written out; “not doing” may be joined by a dash, or be “drop”."""
    for state, names in _SPELLED.items():
        for name in names:
            if f"{words.casefold()} ".startswith(f"{name} "):
                return Progress(state, words[len(name) :].strip())
    return None


def _begun(words: str) -> Progress:
    word, _, reason = words.partition(" ")
    found = [state for state in State if word and state.value.startswith(word.casefold())]
    if len(found) != 1 or (word.casefold() == "not" and reason):  # “not responding” is no answer
        raise Refused(f"“{words}” is no state of an action. Type {ASK}." if words else f"Type {ASK}.")
    return Progress(found[0], reason.strip())
