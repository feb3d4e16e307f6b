"""The capture line, learned by doing: shown before there is a library, and whenever it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from lrtui.app.screens.dialogs import Card
from lrtui.app.widgets.bars import StatusLine
from lrtui.app.widgets.capture import CaptureLine, Field
from lrtui.app.widgets.rows import Row, Rows
from lrtui.review import lesson
from lrtui.review.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult
    from textual.events import Key

    from lrtui.desk import Desk
    from lrtui.review.capture import Line


class LessonScreen(Card):
    """Some lines to write. They are read as in the room, by one's own prefixes, and nothing of them is kept.

    It is left at once by Enter on an empty line, and by any key that writes or moves nothing there.
    """

    HINT = "Nothing is kept · Escape leaves"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._prefixes = desk.settings.prefixes
        self._today = desk.clock().astimezone().date()
        key = next(command for command in desk.settings.commands if command.name == "complete")
        self._tasks = lesson.tasks(self._prefixes, key.way)
        self._written: list[Row] = []  # what has done the tasks so far
        self._bindings.key_to_bindings[key.key] = [Binding(key.key, "complete", show=False, priority=True)]

    def compose(self) -> ComposeResult:
        """Lay out the tasks, the line that answers, and the capture line."""
        with Vertical():
            title = ("The capture line, in a minute", "$accent bold")
            yield Static(Content.assemble(title, ("  " + self.HINT, "$text-muted")))
            yield Rows(id="tasks", marked=False)
            yield StatusLine()
            yield CaptureLine()

    def on_mount(self) -> None:
        """Ask for the first line."""
        self._line.field.hides = lambda text: self._read(text).kind is Kind.PRIVATE
        self._ask("Write one of your own, or this one; Enter takes it down.")

    @property
    def _line(self) -> CaptureLine:
        return self.query_one(CaptureLine)

    @property
    def _asked(self) -> lesson.Task | None:
        """What is asked for now; None when all is done."""
        return self._tasks[len(self._written)] if len(self._written) < len(self._tasks) else None

    def _read(self, text: str) -> Line:
        return lesson.read(text, self._today, self._prefixes)

    def _ask(self, said: str, *, warn: bool = False) -> None:
        self.query_one("#tasks", Rows).show(list(self._rows()))
        self.query_one(StatusLine).say(said, warn=warn)
        self._line.hint(self._asked.example if self._asked else "Enter goes on")

    def _rows(self) -> Iterator[Row]:
        """Yield what is done, what is asked for with its example, and what is to come."""
        for at, task in enumerate(self._tasks):
            if at < len(self._written):
                yield self._written[at]
            elif task is self._asked:
                yield Row("", task.title, "▸", style="accent", lead_style="accent", selectable=False)
                yield Row("", task.ask, " ", selectable=False)
                yield Row("", task.example, " ", style="accent", selectable=False)
            else:
                yield Row("", task.title, " ", style="muted", selectable=False)

    def on_capture_line_typed(self, event: CaptureLine.Typed) -> None:
        """Show what is understood so far."""
        read = self._read(event.text)
        self._line.show_chips([*read.chips, *read.doubts], read.kind.label if event.text.strip() else "")

    def on_field_entered(self, event: Field.Entered) -> None:
        """Go on to the next task where the line does this one; else say what it lacks. An empty line leaves."""
        task, text = self._asked, event.text.strip()
        if task is None or not text:
            self.dismiss()
            return
        read = self._read(text)
        missing = task.missing(read)
        if missing:
            self._line.text = text
            self._ask(f"Read as: {read.kind.label}. Still missing: {missing}.", warn=True)
            return
        self._written.append(_understood(read))
        self._ask(task.learned if self._asked else f"{task.learned} That is the line; Enter goes on.")

    def action_complete(self) -> None:
        """Complete the word at the cursor."""
        found = lesson.complete(self._line.text, self._line.field.cursor_position, self._prefixes)
        self.query_one(StatusLine).say(self._line.complete(found))

    def on_key(self, event: Key) -> None:
        """Leave by a key that the line has no use for."""
        event.stop()
        event.prevent_default()
        self.dismiss()


def _understood(line: Line) -> Row:
    """Return a line as the room shows it, with all that was understood; of a private one nothing is shown."""
    labels = [line.kind.label, *(chip.label for chip in line.chips if chip.kind != "kind")]
    text = "it is not shown" if line.kind is Kind.PRIVATE else line.text
    return Row("", text, "✓", " · ".join(labels), selectable=False)
