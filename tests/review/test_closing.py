from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime
from itertools import count
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrtui.errors import Refused
from lrtui.review import closing
from lrtui.review.model import Kind, State
from lrtui.review.template import FeedbackQuestion, MomentAsked, Template
from tests.review.keeping import Kept

if TYPE_CHECKING:
    from lrtui.review.closing import Hint
    from lrtui.review.model import Put, Review
    from tests.review.keeping import Documents

TODAY = date(2026, 11, 23)  # a Monday
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
TEMPLATE = Template(
    "meeting",
    "Meeting",
    moments=(MomentAsked("started", "Impact began"), MomentAsked("resolved", "Back to normal")),
    feedback=(
        FeedbackQuestion("learned", "Did you learn something?", (0, 1)),
        FeedbackQuestion("roti", "Was it worth your time?", (0, 5)),
        FeedbackQuestion("again", "Would you come again?", (0, 1)),
        FeedbackQuestion("change", "What should we change?"),
    ),
    source={},
)
BARE = Template("bare", "Bare", export=("summary",), source={})
PEOPLE: Documents = {
    "p1": {"name": "Ana Lima", "handle": "ana", "team": "payments"},
    "p2": {"name": "Bo Ek", "handle": "bo"},
}


def meeting(template: Template = BARE, **tables: Documents) -> Kept:
    return Kept(template, participants=PEOPLE, **tables)


def action(**fields: str) -> Documents:
    return {"a1": {"text": "retry budget", **fields}}


def entry(kind: Kind, text: str = "pager routes") -> Documents:
    return {"e1": {"kind": kind.value, "text": text, "step": "talk", "at": "2026-11-23T14:00:00.000Z"}}


def kinds(review: Review) -> list[str]:
    return [hint.kind for hint in closing.hints(review)]


def only_hint(review: Review, kind: str) -> Hint:
    (hint,) = (hint for hint in closing.hints(review) if hint.kind == kind)
    return hint


def settled(review: Review, kind: str, answer: str) -> list[Put]:
    ids = count(1)
    return closing.settle(review, only_hint(review, kind), answer, TODAY, NOW, lambda: f"n{next(ids)}")


def settle(kept: Kept, kind: str, answer: str) -> Review:
    return kept.put(settled(kept.review, kind, answer))


def test_a_review_in_which_nothing_is_open_gets_no_hint_and_needs_no_actions() -> None:
    assert closing.hints(meeting().review) == ()


def test_hints_come_in_the_order_of_what_is_lost_when_the_room_parts() -> None:
    entries: Documents = {**entry(Kind.QUESTION), "e2": {"kind": "parked", "text": "staffing"}}
    actions: Documents = {**action(), "a2": {"text": "cache", "state": "idea"}, "a3": {"text": "dashboard"}}
    review = meeting(TEMPLATE, entries=entries, actions=actions).review
    assert kinds(review) == [
        "empty",
        *["action_owner", "action_team", "action_due"] * 2,
        "idea",
        "parked",
        "question",
        *["moment"] * 2,
        "feedback",
    ]
    assert len({hint.key for hint in closing.hints(review)}) == 13


def test_a_hint_begins_with_what_is_lacking() -> None:
    hint = only_hint(meeting(actions=action()).review, "action_owner")
    assert hint.text == "No owner yet: retry budget"
    assert hint.ask == "a name on the roster, as in ana; or drop and why"
    assert (hint.key, hint.subject) == ("action_owner:a1", "a1")


@pytest.mark.parametrize("state", ["done", "not doing", "moved"])
def test_an_action_that_needs_nobody_any_more_gets_no_hint(state: str) -> None:
    assert kinds(meeting(actions=action(state=state)).review) == []


def test_naming_an_owner_also_names_the_team_of_that_person() -> None:
    review = settle(meeting(actions=action()), "action_owner", "Ana L")
    assert (review.actions["a1"].owners, review.actions["a1"].team) == (("p1",), "payments")
    assert kinds(review) == ["action_due"]


def test_several_owners_are_parted_by_commas_and_a_team_that_is_set_stays() -> None:
    review = settle(meeting(actions=action(team="core")), "action_owner", "@bo, ana")
    assert (review.actions["a1"].owners, review.actions["a1"].team) == (("p2", "p1"), "core")


def test_a_team_is_whatever_is_typed() -> None:
    assert settle(meeting(actions=action()), "action_team", " site  reliability ").actions["a1"].team == (
        "site reliability"
    )


@pytest.mark.parametrize(
    ("answer", "due"),
    [
        ("fri", date(2026, 11, 27)),
        ("due:+5b", date(2026, 11, 30)),
        ("^2026-12-04", date(2026, 12, 4)),
        ("Tom", date(2026, 11, 24)),
    ],
)
def test_a_date_is_typed_as_in_a_line(answer: str, due: date) -> None:
    assert settle(meeting(actions=action()), "action_due", answer).actions["a1"].due == due


@pytest.mark.parametrize("kind", ["action_owner", "action_team", "action_due"])
def test_an_action_that_lacks_something_can_be_dropped_with_its_reason(kind: str) -> None:
    dropped = settle(meeting(actions=action()), kind, "Drop costs more than it saves").actions["a1"]
    assert (dropped.state, dropped.reason) == (State.NOT_DOING, "costs more than it saves")
    with pytest.raises(Refused, match="Say why as well"):
        settle(meeting(actions=action()), kind, "drop")


@pytest.mark.parametrize("answer", ["fri", "next fri", "12-04"])
def test_a_day_is_no_team(answer: str) -> None:
    with pytest.raises(Refused, match=f"“{answer}” reads as a day"):
        settle(meeting(actions=action()), "action_team", answer)
    assert settle(meeting(actions=action()), "action_team", "team:fri").actions["a1"].team == "fri"


def test_somebody_or_a_team_called_drop_can_still_own_an_action() -> None:
    kept = Kept(BARE, participants={"p1": {"name": "Drop Dee", "handle": "drop"}}, actions=action())
    assert settle(kept, "action_owner", "drop dee").actions["a1"].owners == ("p1",)
    assert settle(kept, "action_team", 'team:"drop shipping"').actions["a1"].team == "drop shipping"


def test_an_early_idea_can_be_taken_parked_or_dropped_with_its_reason() -> None:
    idea = action(state="idea", team="core")
    assert settle(meeting(actions=idea), "idea", "Take").actions["a1"].state is State.OPEN
    dropped = settle(meeting(actions=idea), "idea", "drop costs more than it saves").actions["a1"]
    assert (dropped.state, dropped.reason) == (State.NOT_DOING, "costs more than it saves")
    with pytest.raises(Refused, match="Say why as well"):
        settle(meeting(actions=idea), "idea", "drop")
    parked = settle(meeting(actions=idea), "idea", "park")
    assert not parked.actions
    assert (parked.entries["a1"].kind, parked.entries["a1"].text, parked.entries["a1"].team) == (
        Kind.PARKED,
        "retry budget",
        "core",
    )


def test_what_is_parked_can_be_kept_dropped_or_become_an_action() -> None:
    parked = entry(Kind.PARKED)
    kept = meeting(entries=parked)
    kept.put(settled(kept.review, "parked", "keep"))
    assert not [hint for hint in closing.hints(kept.review) if hint.kind == "parked"]
    assert not settle(meeting(entries=parked), "parked", "drop").entries
    review = settle(meeting(entries=parked), "parked", "action")
    moved = review.actions["e1"]
    assert not review.entries
    assert (moved.text, moved.step, moved.state, moved.at) == (
        "pager routes",
        "talk",
        State.OPEN,
        datetime(2026, 11, 23, 14, tzinfo=UTC),
    )


def test_an_idea_that_was_parked_can_still_become_an_action() -> None:
    kept = meeting(actions=action(state="idea", reason="later"))
    settle(kept, "idea", "park")
    review = settle(kept, "parked", "action")
    assert (list(review.actions), list(review.entries), review.actions["a1"].state) == (["a1"], [], State.OPEN)


def test_an_answer_stays_with_its_question() -> None:
    review = settle(meeting(entries=entry(Kind.QUESTION, "Who saw it?")), "question", "the night shift")
    assert (review.entries["e1"].kind, review.entries["e1"].text) == (Kind.NOTE, "Who saw it? — the night shift")
    assert kinds(review) == []


def test_a_question_can_stay_open_or_become_an_action() -> None:
    kept = meeting(entries=entry(Kind.QUESTION))
    kept.put(settled(kept.review, "question", "keep"))
    assert not [hint for hint in closing.hints(kept.review) if hint.kind == "question"]
    assert list(settle(meeting(entries=entry(Kind.QUESTION)), "question", "action").actions) == ["e1"]


def test_a_missing_moment_is_settled_by_a_time_or_by_saying_that_there_was_none() -> None:
    kept = meeting(TEMPLATE)
    first = next(hint for hint in closing.hints(kept.review) if hint.kind == "moment")
    kept.put(closing.settle(kept.review, first, "~14:05", TODAY, NOW, str))
    moment = kept.review.moments["started"]
    assert (first.text, moment.when, moment.about) == ("No time yet: Impact began", "2026-11-23T14:05", True)
    review = settle(kept, "moment", "N/A")
    assert review.moments["resolved"].not_applicable
    assert "moment" not in kinds(review)


def test_a_moment_takes_a_date_and_nothing_clears_it() -> None:
    review = meeting(TEMPLATE).review
    assert closing.moment_fields(review, "detected", "11-22 9:30", TODAY)["when"] == "2026-11-22T09:30"
    assert set(closing.moment_fields(review, "detected", "", TODAY).values()) == {None}


def test_a_moment_corrected_by_a_time_alone_keeps_its_day() -> None:
    kept = Kept(TEMPLATE, moments={"started": {"when": "2026-11-20T09:00"}, "detected": {"when": "2026-11-21T09:00"}})
    assert closing.moment_fields(kept.review, "detected", "9:30", TODAY)["when"] == "2026-11-21T09:30"
    assert closing.moment_fields(kept.review, "resolved", "9:30", TODAY)["when"] == "2026-11-20T09:30"


def test_the_first_learning_is_typed_as_a_line() -> None:
    review = settle(meeting(TEMPLATE), "empty", "retries hide slow failures #retries")
    (learning,) = review.entries.values()
    assert (learning.kind, learning.text, learning.tags) == (
        Kind.LEARNING,
        "retries hide slow failures",
        ("retries",),
    )
    assert "empty" not in kinds(review)


def test_an_answer_that_is_a_line_is_read_with_ones_own_prefixes() -> None:
    review = meeting(TEMPLATE).review
    own = {"so:": Kind.DECISION}
    puts = closing.settle(
        review, only_hint(review, "empty"), "so: retries are capped", TODAY, NOW, lambda: "n1", prefixes=own
    )
    assert [(put.set["kind"], put.set["text"]) for put in puts] == [("decision", "retries are capped")]


def test_votes_are_typed_on_one_line_and_belong_to_nobody() -> None:
    kept = meeting(TEMPLATE)
    assert only_hint(kept.review, "feedback").ask == "a number from 0 to 5 for each person, as in 5 4 5"
    review = settle(kept, "feedback", "5 4, 4 3  5")
    assert [(vote.question, vote.value, vote.comment) for vote in review.feedback.values()] == [
        ("roti", value, "") for value in (5, 4, 4, 3, 5)
    ]


@pytest.mark.parametrize(
    ("kind", "answer", "accepted"),
    [
        ("action_owner", "carl", "Nobody on the roster is called “carl” (@ana, @bo)."),
        ("action_owner", ",", "Type a name on the roster, as in ana; or drop and why."),
        ("action_due", "soon", "“soon” does not fit here. Type a day, as in fri, +5b, eow or 12-04; or drop and why."),
        ("action_due", "  ", "Type a day, as in fri, +5b, eow or 12-04; or drop and why."),
        ("idea", "yes", "“yes” does not fit here. Type take, park, or drop and why."),
        ("parked", "keep it", "Type keep, action or drop."),
        ("moment", "2pm", "“2pm” is not a time."),
        ("moment", "14:05 or so", "“14:05 or so” is not a time."),
        ("feedback", "5 6", "Type a number from 0 to 5 for each person"),
        ("feedback", "-1", "Type a number from 0 to 5 for each person"),
        ("feedback", "good", "Type a number from 0 to 5 for each person"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused_with_what_would(kind: str, answer: str, accepted: str) -> None:
    actions: Documents = {**action(), "a2": {"text": "cache", "state": "idea"}}
    moments: Documents = {"started": {"not_applicable": True}}
    review = meeting(TEMPLATE, entries=entry(Kind.PARKED), actions=actions, moments=moments).review
    with pytest.raises(Refused) as caught:
        settled(review, kind, answer)
    assert accepted in str(caught.value)


@pytest.mark.parametrize(("kind", "answer"), [("action_team", "core"), ("parked", "drop"), ("question", "nobody")])
def test_what_somebody_else_took_away_meanwhile_is_not_written_again(kind: str, answer: str) -> None:
    entries: Documents = {**entry(Kind.PARKED), "e2": {"kind": "question", "text": "Who?"}}
    hint = only_hint(meeting(entries=entries, actions=action()).review, kind)
    with pytest.raises(Refused, match="not there any more"):
        closing.settle(meeting().review, hint, answer, TODAY, NOW, str)


def test_a_question_to_the_room_waits_until_all_have_voted() -> None:
    kept = meeting(TEMPLATE)
    kept.put(closing.settle(kept.review, only_hint(kept.review, "feedback"), "4", TODAY, NOW, lambda: "n1"))
    assert only_hint(kept.review, "feedback").text == "Votes so far, 1 of 2: Was it worth your time?"
    kept.put(closing.settle(kept.review, only_hint(kept.review, "feedback"), "3", TODAY, NOW, lambda: "n2"))
    assert only_hint(kept.review, "feedback").text == "What would have raised it by one?", "what is asked next"


@given(
    st.text(max_size=40), st.sampled_from(["keep", "action", "drop it", "take", "fri", "14:05", "5 4", ""]) | st.text()
)
def test_every_hint_is_one_line_and_an_answer_that_is_taken_settles_it(text: str, answer: str) -> None:
    entries: Documents = {**entry(Kind.PARKED, text), "e2": {"kind": "question", "text": text}}
    actions: Documents = {"a1": {"text": text}, "a2": {"text": text, "state": "idea"}}
    for hint in closing.hints(meeting(TEMPLATE, entries=entries, actions=actions).review):
        assert "\n" not in hint.text
        kept = meeting(TEMPLATE, entries=entries, actions=actions)
        with suppress(Refused):
            puts = closing.settle(kept.review, hint, answer, TODAY, NOW, lambda: "n1")
            left = {still.key for still in closing.hints(kept.put(puts))}
            assert hint.key not in left or not puts or hint.kind in {"empty", "feedback"}  # one vote is not all
