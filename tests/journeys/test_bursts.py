"""Keys that come in a burst, as over a slow line or from quick hands, do what they do one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.running import begun, done
from tests.journeys import rooms
from tests.journeys.rooms import LRTUI, first_start

if TYPE_CHECKING:
    from tests.conftest import StartTerminal
    from tests.terminal import Terminal

ENTER, BACKSPACE, DOWN = "\r", "\x7f", "\x1b[B"
F1, F2, F7, F8 = "\x1bOP", "\x1bOQ", "\x1b[18~", "\x1b[19~"


@pytest.fixture
def room(terminal: StartTerminal, library: object) -> Terminal:
    """Open a review whose meeting has begun."""
    return rooms.room(terminal)


def captured() -> list[str]:
    """Return the notes of the review, as they are exported."""
    return [line[2:] for line in done("show", "slow").stdout.split("\n") if line.startswith("- ")]


def test_forty_lines_at_once_are_forty_lines_in_their_order(room: Terminal) -> None:
    lines = [f"line {number} as it was said" for number in range(1, 41)]
    room.type("".join(line + ENTER for line in lines))
    room.wait("note  line 40")
    assert captured() == lines


def test_a_backspace_within_a_burst_takes_away_what_stands_before_it(room: Terminal) -> None:
    room.type(f"one typpo{BACKSPACE * 2}o{ENTER}another lnie{BACKSPACE * 3}ine{ENTER}")
    room.wait("note  another line")
    assert captured() == ["one typo", "another line"]


def test_a_line_goes_to_the_step_that_was_open_when_it_was_entered(room: Terminal) -> None:
    room.type(f"first{ENTER}{F8}second{ENTER}{F8}{F7}third{ENTER}half {F7}a line{ENTER}")
    room.wait("half a line")
    room.wait("▸ Welcome")
    shown = room.screen()
    assert "first" in shown
    assert "second" not in shown
    room.key("F8")
    room.wait("▸ Earlier actions")
    shown = room.wait("third")
    assert "second" in shown
    assert "half" not in shown


def test_what_is_typed_after_the_key_for_help_narrows_it_down(room: Terminal) -> None:
    room.type(f"{F1}minute more")
    room.wait("Give the open step a minute more.")
    assert "Leave lrtui" not in room.gone("Leave lrtui")


@pytest.mark.usefixtures("library")
def test_a_title_and_what_is_known_can_be_typed_without_a_look(terminal: StartTerminal) -> None:
    screen = terminal(LRTUI)
    first_start(screen)
    screen.wait("No review yet.")
    people = f"Ana Lima: responder{ENTER}Bo Chen: facilitator{ENTER}Chi Wu: expert, data{ENTER}"
    screen.type(f"Slow checkout{F2}{ENTER}shop{ENTER}sev2{DOWN}{DOWN}alert{ENTER}{DOWN * 8}{people}")
    screen.wait("@chi")
    shown = screen.screen()
    assert "Slow checkout" in shown
    screen.type(F8)
    screen.wait("❯ note")
    told = done("show", "slow").stdout
    for row in ("product? | shop", "severe was it? | sev2", "come to know? | alert", "| Bo Chen |", "| Chi Wu |"):
        assert row in told


@pytest.mark.usefixtures("library")
def test_enter_pressed_twice_opens_a_review_once(terminal: StartTerminal) -> None:
    begun()
    screen = terminal(LRTUI)
    screen.wait("Slow checkout")
    screen.type(ENTER * 3 + "sev3")
    screen.wait("set-up")
    shown = screen.wait("sev3")
    assert "read" not in shown
    screen.key("Escape")
    screen.wait("Learning reviews")
    screen.wait("❯ search")
    assert "| How severe was it? | sev3 |" in done("show", "slow").stdout
