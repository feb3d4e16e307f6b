"""The frame of an HTML page: what stands around its content, and how it looks.

A page needs no script and asks no other machine for anything; its own policy forbids both.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from lrtui.publish.markup import text

if TYPE_CHECKING:
    from collections.abc import Iterator

_FORBIDDEN = "default-src 'none'; base-uri 'none'; form-action 'none'"
_COLORS = '<meta name="color-scheme" content="light dark">'


@dataclass(frozen=True, slots=True)
class Site:
    """What the pages of one site share; `path` is where in the site a page is, without `.html`."""

    title: str
    path: str
    feed: str = "feed.xml"

    @property
    def root(self) -> str:
        """What leads from the page to the top of the site."""
        return "../" * self.path.count("/")


NAVIGATION = {
    "services": "Services",
    "tags": "Tags",
    "actions": "Open actions",
    "learnings": "Learnings",
}


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of the page of that title: one of a `site`, or a file alone. `answer` is where to answer it."""

    title: str
    description: str = ""
    site: Site | None = None
    answer: str = ""

    def around(self, body: str) -> str:
        """Return the page with `body`, which is HTML, in it."""
        parts = [
            "<!doctype html>",
            '<html lang="en">',
            "<head>",
            *self._head(),
            "</head>",
            "<body>",
            '<a class="skip" href="#content">Skip to the content</a>',
            *self._top(),
            '<main id="content">',
            body,
            "</main>",
            *self._foot(),
            "</body>",
            "</html>",
        ]
        return "\n".join(parts) + "\n"

    def _head(self) -> Iterator[str]:
        yield '<meta charset="utf-8">'
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield _COLORS
        yield f'<meta http-equiv="Content-Security-Policy" content="{self._policy()}">'
        yield '<meta name="referrer" content="no-referrer">'
        if self.description:
            yield f'<meta name="description" content="{text(self.description)}">'
        if self.site is None:
            yield f"<title>{text(self.title)}</title>"
            yield f"<style>{style()}</style>"
            return
        root = self.site.root
        whole = self.title if self.site.path == "index" else f"{self.title} · {self.site.title}"
        yield f"<title>{text(whole)}</title>"
        yield f'<link rel="stylesheet" href="{root}style.css">'
        yield (
            f'<link rel="alternate" type="application/atom+xml" title="{text(self.site.title)}"'
            f' href="{root}{self.site.feed}">'
        )
        yield f'<script src="{root}search.js" defer></script>'

    def _policy(self) -> str:
        if self.site is None:
            return f"{_FORBIDDEN}; style-src '{_digest(style())}'"
        return f"{_FORBIDDEN}; style-src 'self' file:; script-src 'self' file:"  # a file is of no origin, not its own

    def _top(self) -> Iterator[str]:
        if self.site is None:
            return
        root, path = self.site.root, self.site.path
        yield '<header class="top">'
        yield f'<p class="name"><a href="{root}index.html"{_here(path, "index")}>{text(self.site.title)}</a></p>'
        yield '<nav aria-label="Pages">\n<ul>'
        for name, words in NAVIGATION.items():
            yield f'<li><a href="{root}{name}.html"{_here(path, name)}>{words}</a></li>'
        yield "</ul>\n</nav>"
        yield '<form id="search" role="search" hidden>'
        yield '<label for="words" class="spoken">Search</label>'
        yield '<input id="words" type="search" placeholder="Search" autocomplete="off" spellcheck="false">'
        yield "</form>"
        yield "</header>"
        yield '<div id="found" class="found" hidden></div>'

    def _foot(self) -> Iterator[str]:
        if self.site is None and not self.answer:
            return
        yield '<footer class="foot">'
        if self.answer:
            yield f'<p><a href="{text(self.answer)}">Answer or correct this page</a></p>'
        if self.site:
            yield f'<p><a href="{self.site.root}index.html">All reviews</a></p>'
            yield f'<p><a href="{self.site.root}{self.site.feed}">Feed</a></p>'
        yield "</footer>"


@cache
def style() -> str:
    """Return the style sheet."""
    return Path(__file__).with_name("style.css").read_text("utf-8")


@cache
def script() -> str:
    """Return the script that searches the site."""
    return Path(__file__).with_name("search.js").read_text("utf-8")


def _here(path: str, name: str) -> str:
    return ' aria-current="page"' if path == name else ""


def _digest(content: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
