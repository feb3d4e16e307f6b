"""Words on the command line, in and out: what an argument may be and how it is completed, what is printed where.

Data goes to standard output, and whole; everything said beside it goes to standard error. Neither ever carries a
control character to the terminal.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from lrtui.cli.place import place_of, reading_desk
from lrtui.errors import LrtuiError, StoreError
from lrtui.review.text import clean
from lrtui.store.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lrtui.store.storage import JournalStorage

NO_READER = 141  # the status of a program that ends because nobody reads its output any more


def put(text: str) -> None:
    """Print data. Whoever reads it may go at any time; any other failure is told like that of a disk."""
    _print(clean(text), nl=not text.endswith("\n"))


def _print(text: str | bytes, *, nl: bool) -> None:
    try:
        click.echo(text, nl=nl)
    except BrokenPipeError as error:
        _drop_output()
        raise click.exceptions.Exit(NO_READER) from error
    except OSError as error:
        _drop_output()
        raise StoreError(f"The output could not be written: {error.strerror}.") from error


def put_exactly(text: str) -> None:
    """Print the text of a file whose lines may end in CR LF, as it is; nothing else in it may need cleaning."""
    _print("\r\n".join(map(clean, text.split("\r\n"))).encode(), nl=False)


def say(text: str) -> None:
    """Tell what was done, beside the data."""
    click.echo(clean(text), err=True)


def counted(count: int, what: str) -> str:
    """Return a number of things in words, as “1 place” or “2 places”."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def say_unread(storage: JournalStorage) -> None:
    """Tell how much of a review on disk could not be read, if anything."""
    count = len(storage.unread)
    if count:
        say(f"What is missing here: {count} {'line' if count == 1 else 'lines'} on disk that could not be read.")


def put_json(value: object) -> None:
    """Print a value as JSON."""
    import json

    put(json.dumps(value, indent=2, ensure_ascii=False))


def put_table(rows: Iterable[Sequence[str]]) -> None:
    """Print rows in columns; nothing at all where there are none."""
    lines = columns(rows)
    if lines:
        put("\n".join(lines))


def columns(rows: Iterable[Sequence[str]]) -> list[str]:
    """Return rows as lines, in columns with two spaces between them."""
    cells = [[clean(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    return ["  ".join(map(str.ljust, row, widths)).rstrip() for row in cells]


def width() -> int | None:
    """Return how many characters a line of output has room for: as `COLUMNS` says, else as the terminal has.

    None where it is read by no terminal, and nothing else is said.
    """
    said = os.environ.get("COLUMNS", "")
    if said.isascii() and said.isdecimal() and int(said):
        return int(said)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or None
    except (OSError, ValueError):
        return None


def _drop_output() -> None:
    """Let what is still to be written go nowhere, so that leaving the program does not stumble over it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def complete_review(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """Offer the reviews whose names begin so; else the only one that has this somewhere in its name."""
    try:
        reviews = Library(place_of(ctx).root).reviews()
    except LrtuiError:
        return []
    names = [review.name for review in reviews if review.name.isprintable()]
    begun = [name for name in names if name.startswith(incomplete)]
    within = [name for name in names if incomplete in name]
    return begun or (within if len(within) == 1 else [])


def complete_template(ctx: click.Context, _: click.Parameter, incomplete: str) -> list[str]:
    """Offer the templates there are."""
    try:
        names = reading_desk(ctx).templates()
    except LrtuiError:
        return []
    return [name for name in names if name.startswith(incomplete)]


def pairs(_ctx: click.Context, param: click.Parameter, values: Iterable[str]) -> list[tuple[str, str]]:
    """Part each value's key from what follows its first equals sign."""
    return [_pair(value, param) for value in values]


def _pair(value: str, param: click.Parameter) -> tuple[str, str]:
    key, equals, words = value.partition("=")
    if not equals or not key.strip():
        raise click.BadParameter(f"“{value}” is not written {param.metavar}.", param=param)
    return key.strip(), words.strip()
