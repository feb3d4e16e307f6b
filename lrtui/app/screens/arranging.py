"""Arranging captured lines from the keyboard and by word: to another step, kind or place, or under a heading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtui.app.screens.base import wanted
from lrtui.app.screens.long_text import LongTextScreen
from lrtui.errors import Refused
from lrtui.review import arrange
from lrtui.review.model import Kind

if TYPE_CHECKING:
    from lrtui.review.intents import Intent


class ArrangingScreen(LongTextScreen):
    """A screen on which captured lines can be arranged: the line that is selected, or else the last one."""

    def do_move(self, words: str) -> None:
        """Move the line to another step."""
        step = self.step_called(wanted(words, "/move and a step's number or title"))
        key = self.meant()
        self.perform(self.moving(key, step.key), f"Moved to “{step.title}”.")

    def moving(self, key: str, step: str) -> Intent:
        """Return what moves a line to another step."""
        return arrange.move_to_step(self.table(key), key, step)

    def do_kind(self, words: str) -> None:
        """Make the line one of another kind."""
        asked = wanted(words, "/kind and a kind, such as /kind learning").casefold()
        found = [kind for kind in Kind if kind.label.startswith(asked)]
        if len(found) != 1:
            raise Refused(f"“{words}” is none of: {', '.join(kind.label for kind in Kind)}.")
        key = self.meant()
        said = self.said_of_private if found[0] is Kind.PRIVATE else f"Now it is: {found[0].label}."
        self.perform(arrange.retype(self.table(key), key, found[0]), said)

    def do_under(self, words: str) -> None:
        """Put the line under a heading; by itself again where none is named."""
        key = self.meant()
        heading = words.strip()
        said = (
            f"Under “{heading}”. The same heading again brings another line there." if heading else "By itself again."
        )
        self.perform(arrange.group_under(self.table(key), key, heading), said)

    def do_raise_line(self, _: str) -> None:
        """Move the line one place up."""
        self._shift(-1)

    def do_lower_line(self, _: str) -> None:
        """Move the line one place down."""
        self._shift(1)

    def _shift(self, by: int) -> None:
        """Move the line past its neighbour in the list; what is being edited stays in hand."""
        key = self.meant()
        shown = self.companions(key)
        at = shown.index(key) if key in shown else -1
        if at < 0:
            raise Refused("That line is not shown in this step.")
        place = at + by
        if not 0 <= place < len(shown):
            raise Refused(f"It is the {'first' if by < 0 else 'last'} line of this step.")
        behind = shown[place] if by > 0 else shown[place - 1] if place else ""
        self.session.perform(arrange.put_behind(self.table(key), key, behind))
        self.refresh_review()
        self.say(f"Moved. {self.way('undo')} takes it back.")

    def companions(self, _: str) -> list[str]:
        """Return the lines among which a line can be moved, in their order."""
        return [row.key for row in self.lines.rows if row.selectable]
