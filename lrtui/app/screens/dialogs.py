"""What opens over a screen for a moment: help, the list of commands, a choice. Each is a line to type on and rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.await_complete import AwaitComplete
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from lrtui.app.screens.base import CommandScreen
from lrtui.app.widgets.capture import Field
from lrtui.app.widgets.rows import Row, Rows
from lrtui.commands import CAPTURING, SEARCHES, Command, Scope, spell_key
from lrtui.review.template import Template

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Click

    from lrtui.app.screens.base import Now
    from lrtui.desk import Desk
    from lrtui.errors import LrtuiError


class Card(ModalScreen[str | None]):
    """Something in a frame over a screen."""

    def dismiss(self, result: str | None = None) -> AwaitComplete:
        """Leave, once: a second Enter that comes before the screen has changed leaves nothing else."""
        return super().dismiss(result) if self.is_active else AwaitComplete()


class Dialog(Card):
    """Rows to choose from, narrowed down by typing. The result is the chosen row's key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
    ]
    HINT = "Enter chooses · Escape leaves"

    def __init__(self, title: str, rows: Sequence[Row], *, select: str | None = None) -> None:
        super().__init__()
        self._title = title
        self._all = rows
        self._first = select

    def compose(self) -> ComposeResult:
        """Lay out title, line and rows."""
        with Vertical():
            yield Static(Content.assemble((self._title, "$accent bold"), ("  " + self.HINT, "$text-muted")))
            yield Field(placeholder="type to narrow down")
            yield Rows(id="choices")

    def on_mount(self) -> None:
        """Show all rows. The key that leaves the program leaves it from here too."""
        self._below = next(screen for screen in self.app.screen_stack[::-1] if isinstance(screen, CommandScreen))
        key = self._below.key_of("quit")
        self._bindings.key_to_bindings[key] = [Binding(key, "quit", show=False, priority=True)]
        known = [row.key for row in self._all if row.selectable]
        first = self._first if self._first in known else next(iter(known), None)
        self.query_one("#choices", Rows).show(self._all, select=first)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the rows in which every typed word stands."""
        words = event.value.casefold().split()
        found = [
            row for row in self._all if all(word in f"{row.lead} {row.text} {row.key}".casefold() for word in words)
        ]
        found = [row for row in found if row.style != "heading" or not words] or [
            Row("", "Nothing here is called that.", selectable=False, style="muted")
        ]
        self.query_one("#choices", Rows).show(found, select=next((row.key for row in found if row.selectable), None))
        self.pointed(self.query_one("#choices", Rows).selected_key)

    def pointed(self, key: str | None) -> None:
        """Show more about the row that is selected now."""

    def on_input_submitted(self, _: Input.Submitted) -> None:
        """Choose."""
        self.choose(self.query_one("#choices", Rows).selected_key)

    def on_rows_picked(self, event: Rows.Picked) -> None:
        """Choose by the mouse."""
        self.choose(event.key)

    def on_click(self, event: Click) -> None:
        """Leave without choosing at a click beside the dialog."""
        if not self.query_one(Vertical).region.contains_point(event.screen_offset):
            self.dismiss(None)

    def choose(self, key: str | None) -> None:
        """Leave with the row of that key."""
        self.dismiss(key)

    def on_rows_pointed(self, event: Rows.Pointed) -> None:
        """Show more."""
        self.pointed(event.key)

    def action_move(self, by: int) -> None:
        """Select another row."""
        self.pointed(self.query_one("#choices", Rows).move(by))

    def action_page(self, by: int) -> None:
        """Scroll."""
        self.query_one("#choices", Rows).page(by)

    def action_leave(self) -> None:
        """Leave without choosing."""
        self.dismiss(None)

    def action_quit(self) -> None:
        """Leave the program as from the screen below."""
        self.dismiss(None)
        self._below.run("quit")


def _ways(command: Command, scope: Scope) -> str:
    """Tell how a command is given on a screen: by its key, and by its word where words are typed."""
    slash = f"/{command.slash} {command.takes}".strip() if command.slash and scope in CAPTURING else ""
    return "  ".join(way for way in (spell_key(command.key) if command.key else "", slash) if way)


def _told(command: Command, scope: Scope, palette: str) -> Row:
    ways = _ways(command, scope) or f"{palette} {command.title}"
    return Row(command.name, command.help, ways, lead_style="accent")


class CommandDialog(Dialog):
    """All commands that work on a screen; the chosen one is performed."""

    def __init__(self, scope: Scope, known: Sequence[Command]) -> None:
        rows = [Row(command.name, command.title, tail=_ways(command, scope)) for command in known]
        super().__init__("Commands", rows)


class HelpDialog(Dialog):
    """What can be done here, first what is of use just now: keys, slash words, and how the capture line reads."""

    HINT = "Escape leaves"

    def __init__(
        self, scope: Scope, known: Sequence[Command], now: Iterable[Now], forms: Sequence[tuple[str, str]]
    ) -> None:
        rest = {command.name: command for command in known}
        palette = rest["palette"].way
        rows: list[Row] = []
        for words, names in now:
            useful = [rest.pop(name) for name in names if name in rest]
            rows += [Row("", f"Now: {words}", style="heading", selectable=False)]
            rows += [_told(command, scope, palette) for command in useful]
            rows.append(Row("", "", selectable=False))
        rows.append(Row("", f"Keys and words: {scope}", style="heading", selectable=False))
        rows += [_told(command, scope, palette) for command in rest.values()]
        if scope is Scope.ROOM:
            rows += [Row("", "", selectable=False), Row("", "The capture line", style="heading", selectable=False)]
            rows += [Row(form, meaning, form, lead_style="accent") for form, meaning in forms]
        if scope is Scope.LIBRARY:
            rows += [Row("", "", selectable=False), Row("", "Searching", style="heading", selectable=False)]
            rows += [Row(form, meaning, form, lead_style="accent") for form, meaning in SEARCHES]
        super().__init__("Help", rows)

    def choose(self, _: str | None) -> None:
        """Leave; a row of help is only read."""
        self.dismiss(None)


class TemplateDialog(Dialog):
    """All templates, each with its minutes; the steps of the selected one are told below its line."""

    def __init__(self, desk: Desk, present: str) -> None:
        found = desk.all_templates()
        self._templates = {name: loaded for name, loaded in found.items() if isinstance(loaded, Template)}
        rows = [_template_row(name, loaded) for name, loaded in found.items()]
        super().__init__("Templates", rows, select=present)

    def on_mount(self) -> None:
        """Add the agenda below; that of the present template is shown once the rows are."""
        self.query_one(Vertical).mount(Rows(id="agenda", marked=False))
        self.call_after_refresh(lambda: self.pointed(self.query_one("#choices", Rows).selected_key))

    def pointed(self, key: str | None) -> None:
        """Show the agenda of the selected template."""
        loaded = self._templates.get(key or "")
        steps = loaded.steps if loaded else ()
        title = [Row("", loaded.title, tail=_minutes(loaded), style="heading")] if loaded else []
        rows = [Row("", step.title, tail=f"{step.minutes} min" if step.minutes else "") for step in steps]
        self.query_one("#agenda", Rows).show(title + rows)


def _template_row(name: str, loaded: Template | LrtuiError) -> Row:
    if isinstance(loaded, Template):
        return Row(name, loaded.about or loaded.title, name, _minutes(loaded))
    return Row("", f"has faults; `lrtui templates check {name}` tells them", name, style="warning", selectable=False)


def _minutes(template: Template) -> str:
    return f"{template.minutes} min" if template.minutes else "no clock"
