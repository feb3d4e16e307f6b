"""What keeps a frame short: widgets of which no more is drawn or laid out than has changed.

For each frame Textual asks every widget for all its lines, those that have not changed too, and whatever takes another
size lays the whole screen out anew. A key has to wait for both.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, Self

from textual.containers import Horizontal, Vertical
from textual.geometry import Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.geometry import Region
    from textual.strip import Strip


class Kept(Widget):
    """A widget that is drawn once for each change, and not for each frame that it stands in."""

    _kept: tuple[Region, Size, list[Strip]] | None = None

    def fresh_lines(self, crop: Region) -> list[Strip]:
        """Draw that region of the widget."""
        return super().render_lines(crop)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return that region of the widget, as it was drawn last where nothing has changed since."""
        if self._kept is None or self._kept[:2] != (crop, self.size):
            self._kept = crop, self.size, self.fresh_lines(crop)
        return self._kept[2]

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Draw what has changed."""
        self._kept = None
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def notify_style_update(self) -> None:
        """Draw in another style."""
        self._kept = None
        super().notify_style_update()


class Across(Horizontal, Kept):
    """Widgets side by side."""


class Down(Vertical, Kept):
    """Widgets one below the other."""


class LongView(ScrollView, Kept):
    """A view of many lines that grows and scrolls without the screen being laid out anew.

    It draws its scrollbar only where one can see that it has moved. After `virtual_size` was set and the lines were
    scrolled to, `show_place` is to be called.
    """

    virtual_size = Reactive(Size(0, 0), repaint=False)
    _thumb = (0, 0)

    def watch_virtual_size(self, size: Size) -> None:
        """Lay the screen out only where the height follows the lines, or the scrollbar comes or goes."""
        height = self.container_size.height
        if self.styles.auto_dimensions:
            self.refresh(layout=True)
        elif height and self.show_vertical_scrollbar != (size.height > height):
            self.show_vertical_scrollbar = self.vertical_scrollbar.display = size.height > height
        self.scroll_y = self.scroll_y  # not beyond the new end

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Show other lines."""
        self.show_place()
        if round(old_value) != round(new_value):
            self.refresh(self.size.region)

    def show_place(self) -> None:
        """Tell the scrollbar which of how many lines are in view."""
        if not self.show_vertical_scrollbar:
            return
        bar, lines, height = self.vertical_scrollbar, self.virtual_size.height, self.container_size.height
        bar.set_reactive(ScrollBar.window_virtual_size, lines)
        bar.set_reactive(ScrollBar.position, bar.validate_position(self.scroll_y))
        long = max(1.0, height * height / max(1, lines))
        thumb = int((height - long) * self.scroll_y / max(1, self.max_scroll_y) * 8), ceil(long * 8)  # drawn in eighths
        if thumb != self._thumb:
            self._thumb = thumb
            bar.refresh()
