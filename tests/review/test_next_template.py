"""The next version of a template: what the evidence says to change, and a text in which only that has changed."""

from __future__ import annotations

import difflib
import json
import re
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from lrtui.errors import Refused
from lrtui.review.next_template import LATEST, Change, Proposal, added, applied, proposal
from lrtui.review.run import Run, StepRun
from lrtui.review.template import LONGEST_STEP, Step, Template
from lrtui.review.template_text import dump, load
from tests.doing import SHIPPED, shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lrtui.review.next_template import Kind

DAY = date(2026, 11, 1)
TODAY = "2026-11-24"
NAMES = sorted(path.stem for path in SHIPPED.glob("*.yaml"))
WORDS = st.text(alphabet=st.sampled_from("ab 1:#-'\"\t,[]{}&*!|>%@`\\~?é…=<“語"), min_size=1, max_size=30)


def text_of(name: str) -> str:
    return (SHIPPED / f"{name}.yaml").read_text("utf-8")


def run(template: Template, number: int, minutes: Mapping[str, float | None], *, empty: bool = False) -> Run:
    """A review in which steps took what the template plans, or the minutes that are named; None is left out."""
    told = []
    for step in template.steps:
        spent = minutes.get(step.key, step.minutes)
        seconds = round(60 * (spent or 0))
        planned = 60 * step.minutes
        told.append(
            StepRun(step.key, step.title, planned, planned, seconds, spent is not None, spent is None, empty=empty)
        )
    return Run(f"r{number}", template.name, template.version, DAY + timedelta(number)).with_steps(told)


def runs(template: Template, count: int = 6, **minutes: float | None) -> list[Run]:
    return [run(template, number, minutes) for number in range(count)]


def titles(found: Proposal) -> list[str]:
    return [change.title for change in found.changes]


SMALL = Template.read(
    {
        "name": "small",
        "title": "Small",
        "version": 3,
        "steps": [
            {"key": "talk", "title": "Talk", "minutes": 20},
            {"key": "learn", "title": "Learn", "minutes": 20, "at_least": 15},
            {"key": "close", "title": "Close", "minutes": 10, "locked": True},
            {"key": "act", "title": "Act", "minutes": 10},
        ],
    }
)


def test_a_step_that_overruns_gets_what_others_leave_unused_and_the_whole_stays() -> None:
    (change,) = proposal(SMALL, runs(SMALL, talk=26, learn=10, close=2, act=7.5)).changes
    assert change.title == "Talk: 20 → 26 minutes"
    assert dict(change.moves) == {"talk": 6, "learn": -4, "act": -2}, (
        "no step goes under its minimum; a locked one stays"
    )
    assert change.why.startswith(
        "It took 26 minutes at the median of 6 reviews. Done early, and giving: Learn −4, Act −2."
    )
    assert change.why.endswith("The whole stays 60 minutes.")


def test_where_no_step_is_done_early_the_whole_becomes_longer_and_that_is_told() -> None:
    (change,) = proposal(SMALL, runs(SMALL, talk=26)).changes
    assert change.moves == (("talk", 6),)
    assert change.why.endswith("No step is done early enough to give. Taken alone, the whole becomes 66 minutes.")


def test_a_fifth_over_is_not_yet_clearly_over() -> None:
    assert proposal(SMALL, runs(SMALL, talk=24)).changes == ()


def test_few_reviews_suggest_nothing_and_only_those_of_this_version_count() -> None:
    assert proposal(SMALL, runs(SMALL, 4, talk=40)) == Proposal(SMALL, 4, ())
    earlier = [run._replace(version=2) for run in runs(SMALL, 9, talk=40)]
    other = [run._replace(template="other") for run in runs(SMALL, 9, talk=40)]
    assert proposal(SMALL, earlier + other) == Proposal(SMALL, 0, ())


def test_only_the_latest_reviews_are_looked_at() -> None:
    old = runs(SMALL, LATEST, talk=40)
    new = [
        found._replace(review=f"n{n}", held=found.held + timedelta(365)) for n, found in enumerate(runs(SMALL, LATEST))
    ]
    assert proposal(SMALL, old + new) == Proposal(SMALL, LATEST, ())


def test_a_step_that_is_mostly_left_out_is_to_be_taken_out_but_not_one_that_shows_something_or_is_locked() -> None:
    (change,) = proposal(SMALL, runs(SMALL, act=None)).changes
    assert (change.kind, change.step) == ("drop", "act")
    assert change.why == "It was left out in 6 of the last 6 reviews. Taken alone, the whole becomes 50 minutes."
    assert proposal(SMALL, runs(SMALL, close=None)).changes == ()
    learning = shipped()
    assert proposal(learning, runs(learning, earlier=None)).changes == ()


def test_a_step_that_stays_empty_and_is_over_early_is_to_be_shorter() -> None:
    found = [run(SMALL, number, {"act": 3.5}, empty=True) for number in range(6)]
    assert titles(proposal(SMALL, found)) == ["Act: 10 → 4 minutes"]


def test_a_locked_step_that_stays_empty_keeps_its_minutes() -> None:
    found = [run(SMALL, number, {"close": 2}, empty=True) for number in range(6)]
    assert titles(proposal(SMALL, found)) == []


@pytest.mark.parametrize(("minutes", "spent"), [(LONGEST_STEP, 2 * LONGEST_STEP), (1, 1.4)])
def test_where_a_step_that_overruns_can_get_no_more_minutes_nothing_is_proposed(minutes: int, spent: float) -> None:
    longest = replace(SMALL, steps=(replace(SMALL.steps[0], minutes=minutes), *SMALL.steps[1:]))
    assert proposal(longest, runs(longest, talk=spent)).changes == ()


def test_a_section_of_a_write_up_that_stays_empty_is_to_be_taken_out() -> None:
    alone = shipped("write-up")
    found = [run(alone, number, {})._replace(alone=True) for number in range(6)]
    found = [
        told.with_steps(step._replace(empty=step.key == alone.steps[2].key) for step in told.steps) for told in found
    ]
    (change,) = proposal(alone, found).changes
    assert (change.kind, change.step) == ("drop", alone.steps[2].key)


MINUTES = st.one_of(st.none(), st.floats(0, 60, allow_nan=False))


@st.composite
def held(draw: st.DrawFn) -> tuple[Template, list[Run]]:
    """A template that ships, and some reviews by it that went anyhow."""
    template = shipped(draw(st.sampled_from(NAMES)))
    keys = [step.key for step in template.steps]
    count = draw(st.integers(1, 9))
    usual = draw(st.fixed_dictionaries(dict.fromkeys(keys, MINUTES)))
    off = draw(st.lists(st.dictionaries(st.sampled_from(keys), MINUTES, max_size=2), min_size=count, max_size=count))
    return template, [run(template, n, usual | off[n], empty=bool(n % 3)) for n in range(count)]


def moved(template: Template, changes: list[Change]) -> dict[str, int]:
    minutes = {step.key: step.minutes for step in template.steps}
    for change in changes:
        for key, by in change.moves:
            minutes[key] += by
    return minutes


@settings(max_examples=60, deadline=None)
@given(held(), st.integers(0, 9))
def test_whichever_changes_are_taken_the_whole_is_as_each_has_promised_and_no_step_goes_under_its_minimum(
    given_runs: tuple[Template, list[Run]], turn: int
) -> None:
    template, found = given_runs
    proposed = proposal(template, found)
    assert proposal(template, [*found[turn:], *found[:turn]][::-1]) == proposed, (
        "the same reviews in any order give the same proposal"
    )
    assert all(any(by for _, by in change.moves) for change in proposed.changes if change.kind == "minutes")
    for size in range(len(proposed.changes) + 1):
        for chosen in combinations(proposed.changes, size):
            minutes = moved(template, list(chosen))
            keep = [change for change in chosen if change.why.endswith(f"The whole stays {template.minutes} minutes.")]
            if len(keep) == len(chosen):
                assert sum(minutes.values()) == template.minutes
            for step in template.steps:
                assert not step.locked or minutes[step.key] >= step.minutes
                assert minutes[step.key] >= min(step.minutes, max(step.at_least, 1))


def _commented(text: str) -> str:
    within = text.replace("captures: note\n", "captures: note # so\n").replace("  - key", "  # a step\n  - key")
    return "# 語 first\n" + re.sub(r"\n\n(?=\w)", "\n   \n# between\n", within)


LAYOUTS: dict[str, Callable[[str], str]] = {
    "ships": text_of,
    "dumped": lambda name: dump(shipped(name)),
    "json": lambda name: json.dumps(shipped(name).plain(), ensure_ascii=False),
    "lines of json": lambda name: json.dumps(shipped(name).plain(), ensure_ascii=False, indent=2),
    "indentless": lambda name: yaml.safe_dump(shipped(name).plain(), sort_keys=False, allow_unicode=True),
    "windows": lambda name: text_of(name).replace("\n", "\r\n"),
    "no last line end": lambda name: text_of(name).rstrip("\n"),
    "commented": lambda name: _commented(text_of(name)),
}


@st.composite
def changes_of(draw: st.DrawFn, template: Template) -> list[Change]:
    """Any changes of a template that leave a step in it."""
    keys = [step.key for step in template.steps]
    found: list[Change] = []
    for key in draw(st.lists(st.sampled_from(keys), max_size=3, unique=True)):
        step = template.step(key)
        assert step is not None
        minutes = draw(st.integers(max(step.at_least, 1), 90)) - step.minutes
        found.append(Change("minutes", key, key, logged=f"{key}: other minutes", moves=((key, minutes),)))
    gone = draw(st.lists(st.sampled_from(keys), max_size=min(2, len(keys) - 1), unique=True))
    found += [Change("drop", key, key, logged=f"{key}: taken out") for key in gone]
    kinds: st.SearchStrategy[Kind] = st.sampled_from(["prompt", "coach", "note"])
    for kind in draw(st.lists(kinds, max_size=3)):
        words = draw(WORDS.filter(str.strip))
        found.append(added(template, kind, draw(st.sampled_from(keys)), words))
    return found


def assert_only_this_has_changed(before: Template, after: Template, changes: list[Change]) -> None:
    minutes = moved(before, changes)
    dropped = {change.step for change in changes if change.kind == "drop"}
    for step in before.steps:
        now = after.step(step.key)
        assert (now is None) == (step.key in dropped)
        if now is not None:
            assert_step(step, now, minutes[step.key], [change for change in changes if change.step == step.key])
    assert [step.key for step in after.steps] == [step.key for step in before.steps if step.key not in dropped]
    assert (after.version, after.changelog[1:]) == (before.version + 1, before.changelog)
    assert (after.changelog[0].date, len(after.changelog[0].changes)) == (TODAY, len(changes))
    untouched = {"version", "steps", "changelog"}
    assert {name: value for name, value in after.plain().items() if name not in untouched} == {
        name: value for name, value in before.plain().items() if name not in untouched
    }


def assert_step(before: Step, now: Step, minutes: int, changes: list[Change]) -> None:
    prompts = [change.words for change in changes if change.kind == "prompt"]
    coach = [change.words for change in changes if change.kind == "coach"]
    assert now.minutes == minutes
    assert now.prompts == (*before.prompts, *prompts)
    assert now.coach == "\n".join(filter(None, [before.coach, *coach]))
    assert (now.say, now.captures, now.at_least) == (before.say, before.captures, before.at_least)


@settings(max_examples=60, deadline=None)
@given(st.data(), st.sampled_from(["quick-review", "write-up", "people-check-in"]))
def test_however_a_template_is_written_the_next_one_differs_in_just_what_was_accepted(
    data: st.DataObject, name: str
) -> None:
    text = LAYOUTS[data.draw(st.sampled_from(sorted(LAYOUTS)))](name)
    template, written = load(text), comments(text)
    for _ in range(2):  # the second time there is a changelog
        chosen = data.draw(changes_of(template).filter(bool))
        after = applied(text, template, chosen, TODAY, source="it")
        found = load(after)
        assert_only_this_has_changed(template, found, chosen)
        assert ("\r\n" in after) == ("\r\n" in text)
        assert [line for line in comments(after) if line in written] == written, (
            "but for words that look like a comment"
        )
        text, template = after, found


def comments(text: str) -> list[str]:
    """The comments that have a line of their own."""
    return [line.strip() for line in text.splitlines() if line.strip().startswith("#")]


EXTENDING = {
    "nothing of its own": "name: ours\nextends: learning-review\n",
    "in lines": """\
name: ours  # the team's
extends: learning-review
version: 2
steps:
  - {key: earlier, drop: true}
  # longer for us
  - key: timeline
    minutes: 40  # as measured
  - key: customers
    title: What customers saw
    minutes: 6
    prompts:
    - What did they see?
title: Ours
""",
    "on one line": "{name: ours, extends: learning-review, steps: [{key: close, minutes: 5}]}",
    "an empty list": "name: ours\nextends: learning-review\nsteps:\n",
}


@settings(max_examples=60, deadline=None)
@given(st.data(), st.sampled_from(sorted(EXTENDING)))
def test_a_template_that_extends_another_names_only_what_it_changes_also_in_its_next_version(
    data: st.DataObject, name: str
) -> None:
    parents = {"learning-review": shipped()}.get
    text = EXTENDING[name]
    template = load(text, parents=parents)
    chosen = data.draw(changes_of(template).filter(bool))
    after = applied(text, template, chosen, TODAY, source="it", parents=parents)
    assert "extends: learning-review" in after
    assert_only_this_has_changed(template, load(after, parents=parents), chosen)
    for comment in ("# the team's", "# longer for us"):
        assert (comment in after) == (comment in text)


def test_a_change_is_made_where_it_stands_and_nothing_else_moves() -> None:
    text = text_of("learning-review")
    template = load(text)
    changes = list(proposal(template, runs(template, timeline=41, actions=3, learnings=7)).changes)
    after = applied(text, template, changes, TODAY, source="it")
    found = list(difflib.ndiff(text.splitlines(), after.splitlines()))
    taken = [line[1:].strip() for line in found if line.startswith("-")]
    assert taken == ["version: 1", "minutes: 33", "minutes: 8", "minutes: 6"]
    assert after.endswith(f"""
changelog:
  - version: 2
    date: 2026-11-24
    changes:
      - {json.dumps(changes[0].logged, ensure_ascii=False)}
""")


def test_what_cannot_be_changed_in_place_is_refused() -> None:
    text = dump(SMALL) + "...\n# the end\n"
    with pytest.raises(Refused, match="by hand"):
        applied(text, SMALL, [added(SMALL, "note", "", "less")], TODAY, source="it")


def test_the_last_step_cannot_be_taken_out_and_a_step_that_is_not_there_gets_no_words() -> None:
    with pytest.raises(Refused, match="at least one step"):
        applied("", SMALL, [Change("drop", step.key, "") for step in SMALL.steps], TODAY, source="it")
    with pytest.raises(Refused, match=r"There is no step “tlak” in small\. There are: talk, learn, close, act\."):
        added(SMALL, "prompt", "tlak", "What?")
    with pytest.raises(Refused, match="no words"):
        added(SMALL, "note", "", " ")
