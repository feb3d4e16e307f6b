"""What the shared screen shows instead of the room: nothing at all, or a quiet page while everybody writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Center, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from lrtui import commands
from lrtui.app.clock import face
from lrtui.app.screens.base import Now
from lrtui.app.screens.room_rows import prompts
from lrtui.app.screens.steering import SteeringScreen
from lrtui.app.widgets.bars import StatusLine
from lrtui.app.widgets.clock import BigClock
from lrtui.app.widgets.rows import Rows
from lrtui.review import agenda

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.events import Click, Key


class BlankScreen(ModalScreen[None]):
    """An empty screen; any key brings back what was there."""

    DEFAULT_CSS = "BlankScreen { background: $background; }"

    def on_key(self, event: Key) -> None:
        """Show the room again."""
        event.stop()
        event.prevent_default()
        self._lift()

    def on_click(self, _: Click) -> None:
        """Show the room again."""
        self._lift()

    def _lift(self) -> None:
        if self.is_active:
            self.dismiss()


class SilentScreen(SteeringScreen):
    """The open step and a clock, while everybody writes for themselves."""

    SCOPE = commands.Scope.SILENT
    CSS_PATH = "covers.tcss"

    def compose(self) -> ComposeResult:
        """Lay out step and clock."""
        with Vertical(id="quiet"):
            yield Static(id="title", classes="heading", markup=False)
            with Center():
                yield Rows(id="words", marked=False)
            yield BigClock()
            yield Static(id="pace", markup=False)
        yield StatusLine()
        yield from self.closing_lines()

    def on_mount(self) -> None:
        """Show the time."""
        self.say(f"Writing in silence. {self.way('uncover')} goes back to the room.")
        self.set_interval(1.0, self.tick)

    def refresh_review(self) -> None:
        """Show the step as it is now."""
        self.tick()

    def tick(self) -> None:
        """Show what is left of the step."""
        review = self.session.review
        pace = agenda.pace(review, self.session.clock()).current
        step = review.template.step(self.page)
        self.query_one("#title", Static).update(Content(step.title if step else review.head.title))
        self.query_one("#words", Rows).show(prompts(review.template, self.page, self.way("next"))[1:])
        timed = pace is not None and bool(pace.planned or pace.over)
        self.query_one(BigClock).display = timed
        shown = face(pace, self.desk.settings.clock) if pace and timed else None
        self.query_one("#pace", Static).update(Content(shown.words if shown else ""))
        if shown:
            self.query_one(BigClock).show(shown.digits)

    def now(self) -> Iterator[Now]:
        """Yield what ends the silence, or gives it more time."""
        yield Now("everybody writes", ("uncover", "more-time", "pause"))

    def do_uncover(self, _: str) -> None:
        """Go back to the room."""
        self.dismiss()
