"""A sample library to look around in: a small web shop and its incidents, all invented.

The reviews are played from a script, `scenes.txt`, of lines as a facilitator would type them, through the same
operations as in a meeting: what a visitor sees is real data, made by the real program.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from lrtui.demo.scenes import play, shipped
from lrtui.desk import Desk
from lrtui.store.library import Library

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

AUTHOR = "demo"


def build(root: Path, now: datetime) -> str:
    """Make the sample library in the folder `root`; return the name of the review that is live at the instant `now`.

    Every line waits until it is on the disk, as ever. So the reviews are played side by side, and a visitor waits less.
    """
    Library(root).create()
    with ThreadPoolExecutor() as stages:
        names = list(stages.map(lambda scene: play(root, scene, now, AUTHOR), shipped()))
    return names[-1]


def desk(root: Path) -> Desk:
    """Return a desk in the sample library, at which what the script typed can be undone."""
    return Desk(Library(root), author=AUTHOR)
