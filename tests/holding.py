"""Reviews that were held, step by step on a clock that is moved, and the feedback on them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from lrtui.desk import Desk
from lrtui.review import agenda, intents
from lrtui.review.intents import Intent
from lrtui.review.model import Put
from lrtui.store.library import Library
from tests.doing import START, Clock

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from lrtui.review.fields import Fields
    from lrtui.session import Session


def hold(
    root: Path,
    number: int = 0,
    minutes: Mapping[str, float | None] | None = None,
    *,
    votes: Sequence[int] = (),
    learned: Sequence[int] = (),
    said: Sequence[str] = (),
    template: str = "learning-review",
) -> str:
    """Hold a review, one week after the other, and return its name.

    Steps take the `minutes` that are named, else what is planned; None leaves one out. `votes` are the returns on time,
    `learned` answers of yes and no, `said` what was said in words.
    """
    clock = Clock(START + timedelta(weeks=number))
    desk = Desk(Library(root), clock=clock, author="ana-3f9c", zone="UTC")
    session = desk.begin(f"Review {number}", template)
    session.perform(intents.set_moment("resolved", f"{clock.now - timedelta(days=1):%Y-%m-%d %H:%M}"))
    session.perform(intents.start())
    for step in session.review.template.steps:
        _pass(session, clock, step.key, (minutes or {}).get(step.key, step.minutes))
    given: list[Fields] = [{"question": "roti", "value": vote} for vote in votes]
    given += [{"question": "learned", "value": vote} for vote in learned]
    given += [{"question": "change", "comment": words} for words in said]
    session.perform(Intent("answer", lambda *_: [Put("feedback", f"f{at:02}", told) for at, told in enumerate(given)]))
    session.perform(intents.finish())
    session.close()
    return session.name


def _pass(session: Session, clock: Clock, key: str, minutes: float | None) -> None:
    if session.review.head.step != key:
        session.perform(Intent("go", lambda review, context: agenda.open_step(review, key, context.now)))
    if minutes is None:
        session.perform(Intent("skip", lambda *_: [Put("steps", key, {"skipped": True})]))
    else:
        session.perform(intents.capture_line(f"something in {key}"))
        clock.forward(60 * minutes)
