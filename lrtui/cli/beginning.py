"""Beginning a review with all that is known of it, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from lrtui.cli.words import say
from lrtui.errors import Refused
from lrtui.review import dates, intents, roster
from lrtui.review.model import Review

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lrtui.desk import Desk
    from lrtui.review.fields import Json
    from lrtui.review.intents import Intent
    from lrtui.review.template import Template


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is known of a review at its beginning, as it was typed. Without a template it gets the usual one."""

    template: str
    title: str = ""
    facts: Sequence[tuple[str, str]] = ()
    moments: Sequence[tuple[str, str]] = ()
    people: Sequence[str] = ()
    tags: Sequence[str] = ()
    zone: str = ""
    solo: bool = False

    def intents(self, template: Template) -> Iterator[Intent]:
        """Yield what fulfils the wishes in a review that has just been created."""
        if self.zone:
            yield intents.set_zone(self.zone)
        yield from (intents.set_fact(*fact) for fact in self.facts)
        if self.tags:
            yield intents.set_tags(" ".join(self.tags))
        yield from (intents.add_people(words) for words in self.people)
        for key, words in self.moments:
            known = [moment.key for moment in template.moments]
            if key not in known:
                raise Refused(f"This template asks for no moment “{key}”. It asks for: {', '.join(known) or 'none'}.")
            yield intents.set_moment(key, words)


def begin(desk: Desk, wishes: Wishes) -> str:
    """Make a review and return its name. What would be refused is refused before anything is made."""
    template, _ = desk.chosen_template(wishes.template)
    _rehearse(desk, wishes, template)
    session = desk.begin(wishes.title, wishes.template, solo=wishes.solo)
    if session.notice:
        say(session.notice)
    try:
        for intent in wishes.intents(template):
            session.perform(intent)
        for words in wishes.people:
            said = roster.said_of_roles(words, template.roles)
            if said:
                say(said)
    finally:
        session.close()
    return session.name


def _rehearse(desk: Desk, wishes: Wishes, template: Template) -> None:
    now, ids = desk.clock(), count()
    zone = dates.zone(wishes.zone) or dates.zone(desk.zone)
    context = intents.Context(now, now.astimezone(zone).date(), lambda: f"{next(ids):04}")
    tables: dict[str, dict[str, dict[str, Json]]] = {}
    for intent in (intents.create(wishes.title, template, desk.zone), *wishes.intents(template)):
        for table, key, fields in intent.change(Review.read(tables), context):
            tables.setdefault(table, {}).setdefault(key, {}).update(fields)
