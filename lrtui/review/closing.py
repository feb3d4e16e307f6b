"""The close of a review: what is still open, each point one short answer away from being settled.

Hints only offer. None of them has to be settled, and a review without actions gets no hint about actions. The text of a
hint begins with what is lacking, so that a narrow screen may cut its end.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from lrtui.errors import Refused
from lrtui.review import answers, capture, dates, feedback, lines, roster
from lrtui.review.fields import written
from lrtui.review.model import Kind, Put, State
from lrtui.review.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from lrtui.review.fields import Json
    from lrtui.review.model import Action, Entry, Review

Lack: TypeAlias = Literal[
    "empty", "action_owner", "action_team", "action_due", "idea", "parked", "question", "moment", "feedback"
]

_NOT_APPLICABLE = frozenset({"n/a", "na", "none", "-"})


@dataclass(frozen=True, slots=True)
class Hint:
    """Something that is still open.

    `key` stays the same for as long as the hint stands; `subject` is the id of the document it is about; `ask` says
    what may be typed, as a phrase that also follows the word “Type”.
    """

    key: str
    kind: Lack
    subject: str
    text: str
    ask: str


@dataclass(frozen=True, slots=True)
class _Answer:
    """What was typed, and what is needed to make documents of it."""

    words: str
    today: date
    now: datetime
    new_id: Callable[[], str]
    prefixes: Mapping[str, Kind]


def hints(review: Review) -> tuple[Hint, ...]:
    """Return what is still open, first what is lost when the room parts."""
    return (
        *_learnings(review),
        *_unowned(review),
        *_early(review),
        *_waiting(review),
        *_moments(review),
        *_votes(review),
    )


def hint_about(review: Review, kind: Lack, subject: str) -> Hint:
    """Return the hint of that kind about a document; raises `Refused` where that is settled by now."""
    found = (hint for hint in hints(review) if (hint.kind, hint.subject) == (kind, subject))
    hint = next(found, None)
    if hint is None:
        raise Refused("That is settled already, or not there any more.")
    return hint


def _hint(kind: Lack, subject: str, text: str, ask: str) -> Hint:
    return Hint(f"{kind}:{subject}", kind, subject, clean_line(text), ask)


def _learnings(review: Review) -> Iterator[Hint]:
    written_down = any(entry.kind is Kind.LEARNING for entry in review.entries.values())
    if "learnings" in review.template.export and not written_down:
        yield _hint("empty", "learnings", "No learnings yet. What does each of us take away?", "what was learned")


def _unowned(review: Review) -> Iterator[Hint]:
    """Yield what actions lack, one action after the other, as one speaks of them."""
    name = next(iter(lines.handles(review)), "ana")
    for action in (item for item in review.actions.values() if item.state.going):
        if not action.owners:
            asked = f"a name on the roster, as in {name}; or drop and why"
            yield _hint("action_owner", action.id, f"No owner yet: {action.text}", asked)
        if not action.team:
            asked = "the team that will own it; or drop and why"
            yield _hint("action_team", action.id, f"No team yet: {action.text}", asked)
        if action.due is None:
            asked = "a day, as in fri, +5b, eow or 12-04; or drop and why"
            yield _hint("action_due", action.id, f"No date yet: {action.text}", asked)


def ideas(review: Review) -> tuple[Action, ...]:
    """Return the early ideas that wait for their step, in the order of capture."""
    return tuple(action for action in review.actions.values() if action.state is State.IDEA)


def parked(review: Review) -> tuple[Entry, ...]:
    """Return what is parked and not settled yet, in the order of capture."""
    return tuple(entry for entry in review.entries.values() if entry.kind is Kind.PARKED and not entry.settled)


def _early(review: Review) -> Iterator[Hint]:
    for action in ideas(review):
        yield _hint("idea", action.id, f"Early idea: {action.text}", "take, park, or drop and why")


def _waiting(review: Review) -> Iterator[Hint]:
    for entry in parked(review):
        yield _hint("parked", entry.id, f"Parked: {entry.text}", "keep, action or drop")
    for entry in review.entries.values():
        if entry.kind is Kind.QUESTION and not entry.settled:
            yield _hint("question", entry.id, f"Open question: {entry.text}", "the answer, or keep, action or drop")


def _moments(review: Review) -> Iterator[Hint]:
    for asked in review.template.moments:
        moment = review.moments.get(asked.key)
        if moment is None or not (moment.when or moment.not_applicable):
            yield _hint("moment", asked.key, f"No time yet: {asked.title}", "14:05, 11-22 14:05, ~14:05 or n/a")


def _votes(review: Review) -> Iterator[Hint]:
    asked = feedback.current(review)
    if asked is not None and not review.alone:  # what there is to ask about a text is asked of its readers
        yield _asking(asked)


def votes_hint(review: Review, typed: str, selected: Hint | None) -> Hint | None:
    """Return the question to the room that typed numbers are votes on.

    It is the one that is asked now or, for a single number that does not fit there, the return on time: a late vote.
    None where something else than numbers is typed, no numbers are asked for, or nobody else is there to answer; and
    where an open question is selected, whose answer may be numbers, unless it is several with which a room begins.
    """
    numbers = answers.numbers(typed)
    if review.alone or not numbers:
        return None
    asked = feedback.current(review)
    fitting = asked if asked and _on_scale(numbers, asked.scale) else None
    if selected and selected.kind == "question":
        return _asking(fitting) if fitting and not fitting.count and len(numbers) > 1 else None
    late = feedback.return_on_time(review) if len(numbers) == 1 else None
    meant = fitting or late or asked
    return _asking(meant) if meant and meant.scale else None


def _on_scale(numbers: Sequence[int], scale: tuple[int, int] | None) -> bool:
    """Tell whether numbers answer a question: each on its scale or, for a yes or no, how many of how many."""
    low, high = scale or (1, 0)
    return all(low <= number <= high for number in numbers) or (high - low == 1 and len(numbers) == 2)


def waiting_for(review: Review, selected: Hint, typed: str) -> Hint | None:
    """Return the point that typed words can only belong to, where that is another than the one selected.

    Such are the short answers that one point takes and the selected one would keep as its text: “keep” is no team. The
    answer to an open question may be any words.
    """
    if selected.kind == "question":
        return None
    words = clean_line(typed).casefold()
    kinds = _WORDS.get(words) or _by_form(words, selected)
    if selected.kind in kinds:
        return None
    return next((hint for hint in hints(review) if hint.kind in kinds), None)


_WORDS: Mapping[str, frozenset[Lack]] = {
    "take": frozenset({"idea"}),
    "park": frozenset({"idea"}),
    "keep": frozenset({"parked", "question"}),
    "action": frozenset({"parked", "question"}),
    "drop": frozenset({"action_owner", "action_team", "action_due", "idea", "parked", "question"}),
    "n/a": frozenset({"moment"}),
    "end": frozenset({"feedback"}),
}


def _by_form(words: str, selected: Hint) -> frozenset[Lack]:
    """Tell by its form what a text answers: so many of so many are votes, and a time is that of a moment."""
    if feedback.counts(words):
        return frozenset({"feedback"})
    return frozenset({"moment"}) if selected.kind == "action_team" and dates.parse_time(words) else frozenset()


def feedback_key(asked: feedback.Round) -> str:
    """Return the key of the hint about a question to the room."""
    return _asking(asked).key


def _asking(asked: feedback.Round) -> Hint:
    if asked.scale is None:
        return _hint("feedback", asked.key, asked.ask, f"{asked.how}; end goes on")
    of = f" of {asked.expected}" if asked.count < asked.expected else ""
    votes = f"Votes so far, {asked.count}{of}" if asked.count else "No votes yet"
    return _hint("feedback", asked.key, f"{votes}: {asked.ask}", asked.how)


def settle(
    review: Review,
    hint: Hint,
    answer: str,
    today: date,
    now: datetime,
    new_id: Callable[[], str],
    *,
    prefixes: Mapping[str, Kind] = capture.PREFIXES,
) -> list[Put]:
    """Return what an answer to a hint changes; nothing for “keep”. An answer that does not fit is refused."""
    words = clean_line(answer)
    if not words:
        raise Refused(f"Type {hint.ask}.")
    return _SETTLE[hint.kind](review, hint, _Answer(words, today, now, new_id, prefixes))


def _misfit(hint: Hint, words: str) -> Refused:
    return Refused(f"“{words}” does not fit here. Type {hint.ask}.")


def _settle_empty(review: Review, _: Hint, answer: _Answer) -> list[Put]:
    known, learned = lines.handles(review), Kind.LEARNING
    line = capture.parse(answer.words, handles=known, default=learned, today=answer.today, prefixes=answer.prefixes)
    if not line.text:
        raise Refused(f"There are no words in “{answer.words}” yet.")
    return [lines.put(review, line, review.head.step, answer.new_id(), answer.now, answer.today)]


def _settle_owner(review: Review, hint: Hint, answer: _Answer) -> list[Put]:
    action = _action(review, hint)
    if roster.find(review, answer.words) is None and (dropped := _drop(action, answer)):
        return dropped
    if not answer.words.strip(", "):
        raise _misfit(hint, answer.words)
    return [Put("actions", action.id, owned_by(review, action, answer.words))]


def owned_by(review: Review, action: Action, words: str) -> dict[str, Json]:
    """Return what sets the owners, names parted by commas and not none, the accountable one first.

    Their team owns the action unless another one does.
    """
    owners = [roster.named(review, name) for name in filter(None, map(str.strip, words.split(",")))]
    fields: dict[str, Json] = {"owners": [person.id for person in owners]}
    if not action.team and owners[0].team:
        fields["team"] = owners[0].team
    return fields


def _settle_team(review: Review, hint: Hint, answer: _Answer) -> list[Put]:
    """Name the team; one whose name begins with “drop” stands behind `team:`, as it may in a line."""
    action = _action(review, hint)
    team = answer.words.removeprefix("team:").strip('" ')
    if not team:
        raise _misfit(hint, answer.words)
    if team == answer.words and dates.parse_day(team.split()[-1], answer.today):
        raise Refused(f"“{team}” reads as a day, and this is about the team. Of a team of that name write team:{team}.")
    return _drop(action, answer) or [Put("actions", action.id, {"team": team})]


def _settle_due(review: Review, hint: Hint, answer: _Answer) -> list[Put]:
    action = _action(review, hint)
    dropped = _drop(action, answer)
    if dropped:
        return dropped
    due = dates.parse_day(answer.words.removeprefix("due:").removeprefix("^"), answer.today)
    if due is None:
        raise _misfit(hint, answer.words)
    return [Put("actions", action.id, {"due": due.isoformat()})]


def _drop(action: Action, answer: _Answer) -> list[Put]:
    """Return what “drop”, and why, makes of an action; nothing where something else was answered."""
    word, _, reason = answer.words.partition(" ")
    if word.casefold() != "drop":
        return []
    if not reason.strip():
        raise Refused("Say why as well, as in: drop the service is being retired.")
    return [Put("actions", action.id, {"state": State.NOT_DOING.value, "reason": reason.strip()})]


def _settle_idea(review: Review, hint: Hint, answer: _Answer) -> list[Put]:
    action = _action(review, hint)
    dropped = _drop(action, answer)
    if dropped:
        return dropped
    match answer.words.partition(" ")[0].casefold():
        case "take":
            return [Put("actions", action.id, {"state": State.OPEN.value})]
        case "park":
            return _become_parked(action)
    raise _misfit(hint, answer.words)


def _settle_parked(review: Review, hint: Hint, answer: _Answer) -> list[Put]:
    entry = _entry(review, hint)
    match answer.words.casefold():
        case "keep":
            return [Put("entries", entry.id, {"settled": True})]
        case "action":
            return _become_action(entry)
        case "drop":
            return [Put("entries", entry.id, {"gone": True})]
    raise _misfit(hint, answer.words)


def _settle_question(review: Review, hint: Hint, answer: _Answer) -> list[Put]:
    """Do as with what is parked; any other words are the answer, and the question becomes a note that has it."""
    if answer.words.casefold() in {"keep", "action", "drop"}:
        return _settle_parked(review, hint, answer)
    entry = _entry(review, hint)
    return [Put("entries", entry.id, {"kind": Kind.NOTE.value, "text": f"{entry.text} — {answer.words}"})]


def _settle_moment(review: Review, hint: Hint, answer: _Answer) -> list[Put]:
    return [Put("moments", hint.subject, moment_fields(review, hint.subject, answer.words, answer.today))]


def _settle_feedback(review: Review, hint: Hint, answer: _Answer) -> list[Put]:
    if answer.words.casefold() == "end":
        return feedback.ended(review, hint.subject)
    return feedback.answered(review, hint.subject, answer.words, answer.new_id)


_SETTLE: Mapping[Lack, Callable[[Review, Hint, _Answer], list[Put]]] = {
    "empty": _settle_empty,
    "action_owner": _settle_owner,
    "action_team": _settle_team,
    "action_due": _settle_due,
    "idea": _settle_idea,
    "parked": _settle_parked,
    "question": _settle_question,
    "moment": _settle_moment,
    "feedback": _settle_feedback,
}


def moment_fields(review: Review, key: str, words: str, today: date) -> dict[str, Json]:
    """Read what was typed for a moment: a time, “n/a” where there was none, nothing to clear it.

    A time without a date is near to what was recorded for the moment before, else to the incident's other times.
    """
    words = clean_line(words)
    if words.casefold() in _NOT_APPLICABLE:
        return {"when": None, "about": None, "not_applicable": True}
    if not words:
        return {"when": None, "about": None, "not_applicable": None}
    spoken = dates.parse_time(words)
    if spoken is None:
        raise Refused(f"“{words}” is not a time. Type 14:05, 11-22 14:05, ~14:05 for about, or n/a.")
    zone, before = dates.zone_of(review), review.moments.get(key)
    near = (dates.local(before.when, zone) if before else None) or lines.reference(review)
    when, _ = dates.place(spoken, near, zone, today)
    return {"when": when, "about": spoken.about or None, "not_applicable": None}


def _action(review: Review, hint: Hint) -> Action:
    action = review.actions.get(hint.subject)
    if action is None:
        raise Refused("That action is not there any more.")
    return action


def _entry(review: Review, hint: Hint) -> Entry:
    entry = review.entries.get(hint.subject)
    if entry is None:
        raise Refused("That line is not there any more.")
    return entry


def _become_action(entry: Entry) -> list[Put]:
    fields: dict[str, Json] = {"state": State.OPEN.value, "owners": list(entry.who) or None, "reason": None}
    return lines.moved_over(entry, Put("actions", entry.id, {**_shared(entry), **fields}))


def _become_parked(action: Action) -> list[Put]:
    fields: dict[str, Json] = {"kind": Kind.PARKED.value, "who": list(action.owners) or None}
    return lines.moved_over(action, Put("entries", action.id, {**_shared(action), **fields}))


def _shared(line: Entry | Action) -> dict[str, Json]:
    """Return what a line keeps when it moves between the tables, where its id stays the same."""
    return {
        "text": line.text,
        "step": line.step or None,
        "priority": line.priority or None,
        "due": line.due.isoformat() if line.due else None,
        "ref": line.ref or None,
        "team": line.team or None,
        "at": written(line.at) if line.at else None,
        **{f"tags.{tag}": True for tag in line.tags},
    }
