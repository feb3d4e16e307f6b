"""The verb for practising alone: a rehearsal, and its console."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lrtui.cli.own import reading_of
from lrtui.cli.place import desk_in
from lrtui.cli.screens import open_app, require_screen, run_app, thrown_away
from lrtui.cli.words import say
from lrtui.errors import NotFound
from lrtui.store.library import Library

if TYPE_CHECKING:
    from pathlib import Path

_FASTEST = 20  # see `lrtui.demo.rehearsal`, which is loaded when it is known that there is a screen


@click.command(
    short_help="Practise leading a review, alone.",
    epilog="""\b
Examples:
  lrtui rehearse             lead the review of an invented incident; an hour takes six minutes
  lrtui rehearse --console   in a second terminal meanwhile: the console that belongs to it
  lrtui rehearse --speed 5   with more time to type""",
)
@click.option("--console", is_flag=True, help="Open the console of the rehearsal that is open in another terminal.")
@click.option(
    "--speed",
    type=click.IntRange(1, _FASTEST),
    default=10,
    show_default=True,
    metavar="N",
    help="How many times as fast as life.",
)
@click.pass_context
def rehearse(ctx: click.Context, *, console: bool, speed: int) -> None:
    """Lead the review of the sample library's incident, with a room that speaks, ten times as fast as life.

    People say what they saw, run over, blame, digress and have ideas early; you take notes, keep the time and close. It
    is a library of its own, removed when you leave. Afterwards you are told what was said and what you took down.
    """
    require_screen("`lrtui demo --no-open` makes a sample library without one.")
    if console:
        _open_console(ctx)
    else:
        with thrown_away("lrtui-rehearsal-") as root:
            _hold(ctx, root, speed)


def _hold(ctx: click.Context, root: Path, speed: int) -> None:
    from datetime import UTC, datetime

    from lrtui.app.rehearsal import RehearsalApp
    from lrtui.demo import rehearsal, spoken

    name = rehearsal.build(root, datetime.now(UTC), speed)
    reading = reading_of(ctx)
    app = RehearsalApp(
        desk_in(Library(root), lambda: reading.settings),
        room=spoken.SpeakingRoom(spoken.shipped()),
        opens=name,
        theme=ctx.find_root().params.get("theme"),
        notice=reading.notice,
    )
    run_app(ctx, app)
    for subject, words in app.word:
        say(f"{subject}: {words}" if subject else words)


def _open_console(ctx: click.Context) -> None:
    from lrtui.demo import rehearsal

    found = rehearsal.running()
    if found is None:
        raise NotFound("No rehearsal is open in another terminal. `lrtui rehearse` begins one.")
    library, name = found
    open_app(ctx, name, desk_in(library, lambda: reading_of(ctx).settings), console=True)
