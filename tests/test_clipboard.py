from __future__ import annotations

import shutil
import subprocess
import threading
from typing import TYPE_CHECKING, Any

import pyperclip
import pytest

from lrtui import clipboard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TEXT = "# A review\n\nwith “quotes”, 日本語 and \x1b]52;c;aGk=\x07\n"


@pytest.fixture(autouse=True)
def _outside_tmux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TMUX", raising=False)


def inside_tmux(monkeypatch: pytest.MonkeyPatch, answer: Callable[..., Any]) -> None:
    monkeypatch.setenv("TMUX", "/tmp/tmux-0/default,1,0")  # noqa: S108 - never opened
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(subprocess, "run", answer)


def clipboard_program(
    monkeypatch: pytest.MonkeyPatch, copy: Callable[[str], None], paste: Callable[[], str] | None = None
) -> None:
    """Put a clipboard in place of the real one; what is read back from it is what was copied unless it says else."""
    held = [""]

    def keep(text: str) -> None:
        copy(text)
        held[0] = text

    monkeypatch.setattr(pyperclip, "copy", keep)
    monkeypatch.setattr(pyperclip, "paste", paste or (lambda: held[0]))


def test_what_is_copied_is_the_text_to_the_last_character(monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[str] = []
    clipboard_program(monkeypatch, copied.append)
    assert clipboard.copy(TEXT) == (True, "Copied to the clipboard.")
    assert copied == [TEXT]


def test_without_a_clipboard_program_it_is_said_that_nothing_was_copied(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(_: str) -> None:
        raise pyperclip.PyperclipException("xclip and xsel are missing\nsee the documentation")

    clipboard_program(monkeypatch, none)
    outcome = clipboard.copy("x")
    assert not outcome.copied
    assert outcome.said.startswith("Nothing was copied: no clipboard program was found")


@pytest.mark.parametrize("error", [FileNotFoundError("xclip"), subprocess.CalledProcessError(1, "xclip")])
def test_a_clipboard_program_that_fails_is_no_copy(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(_: str) -> None:
        raise error

    clipboard_program(monkeypatch, fail)
    assert not clipboard.copy("x").copied


def test_a_clipboard_program_that_fails_in_silence_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    clipboard_program(monkeypatch, lambda _: None, lambda: "what was there before")
    outcome = clipboard.copy(TEXT)
    assert not outcome.copied
    assert outcome.said == "Nothing was copied: the clipboard program failed. Is there a display for it?"


def test_line_ends_that_the_clipboard_changes_are_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    clipboard_program(monkeypatch, lambda _: None, lambda: TEXT.replace("\n", "\r\n").rstrip())
    assert clipboard.copy(TEXT).copied


def test_a_clipboard_that_cannot_be_read_back_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreadable() -> str:
        raise pyperclip.PyperclipException("copying only")

    clipboard_program(monkeypatch, lambda _: None, unreadable)
    assert clipboard.copy(TEXT).copied


@pytest.fixture
def never() -> Iterator[threading.Event]:
    """An event that does not come while the test runs; the thread that waits for it ends with the test."""
    event = threading.Event()
    yield event
    event.set()


def test_a_clipboard_program_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch, never: threading.Event) -> None:
    clipboard_program(monkeypatch, lambda _: (never.wait(), None)[1])
    monkeypatch.setattr(clipboard, "LONGEST_WAIT", 0.01)
    assert clipboard.copy("x") == (False, "Nothing was copied: the clipboard program does not answer.")


def test_inside_tmux_its_buffer_is_filled_through_tmux_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[list[str], bytes]] = []

    def run(command: list[str], **given: Any) -> subprocess.CompletedProcess[bytes]:  # noqa: ANN401
        calls.append((command, given["input"]))
        assert given["timeout"] == clipboard.LONGEST_WAIT
        return subprocess.CompletedProcess(command, 0)

    inside_tmux(monkeypatch, run)
    outcome = clipboard.copy(TEXT)
    assert outcome.copied
    assert "tmux" in outcome.said
    assert calls == [(["tmux", "load-buffer", "-w", "-"], TEXT.encode())]


def refusing(*_: object, **__: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.CompletedProcess([], 1)


def hanging(*_: object, **__: object) -> subprocess.CompletedProcess[bytes]:
    raise subprocess.TimeoutExpired("tmux", 3)


@pytest.mark.parametrize("answer", [refusing, hanging])
def test_where_tmux_does_not_answer_the_clipboard_programs_are_asked(
    monkeypatch: pytest.MonkeyPatch, answer: Callable[..., Any]
) -> None:
    copied: list[str] = []
    inside_tmux(monkeypatch, answer)
    clipboard_program(monkeypatch, copied.append)
    assert clipboard.copy("x") == (True, "Copied to the clipboard.")
    assert copied == ["x"]
