"""A template: what a review asks, who should be there, its steps with minutes and words, what is exported.

This module holds the values; `lrtui.review.template_text` reads them from YAML and finds faults. A review keeps its own
snapshot as plain JSON (`Template.source`), so that a later version of a template never changes an earlier review.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

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


@dataclass(frozen=True, slots=True)
class MomentAsked:
    """A named time of the incident that the template asks for."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Measure:
    """The time from one moment to another, by their keys."""

    title: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class LeadTime:
    """How soon after the moment `start` the review should be held: a count of days, calendar or working ones."""

    days: int
    working: bool
    start: str


@dataclass(frozen=True, slots=True)
class Role:
    """A reason for being there, and how many people should have it."""

    key: str
    title: str
    at_least: int = 0
    at_most: int | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One item of the agenda. A step of 0 minutes has no clock. `at_least` is the floor of a re-plan, in minutes."""

    key: str
    title: str
    minutes: int = 0
    at_least: int = 0
    say: str = ""
    prompts: tuple[str, ...] = ()
    coach: str = ""
    captures: str = "note"
    locked: bool = False


@dataclass(frozen=True, slots=True)
class FeedbackQuestion:
    """A question asked at the end, answered by a number within `scale` (both ends count) or, without one, in words."""

    key: str
    ask: str
    scale: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """A whole template. `source` is the plain JSON it was read from."""

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
    source: Mapping[str, Any] | None = None

    @classmethod
    def read(cls, source: Mapping[str, Any]) -> Template:
        """Read a template from checked plain JSON, as `template_text` makes it and a review keeps it.

        Never fails: what is missing or of the wrong type reads as its default.
        """
        raise NotImplementedError

    def step(self, key: str) -> Step | None:
        """Return the step of that key."""
        return next((step for step in self.steps if step.key == key), None)

    @property
    def minutes(self) -> int:
        """How long the whole agenda takes, in minutes."""
        return sum(step.minutes for step in self.steps)


EMPTY = Template(name="", title="")
