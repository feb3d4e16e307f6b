"""A review as one HTML file that needs nothing else: no network, no script, no server.

The sections are the Markdown of `lrtui.publish.markdown`, rendered; so both say the same, and what people typed is
escaped in one place. Around them stands a frame: see `lrtui.publish.frame`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from lrtui.publish import markdown, public
from lrtui.publish.frame import Frame
from lrtui.publish.markup import allowed, dots, text
from lrtui.review.text import clean_line
from lrtui.store.files import slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token
    from markdown_it.utils import OptionsDict

    from lrtui.publish.audience import Edition
    from lrtui.review.model import Review

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ADDRESS = re.compile(r"(?:https?|ftp)://[\w.-]+(?::[0-9]{1,5})?(?:[/?][^#]*)?(?:#[^#]*)?", re.ASCII)
_BOXES = {"[ ] ": ("open", "Open: "), "[x] ": ("done", "Done: ")}


def as_html(edition: Edition) -> str:
    """Return the whole review as one HTML file."""
    title = public.title(edition.review)
    body = article(edition.review, notes=[edition.notice] if edition.notice else [])
    return Frame(title, description=description(edition.review)).around(body)


def _nowhere(_: str, __: str) -> str:
    return ""


def article(review: Review, *, notes: Iterable[str] = (), target: Callable[[str, str], str] = _nowhere) -> str:
    """Return a review as the inside of a page: its head, with `notes` below, and its sections.

    `target` tells where the page of a `service` or a `tag` of that name is, "" where there is none.
    """
    parts = [(title, _anchor(title), body) for title, body in markdown.sections(review)]
    return "\n".join(
        [
            "<article>",
            "<header>",
            f"<h1>{text(public.title(review))}</h1>",
            f'<p class="about">{dots(_about(review, target))}</p>',
            *(f'<p class="note">{text(note)}</p>' for note in notes),
            "</header>",
            *_contents(parts),
            *(_section(*part) for part in parts),
            "</article>",
        ]
    )


def _about(review: Review, target: Callable[[str, str], str]) -> Iterator[str]:
    held, facts = public.held(review), review.head.facts
    if held:
        spelled = f"{held.day} {_MONTHS[held.month - 1]} {held.year}"
        yield f'<time datetime="{held.isoformat()}">{spelled}</time>'
    if service := clean_line(facts.get("service", "")):
        yield _linked(service, target("service", service))
    if severity := clean_line(facts.get("severity", "")):
        yield text(severity)
    for tag in sorted(review.head.tags):
        yield f'<span class="tag">{_linked(f"#{clean_line(tag)}", target("tag", tag))}</span>'


def _linked(words: str, target: str) -> str:
    return f'<a href="{text(target)}">{text(words)}</a>' if target else text(words)


def description(review: Review) -> str:
    """Return what the summary begins with, as a sentence or two of plain text; "" where there is none."""
    words = " ".join(clean_line(entry.text) for entry in markdown.summarised(review))
    return words if len(words) <= 280 else words[:280].rpartition(" ")[0] + " …"


def blocks(source: str, *, label: str = "") -> str:
    """Return Markdown of ours as HTML; `label` says what its tables are about."""
    return allowed(str(_renderer().render(source, {"label": label})))


def item(source: str) -> str:
    """Return the Markdown of one list item, without its dash, as an item of HTML."""
    return blocks(f"- {source}").removeprefix("<ul>\n").removesuffix("\n</ul>\n")


def _anchor(title: str) -> str:
    return slug(title, empty="section")


def _contents(parts: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    if len(parts) > 1:
        links = (f'<li><a href="#{anchor}">{text(title)}</a></li>' for title, anchor, _ in parts)
        yield '<nav class="contents" aria-label="On this page">\n<p>On this page</p>\n<ul>'
        yield from links
        yield "</ul>\n</nav>"


def _section(title: str, anchor: str, body: str) -> str:
    inner = blocks(body, label=title)
    head = f'<h2 id="{anchor}">{text(title)}</h2>'
    return f'<section aria-labelledby="{anchor}" class="{anchor}">\n{head}\n{inner}</section>'


@cache
def _renderer() -> MarkdownIt:
    from markdown_it import MarkdownIt  # only a site needs it

    made = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False}).enable("table")
    vars(made)["normalizeLinkText"] = _as_written  # this parser would show %41 as A
    made.core.ruler.push("tasks", _mark_tasks)
    made.core.ruler.push("links", _drop_odd_links)
    made.add_render_rule("table_open", _table_open)
    made.add_render_rule("table_close", _table_close)
    made.add_render_rule("th_open", _heading_cell)
    return made


def _as_written(url: str) -> str:
    return url


def _mark_tasks(state: StateCore) -> None:
    """Make an item with a box one that says in words how far it is; a box that somebody typed has a backslash."""
    for at, token in enumerate(state.tokens):
        children = token.children or []
        found = children and _BOXES.get(token.content[:4])
        if found and at > 1 and state.tokens[at - 2].type == "list_item_open":
            name, words = found
            state.tokens[at - 2].attrSet("class", f"task {name}")
            children[0].content = children[0].content[4:]
            children.insert(0, type(token)("html_inline", "", 0, content=f'<span class="spoken">{words}</span>'))


def _drop_odd_links(state: StateCore) -> None:
    """Let an address stay mere text where no browser could follow it; what looks like one may be half of a sentence."""
    for token in state.tokens:
        odd, kept = False, []
        for child in token.children or ():
            if child.type == "link_open":
                odd = not _ADDRESS.fullmatch(str(child.attrGet("href")))
            if not (odd and child.type in {"link_open", "link_close"}):
                kept.append(child)
        if token.children:
            token.children = kept


def _table_open(_: RendererHTML, __: Sequence[Token], ___: int, ____: OptionsDict, env: Any) -> str:  # noqa: ANN401
    label = text(env["label"] or "Table")
    return f'<div class="wide" role="region" aria-label="{label}" tabindex="0">\n<table>\n'


def _table_close(*_: object) -> str:
    return "</table>\n</div>\n"


def _heading_cell(*_: object) -> str:
    return '<th scope="col">'
