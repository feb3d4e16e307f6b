"""A review for the public: its people's names turned into roles, and a list of what was replaced where.

Roles are numbered in the order in which people were put on the roster, so that they stay the same when somebody is
added later.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import replace
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from lrtui.publish import ordinary, public, secrets
from lrtui.publish.audience import Replacement
from lrtui.publish.names import Names, redacted
from lrtui.publish.secrets import Secret
from lrtui.publish.spellings import Known
from lrtui.publish.texts import rewritten
from lrtui.store.files import slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lrtui.publish.names import Found
    from lrtui.review.model import Review

_NAME = re.compile(r"(\d{4}-\d\d-\d\d)-(?:.*-)?([2-9a-hjkmnp-z]{4})", re.DOTALL)
_SOMEONE = "participant"  # what somebody is whose reason for being there is none of the template's
_BESIDE = "people beside lines"


class Redaction:
    """The names of a review's people, what they become, and what has been replaced.

    `others` are names from other rosters, `keep` are words that are to be left alone.
    """

    def __init__(self, review: Review, others: Iterable[str] = (), keep: Iterable[str] = ()) -> None:
        self._review = review
        self._roles = roles(review)
        known = [Known(person.name, person.handle, self._roles[key]) for key, person in review.participants.items()]
        self._names = Names(known, frozenset(others), frozenset(keep))
        self._counts: dict[tuple[str, str, str], Counter[str]] = {}

    @cached_property
    def review(self) -> Review:
        """The review without names."""
        self._count_people()
        people = {
            key: replace(person, name=self._roles[key], handle=self._roles[key].replace(" ", "-"))
            for key, person in self._review.participants.items()
        }
        return rewritten(replace(self._review, participants=people), self._redacted)

    @property
    def replaced(self) -> tuple[Replacement, ...]:
        """What has been replaced in it, in the order in which it was met."""
        return tuple(
            Replacement(words, instead, ", ".join(counts), counts.total())
            for (words, instead, _), counts in self._counts.items()
        )

    def page(self, name: str) -> str:
        """Return what the page is called: the day, the title as it is told, and the tail of the review's own name.

        The words of that name are in none: they are an earlier title, of whose names letters may be lost (“bjrn”).
        """
        title = slug(self.review.head.title)
        if name == title:
            return name
        parts = _NAME.fullmatch(name)
        day, tail = parts.groups() if parts else ("", "")
        if not tail or self._names.find(_spelled(tail)):
            tail = hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:8]
        return "-".join(part for part in (day, title, tail) if part)

    def _redacted(self, where: str, text: str) -> str:
        found = self._names.find(text)
        for item in found:
            context = f"{where}: {_around(text, item)}" if item.doubtful else ""
            self._count(text[item.start : item.end], item.instead, context or where, context)
        return redacted(text, found) if found else text

    def _count(self, words: str, instead: str, where: str, context: str = "") -> None:
        self._counts.setdefault((words, instead, context), Counter())[where] += 1

    def _count_people(self) -> None:
        """Count those who are named beside lines, which is no text to look through."""
        lines = [entry.who for entry in self._review.entries.values()]
        lines += [action.owners for action in self._review.actions.values()]
        for person in public.people(self._review, chain.from_iterable(lines)):
            self._count(person.name or person.handle, self._roles[person.id], _BESIDE)


def roles(review: Review) -> dict[str, str]:
    """Return what each participant is called instead of by name, by id: “responder 1”, “observer 2”."""
    keys = {role.key for role in review.template.roles}
    counts: Counter[str] = Counter()
    called: dict[str, str] = {}
    for key, person in sorted(review.participants.items()):
        role = _called(person.role) if person.role in keys else _SOMEONE
        counts[role] += 1
        called[key] = f"{role} {counts[role]}"
    return called


def telling(people: Iterable[str], keep: Iterable[str] = ()) -> Callable[[str], bool]:
    """Return what tells whether the name of a file has one of `people` in it, also spelled as names of files are."""
    others = frozenset(people)
    spelled = {slug(name, empty="").replace("-", " ") for name in others} - {""}
    names = Names((), others | spelled, frozenset(keep))
    return lambda name: bool(names.find(_spelled(name)))


def _called(role: str) -> str:
    """Return the key of a role in words, if it is made of none but ordinary ones: a team may have put names in it."""
    words = re.split(r"[^a-z]+", role)
    return role.replace("_", " ") if ordinary.words().issuperset(words) else _SOMEONE


def _spelled(name: str) -> str:
    """Return a file's name as text in which every word could be a name."""
    return re.sub(r"[^\W_]+", lambda match: match[0].capitalize(), name.replace("-", " "))


def _around(text: str, found: Found) -> str:
    """Return what was found with the words about it, so that a person can tell whether it is a name."""
    word = text[found.start : found.end]
    return f"“{secrets.around(text, Secret(found.start, found.end, word), word, secrets.find(text))}”"
