"""What the room is asked about just now: an action of an earlier review, an early idea, a vote.

It stands above the capture line with what may be typed. A line that reads as an answer is one; every other line is
captured as ever: nothing has to be answered, and `/pass` goes on to the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from lrtui.answered import answered_in
from lrtui.app.screens.base import Now
from lrtui.app.screens.hosting import HostingScreen
from lrtui.app.wrap import cut
from lrtui.errors import Refused
from lrtui.review import answers, closing, earlier, intents_room, lines
from lrtui.review.model import Kind
from lrtui.review.template import EARLIER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lrtui.desk import Desk
    from lrtui.review.earlier import Earlier
    from lrtui.review.model import Action, Vote
    from lrtui.session import Session


LONGEST = 90  # characters of an action that stand above the line; its owner and how many follow stay in view


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that the room is asked about.

    `ask` says what may be typed; `reads` returns what is understood of a text, nothing where it is no answer; `settle`
    does what was answered. What is typed is not shown where it `hides`.
    """

    key: str
    title: str
    ask: str
    reads: Callable[[str], str]
    settle: Callable[[str], None]
    hides: bool = False


class AskingScreen(HostingScreen):
    """A screen on which the room is asked about one matter after another."""

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__(desk, session)
        self._passed: set[str] = set()
        self._looks_back = False

    @property
    def matter(self) -> Matter | None:
        """What the room is asked about now; None when nothing is, or nothing can be changed."""
        if self.reads:
            return None
        return self._about_vote() or self._about_earlier() or self._about_idea()

    def now(self) -> Iterator[Now]:
        """Yield what the room is asked, before all else that there is to do; a vote is told of as what it is."""
        matter = self.matter
        if matter and not matter.hides:
            yield Now(f"the room is asked; type {matter.ask}", ("pass",))
        yield from super().now()

    def answers(self, text: str) -> bool:
        """Whether a text is an answer to what is asked now."""
        matter = self.matter
        return matter is not None and bool(matter.reads(text))

    def answer(self, text: str) -> None:
        """Do what was answered."""
        matter = self.matter
        if matter is not None:
            matter.settle(text)

    def do_pass(self, _: str) -> None:
        """Leave the matter as it is, and go on to the next."""
        matter = self.matter
        if matter is None or matter.hides:
            raise Refused("Nothing is asked here that could be passed over.")
        self._passed.add(matter.key)
        self.refresh_review()
        self.say("Left as it is.")

    def looked_back(self) -> None:
        """Ask about what earlier reviews left open."""
        self.refresh_review()

    def _about_vote(self) -> Matter | None:
        vote = self.vote
        if vote is None or vote.revealed or vote.step != self.page:  # its numbers stand in its own step alone
            return None
        count = len(vote.ballots)
        inside = f"{count} {'ballot is' if count == 1 else 'ballots are'} in" if count else "no ballot is in yet"
        title = f"Vote: {vote.dots} dots each; {inside}. /reveal shows them."
        ask = "the numbers of lines, a ballot a line, as in 1 3 3"
        return Matter("vote", title, ask, _ballot, lambda text: self._lay_down(vote, text), hides=True)

    def _lay_down(self, vote: Vote, text: str) -> None:
        self.perform(intents_room.cast_ballot(vote.id, text))
        self.say("A ballot is in.")

    def _about_earlier(self) -> Matter | None:
        step = self.session.review.template.step(self.page)
        if step is None or step.shows != EARLIER:
            return None
        waiting = [item for item in self.earlier if item.action.id not in self._passed]
        if not waiting:
            return None
        first = waiting[0]
        text = cut(first.action.text, LONGEST)
        title = f"From an earlier review{_since(first)}: {text}{_whose(first)}{_more(len(waiting))}"
        return Matter(first.action.id, title, earlier.ASK, self._verdict, partial(self._settle_earlier, first))

    @property
    def nothing_waits(self) -> str:
        """What is said in a step about earlier actions where there are none; "" elsewhere, or before that is known."""
        step = self.session.review.template.step(self.page)
        if step is None or step.shows != EARLIER or self.earlier or not self.has_looked_back:
            return ""
        if not self.session.review.head.facts.get("service", ""):
            return "Which service this is about is not said yet: /fact service and its name looks for earlier actions."
        return "No earlier action of this service is open."

    def look_for_earlier(self) -> None:
        """Look back in a step that is about earlier actions, and again when the review is about another service."""
        step = self.session.review.template.step(self.page)
        if step is None or step.shows != EARLIER or self.reads:
            return
        if self._looks_back:
            self.look_back_anew()
        else:
            self._looks_back = True
            self.look_back()

    def _settle_earlier(self, item: Earlier, text: str) -> None:
        self.look_back()  # somebody else may have settled it, or others, meanwhile
        self.desk.settle_earlier(self.session, item, text)
        self._passed.add(item.action.id)
        self.refresh_review()
        self.say(f"Kept in the review it is from: {self._verdict(text)}. {self.way('undo')} takes it back.")

    def _verdict(self, text: str) -> str:
        """Return what is answered about an earlier action; nothing where a kind or a time makes the text a line."""
        read = lines.read(self.session.review, text, self.page, self.session.today, self.session.prefixes)
        marked = any(chip.kind in {"kind", "time"} for chip in read.chips)
        answer = None if marked else earlier.read(text)
        return answer.verdict if answer else ""

    def _about_idea(self) -> Matter | None:
        review = self.session.review
        step = review.template.step(self.page)
        if step is None or step.captures != Kind.ACTION:
            return None
        waiting = [action for action in closing.ideas(review) if action.id not in self._passed]
        if not waiting:
            return None
        first = waiting[0]
        title = f"Early idea: {cut(first.text, LONGEST)}{_more(len(waiting))}"
        ask = "take, park, or drop and why; anything else is a new action"
        return Matter(first.id, title, ask, _about_early, lambda text: self._settle_idea(first, text))

    def _settle_idea(self, idea: Action, text: str) -> None:
        self.perform(intents_room.settle_idea(idea.id, text), f"{_about_early(text).capitalize()}: {idea.text}")

    def do_undo(self, words: str) -> None:
        """Take the last change back; where it was an answer about an earlier action, ask about that anew."""
        answered = answered_in(self.session.undoable)
        super().do_undo(words)
        if answered:
            self._passed.discard(answered)
            self.look_back()

    def do_redo(self, words: str) -> None:
        """Do again what was undone; what that answers is asked no more."""
        answered = answered_in(self.session.redoable)
        super().do_redo(words)
        if answered:
            self._passed.add(answered)
            self.look_back()


def _ballot(text: str) -> str:
    return "ballot" if answers.numbers(text) else ""


def _about_early(text: str) -> str:
    word, _, why = text.strip().partition(" ")
    if word.casefold() in {"take", "park"} and not why:
        return word.casefold()
    return "drop" if word.casefold() == "drop" else ""


def _since(item: Earlier) -> str:
    return f" of {item.held.isoformat()}" if item.held else ""


def _whose(item: Earlier) -> str:
    due = f"due {item.action.due.isoformat()}" if item.action.due else ""
    details = ", ".join(part for part in (*item.owners[:1], item.action.team, due) if part)
    return f" ({details})" if details else ""


def _more(count: int) -> str:
    return f" · {count - 1} more" if count > 1 else ""
