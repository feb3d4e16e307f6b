"""Small changes to YAML: made where the value stands, in the manner of what is around it."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from lrtui.review.yaml_edit import Value, add, append, drop, end_with, parsed, put, replace

IN_LINES = """\
name: a  # the name
steps:
  - key: one
    minutes: 5  # long enough
    prompts:
    - Why?
    coach: >-
      Ask.

  # the second
  - {key: two, title: Two}
"""


@pytest.mark.parametrize(
    ("after", "before", "now"),
    [
        (put(IN_LINES, ["steps", "one"], "minutes", 7), "minutes: 5  #", "minutes: 7  #"),
        (put(IN_LINES, ["steps", "two"], "minutes", 7), "title: Two}", "title: Two, minutes: 7}"),
        (put(IN_LINES, (), "version", 2, after="name"), "# the name\n", "# the name\nversion: 2\n"),
        (put(IN_LINES, ["steps", "one"], "say", "a\n\nb"), "Ask.\n", "Ask.\n    say: |-\n      a\n\n      b\n"),
        (put(IN_LINES, ["steps", "two"], "say", "a\nb"), "title: Two}", 'title: Two, say: "a\\nb"}'),
        (add(IN_LINES, ["steps", "one", "prompts"], "How: so?"), "- Why?\n", '- Why?\n    - "How: so?"\n'),
        (add(IN_LINES, ["steps"], {"key": "new"}, first=True), "  - key: one", "  - key: new\n  - key: one"),
        (append(IN_LINES, ["steps", "one", "coach"], "Wait."), "      Ask.\n", "      Ask.\n\n      Wait.\n"),
        (drop(IN_LINES, ["steps", "two"]), "  - {key: two, title: Two}\n", ""),
        (replace(IN_LINES, ["steps", "two"], {"key": "x"}), "{key: two, title: Two}", "{key: x}"),
        (end_with(IN_LINES, "log", ["a"]), "title: Two}\n", "title: Two}\n\nlog:\n  - a\n"),
    ],
)
def test_a_change_is_made_in_place(after: str, before: str, now: str) -> None:
    assert after == IN_LINES.replace(before, now)


def test_a_step_goes_with_its_lines_and_what_is_said_of_the_next_stays() -> None:
    after = drop(IN_LINES, ["steps", "one"])
    assert after == "name: a  # the name\nsteps:\n\n  # the second\n  - {key: two, title: Two}\n"


@pytest.mark.parametrize("number", range(3))
def test_an_item_goes_out_of_brackets_with_its_comma(number: int) -> None:
    items = ["{key: a}", "{key: b}", "{key: c}"]
    del items[number]
    assert drop("s: [{key: a}, {key: b}, {key: c}]\n", ["s", "abc"[number]]) == f"s: [{', '.join(items)}]\n"
    assert drop("s: [{key: a}]\n", ["s", "a"]) == "s: []\n"


def test_places_are_counted_in_characters_whatever_these_are() -> None:
    text = "語: 😀 é\nb: {c: 日本, d: 5}\n"
    assert put(text, ["b"], "d", 6) == text.replace("5", "6")


def test_what_is_not_there_cannot_be_changed() -> None:
    with pytest.raises(KeyError):
        put("a: b\n", ["c", "d"], "e", 1)


WORDS = st.text(alphabet=st.sampled_from("ab1 :#-'\"\n,[]{}&*!|>%@`\\~?é…=<語"), max_size=12)
values: st.SearchStrategy[Value] = st.recursive(
    st.integers(0, 99) | st.booleans() | WORDS,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3) | st.dictionaries(st.sampled_from("xyz"), inner, min_size=1, max_size=3)
    ),
    max_leaves=5,
)


def plain(value: Value) -> object:
    """What is read of a value where everything is a text."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return {name: plain(part) for name, part in value.items()}
    return [plain(part) for part in value] if isinstance(value, list) else str(value)


def read(text: str) -> object:
    return yaml.load(text, Loader=yaml.CBaseLoader)  # noqa: S506 - texts alone


@given(values, st.sampled_from(["a: {b: c}\n", "a:\n  b: c\n", "{a: {b: c}}", "a:\n    b: |\n      c\n"]))
def test_whatever_is_put_somewhere_is_read_there_and_all_else_as_it_was(value: Value, text: str) -> None:
    before = read(text)
    assert isinstance(before, dict)
    assert read(put(text, ["a"], "new", value)) == {"a": {**before["a"], "new": plain(value)}}
    assert parsed(put(text, ["a"], "new", value)).at(["a", "new"]) is not None
