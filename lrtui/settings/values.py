"""The settings as values. What nobody has set is as it ships."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from lrtui.commands import Command, keyed
from lrtui.review.capture import PREFIXES
from lrtui.review.hint_class import ON_BY_DEFAULT, HintClass

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lrtui.review.model import Kind
    from lrtui.review.shapes import Path
    from lrtui.review.yaml_text import Fault

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


@dataclass(frozen=True)
class Settings:
    """What a person has chosen.

    `template` names the one that a new review begins with; `keys` holds the keys of the commands that have another one
    than by default; `hints` are the classes of hints on wording that are given.
    """

    theme: Theme = Theme.DARK
    template: str = DEFAULT_TEMPLATE
    prefixes: Mapping[str, Kind] = field(default_factory=lambda: PREFIXES)
    keys: Mapping[str, str] = field(default_factory=dict)
    bell: bool = False
    flash: bool = False
    clock: ClockStyle = ClockStyle.LEFT
    hints: frozenset[HintClass] = ON_BY_DEFAULT

    @cached_property
    def commands(self) -> tuple[Command, ...]:
        """Every command, with the key that it has here."""
        return keyed(self.keys)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says: the settings, its faults in the order of their places, and in which line each value stands.

    `source` names the file to a person; `unread` is why it could not be read at all, if that is so.
    """

    settings: Settings = field(default_factory=Settings)
    faults: Sequence[Fault] = ()
    lines: Mapping[Path, int] = field(default_factory=dict)
    source: str = "config.yaml"
    unread: str = ""

    @property
    def notice(self) -> str:
        """What a person who has something else to do is told of its faults, fit for everybody to see."""
        if self.unread:
            return f"{self.source} {self.unread}; everything is as it ships."
        if not self.faults:
            return ""
        line, _, message = self.faults[0]
        count = len(self.faults)
        first = f"has {count} faults, the first in line {line}" if count > 1 else f"has a fault in line {line}"
        end = "" if message.endswith("?") else "."
        return f"{self.source} {first}: {message}{end} This stays as it ships; `lrtui config check` tells more."
