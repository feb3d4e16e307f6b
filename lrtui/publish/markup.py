"""Plain text as HTML and XML."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from lrtui.review.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable

_FORBIDDEN = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")  # code points that are in neither


def text(words: str) -> str:
    """Return one line of text for an element or an attribute."""
    return allowed(html.escape(clean_line(words)))


def allowed(written: str) -> str:
    """Return what is written already, without the code points that may not be in it."""
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", written)


def dots(parts: Iterable[str]) -> str:
    """Join parts of a line, which are HTML, with dots between them that are not read aloud."""
    return ' <span aria-hidden="true">·</span> '.join(parts)
