"""The mouse in a real terminal: clicks and the wheel, as a terminal sends them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.journeys.rooms import room

if TYPE_CHECKING:
    from tests.conftest import StartTerminal
    from tests.terminal import Terminal

WHEEL_UP = 64


def click(screen: Terminal, text: str) -> None:
    row, column = place(screen, text)
    screen.type(f"\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m")


def place(screen: Terminal, text: str) -> tuple[int, int]:
    """Return row and column of a text, as a terminal counts them, within its second letter."""
    lines = screen.wait(text).split("\n")
    row = next(at for at, line in enumerate(lines) if text in line)
    return row + 1, lines[row].index(text) + 2


@pytest.mark.usefixtures("library")
def test_a_meeting_can_be_led_and_its_lines_be_changed_with_the_mouse(terminal: StartTerminal) -> None:
    screen = room(terminal, *(f"line {number}" for number in range(40)))
    screen.wait("line 39")
    row, column = place(screen, "line 39")
    screen.type(f"\x1b[<{WHEEL_UP};{column};{row}M" * 20)
    click(screen, "line 10")
    screen.wait("❯ line 10")
    screen.key("Escape")
    click(screen, "Timeline")
    screen.wait("▸ Timeline")
    click(screen, "F5 pause")
    screen.wait("paused · ")
    click(screen, "F1 help")
    screen.wait("Keys and words: room")
    screen.type("\x1b[<0;1;1M\x1b[<0;1;1m")
    screen.wait("❯ event")
