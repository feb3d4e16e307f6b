"""The terminal that journeys are driven in does what a person at a keyboard does."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING

import pytest

from tests.terminal import REQUIRE, NotShown, require_tmux

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import StartTerminal

ECHO = ["sh", "-c", 'while read -r line; do echo "heard <$line>"; done; echo bye']

# Reads keys one by one and shows each as it arrived; asks for marked pastes, the mouse and the alternate screen.
KEYS = """
import os, sys, termios, tty
before = termios.tcgetattr(0)
tty.setraw(0)
os.write(1, b"\\x1b[?1049h\\x1b[?1000h\\x1b[?2004hready ")
while (data := os.read(0, 4096)) != b"q":
    os.write(1, ascii(data)[2:-1].encode() + b" ")
os.write(1, b"\\x1b[?2004l\\x1b[?1000l\\x1b[?1049l")
termios.tcsetattr(0, termios.TCSANOW, before)
print("left")
"""


def python(source: str) -> list[str]:
    return [sys.executable, "-c", source]


def test_what_is_typed_reaches_the_program(terminal: StartTerminal) -> None:
    screen = terminal(ECHO)
    screen.type("Zoë said: 14:05; -x 'quoted' #{pid} $HOME;")
    screen.key("Enter")
    screen.wait("heard <Zoë said: 14:05; -x 'quoted' #{pid} $HOME;>")


def test_a_line_longer_than_one_message_arrives_whole(terminal: StartTerminal) -> None:
    screen = terminal(["sh", "-c", "read -r line; echo ${#line} characters"], size=(80, 40))
    screen.type(";" * 1000 + "x" * 1500)
    screen.key("Enter")
    screen.wait("2500 characters")


def test_keys_arrive_as_a_terminal_sends_them(terminal: StartTerminal) -> None:
    screen = terminal(python(KEYS))
    screen.wait("ready")
    screen.key("Up", "F5", "C-n", "Escape", ";")
    screen.wait(r"\x1b[A\x1b[15~\x0e\x1b;")


def test_a_paste_arrives_in_one_marked_piece(terminal: StartTerminal) -> None:
    screen = terminal(python(KEYS))
    screen.wait("ready")
    screen.paste("one\ntwo;")
    screen.wait(r"\x1b[200~one\rtwo;\x1b[201~")


def test_a_clean_exit_is_told_from_an_unclean_one(terminal: StartTerminal) -> None:
    clean = terminal(python(KEYS))
    killed = clean.beside(python(KEYS))
    for screen in (clean, killed):
        screen.wait("ready")
        assert screen.alternate
        assert screen.mouse
    clean.key("q")
    killed.kill(signal.SIGKILL)
    assert clean.exit_status() == 0
    assert killed.exit_status() == 128 + signal.SIGKILL
    assert (clean.alternate, clean.mouse) == (False, False)
    assert (killed.alternate, killed.mouse) == (True, True)


def test_the_program_has_the_size_it_was_given_and_learns_of_another(terminal: StartTerminal) -> None:
    size = "import os; os.write(1, ('size %d %d seen\\n' % os.get_terminal_size()).encode())"
    source = f"import signal; signal.signal(signal.SIGWINCH, lambda *_: exec({size!r})); {size}"
    screen = terminal(python(f"{source}\nwhile True: signal.pause()"), size=(63, 17))
    screen.wait("size 63 17 seen")
    screen.resize(120, 40)
    screen.wait("size 120 40 seen")


def test_the_exit_status_and_the_last_screen_stay_readable(terminal: StartTerminal) -> None:
    screen = terminal(["sh", "-c", "echo last words; exit 3"])
    assert screen.exit_status() == 3
    shown = screen.wait("[exit 3]")
    assert "last words" in shown


def test_every_byte_written_is_kept(terminal: StartTerminal) -> None:
    screen = terminal(["sh", "-c", r"printf '\033[31mred\033[0m\n'; seq 2000; printf '\033]52;c;aGk=\a'"])
    screen.exit_status()
    written = screen.raw()
    assert written.startswith(b"\x1b[31mred\x1b[0m\r\n1\r\n2\r\n")
    assert b"\r\n2000\r\n\x1b]52;c;aGk=\x07" in written


def test_bytes_can_be_waited_for_while_the_program_runs(terminal: StartTerminal) -> None:
    screen = terminal(["sh", "-c", r"printf '\033]0;a title\a'; exec sleep 60"])
    assert screen.raw(until=b"a title\x07") == b"\x1b]0;a title\x07"


def test_colours_can_be_read(terminal: StartTerminal) -> None:
    screen = terminal(["sh", "-c", r"printf 'a \033[31mred\033[0m word\n'"])
    assert "a red word" in screen.wait("[exit 0]")
    assert "\x1b[31mred" in screen.screen_ansi()


def test_the_program_is_the_process_that_is_named(terminal: StartTerminal) -> None:
    screen = terminal(["sh", "-c", "echo I am $$.; exec sleep 60"])
    screen.wait(f"I am {screen.pid}.")


def test_the_environment_and_the_folder_are_the_ones_given(terminal: StartTerminal, tmp_path: Path) -> None:
    folder = tmp_path / "a folder"
    folder.mkdir()
    screen = terminal(["sh", "-c", 'echo "$GREETING" from "$(basename "$PWD")"'], env={"GREETING": "hi"}, cwd=folder)
    screen.wait("hi from a folder")


def test_what_is_not_shown_is_told_with_the_screen(terminal: StartTerminal) -> None:
    screen = terminal(["sh", "-c", "echo something else; exec sleep 60"])
    screen.wait("something else")
    with pytest.raises(NotShown, match=r"(?s)'this' on the screen.*still running.*│something else"):
        screen.wait("this", timeout=0.1)


def test_nothing_is_waited_for_after_the_program_has_ended(terminal: StartTerminal) -> None:
    screen = terminal(["sh", "-c", "echo done"])
    with pytest.raises(NotShown, match="ended with 0"):
        screen.wait("this", timeout=1000)


def test_text_that_goes_away_is_noticed(terminal: StartTerminal) -> None:
    screen = terminal(["sh", "-c", "echo here; read -r _; clear; exec sleep 60"])
    screen.wait("here")
    screen.key("Enter")
    assert screen.gone("here").strip() == ""


def test_a_program_that_ignores_the_hang_up_is_ended_too(terminal: StartTerminal, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    ignoring = "import signal; [signal.signal(n, signal.SIG_IGN) for n in (signal.SIGHUP, signal.SIGTERM)]"
    screen = terminal(python(f"{ignoring}; held = open({str(pipe)!r}, 'w')\nwhile True: signal.pause()"))
    with pipe.open() as other_end:
        screen.close()
        assert other_end.read() == ""


def test_a_missing_tmux_skips_the_test_unless_it_is_required(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.delenv(REQUIRE, raising=False)
    with pytest.raises(pytest.skip.Exception):
        require_tmux()
    monkeypatch.setenv(REQUIRE, "1")
    with pytest.raises(pytest.fail.Exception):
        require_tmux()


def test_a_test_has_a_home_of_its_own(home: Path, library: Path) -> None:
    assert os.environ["HOME"] == str(home)
    assert list(home.iterdir()) == []
    assert os.environ["LRTUI_LIBRARY"] == str(library)
    assert not library.exists()
