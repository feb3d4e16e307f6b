from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrtui.errors import Refused
from lrtui.review import agenda, replan
from lrtui.review.model import Put, Status
from lrtui.review.template import Step, Template
from tests.review.keeping import Kept

if TYPE_CHECKING:
    from collections.abc import Callable

    from lrtui.review.model import Review

TEN = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
MEETING = Template(
    name="meeting",
    title="Meeting",
    steps=(
        Step("welcome", "Welcome", minutes=5),
        Step("timeline", "Timeline", minutes=35),
        Step("actions", "Actions", minutes=10),
        Step("close", "Close", minutes=10),
    ),
    source={},
)
WRITE_UP = Template(name="write-up", title="Write-up", steps=(Step("what", "What"), Step("why", "Why")), source={})


def later(seconds: float) -> datetime:
    return TEN + timedelta(seconds=seconds)


def started(template: Template = MEETING) -> Kept:
    kept = Kept(template)
    kept.put(agenda.start(kept.review, TEN))
    return kept


def states(review: Review, now: datetime = TEN) -> list[str]:
    return [step.state for step in agenda.pace(review, now).steps]


def test_starting_opens_the_first_step_and_runs_the_clock() -> None:
    review = started().review
    pace = agenda.pace(review, later(60))
    assert (review.head.status, review.head.started, review.head.step) == (Status.LIVE, TEN, "welcome")
    assert pace.running
    assert pace.current is not None
    assert (pace.current.spent, pace.current.left, pace.current.state) == (60, 240, "open")


def test_a_draft_has_not_started_and_tells_when_it_would_end() -> None:
    pace = agenda.pace(Kept(MEETING).review, TEN)
    assert (pace.words, pace.running, pace.current, pace.spent) == ("not started", False, None, 0)
    assert pace.ends == later(3600)


def test_the_projected_end_stands_still_while_a_step_is_on_time_and_moves_once_it_is_over() -> None:
    review = started().review
    assert {agenda.pace(review, later(seconds)).ends for seconds in (0, 0.9, 17, 299.99, 300)} == {later(3600)}
    assert agenda.pace(review, later(380)).ends == later(3680)


def test_going_on_books_the_time_on_the_step_left_and_none_on_the_next() -> None:
    kept = started()
    review = kept.put(agenda.open_step(kept.review, "timeline", later(240)))
    pace = agenda.pace(review, later(250))
    assert [step.spent for step in pace.steps] == [240, 10, 0, 0]
    assert [step.state for step in pace.steps] == ["done", "open", "coming", "coming"]


@pytest.mark.parametrize(
    ("spent", "words"),
    [
        (0, "on time"),
        (28 * 60 - 1, "on time"),
        (28 * 60, "wrap up"),
        (33 * 60 + 14, "wrap up"),
        (33 * 60 + 15, "nearly up"),
        (35 * 60, "nearly up"),
        (35 * 60 + 80, "over by 1:20"),
        (35 * 60 + 3665, "over by 1:01:05"),
    ],
)
def test_the_pace_of_a_step_is_said_in_words(spent: int, words: str) -> None:
    kept = Kept(MEETING)
    kept.put(agenda.open_step(kept.review, "timeline", TEN))
    current = agenda.pace(kept.review, later(spent)).current
    assert current is not None
    assert current.words == words


def test_the_time_of_a_short_step_is_nearly_up_only_at_its_very_end() -> None:
    kept = started()
    words = [step.words for at in (250, 284, 285) if (step := agenda.pace(kept.review, later(at)).current)]
    assert words == ["wrap up", "wrap up", "nearly up"]


@pytest.mark.parametrize(
    ("minutes", "words", "behind"),
    [(5, "on time", 0), (6, "on time", 60), (8.5, "3 min behind", 210), (4, "on time", -60), (3, "2 min ahead", -120)],
)
def test_the_pace_of_the_meeting_is_said_in_words(minutes: float, words: str, behind: int) -> None:
    kept = started()
    now = later(minutes * 60)
    pace = agenda.pace(kept.put(agenda.open_step(kept.review, "timeline", now)), now)
    assert (pace.words, pace.behind) == (words, behind)


def test_an_overrun_puts_the_meeting_behind_until_the_step_is_given_the_time() -> None:
    kept = started()
    assert agenda.pace(kept.review, later(480)).words == "3 min behind"
    kept.put(replan.add(kept.review, 3, later(480)).puts)
    assert agenda.pace(kept.review, later(480)).words == "on time"
    assert agenda.pace(kept.review, later(480)).planned == 63 * 60


def test_a_write_up_has_no_clock() -> None:
    kept = started(WRITE_UP)
    pace = agenda.pace(kept.review, later(9000))
    assert kept.review.head.since is None
    assert (pace.planned, pace.words, pace.ends, pace.spent, pace.behind, pace.running) == (0, "", None, 0, 0, False)
    assert kept.put(agenda.open_step(kept.review, "why", later(9000))).head.step == "why"
    with pytest.raises(Refused, match="no clock"):
        agenda.resume(kept.review, TEN)


def test_a_step_without_minutes_is_never_over() -> None:
    steps = (Step("hello", "Hello"), *MEETING.steps)
    pace = agenda.pace(started(replace(MEETING, steps=steps)).review, later(150))
    assert pace.current is not None
    assert (pace.current.over, pace.current.words, pace.words) == (0, "", "2 min behind")


def test_a_pause_is_not_counted() -> None:
    kept = started()
    kept.put(agenda.pause(kept.review, later(30)))
    assert agenda.pace(kept.review, later(500)).words == "paused"
    kept.put(agenda.resume(kept.review, later(1000)))
    assert agenda.pace(kept.review, later(1010)).spent == 40


def test_opening_a_step_ends_a_pause_also_for_the_step_that_is_open() -> None:
    kept = started()
    kept.put(agenda.pause(kept.review, later(30)))
    assert agenda.pace(kept.put(agenda.open_step(kept.review, "welcome", later(90))), later(100)).spent == 40


def test_starting_again_goes_on_after_a_pause() -> None:
    kept = started()
    kept.put(agenda.pause(kept.review, later(30)))
    review = kept.put(agenda.start(kept.review, later(90)))
    assert (review.head.started, review.head.since) == (TEN, later(90))


def test_opening_a_step_of_a_draft_starts_the_meeting_there() -> None:
    kept = Kept(MEETING)
    review = kept.put(agenda.open_step(kept.review, "timeline", TEN))
    assert (review.head.status, review.head.started, review.head.since) == (Status.LIVE, TEN, TEN)


def test_a_clock_set_back_takes_no_time_away() -> None:
    kept = started()
    assert agenda.pace(kept.review, later(-500)).spent == 0
    kept.put(agenda.open_step(kept.review, "timeline", later(-500)))
    assert agenda.pace(kept.review, later(-490)).spent == 10


def test_time_after_the_program_died_is_not_counted() -> None:
    kept = started()
    kept.put(agenda.stopped_at(kept.review, later(100)))
    pace = agenda.pace(kept.review, later(90_000))
    assert (pace.spent, pace.running) == (100, False)
    assert agenda.stopped_at(kept.review, later(200)) == []


def test_going_back_keeps_what_was_spent_and_what_is_left_of_the_steps_after() -> None:
    kept = started()
    kept.put(agenda.open_step(kept.review, "timeline", later(300)))
    kept.put(agenda.open_step(kept.review, "actions", later(1300)))
    review = kept.put(agenda.open_step(kept.review, "timeline", later(1360)))
    pace = agenda.pace(review, later(1360))
    assert [step.spent for step in pace.steps] == [300, 1000, 60, 0]
    assert [step.left for step in pace.steps] == [0, 1100, 540, 600]
    assert states(review) == ["done", "open", "coming", "coming"]


def test_a_step_that_was_jumped_over_is_still_to_come() -> None:
    kept = started()
    review = kept.put(agenda.open_step(kept.review, "actions", later(300)))
    assert states(review) == ["done", "coming", "open", "coming"]
    assert agenda.pace(review, later(300)).words == "on time"


def test_a_skipped_step_is_passed_over_until_somebody_opens_it() -> None:
    kept = started()
    kept.put([Put("steps", "timeline", {"skipped": True})])
    assert agenda.following(kept.review) == "actions"
    assert agenda.pace(kept.review, TEN).words == "35 min ahead"
    kept.put(agenda.open_step(kept.review, "timeline", TEN))
    kept.put(agenda.open_step(kept.review, "welcome", TEN))
    assert agenda.following(kept.review) == "timeline"


def test_skipping_goes_on_and_marks_the_step() -> None:
    kept = started()
    review = kept.put(agenda.skip(kept.review, later(20)))
    assert (review.head.step, review.steps["welcome"].skipped, review.steps["welcome"].spent) == ("timeline", True, 20)
    assert states(review)[0] == "skipped"
    assert agenda.preceding(review) == "welcome"


@pytest.mark.parametrize("table", ["entries", "actions"])
def test_a_step_in_which_something_was_captured_counts_as_done_when_it_is_skipped(table: str) -> None:
    kept = started()
    kept.put([Put(table, "k1", {"text": "pager", "step": "welcome"})])
    assert states(kept.put(agenda.skip(kept.review, later(20))))[0] == "done"


def test_the_agenda_has_a_first_and_a_last_step() -> None:
    kept = started()
    assert agenda.preceding(kept.review) is None
    kept.put(agenda.open_step(kept.review, "close", TEN))
    assert agenda.following(kept.review) is None
    assert agenda.preceding(kept.review) == "actions"
    with pytest.raises(Refused, match="last step"):
        agenda.skip(kept.review, TEN)


def test_the_clock_runs_on_while_wrapping_up() -> None:
    kept = started()
    review = kept.put(agenda.wrap_up(kept.review, later(10)))
    assert (review.head.status, review.head.since) == (Status.WRAP_UP, TEN)


def test_finishing_stops_the_clock_and_counts_the_last_step() -> None:
    kept = started()
    review = kept.put(agenda.finish(kept.review, later(100)))
    pace = agenda.pace(review, later(5000))
    assert (review.head.status, review.head.ended, review.head.since) == (Status.DONE, later(100), None)
    assert (pace.spent, pace.words, pace.ends, pace.remaining, pace.current) == (100, "done", None, 0, None)
    assert states(review) == ["done", "skipped", "skipped", "skipped"]


def test_the_end_that_was_set_does_not_outlive_the_meeting() -> None:
    kept = started()
    kept.put([Put("review", "review", {"hard_stop": later(3600).isoformat()})])
    assert agenda.pace(kept.review, later(10)).stop == later(3600)
    kept.put(agenda.finish(kept.review, later(100)))
    kept.put(agenda.reopen(kept.review, later(86_400)))
    assert agenda.pace(kept.review, later(86_400)).stop is None


def test_no_step_opens_in_a_review_that_is_done() -> None:
    kept = started()
    review = kept.put(agenda.finish(kept.review, later(100)))
    with pytest.raises(Refused, match="done"):
        agenda.open_step(review, "actions", later(5000))
    with pytest.raises(Refused, match="done"):
        agenda.skip(review, later(5000))


def test_reopening_leaves_the_clock_stopped_until_somebody_resumes() -> None:
    kept = started()
    kept.put(agenda.finish(kept.review, later(100)))
    review = kept.put(agenda.reopen(kept.review, later(5000)))
    assert (review.head.status, review.head.ended, review.head.since) == (Status.WRAP_UP, None, None)
    assert kept.put(agenda.resume(review, later(6000))).head.since == later(6000)


def test_starting_a_review_that_is_done_takes_it_up_live() -> None:
    kept = started()
    kept.put(agenda.finish(kept.review, later(100)))
    head = kept.put(agenda.start(kept.review, later(200))).head
    assert (head.status, head.ended, head.since, head.started) == (Status.LIVE, None, later(200), TEN)


def test_a_review_can_be_wrapped_up_or_finished_without_a_meeting() -> None:
    for end, status in ((agenda.wrap_up, Status.WRAP_UP), (agenda.finish, Status.DONE)):
        kept = Kept(MEETING)
        head = kept.put(end(kept.review, TEN)).head
        assert (head.status, head.started, head.since) == (status, TEN, None)


@pytest.mark.parametrize(
    ("prepare", "refused", "sentence"),
    [
        (agenda.start, agenda.start, "The clock is already running."),
        (agenda.start, agenda.resume, "The clock is already running."),
        (agenda.start, agenda.reopen, "The review is open already."),
        (agenda.wrap_up, agenda.wrap_up, "The review is being wrapped up already."),
        (agenda.wrap_up, agenda.pause, "The clock is already stopped."),
        (agenda.wrap_up, agenda.skip, "No step is open, so there is none to skip."),
        (agenda.wrap_up, agenda.resume, "No step is open. Go to one, and the clock runs."),
        (agenda.finish, agenda.finish, "The review is done already."),
        (agenda.finish, agenda.resume, "The review is done. Reopen it first."),
        (agenda.finish, agenda.wrap_up, "The review is done. Reopen it first."),
    ],
)
def test_what_has_nothing_to_do_is_refused_in_a_sentence(
    prepare: Callable[[Review, datetime], list[Put]],
    refused: Callable[[Review, datetime], list[Put]],
    sentence: str,
) -> None:
    kept = Kept(MEETING)
    kept.put(prepare(kept.review, TEN))
    with pytest.raises(Refused) as caught:
        refused(kept.review, TEN)
    assert str(caught.value) == sentence


def test_a_step_that_is_open_or_unknown_cannot_be_opened() -> None:
    review = started().review
    with pytest.raises(Refused, match="“Welcome” is open already"):
        agenda.open_step(review, "welcome", later(5))
    with pytest.raises(Refused, match="no such step"):
        agenda.open_step(review, "nowhere", later(5))
    with pytest.raises(Refused, match="not started yet"):
        agenda.resume(Kept(MEETING).review, TEN)


def test_an_open_step_that_the_agenda_no_longer_has_is_no_step() -> None:
    kept = started()
    kept.put([Put("review", "review", {"step": "vanished"})])
    pace = agenda.pace(kept.review, later(50))
    assert (pace.current, pace.running, pace.spent) == (None, False, 0)
    assert agenda.following(kept.review) == "welcome"
    assert kept.put(agenda.pause(kept.review, later(50))).head.since is None


def test_a_plan_beyond_all_reason_still_has_an_end() -> None:
    kept = started()
    kept.put([Put("steps", "timeline", {"planned": 10**30}), Put("steps", "close", {"planned": -5, "spent": -5})])
    pace = agenda.pace(kept.review, TEN)
    assert pace.ends is not None
    assert (pace.steps[3].planned, pace.steps[3].spent) == (0, 0)


Operation = tuple[str, int, float]
OPERATIONS = st.lists(
    st.tuples(
        st.sampled_from(
            ["start", "open", "next", "back", "skip", "pause", "resume", "give", "wrap_up", "finish", "reopen"]
        ),
        st.integers(-20, 20),
        st.floats(0, 900),
    ),
    max_size=25,
)


def perform(review: Review, name: str, number: int, now: datetime) -> list[Put]:
    plain = {
        "start": agenda.start,
        "skip": agenda.skip,
        "pause": agenda.pause,
        "resume": agenda.resume,
        "wrap_up": agenda.wrap_up,
        "finish": agenda.finish,
        "reopen": agenda.reopen,
    }
    if name in plain:
        return plain[name](review, now)
    if name == "give":
        return replan.add(review, number, now).puts
    keys = {
        "open": MEETING.steps[number % 4].key,
        "next": agenda.following(review) or "",
        "back": agenda.preceding(review) or "",
    }
    return agenda.open_step(review, keys[name], now)


def attempt(kept: Kept, operation: Operation, now: datetime) -> None:
    name, number, _ = operation
    with suppress(Refused):
        kept.put(perform(kept.review, name, number, now))


@given(OPERATIONS)
def test_the_steps_add_up_to_the_time_the_clock_ran(operations: list[Operation]) -> None:
    kept, now, ran, exact, stretches = Kept(MEETING), TEN, 0, 0.0, 0
    for operation in operations:
        then, now = now, now + timedelta(seconds=operation[2])
        if agenda.pace(kept.review, now).running:
            ran += int(now.timestamp()) - int(then.timestamp())
            exact += (now - then).total_seconds()
        pace = agenda.pace(kept.review, now)
        assert pace.spent == ran
        was_running = pace.running
        attempt(kept, operation, now)
        stretches += was_running and not kept.review.head.since
        assert agenda.pace(kept.review, now).spent == ran
    assert abs(exact - ran) <= stretches + 1


@given(OPERATIONS, st.lists(st.floats(-5000, 5000), min_size=25, max_size=25))
def test_no_time_is_negative_and_the_end_is_now_and_what_remains(
    operations: list[Operation], moves: list[float]
) -> None:
    kept, now = Kept(MEETING), TEN
    for operation, seconds in zip(operations, moves, strict=False):
        now += timedelta(seconds=seconds)
        attempt(kept, operation, now)
        pace = agenda.pace(kept.review, now)
        assert all(min(step.planned, step.spent, step.left, step.over) >= 0 for step in pace.steps)
        assert min(pace.remaining, pace.spent, pace.planned) >= 0
        over = kept.review.head.status is Status.DONE or not pace.planned
        ends = now.replace(microsecond=0) + timedelta(seconds=pace.remaining)
        assert pace.ends == (None if over else ends)
        assert sum(step.state == "open" for step in pace.steps) == (pace.current is not None)


def test_a_step_is_locked_and_unlocked_whatever_its_template_says() -> None:
    template = Template(
        name="t", title="T", steps=(Step("a", "A", minutes=5, locked=True), Step("b", "B", minutes=5)), source={}
    )
    kept = Kept(template)
    locks = [[step.locked for step in agenda.pace(kept.review, TEN).steps]]
    for key in ("a", "b", "a", "b"):
        kept.put(agenda.toggle_lock(kept.review, key))
        locks.append([step.locked for step in agenda.pace(kept.review, TEN).steps])
    assert locks == [[True, False], [False, False], [False, True], [True, True], [True, False]]
    assert {state.locked for state in kept.review.steps.values()} <= {None}, "as the template says"
    with pytest.raises(Refused, match="no such step"):
        agenda.toggle_lock(kept.review, "c")
