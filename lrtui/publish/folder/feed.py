"""The newest reviews as an Atom feed (RFC 4287). Its times are those of the reviews, so it is the same anywhere."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from lrtui.publish.markup import text
from lrtui.review.fields import written

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lrtui.publish.folder.brief import Brief
    from lrtui.publish.folder.look import Look

ENTRIES = 50

_NAMESPACE = uuid.UUID("6f5a1f3e-6c0f-5a0b-9b7e-2f0d3c1a7e55")
_NEVER = "1970-01-01T00:00:00Z"


class Standing(NamedTuple):
    """What is known of a page: its review's key, which never changes, and the day of each correction."""

    key: str
    corrected: tuple[str, ...] = ()


def identity(name: str) -> str:
    """Return what names a thing for good; the same name gives the same everywhere."""
    return uuid.uuid5(_NAMESPACE, name).urn


def atom(briefs: Sequence[Brief], known: Mapping[str, Standing], feed: str, look: Look, ending: str) -> str:
    """Return the feed of the id `feed`; `known` is what stands in the manifest, by page.

    Links lead to files of that `ending`, unless the look says where the pages are.
    """
    index, kind = text(look.address("index", ending)), _type(look, ending)
    own = f"{look.base.rstrip('/')}/feed.xml" if look.base else "feed.xml"
    entries = [_entry(brief, known[brief.listing.page], look, ending) for brief in briefs]
    updated = max((_updated(brief, known[brief.listing.page].corrected) for brief in briefs), default=_NEVER)
    return "\n".join(
        [
            '<?xml version="1.0" encoding="utf-8"?>',
            '<feed xmlns="http://www.w3.org/2005/Atom">',
            f"<id>{text(feed)}</id>",
            f"<title>{text(look.title)}</title>",
            f"<updated>{updated}</updated>",
            f"<author><name>{text(look.title)}</name></author>",
            f'<link rel="self" type="application/atom+xml" href="{text(own)}"/>',
            f'<link rel="alternate" type="{kind}" href="{index}"/>',
            *entries,
            "</feed>\n",
        ]
    )


def _entry(brief: Brief, known: Standing, look: Look, ending: str) -> str:
    return "\n".join(_lines(brief, known, look, ending))


def _lines(brief: Brief, known: Standing, look: Look, ending: str) -> Iterator[str]:
    listing = brief.listing
    yield "<entry>"
    yield f"<id>{identity(known.key)}</id>"
    yield f"<title>{text(listing.title)}</title>"
    yield f"<published>{_published(brief)}</published>"
    yield f"<updated>{_updated(brief, known.corrected)}</updated>"
    address = text(look.address(listing.page, ending))
    yield f'<link rel="alternate" type="{_type(look, ending)}" href="{address}"/>'
    yield from (f'<category term="{text(tag)}"/>' for tag in listing.tags)
    if brief.summary:
        yield f"<summary>{text(brief.summary)}</summary>"
    yield "</entry>"


def _published(brief: Brief) -> str:
    return brief.listing.at or _NEVER


def _updated(brief: Brief, corrected: Sequence[str]) -> str:
    """Return when a page last changed. Of a correction only the day is known: so it grows by a second with each.

    Instants of one form are in the order of their letters.
    """
    if not corrected:
        return _published(brief)
    last = datetime.fromisoformat(max(_published(brief), f"{max(corrected)}T00:00:00Z"))
    return written(last + timedelta(seconds=len(corrected)))


def _type(look: Look, ending: str) -> str:
    html = look.site if look.base else ending == "html"
    return "text/html" if html else "text/markdown"
