"""The page on which one person writes alone: all sections below each other, the open one marked, one line to type on.

There is no clock on it, and turning to another section is no change of the review that could be undone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from lrtui import commands
from lrtui.app.screens.arranging import ArrangingScreen
from lrtui.app.screens.places import place_of
from lrtui.app.screens.write_up_rows import PageRows, end_of, known, still_empty
from lrtui.app.widgets.bars import MatterLine, StatusLine, TopLine
from lrtui.app.widgets.capture import CaptureLine
from lrtui.app.widgets.rows import Row, Rows
from lrtui.review import arrange, intents, lines

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.events import Resize

    from lrtui.desk import Desk
    from lrtui.review.intents import Intent
    from lrtui.review.model import Action, Entry
    from lrtui.review.template import Step
    from lrtui.session import Session


class WriteUpScreen(ArrangingScreen):
    """A review that is written alone."""

    SCOPE = commands.Scope.WRITE_UP
    CSS_PATH = "write_up.tcss"
    follows_end = False

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__(desk, session)
        self._page = PageRows()

    def compose(self) -> ComposeResult:
        """Lay out page and line."""
        yield TopLine()
        yield Rows(id="lines")
        yield MatterLine()
        yield StatusLine()
        yield CaptureLine()
        yield from self.closing_lines()

    def on_mount(self) -> None:
        """Take up the page where it was left."""
        self.refresh_review()
        back = self.bring_back()
        if self.session.notice:
            self.say(self.session.notice, warn=self.session.read_only)
        elif back:
            self.say("The line that was being typed is back.")
        else:
            ways = f"{self.way('next')} opens the next one, {self.way('editor')} your editor"
            self.say(f"Enter adds to the section that is marked ▸; {ways}.")

    def on_resize(self, event: Resize) -> None:
        """Show the page as there is room for it, and on it the open section."""
        super().on_resize(event)
        self.refresh_review()
        if self._hand.editing is None:
            self.call_after_refresh(self.show_place)

    def refresh_review(self) -> None:
        """Show the review as it is now; one that has got an agenda with a clock meanwhile is for another screen."""
        review = self.session.review
        if not review.alone:
            self.app.switch_screen(place_of(self.desk, self.session))
            return
        title, width = review.head.title or "Write-up", self.size.width
        empty = still_empty(review, max(width * 2 // 3, width - cell_len(title) - 4))
        right = f"read-only · {empty}" if self.session.read_only else empty
        self.query_one(TopLine).show(title, right)
        self.refresh_lines()

    @property
    def page(self) -> str:
        """The section that is open: where one was last, else the first."""
        review, page = self.session.review, super().page
        return page if review.template.step(page) else next((step.key for step in review.template.steps), "")

    @property
    def collects(self) -> str:
        """The section that is open, in which a line without a prefix will stand."""
        step = self.session.review.template.step(self.page)
        return step.title if step else super().collects

    def listed(self) -> list[Row]:
        """Return the whole page."""
        session = self.session
        rows = self._page.of(session.review, self.page, self._fresh, session.rivals, coached=not self.has_class("-low"))
        return [*known(session.review, self.way("setup")), *rows]

    def show_place(self) -> None:
        """Scroll to the open section, to its end if it does not fit."""
        self.lines.reveal(self.page)
        self.lines.reveal(end_of(self.page))

    def _go_to(self, key: str) -> None:
        if self.reads:
            super()._go_to(key)
        else:
            self.perform(intents.turn_to(key))

    def do_next(self, _: str) -> None:
        """Open the section that follows; after the last one go to the close."""
        steps = self.session.review.template.steps
        if steps and self.page != steps[-1].key:
            self._turn(1)
        else:
            self.run("close")

    def do_previous(self, _: str) -> None:
        """Open the section before."""
        self._turn(-1)

    def do_edit(self, _: str) -> None:
        """Edit the line above; from a new line that is the last one of the open section."""
        if self._hand.editing is None:
            self.lines.select(end_of(self.page))
        self.edit_next(-1)

    def _stop_editing(self) -> None:
        super()._stop_editing()
        self.show_place()

    def _add(self, intent: Intent, said: str) -> None:
        """Add lines; tell where the last one stands, if that is in another section."""
        super()._add(intent, said)
        review, key = self.session.review, self._fresh or ""
        line = review.actions.get(key) or review.entries.get(key)
        step = review.template.step(lines.section(review, line)) if line else None
        if step and step.key != self.page and not said:
            self.say(f"It stands under “{step.title}”.")

    def moving(self, key: str, step: str) -> Intent:
        """Return what moves a line to another section, where it becomes what that collects."""
        return arrange.move_to_section(self.table(key), key, step)

    def sections(self, _: Entry | Action) -> list[Step]:
        """Return no steps: on one page a line stands in the section that it was moved to, and in no other."""
        return []

    def companions(self, key: str) -> list[str]:
        """Return the lines of the section that a line stands in."""
        review = self.session.review
        found: list[Entry | Action] = [*review.entries.values(), *review.actions.values()]
        sections = {line.id: lines.section(review, line) for line in found}
        return [other for other in super().companions(key) if sections[other] == sections[key]]
