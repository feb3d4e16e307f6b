"""Room and console side by side in two terminals, on one review."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import pytest

from lrtui.app.screens.base import FOLLOW_EVERY
from lrtui.desk import Desk
from lrtui.review import intentions, intents
from lrtui.store.library import Library
from tests.journeys.rooms import LRTUI, OPEN, enter, live

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import StartTerminal
    from tests.terminal import Terminal

PEOPLE = "Ana Lima: responder, payments; Bo Chen: facilitator; Cy Diaz: expert"


@pytest.fixture
def screens(terminal: StartTerminal, library: Path) -> tuple[Terminal, Terminal]:
    desk = Desk(Library(library))
    earlier = desk.begin("SENTINEL of earlier")
    earlier.perform(intents.capture_line("zebras in the gateway"))
    earlier.perform(intentions.intend(desk.author, "hold SENTINEL silence"))
    earlier.close()
    live("// SENTINEL at the beginning", people=PEOPLE)
    room = terminal(OPEN)
    room.wait("❯ note")
    console = room.beside([*LRTUI, "console", "slow"], size=(120, 40))
    console.wait("Console · 1 Welcome")
    return room, console


def test_nothing_of_the_console_is_ever_written_to_the_terminal_of_the_room(screens: tuple[Terminal, Terminal]) -> None:
    room, console = screens
    console.wait("SENTINEL at the beginning")
    console.wait("Next time I will hold SENTINEL silence")
    enter(room, "the gateway has zebras")
    console.wait("SENTINEL of earlier")
    enter(console, "// SENTINEL from the console", "/spoke @ana", "/spoke @ana", "/queue @cy", "/ask 2")
    console.wait("SENTINEL from the console")
    console.wait("Wants to speak")
    room.type("// SENTINEL typed in the room")
    room.wait("•••••")
    room.key("Enter")
    room.wait("A private line is kept")
    console.wait("SENTINEL typed in the room")
    room.paste("// SENTINEL pasted")
    room.wait("•••••")
    room.key("Enter")
    console.wait("SENTINEL pasted")
    enter(console, "said for everybody")
    room.wait("said for everybody")
    enter(console, "// SENTINEL after it")
    console.wait("SENTINEL after it")
    enter(room, "/kind learning", "/delete")
    room.wait("Deleted: “said for everybody”")
    room.key("C-z")
    room.wait("Undone: delete line")
    console.type("// SENTINEL half typed")
    console.wait("SENTINEL half typed")
    room.key("F9")
    room.wait("Closing")
    room.type("// SENTINEL at the close")
    room.wait("•••••")
    room.key("Enter")
    console.wait("SENTINEL at the close")
    room.key("F7")
    room.wait("❯ note")
    for key, mark in (("F4", "lines of Markdown"), ("Escape", "❯ note"), ("F9", "Closing"), ("F7", "❯ note")):
        room.key(key)
        room.wait(mark)
    room.key("C-q")
    assert room.exit_status() == 0
    written = room.raw().decode("utf-8", "replace")
    for secret in ("SENTINEL", "Wants to speak", "not heard", "Welcome: say", "For you", "In the room", "Next time I"):
        assert secret not in written, secret


def test_what_is_done_in_one_is_soon_in_the_other(screens: tuple[Terminal, Terminal]) -> None:
    room, console = screens
    enter(console, "first line from the console")
    room.wait("first line from the console")
    enter(room, "and one from the room")
    console.wait("and one from the room")
    console.key("F8")
    room.wait("▸ Earlier actions")
    assert FOLLOW_EVERY < 0.5, "seconds between two looks at what the other has done"


def test_who_leaves_the_console_leaves_the_clock_running(screens: tuple[Terminal, Terminal]) -> None:
    room, console = screens
    console.key("C-q")
    assert console.exit_status() == 0
    enter(room, "still here")
    room.wait("still here")
    assert "paused" not in room.screen()


def test_a_console_outlives_a_room_that_is_killed(screens: tuple[Terminal, Terminal]) -> None:
    room, console = screens
    room.kill(signal.SIGKILL)
    assert room.exit_status() == 128 + signal.SIGKILL
    enter(console, "the room is gone, and this is kept")
    console.wait("the room is gone, and this is kept")
    again = console.beside(OPEN)
    again.wait("the room is gone, and this is kept")
