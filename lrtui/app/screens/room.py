"""The room view: the agenda with its times, the open step with its prompts, the lines captured so far, one input line.

Everything on it is fit for everyone in the call. Private lines are kept and not shown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Digits, Static

from lrtui import commands
from lrtui.app.clock import Alarm, face
from lrtui.app.screens import console_rows
from lrtui.app.screens.advising import AdvisingScreen
from lrtui.app.screens.covers import BlankScreen, SilentScreen
from lrtui.app.screens.room_rows import agenda_rows, prompts
from lrtui.app.widgets.bars import MatterLine, StatusLine, TopLine
from lrtui.app.widgets.capture import CaptureLine
from lrtui.app.widgets.clock import BigClock
from lrtui.app.widgets.lean import Across, Down
from lrtui.app.widgets.rows import Rows
from lrtui.review import agenda
from lrtui.review.model import Status

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.events import Resize

    from lrtui.desk import Desk
    from lrtui.session import Session

FLASH = 1.0  # seconds


class RoomScreen(AdvisingScreen):
    """The shared screen of a running review."""

    SCOPE = commands.Scope.ROOM
    CSS_PATH = "room.tcss"

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__(desk, session)
        self._clock_words = ""
        self._alarm = Alarm()

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
            yield Rows(id="panel", marked=False)
        yield MatterLine()
        yield StatusLine()
        yield CaptureLine()
        yield from self.closing_lines()

    def on_mount(self) -> None:
        """Take up where the review is, with the half-typed line of last time."""
        self.line.field.hides = self._hides
        self.refresh_review()
        back = self.bring_back()
        if self.session.notice:
            self.say(self.session.notice, warn=self.session.read_only)
        else:
            words = ["The line that was being typed is back."] * back + [self.clock_stands()] * self._stands()
            self.say(" ".join([*words, self.late_start()]).strip())
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
        words = prompts(self.session.review.template, self.page, self.way("next"))
        self.query_one("#words", Rows).show(words[:2] if self.has_class("-large") else words)
        self.refresh_lines()
        if self.has_class("-panel"):
            self.listen()
        self.tick()

    def tick(self) -> None:
        """Show the time."""
        self.look()
        review = self.session.review
        pace = agenda.pace(review, self.session.clock())
        now = self.session.clock().astimezone(self.wall)
        parts = [pace.words, f"{now:%H:%M}", pace.end_words(self.wall), pace.stop_words(self.wall)]
        if self.session.read_only:
            parts.insert(0, "read-only")
        self.query_one(TopLine).show(review.head.title or "Learning review", " · ".join(part for part in parts if part))
        self.query_one("#agenda", Rows).show(agenda_rows(review, pace), select=self.page)
        self._show_clock(pace)
        if self.has_class("-panel"):
            self._show_panel()

    def _show_clock(self, pace: agenda.Pace) -> None:
        step = pace.current
        timed = step is not None and bool(step.planned or step.over)
        self.query_one("#time").display = timed
        if step is None or not timed:
            return
        shown = face(step, self.desk.settings.clock)
        self.query_one(BigClock).show(shown.digits)
        digits, words = self.query_one("#clock", Digits), self.query_one("#clock-words", Static)
        if digits.value != shown.digits:
            digits.update(shown.digits)
        small = self.has_class("-narrow") or self.has_class("-low") or self.has_class("-large")
        number = next(at for at, item in enumerate(pace.steps, 1) if item is step)
        text = f"{shown.line} · step {number}/{len(pace.steps)}" if small else shown.words
        if text != self._clock_words:  # an update lays the screen out anew
            self._clock_words = text
            words.update(Content(text))
        words.set_class(bool(step.over), "-warning")
        if self._alarm.calls(step):
            self._call_for_attention()

    def _call_for_attention(self) -> None:
        if self.desk.settings.bell:
            self.app.bell()
        if self.desk.settings.flash:
            clocks = self.query("#time, #big-clock").add_class("-flash")
            self.set_timer(FLASH, lambda: clocks.remove_class("-flash"))

    def _hides(self, text: str) -> bool:
        """Whether what is typed is for nobody to read: a private line, or how somebody votes."""
        matter = self.matter
        return self.is_private(text) or (matter is not None and matter.hides and bool(matter.reads(text)))

    def do_large(self, _: str) -> None:
        """Show one prompt, a big clock and the last lines; or all again."""
        self.toggle_class("-large")
        self.refresh_review()

    def do_panel(self, _: str) -> None:
        """Open the facilitator's panel on this screen, or close it."""
        self.toggle_class("-panel")
        if self.has_class("-panel"):
            self.listen()
            self._show_panel()
            self.say(f"Whoever sees this screen sees the panel. {self.way('panel')} closes it.", warn=True)
        else:
            self.heard = ()
            self.query_one("#panel", Rows).show([])
            self.say("")

    def _show_panel(self) -> None:
        rows = console_rows.panel(self.session.review, self.page, self.session.clock(), self.way("next"), self.heard)
        self.query_one("#panel", Rows).show(rows)

    def do_blank(self, _: str) -> None:
        """Show nothing until a key is pressed."""
        self.app.push_screen(BlankScreen())

    def do_silent(self, _: str) -> None:
        """Show a quiet page while everybody writes."""
        self.app.push_screen(SilentScreen(self.desk, self.session))

    def do_page_up(self, words: str) -> None:
        """Show earlier lines, or what stands above in the panel."""
        if self.has_class("-panel"):
            self.query_one("#panel", Rows).page(-1)
        else:
            super().do_page_up(words)

    def do_page_down(self, words: str) -> None:
        """Show later lines, or what stands below in the panel."""
        if self.has_class("-panel"):
            self.query_one("#panel", Rows).page(1)
        else:
            super().do_page_down(words)
