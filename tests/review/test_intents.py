from __future__ import annotations

import contextlib
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings

from lrtui.errors import Refused
from lrtui.review import intents
from lrtui.review.fields import written
from lrtui.review.intents import Context, Intent
from lrtui.review.model import Kind, Presence, State, Status
from tests.doing import START, TEMPLATES, Doing, doings, meetings
from tests.review.keeping import TODAY, Desk


@settings(max_examples=60, deadline=None)
@given(done=meetings, last=doings)
def test_an_intent_leaves_the_review_it_was_given_untouched(done: list[Doing], last: Doing) -> None:
    desk = Desk()
    for doing in done:
        try:
            desk.do(doing.intent(desk.review))
        except Refused:
            continue
    review = desk.review
    text = repr(review)
    with contextlib.suppress(Refused):
        intent = last.intent(review)
        one = intent.change(review, Context(START, TODAY, lambda: "new"))
        assert intent.change(review, Context(START, TODAY, lambda: "new")) == one
    assert repr(review) == text


def test_a_new_review_is_a_draft_with_its_template_as_a_snapshot() -> None:
    desk = Desk()
    review = desk.do(intents.create("  Slow\tcheckout ", TEMPLATES["quick-review"], "Europe/Rome", solo=True))
    head = review.head
    assert (head.title, head.status, head.zone, head.solo) == ("Slow checkout", Status.DRAFT, "Europe/Rome", True)
    assert head.created == desk.now
    assert review.template.name == "quick-review"


def test_the_beginning_of_a_meeting_is_planned_by_the_clock_on_the_wall_and_may_be_left_open() -> None:
    desk, tokyo = Desk(), ZoneInfo("Asia/Tokyo")
    assert desk.do(intents.set_planned("23:30", tokyo)).head.planned == datetime(2026, 11, 23, 14, 30, tzinfo=UTC)
    assert desk.do(intents.set_planned("11-25 09:00", tokyo)).head.planned == datetime(2026, 11, 25, 0, 0, tzinfo=UTC)
    assert desk.do(intents.set_planned(" ", tokyo)).head.planned is None
    for words in ("noon", "14:00-15:00"):
        with pytest.raises(Refused, match=f"“{words}” is not a time"):
            desk.do(intents.set_planned(words, UTC))


@pytest.mark.parametrize("words", ["0001-01-01 00:30Z", "1969-12-31 12:00", "9001-01-01 12:00", "9999-12-31 23:30Z"])
@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Tokyo"])
def test_a_beginning_that_not_every_clock_can_show_is_refused(words: str, zone: str) -> None:
    desk = Desk()
    with pytest.raises(Refused, match="is too far away for a meeting"):
        desk.do(intents.set_planned(words, ZoneInfo(zone)))
    desk.do(intents.start())
    with pytest.raises(Refused, match="is too far away for a meeting"):
        desk.do(intents.set_planned(words, ZoneInfo(zone)))


@pytest.mark.parametrize(
    ("now", "typed", "planned"),
    [
        ("2026-11-23 09:00", "22:00", "2026-11-23 22:00"),
        ("2026-11-23 19:00", "7:30", "2026-11-24 07:30"),
        ("2026-11-23 14:20", "14:00", "2026-11-23 14:00"),
        ("2026-11-23 14:00", "14:00", "2026-11-23 14:00"),
        ("2026-11-23 17:00", "9:00", "2026-11-24 09:00"),
        ("2026-11-23 17:00", "11-23 9:00", "2026-11-23 09:00"),
        ("2026-12-30 17:00", "01-05 9:00", "2027-01-05 09:00"),
    ],
)
def test_a_beginning_lies_ahead_or_has_only_just_passed(now: str, typed: str, planned: str) -> None:
    context = Context(datetime.fromisoformat(f"{now}+00:00"), TODAY, lambda: "new")
    (put,) = intents.set_planned(typed, UTC).change(Desk().review, context)
    assert put.set["planned"] == written(datetime.fromisoformat(f"{planned}+00:00"))


def test_the_planned_beginning_of_a_meeting_that_has_begun_is_near_to_when_it_did() -> None:
    desk = Desk()
    desk.do(intents.start())
    desk.now += timedelta(hours=3)
    assert desk.do(intents.set_planned("13:55", UTC)).head.planned == datetime(2026, 11, 23, 13, 55, tzinfo=UTC)


def test_a_zone_that_nobody_knows_is_refused_with_what_to_write() -> None:
    desk = Desk()
    desk.do(intents.set_zone("+02:00"))
    with pytest.raises(Refused, match=r"“Atlantis” is not a time zone.*Europe/Rome"):
        desk.do(intents.set_zone("Atlantis"))
    assert desk.review.head.zone == "+02:00"


def test_facts_of_ones_own_are_welcome_and_an_empty_answer_takes_one_away() -> None:
    desk = Desk()
    desk.do(intents.set_fact("service", " check\nout "), intents.set_fact("weather", "storm"))
    assert desk.review.head.facts == {"service": "check out", "weather": "storm"}
    assert desk.do(intents.set_fact("weather", "  ")).head.facts == {"service": "check out"}


def test_tags_are_exactly_those_written() -> None:
    desk = Desk()
    assert desk.do(intents.set_tags("#DB, payments db")).head.tags == ("db", "payments")
    assert desk.do(intents.set_tags("payments")).head.tags == ("payments",)
    assert desk.do(intents.set_tags("")).head.tags == ()


def test_a_moment_is_a_time_or_not_applicable_or_cleared() -> None:
    desk = Desk()
    assert desk.do(intents.set_moment("started", "~11-22 14:05")).moments["started"].when == "2026-11-22T14:05"
    assert desk.review.moments["started"].about
    assert desk.do(intents.set_moment("started", "n/a")).moments["started"].not_applicable
    with pytest.raises(Refused, match="is not a time"):
        desk.do(intents.set_moment("started", "noonish"))
    assert "started" not in desk.do(intents.set_moment("started", "")).moments


def test_a_block_is_captured_line_by_line_as_one_operation() -> None:
    desk = Desk()
    desk.do(intents.capture_block(["14:02 pager", "", "  ", "a: raise the limit", "// not for the room"]))
    assert [entry.kind for entry in desk.review.entries.values()] == [Kind.EVENT, Kind.PRIVATE]
    assert desk.action().text == "raise the limit"


def test_a_text_of_several_paragraphs_is_one_entry_and_stays_one_when_it_is_edited_or_taken_over() -> None:
    desk = Desk()
    text = "Once more.\n\nAnd\nagain."
    (entry,) = desk.do(intents.capture_line(f" * {text}\n\n\n")).entries.values()
    assert (entry.kind, entry.text) == (Kind.LEARNING, text)
    edited = desk.do(intents.edit_line("entries", entry.id, "l: Once.\r\n\r\n \r\nAnd  again. #db"))
    assert (edited.entries[entry.id].text, edited.entries[entry.id].tags) == ("Once.\n\nAnd again.", ("db",))
    assert desk.do(intents.take_other(entry.id, text)).entries[entry.id].text == text


def test_an_edited_line_may_become_an_action_and_a_line_again_and_keeps_its_place() -> None:
    desk = Desk()
    desk.do(intents.start(), intents.capture_line("raise the limit #db"))
    was = desk.entry()
    desk.do(intents.edit_line("entries", was.id, "a: raise the limit #db"))
    action = desk.action()
    assert not desk.review.entries
    assert (action.id, action.at, action.step, action.tags) == (was.id, was.at, was.step, ("db",))
    desk.do(intents.edit_line("actions", action.id, "raise the limit #db"))
    assert not desk.review.actions
    assert desk.entry() == was


def test_an_edit_takes_off_the_tags_that_are_not_typed_any_more() -> None:
    desk = Desk()
    desk.do(intents.capture_line("slow #db #cache"))
    desk.do(intents.edit_line("entries", desk.entry().id, "slow #cache"))
    assert desk.entry().tags == ("cache",)


def test_an_edited_action_stays_as_far_as_it_was() -> None:
    desk = Desk()
    desk.do(intents.capture_line("a: raise the limit"))
    desk.do(intents.set_state(desk.action().id, State.NOT_DOING, "no gain"))
    desk.do(intents.edit_line("actions", desk.action().id, "a: raise the limit twice"))
    assert (desk.action().state, desk.action().reason) == (State.NOT_DOING, "no gain")


@pytest.mark.parametrize(
    "intent",
    [
        intents.edit_line("entries", "k9", "x"),
        intents.delete_line("actions", "k9"),
        intents.set_state("k9", State.DONE),
        intents.edit_person("k9", "Ana"),
        intents.set_presence("ana", Presence.LATE),
        intents.open_step("no such step"),
    ],
)
def test_what_is_not_there_is_refused_in_a_sentence(intent: Intent) -> None:
    with pytest.raises(Refused, match=r"^[A-Z“].*[.)]$"):
        Desk().do(intent)


def test_people_get_handles_of_their_own_and_keep_them() -> None:
    desk = Desk()
    desk.do(intents.add_people("Ana Lima: responder, payments; Ana Berg; Bo"))
    people = list(desk.review.participants.values())
    assert [person.handle for person in people] == ["ana", "berg", "bo"]
    assert (people[0].role, people[0].team) == ("responder", "payments")
    desk.do(intents.edit_person(people[0].id, "Anna Lima"))
    changed = desk.review.participants[people[0].id]
    assert (changed.name, changed.handle, changed.role, changed.team) == ("Anna Lima", "ana", "", "")


@pytest.mark.parametrize("words", ["", " ; ", "\n", ": responder"])
def test_nobody_is_added_without_a_name(words: str) -> None:
    with pytest.raises(Refused):
        Desk().do(intents.add_people(words))


def test_presence_is_noted_by_handle_or_name() -> None:
    desk = Desk()
    desk.do(intents.add_people("Ana Lima; Bo Chen"))
    desk.do(intents.set_presence("@ana", Presence.LATE), intents.set_presence("Bo Chen", Presence.LEFT))
    assert [person.presence for person in desk.review.participants.values()] == [Presence.LATE, Presence.LEFT]
    with pytest.raises(Refused, match="@ana, @bo"):
        desk.do(intents.set_presence("@cy", Presence.LATE))


def test_somebody_removed_is_off_the_roster() -> None:
    desk = Desk()
    desk.do(intents.add_people("Ana Lima"))
    (person,) = desk.review.participants
    assert not desk.do(intents.remove_person(person)).participants


def test_steps_follow_one_another_and_end_at_both_ends() -> None:
    desk = Desk()
    desk.do(intents.start())
    with pytest.raises(Refused, match="first step"):
        desk.do(intents.previous_step())
    keys = [step.key for step in desk.review.template.steps]
    for key in keys[1:]:
        assert desk.do(intents.next_step()).head.step == key
    with pytest.raises(Refused, match="last step"):
        desk.do(intents.next_step())
    assert desk.do(intents.previous_step()).head.step == keys[-2]


def test_pausing_twice_lets_the_clock_go_on() -> None:
    desk = Desk()
    desk.do(intents.start())
    assert desk.do(intents.pause()).head.since is None
    assert desk.review.steps["welcome"].spent == 60
    assert desk.do(intents.pause()).head.since == desk.now


def test_a_clock_is_stopped_at_an_earlier_instant() -> None:
    desk = Desk()
    desk.do(intents.start())
    began = desk.now
    desk.do(intents.stop_clock(began + timedelta(seconds=20)))
    assert desk.review.steps["welcome"].spent == 20
    assert desk.review.head.since is None


def test_a_meeting_goes_from_draft_to_done_and_can_be_taken_up_again() -> None:
    desk = Desk()
    seen = [desk.do(intent).head.status for intent in (intents.start(), intents.wrap_up(), intents.finish())]
    assert seen == [Status.LIVE, Status.WRAP_UP, Status.DONE]
    assert isinstance(desk.review.head.ended, datetime)
    reopened = desk.do(intents.reopen()).head
    assert (reopened.status, reopened.ended, reopened.since) == (Status.WRAP_UP, None, None)


def test_an_action_moves_on_with_the_reason_that_goes_with_it() -> None:
    desk = Desk()
    desk.do(intents.capture_line("a: raise the limit"))
    key = desk.action().id
    desk.do(intents.set_state(key, State.MOVED, " OPS-1 "))
    assert (desk.action().state, desk.action().reason) == (State.MOVED, "OPS-1")
    desk.do(intents.set_state(key, State.DONE))
    assert (desk.action().state, desk.action().reason) == (State.DONE, "")


def test_a_line_of_a_block_that_has_no_words_is_kept_as_it_stands() -> None:
    desk = Desk()
    desk.do(intents.start(), intents.open_step("timeline"))
    desk.do(intents.capture_block(["14:02", "Ana: pager", "a:"]))
    assert [(entry.text, entry.kind) for entry in desk.review.entries.values()] == [
        ("14:02", Kind.EVENT),
        ("Ana: pager", Kind.EVENT),
        ("a:", Kind.EVENT),
    ]
    with pytest.raises(Refused, match="no words in “a:”"):
        desk.do(intents.capture_line("a:"))


def test_turning_to_a_step_of_a_write_up_begins_no_meeting_and_stops_a_clock_that_runs() -> None:
    desk = Desk("write-up")
    desk.do(intents.turn_to("timeline"))
    assert (desk.review.head.step, desk.review.head.status, desk.review.head.since) == ("timeline", Status.DRAFT, None)
    assert not desk.review.steps
    with pytest.raises(Refused, match="no such step"):
        desk.do(intents.turn_to("nowhere"))
    timed = Desk()
    timed.do(intents.start(), intents.turn_to("timeline"))
    assert timed.review.head.since is None
    assert timed.review.steps["welcome"].spent == 60


def test_who_is_on_the_roster_is_not_added_again() -> None:
    desk = Desk()
    desk.do(intents.add_people("Eve Fox: responder"))
    with pytest.raises(Refused, match="Eve Fox is on the roster already, as @eve"):
        desk.do(intents.add_people("eve fox: facilitator"))
