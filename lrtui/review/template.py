"""A template: what a review asks, who should be there, its steps with minutes and words, what is exported.

This module holds the values; `lrtui.review.template_text` reads them from YAML and finds faults. A review keeps its own
snapshot as plain JSON (`Template.source`), so that a later version of a template never changes an earlier review.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lrtui.review.text import clean, clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LONGEST_STEP = 480  # minutes: a working day
HIGHEST = 100  # of a scale
HIGHEST_VERSION = 999_999
LEAD_TIME = re.compile(r"([0-9]{1,3}) +(working +)?days?")

EARLIER = "earlier"  # the open actions of earlier reviews
LISTS = (EARLIER,)  # what a step can show beside its lines

SECTIONS = (
    "summary",
    "facts",
    "measures",
    "people",
    "timeline",
    "notes",
    "learnings",
    "went_well",
    "was_hard",
    "decisions",
    "actions",
    "questions",
    "parked",
)


@dataclass(frozen=True, slots=True)
class Fact:
    """Something to know about the incident. `one_of` suggests answers; others are welcome."""

    key: str
    ask: str
    one_of: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """Return this fact as plain JSON."""
        return _given(key=self.key, ask=self.ask, one_of=list(self.one_of))


@dataclass(frozen=True, slots=True)
class MomentAsked:
    """A named time of the incident that the template asks for."""

    key: str
    title: str

    def plain(self) -> dict[str, Any]:
        """Return this moment as plain JSON."""
        return _given(key=self.key, title=self.title)


@dataclass(frozen=True, slots=True)
class Measure:
    """The time from one moment to another, by their keys."""

    title: str
    start: str
    end: str

    def plain(self) -> dict[str, Any]:
        """Return this measure as plain JSON."""
        return {"title": self.title, "from": self.start, "to": self.end}


@dataclass(frozen=True, slots=True)
class LeadTime:
    """How soon after the moment `start` the review should be held: a count of days, calendar or working ones."""

    days: int
    working: bool
    start: str

    @property
    def target(self) -> str:
        """The target in words: `3 working days`."""
        return f"{self.days} {'working ' if self.working else ''}{'day' if self.days == 1 else 'days'}"

    def plain(self) -> dict[str, Any]:
        """Return this lead time as plain JSON."""
        return {"target": self.target, "from": self.start}


@dataclass(frozen=True, slots=True)
class Role:
    """A reason for being there, and how many people should have it. Without a title of its own the key is its title."""

    key: str
    title: str
    at_least: int = 0
    at_most: int | None = None

    def plain(self) -> dict[str, Any]:
        """Return this role as plain JSON."""
        limit = {} if self.at_most is None else {"at_most": self.at_most}
        return _given(key=self.key, title=self.title, at_least=self.at_least) | limit


@dataclass(frozen=True, slots=True)
class Step:
    """One item of the agenda. A step of 0 minutes has no clock. `at_least` is the floor of a re-plan, in minutes.

    `shows` names what it is about beside the lines captured in it, one of `LISTS`, or nothing.
    """

    key: str
    title: str
    minutes: int = 0
    at_least: int = 0
    say: str = ""
    prompts: tuple[str, ...] = ()
    coach: str = ""
    captures: str = "note"
    locked: bool = False
    shows: str = ""

    def plain(self) -> dict[str, Any]:
        """Return this step as plain JSON."""
        return _given(
            key=self.key,
            title=self.title,
            minutes=self.minutes,
            at_least=self.at_least,
            locked=self.locked,
            captures=self.captures,
            shows=self.shows,
            say=self.say,
            prompts=list(self.prompts),
            coach=self.coach,
        )


@dataclass(frozen=True, slots=True)
class FeedbackQuestion:
    """A question asked at the end, answered by a number within `scale` (both ends count) or, without one, in words.

    One for `afterwards` is not asked in the room but by the form that is sent out.
    """

    key: str
    ask: str
    scale: tuple[int, int] | None = None
    afterwards: bool = False

    def plain(self) -> dict[str, Any]:
        """Return this question as plain JSON."""
        return _given(key=self.key, ask=self.ask, scale=list(self.scale or ()), afterwards=self.afterwards)


@dataclass(frozen=True, slots=True)
class Edition:
    """What was changed in one version of the template, and why, as its team tells it; `date` as it was written."""

    version: int
    date: str
    changes: tuple[str, ...]

    def plain(self) -> dict[str, Any]:
        """Return this entry of the changelog as plain JSON."""
        return _given(version=self.version, date=self.date, changes=list(self.changes))


@dataclass(frozen=True, slots=True)
class Template:
    """A whole template. `source` is the plain JSON it was read from.

    `published` is False where its reviews are for nobody but those who held them, unless one is named for publishing.
    """

    name: str
    title: str
    version: int = 1
    about: str = ""
    facts: tuple[Fact, ...] = ()
    moments: tuple[MomentAsked, ...] = ()
    measures: tuple[Measure, ...] = ()
    lead_time: LeadTime | None = None
    roles: tuple[Role, ...] = ()
    steps: tuple[Step, ...] = ()
    feedback: tuple[FeedbackQuestion, ...] = ()
    export: tuple[str, ...] = SECTIONS
    published: bool = True
    changelog: tuple[Edition, ...] = ()
    source: Mapping[str, Any] | None = None

    @classmethod
    def read(cls, source: Mapping[str, Any]) -> Template:
        """Read a template from checked plain JSON, as `template_text` makes it and a review keeps it.

        Never fails: what is missing or of the wrong type reads as its default.
        """
        return cls(
            name=_line(source, "name"),
            title=_line(source, "title"),
            version=_whole(source, "version", 1, low=1),
            about=_line(source, "about"),
            facts=tuple(_fact(item) for item in _keyed(source, "facts")),
            moments=tuple(MomentAsked(_line(item, "key"), _line(item, "title")) for item in _keyed(source, "moments")),
            measures=tuple(
                Measure(_line(item, "title"), _line(item, "from"), _line(item, "to"))
                for item in _items(source, "measures")
            ),
            lead_time=_lead_time(source.get("lead_time")),
            roles=tuple(_role(item) for item in _keyed(source, "roles")),
            steps=tuple(_step(item) for item in _keyed(source, "steps")),
            feedback=tuple(_question(item) for item in _keyed(source, "feedback")),
            export=_lines(source, "export") if isinstance(source.get("export"), list) else SECTIONS,
            published=source.get("published") is not False,
            changelog=tuple(_edition(item) for item in _items(source, "changelog")),
            source=source,
        )

    def plain(self) -> dict[str, Any]:
        """Return the whole template as plain JSON, which `read` reads back equal; only what says something is in it."""
        return _given(
            name=self.name,
            version=self.version,
            title=self.title,
            about=self.about,
            facts=[item.plain() for item in self.facts],
            moments=[item.plain() for item in self.moments],
            measures=[item.plain() for item in self.measures],
            lead_time=self.lead_time.plain() if self.lead_time else None,
            roles=[item.plain() for item in self.roles],
            steps=[item.plain() for item in self.steps],
            feedback=[item.plain() for item in self.feedback],
        ) | {
            "export": list(self.export),
            **({} if self.published else {"published": False}),
            **_given(changelog=[item.plain() for item in self.changelog]),
        }

    def step(self, key: str) -> Step | None:
        """Return the step of that key."""
        return next((step for step in self.steps if step.key == key), None)

    @property
    def minutes(self) -> int:
        """How long the whole agenda takes, in minutes."""
        return sum(step.minutes for step in self.steps)


EMPTY = Template(name="", title="")


def _given(**fields: object) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}


def _fact(item: Mapping[str, Any]) -> Fact:
    return Fact(_line(item, "key"), _line(item, "ask"), _lines(item, "one_of"))


def _lead_time(item: object) -> LeadTime | None:
    found = LEAD_TIME.fullmatch(_line(item, "target")) if isinstance(item, dict) else None
    return LeadTime(int(found[1]), bool(found[2]), _line(item, "from")) if found and isinstance(item, dict) else None


def _role(item: Mapping[str, Any]) -> Role:
    least = _whole(item, "at_least", 0)
    most = _whole(item, "at_most", -1)
    title = _line(item, "title") or _line(item, "key").replace("_", " ").capitalize()
    return Role(_line(item, "key"), title, least, None if most < least else most)


def _step(item: Mapping[str, Any]) -> Step:
    minutes = _whole(item, "minutes", 0, high=LONGEST_STEP)
    return Step(
        key=_line(item, "key"),
        title=_line(item, "title"),
        minutes=minutes,
        at_least=min(minutes, _whole(item, "at_least", 0, high=LONGEST_STEP)),
        say=_text(item, "say"),
        prompts=_lines(item, "prompts"),
        coach=_text(item, "coach"),
        captures=_line(item, "captures") or "note",
        locked=item.get("locked") is True,
        shows=_line(item, "shows"),
    )


def _question(item: Mapping[str, Any]) -> FeedbackQuestion:
    scale: tuple[int, int] | None = None
    match item.get("scale"):
        case [int(low), int(high)] if 0 <= low < high <= HIGHEST:
            scale = (int(low), int(high))
    return FeedbackQuestion(_line(item, "key"), _line(item, "ask"), scale, item.get("afterwards") is True)


def _edition(item: Mapping[str, Any]) -> Edition:
    return Edition(_whole(item, "version", 1, low=1), _line(item, "date"), _lines(item, "changes"))


def _items(source: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    value = source.get(name)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _keyed(source: Mapping[str, Any], name: str) -> Iterator[Mapping[str, Any]]:
    """Yield the items that have a key; of several with one key the first counts."""
    seen = {""}
    for item in _items(source, name):
        key = _line(item, "key")
        if key not in seen:
            seen.add(key)
            yield item


def _text(source: Mapping[str, Any], name: str) -> str:
    value = source.get(name)
    return clean(value).strip() if isinstance(value, str) else ""


def _line(source: Mapping[str, Any], name: str) -> str:
    value = source.get(name)
    return clean_line(value) if isinstance(value, str) else ""


def _lines(source: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = source.get(name)
    lines = [clean_line(item) for item in value if isinstance(item, str)] if isinstance(value, list) else []
    return tuple(line for line in lines if line)


def _whole(source: Mapping[str, Any], name: str, default: int, *, low: int = 0, high: int = 1_000_000) -> int:
    value = source.get(name)
    fits = isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
    return value if fits and isinstance(value, int) else default
