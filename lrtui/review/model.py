"""The documents of a learning review, as typed, immutable values.

On disk a review is a few tables of flat documents: table → id → field → JSON value (see `lrtui.store`). A set is kept
as one field per element, `tags.db = true`, so that two authors can add to it at once; so are the facts,
`facts.service = "checkout"`. This module reads those documents into dataclasses. It never fails: a field that is
missing or of the wrong type reads as its default, and stays on disk as it is.

Times of the meeting (`started`, `since`, `at` …) are instants, ISO 8601 in UTC. Times of the incident (`when`, `until`)
are stamps as people say them, in the review's own zone unless they end in `Z`: `2026-11-22T14:05`, `…T14:05:30Z`.
See `lrtui.review.dates`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import chain, count
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from lrtui.review.fields import (
    Fields,
    Tables,
    choice,
    day,
    elements,
    flag,
    group,
    instant,
    instants,
    number,
    text,
    words,
)
from lrtui.review.template import EMPTY, Template
from lrtui.review.text import clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date, datetime

Doc = TypeVar("Doc")

UNTITLED = "(untitled)"  # what a list shows of a review without a title

HEAD = "review"  # the id of the only document in the table "review"


class Put(NamedTuple):
    """One document's changed fields; None takes a field away. The unit that is stored, undone and merged."""

    table: str
    id: str
    set: Fields


class Status(StrEnum):
    """Where a review is in its life. A label, never a lock."""

    DRAFT = "draft"
    LIVE = "live"
    WRAP_UP = "wrap-up"
    DONE = "done"


class Kind(StrEnum):
    """What a captured line is. An ACTION line becomes an `Action`, every other an `Entry`."""

    EVENT = "event"
    NOTE = "note"
    LEARNING = "learning"
    DECISION = "decision"
    QUESTION = "question"
    WENT_WELL = "went_well"
    WAS_HARD = "was_hard"
    PARKED = "parked"
    ACTION = "action"
    PRIVATE = "private"

    @property
    def label(self) -> str:
        """The word a person reads."""
        return self.value.replace("_", " ")


class State(StrEnum):
    """How far an action is."""

    IDEA = "idea"
    OPEN = "open"
    DOING = "doing"
    DONE = "done"
    NOT_DOING = "not doing"
    MOVED = "moved"

    @property
    def going(self) -> bool:
        """Whether it is an open action: taken on, and not done with yet."""
        return self in {State.OPEN, State.DOING}

    @property
    def taken(self) -> bool:
        """Whether it is an action that was taken on and not dropped, done or not; an early idea is none yet."""
        return self not in {State.IDEA, State.NOT_DOING}

    @property
    def gone(self) -> bool:
        """Whether the review has nothing more to do with it: it was dropped, or lies elsewhere."""
        return self in {State.NOT_DOING, State.MOVED}


class Presence(StrEnum):
    """Whether a participant is in the room."""

    EXPECTED = "expected"
    PRESENT = "present"
    LATE = "late"
    LEFT = "left"


PRIORITIES = ("urgent", "high", "medium", "low")


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody on the roster. `role` is the key of one of the template's roles, or free text.

    Of the meeting itself (see `lrtui.review.fairness`): `spoke` are the instants of their turns, since `asked` they
    wait for one, `duties` tell each time from which they led the meeting or took its notes.

    Who is not `listed` is named beside lines and not on the roster: in what is published for others than the team.
    """

    id: str
    name: str
    handle: str
    role: str = ""
    team: str = ""
    presence: Presence = Presence.PRESENT
    spoke: tuple[datetime, ...] = ()
    asked: datetime | None = None
    duties: Mapping[str, tuple[datetime, ...]] = field(default_factory=dict)
    listed: bool = True

    @classmethod
    def read(cls, key: str, fields: Fields) -> Participant:
        """Read a document of the table `participants`."""
        return cls(
            key,
            text(fields, "name"),
            text(fields, "handle"),
            text(fields, "role"),
            text(fields, "team"),
            choice(Presence, fields, "presence", Presence.PRESENT),
            tuple(sorted(instants(fields, "spoke").values())),
            instant(fields, "asked"),
            _duties(fields),
        )


def _duties(fields: Fields) -> Mapping[str, tuple[datetime, ...]]:
    """Read the fields `duty.NAME`, as they were written once, and `duty.NAME.ID`, one for each time."""
    found: dict[str, list[datetime]] = {}
    for name, at in instants(fields, "duty").items():
        found.setdefault(name.partition(".")[0], []).append(at)
    return {name: tuple(sorted(ats)) for name, ats in found.items()}


@dataclass(frozen=True, slots=True)
class StepState:
    """What has become of one step: seconds it may take, seconds it took until the clock last left it.

    `uncounted` are seconds of these that are left out, since the machine slept, say; `asked` the numbers of the prompts
    that the facilitator has ticked. `locked` tells whether a re-plan leaves its minutes
    alone, None that the template says that.
    """

    id: str
    planned: int | None = None
    spent: int = 0
    visited: bool = False
    skipped: bool = False
    locked: bool | None = None
    asked: tuple[str, ...] = ()
    uncounted: int = 0

    @property
    def counted(self) -> int:
        """The seconds it took that count."""
        return max(0, self.spent - max(0, self.uncounted))

    @classmethod
    def read(cls, key: str, fields: Fields) -> StepState:
        """Read a document of the table `steps`."""
        return cls(
            key,
            number(fields, "planned") if "planned" in fields else None,
            number(fields, "spent"),
            flag(fields, "visited"),
            flag(fields, "skipped"),
            flag(fields, "locked") if "locked" in fields else None,
            elements(fields, "asked"),
            number(fields, "uncounted"),
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """One captured line.

    `when` and `until` are stamps of the incident; `who` holds participant ids; `at` is the instant of capture;
    `settled` tells that the close need not ask about it again; `under` is the heading that it was put under.
    Ids grow with time, so that the order of ids is the order of capture. `rank` takes the id's part in a moved line.
    """

    id: str
    kind: Kind
    text: str
    step: str = ""
    when: str = ""
    until: str = ""
    about: bool = False
    who: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    priority: str = ""
    due: date | None = None
    ref: str = ""
    team: str = ""
    at: datetime | None = None
    settled: bool = False
    under: str = ""
    rank: str = ""

    @property
    def place(self) -> str:
        """What the lines of a review are ordered by."""
        return self.rank or self.id

    @classmethod
    def read(cls, key: str, fields: Fields) -> Entry:
        """Read a document of the table `entries`."""
        return cls(
            key,
            choice(Kind, fields, "kind", Kind.NOTE),
            text(fields, "text"),
            text(fields, "step"),
            text(fields, "when"),
            text(fields, "until"),
            flag(fields, "about"),
            words(fields, "who"),
            elements(fields, "tags"),
            text(fields, "priority"),
            day(fields, "due"),
            text(fields, "ref"),
            text(fields, "team"),
            instant(fields, "at"),
            flag(fields, "settled"),
            text(fields, "under"),
            text(fields, "rank"),
        )


@dataclass(frozen=True, slots=True)
class Action:
    """Something that somebody may do. `owners` holds participant ids, the accountable one first.

    `rank` is as that of an entry. `looked` is the day on which a later review last looked at it and left it open.
    """

    id: str
    text: str
    state: State = State.OPEN
    step: str = ""
    owners: tuple[str, ...] = ()
    team: str = ""
    due: date | None = None
    priority: str = ""
    tags: tuple[str, ...] = ()
    ref: str = ""
    done_when: str = ""
    reason: str = ""
    at: datetime | None = None
    rank: str = ""
    looked: date | None = None

    @property
    def place(self) -> str:
        """What the lines of a review are ordered by."""
        return self.rank or self.id

    @classmethod
    def read(cls, key: str, fields: Fields) -> Action:
        """Read a document of the table `actions`."""
        return cls(
            key,
            text(fields, "text"),
            choice(State, fields, "state", State.OPEN),
            text(fields, "step"),
            words(fields, "owners"),
            text(fields, "team"),
            day(fields, "due"),
            text(fields, "priority"),
            elements(fields, "tags"),
            text(fields, "ref"),
            text(fields, "done_when"),
            text(fields, "reason"),
            instant(fields, "at"),
            text(fields, "rank"),
            day(fields, "looked"),
        )


@dataclass(frozen=True, slots=True)
class Moment:
    """A named time of the incident. Its id is its key in the template; `when` is a stamp."""

    id: str
    when: str = ""
    about: bool = False
    not_applicable: bool = False

    @classmethod
    def read(cls, key: str, fields: Fields) -> Moment:
        """Read a document of the table `moments`."""
        return cls(key, text(fields, "when"), flag(fields, "about"), flag(fields, "not_applicable"))


@dataclass(frozen=True, slots=True)
class Feedback:
    """One answer to one feedback question. Never published, never tied to a person."""

    id: str
    question: str
    value: int | None = None
    comment: str = ""

    @classmethod
    def read(cls, key: str, fields: Fields) -> Feedback:
        """Read a document of the table `feedback`."""
        value = fields.get("value")
        return cls(key, text(fields, "question"), value if isinstance(value, int) else None, text(fields, "comment"))


@dataclass(frozen=True, slots=True)
class Intention:
    """What a facilitator will do differently next time, for nobody else. Its id is the author, a person's own name."""

    id: str
    text: str
    at: datetime | None = None

    @classmethod
    def read(cls, key: str, fields: Fields) -> Intention:
        """Read a document of the table `intentions`."""
        return cls(key, text(fields, "text"), instant(fields, "at"))


@dataclass(frozen=True, slots=True)
class Vote:
    """A vote by dots on captured lines (see `lrtui.review.votes`).

    `lines` are the lines' ids in the order of their numbers; a ballot is the ids that one person chose, one for each of
    at most `dots` dots.
    """

    id: str
    step: str = ""
    lines: tuple[str, ...] = ()
    dots: int = 0
    ballots: tuple[tuple[str, ...], ...] = ()
    revealed: bool = False
    closed: bool = False

    @classmethod
    def read(cls, key: str, fields: Fields) -> Vote:
        """Read a document of the table `votes`."""
        ballots = (words({name: value}, name) for name, value in group(fields, "ballot").items())
        return cls(
            key,
            text(fields, "step"),
            words(fields, "lines"),
            number(fields, "dots"),
            tuple(ballot for ballot in ballots if ballot),
            flag(fields, "revealed"),
            flag(fields, "closed"),
        )


@dataclass(frozen=True, slots=True)
class Head:
    """What there is once in a review: its label, its facts, its template and its clock.

    The clock runs for the step `step` since the instant `since`; it stands while `since` is None. `planned` is when the
    meeting is to begin and `hard_stop` when it has to end, if somebody said so. `answered` are the rounds of feedback
    that were ended (see `lrtui.review.feedback`), `imported` tells what was brought in already (`feedback_import`).
    """

    title: str = ""
    status: Status = Status.DRAFT
    template: Template = EMPTY
    facts: Mapping[str, str] = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    zone: str = "UTC"
    solo: bool = False
    created: datetime | None = None
    started: datetime | None = None
    ended: datetime | None = None
    step: str = ""
    since: datetime | None = None
    hard_stop: datetime | None = None
    answered: tuple[str, ...] = ()
    planned: datetime | None = None
    imported: tuple[str, ...] = ()

    @classmethod
    def read(cls, fields: Fields, template: Template) -> Head:
        """Read the document `review/review`; its template is read by the caller, which may already have it."""
        return cls(
            text(fields, "title"),
            choice(Status, fields, "status", Status.DRAFT),
            template,
            {key: clean(str(value)) for key, value in group(fields, "facts").items()},
            elements(fields, "tags"),
            text(fields, "zone") or "UTC",
            flag(fields, "solo"),
            instant(fields, "created"),
            instant(fields, "started"),
            instant(fields, "ended"),
            text(fields, "step"),
            instant(fields, "since"),
            instant(fields, "hard_stop"),
            elements(fields, "answered"),
            instant(fields, "planned"),
            elements(fields, "imported"),
        )


@dataclass(frozen=True, slots=True)
class Review:
    """A learning review at one moment. Every mapping goes from document id to document, in order of id."""

    head: Head = field(default_factory=Head)
    participants: Mapping[str, Participant] = field(default_factory=dict)
    steps: Mapping[str, StepState] = field(default_factory=dict)
    entries: Mapping[str, Entry] = field(default_factory=dict)
    actions: Mapping[str, Action] = field(default_factory=dict)
    moments: Mapping[str, Moment] = field(default_factory=dict)
    feedback: Mapping[str, Feedback] = field(default_factory=dict)
    votes: Mapping[str, Vote] = field(default_factory=dict)
    intentions: Mapping[str, Intention] = field(default_factory=dict)

    @classmethod
    def read(cls, tables: Tables) -> Review:
        """Read a whole review from its tables."""
        return cls().refreshed(tables, [(table, key) for table, docs in tables.items() for key in docs])

    def refreshed(self, tables: Tables, changed: Iterable[tuple[str, str]]) -> Review:
        """Return this review with the documents `changed`, as (table, id), read again from `tables`."""
        keys: dict[str, set[str]] = {}
        for table, key in changed:
            keys.setdefault(table, set()).add(key)

        def renewed(table: str, old: Mapping[str, Doc], read: Callable[[str, Fields], Doc]) -> Mapping[str, Doc]:
            return _renewed(old, tables.get(table, {}), keys[table], read) if table in keys else old

        return Review(
            _head(tables.get("review", {}).get(HEAD, {}), self.head) if "review" in keys else self.head,
            _told_apart(renewed("participants", self.participants, Participant.read)),
            renewed("steps", self.steps, StepState.read),
            renewed("entries", self.entries, Entry.read),
            renewed("actions", self.actions, Action.read),
            renewed("moments", self.moments, Moment.read),
            renewed("feedback", self.feedback, Feedback.read),
            renewed("votes", self.votes, Vote.read),
            renewed("intentions", self.intentions, Intention.read),
        )

    @property
    def template(self) -> Template:
        """The review's own snapshot of its template."""
        return self.head.template

    @property
    def alone(self) -> bool:
        """Whether it is written by one person at a desk: it was begun so, or its agenda has steps and no minutes."""
        return self.head.solo or (bool(self.template.steps) and not self.template.minutes)


def _told_apart(people: Mapping[str, Participant]) -> Mapping[str, Participant]:
    """Give everybody a handle of their own: two authors may have added an Ana each, before their journals met."""
    if len({person.handle.casefold() for person in people.values()}) == len(people):
        return people
    apart: dict[str, Participant] = {}
    taken: set[str] = set()
    for key, person in people.items():
        numbered = (f"{person.handle}{number}" for number in count(2))
        handle = next(handle for handle in chain((person.handle,), numbered) if handle.casefold() not in taken)
        taken.add(handle.casefold())
        apart[key] = replace(person, handle=handle)
    return apart


def _head(fields: Fields, old: Head) -> Head:
    kept = fields.get("template")
    if not isinstance(kept, dict):
        return Head.read(fields, EMPTY)
    same = old.template.source is kept
    return Head.read(fields, old.template if same else Template.read(kept))


def _renewed(
    old: Mapping[str, Doc], docs: Mapping[str, Fields], keys: set[str], read: Callable[[str, Fields], Doc]
) -> Mapping[str, Doc]:
    fresh = dict(old)
    for key in sorted(keys):
        if key in docs:
            fresh[key] = read(key, docs[key])
        else:
            fresh.pop(key, None)
    ordered = list(fresh) == sorted(fresh)
    return fresh if ordered else {key: fresh[key] for key in sorted(fresh)}
