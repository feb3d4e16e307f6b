"""A rehearsal without a screen: its clock, its library, what the room says and when, and the word at the end."""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrtui import demo
from lrtui.demo import rehearsal, spoken
from lrtui.demo.rehearsal import FASTEST, FastClock, clock_of
from lrtui.demo.spoken import SpeakingRoom
from lrtui.desk import Desk
from lrtui.review import agenda, intents, intents_room
from lrtui.review.model import Kind, Presence, Status
from lrtui.review.wording import HintClass, hints
from lrtui.store.library import Library
from tests.doing import START, Clock, Doing, do, opened

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from lrtui.review.model import Review
    from lrtui.session import Session

NOW = datetime(2026, 11, 25, 13, 20, 30, tzinfo=UTC)
SCRIPT = spoken.shipped()

instants = st.timedeltas(timedelta(-1), timedelta(30)).map(lambda span: NOW + span)


@pytest.fixture
def held(tmp_path: Path) -> Session:
    """Return the review of a rehearsal, opened by the facilitator, with a clock to move."""
    name = rehearsal.build(tmp_path, NOW)
    desk = Desk(Library(tmp_path), clock=Clock(NOW), author="ana-3f9c", zone="UTC")
    return desk.open(name)


@given(instants, st.timedeltas(timedelta(0), timedelta(1)), st.integers(1, FASTEST))
def test_a_fast_clock_shows_the_same_at_first_and_goes_so_many_times_as_fast_ever_after(
    since: datetime, span: timedelta, speed: int
) -> None:
    real = Clock(since)
    clock = FastClock(since, speed, real)
    assert clock() == since
    real.now += span
    before = clock()
    assert before - since == speed * span
    real.now += span
    assert clock() - before == speed * span


@settings(deadline=None)
@given(st.timedeltas(timedelta(hours=-23), timedelta(hours=23)).map(lambda span: NOW + span), st.integers(1, FASTEST))
def test_two_programs_on_one_rehearsal_go_by_one_clock(
    tmp_path_factory: pytest.TempPathFactory, now: datetime, speed: int
) -> None:
    library = Library(tmp_path_factory.mktemp("rehearsal"))
    library.rehearsal.write_text(json.dumps({"since": NOW.isoformat(), "speed": speed}))
    one, other = clock_of(library, lambda: now), clock_of(library, lambda: now)
    assert one() == other() == NOW + speed * (now - NOW)


@pytest.mark.parametrize(
    "said",
    [
        None,
        "",
        "[]",
        "{",
        '{"since": "noon", "speed": 10}',
        '{"since": "2026-11-25T13:20:30", "speed": 10}',
        '{"since": "2026-11-25T13:20:30+00:00", "speed": 10000}',
        '{"since": "2026-11-25T13:20:30+00:00", "speed": 0}',
        '{"since": "2026-11-25T13:20:30+00:00", "speed": null}',
        '{"since": 5, "speed": 10}',
        '{"since": "0001-01-01T00:00:00+00:00", "speed": 20}',
        '{"since": "9999-12-31T23:59:59+00:00", "speed": 20}',
        '{"since": "2026-11-24T13:20:30+00:00", "speed": 10}',
    ],
)
def test_any_other_library_goes_by_the_clock_on_the_wall(tmp_path: Path, said: str | None) -> None:
    library = Library(tmp_path)
    if said is not None:
        library.rehearsal.write_text(said)
    clock = Clock(NOW)
    assert clock_of(library, clock) is clock


def test_the_review_is_set_up_and_at_its_first_step_with_the_clock_standing(held: Session) -> None:
    review = held.review
    pace = agenda.pace(review, NOW + timedelta(hours=1))
    assert review.head.status is Status.LIVE
    assert pace.current is not None
    assert (pace.current.key, pace.spent, pace.running) == ("welcome", 0, False)
    assert not review.entries
    assert not review.actions
    assert len(review.participants) == 7
    assert review.head.facts["service"] == "checkout"
    assert all(moment.when for moment in review.moments.values())
    assert held.undoable is None, "what was set up is nothing that the facilitator has done"


def test_what_an_earlier_review_left_open_is_there(held: Session, tmp_path: Path) -> None:
    desk = Desk(Library(tmp_path), clock=Clock(NOW), author="ana-3f9c", zone="UTC")
    desk.update_catalog()
    assert len(desk.earlier_actions("checkout", besides=held.name)) == 2


def test_a_rehearsal_is_found_while_it_is_open_and_the_one_begun_last_of_several(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert rehearsal.running() is None
    sessions = []
    for number, name in enumerate(("b", "c", "a")):
        root = tmp_path / f"{rehearsal.PREFIX}{name}"
        review = rehearsal.build(root, NOW + timedelta(minutes=number))
        sessions.append(Desk(Library(root), author="ana-3f9c").open(review))
        (tmp_path / f"{rehearsal.PREFIX}empty{number}").mkdir()
        (tmp_path / f"{rehearsal.PREFIX}link{number}").symlink_to(root)
    for session in reversed(sessions):
        found = rehearsal.running()
        assert found is not None
        assert (found[0].root, found[1]) == (session.storage.folder.parents[2], session.name)
        session.close()
    assert rehearsal.running() is None, "what nobody has open is nobody's rehearsal"


def test_the_rehearsal_of_somebody_else_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    root = tmp_path / f"{rehearsal.PREFIX}a"
    session = Desk(Library(root), author="ana-3f9c").open(rehearsal.build(root, NOW))
    assert rehearsal.running() is not None
    monkeypatch.setattr("os.getuid", lambda: os.geteuid() + 1)
    assert rehearsal.running() is None
    session.close()


def test_the_script_fits_its_review(held: Session) -> None:
    steps = {step.key: step for step in held.review.template.steps}
    handles = {person.handle for person in held.review.participants.values()}
    assert {remark.step for remark in SCRIPT} == set(steps)
    assert {remark.who for remark in SCRIPT} == handles - {"dagny"}, "all but who leads"
    for key in steps:
        times = [remark.at for remark in SCRIPT if remark.step == key]
        assert all(later - earlier >= 30 for earlier, later in pairwise(times)), "there is time to read each"
        assert times[0] <= 30


def test_the_room_gives_something_of_everything_to_practise(held: Session) -> None:
    kinds = Counter(remark.kind for remark in SCRIPT)
    assert set(kinds) - {None} == set(Kind) - {Kind.PRIVATE}
    assert kinds[None] >= 10, "not everything has to be taken down"
    noticed = {hint.what for remark in SCRIPT for hint in hints(remark.words, kind=remark.kind)}
    assert noticed >= {HintClass.COUNTERFACTUAL, HintClass.JUDGEMENT, HintClass.OMISSION, HintClass.WEAK_ACTION}
    over = {step.key: 60 * step.minutes for step in held.review.template.steps}
    assert any(remark.at > over[remark.step] for remark in SCRIPT), "somebody runs over"
    early = [remark for remark in SCRIPT if remark.kind is Kind.ACTION and remark.step != "actions"]
    assert early, "somebody has an idea too early"
    in_timeline = Counter(remark.who for remark in SCRIPT if remark.step == "timeline")
    assert in_timeline.most_common(1)[0] == ("bo", max(in_timeline.values())), "somebody dominates"
    assert in_timeline["bo"] >= 2 * in_timeline["chidi"]
    silent = next(remark.at for remark in SCRIPT if remark.step == "timeline" and remark.who == "chidi")
    assert silent > 2 * over["timeline"] // 3, "somebody is silent for long"
    late = [person.handle for person in held.review.participants.values() if person.presence is Presence.LATE]
    assert late == ["lucia"], "somebody is late"


def test_a_line_that_nobody_says_is_refused() -> None:
    for line in ("0:10 mei event: before any step", "=== welcome\n10 mei: no time", "=== two words\n"):
        with pytest.raises(ValueError, match="nobody says"):
            list(spoken.read(line))
    with pytest.raises(ValueError, match="no such kind"):
        list(spoken.read("=== welcome\n0:10 mei no such kind: words"))


STEERING = st.lists(
    st.sampled_from(["next", "previous", "pause", "skip", "go", "finish", "reopen"]).flatmap(
        lambda what: st.builds(Doing, st.just(what), st.just(""), st.integers(0, 11))
    ),
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 400), STEERING), max_size=6))
def test_however_the_meeting_is_led_a_remark_is_made_once_in_its_step_at_its_time_and_not_before(
    tmp_path_factory: pytest.TempPathFactory, course: Sequence[tuple[int, Sequence[Doing]]]
) -> None:
    clock = Clock()
    session = opened(tmp_path_factory.mktemp("review"), clock)
    do(session, Doing("start"))
    room = SpeakingRoom(SCRIPT)
    for seconds, doings in course:
        for doing in doings:
            do(session, doing)
            listened(room, session)
        clock.forward(seconds)
        listened(room, session)
    assert len(set(room.said)) == len(room.said)


def listened(room: SpeakingRoom, session: Session) -> None:
    """Listen; what is said is due, and nothing that is due is left unsaid."""
    now = session.clock()
    step = agenda.pace(session.review, now).current
    before = list(room.said)
    heard = list(room.listen(session.review, now))
    assert room.said == before + heard
    due = [remark for remark in SCRIPT if step and remark.step == step.key and remark.at <= step.spent]
    assert set(heard) <= set(due) <= set(room.said)
    assert [remark.at for remark in heard] == sorted(remark.at for remark in heard)


def test_nobody_speaks_while_the_clock_stands(held: Session) -> None:
    room = SpeakingRoom(SCRIPT)
    assert room.listen(held.review, NOW + timedelta(hours=2)) == []
    held.perform(intents.pause())
    assert [remark.who for remark in room.listen(held.review, NOW + timedelta(seconds=60))] == ["farid", "mei"]


def test_the_word_at_the_end_tells_what_was_said_and_what_was_taken_down(held: Session) -> None:
    said = [remark for remark in SCRIPT if remark.step in {"welcome", "timeline"}][:12]
    clock = held.clock
    assert isinstance(clock, Clock)
    held.perform(intents.pause())
    for line in ("Farid's laptop cannot take notes @farid", "You should have looked @bo", "// Bo is tense", "a: limit"):
        held.perform(intents.capture_line(line))
    held.perform(intents_room.speak("@bo"))
    held.perform(intents_room.tick_prompt("2"))
    clock.forward(5 * 60)
    told = dict(spoken.word(said, held.review, clock()))
    assert told["Said"] == "12 remarks; 4 lines taken down"
    assert told["Note"] == "3 said, 2 taken down"
    assert told["Private"] == "0 said, 1 taken down"
    assert told["Action"] == "0 said, 1 taken down"
    assert told["Bo"] == "spoke 5 times, noted twice"
    assert told["Farid"] == "spoke once, noted once"
    assert told["Mei"] == f"spoke {Counter(remark.who for remark in said)['mei']} times, not noted"
    assert told["Wording"] == "words worth noticing in 1 remark, in 1 line"
    assert told["Prompts"].startswith("1 of 25 ticked")
    assert told["Time"] == "over its minutes ran Welcome by 1:00"


def test_the_word_on_a_meeting_in_which_nothing_happened_is_no_reproach(held: Session) -> None:
    told = dict(spoken.word([], held.review, NOW))
    assert told["Said"] == "0 remarks; 0 lines taken down"
    assert told["Time"] == "no step ran over its minutes"
    assert told[""].startswith("Nobody takes down everything.")
    assert "Dagny" not in told


def test_somebody_who_is_taken_off_the_roster_is_not_told_of(held: Session) -> None:
    review = replace(held.review, participants={})
    assert [subject for subject, _ in spoken.word(SCRIPT[:3], review, START) if subject == "Farid"] == []


def test_the_demo_and_the_rehearsal_are_of_one_incident(held: Session, tmp_path: Path) -> None:
    root = tmp_path / "demo"
    live: Review = demo.desk(root).read(Library(root).resolve(demo.build(root, NOW)))
    assert live.head.title == held.review.head.title
    assert live.head.facts == held.review.head.facts
