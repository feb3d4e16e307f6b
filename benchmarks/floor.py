"""What lrtui is measured against: the least that one can have on a screen with Textual.

python -m benchmarks.floor minimal|input|log
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from textual.app import App
from textual.widgets import Input, Log, Static

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


class Logging(App[None]):
    """An input whose lines go into the leanest list that Textual has, full already."""

    def compose(self) -> ComposeResult:
        """Lay them out."""
        yield Log()
        yield Input()

    def on_mount(self) -> None:
        """Fill the list."""
        self.query_one(Log).write_lines([f"line {number} before" for number in range(100)] + [SHOWN])
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Add the line."""
        self.query_one(Log).write_line(event.value)
        event.input.value = ""


if __name__ == "__main__":
    {"minimal": Minimal, "input": Bare, "log": Logging}[sys.argv[1]]().run()
