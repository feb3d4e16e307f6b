"""Copying to the clipboard, and an honest word about what became of it.

Inside tmux its own buffer is asked first, since what an application sends to the terminal is dropped there by default;
then the clipboard programs that pyperclip knows. A program that hangs is given up; one that fails in silence, as xclip
does without a display, is found out by reading back.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from typing import NamedTuple

LONGEST_WAIT = 3.0  # seconds


class Outcome(NamedTuple):
    """Whether something was copied, and the sentence that says what happened."""

    copied: bool
    said: str


_COPIED = Outcome(copied=True, said="Copied to the clipboard.")
_NO_ANSWER = Outcome(copied=False, said="Nothing was copied: the clipboard program does not answer.")
_FAILED = Outcome(copied=False, said="Nothing was copied: the clipboard program failed. Is there a display for it?")
_NO_PROGRAM = Outcome(
    copied=False, said="Nothing was copied: no clipboard program was found (xclip, xsel, wl-copy, pbcopy)."
)


def copy(text: str) -> Outcome:
    """Copy `text`, and say what became of it."""
    if os.environ.get("TMUX") and shutil.which("tmux") and _to_tmux(text):
        return Outcome(copied=True, said="Copied to tmux's buffer, and to the clipboard where the terminal allows it.")
    said: list[Outcome] = []

    def attempt() -> None:
        import pyperclip

        try:
            pyperclip.copy(text)
        except (pyperclip.PyperclipException, OSError, subprocess.SubprocessError):
            said.append(_NO_PROGRAM)
            return
        said.append(_COPIED)
        try:
            there = pyperclip.paste()
        except (pyperclip.PyperclipException, OSError, subprocess.SubprocessError, UnicodeDecodeError):
            return  # some can only copy
        if there.split() != text.split():
            said.append(_FAILED)

    thread = threading.Thread(target=attempt, daemon=True)
    thread.start()
    thread.join(LONGEST_WAIT)
    return said[-1] if said else _NO_ANSWER


def _to_tmux(text: str) -> bool:
    try:
        done = subprocess.run(
            ["tmux", "load-buffer", "-w", "-"],
            input=text.encode(),
            capture_output=True,
            timeout=LONGEST_WAIT,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0
