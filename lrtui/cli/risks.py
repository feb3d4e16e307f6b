"""What a person is shown before a text goes out to others: what was replaced in it, and what looks like a secret."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from lrtui.cli.words import say
from lrtui.errors import Refused
from lrtui.review.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lrtui.publish.audience import Edition


def preview(editions: Iterable[Edition]) -> Iterator[str]:
    """Yield, a line each, what was replaced in the editions and what in them looks like a secret."""
    for edition in editions:
        if edition.replaced:
            yield f"{edition.name}: {_counted(len(edition.replaced), 'replacement')}"
            for item in edition.replaced:
                times = f" ({item.times} times)" if item.times > 1 else ""
                yield f"  “{clean_line(item.words)}” → {item.instead}{times}, {item.where}"
        if edition.risks:
            yield f"{edition.name}: {_counted(len(edition.risks), 'possible secret')}"
            for risk in edition.risks:
                yield f"  {risk.what}, {risk.where}: {risk.shown}"


def tell(editions: Sequence[Edition]) -> None:
    """Show what looks like a secret in what is for the team, and goes to it all the same."""
    for line in preview(editions):
        say(line)
    if editions:
        say("For the team nothing is held back by this. What is a secret, take out of its line, and publish again.")


def settle(editions: Sequence[Edition], *, accept: bool) -> None:
    """Show what was replaced and what looks like a secret, and have a person say yes to the latter.

    Raises `Refused` where nobody does: `accept` is that yes for a script; at a terminal it is asked for.
    """
    for line in preview(editions):
        say(line)
    count = sum(len(edition.risks) for edition in editions)
    if count and not accept and not _agreed(count):
        raise Refused(
            f"Nothing was written: {_counted(count, 'place')} above may tell a secret. Change the lines, "
            "or say yes with --accept-risks."
        )


def _agreed(count: int) -> bool:
    return _is_answered() and click.confirm(f"Write it with {_counted(count, 'possible secret')} in it?", err=True)


def _is_answered() -> bool:
    """Tell whether somebody sits there who reads a question and can answer it."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def _counted(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"
