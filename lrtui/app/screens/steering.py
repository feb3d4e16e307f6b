"""Steering the meeting: through the agenda, with the clock, and who is in the room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtui.app.screens.base import wanted
from lrtui.app.screens.capturing import CapturingScreen
from lrtui.errors import Refused
from lrtui.review import agenda, intents, roster
from lrtui.review.model import Presence, Status

if TYPE_CHECKING:
    from lrtui.review.template import Step


class SteeringScreen(CapturingScreen):
    """A screen from which the meeting is led."""

    _turned_to = ""

    @property
    def reads(self) -> bool:
        """Whether turning to another step changes nothing: the review is over, or open for reading only."""
        return self.session.read_only or self.session.review.head.status is Status.DONE

    @property
    def page(self) -> str:
        """The step that is shown: the open one, unless somebody who only reads has turned the page."""
        return (self.reads and self._turned_to) or self.session.review.head.step

    def _go_to(self, key: str) -> None:
        if self.reads:
            self._turned_to = key
            self.refresh_review()
        else:
            self.perform(intents.open_step(key))

    def _turn(self, by: int) -> None:
        keys = [step.key for step in self.session.review.template.steps]
        at = keys.index(self.page) + by if self.page in keys else 0
        if not 0 <= at < len(keys):
            raise Refused(f"This is the {'last' if by > 0 else 'first'} step.")
        self._go_to(keys[at])

    def perform(self, intent: intents.Intent, said: str = "") -> None:
        """Do it, and say so where the clock has begun to run by it."""
        stood = self.session.review.head.since is None
        super().perform(intent, said)
        if stood and self.session.review.head.since is not None and not said:
            self.say("The clock runs.")

    def do_next(self, _: str) -> None:
        """Go to the step that follows; after the last one to the close."""
        if self.reads:
            self._turn(1)
        elif self.session.review.head.status is Status.DRAFT:
            self.perform(intents.start())
        elif agenda.following(self.session.review) is None:
            self.run("close")
        else:
            self.perform(intents.next_step())

    def do_previous(self, _: str) -> None:
        """Go back to the step before."""
        if self.reads:
            self._turn(-1)
        else:
            self.perform(intents.previous_step())

    def do_skip(self, _: str) -> None:
        """Leave the step out."""
        self.perform(intents.skip_step(), f"Skipped; {self.way('previous')} goes back to it.")

    def do_pause(self, _: str) -> None:
        """Stop the clock, or let it go on."""
        runs = self.session.review.head.since is not None
        self.perform(intents.pause(), self.clock_stands() if runs else "")

    def clock_stands(self) -> str:
        """Say that the clock stands, and what lets it go on."""
        return f"The clock stands. {self.way('pause')} lets it go on."

    def do_more_time(self, _: str) -> None:
        """Give the step a minute."""
        self.do_time("+1")

    def do_time(self, words: str) -> None:
        """Give the step minutes, or take some away."""
        try:
            minutes = int(words or "5")
        except ValueError:
            raise Refused("Write the minutes as a number: /+5 or /-5.") from None
        self.perform(intents.give(minutes), f"{minutes:+d} min for this step. {self.way('undo')} takes it back.")

    def do_go(self, words: str) -> None:
        """Go to a step by its number, key or the beginning of its title."""
        self._go_to(self.step_called(wanted(words, "/go and a step's number or title")).key)

    def step_called(self, words: str) -> Step:
        """Return the step of that number, key or beginning of a title."""
        steps = self.session.review.template.steps
        name = words.casefold()
        found = [step for at, step in enumerate(steps, 1) if name in {str(at), step.key.casefold()}]
        found = found or [step for step in steps if step.title.casefold().startswith(name)]
        if len(found) != 1:
            raise Refused(
                f"“{words}” is none of: " + ", ".join(f"{at} {step.title}" for at, step in enumerate(steps, 1))
            )
        return found[0]

    def do_late(self, words: str) -> None:
        """Note that somebody is late."""
        self._note_presence(wanted(words, "/late @name"), Presence.LATE, "is late")

    def do_here(self, words: str) -> None:
        """Note that somebody is here."""
        self._note_presence(wanted(words, "/here @name"), Presence.PRESENT, "is here")

    def do_left(self, words: str) -> None:
        """Note that somebody has left."""
        self._note_presence(wanted(words, "/left @name"), Presence.LEFT, "has left")

    def _note_presence(self, name: str, presence: Presence, said: str) -> None:
        self.perform(intents.set_presence(name, presence), f"{roster.named(self.session.review, name).name} {said}.")
