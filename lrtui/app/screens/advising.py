"""Advice for the facilitator on a screen: what to ask about the last lines, and hints on their wording.

All of it is worked out in a thread: the rules are many, and typing must not wait for them.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from lrtui.app.screens.arranging import ArrangingScreen
from lrtui.app.screens.base import wanted
from lrtui.app.widgets.bars import StatusLine
from lrtui.review import intents_room

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lrtui.app.screens.console_words import Words
    from lrtui.app.widgets.rows import Row, Rows
    from lrtui.desk import Desk
    from lrtui.session import Session


ADVICE = {"script", "people", "panel"}  # the lists whose rows are keyed by what a click on them does: `ask 2`


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

    def do_ask(self, words: str) -> None:
        """Tick a prompt of the step."""
        self.perform(intents_room.tick_prompt(wanted(words, "/ask and the number of a prompt")))

    def pointed(self, rows: Rows, key: str) -> None:
        """Tick the prompt that was clicked, or note that the person has had a turn; else what a meeting does."""
        command, _, words = key.partition(" ")
        if rows.id not in ADVICE:
            super().pointed(rows, key)
            return
        rows.select(None)
        if self.run(command, words) and command == "spoke":
            self.say(f"{self.query_one(StatusLine).said} {self.way('undo')} takes it back.")

    def tick(self) -> None:
        """Show the time, and what it brings."""
        raise NotImplementedError
