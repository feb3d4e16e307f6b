"""The actions of all reviews, as the catalog keeps them: what is followed up across reviews.

An early idea is no action yet and not among them.
"""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from lrtui.review.dates import zone_of
from lrtui.review.fields import written
from lrtui.review.followup import Followed, Owner, in_the_room
from lrtui.review.followup_teams import Closed
from lrtui.review.model import State
from lrtui.store.cachefile import Broken
from lrtui.store.since import since

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime, tzinfo

    from lrtui.review.model import Action, Review
    from lrtui.store.side_table import Read

_FOUND = """
SELECT review.name, title, day, service, number, action.id, text, state, owners, team, priority, tags, ref, done_when,
    reason, due, made, touched, settled, over, changed, zone
FROM action CROSS JOIN review ON review.id = action.review WHERE going >= :least AND (:since IS NULL OR over >= :since)
"""
_CLOSED = (
    "SELECT team, priority, made, settled FROM action WHERE going = 0 AND state = 'done' AND made > '' AND settled > ''"
)

_NO_TOUCH = frozenset({"rank", "step"})  # where a line stands is no news of the action


def rows(read: Read) -> Iterator[tuple[Any, ...]]:
    """Yield what is kept of the actions of a review, in the order in which they came about."""
    review = read.review
    if not review.actions:
        return
    times, zone = since(read.groups, "actions"), zone_of(review)
    for number, key in enumerate(times or review.actions, 1):
        action = review.actions.get(key)
        if action and action.state is not State.IDEA:
            days = _days(action, review, times.get(key, {}), zone)
            yield action.state.going, number, *_told(action, review), *days, review.head.zone


def _told(action: Action, review: Review) -> tuple[str, ...]:
    people = (review.participants[key] for key in action.owners if key in review.participants)
    owners = [(person.name or person.handle, in_the_room(person, review)) for person in people]
    lists = (json.dumps(owners, ensure_ascii=False), json.dumps(sorted(action.tags), ensure_ascii=False))
    named = (action.team, action.priority, lists[1], action.ref, action.done_when, action.reason)
    return action.id, action.text, action.state.value, lists[0], *named


def _days(action: Action, review: Review, times: Mapping[str, datetime], zone: tzinfo) -> tuple[str | None, ...]:
    def day(at: datetime | None) -> str | None:
        return at.astimezone(zone).date().isoformat() if at else None

    changed = max((at for name, at in times.items() if name not in _NO_TOUCH), default=action.at)
    made = action.at or min(times.values(), default=None)
    settled = None if action.state.going else times.get("state")
    due = action.due.isoformat() if action.due else None
    return due, day(made), day(changed), day(settled), day(review.head.ended), written(changed) if changed else ""


def followed(db: sqlite3.Connection, *, settled: bool = False, since: str | None = None) -> list[Followed]:
    """Return the actions that are taken on and not done with; with `settled` also those that are.

    With `since` only those of reviews that ended on that day or later.
    """
    try:
        return [_action(row) for row in db.execute(_FOUND, {"least": 0 if settled else 1, "since": since})]
    except (ValueError, TypeError, LookupError) as error:
        raise Broken(str(error)) from error


def closed(db: sqlite3.Connection) -> list[Closed]:
    """Return the actions that are done."""
    try:
        return [
            Closed(team, priority, date.fromisoformat(made), date.fromisoformat(done))
            for team, priority, made, done in db.execute(_CLOSED)
        ]
    except ValueError as error:
        raise Broken(str(error)) from error


def _action(row: Sequence[Any]) -> Followed:
    name, title, held, service, number, key, text, state, owners, team, priority, tags, *others = row
    ref, done_when, reason, due, made, touched, settled, over, changed, zone = others
    return Followed(
        name, title, _day(held), service, number, key, text, _STATES[state], _owners(owners), team, priority,
        _tags(tags), ref, done_when, reason, _day(due), _day(made), _day(touched), _day(settled), _day(over), changed,
        zone,
    )  # fmt: skip


_STATES = {state.value: state for state in State}


@lru_cache(maxsize=4096)  # many actions are of the same few days
def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


@lru_cache(maxsize=4096)
def _owners(value: str) -> tuple[Owner, ...]:
    return tuple(Owner(*owner) for owner in json.loads(value))


@lru_cache(maxsize=512)
def _tags(value: str) -> tuple[str, ...]:
    return tuple(json.loads(value))
