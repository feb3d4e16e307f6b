"""Make a picture of every screen and state, from the real program: `make screens`.

The clock is fixed and the library is the sample one, with a review in it whose words are hard to lay out, so that a
picture changes only when the program does. The way through the states is that of the tests of what is seen.
"""

from __future__ import annotations

import asyncio
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from docs.drawing import Drawing
from tests.app.looking import STATES, tour
from tests.app.sample import lay_out

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.app.opening import Stage

FOLDER = Path(__file__).with_name("screens")
THEMES = ("dark", "light")
SIZES = ((60, 20), (100, 30), (200, 50))
CRAMPED = "56x18"  # the size of the only state that has one of its own
README = """# Screens

Every screen and state of lrtui in both themes, made from the program by `make screens`. The library is that of `lrtui
demo`, with one more review, whose words are hard to lay out.

| State | What it shows | Pictures |
| --- | --- | --- |
"""


def pictures(theme: str, size: tuple[int, int]) -> dict[str, str]:
    """Return the pictures of all states in one theme and size, by the names of their files."""
    made: dict[str, str] = {}

    def look(state: str, stage: Stage) -> None:
        width, height = stage.app.size
        title = f"{state}, {theme}, {width} × {height}"
        made[f"{state}-{theme}-{width}x{height}.svg"] = Drawing(stage.drawn(), title).svg()

    with TemporaryDirectory(prefix="lrtui-screens-") as folder:
        root = Path(folder) / "library"
        lay_out(root)
        asyncio.run(tour(root, look, size=size, theme=theme))
    return made


def names(state: str) -> Iterator[str]:
    """Yield the names of the files that show a state."""
    yield from (f"{state}-{theme}-{size}.svg" for size in _sizes(state) for theme in THEMES)


def _sizes(state: str) -> list[str]:
    return [CRAMPED] if state == "too-small" else [f"{width}x{height}" for width, height in SIZES]


def readme() -> str:
    """Return what is said about the pictures."""
    return README + "".join(f"| {state} | {shows} | {_links(state)} |\n" for state, shows in STATES.items())


def _links(state: str) -> str:
    sizes = ([f"[{theme}]({state}-{theme}-{size}.svg)" for theme in THEMES] for size in _sizes(state))
    return ", ".join(f"{size} {' '.join(links)}" for size, links in zip(_sizes(state), sizes, strict=True))


def make(folder: Path, theme: str = "", size: str = "") -> None:
    """Write all pictures into a folder, or those of one theme or size, and what is said about them."""
    looks = [
        (known, (width, height))
        for known in THEMES
        for width, height in SIZES
        if theme in {"", known} and size in {"", f"{width}x{height}"}
    ]
    with ProcessPoolExecutor() as makers:
        made = [item for found in makers.map(pictures, *zip(*looks, strict=True)) for item in found.items()]
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.svg"):
        old.unlink()
    for name, picture in made:
        (folder / name).write_text(picture, encoding="utf-8")
    (folder / "README.md").write_text(readme(), encoding="utf-8")


if __name__ == "__main__":
    folder, *words = sys.argv[1:] or [str(FOLDER)]
    make(Path(folder), *words)
