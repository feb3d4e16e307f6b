"""What many reviews say together about their templates: by version, and over time.

Everything is a count, a median with its quartiles, or an average of averages' makings; nothing is about a person, and
the order in which the reviews are given makes no difference. Small numbers are marked as few, not hidden; but what was
answered in feedback is left out where only one review has it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from lrtui.review.run import EMPTY, OPENED, SKIPPED, Actions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from lrtui.review.run import Lead, Run, Scaled, StepPlan, Yes

Pair = TypeVar("Pair", bound="tuple[int, int]")

FEW = 5  # reviews, below which what they say together says little
ENOUGH_TO_TELL = 2  # reviews, below which nothing is told of what was answered in feedback
OVER = 1.2  # times its minutes: from there on a step has taken clearly more than planned
_HELD = frozenset(flags for flags in range(8) if flags & (OPENED | SKIPPED) == OPENED)  # of a step that the room did
_MONTHS = 9  # up to which a span of time is told by months

# what a review has to reach in a question of yes and no, of how many answers
THRESHOLDS: dict[str, Callable[[int, int], bool]] = {
    "learned": lambda yes, _: yes >= 1,
    "again": lambda yes, answers: 2 * yes >= answers,
}


class Spread(NamedTuple):
    """Where the middle half of some numbers lies: from the lower to the upper quartile, with the median between."""

    number: int
    low: float
    median: float
    high: float

    @classmethod
    def of(cls, values: Iterable[float]) -> Spread | None:
        """Return the spread of some numbers; None where there are none."""
        ordered = sorted(values)
        if not ordered:
            return None
        return cls(len(ordered), _at(ordered, 0.25), _at(ordered, 0.5), _at(ordered, 0.75))


def _at(ordered: Sequence[float], share: float) -> float:
    """Return the number at a share of the way through, between two where it falls between them."""
    place = share * (len(ordered) - 1)
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


@dataclass(frozen=True, slots=True)
class Late:
    """How many days after the incident's end reviews were held, and how many of them later than the target."""

    days: Spread
    late: int
    target: int
    working: bool


@dataclass(frozen=True, slots=True)
class Worth:
    """The average return on time, on a scale from `low` to `high`, of so many answers in so many reviews."""

    average: float
    low: int
    high: int
    answers: int
    reviews: int


@dataclass(frozen=True, slots=True)
class Vote:
    """A question of yes and no: the answers together, and in how many reviews its threshold was reached.

    `reached` is None for a question that has no threshold.
    """

    key: str
    yes: int
    answers: int
    reviews: int
    reached: int | None


@dataclass(frozen=True, slots=True)
class StepSummary:
    """One step in all reviews that had it. `minutes` are the template's, in the latest of them.

    `spent` are the minutes of those that were `timed`: held, with a clock; `over` counts those of them that took
    clearly more than the template plans. `skipped` counts where it was left out on purpose, `unopened` where the room
    never came to it, `held` where it was done, `empty` where nothing was captured then.
    """

    key: str
    title: str
    minutes: int
    reviews: int
    held: int
    skipped: int
    unopened: int
    empty: int
    over: int
    planned: Spread | None
    spent: Spread | None

    @property
    def left_out(self) -> int:
        """How often it was not done, on purpose or not."""
        return self.skipped + self.unopened


@dataclass(frozen=True, slots=True)
class Summary:
    """What some reviews say together; minutes are those of reviews with a clock.

    `withheld` tells that there is feedback which is left out, as it is of one review alone.
    """

    reviews: int
    first: date
    last: date
    late: Late | None
    planned: Spread | None
    spent: Spread | None
    worth: Worth | None
    votes: tuple[Vote, ...]
    withheld: bool
    actions: Actions
    without_actions: int

    @property
    def few(self) -> bool:
        """Whether there are too few of them to conclude much."""
        return self.reviews < FEW


@dataclass(frozen=True, slots=True)
class Version:
    """The reviews by one version of a template."""

    version: int
    summary: Summary
    steps: tuple[StepSummary, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """The reviews of a month or a quarter: `2026-11` or `2026 Q4`."""

    name: str
    summary: Summary


@dataclass(frozen=True, slots=True)
class Insight:
    """What is known of one template: all its reviews, its versions from the first to the last, and its periods."""

    template: str
    whole: Summary
    versions: tuple[Version, ...]
    periods: tuple[Period, ...]


def insights(runs: Iterable[Run]) -> list[Insight]:
    """Return what reviews say about each of their templates, that with the most reviews first."""
    by_template: dict[str, list[Run]] = defaultdict(list)
    for run in runs:
        by_template[run.template].append(run)
    found = [insight(group) for group in by_template.values()]
    return sorted(found, key=lambda told: (-told.whole.reviews, told.template))


def insight(runs: Sequence[Run]) -> Insight:
    """Return what reviews by one template say; there is at least one."""
    names = _naming(runs)
    by_version: dict[int, list[Run]] = defaultdict(list)
    for run in runs:
        by_version[run.version].append(run)
    piles = {version: _by_period(group, names) for version, group in by_version.items()}
    versions = (
        Version(version, _together(piles[version].values()).summary, steps(group))
        for version, group in sorted(by_version.items())
    )
    every = [pair for found in piles.values() for pair in found.items()]
    return Insight(runs[0].template, _together(pile for _, pile in every).summary, tuple(versions), _periods(every))


def summary(runs: Sequence[Run]) -> Summary:
    """Return what reviews say together; there is at least one."""
    return _Pile.of(runs).summary


def periods(runs: Sequence[Run]) -> tuple[Period, ...]:
    """Return the reviews by month where they lie within some months, else by quarter; in order, without empty ones."""
    return _periods(_by_period(runs, _naming(runs)).items())


def _periods(piles: Iterable[tuple[str, _Pile]]) -> tuple[Period, ...]:
    by_name: dict[str, list[_Pile]] = defaultdict(list)
    for name, pile in piles:
        by_name[name].append(pile)
    return tuple(Period(name, _together(group).summary) for name, group in sorted(by_name.items()))


def _by_period(runs: Iterable[Run], names: Mapping[date, str]) -> dict[str, _Pile]:
    by_name: dict[str, list[Run]] = defaultdict(list)
    for run in runs:
        by_name[names[run.held]].append(run)
    return {name: _Pile.of(group) for name, group in by_name.items()}


def _naming(runs: Iterable[Run]) -> dict[date, str]:
    """Name the period of each day: its month, where all days lie within some months, else its quarter."""
    days = {run.held for run in runs}
    first, last = min(days), max(days)
    named = _month if 12 * (last.year - first.year) + last.month - first.month < _MONTHS else _quarter
    return {day: named(day) for day in days}


def _month(day: date) -> str:
    return f"{day.year:04}-{day.month:02}"


def _quarter(day: date) -> str:
    return f"{day.year:04} Q{(day.month + 2) // 3}"


class _Pile(NamedTuple):
    """What reviews have to say, side by side, so that piles can be put together without looking at a review again.

    `planned` and `spent` are seconds of the whole meeting, where both are known.
    """

    days: list[date]
    leads: list[Lead]
    planned: list[int]
    spent: list[int]
    worths: list[Scaled]
    votes: list[Yes]
    actions: list[Actions]

    @classmethod
    def of(cls, runs: Sequence[Run]) -> _Pile:
        planned = {plan: sum(step.intended for step in plan) for plan in {run.plan for run in runs}}
        times = [(planned[run.plan], sum(run.times[1::3])) for run in runs]
        timed = [(intended, spent) for intended, spent in times if intended and spent]
        return cls(
            [run.held for run in runs],
            [run.lead for run in runs if run.lead],
            [intended for intended, _ in timed],
            [spent for _, spent in timed],
            [run.worth for run in runs if run.worth],
            [vote for run in runs for vote in run.votes],
            [run.actions for run in runs],
        )

    @property
    def summary(self) -> Summary:
        actions = Counter(self.actions)
        worth, votes = _worth(Counter(self.worths)), _votes(Counter(self.votes))
        told = tuple(vote for vote in votes if vote.reviews >= ENOUGH_TO_TELL)
        return Summary(
            len(self.days),
            min(self.days),
            max(self.days),
            _late(Counter(self.leads)),
            _minutes(self.planned),
            _minutes(self.spent),
            worth if worth and worth.reviews >= ENOUGH_TO_TELL else None,
            told,
            len(told) < len(votes) or (worth is not None and worth.reviews < ENOUGH_TO_TELL),
            Actions(*(sum(count * number for count, number in _parts(actions, place)) for place in range(4))),
            actions[Actions()],
        )


def _together(piles: Iterable[_Pile]) -> _Pile:
    return _Pile(*(list(chain.from_iterable(parts)) for parts in zip(*piles, strict=True)))


def _parts(actions: Counter[Actions], place: int) -> Iterable[tuple[int, int]]:
    return ((found[place], count) for found, count in actions.items())


def _minutes(seconds: Iterable[int]) -> Spread | None:
    found = Spread.of(seconds)
    return Spread(found.number, found.low / 60, found.median / 60, found.high / 60) if found else None


def _late(leads: Counter[Lead]) -> Late | None:
    """Tell of lead times in the days, calendar or working ones, and by the target that most of them have."""
    targets: Counter[tuple[int, bool]] = Counter()
    for lead, count in leads.items():
        targets[lead.target, lead.working] += count
    if not targets:
        return None
    target, working = _usual(targets)
    found = Counter({lead: count for lead, count in leads.items() if lead.working == working})
    days = Spread.of(lead.days for lead in found.elements())
    return Late(days, sum(count for lead, count in found.items() if lead.late), target, working) if days else None


def _worth(found: Counter[Scaled]) -> Worth | None:
    """Average the answers on the scale that most reviews have."""
    scales: Counter[tuple[int, int]] = Counter()
    for given, count in found.items():
        scales[given.low, given.high] += count
    if not scales:
        return None
    low, high = _usual(scales)
    same = [(given, count) for given, count in found.items() if (given.low, given.high) == (low, high)]
    answers = sum(given.answers * count for given, count in same)
    total = sum(given.total * count for given, count in same)
    return Worth(total / answers, low, high, answers, scales[low, high])


def _usual(counts: Counter[Pair]) -> Pair:
    """Return the value that comes most often, of several the largest."""
    return max(counts, key=lambda value: (counts[value], value))


def _votes(votes: Counter[Yes]) -> tuple[Vote, ...]:
    by_key: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    for (key, yes, answers), count in votes.items():
        by_key[key].append((yes, answers, count))
    order = [*(key for key in THRESHOLDS if key in by_key), *sorted(by_key.keys() - THRESHOLDS.keys())]
    return tuple(_vote(key, by_key[key]) for key in order)


def _vote(key: str, given: Sequence[tuple[int, int, int]]) -> Vote:
    """Put answers together, as (yes, of how many, in how many reviews)."""
    reach = THRESHOLDS.get(key)
    reached = sum(count for yes, answers, count in given if reach(yes, answers)) if reach else None
    yes, answers = sum(yes * count for yes, _, count in given), sum(answers * count for _, answers, count in given)
    return Vote(key, yes, answers, sum(count for *_, count in given), reached)


def steps(runs: Sequence[Run]) -> tuple[StepSummary, ...]:
    """Return every step that any of the reviews had, in the order of the latest; those it has not come last."""
    by_plan: dict[tuple[StepPlan, ...], list[tuple[int, ...]]] = defaultdict(list)
    for run in runs:
        by_plan[run.plan].append(run.times)
    by_key: dict[str, list[_Column]] = defaultdict(list)
    for plan, times in by_plan.items():
        columns = list(zip(*times, strict=True))
        for number, step in enumerate(plan):
            by_key[step.key].append(_Column(step, *columns[3 * number : 3 * number + 3]))
    latest = max(runs, key=attrgetter("held", "review")).plan
    named = {step.key: step for step in latest}
    order = [*named, *sorted(by_key.keys() - named.keys())]
    return tuple(_step(by_key[key], named.get(key) or max(column.plan for column in by_key[key])) for key in order)


class _Column(NamedTuple):
    """What became of one step in the reviews that have it in the same plan."""

    plan: StepPlan
    planned: tuple[int, ...]
    spent: tuple[int, ...]
    flags: tuple[int, ...]


def _step(found: Sequence[_Column], shown: StepPlan) -> StepSummary:
    flags = Counter(flag for column in found for flag in column.flags)
    held = {flag: count for flag, count in flags.items() if flag in _HELD}
    timed = [
        (column.plan.intended, planned, spent)
        for column in found
        if column.plan.intended
        for planned, spent, flag in zip(*column[1:], strict=True)
        if spent and flag in _HELD
    ]
    return StepSummary(
        key=shown.key,
        title=shown.title,
        minutes=shown.intended // 60,
        reviews=flags.total(),
        held=sum(held.values()),
        skipped=sum(count for flag, count in flags.items() if flag & SKIPPED),
        unopened=sum(count for flag, count in flags.items() if not flag & (OPENED | SKIPPED)),
        empty=sum(count for flag, count in held.items() if flag & EMPTY),
        over=sum(spent > OVER * intended for intended, _, spent in timed),
        planned=_minutes([planned for _, planned, _ in timed]),
        spent=_minutes([spent for _, _, spent in timed]),
    )
