"""The verbs that make, list and add to reviews without a screen."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from lrtui.cli.place import desk_of, desk_of_reviews
from lrtui.cli.screens import open_app, require_screen
from lrtui.cli.words import complete_review, complete_template, pairs, put, put_json, put_table, say
from lrtui.errors import LrtuiError, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lrtui.desk import Desk
    from lrtui.session import Session
    from lrtui.store.catalog import Row

DEFAULT_TEMPLATE, SOLO_TEMPLATE = "learning-review", "write-up"
_STATUSES = ("draft", "live", "wrap-up", "done")


@click.command(
    short_help="Begin a review; print its name.",
    epilog="""\b
Examples:
  lrtui new
  lrtui new --title "Slow checkout" --fact service=checkout --tag payments
  lrtui new --moment started="2026-11-20 11:52" --moment resolved=12:47
  lrtui new --person "Ana Lima: responder, payments" --person "Jo: observer"
  name=$(lrtui new --title "Disk full" --solo --no-open)""",
)
@click.option(
    "--template",
    shell_complete=complete_template,
    help="Which agenda, by name or file.  "
    f"[default: that of your config.yaml, else {DEFAULT_TEMPLATE}; with --solo {SOLO_TEMPLATE}]",
)
@click.option("--title", default="", metavar="WORDS", help="What the review is called.")
@click.option(
    "--fact", "facts", multiple=True, metavar="KEY=WORDS", callback=pairs, help="Something known about the incident."
)
@click.option(
    "--moment",
    "moments",
    multiple=True,
    metavar="KEY=TIME",
    callback=pairs,
    help="When something was: 14:05, 11-22 14:05.",
)
@click.option("--person", "people", multiple=True, metavar="PERSON", help="Who takes part: “Name: reason, team”.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="A tag of the whole review.")
@click.option(
    "--zone", default="", metavar="ZONE", help="The incident's time zone, as in Europe/Rome. Else this machine's."
)
@click.option("--solo", is_flag=True, help="You write it alone, on one page and without a clock.")
@click.option("--no-open", is_flag=True, help="Do not open it on the screen.")
@click.pass_context
def new(
    ctx: click.Context,
    *,
    template: str | None,
    title: str,
    facts: Sequence[tuple[str, str]],
    moments: Sequence[tuple[str, str]],
    people: Sequence[str],
    tags: Sequence[str],
    zone: str,
    solo: bool,
    no_open: bool,
) -> None:
    """Begin a review, print its name and open it: in its set-up, or on its page if you write it alone.

    All of it can be given later as well. --fact, --moment, --person and --tag may be given several times.
    """
    if not no_open:
        require_screen("add --no-open to begin the review without one.")
    from lrtui.cli.beginning import Wishes, begin

    desk = desk_of(ctx)
    wishes = Wishes(template or (SOLO_TEMPLATE if solo else ""), title, facts, moments, people, tags, zone, solo=solo)
    name = begin(desk, wishes)
    put(name)
    if not no_open:
        open_app(ctx, name, desk)


@click.command(
    "list",
    short_help="List the reviews.",
    epilog="""\b
Examples:
  lrtui list
  lrtui list --status done
  lrtui list --json | jq -r '.[] | select(.open_actions > 0) | .name'""",
)
@click.option("--status", type=click.Choice(_STATUSES), help="Only those of one status.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
def list_(ctx: click.Context, *, status: str | None, as_json: bool) -> None:
    """List the reviews: name, status, open actions, title. Live ones come first, then the latest."""
    desk = desk_of_reviews(ctx)
    rows = _rows(desk, status)
    if as_json:
        put_json([_as_data(row) for row in rows])
        return
    from lrtui.review.model import UNTITLED

    waiting = (f"{row.open_actions} open" if row.open_actions else "" for row in rows)
    put_table((row.name, row.status, left, row.title or UNTITLED) for row, left in zip(rows, waiting, strict=True))
    if not rows and not status:
        say("There are no reviews here yet. `lrtui new` begins one, `lrtui demo` shows what one is like.")


def _rows(desk: Desk, status: str | None) -> list[Row]:
    found = desk.library.reviews()
    if not found:
        return []
    desk.catalog.refresh(found)
    return desk.catalog.rows(status=status, limit=len(found))


def _as_data(row: Row) -> dict[str, object]:
    return {
        "name": row.name,
        "title": row.title,
        "status": row.status,
        "date": row.day.isoformat() if row.day else None,
        "service": row.service,
        "severity": row.severity,
        "template": row.template,
        "facilitator": row.facilitator,
        "open_actions": row.open_actions,
        "entries": row.entries,
        "path": str(row.path),
    }


@click.command(
    short_help="Add lines to a review.",
    epilog="""\b
Examples:
  lrtui note checkout "14:05 deploy rolled back @ana"
  lrtui note checkout 14:05 deploy rolled back           the same, unquoted
  lrtui note checkout "14:02 pager" "14:05 rolled back"  two lines
  lrtui note checkout - < timeline.txt                   a file, line by line
  lrtui note checkout --step actions "a: alert on p99 @ana due:+2w"

\b
A line may begin with a time, and with what it is (or your own prefixes):
  a: action    d: decision   q: question   l: learning   t: event
  w: went well h: was hard   p: parked     n: note       // private""",
)
@click.argument("review", shell_complete=complete_review)
@click.argument("line", nargs=-1, required=True)
@click.option("--step", metavar="KEY", help="The step to add them in.")
@click.pass_context
def note(ctx: click.Context, review: str, line: Sequence[str], step: str | None) -> None:
    """Add lines to a review, as they would be typed in the room.

    They go into the step that is open. Before the meeting each goes into the step that collects its kind, so that a
    timeline can be brought along. A slash command, such as /delete, is refused.
    """
    typed = _typed(line)
    if not typed:
        raise LrtuiError("There was nothing to add: the lines are empty.")
    _refuse_commands(typed)
    session = desk_of(ctx).open(review)
    try:
        if session.read_only:
            raise Refused(session.notice)
        if session.notice:
            say(session.notice)
        _add(session, typed, step)
    finally:
        session.close()


def _typed(words: Sequence[str]) -> list[str]:
    """Return the lines: those of standard input for `-`, the quoted arguments, or one of unquoted words."""
    if list(words) == ["-"]:
        lines = sys.stdin.buffer.read().decode("utf-8", "replace").splitlines()
    elif all(" " in word.strip() for word in words):
        lines = list(words)
    else:
        lines = [" ".join(words)]
    return [line for line in lines if line.strip()]


def _refuse_commands(typed: list[str]) -> None:
    """Refuse what is meant for a screen: as a line it would be taken for what somebody has said."""
    from lrtui import commands
    from lrtui.review import capture

    for line in typed:
        slash = capture.slash(line)
        if slash and slash.word and commands.typed(slash.word):
            told = f"/{slash.word} is a command of the screens, and nothing was added."
            raise Refused(f"{told} As a line it is written with a backslash: \\{line.strip()}")


def _add(session: Session, typed: list[str], step: str | None) -> None:
    from itertools import groupby

    from lrtui.review import capture, intents, lines

    template = session.review.template
    if step is not None and template.step(step) is None:
        known = ", ".join(item.key for item in template.steps)
        raise LrtuiError(f"There is no step “{step}” in this review. There are: {known}.")
    spoken = (session.today, session.prefixes)
    placed = _placed(session, typed, step)
    session.perform(intents.capture_placed(placed))
    for key, run in groupby(key for key, _ in placed):
        found, count = template.step(key), len(list(run))
        lines_added = f"{count} {'line' if count == 1 else 'lines'} added"
        say(f"{lines_added} in “{found.title}”." if found else f"{lines_added}.")
    in_doubt = capture.said_of_dates(lines.read(session.review, line, "", *spoken) for line in typed)
    if in_doubt:
        say(in_doubt)


def _placed(session: Session, typed: list[str], step: str | None) -> list[tuple[str, str]]:
    """Return the lines, each with the key of the step that it belongs in."""
    return [(step or session.review.head.step or _collecting(session, line), line) for line in typed]


def _collecting(session: Session, typed: str) -> str:
    """Return the first step that captures lines of this kind, else the first of all."""
    from lrtui.review import lines

    steps = session.review.template.steps
    first = steps[0].key if steps else ""
    kind = lines.read(session.review, typed, first, session.today, session.prefixes).kind
    return next((step.key for step in steps if step.captures == kind), first)
