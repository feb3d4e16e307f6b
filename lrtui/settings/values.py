"""The settings as values. What nobody has set is as it ships."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from lrtui.commands import Command, keyed
from lrtui.review.capture import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lrtui.review.model import Kind

DEFAULT_TEMPLATE = "learning-review"


class Theme(StrEnum):
    """How screens look."""

    DARK = "dark"
    LIGHT = "light"


class ClockStyle(StrEnum):
    """What the big clock of the room shows: the time left in the step, the time it has taken, or both."""

    LEFT = "left"
    SPENT = "spent"
    BOTH = "both"


class HintClass(StrEnum):
    """What a hint on wording is about. Each class can be switched off."""

    COUNTERFACTUAL = "counterfactual"
    OMISSION = "omission"
    JUDGEMENT = "judgement"
    INTERROGATION = "interrogation"
    HINDSIGHT = "hindsight"
    MINIMISER = "minimiser"
    SINGLE_CAUSE = "single_cause"
    WEAK_ACTION = "weak_action"
    VAGUE_ACTION = "vague_action"
    ABSOLUTES = "absolutes"


@dataclass(frozen=True)
class Settings:
    """What a person has chosen.

    `template` names the one that a new review begins with; `keys` holds the keys of the commands that have another one
    than by default; `hints` names the classes of hints on wording that are given.
    """

    theme: Theme = Theme.DARK
    template: str = DEFAULT_TEMPLATE
    prefixes: Mapping[str, Kind] = field(default_factory=lambda: PREFIXES)
    keys: Mapping[str, str] = field(default_factory=dict)
    bell: bool = False
    flash: bool = False
    clock: ClockStyle = ClockStyle.LEFT
    hints: frozenset[str] = frozenset(HintClass)

    @cached_property
    def commands(self) -> tuple[Command, ...]:
        """Every command, with the key that it has here."""
        return keyed(self.keys)
