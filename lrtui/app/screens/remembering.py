"""What the console remembers of other reviews: what was seen before, and what the facilitator meant to do next time.

Both are found in a thread. Titles and lines of other reviews are for the facilitator alone: no other screen has this.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from lrtui import mine
from lrtui.app.screens.advising import AdvisingScreen
from lrtui.app.screens.console_words import last_lines
from lrtui.app.widgets.rows import Row
from lrtui.app.wrap import cut
from lrtui.errors import StoreError
from lrtui.review import capture

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lrtui.app.widgets.capture import CaptureLine
    from lrtui.desk import Desk
    from lrtui.mine import Intended
    from lrtui.session import Session
    from lrtui.store.resembling import Seen

PAUSE = 0.4  # seconds without a key, or a line, after which it is looked for
SHOWN = 2
LONGEST = 80  # cells of a title or an action


class RememberingScreen(AdvisingScreen):
    """A screen that only the facilitator sees. `seen` are the rows about what was seen before."""

    @dataclass
    class Recalled(Message):
        """What the facilitator meant to do next time is known."""

        found: Intended | None

    class CaughtUp(Message):
        """The catalog is up to date."""

    @dataclass
    class Remembered(Message):
        """What resembles the last lines is known."""

        rows: Sequence[Row]

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__(desk, session)
        self.seen: Sequence[Row] = ()
        self.intended: Intended | None = None
        self._can_look = self._is_stale = self._is_looking = False

    def on_mount(self) -> None:
        """Get ready to look."""
        self.run_worker(self._get_ready, thread=True, group="own")

    def _get_ready(self) -> None:
        """In a thread: look for what was meant to be done next time, and bring the catalog up to date."""
        desk, name = self.desk, self.session.name
        with contextlib.suppress(StoreError):  # a help at most: the console goes on without it
            found = mine.last_intended(desk.library, desk.author, desk.clock, besides=name, stop=self._is_over)
            self.post_message(self.Recalled(found))
            desk.update_catalog(stop=self._is_over)
            self.post_message(self.CaughtUp())

    def _is_over(self) -> bool:
        return not self.is_running

    def on_remembering_screen_recalled(self, event: Recalled) -> None:
        """Show it."""
        self.intended = event.found
        self.tick()

    def on_remembering_screen_caught_up(self, _: CaughtUp) -> None:
        """Begin to look."""
        self._can_look = True
        self.remember()

    def remember(self) -> None:
        """Look anew, when there is a pause, for what resembles the last lines and the one that is being typed."""
        self._is_stale = True
        if self._can_look and not self._is_looking:
            self._is_looking = True
            self.run_worker(self._remember(), group="remember")

    def on_capture_line_typed(self, _: CaptureLine.Typed) -> None:
        """Look for what resembles what is typed."""
        self.remember()

    async def _remember(self) -> None:
        """Look in a thread, one look after the other, until nothing has changed since the last."""
        try:
            while self._is_stale:
                self._is_stale = False
                await asyncio.sleep(PAUSE)
                if not self._is_stale:
                    self.post_message(self.Remembered(await asyncio.to_thread(self._look, self.line.text)))
        finally:
            self._is_looking = False

    def _look(self, typed: str) -> list[Row]:
        review = self.session.review
        lines = [line.text for line in last_lines(review)]
        if typed and capture.slash(typed) is None and not self.is_private(typed):
            lines.append(typed)
        names = [name for person in review.participants.values() for name in (person.name, person.handle)]
        try:
            found = self.desk.catalog.resembling(lines, names=names, besides=self.session.name, limit=SHOWN)
        except StoreError:
            return []
        return list(_rows(found))

    def on_remembering_screen_remembered(self, event: Remembered) -> None:
        """Show it."""
        if event.rows != self.seen:
            self.seen = event.rows
            self.tick()


def _rows(found: Sequence[Seen]) -> Iterator[Row]:
    for seen in found:
        where = f"{seen.day} {cut(seen.title, LONGEST)}".strip()
        what = f"still open: {cut(seen.text, LONGEST)} ({where})" if seen.still_open else f"seen before: {where}"
        yield Row("", f"{what} — {', '.join(seen.shared)}", style="muted", hang=2, selectable=False)
    if found:
        yield Row("", "", selectable=False)
