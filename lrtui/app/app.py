"""The application: opens screens on one desk, keeps the terminal clean, and never shows a traceback to a room."""

from __future__ import annotations

import asyncio
import signal
import tempfile
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import App

from lrtui.app.safety import CleanFilter
from lrtui.app.themes import DARK, LIGHT, THEMES
from lrtui.errors import LrtuiError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.filter import LineFilter

    from lrtui.app.screens.library import LibraryScreen
    from lrtui.desk import Desk
    from lrtui.session import Session


class LrtuiApp(App[None]):
    """lrtui on the screen. `opens` names a review to open at once, `theme` is `light` or `dark`."""

    CSS_PATH = "styles.tcss"
    ENABLE_COMMAND_PALETTE = False
    TITLE = "lrtui"
    BINDINGS: ClassVar = []

    def __init__(self, desk: Desk, *, theme: str | None = None, opens: str | None = None) -> None:
        super().__init__()
        self.desk = desk
        self._opens = opens
        self._session: Session | None = None
        self._clean = CleanFilter()
        for known in THEMES:
            self.register_theme(known)
        self.theme = (LIGHT if theme == "light" else DARK).name

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Clean every line before any other filter sees it; Textual keeps what one and the same filter has cleaned."""
        return [self._clean, *super().get_line_filters()]

    async def on_mount(self) -> None:
        """Open the first screen; leave the terminal clean when the system ends the program."""
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(name, self.exit)
        if self._opens is None:
            from lrtui.app.screens.library import LibraryScreen

            await self.push_screen(LibraryScreen(self.desk))
            return
        try:
            self.enter(self.desk.open(self._opens))
        except LrtuiError as error:
            self.exit(return_code=1, message=f"lrtui: {error}")

    def on_library_screen_opened(self, event: LibraryScreen.Opened) -> None:
        """Go into the review that was chosen."""
        self.enter(event.session)

    def enter(self, session: Session) -> None:
        """Open a review where it is in its life: a draft in the set-up, a finished one to be read, else in the room."""
        from lrtui.review.model import Status

        self._session = session
        if session.review.head.status is Status.DRAFT:
            from lrtui.app.screens.setup import SetupScreen

            self.push_screen(SetupScreen(self.desk, session))
            return
        from lrtui.app.screens.room import RoomScreen

        self.push_screen(RoomScreen(self.desk, session))
        if session.review.head.status is Status.DONE:
            from lrtui.app.screens.preview import PreviewScreen

            self.push_screen(PreviewScreen(self.desk, session))

    def on_review_screen_left(self) -> None:
        """Close the open review; go back to the library, or out where there is none below."""
        from lrtui.app.screens.base import ReviewScreen

        while isinstance(self.screen, ReviewScreen):
            self.pop_screen()
        self._close_session()
        if self._opens is not None:
            self.exit()

    def _close_session(self) -> None:
        if self._session is not None:
            self._session.leave()
            self._session = None

    async def on_unmount(self) -> None:
        """Close what is open."""
        self._close_session()

    def _fatal_error(self) -> None:
        """Leave with one sentence; what went wrong is written to a file, since a room may be watching."""
        with tempfile.NamedTemporaryFile("w", prefix="lrtui-", suffix=".txt", delete=False, encoding="utf-8") as report:
            report.write(traceback.format_exc())
        self.exit(
            return_code=1,
            message="lrtui has met an error of its own and stopped. Every line that was accepted is saved. "
            f"What happened is written in {Path(report.name)}.",
        )
        self._close_messages_no_wait()  # the message of an ordinary exit is not read by a loop that has failed
