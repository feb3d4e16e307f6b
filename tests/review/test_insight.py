"""What many reviews say together, whatever their order."""

from __future__ import annotations

from datetime import date, timedelta
from statistics import median
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrtui.review.insight import FEW, Spread, Vote, Worth, insight, insights, periods, steps, summary
from lrtui.review.run import Actions, Lead, Run, Scaled, StepRun, Yes

if TYPE_CHECKING:
    from random import Random

DAY = date(2026, 11, 2)

seconds = st.integers(0, 7200)
counts = st.integers(0, 4)


@st.composite
def step_runs(draw: st.DrawFn) -> list[StepRun]:
    keys = draw(st.sampled_from([("a", "b"), ("b", "a"), ("a", "b", "c")]))
    return [
        StepRun(key, key.upper(), draw(st.sampled_from([0, 600, 1200])), draw(seconds), draw(seconds), *draw(flags))
        for key in keys
    ]


flags = st.tuples(st.booleans(), st.booleans(), st.booleans())
runs = st.builds(
    lambda told, steps: told.with_steps(steps),
    st.builds(
        Run,
        review=st.text(max_size=3),
        template=st.sampled_from(["x", "y"]),
        version=st.integers(1, 3),
        held=st.dates(date(2025, 1, 1), date(2026, 12, 31)),
        lead=st.none() | st.builds(Lead, st.integers(0, 9), st.sampled_from([3, 5]), st.booleans()),
        worth=st.none()
        | st.builds(Scaled, st.just(0), st.sampled_from([5, 10]), st.integers(0, 20), st.integers(4, 9)),
        votes=st.lists(st.builds(Yes, st.sampled_from(["again", "heard"]), counts, st.just(4)), max_size=2).map(tuple),
        actions=st.builds(Actions, counts, counts, counts, counts),
    ),
    step_runs(),
)


def of(number: int = 0, *told: StepRun) -> Run:
    return Run(f"r{number}", "x", 1, DAY + timedelta(weeks=number)).with_steps(told)


def step(spent: float, *, key: str = "a", **more: bool) -> StepRun:
    return StepRun(key, key.upper(), 600, 600, round(60 * spent), **more)


@given(st.lists(runs, min_size=1, max_size=12), st.randoms(use_true_random=False))
def test_the_order_in_which_reviews_are_given_makes_no_difference(found: list[Run], random: Random) -> None:
    unique = [run._replace(review=f"r{number}") for number, run in enumerate(found)]
    turned = unique[:]
    random.shuffle(turned)
    assert insights(turned) == insights(unique)


@given(st.lists(runs, min_size=1, max_size=12))
def test_versions_and_periods_count_every_review_once(found: list[Run]) -> None:
    told = insight([run._replace(template="x") for run in found])
    assert told.whole.reviews == len(found)
    assert sum(version.summary.reviews for version in told.versions) == len(found)
    assert sum(period.summary.reviews for period in told.periods) == len(found)
    assert [version.version for version in told.versions] == sorted({run.version for run in found})
    assert told.whole == summary([run._replace(template="x") for run in found])
    assert told.periods == periods(found)
    for version in told.versions:
        for told_step in version.steps:
            assert told_step.held + told_step.left_out == told_step.reviews
            assert told_step.empty <= told_step.held


@given(st.lists(st.integers(-1000, 1000), min_size=1))
def test_a_spread_is_the_median_between_quartiles(values: list[int]) -> None:
    found = Spread.of(values)
    assert found is not None
    assert found.median == pytest.approx(median(values))
    assert min(values) <= found.low <= found.median <= found.high <= max(values)
    assert Spread.of([]) is None


def test_reviews_are_few_below_five() -> None:
    assert [summary([of(n) for n in range(count)]).few for count in (1, FEW - 1, FEW)] == [True, True, False]


def test_a_step_tells_what_it_took_where_it_was_held_and_how_often_it_was_not() -> None:
    found = [
        of(0, step(8)),
        of(1, step(13, empty=True)),
        of(2, step(12)),
        of(3, step(0.2, skipped=True)),
        of(4, step(0, opened=False)),
    ]
    (told,) = steps(found)
    assert (told.minutes, told.reviews, told.held, told.skipped, told.unopened, told.empty) == (10, 5, 3, 1, 1, 1)
    assert told.spent == Spread(3, 10, 12, 12.5)
    assert told.over == 1, "12 of 10 is no more than a fifth over"
    assert told.left_out == 2


def test_steps_stand_as_in_the_latest_review_and_those_it_lacks_come_last() -> None:
    old, new = of(0, step(5), step(5, key="gone")), of(1, step(5, key="new"), step(5))
    assert [told.key for told in steps([new, old])] == ["new", "a", "gone"]


def test_return_on_time_is_averaged_over_answers_on_the_scale_that_most_reviews_have() -> None:
    given_worth = [Scaled(0, 5, 20, 4), Scaled(0, 5, 10, 5), Scaled(1, 10, 90, 10), None]
    told = summary([of(number)._replace(worth=worth) for number, worth in enumerate(given_worth)])
    assert told.worth == Worth(30 / 9, 0, 5, 9, 2)


def test_thresholds_are_told_by_the_reviews_that_reached_them() -> None:
    votes = [(Yes("learned", 1, 5), Yes("again", 2, 5), Yes("heard", 3, 5)), (Yes("learned", 0, 4), Yes("again", 2, 4))]
    told = summary([of(number)._replace(votes=found) for number, found in enumerate(votes)])
    assert told.votes == (Vote("learned", 1, 9, 2, 1), Vote("again", 4, 9, 2, 1))
    assert told.withheld


def test_feedback_on_one_review_alone_is_withheld() -> None:
    alone = of(0)._replace(worth=Scaled(0, 5, 20, 4), votes=(Yes("learned", 1, 5),))
    told = summary([alone, of(1)])
    assert (told.worth, told.votes, told.withheld) == (None, (), True)
    assert not summary([of(1)]).withheld
    (version,) = insight([alone]).versions
    assert version.summary.worth is None


def test_late_reviews_are_counted_in_the_days_that_most_are_told_in() -> None:
    leads = [Lead(3, 2, working=True), Lead(1, 2, working=True), Lead(9, 2, working=False)]
    late = summary([of(number)._replace(lead=lead) for number, lead in enumerate(leads)]).late
    assert late is not None
    assert (late.days, late.late, late.target, late.working) == (Spread(2, 1.5, 2, 2.5), 1, 2, True)


def test_actions_are_added_up_and_reviews_without_any_counted() -> None:
    told = summary([of(0)._replace(actions=Actions(1, 2, 3, 4)), of(1)._replace(actions=Actions(1)), of(2)])
    assert (told.actions, told.without_actions) == (Actions(2, 2, 3, 4), 1)


def test_time_is_told_by_months_where_it_is_short_and_else_by_quarters() -> None:
    assert [period.name for period in periods([of(0), of(5), of(9)])] == ["2026-11", "2026-12", "2027-01"]
    assert [period.name for period in periods([of(0), of(5), of(50)])] == ["2026 Q4", "2027 Q4"]
