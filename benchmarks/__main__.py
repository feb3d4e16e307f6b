"""Measure speed and size, print the table, and end with 1 if something is not as it must be.

python -m benchmarks [--quick] [--only NAME …] [--keep DIR] [--write]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import headless, report, screens
from benchmarks.figures import QUICK, Size
from benchmarks.places import Places

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from benchmarks.figures import Result

MEASURES: dict[str, Callable[[Places], Iterator[Result]]] = {
    "first-frame": screens.first_frame,
    "key": screens.keys,
    "enter": screens.enter,
    "side-by-side": screens.side_by_side,
    "idle": screens.idle,
    "memory": screens.memory,
    "verbs": headless.verbs,
    "search": headless.search,
    "actions": headless.actions,
    "insight": headless.insight,
    "export": headless.export,
    "publish": headless.publish,
    "opening": screens.opening,
}


def measure(places: Places, names: Sequence[str]) -> Iterator[Result]:
    """Measure what is named, in order."""
    for name in names:
        yield from MEASURES[name](places)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure speed and size.")
    parser.add_argument("--quick", action="store_true", help="few samples: for a first look")
    parser.add_argument("--only", nargs="+", choices=MEASURES, default=list(MEASURES), metavar="NAME", help="not all")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the large library there from run to run")
    parser.add_argument("--write", action="store_true", help=f"keep the table in {report.DOCUMENT.name}")
    asked = parser.parse_args()
    results: list[Result] = []
    with tempfile.TemporaryDirectory(prefix="lrtui-bench-") as folder:
        for result in measure(Places(Path(folder), QUICK if asked.quick else Size(), asked.keep), asked.only):
            print(report.as_line(result), flush=True)
            results.append(result)
    print(report.machine())
    if asked.write:
        report.keep(results, f"{datetime.now(UTC):%Y-%m-%d}")
    return 0 if all(result.kept for result in results) else 1


if __name__ == "__main__":
    sys.exit(main())
