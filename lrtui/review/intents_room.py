"""What a person can do with the others in the room: turns and duties, votes, what waits.

Intents like those of `lrtui.review.intents`, which has what is done to the review itself: lines, roster, clock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtui.errors import Refused
from lrtui.review import closing, earlier, fairness, intents, votes
from lrtui.review.intents import Context, Intent
from lrtui.review.model import HEAD, Put

if TYPE_CHECKING:
    from lrtui.review.fairness import Duty
    from lrtui.review.model import Review


def speak(name: str) -> Intent:
    """Note that somebody, by handle or name, has a turn; they ask for none any more."""
    return Intent("note a turn", lambda review, context: fairness.speak(review, name, context.now, context.new_id))


def ask_to_speak(name: str) -> Intent:
    """Note that somebody asks to speak next; who asks already keeps their place."""
    return Intent("ask to speak", lambda review, context: fairness.ask(review, name, context.now))


def withdraw_asking(name: str) -> Intent:
    """Note that somebody does not ask to speak any more."""
    return Intent("leave the queue", lambda review, _: fairness.withdraw(review, name))


def hand_over(duty: Duty, name: str) -> Intent:
    """Hand leading the meeting, or taking its notes, to somebody, from now on."""
    return Intent(
        "hand over", lambda review, context: fairness.hand_over(review, duty, name, context.now, context.new_id)
    )


def tick_prompt(number: str) -> Intent:
    """Tick a prompt of the open step as asked, by its number; tick it off where it was."""

    def change(review: Review, _: Context) -> list[Put]:
        step = review.template.step(review.head.step)
        if step is None:
            raise Refused("No step is open.")
        known = [str(at) for at in range(1, len(step.prompts) + 1)]
        asked = number.strip()
        if asked not in known:
            raise Refused(f"There is no prompt {asked or 'without a number'} here: they go from 1 to {len(known)}.")
        state = review.steps.get(step.key)
        before = state is not None and asked in state.asked
        return [Put("steps", step.key, {f"asked.{asked}": None if before else True})]

    return Intent("tick prompt", change)


def open_vote(dots: str = "") -> Intent:
    """Open a vote on the lines that the open step lists; `dots`, as typed, says how many each person has, else 3."""
    return Intent("open vote", lambda review, context: votes.opened(review, dots, context.new_id))


def cast_ballot(vote: str, numbers: str) -> Intent:
    """Lay down one person's ballot in the vote of that id: “1 3 3” are three dots."""
    return Intent("cast ballot", lambda review, context: votes.cast(review, vote, numbers, context.new_id))


def reveal_vote(vote: str) -> Intent:
    """Show what the ballots of a vote say."""
    return Intent("reveal vote", lambda review, _: votes.revealed(review, vote))


def close_vote(vote: str) -> Intent:
    """Put a vote away."""
    return Intent("close vote", lambda review, _: votes.closed(review, vote))


def vote_again(vote: str) -> Intent:
    """Vote anew on the lines of a vote."""
    return Intent("vote again", lambda review, context: votes.again(review, vote, context.new_id))


def settle_idea(key: str, answer: str) -> Intent:
    """Settle the early idea of that id: “take” it, “park” it, or “drop” it and say why."""

    def change(review: Review, context: Context) -> list[Put]:
        return intents.settle(closing.hint_about(review, "idea", key), answer).change(review, context)

    return Intent("settle idea", change)


def settle_earlier(key: str, answer: str) -> Intent:
    """Settle the action of that id, in the review it belongs to: done, still, re-scope or drop, as typed."""
    return Intent("settle earlier action", lambda review, context: earlier.settled(review, key, answer, context.today))


ANSWERED = "answer about an earlier action"


def note_answer(key: str, review: str, at: str) -> Intent:
    """Note that an action of an earlier review was settled there by the change made `at`: so undo finds it again."""
    return Intent(ANSWERED, lambda _, __: [Put("review", HEAD, {f"earlier.{key}": f"{review} {at}"})])
