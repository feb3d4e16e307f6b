"""Text that would like to be obeyed, by the terminal or by the program, is only shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.cli.running import done
from tests.journeys.rooms import LRTUI, OPEN, live

if TYPE_CHECKING:
    from tests.conftest import StartTerminal
    from tests.terminal import Terminal

CLIPBOARD = "\x1b]52;c;cHduZWQ=\x07"  # sets the clipboard of the terminal
HOSTILE = (
    f"escape {CLIPBOARD} clipboard",
    "title \x1b]0;pwned\x07 title",
    "answer \x1b[6n\x1b[c answer",
    "clear \x1b[2J\x1b[H\x1bc clear",
    "leave \x1b[?1049l\x1b[?1000l leave",
    "one byte \x9b2J \x9d52;c;cHduZWQ=\x9c one byte",
    "bidi \u202egnp.exe\u202c \u2066x\u2069 \u200f bidi",
    "markup [/x] [red]not red[/red] [b",
    "link [@click=app.quit]quit[/] link",
    "bell \x07\x08\x7f\x00 bell",
    "lines \u2028\u2029\x0b\x0c\x85 lines",
)
# What must never be among the bytes that the program writes: it asks for none of these itself.
FORBIDDEN = (
    *(b"\x1b]52", b"\x1b]0;", b"\x1b[6n", b"\x1b[c", b"\x1b[2J", b"\x1bc", b"\x07", b"\x08", b"\x7f"),
    *(char.encode() for char in "\u202e\u202c\u2066\u2069\u200f\u2028\u2029\x85\x9b\x9c\x9d\x0b\x0c"),
)


@pytest.fixture
def reviews(library: object) -> None:
    """Make a library in which every text that can be hostile is."""
    text = " ".join(HOSTILE)
    live(*HOSTILE, *(f"a: {line}" for line in HOSTILE), people=f"Ana {text}: responder, team {text}")
    done("new", "--no-open", "--title", f"Disk full {text}", "--fact", f"service={text}", "--tag", CLIPBOARD)


def harmless(screen: Terminal) -> None:
    """See that nothing hostile was written, and that nobody has set tmux's clipboard."""
    written = re.sub(rb"\x1b\]22;[a-z]+\x07", b"", screen.raw())  # the shape of the pointer, asked for by Textual
    for part in FORBIDDEN:
        assert part not in written, part
    assert b"\x1b[?1049l" not in written[: written.rfind(b"\x1b[?1049h")]
    assert screen.buffers() == []


def shows(screen: Terminal, *parts: str) -> None:
    """Wait until all these are on the screen."""
    screen.until(lambda shown: all(part in shown for part in parts), " and ".join(parts))


@pytest.mark.usefixtures("reviews")
def test_hostile_lines_are_harmless_on_every_screen(terminal: StartTerminal) -> None:
    screen = terminal(LRTUI, size=(120, 60))
    shows(screen, "Slow checkout", "Disk full", "[/x]", "app.quit")
    screen.type("Slow checkout")
    screen.key("Enter")
    shows(screen, "❯ note", "markup [/x] [red]not red[/red] [b", "link [@click=app.quit]quit[/] link", "␛]52;c;")
    screen.key("F9")
    shows(screen, "Closing: ", "Early idea: markup [/x]")
    screen.key("F4")
    shows(screen, "lines of Markdown", "app.quit")
    screen.key("PPage", "NPage", "NPage", "NPage", "Escape", "F2")
    shows(screen, " set-up", "@ana")
    screen.key("Escape", "F7")
    shows(screen, "❯ note")
    screen.key("Up")
    shows(screen, "Editing: ", "❯ ")
    screen.key("Escape")
    screen.type("see #")
    screen.key("Tab", "C-u", "C-q")
    assert screen.exit_status() == 0
    harmless(screen)


@pytest.mark.usefixtures("reviews")
def test_hostile_keys_and_pastes_are_harmless(terminal: StartTerminal) -> None:
    screen = terminal(OPEN)
    screen.wait("❯ note")
    for line in HOSTILE:
        screen.paste(line.replace("\x00", ""))
        screen.key("Enter")
    screen.paste("\n".join(line for line in HOSTILE if "\x1b" not in line and "\x00" not in line))
    screen.wait("5 lines pasted")
    screen.key("Enter")
    screen.wait("lines added.")
    screen.key("C-q")
    assert screen.exit_status() == 0
    harmless(screen)


@pytest.mark.usefixtures("reviews")
def test_a_click_on_a_link_in_a_note_does_not_follow_it(terminal: StartTerminal) -> None:
    screen = terminal(OPEN)
    screen.wait("❯ note")
    screen.type("[@click=app.quit]leave now[/]\r")
    shown = screen.wait("note  [@click=app.quit]leave now[/]")
    row = next(at for at, line in enumerate(shown.split("\n"), 1) if "leave now" in line)
    column = shown.split("\n")[row - 1].index("leave now") + 3
    screen.type(f"\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m")
    screen.wait("Editing: ")
    harmless(screen)


@pytest.mark.usefixtures("reviews")
def test_hostile_text_is_harmless_on_the_command_line(terminal: StartTerminal) -> None:
    words = " && ".join(f"{' '.join(LRTUI)} {verb}" for verb in ("list", "show slow-c", "where", "show nothing"))
    screen = terminal(["sh", "-c", words])
    screen.exit_status()
    harmless(screen)
