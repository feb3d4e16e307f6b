"""Make the pictures in the documents, from the real program: `make pictures`.

The clock is fixed and the library is the sample one, so that a picture changes only when the program does.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from docs.drawing import Drawing
from lrtui.app.widgets.capture import CaptureLine
from tests.app.opening import opened
from tests.app.sample import ADDED, HALF_TYPED, LIVE, desk_on, lay_out

PICTURES = {"room.svg": "dark", "room-light.svg": "light"}


async def room(root: Path, theme: str) -> str:
    """Return the room view of the sample review as SVG."""
    async with opened(desk_on(root), LIVE, theme=theme) as stage:
        await stage.enter(ADDED)
        stage.screen.query_one(CaptureLine).text = HALF_TYPED
        await stage.worked()
        return Drawing(stage.drawn(), "lrtui").svg()


def make(folder: Path) -> None:
    """Write all pictures into a folder."""
    for name, theme in PICTURES.items():
        with TemporaryDirectory(prefix="lrtui-pictures-") as made:
            root = Path(made) / "library"
            lay_out(root)
            picture = asyncio.run(room(root, theme))
        (folder / name).write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
