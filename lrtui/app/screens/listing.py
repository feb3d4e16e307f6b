"""What the screens share that list what is in the library: a line to type on, a list below it, a review to open."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from lrtui.app.screens.base import CommandScreen, caught_up
from lrtui.app.widgets.bars import StatusLine, TopLine
from lrtui.app.widgets.capture import CaptureLine, Field
from lrtui.app.widgets.rows import Rows
from lrtui.errors import LrtuiError

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from lrtui.desk import Desk
    from lrtui.session import Session


class ListingScreen(CommandScreen):
    """A list that is searched as one types; `LIST` is its id, and `go_into` opens the screens of a review."""

    LIST: ClassVar[str]
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "enter", show=False, priority=True)]

    def __init__(self, desk: Desk, go_into: Callable[[Session], None]) -> None:
        super().__init__(desk)
        self._go_into = go_into
        self._to_search = False

    def compose(self) -> ComposeResult:
        """Lay out line and list."""
        yield TopLine()
        yield CaptureLine()
        yield Rows(id=self.LIST)
        yield StatusLine()
        yield from self.closing_lines()

    @property
    def listed(self) -> Rows:
        """The list."""
        return self.query_one(f"#{self.LIST}", Rows)

    def search_soon(self) -> None:
        """Search for what is typed when the line has been drawn, once for all keys of a burst."""
        if not self._to_search:
            self._to_search = True
            self.call_after_refresh(self._search)

    def _search(self) -> None:
        self._to_search = False
        self.show_found()

    def show_found(self) -> None:
        """List what is found for what is typed."""
        raise NotImplementedError

    async def action_enter(self) -> None:
        """Enter the line, and let keys that follow in a burst wait for the review that it opens."""
        await caught_up(self)
        await self.query_one(Field).action_submit()
        await caught_up(self)
        await caught_up(self.app.screen)

    def open_review(self, name: str) -> None:
        """Open a review; where that cannot be done, say why."""
        if not self.is_active:  # a second click has come before the first has changed the screen
            return
        try:
            self._go_into(self.desk.open(name))
        except LrtuiError as error:
            self.say(str(error), warn=True)

    def do_row_up(self, _: str) -> None:
        """Select what stands above."""
        self.listed.move(-1)

    def do_row_down(self, _: str) -> None:
        """Select what stands below."""
        self.listed.move(1)

    def do_page_up(self, _: str) -> None:
        """Show earlier rows."""
        self.listed.move(-max(1, self.listed.size.height - 1))

    def do_page_down(self, _: str) -> None:
        """Show later rows."""
        self.listed.move(max(1, self.listed.size.height - 1))
