"""The next version of a template: what the reviews by it suggest to change, and the text in which it is changed.

A proposal is a list of changes, each of which can be taken by itself. A change of minutes tells what becomes of the
whole: where other steps are done early it takes what is missing from them, and the whole stays as it is, whichever
other changes are taken. The same reviews always give the same proposal.

Words that somebody adds (a prompt, a line of coaching, a note for the team) are changes as well. What was said in
feedback is never put into a template by itself.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import yaml

from lrtui.errors import Refused, TemplateError
from lrtui.review import template_text, yaml_edit
from lrtui.review.insight import FEW, OVER, steps
from lrtui.review.template import HIGHEST_VERSION, LONGEST_STEP, Template
from lrtui.review.text import clean, clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from lrtui.review.insight import Spread, StepSummary
    from lrtui.review.run import Run
    from lrtui.review.template import Step
    from lrtui.review.template_text import Parents

ENOUGH = FEW  # reviews in which a step was held, below which nothing is concluded from what it took
LATEST = 20  # reviews that are looked at; what is longer ago was another team
_EARLY = 0.75  # of its minutes, below which a step that stays empty is too long

Kind: TypeAlias = Literal["minutes", "drop", "prompt", "coach", "note"]


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a template, about the step of that key, or "" where it is about the whole.

    `moves` are the minutes that steps get, or give where they are below zero, by key; `words` are those to be added.
    `title` says what is done, `why` what speaks for it, `logged` both as the changelog tells them.
    """

    kind: Kind
    step: str
    title: str
    why: str = ""
    logged: str = ""
    moves: tuple[tuple[str, int], ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the latest reviews by a template, in its present version, suggest to change; `reviews` counts them."""

    template: Template
    reviews: int
    changes: tuple[Change, ...]


def proposal(template: Template, runs: Iterable[Run]) -> Proposal:
    """Return what reviews suggest; only those by the present version of the template count."""
    looked_at = latest(template, runs)
    if not looked_at:
        return Proposal(template, 0, ())
    evidence = {step.key: step for step in steps(looked_at)}
    found = {step.key: evidence[step.key] for step in template.steps if step.key in evidence}
    dropped = {key: change for key, told in found.items() if (change := _dropped(template, told))}
    shortened = {
        key: change for key, told in found.items() if key not in dropped and (change := _emptied(template, told))
    }
    spare = _spare(template, found, dropped.keys() | shortened.keys())
    changes = []
    for step in template.steps:
        told = found.get(step.key)
        over = _overrun(template, step, told, spare) if told and step.key not in dropped else None
        changes += [change for change in (over, shortened.get(step.key), dropped.get(step.key)) if change]
    return Proposal(template, len(looked_at), tuple(changes))


def latest(template: Template, runs: Iterable[Run]) -> list[Run]:
    """Return the latest reviews by a template in its present version, the last one last."""
    named = [run for run in runs if (run.template, run.version) == (template.name, template.version)]
    return sorted(named, key=lambda run: (run.held, run.review))[-LATEST:]


def _dropped(template: Template, told: StepSummary) -> Change | None:
    """Propose to take out a step that is mostly left out; one that shows something may have had nothing to show."""
    step = _step(template, told.key)
    if told.reviews < ENOUGH or step.shows or step.locked or len(template.steps) == 1:
        return None
    unheld = told.left_out if told.spent or step.minutes else told.empty
    if 2 * unheld <= told.reviews:
        return None
    done = "left out" if told.left_out else "left empty"
    why = f"It was {done} in {unheld} of the last {told.reviews} reviews."
    total = template.minutes - step.minutes
    whole = f" Taken alone, the whole becomes {total} minutes." if step.minutes else ""
    logged = f"{step.title}: taken out; {done} in {unheld} of {told.reviews} reviews."
    return Change("drop", step.key, f"Take out “{step.title}”", why + whole, logged)


def _emptied(template: Template, told: StepSummary) -> Change | None:
    """Propose to shorten a step that mostly stays empty and is over early."""
    step, spent = _step(template, told.key), told.spent
    if step.locked or spent is None or spent.number < ENOUGH or 2 * told.empty <= told.held:
        return None
    minutes = max(ceil(spent.high), step.at_least, 1)
    if spent.median >= _EARLY * step.minutes or minutes >= step.minutes:
        return None
    why = (
        f"Nothing was captured in {told.empty} of {told.held} reviews, and three of four were over after"
        f" {ceil(spent.high)} minutes. Taken alone, the whole becomes {template.minutes + minutes - step.minutes}."
    )
    logged = f"{step.title}: {step.minutes} → {minutes} minutes; empty in {told.empty} of {told.held} reviews."
    title = f"{step.title}: {step.minutes} → {minutes} minutes"
    return Change("minutes", step.key, title, why, logged, ((step.key, minutes - step.minutes),))


def _is_over(step: Step, told: StepSummary) -> bool:
    enough = told.spent is not None and told.spent.number >= ENOUGH and step.minutes > 0
    return enough and told.spent is not None and told.spent.median > OVER * step.minutes


def _spare(template: Template, found: Mapping[str, StepSummary], settled: Iterable[str]) -> dict[str, int]:
    """Return the minutes that steps do not need in three of four reviews."""
    spare: dict[str, int] = {}
    for step in template.steps:
        told = found.get(step.key)
        if told is None or told.spent is None or told.spent.number < ENOUGH or step.locked or step.key in settled:
            continue
        spare[step.key] = step.minutes - max(ceil(told.spent.high), step.at_least, 1)
    return {key: minutes for key, minutes in spare.items() if minutes > 0}


def _overrun(template: Template, step: Step, told: StepSummary, spare: dict[str, int]) -> Change | None:
    """Propose to give a step what it takes, from others that are over early; takes that out of `spare`."""
    if not _is_over(step, told) or told.spent is None:
        return None
    more = min(round(told.spent.median), LONGEST_STEP) - step.minutes
    if more <= 0:
        return None
    given = _given(template, spare, more)
    kept = sum(given.values())
    others = ", ".join(f"{_step(template, key).title} −{minutes}" for key, minutes in given.items())
    stays, becomes = (
        f"The whole stays {template.minutes}",
        f"Taken alone, the whole becomes {template.minutes + more - kept}",
    )
    early = f" Done early, and giving: {others}." if given else " No step is done early enough to give."
    why = f"{_told(told.spent)}{early} {stays if kept == more else becomes} minutes."
    title = f"{step.title}: {step.minutes} → {step.minutes + more} minutes"
    taken = f" ({others})" if others else ""
    logged = f"{title}{taken}; it took {told.spent.median:.0f} at the median of {told.spent.number} reviews."
    moves = ((step.key, more), *((key, -minutes) for key, minutes in given.items()))
    return Change("minutes", step.key, title, why, logged, moves)


def _told(spent: Spread) -> str:
    middle = f", in half of them between {spent.low:.0f} and {spent.high:.0f}" if spent.low < spent.high else ""
    return f"It took {spent.median:.0f} minutes at the median of {spent.number} reviews{middle}."


def _given(template: Template, spare: dict[str, int], wanted: int) -> dict[str, int]:
    """Take minutes where most are to spare, one after the other; of equals from the later step."""
    order = [step.key for step in template.steps]
    given: Counter[str] = Counter()
    while wanted > given.total() and any(spare.values()):
        key = max(spare, key=lambda key: (spare[key], order.index(key)))
        spare[key] -= 1
        given[key] += 1
    return {key: given[key] for key in order if given[key]}


def _step(template: Template, key: str) -> Step:
    found = template.step(key)
    if found is None:
        known = ", ".join(step.key for step in template.steps)
        raise Refused(f"There is no step “{clean_line(key)}” in {template.name}. There are: {known}.")
    return found


def _called(template: Template, called: str) -> Step:
    """Return the step of that key, or else the first of that title in any case."""
    titled = (step for step in template.steps if step.title.casefold() == called.casefold())
    return template.step(called) or next(titled, None) or _step(template, called)


def added(template: Template, kind: Kind, step: str, words: str) -> Change:
    """Return the change that adds a prompt or a line of coaching to a step, or a note for the team to weigh.

    `step` is the key of a step or its title.
    """
    said = clean_line(words)
    if not said:
        raise Refused("There are no words to add.")
    if kind == "note":
        return Change(kind, "", f"To weigh: {said}", logged=f"To weigh: {said}", words=said)
    found = _called(template, step)
    title = found.title
    what = "a prompt" if kind == "prompt" else "coaching"
    return Change(
        kind, found.key, f"{title}: {what} more, “{said}”", logged=f"{title}: {what} more, “{said}”", words=said
    )


def applied(
    text: str, template: Template, changes: Sequence[Change], day: str, *, source: str, parents: Parents | None = None
) -> str:
    """Return the text of the next version: `changes` made, the version one higher, and both in its changelog.

    `template` is what `text` reads as. Whatever else stands in the text stays. Raises `Refused` where the way in which
    it is written does not let it be changed in place.
    """
    if not changes:
        raise Refused("No change was accepted, so there is no next version.")
    whole = _changed(template, changes, day)
    try:
        after = _with_entry(edited(text, template, changes, parents=parents), whole)
        same = template_text.load(after, source=source, parents=parents).plain() == whole.plain()
    except (yaml.YAMLError, TemplateError, KeyError, ValueError) as error:
        raise Refused(_BY_HAND) from error
    if not same:
        raise Refused(_BY_HAND)
    return after.replace("\n", "\r\n") if "\r\n" in text else after


def edited(text: str, template: Template, changes: Sequence[Change], *, parents: Parents | None = None) -> str:
    """Return the text with changes made, of the version that it is; lines end in a line feed alone.

    Nobody has looked yet whether it still says what was meant: `applied` does.
    """
    text = clean(text.removeprefix("\ufeff"))
    inherited = _inherited(text, parents)
    dropped = {change.step for change in changes if change.kind == "drop"}
    for key, minutes in _moved(changes).items():
        if minutes and key not in dropped:
            text = _in_step(text, key, "minutes", _step(template, key).minutes + minutes)
    for change in changes:
        if change.kind in {"prompt", "coach"} and change.step not in dropped:
            text = _worded(text, change, template)
    for key in sorted(dropped):
        text = _without_step(text, key) if key in inherited else yaml_edit.drop(text, ["steps", key])
    return text


def _with_entry(text: str, whole: Template) -> str:
    """Return the text with the version of `whole`, and the first entry of its changelog."""
    text = yaml_edit.put(text, (), "version", whole.version, after="name")
    edition = whole.changelog[0]
    entry: yaml_edit.Value = {"version": edition.version, "date": edition.date, "changes": list(edition.changes)}
    log = yaml_edit.parsed(text).at(["changelog"])
    if log is not None and log.items:
        return yaml_edit.add(text, ["changelog"], entry, first=True)
    return yaml_edit.put(text, (), "changelog", [entry]) if log else yaml_edit.end_with(text, "changelog", [entry])


_BY_HAND = (
    "The way in which this template is written does not let it be changed by itself, and nothing was changed. Write its"
    " steps one below the other, or make the change by hand."
)


def _changed(template: Template, changes: Sequence[Change], day: str) -> Template:
    """Return the next version as values."""
    if template.version >= HIGHEST_VERSION:
        raise Refused("There is no higher version than this one.")
    moved = _moved(changes)
    dropped = {change.step for change in changes if change.kind == "drop"}
    if dropped >= {step.key for step in template.steps}:
        raise Refused("A template needs at least one step; leave one of them in.")
    kept = [step for step in template.steps if step.key not in dropped]
    plain: dict[str, Any] = template.plain() | {"version": template.version + 1}
    plain["steps"] = [
        _with_words(replace(step, minutes=step.minutes + moved[step.key]), changes).plain() for step in kept
    ]
    plain["changelog"] = [_entry(template, changes, day), *plain.get("changelog", [])]
    return Template.read(plain)


def _moved(changes: Iterable[Change]) -> Counter[str]:
    moved: Counter[str] = Counter()
    for change in changes:
        for key, minutes in change.moves:
            moved[key] += minutes
    return moved


def _with_words(step: Step, changes: Iterable[Change]) -> Step:
    for change in changes:
        if change.step == step.key and change.kind == "prompt":
            step = replace(step, prompts=(*step.prompts, change.words))
        if change.step == step.key and change.kind == "coach":
            step = replace(step, coach=f"{step.coach}\n{change.words}" if step.coach else change.words)
    return step


def _entry(template: Template, changes: Iterable[Change], day: str) -> dict[str, Any]:
    return {"version": template.version + 1, "date": day, "changes": [change.logged for change in changes]}


def _inherited(text: str, parents: Parents | None) -> frozenset[str]:
    """Return the keys of the steps that a template takes over from another one."""
    name = yaml_edit.parsed(text).at(["extends"])
    parent = parents(name.text) if parents and name and name.text else None
    return frozenset(step.key for step in parent.steps) if parent else frozenset()


def _in_step(text: str, key: str, name: str, value: yaml_edit.Value) -> str:
    """Give a step a value, in a text that may take the step over from another template and not name it yet."""
    if yaml_edit.parsed(text).at(["steps", key]) is not None:
        return yaml_edit.put(text, ["steps", key], name, value)
    return _with_step(text, {"key": key, name: value})


def _with_step(text: str, item: yaml_edit.Value) -> str:
    own = yaml_edit.parsed(text).at(["steps"])
    return yaml_edit.add(text, ["steps"], item) if own and own.items else yaml_edit.put(text, (), "steps", [item])


def _worded(text: str, change: Change, template: Template) -> str:
    """Add words to those of a step; what it takes over from another template is written out first."""
    step, name = _step(template, change.step), "prompts" if change.kind == "prompt" else "coach"
    own = yaml_edit.parsed(text).at(["steps", change.step, name])
    if name == "prompts":
        if own is not None and own.items:
            return yaml_edit.add(text, ["steps", change.step, name], change.words)
        return _in_step(text, change.step, name, [*step.prompts, change.words])
    if own is not None and own.text:
        return yaml_edit.append(text, ["steps", change.step, name], change.words)
    return _in_step(text, change.step, name, f"{step.coach}\n{change.words}" if step.coach else change.words)


def _without_step(text: str, key: str) -> str:
    """Take out a step that is taken over from another template."""
    gone: yaml_edit.Value = {"key": key, "drop": True}
    if yaml_edit.parsed(text).at(["steps", key]) is not None:
        return yaml_edit.replace(text, ["steps", key], gone)
    return _with_step(text, gone)
