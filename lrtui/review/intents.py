"""What a person can do to a review: each intent turns the review as it is into the changes to store.

An intent is pure. `lrtui.session` performs it: takes the changes, stores them as one group, shows the new state. Its
name, `do`, is kept in the journal and is what undo and history call it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from lrtui.errors import Refused
from lrtui.review import agenda, closing, dates, lines, roster
from lrtui.review.capture import PREFIXES
from lrtui.review.fields import written
from lrtui.review.model import HEAD, Action, Put, Status
from lrtui.review.text import clean_block, clean_line

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import date, datetime, tzinfo

    from lrtui.review import capture
    from lrtui.review.fields import Json
    from lrtui.review.model import Entry, Kind, Presence, Review, State
    from lrtui.review.replan import Wish
    from lrtui.review.template import Template


CLOCK_STOPPED = "stop clock"
TURNED = "turn to step"
SILENT = frozenset({"create review", CLOCK_STOPPED, TURNED})  # not undone by a person: there is nothing of theirs in it


@dataclass(frozen=True, slots=True)
class Context:
    """What an intent may know of the world: the instant, today's date where the review is held, fresh ids.

    `prefixes` are those by which the one who types tells the kinds of lines.
    """

    now: datetime
    today: date
    new_id: Callable[[], str]
    prefixes: Mapping[str, Kind] = field(default_factory=lambda: PREFIXES)


@dataclass(frozen=True, slots=True)
class Intent:
    """Something to do to a review. `change` raises `Refused` where it cannot be done."""

    do: str
    change: Callable[[Review, Context], list[Put]]


_JUST_PASSED = timedelta(hours=1)


def create(title: str, template: Template, zone: str, *, solo: bool = False) -> Intent:
    """Begin a review as a draft; the template is kept with it as a snapshot."""

    def change(_: Review, context: Context) -> list[Put]:
        fields: dict[str, Json] = {
            "title": clean_line(title),
            "status": Status.DRAFT.value,
            "template": dict(template.source or {}),
            "zone": zone,
            "solo": solo or None,
            "created": written(context.now),
        }
        return [Put("review", HEAD, fields)]

    return Intent("create review", change)


def set_title(title: str) -> Intent:
    """Give the review another title."""
    return _set_head("change title", {"title": clean_line(title) or None})


def set_zone(name: str) -> Intent:
    """Say in which time zone the incident's times are told."""

    def change(_: Review, __: Context) -> list[Put]:
        if name.strip() and dates.zone(name) is None:
            raise Refused(
                f"“{name}” is not a time zone. Write UTC, an offset such as +02:00, or a name such as Europe/Rome."
            )
        return [Put("review", HEAD, {"zone": name.strip() or None})]

    return Intent("change time zone", change)


def set_planned(words: str, zone: tzinfo) -> Intent:
    """Say when the meeting is to begin, by the wall clock of `zone`; nothing to leave that open.

    A time without a day lies ahead, or has only just passed; of a meeting that has begun it is near to when it did.
    """

    def change(review: Review, context: Context) -> list[Put]:
        typed = clean_line(words)
        spoken = dates.parse_time(typed)
        if typed and (spoken is None or spoken.end is not None):
            raise Refused(f"“{typed}” is not a time. Type 14:00 or 11-25 14:00.")
        begun = review.head.started
        near = dates.nearest(spoken, begun, zone) if spoken and begun else None
        at = dates.coming(spoken, context.now - _JUST_PASSED, zone) if spoken and not begun else near
        if spoken and (at is None or not dates.is_for_a_meeting(at)):
            raise Refused(f"“{typed}” is too far away for a meeting. Type 14:00 or 11-25 14:00.")
        return [Put("review", HEAD, {"planned": written(at) if at else None})]

    return Intent("plan the beginning", change)


def set_template(template: Template) -> Intent:
    """Go on with another template; what was captured stays."""
    return Intent("change template", lambda review, context: agenda.change_template(review, template, context.now))


def set_fact(key: str, value: str) -> Intent:
    """Answer one of the template's questions about the incident, or add a fact of one's own."""
    return _set_head("change fact", {f"facts.{clean_line(key)}": clean_line(value) or None})


def set_tags(words: str, shown: Collection[str] | None = None) -> Intent:
    """Tag the whole review with these tags, parted by spaces or commas, instead of those `shown`; else of all."""

    def change(review: Review, _: Context) -> list[Put]:
        wanted = [word.strip("#").casefold() for word in clean_line(words.replace(",", " ")).split()]
        fields: dict[str, Json] = {f"tags.{tag}": None for tag in (review.head.tags if shown is None else shown)}
        return [Put("review", HEAD, {**fields, **{f"tags.{tag}": True for tag in wanted if tag}})]

    return Intent("change tags", change)


def _set_head(do: str, fields: Mapping[str, Json]) -> Intent:
    return Intent(do, lambda _, __: [Put("review", HEAD, fields)])


def set_moment(key: str, words: str) -> Intent:
    """Record when a moment was: a time, a date and a time, “n/a” where there was none, nothing to clear it."""

    def change(review: Review, context: Context) -> list[Put]:
        return [Put("moments", key, closing.moment_fields(review, key, words, context.today))]

    return Intent("set moment", change)


def capture_line(line: str, step: str | None = None) -> Intent:
    """Capture one line as it was typed, or a text of several paragraphs, in the open step unless another is named."""
    return capture_block([line], step)


def capture_block(typed: Sequence[str], step: str | None = None) -> Intent:
    """Capture a block of typed lines in one step, the open one unless another is named, as `capture_placed` does."""
    return capture_placed([(step, line) for line in typed])


def capture_placed(typed: Sequence[tuple[str | None, str]]) -> Intent:
    """Capture typed lines, each in the step named with it, else in the open one; blank ones left out. One operation.

    Of several, a line that is nothing but a time or a kind is kept as it stands: it is no reason to refuse the others.
    """

    def change(review: Review, context: Context) -> list[Put]:
        cleaned = [(review.head.step if step is None else step, clean_block(line)) for step, line in typed]
        placed = [(step, line) for step, line in cleaned if line]
        if len(placed) > 1:
            placed = [(at, line if _read(review, line, at, context).text else f"\\{line}") for at, line in placed]
        return [_captured(review, line, step, context.new_id(), context) for step, line in placed]

    return Intent("add line" if len(typed) == 1 else "add lines", change)


def edit_line(table: str, key: str, typed: str) -> Intent:
    """Replace a captured line by what is typed now; it may become another kind, or an action."""

    def change(review: Review, context: Context) -> list[Put]:
        old = captured(review, table, key)
        return replaced(review, table, old, _captured(review, clean_block(typed), old.step, key, context))

    return Intent("edit line", change)


def replaced(review: Review, table: str, old: Entry | Action, fresh: Put) -> list[Put]:
    """Return what puts `fresh` in the place of a line; it may go to the other table, and keeps when it was captured."""
    kept: dict[str, Json] = {"at": written(old.at) if old.at else None, **_still_named(review, old, fresh)}
    if fresh.table != table:
        return lines.moved_over(old, Put(fresh.table, old.id, {**fresh.set, **kept}))
    if isinstance(old, Action):
        kept["state"] = old.state.value
    untagged: dict[str, Json] = {f"tags.{tag}": None for tag in old.tags}
    return [Put(table, old.id, {**untagged, **fresh.set, **kept})]


def _still_named(review: Review, old: Entry | Action, fresh: Put) -> dict[str, Json]:
    """Keep those in their places who are off the roster by now: they cannot be typed, so an edit cannot mean them."""
    field = "owners" if fresh.table == "actions" else "who"
    typed = fresh.set.get(field)
    people = list(typed) if isinstance(typed, list) else []
    for place, person in enumerate(old.owners if isinstance(old, Action) else old.who):
        if person not in review.participants:
            people.insert(place, person)
    return {field: people or None}


def delete_line(table: str, key: str) -> Intent:
    """Take a captured line away; undo brings it back."""

    def change(review: Review, _: Context) -> list[Put]:
        captured(review, table, key)
        return [Put(table, key, {"gone": True})]

    return Intent("delete line", change)


def take_other(key: str, text: str) -> Intent:
    """Let a captured line read as somebody else has put it at the same time."""

    def change(review: Review, _: Context) -> list[Put]:
        table = "actions" if key in review.actions else "entries"
        captured(review, table, key)
        return [Put(table, key, {"text": clean_block(text)})]

    return Intent("take the other version", change)


def captured(review: Review, table: str, key: str) -> Entry | Action:
    """Return a captured line by its table and id; raises `Refused` where it is not there any more."""
    found = review.actions.get(key) if table == "actions" else review.entries.get(key)
    if found is None:
        raise Refused("That line is not there any more.")
    return found


def _captured(review: Review, line: str, step: str, key: str, context: Context) -> Put:
    read = _read(review, line, step, context)
    if not read.text:
        raise Refused(f"There are no words in “{line}” yet; nothing was added.")
    return lines.put(review, read, step, key, context.now, context.today)


def _read(review: Review, line: str, step: str, context: Context) -> capture.Line:
    return lines.read(review, line, step, context.today, context.prefixes)


def add_people(words: str) -> Intent:
    """Add to the roster: “Ana Lima: responder, payments”, several parted by semicolons."""

    def change(review: Review, context: Context) -> list[Put]:
        taken = set(lines.handles(review))
        there = {person.name.casefold(): person for person in review.participants.values()}
        puts = []
        for person in roster.parse_people(words, review.template.roles):
            if known := there.get(person.name.casefold()):
                raise Refused(f"{known.name} is on the roster already, as @{known.handle}. The set-up changes a role.")
            handle = roster.handle(person.name, taken)
            taken.add(handle)
            fields: dict[str, Json] = {
                "name": person.name,
                "handle": handle,
                "role": person.role or None,
                "team": person.team or None,
            }
            puts.append(Put("participants", context.new_id(), fields))
        if not puts:
            raise Refused("Nobody was named. Write a name, and after a colon the reason for being there and the team.")
        return puts

    return Intent("add people", change)


def edit_person(key: str, words: str) -> Intent:
    """Replace somebody's name, reason for being there and team by what is typed now; the handle stays."""

    def change(review: Review, _: Context) -> list[Put]:
        people = roster.parse_people(words, review.template.roles)
        if key not in review.participants or len(people) != 1:
            raise Refused("Write one person: a name, and after a colon the reason for being there and the team.")
        person = people[0]
        return [
            Put("participants", key, {"name": person.name, "role": person.role or None, "team": person.team or None})
        ]

    return Intent("change person", change)


def remove_person(key: str) -> Intent:
    """Take somebody off the roster; undo brings them back."""
    return Intent("remove person", lambda _, __: [Put("participants", key, {"gone": True})])


def set_presence(name: str, presence: Presence) -> Intent:
    """Note that somebody, by handle or name, is late, has come or has left."""

    def change(review: Review, _: Context) -> list[Put]:
        person = roster.named(review, name)
        return [Put("participants", person.id, {"presence": presence.value})]

    return Intent(f"mark as {presence.value}", change)


def start() -> Intent:
    """Begin the meeting: the first step opens and the clock runs."""
    return Intent("start", lambda review, context: agenda.start(review, context.now))


def open_step(key: str) -> Intent:
    """Go to a step of the agenda, whichever it is."""
    return Intent("go to step", lambda review, context: agenda.open_step(review, key, context.now))


def turn_to(key: str) -> Intent:
    """Go to a step of a review that is written alone, as one turns a page: it is no change that is undone."""
    return Intent(TURNED, lambda review, context: agenda.turn(review, key, context.now))


def next_step() -> Intent:
    """Go to the step that follows."""
    return Intent("next step", lambda review, context: _opened(review, agenda.following(review), "last", context))


def previous_step() -> Intent:
    """Go back to the step before."""
    return Intent("previous step", lambda review, context: _opened(review, agenda.preceding(review), "first", context))


def _opened(review: Review, key: str | None, end: str, context: Context) -> list[Put]:
    if key is None:
        raise Refused(f"This is the {end} step.")
    return agenda.open_step(review, key, context.now)


def skip_step() -> Intent:
    """Leave this step out and go to the one that follows."""
    return Intent("skip step", lambda review, context: agenda.skip(review, context.now))


def pause() -> Intent:
    """Stop the clock, or let it go on."""

    def change(review: Review, context: Context) -> list[Put]:
        turn = agenda.pause if review.head.since else agenda.resume
        return turn(review, context.now)

    return Intent("pause or go on", change)


def retime(wish: Wish) -> Intent:
    """Move minutes from step to step, plan to an end, leave time out: `Change.words` tells the effect beforehand."""
    return Intent(wish.do, lambda review, context: wish.change(review, context.now).puts)


def lock_step(key: str) -> Intent:
    """Let a step keep its minutes in every re-plan, or no longer."""
    return Intent("lock or unlock step", lambda review, _: agenda.toggle_lock(review, key))


def stop_clock(at: datetime) -> Intent:
    """Stop the clock at an earlier instant, so that the time since then is not counted."""
    return Intent(CLOCK_STOPPED, lambda review, _: agenda.stopped_at(review, at))


def wrap_up() -> Intent:
    """Come to the close; the clock runs on."""
    return Intent("wrap up", lambda review, context: agenda.wrap_up(review, context.now))


def finish() -> Intent:
    """End the meeting: the clock stops and the review is done. It can still be corrected."""
    return Intent("finish", lambda review, context: agenda.finish(review, context.now))


def reopen() -> Intent:
    """Take up a finished review again."""
    return Intent("reopen", lambda review, context: agenda.reopen(review, context.now))


def settle(hint: closing.Hint, answer: str) -> Intent:
    """Settle one of the closing hints by what is typed."""

    def change(review: Review, context: Context) -> list[Put]:
        known = context.today, context.now, context.new_id
        return closing.settle(review, hint, answer, *known, prefixes=context.prefixes)

    return Intent("settle hint", change)


def set_state(key: str, state: State, reason: str = "") -> Intent:
    """Move an action on, with the reason or reference that goes with it."""

    def change(review: Review, _: Context) -> list[Put]:
        captured(review, "actions", key)
        return [Put("actions", key, {"state": state.value, "reason": clean_line(reason) or None})]

    return Intent(f"mark action {state.value}", change)


def set_done_when(key: str, words: str) -> Intent:
    """Say by what one will know that an action is done; nothing to leave that open."""

    def change(review: Review, _: Context) -> list[Put]:
        captured(review, "actions", key)
        return [Put("actions", key, {"done_when": clean_line(words) or None})]

    return Intent("say when it is done", change)
