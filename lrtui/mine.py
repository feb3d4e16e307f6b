"""What the library tells facilitators of their own reviews, and nobody else: how they went, what they meant to do.

Only reviews in which the author has a journal are read. Nothing of this is in the catalog.
"""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from lrtui.errors import StoreError
from lrtui.publish import public
from lrtui.review import feedback_summary, intentions
from lrtui.review.model import Review
from lrtui.store.author import BESIDE, person_of
from lrtui.store.storage import SUFFIX, JournalStorage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from lrtui.review.feedback_summary import Told
    from lrtui.store.journal import Group
    from lrtui.store.library import Library

LOOKED_AT = 50  # of the last own reviews, for what was intended last

_LEADING = {"start", "next step", "previous step", "go to step", "skip step", "pause or go on", "wrap up", "finish"}


class Led(NamedTuple):
    """A review that the author led: `told` is what may be told of the return on time, None where it is not asked."""

    name: str
    title: str
    day: date | None
    told: Told | None
    intended: str


class Intended(NamedTuple):
    """What the author meant to do next time, and the day of the review in which it was kept."""

    text: str
    day: date | None


def led(library: Library, author: str, clock: Callable[[], datetime]) -> list[Led]:
    """Return the reviews that the author led, the oldest first."""
    return [
        Led(
            name,
            review.head.title,
            public.held(review),
            feedback_summary.return_on_time(review),
            intentions.intended(review, author),
        )
        for name, review, groups in _own(library, author, clock)
        if not review.alone and author in _leaders(groups)
    ][::-1]


def last_intended(
    library: Library,
    author: str,
    clock: Callable[[], datetime],
    *,
    besides: str,
    stop: Callable[[], bool] = lambda: False,
) -> Intended | None:
    """Return what the author meant to do next time, as kept in the latest review but the one named `besides`."""
    for name, review, _ in islice(_own(library, author, clock), LOOKED_AT):
        if stop():
            return None
        text = intentions.intended(review, author)
        if text and name != besides:
            return Intended(text, public.held(review))
    return None


def _leaders(groups: Sequence[Group]) -> set[str]:
    """Return who has moved the meeting on most: the author, or several where they have done so equally often."""
    counts = Counter(person_of(group.by) for group in groups if group.do in _LEADING)
    most = max(counts.values(), default=0)
    return {author for author, count in counts.items() if count == most}


def _own(library: Library, author: str, clock: Callable[[], datetime]) -> Iterator[tuple[str, Review, Sequence[Group]]]:
    """Yield the reviews in which the author has written, the latest first; one that cannot be read is left out."""
    for name, folder in library.reviews():
        if not _has_written(folder, author):
            continue
        try:
            storage = JournalStorage(folder, author=author, clock=clock, read_only=True)
        except StoreError:
            continue
        yield name, Review.read(storage.tables), storage.groups


def _has_written(folder: Path, author: str) -> bool:
    return any((folder / f"{author}{beside}{SUFFIX}").exists() for beside in ("", BESIDE))
