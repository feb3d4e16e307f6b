"""The program with a clock that the test holds: it shows the time at which a file was last changed.

Run as a program, it is `lrtui` with that one thing handed in.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from unittest.mock import patch


class HeldClock:
    """A clock that stands until it is moved on, and the command that runs the program by it."""

    def __init__(self, file: Path, instant: datetime) -> None:
        self._file = file
        file.touch()
        self._set(instant)

    @property
    def command(self) -> list[str]:
        """What to run instead of `lrtui`."""
        return [sys.executable, __file__, str(self._file)]

    def move(self, **by: float) -> None:
        """Let time pass, in the units of `timedelta`."""
        self._set(_shown(self._file) + timedelta(**by))

    def _set(self, instant: datetime) -> None:
        os.utime(self._file, (instant.timestamp(), instant.timestamp()))


def _shown(file: Path) -> datetime:
    return datetime.fromtimestamp(file.stat().st_mtime, UTC)


def _run(file: Path) -> None:
    from lrtui.cli import main, place
    from lrtui.desk import Desk

    with patch.object(place, "Desk", partial(Desk, clock=partial(_shown, file))):
        main.run()


if __name__ == "__main__":
    _run(Path(sys.argv.pop(1)))
