"""The clock of an open review through undo and redo, leaving, crashes and openings: time that has passed has passed."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrtui.errors import Refused
from lrtui.review import agenda, intents, leap
from lrtui.review.leap import LONGEST_TICK, Leap
from lrtui.review.model import Status
from lrtui.session import LEFT_RUNNING, Session
from lrtui.store.alive import EVERY, SignOfLife
from lrtui.store.storage import JournalStorage
from tests.doing import START, TEMPLATES, Clock, Doing, doings, opened

if TYPE_CHECKING:
    from datetime import datetime


def spent(session: Session) -> dict[str, int]:
    return {key: step.spent for key, step in session.review.steps.items()}


def runs(session: Session) -> bool:
    return agenda.pace(session.review, session.clock()).running


def total(session: Session, at: datetime | None = None) -> int:
    """What all steps had taken by then, also those that the agenda has no more."""
    since = session.review.head.since if runs(session) else None
    running = ((at or session.clock()) - since).total_seconds() if since else 0
    return sum(spent(session).values()) + int(running)


def with_sign(place: Path, clock: Clock) -> Session:
    """Open a review such that the next opening finds out when this one has died."""
    session = opened(place / "review", clock)
    session.alive = SignOfLife(place / "alive")
    return session


def died(place: Path, clock: Clock, seconds: float) -> Session:
    """Open a review again, so long after the program with it was killed."""
    clock.forward(seconds)
    session = with_sign(place, clock)
    session.stop_forgotten_clock()
    return session


happenings = st.lists(
    st.tuples(st.one_of(doings, st.sampled_from(["undo", "undo", "redo", "leave", "crash"])), st.integers(0, 900)),
    max_size=25,
)


@settings(max_examples=100, deadline=None)
@given(happenings)
def test_the_steps_add_up_to_the_time_the_clock_ran_whatever_is_undone(happened: list[tuple[Doing | str, int]]) -> None:
    with tempfile.TemporaryDirectory() as place:
        clock = Clock()
        session = with_sign(Path(place), clock)
        session.perform(intents.start())
        ran = 0
        for what, seconds in happened:
            before, running, beaten = spent(session), runs(session), sign_of_life(session)
            until_then = total(session, beaten)
            if what == "crash":
                session = died(Path(place), clock, seconds)
            else:
                clock.forward(seconds)
                session = happens(session, clock, what)
            session.beat()
            ran += seconds if running else 0
            if what == "crash" and running and (clock.now - beaten).total_seconds() > LEFT_RUNNING:
                assert ran - seconds - until_then <= EVERY, "a crash costs more than the time between two signs of life"
                ran = until_then
            assert total(session) == ran
            assert all(spent(session).get(key, 0) >= taken for key, taken in before.items())


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.booleans(), st.one_of(doings, st.sampled_from(["undo", "undo", "redo"])), st.integers(0, 900)),
        max_size=20,
    )
)
def test_room_and_console_together_lose_no_time_whatever_each_of_them_undoes(
    happened: list[tuple[bool, Doing | str, int]],
) -> None:
    with tempfile.TemporaryDirectory() as place:
        clock = Clock()
        room = with_sign(Path(place), clock)
        storage = JournalStorage(Path(place) / "review", author="ana-3f9c.console", clock=clock)
        console = Session("r", storage, clock, beside=True)
        ran = 0
        for in_room, what, seconds in happened:
            before, running = spent(room), runs(room)
            clock.forward(seconds)
            happens(room if in_room else console, clock, what)
            room.follow()
            ran += seconds if running else 0
            assert total(room) == ran
            assert all(spent(room).get(key, 0) >= taken for key, taken in before.items())


def sign_of_life(session: Session) -> datetime:
    beat = session.alive.last() if session.alive else None
    return max(session.storage.groups[-1].instant, session.review.head.since or START, beat or START)


def happens(session: Session, clock: Clock, what: Doing | str) -> Session:
    with suppress(Refused):
        if isinstance(what, Doing):
            session.perform(what.intent(session.review))
        elif what == "undo":
            session.undo()
        elif what == "redo":
            session.redo()
        else:
            session.leave()
            return with_sign(session.storage.folder.parent, clock)
    return session


def test_undoing_a_step_after_the_review_was_left_takes_no_time_away(tmp_path: Path) -> None:
    clock = Clock()
    session = opened(tmp_path, clock)
    session.perform(intents.start())
    clock.forward(300)
    session.perform(intents.next_step())
    clock.forward(60)
    session.leave()
    session = opened(tmp_path, clock)
    assert session.undo() == "next step"
    assert session.review.head.step == "welcome"
    assert spent(session) == {"welcome": 300, "earlier": 60}
    assert session.review.head.since is None, "nobody has let the clock go on"


def test_undoing_a_step_leaves_the_time_where_it_ran_and_the_clock_goes_on_with_the_step_before(tmp_path: Path) -> None:
    clock = Clock()
    session = opened(tmp_path, clock)
    session.perform(intents.start())
    clock.forward(300)
    session.perform(intents.next_step())
    clock.forward(60)
    session.undo()
    clock.forward(10)
    session.redo()
    assert spent(session) == {"welcome": 310, "earlier": 60}
    assert session.review.head.since == clock.now


def test_undoing_a_pause_lets_the_clock_go_on_from_now(tmp_path: Path) -> None:
    clock = Clock()
    session = opened(tmp_path, clock)
    session.perform(intents.start())
    clock.forward(20)
    session.perform(intents.pause())
    clock.forward(1000)
    session.undo()
    clock.forward(5)
    assert total(session) == 25
    session.redo()
    assert (total(session), session.review.head.since) == (25, None)


def test_undoing_the_end_takes_the_meeting_up_again_without_the_time_between(tmp_path: Path) -> None:
    clock = Clock()
    session = opened(tmp_path, clock)
    session.perform(intents.start())
    clock.forward(100)
    session.perform(intents.finish())
    clock.forward(5000)
    session.undo()
    assert (session.review.head.status, session.review.head.since) == (Status.LIVE, clock.now)
    assert total(session) == 100


def test_undoing_the_start_leaves_a_draft_whose_clock_stands(tmp_path: Path) -> None:
    clock = Clock()
    session = opened(tmp_path, clock)
    session.perform(intents.start())
    clock.forward(40)
    session.undo()
    head = session.review.head
    assert (head.status, head.started, head.step, head.since) == (Status.DRAFT, None, "", None)
    clock.forward(500)
    session.redo()
    assert (total(session), session.review.head.since) == (40, clock.now)


@pytest.mark.parametrize("template", ["write-up", "quick-review"])
def test_another_template_books_the_time_so_far_and_keeps_the_clock_only_where_it_has_the_step(
    tmp_path: Path, template: str
) -> None:
    clock = Clock()
    session = opened(tmp_path, clock)
    session.perform(intents.start())
    session.perform(intents.open_step("earlier"))
    clock.forward(60)
    session.perform(intents.set_template(TEMPLATES[template]))
    assert spent(session)["earlier"] == 60
    assert runs(session) == (TEMPLATES[template].step("earlier") is not None)
    clock.forward(60)
    session.undo()
    clock.forward(60)
    assert runs(session)
    assert total(session) == (180 if TEMPLATES[template].step("earlier") else 120)


def test_a_kill_after_a_long_talk_without_a_line_costs_seconds(tmp_path: Path) -> None:
    clock = Clock()
    session = with_sign(tmp_path, clock)
    session.perform(intents.start())
    for _ in range(40 * 60):
        clock.forward(1)
        session.beat()
    clock.forward(EVERY - 1)
    session = died(tmp_path, clock, 3 * 3600)
    assert session.review.head.since is None
    assert 0 <= 40 * 60 - spent(session)["welcome"] < EVERY
    assert session.notice.startswith("The clock was stopped at ")
    assert session.notice.endswith(", lrtui's last sign of life. /pause lets it go on.")


def test_without_a_sign_or_with_one_of_the_future_the_last_line_counts(tmp_path: Path) -> None:
    for seconds in (None, 10**6):
        clock = Clock()
        place = tmp_path / str(seconds)
        session = with_sign(place, clock)
        session.perform(intents.start())
        clock.forward(60)
        session.perform(intents.capture_line("said"))
        if session.alive and seconds:
            session.alive.give(clock.now + timedelta(seconds=seconds))
        assert spent(died(place, clock, 3600)) == {"welcome": 60}


def test_a_sign_is_given_only_while_the_clock_runs_and_by_whoever_writes(tmp_path: Path) -> None:
    clock = Clock()
    session = with_sign(tmp_path, clock)
    sign = SignOfLife(tmp_path / "alive")
    session.beat()
    assert sign.last() is None
    session.perform(intents.start())
    storage = JournalStorage(tmp_path / "review", author="bo-81d2", clock=clock, read_only=True)
    Session("r", storage, clock, alive=SignOfLife(tmp_path / "alive")).beat()
    assert sign.last() is None
    session.beat()
    assert sign.last() == clock.now
    session.leave()
    assert sign.last() is None


def ticking(place: Path, clock: Clock) -> Session:
    """A running meeting at whose clock somebody looks."""
    session = with_sign(place, clock)
    session.perform(intents.start())
    assert not session.beat()
    return session


def test_a_leap_of_the_clock_is_noticed_at_the_next_look(tmp_path: Path) -> None:
    clock = Clock()
    session = ticking(tmp_path, clock)
    clock.forward(LONGEST_TICK)
    assert not session.beat()
    clock.forward(1500)
    assert session.beat()
    assert session.leap == Leap("welcome", 1500)
    clock.forward(1)
    assert not session.beat()
    assert session.leap == Leap("welcome", 1500), "it waits until somebody decides"


def test_a_leap_belongs_to_the_step_in_which_it_happened_also_when_the_next_key_was_quicker_than_the_next_look(
    tmp_path: Path,
) -> None:
    clock = Clock()
    session = ticking(tmp_path, clock)
    clock.forward(1500)
    session.perform(intents.next_step())
    assert session.leap == Leap("welcome", 1500)
    assert not session.beat()
    session.perform(intents.retime(leap.wish("", session.review, session.leap)))
    assert [step.spent for step in agenda.pace(session.review, clock()).steps[:2]] == [0, 0]
    session.undo()
    assert [step.spent for step in agenda.pace(session.review, clock()).steps[:2]] == [1500, 0]


def test_nobody_who_only_reads_or_never_looks_is_asked_about_a_leap(tmp_path: Path) -> None:
    clock = Clock()
    session = with_sign(tmp_path, clock)
    session.perform(intents.start())
    clock.forward(1500)
    session.perform(intents.next_step())
    assert session.leap is None
    storage = JournalStorage(tmp_path / "review", author="bo-81d2", clock=clock, read_only=True)
    reader = Session("r", storage, clock)
    reader.beat()
    clock.forward(1500)
    assert not reader.beat()
    assert reader.leap is None


def test_a_leap_that_was_left_out_in_one_terminal_is_no_question_in_another_any_more(tmp_path: Path) -> None:
    clock = Clock()
    room = ticking(tmp_path, clock)
    storage = JournalStorage(tmp_path / "review", author="ana-3f9c.console", clock=clock)
    console = Session("r", storage, clock, beside=True)
    console.beat()
    clock.forward(1500)
    assert room.beat()
    assert console.beat()
    room.perform(intents.retime(leap.wish("", room.review, room.leap)))
    assert console.follow()
    assert console.leap is None
    room.undo()
    room.leap_is_decided()
    assert console.follow()
    assert console.leap == Leap("welcome", 1500), "it is open again"


@pytest.mark.parametrize("away", [60, 3600])
def test_opening_a_copy_on_another_machine_takes_no_time_from_the_meeting_that_runs(tmp_path: Path, away: int) -> None:
    clock = Clock()
    ana = opened(tmp_path / "here", clock)
    ana.perform(intents.start())
    started = clock.now
    clock.forward(60)
    ana.perform(intents.capture_line("said"))
    copy = shutil.copytree(tmp_path / "here", tmp_path / "there")
    clock.forward(away)
    bo = opened(copy, clock, "bo-81d2")
    bo.stop_forgotten_clock()
    since = f"{started.astimezone():%H:%M}"
    assert bo.notice == f"The clock has been running since {since}, started on another machine. /pause stops it."
    bo.perform(intents.capture_line("read elsewhere"))
    bo.leave()
    clock.forward(1)
    ana.perform(intents.next_step())
    expected = spent(ana)
    for name in copy.glob("bo-*"):
        shutil.copy(name, tmp_path / "here")
    ana.follow()
    assert spent(ana) == expected
    assert expected["welcome"] == 61 + away
    assert runs(ana)
    assert not opened(tmp_path / "here", clock).notice


def test_a_clock_that_the_console_let_go_on_is_stopped_after_a_crash_as_ones_own(tmp_path: Path) -> None:
    clock = Clock()
    opened(tmp_path / "review", clock).perform(intents.start())
    storage = JournalStorage(tmp_path / "review", author="ana-3f9c.console", clock=clock)
    console = Session("r", storage, clock, beside=True)
    for _ in range(2):
        console.perform(intents.pause())
    assert died(tmp_path, clock, 3600).review.head.since is None


def test_a_line_of_somebody_else_is_no_sign_of_life_of_ones_own_clock(tmp_path: Path) -> None:
    clock = Clock()
    ana = opened(tmp_path / "review", clock)
    ana.perform(intents.start())
    clock.forward(90)
    ana.perform(intents.capture_line("the last thing that was said"))
    clock.forward(3 * 3600)
    opened(tmp_path / "review", clock, "bo-81d2").perform(intents.capture_line("written much later"))
    again = died(tmp_path, clock, 60)
    assert not runs(again)
    assert spent(again)["welcome"] == 90
