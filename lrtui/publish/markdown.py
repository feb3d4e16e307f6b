"""A review as Markdown: what every reader sees.

GitHub-flavoured and the same bytes for the same review, always. Sections come in the order of the review's template,
those with nothing to say are left out. What people typed is escaped (see `lrtui.publish.escape`).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC
from typing import TYPE_CHECKING

from lrtui.publish import public, timeline
from lrtui.publish.audience import Audience
from lrtui.publish.escape import block, cell, heading, inline, tag
from lrtui.review import measures
from lrtui.review.dates import zone_of
from lrtui.review.model import Entry, Kind, State
from lrtui.review.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from lrtui.review.fairness import Term
    from lrtui.review.model import Action, Moment, Participant, Review

_SUMMARY = "summary"  # the key of the step whose notes are the summary
_BEYOND_YAML = re.compile("[\x7f-\x9f\ufeff\ufffe\uffff]")  # allowed by JSON, not by YAML


@dataclass(frozen=True, slots=True)
class _Section:
    """A section: its title, what writes it, and the entries that it tells, if it tells any."""

    title: str
    write: Callable[[Review], str]
    entries: Callable[[Review], list[Entry]] | None = None


def document(review: Review, *, name: str, notice: str = "", audience: Audience = Audience.TEAM) -> str:
    """Return the whole review as Markdown, without private entries and feedback. `name` is the review's own.

    `audience` and `notice` are those of an edition (see `lrtui.publish.audience`); the team's own says nothing of
    either.
    """
    parts = [_front_matter(review, name, audience), f"# {heading(public.title(review))}"]
    parts += [f"> {inline(notice)}"] if notice else []
    for headline, body in sections(review):
        parts += [f"## {headline}", body]
    return "\n\n".join(parts) + "\n"


def sections(review: Review) -> Iterator[tuple[str, str]]:
    """Yield the sections that have something to say: their titles, and what stands in them.

    The time zone is said once, in the first section that tells times.
    """
    zone = f"Times are in {inline(review.head.zone)}.\n\n"
    for section in (_SECTIONS[key] for key in review.template.export if key in _SECTIONS):
        body = section.write(review)
        if not body:
            continue
        if zone and _tells_times(section, review):
            body, zone = zone + body, ""
        yield section.title, body


def _tells_times(section: _Section, review: Review) -> bool:
    if section.entries is None:
        return section.write is _measures or (section.write is _people and any(public.duties(review)))
    return any(entry.when for entry in section.entries(review))


def _front_matter(review: Review, name: str, audience: Audience) -> str:
    head, held = review.head, public.held(review)
    lines = [f"id: {scalar(name)}", f"title: {scalar(head.title)}"]
    lines += [f"date: {held.isoformat()}"] if held else []
    lines += [f"{key}: {scalar(head.facts[key])}" for key in ("service", "severity") if head.facts.get(key)]
    lines += [
        f"tags: [{', '.join(scalar(item) for item in sorted(head.tags))}]",
        f"template: {scalar(review.template.name)}",
        f"template_version: {review.template.version}",
        f"status: {scalar(head.status.value)}",
    ]
    lines += [f"audience: {scalar(audience.value)}"] if audience is not Audience.TEAM else []
    return "\n".join(["---", *lines, "---"])


def scalar(text: str) -> str:
    """Write a YAML string in double quotes, where nothing is taken for a date, a number or a comment."""
    quoted = json.dumps(clean_line(text), ensure_ascii=False)
    return _BEYOND_YAML.sub(lambda match: f"\\u{ord(match[0]):04x}", quoted)


def _summary(review: Review) -> str:
    return "\n\n".join(entry_line(entry, review) for entry in summarised(review))


def summarised(review: Review) -> list[Entry]:
    """Return the notes that are the summary."""
    return [entry for entry in of_kind(review, Kind.NOTE) if entry.step == _SUMMARY]


def _facts(review: Review) -> str:
    return table(("Question", "Answer"), [(cell(fact.ask), cell(fact.answer)) for fact in public.facts(review)])


def _measures(review: Review) -> str:
    moments = public.moments(review)
    if not any(moment.when for moment in moments):
        return ""
    values = [(measure, measures.value(measure, review)) for measure in review.template.measures]
    lengths = [(cell(measure.title), value.words, cell(value.formula)) for measure, value in values]
    times = [(cell(measures.title_of(moment.id, review)), _moment(moment, review)) for moment in moments]
    tables = [table(("Measure", "Value", "Formula"), lengths), table(("Moment", "Time"), times)]
    return "\n\n".join(table for table in tables if table)


def _moment(moment: Moment, review: Review) -> str:
    if moment.not_applicable:
        return "not applicable"
    return cell(timeline.time_in_words(moment.when, "", zone_of(review), about=moment.about))


def _people(review: Review) -> str:
    reasons = public.reasons(review)
    if reasons:
        return table(("Here as", "People"), [(cell(words) or "not said", str(n)) for words, n in reasons.items()])
    rows = [
        (cell(person.name or person.handle), cell(_here_as(person, review)), cell(person.team))
        for person in public.roster(review)
    ]
    return table(("Name", "Here as", "Team"), rows)


def _here_as(person: Participant, review: Review) -> str:
    """Tell why somebody was there, and which duty they took over when: “facilitator from 14:40”."""
    duties = [f"{duty} {_term(term, review)}" for duty, term in public.duties(review) if term.person is person]
    return "; ".join(part for part in (public.role(person, review), *duties) if part)


def _term(term: Term, review: Review) -> str:
    since, until = (f"{at.astimezone(UTC):%Y-%m-%dT%H:%MZ}" if at else "" for at in (term.since, term.until))
    time = timeline.time_in_words(since, until, zone_of(review), about=False, day=public.held(review))
    return time if until else f"from {time}"


def _timeline(review: Review) -> str:
    rows = timeline.rows(review)
    if not rows:
        return ""
    times = timeline.times(rows, zone_of(review))
    told = [
        (cell(time), *(_event(row.event, review) if row.event else (f"**{cell(row.moment)}**", "")))
        for time, row in zip(times, rows, strict=True)
    ]
    return table(("Time", "What happened", "Who"), told)


def _event(event: Entry, review: Review) -> tuple[str, str]:
    details = ", ".join(_details(event, cell))
    what = " — ".join(part for part in (cell(event.text), details) if part)
    who = ", ".join(cell(person.name or person.handle) for person in public.people(review, event.who))
    return " ".join([what, *map(tag, event.tags)]).strip(), who


def of_kind(review: Review, kind: Kind) -> list[Entry]:
    """Return the entries of one kind that say something."""
    return [entry for entry in public.entries(review) if entry.kind is kind and entry.text.strip()]


def _list_of(title: str, kind: Kind) -> _Section:
    """Return the section that lists the entries of one kind in the order of capture, but for those in the summary."""

    def entries(review: Review) -> list[Entry]:
        summarised = kind is Kind.NOTE and _SUMMARY in review.template.export
        return [entry for entry in of_kind(review, kind) if not (summarised and entry.step == _SUMMARY)]

    def write(review: Review) -> str:
        return "\n".join(_grouped(entries(review), review))

    return _Section(title, write, entries)


def _grouped(entries: list[Entry], review: Review) -> Iterator[str]:
    """Yield list items; entries under one heading are told below it, where the first of them stands."""
    told: set[str] = set()
    for entry in entries:
        if not entry.under:
            yield f"- {entry_line(entry, review, indent='  ')}"
        elif entry.under not in told:
            told.add(entry.under)
            yield f"- **{inline(entry.under)}**"
            for other in entries:
                if other.under == entry.under:
                    yield f"  - {entry_line(other, review, indent='    ')}"


def entry_line(entry: Entry, review: Review, *, indent: str = "") -> str:
    """Return a line with all that was said beside it, fit to open an item; further lines are indented."""
    text = block(entry.text, indent=indent)
    if entry.when:
        time = timeline.time_in_words(entry.when, entry.until, zone_of(review), about=entry.about)
        text = f"{inline(time)}: {text}"
    names = [inline(person.name or person.handle) for person in public.people(review, entry.who)]
    details = ", ".join([*names, *_details(entry, inline)])
    return " ".join([f"{text} — {details}" if details else text, *map(tag, entry.tags)])


def _details(line: Entry | Action, escaped: Callable[[str], str]) -> list[str]:
    """Return what was said beside the words of a line, but for its people and tags."""
    due = f"due {line.due.isoformat()}" if line.due else ""
    team = f"team {escaped(line.team)}" if line.team and isinstance(line, Entry) else ""
    ref = f"ref {escaped(line.ref)}" if line.ref else ""
    return [detail for detail in (team, due, escaped(line.priority), ref) if detail]


def _actions(review: Review) -> str:
    actions = [action for action in public.actions(review) if action.text.strip()]
    groups = [
        ("", [action for action in actions if action.state in _BOXES]),
        ("### Early ideas\n\n", [action for action in actions if action.state is State.IDEA]),
        ("### Not doing, or moved\n\n", [action for action in actions if action.state in _CLOSED]),
    ]
    return "\n\n".join(
        title + "\n".join(f"- {action_line(action, review)}" for action in group) for title, group in groups if group
    )


def action_line(action: Action, review: Review) -> str:
    """Return what is to be done with its box, its owners and all else, fit to open an item."""
    lines = [_BOXES.get(action.state, "") + block(action.text, indent="  ")]
    parts = [_owned(action, review), *_details(action, inline), "in progress" if action.state is State.DOING else ""]
    details = ", ".join(part for part in parts if part)
    lines[0] = " ".join([f"{lines[0]} — {details}" if details else lines[0], *map(tag, action.tags)])
    if action.done_when.strip():
        lines.append(f"Done when: {block(action.done_when, indent='  ')}")
    if action.state in _CLOSED:
        lines.append(": ".join(part for part in (_CLOSED[action.state], block(action.reason, indent="  ")) if part))
    return "\\\n  ".join(lines)


def _owned(action: Action, review: Review) -> str:
    """Name who owns an action, the accountable one first and in bold print, and their team."""
    names = [inline(person.name or person.handle) for person in public.people(review, action.owners)]
    team = inline(action.team)
    if not names:
        return f"team {team}" if team else ""
    return ", ".join([f"**{names[0]}**", *names[1:]]) + (f" ({team})" if team else "")


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table without the columns in which every cell is empty; nothing without rows."""
    rows = list(rows)
    kept = [at for at in range(len(headers)) if any(row[at] for row in rows)]
    if not kept:
        return ""
    lines = [[headers[at] for at in kept], ["---" for _ in kept], *([row[at] for at in kept] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


_BOXES = {State.OPEN: "[ ] ", State.DOING: "[ ] ", State.DONE: "[x] "}
_CLOSED = {State.NOT_DOING: "Not doing", State.MOVED: "Moved"}

_SECTIONS = {
    "summary": _Section("Summary", _summary, summarised),
    "facts": _Section("Facts", _facts),
    "measures": _Section("Measures", _measures),
    "people": _Section("People", _people),
    "timeline": _Section("Timeline", _timeline, lambda review: of_kind(review, Kind.EVENT)),
    "notes": _list_of("Notes", Kind.NOTE),
    "learnings": _list_of("What we learned", Kind.LEARNING),
    "went_well": _list_of("What went well", Kind.WENT_WELL),
    "was_hard": _list_of("What was hard", Kind.WAS_HARD),
    "decisions": _list_of("Decisions", Kind.DECISION),
    "actions": _Section("Actions", _actions),
    "questions": _list_of("Questions", Kind.QUESTION),
    "parked": _list_of("Parked", Kind.PARKED),
}
