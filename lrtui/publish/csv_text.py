"""Rows as CSV, for spreadsheets and for what reads like one.

A spreadsheet takes a cell that begins with `=`, `+`, `-` or `@` for a formula, and what people typed may begin so. Such
a cell gets an apostrophe before it, which spreadsheets read as “this is text”.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from lrtui.review.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_text(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return rows as CSV (RFC 4180, but for line ends of one character); None is an empty cell."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return written.getvalue()


def _cell(value: object) -> object:
    if not isinstance(value, str):
        return "" if value is None else value
    text = clean(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
