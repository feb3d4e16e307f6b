"""Arranging captured lines: to another step or kind, to another place, together under a heading.

The order of lines is that of their places: a line's id, which grows with time, unless it has been moved. A moved line
has a rank, a text that sorts between those of its neighbours, so that nothing else has to be written. A line with a
time of the incident stands at its time, wherever it was moved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtui.errors import Refused
from lrtui.review import lines
from lrtui.review.intents import Context, Intent, captured, replaced
from lrtui.review.model import Action, Entry, Kind, Put
from lrtui.review.text import clean_line

if TYPE_CHECKING:
    from lrtui.review.model import Review

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_MIDDLE = _DIGITS[len(_DIGITS) // 2]


def between(low: str, high: str = "") -> str:
    """Return a text that sorts after `low` and before `high`; "" stands for no bound.

    Both are made of digits and small letters and do not end in 0, but for ids, which are all of one length; so there
    is always room between them. Of other texts, which somebody else's program may have written, nothing is asked: where
    they leave no room, the text sorts close behind `low`.
    """
    tail = high.removeprefix(low) if high.startswith(low) else ""
    zeros = len(tail) - len(tail.lstrip("0"))
    digit = tail[zeros : zeros + 1]
    if digit <= "0":  # nothing follows the zeros, or what sorts before any digit
        return low + _MIDDLE
    half = _DIGITS.find(digit) // 2
    return low + "0" * zeros + (_DIGITS[half] if half > 0 else "0" + _MIDDLE)


def move_to_step(table: str, key: str, step: str) -> Intent:
    """Let a line belong to another step."""

    def change(review: Review, _: Context) -> list[Put]:
        line, found = captured(review, table, key), review.template.step(step)
        if found is None:
            raise Refused("There is no such step on this agenda.")
        if line.step == step:
            raise Refused(f"This line is in “{found.title}” already.")
        return [Put(table, key, {"step": step})]

    return Intent("move line", change)


def move_to_section(table: str, key: str, step: str) -> Intent:
    """Let a line stand under another step where all steps stand on one page: it becomes what that step collects."""

    def change(review: Review, context: Context) -> list[Put]:
        line, found = captured(review, table, key), review.template.step(step)
        if found is None:
            raise Refused("There is no such step on this agenda.")
        if lines.section(review, line) == step:
            raise Refused(f"This line is in “{found.title}” already.")
        moved = lines.of_kind(line, lines.default_kind(review, step))
        return replaced(review, table, line, lines.put(review, moved, step, key, context.now, context.today))

    return Intent("move line", change)


def retype(table: str, key: str, kind: Kind) -> Intent:
    """Make a line one of another kind; an action becomes an entry, or an entry an action, with all that they share."""

    def change(review: Review, context: Context) -> list[Put]:
        line = captured(review, table, key)
        present = Kind.ACTION if isinstance(line, Action) else line.kind
        if present is kind:
            raise Refused(f"This line is of that kind already: {kind.label}.")
        fresh = lines.put(review, lines.of_kind(line, kind), line.step, key, context.now, context.today)
        return replaced(review, table, line, fresh)

    return Intent("change kind", change)


def put_behind(table: str, key: str, other: str) -> Intent:
    """Move a line to the place behind the line of the id `other`; before all for ""."""

    def change(review: Review, _: Context) -> list[Put]:
        line = captured(review, table, key)
        if isinstance(line, Entry) and line.when:
            raise Refused("A line with a time stands at its time. Edit the time to move it.")
        everything: list[Entry | Action] = [*review.entries.values(), *review.actions.values()]
        places = sorted(item.place for item in everything if item.id != key)
        low = next((item.place for item in everything if item.id == other), "")
        high = next((place for place in places if place > low), "")
        return [Put(table, key, {"rank": between(low, high)})]

    return Intent("move line", change)


def group_under(table: str, key: str, heading: str) -> Intent:
    """Show a line together with all of its step that stand under the same heading; by itself again for ""."""

    def change(review: Review, _: Context) -> list[Put]:
        line = captured(review, table, key)
        if not isinstance(line, Entry):
            raise Refused("An action stands by itself; only other lines go under a heading.")
        if line.when:
            raise Refused("A line with a time stands at its time, under no heading.")
        return [Put(table, key, {"under": clean_line(heading) or None})]

    return Intent("put under a heading", change)
