"""A list of rows that stays quick at any length: only the lines in view are drawn, and wraps are kept.

Everything that is listed is shown by this one widget: reviews, captured lines, the agenda, hints, help, commands. A row
has a lead of fixed width (a time, a key), a text that wraps, and a tail: at the right edge of its first line or, where
the text would be left too little room, below it. Nothing of a row is ever cut.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import accumulate, compress, count, islice, zip_longest
from operator import is_not
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from lrtui.app.widgets.lean import LongView
from lrtui.app.wrap import pad, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.events import Click

GAP = 2  # cells between lead, text and tail
MARK = "▸ "  # tells the selected row also where there is no colour


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `style` and `lead_style` name component classes of `Rows`; `hang` indents what wraps, in cells."""

    key: str
    text: str
    lead: str = ""
    tail: str = ""
    style: str = "text"
    lead_style: str = "muted"
    selectable: bool = True
    hang: int = 0


class _Line(NamedTuple):
    """One line of a row."""

    lead: str
    text: str
    tail: str


def _lines(row: Row, room: int, indent: int) -> list[_Line]:
    """Lay a row out where its text and tail have `room`, and its lead `indent`, in cells."""
    tail = " ".join(row.tail.split())
    size = cell_len(tail) + GAP if tail else 0
    beside = size <= max(room // 3, room - cell_len(row.text))
    texts = wrap(row.text, room - size if beside else room, row.hang)
    tails = [tail]
    if not beside:
        tails = ["" for _ in texts] + [pad(line, room) for line in wrap(" " * row.hang + tail, room)]
    leads = wrap(row.lead, indent - GAP) if indent else []
    return [_Line(*parts) for parts in zip_longest(leads, texts, tails, fillvalue="")]


_Place = tuple[Row | None, int, bool]  # a row, which of its lines, and whether it is selected


class Rows(LongView, can_focus=False):
    """A virtual list of rows with at most one selected."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rows--text",
        "rows--muted",
        "rows--accent",
        "rows--heading",
        "rows--warning",
        "rows--fresh",
        "rows--selected",
    }
    DEFAULT_CSS = """
    Rows {
        height: 1fr;
        overflow-x: hidden;
        scrollbar-size-vertical: 1;
        &> .rows--text { color: $foreground; }
        &> .rows--muted { color: $text-muted; }
        &> .rows--accent { color: $accent; text-style: bold; }
        &> .rows--heading { color: $accent; text-style: bold; }
        &> .rows--warning { color: $warning; text-style: bold; }
        &> .rows--fresh { color: $foreground; text-style: bold; }
        &> .rows--selected { color: $selection-text; background: $selection; text-style: bold; }
    }
    """

    @dataclass
    class Picked(Message):
        """A row was clicked while it was selected already."""

        rows: Rows
        key: str

        @property
        def control(self) -> Rows:
            """The widget that sends it."""
            return self.rows

    @dataclass
    class Pointed(Message):
        """A row was selected by the mouse."""

        rows: Rows
        key: str

        @property
        def control(self) -> Rows:
            """The widget that sends it."""
            return self.rows

    def __init__(self, *, id: str | None = None, marked: bool = True, classes: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id, classes=classes)
        self.rows: Sequence[Row] = ()
        self.selected: int | None = None
        self._marked = marked
        self._follows = False
        self._height = 0  # of the view, when the rows were last fitted to it
        self._longest = 0
        self._laid: dict[tuple[str | int, ...], list[_Line]] = {}
        self._heights: list[int] = []
        self._leads: list[int] = []
        self._measured_for = (0, 0)  # the width of a row and the longest lead
        self._ends: list[int] = []
        self._looks: dict[tuple[str, bool], Style] = {}
        self._drawn: dict[_Place, Strip] = {}
        self._drawn_for: tuple[object, ...] = ()

    @property
    def selected_key(self) -> str | None:
        """The key of the selected row."""
        return None if self.selected is None else self.rows[self.selected].key

    def show(self, rows: Sequence[Row], *, select: str | None = None, follow: bool = False) -> None:
        """Show these rows; select the one of that key; with `follow`, keep the end in view where it was."""
        self._follows = follow
        selected = next((at for at, row in enumerate(rows) if row.key == select), None) if select else None
        if selected == self.selected and rows == self.rows:
            return
        at_end = follow and self.scroll_offset.y >= self.max_scroll_y
        head, tail = _alike(self.rows, rows)
        self._leads = _spliced(self._leads, head, tail, [cell_len(row.lead) for row in rows[head : len(rows) - tail]])
        longest = max(self._leads, default=0)
        self._longest = longest + GAP if longest else 0
        self.rows = rows
        self.selected = selected
        self._measure(head, tail)
        if self.selected is not None:
            self._reveal()
        elif at_end:
            self.scroll_to(y=self.max_scroll_y, animate=False, immediate=True, force=True)
        self.show_place()
        self.refresh()

    def select(self, key: str | None) -> None:
        """Select the row of that key, or none."""
        self.selected = next((at for at, row in enumerate(self.rows) if key is not None and row.key == key), None)
        if self.selected is not None:
            self._reveal()
        self.refresh()

    def reveal(self, key: str) -> None:
        """Scroll to the row of that key without selecting it."""
        places = reversed(range(len(self.rows)))  # what is new is rather near the end
        at = next((at for at in places if self.rows[at].key == key), None)
        if at is not None:
            self._reveal(at)

    def move(self, by: int) -> str | None:
        """Select the selectable row that lies `by` further; return its key, None where there is none."""
        steps = [at for at, row in enumerate(self.rows) if row.selectable]
        if not steps:
            return None
        if self.selected is None:
            self.selected = steps[-1] if by < 0 else steps[0]
        else:
            place = (bisect_left(steps, self.selected) if by < 0 else bisect_right(steps, self.selected) - 1) + by
            self.selected = steps[max(0, min(place, len(steps) - 1))]
        self._reveal()
        self.refresh()
        return self.rows[self.selected].key

    def page(self, by: int) -> None:
        """Scroll by pages without selecting."""
        self.scroll_relative(y=by * max(1, self.size.height - 1), animate=False, immediate=True)

    def on_resize(self) -> None:
        """Wrap anew where the width has changed."""
        self._fit()
        self.refresh()

    def fresh_lines(self, crop: Region) -> list[Strip]:
        """Draw what is in view, wrapped to a width that may be newer than the last event that told it.

        Lines that have only been scrolled are taken as they were drawn.
        """
        if self._measured_for[0] != self._width:
            self._fit()
        drawn_for = (
            crop.x,
            crop.width,
            self.size,
            self._measured_for,
            self.background_colors,
            *self.get_line_filters(),
        )
        if drawn_for != self._drawn_for or len(self._drawn) > 10 * crop.height + 100:
            self._drawn_for = drawn_for
            self._forget_drawn()
        places = list(self._places(crop))
        new = [at for at, place in enumerate(places) if place not in self._drawn]
        if new:
            begin, end = new[0], new[-1] + 1
            drawn = super().fresh_lines(Region(crop.x, crop.y + begin, crop.width, end - begin))
            self._drawn.update(zip(places[begin:end], drawn, strict=True))
        return [self._drawn[place] for place in places]

    def _places(self, crop: Region) -> Iterator[_Place]:
        """Yield for each line of the view what it shows."""
        top, height, scrolled = self.gutter.top, self.size.height, self.scroll_offset.y
        for y in range(crop.y - top, crop.bottom - top):
            at = self._at(y + scrolled) if 0 <= y < height else None
            if at is None:
                yield None, y, False  # below the rows, or on the border
            else:
                yield self.rows[at], y + scrolled - self._ends[at] + self._heights[at], at == self.selected

    def _forget_drawn(self) -> None:
        self._looks.clear()
        self._drawn.clear()

    def _fit(self) -> None:
        end = self.virtual_size.height - max(self._height, self.size.height)  # a higher view has scrolled up by itself
        at_end = self._follows and self.scroll_offset.y >= end
        self._height = self.size.height
        self._measure()
        if self.selected is not None:
            self._reveal()
        elif at_end and self.size.height:
            self.scroll_to(y=self.max_scroll_y, animate=False, immediate=True, force=True)
        self.show_place()

    def on_click(self, event: Click) -> None:
        """Select a row; a second click picks it."""
        place = event.get_content_offset(self)
        at = self._at(place.y + self.scroll_offset.y) if place else None
        if at is None or not self.rows[at].selectable:
            return
        key = self.rows[at].key
        if at == self.selected:
            self.post_message(self.Picked(self, key))
            return
        self.selected = at
        self.refresh()
        self.post_message(self.Pointed(self, key))

    def render_line(self, y: int) -> Strip:
        """Draw one line of the view."""
        whole = self.scrollable_content_region.width
        line = y + self.scroll_offset.y
        at = self._at(line)
        if at is None:
            return Strip.blank(whole, self.rich_style)
        first = self._ends[at] - self._heights[at]
        return Strip(self._segments(at, line - first, whole), whole)

    def _segments(self, at: int, nth: int, whole: int) -> Iterator[Segment]:
        row, width = self.rows[at], self._width
        chosen = at == self.selected
        after = "warning" if row.style == "warning" else "muted"
        text, lead, muted = (self._style(name, chosen=chosen) for name in (row.style, row.lead_style, after))
        line = self._lay_out(row, width)[nth]
        if self._marked:
            yield Segment(MARK if chosen and nth == 0 else "  ", text)
        indent = self._indent(row, width)
        if indent:
            yield Segment(pad(line.lead, indent), lead)
        yield Segment(pad(line.text, width - self._margin - indent - cell_len(line.tail)), text)
        if line.tail:
            yield Segment(line.tail, muted)
        if whole > width:
            yield Segment(" " * (whole - width), text)

    def _style(self, name: str, *, chosen: bool) -> Style:
        look = self._looks.get((name, chosen))
        if look is None:
            look = self._looks[name, chosen] = self._look(name, chosen=chosen)
        return look

    def _look(self, name: str, *, chosen: bool) -> Style:
        style = self.get_component_rich_style(f"rows--{name}")
        if not chosen:
            return style
        selected = self.get_component_rich_style("rows--selected")
        return selected + Style(color=style.color) if name == "warning" else style + selected

    def notify_style_update(self) -> None:
        """Draw in the new style."""
        super().notify_style_update()
        self._forget_drawn()

    def _at(self, line: int) -> int | None:
        at = bisect_right(self._ends, line)
        return at if line >= 0 and at < len(self._ends) else None

    def get_content_width(self, container: Size, viewport: Size) -> int:  # noqa: ARG002 - Textual's interface
        """Return how wide the widest row is when nothing of it wraps, for a width that follows the content."""
        sizes = (cell_len(row.text) + (cell_len(row.tail) + GAP if row.tail else 0) for row in self.rows)
        return self._margin + self._longest + max(sizes, default=0)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's interface
        """Return how many lines all rows take at that width, for a height that follows the content."""
        return sum(len(self._lay_out(row, width)) for row in self.rows)

    @property
    def _width(self) -> int:
        """How wide a row is: all there is, but for a gap beside a scrollbar."""
        return max(0, self.scrollable_content_region.width - self.show_vertical_scrollbar)

    @property
    def _margin(self) -> int:
        return len(MARK) if self._marked else 0

    def _indent(self, row: Row, width: int) -> int:
        """Return how wide the row's lead is: as the longest, but at most two fifths of all; a heading has none."""
        return 0 if row.style == "heading" else min(self._longest, width * 2 // 5)

    def _lay_out(self, row: Row, width: int) -> list[_Line]:
        """Return the lines of a row that is `width` cells wide."""
        indent = self._indent(row, width)
        room = width - self._margin - indent
        known = (row.lead, row.text, row.tail, row.hang, room, indent)
        kept = self._laid.get(known)
        if kept is None:
            kept = self._laid[known] = _lines(row, room, indent)
        return kept

    def _measure(self, head: int = 0, tail: int = 0) -> None:
        """Wrap the rows to the present width. Before there is a width there is nothing to measure.

        So many at the head and at the tail are those that were there before; they need no look at the same width.
        """
        width = self._width
        if width <= 0:
            self._measured_for = (0, 0)
            return
        if self._measured_for != (width, self._longest):
            self._measured_for = (width, self._longest)
            head = tail = 0
        if len(self._laid) > 4 * len(self.rows) + 200:
            self._laid.clear()
        fresh = [len(self._lay_out(row, width)) for row in self.rows[head : len(self.rows) - tail]]
        self._heights = _spliced(self._heights, head, tail, fresh)
        begin = self._ends[head - 1] if head else 0
        self._ends = [*self._ends[:head], *islice(accumulate(self._heights[head:], initial=begin), 1, None)]
        self.virtual_size = Size(width, self._lines_to_show())
        if self._width != width:  # a scrollbar has come or gone
            self._measure()

    def _lines_to_show(self) -> int:
        """Return how many lines there are; where a scrollbar is all that makes them too many, how many without it."""
        lines, height = self._ends[-1] if self._ends else 0, self.size.height
        if not self.show_vertical_scrollbar or lines > 2 * height:
            return lines
        without = sum(len(self._lay_out(row, self.size.width)) for row in self.rows)
        return without if without <= height else max(lines, height + 1)

    def _reveal(self, at: int | None = None) -> None:
        at = self.selected if at is None else at
        if at is None or at >= len(self._ends):
            return
        first = next((place for place, row in enumerate(self.rows) if row.selectable), None)
        whole = at == first and self._ends[at] <= self.size.height  # with the first row, what stands above it
        top = 0 if whole else self._ends[at] - self._heights[at]
        region = Region(0, top, 1, self._ends[at] - top)
        self.scroll_to_region(region, animate=False, immediate=True, force=True)


def _alike(before: Sequence[Row], now: Sequence[Row]) -> tuple[int, int]:
    """Return how many rows at the head and at the tail are the same ones."""
    least = min(len(before), len(now))
    head = next(compress(count(), map(is_not, before, now)), least)
    tail = next(compress(count(), map(is_not, reversed(before), reversed(now))), least)
    return head, min(tail, least - head)


def _spliced(before: list[int], head: int, tail: int, fresh: list[int]) -> list[int]:
    return [*before[:head], *fresh, *before[len(before) - tail :]]
