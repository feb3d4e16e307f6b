"""A program in a terminal of its own, driven and read as fast as it can be, with the instants at which it has drawn."""

from __future__ import annotations

import fcntl
import os
import re
import select
import struct
import subprocess
import sys
import termios
import time
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

SIZE = (100, 30)
PATIENCE = 60.0  # seconds after which what is waited for will not come

_FOREIGN = ("LRTUI_", "TEXTUAL", "NO_COLOR", "COLOR", "PYTHON")  # how these settings begin
_CONTROL = re.compile(rb"\x1b(?:\[[0-9;?<>=]*[ -/]*[@-~]|\][^\x07]*\x07|[@-Z\\-_])")


def environment(library: Path) -> dict[str, str]:
    """Return the environment of a program in that library, in which nothing of the developer's own counts."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
    home = str(library.parent / "home")
    own = dict.fromkeys(("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"), home)
    return {**kept, **own, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LRTUI_LIBRARY": str(library)}


def python(*words: str) -> list[str]:
    """Return the command that runs this same Python."""
    return [sys.executable, *words]


class Program:
    """A running program. Instants and spans are in seconds of `time.perf_counter`."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str], folder: Path) -> None:
        self._terminal, inner = os.openpty()
        columns, lines = SIZE
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self._seen = b""
        self._seen_at = 0.0
        self.started = time.perf_counter()
        self._process = subprocess.Popen(
            command, stdin=inner, stdout=inner, stderr=inner, env=env, cwd=folder, start_new_session=True
        )
        os.close(inner)

    @property
    def pid(self) -> int:
        """The process."""
        return self._process.pid

    def send(self, keys: bytes) -> float:
        """Press keys; return the instant just before. What was drawn so far does not count any more."""
        self.read(0)
        self._seen = b""
        begun = time.perf_counter()
        os.write(self._terminal, keys)
        return begun

    def wait(self, text: str) -> float:
        """Return the instant at which `text` has been drawn since the last keys."""
        wanted = text.encode()
        end = time.perf_counter() + PATIENCE
        while wanted not in _CONTROL.sub(b"", self._seen):
            if not self.read(max(0.0, end - time.perf_counter())):
                shown = _CONTROL.sub(b" ", self._seen).decode("utf-8", "replace")
                raise RuntimeError(f"“{text}” was never drawn. What was: {' '.join(shown.split())[-600:]}")
        return self._seen_at

    def read(self, patience: float) -> bool:
        """Take in what is drawn within `patience`; tell whether there was anything."""
        if not select.select([self._terminal], [], [], patience)[0]:
            return False
        try:
            drawn = os.read(self._terminal, 65_536)
        except OSError:  # the program has ended
            return False
        self._seen_at = time.perf_counter()  # and not when it has been searched
        self._seen += drawn
        return bool(drawn)

    def rest(self, seconds: float) -> None:
        """Let the program be for a while, reading what it draws."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            if not self.read(left) and self._process.poll() is not None:
                return

    def close(self) -> None:
        """End the program at once; what it had accepted is on the disk."""
        self._process.kill()
        self._process.wait()
        os.close(self._terminal)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
