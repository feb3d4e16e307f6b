"""The quiet lines of a screen: a title line, the line that answers, the line of keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content
from textual.message import Message

from lrtui.app.widgets.lean import Kept
from lrtui.app.wrap import cut, pad, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.events import Click
    from textual.geometry import Size

    from lrtui.commands import Command


class TopLine(Kept):
    """One line with a text at the left and one at the right; the left one gives way."""

    DEFAULT_CSS = "TopLine { height: 1; padding: 0 1; background: $band; text-style: bold; }"

    def __init__(self) -> None:
        super().__init__(id="top")
        self._texts = ("", "")

    def show(self, left: str, right: str = "") -> None:
        """Show both texts; nothing is drawn where nothing has changed."""
        if (left, right) != self._texts:
            self._texts = (left, right)
            self.refresh()

    def render(self) -> Content:
        """Draw both texts within the width."""
        left, right = self._texts
        width = self.content_size.width
        right = cut(right, width)
        room = width - cell_len(right)
        return Content(pad(left, room - 2) + "  " + right if room > 2 else pad(right, width))


class Sentence(Kept):
    """A sentence in at most three lines; an ellipsis tells where it does not fit."""

    DEFAULT_CSS = "Sentence { height: auto; min-height: 1; padding: 0 1; }"

    def __init__(self, id: str) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self.said = ""

    def say(self, text: str, *, warn: bool = False) -> None:
        """Show a sentence in place of the one before."""
        if text != self.said:
            width = self.content_size.width
            before = len(_fitting(self.said, width))
            self.said = text
            self.refresh(layout=before != len(_fitting(text, width)))
        self.set_class(warn, "-warning")

    def render(self) -> Content:
        """Draw the sentence."""
        return Content("\n".join(_fitting(self.said, self.content_size.width)))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's interface
        """Return how many lines the sentence takes."""
        return len(_fitting(self.said, width))


class StatusLine(Sentence):
    """Says what a key has done, or why it has not."""

    DEFAULT_CSS = "StatusLine { color: $text-muted; }"

    def __init__(self) -> None:
        super().__init__("status")


class MatterLine(Sentence):
    """Says what the room is asked about, or that it would be and nothing waits; not there otherwise."""

    DEFAULT_CSS = "MatterLine { display: none; color: $accent; text-style: bold; }"

    def __init__(self) -> None:
        super().__init__("matter")


def _fitting(text: str, width: int) -> list[str]:
    lines = wrap(text, width)
    return lines if len(lines) <= 3 else [*lines[:2], cut(" ".join(lines[2:]), width)]


class KeyBar(Kept):
    """The keys of a screen, as many as there is room for; a click does what the key does."""

    DEFAULT_CSS = "KeyBar { height: 1; padding: 0 1; background: $band; color: $text-muted; dock: bottom; }"

    @dataclass
    class Chosen(Message):
        """A key's label was clicked."""

        name: str

    def __init__(self, known: Iterable[Command]) -> None:
        super().__init__(id="keys")
        self._shown = [command for command in known if command.key and command.label]

    def render(self) -> Content:
        """Draw the labels that fit; help is always among them."""
        return Content(" · ".join(label for _, label in self._fitting()))

    def on_click(self, event: Click) -> None:
        """Find the label below the pointer."""
        x = event.x - 1
        for command, label in self._fitting():
            if 0 <= x < len(label):
                self.post_message(self.Chosen(command.name))
                return
            x -= len(label) + 3

    def _fitting(self) -> list[tuple[Command, str]]:
        labels = [(command, f"{command.way} {command.label}") for command in self._shown]
        last = [pair for pair in labels if pair[0].name == "help"]
        first = [pair for pair in labels if pair[0].name != "help"]
        while first and len(" · ".join(label for _, label in first + last)) > self.content_size.width:
            first.pop()
        return first + last
