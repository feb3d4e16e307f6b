"""The verbs that write a review for others to read: show, export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lrtui.cli.place import desk_of_reviews
from lrtui.cli.words import complete_review, put, say, say_unread
from lrtui.errors import LrtuiError, Refused

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lrtui.desk import Desk
    from lrtui.publish.audience import Edition

_TEAM = "team"  # whose own a text is, unless another audience is named

audience = click.option(
    "--audience",
    type=click.Choice((_TEAM, "org", "public")),
    default=_TEAM,
    show_default=True,
    help="Who it is for. For others than the team the roster is told as reasons for being there; "
    "for the public names are turned into roles.",
)
keep = click.option(
    "--keep", multiple=True, metavar="WORD", help="A word that is no name here, though somebody is called so."
)


@click.command(
    short_help="Print a review as Markdown.",
    epilog="""\b
Examples:
  lrtui show checkout
  lrtui show checkout | less
  lrtui show 7k3q | grep '^- \\[ \\]'   its open actions
  lrtui show checkout --audience public   with roles for names""",
)
@click.argument("review", shell_complete=complete_review)
@audience
@keep
@click.pass_context
def show(ctx: click.Context, review: str, *, audience: str, keep: Sequence[str]) -> None:
    """Print a review as Markdown, as others will read it. What is private is not in it.

    What was replaced in it, and what looks like a secret, is told beside it; only `lrtui export` asks about that.
    """
    edition = _edition(desk_of_reviews(ctx), review, audience, keep)[1]
    if audience != _TEAM:
        from lrtui.cli.risks import preview

        for line in preview([edition]):
            say(line)
    put(_written(edition, "md"))


def _edition(desk: Desk, part: str, audience: str, keep: Sequence[str]) -> tuple[str, Edition]:
    """Return a review's name, and the review as an audience may have it; tell when not all of it could be read."""
    from lrtui.publish.audience import Audience, edition
    from lrtui.review.model import Review

    folder = desk.library.resolve(part)
    storage = desk.stored(folder)
    say_unread(storage)
    others = desk.names() if audience == Audience.PUBLIC else ()
    review = Review.read(storage.tables)
    return folder.name, edition(review, name=folder.name, audience=Audience(audience), people=others, keep=keep)


def _written(edition: Edition, form: str) -> str:
    if form == "csv":
        from lrtui.publish.tables import as_csv

        return as_csv(edition.review)
    if form == "html":
        from lrtui.publish.html import as_html

        return as_html(edition)
    if form == "json":
        from lrtui.publish.tables import as_json as write
    else:
        from lrtui.publish.markdown import document as write
    return write(edition.review, name=edition.name, notice=edition.notice, audience=edition.audience)


@click.command(
    short_help="Write a review to a file or the clipboard.",
    epilog="""\b
Examples:
  lrtui export checkout               to a file here, named after the review
  lrtui export checkout -o docs/      the same in the folder docs
  lrtui export checkout -o review.md
  lrtui export checkout --copy        to the clipboard
  lrtui export checkout --format json -o - | jq .actions
  lrtui export checkout --audience public --preview   what would be replaced
  lrtui export checkout --audience public --keep Will""",
)
@click.argument("review", shell_complete=complete_review)
@click.option(
    "-o",
    "--output",
    type=click.Path(allow_dash=True, path_type=Path),
    metavar="FILE",
    help="Where to; - is standard output.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["md", "html", "json", "csv"]),
    default="md",
    show_default=True,
    help="Markdown, one HTML file that needs nothing else, JSON, or a table of all lines.",
)
@audience
@keep
@click.option("--preview", is_flag=True, help="Write nothing; print what would be replaced, and what may be a secret.")
@click.option("--accept-risks", is_flag=True, help="Write it though there may be secrets in it; else you are asked.")
@click.option("--force", is_flag=True, help="Replace a file that lrtui has not written, or that was edited since.")
@click.option("--copy", is_flag=True, help="To the clipboard; to a file as well if -o names one.")
@click.pass_context
def export(
    ctx: click.Context,
    review: str,
    output: Path | None,
    form: str,
    *,
    audience: str,
    keep: Sequence[str],
    preview: bool,
    accept_risks: bool,
    force: bool,
    copy: bool,
) -> None:
    """Write a review to a file, and print where that is. What is private is not in it.

    For others than the team, what looks like a secret is shown and needs a yes. A file that is there already is
    replaced if it is as lrtui has written it of this review; any other only with --force.
    """
    desk = desk_of_reviews(ctx)
    name, edition = _edition(desk, review, audience, keep)
    if preview:
        _preview(edition)
        return
    if audience != _TEAM:
        from lrtui.cli.risks import settle

        settle([edition], accept=accept_risks)
    text = _written(edition, form)
    if output == Path("-"):
        put(text)
    elif output is not None or not copy:
        put(str(_saved(desk, text, name, edition, form, output, force=force)))
    if copy:
        outcome = desk.copy(text)
        if not outcome.copied:
            raise LrtuiError(outcome.said)
        say(outcome.said)


def _preview(edition: Edition) -> None:
    from lrtui.cli.risks import preview
    from lrtui.publish.audience import risks

    told = list(preview([edition._replace(risks=tuple(risks(edition.review)))]))
    put("\n".join(told or ["Nothing would be replaced, and nothing looks like a secret."]))


def _saved(desk: Desk, text: str, name: str, edition: Edition, form: str, output: Path | None, *, force: bool) -> Path:
    """Write the text to its file, which says in its name whom it is for if that is not the team."""
    others = "" if edition.audience == _TEAM else f".{edition.audience}"
    try:  # what was written for one audience is not known as its own by another
        return desk.save_export(text, name + others, form, output, replace=force, page=edition.name + others)
    except Refused as refusal:
        raise Refused(f"{str(refusal).removesuffix('.')}; --force replaces it.") from refusal
