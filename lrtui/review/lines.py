"""A captured line and the document it becomes: from what was typed to stored fields, and back for editing."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from operator import attrgetter
from typing import TYPE_CHECKING, TypeVar

from lrtui.review import capture, dates
from lrtui.review.fields import text, written
from lrtui.review.model import Action, Entry, Kind, Put, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date, tzinfo

    from lrtui.review.fields import Fields, Json, Tables
    from lrtui.review.model import Review

Line = TypeVar("Line", bound=Entry | Action)

_LOOK_BACK = timedelta(days=1)
_RECENT = 40  # how many lines tell where the telling has got to

BEFORE_ALL = datetime.min.replace(tzinfo=UTC)


def read(review: Review, line: str, step: str, today: date, prefixes: Mapping[str, Kind]) -> capture.Line:
    """Read a typed line with the review's roster and the kind that the step captures by itself."""
    known, default = handles(review), default_kind(review, step)
    return capture.parse(line, handles=known, default=default, today=today, prefixes=prefixes)


def spelled(review: Review, document: Entry | Action, prefixes: Mapping[str, Kind]) -> str:
    """Write a captured line as one would type it in its step, so that editing starts from there."""
    names = {person.id: person.handle for person in review.participants.values()}
    default = default_kind(review, document.step)
    return capture.spell(_line(document), handles=names, default=default, prefixes=prefixes)


def of_kind(document: Entry | Action, kind: Kind) -> capture.Line:
    """Return what a captured line would have been as one of another kind."""
    return replace(_line(document), kind=kind)


def _line(document: Entry | Action) -> capture.Line:
    return capture.Line(
        kind=Kind.ACTION if isinstance(document, Action) else document.kind,
        text=document.text,
        time=None
        if isinstance(document, Action)
        else dates.spoken(document.when, document.until, about=document.about),
        who=document.owners if isinstance(document, Action) else document.who,
        tags=document.tags,
        priority=document.priority,
        due=document.due,
        ref=document.ref,
        team=document.team,
    )


def put(review: Review, line: capture.Line, step: str, key: str, now: datetime, today: date) -> Put:
    """Turn a line into the document to store: an action's or an entry's, every field named, empty ones as None."""
    spoken = (
        f"{line.time.spelled} " if line.time and line.kind is Kind.ACTION else ""
    )  # an action has no time of its own
    shared: dict[str, Json] = {
        "text": spoken + line.text,
        "step": step or None,
        "priority": line.priority or None,
        "due": line.due.isoformat() if line.due else None,
        "ref": line.ref or None,
        "team": line.team or None,
        "at": written(now),
        **{f"tags.{tag}": True for tag in line.tags},
    }
    if line.kind is Kind.ACTION:
        state = State.IDEA if is_early(review, step) else State.OPEN
        return Put("actions", key, {**shared, "state": state.value, "owners": list(line.who) or None})
    when, until = ("", "")
    if line.time:
        when, until = dates.place(line.time, reference(review), dates.zone_of(review), today)
    timed: dict[str, Json] = {
        "kind": line.kind.value,
        "when": when or None,
        "until": until or None,
        "about": bool(line.time and line.time.about) or None,
        "who": list(line.who) or None,
    }
    return Put("entries", key, {**shared, **timed})


def moved_over(line: Entry | Action, fresh: Put) -> list[Put]:
    """Return what takes a line out of its table and puts `fresh` into the other one, under the same id.

    What only this table's lines have is taken off the document that stays behind, so that it does not come back with
    it. `moved` keeps what the line read here: whoever edits it here at the same time has not seen it go, and their
    words, which stand in this document then, are told apart by it (see `unseen`).
    """
    table = "actions" if isinstance(line, Action) else "entries"
    own = ("under", "settled") if isinstance(line, Entry) else ("reason", "done_when", "looked")
    left: dict[str, Json] = {**dict.fromkeys(("rank", *own, *(f"tags.{tag}" for tag in line.tags))), "gone": True}
    here: dict[str, Json] = {"rank": line.rank or None, "moved": line.text, "gone": False}
    return [Put(table, line.id, left), Put(fresh.table, line.id, {**fresh.set, **here})]


def came_over(kept: Tables) -> Iterator[tuple[str, str]]:
    """Yield the lines that have come from the other table, as (table, id)."""
    for table in ("entries", "actions"):
        yield from ((table, key) for key, fields in kept.get(table, {}).items() if "moved" in fields)


def unseen(kept: Tables, table: str, key: str) -> Fields | None:
    """Return the document that a line has left in the other table, where somebody has edited it without seeing that."""
    here = kept.get(table, {}).get(key, {})
    left = kept.get("entries" if table == "actions" else "actions", {}).get(key, {})
    return left if "moved" in here and text(left, "text") not in {"", text(here, "moved")} else None


def is_early(review: Review, step: str) -> bool:
    """Tell whether an action captured in `step` comes before the room has reached its step for actions.

    Whoever writes alone waits for nobody.
    """
    if review.alone:
        return False
    steps = review.template.steps
    at = next((place for place, item in enumerate(steps) if item.key == step), None)
    actions = next((place for place, item in enumerate(steps) if item.captures == Kind.ACTION), None)
    return at is not None and actions is not None and at < actions


def default_kind(review: Review, step: str) -> Kind:
    """Return what a line without a prefix is in `step`."""
    found = review.template.step(step)
    return Kind(found.captures) if found and found.captures in set(Kind) else Kind.NOTE


def belongs(line: Entry | Action, step: str, kind: Kind) -> bool:
    """Tell whether a step lists a line: its own, and what other steps have captured of the kind that it is about.

    `kind` is what a line without a prefix is in that step.
    """
    captured = Kind.ACTION if isinstance(line, Action) else line.kind
    if captured is Kind.PRIVATE:
        return False
    return line.step == step or (captured is kind and kind is not Kind.NOTE)


def section(review: Review, line: Entry | Action) -> str:
    """Return the step under which a line stands where all steps stand on one page: the one that collects its kind.

    A note stays in the step that it was captured in, and so does what no step collects; "" without any step.
    """
    template = review.template
    own, kind = template.step(line.step), Kind.ACTION if isinstance(line, Action) else line.kind
    if own is None or (own.captures != kind and kind is not Kind.NOTE):
        own = next((step for step in template.steps if step.captures == kind), own)
    return own.key if own else next((step.key for step in template.steps), "")


def empty_steps(review: Review) -> list[str]:
    """Return the titles of the steps under which nothing stands on that page, in their order."""
    filled = {section(review, line) for line in review.actions.values()}
    filled |= {section(review, entry) for entry in review.entries.values() if entry.kind is not Kind.PRIVATE}
    return [step.title for step in review.template.steps if step.key not in filled]


def listed(review: Review, step: str) -> list[Entry | Action]:
    """Return the lines that a step lists, in the order in which the room sees them."""
    kind = default_kind(review, step)
    found: list[Entry | Action] = [*review.entries.values(), *review.actions.values()]
    there = sorted((line for line in found if belongs(line, step, kind)), key=attrgetter("place", "id"))
    placed = [line for _, line in in_time(there, review)]
    firsts = {_company(line): at for at, line in reversed(list(enumerate(placed)))}
    return sorted(placed, key=lambda line: firsts[_company(line)])


def _company(line: Entry | Action) -> tuple[str, str]:
    """Tell lines that stand together, under one heading, from those that stand by themselves."""
    return (line.under, "") if isinstance(line, Entry) and line.under else ("", line.id)


def handles(review: Review) -> dict[str, str]:
    """Return the roster's handles, each with the participant's id."""
    return {person.handle.lower(): person.id for person in review.participants.values() if person.handle}


def reference(review: Review) -> datetime | None:
    """Return where the telling has got to: what a time without a date is near to. None before any time was told.

    It begins at the earliest of the incident's moments and goes by the lines in the order of their capture. A line that
    looks back more than a day, to what led to the incident, leaves it where it is; a second one there takes it along.
    """
    zone = dates.zone_of(review)
    told = sorted(when for moment in review.moments.values() if (when := dates.local(moment.when, zone)))[:1]
    latest = islice((entry.when for entry in reversed(list(review.entries.values())) if entry.when), _RECENT)
    told += [when for stamp in reversed(list(latest)) if (when := dates.local(stamp, zone))]
    place = aside = None
    for when in told:
        if place is None or place - when <= _LOOK_BACK or (aside and abs(when - aside) <= _LOOK_BACK):
            place, aside = when, None
        else:
            aside = when
    return place


class InTime:
    """The order of captured lines by their times of the incident; lines are added in the order of their capture.

    A line without a time stays behind the one that it came after; before all others if there was none. `instants` are
    what the lines are placed at, in order.
    """

    def __init__(self, zone: tzinfo) -> None:
        self.instants: list[datetime] = []
        self._zone = zone
        self._last = BEFORE_ALL

    def add(self, line: Entry | Action) -> int:
        """Take in the next line; return its place among those so far."""
        when = dates.moment_of(line.when, self._zone) if isinstance(line, Entry) else None
        self._last = when or self._last
        place = bisect_right(self.instants, self._last)
        self.instants.insert(place, self._last)
        return place


def in_time(found: Iterable[Line], review: Review) -> list[tuple[datetime, Line]]:
    """Put captured lines, given in the order of capture, in that of their times, each with what it is placed at."""
    order = InTime(dates.zone_of(review))
    placed: list[Line] = []
    for line in found:
        placed.insert(order.add(line), line)
    return list(zip(order.instants, placed, strict=True))
