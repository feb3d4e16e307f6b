from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrtui.errors import Refused
from lrtui.review import fairness, intents, intents_room
from lrtui.review.model import Presence
from tests.review.keeping import Desk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lrtui.review.model import Participant, Review

PEOPLE = "Ana Lima: responder; Bo Chen: facilitator; Chi Okafor: note_taker; Dee Fox: observer; Eli Roy: expert"


def room(template: str = "learning-review", people: str = PEOPLE) -> Desk:
    desk = Desk(template)
    desk.do(intents.add_people(people), intents.start())
    return desk


def handles(people: Iterable[Participant]) -> list[str]:
    return [person.handle for person in people]


def counted(review: Review) -> dict[str, int]:
    return {review.participants[key].handle: count for key, count in fairness.heard(review).items() if count}


def unheard(desk: Desk, minutes: float) -> list[str]:
    """Return who has not been heard so many minutes after the beginning."""
    started = desk.review.head.started
    assert started is not None
    return handles(fairness.not_yet_heard(desk.review, started + timedelta(minutes=minutes)))


def test_somebody_is_heard_by_a_turn_or_by_being_named_on_a_line_of_the_meeting() -> None:
    desk = Desk()
    desk.do(intents.add_people(PEOPLE), intents.capture_line("14:02 @eli deploys, told before the meeting"))
    desk.do(
        intents.start(),
        intents_room.speak("ana"),
        intents_room.speak("@ana"),
        intents.capture_line("14:05 @ana reads logs"),
    )
    desk.do(intents.capture_line("a: cap the retries @dee @ana @dee"), intents.finish())
    desk.do(intents.capture_line("corrected afterwards @eli"))
    assert counted(desk.review) == {"ana": 4, "dee": 1}


def test_after_a_third_of_the_time_those_who_were_not_heard_are_told_but_not_who_leads_or_writes() -> None:
    desk = room()
    desk.do(intents_room.speak("ana"))
    assert unheard(desk, 19.9) == []
    assert unheard(desk, 20) == ["dee", "eli"]
    desk.do(intents.capture_line("n: it looked odd @eli"))
    assert unheard(desk, 20) == ["dee"]


@pytest.mark.parametrize("presence", [Presence.LATE, Presence.LEFT, Presence.EXPECTED])
def test_nobody_is_missed_who_is_not_there(presence: Presence) -> None:
    desk = room()
    desk.do(intents.set_presence("dee", presence))
    assert unheard(desk, 30) == ["ana", "eli"]
    desk.do(intents.set_presence("dee", Presence.PRESENT))  # and is back
    assert unheard(desk, 30) == ["ana", "dee", "eli"]


def test_who_has_handed_the_meeting_over_may_be_heard_and_who_took_it_over_need_not() -> None:
    desk = room()
    desk.do(intents_room.hand_over("facilitator", "dee"))
    assert unheard(desk, 30) == ["ana", "bo", "eli"]


@pytest.mark.parametrize("over", [intents.finish(), None])
def test_before_the_meeting_and_after_it_nobody_is_missed(over: intents.Intent | None) -> None:
    desk = room() if over else Desk()
    desk.do(over or intents.add_people(PEOPLE))
    assert fairness.not_yet_heard(desk.review, desk.now + timedelta(hours=1)) == ()


def test_without_a_clock_nobody_is_missed() -> None:
    assert unheard(room("write-up"), 600) == []


def test_people_speak_in_the_order_of_asking_and_a_turn_ends_the_asking() -> None:
    desk = room()
    ask = intents_room.ask_to_speak
    desk.do(ask("eli"), ask("ana"), ask("dee"), ask("eli"))
    assert handles(fairness.next_to_speak(desk.review)) == ["eli", "ana", "dee"]
    desk.do(intents_room.speak("eli"), intents_room.withdraw_asking("ana"))
    assert handles(fairness.next_to_speak(desk.review)) == ["dee"]
    desk.do(ask("eli"), intents.set_presence("dee", Presence.LEFT))
    assert handles(fairness.next_to_speak(desk.review)) == ["eli"]


def test_a_duty_is_with_whom_it_was_handed_to_last_else_with_whose_role_it_is() -> None:
    desk = room()
    lead = fairness.leading(desk.review, "facilitator")
    assert lead is not None
    assert lead.handle == "bo"
    desk.do(intents_room.hand_over("facilitator", "ana"), intents_room.hand_over("facilitator", "@dee"))
    asked = desk.now
    desk.do(intents_room.hand_over("note_taker", "Ana Lima"))
    found = [(person.handle, since, until) for person, since, until in fairness.terms(desk.review, "facilitator")]
    assert found == [("ana", asked - timedelta(minutes=1), asked), ("dee", asked, None)]
    assert handles(filter(None, (fairness.leading(desk.review, duty) for duty in fairness.DUTIES))) == ["dee", "ana"]


def test_a_duty_comes_back_to_whom_it_was_with_at_first() -> None:
    desk = room()
    desk.do(intents_room.hand_over("facilitator", "ana"), intents_room.hand_over("facilitator", "bo"))
    assert handles(person for person, _, _ in fairness.terms(desk.review, "facilitator")) == ["ana", "bo"]
    assert handles(filter(None, [fairness.leading(desk.review, "facilitator")])) == ["bo"]


def test_who_hands_a_duty_over_and_takes_it_back_has_had_it_twice() -> None:
    desk = room()
    desk.do(*(intents_room.hand_over("facilitator", name) for name in ("ana", "bo", "ana")))
    last = desk.now
    minute = timedelta(minutes=1)
    found = [(person.handle, since, until) for person, since, until in fairness.terms(desk.review, "facilitator")]
    assert found == [
        ("ana", last - 2 * minute, last - minute),
        ("bo", last - minute, last),
        ("ana", last, None),
    ]
    assert handles(filter(None, [fairness.leading(desk.review, "facilitator")])) == ["ana"]


def test_a_duty_cannot_be_handed_to_whose_it_is() -> None:
    desk = room()
    with pytest.raises(Refused, match="Bo Chen leads the meeting already"):
        desk.do(intents_room.hand_over("facilitator", "bo"))
    with pytest.raises(Refused, match="Chi Okafor takes the notes already"):
        desk.do(intents_room.hand_over("note_taker", "chi"))


def test_without_anybody_for_it_a_duty_is_with_nobody() -> None:
    desk = Desk()
    assert [fairness.leading(desk.review, duty) for duty in fairness.DUTIES] == [None, None]


def test_everybody_present_is_asked_but_the_facilitator() -> None:
    desk = room()
    desk.do(intents.set_presence("eli", Presence.LEFT))
    assert handles(fairness.answering(desk.review)) == ["ana", "chi", "dee"]


def shared(turns: str) -> tuple[str, int, int] | None:
    """Return whose share is very large when people speak in turn: a for Ana, d for Dee, e for Eli, g for Gil."""
    desk = room(people=f"{PEOPLE}; Gil Oz: observer")
    names = {"a": "ana", "b": "bo", "d": "dee", "e": "eli", "g": "gil"}
    desk.do(*(intents_room.speak(names[turn]) for turn in turns))
    found = fairness.share(desk.review)
    return (found.person.handle, found.turns, found.total) if found else None


@pytest.mark.parametrize(
    ("turns", "told"),
    [
        ("aaaaa", None),
        ("aaadeg", ("ana", 3, 6)),
        ("aaddeg", None),
        ("aaaadddeeg", None),
        ("aaaaadddeg", ("ana", 5, 10)),
        ("abbbbbbbde", None),
    ],
)
def test_one_person_with_very_many_of_the_turns_is_told_from_six_turns_on(
    turns: str, told: tuple[str, int, int] | None
) -> None:
    assert shared(turns) == told


def test_where_few_are_there_to_speak_a_fair_share_is_a_large_one() -> None:
    desk = room(people="Ana: responder; Dee: observer; Bo: facilitator")
    desk.do(*(intents_room.speak(name) for name in ("ana", "dee") * 3))
    desk.do(intents_room.speak("ana"), intents_room.speak("ana"))
    assert fairness.share(desk.review) is None
    desk.do(*(intents_room.speak("ana") for _ in range(6)))
    assert fairness.share(desk.review) == fairness.Share(fairness.answering(desk.review)[0], 11, 14)


@given(st.lists(st.sampled_from("abdeg"), max_size=20))
def test_turns_are_counted_each_and_a_share_is_never_told_of_equals(turns: list[str]) -> None:
    desk = room(people=f"{PEOPLE}; Gil Oz: observer")
    names = {"a": "ana", "b": "bo", "d": "dee", "e": "eli", "g": "gil"}
    desk.do(*(intents_room.speak(names[turn]) for turn in turns))
    assert counted(desk.review) == {names[turn]: turns.count(turn) for turn in turns}
    found = fairness.share(desk.review)
    if found:
        others = [turns.count(turn) for turn in "adeg" if names[turn] != found.person.handle]
        assert all(found.turns > count for count in others)
