"""What lrtui is measured against: the least that one can have on a screen with Textual.

python -m benchmarks.floor minimal|input
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from textual.app import App
from textual.widgets import Input, Static

if TYPE_CHECKING:
    from textual.app import ComposeResult

SHOWN = "This is the floor."


class Minimal(App[None]):
    """One text."""

    def compose(self) -> ComposeResult:
        """Lay it out."""
        yield Static(SHOWN)


class Bare(App[None]):
    """One input, and a text by which one sees that it is there."""

    def compose(self) -> ComposeResult:
        """Lay them out."""
        yield Static(SHOWN)
        yield Input()


if __name__ == "__main__":
    {"minimal": Minimal, "input": Bare}[sys.argv[1]]().run()
