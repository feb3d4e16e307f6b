"""The room view: the agenda with its times, the open step with its prompts, the lines captured so far, one input line.

Everything on it is fit for everyone in the call. Private lines are kept and not shown.
"""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Digits, Static

from lrtui import commands
from lrtui.app.screens.arranging import ArrangingScreen
from lrtui.app.screens.covers import BlankScreen, SilentScreen
from lrtui.app.screens.room_rows import agenda_rows, prompts
from lrtui.app.widgets.bars import StatusLine, TopLine
from lrtui.app.widgets.capture import CaptureLine
from lrtui.app.widgets.clock import BigClock
from lrtui.app.widgets.lean import Across, Down
from lrtui.app.widgets.rows import Rows
from lrtui.review import agenda, dates, intents
from lrtui.review.model import Status

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.events import Resize

    from lrtui.desk import Desk
    from lrtui.session import Session


class RoomScreen(ArrangingScreen):
    """The shared screen of a running review."""

    SCOPE = commands.Scope.ROOM
    CSS_PATH = "room.tcss"

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__(desk, session)
        self._clock_words = ""

    def compose(self) -> ComposeResult:
        """Lay out the room view."""
        yield TopLine()
        with Across(id="middle"):
            yield Rows(id="agenda", marked=False)
            with Down(id="main"):
                with Across(id="step"):
                    yield Rows(id="words", marked=False)
                    with Down(id="time"):
                        yield Digits(id="clock")
                        yield Static(id="clock-words", markup=False)
                yield BigClock()
                yield Rows(id="lines")
        yield StatusLine()
        yield CaptureLine()
        yield from self.closing_lines()

    def on_mount(self) -> None:
        """Take up where the review is, with the half-typed line of last time."""
        self.line.field.hides = self.is_private
        self.refresh_review()
        back = self.bring_back()
        if self.session.notice:
            self.say(self.session.notice, warn=self.session.read_only)
        else:
            words = ["The line that was being typed is back."] * back
            self.say(" ".join(words + [self.clock_stands()] * self._stands()))
        self.set_interval(1.0, self.tick)

    def _stands(self) -> bool:
        head = self.session.review.head
        return (
            head.status in {Status.LIVE, Status.WRAP_UP}
            and head.since is None
            and self.session.review.template.minutes > 0
        )

    def on_resize(self, event: Resize) -> None:
        """Show the time in the form for which there is room."""
        super().on_resize(event)
        self.tick()

    def refresh_review(self) -> None:
        """Show the review as it is now."""
        words = prompts(self.session.review.template.step(self.page), self.way("next"))
        self.query_one("#words", Rows).show(words[:2] if self.has_class("-large") else words)
        self.refresh_lines()
        self.tick()

    def tick(self) -> None:
        """Show the time."""
        self.session.beat()
        review = self.session.review
        pace = agenda.pace(review, self.session.clock())
        zone = dates.zone(self.desk.zone) or UTC  # the meeting's times are those of the clock on the wall
        now = self.session.clock().astimezone(zone)
        parts = [pace.words, f"{now:%H:%M}", f"ends {pace.ends.astimezone(zone):%H:%M}" if pace.ends else ""]
        if self.session.read_only:
            parts.insert(0, "read-only")
        self.query_one(TopLine).show(review.head.title or "Learning review", " · ".join(part for part in parts if part))
        self.query_one("#agenda", Rows).show(agenda_rows(review, pace), select=self.page)
        self._show_clock(pace)

    def _show_clock(self, pace: agenda.Pace) -> None:
        step = pace.current
        timed = step is not None and bool(step.planned or step.over)
        self.query_one("#time").display = timed
        if step is None or not timed:
            return
        shown = "+" + dates.clock_text(step.over) if step.over else dates.clock_text(step.left)
        self.query_one(BigClock).show(shown)
        digits, words = self.query_one("#clock", Digits), self.query_one("#clock-words", Static)
        if digits.value != shown:
            digits.update(shown)
        small = self.has_class("-narrow") or self.has_class("-low") or self.has_class("-large")
        number = next(at for at, item in enumerate(pace.steps, 1) if item is step)
        of = f"of {step.planned // 60} min · {step.words}"
        text = f"{shown} {of} · step {number}/{len(pace.steps)}" if small else of
        if text != self._clock_words:  # an update lays the screen out anew
            self._clock_words = text
            words.update(Content(text))
        words.set_class(bool(step.over), "-warning")

    def do_large(self, _: str) -> None:
        """Show one prompt, a big clock and the last lines; or all again."""
        self.toggle_class("-large")
        self.refresh_review()

    def do_blank(self, _: str) -> None:
        """Show nothing until a key is pressed."""
        self.app.push_screen(BlankScreen())

    def do_silent(self, _: str) -> None:
        """Show a quiet page while everybody writes."""
        self.app.push_screen(SilentScreen(self.desk, self.session))

    def do_close(self, _: str) -> None:
        """Go to the close."""
        from lrtui.app.screens.closing import ClosingScreen

        review = self.session.review
        if review.head.status is Status.LIVE and agenda.following(review) is None:
            self.session.perform(intents.wrap_up())
        self.app.push_screen(ClosingScreen(self.desk, self.session))
