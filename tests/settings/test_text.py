from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrtui.commands import BY_NAME, COMMANDS, Scope, here
from lrtui.review.capture import PREFIXES
from lrtui.review.hint_class import HintClass
from lrtui.review.model import Kind
from lrtui.settings.keys import ARRIVING
from lrtui.settings.prefixes import KINDS
from lrtui.settings.text import example, read_settings, spell
from lrtui.settings.values import ClockStyle, Reading, Settings, Theme

if TYPE_CHECKING:
    from collections.abc import Mapping

MARKS = ("d:", "q:", "todo:", "=>", "?", "!", "~", "-", "x y", "14:02", "é:", "//", "due:", "5", "", '"', "§§")

PIECES = (
    *("keys:", "  next: f9", "  close:", "prefixes: [", "theme: dark", "- x", "bell: {a: b}", "hints:"),
    *("  minimiser: off", "\tx", "'", "prefixes:", "  action:", '    - "d:"', "template: [x]", "clock: left"),
)


def said(text: str) -> list[str]:
    return [f"{line}:{column}: {message}" for line, column, message in read_settings(text).faults]


def one_fault(text: str) -> str:
    (fault,) = said(text)
    return fault


def again(chosen: Settings) -> Reading:
    return read_settings(spell(chosen, lambda _: ""))


def assert_sound(chosen: Settings) -> None:
    """A key means one thing on a screen, and every kind of line can be written."""
    for scope in Scope:
        keys = Counter(command.key for command in here(scope, chosen.commands) if command.key)
        assert set(keys.values()) == {1}, scope
    assert set(chosen.prefixes.values()) == set(Kind)
    assert chosen.prefixes["//"] is Kind.PRIVATE


def test_everything_can_be_set() -> None:
    text = """\
theme: light
template: quick-review
clock: both
bell: on
flash: yes
prefixes: {decision: ["SO:", "=>"], question: ["?"]}
keys:
  next: F10
  skip: C-r
  page-up: ctrl+s
hints: {minimiser: on, absolute: off}
"""
    found = read_settings(text)
    assert found.faults == ()
    assert found.settings == Settings(
        theme=Theme.LIGHT,
        template="quick-review",
        clock=ClockStyle.BOTH,
        bell=True,
        flash=True,
        prefixes=found.settings.prefixes,
        keys={"next": "f10", "skip": "ctrl+r", "page-up": "ctrl+s"},
        hints=frozenset(HintClass) - {HintClass.ABSOLUTE},
    )
    assert found.settings.prefixes == {
        **{mark: kind for mark, kind in PREFIXES.items() if kind not in {Kind.DECISION, Kind.QUESTION}},
        "so:": Kind.DECISION,
        "=>": Kind.DECISION,
        "?": Kind.QUESTION,
    }
    assert found.lines["theme",] == 1
    assert found.lines["keys", "skip"] == 9


@pytest.mark.parametrize("text", ["", "# nothing set\n", "theme:\nkeys:\nprefixes:\n  decision:\n", "keys: {next: f8}"])
def test_what_is_not_set_is_as_it_ships(text: str) -> None:
    found = read_settings(text)
    assert (found.settings, found.faults) == (Settings(), ())
    assert found.settings.commands == COMMANDS


def test_all_faults_are_told_at_once_each_with_its_place_and_what_to_write_instead() -> None:
    text = """\
theme: drak
templat: x
clock: spend
bell: loud
prefixes: {decison: ["x:"]}
keys: {nxt: f8, next: ctrl+m}
hints: {minimizer: on}
"""
    assert said(text) == [
        '1:8: "drak" is no theme; did you mean "dark"?',
        '2:1: there is no setting "templat"; did you mean "template"?',
        '3:8: "spend" is no style of the clock; did you mean "spent"?',
        '4:7: "bell" is "true" or "false", not "loud"',
        '5:12: there is no kind of line "decison"; did you mean "decision"?',
        '6:8: there is no command "nxt"; did you mean "next"?',
        '6:23: "ctrl+m" arrives as Enter; "f10" is free',
        '7:9: there is no class of hints "minimizer"; did you mean "minimiser"?',
    ]
    assert read_settings(text).settings == Settings()


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("ctrl+m", "arrives as Enter"),
        ("Ctrl+I", "arrives as Tab"),
        ("C-h", "arrives as Backspace"),
        ("ctrl+[", "arrives as Escape"),
        ("ctrl+j", "arrives as Enter in many terminals"),
        ("ctrl+b", "belongs to tmux"),
        ("ctrl+a", "belongs to screen"),
        ("ctrl+c", "copies, in most terminals as well"),
        ("ctrl+enter", "does not arrive through every terminal and tmux"),
        ("ctrl+tab", "does not arrive through every terminal and tmux"),
        ("ctrl+5", "does not arrive through every terminal and tmux"),
        ("ctrl+.", "does not arrive through every terminal and tmux"),
        ("ctrl+-", "does not arrive through every terminal and tmux"),
        ("alt+x", "does not arrive through every terminal and tmux"),
        ("M-x", "does not arrive through every terminal and tmux"),
        ("ctrl+shift+z", "does not arrive through every terminal and tmux"),
        ("shift+f5", "does not arrive through every terminal and tmux"),
        ("insert", "does not arrive through every terminal and tmux"),
        ("f11", "is kept by many terminals for themselves"),
        ("enter", "always enters what is typed"),
        ("x", "belongs to the line that one types on"),
        ("7", "belongs to the line that one types on"),
        ("space", "belongs to the line that one types on"),
        ("+", "belongs to the line that one types on"),
        ("left", "belongs to the line that one types on"),
        ("ctrl+u", "belongs to the line that one types on"),
        ("turbo", "is no key"),
    ],
)
def test_a_key_that_does_not_arrive_or_belongs_to_the_line_is_refused_with_one_that_is_free(key: str, why: str) -> None:
    assert one_fault(f'keys:\n  next: "{key}"\n') == f'2:9: "{key}" {why}; "f10" is free'


def test_a_key_that_is_written_wrong_is_answered_by_the_nearest() -> None:
    assert one_fault("keys: {edit: papgeup}") == '1:14: "papgeup" is no key; did you mean "pageup"?'


def test_a_key_that_another_command_has_on_the_same_screen_is_refused() -> None:
    assert one_fault("keys: {next: f9}") == '1:14: "f9" is the key of "close" (room, console, write-up); "f10" is free'
    taken = '1:25: "F10" is the key of "next" (room, console, write-up); "ctrl+r" is free'
    assert one_fault("keys: {next: f10, undo: F10}") == taken
    assert one_fault("keys: {undo: f3}").startswith('1:14: "f3" is the key of "templates" (set-up)')
    assert not said("keys: {start: f9}"), "f9 closes in the room only"


def test_keys_can_change_places() -> None:
    found = read_settings("keys: {next: f9, close: f8, previous: f5, pause: f7}")
    assert found.faults == ()
    assert {name: BY_NAME[name].key for name in found.settings.keys} == {
        "next": "f8",
        "close": "f9",
        "previous": "f7",
        "pause": "f5",
    }


def test_a_key_that_is_taken_only_because_another_was_refused_is_not_told_as_a_fault_of_its_own() -> None:
    found = read_settings("keys: {next: f9, close: ctrl+m}")
    assert [fault.message for fault in found.faults] == ['"ctrl+m" arrives as Enter; "f10" is free']
    assert found.settings == Settings()


def test_the_keys_that_ship_may_be_given_to_any_command() -> None:
    assert {command.key for command in COMMANDS} - {"", "enter"} <= set(ARRIVING)


def test_what_enter_does_stays_with_enter() -> None:
    assert one_fault("keys: {settle: f10}") == '1:16: "f10" cannot be given to "settle", which Enter does; leave it out'
    assert not said("keys: {settle: enter, open: Enter}")


@pytest.mark.parametrize(
    ("mark", "why"),
    [
        ("/x", "begins a command, or a private line"),
        ("//", "begins a command, or a private line"),
        ("@:", "names a person"),
        ("#", "begins a tag"),
        ("!", "begins a priority"),
        ("^", "begins a due date"),
        ("due:", "begins a due date"),
        ("team:", "names a team"),
        ("REF:", "begins a reference"),
        ("so", "is no prefix"),
        ("14:02", "is no prefix"),
        ("a b:", "is no prefix"),
        ("2x:", "is no prefix"),
    ],
)
def test_a_prefix_that_reads_as_something_else_is_refused(mark: str, why: str) -> None:
    told = f'1:23: "{mark.lower()}" {why}; take letters and a colon, as in "d:", or signs, as in "=>"'
    assert one_fault(f'prefixes: {{decision: ["{mark}"]}}') == told


def test_a_prefix_stands_for_one_kind() -> None:
    assert one_fault('prefixes: {decision: ["so:", "L:"]}') == (
        '1:30: "l:" stands for "learning" already; take another one, or give that kind one of its own'
    )
    assert one_fault('prefixes: {decision: ["so:", "SO:"]}').startswith('1:30: "so:" stands in "decision" twice')
    assert not said('prefixes: {decision: ["q:"], question: ["d:"]}')


def test_a_private_line_is_always_written_alike() -> None:
    assert one_fault('prefixes: {private: ["x:"]}') == ('1:21: a private line always begins with "//"; leave this out')


def test_where_a_kind_has_to_go_without_its_prefixes_no_other_loses_the_last_of_its_own() -> None:
    found = read_settings('prefixes: {decision: ["a:"], question: ["d:", "=>"]}')
    assert len(found.faults) == 1
    assert found.settings.prefixes == PREFIXES


@pytest.mark.parametrize(
    ("text", "notice"),
    [
        ("", ""),
        (
            "theme: pink",
            'config.yaml has a fault in line 1: "pink" is no theme; expected one of dark, light. '
            "This stays as it ships; `lrtui config check` tells more.",
        ),
        (
            "bell: on\ntheme: drak\nx: y",
            'config.yaml has 2 faults, the first in line 2: "drak" is no theme; did you mean "dark"? '
            "This stays as it ships; `lrtui config check` tells more.",
        ),
    ],
)
def test_a_person_with_something_else_to_do_is_told_in_a_word(text: str, notice: str) -> None:
    assert read_settings(text).notice == notice


def test_the_example_explains_everything_and_sets_nothing() -> None:
    found = read_settings(example())
    assert (found.settings, found.faults) == (Settings(), ())
    uncommented = re.sub(r"^#(?! )|^#(?=  )", "", example(), flags=re.MULTILINE)
    found = read_settings(uncommented)
    assert (found.settings, found.faults) == (Settings(), ())
    assert {path[0] for path in found.lines if path} == set(Settings.__dataclass_fields__)
    assert all(re.search(rf"\b{command.name}\b", uncommented) for command in COMMANDS)
    assert max(map(len, example().splitlines())) <= 110


@settings(max_examples=200, deadline=None)
@given(
    keys=st.dictionaries(st.sampled_from(list(BY_NAME)), st.sampled_from([*ARRIVING, "enter", "ctrl+m"]), max_size=8),
    prefixes=st.dictionaries(
        st.sampled_from(KINDS), st.lists(st.sampled_from(MARKS), max_size=3, unique=True), max_size=5
    ),
)
def test_whatever_is_chosen_works_together_and_is_read_back(
    keys: Mapping[str, str], prefixes: Mapping[str, list[str]]
) -> None:
    lines = [f"  {kind}: {[mark.replace(chr(34), '') for mark in marks]}" for kind, marks in prefixes.items()]
    text = "\n".join(["keys:", *(f"  {name}: {key}" for name, key in keys.items()), "prefixes:", *lines])
    found = read_settings(text)
    assert_sound(found.settings)
    assert (again(found.settings).settings, again(found.settings).faults) == (found.settings, ())
    assert found.settings.keys.items() <= keys.items()
    if not found.faults:
        assert found.settings.keys == {name: key for name, key in keys.items() if BY_NAME[name].key != key}


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES)).map("\n".join)))
def test_whatever_is_in_the_file_something_usable_comes_out(text: str) -> None:
    found = read_settings(text)
    assert_sound(found.settings)
    assert list(found.faults) == sorted(found.faults)
