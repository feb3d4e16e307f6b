"""The files of a publish folder that are made from several reviews, each only where it is not what is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtui.publish import frame
from lrtui.publish.folder import collected, data, feed
from lrtui.publish.folder.gather import SITE, Content

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from lrtui.publish.folder.draft import Draft
    from lrtui.publish.folder.gather import Gathered, Gathering
    from lrtui.publish.folder.kept import Section


def collect(gathered: Gathered, asked: Gathering) -> None:
    """Add the contents of what is made from several reviews, where they are not what is there."""
    memory, folder, names, look = asked.memory, asked.folder, asked.names, asked.look
    made, sections = memory.made(collected=True), memory.sections()

    def add(path: str, owner: str, make: Callable[[], str]) -> None:
        if owner and path in made and folder.digest(path) == made[path].digest:
            gathered.unchanged[path] = made[path]
        else:
            gathered.contents[path] = Content.of(owner, make())

    for page in collected.pages(sections, memory, names, look):
        draft = _Once(page.make)
        add(f"{page.page}.md", page.owner, draft.as_markdown)
        if look.site:
            add(f"{SITE}{page.page}.html", page.owner, draft.as_html)
    for path, owner, make in _others(gathered, asked, sections):
        add(path, owner, make)


class _Once:
    """A draft that is made when it is first asked for."""

    def __init__(self, make: Callable[[], Draft]) -> None:
        self._make = make
        self._made: Draft | None = None

    def as_markdown(self) -> str:
        """Return the page as Markdown."""
        return self._draft().as_markdown()

    def as_html(self) -> str:
        """Return the page as HTML."""
        return self._draft().as_html()

    def _draft(self) -> Draft:
        self._made = self._made or self._make()
        return self._made


def _others(
    gathered: Gathered, asked: Gathering, sections: Sequence[Section]
) -> Iterator[tuple[str, str, Callable[[], str]]]:
    """Yield the files that are no pages: path, owner, and how they are made."""
    memory, names, look, known = asked.memory, asked.names, asked.look, asked.known
    newest = memory.newest(feed.ENTRIES)
    standing = {each.listing.page: feed.Standing(key, each.corrected) for key, each in gathered.reviews.items()}
    if not known.feed:
        known.feed = feed.identity(f"feed of {newest[-1].listing.id if newest else look.title}")
    yield "feed.xml", "", lambda: feed.atom(newest, standing, known.feed, look, "md")
    yield "index.json", "", lambda: data.index(memory.entries())
    if look.site:
        yield f"{SITE}feed.xml", "", lambda: feed.atom(newest, standing, known.feed, look, "html")
        yield f"{SITE}style.css", "", frame.style
        yield f"{SITE}search.js", "", frame.script
        for path, owner, make in data.search_parts(sections, memory, names):
            yield f"{SITE}{path}", owner, make
