"""What may help the facilitator just now: a sentence or two on pace, fairness and what waits. For their eyes alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtui.review import agenda, closing, dates, fairness
from lrtui.review.model import Kind, Status

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from lrtui.review.agenda import Pace
    from lrtui.review.model import Review

QUIET = 240  # seconds without a line after which the room may be asked
_BEHIND = 180  # seconds


def advice(review: Review, now: datetime) -> list[str]:
    """Return what may be worth doing at the instant `now`, the most pressing first; often nothing."""
    if review.head.status not in {Status.LIVE, Status.WRAP_UP}:
        return []
    pace = agenda.pace(review, now)
    return [*_on_pace(pace), *_on_turns(review, now), *_on_quiet(review, now, pace), *_on_what_waits(review, pace)]


def _on_pace(pace: Pace) -> Iterator[str]:
    step = pace.current
    if step is None:
        return
    if not pace.running and pace.planned:
        yield "The clock stands. Is that meant?"
    if step.over:
        yield f"{step.title} is over by {dates.clock_text(step.over)}. Ask: three more minutes, or shall we park it?"
    elif step.planned and step.left <= step.planned // 5:
        yield f"{dates.clock_text(step.left)} left. Ask: what is missing? Did anyone see it differently?"
    if pace.behind > _BEHIND and not step.over:
        yield f"The end has moved by {pace.behind // 60} min. Say so, and ask whether everybody can stay."


def _on_turns(review: Review, now: datetime) -> Iterator[str]:
    share = fairness.share(review)
    if share is not None:
        yield (
            f"{share.person.name} has had {share.turns} of {share.total} turns. "
            "“Hold that thought; I should like to hear from somebody else first.”"
        )
    silent = fairness.not_yet_heard(review, now)
    if silent:
        names = ", ".join(person.name for person in silent[:3])
        more = f" and {len(silent) - 3} more" if len(silent) > 3 else ""
        yield f"Not heard yet: {names}{more}. Go round the room, or ask one of them what stood out."


def _on_quiet(review: Review, now: datetime, pace: Pace) -> Iterator[str]:
    instants = [*(entry.at for entry in review.entries.values()), *(action.at for action in review.actions.values())]
    last = max((at for at in (*instants, review.head.since) if at), default=None)
    if pace.running and last is not None and (now - last).total_seconds() > QUIET:
        minutes = int((now - last).total_seconds()) // 60
        yield f"Nothing written for {minutes} min. Ask: hands up, who has just learned something?"


def _on_what_waits(review: Review, pace: Pace) -> Iterator[str]:
    step = review.template.step(pace.current.key) if pace.current else None
    ideas = len(closing.ideas(review))
    if step and step.captures == Kind.ACTION and ideas:
        yield f"{ideas} early {'idea waits' if ideas == 1 else 'ideas wait'}: take, drop or park each before new ones."
    going = sum(action.state.going for action in review.actions.values())
    if step and step.captures == Kind.ACTION and going > 3:
        yield f"{going} actions. Three are plenty: which of them matters least?"
