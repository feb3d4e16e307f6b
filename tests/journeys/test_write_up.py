"""A write-up typed alone in a real terminal, in less than five minutes, and what others read of it then.

The incident is that of the sample library, the tea shop's slow checkout. The file that comes out is shown as
`docs/example-solo.md`; LRTUI_WRITE_EXAMPLE=1 writes it anew.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.journeys.clocked import HeldClock
from tests.journeys.test_whole_review import WRITE, as_kept

if TYPE_CHECKING:
    from tests.conftest import StartTerminal
    from tests.terminal import Terminal

EXAMPLE = Path(__file__).parents[2] / "docs" / "example-solo.md"
MONDAY = datetime(2026, 11, 23, 15, 30, tzinfo=UTC)
MOST = 5 * 200  # key presses: five minutes of somebody who types two hundred characters a minute

TITLE = "Slow checkout at lunchtime"
KNOWN = (
    "/fact service checkout",
    "/fact severity sev2",
    "/person Bo Nguyen: responder, platform",
    "/moment started 11-23 11:52",
    "/moment detected 11:58",
    "/moment resolved 12:47",
)
SECTIONS = {
    "Summary": (
        "For 55 minutes paying took up to half a minute; 12 people paid twice. Looking up a voucher read a table grown"
        " from 900 to 210 000 rows, and each slow try was made again. An index ended it.",
    ),
    "Timeline": (
        "11:45 newsletter with a voucher to 40 000 people",
        "11:58 two chats: the pay button keeps spinning",
        "12:04 pager: payments above 4 s",
        "~12:09 the card provider is suspected",
        "12:26 slow queries found: 1.8 s a voucher",
        "12:33 second tries off, connections fall @bo",
        "12:44 index live, a look-up takes 4 ms",
    ),
    "What went well": ("The switch for second tries, unused since autumn, worked",),
    "What was hard": ("Three dashboards, none shows connections beside payments",),
    "Learnings": ("A newsletter is load, and so is a second try",),
    "Open questions": ("What would have told us that the wait was on our side?",),
    "Actions": ("Limit second tries, with a pause @bo team:platform ^+2w",),
    "Before you send": ("Read by Bo, who was there",),
}


class Typist:
    """Somebody at the keyboard of a terminal, whose key presses are counted."""

    def __init__(self, screen: Terminal, before: str) -> None:
        self.screen = screen
        self.pressed = len(before)

    def key(self, name: str) -> None:
        """Press one key."""
        self.screen.key(name)
        self.pressed += 1

    def enter(self, line: str) -> None:
        """Type a line and press Enter."""
        self.screen.type(line)
        self.pressed += len(line)
        self.key("Enter")


@pytest.mark.usefixtures("library")
def test_a_good_short_write_up_is_typed_in_less_than_five_minutes(terminal: StartTerminal, tmp_path: Path) -> None:
    clock = HeldClock(tmp_path / "clock", MONDAY)
    folder = tmp_path / "exported"
    folder.mkdir()
    screen = terminal([*clock.command, "new", "--solo", "--title", TITLE], cwd=folder, env={"TZ": "UTC"})
    typist = Typist(screen, f'lrtui new --solo --title "{TITLE}"\n')
    screen.wait("nothing written yet")
    for line in KNOWN:
        typist.enter(line)
    screen.wait("known    service: checkout · severity: sev2 · started: 2026-11-23 11:52")
    for section, lines in SECTIONS.items():
        screen.wait(f"▸ {section}")
        for line in lines:
            typist.enter(line)
        typist.key("F8")
    screen.wait(f"Closing: {TITLE}")
    typist.key("F8")
    screen.wait("F8 again ends the write-up")
    typist.key("F8")
    screen.wait("Done. ")
    typist.key("F3")
    screen.wait("Copied to tmux's buffer")
    assert typist.pressed <= MOST
    (file,) = folder.glob("*.md")
    exported = file.read_text("utf-8")
    if WRITE:
        EXAMPLE.write_text(as_kept(exported), "utf-8")
    assert as_kept(exported) == EXAMPLE.read_text("utf-8")


EDITOR = """#!/bin/sh
printf '%s\\n' 'Paying was slow.' '' 'Nobody knew why.' 'Then somebody did.' >"$1"
"""


def test_its_summary_may_be_written_in_ones_own_editor(terminal: StartTerminal, tmp_path: Path, library: Path) -> None:
    editor = tmp_path / "ed"
    editor.write_text(EDITOR)
    editor.chmod(0o700)
    clock = HeldClock(tmp_path / "clock", MONDAY)
    screen = terminal([*clock.command, "new", "--solo", "--title", "Slow"], env={"EDITOR": str(editor)})
    screen.wait("nothing written yet")
    screen.key("C-n")
    screen.wait("Then somebody did.")
    shown = screen.wait("still empty: Timeline")
    assert "Paying was slow.\n\n" in "\n".join(line.strip(" ▅▆▇█▄▃▂▁") for line in shown.split("\n"))
    screen.key("F4")
    screen.wait("lines of Markdown")
    shown = screen.wait("Nobody knew why.\\")
    assert "Paying was slow.\n\n" in "\n".join(line.strip() for line in shown.split("\n"))
    screen.key("C-q")
    assert screen.exit_status() == 0
    assert os.environ["LRTUI_LIBRARY"] == str(library)
