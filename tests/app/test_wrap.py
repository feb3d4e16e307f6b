from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rich.cells import cell_len

from lrtui.app.wrap import cut, pad, wrap

# letters of one cell and of two, accents of their own, an emoji of several characters, very long words, all white space
pieces = st.one_of(
    st.text("ab·", max_size=4), st.text("日本", max_size=4), st.sampled_from(["e\u0301", "👩‍💻", "x" * 40, "日" * 30])
)
texts = st.lists(st.one_of(pieces, st.sampled_from([" ", "  ", "\t", "\n"])), max_size=16).map(" ".join)
anything = st.one_of(texts, st.text(max_size=40))
widths = st.integers(2, 60)
hangs = st.integers(0, 8)


def bare(text: str) -> str:
    return "".join(text.split())


@given(text=anything, width=widths, hang=hangs)
@example(text="日本", width=2, hang=1)
@example(text="    日日日", width=3, hang=8)
def test_no_line_is_wider_than_the_width(text: str, width: int, hang: int) -> None:
    assert max(map(cell_len, wrap(text, width, hang))) <= width


@given(text=anything, width=widths, hang=hangs)
def test_no_word_is_lost_and_none_added(text: str, width: int, hang: int) -> None:
    assert bare("".join(wrap(text, width, hang))) == bare(text)


@given(text=st.lists(st.text("abc", min_size=1, max_size=6), max_size=12).map(" ".join), width=st.integers(10, 40))
def test_words_that_fit_stay_whole_and_lines_are_as_full_as_they_can_be(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert " ".join(lines).split() == text.split()
    for line, following in pairwise(lines):
        assert len(line) + 1 + len(following.split()[0]) > width


@given(text=anything)
def test_a_text_that_fits_stays_as_it_is(text: str) -> None:
    whole = text.expandtabs(4)
    assert wrap(text, 5000) == whole.split("\n")


@given(text=texts, hang=hangs, width=st.integers(20, 60))
def test_what_does_not_fit_on_the_first_line_hangs_below_its_text(text: str, hang: int, width: int) -> None:
    _, *rest = wrap(" ".join(text.split()), width, hang)
    assert all(line.startswith(" " * hang) and line[hang] != " " for line in rest)


def test_a_paragraph_that_stands_in_goes_on_where_it_begins() -> None:
    assert wrap("  one two three", 9) == ["  one two", "  three"]
    assert wrap("· one two three", 9, hang=2) == ["· one two", "  three"]


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("· 宛先ごとに待ち行列を分け、どれか", 30, ["· 宛先ごとに待ち行列を分け、ど", "  れか"]),
        ("待ち行列を、分ける", 10, ["待ち行列", "  を、分け", "  る"]),
        ("見た「待ち行列」だ", 7, ["見た", "  「待", "  ち行", "  列」", "  だ"]),
        ("the queue 待ち行列", 14, ["the queue 待ち", "  行列"]),
        ("대기열이 길다", 10, ["대기열이", "  길다"]),
        ("か\u3099か\u3099", 3, ["か\u3099", " か\u3099"]),
    ],
)
def test_chinese_and_japanese_wrap_between_signs_but_not_before_a_mark(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width, 2) == lines


def test_a_word_too_long_for_any_line_begins_where_there_is_room() -> None:
    assert wrap("· https://example.com/a/b", 16, 2) == ["· https://exampl", "  e.com/a/b"]
    assert wrap("look at https://example.com/a/b", 12) == ["look at", "https://exam", "ple.com/a/b"]


@given(text=anything, width=st.integers(0, 60))
def test_what_is_cut_is_of_the_width_and_tells_so(text: str, width: int) -> None:
    shown = cut(text, width)
    line = " ".join(text.split())
    assert cell_len(shown) <= width
    assert shown == line or shown.endswith("…") or width == 0
    assert line.startswith(shown.removesuffix("…"))


@given(text=anything.filter(lambda text: "\n" not in text and "\t" not in text), width=st.integers(0, 60))
def test_what_is_padded_is_exactly_of_the_width(text: str, width: int) -> None:
    assert cell_len(pad(text, width)) == width


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_there_is_always_a_line(text: str) -> None:
    assert wrap(text, 10)
