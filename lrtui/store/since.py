"""Since when the fields of documents are what they are, out of the journal alone. Pure.

An undo puts back what was there and with it since when it was there: what was undone has not happened. A redo gives the
operation its own time again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from lrtui.store.undo import REDO, UNDO

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from lrtui.store.journal import Change, Group

Since: TypeAlias = "dict[str, dict[str, datetime]]"
_Name: TypeAlias = tuple[str, str]  # of a group: when and by whom


def since(groups: Iterable[Group], table: str) -> Since:
    """Return, by id, since when each field of a table's documents is what it is; a field that is not there is not.

    Every document that ever was is in it, the deleted ones too, in the order in which they came about. `groups` are all
    operations of a review, in order.
    """
    found: Since = {}
    before: dict[_Name, Since] = {}
    instants: dict[_Name, datetime] = {}
    for group in groups:
        changes = [change for change in group.changes if change.table == table]
        if not changes:
            continue
        meant: _Name = (
            (group.of, group.by) if group.of is not None and group.do in {UNDO, REDO} else (group.at, group.by)
        )
        if meant == (group.at, group.by):
            instants[meant] = group.instant
            before[meant] = {change.id: dict(found.get(change.id, {})) for change in changes}
        taken_back = before.get(meant, {}) if group.do == UNDO else {}
        for change in changes:
            _apply(
                found.setdefault(change.id, {}), change, taken_back.get(change.id), instants.get(meant, group.instant)
            )
    return found


def _apply(fields: dict[str, datetime], change: Change, then: dict[str, datetime] | None, at: datetime) -> None:
    """Note when the fields of a change got their values: `at`, or as it was `then` where it was taken back."""
    for name, value in change.set.items():
        if value is None:
            fields.pop(name, None)
        else:
            fields[name] = at if then is None else then.get(name, at)
