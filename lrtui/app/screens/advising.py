"""Advice for the facilitator on a screen: what to ask about the last lines, and hints on their wording.

All of it is worked out in a thread: the rules are many, and typing must not wait for them.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from lrtui.app.screens.arranging import ArrangingScreen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lrtui.app.screens.console_words import Words
    from lrtui.app.widgets.rows import Row
    from lrtui.desk import Desk
    from lrtui.session import Session


class AdvisingScreen(ArrangingScreen):
    """A screen that may show what the console says. `heard` are the rows about the last lines."""

    @dataclass
    class Heard(Message):
        """What is to be said about the last lines is known."""

        rows: Sequence[Row]

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__(desk, session)
        self.heard: Sequence[Row] = ()
        self._words: Words | None = None

    def listen(self) -> None:
        """Work out anew what is to be said about the last lines; `tick` shows it when it is known."""
        self.run_worker(self._hear(), group="words", exclusive=True)

    async def _hear(self) -> None:
        """Have the last lines read in a thread; one that was overtaken tells nothing."""
        self.post_message(self.Heard(await asyncio.to_thread(self._read_last)))

    def _read_last(self) -> list[Row]:
        from lrtui.app.screens.console_words import Words, rows

        self._words = self._words or Words(self.desk.settings.hints)
        return list(rows(self._words.about(self.session.review)))

    def on_advising_screen_heard(self, event: Heard) -> None:
        """Show it."""
        if event.rows != self.heard:
            self.heard = event.rows
            self.tick()

    def tick(self) -> None:
        """Show the time, and what it brings."""
        raise NotImplementedError
