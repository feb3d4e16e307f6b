"""What the pages of a site have to be, checked with nothing but the standard library."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_VOID = {"meta", "link", "br", "hr", "input", "img"}
_TEXTS = {"h1", "h2", "p", "li", "td", "th", "title", "a", "span", "strong", "code"}
_OURS = _VOID | _TEXTS | {
    "html", "head", "body", "header", "main", "footer", "nav", "article", "section", "div", "ul", "ol", "h3", "time",
    "table", "thead", "tbody", "tr", "form", "label", "script", "style", "em", "pre", "blockquote",
}  # fmt: skip


class Page(HTMLParser):
    """A page that was read: what stands in its elements, its ids and where it leads to.

    Reading raises an AssertionError where an element is not one of ours, is closed wrongly, or has an id twice.
    """

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.text: list[tuple[str, str]] = []
        self.attributes: list[tuple[str, str, str]] = []
        self._open: list[str] = []
        self._inside: list[list[str]] = []
        assert source.startswith("<!doctype html>\n<html lang=")
        self.feed(source)
        self.close()
        assert not self._open
        assert len(self.ids) == len(set(self.ids))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in _OURS, tag
        for name, value in attrs:
            self.attributes.append((tag, name, value or ""))
            assert not name.startswith("on")
            if name == "id":
                self.ids.append(value or "")
            elif name == "href":
                (self.loaded if tag == "link" and ("rel", "stylesheet") in attrs else self.links).append(value or "")
            elif name == "src":
                self.loaded.append(value or "")
        if tag not in _VOID:
            self._open.append(tag)
            self._inside.append([])

    def handle_endtag(self, tag: str) -> None:
        assert self._open
        assert self._open.pop() == tag
        inside = "".join(self._inside.pop())
        self.text.append((tag, inside))
        if self._inside and tag not in {"script", "style"}:
            self._inside[-1].append(inside)

    def handle_data(self, data: str) -> None:
        if self._inside:
            self._inside[-1].append(data)

    def texts(self, tag: str) -> list[str]:
        """Return what stands in the elements of that kind."""
        return [text for kind, text in self.text if kind == tag]


def lost(files: Mapping[str, bytes]) -> Iterator[str]:
    """Yield the links of the pages among `files` that lead to nothing among them; addresses elsewhere are left out."""
    for path, content in files.items():
        if path.endswith(".html"):
            page = Page(content.decode())
            for link in (*page.links, *page.loaded):
                parts = urlsplit(link)
                if not parts.scheme:
                    target = _joined(path, unquote(parts.path)) if parts.path else path
                    anchors = Page(files[target].decode()).ids if target in files and parts.fragment else []
                    if target not in files or (parts.fragment and parts.fragment not in anchors):
                        yield f"{path}: {link}"


def _joined(path: str, link: str) -> str:
    parts = path.split("/")[:-1]
    for part in link.split("/"):
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)
