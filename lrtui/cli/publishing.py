"""The verb that publishes a library's finished reviews to a folder."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lrtui.cli.exporting import keep
from lrtui.cli.place import desk_of_reviews
from lrtui.cli.words import complete_review, put, put_json, say
from lrtui.errors import LrtuiError, Refused

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from lrtui.desk import Desk
    from lrtui.publish.folder.look import Look
    from lrtui.publish.folder.publication import Report, Wishes

_AUDIENCES = ("team", "org", "public")


@click.command(
    short_help="Publish finished reviews to a folder, as pages.",
    epilog="""\b
Examples:
  lrtui publish --to docs/reviews              all that are done; again, and only what changed is written
  lrtui publish --to docs/reviews --dry-run    what would be written
  lrtui publish --to docs/reviews checkout     of those not there yet, only this one
  lrtui publish --to reviews --site            with HTML, to open from reviews/site/index.html
  lrtui publish --to reviews --site --base-url https://example.org/reviews/ \\
        --comment-url 'https://example.org/new?title={title}&body={page}'""",
)
@click.argument("reviews", nargs=-1, metavar="[REVIEW]...", shell_complete=complete_review)
@click.option(
    "--to",
    "root",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="The folder. What else is in it stays as it is.",
)
@click.option(
    "--audience",
    type=click.Choice(_AUDIENCES),
    default="team",
    show_default=True,
    help="Who it is for. A folder belongs to one audience: publishing to it for another is refused.",
)
@keep
@click.option("--accept-risks", "accept", is_flag=True, help="Publish it although something in it looks like a secret.")
@click.option("--site", is_flag=True, help="Write HTML as well, to the folder “site” in it; no server is needed.")
@click.option("--title", metavar="WORDS", help="What the index, the site and the feed are called.")
@click.option(
    "--base-url", default="", metavar="URL", help="Where the pages will be, for the feed; with --site the site."
)
@click.option(
    "--comment-url",
    default="",
    metavar="URL",
    help="Where readers answer a page; {page} and {title} in it become the page's own. May begin with mailto:.",
)
@click.option(
    "--force",
    multiple=True,
    metavar="FILE",
    help="Replace this file of the folder although it was edited by hand, or is not lrtui's.",
)
@click.option("--prune", is_flag=True, help="Take away pages that have no finished review any more, unless edited.")
@click.option("--dry-run", is_flag=True, help="Only tell what would be written.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
def publish(
    ctx: click.Context,
    *,
    reviews: Sequence[str],
    root: Path,
    audience: str,
    keep: Sequence[str],
    accept: bool,
    site: bool,
    title: str | None,
    base_url: str,
    comment_url: str,
    force: Sequence[str],
    prune: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Publish the reviews that are done to a folder, and print what was written.

    A page each, an index, tags, services, open actions, learnings, a feed. A page that was edited by hand is left as it
    is, and told of; so is the page of a review that was taken up again or deleted.
    """
    from lrtui.publish.audience import Audience
    from lrtui.publish.folder.look import TITLE, Look, checked_answer, checked_base
    from lrtui.publish.folder.publication import Wishes

    try:
        addresses = checked_base(base_url), checked_answer(comment_url)
        look = Look(title or TITLE, Audience(audience), *addresses, site=site, keep=tuple(sorted(set(keep))))
    except Refused as error:
        raise click.UsageError(str(error)) from error
    wishes = Wishes(None, _within(root, force), prune=prune, dry_run=dry_run)
    report = _published(desk_of_reviews(ctx), root, look, reviews, wishes, accept=accept or dry_run)
    if as_json:
        put_json({"folder": str(root), "dry_run": dry_run, **_as_data(report)})
    elif report.written:
        put("\n".join(str(root / path) for path in report.written))
    for path in report.removed:
        say(f"{'would be removed' if dry_run else 'removed'}: {root / path}")
    for sentence in _told(report, site=site, dry_run=dry_run):
        say(sentence)
    if report.unreadable:
        raise LrtuiError(f"Left out, since they could not be read: {', '.join(report.unreadable)}.")


def _within(root: Path, files: Sequence[str]) -> list[str]:
    """Return files as paths in the folder, whether they were named so or as they are printed."""
    inside = [Path(file) for file in files]
    return [(file.relative_to(root) if file.is_relative_to(root) else file).as_posix() for file in inside]


def _published(desk: Desk, root: Path, look: Look, reviews: Sequence[str], wishes: Wishes, *, accept: bool) -> Report:
    from dataclasses import replace

    from lrtui.cli.risks import settle, tell
    from lrtui.publish.audience import Audience
    from lrtui.publish.folder import publication

    _refuse_own(desk, root)
    asked = replace(wishes, wanted=_wanted(desk, reviews))
    today = desk.clock().astimezone().date()
    shown = tell if look.audience is Audience.TEAM else partial(settle, accept=accept)
    return publication.publish(desk.library, desk.read, root, look, today, asked, shown)


def _refuse_own(desk: Desk, root: Path) -> None:
    library, asked = desk.library.root.resolve(), root.resolve()
    own = [(library / name).resolve() for name in ("reviews", "templates", ".cache")]
    if asked == library or any(asked.is_relative_to(folder) for folder in own):
        raise Refused("This folder is the library's own. Name another one to publish to.")


def _wanted(desk: Desk, reviews: Sequence[str]) -> Collection[str] | None:
    from lrtui.review.model import Status

    if not reviews:
        return None
    folders = [desk.library.resolve(review) for review in reviews]
    undone = [folder.name for folder in folders if desk.read(folder).head.status is not Status.DONE]
    if undone:
        raise Refused(f"{undone[0]} is not done yet, and only what is done is published. Finish it first.")
    return {folder.name for folder in folders}


def _as_data(report: Report) -> dict[str, object]:
    import dataclasses

    return dataclasses.asdict(report)


def _told(report: Report, *, site: bool, dry_run: bool) -> Iterator[str]:
    """Yield what a person should know besides the files that were written."""
    from lrtui.publish.folder.gather import SITE

    if report.kept_back:
        yield (
            f"Left out, since their template says “published: false”: {', '.join(report.kept_back)}. "
            "Name one to publish it all the same."
        )
    if not report.written and not report.unchanged:
        if not report.kept_back:
            yield "No review is done yet, so there is nothing to publish."
        return
    counts = [
        f"{_pages(len(report.written))} {'would be ' if dry_run else ''}written",
        f"{report.unchanged} unchanged",
        *_counted(report.removed, "removed"),
        *_counted(report.corrected, "corrected"),
        *_counted(report.edited, "edited by hand and left"),
        *_counted(report.in_the_way, "in the way and left"),
        *_counted(report.gone, "without a review"),
        *_counted(report.reopened, "of a review that is not done"),
    ]
    yield ", ".join(counts) + "."
    for path in report.edited:
        beside = f"{SITE}{path.removesuffix('.md')}.html"
        lacks = site and path.endswith(".md") and beside not in {*report.edited, *report.removed}
        told = f" {beside} does not have what was edited." if lacks else ""
        yield f"{path} was edited by hand and stays, unless you say --force {path}.{told}"
    for path in report.in_the_way:
        yield f"{path} is not lrtui's and stays; --force {path} replaces it."
    for path in report.gone:
        yield f"{path} has no review in the library any more and stays; --prune takes such pages away."
    for path in report.reopened:
        yield f"{path} stays as it was: its review was taken up again."
    if report.stale:
        yield f"Nothing belongs any more in {', '.join(report.stale)}; --prune takes such pages away."
    if report.site_left:
        yield "The site was left as it is; --site brings it up to date."


def _pages(count: int) -> str:
    return "1 file" if count == 1 else f"{count} files"


def _counted(paths: Sequence[str], what: str) -> Iterator[str]:
    if paths:
        yield f"{len(paths)} {what}"
