from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrtui.review.text import clean, clean_block, clean_line, is_harmless

anything = st.text(
    st.one_of(st.characters(), st.sampled_from("\x00\x07\x1b\x7f\x9b\x9d\u200f\u202e\u2066\u2028\ud800\r\n\t"))
)
BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def obeyed_by_a_terminal(text: str) -> list[str]:
    control = {"Cc", "Cs", "Zl", "Zp"}
    return [char for char in text if char in BIDI or unicodedata.category(char) in control]


@given(anything)
def test_of_what_a_terminal_obeys_only_line_ends_and_tabs_are_left(text: str) -> None:
    assert not set(obeyed_by_a_terminal(clean(text))) - {"\n", "\t"}
    assert is_harmless(clean(text))
    assert is_harmless(text) == (clean(text) == text.replace("\r\n", "\n").replace("\r", "\n"))


@given(anything)
def test_one_line_has_nothing_a_terminal_obeys_and_no_space_too_many(text: str) -> None:
    line = clean_line(text)
    assert not obeyed_by_a_terminal(line)
    assert line == line.strip()
    assert "  " not in line


@given(anything)
def test_a_block_keeps_its_lines_and_one_empty_line_between_two_paragraphs(text: str) -> None:
    block = clean_block(text)
    assert not set(obeyed_by_a_terminal(block)) - {"\n"}
    assert "\n\n\n" not in block
    assert block == block.strip()
    assert [line for line in block.split("\n") if line] == [
        line for line in map(clean_line, clean(text).split("\n")) if line
    ]
    if "\n" not in clean(text):
        assert block == clean_line(text)


@given(anything)
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)
    assert clean_line(clean_line(text)) == clean_line(text)
    assert clean_block(clean_block(text)) == clean_block(text)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="".join(BIDI))))
def test_harmless_text_stays_as_it_is(text: str) -> None:
    assert clean(text) == text


@given(anything)
def test_no_character_vanishes(text: str) -> None:
    assert len(clean(text)) == len(text.replace("\r\n", "\n"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J", "␛[2J"),
        ("\x1b]52;c;aGk=\x07", "␛]52;c;aGk=␇"),
        ("a\x00b", "a␀b"),
        ("\x7f", "␡"),
        ("\x9b2J", "\N{REPLACEMENT CHARACTER}2J"),
        ("safe\u202etxt.exe", "safe\N{REPLACEMENT CHARACTER}txt.exe"),
        ("\ud800", "\N{REPLACEMENT CHARACTER}"),
        ("one\r\ntwo\rthree\tfour", "one\ntwo\nthree\tfour"),
    ],
)
def test_what_was_hostile_is_made_visible(text: str, shown: str) -> None:
    assert clean(text) == shown
