"""The catalog's table of reviews that were held, for looking at many of them together; see `lrtui.review.run`.

What is alike in many reviews, such as the steps of their template, is stored as a text and read once; what became of
the steps is a row of numbers, four bytes each. So ten thousand reviews are read in a fraction of a tenth of a second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lrtui.store.side_table import SideTable

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from lrtui.review.run import Run
    from lrtui.store.side_table import Read

_SCHEMA = """
CREATE TABLE run (
    review INTEGER PRIMARY KEY, template TEXT NOT NULL, version INTEGER NOT NULL, day TEXT NOT NULL,
    alone INTEGER NOT NULL, plan TEXT NOT NULL, times BLOB NOT NULL, lead TEXT NOT NULL, worth TEXT NOT NULL,
    votes TEXT NOT NULL, actions TEXT NOT NULL
);
"""
_FOUND = """
SELECT name, run.template, version, run.day, alone, plan, times, lead, worth, votes, actions
FROM run JOIN review ON review.id = run.review
WHERE (:template IS NULL OR run.template = :template) AND run.day >= :since
"""
_LONGEST = 2**31 - 1  # seconds that fit into four bytes


def columns(run: Run) -> Sequence[Any]:
    """Return what is stored of what a review says, but for its name."""
    import json
    from struct import pack

    plan, *others = (json.dumps(value) for value in (run.plan, run.lead, run.worth, run.votes, run.actions))
    times = pack(f"<{len(run.times)}i", *(min(number, _LONGEST) for number in run.times))
    return run.template, run.version, run.held.isoformat(), run.alone, plan, times, *others


def _rows(read: Read) -> Iterator[Sequence[Any]]:
    from lrtui.review.run import run_of

    run = run_of(read.review)
    if run is not None:
        yield columns(run)


TABLE = SideTable("run", _SCHEMA, _rows)


def find(db: sqlite3.Connection, template: str | None, since: date | None) -> list[Run]:
    """Return the reviews that were held, by one template or any, from a day on; raises `Broken` where it is garbled."""
    from struct import error as unreadable

    from lrtui.store.cachefile import Broken

    values = {"template": template, "since": since.isoformat() if since else ""}
    try:
        return list(_read(db.execute(_FOUND, values).fetchall()))
    except (ValueError, TypeError, unreadable) as error:
        raise Broken(str(error)) from error


class _Once(dict[Any, Any]):
    """What texts mean, each read once."""

    def __init__(self, read: Callable[[Any], object]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, stored: object) -> object:
        self[stored] = meant = self._read(stored)
        return meant


def _read(rows: Sequence[tuple[Any, ...]]) -> Iterator[Run]:
    import json
    from datetime import date
    from struct import unpack

    from lrtui.review.run import Actions, Lead, Run, Scaled, StepPlan, Yes

    def some(kind: Callable[..., object]) -> Callable[[str], object]:
        return lambda stored: kind(*value) if (value := json.loads(stored)) is not None else None

    def several(kind: Callable[..., object]) -> Callable[[str], object]:
        return lambda stored: tuple(kind(*value) for value in json.loads(stored))

    days, forms = _Once(date.fromisoformat), _Once(lambda size: f"<{size // 4}i")
    plans, all_votes = _Once(several(StepPlan)), _Once(several(Yes))
    leads, worths, states = _Once(some(Lead)), _Once(some(Scaled)), _Once(some(Actions))
    for name, template, version, day, alone, plan, times, lead, worth, votes, actions in rows:
        numbers = unpack(forms[len(times)], times)
        yield Run(
            name, template, version, days[day], bool(alone), plans[plan], numbers,
            leads[lead], worths[worth], all_votes[votes], states[actions],
        )  # fmt: skip
