"""Playing a script of reviews: what was typed, when, on a clock that moves along.

    === TITLE | TEMPLATE | held 9 | incident 2    a review held so many working days ago; its incident, before that
    14:05 deploy rolled back @ana                 a line, captured in the open step
    /moment detected 14:02                        a command, as on the capture line
    % start                                       what has no word there: see `_DIRECTIONS`
    %% said to the reader

`{day}` stands for the day of the incident. A review held 0 days ago ends at the present instant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from lrtui.desk import Desk
from lrtui.review import closing, dates, intents, replan
from lrtui.review.capture import slash
from lrtui.review.model import Presence, State
from lrtui.store.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lrtui.review.intents import Intent
    from lrtui.review.model import Review

_SCRIPT = Path(__file__).with_name("scenes.txt")
_HEADING = re.compile(r"=== (.+) \| (.+) \| held (\d+) \| incident (\d+)")
_TYPING = 10  # seconds that a line takes
_BEGINS = time(14, 0)


@dataclass(frozen=True, slots=True)
class Scene:
    """One review of the script. `held` counts the working days since, `incident` those from the incident to it."""

    title: str
    template: str
    held: int
    incident: int
    lines: tuple[str, ...]

    @property
    def seconds(self) -> int:
        """How long it takes to play."""
        return sum(_length(line) for line in self.lines)


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def __call__(self) -> datetime:
        """Return the instant that it shows."""
        return self.at

    def forward(self, seconds: int) -> None:
        """Let time pass."""
        self.at += timedelta(seconds=seconds)


def read(script: str) -> Iterator[Scene]:
    """Yield the reviews of a script."""
    for part in re.split(r"^(?==== )", script, flags=re.MULTILINE)[1:]:
        heading, *lines = part.splitlines()
        found = _HEADING.fullmatch(heading)
        if found is None:
            raise ValueError(f"no review begins with {heading!r}")
        kept = tuple(line for line in lines if line.strip() and not line.startswith("%%"))
        yield Scene(found[1], found[2], int(found[3]), int(found[4]), kept)


def shipped() -> tuple[Scene, ...]:
    """Return the script that comes with lrtui; the review that is live comes last."""
    return tuple(read(_SCRIPT.read_text("utf-8")))


def play(root: Path, scene: Scene, now: datetime, author: str) -> str:
    """Make a review as the scene tells it, in the library in the folder `root`; return its name."""
    desk = Desk(Library(root), author=author)
    zone = dates.zone(desk.zone)
    held = dates.add_working_days(now.astimezone(zone).date(), -scene.held)
    began = datetime.combine(held, _BEGINS, zone) if scene.held else now - timedelta(seconds=scene.seconds)
    desk.clock = clock = Clock(began.astimezone(now.tzinfo))
    day = dates.add_working_days(held, -scene.incident).isoformat()
    session = desk.begin(scene.title, scene.template)
    try:
        for line in scene.lines:
            for intent in _meant(line.replace("{day}", day), session.review):
                session.perform(intent)
            clock.forward(_length(line))
    finally:
        session.close()
    return session.name


def _length(line: str) -> int:
    word, _, span = line.removeprefix("% ").partition(" ")
    if line.startswith("% ") and word == "wait":
        minutes, seconds = span.split(":")
        return 60 * int(minutes) + int(seconds)
    return _TYPING


def _meant(line: str, review: Review) -> Iterator[Intent]:
    if line.startswith("% "):
        word, _, rest = line.removeprefix("% ").partition(" ")
        if word != "wait":
            yield _DIRECTIONS[word](rest, review)
        return
    command = slash(line)
    if command is None:
        yield intents.capture_line(line)
    elif command.word.startswith(("+", "-")):
        yield intents.retime(replan.WISHES["time"](command.word, UTC))
    else:
        yield _COMMANDS[command.word](command.rest)


def _two(operation: Callable[[str, str], Intent]) -> Callable[[str], Intent]:
    def with_rest(words: str) -> Intent:
        first, _, rest = words.partition(" ")
        return operation(first, rest)

    return with_rest


_COMMANDS: dict[str, Callable[[str], Intent]] = {
    "person": intents.add_people,
    "fact": _two(intents.set_fact),
    "moment": _two(intents.set_moment),
    "next": lambda _: intents.next_step(),
    "skip": lambda _: intents.skip_step(),
    "late": lambda name: intents.set_presence(name, Presence.LATE),
    "here": lambda name: intents.set_presence(name, Presence.PRESENT),
    "left": lambda name: intents.set_presence(name, Presence.LEFT),
    "close": lambda _: intents.wrap_up(),
    "finish": lambda _: intents.finish(),
}


def _votes(words: str, review: Review) -> Intent:
    hint = next(hint for hint in closing.hints(review) if hint.kind == "feedback")
    return intents.settle(hint, words)


def _state(words: str, review: Review) -> Intent:
    """Read `STATE: beginning of the action: reason`."""
    state, beginning, reason = (*(part.strip() for part in words.split(":")), "")[:3]
    action = next(action for action in review.actions.values() if action.text.startswith(beginning))
    return intents.set_state(action.id, State(state), reason)


_DIRECTIONS: dict[str, Callable[[str, Review], Intent]] = {
    "start": lambda _, __: intents.start(),
    "tags": lambda tags, _: intents.set_tags(tags),
    "votes": _votes,
    "state": _state,
}
