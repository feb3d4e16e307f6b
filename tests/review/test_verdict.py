from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given

from lrtui.errors import Refused
from lrtui.review import verdict
from lrtui.review.intents import Context
from lrtui.review.model import Review
from tests.doing import START, words

if TYPE_CHECKING:
    from lrtui.review.fields import Fields

TABLES: Any = {
    "participants": {
        "p1": {"name": "Ana Lima", "handle": "ana", "team": "Payments"},
        "p2": {"name": "Bo Chen", "handle": "bo"},
    },
    "actions": {"a1": {"text": "alarm", "state": "open"}, "a2": {"text": "swap", "state": "open", "team": "Data"}},
}
REVIEW = Review.read(TABLES)
CONTEXT = Context(START, START.date(), lambda: "new")


def fields(typed: str, key: str = "a1") -> Fields:
    (put,) = verdict.follow_up(key, typed).change(REVIEW, CONTEXT)
    assert (put.table, put.id) == ("actions", key)
    return put.set


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("done", {"state": "done", "reason": None}),
        ("done  seen in the game day", {"state": "done", "reason": "seen in the game day"}),
        ("doing", {"state": "doing", "reason": None}),
        ("open", {"state": "open", "reason": None}),
        ("not doing it is being retired", {"state": "not doing", "reason": "it is being retired"}),
        ("moved OPS-12", {"state": "moved", "reason": "OPS-12"}),
        ("still", {"looked": "2026-11-23"}),
        ("^fri", {"due": "2026-11-27"}),
        ("due:+2w", {"due": "2026-12-07"}),
        ("team:Storefront", {"team": "Storefront"}),
        ('team:"Data platform"', {"team": "Data platform"}),
        ("@ana", {"owners": ["p1"], "team": "Payments"}),
        ("@bo @ana", {"owners": ["p2", "p1"]}),
        ("@Bo Chen, @ana", {"owners": ["p2", "p1"]}),
        ("drop it is retired", {"state": "not doing", "reason": "it is retired"}),
        ("idea", {"state": "idea", "reason": None}),
        ("done paged @ana ^fri", {"state": "done", "reason": "paged @ana ^fri"}),
        ("@bo ^+2w", {"owners": ["p2"], "due": "2026-12-07"}),
        ("^+2w @bo @ana", {"owners": ["p2", "p1"], "due": "2026-12-07"}),
        ("@ana team:Storefront", {"owners": ["p1"], "team": "Storefront"}),
        ("team:Data platform, @Bo Chen, DUE:fri", {"owners": ["p2"], "team": "Data platform", "due": "2026-11-27"}),
        ('team:"R @ D" ^fri', {"team": "R @ D", "due": "2026-11-27"}),
        ("doing @bo", {"state": "doing", "reason": None, "owners": ["p2"]}),
        ("still ^fri", {"looked": "2026-11-23", "due": "2026-11-27"}),
        ("^2020-01-01", {"due": "2020-01-01"}),
    ],
)
def test_a_short_answer_changes_what_it_says(typed: str, found: Fields) -> None:
    assert fields(typed) == found
    assert verdict.is_begun(typed)


def test_who_takes_over_brings_their_team_only_where_none_owns_it() -> None:
    assert fields("@ana", "a2") == {"owners": ["p1"]}


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("not doing", "Say why"),
        ("moved", "Say where to"),
        ("^whenever", "“whenever” is not a day"),
        ("^", "is not a day"),
        ("@nobody", "Nobody on the roster is called “@nobody”"),
        ("@", "Nobody on the roster is called “@”"),
        ("team:", "Type the team as well"),
        ("drop", "Say why"),
        ("^fri ^mon", "Two dates are said: “fri” and “mon”"),
        ("team:A @bo team:B", "Two teams are said: “A” and “B”"),
        ("@bo ^whenever", "“whenever” is not a day"),
        ("@bo ^fri done", "“fri done” is not a day"),
        ("team: @bo", "Type the team as well"),
        ("perhaps", "“perhaps” is no state"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_would(typed: str, told: str) -> None:
    with pytest.raises(Refused, match=told):
        fields(typed)


@pytest.mark.parametrize("state", ["done", "not doing", "moved"])
def test_what_is_settled_takes_no_other_date_unless_it_is_taken_up_again(state: str) -> None:
    review = Review.read({"actions": {"a1": {"text": "alarm", "state": state}}})
    with pytest.raises(Refused, match=f"settled .{state}. and needs no other date"):
        verdict.follow_up("a1", "^fri").change(review, CONTEXT)
    (put,) = verdict.follow_up("a1", "open ^fri").change(review, CONTEXT)
    assert put.set == {"state": "open", "reason": None, "due": "2026-11-27"}


def test_an_action_that_is_gone_is_not_followed_up() -> None:
    with pytest.raises(Refused, match="not there any more"):
        fields("done", "a9")


@pytest.mark.parametrize(
    "typed", ["d", "do", "no", "not", "not d", "moved O", "st", "^", "@a", "team:", "te", "du", "open"]
)
def test_what_may_become_an_answer_is_no_search(typed: str) -> None:
    assert verdict.is_begun(typed)


@pytest.mark.parametrize(
    "typed", ["", "  ", "dashboard", "disk full", "still rings", "notes", "payments", '"open relay"', "team"]
)
def test_what_cannot_become_an_answer_is_a_search(typed: str) -> None:
    assert verdict.is_begun(typed) == (typed == "team")


@given(words)
def test_whatever_is_accepted_was_seen_as_an_answer(typed: str) -> None:
    try:
        fields(typed)
    except Refused:
        return
    assert verdict.is_begun(typed) or not typed.strip()


def test_only_a_done_without_words_lacks_evidence() -> None:
    assert verdict.lacks_evidence("Done")
    assert not any(map(verdict.lacks_evidence, ("done seen", "doing", "^fri", "not doing", "")))


@pytest.mark.parametrize("typed", ["not responding", "open files", "doing nothing", "idea box", "still water"])
def test_a_search_that_begins_like_a_state_settles_nothing(typed: str) -> None:
    assert not verdict.is_begun(typed)
    with pytest.raises(Refused):
        fields(typed)
