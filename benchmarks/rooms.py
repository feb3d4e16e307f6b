"""A review in the middle of its meeting, with as many lines as wanted in the step that is open."""

from __future__ import annotations

from itertools import islice
from random import Random
from typing import TYPE_CHECKING

from benchmarks.generate import spoken
from lrtui.desk import Desk
from lrtui.review import intents
from lrtui.store.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

AUTHOR = "bench-0000"
STEP = "timeline"
TITLE = "Checkout latency"
LAST = "and that is where we are now"  # the last line of the timeline
BLOCK = 250  # lines stored at once
PEOPLE = ["Ana Lima: responder, Payments", "Bo Okoye: responder, Platform", "Chidi Brandt: facilitator"]


def room(folder: Path, entries: int) -> str:
    """Begin a review in the library `folder` and hold its meeting up to a full timeline; return its name."""
    desk = Desk(Library(folder), author=AUTHOR, zone="UTC")
    session = desk.begin(TITLE)
    session.perform(intents.add_people("; ".join(PEOPLE)))
    session.perform(intents.set_moment("started", "14:00"))
    session.perform(intents.start())
    said = _timeline()
    for done in range(0, entries - 1, BLOCK):
        session.perform(intents.capture_block(list(islice(said, min(BLOCK, entries - 1 - done))), STEP))
    session.perform(intents.capture_line(LAST, STEP))
    session.perform(intents.open_step(STEP))
    session.close()
    return session.name


def _timeline() -> Iterator[str]:
    """Yield lines as they are typed, without end: four in five with a time, which grows; some with names and tags."""
    random = Random(0)  # noqa: S311 - not for secrets
    minute = 0.0
    for text in spoken(random):
        minute = (minute + random.random() * 0.5) % 1_400
        time = f"{int(minute) // 60:02}:{int(minute) % 60:02} " if random.random() < 0.8 else ""
        name = random.choice([" @ana", " @bo", "", "", ""])
        yield f"{time}{text}{name}{random.choice([' #db', '', '', ''])}"
