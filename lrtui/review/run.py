"""What one review that was held says about its template: a small value, of which many can be looked at together.

Nothing in it is about a person. An answer to a question of feedback counts only where at least four answered that
question: of fewer there is not even a count. What was said in words is not in it at all.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from lrtui.review import agenda, feedback, lines, measures
from lrtui.review.dates import zone_of
from lrtui.review.feedback_summary import FEWEST, summary
from lrtui.review.model import Action, Kind, State, Status
from lrtui.review.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

    from lrtui.review.feedback import Round
    from lrtui.review.model import Entry, Review
    from lrtui.review.template import Step


class Lead(NamedTuple):
    """How many days, calendar or working ones, lay between the incident's end and the review; `target` is at most."""

    days: int
    target: int
    working: bool

    @property
    def late(self) -> bool:
        """Whether the target was missed."""
        return self.days > self.target


class StepPlan(NamedTuple):
    """One step as the template has it; `intended` are seconds."""

    key: str
    title: str
    intended: int


class StepRun(NamedTuple):
    """What became of one step. Times are seconds: as the template has them, as re-planned, and as they counted.

    `opened` tells that the room was in it, `skipped` that it was left out on purpose; `empty` that it was held and the
    review has nothing of what it collects. Who writes alone opens no step: there `empty` is all that can be said.
    """

    key: str
    title: str
    intended: int
    planned: int
    spent: int
    opened: bool = True
    skipped: bool = False
    empty: bool = False

    @property
    def flags(self) -> int:
        """What is true of it, as one number."""
        return OPENED * self.opened + SKIPPED * self.skipped + EMPTY * self.empty


OPENED, SKIPPED, EMPTY = 1, 2, 4


class Scaled(NamedTuple):
    """The answers to a question on a scale from `low` to `high`: their sum, and how many there are."""

    low: int
    high: int
    total: int
    answers: int


class Yes(NamedTuple):
    """How many of how many said yes to the question of that key."""

    key: str
    yes: int
    answers: int


class Actions(NamedTuple):
    """How many actions were done, are still open, were dropped, or went elsewhere. Early ideas are none."""

    done: int = 0
    open: int = 0
    dropped: int = 0
    moved: int = 0

    @property
    def taken(self) -> int:
        """How many were taken on, and not dropped."""
        return self.done + self.open + self.moved


class Run(NamedTuple):
    """One review that was held, by one version of a template. `review` is its name in the library.

    `alone` tells that one person wrote it, without a clock. What became of its steps is in `times`, three numbers for
    each of `plan`: planned and spent seconds, and flags; so thousands are looked at as columns. `lead` and `worth`, the
    return on time, are None where they are not known; `votes` are the questions of yes and no.
    """

    review: str
    template: str
    version: int
    held: date
    alone: bool = False
    plan: tuple[StepPlan, ...] = ()
    times: tuple[int, ...] = ()
    lead: Lead | None = None
    worth: Scaled | None = None
    votes: tuple[Yes, ...] = ()
    actions: Actions = Actions()

    @property
    def steps(self) -> tuple[StepRun, ...]:
        """What became of each step."""
        columns = self.times[::3], self.times[1::3], self.times[2::3]
        return tuple(
            StepRun(*step, planned, spent, bool(flags & OPENED), bool(flags & SKIPPED), bool(flags & EMPTY))
            for step, planned, spent, flags in zip(self.plan, *columns, strict=True)
        )

    def with_steps(self, steps: Iterable[StepRun]) -> Run:
        """Return this run with other steps."""
        told = tuple(steps)
        plan = tuple(StepPlan(step.key, step.title, step.intended) for step in told)
        times = tuple(number for step in told for number in (step.planned, step.spent, step.flags))
        return self._replace(plan=plan, times=times)


def run_of(review: Review, name: str = "") -> Run | None:
    """Return what a review says; None while it is not done, and where it is not known when it was held."""
    head = review.head
    began = head.started or head.created
    if head.status is not Status.DONE or began is None:
        return None
    asked = [found for found in feedback.rounds(review) if _counts(found)]
    worth = feedback.return_on_time(review)
    run = Run(
        review=name,
        template=head.template.name,
        version=head.template.version,
        held=began.astimezone(zone_of(review)).date(),
        alone=review.alone,
        lead=_lead(review, began),
        worth=_scaled(worth) if worth in asked else None,
        votes=tuple(Yes(found.key, *counted) for found in asked if (counted := _yes(found))),
        actions=_actions(review),
    )
    return run.with_steps(_steps(review, began))


def _counts(asked: Round) -> bool:
    """Tell whether enough people have answered a question in numbers."""
    return asked.tally is not None and asked.count >= FEWEST


def _lead(review: Review, began: datetime) -> Lead | None:
    found = measures.lead_time(review, began)
    return Lead(found.days, found.target, found.working) if found and found.days >= 0 else None


def _steps(review: Review, began: datetime) -> Iterator[StepRun]:
    filled = _filled(review)
    for step, pace in zip(review.template.steps, agenda.pace(review, began).steps, strict=True):
        state = review.steps.get(step.key)
        opened = review.alone or (state is not None and state.visited)
        skipped = state is not None and state.skipped and not review.alone
        empty = opened and not skipped and step.key not in filled and _collects(step, alone=review.alone)
        yield StepRun(step.key, step.title, pace.intended, pace.planned, pace.spent, opened, skipped, empty)


def _collects(step: Step, *, alone: bool) -> bool:
    """Tell whether something is expected of a step: in a meeting, notes are welcome anywhere and asked for nowhere."""
    return step.captures != Kind.PRIVATE and not step.shows and (alone or step.captures != Kind.NOTE)


def _filled(review: Review) -> set[str]:
    """Return the keys of the steps in which something stands, or for which something was said in another one."""
    found: list[Entry | Action] = [entry for entry in review.entries.values() if entry.kind is not Kind.PRIVATE]
    found += review.actions.values()
    if review.alone:
        return {lines.section(review, line) for line in found}
    collected: dict[str, str] = {step.key: step.captures for step in review.template.steps}
    kinds = [(line.step, Kind.ACTION if isinstance(line, Action) else line.kind) for line in found]
    elsewhere = {kind for step, kind in kinds if collected.get(step) != kind}
    return {step for step, _ in kinds} | {key for key, kind in collected.items() if kind in elsewhere}


def _scaled(asked: Round | None) -> Scaled | None:
    if asked is None or asked.scale is None or asked.tally is None:
        return None
    return Scaled(*asked.scale, sum(value * count for value, count in asked.tally.counts), asked.count)


def _yes(asked: Round) -> tuple[int, int] | None:
    """Return how many of how many said yes; None where the scale has more to say than yes and no."""
    return feedback.yeses(asked) if asked.scale and asked.scale[1] - asked.scale[0] == 1 else None


def _actions(review: Review) -> Actions:
    states = [action.state for action in review.actions.values()]
    going = sum(state.going for state in states)
    return Actions(states.count(State.DONE), going, states.count(State.NOT_DOING), states.count(State.MOVED))


def words_of(review: Review) -> tuple[str, ...]:
    """Return what was said in words about the review, as it may be weighed for its template; never with a name.

    Nothing of a question that fewer than four have answered in words: then it would be plain who said what.
    """
    if review.head.status is not Status.DONE:
        return ()
    return tuple(sorted({clean_line(words) for told in summary(review) for words in told.said}))
