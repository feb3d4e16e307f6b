"""What the catalog keeps of a review: its line in the list, and the texts by which it is found.

Apart from the catalog, because listing and searching what is kept need neither reviews nor their dates: the first thing
that the program shows is a list.
"""

from __future__ import annotations

import json
import zlib
from datetime import UTC
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from lrtui.review import dates
from lrtui.review.model import Kind, Status
from lrtui.store import words
from lrtui.store.cachefile import Broken
from lrtui.store.query import FACT, OPEN, PERSON, SERVICE, TAG, TEAM, TITLE, indexed, marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lrtui.review.model import Action, Entry, Review
    from lrtui.store.side_table import Read

UNREADABLE = "unreadable"  # the status of a review whose folder could not be read

_ORDER = [Status.LIVE, Status.DRAFT, Status.WRAP_UP, Status.DONE, UNREADABLE]


class Text(NamedTuple):
    """Something that can be found; `also` holds further words by which it is, `marks` what filters look at.

    The first text of a review is its title, with the marks of the review.
    """

    kind: str
    id: str
    text: str
    also: str = ""
    marks: str = ""


class Record(NamedTuple):
    """A review as it is stored: the fields of the table, its texts, and itself for the tables beside that."""

    fields: tuple[str | int, ...]
    texts: list[Text]
    read: Read | None = None

    @classmethod
    def of(cls, name: str, path: str, stamp: str, read: Read) -> Record:
        """Return what is kept of a review; `stamp` tells this state of it from others."""
        review = read.review
        head = review.head
        begun = head.started or head.created
        day = begun.astimezone(dates.zone(head.zone) or UTC).date().isoformat() if begun else ""
        leading = (person.name for person in review.participants.values() if person.role == "facilitator")
        going = sum(action.state.going for action in review.actions.values())
        entries = sum(entry.kind is not Kind.PRIVATE for entry in review.entries.values())
        told = (head.title, head.status.value, day, head.facts.get("service", ""), head.facts.get("severity", ""))
        counted = (head.template.name, next(leading, ""), going, entries)
        return cls((name, stamp, _ORDER.index(head.status), path, *told, *counted), list(_texts(review)), read)

    @classmethod
    def unreadable(cls, name: str, path: str) -> Record:
        """Return what is kept of a folder that could not be read."""
        empty = ("", "", "", "", "", 0, 0)
        return cls((name, UNREADABLE, _ORDER.index(UNREADABLE), path, "", UNREADABLE, *empty), [])


def _texts(review: Review) -> Iterator[Text]:
    head = review.head
    of_review = (*marks(SERVICE, head.facts.get("service", "")), *marks(TAG, *head.tags))
    yield Text(TITLE, "", head.title, " ".join(head.tags), " ".join(of_review))
    for key, value in head.facts.items():
        yield Text(FACT, key, value)
    for person in review.participants.values():
        named = (*marks(PERSON, person.name, person.handle), *marks(TEAM, person.team))
        yield Text(PERSON, person.id, person.name, f"{person.handle} {person.team}", " ".join(named))
    for entry in review.entries.values():
        if entry.kind is not Kind.PRIVATE:
            also = " ".join((*entry.tags, entry.ref, entry.team))
            yield Text(entry.kind.value, entry.id, entry.text, also, _marked(review, entry, entry.who))
    for action in review.actions.values():
        also = " ".join((*action.tags, action.ref, action.team, action.done_when, action.reason))
        marked = _marked(review, action, action.owners)
        yield Text(
            Kind.ACTION.value, action.id, action.text, also, f"{marked} {OPEN}" if action.state.going else marked
        )


def _marked(review: Review, line: Entry | Action, who: Iterable[str]) -> str:
    """Return what filters look at in a captured line."""
    people = [review.participants[key] for key in who if key in review.participants]
    named = (part for person in people for part in (person.name, person.handle))
    return " ".join(dict.fromkeys((*marks(TAG, *line.tags), *marks(TEAM, line.team), *marks(PERSON, *named))))


def packed(texts: list[Text]) -> bytes:
    """Return the texts as they are stored."""
    return zlib.compress(json.dumps(texts, ensure_ascii=False).encode(), 1)


def unpacked(stored: bytes) -> list[Text]:
    """Return the texts that were stored; raises `Broken` where they make no sense."""
    try:
        return [Text(*fields) for fields in json.loads(zlib.decompress(stored))]
    except (zlib.error, ValueError, TypeError) as error:
        raise Broken(str(error)) from error


def words_of(texts: Sequence[Text]) -> str:
    """Return every word of `texts` once, and every mark."""
    cut = (words.cut(line) for text in texts for line in (text.text, text.also))
    marked = (indexed(text.kind, text.marks) for text in texts)
    return " ".join(dict.fromkeys(chain(chain.from_iterable(cut), chain.from_iterable(marked))))
