"""Text wrapped to a width in terminal cells; wide characters count two, a word that is too long is cut."""

from __future__ import annotations

from rich.cells import cell_len, chop_cells


def wrap(text: str, width: int) -> list[str]:
    """Return the lines of `text`, each at most `width` cells wide; there is always at least one."""
    text = text.expandtabs(4)
    if len(text) <= width and text.isascii() and "\n" not in text:
        return [text]
    return [line for paragraph in text.split("\n") for line in _paragraph(paragraph, max(width, 2))]


def _paragraph(text: str, width: int) -> list[str]:
    if cell_len(text) <= width:
        return [text]
    indent = " " * min(len(text) - len(text.lstrip(" ")), width // 2)
    lines: list[str] = []
    line, room = indent, width - len(indent)
    for word in text.split():
        size = cell_len(word)
        if size + (line != indent) <= room:
            line += word if line == indent else " " + word
            room -= size + (line != indent + word)
            continue
        if line != indent:
            lines.append(line)
        *full, line = chop_cells(word, width - len(indent)) if size > width - len(indent) else [word]
        lines += [indent + part for part in full]
        room = width - len(indent) - cell_len(line)
        line = indent + line
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
