"""Text wrapped to a width in terminal cells; wide characters count two, a word that is too long is cut."""

from __future__ import annotations

from rich.cells import cell_len, chop_cells


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
    lines, line, used = [], " " * lead, lead
    begun = False
    for word in text.split():
        size = cell_len(word)
        if used + begun + size <= width:
            line += " " * begun + word
            used += begun + size
            begun = True
            continue
        if begun:
            lines.append(line)
        *full, rest = chop_cells(word, width - len(margin)) if size > width - len(margin) else [word]
        lines += [margin + part for part in full]
        line, used, begun = margin + rest, len(margin) + cell_len(rest), True
    return [*lines, line]


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
