"""What may keep an action from being done: for whoever looks after the actions, never in front of the room."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lrtui.review.hint_class import HintClass
from lrtui.review.model import Kind
from lrtui.review.wording import hints as wording_hints

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrtui.review.followup import Standing

_WORDING = frozenset({HintClass.WEAK_ACTION, HintClass.VAGUE_ACTION})


class Doubt(NamedTuple):
    """Something to think over: its class, and a sentence or a question to ask."""

    what: str
    words: str


def doubts(item: Standing) -> list[Doubt]:
    """Return what there is to think over about an open action; nothing about one that is settled."""
    return [*_missing(item), *_absent(item), *_worded(item)] if item.action.state.going else []


def _missing(item: Standing) -> Iterator[Doubt]:
    action = item.action
    if not action.owners:
        yield Doubt("no owner", "Nobody owns it.")
    if not action.team:
        by_default = f" By default it is for {item.team}." if item.team else ""
        yield Doubt("no team", f"No team owns it.{by_default}")
    if action.due is None:
        by_default = f" By default it is due {item.due.isoformat()}." if item.due else ""
        yield Doubt("no date", f"It has no date.{by_default}")


def _absent(item: Standing) -> Iterator[Doubt]:
    for owner in item.action.owners:
        if not owner.here:
            yield Doubt("owner not in the room", f"{owner.name} was not in the room: do they know of it, and agree?")


def _worded(item: Standing) -> Iterator[Doubt]:
    for hint in wording_hints(item.action.text, kind=Kind.ACTION, on=_WORDING):
        yield Doubt(hint.what.value, f"“{hint.words}”: {hint.offer}")
