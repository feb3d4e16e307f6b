"""What the set-up asks, field by field, and what stands beside the fields. No widget in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from lrtui.app.widgets.rows import Row
from lrtui.review import intents, measures, roster
from lrtui.review.model import Presence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime, tzinfo

    from lrtui.review.earlier import Earlier
    from lrtui.review.intents import Intent
    from lrtui.review.model import Participant, Review

MOST_EARLIER = 12  # actions of earlier reviews, the oldest first: the agenda stays in view


@dataclass(frozen=True, slots=True)
class Question:
    """One field: its label, what it holds now, and the intent that keeps an answer.

    `said` is what there is to say of an answer that was kept.
    """

    key: str
    label: str
    value: str
    keep: Callable[[str], Intent]
    hint: str = ""
    said: Callable[[str], str] = lambda _: ""

    @property
    def name(self) -> str:
        """The label as a part of a sentence."""
        return self.label.rstrip("?")


def questions(review: Review, wall: tzinfo) -> Iterator[Question]:
    """Yield what the set-up asks, from top to bottom; `wall` is the zone of the clock on the wall."""
    template = review.template
    yield Question("title", "Title", review.head.title, intents.set_title, "what happened, in a few words")
    for fact in template.facts:
        hint = ", ".join(fact.one_of)
        yield Question(f"fact {fact.key}", fact.ask, review.head.facts.get(fact.key, ""), _fact(fact.key), hint)
    for moment in template.moments:
        value = moment_words(review, moment.key)
        yield Question(f"moment {moment.key}", moment.title, value, _moment(moment.key), "11-22 14:05, ~14:05 or n/a")
    if template.minutes and not review.alone:
        planned = f"{review.head.planned.astimezone(wall):%Y-%m-%d %H:%M}" if review.head.planned else ""
        yield Question("planned", "Meeting begins", planned, _planned(wall), "14:00, or 11-25 14:00")
    tags = " ".join(f"#{tag}" for tag in review.head.tags)
    set_tags = partial(intents.set_tags, shown=review.head.tags)
    yield Question("tags", "Tags", tags, set_tags, "#database #deploy")
    zone = "" if review.head.zone == "UTC" else review.head.zone
    yield Question("zone", "Time zone of these times", zone, intents.set_zone, "UTC; or +02:00, Europe/Rome")
    said = partial(roster.said_of_roles, roles=template.roles)
    for person in review.participants.values():
        here = "" if person.presence is Presence.PRESENT else f" ({person.presence.value})"
        yield Question(
            f"person {person.id}", f"@{person.handle}{here}", _spelled(person), _person(person.id), said=said
        )
    yield Question("add", "Add people", "", intents.add_people, "Ana Lima: responder, payments; Bo Chen", said)


def _planned(wall: tzinfo) -> Callable[[str], Intent]:
    return lambda words: intents.set_planned(words, wall)


def _fact(key: str) -> Callable[[str], Intent]:
    return lambda words: intents.set_fact(key, words)


def _moment(key: str) -> Callable[[str], Intent]:
    return lambda words: intents.set_moment(key, words)


def _person(key: str) -> Callable[[str], Intent]:
    return lambda words: intents.edit_person(key, words) if words.strip() else intents.remove_person(key)


def _spelled(person: Participant) -> str:
    why = ", ".join(part for part in (person.role.replace("_", " "), person.team) if part)
    return f"{person.name}: {why}" if why else person.name


def moment_words(review: Review, key: str) -> str:
    """Return a moment as it is typed; "" where it is not recorded."""
    moment = review.moments.get(key)
    if moment is None:
        return ""
    return "n/a" if moment.not_applicable else ("~" if moment.about else "") + moment.when.replace("T", " ")


def side(review: Review, now: datetime, earlier: Sequence[Earlier]) -> Iterator[Row]:
    """Yield what stands beside the fields: what there is to notice, what earlier reviews left open, the agenda."""
    lead = measures.lead_time(review, now)
    notices = [*([lead.words] if lead else []), *roster.mix(review)]
    if notices:
        yield Row("", "To notice", style="heading")
        for notice in notices:
            yield Row("", f"· {notice}", hang=2)
        yield Row("", "")
    if earlier:
        yield Row("", "Still open from earlier reviews", style="heading")
        for left in earlier[:MOST_EARLIER]:
            yield Row("", f"· {left.action.text}", hang=2)
        if len(earlier) > MOST_EARLIER:
            yield Row("", f"  and {len(earlier) - MOST_EARLIER} younger ones")
        yield Row("", "")
    template = review.template
    clocked = template.minutes > 0 and not review.alone
    total = f"{template.minutes} min" if clocked else "no clock"
    yield Row("", f"{template.title} · {total}", style="heading")
    for step in template.steps:
        yield Row("", step.title, tail=str(step.minutes) if clocked and step.minutes else "")
