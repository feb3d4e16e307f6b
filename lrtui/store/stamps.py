"""Stamps of reviews' folders: they tell one state of a folder from another without reading its journals.

A stamp is the folder's time of change and, of each journal in it, the name, the time of change and the size, parted by
what cannot stand in a file's name. While a folder's own time is the same, the same files are in it, and looking at
those known is enough: that takes half the time of listing it. A folder that had only just changed when it was looked
at gets no time of its own: what comes into it within the same tick of the clock would not show.
"""

from __future__ import annotations

import os
import time

_SUFFIX = ".jsonl"
_TICK = 2_000_000_000  # nanoseconds; the coarsest clock of a file system


def stamp(folder: str) -> str:
    """Return the stamp of a folder as it is; raises an OSError where it cannot be looked into."""
    changed = os.lstat(folder).st_mtime_ns
    settled = time.time_ns() - changed > _TICK  # by the file system's clock, which no test's clock moves
    with os.scandir(folder) as found:
        journals = [item for item in found if item.name.endswith(_SUFFIX)]
    parts = [part for item in sorted(journals, key=lambda item: item.name) for part in _file(item)]
    return "/".join([str(changed) if settled else "", *parts])


def _file(item: os.DirEntry[str]) -> tuple[str, str, str]:
    status = item.stat(follow_symlinks=False)
    return item.name, str(status.st_mtime_ns), str(status.st_size)


def holds(folder: str, known: str) -> bool:
    """Tell whether a folder is as a stamp says; where that cannot be told so quickly, it is not."""
    changed, *files = known.split("/")
    if not changed.isdecimal():
        return False
    try:
        if os.lstat(folder).st_mtime_ns != int(changed):
            return False
        for at in range(0, len(files) - 2, 3):
            status = os.lstat(f"{folder}/{files[at]}")
            if files[at + 1] != str(status.st_mtime_ns) or files[at + 2] != str(status.st_size):
                return False
    except (OSError, ValueError):
        return False
    return True
