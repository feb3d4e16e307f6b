"""A clock that is read from the other end of a bad connection: each dot of its figures is two cells wide."""

from __future__ import annotations

from textual.content import Content

from lrtui.app.widgets.lean import Kept

_FIGURES = {
    "0": ("###", "# #", "# #", "# #", "###"),
    "1": (" # ", "## ", " # ", " # ", "###"),
    "2": ("###", "  #", "###", "#  ", "###"),
    "3": ("###", "  #", "###", "  #", "###"),
    "4": ("# #", "# #", "###", "  #", "  #"),
    "5": ("###", "#  ", "###", "  #", "###"),
    "6": ("###", "#  ", "###", "# #", "###"),
    "7": ("###", "  #", "  #", "  #", "  #"),
    "8": ("###", "# #", "###", "# #", "###"),
    "9": ("###", "# #", "###", "  #", "###"),
    ":": (" ", "#", " ", "#", " "),
    "+": ("   ", " # ", "###", " # ", "   "),
}
HEIGHT = 5


def figures(text: str) -> list[str]:
    """Return a time as lines of blocks; what is no figure of a time is left out."""
    drawn = [_FIGURES[char] for char in text if char in _FIGURES]
    lines = ["  ".join(_wide(figure[row]) for figure in drawn) for row in range(HEIGHT)]
    return lines if drawn else [""] * HEIGHT


def _wide(dots: str) -> str:
    return "".join("██" if dot == "#" else "  " for dot in dots)


class BigClock(Kept):
    """A time in large figures."""

    DEFAULT_CSS = "BigClock { height: 5; width: 1fr; text-align: center; color: $foreground; }"

    def __init__(self) -> None:
        super().__init__(id="big-clock")
        self._shown = ""

    def show(self, text: str) -> None:
        """Show another time; nothing is drawn where it is the same."""
        if text != self._shown:
            self._shown = text
            self.refresh()

    def render(self) -> Content:
        """Draw the figures."""
        return Content("\n".join(figures(self._shown)))
