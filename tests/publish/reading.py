"""Text that is hard to publish, and a reader of Markdown that tells what somebody sees of it once it is rendered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from markdown_it import MarkdownIt

from lrtui.review.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

OURS = {"text", "softbreak", "hardbreak", "code_inline", "strong_open", "strong_close", "link_open", "link_close"}


@dataclass
class Seen:
    """What a reader sees: headings, paragraphs, list items and the cells of tables, each as plain text.

    `inline` and `blocks` are the kinds of token met; `bare` is the text outside code and links, in which GitHub looks
    for names, numbers and emoji.
    """

    headings: list[str] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    inline: set[str] = field(default_factory=set)
    blocks: set[str] = field(default_factory=set)
    bare: list[str] = field(default_factory=list)

    @property
    def cells(self) -> list[str]:
        """The text of every cell of every table."""
        return [cell for row in self.rows for cell in row]


def renderer(*, linkify: bool = False) -> MarkdownIt:
    """Make a parser for tables and strikethrough; `linkify` turns bare addresses into links, as GitHub does."""
    parser = MarkdownIt("commonmark", {"linkify": linkify}).enable(["table", "strikethrough"])
    if linkify:
        parser.enable("linkify")

    def as_written(url: str) -> str:
        return url

    vars(parser)["normalizeLinkText"] = as_written  # this parser shows %41 as A; GitHub does not
    return parser


def see(markdown: str, *, linkify: bool = False) -> Seen:
    """Read Markdown, with or without front matter."""
    if markdown.startswith("---\n"):
        markdown = markdown.split("\n---\n", 1)[1]
    seen, inside = Seen(), [""]
    for token in renderer(linkify=linkify).parse(markdown):
        seen.blocks.add(token.type)
        if token.type == "tr_open":
            seen.rows.append([])
        elif token.type.endswith("_open"):
            inside.append(token.type)
        elif token.type == "inline":
            children = token.children or []
            seen.inline.update(child.type for child in children)
            seen.bare.extend(_bare(children))
            _place(seen, inside[-1], inside[-2], "".join(_text(children)))
        elif token.type.endswith("_close") and token.type != "tr_close":
            inside.pop()
    return seen


def _place(seen: Seen, block: str, around: str, text: str) -> None:
    if block in {"th_open", "td_open"}:
        seen.rows[-1].append(text)
    elif block == "heading_open":
        seen.headings.append(text)
    elif around == "list_item_open":
        seen.items.append(text)
    else:
        seen.paragraphs.append(text)


def _bare(children: Sequence[Token]) -> Iterator[str]:
    run, linked = "", False
    for child in children:
        linked = child.type == "link_open" or (linked and child.type != "link_close")
        if child.type == "text" and not linked:
            run += child.content
        else:
            yield run
            run = ""
    yield run


def _text(children: Sequence[Token]) -> Iterator[str]:
    for child in children:
        yield "\n" if child.type in {"softbreak", "hardbreak"} else child.content


NASTY = (
    "|", "||", "\\", "\\|", "`", "``", "```", "*", "**", "***", "_", "__", "~", "~~", "~~~", "[", "]", "](", "[x] ",
    "[ ]", "[^1]", "[a]: b", "![", "(", ")", "<", ">", "<b>", "</b>", "<!--", "-->", "<?x?>", "<a@b.c>", "&", "&amp;",
    "&#35;", "&lt;script&gt;", "@", "@ana", "@org/team", "@ana.", "#", "#12", "##", "# ", "GH-12", ":tada:", ":+1:",
    ":", "::", "$", "$$", "$a$", "$HOME", "- ", "-", "---", "+ ", "1. ", "2) ", "=", "===", ":-:", ":-: | :-:", "> ",
    "    ", "\t", "https://example.com/a_b_c*d*", "https://x.org/?a=1&b=2&copy;", "http://x", "https://",
    "www.example.com/_a_*b*", "www.", "ftp://f/~u~", "ana@example.com", "\u00a0", "\u200b", "é", "€", "👩‍💻", "日本",
    "p99_latency", "a * b", "C:\\logs\\x", "{{ x }}", '"', "'", "javascript:alert(1)", "<https://x.org>",
    "<javascript:x>", " ", "  ", "a", "Z", "0",
)  # fmt: skip

texts = st.lists(st.sampled_from(NASTY) | st.text(max_size=3), min_size=1, max_size=8).map("".join)
lines = texts.map(clean_line).filter(bool)
