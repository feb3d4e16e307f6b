from __future__ import annotations

import contextlib
import itertools
from datetime import date, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from lrtui.errors import Refused
from lrtui.review import intents, lines
from lrtui.review.capture import PREFIXES
from lrtui.review.intents import Context
from lrtui.review.model import Action, Entry, Kind, Review, State
from tests.doing import START, TEMPLATES, shipped, words
from tests.review.keeping import Documents, Kept

if TYPE_CHECKING:
    from collections.abc import Mapping

    from lrtui.review.fields import Json

TODAY = date(2026, 11, 23)
PEOPLE: dict[str, Json] = {"p1": {"name": "Ana Lima", "handle": "ana"}, "p2": {"name": "Bo Chen", "handle": "bo"}}
OWN = {
    "todo:": Kind.ACTION,
    "!!": Kind.DECISION,
    "q:": Kind.QUESTION,
    "l:": Kind.LEARNING,
    "t:": Kind.EVENT,
    "p:": Kind.PARKED,
    "+": Kind.WENT_WELL,
    "h:": Kind.WAS_HARD,
    "=>": Kind.NOTE,
    "//": Kind.PRIVATE,
}
ROSTER: Documents = {key: value for key, value in PEOPLE.items() if isinstance(value, dict)}
STEPS = [step.key for step in TEMPLATES["learning-review"].steps]
DRAFT = ""

typed = st.one_of(words, st.text(max_size=30))


def kept() -> Kept:
    return Kept(TEMPLATES["learning-review"], participants=ROSTER)


def context(prefixes: Mapping[str, Kind] = PREFIXES) -> Context:
    numbers = itertools.count()
    return Context(START, TODAY, lambda: f"k{next(numbers)}", prefixes)


def captured(line: str, step: str = DRAFT, prefixes: Mapping[str, Kind] = PREFIXES) -> tuple[Kept, Entry | Action]:
    review = kept()
    after = review.put(intents.capture_line(line, step).change(review.review, context(prefixes)))
    return review, (after.actions if "k0" in after.actions else after.entries)["k0"]


def edited(review: Kept, line: Entry | Action, text: str, prefixes: Mapping[str, Kind] = PREFIXES) -> Review:
    table = "actions" if isinstance(line, Action) else "entries"
    return review.put(intents.edit_line(table, line.id, text).change(review.review, context(prefixes)))


@settings(max_examples=400, deadline=None)
@given(line=typed, step=st.sampled_from([DRAFT, *STEPS]), prefixes=st.sampled_from([PREFIXES, OWN]))
@example(line="// x @ana 14:02", step="timeline", prefixes=PREFIXES)
@example(line="14:02-13:00 a: later #db", step="actions", prefixes=PREFIXES)
@example(line="@ana #db !high", step="welcome", prefixes=PREFIXES)
@example(line="a: 14:02 restart", step="timeline", prefixes=PREFIXES)
@example(line="!! a: restart", step="timeline", prefixes=OWN)
@example(line="todo: =>  restart", step="timeline", prefixes=OWN)
def test_editing_a_line_without_a_change_changes_nothing(line: str, step: str, prefixes: Mapping[str, Kind]) -> None:
    assume(line.split())
    try:
        review, found = captured(line, step, prefixes)
    except Refused:  # nothing but a kind or a time
        return
    before = review.review
    assert edited(review, found, lines.spelled(before, found, prefixes), prefixes) == before


def test_ones_own_prefixes_are_those_that_are_typed_and_no_others() -> None:
    for line, expected in (("todo: restart", "action"), ("!! restart", "decision"), ("a: restart", "note")):
        _, found = captured(line, prefixes=OWN)
        assert ("action" if isinstance(found, Action) else found.kind.value) == expected
    block = kept()
    block.put(intents.capture_block(["todo:", "todo: restart"]).change(block.review, context(OWN)))
    assert [entry.text for entry in block.review.entries.values()] == ["todo:"]


@settings(max_examples=200, deadline=None)
@given(said=st.lists(st.text(alphabet="abcdefghijklmnopqrstuvwxyzäöü日本", min_size=1), min_size=1, max_size=6))
def test_plain_words_are_kept_as_they_were_said(said: list[str]) -> None:
    _, found = captured(" ".join(said))
    assert found.text == " ".join(said)


@pytest.mark.parametrize("line", ["", "  ", "a:", "14:02", "//", "14:02 q:"])
def test_a_line_without_words_is_not_added(line: str) -> None:
    review = kept()
    added = []
    with contextlib.suppress(Refused):
        added = intents.capture_line(line).change(review.review, context())
    assert added == []


@pytest.mark.parametrize(
    ("line", "step", "kind"),
    [
        ("something", "welcome", Kind.NOTE),
        ("something", "timeline", Kind.EVENT),
        ("something", "learnings", Kind.LEARNING),
        ("14:02 something", "welcome", Kind.EVENT),
        ("n: something", "timeline", Kind.NOTE),
        ("something", "a step of another template", Kind.NOTE),
    ],
)
def test_a_line_is_of_the_kind_that_its_step_captures_unless_it_says_so(line: str, step: str, kind: Kind) -> None:
    _, found = captured(line, step)
    assert isinstance(found, Entry)
    assert found.kind is kind


def test_an_action_before_the_step_for_actions_waits_as_an_early_idea() -> None:
    for step, state in (("timeline", State.IDEA), ("actions", State.OPEN), ("close", State.OPEN), (DRAFT, State.OPEN)):
        _, found = captured("a: raise the limit", step)
        assert isinstance(found, Action)
        assert found.state is state, step


@pytest.mark.parametrize("template", ["people-check-in", "write-up"])
def test_without_a_step_for_actions_and_where_somebody_writes_alone_no_idea_is_early(template: str) -> None:
    review = Kept(shipped(template)).review
    assert not [step.key for step in review.template.steps if lines.is_early(review, step.key)]


def test_on_one_page_a_line_stands_where_its_kind_is_collected() -> None:
    review = Kept(TEMPLATES["write-up"], participants=ROSTER)
    numbers = itertools.count()
    known = Context(START, TODAY, lambda: f"k{next(numbers):02}")
    for typed in ("in short", "14:02 pager", "* it ages", "a: raise it @ana", "d: wait", "n: a note", "// ana sighs"):
        review.put(intents.capture_line(typed, "summary").change(review.review, known))
    review.put(intents.capture_line("n: no graph", "timeline").change(review.review, known))
    review.put(intents.capture_line("h: two pagers", "gone").change(review.review, known))
    review.put(intents.capture_line("n: elsewhere", "gone").change(review.review, known))
    after = review.review
    lists: list[Entry | Action] = [*after.entries.values(), *after.actions.values()]
    assert {line.text: lines.section(after, line) for line in lists} == {
        "in short": "summary",
        "pager": "timeline",
        "it ages": "learnings",
        "raise it": "actions",
        "wait": "summary",
        "a note": "summary",
        "ana sighs": "summary",
        "no graph": "timeline",
        "two pagers": "hard",
        "elsewhere": "summary",
    }
    assert [action.state for action in after.actions.values()] == [State.OPEN]
    titles = [step.title for step in after.template.steps if step.key in {"well", "questions", "close"}]
    assert lines.empty_steps(after) == titles


def test_private_lines_fill_no_step() -> None:
    review = Kept(TEMPLATES["write-up"])
    before = lines.empty_steps(review.review)
    after = review.put(intents.capture_line("// ana sighs", "summary").change(review.review, context()))
    assert lines.empty_steps(after) == before == [step.title for step in after.template.steps]


def test_a_review_without_steps_has_no_place_to_stand_in() -> None:
    assert lines.section(Review(), Entry("k", Kind.NOTE, "x", "welcome")) == ""


def test_a_time_said_with_an_action_stays_in_its_words() -> None:
    _, found = captured("a: 14:02 restart the pager @ana")
    assert (found.text, isinstance(found, Action)) == ("14:02 restart the pager", True)


def test_a_time_falls_on_the_day_of_what_was_said_before() -> None:
    review = kept()
    for line in ("2026-11-20 23:50 pager", "00:10 still down", "~00:20-00:40 back to normal"):
        review.put(intents.capture_line(line).change(review.review, context_from(review)))
    stamps = [(entry.when, entry.until, entry.about) for entry in review.review.entries.values()]
    assert stamps == [
        ("2026-11-20T23:50", "", False),
        ("2026-11-21T00:10", "", False),
        ("2026-11-21T00:20", "2026-11-21T00:40", True),
    ]


@pytest.mark.parametrize(
    ("told", "last"),
    [
        (
            ["2026-11-20 09:00 pager", "2026-03-02 10:00 the flag was introduced", "09:05 paged again"],
            "2026-11-20T09:05",
        ),
        (["2026-11-20 09:00 pager", "2026-11-17 16:00 the change was merged", "09:05 paged again"], "2026-11-20T09:05"),
        (["2026-03-02 10:00 the flag came", "2026-11-20 09:00 pager", "09:05 paged again"], "2026-11-20T09:05"),
        (["2026-11-20 09:00 pager", "2026-11-24 08:00 it came back", "08:10 paged again"], "2026-11-24T08:10"),
        (["2026-11-20 09:00 x", "2026-03-02 10:00 y", "2026-03-02 10:05 z", "10:06 and then"], "2026-03-02T10:06"),
        (["2026-11-20 09:00 x", "2026-03-02 10:00 y", "2026-01-02 10:05 z", "9:06 and then"], "2026-11-20T09:06"),
    ],
)
def test_a_line_that_looks_back_leaves_the_day_of_the_telling(told: list[str], last: str) -> None:
    review = kept()
    for line in told:
        review.put(intents.capture_line(line).change(review.review, context_from(review)))
    assert list(review.review.entries.values())[-1].when == last


def test_a_line_that_looks_back_from_the_moments_leaves_the_day_to_them() -> None:
    review = Kept(TEMPLATES["learning-review"], moments={"started": {"when": "2026-11-20T09:00"}})
    for line in ("2026-03-02 10:00 the flag came", "09:05 pager"):
        review.put(intents.capture_line(line).change(review.review, context_from(review)))
    assert list(review.review.entries.values())[-1].when == "2026-11-20T09:05"


def context_from(review: Kept) -> Context:
    numbers = itertools.count(len(review.review.entries))
    return Context(START, TODAY, lambda: f"k{next(numbers)}")


def test_the_first_time_said_is_near_to_the_moments_that_are_known() -> None:
    review = Kept(TEMPLATES["learning-review"], moments={"started": {"when": "2026-11-18T09:00"}})
    after = review.put(intents.capture_line("9:30 first page").change(review.review, context()))
    assert [entry.when for entry in after.entries.values()] == ["2026-11-18T09:30"]


def test_a_person_taken_off_the_roster_stays_named_by_what_they_did() -> None:
    review, found = captured("a: raise the limit @ana @bo")
    gone = review.put(intents.remove_person("p1").change(review.review, context()))
    after = edited(review, found, lines.spelled(gone, gone.actions[found.id], PREFIXES))
    assert after.actions[found.id].owners == ("p1", "p2")


def test_handles_lead_to_people_in_lower_case() -> None:
    people: Documents = {"p1": {"name": "Ana", "handle": "Ana"}, "p2": {"name": "nobody yet"}}
    assert lines.handles(Kept(TEMPLATES["quick-review"], participants=people).review) == {"ana": "p1"}


@given(told=st.lists(st.datetimes(), max_size=6), utc=st.sampled_from(["", "Z"]))
@example(told=[datetime.fromisoformat("0001-01-01T12:00")] * 2, utc="")
@example(told=[datetime.fromisoformat("9999-12-31T23:59"), datetime.fromisoformat("0001-01-01T00:00")], utc="Z")
def test_wherever_in_the_calendar_the_telling_is_it_has_got_to_something_told(told: list[datetime], utc: str) -> None:
    stamps = [when.isoformat(timespec="minutes") + utc for when in told]
    entries: Documents = {f"e{at}": {"kind": "event", "text": "x", "when": stamp} for at, stamp in enumerate(stamps)}
    found = lines.reference(Kept(TEMPLATES["learning-review"], entries=entries).review)
    assert (found is None) == (not told)
    assert found is None or f"{found.isoformat(timespec='minutes')}{utc}" in stamps
