"""What the console says about the last lines: what to ask next, and wording worth noticing.

The rules are many and are compiled at their first use, so all of it is worked out in a thread and kept by line.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from lrtui.app.widgets.rows import Row
from lrtui.review import wording
from lrtui.review.model import Action, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrtui.review.hint_class import HintClass
    from lrtui.review.model import Entry, Review

LAST = 3  # lines about which something is said


class Said(NamedTuple):
    """A captured line, and what is to be said about it."""

    text: str
    questions: tuple[str, ...]
    hints: tuple[wording.Hint, ...]


@dataclass(slots=True)
class Words:
    """What was found so far, by line; `on` are the classes of hints that are wanted."""

    on: frozenset[HintClass]
    _found: dict[str, tuple[Entry | Action, Said]] = field(default_factory=dict)
    _offered: dict[HintClass, str] = field(default_factory=dict)  # the line that got a hint which comes once

    def about(self, review: Review) -> list[Said]:
        """Return what is to be said about the last lines, the last one first; most lines call for nothing."""
        said = [self._about(line, review) for line in last_lines(review)]
        return [item for item in said if item.questions or item.hints]

    def _about(self, line: Entry | Action, review: Review) -> Said:
        known = self._found.get(line.id)
        if known is not None and known[0] == line:
            return known[1]
        people = _people(review)
        kind = Kind.ACTION if isinstance(line, Action) else line.kind
        offered = [name for name, key in self._offered.items() if key != line.id]
        words = wording.asked_by(review.template)
        hints = wording.hints(line.text, kind=kind, on=self.on, offered=offered, people=people, template_words=words)
        for hint in hints:
            if hint.what in wording.ONCE:
                self._offered.setdefault(hint.what, line.id)
        heard = [item.ask for item in wording.questions(line.text, kind, people=people) if item.heard is not None]
        said = Said(line.text, tuple(heard), hints)
        self._found[line.id] = (line, said)
        return said


def last_lines(review: Review) -> list[Entry | Action]:
    """Return the lines about which something is said, the last one first; what is private is not among them."""
    lines: list[Entry | Action] = [*review.entries.values(), *review.actions.values()]
    open_to_all = [line for line in lines if isinstance(line, Action) or line.kind is not Kind.PRIVATE]
    return sorted(open_to_all, key=lambda line: line.id, reverse=True)[:LAST]


def _people(review: Review) -> tuple[str, ...]:
    people = review.participants.values()
    return tuple(name for person in people for name in (person.name, person.handle) if name)


def rows(said: list[Said]) -> Iterator[Row]:
    """Yield what is said about the last lines, each below its words."""
    if not said:
        return
    yield Row("", "About the last lines", style="heading", selectable=False)
    for item in said:
        yield Row("", f"“{item.text}”", style="muted", hang=1, selectable=False)
        for question in item.questions:
            yield Row("", f"  ask: {question}", hang=5, selectable=False)
        for hint in item.hints:
            yield Row("", f"  “{hint.words}” ({hint.what.value}): {hint.offer}", hang=2, selectable=False)
    yield Row("", "", selectable=False)
