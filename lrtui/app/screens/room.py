"""The room view: the agenda with its times, the open step with its prompts, the lines captured so far, one input line.

Everything on it is fit for everyone in the call. Private lines are kept and not shown.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Digits, Static

from lrtui import commands
from lrtui.app.screens.base import bindings
from lrtui.app.screens.room_rows import LineRows, agenda_rows, prompts
from lrtui.app.screens.steering import SteeringScreen
from lrtui.app.widgets.bars import StatusLine, TopLine
from lrtui.app.widgets.capture import CaptureLine, Field
from lrtui.app.widgets.rows import Rows
from lrtui.app.wrap import cut
from lrtui.errors import LrtuiError, Refused
from lrtui.review import agenda, capture, dates, intents, lines
from lrtui.review.model import Entry, Kind, Status

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Resize

    from lrtui.desk import Desk
    from lrtui.session import Session

NEW, EDIT = "new", "edit "  # what a half-typed line is kept as: a new one, or the edit of the line of that id
KEEP_AFTER = 0.3  # seconds without a key after which half-typed text is kept


class RoomScreen(SteeringScreen):
    """The shared screen of a running review."""

    SCOPE = commands.Scope.ROOM
    BINDINGS: ClassVar[list[BindingType]] = bindings(commands.Scope.ROOM)
    CSS_PATH = "room.tcss"

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__(desk, session)
        self._rows = LineRows()
        self._editing: str | None = None
        self._stashed = ""
        self._pasted: list[str] = []
        self._fresh: str | None = None
        self._step = ""
        self._field: Field | None = None
        self._clock_words = ""

    def compose(self) -> ComposeResult:
        """Lay out the room view."""
        yield TopLine()
        with Horizontal(id="middle"):
            yield Rows(id="agenda", marked=False)
            with Vertical(id="main"):
                with Horizontal(id="step"):
                    yield Rows(id="words", marked=False)
                    with Vertical(id="time"):
                        yield Digits(id="clock")
                        yield Static(id="clock-words", markup=False)
                yield Rows(id="lines")
        yield StatusLine()
        yield CaptureLine()
        yield from self.closing_lines()

    def on_mount(self) -> None:
        """Take up where the review is, with the half-typed line of last time."""
        field = self._field = self.query_one(Field)
        field.unchip = self._unchipped
        field.takes_blocks = True
        self.refresh_review()
        back = not self.session.read_only and self._bring_back()
        if self.session.notice:
            self.say(self.session.notice, warn=self.session.read_only)
        else:
            words = ["The line that was being typed is back."] * back
            self.say(" ".join(words + ["The clock stands. F5 lets it go on."] * self._stands()))
        self.set_interval(1.0, self.tick)
        self._keeper = self.set_timer(KEEP_AFTER, self._keep_draft)

    def _bring_back(self) -> bool:
        """Bring back what was half typed when the program ended, a new line or an edit; tell whether there was any."""
        drafts = self.desk.drafts.take(self.session.name)
        self.line.text = drafts.pop(NEW, "")
        for place, text in drafts.items():
            key = place.removeprefix(EDIT)
            if self._spelled(key):
                self._edit(key)
                self.line.text = text
        return bool(self.line.text)

    def _stands(self) -> bool:
        head = self.session.review.head
        return (
            head.status in {Status.LIVE, Status.WRAP_UP}
            and head.since is None
            and self.session.review.template.minutes > 0
        )

    def on_resize(self, event: Resize) -> None:
        """Show the time in the form for which there is room."""
        super().on_resize(event)
        self.tick()

    def refresh_review(self) -> None:
        """Show the review as it is now."""
        review = self.session.review
        shown = self.query_one("#lines", Rows)
        rows = self._rows.of(review, review.head.step, self._fresh)
        shown.show(rows, select=self._editing, follow=True)
        if self._fresh and not self._editing:
            shown.reveal(self._fresh)
        step = review.template.step(review.head.step)
        self.query_one("#words", Rows).show(prompts(step))
        if self._step != review.head.step:
            self._step = review.head.step
            shown.scroll_end(animate=False)
        self._hint()
        self._show_chips(self.line.text)
        self.tick()

    def _hint(self) -> None:
        review = self.session.review
        kind = lines.default_kind(review, review.head.step).label
        adding = f"{kind}: type, Enter adds it; / for commands"
        self.line.hint("editing: Enter takes the empty line away, Escape leaves it" if self._editing else adding)

    def tick(self) -> None:
        """Show the time."""
        self.session.beat()
        review = self.session.review
        pace = agenda.pace(review, self.session.clock())
        now = self.session.clock().astimezone(self.wall)
        parts = [pace.words, f"{now:%H:%M}", pace.end_words(self.wall), pace.stop_words(self.wall)]
        if self.session.read_only:
            parts.insert(0, "read-only")
        self.query_one(TopLine).show(review.head.title or "Learning review", " · ".join(part for part in parts if part))
        self.query_one("#agenda", Rows).show(agenda_rows(review, pace), select=review.head.step)
        self._show_clock(pace)

    def _show_clock(self, pace: agenda.Pace) -> None:
        step = pace.current
        timed = step is not None and bool(step.planned or step.over)
        self.query_one("#time").display = timed
        if step is None or not timed:
            return
        shown = "+" + dates.clock_text(step.over) if step.over else dates.clock_text(step.left)
        digits, words = self.query_one("#clock", Digits), self.query_one("#clock-words", Static)
        if digits.value != shown:
            digits.update(shown)
        small = self.has_class("-narrow") or self.has_class("-low")
        number = next(at for at, item in enumerate(pace.steps, 1) if item is step)
        of = f"of {step.planned // 60} min · {step.words}"
        text = f"{shown} {of} · step {number}/{len(pace.steps)}" if small else of
        if text != self._clock_words:  # an update lays the screen out anew
            self._clock_words = text
            words.update(Content(text))
        words.set_class(bool(step.over), "-warning")

    def on_capture_line_typed(self, event: CaptureLine.Typed) -> None:
        """Show what is understood so far, and keep the text soon."""
        self._show_chips(event.text)
        self._keeper.stop()
        self._keeper = self.set_timer(KEEP_AFTER, self._keep_draft)

    def _keep_draft(self) -> None:
        if self._field is None or self.session.read_only:
            return
        text = self._field.value
        if self._editing and text == self._spelled(self._editing):
            self._drop_draft(EDIT + self._editing)
        else:
            self.desk.drafts.keep(self.session.name, EDIT + self._editing if self._editing else NEW, text)

    def _drop_draft(self, where: str) -> None:
        if not self.session.read_only:
            self.desk.drafts.drop(self.session.name, where)

    def on_unmount(self) -> None:
        """Keep what was typed right before the end."""
        self._keep_draft()

    def _show_chips(self, text: str) -> None:
        read = self._read(text) if text.strip() else None
        effect = self.effect(read) if isinstance(read, capture.Slash) else ""
        self.line.set_class(bool(effect), "-telling")
        if isinstance(read, capture.Slash):
            self.line.show_chips((), effect or "command")
        elif isinstance(read, capture.Line):
            self.line.show_chips(self._dated(read), read.kind.label)
        else:
            self.line.show_chips((), "")

    def _dated(self, read: capture.Line) -> list[capture.Chip]:
        """Return the chips, that of a time with the day it would be placed on."""
        if read.time is None:
            return list(read.chips)
        review = self.session.review
        when, _ = dates.place(read.time, lines.reference(review), dates.zone_of(review), self.session.today)
        day = when[5:10]
        return [replace(chip, label=f"{day} {chip.label}") if chip.kind == "time" else chip for chip in read.chips]

    def _read(self, text: str) -> capture.Line | capture.Slash:
        slash = capture.slash(text)
        return slash or lines.read(self.session.review, text, self.session.review.head.step, self.session.today)

    def _unchipped(self, text: str, cursor: int) -> str | None:
        read = self._read(text)
        if not isinstance(read, capture.Line) or cursor != len(text) or not text.endswith(" "):
            return None
        last = next((chip for chip in reversed(read.chips) if chip.end == len(text.rstrip())), None)
        return capture.unchip(text, last) if last else None

    async def on_field_entered(self, event: Field.Entered) -> None:
        """Do what was asked, and let all of it be drawn at once: a second frame would come much later."""
        self._enter(event.text.strip())
        await asyncio.sleep(0)  # by then every widget has told the screen that it has changed

    def _enter(self, text: str) -> None:
        """Add the line, perform the command, or finish what was asked."""
        slash = capture.slash(text)
        try:
            if self._pasted and slash is None:
                self._add(intents.capture_block(self._pasted), f"{len(self._pasted)} lines added.")
                self.line.restore(text)
            elif slash is not None:
                if not self.run_typed(slash):
                    self.give_back(text)
                elif self._editing:
                    self._stop_editing()
            elif self._editing:
                self._finish_edit(text)
            elif text:
                self._capture(text)
        except LrtuiError as error:
            self.line.restore(text)
            self.say(str(error), warn=True)

    def _capture(self, text: str) -> None:
        read = lines.read(self.session.review, text, self.session.review.head.step, self.session.today)
        self._add(intents.capture_line(text), "A private line is kept; it is not shown here." if _private(read) else "")

    def _add(self, intent: intents.Intent, said: str) -> None:
        before = {*self.session.review.entries, *self.session.review.actions}
        self.session.perform(intent)
        added = [key for key in (*self.session.review.entries, *self.session.review.actions) if key not in before]
        self._fresh = added[-1] if added else None
        self._pasted = []
        self._drop_draft(NEW)
        self.refresh_review()
        self.say(said)

    def on_field_block(self, event: Field.Block) -> None:
        """Ask before a pasted block becomes lines."""
        self._pasted += event.lines
        self.say(f"{len(self._pasted)} lines pasted: Enter adds each as a line of its own, Escape leaves them out.")

    def on_rows_pointed(self, event: Rows.Pointed) -> None:
        """Edit the line that was clicked, or go to the step."""
        if event.rows.id == "lines":
            self._edit(event.key)
        else:
            self.run("go", event.key)

    def _edit(self, key: str) -> None:
        if self._editing is None:
            self._stashed = self.line.text
        elif self.line.text != self._spelled(self._editing):
            raise Refused("This line is changed and not kept yet: Enter keeps the change, Escape leaves it.")
        self._editing = key
        self._hint()
        self.line.text = self._spelled(key)
        self.query_one("#lines", Rows).select(key)
        self.say("Editing: Enter keeps the change, Escape leaves it; emptied with Ctrl+U, Enter takes the line away.")

    def _spelled(self, key: str) -> str:
        """Write a captured line as one would type it; empty where it is not there any more."""
        review = self.session.review
        found = review.actions.get(key) or review.entries.get(key)
        return lines.spelled(review, found) if found else ""

    def _finish_edit(self, text: str) -> None:
        key = self._editing or ""
        if not text:
            self.do_delete("")
            return
        self.session.perform(intents.edit_line(self._table(key), key, text))
        self._fresh = key
        self._stop_editing()
        self.refresh_review()
        self.say("Changed. Ctrl+Z takes it back.")

    def _stop_editing(self) -> None:
        self._drop_draft(f"{EDIT}{self._editing}")
        self._editing = None
        self._hint()
        self.line.text, self._stashed = self._stashed, ""
        self.query_one("#lines", Rows).select(None)
        self.say("")

    def _table(self, key: str) -> str:
        return "actions" if key in self.session.review.actions else "entries"

    def do_edit(self, _: str) -> None:
        """Edit the line above the one that is being edited; the last one to begin with."""
        self._edit_next(-1)

    def do_later_line(self, _: str) -> None:
        """Edit the line below, or go back to the new line after the last one."""
        if self._editing is None:
            return
        if not self._edit_next(1):
            self._stop_editing()

    def _edit_next(self, by: int) -> bool:
        """Edit the line that lies `by` further; tell whether there is another one."""
        shown, before = self.query_one("#lines", Rows), self._editing
        key = shown.move(by)
        if key is None:
            raise Refused("There is no line to edit in this step yet.")
        try:
            self._edit(key)
        except Refused:
            shown.select(before)
            raise
        return key != before

    def do_delete(self, _: str) -> None:
        """Delete the line being edited, or else the last one captured in this step."""
        review = self.session.review
        step = review.head.step
        ids = [entry.id for entry in review.entries.values() if entry.step == step]
        ids += [action.id for action in review.actions.values() if action.step == step]
        newest = max(ids, default=None)
        key = self._editing or newest
        if key is None:
            raise Refused("There is no line to delete in this step.")
        line = intents.captured(review, self._table(key), key)
        private = isinstance(line, Entry) and line.kind is Kind.PRIVATE
        gone = "the private line" if private else f"“{cut(line.text, 40)}”"
        self.session.perform(intents.delete_line(self._table(key), key))
        if self._editing:
            self._stop_editing()
        self.refresh_review()
        self.say(f"Deleted: {gone}. Ctrl+Z brings it back.")

    def do_cancel(self, _: str) -> None:
        """Leave off what was begun on the line. The room view itself is left by word: a slip shows nothing else."""
        if self._pasted:
            self._pasted = []
            self.say("The pasted lines were left out.")
        elif self._editing:
            self._stop_editing()
        else:
            self.say("/leave leaves this review, Ctrl+Q leaves lrtui; everything is kept.")

    def do_quit(self, _: str) -> None:
        """Leave the program; what is half typed comes back."""
        self._keep_draft()
        super().do_quit("")

    def perform(self, intent: intents.Intent, said: str = "") -> None:
        """Do it; an edit that has changed nothing yet ends with it, one that has goes on."""
        self._fresh = None
        if self._editing and self.line.text == self._spelled(self._editing):
            self._stop_editing()
        super().perform(intent, said)

    def do_page_up(self, _: str) -> None:
        """Show earlier lines."""
        self.query_one("#lines", Rows).page(-1)

    def do_page_down(self, _: str) -> None:
        """Show later lines."""
        self.query_one("#lines", Rows).page(1)

    def do_close(self, _: str) -> None:
        """Go to the close."""
        from lrtui.app.screens.closing import ClosingScreen

        review = self.session.review
        if review.head.status is Status.LIVE and agenda.following(review) is None:
            self.session.perform(intents.wrap_up())
        self.app.push_screen(ClosingScreen(self.desk, self.session))


def _private(read: capture.Line) -> bool:
    return read.kind is Kind.PRIVATE
