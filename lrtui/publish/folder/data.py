"""What a publish folder has for programs: the index of all reviews, and what the site is searched by."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from lrtui.publish.folder.collected import FOLDERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from lrtui.publish.folder.brief import Brief
    from lrtui.publish.folder.kept import Memory, Section
    from lrtui.publish.folder.names import Names

FORMAT = 1


def entry(brief: Brief, *, counted: bool = True) -> str:
    """Return the line of a review in the index, as JSON; where it cannot be `counted`, no number is told."""
    listing = brief.listing
    return json.dumps(
        {
            "id": listing.id,
            "title": listing.title,
            "date": listing.day or None,
            "service": listing.service,
            "severity": listing.severity,
            "tags": list(listing.tags),
            "page": f"{listing.page}.md",
            "open_actions": len(brief.tasks) if counted else None,
            "learnings": len(brief.learnings) if counted else None,
            "summary": brief.summary,
        },
        ensure_ascii=False,
    )


def index(entries: Iterable[str]) -> str:
    """Return the index of all reviews, one a line."""
    rows = ",\n".join(entries)
    return f'{{"format": {FORMAT}, "reviews": [\n{rows}\n]}}\n' if rows else f'{{"format": {FORMAT}, "reviews": []}}\n'


def search_parts(
    sections: Sequence[Section], memory: Memory, names: Names
) -> Iterator[tuple[str, str, Callable[[], str]]]:
    """Yield what the site is searched by, as (path, section, how it is made): a script for each year, and a list."""
    years = [each for each in sections if each.key.startswith("year/")][::-1]
    parts = [names.of_section(each.key, FOLDERS["year"]).partition("/")[2] for each in years]
    yield "search/parts.js", "", lambda: f"lrtui.parts({json.dumps(parts)});\n"
    for year, part in zip(years, parts, strict=True):
        yield f"search/{part}.js", year.key, partial(_part, memory, year.key)


def _part(memory: Memory, section: str) -> str:
    rows = ",\n".join(map(_searched, memory.of_section(section)))
    return f"lrtui.add([\n{rows}\n]);\n"


def _searched(brief: Brief) -> str:
    listing = brief.listing
    about = " · ".join(
        part for part in (listing.day, listing.service, listing.severity, *map("#{}".format, listing.tags)) if part
    )
    return json.dumps([listing.page, listing.title, about, f"{brief.summary} {brief.words}"], ensure_ascii=False)
