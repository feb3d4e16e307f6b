"""Who has ever been on a roster in a library, read from the journals without opening its reviews.

Names that were corrected or taken off again are among them: what was said may still have them.
"""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING

from lrtui.review.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_PUT = b'"participants/'


def names(folders: Iterable[Path]) -> set[str]:
    """Return every name that was given to somebody on a roster; what cannot be read is passed over."""
    return {name for folder in folders for name in _names(folder)}


def _names(folder: Path) -> Iterator[str]:
    for journal in sorted(folder.glob("*.jsonl")):
        with contextlib.suppress(OSError):
            for line in journal.read_bytes().splitlines():
                if _PUT in line:
                    yield from _named(line)


def _named(line: bytes) -> Iterator[str]:
    with contextlib.suppress(ValueError, RecursionError):
        put = json.loads(line)
        fields = [put.get(part) for part in ("set", "was")] if isinstance(put, dict) else []
        told = [part.get("name") for part in fields if isinstance(part, dict)]
        yield from (clean_line(name) for name in told if isinstance(name, str) and clean_line(name))
