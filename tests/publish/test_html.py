from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from lrtui.publish.audience import Audience, edition
from lrtui.publish.frame import Frame, Site, style
from lrtui.publish.html import as_html, item
from lrtui.publish.markdown import sections
from lrtui.publish.markup import text
from lrtui.review.model import Entry, Kind, Review
from lrtui.review.text import clean_line
from tests.publish.pages import Page
from tests.publish.reading import lines, texts
from tests.publish.sample import NAME, REVIEW, UNSEEN

FORBIDDEN = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")


def page(review: Review = REVIEW, notice: str = "") -> str:
    return as_html(edition(review, name=NAME, audience=Audience.TEAM)._replace(notice=notice))


def test_a_review_as_html_says_what_its_markdown_says() -> None:
    read = Page(page())
    assert read.texts("title") == ["Checkout latency"]
    assert read.texts("h1") == ["Checkout latency"]
    assert read.texts("h2") == [title for title, _ in sections(REVIEW)]
    assert "24 November 2026 · checkout · sev2 · #db · #retries" in read.texts("p")
    assert "pager: checkout p99 over 4 s #db" in read.texts("td")
    assert read.attributes.count(("th", "scope", "col")) == len(read.texts("th")) > 0


def test_an_html_file_needs_nothing_else_and_asks_for_nothing() -> None:
    source = page()
    read = Page(source)
    assert not read.loaded
    assert not read.texts("script")
    assert all(link.startswith("#") or link == "https://wiki.example.com/retry_policy" for link in read.links)
    assert "default-src 'none'" in source
    assert not re.search(r"url\(|@import", style())


def test_the_contents_lead_to_every_section() -> None:
    read = Page(page())
    assert [link[1:] for link in read.links if link.startswith("#")] == ["content", *read.ids[1:]]


def test_how_far_an_action_is_is_told_in_words() -> None:
    told = [words for words in Page(page()).texts("li") if "Cap" in words or "Alert" in words]
    assert told[0].startswith("Open: Cap retries at 2 — Ana Lima, Chi Okafor (payments), due 2026-12-01")
    assert told[1].startswith("Done: Alert on the retry rate")


def test_a_box_that_somebody_typed_is_text() -> None:
    assert item("\\[x] not a box") == "<li>[x] not a box</li>"
    assert item("[x] a box") == '<li class="task done"><span class="spoken">Done: </span>a box</li>'


def test_what_is_private_is_in_no_html() -> None:
    assert UNSEEN not in page()


def test_what_the_page_says_of_itself_stands_below_its_title() -> None:
    assert "Names are <left> out." in Page(page(notice="Names are <left> out.")).texts("p")


@given(title=texts, said=st.lists(texts, min_size=1, max_size=3), tag=texts)
def test_whatever_people_typed_is_text_on_the_page(title: str, said: list[str], tag: str) -> None:
    entries = {f"e{at}": Entry(f"e{at}", Kind.LEARNING, words) for at, words in enumerate(said)}
    head = replace(REVIEW.head, title=title, tags=(tag,), facts={"service": said[0]})
    read = Page(page(replace(REVIEW, head=head, entries=entries)))
    shown = "".join(read.texts("li")).split()
    assert read.texts("h1") == [_seen(title) or "Untitled review"]
    for words in said:
        assert "".join(_seen(words).split()) in "".join(shown)
    if clean_line(tag):
        assert _seen(f"#{clean_line(tag)}") in read.texts("span")


def _seen(words: str) -> str:
    return FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", clean_line(words))


@given(words=lines)
def test_text_in_an_attribute_stays_in_it(words: str) -> None:
    read = Page(Frame(words, description=words, site=Site(words, "tags/x")).around(f"<h1>{text(words)}</h1>"))
    assert ("meta", "content", _seen(words)) in read.attributes
    assert read.texts("h1") == [_seen(words)]


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_text_and_links_have_a_contrast_of_seven_to_one_by_light_and_by_dark_and_on_paper() -> None:
    schemes = [dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block)) for block in style().split(":root")[1:]]
    assert len(schemes) == 3
    for scheme in schemes:
        for front in ("text", "quiet", "link"):
            assert min(_contrast(scheme[front], scheme[back]) for back in ("ground", "raised")) >= 7
    assert re.findall(r"#[0-9a-f]{3,6}\b", re.sub(r"--\w+: #\w+;", "", style())) == []
