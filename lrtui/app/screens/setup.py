"""The set-up: title, facts, moments and roster as one list of fields; beside it the agenda and what there is to notice.

Nothing has to be filled in. A field is kept when it is left, by Enter, an arrow, a click or F8. What cannot be kept,
and what was being typed when the program ended, is in its field again the next time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from lrtui import commands
from lrtui.app.half_typed import HalfTyped
from lrtui.app.screens.base import Now, caught_up
from lrtui.app.screens.capturing import CapturingScreen
from lrtui.app.screens.dialogs import TemplateDialog
from lrtui.app.screens.looking_back import LookingBackScreen
from lrtui.app.screens.setup_rows import Question, questions, side
from lrtui.app.widgets.bars import StatusLine, TopLine
from lrtui.app.widgets.capture import Field
from lrtui.app.widgets.rows import Rows
from lrtui.errors import LrtuiError, Refused
from lrtui.review import intents, roster
from lrtui.review.model import Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import DescendantBlur, DescendantFocus
    from textual.widgets import Input

    from lrtui.desk import Desk
    from lrtui.session import Session


class SetupScreen(LookingBackScreen):
    """What is known before the meeting."""

    SCOPE = commands.Scope.SETUP
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "enter", show=False, priority=True)]
    CSS_PATH = "setup.tcss"

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__(desk, session)
        self._questions: dict[str, Question] = {}
        self._fields: list[Field] = []
        self._listed: list[tuple[str, str, str]] = []  # of each field, what does not change with what it holds
        self._half_typed = HalfTyped(self, "set-up ")
        self._refused: dict[str, str] = {}  # the fields whose text could not be kept, each with its name
        self._told: set[str] = set()  # those of them that were named already when the screen was to be left
        self._at = 0

    def compose(self) -> ComposeResult:
        """Lay out fields and side."""
        yield TopLine()
        with Horizontal(id="middle"):
            yield VerticalScroll(id="fields", can_focus=False)
            with Vertical(id="side"):
                yield Rows(id="agenda", marked=False)
        yield StatusLine()
        yield from self.closing_lines()

    async def on_mount(self) -> None:
        """Show the fields."""
        back = list(self._brought_back())
        await self._show_fields(back[0].key if back else "title")
        self.look_back()
        if self.session.notice and not self._in_room():
            self.say(self.session.notice, warn=self.session.read_only)
            return
        begun = f"Typed before and not kept yet: {', '.join(question.name for question in back)}."
        onward = f"{self.way('start')} {'goes back to' if self._in_room() else 'starts'} the {self.occasion}"
        self.say(f"{begun if back else 'All of this is optional.'} Enter keeps a field and goes on; {onward}.")

    def _brought_back(self) -> Iterator[Question]:
        """Yield the questions whose fields were half typed when the set-up was open before."""
        for question in questions(self.session.review, self.wall):
            text = self._half_typed.text(question.key)
            if text.strip() == question.value:  # the program ended right after it was kept in the review
                self._half_typed.entered(question.key)
            elif text:
                yield question

    async def _show_fields(self, focus: str = "title") -> None:
        """Show what is asked; only where that is something else are the fields made anew. Cursors stay."""
        asked = list(questions(self.session.review, self.wall))
        listed = [(question.key, question.label, question.hint) for question in asked]
        if listed == self._listed:
            self._fill(asked)
        else:
            await self._list_anew(asked)
            self._listed = listed
        last = len(asked) - 1  # where somebody was taken off the roster, the next may be added
        self._focus(next((at for at, question in enumerate(asked) if question.key == focus), last))
        self.refresh_review()

    async def _show_again(self) -> None:
        """Show what is asked, and stay in the field in which somebody is."""
        await self._show_fields(self._fields[self._at].name or "title")

    def _fill(self, asked: Iterable[Question]) -> None:
        """Show what the review holds now in every field in which nothing is being typed."""
        begun = self._begun()
        self._questions = {question.key: question for question in asked}
        for field in self._fields:
            question = self._questions.get(field.name or "")
            if question is not None and field.name not in begun:
                field.value = question.value

    async def _list_anew(self, asked: list[Question]) -> None:
        begun = {**self._waiting(), **self._begun()}
        cursors = {field.name: field.cursor_position for field in self._fields}
        self._questions = {question.key: question for question in asked}
        fields = self.query_one("#fields", VerticalScroll)
        await fields.remove_children()
        rows = [FieldRow(question) for question in asked]
        self._fields = [row.field for row in rows]
        self._fields[-1].takes_blocks = True
        for field in self._fields:
            field.value = begun.get(field.name, field.value)
        await fields.mount_all(rows)
        for field in self._fields:
            field.cursor_position = cursors.get(field.name, len(field.value))

    def _waiting(self) -> dict[str | None, str]:
        """Return what was half typed in fields that are not shown yet."""
        return {key: text for key, text in self._half_typed.texts.items() if key not in self._questions}

    def _begun(self) -> dict[str | None, str]:
        """Return what stands in the fields and is not kept yet."""
        known = self._questions
        return {
            field.name: field.value
            for field in self._fields
            if field.name in known and field.value.strip() != known[field.name].value
        }

    def refresh_review(self) -> None:
        """Show the side; what earlier reviews left open comes when it is known."""
        self.query_one(TopLine).show(self.session.review.head.title or "New review", "set-up")
        self.look_back_anew()
        self.looked_back()

    def followed(self) -> None:
        """Show what others have written; what is typed here and not kept yet stays in its field."""
        self.call_later(self._show_again)

    def looked_back(self) -> None:
        """Show the side, with what earlier reviews left open."""
        rows = side(self.session.review, self.session.clock(), self.earlier)
        self.query_one("#agenda", Rows).show(list(rows))

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep what is half typed, soon."""
        if isinstance(event.input, Field) and event.input in self._fields:
            self._note(event.input)
            self._offer_roles(event.input)

    def _offer_roles(self, field: Field) -> None:
        """Say which roles there are when a name has been typed, and the colon behind it."""
        person = (field.name or "").partition(" ")[0] in {"add", "person"}
        roles = self.session.review.template.roles
        if person and roles and field.has_focus and field.value.rstrip().endswith(":"):
            self.say(f"{roster.roles_in_words(roles)} A team may follow behind a comma.")

    def _note(self, field: Field) -> None:
        question = self._questions.get(field.name or "")
        if question is not None:
            self._half_typed.typed(question.key, "" if field.value.strip() == question.value else field.value)

    def on_descendant_blur(self, event: DescendantBlur) -> None:
        """Keep a field that is left."""
        if isinstance(event.widget, Field) and self._keep(event.widget):
            self.call_later(self._show_again)

    def _keep(self, field: Field) -> bool:
        """Store what a field holds if it has changed; tell whether the list of fields is another now."""
        question = self._questions.get(field.name or "")
        if question is None or field.value.strip() == question.value:
            self._accept(field)
            return False
        try:
            self.session.perform(question.keep(field.value))
        except LrtuiError as error:
            self.say(str(error), warn=True)
            self._refused[question.key] = question.name
            field.add_class("-refused")
            self._note(field)
            return False
        self._accept(field)
        self.say(question.said(field.value))
        before = self._questions.keys()
        self._fill(questions(self.session.review, self.wall))
        listed = self._questions.keys() != before
        kept = self._questions.get(question.key)
        field.value = kept.value if kept else ""
        self.refresh_review()
        return listed

    def _accept(self, field: Field) -> None:
        self._refused.pop(field.name or "", None)
        self._told.discard(field.name or "")
        self._half_typed.entered(field.name or "")
        field.remove_class("-refused")

    async def action_enter(self) -> None:
        """Keep the field and go to the next; stay where people are added. Keys that follow go to the new field."""
        await caught_up(self)
        field = self._fields[self._at]
        if self._keep(field):
            await self._show_fields(field.name or "title")
        elif field.name != "add" and field.name not in self._refused:
            self._focus(self._at + 1)

    async def on_field_block(self, event: Field.Block) -> None:
        """Add a pasted list of people, one a line; where one of them cannot be read, leave all to be corrected."""
        people = "; ".join(event.lines)
        try:
            self.session.perform(intents.add_people(people))
        except LrtuiError as error:
            self._fields[-1].insert_text_at_cursor(people)
            self.say(str(error), warn=True)
        else:
            await self._show_fields("add")
            said = self._questions["add"].said("\n".join(event.lines))
            self.say(f"{len(event.lines)} people added. {said}".strip())

    def _focus(self, at: int) -> None:
        """Go to a field, at once: the next key may be waiting."""
        self._at = max(0, min(at, len(self._fields) - 1))
        self.set_focus(self._fields[self._at])

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Note which field was clicked."""
        if isinstance(event.widget, Field) and event.widget in self._fields and event.widget is self.focused:
            self._at = self._fields.index(event.widget)

    def _keep_all(self) -> None:
        for field in self._fields:
            self._keep(field)

    def _keep_before(self, name: str) -> None:
        """Keep every field before a command leads elsewhere; say once which could not be kept, and where that goes."""
        self._keep_all()
        untold = self._refused.keys() - self._told
        self._told = set(self._refused)
        if untold:
            way = "leaves it for next time" if self._half_typed.keep() else "goes on without it"
            raise Refused(f"Not kept yet: {', '.join(self._refused.values())}; {self.way(name)} again {way}.")

    def now(self) -> Iterator[Now]:
        """Yield what could not be kept, and what comes after the set-up."""
        if self._refused:
            yield Now(f"not kept yet: {', '.join(self._refused.values())}", ("leave", "start"))
        running = "the meeting waits behind this" if self._in_room() else "Enter keeps a field and goes to the next"
        yield Now(running, ("start", "row-down", "row-up", "templates"))

    def do_row_up(self, _: str) -> None:
        """Go to the field above."""
        self._focus(self._at - 1)

    def do_row_down(self, _: str) -> None:
        """Go to the field below."""
        self._focus(self._at + 1)

    def do_templates(self, _: str) -> None:
        """Choose another template."""

        def chosen(name: str | None) -> None:
            if name:
                self.call_later(self._change_template, name)

        self.app.push_screen(TemplateDialog(self.desk, self.session.review.template.name), chosen)

    async def _change_template(self, name: str) -> None:
        try:
            self.session.perform(intents.set_template(self.desk.template(name)))
        except LrtuiError as error:
            self.say(str(error), warn=True)
        await self._show_fields()

    def do_start(self, _: str) -> None:
        """Open the room view; a draft begins to run."""
        self._keep_before("start")
        if self.session.review.head.status is Status.DRAFT and not self.session.review.alone:
            self.session.perform(intents.start())
        if self._in_room():
            self.dismiss()
            return
        from lrtui.app.screens.places import place_of

        self.app.switch_screen(place_of(self.desk, self.session))

    def _in_room(self) -> bool:
        """Whether the set-up was opened from a screen of the meeting."""
        return isinstance(self.app.screen_stack[-2], CapturingScreen)

    def do_leave(self, _: str) -> None:
        """Keep everything and leave: for the room view if that is below, else the review."""
        self._keep_before("leave")
        if self._in_room():
            self.dismiss()
        else:
            self.post_message(self.Left())

    def do_quit(self, _: str) -> None:
        """Keep everything and leave the program."""
        self._keep_all()
        super().do_quit("")

    def on_unmount(self) -> None:
        """Keep what was typed right before the end."""
        self._half_typed.keep()

    def do_undo(self, _: str) -> None:
        """Take the last change back."""
        super().do_undo("")
        self.call_later(self._show_again)

    def do_redo(self, _: str) -> None:
        """Do again what was undone."""
        super().do_redo("")
        self.call_later(self._show_again)


class FieldRow(Horizontal):
    """A label and its field."""

    def __init__(self, question: Question) -> None:
        super().__init__()
        self._label = question.label
        self.field = Field(question.value, question.hint, name=question.key)

    def compose(self) -> ComposeResult:
        """Lay out label and field."""
        yield Static(Content(self._label), classes="label")
        yield self.field
