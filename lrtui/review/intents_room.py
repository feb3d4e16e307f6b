"""What a person can do with the others in the room: turns and duties, votes, what waits, feedback.

Intents like those of `lrtui.review.intents`, which has what is done to the review itself: lines, roster, clock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtui.review import fairness
from lrtui.review.intents import Intent

if TYPE_CHECKING:
    from lrtui.review.fairness import Duty


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
    return Intent("hand over", lambda review, context: fairness.hand_over(review, duty, name, context.now))
