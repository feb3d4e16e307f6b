"""A rehearsal in a real terminal, and its console in a second one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.journeys.rooms import LRTUI, enter

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import StartTerminal

REHEARSE = [*LRTUI, "rehearse"]


def test_a_rehearsal_from_the_first_word_to_the_last_with_its_console(terminal: StartTerminal, tmp_path: Path) -> None:
    env = {"TMPDIR": str(tmp_path)}
    room = terminal(REHEARSE, env=env)
    room.wait("The clock stands. F5 lets it go on.")
    room.wait("`lrtui rehearse --console` opens your console")
    console = room.beside([*REHEARSE, "--console"], env=env, size=(120, 40))
    console.wait("4:00 left of 4 min")
    room.key("F5")
    room.wait("Farid  My laptop is installing updates")
    console.until(lambda shown: "left of 4 min" in shown and "4:00 left" not in shown, "the console's clock going")
    enter(room, "Who leads takes the notes today @farid")
    room.wait("note  Who leads takes the notes today")
    console.wait("Who leads takes the notes today")
    enter(console, "/ask 2", "// Bo is out of breath")
    console.wait("✓ Which question did you bring")
    room.wait("Ana    The question that I bring")
    console.key("F8", "F8")
    room.wait("▸ Timeline")
    room.wait("Bo     We put deploy 812 out")
    enter(room, "11:30 deploy 812: vouchers together with gift cards @bo")
    room.wait("11:30  deploy 812")
    room.key("F9")
    room.wait("Closing: Slow checkout at lunchtime")
    room.key("F8")
    room.wait("F8 again ends the meeting")
    room.key("F8")
    shown = room.wait("How the rehearsal went")
    assert re.search(r"Said +\d+ remarks; 3 lines taken down", shown)
    assert re.search(r"Prompts +1 of \d+ ticked", shown)
    room.key("Escape")
    room.gone("How the rehearsal went")
    console.key("C-q")
    assert console.exit_status() == 0
    room.key("C-q")
    assert room.exit_status() == 0
    assert "Nobody takes down everything." in " ".join(room.wait("[exit 0]").split())
    assert not room.alternate
    assert b"is out of breath" not in room.raw(), "what was noted in the console was in no other terminal"
    assert not list(tmp_path.glob("lrtui-rehearsal-*"))
