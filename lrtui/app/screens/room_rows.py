"""What the room view lists: the agenda's rows, the captured lines of a step in their order, the step's words."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from lrtui.app.widgets.rows import Row
from lrtui.review import closing, dates, lines, votes
from lrtui.review.model import Action, Entry, Kind, State
from lrtui.review.template import EMPTY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import tzinfo

    from lrtui.review.agenda import Pace, StepPace
    from lrtui.review.model import Participant, Review, Vote
    from lrtui.review.template import Template

_NONE: Mapping[str, str] = {}
_SIGNS = {"done": "✓", "open": "▸", "skipped": "–", "coming": " "}
_STATES = {State.IDEA: "idea", State.DONE: "done", State.NOT_DOING: "dropped", State.MOVED: "moved"}
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


def prompts(template: Template, page: str, onward: str) -> list[Row]:
    """Return the words of a step that the room sees; before the first one, that `onward` opens it."""
    step = template.step(page)
    if step is None:
        return [Row("", "Not started", style="heading"), Row("", beginning(template, onward))]
    return [Row("", step.title, style="heading"), *(Row("", f"· {prompt}", hang=2) for prompt in step.prompts)]


def beginning(template: Template, onward: str) -> str:
    """Say what to do where no step is open."""
    return (
        f"{onward} opens the first step."
        if template.steps
        else "There is no agenda: type what is said, all on one list."
    )


def nothing_yet(*, reads: bool) -> Row:
    """Return what stands where a step has no lines; who only `reads` can add none."""
    text = (
        "Nothing was taken down here." if reads else "Nothing is taken down here yet: type what is said, Enter adds it."
    )
    return Row("", text, style="muted", selectable=False)


def agenda_rows(review: Review, pace: Pace) -> list[Row]:
    """Return the agenda with planned and spent minutes, and what is parked or waiting below it."""
    rows = [_agenda_row(step) for step in pace.steps]
    parked, ideas = len(closing.parked(review)), len(closing.ideas(review))
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


class _Seen(NamedTuple):
    """What the rows of a step were made from."""

    about: tuple[str, Template, tzinfo, Mapping[str, Participant], Mapping[str, str]]
    entries: list[Entry]
    actions: list[Action]

    def since(self, before: _Seen) -> list[Entry | Action] | None:
        """Return the lines that have been captured since `before`; None if anything else has changed as well."""
        entries, actions = len(before.entries), len(before.actions)
        as_before = (self.about, self.entries[:entries], self.actions[:actions]) == before
        new: list[Entry | Action] = [*self.entries[entries:], *self.actions[actions:]]
        return sorted(new, key=_in_place) if as_before else None


def _in_place(line: Entry | Action) -> tuple[str, str]:
    return line.place, line.id


def _in_room(review: Review, line: Entry | Action, step: str) -> bool:
    return lines.belongs(line, step, lines.default_kind(review, step))


class LineRows:
    """The captured lines of one step as rows. A line costs the same in a long step and in a short one.

    `belongs` tells which lines are listed in a step.
    """

    def __init__(self, belongs: Callable[[Review, Entry | Action, str], bool] = _in_room) -> None:
        self._belongs = belongs
        self._seen = _Seen(("", EMPTY, UTC, {}, {}), [], [])
        self._order = lines.InTime(UTC)
        self._rows: list[Row] = []
        self._last = ""  # the last place of all

    def of(self, review: Review, step: str, fresh: str | None = None, rivals: Mapping[str, str] = _NONE) -> list[Row]:
        """Return the rows of `step`, the line `fresh` marked as just added; dates head them where there are several.

        `rivals` are the lines that two people changed at once; that is told behind them.
        """
        zone = dates.zone_of(review)
        about = (step, review.template, zone, review.participants, rivals)
        seen = _Seen(about, list(review.entries.values()), list(review.actions.values()))
        new = seen.since(self._seen)
        if new is None or (new and new[0].place <= self._last):
            self._order, self._rows, self._last = lines.InTime(zone), [], ""
            new = seen.since(_Seen(about, [], [])) or []
        self._seen = seen
        self._last = new[-1].place if new else self._last
        for line in new:
            if self._belongs(review, line, step):
                row = _line_row(review, line, zone)
                marked = replace(row, tail=f"{row.tail} two versions".strip()) if line.id in rivals else row
                self._rows.insert(self._order.add(line), marked)
        return _grouped(self._headed(_marked(self._rows, fresh), zone), review)

    def _headed(self, rows: list[Row], zone: tzinfo) -> list[Row]:
        heads = _day_heads(self._order.instants, zone)
        for place, head in reversed(heads if len(heads) > 1 else []):
            rows.insert(place, head)
        return rows


def _grouped(rows: list[Row], review: Review) -> list[Row]:
    """Bring the lines under one heading together, where the first of them stands."""
    headings = {entry.id: entry.under for entry in review.entries.values() if entry.under}
    if not headings:
        return rows
    grouped: list[Row] = []
    told: set[str] = set()
    for row in rows:
        heading = headings.get(row.key)
        if heading is None:
            grouped.append(row)
        elif heading not in told:
            told.add(heading)
            grouped.append(Row("", heading, style="heading", selectable=False))
            grouped += [replace(item, text=f"  {item.text}") for item in rows if headings.get(item.key) == heading]
    return grouped


def voted(rows: list[Row], review: Review, vote: Vote) -> list[Row]:
    """Return the rows with the numbers of a vote and, once that is revealed, with what each has got."""
    numbers = {choice.id: choice.number for choice in votes.choices(review, vote)}
    dots = {result.id: result.dots for result in votes.results(review, vote)}

    def shown(row: Row) -> Row:
        if row.key not in numbers:
            return row
        tail = f"{row.tail}  {_dots(dots[row.key])}".strip() if dots.get(row.key) else row.tail
        number = str(numbers[row.key])
        return replace(row, text=f"{number} {row.text}", tail=tail, hang=len(number) + 1)

    return [shown(row) for row in rows]


def _dots(count: int) -> str:
    return f"{'•' * min(count, 10)} {count}"


def _marked(rows: list[Row], fresh: str | None) -> list[Row]:
    """Return a copy of the rows in which one is marked as just added."""
    rows = rows.copy()
    at = next((at for at in reversed(range(len(rows))) if rows[at].key == fresh), None) if fresh else None
    if at is not None:
        rows[at] = replace(rows[at], style="fresh")
    return rows


def _day_heads(instants: list[datetime], zone: tzinfo) -> list[tuple[int, Row]]:
    """Return a row for each day, with the place of the first line of that day.

    A line whose day in `zone` is beyond the calendar stands under none.
    """
    heads: list[tuple[int, Row]] = []
    at = bisect_right(instants, lines.BEFORE_ALL)
    while at < len(instants):
        day = _day(instants[at], zone)
        if day is None:
            at += 1
            continue
        heads.append((at, _day_head(day)))
        if day == date.max:
            break
        at = bisect_left(instants, datetime.combine(day + timedelta(1), time(), zone), at + 1)
    return heads


def _day(instant: datetime, zone: tzinfo) -> date | None:
    try:
        return instant.astimezone(zone).date()
    except OverflowError:  # the first or the last hours of the calendar
        return None


@cache
def _day_head(day: date) -> Row:
    return Row("", f"{day:%a} {day.isoformat()}", style="heading", selectable=False)


def _line_row(review: Review, line: Entry | Action, zone: tzinfo) -> Row:
    who = line.owners if isinstance(line, Action) else line.who
    names = [f"@{review.participants[key].handle}" for key in who if key in review.participants]
    tail = " ".join([*names, *(f"#{tag}" for tag in line.tags)])
    if isinstance(line, Action):
        due = [f"due {line.due:%m-%d}"] if line.due else []
        further = [] if line.state in {State.OPEN, *_STATES} else [line.state.value]
        urgent = f"!{line.priority}" if line.priority else ""
        tail = " ".join(filter(None, [*further, urgent, *due, *names, line.team, line.ref]))
        text = f"{line.text}\nDone when: {line.done_when}" if line.done_when else line.text
        style = "muted" if line.state.gone else "text"
        return Row(line.id, text, _STATES.get(line.state, Kind.ACTION.label), tail, style)
    return Row(line.id, line.text, _time(line, zone) or _LEADS.get(line.kind, ""), tail)


def _time(entry: Entry, zone: tzinfo) -> str:
    when = dates.local(entry.when, zone) if entry.when else None
    if when is None:
        return ""
    until = dates.local(entry.until, zone) if entry.until else None
    shown = f"{when:%H:%M:%S}" if when.second else f"{when:%H:%M}"
    return f"{'~' if entry.about else ''}{shown}{f'–{until:%H:%M}' if until else ''}"
