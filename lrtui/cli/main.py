"""The command line `lrtui`: its verbs together, and what happens when one of them fails.

Exit status: 0 done, 1 refused or failed, with one sentence on standard error, 2 wrong usage, 3 asked for by --check
where something is overdue, 130 interrupted, 141 when
whoever read the output has gone. Nobody ever sees a traceback, unless LRTUI_DEBUG is set.
"""

from __future__ import annotations

import gc
import io
import os
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from lrtui import __version__
from lrtui.cli import (
    about,
    actions,
    config,
    exporting,
    feedback,
    history,
    insight,
    publishing,
    rehearsing,
    reviews,
    screens,
    searching,
    templates,
)
from lrtui.errors import LrtuiError, StoreError
from lrtui.review.text import clean

if TYPE_CHECKING:
    from types import TracebackType

INTERRUPTED = 130


class Failed(click.ClickException):
    """A verb was refused or has failed; the message is a sentence."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the sentence."""
        click.echo(f"lrtui: {clean(self.message)}", file=file, err=True)


class Verbs(click.Group):
    """The verbs, in the order in which one meets them in the life of a review."""

    def list_commands(self, _: click.Context) -> list[str]:
        """Return the verbs as they were added."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> object:
        """Run a verb; what it has to tell a person becomes a sentence and a status."""
        try:
            return super().invoke(ctx)
        except LrtuiError as error:
            raise Failed(_placed(error)) from error


def _placed(error: LrtuiError) -> str:
    """Return the sentence of an error, and after it the file or folder that it is about."""
    path = error.path if isinstance(error, StoreError) else None
    return f"{error} ({path})" if path else str(error)


@click.group(
    cls=Verbs,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Examples:
  lrtui demo                               try it on a throw-away library
  lrtui new --title "Checkout latency"     begin a review and set it up
  lrtui open checkout                      go on with it
  lrtui note checkout "14:05 rolled back"  add a line from a script
  lrtui export checkout -o review.md       write it as Markdown

\b
A review is named by any part of its name that fits no other.
`lrtui VERB --help` shows examples of a verb.""",
)
@click.option(
    "--library",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="The library to work in. Else $LRTUI_LIBRARY, the library around the current folder, or your own.",
)
@click.option(
    "--theme",
    type=click.Choice(["light", "dark"]),
    envvar="LRTUI_THEME",
    show_envvar=True,
    help="How screens look.",
)
@click.option(
    "--config",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Your settings. Else $LRTUI_CONFIG, or config.yaml in your own folder of settings.",
)
@click.version_option(__version__, prog_name="lrtui", message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context, /, **_: object) -> None:
    """Run a live, blameless learning review of an incident.

    Without a verb, lrtui opens the library.
    """
    if ctx.invoked_subcommand is None:
        screens.open_app(ctx)


for _verb in (
    screens.open_,
    screens.console,
    reviews.new,
    screens.demo,
    rehearsing.rehearse,
    reviews.list_,
    searching.search,
    exporting.show,
    history.history,
    reviews.note,
    exporting.export,
    publishing.publish,
    actions.actions,
    actions.action,
    feedback.feedback,
    insight.insight,
    templates.templates,
    about.keys,
    config.config,
    about.where,
    about.completion,
):
    cli.add_command(_verb)


def run() -> None:
    """Be the program."""
    gc.disable()  # a verb is over before its garbage could matter; a screen that opens lets Python look for it again
    if not os.environ.get("LRTUI_DEBUG"):
        sys.excepthook = _report
    if isinstance(sys.stdout, io.TextIOWrapper):  # a review gives the same bytes whatever the locale
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    sys.exit(_status())


def _status() -> int:
    try:
        ended = cli.main(prog_name="lrtui", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    return ended if isinstance(ended, int) else 0


def _report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Tell in a sentence that lrtui itself is at fault; the details are for those who mend it."""
    import tempfile
    import traceback

    told = f"lrtui: An error of lrtui's own has stopped it ({kind.__name__}). What was saved is safe."
    try:
        with tempfile.NamedTemporaryFile("w", prefix="lrtui-", suffix=".txt", delete=False, encoding="utf-8") as report:
            report.write("".join(traceback.format_exception(kind, error, trace)))
    except OSError:
        click.echo(f"{told} Set LRTUI_DEBUG=1 to see the details.", err=True)
    else:
        click.echo(f"{told} What happened is written in {report.name}.", err=True)
