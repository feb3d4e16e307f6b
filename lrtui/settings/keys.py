"""Which key a person may give to a command: one that every terminal and tmux deliver, and that nothing else has.

Letters, and the keys by which one moves and deletes in it, belong to the capture line.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from lrtui.commands import BY_NAME, COMMANDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lrtui.commands import Scope

FREE = (*(f"f{number}" for number in range(10, 0, -1)), *(f"ctrl+{letter}" for letter in "fglnopqrstyz"))
ARRIVING = (*FREE, "escape", "tab", "up", "down", "shift+up", "shift+down", "pageup", "pagedown")

_MODIFIERS = {"ctl": "ctrl", "control": "ctrl", "strg": "ctrl", "c": "ctrl", "option": "alt", "m": "alt"}
_KEYS = {"esc": "escape", "pgup": "pageup", "pgdn": "pagedown", "return": "enter", "del": "delete"}
_WRITTEN = re.compile(r"(?:(.+?)[+-])?(?:(.+?)[+-])?(.+)", re.DOTALL)
_EDITING = {"left", "right", "home", "end", "backspace", "delete", *(f"ctrl+{letter}" for letter in "dekuvwx")}
_OF_THE_LINE = "belongs to the line that one types on"
_NO_KEY = "is no key"
_UNSURE = "does not arrive through every terminal and tmux"
_KEPT = "is kept by many terminals for themselves"
_REASONS = {
    **dict.fromkeys((*_EDITING, "space"), _OF_THE_LINE),
    **dict.fromkeys(("insert", *(f"f{number}" for number in range(13, 25))), _UNSURE),
    "enter": "always enters what is typed",
    "ctrl+m": "arrives as Enter",
    "ctrl+j": "arrives as Enter in many terminals",
    "ctrl+i": "arrives as Tab",
    "ctrl+h": "arrives as Backspace",
    "ctrl+[": "arrives as Escape",
    "ctrl+a": "belongs to screen",
    "ctrl+b": "belongs to tmux",
    "ctrl+c": "copies, in most terminals as well",
    "f11": _KEPT,
    "f12": _KEPT,
}


def normal(written: str) -> str:
    """Return a key as the registry writes it, however a person did: F8, C-z, Page Up, esc."""
    found = _WRITTEN.fullmatch("".join(written.lower().split()))
    if found is None:
        return ""
    *modifiers, key = filter(None, found.groups())
    return "+".join([*(_MODIFIERS.get(word, word) for word in modifiers), _KEYS.get(key, key)])


def objection(name: str, key: str) -> str:
    """Return why a command cannot have a key, as what follows the key in a sentence; nothing if it can."""
    if BY_NAME[name].key == "enter":
        return f'cannot be given to "{name}", which Enter does'
    if key in ARRIVING:
        return ""
    if key in _REASONS:
        return _REASONS[key]
    if len(key) == 1:
        return _OF_THE_LINE
    return _UNSURE if key.startswith(("ctrl+", "alt+", "shift+", "meta+", "super+", "cmd+")) else _NO_KEY


def shared(name: str, other: str) -> list[Scope]:
    """Return the screens on which both commands work: there they need keys of their own."""
    return [scope for scope in BY_NAME[name].scopes if scope in BY_NAME[other].scopes]


def advice(name: str, key: str, keys: Mapping[str, str]) -> str:
    """Return what could be written in place of a key that a command cannot have.

    `keys` are those of the commands that have another one than by default.
    """
    if BY_NAME[name].key == "enter":
        return "leave it out"
    near = get_close_matches(key, ARRIVING, 1) if objection(name, key) == _NO_KEY else []
    if near:
        return f'did you mean "{near[0]}"?'
    taken = {keys.get(command.name, command.key) for command in COMMANDS if shared(name, command.name)}
    free = [key for key in FREE if key not in taken]
    return f'"{free[0]}" is free' if free else "no key is free; give another command's key up"
