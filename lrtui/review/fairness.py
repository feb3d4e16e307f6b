"""Who has spoken, who asks to speak and who leads, so that the facilitator can see to it that everybody is heard.

What is counted here is for the facilitator's eyes alone. It is in no export of any kind; only who led the meeting and
who took its notes, and from when on, may be told.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from lrtui.errors import Refused
from lrtui.review import agenda, roster
from lrtui.review.fields import written
from lrtui.review.model import Presence, Put, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from lrtui.review.model import Participant, Review

Duty: TypeAlias = Literal["facilitator", "note_taker"]

DUTIES: tuple[Duty, ...] = ("facilitator", "note_taker")  # also the keys of the roles that begin with them
_DOES: dict[Duty, str] = {"facilitator": "leads the meeting", "note_taker": "takes the notes"}

_FEWEST_TURNS = 6  # from which on a share says something
_LARGE, _FAIR_SHARES = 0.4, 1.5


class Term(NamedTuple):
    """Somebody who was handed a duty: since when, and until when if it has been handed on."""

    person: Participant
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Share:
    """That one person had very many of the turns: `turns` out of `total`."""

    person: Participant
    turns: int
    total: int


def leading(review: Review, duty: Duty) -> Participant | None:
    """Return who has a duty now: whom it was handed to last, else the first whose role it is."""
    return next(iter(_on_duty(review, duty)), None)


def terms(review: Review, duty: Duty) -> tuple[Term, ...]:
    """Return to whom a duty was handed over, in the order of time; who began with it is not among them."""
    people = review.participants
    handed = sorted((since, key) for key, person in people.items() for since in person.duties.get(duty, ()))
    ends = [*(since for since, _ in handed[1:]), None]
    return tuple(Term(people[key], since, until) for (since, key), until in zip(handed, ends, strict=False))


def _on_duty(review: Review, duty: Duty) -> list[Participant]:
    handed = terms(review, duty)
    if handed:
        return [handed[-1].person]
    return [person for person in review.participants.values() if person.role == duty]


def _free(review: Review) -> list[Participant]:
    """Return who is present to speak, which neither the facilitator nor the note-taker is."""
    busy = {person.id for duty in DUTIES for person in _on_duty(review, duty)}
    return [person for person in _present(review) if person.id not in busy]


def _present(review: Review) -> Iterator[Participant]:
    return (person for person in review.participants.values() if person.presence is Presence.PRESENT)


def answering(review: Review) -> tuple[Participant, ...]:
    """Return who is asked when the room is: those present, but for the facilitator, who takes no side."""
    leads = {person.id for person in _on_duty(review, "facilitator")}
    return tuple(person for person in _present(review) if person.id not in leads)


def heard(review: Review) -> dict[str, int]:
    """Return for each participant's id how often they were heard.

    Counted are their turns, and the lines captured while the meeting ran that name them: mostly those have their words.
    """
    entries = ((entry.at, entry.who) for entry in review.entries.values())
    actions = ((action.at, action.owners) for action in review.actions.values())
    named = Counter(chain.from_iterable(set(who) for at, who in (*entries, *actions) if _while_it_ran(review, at)))
    return {key: len(person.spoke) + named[key] for key, person in review.participants.items()}


def _while_it_ran(review: Review, at: datetime | None) -> bool:
    started, ended = review.head.started, review.head.ended
    return at is not None and started is not None and started <= at and (ended is None or at <= ended)


def not_yet_heard(review: Review, now: datetime) -> tuple[Participant, ...]:
    """Return who is present and has not been heard, once a third of the meeting's planned time is spent.

    Before, it is no news; in a meeting without a clock, or one that has not begun or is over, nobody is returned.
    """
    pace = agenda.pace(review, now)
    runs = review.head.status in {Status.LIVE, Status.WRAP_UP}
    if not (runs and pace.planned and 3 * pace.spent >= pace.planned):
        return ()
    counts = heard(review)
    return tuple(person for person in _free(review) if not counts[person.id])


def next_to_speak(review: Review) -> tuple[Participant, ...]:
    """Return who asks to speak, in the order of asking, without those who have left."""
    asking = [
        (person.asked, person.id)
        for person in review.participants.values()
        if person.asked and person.presence is not Presence.LEFT
    ]
    return tuple(review.participants[key] for _, key in sorted(asking))


def share(review: Review) -> Share | None:
    """Return who has had very many of the turns, from six turns on.

    That is more than two in five, more than half as many again as each would have if all had the same, and more than
    anybody else. Facilitator and note-taker are left out of it.
    """
    people = _free(review)
    total = sum(len(person.spoke) for person in people)
    if total < _FEWEST_TURNS:
        return None
    most = max(len(person.spoke) for person in people)
    first, *others = [person for person in people if len(person.spoke) == most]
    limit = max(_LARGE, _FAIR_SHARES / len(people)) * total
    return Share(first, most, total) if most > limit and not others else None


def speak(review: Review, name: str, now: datetime, new_id: Callable[[], str]) -> list[Put]:
    """Note that somebody has a turn, and asks for none any more."""
    person = roster.named(review, name)
    return [Put("participants", person.id, {f"spoke.{new_id()}": written(now), "asked": None})]


def ask(review: Review, name: str, now: datetime) -> list[Put]:
    """Note that somebody asks to speak; who asks already keeps their place."""
    person = roster.named(review, name)
    return [] if person.asked else [Put("participants", person.id, {"asked": written(now)})]


def withdraw(review: Review, name: str) -> list[Put]:
    """Note that somebody does not ask to speak any more."""
    return [Put("participants", roster.named(review, name).id, {"asked": None})]


def hand_over(review: Review, duty: Duty, name: str, now: datetime, new_id: Callable[[], str]) -> list[Put]:
    """Hand a duty to somebody; whoever had it before is free of it. Every time somebody had it is kept."""
    person = roster.named(review, name)
    if leading(review, duty) == person:
        raise Refused(f"{person.name} {_DOES[duty]} already.")
    return [Put("participants", person.id, {f"duty.{duty}.{new_id()}": written(now)})]
