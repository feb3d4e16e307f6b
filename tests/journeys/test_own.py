"""What a person has made their own, in a real terminal: through tmux, with the file that they wrote."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from lrtui.commands import COMMANDS
from lrtui.settings.keys import FREE
from tests.cli.running import done
from tests.journeys.clocked import HeldClock
from tests.journeys.rooms import LRTUI, OPEN, enter, live
from tests.journeys.test_keys import see, shows, tmux_name

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import StartTerminal
    from tests.terminal import Terminal

SIGNS = {
    "help": ("Keys and words: ", "Escape"),
    "palette": ("Enter chooses", "Escape"),
    "pause": ("The clock stands", ""),
    "more-time": (r"Welcome 5 min .* 1 min later", ""),
    "next": ("▸ Earlier actions", ""),
    "undo": ("Undone: next step", ""),
    "redo": ("Done again: next step", ""),
    "preview": ("lines of Markdown", "Escape"),
    "theme": ("48;2;253;253;252", ""),
}


@pytest.fixture
def own(home: Path, library: Path) -> Path:
    """Return where the settings are expected, in a home with a library."""
    assert not library.exists()
    path = home / "config" / "lrtui" / "config.yaml"
    path.parent.mkdir(parents=True)
    return path


def room(terminal: StartTerminal, *words: str) -> Terminal:
    live()
    screen = terminal([*LRTUI, *words, *OPEN[len(LRTUI) :]])
    see(screen, "❯ note: type")
    return screen


def unseen(screen: Terminal, pattern: str) -> None:
    screen.until(lambda _: not shows(screen, pattern), f"{pattern} gone from the screen")


def rung(screen: Terminal) -> bool:
    """Tell whether a bell was written, apart from those that end an operating system command."""
    return b"\a" in re.sub(rb"\x1b\][^\a\x1b]*\a", b"", screen.raw())


def test_a_key_of_ones_own_comes_through_and_the_footer_shows_it(own: Path, terminal: StartTerminal) -> None:
    own.write_text("keys: {next: f7, previous: f8, skip: f10}\n")
    screen = room(terminal)
    assert re.search(r"F7 next .*F8 back", screen.screen().splitlines()[-1])
    screen.key("F7")
    see(screen, "▸ Earlier actions")
    screen.key("F8")
    see(screen, "▸ Welcome")
    screen.key("F10")
    see(screen, r"Skipped; F8 goes back to it\.")
    screen.key("F1")
    see(screen, "Keys and words: room")
    screen.type("skip")
    see(screen, r"F10  /skip")


def test_every_key_that_may_be_given_and_that_no_command_has_comes_through(own: Path, terminal: StartTerminal) -> None:
    given = dict(zip(SIGNS, sorted(set(FREE) - {command.key for command in COMMANDS}), strict=False))
    own.write_text("keys:\n" + "".join(f"  {name}: {key}\n" for name, key in given.items()))
    assert done("config", "check").stderr == "No faults in config.yaml.\n"
    screen = room(terminal)
    for name, key in given.items():
        sign, back = SIGNS[name]
        assert not shows(screen, sign), f"{sign} before {key}"
        screen.key(tmux_name(key))
        see(screen, sign)
        if back:
            screen.key(back)
            unseen(screen, sign)
    assert len(given) >= 3


def test_prefixes_theme_and_clock_of_ones_own_are_there(own: Path, terminal: StartTerminal) -> None:
    own.write_text('theme: light\nclock: both\nprefixes: {decision: ["so:"]}\n')
    screen = room(terminal)
    see(screen, "48;2;253;253;252")
    see(screen, r"\d:\d\d spent of 4 min")
    screen.type("so: we roll back")
    see(screen, r"❯ so: we roll back +decision")
    enter(screen, "")
    see(screen, r"decision +we roll back")


def test_a_slip_is_told_in_the_room_and_the_meeting_goes_on(own: Path, terminal: StartTerminal) -> None:
    own.write_text("keys: {next: ctrl+m}\n")
    screen = room(terminal)
    see(screen, r"config\.yaml has a fault in line 1: \"ctrl\+m\" arrives as Enter; \"f10\" is free\.")
    assert str(own.parent) not in screen.screen()
    screen.key("F8")
    see(screen, "▸ Earlier actions")


def test_the_bell_rings_in_the_terminal_when_time_is_up(own: Path, terminal: StartTerminal, tmp_path: Path) -> None:
    own.write_text("bell: on\nflash: on\n")
    clock = HeldClock(tmp_path / "clock", datetime.now(UTC))
    live()
    screen = terminal([*clock.command, "open", "slow"])
    screen.wait("❯ note: type")
    enter(screen, "the bell has not rung")
    screen.wait("note  the bell has not rung")
    assert not rung(screen)
    clock.move(minutes=5)
    screen.wait("over by")
    screen.until(lambda _: rung(screen), "the bell")


def test_a_file_that_is_edited_is_checked_and_used(own: Path, terminal: StartTerminal, tmp_path: Path) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nprintf "keys: {next: f7, previous: f8}\\n" >"$1"\n')
    editor.chmod(0o700)
    screen = terminal([*LRTUI, "config", "edit"], env={"EDITOR": str(editor)})
    screen.wait("No faults in config.yaml.")
    assert screen.exit_status() == 0
    assert "F7  /next" in re.sub(" +", "  ", done("keys").stdout)
