"""The verb that tells who changed what of a review, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lrtui.cli.place import desk_of_reviews
from lrtui.cli.words import complete_review, put_json, put_table, say, say_unread

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import tzinfo

    from lrtui.publish.history import Told


@click.command(
    short_help="Tell who changed what of a review, and when.",
    epilog="""\b
Examples:
  lrtui history checkout
  lrtui history checkout --corrections      what was changed after it was finished
  lrtui history checkout --all | less       with steps, clock and votes
  lrtui history checkout --json | jq -r '.[].by' | sort | uniq -c""",
)
@click.argument("review", shell_complete=complete_review)
@click.option("--corrections", is_flag=True, help="Only what was changed after the review was finished.")
@click.option("--all", "everything", is_flag=True, help="Also what only ran the meeting: steps, clock, turns, votes.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
def history(ctx: click.Context, *, review: str, corrections: bool, everything: bool, as_json: bool) -> None:
    """Tell what was done to a review, by whom and when, the earliest first.

    An author is a person on a machine. Of private lines, feedback and ballots no word is told.
    """
    from lrtui.publish.history import told
    from lrtui.review.dates import zone_of

    desk = desk_of_reviews(ctx)
    folder = desk.library.resolve(review)
    storage = desk.stored(folder)
    say_unread(storage)
    deeds = [
        deed for deed in told(storage.groups) if (everything or not deed.running) and (deed.after or not corrections)
    ]
    if as_json:
        put_json([_as_data(deed) for deed in deeds])
        return
    put_table(_rows(deeds, zone_of(desk.read(folder))))
    if not deeds:
        say("Nothing was changed after it was finished." if corrections else "There is nothing in it yet.")


def _rows(deeds: Sequence[Told], zone: tzinfo) -> list[tuple[str, str, str]]:
    return [(f"{deed.at.astimezone(zone):%Y-%m-%d %H:%M}", deed.by, deed.words) for deed in deeds]


def _as_data(deed: Told) -> dict[str, object]:
    from lrtui.review.fields import written

    return {
        "at": written(deed.at),
        "by": deed.by,
        "words": deed.words,
        "running": deed.running,
        "correction": deed.after and not deed.running,
    }
