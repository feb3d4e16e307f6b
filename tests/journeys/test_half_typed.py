"""What was half typed when the program was killed is back where it was typed."""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.running import begun
from tests.journeys.rooms import OPEN, live

if TYPE_CHECKING:
    from tests.conftest import StartTerminal
    from tests.terminal import Terminal


def on_disk() -> list[str]:
    """Return all that is half typed in the library."""
    folder = Path(os.environ["LRTUI_LIBRARY"]) / ".cache" / "drafts"
    return [path.read_text("utf-8") for path in folder.glob("*.txt")]


def killed_when_on_disk(screen: Terminal, text: str) -> None:
    """Kill the program as soon as a half-typed text is on disk."""
    screen.until(lambda _: text in on_disk(), "the half-typed text on disk")
    screen.kill(signal.SIGKILL)
    assert screen.exit_status() == 128 + signal.SIGKILL


@pytest.mark.usefixtures("library")
def test_a_killed_program_brings_back_what_was_half_typed_in_the_set_up_and_at_the_close(
    terminal: StartTerminal,
) -> None:
    begun()
    screen = terminal(OPEN)
    screen.wait("All of this is optional.")
    screen.key("Down")
    screen.type("check")
    killed_when_on_disk(screen, "check")
    screen = terminal(OPEN)
    screen.wait("Typed before and not kept yet: Which service or product.")
    screen.type("out")
    screen.key("F8")
    screen.wait("❯ note")
    screen.type("p: lunch\r")
    screen.wait("parked")
    screen.key("F9")
    screen.wait("Parked: lunch")
    screen.key("Down")
    screen.wait("▸ Parked: lunch")
    screen.type("act")
    killed_when_on_disk(screen, "act")
    screen = terminal(OPEN)
    screen.wait("❯ note")
    screen.key("F9")
    shown = screen.wait("What was being typed is back on its point.")
    assert "▸ Parked: lunch" in shown
    assert "❯ act" in shown


@pytest.mark.usefixtures("library")
def test_nothing_of_it_is_left_when_everything_was_entered(terminal: StartTerminal) -> None:
    live("p: lunch")
    screen = terminal(OPEN)
    screen.wait("❯ note")
    screen.key("F9")
    screen.wait("▸ No learnings yet")
    screen.type("keep it ")
    screen.until(lambda _: on_disk() == ["keep it "], "the half-typed text on disk")
    screen.type("small\r")
    screen.wait("▸ Parked: lunch")
    screen.key("C-q")
    assert screen.exit_status() == 0
    assert on_disk() == []
