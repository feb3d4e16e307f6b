"""The line of a meeting and the lines that came of it: captured, edited, pasted, deleted, and kept while half typed."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from lrtui.app.screens.asking import AskingScreen
from lrtui.app.screens.base import Now
from lrtui.app.screens.hand import PASTED, Hand, edited
from lrtui.app.screens.room_rows import LineRows, nothing_yet, voted
from lrtui.app.widgets.bars import MatterLine
from lrtui.app.widgets.rows import Rows
from lrtui.app.wrap import cut
from lrtui.errors import LrtuiError, Refused
from lrtui.review import capture, dates, intents, lines
from lrtui.review.model import Entry, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.timer import Timer

    from lrtui.app.screens.asking import Matter
    from lrtui.app.widgets.capture import CaptureLine, Field
    from lrtui.app.widgets.rows import Row
    from lrtui.desk import Desk
    from lrtui.session import Session

MARKED_FOR = 4.0  # seconds for which a line is marked that was just added or changed
KEEP_AFTER = 0.3  # seconds without a key after which half-typed text is kept


class MeetingScreen(AskingScreen):
    """A screen with the capture line, the list `#lines` of what the step has captured, and what is asked, `#matter`."""

    said_of_private = "A private line is kept; it is not shown here."
    follows_end = True  # whether the next line stands at the end of the list, which is then kept in view

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__(desk, session)
        self._hand = Hand()
        self._rows = LineRows()
        self._fresh: str | None = None
        self._unmarker: Timer | None = None
        self._shown_step = ""
        self._typed_for: Matter | None = None  # what the text on the line is an answer to
        self._field: Field | None = None

    def on_mount(self) -> None:
        """Take up the line where it was left."""
        field = self._field = self.line.field
        field.unchip = self._unchipped
        field.becomes = self._hand.typed
        field.takes_blocks = True
        self._keeper = self.set_timer(KEEP_AFTER, self._keep_draft)

    @property
    def lines(self) -> Rows:
        """The list of captured lines."""
        return self.query_one("#lines", Rows)

    @property
    def in_hand(self) -> str:
        """What is being typed: what stands on the line, else the long text beside it."""
        return self.line.text or self._hand.long

    def take_in_hand(self, text: str) -> None:
        """Go on with a text: on the line, or beside it where it has several lines."""
        self._hand.long = text if "\n" in text else ""
        self.line.text = "" if self._hand.long else text
        self._hint()
        self._show_chips(text)

    def now(self) -> Iterator[Now]:
        """Yield what is in hand, then how the meeting stands, and last what the line is for."""
        if self._hand.pasted:
            yield Now("pasted lines wait; Enter adds each as a line of its own", ("cancel",))
        if self._hand.editing:
            if self._hand.editing in self.session.rivals:
                yield Now("somebody else has changed this line too", ("other",))
            arranging = ("raise-line", "lower-line", "move", "kind", "under")
            yield Now("a line is edited; Enter keeps the change", ("cancel", "delete", *arranging))
        yield from super().now()
        if self.page and not (self.reads or self._hand.editing or self._hand.pasted):
            kind = lines.default_kind(self.session.review, self.page).label
            yield Now(f"what is typed becomes: {kind}", ("next", "edit", "undo", "complete", "editor"))

    def bring_back(self) -> bool:
        """Bring back what was half typed when the program ended, a new line or an edit; tell whether there was any."""
        if self.session.read_only:
            return False
        drafts = self.desk.drafts.take(self.session.desk_name)
        self.take_in_hand(drafts.pop(Hand().place, "").strip("\n"))
        self._hand.pasted = drafts.pop(PASTED, "").splitlines()
        for place, text in drafts.items():
            key = edited(place)
            if key and self._spelled(key):
                self._edit(key)
                self.take_in_hand(text.strip("\n"))
        return bool(self.in_hand or self._hand.pasted)

    def refresh_lines(self) -> None:
        """Show the lines of the step, and what is understood of the one in hand."""
        if self._hand.editing and self._hidden(self._hand.editing):
            self._let_go_of_hidden(self.in_hand)
        self.look_for_earlier()
        self.lines.show(self.listed(), select=self._hand.editing, follow=self.follows_end)
        if self._fresh and not self._hand.editing:
            self.lines.reveal(self._fresh)
        if self._shown_step != self.page:
            self._shown_step = self.page
            self.show_place()
        matter = self.matter
        asked = self.query_one(MatterLine)
        title = matter.title if matter else self.nothing_waits
        asked.display = bool(title)
        asked.say(title)
        self._hint()
        self._show_chips(self.in_hand)

    def listed(self) -> list[Row]:
        """Return what the list of captured lines shows."""
        review = self.session.review
        rows = self._rows.of(review, self.page, self._fresh, self.session.rivals)
        return (voted(rows, review, self.vote) if self.vote else rows) or [nothing_yet(reads=self.reads)]

    def show_place(self) -> None:
        """Scroll to where the next line will stand."""
        self.lines.scroll_end(animate=False)

    @property
    def collects(self) -> str:
        """What a line without a prefix becomes here, in a word."""
        return lines.default_kind(self.session.review, self.page).label

    def _hint(self) -> None:
        if self._hand.long:
            count = self._hand.long.count("\n") + 1
            enter = "" if self._hand.editing else "Enter adds it, "
            ways = f"{enter}{self.way('editor')} opens it, {self.way('cancel')} leaves it"
            self.line.hint(f"a text of {count} lines: {ways}")
            return
        matter = self.matter
        if matter and not self._hand.editing:
            self.line.hint(matter.ask)
            return
        adding = f"{self.collects}: type, Enter adds it; / for commands"
        editing = f"editing: Enter takes the empty line away, {self.way('cancel')} leaves it"
        self.line.hint(editing if self._hand.editing else adding)

    def on_capture_line_typed(self, event: CaptureLine.Typed) -> None:
        """Show what is understood so far, and keep the text soon."""
        answering = not self._hand.editing and self.answers(event.text)
        self._typed_for = self.matter if answering else None
        self._show_chips(self.in_hand)
        self._keeper.stop()
        self._keeper = self.set_timer(KEEP_AFTER, self._keep_draft)

    def _keep_draft(self) -> None:
        if self._field is None or self.session.read_only:
            return
        text, editing = self._hand.long or self._field.value, self._hand.editing
        if editing and text == self._spelled(editing):
            self._drop_draft()
        else:
            self.desk.drafts.keep(self.session.desk_name, self._hand.place, text)

    def _keep_pasted(self) -> None:
        """Keep a pasted block that waits for its Enter; none where there is none."""
        if not self.session.read_only:
            self.desk.drafts.keep(self.session.desk_name, PASTED, "\n".join(self._hand.pasted))

    def _drop_draft(self) -> None:
        if not self.session.read_only:
            self.desk.drafts.drop(self.session.desk_name, self._hand.place)

    def on_unmount(self) -> None:
        """Keep what was typed right before the end."""
        self._keep_draft()

    def _show_chips(self, text: str) -> None:
        matter = None if self._hand.editing else self.matter
        if matter and matter.reads(text):
            self.line.show_chips((), matter.reads(text))
            return
        read = self._read(text) if text.strip() else None
        effect = self.effect(read) if isinstance(read, capture.Slash) else ""
        self.line.set_class(bool(effect), "-telling")
        if isinstance(read, capture.Slash):
            self.line.show_chips((), effect or "command")
        elif isinstance(read, capture.Line):
            self.line.show_chips([*self._dated(read), *read.doubts], read.kind.label)
        else:
            self.line.show_chips((), "")

    def _dated(self, read: capture.Line) -> list[capture.Chip]:
        """Return the chips, that of a time said without its day with the day it would be placed on."""
        if read.time is None or read.time.day is not None:
            return list(read.chips)
        review = self.session.review
        when, _ = dates.place(read.time, lines.reference(review), dates.zone_of(review), self.session.today)
        day = when[5:10]
        return [replace(chip, label=f"{day} {chip.label}") if chip.kind == "time" else chip for chip in read.chips]

    def _read(self, text: str) -> capture.Line | capture.Slash:
        return capture.slash(text) or self._read_line(text)

    def _read_line(self, text: str) -> capture.Line:
        review, key = self.session.review, self._hand.editing
        edited = (review.actions.get(key) or review.entries.get(key)) if key else None
        step = edited.step if edited else self.page
        return lines.read(review, text, step, self.session.today, self.session.prefixes)

    def _unchipped(self, text: str, cursor: int) -> str | None:
        read = self._read(text)
        if not isinstance(read, capture.Line) or cursor != len(text) or not text.endswith(" "):
            return None
        last = next((chip for chip in reversed(read.chips) if chip.end == len(text.rstrip())), None)
        return capture.unchip(text, last) if last else None

    async def on_field_entered(self, event: Field.Entered) -> None:
        """Do what was asked, and let all of it be drawn at once: a second frame would come much later."""
        matter, self._typed_for = self._typed_for, None
        if matter is not None and (self.matter is None or self.matter.key != matter.key):
            self._too_late(matter, event.text)
        else:
            self._enter(event.text.strip())
        await asyncio.sleep(0)  # by then every widget has told the screen that it has changed

    def _too_late(self, matter: Matter, text: str) -> None:
        """Give an answer back whose matter is settled by now; what was to be hidden stays so."""
        if not matter.hides:
            self.line.restore(text)
        lost = " It was not taken." if matter.hides else " Enter again takes it as it stands."
        self.say(f"What this was about is settled by now.{lost}", warn=True)

    def _enter(self, text: str) -> None:
        """Add the line, perform the command, or finish what was asked."""
        slash, hand = capture.slash(text), self._hand
        before = hand.editing
        try:
            if hand.pasted and slash is None:
                pasted = " ".join([f"{len(hand.pasted)} lines added.", self._said_of_dates(*hand.pasted)])
                self._add(intents.capture_block(hand.pasted, self.page), pasted.strip())
                self.line.restore(text)
            elif slash is not None:
                if not self.run_typed(slash):
                    self.give_back(text)
                elif before and before == hand.editing and self.in_hand in {"", self._spelled(before)}:
                    self._stop_editing()
            elif hand.long:
                self._enter_text(hand.long)
                self.line.restore(text)
            elif hand.editing:
                self._finish_edit(hand.editing, text)
            elif self.answers(text):
                self.answer(text)
            elif text:
                self._capture(text)
        except LrtuiError as error:
            self.line.restore(text)
            self.say(str(error), warn=True)

    def _capture(self, text: str) -> None:
        said = self.said_of_private if self.is_private(text) else self._said_of_dates(text)
        self._add(intents.capture_line(text, self.page), said)

    def _said_of_dates(self, *typed: str) -> str:
        return capture.said_of_dates(map(self._read_line, typed))

    def _enter_text(self, text: str) -> None:
        """Add a text that has not come from the line, or change to it what is edited."""
        editing = self._hand.editing
        if editing is None:
            self._capture(text)
            self.take_in_hand("")
        elif text == self._spelled(editing):
            raise Refused(self._of_several_lines())
        else:
            self._finish_edit(editing, text)

    def _of_several_lines(self) -> str:
        return f"This text has several lines: {self.way('editor')} opens it, {self.way('cancel')} leaves it."

    def _add(self, intent: intents.Intent, said: str) -> None:
        before = {*self.session.review.entries, *self.session.review.actions}
        self.session.perform(intent)
        added = [key for key in (*self.session.review.entries, *self.session.review.actions) if key not in before]
        self._mark(added[-1] if added else None)
        self._hand.pasted = []
        self._keep_pasted()
        self._drop_draft()
        self.refresh_review()
        self.say(said)

    def _mark(self, key: str | None) -> None:
        """Mark a line as just added or changed, for a moment."""
        self._fresh = key
        if self._unmarker is not None:
            self._unmarker.stop()
        self._unmarker = self.set_timer(MARKED_FOR, self._unmark) if key else None

    def _unmark(self) -> None:
        self._fresh = self._unmarker = None
        self.refresh_lines()

    def on_field_block(self, event: Field.Block) -> None:
        """Ask before a pasted block becomes lines; where what is typed is hidden, it would show that to all."""
        if self.matter and self.matter.hides:
            self.say("Ballots are typed one line at a time. Nothing of what was pasted is taken.", warn=True)
            return
        pasted = self._hand.pasted
        pasted += event.lines
        self._keep_pasted()
        leaves = f"{self.way('cancel')} leaves them out"
        self.say(f"{len(pasted)} lines pasted: Enter adds each as a line of its own, {leaves}.")

    def on_rows_pointed(self, event: Rows.Pointed) -> None:
        """Do what a click on a row asks for."""
        self.pointed(event.rows, event.key)

    def pointed(self, rows: Rows, key: str) -> None:
        """Edit the line that was clicked, or go to the step."""
        if rows.id != "lines":
            self.run("go", key)
            return
        try:
            self._edit(key)
        except Refused as error:
            self.lines.select(self._hand.editing)
            self.say(str(error), warn=True)

    def _edit(self, key: str) -> None:
        before = self._hand.editing
        if before is not None and self.in_hand != self._spelled(before):
            ways = f"Enter keeps the change, {self.way('cancel')} leaves it"
            raise Refused(f"This line is changed and not kept yet: {ways}.")
        self._hand.edit(key, self.in_hand, self._spelled(key))
        self.take_in_hand(self._spelled(key))
        self.lines.select(key)
        other = self.session.rivals.get(key)
        if self._hand.long and other is None:
            self.say(self._of_several_lines())
        elif other is None:
            ways = f"Enter keeps the change, {self.way('cancel')} leaves it"
            self.say(f"Editing: {ways}; emptied with Ctrl+U, Enter takes the line away.")
        else:
            self.say(f"Somebody else made of this line at the same time: “{cut(other, 60)}”. /other takes that.")

    def _spelled(self, key: str) -> str:
        """Write a captured line as one would type it; empty where it is not there any more."""
        review = self.session.review
        found = review.actions.get(key) or review.entries.get(key)
        return lines.spelled(review, found, self.session.prefixes) if found else ""

    def _hidden(self, key: str) -> bool:
        """Tell whether a line is shown to nobody here any more: taken away, or private by now."""
        review = self.session.review
        line = review.actions.get(key) or review.entries.get(key)
        return line is None or (isinstance(line, Entry) and line.kind is Kind.PRIVATE)

    def _let_go_of_hidden(self, text: str) -> None:
        """Leave the edit of a line that is hidden by now, and tell nothing of it; changed words stay at hand."""
        changed = text if text != self._hand.began else ""
        self._stop_editing()
        self.take_in_hand(" ".join(filter(None, [changed, self.in_hand])))
        kept = " What you have typed would be a new line now." if changed else ""
        self.say(f"The line that was edited is not shown here any more.{kept}", warn=True)

    def _finish_edit(self, key: str, text: str) -> None:
        if not text:
            self.do_delete("")
            return
        self.session.follow()
        if self._hidden(key):
            self._let_go_of_hidden(text)
            self.refresh_review()
            return
        now = self._spelled(key)
        if now != self._hand.began:
            self._hand.began = now
            raise Refused(f"Somebody else has changed this line to “{cut(now, 60)}”. Enter again keeps yours instead.")
        dates_in_doubt = self._said_of_dates(text)
        self.session.perform(intents.edit_line(self.table(key), key, text))
        self._mark(key)
        self._stop_editing()
        self.refresh_review()
        self.say(f"Changed. {self.way('undo')} takes it back. {dates_in_doubt}".strip())

    def _stop_editing(self) -> None:
        self._drop_draft()
        self.take_in_hand(self._hand.let_go())
        self.lines.select(None)

    def _leave_edit(self) -> None:
        self._stop_editing()
        self.say("")

    def table(self, key: str) -> str:
        """Return the table that a captured line is in."""
        return "actions" if key in self.session.review.actions else "entries"

    def do_edit(self, _: str) -> None:
        """Edit the line above the one that is being edited; to begin with, the one that was added last."""
        if self._hand.editing is None and self._last_added:
            self._edit(self._last_added)
        else:
            self.edit_next(-1)

    def do_later_line(self, _: str) -> None:
        """Edit the line below, or go back to the new line after the last one."""
        if self._hand.editing is None:
            return
        if not self.edit_next(1):
            self._leave_edit()

    def edit_next(self, by: int) -> bool:
        """Edit the line that lies `by` further; tell whether there is another one."""
        before = self._hand.editing
        key = self.lines.move(by)
        if key is None:
            self.lines.select(before)
            raise Refused("There is no line to edit here yet.")
        try:
            self._edit(key)
        except Refused:
            self.lines.select(before)
            raise
        return key != before

    def meant(self) -> str:
        """Return the line that a command is about: the one being edited, or else the last one of this step.

        It is one that is shown: what nobody sees here, such as a private note, is not meant.
        """
        self.session.follow()
        key = self._hand.editing or self._last_added
        if key is None:
            raise Refused("There is no line in this step yet.")
        if self._hidden(key):
            raise Refused("That line is not shown here any more.")
        return key

    @property
    def _last_added(self) -> str | None:
        """The line that was captured last of those that are shown, of this step's own if there is one.

        Ids are in the order of capture.
        """
        review = self.session.review
        tables = (review.entries, review.actions)
        found = [line for row in self.lines.rows for table in tables if (line := table.get(row.key))]
        own = [line.id for line in found if line.step == self.page]
        return max(own or [line.id for line in found], default=None)

    def do_delete(self, _: str) -> None:
        """Delete the line being edited, or else the last one captured in this step."""
        key = self.meant()
        table = self.table(key)
        line = intents.captured(self.session.review, table, key)
        private = isinstance(line, Entry) and line.kind is Kind.PRIVATE
        gone = "the private line" if private else f"“{cut(line.text, 40)}”"
        self.session.perform(intents.delete_line(table, key))
        if self._hand.editing:
            self._stop_editing()
        self.refresh_review()
        self.say(f"Deleted: {gone}. {self.way('undo')} brings it back.")

    def do_other(self, _: str) -> None:
        """Let a line that two people changed at once read as it does not show now."""
        rivals = self.session.rivals
        key = self._hand.editing or max((row.key for row in self.lines.rows if row.key in rivals), default="")
        if key not in rivals:
            raise Refused("Nobody has changed a line of this step at the same time as you.")
        before = f"{self.way('undo')}: as before."
        self.perform(intents.take_other(key, rivals[key]), f"The line reads as the other one put it. {before}")

    def do_cancel(self, _: str) -> None:
        """Leave off what was begun on the line. A meeting itself is left by word: a slip shows nothing else."""
        if self._hand.pasted:
            self._hand.pasted = []
            self._keep_pasted()
            self.say("The pasted lines were left out.")
        elif self._hand.editing:
            self._leave_edit()
        elif self._hand.long:
            self.take_in_hand("")
            self._drop_draft()
            self.say("The text was left out.")
        else:
            self.say(f"/leave leaves this review, {self.way('quit')} leaves lrtui; everything is kept.")

    def do_quit(self, _: str) -> None:
        """Leave the program; what is half typed comes back."""
        self._keep_draft()
        super().do_quit("")

    def perform(self, intent: intents.Intent, said: str = "") -> None:
        """Do it; an edit that has changed nothing yet ends with it, one that has goes on."""
        self._mark(None)
        if self._hand.editing and self.in_hand == self._spelled(self._hand.editing):
            self._stop_editing()
        super().perform(intent, said)

    def do_page_up(self, _: str) -> None:
        """Show earlier lines."""
        self.lines.page(-1)

    def do_page_down(self, _: str) -> None:
        """Show later lines."""
        self.lines.page(1)
