"""What the room view lists: the agenda's rows, the captured lines of a step in their order, the step's words."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from lrtui.app.widgets.rows import Row
from lrtui.review import dates, lines
from lrtui.review.model import Action, Kind, State

if TYPE_CHECKING:
    from datetime import date, datetime

    from lrtui.review.agenda import Pace, StepPace
    from lrtui.review.model import Entry, Review
    from lrtui.review.template import Step

_SIGNS = {"done": "✓", "open": "▸", "skipped": "–", "coming": " "}
_LEADS = {
    Kind.NOTE: "note",
    Kind.LEARNING: "learning",
    Kind.DECISION: "decision",
    Kind.QUESTION: "question",
    Kind.WENT_WELL: "went well",
    Kind.WAS_HARD: "was hard",
    Kind.PARKED: "parked",
    Kind.EVENT: "event",
}


def prompts(step: Step | None) -> list[Row]:
    """Return the words of a step that the room sees."""
    if step is None:
        return [Row("", "Not started", style="heading"), Row("", "F8 opens the first step.")]
    return [Row("", step.title, style="heading"), *(Row("", f"· {prompt}", hang=2) for prompt in step.prompts)]


def agenda_rows(review: Review, pace: Pace) -> list[Row]:
    """Return the agenda with planned and spent minutes, and what is parked or waiting below it."""
    rows = [_agenda_row(step) for step in pace.steps]
    parked = sum(entry.kind is Kind.PARKED for entry in review.entries.values())
    ideas = sum(action.state is State.IDEA for action in review.actions.values())
    rows.append(Row("", "", selectable=False))
    if parked:
        rows.append(Row("-parked", "  Parked", tail=str(parked), style="muted", selectable=False))
    if ideas:
        rows.append(Row("-ideas", "  Early ideas", tail=str(ideas), style="muted", selectable=False))
    return rows


def _agenda_row(step: StepPace) -> Row:
    minutes = step.planned // 60
    tail = ""
    if step.planned or step.spent:
        tail = f"{step.spent // 60}/{minutes}" if step.state in {"done", "open"} else str(minutes)
        tail = f"+{dates.clock_text(step.over)}" if step.over and step.state == "open" else tail
    style = "warning" if step.over and step.state == "open" else "text" if step.state == "open" else "muted"
    return Row(step.key, f"{_SIGNS[step.state]} {step.title}", tail=tail, style=style, hang=2)


class LineRows:
    """The captured lines of one step as rows; a row is made once and kept while its line stays the same."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Entry | Action, bool, Row]] = {}

    def of(self, review: Review, step: str, fresh: str | None = None) -> list[Row]:
        """Return the rows of `step`, the line `fresh` marked as just added; dates head them where there are several."""
        found: list[Entry | Action] = [
            entry for entry in review.entries.values() if entry.step == step and entry.kind is not Kind.PRIVATE
        ]
        found += [action for action in review.actions.values() if action.step == step]
        found.sort(key=attrgetter("id"))
        placed = lines.in_time(found, review)
        days = _days(placed, review)
        several = len({day for day in days if day}) > 1
        rows: list[Row] = []
        for (_, line), day, before in zip(placed, days, [None, *days], strict=False):
            if several and day and day != before:
                rows.append(Row("", f"{day:%a} {day.isoformat()}", style="heading", selectable=False))
            rows.append(self._row(review, line, fresh=line.id == fresh))
        return rows

    def _row(self, review: Review, line: Entry | Action, *, fresh: bool) -> Row:
        kept = self._kept.get(line.id)
        if kept is not None and kept[0] is line and kept[1] == fresh:
            return kept[2]
        row = _line_row(review, line, fresh=fresh)
        self._kept[line.id] = (line, fresh, row)
        return row


def _days(placed: list[tuple[datetime, Entry | Action]], review: Review) -> list[date | None]:
    zone = dates.zone_of(review)
    return [None if at is lines.BEFORE_ALL else at.astimezone(zone).date() for at, _ in placed]


def _line_row(review: Review, line: Entry | Action, *, fresh: bool) -> Row:
    who = line.owners if isinstance(line, Action) else line.who
    names = [f"@{review.participants[key].handle}" for key in who if key in review.participants]
    tail = " ".join([*names, *(f"#{tag}" for tag in line.tags)])
    style = "fresh" if fresh else "text"
    if isinstance(line, Action):
        due = [f"due {line.due:%m-%d}"] if line.due else []
        tail = " ".join([*due, *names, line.team])
        return Row(line.id, line.text, "idea" if line.state is State.IDEA else "action", tail, style)
    return Row(line.id, line.text, _time(line, review) or _LEADS.get(line.kind, ""), tail, style)


def _time(entry: Entry, review: Review) -> str:
    when = dates.local(entry.when, dates.zone_of(review)) if entry.when else None
    if when is None:
        return ""
    until = dates.local(entry.until, dates.zone_of(review)) if entry.until else None
    shown = f"{when:%H:%M:%S}" if when.second else f"{when:%H:%M}"
    return f"{'~' if entry.about else ''}{shown}{f'–{until:%H:%M}' if until else ''}"
