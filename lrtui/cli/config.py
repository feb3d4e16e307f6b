"""The verb `config`: what holds, and changing it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from lrtui.cli import own
from lrtui.cli.place import desk_of
from lrtui.cli.words import put, say
from lrtui.errors import LrtuiError, StoreError

if TYPE_CHECKING:
    from lrtui.review.shapes import Path as Where

_THEMES = {ParameterSource.COMMANDLINE: "--theme", ParameterSource.ENVIRONMENT: "$LRTUI_THEME"}


@click.group(
    invoke_without_command=True,
    short_help="Make lrtui your own.",
    epilog="""\b
Examples:
  lrtui config                what holds, and where it comes from
  lrtui config edit           change it
  lrtui config check
  ls -l "$(lrtui config path)\"""",
)
@click.pass_context
def config(ctx: click.Context) -> None:
    """See and change what is your own: theme, template, prefixes, keys, clock, bell and flash, hints.

    Without a verb of its own, it shows what holds.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(show)


@config.command(
    short_help="Show what holds, and where it comes from.",
    epilog="""\b
Examples:
  lrtui config show
  lrtui config show | grep -v 'as it ships'
  lrtui --config other.yaml config show""",
)
@click.pass_context
def show(ctx: click.Context) -> None:
    """Print all that can be set as it holds now, as YAML; behind each stands where it comes from."""
    from dataclasses import replace

    from lrtui.settings.text import spell
    from lrtui.settings.values import Theme

    reading, root = own.reading_of(ctx), ctx.find_root()
    chosen = root.params.get("theme")

    def origin(where: Where) -> str:
        if chosen and where == ("theme",):
            return _THEMES.get(root.get_parameter_source("theme") or ParameterSource.DEFAULT, "")
        return f"{reading.source}, line {reading.lines[where]}" if where in reading.lines else "as it ships"

    holds = own.settings_of(ctx)
    put(spell(replace(holds, theme=Theme(chosen)) if chosen else holds, origin))


@config.command(
    short_help="Open it in your editor.",
    epilog="""\b
Examples:
  lrtui config edit
  EDITOR=nano lrtui config edit""",
)
@click.pass_context
def edit(ctx: click.Context) -> None:
    """Open the file of settings in $VISUAL or $EDITOR, and check it afterwards.

    Where there is none yet, one is made that explains everything and sets nothing.
    """
    from lrtui import editor

    place = own.place_of(ctx)
    if not place.exists:
        _make(place)
    try:
        editor.edit(place.path)
    except LrtuiError as error:
        raise StoreError(str(error), str(place.path)) from error
    _tell_faults(place)


def _make(place: own.Place) -> None:
    from lrtui.settings.text import example
    from lrtui.store.files import make_folder, write_atomically

    make_folder(place.path.parent)
    write_atomically(place.path, example())


@config.command(
    short_help="Find the faults in it.",
    epilog="""\b
Examples:
  lrtui config check
  lrtui --config other.yaml config check""",
)
@click.pass_context
def check(ctx: click.Context) -> None:
    """Find the faults in the file of settings.

    Prints a line for each, FILE:LINE:COLUMN: what is wrong; the status is 1 if there is any.
    """
    place = own.place_of(ctx)
    if not place.named and not place.exists:
        say("There are no settings of your own yet; `lrtui config edit` makes the file.")
        return
    _tell_faults(place)
    _tell_of_template(ctx, own.reading_of(ctx).settings.template)


def _tell_faults(place: own.Place) -> None:
    reading = own.read(place)
    if reading.unread:
        raise LrtuiError(f"{place.path} {reading.unread}.")
    for line, column, message in reading.faults:
        put(f"{place.path}:{line}:{column}: {message}")
    count = len(reading.faults)
    if count:
        rest = "All else in it holds; `lrtui config` shows what does."
        nothing = f"Until {'it is' if count == 1 else 'they are'} mended everything is as it ships."
        faults = f"{count} {'fault' if count == 1 else 'faults'} in {reading.source}."
        raise LrtuiError(f"{faults} {rest if reading.lines else nothing}")
    say(f"No faults in {reading.source}.")


def _tell_of_template(ctx: click.Context, name: str) -> None:
    """Tell where the template cannot be had: no fault of the settings, since another library may have it."""
    desk = desk_of(ctx)
    if name not in desk.templates():
        say(f"The library here has no template “{name}”. It has: {', '.join(desk.templates())}.")


@config.command(
    short_help="Print where it is.",
    epilog="""\b
Examples:
  lrtui config path
  cp settings.yaml "$(lrtui config path)\"""",
)
@click.pass_context
def path(ctx: click.Context) -> None:
    """Print where the file of settings is, or would be."""
    place = own.place_of(ctx)
    put(str(place.path))
    if not place.exists:
        say("It is not there yet; `lrtui config edit` makes it.")
