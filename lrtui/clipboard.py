"""Copying to the clipboard, and an honest word about what became of it.

Inside tmux its own buffer is asked first, since what an application sends to the terminal is dropped there by default;
then the clipboard programs that pyperclip knows. A program that hangs is given up.
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


def copy(text: str) -> Outcome:
    """Copy `text`, and say what became of it."""
    if os.environ.get("TMUX") and shutil.which("tmux") and _to_tmux(text):
        return Outcome(copied=True, said="Copied to tmux's buffer, and to the clipboard where the terminal allows it.")
    done: list[bool] = []

    def attempt() -> None:
        import pyperclip

        try:
            pyperclip.copy(text)
        except (pyperclip.PyperclipException, OSError, subprocess.SubprocessError):
            done.append(False)
        else:
            done.append(True)

    thread = threading.Thread(target=attempt, daemon=True)
    thread.start()
    thread.join(LONGEST_WAIT)
    if not done:
        return Outcome(copied=False, said="Nothing was copied: the clipboard program does not answer.")
    if not done[0]:
        return Outcome(
            copied=False, said="Nothing was copied: no clipboard program was found (xclip, xsel, wl-copy, pbcopy)."
        )
    return Outcome(copied=True, said="Copied to the clipboard.")


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
