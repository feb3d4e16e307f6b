"""What the console lists: the script of the step, what to ask, who is in the room, what waits. None of it is shared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtui.app.screens.room_rows import beginning
from lrtui.app.widgets.rows import Row
from lrtui.review import advice, agenda, closing, dates, fairness
from lrtui.review.model import Kind, Presence

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from lrtui.review.agenda import StepPace
    from lrtui.review.model import Participant, Review
    from lrtui.review.template import Step

_SPACE = Row("", "", selectable=False)
_NOBODY = Row("", "/person Ana Lima: responder puts somebody on the roster.", style="muted", hang=2, selectable=False)
_NO_NOTES = Row("", "// words is a private note, which stands here.", style="muted", hang=2, selectable=False)


def script(review: Review, page: str, now: datetime, onward: str, words: Iterable[Row] = ()) -> list[Row]:
    """Return what helps to lead the step: advice, what to say, what to ask, coaching, and what comes next.

    `onward` is what opens the first step, `words` what is said about the last lines.
    """
    first = next(iter(review.template.steps), None)
    step = review.template.step(page) or first
    rows = [
        *_part("Just now", advice.advice(review, now), style="warning"),
        *words,
        *([] if page else [Row("", beginning(review.template, onward), selectable=False), _SPACE]),
        *(_say(step, review) if step else []),
        *(_next(review, step.key) if step else []),
    ]
    return rows[:-1] if rows and rows[-1] is _SPACE else rows


def room(review: Review, now: datetime) -> list[Row]:
    """Return who is there and what waits: turns, the queue, private notes, parked matters and early ideas."""
    entries = review.entries.values()
    private = [entry.text for entry in entries if entry.kind is Kind.PRIVATE]
    parked = [entry.text for entry in closing.parked(review)]
    ideas = [action.text for action in closing.ideas(review)]
    asking = [person.name for person in fairness.next_to_speak(review)]
    rows = [
        *_part("Wants to speak", asking, style="text"),
        *_people(review, now),
        *_part("Private notes", private, style="text"),
        *_part("Parked", parked, style="text"),
        *_part("Early ideas", ideas, style="text"),
    ]
    return rows[:-1] if rows else [_NOBODY, _NO_NOTES]


def _part(title: str, texts: Iterable[str], *, style: str) -> list[Row]:
    """Return a heading and what stands below it; nothing where there is nothing."""
    rows = [Row("", f"· {text}", style=style, hang=2, selectable=False) for text in texts]
    return [Row("", title, style="heading", selectable=False), *rows, _SPACE] if rows else []


def _say(step: Step, review: Review) -> Iterator[Row]:
    yield Row("", f"{step.title}: say", style="heading", selectable=False)
    yield from _paragraphs(step.say or "Nothing is written for this step.")
    yield _SPACE
    if step.prompts:
        asked = review.steps[step.key].asked if step.key in review.steps else ()
        yield Row("", "Ask", style="heading", selectable=False)
        for number, prompt in enumerate(step.prompts, 1):
            done = str(number) in asked
            sign = "✓" if done else str(number)
            yield Row(f"ask {number}", f"{sign} {prompt}", style="muted" if done else "text", hang=2)
        yield _SPACE
    if step.coach:
        yield Row("", "For you", style="heading", selectable=False)
        yield from _paragraphs(step.coach)
        yield _SPACE


def _paragraphs(text: str) -> Iterator[Row]:
    for paragraph in filter(None, text.split("\n")):
        yield Row("", paragraph, selectable=False)


def _next(review: Review, page: str) -> Iterator[Row]:
    keys = [step.key for step in review.template.steps]
    at = keys.index(page) + 1 if page in keys else len(keys)
    if at < len(keys):
        step = review.template.steps[at]
        minutes = f" · {step.minutes} min" if step.minutes else ""
        yield Row("", f"Next: {step.title}{minutes}", style="heading", selectable=False)
        yield from (Row("", f"· {prompt}", style="muted", hang=2, selectable=False) for prompt in step.prompts[:2])


def _people(review: Review, now: datetime) -> list[Row]:
    turns = fairness.heard(review)
    silent = {person.id for person in fairness.not_yet_heard(review, now)}
    leads = {person.id: duty for duty in fairness.DUTIES if (person := fairness.leading(review, duty))}
    rows = [_person(person, turns[person.id], silent, leads) for person in review.participants.values()]
    return [Row("", "In the room", tail="heard", style="heading", selectable=False), *rows, _SPACE] if rows else []


def _person(person: Participant, turns: int, silent: set[str], leads: dict[str, fairness.Duty]) -> Row:
    if person.presence is not Presence.PRESENT:
        tail = person.presence.value
    elif person.id in leads:
        tail = leads[person.id].replace("_", "-")
    else:
        tail = "not heard yet" if person.id in silent else str(turns) if turns else "–"
    style = "warning" if person.id in silent else "text"
    first, _, rest = person.name.partition(" ")
    name = rest if first.casefold() == person.handle.casefold() else person.name
    return Row(f"spoke @{person.handle}", f"@{person.handle} {name}".strip(), tail=tail, style=style, hang=2)


def panel(review: Review, page: str, now: datetime, onward: str, words: Iterable[Row] = ()) -> list[Row]:
    """Return all of it in one list, for a panel beside the room view."""
    return [
        Row("", headline(review, now), style="heading", selectable=False),
        _SPACE,
        *script(review, page, now, onward, words),
        _SPACE,
        *room(review, now),
    ]


def headline(review: Review, now: datetime, *, short: bool = False) -> str:
    """Return the step and its time in words: `3 Timeline · 12:41 left of 35 min · on time`; `short` of the pace."""
    pace = agenda.pace(review, now)
    step = pace.current
    if step is None:
        return pace.words or "not started"
    number = next(at for at, item in enumerate(pace.steps, 1) if item is step)
    return " · ".join(part for part in (f"{number} {step.title}", _time(step), "" if short else step.words) if part)


def _time(step: StepPace) -> str:
    if not (step.planned or step.over):
        return ""
    left = f"+{dates.clock_text(step.over)}" if step.over else f"{dates.clock_text(step.left)} left"
    return f"{left} of {step.planned // 60} min"
