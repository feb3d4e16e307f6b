"""A collected page while it is written: as Markdown, and as HTML where a site is wanted.

Both are put together from lines that are ready; so a page of thousands of lines takes milliseconds.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from lrtui.publish import escape
from lrtui.publish.frame import Frame, Site
from lrtui.publish.markdown import scalar, table
from lrtui.publish.markup import dots, text
from lrtui.review.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lrtui.publish.folder.brief import Brief, Line, Listing
    from lrtui.publish.folder.look import Look


class Count(NamedTuple):
    """A link to another collected page, and how many reviews are on it."""

    label: str
    page: str
    many: int


class Draft:
    """The page of that title; `page` is its path in the folder without an ending."""

    def __init__(self, page: str, title: str, look: Look) -> None:
        self.page = page
        self.title = clean_line(title)
        self._look = look
        self._root = "../" * page.count("/")
        self._markdown: list[str] = []
        self._html: list[str] = []

    def paragraph(self, words: str) -> None:
        """Add a paragraph of our own plain words."""
        self._markdown.append(escape.block(words))
        self._html.append(f"<p>{text(words)}</p>")

    def heading(self, words: str) -> None:
        """Add a heading."""
        self._markdown.append(f"## {escape.heading(words)}")
        self._html.append(f"<h2>{text(words)}</h2>")

    def links(self, pages: Iterable[tuple[str, str]]) -> None:
        """Add a line of links to other pages, as (page, words), to the Markdown: a site has them on every page."""
        self._markdown.append(" · ".join(escape.link(words, f"{self._root}{page}") for page, words in pages))

    def counts(self, counts: Sequence[Count]) -> None:
        """Add links to other collected pages."""
        linked = (f"- {escape.link(count.label, f'{self._root}{count.page}.md')} ({count.many})" for count in counts)
        self._markdown.append("\n".join(linked))
        self._html.append('<ul class="counts">')
        self._html += [
            f'<li><a href="{self._root}{count.page}.html">{text(count.label)} '
            f'<span class="many">{count.many}</span></a></li>'
            for count in counts
        ]
        self._html.append("</ul>")

    def reviews(self, briefs: Iterable[Brief]) -> None:
        """Add a list of reviews."""
        briefs = list(briefs)
        rows = [
            (
                listing.day,
                self._link(listing).replace("|", "\\|"),
                escape.cell(listing.service),
                escape.cell(listing.severity),
                " ".join(map(escape.tag, listing.tags)),
            )
            for listing in [brief.listing for brief in briefs]
        ]
        self._markdown.append(table(("Date", "Review", "Service", "Severity", "Tags"), rows))
        self._html.append('<ul class="reviews">')
        self._html += map(self._item, briefs)
        self._html.append("</ul>")

    def _item(self, brief: Brief) -> str:
        listing = brief.listing
        link = f'<a href="{self._root}{listing.page}.html">{text(listing.title)}</a>'
        summary = f"<p>{text(brief.summary)}</p>" if brief.summary else ""
        return f'<li>{link}{summary}<p class="meta">{dots(about(listing))}</p></li>'

    def lines(self, lines: Iterable[tuple[Listing, Line]]) -> None:
        """Add lines of reviews, those that follow each other and are of one review together, under its title."""
        for listing, group in groupby(lines, key=lambda pair: pair[0]):
            found = [line for _, line in group]
            day = f", {listing.day}" if listing.day else ""
            self._markdown.append(f"**{self._link(listing)}**{day}")
            self._markdown.append("\n".join(f"- {line.markdown}" for line in found))
            time = f' <span class="meta">{_day(listing.day)}</span>' if listing.day else ""
            link = f'<a href="{self._root}{listing.page}.html">{text(listing.title)}</a>'
            self._html.append(f'<p class="from">{link}{time}</p>\n<ul>')
            self._html += [line.html for line in found]
            self._html.append("</ul>")

    def as_markdown(self) -> str:
        """Return the page as Markdown."""
        url = self._look.answer_to(self.page, self.title)
        foot = [f"[Answer or correct this page]({url})"] if url else []
        head = f"---\ntitle: {scalar(self.title)}\n---"
        parts = [head, f"# {escape.heading(self.title)}", *self._markdown, *foot]
        return "\n\n".join(part for part in parts if part) + "\n"

    def as_html(self) -> str:
        """Return the page as HTML."""
        body = "\n".join([f"<h1>{text(self.title)}</h1>", *self._html])
        answer = self._look.answer_to(self.page, self.title)
        return Frame(self.title, site=Site(self._look.title, self.page), answer=answer).around(body)

    def _link(self, listing: Listing) -> str:
        return escape.link(listing.title, f"{self._root}{listing.page}.md")


def about(listing: Listing) -> Iterator[str]:
    """Yield what is said of a review in a list, each as HTML."""
    if listing.day:
        yield _day(listing.day)
    yield from (text(words) for words in (listing.service, listing.severity) if words)
    yield from (f'<span class="tag">{text("#" + tag)}</span>' for tag in listing.tags)


def _day(day: str) -> str:
    return f'<time datetime="{text(day)}">{text(day)}</time>'


def newest_first(briefs: Iterable[Brief]) -> Iterator[tuple[Listing, Line]]:
    """Yield the learnings of reviews, each with its review."""
    for brief in briefs:
        for line in brief.learnings:
            yield brief.listing, line
