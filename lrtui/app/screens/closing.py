"""The close: what still lacks something, each point settled by one short answer, or left as it is.

What is half typed belongs to the point that it was typed for, and is on the line again when that one is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from lrtui import commands
from lrtui.app.half_typed import HalfTyped
from lrtui.app.screens.base import Now
from lrtui.app.screens.capturing import CapturingScreen
from lrtui.app.widgets.bars import StatusLine, TopLine
from lrtui.app.widgets.capture import CaptureLine, Field
from lrtui.app.widgets.rows import Row, Rows
from lrtui.app.wrap import cut
from lrtui.errors import Refused
from lrtui.review import agenda, capture, closing, feedback, intents, offers
from lrtui.review.model import Kind, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from textual.app import ComposeResult
    from textual.events import Key

    from lrtui.desk import Desk
    from lrtui.review.model import Review
    from lrtui.session import Session


class ClosingScreen(CapturingScreen):
    """The last screen of a meeting."""

    SCOPE = commands.Scope.CLOSING

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__(desk, session)
        self._half_typed = HalfTyped(self, "close ")
        self._point = ""  # the key of the point that the line is about
        self._asked_to_finish = False

    def compose(self) -> ComposeResult:
        """Lay out summary, hints and line."""
        yield TopLine()
        yield Static(id="summary", markup=False)
        yield Rows(id="hints")
        yield StatusLine()
        yield CaptureLine()
        yield from self.closing_lines()

    def on_mount(self) -> None:
        """Show the time; tell where something was being typed."""
        self.line.field.hides = lambda text: self.is_private(text) or self._is_vote(text)
        if any(self._half_typed.text(hint.key) for hint in closing.hints(self.session.review)):
            self.say("What was being typed is back on its point.")
        elif closing.hints(self.session.review):
            ways = f"{self.way('row-up')} and {self.way('row-down')}"
            self.say(f"{ways} choose a point, a short answer settles it; none of them has to be.")
        self.set_interval(1.0, self.tick)

    def refresh_review(self) -> None:
        """Show what is still open."""
        review = self.session.review
        self.query_one("#summary", Static).update(Content(_summary(review)))
        self._show(closing.hints(review))
        self.tick()

    @property
    def _hints(self) -> Rows:
        return self.query_one("#hints", Rows)

    def followed(self) -> None:
        """Show what others have done; what was typed for a point that they have settled is no answer to another one."""
        typed = self.line.text
        lost = bool(typed and self._point) and self._hint() is None and not self._is_apart(typed)
        if lost:
            self.line.text = ""
        super().followed()
        if lost:
            words = "" if self._is_vote(typed) else f": “{cut(typed, 40)}”"
            self.say(f"Somebody else has settled that point. What was typed for it was not taken{words}.", warn=True)

    def _is_apart(self, text: str) -> bool:
        """Tell whether a text answers no point: a command, or a private line."""
        return capture.slash(text) is not None or self.is_private(text)

    def _show(self, hints: Sequence[closing.Hint], select: str | None = None) -> None:
        """List the points and `select` one; one that is settled gives way to the one that follows."""
        keys = [hint.key for hint in hints]
        if not keys:
            self._hints.show([Row("", f"Nothing is left open. {self._rest()}.", selectable=False)])
            self._turn_to("", stays=False)
            return
        begun = next((at for at, key in enumerate(keys) if self._half_typed.text(key)), 0)
        place = begun if self._hints.selected is None else min(self._hints.selected, len(keys) - 1)
        kept = select or self._hints.selected_key
        selected = kept if kept in keys else keys[place]
        self._turn_to(selected, stays=self._point in keys)
        self._hints.show([self._row(hint) for hint in hints], select=selected)

    def _row(self, hint: closing.Hint) -> Row:
        waits = hint.key != self._point and self._half_typed.text(hint.key)
        return Row(hint.key, hint.text, tail="half typed" if waits else "")

    def _turn_to(self, point: str, *, stays: bool) -> None:
        """Have on the line what is half typed for a point.

        What was typed for the one before waits there, if it `stays`; else what is on the line was typed since.
        """
        if point != self._point:
            if stays:
                self._half_typed.typed(self._point, self.line.text)
                self.line.text = ""
            self._point = point
            self.line.text = " ".join(filter(None, (self._half_typed.text(point), self.line.text)))
        self._ask()

    def tick(self) -> None:
        """Show the time."""
        review = self.session.review
        now = self.session.clock()
        pace = agenda.pace(review, now)
        clocked = bool(pace.words) and not review.alone
        right = f"{pace.words} · {now.astimezone(self.wall):%H:%M}" if clocked else "closing"
        self.query_one(TopLine).show(f"Closing: {review.head.title or 'Learning review'}", right)

    def _hint(self) -> closing.Hint | None:
        return next((hint for hint in closing.hints(self.session.review) if hint.key == self._point), None)

    def _ask(self) -> None:
        hint, offered = self._hint(), self._offer()
        usual = f"; {self.way('complete')} takes {offered}, as is usual here" if offered else ""
        self.line.hint(f"type {hint.ask}{usual}" if hint else self._rest())

    def _offer(self) -> str:
        """Return what settles the selected point as it is usual in this library."""
        hint = self._hint()
        return offers.offer(self.session.review, hint, self.desk.library_settings.customs) if hint else ""

    def do_complete(self, words: str) -> None:
        """Complete the word at the cursor; on an empty line, take what is usual here."""
        offered = "" if self.line.text else self._offer()
        if offered:
            self.line.text = offered
            self.say(f"Enter keeps {offered} for this action.")
        else:
            super().do_complete(words)

    def _rest(self) -> str:
        """Say what comes when nothing is left to settle."""
        done = self.session.review.head.status is Status.DONE
        return (
            f"{self.way('export')} exports the Markdown"
            if done
            else f"{self.way('finish')} finishes the {self.occasion}"
        )

    def now(self) -> Iterator[Now]:
        """Yield what the selected point waits for, and what comes when there is none."""
        hint, head = self._hint(), self.session.review.head
        if hint:
            yield Now(f"“{cut(hint.text, 40)}” waits; type {hint.ask}", ("settle", "row-down", "row-up"))
        if head.status is Status.DONE:
            yield Now("the review is done", ("preview", "export", "copy", "reopen", "library"))
        else:
            left = "the rest may stay open" if hint else "nothing is left open"
            yield Now(left, ("finish", "room", "preview"))

    def on_field_entered(self, event: Field.Entered) -> None:
        """Settle the selected point, or perform a command."""
        text, point = event.text.strip(), self._point
        slash = capture.slash(text)
        done = self.run("settle", text) if slash is None else self.run_typed(slash)
        if done:
            self._half_typed.entered(point)
        else:
            self.give_back(text)

    def run(self, name: str, words: str = "") -> bool:
        """Perform a command; only the same one, given again at once, finishes."""
        if name != "finish":
            self._think_again()
        return super().run(name, words)

    def _think_again(self) -> None:
        """Let something else have been done since it was asked to finish: it has to be asked twice anew."""
        if self._asked_to_finish:
            self._asked_to_finish = False
            self.say("")

    def on_key(self, _: Key) -> None:
        """Finish no more by one key after any other, even one that does nothing here."""
        self._think_again()

    def on_screen_suspend(self) -> None:
        """Finish no more by one key when another screen was in front."""
        self._think_again()

    def on_capture_line_typed(self, _: CaptureLine.Typed) -> None:
        """Keep what is half typed, soon."""
        self._think_again()
        self._half_typed.typed(self._point, self.line.text)
        self._show_chips()

    def _show_chips(self) -> None:
        """Say beside the line what becomes of what is typed on it."""
        text, review = self.line.text, self.session.review
        selected = self._hint()
        hint = closing.votes_hint(review, text, selected) or selected
        chip = (
            "command"
            if capture.slash(text)
            else "private"
            if self.is_private(text)
            else _CHIPS[hint.kind]
            if hint
            else ""
        )
        self.line.show_chips((), chip if text.strip() else "")

    def on_unmount(self) -> None:
        """Keep what was typed right before the end."""
        self._half_typed.keep()

    def do_settle(self, words: str) -> None:
        """Settle the selected point by what was typed; a private line is no answer to anything."""
        if self.is_private(words):
            self.perform(intents.capture_line(words), "A private line is kept; it is not shown here.")
            return
        selected = self._hint()
        hint = closing.votes_hint(self.session.review, words, selected) or selected
        if hint is None:
            raise Refused(f"Nothing is left to settle. {self.way('finish')} finishes the {self.occasion}.")
        if not words:
            raise Refused(f"Type {hint.ask}; or leave it as it is: nothing here has to be settled.")
        if hint.kind == "feedback":  # how somebody votes is shown to nobody before all have
            self._vote(hint, words, elsewhere=hint != selected)
            return
        other = closing.waiting_for(self.session.review, hint, words)
        if other is not None:
            ways = f"{self.way('row-up')} and {self.way('row-down')} go there"
            raise Refused(f"“{words}” is for “{cut(other.text, 50)}”; {ways}. Here, type {hint.ask}.")
        self.perform(intents.settle(hint, words), f"Kept “{cut(words, 40)}” for: {cut(hint.text, 60)}")

    def _vote(self, hint: closing.Hint, words: str, *, elsewhere: bool) -> None:
        """Take in what the room answers, and have the point selected that it answers next.

        What is said after the votes would else become an answer to the point that happened to be selected.
        """
        try:
            self.perform(intents.settle(hint, words))
        except Refused as error:
            if not elsewhere:
                raise
            raise Refused(f"Numbers are votes on “{cut(hint.text, 50)}”. {error}") from error
        asked = feedback.current(self.session.review)
        if asked is not None:
            self._show(closing.hints(self.session.review), select=closing.feedback_key(asked))
        self.say(_told(self.session.review, hint))

    def on_rows_pointed(self, _: Rows.Pointed) -> None:
        """Ask for what settles the point that was clicked."""
        self._think_again()
        self._show(closing.hints(self.session.review))

    def do_row_up(self, _: str) -> None:
        """Select the point above."""
        self._select_next(-1)

    def do_row_down(self, _: str) -> None:
        """Select the point below."""
        self._select_next(1)

    def _select_next(self, by: int) -> None:
        self._hints.move(by)
        self._show(closing.hints(self.session.review))

    def _is_vote(self, text: str) -> bool:
        """Whether a number answers a question to the room, so that nobody should read it before all have answered."""
        return closing.votes_hint(self.session.review, text, self._hint()) is not None

    def do_room(self, _: str) -> None:
        """Go back to the room view."""
        self.dismiss()

    def do_leave(self, _: str) -> None:
        """Empty the line, or go back to the room."""
        if self.line.text:
            self.line.text = ""
        else:
            super().do_leave("")

    def do_finish(self, _: str) -> None:
        """End the meeting, when asked twice: F8 goes on in the room view, and a hand may be quicker than a thought."""
        if not self._asked_to_finish and self.session.review.head.status is not Status.DONE:
            self._asked_to_finish = True
            self.say(f"{self.way('finish')} again ends the {self.occasion}; nothing here has to be settled before.")
            return
        self.session.perform(intents.finish())
        self._asked_to_finish = False
        self.refresh_review()
        ways = f"{self.way('preview')} shows what is exported, {self.way('export')} writes it"
        thanks = "" if self.session.review.alone else "Thank the room. "
        self.say(f"Done. {thanks}{ways}; corrections are always possible.")


def _told(review: Review, hint: closing.Hint) -> str:
    """Say how far a question to the room is, after an answer; what was answered is told when all have."""
    asked = next((asked for asked in feedback.rounds(review) if asked.key == hint.subject), None)
    if asked is None or not asked.over:
        return "Taken in; the next one, please."
    found = ", ".join(_answers(review)).capitalize()
    return found if feedback.current(review) else f"{found}. Thank the room."


def _summary(review: Review) -> str:
    entries = [entry for entry in review.entries.values() if entry.kind is not Kind.PRIVATE]
    taken = sum(action.state.taken for action in review.actions.values())
    learned = sum(entry.kind is Kind.LEARNING for entry in entries)
    parts = [_counted(len(entries), "line"), _counted(learned, "learning"), _counted(taken, "action")]
    return " · ".join([*parts, *_answers(review)])


def _answers(review: Review) -> Iterator[str]:
    """Yield what the room has answered, as far as all have."""
    first = feedback.return_on_time(review)
    if first and first.tally:
        spread = f", {first.tally.low} to {first.tally.high}" if first.tally.low < first.tally.high else ""
        yield f"return on time: average {first.tally.average:.1f} ({_counted(first.count, 'vote')}{spread})"
    for asked in feedback.rounds(review):
        found = feedback.yeses(asked) if asked.key in _YESES else None
        if found:
            yield f"{_YESES[asked.key]} {found[0]} of {found[1]}"


_CHIPS: Mapping[closing.Lack, str] = {
    "empty": "a learning",
    "action_owner": "who owns it",
    "action_team": "the team",
    "action_due": "the date",
    "idea": "on the idea",
    "parked": "on what is parked",
    "question": "the answer",
    "moment": "the time",
    "feedback": "from the room",
}

_YESES = {"learned": "learned something", "again": "would come again"}


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
