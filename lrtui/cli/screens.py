"""The verbs that open a screen. Textual is imported here, when it is known that there is a screen to open."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lrtui.cli.own import reading_of
from lrtui.cli.place import desk_of
from lrtui.cli.words import complete_review, put, say
from lrtui.errors import LrtuiError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrtui.app.app import LrtuiApp
    from lrtui.desk import Desk

_DEMO = "lrtui-demo-"
_WITHOUT = "`lrtui list`, `lrtui show`, `lrtui note` and `lrtui export` work without one."


def require_screen(instead: str = _WITHOUT) -> None:
    """Refuse where no screen can be drawn; `instead` says what works there."""
    if os.environ.get("TERM") == "dumb":
        raise LrtuiError(f"This terminal cannot draw a screen (TERM=dumb): {instead}")
    # Textual reads keys from standard input and draws on standard error
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise LrtuiError(f"A screen needs a terminal, and input or output here is none: {instead}")


def open_app(ctx: click.Context, name: str | None = None, desk: Desk | None = None, *, console: bool = False) -> None:
    """Open the library, or at once the review of that name or its console; end the program as the screen ended."""
    require_screen()
    reading = reading_of(ctx)
    desk = desk or desk_of(ctx, lambda: reading.settings)
    if name is not None:
        name = desk.library.resolve(name).name
    from lrtui.app.app import LrtuiApp

    theme = ctx.find_root().params.get("theme")
    run_app(ctx, LrtuiApp(desk, theme=theme, opens=name, console=console, notice=reading.notice))


def run_app(ctx: click.Context, app: LrtuiApp) -> None:
    """Run the screen; end the program as the screen ended."""
    app.run()
    if app.refusal:
        raise app.refusal
    if app.return_code:
        ctx.exit(app.return_code)


@click.command(
    "open",
    short_help="Open a review, or the library.",
    epilog="""\b
Examples:
  lrtui open                     the library, as `lrtui` alone
  lrtui open checkout            the review with “checkout” in its name
  lrtui open 7k3q                the one whose name ends in 7k3q
  lrtui --theme light open 7k3q  for a bright room""",
)
@click.argument("review", required=False, shell_complete=complete_review)
@click.pass_context
def open_(ctx: click.Context, review: str | None) -> None:
    """Open a review where it is in its life: set-up, room or what was written down; without one, the library."""
    open_app(ctx, review)


@click.command(
    short_help="Open a review's console in a second terminal.",
    epilog="""\b
Examples:
  lrtui console checkout   beside `lrtui open checkout` in the terminal that is shared
  lrtui --library "$(lrtui demo --no-open)" console checkout""",
)
@click.argument("review", shell_complete=complete_review)
@click.pass_context
def console(ctx: click.Context, review: str) -> None:
    """Open the facilitator's console of a review, in a terminal that nobody else sees.

    It shows what to say and to ask, who has not been heard, hints on wording and your private notes, and follows what
    is done in the room view. Lines can be added and the meeting be led from here as well.
    """
    open_app(ctx, review, console=True)


@click.command(
    short_help="Try lrtui on a sample library.",
    epilog="""\b
Examples:
  lrtui demo                    look around; it is removed when you leave
  lrtui demo --keep sample      the same in the new folder “sample”, to keep
  cd "$(lrtui demo --no-open)"  only make it; it stays, too""",
)
@click.option(
    "--keep", type=click.Path(path_type=Path, file_okay=False), metavar="DIR", help="Make it in DIR and leave it there."
)
@click.option("--no-open", is_flag=True, help="Only make it, and print its folder.")
@click.pass_context
def demo(ctx: click.Context, keep: Path | None, *, no_open: bool) -> None:
    """Open a sample library, with a review in the middle of its meeting.

    A small web shop and its incidents, all invented. Nothing of yours is read, but for your settings, or changed.
    """
    if not no_open:
        require_screen("`lrtui demo --no-open` makes the sample library and prints its folder.")
    import tempfile

    if keep is not None and keep.exists() and any(keep.iterdir()):
        raise LrtuiError(f"There is something in {keep} already. Name a folder that is new or empty.")
    if keep is not None or no_open:
        root = keep or Path(tempfile.mkdtemp(prefix=_DEMO))
        _show_demo(ctx, root, no_open=no_open)
        if not no_open:
            say(f"The sample library is kept; `lrtui --library {root}` opens it again.")
        return
    with thrown_away(_DEMO) as root:
        _show_demo(ctx, root, no_open=False)


@contextlib.contextmanager
def thrown_away(prefix: str) -> Iterator[Path]:
    """Make a folder whose name begins so, and take it away afterwards with all that is in it, however that ends."""
    import shutil
    import tempfile

    root = Path(tempfile.mkdtemp(prefix=prefix))
    try:
        yield root
    finally:
        shutil.rmtree(root, ignore_errors=True)


def _show_demo(ctx: click.Context, root: Path, *, no_open: bool) -> None:
    from datetime import UTC, datetime

    from lrtui import demo as sample

    live = sample.build(root, datetime.now(UTC))
    if no_open:
        put(str(root.absolute()))
        say(f"The review that is live there is {live}.")
    else:
        desk = sample.desk(root)
        desk.settings = reading_of(ctx).settings
        open_app(ctx, live, desk)
