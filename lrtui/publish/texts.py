"""Every text of a review that may be published, with where it stands: to look through them, and to change them.

A text that a review gains has to be gained here as well (`test_no_text_of_a_review_is_passed_over`).
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from lrtui.review.model import Action, Entry, Head, Moment, Participant, Review, StepState
    from lrtui.review.template import Template

Change: TypeAlias = "Callable[[str, str], str]"  # where a text stands, in words, and the text → what it becomes
Line = TypeVar("Line", "Entry", "Action")
Doc = TypeVar("Doc", "Entry", "Action", "Moment", "StepState", "Participant")

_OUR_ID = re.compile(r"[0-9]{17,}[0-9a-f]{4}")  # made of the time and of a checksum
_OUR_KEY = re.compile("summary|service|severity")  # they mean something to the documents
_TEMPLATE = "template"


class _Keys(NamedTuple):
    """What the keys by which parts of a review find each other become."""

    facts: Mapping[str, str]
    moments: Mapping[str, str]
    roles: Mapping[str, str]
    steps: Mapping[str, str]
    people: Mapping[str, str]


def rewritten(review: Review, change: Change) -> Review:
    """Return a review with `change` made to each of its texts.

    Keys and tags become words without spaces, and keys stay apart from one another.
    """
    texts, template = _Texts(change), review.template
    lines: list[Entry | Action] = [*review.entries.values(), *review.actions.values()]
    measured = [key for measure in template.measures for key in (measure.start, measure.end)]
    keys = _Keys(
        facts=texts.keys((*(fact.key for fact in template.facts), *review.head.facts)),
        moments=texts.keys((*(moment.key for moment in template.moments), *review.moments, *measured)),
        roles=texts.keys(role.key for role in template.roles),
        steps=texts.keys((*(step.key for step in template.steps), *review.steps, *(line.step for line in lines))),
        people=texts.keys(review.participants, ours=_OUR_ID),
    )
    return replace(
        review,
        head=_head(review.head, texts, keys),
        participants=_by_id(_participant(person, texts, keys) for person in review.participants.values()),
        steps=_by_id(replace(state, id=keys.steps[key]) for key, state in review.steps.items()),
        entries=_by_id(_entry(entry, texts, keys) for entry in _ranked(review.entries)),
        actions=_by_id(_action(action, texts, keys) for action in _ranked(review.actions)),
        moments=_by_id(_moment(moment, texts, keys) for moment in review.moments.values()),
    )


class _Texts:
    """A change, made to whatever is asked for."""

    def __init__(self, change: Change) -> None:
        self._change = change

    def text(self, where: str, text: str) -> str:
        """Change a text."""
        return self._change(where, text) if text else text

    def word(self, where: str, text: str) -> str:
        """Change a text that is a name for something, which it stays."""
        new = self.text(where, text)
        return new if new == text else new.replace(" ", "-")

    def words(self, where: str, texts: tuple[str, ...]) -> tuple[str, ...]:
        """Change words of which none is there twice."""
        return tuple(dict.fromkeys(self.word(where, text) for text in texts))

    def keys(self, keys: Iterable[str], ours: re.Pattern[str] = _OUR_KEY) -> dict[str, str]:
        """Return what each key becomes; two that were different stay so."""
        new = {key: key if ours.fullmatch(key) else self.word(_TEMPLATE, key) for key in dict.fromkeys(keys)}
        taken: dict[str, int] = {}
        for key, name in new.items():
            taken[name] = taken.get(name, 0) + 1
            new[key] = name if taken[name] == 1 else f"{name}-{taken[name]}"
        return new

    def id(self, key: str) -> str:
        """Change an id that somebody made up; ours are of figures."""
        return key if _OUR_ID.fullmatch(key) else self.word("id", key)


def _ranked(lines: Mapping[str, Line]) -> list[Line]:
    """Return lines in their order, which they keep whatever becomes of ids that somebody made up."""
    ordered = sorted(lines.values(), key=lambda line: (line.place, line.id))
    if all(map(_OUR_ID.fullmatch, lines)):
        return ordered
    return [replace(line, rank=f"{place:06}") for place, line in enumerate(ordered)]


def _by_id(docs: Iterable[Doc]) -> dict[str, Doc]:
    found: dict[str, Doc] = {}
    for doc in docs:
        key = doc.id if doc.id not in found else f"{doc.id}-{len(found)}"
        found[key] = doc if key == doc.id else replace(doc, id=key)
    return found


def _head(head: Head, texts: _Texts, keys: _Keys) -> Head:
    return replace(
        head,
        title=texts.text("title", head.title),
        template=_template(head.template, texts, keys),
        facts={keys.facts[key]: texts.text("fact", value) for key, value in head.facts.items()},
        tags=texts.words("tag of the review", head.tags),
        step=keys.steps.get(head.step, ""),
    )


def _template(template: Template, texts: _Texts, keys: _Keys) -> Template:
    """Change what a template says in a published review; the rest of it is not part of one."""

    def said(text: str) -> str:
        return texts.text(_TEMPLATE, text)

    return replace(
        template,
        name=texts.word(_TEMPLATE, template.name),
        title=said(template.title),
        facts=tuple(
            replace(fact, key=keys.facts[fact.key], ask=said(fact.ask), one_of=tuple(map(said, fact.one_of)))
            for fact in template.facts
        ),
        moments=tuple(
            replace(moment, key=keys.moments[moment.key], title=said(moment.title)) for moment in template.moments
        ),
        measures=tuple(
            replace(
                measure, title=said(measure.title), start=keys.moments[measure.start], end=keys.moments[measure.end]
            )
            for measure in template.measures
        ),
        roles=tuple(replace(role, key=keys.roles[role.key], title=said(role.title)) for role in template.roles),
        steps=tuple(replace(step, key=keys.steps[step.key], title=said(step.title)) for step in template.steps),
    )


def _participant(person: Participant, texts: _Texts, keys: _Keys) -> Participant:
    return replace(
        person,
        id=keys.people[person.id],
        name=texts.text("roster", person.name),
        handle=texts.word("roster", person.handle),
        role=keys.roles.get(person.role) or texts.text("roster", person.role),
        team=texts.text("roster", person.team),
    )


def _entry(entry: Entry, texts: _Texts, keys: _Keys) -> Entry:
    where = entry.kind.label
    return replace(
        entry,
        id=texts.id(entry.id),
        text=texts.text(where, entry.text),
        step=keys.steps[entry.step],
        when=texts.text(where, entry.when),
        until=texts.text(where, entry.until),
        tags=texts.words(where, entry.tags),
        priority=texts.text(where, entry.priority),
        ref=texts.word(where, entry.ref),
        team=texts.text(where, entry.team),
        under=texts.text(where, entry.under),
        who=tuple(keys.people.get(key, "") for key in entry.who),
    )


def _action(action: Action, texts: _Texts, keys: _Keys) -> Action:
    where = "action"
    return replace(
        action,
        id=texts.id(action.id),
        text=texts.text(where, action.text),
        step=keys.steps[action.step],
        team=texts.text(where, action.team),
        priority=texts.text(where, action.priority),
        tags=texts.words(where, action.tags),
        ref=texts.word(where, action.ref),
        done_when=texts.text(where, action.done_when),
        reason=texts.text(where, action.reason),
        owners=tuple(keys.people.get(key, "") for key in action.owners),
    )


def _moment(moment: Moment, texts: _Texts, keys: _Keys) -> Moment:
    return replace(moment, id=keys.moments[moment.id], when=texts.text("moment", moment.when))
