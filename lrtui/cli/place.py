"""Which library a verb works in, and the desk in it."""

from __future__ import annotations

import contextlib
import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lrtui.cli import own
from lrtui.desk import Desk
from lrtui.errors import LrtuiError, NotFound
from lrtui.store.library import MARK, VARIABLE, Library, find_library

if TYPE_CHECKING:
    from collections.abc import Callable

    import click

    from lrtui.settings.values import Settings

_NOWHERE = Path()
_READER = "reader"


class Place(NamedTuple):
    """The folder of the library, and why it is that one."""

    root: Path
    why: str


def find_place(option: Path | None) -> Place:
    """Return where the library is; `option` is what --library says."""
    try:
        root = find_library(option, os.environ, Path.cwd(), _NOWHERE)
    except FileNotFoundError as error:
        raise LrtuiError("The current folder is not there any more. Change to another one.") from error
    if root == _NOWHERE:
        import platformdirs

        return Place(platformdirs.user_data_path("lrtui", appauthor=False), "it is in your own data folder")
    if option:
        return Place(root, "--library says so")
    if os.environ.get(VARIABLE, "").strip():
        return Place(root, f"${VARIABLE} says so")
    return Place(root, f"{MARK} is in it, and it is or holds the current folder")


def place_of(ctx: click.Context) -> Place:
    """Return the library that the whole command line is about."""
    return find_place(ctx.find_root().params.get("library"))


def desk_of(ctx: click.Context, read_settings: Callable[[], Settings] | None = None) -> Desk:
    """Return the desk in the library that the command line is about.

    Its settings are read when something depends on them, and what is wrong with them is told then, unless
    `read_settings` does something else.
    """
    return desk_in(Library(place_of(ctx).root), read_settings or partial(own.settings_of, ctx))


def desk_in(library: Library, read_settings: Callable[[], Settings]) -> Desk:
    """Return the desk in a library; that of a rehearsal goes by the rehearsal's clock."""
    desk = Desk(library, read_settings=read_settings)
    with contextlib.suppress(OSError):  # what cannot be looked into is told of by whatever opens it
        if library.rehearsal.exists():
            from lrtui.demo.rehearsal import clock_of

            desk.clock = clock_of(library, desk.clock)
    return desk


def reading_desk(ctx: click.Context) -> Desk:
    """Return a desk at which nothing is written: by whom and in which time zone need not be found out."""
    return Desk(Library(place_of(ctx).root), author=_READER, zone="UTC")


def desk_of_reviews(ctx: click.Context) -> Desk:
    """Return the desk at which reviews are read; raises `NotFound` where --library names a folder that is no library.

    Any other library may yet have to be made, at the first thing saved.
    """
    desk = reading_desk(ctx)
    if ctx.find_root().params.get("library") and not desk.library.exists and not desk.library.reviews():
        raise NotFound(
            "There is no library in this folder; the first review that is begun in it makes it one.",
            str(desk.library.root),
        )
    return desk
