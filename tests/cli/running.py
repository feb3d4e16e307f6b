"""Running the command line: in this process where that is enough, as a program where the process itself matters."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from click.testing import CliRunner

from lrtui.cli.main import cli

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from click.testing import Result


def lrtui(*words: str, given: str | None = None) -> Result:
    """Run a verb in this process; `given` is its standard input."""
    return CliRunner().invoke(cli, words, input=given, prog_name="lrtui")


def done(*words: str, given: str | None = None) -> Result:
    """Run a verb that must not fail."""
    result = lrtui(*words, given=given)
    assert result.exit_code == 0, result.output
    return result


def begun(*words: str) -> str:
    """Begin a review with a title and what else is said, and return its name."""
    return done("new", "--no-open", "--title", "Slow checkout", *words).stdout.strip()


def program(
    *words: str, env: Mapping[str, str] | None = None, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """Run lrtui as a program of its own, with no terminal anywhere."""
    return subprocess.run(
        [sys.executable, "-m", "lrtui", *words],
        env={**os.environ, **(env or {})},
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
