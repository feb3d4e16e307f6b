"""Copying to the clipboard, and an honest word about what became of it.

Inside tmux its own buffer is asked first, since what an application sends to the terminal is dropped there by default;
then the clipboard programs that pyperclip knows. A program that hangs is given up.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import threading

LONGEST_WAIT = 3.0  # seconds


def copy(text: str) -> str:
    """Copy `text`; return one sentence that says what happened."""
    if os.environ.get("TMUX") and shutil.which("tmux") and _to_tmux(text):
        return "Copied to tmux's buffer, and to the clipboard where the terminal allows it."
    failed: list[str] = []

    def attempt() -> None:
        import pyperclip

        try:
            pyperclip.copy(text)
            failed.append("")
        except (pyperclip.PyperclipException, OSError, subprocess.SubprocessError):
            failed.append("Nothing was copied: no clipboard program was found here (xclip, xsel, wl-copy, pbcopy).")

    thread = threading.Thread(target=attempt, daemon=True)
    thread.start()
    thread.join(LONGEST_WAIT)
    if not failed:
        return "Nothing was copied: the clipboard program does not answer."
    return failed[0] or "Copied to the clipboard."


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
