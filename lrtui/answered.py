"""Answers about actions of earlier reviews: kept in that review, and noted here, in the one in which it was answered.

Both or neither: where the second half is refused, the first is taken back. That holds for undo and redo as well.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from lrtui.errors import LrtuiError, NotFound, Refused, StoreError
from lrtui.review import intents_room

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

    from lrtui.review.earlier import Earlier
    from lrtui.session import Session
    from lrtui.store.journal import Group

    Opened: TypeAlias = Callable[[str], AbstractContextManager[Session]]  # opens a review for writing, for a moment


class _Answer(NamedTuple):
    """Where an action of an earlier review was settled: its id, the name of that review, the change there."""

    key: str
    review: str
    at: str


def settle(opened: Opened, here: Session, earlier: Earlier, answer: str) -> None:
    """Settle an action of an earlier review by what is typed, see `lrtui.review.earlier`.

    Raises `Refused` where the answer does not fit or the review cannot be written to, `StoreError` where it is open
    elsewhere, gone, or the disk refuses; nothing has changed then.
    """
    with opened(earlier.review) as there:
        before = there.undoable
        there.perform(intents_room.settle_earlier(earlier.action.id, answer))
        settled = there.undoable
        if settled is None or settled is before:
            return
        with _else(there.undo):
            here.perform(intents_room.note_answer(earlier.action.id, earlier.review, settled.at))


def undo(opened: Opened, here: Session) -> str:
    """Take the last change back; return what it was called.

    Where the review of an answer has been changed since, or is gone, the answer stays; the next undo takes back what
    came before it.
    """
    here.follow()
    answer = _answer_in(here.undoable)
    if answer is None:
        return here.undo()
    try:
        words = _take_back(opened, here, answer)
    except (NotFound, Refused):  # it can never be taken back from here; what came before it can
        here.undo()
        raise
    return f"an answer, in the review it is from: {words}"


def _take_back(opened: Opened, here: Session, answer: _Answer) -> str:
    """Take an answer back, in the review that it was given about and here; return the words of its action."""
    with opened(answer.review) as there:
        if there.undoable is None or there.undoable.at != answer.at:
            raise Refused("The answer stays: the review of that action has been changed since. Open it to change it.")
        there.undo()
        with _else(there.redo):
            here.undo()
        action = there.review.actions.get(answer.key)
        return action.text if action else "an action"


def redo(opened: Opened, here: Session) -> str:
    """Do again what was undone; return what it was called."""
    here.follow()
    answer = _answer_in(here.redoable)
    if answer is None:
        return here.redo()
    with opened(answer.review) as there:
        if there.redoable is None or there.redoable.at != answer.at:
            raise Refused("That answer cannot be given again by itself. Answer it anew, or open its review.")
        there.redo()
        with _else(there.undo):
            here.redo()
    return "an answer, in the review it is from"


def answered_in(group: Group | None) -> str:
    """Return the id of the earlier action that a change has answered; "" for any other change."""
    answer = _answer_in(group)
    return answer.key if answer else ""


def _answer_in(group: Group | None) -> _Answer | None:
    if group is None or group.do != intents_room.ANSWERED:
        return None
    noted = ((name, value) for change in group.changes for name, value in change.set.items())
    name, value = next(noted, ("", ""))
    review, _, at = str(value).partition(" ")
    return _Answer(name.removeprefix("earlier."), review, at)


@contextlib.contextmanager
def _else(back: Callable[[], str]) -> Iterator[None]:
    """Where the second half of an answer is refused, take the first half `back`, in the other review."""
    try:
        yield
    except LrtuiError as error:
        try:
            back()
        except LrtuiError:
            raise StoreError(f"{error} In the review of that action it is done all the same.") from error
        raise
