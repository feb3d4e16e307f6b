"""What one review that was held says: nothing of a person, and no feedback of fewer than four."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrtui.review.feedback_summary import FEWEST
from lrtui.review.model import Action, Entry, Feedback, Head, Kind, Moment, Review, State, Status, StepState
from lrtui.review.run import Actions, Lead, Run, Scaled, StepRun, Yes, run_of, words_of
from lrtui.review.template import Template

TEMPLATE = Template.read(
    {
        "name": "ours",
        "title": "Ours",
        "version": 2,
        "moments": [{"key": "resolved", "title": "Resolved"}],
        "lead_time": {"target": "2 days", "from": "resolved"},
        "steps": [
            {"key": "earlier", "title": "Earlier", "minutes": 3, "captures": "learning", "shows": "earlier"},
            {"key": "story", "title": "Story", "minutes": 30, "captures": "event"},
            {"key": "learn", "title": "Learn", "minutes": 10, "captures": "learning"},
            {"key": "close", "title": "Close", "minutes": 5},
        ],
        "feedback": [
            {"key": "roti", "ask": "Worth it?", "scale": [0, 5]},
            {"key": "again", "ask": "Again?", "scale": [0, 1]},
            {"key": "change", "ask": "What to change?"},
        ],
    }
)
HEAD = Head(status=Status.DONE, template=TEMPLATE, zone="Asia/Tokyo", started=datetime(2026, 11, 20, 16, tzinfo=UTC))
REVIEW = Review(HEAD)


def answers(*values: int, question: str = "roti", comment: str = "") -> dict[str, Feedback]:
    return {f"{question}{at}": Feedback(f"{question}{at}", question, value, comment) for at, value in enumerate(values)}


def told(review: Review) -> Run:
    run = run_of(review, "one")
    assert run is not None
    return run


def test_a_review_counts_once_it_is_done() -> None:
    for status in (Status.DRAFT, Status.LIVE, Status.WRAP_UP):
        assert run_of(replace(REVIEW, head=replace(HEAD, status=status))) is None
    assert run_of(replace(REVIEW, head=replace(HEAD, started=None))) is None
    run = told(REVIEW)
    assert (run.review, run.template, run.version) == ("one", "ours", 2)
    assert run.held == date(2026, 11, 21), "the day where it was held"


def test_its_lead_time_is_told_with_the_target_unless_the_end_lies_ahead() -> None:
    def lead(when: str) -> Lead | None:
        return told(replace(REVIEW, moments={"resolved": Moment("resolved", when)})).lead

    assert lead("2026-11-18T09:00") == Lead(3, 2, working=False)
    assert lead("2026-11-25T09:00") is None
    assert lead("") is None


def test_what_became_of_each_step_is_told_as_planned_spent_skipped_never_opened_or_empty() -> None:
    steps = {
        "earlier": StepState("earlier", visited=True, spent=60),
        "story": StepState("story", planned=2400, spent=2500, uncounted=100, visited=True),
        "learn": StepState("learn", spent=20, visited=True, skipped=True),
    }
    entries = {"e": Entry("e", Kind.PRIVATE, "between us", step="story")}
    run = told(replace(REVIEW, steps=steps, entries=entries))
    assert run.steps == (
        StepRun("earlier", "Earlier", 180, 180, 60),
        StepRun("story", "Story", 1800, 2400, 2400, empty=True),
        StepRun("learn", "Learn", 600, 600, 20, skipped=True),
        StepRun("close", "Close", 300, 300, 0, opened=False),
    )


@pytest.mark.parametrize("step", ["story", "close"])
def test_a_step_is_not_empty_where_what_it_collects_stands_anywhere(step: str) -> None:
    visited = {"story": StepState("story", visited=True), "close": StepState("close", visited=True)}
    found = told(replace(REVIEW, steps=visited, entries={"e": Entry("e", Kind.EVENT, "rang", step=step)}))
    assert not any(told.empty for told in found.steps), "and of a step for notes none are expected"


def test_a_step_is_empty_beside_another_one_in_which_the_same_was_collected() -> None:
    steps = tuple(replace(step, captures="event") for step in TEMPLATE.steps)
    visited = {step.key: StepState(step.key, visited=True) for step in steps}
    head = replace(HEAD, template=replace(TEMPLATE, steps=steps))
    run = told(replace(REVIEW, head=head, steps=visited, entries={"e": Entry("e", Kind.EVENT, "rang", step="story")}))
    assert [step.key for step in run.steps if step.empty] == ["learn", "close"]


def test_of_a_review_that_is_written_alone_only_empty_sections_are_told() -> None:
    review = replace(REVIEW, head=replace(HEAD, solo=True), entries={"e": Entry("e", Kind.EVENT, "rang")})
    run = told(review)
    assert run.alone
    assert [step.key for step in run.steps if step.empty] == ["learn", "close"]
    assert all(step.opened and not step.skipped and not step.spent for step in run.steps)


def test_actions_are_told_by_what_became_of_them_and_early_ideas_are_none() -> None:
    states = [State.DONE, State.DONE, State.OPEN, State.DOING, State.NOT_DOING, State.MOVED, State.IDEA]
    actions = {str(at): Action(str(at), "do", state) for at, state in enumerate(states)}
    found = told(replace(REVIEW, actions=actions)).actions
    assert found == Actions(done=2, open=2, dropped=1, moved=1)
    assert found.taken == 5


def test_feedback_is_told_of_those_questions_that_four_have_answered() -> None:
    feedback = answers(5, 4, 4, 2) | answers(1, 1, 0, question="again")
    run = told(replace(REVIEW, feedback=feedback))
    assert (run.worth, run.votes) == (Scaled(0, 5, 15, 4), ())
    run = told(replace(REVIEW, feedback=answers(5, 4, 4) | answers(1, 1, 0, 1, question="again")))
    assert (run.worth, run.votes) == (None, (Yes("again", 3, 4),))


@given(st.lists(st.integers(0, 5), max_size=FEWEST - 1), st.text(min_size=1))
def test_fewer_than_four_answers_leave_no_trace_at_all(values: list[int], comment: str) -> None:
    feedback = answers(*values, comment=comment) | answers(*values, question="again") | answers(3, question="odd")
    given_review = replace(REVIEW, feedback=feedback)
    assert run_of(given_review) == run_of(REVIEW)
    assert words_of(given_review) == ()


def test_what_was_said_in_words_is_told_once_each_without_order_where_four_have_answered() -> None:
    feedback = answers(5, 4, 4, 2) | {
        key: Feedback(key, "change", comment=words)
        for key, words in (("a", "more time"), ("b", " less\ntheory "), ("c", "more time"), ("d", "more time"))
    }
    review = replace(REVIEW, feedback=feedback)
    assert words_of(review) == ("less theory", "more time")
    assert words_of(replace(review, head=replace(HEAD, status=Status.LIVE))) == ()


@given(st.lists(st.tuples(st.integers(0, 5), st.text(min_size=1)), max_size=FEWEST - 1), st.integers(4, 9))
def test_words_of_fewer_than_four_are_not_told_however_many_gave_a_number(
    remarks: list[tuple[int, str]], votes: int
) -> None:
    feedback = answers(*[3] * votes)
    for at, (value, words) in enumerate(remarks):  # a number and the remark behind it are two documents
        feedback |= {f"n{at}": Feedback(f"n{at}", "roti", value), f"w{at}": Feedback(f"w{at}", "roti", comment=words)}
        feedback |= {f"c{at}": Feedback(f"c{at}", "change", comment=words)}
    assert words_of(replace(REVIEW, feedback=feedback)) == ()
