"""The set-up: title, facts, moments and roster as one list of fields; beside it the agenda and what there is to notice.

Nothing has to be filled in. A field is kept when it is left, by Enter, an arrow, a click or F8.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from lrtui import commands
from lrtui.app.screens.base import ReviewScreen, caught_up
from lrtui.app.screens.capturing import CapturingScreen
from lrtui.app.screens.dialogs import TemplateDialog
from lrtui.app.widgets.bars import StatusLine, TopLine
from lrtui.app.widgets.capture import Field
from lrtui.app.widgets.rows import Row, Rows
from lrtui.errors import LrtuiError, Refused
from lrtui.review import dates, intents, measures, roster
from lrtui.review.model import Presence, Status

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import tzinfo

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import DescendantBlur, DescendantFocus

    from lrtui.desk import Desk
    from lrtui.review.intents import Intent
    from lrtui.review.model import Action, Participant, Review
    from lrtui.session import Session


@dataclass(frozen=True, slots=True)
class Question:
    """One field: its label, what it holds now, and the intent that keeps an answer."""

    key: str
    label: str
    value: str
    keep: Callable[[str], Intent]
    hint: str = ""


class SetupScreen(ReviewScreen):
    """What is known before the meeting."""

    SCOPE = commands.Scope.SETUP
    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "enter", show=False, priority=True)]
    CSS_PATH = "setup.tcss"

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__(desk, session)
        self._questions: dict[str, Question] = {}
        self._fields: list[Field] = []
        self._refused: dict[str, str] = {}  # the fields whose text could not be kept, each with its label
        self._earlier: tuple[str, list[Action]] | None = None
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
        await self._show_fields()
        if self.session.notice and not self._in_room():
            self.say(self.session.notice, warn=self.session.read_only)
        else:
            onward = "goes back to the meeting" if self._in_room() else "starts the meeting"
            self.say(f"All of this is optional. Enter keeps a field and goes on; {self.way('start')} {onward}.")

    async def _show_fields(self, focus: str = "title") -> None:
        questions = list(_questions(self.session.review, dates.zone(self.desk.zone) or UTC))
        begun = self._begun()
        self._questions = {question.key: question for question in questions}
        fields = self.query_one("#fields", VerticalScroll)
        await fields.remove_children()
        rows = [FieldRow(question) for question in questions]
        self._fields = [row.field for row in rows]
        self._fields[-1].takes_blocks = True
        for field in self._fields:
            field.value = begun.get(field.name, field.value)
        await fields.mount_all(rows)
        last = len(questions) - 1  # where somebody was taken off the roster, the next may be added
        self._focus(next((at for at, question in enumerate(questions) if question.key == focus), last))
        self.refresh_review()

    def _begun(self) -> dict[str | None, str]:
        """Return what stands in the fields and is not kept yet."""
        known = self._questions
        return {
            field.name: field.value
            for field in self._fields
            if field.name in known and field.value.strip() != known[field.name].value
        }

    def refresh_review(self) -> None:
        """Show the side: agenda, lead time, the mix of people."""
        review = self.session.review
        self.query_one(TopLine).show(review.head.title or "New review", "set-up")
        service = review.head.facts.get("service", "")
        if self._earlier is None or self._earlier[0] != service:
            self._earlier = (service, self.desk.earlier_actions(self.session))
        self.query_one("#agenda", Rows).show(list(_side(review, self.session, self._earlier[1])))

    def on_descendant_blur(self, event: DescendantBlur) -> None:
        """Keep a field that is left."""
        if isinstance(event.widget, Field) and self._keep(event.widget):
            self.call_later(self._show_fields, self._fields[self._at].name or "title")

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
            self._refused[question.key] = question.label
            field.add_class("-refused")
            return False
        self._accept(field)
        self.say("")
        fresh = {item.key: item for item in _questions(self.session.review, dates.zone(self.desk.zone) or UTC)}
        listed = fresh.keys() != self._questions.keys()
        self._questions = fresh
        kept = fresh.get(question.key)
        field.value = kept.value if kept else ""
        self.refresh_review()
        return listed

    def _accept(self, field: Field) -> None:
        self._refused.pop(field.name or "", None)
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
            self.say(f"{len(event.lines)} people added.")

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
        warned = bool(self._refused)
        self._keep_all()
        if self._refused and not warned:
            raise Refused(
                f"Not kept yet: {', '.join(self._refused.values())}. {self.way('start')} again goes on without."
            )
        if self.session.review.head.status is Status.DRAFT:
            self.session.perform(intents.start())
        if self._in_room():
            self.dismiss()
            return
        from lrtui.app.screens.room import RoomScreen

        self.app.switch_screen(RoomScreen(self.desk, self.session))

    def _in_room(self) -> bool:
        """Whether the set-up was opened from a screen of the meeting."""
        return isinstance(self.app.screen_stack[-2], CapturingScreen)

    def do_leave(self, _: str) -> None:
        """Keep everything and leave: for the room view if that is below, else the review."""
        self._keep_all()
        if self._in_room():
            self.dismiss()
        else:
            self.post_message(self.Left())

    def do_quit(self, _: str) -> None:
        """Keep everything and leave the program."""
        self._keep_all()
        super().do_quit("")

    def do_undo(self, _: str) -> None:
        """Take the last change back."""
        super().do_undo("")
        self.call_later(self._show_fields, self._fields[self._at].name or "title")

    def do_redo(self, _: str) -> None:
        """Do again what was undone."""
        super().do_redo("")
        self.call_later(self._show_fields, self._fields[self._at].name or "title")


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


def _questions(review: Review, wall: tzinfo) -> Iterator[Question]:
    template = review.template
    yield Question("title", "Title", review.head.title, intents.set_title, "what happened, in a few words")
    for fact in template.facts:
        hint = ", ".join(fact.one_of)
        yield Question(f"fact {fact.key}", fact.ask, review.head.facts.get(fact.key, ""), _fact(fact.key), hint)
    for moment in template.moments:
        value = _moment_words(review, moment.key)
        yield Question(f"moment {moment.key}", moment.title, value, _moment(moment.key), "11-22 14:05, ~14:05 or n/a")
    if template.minutes:
        planned = f"{review.head.planned.astimezone(wall):%Y-%m-%d %H:%M}" if review.head.planned else ""
        yield Question("planned", "Meeting begins", planned, _planned(wall), "14:00, or 11-25 14:00")
    tags = " ".join(f"#{tag}" for tag in review.head.tags)
    yield Question("tags", "Tags", tags, intents.set_tags, "#database #deploy")
    zone = "" if review.head.zone == "UTC" else review.head.zone
    yield Question("zone", "Time zone of these times", zone, intents.set_zone, "UTC; or +02:00, Europe/Rome")
    for person in review.participants.values():
        here = "" if person.presence is Presence.PRESENT else f" ({person.presence.value})"
        yield Question(f"person {person.id}", f"@{person.handle}{here}", _spelled(person), _person(person.id))
    yield Question("add", "Add people", "", intents.add_people, "Ana Lima: responder, payments")


def _planned(wall: tzinfo) -> Callable[[str], Intent]:
    return lambda words: intents.set_planned(words, wall)


def _fact(key: str) -> Callable[[str], Intent]:
    return lambda words: intents.set_fact(key, words)


def _moment(key: str) -> Callable[[str], Intent]:
    return lambda words: intents.set_moment(key, words)


def _person(key: str) -> Callable[[str], Intent]:
    return lambda words: intents.edit_person(key, words) if words.strip() else intents.remove_person(key)


def _spelled(person: Participant) -> str:
    why = ", ".join(part for part in (person.role.replace("_", " "), person.team) if part)
    return f"{person.name}: {why}" if why else person.name


def _moment_words(review: Review, key: str) -> str:
    moment = review.moments.get(key)
    if moment is None:
        return ""
    return "n/a" if moment.not_applicable else ("~" if moment.about else "") + moment.when.replace("T", " ")


def _side(review: Review, session: Session, earlier: list[Action]) -> Iterator[Row]:
    notices = [*_lead_time(review, session), *roster.mix(review)]
    if notices:
        yield Row("", "To notice", style="heading")
        for notice in notices:
            yield Row("", f"· {notice}", hang=2)
        yield Row("", "")
    if earlier:
        yield Row("", "Still open from earlier reviews", style="heading")
        for action in earlier:
            yield Row("", f"· {action.text}", hang=2)
        yield Row("", "")
    template = review.template
    total = f"{template.minutes} min" if template.minutes else "no clock"
    yield Row("", f"{template.title} · {total}", style="heading")
    for step in template.steps:
        yield Row("", step.title, tail=str(step.minutes) if step.minutes else "")


def _lead_time(review: Review, session: Session) -> list[str]:
    lead = measures.lead_time(review, session.clock())
    return [lead.words] if lead else []
