"""YAML without its guesses and its dangers."""

from __future__ import annotations

import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from lrtui.review import yaml_text
from lrtui.review.yaml_text import DEEPEST, LARGEST, MOST, Items, Keys, Place, Scalar, read

PARSERS = [yaml.SafeLoader, *([yaml.CSafeLoader] if yaml.__with_libyaml__ else [])]


@pytest.fixture(autouse=True, params=PARSERS, ids=lambda parser: str(parser.__name__))
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_text, "_PARSER", request.param)


def texts(source: str) -> dict[str, str]:
    root, faults = read(source)
    assert not faults
    assert isinstance(root, Keys)
    return {key: node.text for key, (_, node) in root.pairs.items() if isinstance(node, Scalar)}


def first_fault(source: str) -> tuple[int, int, str]:
    root, faults = read(source)
    assert root is None
    return faults[-1]


@pytest.mark.parametrize("word", ["14:05", "on", "no", "012", "1.10", "1e3", "2026-11-22", "~", "null", "0x1F", "="])
def test_a_word_stays_as_it_was_written(word: str) -> None:
    assert texts(f"a: {word}") == {"a": word}


def test_every_value_knows_its_line_and_column() -> None:
    root, _ = read("a: x\nlist:\n  - one\n  - {b: c}\n")
    assert isinstance(root, Keys)
    place, items = root.pairs["list"]
    assert place == (2, 1)
    assert isinstance(items, Items)
    assert [item.place for item in items.items] == [(3, 5), (4, 5)]
    assert root.pairs["a"] == (Place(1, 1), Scalar(Place(1, 4), "x"))


def test_an_escape_sequence_written_in_yaml_is_made_visible() -> None:
    assert texts('a: "\\e[2J\\u202e"') == {"a": "␛[2J\N{REPLACEMENT CHARACTER}"}
    assert texts("a: x\x1b[2J") == {"a": "x␛[2J"}


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm() -> None:
    assert texts("\ufeffa: x\r\nb: y\r\n") == {"a": "x", "b": "y"}


def test_what_repeats_or_names_a_part_is_refused_with_its_place() -> None:
    _, faults = read("a: &x 1\nb: *x\nc: !!int 3\n<<: {d: 4}\n? [e]\n: f\na: 2\n")
    assert [fault[:2] for fault in faults] == [(1, 4), (2, 4), (3, 4), (4, 1), (5, 3), (7, 1)]
    assert "stands here twice, first in line 1" in faults[-1].message


@pytest.mark.parametrize("opening", ["[", "- ", "{a: ", "? "])
def test_nesting_without_end_is_refused(opening: str) -> None:
    line, _, message = first_fault(opening * (LARGEST // len(opening)))
    assert line == 1
    assert message == f"the levels go too deep; at most {DEEPEST} are read"


def test_a_hundred_thousand_brackets_are_refused() -> None:
    line, column, message = first_fault("[" * 100_000)
    assert (line, message) == (1, f"the levels go too deep; at most {DEEPEST} are read")
    assert column > DEEPEST


def test_a_bomb_of_aliases_is_refused_and_never_unfolded() -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))
    root, faults = read(bomb)
    assert isinstance(root, Keys)
    assert len(faults) == 40 + 2 * 39


def test_a_bomb_of_merge_keys_is_refused() -> None:
    bomb = "a0: &a0 {k: v}\n" + "".join(f"a{n}: &a{n}\n  <<: [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))
    _, faults = read(bomb)
    assert sum('"<<"' in fault.message for fault in faults) == 39


def test_too_large_a_file_and_too_many_values_are_refused() -> None:
    assert first_fault("x" * (LARGEST + 1))[2] == "the file is too large; at most 256 KiB are read"
    assert first_fault("[" + "x," * MOST + "]")[2] == "there is too much in it; at most 5,000 values are read"


def test_a_second_document_is_refused() -> None:
    assert first_fault("a: b\n---\nc: d\n")[:2] == (2, 1)


def test_an_empty_text_has_neither_a_tree_nor_faults() -> None:
    assert read("# nothing yet\n") == (None, [])


@pytest.mark.parametrize(
    ("source", "place", "words"),
    [
        ("a:\n\tb: c\n", (2, 1), "a tab cannot indent"),
        ("a: @ana\n", (1, 4), 'text cannot begin with "@"'),
        ("a: why: not\n", (1, 7), "a colon cannot stand here"),
        ("a: 'it's'\n", (1, 8), "does not line up"),
        ('a: b\nc: "d\ne: f\n', (2, 4), "that opens here is never closed"),
        ("a: [b, c\nd: e\n", (2, 2), "a list in [ ] or a mapping in { } is not closed"),
        ("a: 1\nbcd\ne: 2\n", (3, 1), "the line above is neither a key nor text"),
        ("a: - b\n", (1, 4), "a list cannot begin on this line"),
        ("a:\n  - b: c\n   d: e\n", (3, 4), "does not line up"),
        ("a: * b\n", (1, 5), 'text cannot begin with "*"'),
        ("a: |x\n  b\n", (1, 5), "nothing may follow"),
        ("a: b\nc: \ufffe\n", (2, 4), "a character that no YAML file may hold"),
    ],
)
def test_what_is_no_yaml_is_told_in_plain_words(source: str, place: tuple[int, int], words: str) -> None:
    line, column, message = first_fault(source)
    assert (line, column) == place
    assert words in message


def test_an_escape_beyond_all_characters_is_a_fault() -> None:
    assert "is no character" in first_fault(r'a: "\UFFFFFFFF"')[2]


@given(st.text(alphabet=st.sampled_from("ab1 \n\t:-[]{},&*!|>%@`'\"\\#?~<=e\x1b\ufeff\ud800\U0001f600"), max_size=60))
def test_no_text_at_all_breaks_the_reader(source: str) -> None:
    root, faults = read(source)
    nothing = not re.sub(r"(^|\s)#.*", "", source.removeprefix("\ufeff")).strip("\ufeff \n")
    assert root is not None or faults or nothing
    assert all(fault.line >= 1 and fault.column >= 1 and fault.message for fault in faults)
