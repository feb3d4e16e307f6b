"""Undo and redo, out of the journal alone, so that they survive a restart.

The rule is the linear one: an operation can be undone; what was undone can be redone until the next operation. Each
author undoes only their own. An undo is a group like any other, with `of` naming the group it takes back.

Some fields tell what nobody can take back, such as time that has passed: they are `passing`, and an undo leaves them as
they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtui.review.model import Put
from lrtui.store.journal import same

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable

    from lrtui.review.fields import Fields, Tables
    from lrtui.store.journal import Change, Group

UNDO = "undo"
REDO = "redo"


def stacks(groups: Iterable[Group], by: str, silent: Collection[str] = ()) -> tuple[list[Group], list[Group]]:
    """Return what the author `by` can undo and what can be redone, the next one last in each.

    Operations named in `silent` (the clock's own steps, say) cannot be undone, and leave what can be redone as it is.
    """
    undoable: list[Group] = []
    redoable: list[Group] = []
    for group in groups:
        if group.by != by or group.do in silent:
            continue
        if group.do == UNDO:
            _move(group.of, undoable, redoable)
        elif group.do == REDO:
            _move(group.of, redoable, undoable)
        else:
            undoable.append(group)
            redoable.clear()
    return undoable, redoable


def _move(at: str | None, source: list[Group], target: list[Group]) -> None:
    for place in range(len(source) - 1, -1, -1):
        if source[place].at == at:
            target.append(source.pop(place))
            return


def inverse(group: Group, kept: Tables, passing: Container[tuple[str, str]] = ()) -> list[Put]:
    """Return what takes `group` back. A field that has since been changed to something else is left alone.

    `kept` are all documents, the deleted ones too; `passing` names fields, as (table, field), that are left alone too.
    """
    return [
        Put(change.table, change.id, fields)
        for change in group.changes
        if (fields := _turned(_lasting(change, passing), change.was, _document(kept, change.table, change.id)))
    ]


def again(group: Group, kept: Tables, passing: Container[tuple[str, str]] = ()) -> list[Put]:
    """Return what does `group` once more after it was taken back; a field changed since then is left alone."""
    return [
        Put(change.table, change.id, fields)
        for change in group.changes
        if (fields := _returned(_lasting(change, passing), change.was, _document(kept, change.table, change.id)))
    ]


def _lasting(change: Change, passing: Container[tuple[str, str]]) -> Fields:
    return {name: value for name, value in change.set.items() if (change.table, name) not in passing}


def switched(group: Group, table: str, key: str, field: str) -> tuple[bool, bool] | None:
    """Return whether a document had a field before `group` and whether it has since; None if that was not touched."""
    found = (change for change in group.changes if (change.table, change.id) == (table, key) and field in change.set)
    change = next(found, None)
    return None if change is None else (change.was.get(field) is not None, change.set[field] is not None)


def _document(kept: Tables, table: str, key: str) -> Fields:
    return kept.get(table, {}).get(key, {})


def _turned(fields: Fields, was: Fields, document: Fields) -> Fields:
    return {name: was.get(name) for name, value in fields.items() if same(document.get(name), value)}


def _returned(fields: Fields, was: Fields, document: Fields) -> Fields:
    return {name: value for name, value in fields.items() if same(document.get(name), was.get(name))}
