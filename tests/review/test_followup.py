"""Every action stands in one place by its date, and what goes without saying is told as such."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrtui.review import followup
from lrtui.review.dates import add_working_days
from lrtui.review.followup import By, Customs, Followed, Owner, Wanted, When, standings
from lrtui.review.model import Head, Participant, Presence, Review, State
from lrtui.review.spans import Span
from lrtui.review.template import Step, Template
from tests.review.following import CUSTOMS, REVIEW, TODAY, action, lists, stand, standing

HELD = datetime(2026, 11, 20, 14, tzinfo=UTC)


@given(lists, st.sampled_from(By), st.sampled_from(["first", "where it is"]))
def test_every_action_stands_under_one_heading_whatever_they_are_put_together_by(
    found: list[Followed], by: By, soak: str
) -> None:
    items = stand(found)
    groups = followup.grouped(items, by, soak_first=soak == "first")
    assert sorted((item for _, group in groups for item in group), key=repr) == sorted(items, key=repr)
    assert all(group for _, group in groups)
    assert len({heading for heading, _ in groups}) == len(groups)


@given(lists)
def test_every_action_is_in_exactly_one_class_by_its_date(found: list[Followed]) -> None:
    for item in stand(found):
        days = (item.due - TODAY).days if item.due else None
        going = item.action.state.going
        classes = {
            When.SETTLED: not going,
            When.UNDATED: going and days is None,
            When.OVERDUE: going and days is not None and days < 0,
            When.SOON: going and days is not None and 0 <= days <= 2,
            When.LATER: going and days is not None and days > 2,
        }
        assert [when for when, true in classes.items() if true] == [item.when]


@given(lists)
def test_each_class_that_is_asked_for_gives_its_actions_and_all_of_them_everything(found: list[Followed]) -> None:
    items = stand(found)
    picked = [item for when in When for item in Wanted(frozenset({when})).picked(items)]
    assert sorted(picked, key=repr) == sorted(items, key=repr)
    assert list(Wanted().picked(items)) == items
    both = Wanted(frozenset({When.OVERDUE}), soak=True).picked(items)
    assert list(both) == [item for item in items if item.soak or item.when is When.OVERDUE]


@given(lists)
def test_nothing_that_is_settled_is_late_untouched_or_looked_at_once_more(found: list[Followed]) -> None:
    for item in stand(found):
        if not item.action.state.going:
            assert (item.soak, item.untouched, item.when) == (False, False, When.SETTLED)
        assert not (item.soak and item.untouched), "the one ends where the other begins"


@pytest.mark.parametrize(
    ("priority", "due"),
    [("urgent", date(2026, 11, 23)), ("high", date(2026, 12, 5)), ("medium", date(2026, 12, 20)), ("", None)],
)
def test_an_action_without_a_date_is_due_by_its_priority_and_that_is_told(priority: str, due: date | None) -> None:
    item = standing(action(priority=priority))
    assert (item.due, item.due_by_default, item.action.due) == (due, due is not None, None)
    if due:
        assert f"due ~{due.isoformat()}" in followup.due_in_words(item)
        assert f"by default for {priority}" in followup.marks(item)


def test_a_date_of_its_own_comes_before_one_by_default() -> None:
    item = standing(action(priority="urgent", due=date(2026, 12, 24)))
    assert (item.due, item.due_by_default) == (date(2026, 12, 24), False)
    assert followup.due_in_words(item) == "due 2026-12-24, in 29 days"


def test_a_library_says_by_itself_when_what_is_due_and_whose_it_is() -> None:
    customs = Customs("Payments", {"low": Span(5, "working day")})
    item = standing(action(priority="low"), customs)
    assert (item.due, item.team, item.team_by_default) == (date(2026, 11, 27), "Payments", True)
    own = standing(action(team="Data"), customs)
    assert (own.team, own.team_by_default) == ("Data", False)


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-1, "due 2026-11-24, 1 day over"),
        (-9, "due 2026-11-16, 9 days over"),
        (0, "due 2026-11-25, today"),
        (1, "due 2026-11-26, tomorrow"),
        (2, "due 2026-11-27, in 2 days"),
    ],
)
def test_how_far_a_date_is_stands_beside_it(days: int, words: str) -> None:
    assert followup.due_in_words(standing(action(due=TODAY + timedelta(days)))) == words


def test_an_action_is_overdue_from_midnight_where_its_review_is_held() -> None:
    west, east = (action(id=zone, zone=zone, due=TODAY) for zone in ("west", "east"))
    there = {"west": TODAY, "east": TODAY + timedelta(1)}
    late, soon = standings([west, east], there.__getitem__, CUSTOMS, {})
    assert (late.action.zone, late.when, followup.due_in_words(late)) == (
        "east",
        When.OVERDUE,
        "due 2026-11-25, 1 day over",
    )
    assert (soon.action.zone, soon.when, followup.due_in_words(soon)) == ("west", When.SOON, "due 2026-11-25, today")


def test_what_is_settled_tells_when_it_was() -> None:
    done = standing(action(state=State.DONE, settled=date(2026, 11, 24), due=date(2026, 1, 1)))
    assert followup.due_in_words(done) == "done 2026-11-24"
    assert done.age == 4, "it does not grow older"


def test_thirty_days_without_a_change_are_long() -> None:
    for days, untouched in ((29, False), (30, True), (31, True)):
        item = standing(action(touched=TODAY - timedelta(days), made=date(2026, 1, 1)))
        assert (item.untouched, item.rest) == (untouched, days)


@given(st.dates(date(2026, 10, 1), TODAY), st.integers(0, 20))
def test_a_second_look_is_due_from_two_working_days_after_the_review_until_somebody_has_looked(
    over: date, later: int
) -> None:
    touched = over + timedelta(later)
    begins = add_working_days(over, 2)
    item = standing(action(over=over, touched=touched))
    waits = begins <= TODAY and touched < begins and (TODAY - touched).days < followup.LONG
    assert item.soak == waits


def test_a_review_that_is_not_over_has_no_second_look() -> None:
    assert not standing(action(over=None)).soak
    assert standing(action(over=date(2026, 11, 20))).soak
    assert followup.waiting_reviews([standing(action(over=date(2026, 11, 20)))] * 2) == 1


def test_reviews_are_called_by_their_tail_where_no_other_ends_so_or_is_called_so() -> None:
    names = ["2026-11-20-a-7k3q", "2026-11-21-b-7k3q", "2026-11-21-c-9z9z", "old", "2026-11-01-d-old", "ends-"]
    assert followup.tails(names) == {
        "2026-11-20-a-7k3q": "2026-11-20-a-7k3q",
        "2026-11-21-b-7k3q": "2026-11-21-b-7k3q",
        "2026-11-21-c-9z9z": "9z9z",
        "old": "old",
        "2026-11-01-d-old": "2026-11-01-d-old",
        "ends-": "ends-",
    }


@given(st.lists(st.text(alphabet="ab-", min_size=1, max_size=6), unique=True))
def test_no_two_reviews_are_called_the_same(names: list[str]) -> None:
    short = followup.tails(names)
    assert len(set(short.values())) == len(names)


def test_somebody_is_asked_for_by_the_beginnings_of_their_names() -> None:
    for asked in ("ana", "Ana L", "@lima", "ana lima", "li an"):
        assert followup.is_named("Ana Lima", asked), asked
    for asked in ("bo", "na", "ana x"):
        assert not followup.is_named("Ana Lima", asked), asked


def test_a_service_is_asked_for_by_its_beginning_unless_one_is_called_just_so() -> None:
    services = ("checkout", "Checkout API", "api")
    items = stand([action(service=service, id=service) for service in services])

    def found(asked: str) -> list[str]:
        return sorted(item.action.service for item in Wanted(service=asked).picked(items))

    assert found("check") == ["Checkout API", "checkout"]
    assert found("Checkout") == ["checkout"]
    assert found("checkout a") == ["Checkout API"]
    assert found("heck") == []


def test_what_narrows_down_has_all_to_be_so() -> None:
    ours = action(team="Payments", owners=(Owner("Ana Lima"),))
    theirs = action(team="Data", owners=(Owner("Bo Chen"), Owner("Ana Lima")), id="x", service="ledger")
    items = stand([ours, theirs])
    assert [item.action for item in Wanted(team="payments").picked(items)] == [ours]
    assert [item.action for item in Wanted(owner="ana").picked(items)] == [ours, theirs]
    assert [item.action for item in Wanted(owner="ana", team="data").picked(items)] == [theirs]
    assert [item.action for item in Wanted(service="Ledger").picked(items)] == [theirs]
    assert [item.action for item in Wanted(review=REVIEW, service="mail").picked(items)] == []


def test_a_search_finds_every_word_wherever_it_stands() -> None:
    items = stand([action("raise the limit", owners=(Owner("Ana Lima"),), tags=("db",), priority="high")])
    for typed in ("limit ana", "DB", "7k3q-1", "checkout", "default high", ""):
        assert followup.found(items, typed) == items, typed
    assert followup.found(items, "limit bo") == []


def test_groups_stand_by_their_names_and_what_has_none_comes_last() -> None:
    owned = [action(id=name, owners=(Owner(name),)) for name in ("bo", "Ana")]
    items = stand([*owned, action(id="x"), action(id="s", over=date(2026, 11, 20), owners=(Owner("Zoe"),))])
    headings = [heading for heading, _ in followup.grouped(items, By.OWNER, soak_first=True)]
    assert headings == [followup.SOAKING, "Ana", "bo", followup.NO_OWNER]


@pytest.mark.parametrize(
    ("presence", "here"),
    [(Presence.PRESENT, "here"), (Presence.LEFT, "here"), (Presence.LATE, ""), (Presence.EXPECTED, "")],
)
def test_who_was_in_the_room_is_known_of_a_meeting_that_was_held(presence: Presence, here: str) -> None:
    person = Participant("p", "Ana", "ana", presence=presence)
    meeting = Template(name="t", title="T", steps=(Step("a", "A", 5),))
    held = Review(Head(template=meeting, started=HELD))
    assert followup.in_the_room(person, held) == bool(here)
    assert followup.in_the_room(person, Review(Head(template=meeting)))
    assert followup.in_the_room(person, Review(Head(solo=True, started=HELD)))
