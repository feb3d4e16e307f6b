"""The application: opens screens on one desk, keeps the terminal clean, and never shows a traceback to a room."""

from __future__ import annotations

import contextlib
import gc
import tempfile
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding

from lrtui.app.endings import obey_signals
from lrtui.app.safety import CleanFilter
from lrtui.app.themes import DARK, LIGHT, THEMES
from lrtui.errors import LrtuiError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType
    from textual.filter import LineFilter
    from textual.screen import Screen

    from lrtui.desk import Desk
    from lrtui.session import Session


class LrtuiApp(App[None], inherit_bindings=False):
    """lrtui on the screen. `theme` is `light` or `dark`, else as set; `opens` names a review to open, or its `console`.

    `notice` is what the person is told first.
    """

    CSS_PATH = "styles.tcss"
    ENABLE_COMMAND_PALETTE = False
    TITLE = "lrtui"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+c", "help_quit", show=False, system=True)]

    def __init__(
        self, desk: Desk, *, theme: str | None = None, opens: str | None = None, console: bool = False, notice: str = ""
    ) -> None:
        super().__init__()
        self.desk = desk
        self._opens = opens
        self._open = desk.open_console if console else desk.open
        self._notice = notice
        self.refusal: LrtuiError | None = None  # why the review that was named could not be opened
        self._session: Session | None = None
        self._clean = CleanFilter()
        for known in THEMES:
            self.register_theme(known)
        self.theme = (LIGHT if (theme or desk.settings.theme) == "light" else DARK).name

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Clean every line before any other filter sees it; Textual keeps what one and the same filter has cleaned."""
        return [self._clean, *super().get_line_filters()]

    def get_default_screen(self) -> Screen[None]:
        """Begin with the library, unless a review is to be opened at once."""
        if self._opens is not None:
            return super().get_default_screen()
        from lrtui.app.screens.library import LibraryScreen

        return LibraryScreen(self.desk, self.enter)

    async def on_mount(self) -> None:
        """Open the review that was named; leave the terminal clean when the system ends the program."""
        obey_signals(self)
        if self._opens is None:
            await self._greet()
            return
        try:
            self.enter(self._open(self._opens))
        except LrtuiError as error:
            self.refusal = error
            self.exit(return_code=1)

    async def _greet(self) -> None:
        """Teach the capture line where nothing was ever saved, before any key is looked at."""
        if not self.desk.library.exists:
            from lrtui.app.screens.lesson import LessonScreen

            await self.push_screen(LessonScreen(self.desk))

    def on_ready(self) -> None:
        """Tell what is to be told first, and let Python look for garbage from now on; see `lrtui.cli.main.run`.

        What is there already is not looked at again.
        """
        self._give_notice()
        gc.freeze()
        gc.set_threshold(20_000)  # seldom: what is made here is text in lists, not cycles
        gc.enable()

    def _give_notice(self) -> None:
        """Have the screen say it, also below a lesson, once it has said what it says by itself."""
        from lrtui.app.screens.base import CommandScreen

        screen = next((screen for screen in reversed(self.screen_stack) if isinstance(screen, CommandScreen)), None)
        if self._notice and screen:
            screen.call_later(screen.add_notice, self._notice)

    def action_help_quit(self) -> None:
        """Say what ends the program: what copies does not."""
        from lrtui.app.screens.base import CommandScreen

        if isinstance(self.screen, CommandScreen):
            self.screen.say(f"{self.screen.way('quit')} leaves lrtui; everything is kept.")

    def enter(self, session: Session) -> None:
        """Open a review where it is in its life: see `place_of`; a finished one to be read.

        One that was opened beside the room view is opened in the console, wherever it is.
        """
        from lrtui.review.model import Status

        self._session = session
        gc.freeze()  # a long review is many objects; to look through them for garbage would hold the typing up
        if session.beside:
            from lrtui.app.screens.console import ConsoleScreen

            self.push_screen(ConsoleScreen(self.desk, session))
            return
        from lrtui.app.screens.places import place_of

        self.push_screen(place_of(self.desk, session))
        if session.review.head.status is Status.DONE:
            from lrtui.app.screens.reading import PreviewScreen

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
        gc.unfreeze()

    async def on_unmount(self) -> None:
        """Close what is open."""
        self._close_session()

    def _fatal_error(self) -> None:
        """Leave with one sentence; what went wrong is written to a file, since a room may be watching."""
        where = "It could not be written down what happened."
        with contextlib.suppress(OSError):
            handle, name = tempfile.mkstemp(prefix="lrtui-", suffix=".txt")
            with open(handle, "w", encoding="utf-8") as report:  # noqa: PTH123 - a handle, not a path
                report.write(traceback.format_exc())
            where = f"What happened is written in {Path(name)}."
        self.exit(
            return_code=1,
            message=f"lrtui has met an error of its own and stopped. Every line that was accepted is saved. {where}",
        )
        self._close_messages_no_wait()  # the message of an ordinary exit is not read by a loop that has failed
