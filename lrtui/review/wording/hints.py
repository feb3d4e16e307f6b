"""Hints on the words of a line or a text: which class they are of, and the question to offer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from lrtui.review.hint_class import ON_BY_DEFAULT, ONCE, HintClass
from lrtui.review.model import Kind
from lrtui.review.wording.about_events import about_events
from lrtui.review.wording.about_people import about_people
from lrtui.review.wording.own_words import looked_at, own_words
from lrtui.review.wording.subjects import subjects

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from lrtui.review.template import Template
    from lrtui.review.wording.rule import Rule

_ABOUT_ACTIONS = {HintClass.WEAK_ACTION, HintClass.VAGUE_ACTION}
_CHECKBOX = re.compile(r"\s*[-*+] \[[ xX]?\]")


@dataclass(frozen=True, slots=True)
class Hint:
    """Words worth noticing: their class, where they stand in the text, and the question to offer.

    Two hints never share the words that make them, but may share the person of whom both are said.
    """

    what: HintClass
    start: int
    end: int
    words: str
    offer: str


def hints(
    text: str,
    *,
    kind: Kind | None = None,
    on: Collection[HintClass] = ON_BY_DEFAULT,
    offered: Collection[HintClass] = (),
    people: Collection[str] = (),
    template_words: Collection[str] = (),
) -> tuple[Hint, ...]:
    """Return the hints on a captured line, or on a whole text in Markdown, in the order of its words.

    `kind` is the line's kind; without it, only a checkbox is an action for certain. `offered` are the classes of which
    this review has had a hint: those in `ONCE` do not come again. `people` are names and handles, `template_words` the
    template's own texts (see `asked_by`). A private line gets no hints: it is the facilitator's own. Of a captured line
    only the beginning is looked at (see `looked_at`), of a text all.
    """
    if kind is Kind.PRIVATE:
        return ()
    text = text if kind is None else looked_at(text)
    wanted = set(on) - (ONCE & set(offered)) - (set() if kind in {None, Kind.ACTION} else _ABOUT_ACTIONS)
    own = own_words(text, template_words)
    found: list[Hint] = []
    taken: list[tuple[int, int]] = []
    for rule, begin, said, end in _spans(own, wanted, people):
        apart = all(end <= other or other_end <= said for other, other_end in taken)
        if apart and (not rule.action or kind is Kind.ACTION or _is_checkbox(text, said)):
            found.append(Hint(rule.what, begin, end, text[begin:end], rule.offer))
            taken.append((said, end))
    return tuple(_once(sorted(found, key=lambda hint: (hint.start, hint.end))))


def asked_by(template: Template) -> tuple[str, ...]:
    """Return the texts of a template, which are nobody's own words when they turn up in a line."""
    steps = (text for step in template.steps for text in (step.title, step.say, step.coach, *step.prompts))
    asked = (*(fact.ask for fact in template.facts), *(question.ask for question in template.feedback))
    return tuple(filter(None, (template.title, template.about, *steps, *asked)))


@lru_cache(maxsize=1)
def _rules() -> tuple[Rule, ...]:
    """Return all rules; they are made when they are needed, since that takes longer than starting the program may."""
    return (*about_people(), *about_events())


def _spans(own: str, wanted: set[HintClass], people: Collection[str]) -> Iterator[tuple[Rule, int, int, int]]:
    """Yield what is said in a blanked text, rule by rule: where it begins with and without its person, and its end."""
    persons = subjects(tuple(sorted(people)))
    for rule in _rules():
        if rule.what in wanted:
            for start, said, end in rule.spans(own, persons):
                yield rule, _past_space(own, start, end), _past_space(own, said, end), end


def _past_space(text: str, start: int, end: int) -> int:
    return end - len(text[start:end].lstrip())


def _is_checkbox(text: str, at: int) -> bool:
    return bool(_CHECKBOX.match(text, text.rfind("\n", 0, at) + 1))


def _once(found: list[Hint]) -> Iterator[Hint]:
    offered = set()
    for hint in found:
        if hint.what not in ONCE or hint.what not in offered:
            yield hint
        offered.add(hint.what)
