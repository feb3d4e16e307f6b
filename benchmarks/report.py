"""The table of what was measured, on which machine, and the document that keeps the last one."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.figures import Result

DOCUMENT = Path(__file__).parent.parent / "docs" / "performance.md"
BEGIN, END = "<!-- measured -->", "<!-- /measured -->"
HEADINGS = ("what", "must", "is", "", "of")


def machine() -> str:
    """Describe the machine in a sentence."""
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return (
        f"{_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, Textual {version('textual')}. Load at the end: {load}."
    )


def _processor() -> str:
    try:
        described = Path("/proc/cpuinfo").read_text()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in described.splitlines() if line.startswith("model name")]
    return names[0] if names else platform.machine()


def as_markdown(results: Iterable[Result]) -> str:
    """Write the table for the document."""
    rows: list[Sequence[str]] = [HEADINGS, ["---"] * len(HEADINGS), *(result.row for result in results)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def as_line(result: Result) -> str:
    """Write one row for the terminal."""
    what, most, value, verdict, of = result.row
    return f"{value:>18}  {most:<18} {verdict:<7} {what} ({of})"


def keep(results: Sequence[Result], day: str) -> None:
    """Put the table in the place of the last one in the document."""
    text = DOCUMENT.read_text("utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    measured = f"Measured on {day}: {machine()}\n\n{as_markdown(results)}"
    DOCUMENT.write_text(f"{before}{BEGIN}\n{measured}\n{END}{after}", "utf-8")
