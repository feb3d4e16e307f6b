"""Searching sees words: without case, accents and punctuation, the same on both sides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrtui.store.words import Wanted, cut, fold


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Checkout p99 > 4 s!", ["checkout", "p99", "4", "s"]),
        ("snake_case kebab-case a/b", ["snake", "case", "kebab", "case", "a", "b"]),
        ("Café CAFE\u0301 ÉCOLE", ["cafe", "cafe", "ecole"]),
        ("Straße, STRASSE", ["strasse", "strasse"]),
        ("İstanbul 𝐁old ﬁx", ["istanbul", "bold", "fix"]),
        ("हिन्दी", ["हनद"]),
        ("障害 db-1", ["障", "害", "db", "1"]),
        ("\" * : - ( ) ^ { } '", []),
        ("", []),
    ],
)
def test_text_is_cut_into_plain_words(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@given(st.text())
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_case_and_punctuation_make_no_difference(text: str) -> None:
    assert cut(f"«{text}»!") == cut(text)
    assert cut(" ".join(cut(text))) == cut(text)


@given(st.text())
def test_every_text_holds_its_own_words(text: str) -> None:
    wanted = Wanted.read(text)
    if wanted is None:
        assert cut(text) == []
    else:
        assert wanted.found_in(text) == wanted.count


@pytest.mark.parametrize(
    ("typed", "text", "expected"),
    [
        ("check", "the checkout", 1),
        ("heck", "the checkout", 0),
        ("check the", "the checkout", 1),
        ("the check", "Checkout: THE end", 2),
        ("retry storm", "a storm of retries", 1),
        ("deploy deploy", "deployed", 1),
        ("deploy deploy", "deploy", 2),
    ],
)
def test_only_the_last_word_may_be_just_begun(typed: str, text: str, expected: int) -> None:
    wanted = Wanted.read(typed)
    assert wanted is not None
    assert wanted.found_in(text) == expected
