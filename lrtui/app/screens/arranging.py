"""Arranging captured lines by key and by word: step, kind, place and heading; of an action, how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtui.app.screens.base import wanted
from lrtui.app.screens.long_text import LongTextScreen
from lrtui.app.wrap import cut
from lrtui.errors import Refused
from lrtui.review import arrange, intents, kinds, lines, progress
from lrtui.review.model import Action, Kind, State

if TYPE_CHECKING:
    from lrtui.review.intents import Intent
    from lrtui.review.model import Entry
    from lrtui.review.template import Step

_IS_NOW = {
    Kind.EVENT: "an event",
    Kind.NOTE: "a note",
    Kind.LEARNING: "a learning",
    Kind.DECISION: "a decision",
    Kind.QUESTION: "a question",
    Kind.WENT_WELL: "among what went well",
    Kind.WAS_HARD: "among what was hard",
    Kind.PARKED: "parked",
    Kind.ACTION: "an action",
}


class ArrangingScreen(LongTextScreen):
    """A screen on which captured lines can be arranged: the line that is selected, or else the last one."""

    def do_move(self, words: str) -> None:
        """Move the line to another step."""
        step = self.step_called(wanted(words, "/move and a step's number or title"))
        key = self.meant()
        named = self._quoted(key)
        self.perform(self.moving(key, step.key))
        self.say(f"{named} is moved to “{step.title}”.{self._still_in(key, step)}")

    def _quoted(self, key: str) -> str:
        """Return how a line begins, in quotes."""
        return f"“{cut(intents.captured(self.session.review, self.table(key), key).text, 40)}”"

    def _still_in(self, key: str, step: Step) -> str:
        """Say where a moved line stands as well, and why."""
        review = self.session.review
        line = intents.captured(review, self.table(key), key)
        kind = Kind.ACTION if isinstance(line, Action) else line.kind
        also = [f"“{item.title}”" for item in self.sections(line) if item.key != step.key]
        if not also:
            return ""
        return f" It stands in {' and '.join(also)} as well, where every {kind.label} does; /kind changes what it is."

    def sections(self, line: Entry | Action) -> list[Step]:
        """Return the steps that list a line: its own, and those that are about its kind."""
        review = self.session.review
        return [
            step
            for step in review.template.steps
            if lines.belongs(line, step.key, lines.default_kind(review, step.key))
        ]

    def moving(self, key: str, step: str) -> Intent:
        """Return what moves a line to another step."""
        return arrange.move_to_step(self.table(key), key, step)

    def do_kind(self, words: str) -> None:
        """Make the line one of another kind."""
        asked = wanted(words, "/kind and a kind, such as /kind learning")
        prefixes = self.session.prefixes
        kind = kinds.kind_called(asked, prefixes)
        if kind is None:
            raise Refused(f"“{asked}” is no kind of line. The kinds are: {kinds.kinds_in_words(prefixes)}.")
        key = self.meant()
        named = self._quoted(key)
        self.perform(arrange.retype(self.table(key), key, kind))
        fresh = self.session.review.actions.get(key)
        idea = fresh is not None and fresh.state is State.IDEA
        now = "an early idea, which waits for the step about actions" if idea else _IS_NOW.get(kind)
        self.say(f"{named} is now {now}." if now else self.said_of_private)

    def do_under(self, words: str) -> None:
        """Put the line under a heading; by itself again where none is named."""
        key = self.meant()
        heading = words.strip()
        again = "The same heading again brings another line there."
        place = f"stands under “{heading}”. {again}" if heading else "stands by itself again."
        self.perform(arrange.group_under(self.table(key), key, heading), f"{self._quoted(key)} {place}")

    def do_state(self, words: str) -> None:
        """Say how far the action is."""
        state, reason = progress.read(words)
        action = self._action_meant()
        said = f"“{cut(action.text, 40)}” is now: {state}{f' ({reason})' if reason else ''}."
        self.perform(intents.set_state(action.id, state, reason), f"{said} {self.way('undo')} takes it back.")

    def do_done_when(self, words: str) -> None:
        """Say by what one will know that the action is done."""
        asked = wanted(words, "/done-when and what one will see then; /done-when off takes it away")
        criterion = "" if asked.casefold() == "off" else asked
        action = self._action_meant()
        said = f"Kept: “{cut(action.text, 40)}” is done when {criterion}." if criterion else "That is open again."
        self.perform(intents.set_done_when(action.id, criterion), said)

    def _action_meant(self) -> Action:
        """Return the action that a command is about: the line being edited, else the last action that is shown."""
        actions = self.session.review.actions
        shown = [row.key for row in self.lines.rows if row.key in actions]
        action = actions.get(self._hand.editing or max(shown, default=""))
        if action is None:
            raise Refused(f"No action is selected: {self.way('edit')} selects a line.")
        return action

    def do_raise_line(self, _: str) -> None:
        """Move the line one place up."""
        self._shift(-1)

    def do_lower_line(self, _: str) -> None:
        """Move the line one place down."""
        self._shift(1)

    def _shift(self, by: int) -> None:
        """Move the line past its neighbour in the list; what is being edited stays in hand.

        Lines under one heading stand where the first of them does: another line goes past all of them at once.
        """
        key = self.meant()
        shown = self.companions(key)
        at = shown.index(key) if key in shown else -1
        if at < 0:
            raise Refused("That line is not shown in this step.")
        place = at + by
        if not 0 <= place < len(shown):
            raise Refused(f"It is the {'first' if by < 0 else 'last'} line of this step.")
        heading, neighbours = self._heading(key), self._heading(shown[place])
        if by > 0 and heading and neighbours != heading and at > self._first(shown, at):
            raise Refused(f"It is the last line under “{heading}”: /under alone takes it out.")
        if by < 0 and neighbours != heading:
            place = self._first(shown, place)
        before = place if by > 0 else place - 1
        together = before >= 0 and heading and self._heading(shown[before]) == heading
        behind = "" if before < 0 else shown[before if together else self._first(shown, before)]
        self.session.perform(arrange.put_behind(self.table(key), key, behind))
        self.refresh_review()
        moved = self.companions(key) != shown
        self.say(
            f"Moved. {self.way('undo')} takes it back."
            if moved
            else "Nothing moved: lines with a time stand at theirs."
        )

    def _heading(self, key: str) -> str:
        entry = self.session.review.entries.get(key)
        return entry.under if entry else ""

    def _first(self, shown: list[str], at: int) -> int:
        """Return the place of the first of the lines that stand under one heading with the line at a place."""
        heading = self._heading(shown[at])
        while heading and at and self._heading(shown[at - 1]) == heading:
            at -= 1
        return at

    def companions(self, _: str) -> list[str]:
        """Return the lines among which a line can be moved, in their order."""
        return [row.key for row in self.lines.rows if row.selectable]
