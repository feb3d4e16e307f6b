from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

import pytest

from lrtui.commands import BY_NAME, BY_SLASH, COMMANDS, Scope, elsewhere, forms, here, keyed, spell_key
from lrtui.review import capture
from lrtui.review.model import Kind
from tests.cli.running import done

if TYPE_CHECKING:
    from collections.abc import Mapping

# What every terminal and tmux deliver as it is. Not among them: ctrl with a digit, a dot, Enter or Tab; ctrl+h, i, j, m
# and [, which arrive as other keys; ctrl+a and ctrl+b, which belong to screen and tmux; ctrl+c; F11, which many
# terminals keep for themselves.
DELIVERED = {
    *(f"f{number}" for number in range(1, 11)),
    *(
        "shift+up",
        "shift+down",
        "enter",
        "escape",
        "tab",
        "up",
        "down",
        "left",
        "right",
        "home",
        "end",
        "pageup",
        "pagedown",
    ),
    *(f"ctrl+{letter}" for letter in "defgklnopqrstuvwxyz"),
}


OWN = {
    **{mark: kind for mark, kind in capture.PREFIXES.items() if kind is not Kind.DECISION},
    "so:": Kind.DECISION,
    "!!": Kind.DECISION,
    "=>>": Kind.DECISION,
}


def repeated(words: list[str]) -> list[str]:
    return [word for word, count in Counter(words).items() if count > 1]


def test_every_name_and_every_slash_word_stands_for_one_command() -> None:
    assert not repeated([command.name for command in COMMANDS])
    assert not repeated([command.slash for command in COMMANDS if command.slash])
    assert len(BY_NAME) == len(COMMANDS)


@pytest.mark.parametrize("scope", Scope)
def test_every_key_means_one_thing_on_a_screen(scope: Scope) -> None:
    assert not repeated([command.key for command in here(scope) if command.key])


def test_keys_are_those_that_every_terminal_delivers() -> None:
    assert {command.key for command in COMMANDS if command.key} <= DELIVERED


def test_every_command_can_be_reached_and_says_what_it_does() -> None:
    for command in COMMANDS:
        assert command.key or command.slash, command.name
        assert re.fullmatch(r"[A-Z].*\.", command.help), command.name
        assert command.title[0].isupper(), command.name
        assert command.scopes, command.name


def test_only_what_has_a_key_stands_in_the_footer() -> None:
    assert all(command.key for command in COMMANDS if command.label)


def test_what_takes_words_is_typed_after_a_slash() -> None:
    assert all(command.slash for command in COMMANDS if command.takes)


@pytest.mark.parametrize("scope", Scope)
def test_help_and_quitting_are_never_far(scope: Scope) -> None:
    names = {command.name: command for command in here(scope)}
    assert (names["help"].key, names["quit"].key, names["palette"].key) == ("f1", "ctrl+q", "ctrl+p")
    assert "escape" in {command.key for command in names.values()}


def test_every_slash_word_is_read_as_a_command() -> None:
    for word, command in BY_SLASH.items():
        assert capture.slash(f"/{word}") == capture.Slash(word, ""), command.name
        assert capture.slash(f"/{word.upper()} some  words") == capture.Slash(word, "some words")


@pytest.mark.parametrize("prefixes", [capture.PREFIXES, OWN], ids=["as they ship", "one's own"])
def test_the_forms_of_a_line_name_every_prefix_and_mean_what_they_say(prefixes: Mapping[str, Kind]) -> None:
    told = forms(prefixes, "Tab")
    shown = " ".join(f"{form} {meaning}" for form, meaning in told)
    for prefix, kind in prefixes.items():
        assert re.search(rf"(?<!\S){re.escape(prefix)} words", shown), f"{prefix} for {kind} is in no form"
    for form, meaning in told:
        if form.endswith(" words"):
            for example in (form, *re.findall(r"(?:also|or) (\S+ words)", meaning)):
                read = capture.parse(
                    example, handles={}, default=Kind.NOTE, today=date(2026, 11, 23), prefixes=prefixes
                )
                assert read.text == "words"
                assert read.kind.label.split()[-1][:4] in meaning.replace("parking", "parked"), example


@pytest.mark.parametrize(
    ("key", "spelled"),
    [("f8", "F8"), ("ctrl+z", "Ctrl+Z"), ("pageup", "Page Up"), ("escape", "Escape"), ("enter", "Enter"), ("up", "Up")],
)
def test_a_key_is_written_as_people_write_it(key: str, spelled: str) -> None:
    assert spell_key(key) == spelled


def test_a_command_may_have_another_key_and_one_that_had_none_then_stands_in_the_footer() -> None:
    changed = {command.name: command for command in keyed({"next": "f10", "skip": "ctrl+g", "redo": "ctrl+r"})}
    assert list(changed) == list(BY_NAME)
    assert (changed["next"].way, changed["next"].label) == ("F10", "next")
    assert (changed["skip"].way, changed["skip"].label) == ("Ctrl+G", "skip")
    assert (changed["redo"].way, changed["redo"].label) == ("Ctrl+R", "")
    others = changed.keys() - {"next", "skip", "redo"}
    assert all(changed[name] is BY_NAME[name] for name in others)
    assert (BY_NAME["skip"].way, BY_NAME["go"].way) == ("/skip", "/go")


@pytest.mark.parametrize("scope", Scope)
def test_a_key_is_told_of_where_it_does_nothing_and_something_elsewhere(scope: Scope) -> None:
    used = {command.key for command in here(scope)}
    for key in DELIVERED | used:
        said = elsewhere(key, scope, COMMANDS)
        meant = [command for command in COMMANDS if command.key == key]
        assert bool(said) == (bool(meant) and key not in used), key
        if said:
            assert said.startswith(f"{spell_key(key)} is ")
            assert [command.title in said for command in meant] == [True] * len(meant)
            assert all(other in said for command in meant for other in command.scopes)


def test_a_key_of_ones_own_is_told_of_and_the_one_it_replaces_is_not() -> None:
    known = keyed({"close": "f10"})
    assert (
        elsewhere("f10", Scope.SETUP, known)
        == "F10 is “Closing” (room, console, write-up); here the review is being set up."
    )
    assert elsewhere("f9", Scope.SETUP, known) == ""


def test_lrtui_keys_lists_every_command_with_its_key_and_its_word() -> None:
    lines = done("keys").stdout.splitlines()
    for command in COMMANDS:
        (line,) = [line for line in lines if f"  {command.help}  " in line]
        assert spell_key(command.key) in line
        assert f"/{command.slash} {command.takes}".strip(" /") in line
        assert all(scope in line for scope in command.scopes)
    assert len(lines) == len(COMMANDS) + 1
    assert [found["name"] for found in json.loads(done("keys", "--json").stdout)] == [item.name for item in COMMANDS]
