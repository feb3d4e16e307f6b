"""Being a host to the people in the room: who is there, whose turn it is, who leads, and votes by dots."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtui.app.screens.base import Now, wanted
from lrtui.app.screens.steering import SteeringScreen
from lrtui.errors import Refused
from lrtui.review import intents, intents_room, roster, votes
from lrtui.review.model import Presence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrtui.review.fairness import Duty
    from lrtui.review.model import Vote

_NO_VOTE = "No vote is open. /vote opens one on the lines of this step."


class HostingScreen(SteeringScreen):
    """A screen from which the people in the room are looked after."""

    def now(self) -> Iterator[Now]:
        """Yield that there is a vote, before how the meeting stands."""
        vote = self.vote
        if vote:
            step = None if vote.step == self.page else self.session.review.template.step(vote.step)
            where = f" in “{step.title}”" if step else ""
            yield Now(f"a vote is {'revealed' if vote.revealed else 'open'}{where}", ("reveal", "vote"))
        yield from super().now()

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
        self.perform(intents.set_presence(name, presence), f"{self._named(name)} {said}.")

    def _named(self, words: str) -> str:
        return roster.named(self.session.review, words).name

    def do_spoke(self, words: str) -> None:
        """Note that somebody has had a turn."""
        name = wanted(words, "/spoke @name")
        self.perform(intents_room.speak(name), f"{self._named(name)} was heard.")

    def do_queue(self, words: str) -> None:
        """Note that somebody asks to speak."""
        name = wanted(words, "/queue @name")
        self.perform(intents_room.ask_to_speak(name), f"{self._named(name)} is in the queue; /spoke takes them out.")

    def do_unqueue(self, words: str) -> None:
        """Note that somebody does not ask to speak any more."""
        name = wanted(words, "/unqueue @name")
        self.perform(intents_room.withdraw_asking(name), f"{self._named(name)} is not in the queue.")

    def do_lead(self, words: str) -> None:
        """Hand over leading the meeting."""
        self._hand_over("facilitator", wanted(words, "/lead @name"), "leads the meeting from now on")

    def do_scribe(self, words: str) -> None:
        """Hand over taking the notes."""
        self._hand_over("note_taker", wanted(words, "/scribe @name"), "takes the notes from now on")

    def _hand_over(self, duty: Duty, name: str, said: str) -> None:
        self.perform(intents_room.hand_over(duty, name), f"{self._named(name)} {said}.")

    @property
    def vote(self) -> Vote | None:
        """The vote that is on, open or revealed."""
        return votes.current(self.session.review)

    def do_vote(self, words: str) -> None:
        """Open a vote on the lines of the step, vote again on the same ones, or put the vote away."""
        vote = self.vote
        match words.strip().casefold():
            case "end" if vote:
                self.perform(intents_room.close_vote(vote.id), "The vote is put away.")
                return
            case "again" if vote:
                self.perform(intents_room.vote_again(vote.id))
            case "again" | "end":
                raise Refused(_NO_VOTE)
            case dots:
                self.perform(intents_room.open_vote(dots))
        dots_each = self.vote.dots if self.vote else votes.DOTS
        self.say(
            f"Each has {dots_each} dots: type the numbers of lines, a ballot a line, as in 1 3 3. /reveal ends it."
        )

    def do_reveal(self, _: str) -> None:
        """Show what the ballots say."""
        vote = self.vote
        if vote is None:
            raise Refused(_NO_VOTE)
        self.perform(intents_room.reveal_vote(vote.id), "/vote end puts the vote away, /vote again begins anew.")
