"""Text wrapped to a width in terminal cells; wide characters count two.

Lines end between words, in Chinese and Japanese also between signs, and where a word is too long for any line, in it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.cells import cell_len, chop_cells

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOM = 8  # cells at the end of a line for which it is worth to begin a word there that goes on in the next

# signs between which a line may end, with the marks that must not be parted from them: Japanese and Chinese write no
# spaces, Korean does
_SIGNS = "\u2e80-\u312f\u3190-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\U00020000-\U0003ffff"
_OPENING = "（［｛「『【〈《〔"
_CLOSING = "）］｝」』】〉》〕、。，．・：；？！々ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ…\u3099\u309a\ufe00-\ufe0f"
_PIECE = re.compile(f"[{_OPENING}]*[{_SIGNS}][{_CLOSING}]*|[^{_SIGNS}]+[{_CLOSING}]*|.", re.DOTALL)


def wrap(text: str, width: int, hang: int = 0) -> list[str]:
    """Return the lines of `text`, each at most `width` cells wide; there is always at least one.

    What does not fit on the first line of a paragraph goes on `hang` cells further in than the paragraph begins.
    """
    text = text.expandtabs(4)
    if len(text) <= width and text.isascii() and "\n" not in text:
        return [text]
    return [line for paragraph in text.split("\n") for line in _paragraph(paragraph, max(width, 2), hang)]


def _paragraph(text: str, width: int, hang: int) -> list[str]:
    if cell_len(text) <= width:
        return [text]
    lead = min(len(text) - len(text.lstrip(" ")), width // 2)
    margin = " " * min(lead + hang, width // 2, width - 2)
    lines, line = [], " " * lead
    used = begin = lead
    for space, piece in _pieces(text):
        gap = space if used > begin else ""
        size = len(gap) + cell_len(piece)
        if used + size <= width:
            line += gap + piece
            used += size
            continue
        *full, rest = [piece]
        if cell_len(piece) > width - len(margin):
            left = width - used - len(gap)
            first = chop_cells(piece, left)[0] if left >= ROOM else ""
            line += gap + first if first else ""
            *full, rest = chop_cells(piece.removeprefix(first), width - len(margin))
        if line.strip():
            lines.append(line)
        lines += [margin + part for part in full]
        line, used, begin = margin + rest, len(margin) + cell_len(rest), len(margin)
    return [*lines, line]


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Yield what no line is ended in, each with what stands before it on the same line."""
    for word in text.split():
        for number, piece in enumerate([word] if word.isascii() else _PIECE.findall(word)):
            yield "" if number else " ", piece


def cut(text: str, width: int) -> str:
    """Return `text` on one line of at most `width` cells; an ellipsis tells that something is left out."""
    text = " ".join(text.split())
    if cell_len(text) <= width:
        return text
    return chop_cells(text, width - 1)[0] + "…" if width > 1 else "…"[:width]


def pad(text: str, width: int) -> str:
    """Return `text` cut or filled with spaces to exactly `width` cells."""
    text = cut(text, width) if cell_len(text) > width else text
    return text + " " * (width - cell_len(text))
