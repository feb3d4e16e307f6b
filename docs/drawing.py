"""A screen as SVG: small, the same bytes for the same screen, drawn with a font that the reader has."""

from __future__ import annotations

import html
import re
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from rich.cells import cell_len, get_character_cell_size

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from rich.style import Style
    from textual.strip import Strip

WIDTH, HEIGHT = 9, 19  # of a cell, in pixels: a font of 15 pixels is 9 wide
BASELINE, MARGIN = 14, 9

# signs that are drawn as what they are, areas of a cell: left, top, width and height in eighths
_BLOCKS = {
    "█": (0, 0, 8, 8), "▔": (0, 0, 8, 1), "▕": (7, 0, 1, 8), "▏": (0, 0, 1, 8),
    **{sign: (0, 8 - eighths, 8, eighths) for eighths, sign in enumerate("▁▂▃▄▅▆▇", 1)},
}  # fmt: skip
_RUN = re.compile(f"(?P<block>([{''.join(_BLOCKS)}])\\2*)|[^\\s{''.join(_BLOCKS)}]+(?: [^\\s{''.join(_BLOCKS)}]+)*")


class Drawing:
    """The lines of a screen, drawn one after another."""

    def __init__(self, strips: Sequence[Strip], title: str) -> None:
        self._strips = strips
        self._title = title
        self._inks: dict[str, str] = {}  # what each class of text looks like, by its declarations

    def svg(self) -> str:
        """Return the picture."""
        width = max(strip.cell_length for strip in self._strips) * WIDTH
        height = len(self._strips) * HEIGHT
        page = _page(self._strips)
        drawn = [part for row, strip in enumerate(self._strips) for part in self._line(strip, row * HEIGHT, page)]
        looks = "".join(f".{name}{{{look}}}" for look, name in self._inks.items())
        box = f"{-MARGIN} {-MARGIN} {width + 2 * MARGIN} {height + 2 * MARGIN}"
        frame = f'x="{-MARGIN}" y="{-MARGIN}" width="{width + 2 * MARGIN}" height="{height + 2 * MARGIN}" rx="6"'
        return "\n".join(
            [
                f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" width="{width + 2 * MARGIN}" role="img">',
                f"<title>{html.escape(self._title)}</title>",
                "<style>text{font:15px ui-monospace,Menlo,Consolas,'DejaVu Sans Mono',monospace}" + looks + "</style>",
                f'<rect {frame} fill="{page}"/>',
                *drawn,
                "</svg>\n",
            ]
        )

    def _line(self, strip: Strip, y: int, page: str) -> Iterator[str]:
        looks = [(segment.text, *_look(segment.style)) for segment in strip]
        for x, text, paper in _joined((text, paper) for text, paper, _ in looks):
            if paper != page:
                width = cell_len(text) * WIDTH
                yield f'<rect x="{x * WIDTH}" y="{y}" width="{width}" height="{HEIGHT}" fill="{paper}"/>'
        for x, text, ink in _joined((text, ink) for text, _, ink in looks):
            yield from self._runs(text, x, y, ink)

    def _runs(self, text: str, x: int, y: int, ink: str) -> Iterator[str]:
        """Draw what there is to see of a text, each run of equally wide signs by itself: so all stands in columns."""
        for found in _RUN.finditer(text):
            at = x + cell_len(text[: found.start()])
            if found["block"]:
                yield _block(found[0], at, y, ink)
                continue
            for wide, signs in groupby(found[0], key=lambda sign: get_character_cell_size(sign) > 1):
                run = "".join(signs)
                size = cell_len(run)
                if run.strip():
                    yield self._run(run if wide else run.rstrip(), at, y, ink)
                at += size

    def _run(self, run: str, at: int, y: int, ink: str) -> str:
        indent = len(run) - len(run.lstrip())
        name = self._inks.setdefault(ink, f"s{len(self._inks)}")
        place = f'x="{(at + indent) * WIDTH}" y="{y + BASELINE}" textLength="{cell_len(run.strip()) * WIDTH}"'
        return f'<text {place} class="{name}">{html.escape(run.strip(), quote=False)}</text>'


def _joined(parts: Iterable[tuple[str, str]]) -> Iterator[tuple[int, str, str]]:
    """Yield texts that look the same as one, each with the cell at which it begins."""
    x = 0
    for look, alike in groupby(parts, key=lambda part: part[1]):
        text = "".join(part[0] for part in alike)
        yield x, text, look
        x += cell_len(text)


def _block(signs: str, at: int, y: int, ink: str) -> str:
    left, top, width, height = _BLOCKS[signs[0]]
    across = (len(signs) - 1) * WIDTH + width * WIDTH / 8
    fill = ink.partition(";")[0].removeprefix("fill:")
    place = f'x="{at * WIDTH + left * WIDTH / 8:g}" y="{y + top * HEIGHT / 8:g}"'
    return f'<rect {place} width="{across:g}" height="{height * HEIGHT / 8:g}" fill="{fill}"/>'


def _page(strips: Sequence[Strip]) -> str:
    """Return the colour that is behind most of a screen."""
    behind: Counter[str] = Counter()
    for segment in (segment for strip in strips for segment in strip):
        behind[_look(segment.style)[0]] += segment.cell_length
    return behind.most_common(1)[0][0]


def _look(style: Style | None) -> tuple[str, str]:
    """Return what is behind a text, and how it is drawn; spaces have no colour of their own."""
    if style is None or style.bgcolor is None:
        raise ValueError("a part of the screen has no background")
    paper = style.bgcolor.get_truecolor().hex
    ink = style.color.get_truecolor().hex if style.color else paper
    if style.reverse:
        ink, paper = paper, ink
    bold = ";font-weight:bold" if style.bold else ""
    underlined = ";text-decoration:underline" if style.underline else ""
    return paper, f"fill:{ink}{bold}{underlined}"
