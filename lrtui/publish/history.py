"""Who changed what of a review, and when, in words.

The journal tells it all; this makes sentences of it. What is private is told without its words, also where a line was
not private yet or is not any more; so are feedback and ballots.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lrtui.review.fields import elements, flag, group, text, words
from lrtui.review.model import HEAD, Kind, Review, State, Status
from lrtui.review.text import clean_line
from lrtui.store.author import person_of
from lrtui.store.journal import GONE, Fold
from lrtui.store.undo import REDO, UNDO

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from lrtui.review.fields import Fields, Json
    from lrtui.store.journal import Change, Group

_LINES = ("entries", "actions")
_RUNNING = frozenset({"status", "step", "since", "started", "ended", "hard_stop", "planned"})
_PROGRESS = frozenset({"state", "reason", "looked", "owners", "team", "due", "priority", "ref"})


@dataclass(frozen=True, slots=True)
class Told:
    """A thing that was done: when, by which author, and in words that follow the author's name.

    `running` tells that it belongs to running the meeting (steps, clock, turns, votes, feedback) and changes nothing
    that is read later; `after`, that the review had been finished before, so that it is a correction. What becomes of
    an action is none, nor is that the review is taken up again.
    """

    at: datetime
    by: str
    words: str
    running: bool
    after: bool


def told(groups: Sequence[Group]) -> list[Told]:
    """Return what was done, in order; an operation on several lines tells each."""
    history = _History(groups)
    return [deed for group in groups for deed in history.take(group)]


class _History:
    """The documents as they were before the next group, and what was told of the groups before."""

    def __init__(self, groups: Sequence[Group]) -> None:
        whole = Fold(groups)
        self._private = {
            key
            for key, fields in whole.kept.get("entries", {}).items()
            if _is_private(fields) and key not in whole.shown.get("actions", {})
        }
        self._names = {key: text(fields, "name") for key, fields in whole.kept.get("participants", {}).items()}
        self._review = Review.read({"review": whole.kept.get("review", {})})
        self._fold = Fold()
        self._done = False
        self._known: dict[tuple[str, str], list[Told]] = {}  # by when and by whom, the name of a group

    def take(self, group: Group) -> list[Told]:
        """Tell one group, and take it in."""
        found = list(self._of(group))
        self._known[group.at, group.by] = found
        self._fold.apply(group)
        head = self._fold.shown.get("review", {}).get(HEAD, {})
        self._done = self._done or text(head, "status") == Status.DONE.value
        return found

    def _of(self, group: Group) -> Iterator[Told]:
        again = {UNDO: "took back", REDO: "did again"}.get(group.do)
        if again:
            meant = self._known.get((group.of or "", group.by), [])
            for deed in meant:
                yield replace(self._deed(group, f"{again}: {deed.words}"), running=deed.running)
            return
        content = [sentence for change in group.changes for sentence in self._sentences(change, group)]
        for sentence in content:
            yield self._deed(group, sentence)
        if not content:
            yield replace(self._deed(group, self._run(group)), running=True)

    def _deed(self, group: Group, words: str) -> Told:
        after = self._done and not all(_is_no_correction(change) for change in group.changes)
        return Told(group.instant, person_of(group.by), words, running=False, after=after)

    def _sentences(self, change: Change, group: Group) -> Iterator[str]:
        """Yield what a change means to whoever reads the review; nothing where it only runs the meeting."""
        before = self._fold.kept.get(change.table, {}).get(change.id, {})
        if change.table in _LINES:
            yield from self._line(change, before, group)
        elif change.table == "participants":
            yield from self._person(change, before)
        elif change.table == "moments":
            title = next((item.title for item in self._review.template.moments if item.key == change.id), change.id)
            yield f"set “{_short(title)}” to {_time(change.set, 'when') or _n_a(change.set)}"
        elif (change.table, change.id) == ("review", HEAD):
            yield from self._head(change, before)

    def _line(self, change: Change, before: Fields, group: Group) -> Iterator[str]:
        after = _after(before, change)
        elsewhere = any(other.id == change.id and other.table != change.table for other in group.changes)
        what = _what(change.table, after)
        if change.id in self._private or _is_private(after):
            if not (elsewhere and flag(after, GONE)):
                yield f"{_verb(before, after)} a private line"
        elif flag(after, GONE):
            if not elsewhere:
                yield f"deleted {what}: {_quoted(before)}"
        elif not before or flag(before, GONE) or _is_private(before):
            moved = f"made {what} of a line" if elsewhere else f"added {what}"
            yield f"{moved}: {_quoted(after)}{self._beside(after)}"
        else:
            yield from self._edits(change, before, after)

    def _edits(self, change: Change, before: Fields, after: Fields) -> Iterator[str]:
        if text(before, "text") != text(after, "text"):
            yield f"changed {_quoted(before)} to {_quoted(after)}"
        if change.set.get("looked"):
            yield f"looked at {_quoted(after)} again: it is still right"
        done = [
            f"{label} {self._said(name, before) or 'none'} → {self._said(name, after) or 'none'}"
            for name, label in _DETAILS.items()
            if self._said(name, before) != self._said(name, after)
        ]
        if done:
            yield f"changed {_what(change.table, after)}, {_quoted(after)}: {', '.join(done)}"

    def _beside(self, fields: Fields) -> str:
        """Tell what was said beside the words of a line that is new."""
        said = [
            f"{_DETAILS[name]} {value}" for name in ("owners", "due", "team") if (value := self._said(name, fields))
        ]
        return f" ({', '.join(said)})" if said else ""

    def _said(self, name: str, fields: Fields) -> str:
        """Return what one detail of a line says to a person."""
        if name in {"owners", "who"}:
            return ", ".join(self._names.get(key, "") or "somebody" for key in words(fields, name))
        if name == "step":
            step = self._review.template.step(text(fields, "step"))
            return f"“{_short(step.title)}”" if step else ""
        if name == "tags":
            return " ".join(f"#{tag}" for tag in elements(fields, "tags"))
        if name == "state":
            return text(fields, "state") or State.OPEN.value
        if name in {"when", "until"}:
            return _time(fields, name)
        return _value(fields.get(name)).replace("_", " " if name == "kind" else "_")

    def _person(self, change: Change, before: Fields) -> Iterator[str]:
        after = _after(before, change)
        name = _short(text(after, "name") or text(before, "name"))
        if flag(after, GONE):
            yield f"took {name} off the roster"
        elif not before or flag(before, GONE):
            yield f"added {name} to the roster"
        else:
            for field, label in (("name", "the name"), ("role", "the reason for being there"), ("team", "the team")):
                if text(before, field) != text(after, field):
                    old, new = text(before, field), text(after, field)
                    yield f"changed {label} of {name}: {_short(old) or 'none'} → {_short(new) or 'none'}"

    def _head(self, change: Change, before: Fields) -> Iterator[str]:
        after = _after(before, change)
        if not before:
            yield f"began the review “{_short(text(after, 'title')) or 'untitled'}”, by the template {_template(after)}"
            return
        for name, label in (("title", "the title"), ("zone", "the time zone")):
            if text(before, name) != text(after, name):
                yield f"changed {label}: {_short(text(before, name)) or 'none'} → {_short(text(after, name)) or 'none'}"
        if "template" in change.set:
            yield f"went on with the template {_template(after)}"
        for key, (old, new) in _different(group(before, "facts"), group(after, "facts")):
            answer = f"{old} → {new or 'none'}" if old else new
            yield f"{'changed' if old else 'set'} the fact “{_short(key)}”: {answer}"
        tags = set(elements(after, "tags")) ^ set(elements(before, "tags"))
        if tags:
            yield f"changed the tags to {' '.join(f'#{tag}' for tag in elements(after, 'tags')) or 'none'}"
        was, now = text(before, "status"), text(after, "status")
        if was == Status.DONE.value != now:
            yield "took the review up again"
        elif was != now:
            yield _STATUSES.get(now, "changed how far the review is")

    def _run(self, group: Group) -> str:
        """Tell what belongs to running the meeting: which step was opened, else the operation by its name."""
        opened = (text(change.set, "step") for change in group.changes if change.table == "review")
        step = self._review.template.step(next(opened, ""))
        return f"{group.do}: “{_short(step.title)}”" if step else group.do


def _after(before: Fields, change: Change) -> Fields:
    return {name: value for name, value in {**before, **change.set}.items() if value is not None}


def _is_no_correction(change: Change) -> bool:
    """Tell whether a change only says how far an action is, and who has it until when, or how far the review is."""
    passing = {"actions": _PROGRESS, "review": _RUNNING, "steps": change.set.keys()}
    return change.set.keys() <= passing.get(change.table, frozenset())


def _is_private(fields: Fields) -> bool:
    return text(fields, "kind") == Kind.PRIVATE.value


def _verb(before: Fields, after: Fields) -> str:
    if flag(after, GONE):
        return "deleted"
    return "changed" if before and not flag(before, GONE) else "added"


def _what(table: str, fields: Fields) -> str:
    """Name a line by its kind, with its article."""
    if table == "actions":
        return "an early idea" if text(fields, "state") == State.IDEA.value else "an action"
    return _KINDS.get(text(fields, "kind"), "a note")


def _quoted(fields: Fields) -> str:
    """Quote a line's words, with the time that stands before them."""
    when = text(fields, "when").partition("T")[2]
    return f"“{_short(' '.join(part for part in (when, text(fields, 'text')) if part))}”"


def _short(words: str) -> str:
    line = clean_line(words)
    return line if len(line) <= 100 else f"{line[:99]}…"


def _value(value: Json) -> str:
    return _short(value) if isinstance(value, str) else "yes" if value is True else ""


def _time(fields: Fields, name: str) -> str:
    """Return a stamp of the incident as it is read."""
    return text(fields, name).replace("T", " ")


def _n_a(fields: Fields) -> str:
    return "not applicable" if flag(fields, "not_applicable") else "nothing"


def _template(fields: Fields) -> str:
    kept = fields.get("template")
    known = kept if isinstance(kept, dict) else {}
    return f"{_value(known.get('name')) or 'of no name'}, version {known.get('version', 1)}"


def _different(before: Fields, after: Fields) -> Iterator[tuple[str, tuple[str, str]]]:
    for key in sorted({*before, *after}):
        if before.get(key) != after.get(key):
            yield key, (_value(before.get(key)), _value(after.get(key)))


_KINDS = {
    Kind.EVENT.value: "an event",
    Kind.NOTE.value: "a note",
    Kind.LEARNING.value: "a learning",
    Kind.DECISION.value: "a decision",
    Kind.QUESTION.value: "a question",
    Kind.WENT_WELL.value: "something that went well",
    Kind.WAS_HARD.value: "something that was hard",
    Kind.PARKED.value: "something parked",
}
_DETAILS = {
    "kind": "kind",
    "state": "state",
    "reason": "reason",
    "owners": "owner",
    "who": "people",
    "team": "team",
    "due": "due",
    "priority": "priority",
    "when": "time",
    "until": "until",
    "about": "about",
    "ref": "reference",
    "tags": "tags",
    "done_when": "done when",
    "step": "step",
    "under": "heading",
}
_STATUSES = {
    Status.LIVE.value: "started the meeting",
    Status.WRAP_UP.value: "came to the close",
    Status.DONE.value: "finished the review",
    Status.DRAFT.value: "made the review a draft again",
}
