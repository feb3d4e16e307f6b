"""The sample library of the demo at a fixed instant, and in it a review whose words are hard to lay out.

Every name and every line is the same whenever it is made, so that pictures of it are.
"""

from __future__ import annotations

import os
import re
import shutil
import time
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from unittest.mock import patch

from lrtui import demo
from lrtui.demo import scenes
from lrtui.desk import Desk
from lrtui.review import intents
from lrtui.store.library import Library
from tests.doing import Clock

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2026, 11, 25, 14, 31, 40, tzinfo=UTC)
LIVE, DRAFT, DONE, WIDE = "slow-checkout", "hand-scanners", "search-found", "confirmations"  # parts of reviews' names

ADDED = "14:10 the voucher goes out again, in portions of 2000 @farid"  # said in the live review, and half typed there
HALF_TYPED = "* a newsletter is load that we can plan @mei"
_WIDE = Path(__file__).with_name("wide.txt")
_TWICE = "the queue is split"  # how the line begins that two people change at once
_NAME = re.compile(r"(?<=-)\w{4}$")


def desk_on(root: Path, author: str = demo.AUTHOR, clock: Clock | None = None) -> Desk:
    """Return a desk on a library."""
    return Desk(Library(root), clock=clock or Clock(NOW), author=author, zone="UTC")


def lay_out(root: Path) -> None:
    """Make the library in the folder `root`."""
    with _in_utc():
        demo.build(root, NOW)
        (wide,) = scenes.read(_WIDE.read_text("utf-8"))
        scenes.play(root, wide, NOW, demo.AUTHOR)
    for review in Library(root).reviews():
        review.path.rename(review.path.with_name(_NAME.sub("7k3q", review.name)))
    _change_twice(root)


@contextmanager
def _in_utc() -> Iterator[None]:
    """Tell local times in UTC, wherever this runs."""
    with patch.dict(os.environ, TZ="UTC"):
        time.tzset()
        yield
    time.tzset()


def _change_twice(root: Path) -> None:
    """Have two people who do not see each other change one line."""
    with TemporaryDirectory() as elsewhere:
        copied = Path(elsewhere) / "library"
        shutil.copytree(root, copied)
        ours, theirs = Clock(NOW + timedelta(seconds=-5)), Clock(NOW + timedelta(seconds=-3))
        _reword(desk_on(root, clock=ours), "the queue is split in two, by destination")
        changed = _reword(desk_on(copied, "farid-2b7d", theirs), "the queue is split by destination and by age")
        shutil.copy(changed / "farid-2b7d.jsonl", Library(root).resolve(WIDE))


def _reword(desk: Desk, text: str) -> Path:
    """Change the line; return the folder of its review."""
    session = desk.open(WIDE)
    key = next(entry.id for entry in session.review.entries.values() if entry.text.startswith(_TWICE))
    session.perform(intents.edit_line("entries", key, f"11:45 {text} @maximiliane @田中さくら #メール"))
    session.close()
    return desk.library.resolve(WIDE)
