"""However the program ends, it leaves a clean terminal, the right status, and everything that was typed."""

from __future__ import annotations

import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli.running import done
from tests.journeys.rooms import OPEN, live

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import StartTerminal
    from tests.terminal import Terminal


SECRET = "a word from the room"
FAULTY = (
    f"def fail(*_, **__): raise ZeroDivisionError({SECRET!r})\n{{source}} = fail\nfrom lrtui.cli.main import run; run()"
)

# What is made to fail, each at another place of the program, and the keys that lead there.
FAULTS = {
    "a command": ("from lrtui.app.screens import room; room.RoomScreen.do_more_time", ["F6"]),
    "a line": ("from lrtui.review import lines; lines.read", ["x"]),
    "the clock": ("from lrtui.app.screens import room; room.RoomScreen.tick", []),
    "drawing": ("from lrtui.app.widgets.rows import Rows; Rows.render_line", []),
    "a worker": ("from lrtui import clipboard; clipboard.copy", ["F3"]),
    "leaving": ("from lrtui.session import Session; Session.leave", ["C-q"]),
}


@pytest.fixture
def room(terminal: StartTerminal, library: object) -> Terminal:
    """Open a review whose meeting has begun, with half a line typed."""
    live()
    screen = terminal(OPEN)
    screen.wait("❯ note")
    assert screen.alternate
    assert screen.mouse
    screen.type("one whole line\rhalf a li")
    screen.wait("❯ half a li")
    return screen


def left_clean(screen: Terminal, status: int) -> str:
    """See that the program has ended with a status and left nothing behind; return what it has said."""
    assert screen.exit_status() == status
    written = screen.raw()
    assert not screen.alternate
    assert not screen.mouse
    assert written.rfind(b"\x1b[?25h") > written.rfind(b"\x1b[?25l"), "the cursor is hidden"
    assert written.rfind(b"\x1b[?2004l") > written.rfind(b"\x1b[?2004h"), "pastes are still marked"
    shown = screen.wait(f"[exit {status}]")
    assert "Traceback" not in shown
    assert "whole line" not in shown
    return " ".join(shown.split(f"[exit {status}]")[0].split())


def is_all_there(terminal: StartTerminal) -> None:
    """Open the review again: the whole line is in it, and the half one is back on the line."""
    screen = terminal(OPEN)
    shown = screen.wait("The line that was being typed is back.")
    assert "❯ half a li" in shown
    assert "one whole line" in shown


def test_ctrl_q_leaves_without_a_word(room: Terminal, terminal: StartTerminal) -> None:
    room.key("C-q")
    assert left_clean(room, 0) == ""
    is_all_there(terminal)


def test_leave_ends_a_review_that_was_opened_by_name(room: Terminal, terminal: StartTerminal) -> None:
    room.key("C-u")
    room.type("/leave\r")
    assert left_clean(room, 0) == ""
    assert "one whole line" in done("show", "slow").stdout


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_is_obeyed_and_told_by_the_status(
    room: Terminal, terminal: StartTerminal, number: signal.Signals
) -> None:
    room.kill(number)
    assert left_clean(room, 128 + number) == ""
    is_all_there(terminal)


def test_what_is_typed_right_before_the_end_is_not_lost(room: Terminal, terminal: StartTerminal) -> None:
    room.type("ne, and more\x11")
    assert left_clean(room, 0) == ""
    screen = terminal(OPEN)
    screen.wait("❯ half a line, and more")


def test_closing_the_window_ends_the_program(room: Terminal, terminal: StartTerminal) -> None:
    pid = room.pid
    other = room.beside(["sleep", "60"])
    room.close_window()
    other.until(lambda _: state(pid) in {"", "Z"}, "the program gone")
    is_all_there(terminal)


@pytest.mark.parametrize("number", [signal.SIGSTOP, signal.SIGTSTP])
def test_a_program_that_was_stopped_goes_on_and_leaves_clean(
    room: Terminal, terminal: StartTerminal, number: signal.Signals
) -> None:
    room.kill(number)
    room.until(lambda _: state(room.pid) == "T", "the program stopped")
    room.kill(signal.SIGCONT)
    room.wait("❯ half a li")
    room.type("ne")
    room.wait("❯ half a line")
    room.key("C-q")
    assert left_clean(room, 0) == ""


def state(pid: int) -> str:
    """Return the letter for what a process does: T stopped, Z ended but not yet counted; none where it is gone."""
    done = subprocess.run(["ps", "-o", "state=", "-p", str(pid)], capture_output=True, encoding="utf-8", check=False)
    return done.stdout.strip()


@pytest.mark.parametrize("fault", FAULTS)
def test_an_error_of_its_own_is_told_in_a_sentence_and_kept_in_a_file(
    terminal: StartTerminal, library: Path, tmp_path: Path, fault: str
) -> None:
    live("one whole line")
    source, keys = FAULTS[fault]
    screen = terminal(
        [sys.executable, "-c", FAULTY.format(source=source), "open", "slow"], env={"TMPDIR": str(tmp_path)}
    )
    if keys:
        screen.wait("❯ note")
        screen.key(*keys)
    said = left_clean(screen, 1)
    (report,) = tmp_path.glob("lrtui-*.txt")
    assert "saved" in said
    assert report.name in said.replace(" ", "")
    assert SECRET not in said
    assert SECRET in report.read_text("utf-8")
    assert "one whole line" in done("show", "slow").stdout
