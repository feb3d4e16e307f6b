"""A simulated room: people who say their lines one after another, as the meeting's clock goes.

    === STEP                what is said while the template's step of that key is open
    0:40 mei event: words   when, in minutes and seconds of its time; who, by handle; what it could be taken down as
    1:10 bo: words          what need not be taken down
    %% said to the reader

A line belongs to a step and not to a time of the meeting: whoever moves on early misses what would have been said, and
while the clock stands nobody speaks.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lrtui.review import agenda, dates, fairness, wording
from lrtui.review.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from lrtui.review.model import Review

_SCRIPT = Path(__file__).with_name("spoken.txt")
_STEP = re.compile(r"=== (\w+)")
_LINE = re.compile(r"(\d+):(\d\d) (\w+)(?: (\w+))?: (.+)")


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that somebody says when a step has taken so many seconds; `kind` is what it could be taken down as."""

    step: str
    at: int
    who: str
    kind: Kind | None
    words: str


def read(script: str) -> Iterator[Remark]:
    """Yield what is said, in the order of the script."""
    step = ""
    for line in script.splitlines():
        if not line.strip() or line.startswith("%%"):
            continue
        heading, found = _STEP.fullmatch(line), _LINE.fullmatch(line)
        if heading:
            step = heading[1]
        elif found and step:
            kind = Kind(found[4]) if found[4] else None
            yield Remark(step, 60 * int(found[1]) + int(found[2]), found[3], kind, found[5])
        else:
            raise ValueError(f"nobody says {line!r}")


def shipped() -> tuple[Remark, ...]:
    """Return the script that comes with lrtui."""
    return tuple(read(_SCRIPT.read_text("utf-8")))


class SpeakingRoom:
    """The people of a script. `said` is what they have said so far."""

    def __init__(self, script: Iterable[Remark]) -> None:
        self.said: list[Remark] = []
        self._waiting = list(script)

    def listen(self, review: Review, now: datetime) -> Sequence[Remark]:
        """Return what has been said since this was asked last, the earliest first; each remark is made once."""
        step = agenda.pace(review, now).current
        due = [remark for remark in self._waiting if step and remark.step == step.key and remark.at <= step.spent]
        self._waiting = [remark for remark in self._waiting if remark not in due]
        self.said += due
        return due


def word(said: Sequence[Remark], review: Review, now: datetime) -> list[tuple[str, str]]:
    """Tell what was taken down beside what was said, as pairs of a subject and a few words. It is no score."""
    return [
        *_lines(said, review),
        *_people(said, review),
        *_wording(said, review),
        *_prompts(review),
        *_time(review, now),
        ("", "Nobody takes down everything. What counts is that people were heard, and that the story stands."),
    ]


def _lines(said: Sequence[Remark], review: Review) -> Iterator[tuple[str, str]]:
    """Tell for each kind how many lines were said and taken down."""
    could = Counter(remark.kind for remark in said if remark.kind)
    lines = Counter(entry.kind for entry in review.entries.values())
    lines[Kind.ACTION] = len(review.actions)
    yield "Said", f"{_counted(len(said), 'remark')}; {_counted(lines.total(), 'line')} taken down"
    for kind in Kind:
        if could[kind] or lines[kind]:
            yield kind.label.capitalize(), f"{could[kind]} said, {lines[kind]} taken down"


def _people(said: Sequence[Remark], review: Review) -> Iterator[tuple[str, str]]:
    """Tell of each person how often they spoke, and how often it was noted, as a turn or by a line that names them."""
    spoke, noted = Counter(remark.who for remark in said), fairness.heard(review)
    for person in review.participants.values():
        if spoke[person.handle] or noted[person.id]:
            says = _times("spoke", spoke[person.handle]) or "did not speak"
            yield person.name.partition(" ")[0], f"{says}, {_times('noted', noted[person.id]) or 'not noted'}"


def _wording(said: Sequence[Remark], review: Review) -> Iterator[tuple[str, str]]:
    """Tell how many remarks and how many lines have words about who instead of what, or such like."""
    names = [name for person in review.participants.values() for name in (person.handle, person.name)]
    own = wording.asked_by(review.template)
    taken = [*((entry.text, entry.kind) for entry in review.entries.values())]
    taken += [(action.text, Kind.ACTION) for action in review.actions.values()]

    def noticed(lines: Iterable[tuple[str, Kind | None]]) -> int:
        return sum(bool(wording.hints(text, kind=kind, people=names, template_words=own)) for text, kind in lines)

    remarks = noticed((remark.words, remark.kind) for remark in said)
    yield "Wording", f"words worth noticing in {_counted(remarks, 'remark')}, in {_counted(noticed(taken), 'line')}"


def _prompts(review: Review) -> Iterator[tuple[str, str]]:
    prompts = sum(len(step.prompts) for step in review.template.steps)
    asked = sum(len(state.asked) for state in review.steps.values())
    yield "Prompts", f"{asked} of {prompts} ticked as asked; /ask does that in the console"


def _time(review: Review, now: datetime) -> Iterator[tuple[str, str]]:
    over = [step for step in agenda.pace(review, now).steps if step.over]
    told = [f"{step.title} by {dates.clock_text(step.over)}" for step in over]
    yield "Time", f"over its minutes ran {', '.join(told)}" if told else "no step ran over its minutes"


def _counted(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _times(what: str, count: int) -> str:
    return f"{what} {['', 'once', 'twice'][count] if count < 3 else f'{count} times'}" if count else ""
