"""Following an action up in its own review, from wherever actions of all reviews are listed, and taking that back."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from lrtui.errors import NotFound, Refused
from lrtui.review import verdict

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from lrtui.review.model import Action
    from lrtui.session import Session

    Opened: TypeAlias = Callable[[str], AbstractContextManager[Session]]  # opens a review for writing, for a moment


class FollowedUp(NamedTuple):
    """What was done: to which action of which review, by which change, "" where that changed nothing; its owners.

    `passed` tells that it was given a date that has passed where its review is held.
    """

    review: str
    action: Action
    at: str
    owners: tuple[str, ...] = ()
    passed: bool = False


def settle(opened: Opened, review: str, which: str | int, typed: str) -> FollowedUp:
    """Do to an action, named by its id or by its number in its review, what is typed; see `lrtui.review.verdict`.

    Raises `Refused` where that does not fit or the review cannot be written to, `StoreError` where it is open
    elsewhere, gone, or the disk refuses; nothing has changed then.
    """
    with opened(review) as there:
        key = which if isinstance(which, str) else _numbered(there, which)
        before, former = there.undoable, there.review.actions.get(key)
        there.perform(verdict.follow_up(key, typed))
        done = there.undoable
        action, people = there.review.actions[key], there.review.participants
        owners = tuple(people[owner].name for owner in action.owners if owner in people)
        passed = action.due is not None and action.due < there.today and (former is None or former.due != action.due)
        return FollowedUp(review, action, done.at if done and done is not before else "", owners, passed)


def _numbered(there: Session, number: int) -> str:
    """Return the id of an action by its number: they are counted as they came about, the deleted ones too."""
    keys = list(there.storage.since("actions"))
    key = keys[number - 1] if 0 < number <= len(keys) else ""
    if key not in there.review.actions:
        known = [str(at) for at, other in enumerate(keys, 1) if other in there.review.actions]
        told = f"It has {', '.join(known)}." if known else "It has none."
        raise NotFound(f"There is no action {number} in that review. {told}")
    return key


def take_back(opened: Opened, done: FollowedUp) -> str:
    """Take back what was done to an action, where nothing was changed in its review since; return its words."""
    with opened(done.review) as there:
        if there.undoable is None or there.undoable.at != done.at:
            raise Refused("It stays: the review of that action has been changed since. Open the review to change it.")
        there.undo()
        return done.action.text
