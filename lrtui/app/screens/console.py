"""The console: the facilitator's desk in a terminal that nobody else sees.

It works on the same review as the room view, with a journal of its own, so that each shows at once what is done in the
other. A co-facilitator can write and lead from here as well.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtui import commands
from lrtui.app.screens import console_next, console_rows
from lrtui.app.screens.base import wanted
from lrtui.app.screens.remembering import RememberingScreen
from lrtui.app.widgets.bars import MatterLine, StatusLine, TopLine
from lrtui.app.widgets.capture import CaptureLine
from lrtui.app.widgets.lean import Across, Down
from lrtui.app.widgets.rows import Rows
from lrtui.review import agenda, intentions

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.events import Resize


class ConsoleScreen(RememberingScreen):
    """What only the facilitator should see."""

    SCOPE = commands.Scope.CONSOLE
    CSS_PATH = "console.tcss"
    said_of_private = "Kept for you alone."

    def compose(self) -> ComposeResult:
        """Lay out the console."""
        yield TopLine()
        with Across(id="middle"):
            with Down(id="left"):
                yield Rows(id="script", marked=False)
                yield Rows(id="lines")
            yield Rows(id="people", marked=False)
        yield MatterLine()
        yield StatusLine()
        yield CaptureLine()
        yield from self.closing_lines()

    def on_mount(self) -> None:
        """Take up where the review is."""
        self.refresh_review()
        self.bring_back()
        self.say(self.session.notice or "Nobody else sees this. // writes a note that only this screen shows.")
        self.set_interval(1.0, self.tick)

    def refresh_review(self) -> None:
        """Show the review as it is now."""
        self.refresh_lines()
        self.listen()
        self.remember()
        self.tick()

    def on_resize(self, event: Resize) -> None:
        """Tell the time in the words for which there is room."""
        super().on_resize(event)
        self.tick()

    def tick(self) -> None:
        """Show the time, and what it brings."""
        self.look()
        review, now = self.session.review, self.session.clock()
        pace = agenda.pace(review, now)
        narrow = self.has_class("-narrow")
        parts = (
            "" if narrow else pace.words,
            f"{now.astimezone(self.wall):%H:%M}",
            pace.end_words(self.wall),
            pace.stop_words(self.wall),
        )
        right = " · ".join(part for part in parts if part)
        headline = console_rows.headline(review, now, short=narrow)
        self.query_one(TopLine).show(headline if narrow else f"Console · {headline}", right)
        own = console_next.rows(review, self.page, self.desk.author, self.intended, self.way("intend"))
        words = [*own, *self.heard, *self.seen]
        self.query_one("#script", Rows).show(console_rows.script(review, self.page, now, self.way("next"), words))
        self.query_one("#people", Rows).show(console_rows.room(review, now))

    def do_intend(self, words: str) -> None:
        """Keep what the facilitator will do next time."""
        what = wanted(words, "/intend and what you will do next time")
        self.perform(
            intentions.intend(self.desk.author, what), "Kept for you alone; it stands here when your next begins."
        )

    def do_page_up(self, _: str) -> None:
        """Show what stands above: in the list of people until its head, then in the script."""
        people = self.query_one("#people", Rows)
        (people if people.scroll_offset.y > 0 else self.query_one("#script", Rows)).page(-1)

    def do_page_down(self, _: str) -> None:
        """Show what stands below: in the script until its end, then in the list of people."""
        script = self.query_one("#script", Rows)
        (script if script.scroll_offset.y < script.max_scroll_y else self.query_one("#people", Rows)).page(1)
