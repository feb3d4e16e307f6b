"""A review as data for other programs: JSON, and its lines as a table, CSV.

The document has `format`, a number that grows when the meaning of a field changes; fields may be added without that.
Days are `YYYY-MM-DD`; instants of the meeting are ISO 8601 in UTC; times of the incident are as they were said, in
`zone` unless they end in `Z`. What is not known is null, "" or an empty list, never left out. People are named by
handle and name wherever they appear. Lists are in the order of capture, or of the template. What is written for others
than the team has `audience` and `notice` too, and its `participants` are reasons for being there, without names.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from lrtui.publish import public
from lrtui.publish.audience import Audience
from lrtui.publish.csv_text import csv_text
from lrtui.review import fairness, measures
from lrtui.review.fields import written
from lrtui.review.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from lrtui.review.model import Action, Entry, Participant, Review

FORMAT = 1


def as_json(review: Review, *, name: str, notice: str = "", audience: Audience = Audience.TEAM) -> str:
    """Return the whole review as JSON, without private entries and feedback. `name` is the review's own.

    `audience` and `notice` are as in `lrtui.publish.markdown.document`.
    """
    head, template = review.head, review.template
    document = {
        "format": FORMAT,
        "id": name,
        **({"audience": audience.value, "notice": notice} if audience is not Audience.TEAM else {}),
        "title": head.title,
        "status": head.status.value,
        "date": _day(public.held(review)),
        "zone": head.zone,
        "solo": head.solo,
        "created": _instant(head.created),
        "started": _instant(head.started),
        "ended": _instant(head.ended),
        "template": {"name": template.name, "title": template.title, "version": template.version},
        "tags": sorted(head.tags),
        "facts": [{"key": fact.key, "ask": fact.ask, "answer": fact.answer} for fact in public.facts(review)],
        "moments": _moments(review),
        "measures": _measures(review),
        "participants": [
            {
                **_person(person),
                "role": person.role,
                "team": person.team,
                "presence": person.presence.value,
                "duties": {duty: written(person.duties[duty][-1]) for duty in fairness.DUTIES if duty in person.duties},
            }
            for person in public.roster(review)
        ],
        "terms": [
            {**_person(term.person), "duty": duty, "since": written(term.since), "until": _instant(term.until)}
            for duty in fairness.DUTIES
            for term in fairness.terms(review, duty)
        ],
        "steps": _steps(review),
        "entries": [_entry(entry, review) for entry in public.entries(review)],
        "actions": [_action(action, review) for action in public.actions(review)],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


_COLUMNS = (
    "id", "kind", "when", "until", "about", "text", "people", "team", "due", "priority", "tags", "ref",
    "state", "done_when", "reason", "step", "under",
)  # fmt: skip


def as_csv(review: Review) -> str:
    """Return the lines of a review as a table: its entries, but for private ones, then its actions, a row each.

    Columns are called as the fields of the JSON, but for `people`, who were named or own an action; these and the tags
    are parted by semicolons.
    """
    lines = [_entry(entry, review) for entry in public.entries(review)]
    lines += [{**_action(action, review), "kind": Kind.ACTION.value} for action in public.actions(review)]
    return csv_text(_COLUMNS, ([_cell(name, line) for name in _COLUMNS] for line in lines))


def _cell(name: str, line: dict[str, Any]) -> str:
    if name == "people":
        return "; ".join(person["name"] or person["handle"] for person in line.get("who", line.get("owners", ())))
    value = line.get(name)
    if isinstance(value, bool):
        return "yes" if value else ""
    return "; ".join(value) if isinstance(value, list) else value or ""


def _moments(review: Review) -> list[dict[str, Any]]:
    return [
        {
            "key": moment.id,
            "title": measures.title_of(moment.id, review),
            "when": moment.when,
            "about": moment.about,
            "not_applicable": moment.not_applicable,
        }
        for moment in public.moments(review)
    ]


def _measures(review: Review) -> list[dict[str, Any]]:
    values = [(measure, measures.value(measure, review)) for measure in review.template.measures]
    return [
        {
            "title": measure.title,
            "from": measure.start,
            "to": measure.end,
            "formula": value.formula,
            "outcome": value.outcome.value,
            "seconds": None if value.length is None else int(value.length.total_seconds()),
            "about": value.about,
        }
        for measure, value in values
    ]


def _steps(review: Review) -> list[dict[str, Any]]:
    """Tell what became of each step of the template; `planned` and `spent` are seconds."""
    told = []
    for step in review.template.steps:
        state = review.steps.get(step.key)
        planned = step.minutes * 60 if state is None or state.planned is None else state.planned
        told.append(
            {
                "key": step.key,
                "title": step.title,
                "planned": planned,
                "spent": state.counted if state else 0,
                "skipped": bool(state and state.skipped),
            }
        )
    return told


def _entry(entry: Entry, review: Review) -> dict[str, Any]:
    return {
        "id": entry.id,
        "kind": entry.kind.value,
        "text": entry.text,
        "when": entry.when,
        "until": entry.until,
        "about": entry.about,
        "who": _people(review, entry.who),
        "settled": entry.settled,
        "under": entry.under,
        **_shared(entry),
    }


def _action(action: Action, review: Review) -> dict[str, Any]:
    return {
        "id": action.id,
        "text": action.text,
        "state": action.state.value,
        "owners": _people(review, action.owners),
        "done_when": action.done_when,
        "reason": action.reason,
        **_shared(action),
    }


def _shared(line: Entry | Action) -> dict[str, Any]:
    return {
        "step": line.step,
        "team": line.team,
        "due": _day(line.due),
        "priority": line.priority,
        "ref": line.ref,
        "tags": sorted(line.tags),
        "at": _instant(line.at),
    }


def _people(review: Review, ids: Iterable[str]) -> list[dict[str, str]]:
    return [_person(person) for person in public.people(review, ids)]


def _person(person: Participant) -> dict[str, str]:
    return {"handle": person.handle, "name": person.name}


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _instant(value: datetime | None) -> str | None:
    return written(value) if value else None
