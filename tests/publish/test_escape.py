from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrtui.publish.escape import block, cell, heading, inline, link, tag
from lrtui.review.text import clean, clean_line
from tests.publish.reading import OURS, lines, renderer, see, texts

MENTION = re.compile(r"(?:^|[^A-Za-z0-9_])@[A-Za-z0-9]")
ISSUE = re.compile(r"(?<!&)#[0-9]+(?!\w)|(?:^|[^A-Za-z0-9_])gh-[0-9]+(?!\w)", re.IGNORECASE)
EMOJI = re.compile(r":[a-z]+:|:[+-]1:")
MATH = re.compile(r"\$(?=\S).*(?<=\S)\$(?!\w)")
ANGLED = re.compile(r"<[^<>\s]*>")
WWW = re.compile(r"(?:^|[\s*_~(])www\.[^\s<]*|(?:https?|ftp)://[^\s<]*", re.IGNORECASE)


@given(text=lines, linkify=st.booleans())
def test_a_line_is_read_back_as_it_was_typed(*, text: str, linkify: bool) -> None:
    seen = see(f"before {inline(text)} after", linkify=linkify)
    assert seen.paragraphs == [f"before {text} after"]
    assert seen.inline <= OURS - {"strong_open", "softbreak", "hardbreak"}


@given(text=lines, linkify=st.booleans())
def test_a_link_leads_where_it_should_whatever_its_words_and_nowhere_else(*, text: str, linkify: bool) -> None:
    parts = renderer(linkify=linkify).parseInline(link(text, "tags/db.md"))[0].children or []
    assert [part.attrGet("href") for part in parts if part.type == "link_open"] == ["tags/db.md"]
    assert (parts[0].type, parts[-1].type) == ("link_open", "link_close")
    assert "".join(part.content for part in parts) == text


@given(text=texts, linkify=st.booleans())
def test_a_cell_is_read_back_as_it_was_typed(*, text: str, linkify: bool) -> None:
    seen = see(f"| a | b |\n| --- | --- |\n| x | {cell(text)} |", linkify=linkify)
    assert seen.rows[1:] == [["x", " / ".join(filter(None, map(clean_line, clean(text).split("\n"))))]]
    assert seen.inline <= OURS - {"strong_open"}


@given(typed=st.lists(lines, min_size=1, max_size=3), linkify=st.booleans(), box=st.sampled_from(["", "[ ] "]))
def test_an_item_keeps_its_lines_and_opens_nothing_else(*, typed: list[str], linkify: bool, box: str) -> None:
    text = "\n".join(typed)
    seen = see(f"- {box}{block(text, indent='  ')}\n- next", linkify=linkify)
    assert seen.items == [box + "\n".join(filter(None, map(clean_line, clean(text).split("\n")))), "next"]
    assert seen.blocks == {
        f"{name}_{end}" for name in ("bullet_list", "list_item", "paragraph") for end in ("open", "close")
    } | {"inline"}


@given(typed=st.lists(lines, min_size=2, max_size=3), linkify=st.booleans(), box=st.sampled_from(["", "[ ] "]))
def test_an_item_keeps_its_paragraphs_and_opens_nothing_else(*, typed: list[str], linkify: bool, box: str) -> None:
    text = "\n\n".join(typed)
    seen = see(f"- {box}{block(text, indent='  ')}\n- next", linkify=linkify)
    first, *others = [line for line in map(clean_line, clean(text).split("\n")) if line]
    assert seen.items == [box + first, *others, "next"]
    assert seen.blocks == {
        f"{name}_{end}" for name in ("bullet_list", "list_item", "paragraph") for end in ("open", "close")
    } | {"inline"}


@given(lines)
def test_a_heading_is_read_back_as_it_was_typed(text: str) -> None:
    seen = see(f"# {heading(text)}")
    assert seen.headings == [text]


@given(lines)
def test_bold_print_holds_any_text(text: str) -> None:
    seen = see(f"- x — **{inline(text)}**, due")
    assert seen.items == [f"x — {text}, due"]
    assert "strong_open" in seen.inline


@given(lines)
def test_nobody_is_notified_and_nothing_is_linked_or_replaced_by_github(text: str) -> None:
    for bare in see(inline(text)).bare + see(f"a\n\n{inline(text)}").bare:
        assert not MENTION.search(bare)
        assert not ISSUE.search(bare)
        assert not EMOJI.search(bare)
        assert not MATH.search(bare)


@given(lines)
def test_no_backslash_gets_into_an_address_that_github_finds_by_itself(text: str) -> None:
    if "\\" not in text and "`" not in text:
        assert not [found for found in WWW.findall(ANGLED.sub("", inline(text))) if "\\" in found or "`" in found]


@pytest.mark.parametrize(
    "text",
    [
        "p99_latency rose from 1.5 s to 4 s",
        "a * b, 3 < 4, 5 > 4, 1 & 2",
        "C:\\logs, or ~5 minutes, at 14:05:30",
        "cost $5, echo $HOME and $USER",
        "retries (3) [see above] | sorted",
        "ana@example.com and www.example.com/a",
        "C# and #123abc and -5 %",
    ],
)
def test_what_has_no_other_meaning_stays_as_it_is(text: str) -> None:
    assert inline(text) == text
    assert block(text) == text


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("ask @ana and @org/team.", "ask `@ana` and `@org/team`."),
        ("as in #12, GH-7 and o/r#3", "as in `#12`, `GH-7` and o/r`#3`"),
        ("@ana#12 :tada:", "`@ana#12` `:tada:`"),
        ("from $a$ to b", "from `$a$` to b"),
        ("(see https://x.org/a_b(c)).", "(see <https://x.org/a_b(c)>)."),
        ("www.x.org/a*b", r"www\.x.org/a\*b"),
        ("<b>bold</b> &amp; `code` **strong**", r"\<b>bold\</b> \&amp; \`code\` \*\*strong\*\*"),
        ("__init__ [a](b)", r"\_\_init\_\_ [a\](b)"),
    ],
)
def test_what_would_mean_something_else_is_escaped_in_the_plainest_way(text: str, markdown: str) -> None:
    assert inline(text) == markdown


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("- not a list", r"\- not a list"),
        ("1. not a number", r"1\. not a number"),
        ("# not a heading", r"\# not a heading"),
        ("> not a quotation", r"\> not a quotation"),
        ("[x] not a box", r"\[x] not a box"),
        ("first\n---\n=", "first\\\n  \\---\\\n  \\="),
        ("first\n\n\n- second\n- third", "first\n\n  \\- second\\\n  \\- third"),
    ],
)
def test_what_opens_a_block_at_the_start_of_a_line_is_escaped(text: str, markdown: str) -> None:
    assert block(text, indent="  ") == markdown


def test_a_tag_is_code_unless_its_letters_do_not_allow_it() -> None:
    assert tag("db") == "`#db`"
    assert see(f"| {tag('a`|b')} |\n| --- |").cells == ["#a`|b"]


@pytest.mark.parametrize("piece", ["$a", "www.", "https://x)", ":a", "@a-", "`", "&a", "_", "~", "\\", "#", "](", "*"])
def test_hostile_repetition_is_harmless(piece: str) -> None:
    text = f"a {piece * 4000}"
    assert see(f"x {inline(text)}").paragraphs == [f"x {text}"]
