"""The page of a review in a publish folder, as Markdown and as HTML.

Its front matter is what MkDocs and its theme Material take from one: title, date, tags. That of an export has a
`template`, too, which MkDocs would take for one of its own.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from lrtui.publish import escape, html, markdown, public
from lrtui.publish.folder.collected import FOLDERS
from lrtui.publish.frame import Frame, Site
from lrtui.review.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrtui.publish.audience import Edition
    from lrtui.publish.folder.brief import Brief
    from lrtui.publish.folder.look import Look
    from lrtui.publish.folder.manifest import Published
    from lrtui.publish.folder.names import Names


class Page(NamedTuple):
    """What a page is made of."""

    edition: Edition
    brief: Brief
    published: Published
    names: Names
    look: Look


def as_markdown(page: Page) -> str:
    """Return the page as Markdown."""
    review = page.edition.review
    parts = [_front_matter(page), f"# {escape.heading(public.title(review))}"]
    parts += [f"*{escape.inline(note)}*" for note in _notes(page)]
    for title, body in markdown.sections(review):
        parts += [f"## {title}", body]
    parts += ["---", " · ".join(_foot(page))]
    return "\n\n".join(parts) + "\n"


def _front_matter(page: Page) -> str:
    listing = page.brief.listing
    lines = [f"title: {markdown.scalar(listing.title)}"]
    lines += [f"date: {listing.day}"] if listing.day else []
    lines += [f"description: {markdown.scalar(page.brief.summary)}"] if page.brief.summary else []
    told = {"service": listing.service, "severity": listing.severity}
    lines += [f"{key}: {markdown.scalar(words)}" for key, words in told.items() if words]
    lines += [f"tags: [{', '.join(map(markdown.scalar, listing.tags))}]"] if listing.tags else []
    return "\n".join(["---", *lines, f"id: {markdown.scalar(page.edition.name)}", "---"])


def _notes(page: Page) -> Iterator[str]:
    """Yield what the page says of itself."""
    if page.edition.notice:
        yield page.edition.notice
    if page.published.corrected:
        days = ", ".join(dict.fromkeys(page.published.corrected))
        yield f"Published {page.published.first}; corrected on {days}."


def _foot(page: Page) -> Iterator[str]:
    yield escape.link("All reviews", "index.md")
    for key, label in page.brief.listing.sections:
        kind = key.partition("/")[0]
        if kind != "year" and key != "service/":
            words = f"#{label}" if kind == "tag" else label
            yield escape.link(words, f"{page.names.of_section(key, FOLDERS[kind])}.md")
    url = page.look.answer_to(page.brief.listing.page, page.brief.listing.title)
    if url:
        yield f"[Answer or correct this page]({url})"


def as_html(page: Page) -> str:
    """Return the page as HTML, for the site."""
    listing = page.brief.listing
    body = html.article(page.edition.review, notes=_notes(page), target=partial(_target, page.names))
    answer = page.look.answer_to(listing.page, listing.title)
    site = Site(page.look.title, listing.page)
    return Frame(listing.title, page.brief.summary, site, answer).around(body)


def _target(names: Names, kind: str, words: str) -> str:
    """Return where the page of a service or a tag is."""
    return f"{names.of_section(f'{kind}/{clean_line(words).casefold()}', FOLDERS[kind])}.html"
