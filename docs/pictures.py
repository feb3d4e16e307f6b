"""Make the pictures in the documents, from the real program: `make pictures`.

The clock is fixed and the library is the sample one, so that a picture changes only when the program does.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from lrtui import demo
from lrtui.app.app import LrtuiApp
from lrtui.app.widgets.capture import CaptureLine

SIZE = (100, 30)
NOW = datetime(2026, 11, 25, 14, 31, 40, tzinfo=UTC)
ADDED = "14:10 the voucher goes out again, in portions of 2000 @farid"
HALF_TYPED = "* a newsletter is load that we can plan @mei"
PICTURES = {"room.svg": "dark", "room-light.svg": "light"}

# Textual's pictures ask a server for their font; these are drawn with a font that the reader has
_FROM_ELSEWHERE = re.compile(r"\s*(?:<!--.*?-->|@font-face\s*\{[^}]*\})|Fira Code, *", re.DOTALL)


async def room(root: Path, name: str, theme: str) -> str:
    """Return the room view of the review of that name as SVG."""
    desk = demo.desk(root)
    desk.clock = lambda: NOW
    app = LrtuiApp(desk, theme=theme, opens=name)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        line = app.screen.query_one(CaptureLine)
        line.text = ADDED
        await pilot.press("enter")
        line.text = HALF_TYPED
        await pilot.pause()
        drawn = app.export_screenshot(title="lrtui", simplify=True)
        app.exit()
    return _FROM_ELSEWHERE.sub("", drawn)


def make(folder: Path) -> None:
    """Write all pictures into a folder."""
    os.environ["TZ"] = "UTC"
    time.tzset()
    for name, theme in PICTURES.items():
        with tempfile.TemporaryDirectory(prefix="lrtui-pictures-") as root:
            live = demo.build(Path(root), NOW)
            picture = asyncio.run(room(Path(root), live, theme))
        (folder / name).write_text(picture, encoding="utf-8")


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
