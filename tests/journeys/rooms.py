"""Ways into a room: a review whose meeting has begun, and the program open on it."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from lrtui.desk import Desk
from lrtui.review import intents
from lrtui.store.library import Library

if TYPE_CHECKING:
    from tests.conftest import StartTerminal
    from tests.terminal import Terminal

LRTUI = [sys.executable, "-m", "lrtui"]
OPEN = [*LRTUI, "open", "slow"]


def live(*lines: str, people: str = "Ana Lima: responder") -> str:
    """Begin a review in the test's library and its meeting; return its name."""
    session = Desk(Library(Path(os.environ["LRTUI_LIBRARY"]))).begin("Slow checkout")
    session.perform(intents.add_people(people))
    session.perform(intents.start())
    if lines:
        session.perform(intents.capture_block(lines))
    session.close()
    return session.name


def first_start(screen: Terminal) -> None:
    """Leave the lesson that is there before anything was ever saved."""
    screen.wait("The capture line, in a minute")
    screen.key("Escape")
    screen.gone("The capture line, in a minute")


def enter(screen: Terminal, *lines: str) -> None:
    """Type lines and enter each."""
    for line in lines:
        screen.type(line)
        screen.key("Enter")


def room(terminal: StartTerminal, *lines: str) -> Terminal:
    """Open a review whose meeting has begun."""
    live(*lines)
    screen = terminal(OPEN)
    screen.wait("❯ note")
    return screen
