"""Insight: what the reviews say together about one template after the other, to read and to scroll.

It shows nothing of one person, and no feedback on one review, so that a team may look at it together.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from lrtui import commands
from lrtui.app.screens.base import CommandScreen, Now
from lrtui.app.widgets.bars import StatusLine, TopLine
from lrtui.app.widgets.capture import CaptureLine, Field
from lrtui.app.widgets.rows import Row, Rows
from lrtui.errors import LrtuiError
from lrtui.publish import insight as told
from lrtui.review.insight import insights

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.app import ComposeResult
    from textual.events import Resize

    from lrtui.review.insight import Insight

_ASIDE = 3  # cells beside the text: two of padding and the scrollbar


class InsightScreen(CommandScreen):
    """What is known of a template; typing or the arrow keys choose another one."""

    SCOPE = commands.Scope.INSIGHT

    @dataclass
    class Found(Message):
        """What the catalog knows has been put together."""

        found: Sequence[Insight]

    _found: Sequence[Insight] | None = None

    def compose(self) -> ComposeResult:
        """Lay out line, templates and text."""
        yield TopLine()
        yield CaptureLine()
        yield Rows(id="chosen")
        yield Rows(id="insight", marked=False)
        yield StatusLine()
        yield from self.closing_lines()

    def on_mount(self) -> None:
        """Tell what this is, and have what is known put together."""
        self.query_one(TopLine).show("Insight", "")
        self.query_one(CaptureLine).hint(f"type to choose a template; {self.way('leave')} goes back")
        self.query_one("#insight", Rows).show([Row("", "Reading …", style="muted", selectable=False)])
        self.run_worker(self._find(), group="insight")

    async def _find(self) -> None:
        try:
            self.post_message(self.Found(await asyncio.to_thread(self._put_together)))
        except LrtuiError as error:
            self.say(str(error), warn=True)

    def _put_together(self) -> Sequence[Insight]:
        self.desk.update_catalog(stop=lambda: not self.is_running)
        return insights(self.desk.catalog.runs())

    def on_insight_screen_found(self, event: Found) -> None:
        """Show it."""
        self._found = event.found
        reviews = sum(insight.whole.reviews for insight in event.found)
        if reviews:
            self.query_one(TopLine).show("Insight", f"{_counted(reviews)} done")
        self._choose()

    def on_capture_line_typed(self, _: CaptureLine.Typed) -> None:
        """Show only the templates in whose name stands what is typed."""
        self._choose()

    def on_field_entered(self, event: Field.Entered) -> None:
        """Leave what was typed where it is: it chooses already."""
        self.query_one(CaptureLine).text = event.text

    def _choose(self) -> None:
        if self._found is None:
            return
        typed = self.query_one(CaptureLine).text.strip().casefold()
        known = [insight for insight in self._found if typed in insight.template]
        rows = [Row(insight.template, insight.template, tail=_counted(insight.whole.reviews)) for insight in known] or [
            Row("", f"No template is called “{typed}”.", style="muted", selectable=False)
        ]
        chosen = self.query_one("#chosen", Rows)
        chosen.display = len(self._found) > 1
        names = [insight.template for insight in known]
        chosen.show(rows, select=chosen.selected_key if chosen.selected_key in names else next(iter(names), None))
        self._show()

    def _show(self) -> None:
        """Tell of the chosen template, as wide as there is room."""
        if self._found is None:
            return
        shown = self.query_one("#insight", Rows)
        name = self.query_one("#chosen", Rows).selected_key
        insight = next((insight for insight in self._found if insight.template == name), None)
        width = min(told.WIDTH, max(1, self.size.width - _ASIDE))
        lines = [*told.lines(insight, width), told.Line(""), *told.notes([insight])] if insight else []
        rows = [Row("", line.text, style="heading" if line.heading else "text", selectable=False) for line in lines]
        nothing = [] if self._found else [Row("", told.NOTHING, style="muted", selectable=False)]
        shown.show(rows or nothing)

    def on_resize(self, event: Resize) -> None:
        """Lay the text out anew."""
        super().on_resize(event)
        self._show()

    def now(self) -> Iterator[Now]:
        """Yield what is done here."""
        if not self._found:
            yield Now("there is nothing to look at yet", ("leave",))
            return
        yield Now("the reviews by a template are looked at together", ("row-down", "row-up", "page-down", "leave"))

    def do_row_up(self, _: str) -> None:
        """Choose the template above."""
        self._move(-1)

    def do_row_down(self, _: str) -> None:
        """Choose the template below."""
        self._move(1)

    def _move(self, by: int) -> None:
        self.query_one("#chosen", Rows).move(by)
        self._show()
        self.query_one("#insight", Rows).scroll_home(animate=False)

    def on_rows_pointed(self, _: Rows.Pointed) -> None:
        """Tell of the template that was clicked."""
        self._move(0)

    def do_page_up(self, _: str) -> None:
        """Scroll up."""
        self.query_one("#insight", Rows).page(-1)

    def do_page_down(self, _: str) -> None:
        """Scroll down."""
        self.query_one("#insight", Rows).page(1)

    def do_leave(self, _: str) -> None:
        """Leave off what was typed, or go back to the library."""
        line = self.query_one(CaptureLine)
        if line.text:
            line.text = ""
            self._choose()
        else:
            super().do_leave("")


def _counted(reviews: int) -> str:
    return f"{reviews} review{'s' if reviews != 1 else ''}"
