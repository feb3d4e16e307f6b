"""Make sure that tests were run, and not skipped: `ran.py REPORT.xml < IDS`, with a test's id on each line.

The report is pytest's own in JUnit's format.
"""

from __future__ import annotations

import sys
from xml.etree import ElementTree as ET


def outcomes(report: str) -> dict[str, bool]:
    """Return every test of a report by its place and name, and whether it was run to its end."""
    cases = ET.parse(report).iter("testcase")  # noqa: S314 - written by pytest a moment ago
    return {f"{case.get('classname')}.{case.get('name')}": case.find("skipped") is None for case in cases}


def named(test_id: str) -> str:
    """Return what a report calls the test of that id."""
    path, _, name = test_id.partition("::")
    return f"{path.removesuffix('.py').replace('/', '.')}.{name.replace('::', '.')}"


def main() -> None:
    """Compare; end with a sentence and status 1 where something was left out."""
    found = outcomes(sys.argv[1])
    wanted = [line.strip() for line in sys.stdin if "::" in line]
    left_out = [test for test in wanted if not found.get(named(test))]
    if not wanted:
        sys.exit("There is no test in a real terminal.")
    if left_out:
        sys.exit("\n".join(["These tests belong in a real terminal and were not run there:", *left_out]))
    print(f"{len(wanted)} tests ran in a real terminal.")


main()
