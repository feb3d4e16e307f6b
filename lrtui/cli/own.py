"""What a person has made their own, found and read: only by a verb that depends on it, and once."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lrtui.errors import NotFound

if TYPE_CHECKING:
    import click

    from lrtui.settings.values import Reading, Settings

VARIABLE, FILE = "LRTUI_CONFIG", "config.yaml"
_KEPT = "lrtui.cli.own"


class Place(NamedTuple):
    """The file of settings, and whether somebody has named it, who then expects it to be there."""

    path: Path
    named: bool

    @property
    def exists(self) -> bool:
        """Whether there is anything, also such as cannot be looked into."""
        try:
            return self.path.exists()
        except OSError:
            return True


def place_of(ctx: click.Context) -> Place:
    """Return where the settings of the whole command line are, or would be."""
    asked = asked_for(ctx)
    if not asked:
        import platformdirs

        folder = platformdirs.user_config_path("lrtui", appauthor=False)
        return Place(folder / FILE, named=False)
    try:
        path = Path(asked).expanduser().absolute()
    except RuntimeError as error:
        raise NotFound(f"There is no home folder for “{asked}”. Name the file of settings in full.") from error
    return Place(path, named=True)


def asked_for(ctx: click.Context) -> str:
    """Return the file of settings that somebody has named; "" where nobody has."""
    return str(ctx.find_root().params.get("config") or os.environ.get(VARIABLE, "").strip())


def reading_of(ctx: click.Context) -> Reading:
    """Return what the file of settings says; it is read when first asked for."""
    kept = ctx.find_root().meta
    if _KEPT not in kept:
        try:
            kept[_KEPT] = read(place_of(ctx))
        except NotFound:
            kept[_KEPT] = _homeless(Path(asked_for(ctx)).name)
    reading: Reading = kept[_KEPT]
    return reading


def _homeless(name: str) -> Reading:
    from lrtui.settings.values import Reading

    return Reading(source=name, unread="is in a home folder that is not there")


def read(place: Place) -> Reading:
    """Read a file of settings. Without one nothing is loaded that could read it."""
    from lrtui.settings.values import Reading

    try:
        text = place.path.read_text("utf-8")
    except FileNotFoundError:
        return Reading(source=place.path.name, unread="is not there") if place.named else Reading()
    except OSError as error:
        return Reading(source=place.path.name, unread=f"could not be read ({error.strerror})")
    except UnicodeDecodeError:
        return Reading(source=place.path.name, unread="is not text in UTF-8")
    from lrtui.settings.text import read_settings

    return read_settings(text, place.path.name)


def settings_of(ctx: click.Context) -> Settings:
    """Return the settings of the whole command line; a fault in them is told and stops nothing."""
    from lrtui.cli.words import say

    reading = reading_of(ctx)
    if reading.notice:
        say(reading.notice)
    return reading.settings
