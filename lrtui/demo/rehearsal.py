"""A rehearsal: the incident of the sample library, set up to be held, in a library whose clock goes faster than life.

The library says so itself, in a file: whatever opens it, the console in a second terminal too, goes by the same clock.
"""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from lrtui.demo import AUTHOR
from lrtui.demo.scenes import Scene, play, shipped
from lrtui.desk import Desk
from lrtui.review import intents
from lrtui.store.files import write_atomically
from lrtui.store.library import Library
from lrtui.store.lock import ReviewLock

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SPEED, FASTEST = 10, 20  # a room view looks at the clock once a second; much faster, and each look would be a leap
PREFIX = "lrtui-rehearsal-"

_LONGEST = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class FastClock:
    """A clock that goes `speed` times as fast as the `real` one since the instant at which both showed the same."""

    since: datetime
    speed: int
    real: Callable[[], datetime]

    def __call__(self) -> datetime:
        """Return the instant that it shows."""
        return self.since + (self.real() - self.since) * self.speed


def clock_of(library: Library, real: Callable[[], datetime]) -> Callable[[], datetime]:
    """Return the clock that a library goes by: the `real` one, or that of the rehearsal which its file tells of.

    What was begun a day ago or more is no rehearsal any more.
    """
    try:
        said = json.loads(library.rehearsal.read_text("utf-8"))
        since, speed = datetime.fromisoformat(said["since"]), int(said["speed"])
    except (OSError, ValueError, TypeError, KeyError):
        return real
    fits = since.tzinfo and abs(real() - since) < _LONGEST and 1 <= speed <= FASTEST
    return FastClock(since, speed, real) if fits else real


def build(root: Path, now: datetime, speed: int = SPEED) -> str:
    """Make the library of a rehearsal in the folder `root`; return the name of the review that is to be held.

    Its meeting is at its first step, with the clock standing. Earlier reviews of the same service are there, too.
    """
    library = Library(root)
    library.create()
    *earlier, scene = shipped()
    for other in earlier:
        if _service(other) == _service(scene):
            play(root, other, now, AUTHOR)
    name = play(root, _set_up(scene), now, AUTHOR)  # so that what the facilitator undoes is the facilitator's own
    session = Desk(library, clock=lambda: now, author=AUTHOR).open(name)
    try:
        session.perform(intents.start())
        session.perform(intents.pause())
    finally:
        session.close()
    write_atomically(library.rehearsal, json.dumps({"since": now.isoformat(), "speed": speed}))
    return name


def _service(scene: Scene) -> str:
    return next(line for line in scene.lines if line.startswith("/fact service "))


def _set_up(scene: Scene) -> Scene:
    """Return the part of a scene that comes before its meeting."""
    return replace(scene, lines=scene.lines[: scene.lines.index("% start")])


def running() -> tuple[Library, str] | None:
    """Return the library of the rehearsal of one's own that is open in another terminal, and its review's name.

    Of several it is the one that was begun last.
    """
    for library in sorted(_begun(), key=lambda library: library.rehearsal.read_bytes(), reverse=True):
        for review in library.reviews():
            if _is_open(library, review.name):
                return library, review.name
    return None


def _begun() -> Iterator[Library]:
    """Yield the libraries of rehearsals that are one's own and were not thrown away yet."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        library = Library(folder)
        if not folder.is_symlink() and library.rehearsal.is_file() and folder.stat().st_uid == os.getuid():
            yield library


def _is_open(library: Library, name: str) -> bool:
    lock = ReviewLock(library.lock_file(name), datetime.now)
    taken = not lock.acquire()
    lock.release()
    return taken
