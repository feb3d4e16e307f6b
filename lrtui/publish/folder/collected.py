"""The collected pages: all reviews, by year, by service, by tag; open actions; what was learned.

With ten thousand reviews no page may grow without end. So the index has the newest reviews and the pages of the years
have all; the pages of open actions and of learnings have the first of them, and the pages of the services have all.
"""

from __future__ import annotations

from functools import partial
from itertools import groupby, islice
from typing import TYPE_CHECKING, NamedTuple

from lrtui.publish.folder.draft import Count, Draft, newest_first
from lrtui.publish.frame import NAVIGATION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lrtui.publish.folder.brief import Brief, Line, Listing, Task
    from lrtui.publish.folder.kept import Memory, Section
    from lrtui.publish.folder.look import Look
    from lrtui.publish.folder.names import Names

NEWEST = 100  # reviews on the index
FIRST = 300  # open actions, and learnings, on the pages that collect them from everywhere

FOLDERS = {"year": "years", "service": "services", "tag": "tags"}


class Collected(NamedTuple):
    """A collected page: its path without an ending, its section's key ("" if it is of all reviews), how it is made."""

    page: str
    owner: str
    make: Callable[[], Draft]


def pages(sections: Sequence[Section], memory: Memory, names: Names, look: Look) -> Iterator[Collected]:
    """Yield the collected pages: of everything, and of each of the `sections` there are."""
    of_kind = {kind: [each for each in sections if _kind(each) == kind] for kind in FOLDERS}

    def counts(kind: str) -> list[Count]:
        return [Count(each.label, names.of_section(each.key, FOLDERS[kind]), each.many) for each in of_kind[kind]]

    yield Collected("index", "", lambda: _index(memory, counts("year")[::-1], look))
    yield Collected("services", "", lambda: _list("services", counts("service"), look))
    yield Collected("tags", "", lambda: _list("tags", counts("tag"), look))
    yield Collected("actions", "", lambda: _actions(memory, counts("service"), look))
    yield Collected("learnings", "", lambda: _learnings(memory, counts("service"), look))
    for kind, make in (("year", _year), ("service", _service), ("tag", _tag)):
        for each in of_kind[kind]:
            page = names.of_section(each.key, FOLDERS[kind])
            yield Collected(page, each.key, partial(make, page, each, memory, look))


def _kind(section: Section) -> str:
    return section.key.partition("/")[0]


def _index(memory: Memory, years: Sequence[Count], look: Look) -> Draft:
    draft = Draft("index", look.title, look)
    draft.links([*((f"{page}.md", words) for page, words in NAVIGATION.items()), ("feed.xml", "Feed")])
    found = memory.newest(NEWEST)
    count = sum(year.many for year in years)
    if count > len(found):
        draft.paragraph(f"The newest {len(found)} of {count} reviews; all of them are on the pages of their years.")
    if len(years) > 1:
        draft.counts(years)
    for year, briefs in groupby(found, key=lambda brief: brief.listing.day[:4]):
        draft.heading(year or "Without a date")
        draft.reviews(briefs)
    return draft


def _list(page: str, counts: Sequence[Count], look: Look) -> Draft:
    draft = Draft(page, NAVIGATION[page], look)
    if counts:
        draft.counts(counts)
    else:
        draft.paragraph("There are none yet.")
    return draft


def _actions(memory: Memory, services: Sequence[Count], look: Look) -> Draft:
    draft = Draft("actions", NAVIGATION["actions"], look)
    count, waiting = memory.waiting(FIRST)
    if not count:
        draft.paragraph("No action is open.")
    elif count > len(waiting):
        draft.paragraph(f"These {len(waiting)} of {count} are due first. On the pages of the services are all of them.")
        draft.counts(services)
    for month, tasks in groupby(waiting, key=lambda pair: pair[1].due[:7]):
        draft.heading(f"Due in {month}" if month else "Without a date")
        draft.lines((brief.listing, task.line) for brief, task in tasks)
    return draft


def _learnings(memory: Memory, services: Sequence[Count], look: Look) -> Draft:
    draft = Draft("learnings", NAVIGATION["learnings"], look)
    briefs = memory.newest(FIRST + 1, learnings=1)
    found = list(islice(newest_first(briefs), FIRST + 1))
    if not found:
        draft.paragraph("Nothing was written down as a learning yet.")
    if len(found) > FIRST:
        draft.paragraph(f"These are the newest {FIRST}. On the pages of the services are all of them.")
        draft.counts(services)
    draft.lines(found[:FIRST])
    return draft


def _year(page: str, section: Section, memory: Memory, look: Look) -> Draft:
    draft = Draft(page, f"Reviews of {section.label}" if section.key != "year/" else section.label, look)
    draft.links([("index.md", "All reviews")])
    draft.reviews(memory.of_section(section.key))
    return draft


def _tag(page: str, section: Section, memory: Memory, look: Look) -> Draft:
    draft = Draft(page, f"Tag: {section.label}", look)
    draft.links([("tags.md", NAVIGATION["tags"]), ("index.md", "All reviews")])
    draft.reviews(memory.of_section(section.key))
    return draft


def _service(page: str, section: Section, memory: Memory, look: Look) -> Draft:
    draft = Draft(page, section.label, look)
    draft.links([("services.md", NAVIGATION["services"]), ("index.md", "All reviews")])
    briefs = memory.of_section(section.key)
    draft.heading("Reviews")
    draft.reviews(briefs)
    if tasks := sorted(_tasks(briefs), key=_due):
        draft.heading(NAVIGATION["actions"])
        draft.lines((listing, line) for listing, task in tasks for line in [task.line])
    learned: list[tuple[Listing, Line]] = list(newest_first(briefs))
    if learned:
        draft.heading(NAVIGATION["learnings"])
        draft.lines(learned)
    return draft


def _tasks(briefs: Sequence[Brief]) -> Iterator[tuple[Listing, Task]]:
    for brief in briefs:
        for task in brief.tasks:
            yield brief.listing, task


def _due(pair: tuple[Listing, Task]) -> tuple[bool, str]:
    due = pair[1].due
    return not due, due
