"""What of a review may leave the library, whatever it is written as.

Private entries and feedback are in no export of any kind, nor is who spoke how often: every format reads a review's
entries from here.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lrtui.review import fairness
from lrtui.review.dates import zone_of
from lrtui.review.model import Kind
from lrtui.review.text import clean, clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from lrtui.review.model import Action, Entry, Moment, Participant, Review


@dataclass(frozen=True, slots=True)
class Answer:
    """A fact of the incident: the question it answers, and the answer."""

    key: str
    ask: str
    answer: str


def title(review: Review) -> str:
    """Return what a review is called where others read it."""
    return clean_line(review.head.title) or "Untitled review"


def entries(review: Review) -> list[Entry]:
    """Return every entry but the private ones, in the order of capture or as they were moved."""
    return [entry for entry in sorted(review.entries.values(), key=_place) if entry.kind is not Kind.PRIVATE]


def actions(review: Review) -> list[Action]:
    """Return the actions in the order of capture or as they were moved."""
    return sorted(review.actions.values(), key=_place)


def _place(line: Entry | Action) -> tuple[str, str]:
    return line.place, line.id


def facts(review: Review) -> list[Answer]:
    """Return what is known of the incident: first what the template asks, in its order, then the rest by key."""
    known = review.head.facts
    asked = {fact.key: fact.ask for fact in review.template.facts}
    order = [*asked, *sorted(known.keys() - asked.keys())]
    return [Answer(key, asked.get(key) or key, clean(known[key])) for key in order if known.get(key, "").strip()]


def moments(review: Review) -> list[Moment]:
    """Return the moments that were settled, recorded or not applicable, in the template's order, then the rest."""
    asked = [moment.key for moment in review.template.moments]
    order = [*asked, *sorted(review.moments.keys() - set(asked))]
    found = [review.moments[key] for key in order if key in review.moments]
    return [moment for moment in found if moment.when or moment.not_applicable]


def people(review: Review, ids: Iterable[str]) -> list[Participant]:
    """Return the participants of those ids, in that order; an id that nobody has is passed over."""
    return [review.participants[key] for key in ids if key in review.participants]


def roster(review: Review) -> list[Participant]:
    """Return who is on the roster, in order of id; nobody has a name where it is reduced to reasons for being there."""
    return [person for _, person in sorted(review.participants.items()) if person.listed]


def reasons(review: Review) -> dict[str, int]:
    """Return why people were there and how many had that reason, where the roster tells no more; else nothing."""
    seats = roster(review)
    if any(person.name or person.handle for person in seats):
        return {}
    return Counter(role(person, review) for person in seats)


def role(person: Participant, review: Review) -> str:
    """Return why somebody was there: the title of their role, or the words it was given in."""
    return next((role.title for role in review.template.roles if role.key == person.role), person.role)


def duties(review: Review) -> list[tuple[str, fairness.Term]]:
    """Return who took over leading the meeting or taking its notes, each term with what that made them."""
    return [(duty.replace("_", "-"), term) for duty in fairness.DUTIES for term in fairness.terms(review, duty)]


def held(review: Review) -> date | None:
    """Return the day of the review in its own zone: when it started, else when it was created."""
    instant = review.head.started or review.head.created
    return instant.astimezone(zone_of(review)).date() if instant else None
