"""Actions of all reviews as data: JSON for programs, CSV for spreadsheets."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from lrtui.publish.csv_text import csv_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from lrtui.review.followup import Standing
    from lrtui.review.followup_hints import Doubt
    from lrtui.review.followup_teams import Team

FORMAT = 1


def as_json(
    items: Iterable[Standing],
    today: date,
    doubts: Callable[[Standing], Sequence[Doubt]],
    teams: Sequence[Team] = (),
) -> str:
    """Return actions as JSON, with `doubts` about each, and the figures of teams where there are some.

    `format` grows when the meaning of a field changes. Days are `YYYY-MM-DD`; what is not known is null, "" or an empty
    list.
    """
    document = {
        "format": FORMAT,
        "date": today.isoformat(),
        "actions": [_told(item, doubts(item)) for item in items],
        "teams": [team._asdict() for team in teams],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _told(item: Standing, doubts: Sequence[Doubt]) -> dict[str, Any]:
    action = item.action
    return {
        "id": item.handle,
        "text": action.text,
        "state": action.state.value,
        "class": item.when.value,
        "due": _day(item.due),
        "due_by_default": item.due_by_default,
        "owners": [{"name": owner.name, "in_the_room": owner.here} for owner in action.owners],
        "team": item.team,
        "team_by_default": item.team_by_default,
        "priority": action.priority,
        "tags": list(action.tags),
        "ref": action.ref,
        "done_when": action.done_when,
        "reason": action.reason,
        "made": _day(action.made),
        "touched": _day(action.touched),
        "settled": _day(action.settled),
        "age": item.age,
        "untouched": item.untouched,
        "second_look": item.soak,
        "hints": [{"class": doubt.what, "words": doubt.words} for doubt in doubts],
        "review": action.review,
        "title": action.title,
        "held": _day(action.held),
        "service": action.service,
        "key": action.id,
    }


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


_COLUMNS: dict[str, Callable[[Standing], object]] = {
    "id": lambda item: item.handle,
    "action": lambda item: item.action.text,
    "state": lambda item: item.action.state.value,
    "class": lambda item: item.when.value,
    "due": lambda item: _day(item.due),
    "due by default": lambda item: "yes" if item.due_by_default else "",
    "owner": lambda item: item.action.owners[0].name if item.action.owners else "",
    "with": lambda item: ", ".join(owner.name for owner in item.action.owners[1:]),
    "team": lambda item: item.team,
    "priority": lambda item: item.action.priority,
    "age in days": lambda item: item.age,
    "untouched days": lambda item: item.rest,
    "made": lambda item: _day(item.action.made),
    "settled": lambda item: _day(item.action.settled),
    "done when": lambda item: item.action.done_when,
    "reason": lambda item: item.action.reason,
    "reference": lambda item: item.action.ref,
    "tags": lambda item: " ".join(item.action.tags),
    "review": lambda item: item.action.title,
    "held": lambda item: _day(item.action.held),
    "service": lambda item: item.action.service,
    "review name": lambda item: item.action.review,
}


def as_csv(items: Iterable[Standing]) -> str:
    """Return actions as CSV, RFC 4180, with a line of headings."""
    return csv_text(list(_COLUMNS), ([column(item) for column in _COLUMNS.values()] for item in items))
