"""What the collected pages need of a review, made once and kept."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from lrtui.publish import html, markdown, public
from lrtui.publish.audience import Audience
from lrtui.review.fields import written
from lrtui.review.model import Entry, Kind
from lrtui.review.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lrtui.publish.audience import Edition
    from lrtui.review.model import Review


class Line(NamedTuple):
    """A list item that is ready to be collected: as Markdown without its dash, and as HTML."""

    markdown: str
    html: str


class Task(NamedTuple):
    """An open action; `due` is its day, "" where it has none."""

    due: str
    line: Line


class Listing(NamedTuple):
    """A review as lists have it.

    `id` is what its edition is called, `page` what its page is, without an ending. `day` is `YYYY-MM-DD`, `at` the
    instant at which it was over; "" if unknown.
    """

    id: str
    page: str
    title: str
    day: str
    at: str
    service: str
    severity: str
    tags: tuple[str, ...]

    @classmethod
    def of_row(cls, row: Sequence[Any]) -> Listing:
        """Return what was kept as JSON; raises ValueError or TypeError where it makes no sense."""
        *words, tags = row
        if not all(isinstance(word, str) for word in (*words, *tags)):
            raise ValueError(row)
        return cls._make((*words, tuple(tags)))

    @property
    def sections(self) -> Iterator[tuple[str, str]]:
        """Yield which collected pages it is on: keys as `tag/db`, `year/2026`, each with what a person calls it."""
        yield f"year/{self.day[:4]}", self.day[:4] or "Without a date"
        yield f"service/{self.service.casefold()}", self.service or "No service named"
        for tag in self.tags:
            yield f"tag/{tag.casefold()}", tag


@dataclass(frozen=True, slots=True)
class Brief:
    """A review as collected pages have it; `words` are what a search looks in."""

    listing: Listing
    summary: str = ""
    learnings: tuple[Line, ...] = ()
    tasks: tuple[Task, ...] = ()
    words: str = ""

    def packed(self) -> str:
        """Return it as it is kept."""
        return json.dumps([self.listing, self.summary, self.learnings, self.tasks, self.words], ensure_ascii=False)

    @classmethod
    def unpacked(cls, kept: str) -> Brief:
        """Return what was packed; raises ValueError or TypeError where it makes no sense."""
        listing, summary, learnings, tasks, words = json.loads(kept)
        return cls(
            Listing.of_row(listing),
            summary,
            tuple(Line(*line) for line in learnings),
            tuple(Task(due, Line(*line)) for due, line in tasks),
            words,
        )


def brief(edition: Edition, page: str, *, site: bool) -> Brief:
    """Return the brief of a review; without a `site` no line is made HTML.

    For the public its lines name nobody: “responder 1” of two reviews would read as one person.
    """
    review = _unnamed(edition.review) if edition.audience is Audience.PUBLIC else edition.review
    head = review.head
    held = public.held(review)
    over = head.ended or head.started or head.created
    tags = sorted({clean_line(tag) for tag in head.tags} - {""})
    listing = Listing(
        edition.name,
        page,
        public.title(review),
        held.isoformat() if held else "",
        written(over) if over else "",
        clean_line(head.facts.get("service", "")),
        clean_line(head.facts.get("severity", "")),
        tuple(tags),
    )
    going = [action for action in public.actions(review) if action.state.going and action.text.strip()]
    return Brief(
        listing,
        html.description(review),
        tuple(_lines((markdown.entry_line(entry, review, indent="  ") for entry in _learned(review)), site=site)),
        tuple(
            Task(action.due.isoformat() if action.due else "", line)
            for action, line in zip(
                going, _lines((markdown.action_line(action, review) for action in going), site=site), strict=True
            )
        ),
        " ".join(clean_line(entry.text) for entry in _learned(review)),
    )


def _unnamed(review: Review) -> Review:
    entries = {key: replace(entry, who=()) for key, entry in review.entries.items()}
    actions = {key: replace(action, owners=()) for key, action in review.actions.items()}
    return replace(review, entries=entries, actions=actions)


def _learned(review: Review) -> list[Entry]:
    return markdown.of_kind(review, Kind.LEARNING)


def _lines(sources: Iterable[str], *, site: bool) -> Iterator[Line]:
    for source in sources:
        yield Line(source, html.item(source) if site else "")
