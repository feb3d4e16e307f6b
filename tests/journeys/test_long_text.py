"""The person's own editor in a real terminal: it has the screen and the keys for itself, and what it saves is kept."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest

from tests.cli.running import done
from tests.journeys.rooms import OPEN, enter, live, room

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import StartTerminal

# An editor of its own: it shows the text, adds each line that is typed, and is told to end by a full stop.
SCRIPT = """#!/bin/sh
trap 'echo "An interrupt."' INT
echo "The editor has:"
cat "$1"
echo "And what then?"
while :; do
    read -r line || continue
    [ "$line" = . ] && exit 0
    [ "$line" = crash ] && exit 3
    echo "$line" >>"$1"
    echo "Saved."
done
"""


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, library: Path) -> Path:
    """Have the script as one's own editor; a library is named."""
    path = tmp_path / "ed"
    path.write_text(SCRIPT)
    path.chmod(0o700)
    monkeypatch.setenv("VISUAL", str(path))
    assert not library.exists()
    return path


@pytest.mark.usefixtures("editor")
def test_the_editor_has_the_terminal_for_itself_and_its_text_is_one_entry(terminal: StartTerminal) -> None:
    screen = room(terminal)
    screen.type("It began slowly")
    screen.wait("❯ It began slowly")
    screen.key("C-n")
    shown = screen.wait("And what then?")
    assert "The editor has:\nIt began slowly\nAnd" in shown
    assert not screen.alternate
    assert not screen.mouse
    screen.key("C-c")
    screen.wait("An interrupt.")
    enter(screen, "")  # one at a time: what is typed ahead is echoed before the editor has read it
    screen.wait("Saved.")
    enter(screen, "It ended with F8 and *stars* @ana")
    screen.until(lambda shown: shown.count("Saved.") == 2, "both lines saved")
    screen.resize(80, 24)
    enter(screen, ".")
    shown = screen.wait("F1 help")
    screen.until(lambda shown: "It ended with F8 and *stars*" in shown and "@ana" in shown, "the whole text")
    assert screen.alternate
    assert screen.mouse
    assert done("show", "slow").stdout.endswith("- It began slowly\n\n  It ended with F8 and \\*stars\\* — Ana Lima\n")
    enter(screen, "and on it goes")
    screen.wait("note  and on it goes")
    screen.key("C-q")
    assert screen.exit_status() == 0


@pytest.mark.usefixtures("editor")
def test_where_the_editor_crashes_its_text_is_in_hand(terminal: StartTerminal) -> None:
    screen = room(terminal)
    enter(screen, "/editor")
    screen.wait("And what then?")
    enter(screen, "one", "", "two")
    screen.until(lambda shown: shown.count("Saved.") == 3, "the text saved")
    enter(screen, "crash")
    screen.wait("The editor “ed” ended with status 3. The text is in hand: Enter adds it")
    screen.wait("❯ a text of 3 lines: Enter adds it, Ctrl+N opens it, Escape leaves it")
    screen.key("Enter")
    screen.wait("note  one")
    assert done("show", "slow").stdout.endswith("- one\n\n  two\n")


@pytest.mark.usefixtures("editor")
def test_what_the_editor_had_saved_is_there_after_lrtui_was_killed_meanwhile(terminal: StartTerminal) -> None:
    screen = room(terminal)
    screen.key("C-n")
    screen.wait("And what then?")
    enter(screen, "one", "two")
    screen.until(lambda shown: shown.count("Saved.") == 2, "the text saved")
    screen.kill(signal.SIGKILL)
    screen.wait("[exit 137]")
    again = terminal(OPEN)
    again.wait("The line that was being typed is back.")
    again.wait("❯ a text of 2 lines: Enter adds it")
    again.key("Enter")
    again.wait("note  one")
    assert done("show", "slow").stdout.endswith("- one\\\n  two\n")


def test_an_editor_that_is_not_there_is_told_and_the_line_stays(terminal: StartTerminal, library: Path) -> None:
    live()
    screen = terminal(OPEN, env={"EDITOR": "no-such-editor --wait"})
    screen.wait("❯ note")
    screen.type("half a line")
    screen.wait("❯ half a line")
    screen.key("C-n")
    screen.wait("The editor “no-such-editor” was not found. Set $VISUAL or $EDITOR to one that is there.")
    screen.key("Enter")
    screen.wait("note  half a line")
    assert os.environ["LRTUI_LIBRARY"] == str(library)
