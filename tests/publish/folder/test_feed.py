from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrtui.publish.folder.brief import Brief, Listing
from lrtui.publish.folder.feed import Standing, atom, identity
from lrtui.publish.folder.look import Look
from lrtui.review.text import clean_line
from tests.publish.reading import lines

if TYPE_CHECKING:
    from collections.abc import Mapping

ATOM = "{http://www.w3.org/2005/Atom}"
ID = identity("a feed")


def told(number: int, title: str = "Mails late", summary: str = "", tags: tuple[str, ...] = ()) -> Brief:
    day = f"2026-11-{number:02}"
    return Brief(Listing(f"{day}-x-{number}", f"{day}-x", title, day, f"{day}T14:00:00.000Z", "", "", tags), summary)


def read(
    *briefs: Brief,
    look: Look | None = None,
    ending: str = "html",
    corrected: Mapping[str, tuple[str, ...]] | None = None,
) -> ET.Element:
    pages = [brief.listing.page for brief in briefs]
    known = {page: Standing(f"review/{page}", (corrected or {}).get(page, ())) for page in pages}
    return ET.fromstring(atom(briefs, known, ID, look or Look(), ending))  # noqa: S314 - our own


def one(element: ET.Element, name: str) -> str:
    (found,) = element.findall(ATOM + name)
    return found.text or ""


@pytest.mark.parametrize("briefs", [(), (told(3), told(2))])
def test_a_feed_has_what_atom_requires_of_one(briefs: tuple[Brief, ...]) -> None:
    feed = read(*briefs)
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", one(element, "id"))
        assert one(element, "title")
        assert datetime.fromisoformat(one(element, "updated")).tzinfo
        assert [link.get("rel") for link in element.findall(f"{ATOM}link")].count("alternate") == 1
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    ids = [one(element, "id") for element in (feed, *feed.findall(f"{ATOM}entry"))]
    assert len(ids) == len(set(ids))


def test_its_times_are_those_of_the_reviews_and_of_corrections() -> None:
    assert one(read(told(3), told(2)), "updated") == "2026-11-03T14:00:00.000Z"
    feed = read(told(3), told(2), corrected={"2026-11-02-x": ("2026-11-09",)})
    assert one(feed, "updated") == "2026-11-09T00:00:01.000Z"
    entry = feed.findall(f"{ATOM}entry")[1]
    assert (one(entry, "published"), one(entry, "updated")) == ("2026-11-02T14:00:00.000Z", "2026-11-09T00:00:01.000Z")


@given(st.lists(st.dates(date(2026, 11, 1), date(2026, 11, 6)).map(str), max_size=5))
def test_with_every_correction_it_is_told_as_newer_than_before(days: list[str]) -> None:
    times = [
        one(read(told(3), corrected={"2026-11-03-x": tuple(days[:count])}), "updated") for count in range(len(days) + 1)
    ]
    assert times == sorted(set(times))


@pytest.mark.parametrize(
    ("base", "site", "link"),
    [
        ("", False, "2026-11-03-x.md"),
        ("https://example.org/reviews", False, "https://example.org/reviews/2026-11-03-x.md"),
        ("https://example.org/reviews/", True, "https://example.org/reviews/2026-11-03-x.html"),
    ],
)
def test_its_links_are_whole_where_it_is_known_where_the_pages_are(base: str, link: str, *, site: bool) -> None:
    entry = read(told(3), look=Look(base=base, site=site), ending="md").find(f"{ATOM}entry")
    assert entry is not None
    assert [found.get("href") for found in entry.findall(f"{ATOM}link")] == [link]


@given(title=lines, summary=lines, tags=st.lists(lines.map(clean_line), max_size=2))
def test_whatever_people_typed_is_text_in_it(title: str, summary: str, tags: list[str]) -> None:
    feed = read(told(3, title, summary, tuple(tags)), look=Look(title))
    entry = feed.find(f"{ATOM}entry")
    assert entry is not None
    seen = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")
    assert one(entry, "title") == one(feed, "title") == seen.sub("\ufffd", title)
    assert one(entry, "summary") == seen.sub("\ufffd", summary)
    assert [each.get("term") for each in entry.findall(f"{ATOM}category")] == [seen.sub("\ufffd", tag) for tag in tags]
