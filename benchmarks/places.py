"""Where is measured: libraries on the disk that is worked on, made when they are needed and removed in the end."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from benchmarks import generate
from benchmarks.rooms import room
from lrtui.desk import Desk
from lrtui.store.library import Library

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.figures import Size

SMALL = 5  # reviews in a small library


class Places:
    """The libraries in `folder`; the large one is taken from `kept`, a folder that stays, where there is one."""

    def __init__(self, folder: Path, size: Size, kept: Path | None = None) -> None:
        self.folder = folder
        self.size = size
        self._kept = kept
        self._meetings = 0

    @cached_property
    def large(self) -> Path:
        """A library of many reviews, its catalog up to date."""
        library = (self._kept or self.folder) / f"large-{self.size.reviews}-{self.size.each}"
        if not (library / "reviews").is_dir():
            generate.reviews(library, self.size.reviews, self.size.each)
        desk = Desk(Library(library), author="reader", zone="UTC")
        desk.catalog.refresh(desk.library.reviews())
        return library

    @cached_property
    def small(self) -> Path:
        """A library of a few reviews."""
        library = self.folder / "small"
        generate.reviews(library, SMALL, self.size.each)
        return library

    def meeting(self) -> Path:
        """Make a library whose only review is in the middle of its meeting. Its clock runs for five minutes."""
        self._meetings += 1
        library = self.folder / f"meeting-{self._meetings}"
        room(library, self.size.captured)
        return library

    @cached_property
    def long(self) -> Path:
        """A library whose only review is long."""
        library = self.folder / "long"
        room(library, self.size.long)
        return library
