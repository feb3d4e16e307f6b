"""The verb that finds words in all reviews."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import click

from lrtui.cli.place import desk_of_reviews
from lrtui.cli.words import put, put_json, say
from lrtui.errors import LrtuiError
from lrtui.review.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lrtui.store.catalog import Hit

_LIKE = 0.7  # from which on a word is taken for a filter that was misspelt; “since” is not like “service”


@click.command(
    short_help="Find words in all reviews.",
    epilog="""\b
Examples:
  lrtui search retry storm
  lrtui search certif                 words that begin so
  lrtui search service:checkout kind:learning
  lrtui search retry team:payments after:2026-06
  lrtui search --limit 500 checkout
  lrtui search --json quota | jq -r '.[].name'

\b
Filters, beside words or alone; the beginning of a value will do:
  service:  tag:  team:  person:   kind: (event, learning, action …)
  before:   after:                 a year, a month or a day, as in 2026-06""",
)
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--limit", type=click.IntRange(min=1), default=50, show_default=True, metavar="N", help="How many lines at most."
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
def search(ctx: click.Context, *, words: Sequence[str], limit: int, as_json: bool) -> None:
    """Find words in the titles, facts, lines, actions and people of all reviews.

    Prints the reviews that have every word somewhere, and below each its lines that have them. Capitals and accents
    make no difference, and the last word may be only begun. What is private is never found. The status is 1 if nothing
    is.
    """
    typed = " ".join(map(_held_together, words))
    hits = _found(ctx, typed, limit)
    if as_json:
        put_json([_as_data(name, title, found) for name, title, found in _by_review(hits)])
    elif hits:
        put("\n\n".join("\n".join(_lines(name, title, found)) for name, title, found in _by_review(hits)))
    if not hits:
        hint = " ".join(_misread(typed)) or "Try fewer words, or the beginning of one."
        raise LrtuiError(f"Nothing is found for “{clean_line(typed)}”. {hint}")
    if len(hits) == limit:
        say(f"There may be more; --limit {10 * limit} shows them.")


def _held_together(word: str) -> str:
    """Put the quotes back around a filter's value that the shell has taken away."""
    name, colon, value = word.partition(":")
    return f'{name}:"{value}"' if colon and name.isalpha() and " " in value and '"' not in value else word


def _found(ctx: click.Context, typed: str, limit: int) -> list[Hit]:
    from lrtui.store.catalog import Hit
    from lrtui.store.query import TITLE, only_begun

    desk = desk_of_reviews(ctx)
    if not desk.library.reviews():
        return []
    desk.update_catalog()
    if only_begun(typed):
        return [Hit(row.name, row.title, TITLE, row.title, "") for row in desk.catalog.rows(limit=limit)]
    return desk.catalog.search(typed, limit, each=limit)


def _misread(typed: str) -> Iterator[str]:
    """Yield what may have been meant as a filter, and why it is none."""
    import difflib

    from lrtui.store.query import AFTER, BEFORE, FILTERS, KIND, misread

    for name, value in misread(typed):
        said = clean_line(value)
        near = difflib.get_close_matches(name, FILTERS, 1, _LIKE)
        if name == KIND:
            yield f"“{said}” is no kind of line; {_kind_meant(value)}"
        elif name in {BEFORE, AFTER}:
            yield f"“{said}” is no day; after “{name}:” stands a year, a month or a day, as in 2026-06."
        elif name in FILTERS:
            yield f"“{said}” has no word in it that “{name}:” could look for."
        elif near:
            yield f"“{clean_line(name)}:” is no filter; did you mean “{near[0]}:”?"


def _kind_meant(value: str) -> str:
    import difflib

    from lrtui.store.query import kinds

    near = difflib.get_close_matches(value.casefold().replace(" ", "_"), kinds(), 1)
    return f"did you mean “{near[0]}”?" if near else f"there are {', '.join(kinds())}."


def _by_review(hits: Sequence[Hit]) -> Iterator[tuple[str, str, list[Hit]]]:
    for (name, title), found in groupby(hits, key=lambda hit: (hit.review, hit.title)):
        yield name, title, list(found)


def _lines(name: str, title: str, found: Sequence[Hit]) -> Iterator[str]:
    """Yield a review's name and title, and below them what was found besides."""
    from lrtui.review.model import UNTITLED
    from lrtui.store.query import FACT, TITLE

    yield f"{name}  {title or UNTITLED}"
    for hit in found:
        if hit.kind != TITLE:
            fact = f"{hit.id}: " if hit.kind == FACT else ""
            yield f"  {hit.kind.replace('_', ' '):9} {fact}{hit.text}"


def _as_data(name: str, title: str, found: Sequence[Hit]) -> dict[str, object]:
    hits = [{"kind": hit.kind, "id": hit.id, "text": hit.text} for hit in found]
    return {"name": name, "title": title, "hits": hits}
