"""The editor that a person has chosen: $VISUAL, else $EDITOR, else one that is usually there."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from lrtui.errors import LrtuiError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from contextlib import AbstractContextManager

Leaving: TypeAlias = "Callable[[], AbstractContextManager[None]]"

USUAL = ("sensible-editor", "nano", "vi")


def edit(path: Path, leaving: Leaving = nullcontext) -> None:
    """Open a file in the editor, and return when that has ended.

    While it runs, the terminal has been left to it by `leaving`. Raises an `LrtuiError` where there is no editor, or it
    ends with an error; what it has written by then stays in the file.
    """
    words = _chosen()
    name = Path(words[0]).name
    if shutil.which(words[0]) is None:
        raise LrtuiError(f"The editor “{name}” was not found. Set $VISUAL or $EDITOR to one that is there.")
    try:
        with leaving(), _interrupts_left_to_it():
            status = subprocess.run([*words, str(path)], check=False).returncode
    except OSError as error:
        raise LrtuiError(f"The editor “{name}” could not be started ({error.strerror}). Set $EDITOR.") from error
    if status:
        raise LrtuiError(f"The editor “{name}” ended with status {status}.")


def _chosen() -> list[str]:
    """Return the words that start the person's editor."""
    wished = os.environ.get("VISUAL", "").strip() or os.environ.get("EDITOR", "").strip()
    try:
        words = shlex.split(wished)
    except ValueError as error:
        raise LrtuiError("$VISUAL or $EDITOR cannot be understood: a quote in it has no pair.") from error
    found = words or [name for name in USUAL if shutil.which(name)][:1]
    if not found:
        raise LrtuiError("No editor was found. Set $EDITOR to yours.")
    return found


@contextmanager
def _interrupts_left_to_it() -> Iterator[None]:
    """Let Ctrl+C, which a terminal sends to all that runs in it, be for the editor alone."""
    before = signal.signal(signal.SIGINT, lambda *_: None)  # not ignored: that the editor would inherit
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
