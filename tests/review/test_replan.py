from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lrtui.errors import Refused
from lrtui.review import agenda, replan
from lrtui.review.model import Put
from lrtui.review.template import Step, Template
from tests.review.keeping import Kept

if TYPE_CHECKING:
    from collections.abc import Callable

    from lrtui.review.model import Review

TWO = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
MEETING = Template(
    name="meeting",
    title="Meeting",
    steps=(
        Step("welcome", "Welcome", minutes=5, locked=True),
        Step("timeline", "Timeline", minutes=35, at_least=20),
        Step("learnings", "Learnings", minutes=10, at_least=5),
        Step("actions", "Actions", minutes=10),
        Step("close", "Close", minutes=4, locked=True),
    ),
    source={},
)


def later(minutes: float) -> datetime:
    return TWO + timedelta(minutes=minutes)


def in_timeline(template: Template = MEETING) -> Kept:
    """A meeting of 64 minutes that began at 14:00 and came to its timeline at 14:05."""
    kept = Kept(template)
    kept.put(agenda.start(kept.review, TWO))
    kept.put(agenda.open_step(kept.review, "timeline", later(5)))
    return kept


def minutes(review: Review) -> list[float]:
    return [step.planned / 60 for step in agenda.pace(review, later(5)).steps]


def ends(review: Review, at: float) -> str:
    return agenda.pace(review, later(at)).end_words(UTC)


def wish(command: str, words: str, review: Review, now: datetime) -> replan.Change:
    return replan.WISHES[command](words, UTC).change(review, now)


def test_minutes_given_to_the_open_step_move_the_end() -> None:
    kept = in_timeline()
    change = replan.add(kept.review, 5, later(10))
    assert change.words(later(10), UTC) == "Timeline 40 min · ends 15:09, 5 min later"
    assert minutes(kept.put(change.puts)) == [5, 40, 10, 10, 4]
    change = replan.add(kept.review, -5, later(10))
    assert change.words(later(10), UTC) == "Timeline 35 min · ends 15:04, 5 min earlier"
    assert kept.put(change.puts).steps["timeline"].planned is None, "as the template says"


def test_minutes_are_taken_from_the_steps_to_come_by_what_each_can_give_and_the_end_stays() -> None:
    kept = in_timeline()
    change = replan.take(kept.review, 6, later(10))
    assert change.words(later(10), UTC) == "Timeline 41 min · Learnings 8, Actions 6 · ends 15:04, as before"
    assert minutes(kept.put(change.puts)) == [5, 41, 8, 6, 4]
    assert ends(kept.review, 10) == "ends 15:04"


def test_no_step_gives_more_than_it_can() -> None:
    kept = in_timeline()
    with pytest.raises(Refused, match=r"^The steps to come can give 14 min: /take 14\.$"):
        replan.take(kept.review, 15, later(10))
    assert minutes(kept.put(replan.take(kept.review, 14, later(10)).puts)) == [5, 49, 5, 1, 4]
    with pytest.raises(Refused, match=r"^The steps to come have no minutes to give\.$"):
        replan.take(kept.review, 1, later(10))
    with pytest.raises(Refused, match=r"^“Timeline” can give 29 min: /-29\.$"):
        replan.add(kept.review, -30, later(10))
    kept.put(replan.add(kept.review, -29, later(10)).puts)
    with pytest.raises(Refused, match="has no minutes to give"):
        replan.add(kept.review, -1, later(10))


def test_a_step_keeps_what_it_has_spent() -> None:
    kept = in_timeline()
    kept.put(agenda.open_step(kept.review, "actions", later(6)))
    kept.put(agenda.open_step(kept.review, "timeline", later(13.5)))
    assert minutes(kept.put(replan.take(kept.review, 7, later(14)).puts)) == [5, 42, 5, 8, 4]


def test_unused_minutes_go_back_to_the_steps_that_have_lost_some() -> None:
    kept = in_timeline()
    with pytest.raises(Refused, match="Nothing was taken"):
        replan.give_back(kept.review, None, later(10))
    kept.put(replan.take(kept.review, 6, later(10)).puts)
    change = replan.give_back(kept.review, 3, later(10))
    assert change.words(later(10), UTC) == "Timeline 38 min · Learnings 9, Actions 8 · ends 15:04, as before"
    kept.put(change.puts)
    with pytest.raises(Refused, match=r"^“Timeline” can give 3 min: /give 3\.$"):
        replan.give_back(kept.review, 4, later(10))
    assert minutes(kept.put(replan.give_back(kept.review, None, later(10)).puts)) == [5, 35, 10, 10, 4]


def test_only_unused_minutes_go_back() -> None:
    kept = in_timeline()
    kept.put(replan.take(kept.review, 6, later(10)).puts)
    assert minutes(kept.put(replan.give_back(kept.review, None, later(44.5)).puts)) == [5, 40, 8, 7, 4]
    with pytest.raises(Refused, match="“Timeline” has no minutes to give"):
        replan.give_back(kept.review, None, later(44.5))


def test_what_remains_is_planned_to_a_given_end_which_stays_in_view() -> None:
    kept = in_timeline()
    change = wish("end", "14:54", kept.review, later(10))
    told = "Timeline 30 min · Learnings 8, Actions 7 · ends 14:54, 10 min earlier"
    assert change.words(later(10), UTC) == told
    review = kept.put(change.puts)
    assert minutes(review) == [5, 30, 8, 7, 4]
    assert review.head.hard_stop == later(54)
    change = replan.add(kept.review, -2, later(10))
    assert change.words(later(10), UTC) == "Timeline 28 min · ends 14:52, 2 min earlier · stop 14:54"
    change = replan.add(kept.review, 4, later(10))
    assert change.words(later(10), UTC) == "Timeline 34 min · ends 14:58, 4 min later · 4 min past 14:54"
    kept.put(change.puts)
    assert wish("end", "off", kept.review, later(10)).words(later(10), UTC) == "ends 14:58, as before"
    assert kept.put(replan.no_end(kept.review, later(10)).puts).head.hard_stop is None
    with pytest.raises(Refused, match="No end was set"):
        replan.no_end(kept.review, later(10))


def test_a_later_end_gives_every_step_more_in_proportion() -> None:
    kept = in_timeline()
    change = wish("end", "15:15", kept.review, later(10))
    assert change.words(later(10), UTC).startswith(
        "Timeline 42 min · Learnings 12, Actions 12 · ends 15:15, 11 min later"
    )
    assert minutes(kept.put(change.puts)) == [5, 42, 12, 12, 4]


def test_the_open_step_takes_the_odd_seconds_so_that_the_end_is_exact() -> None:
    kept = in_timeline()
    now = later(10) + timedelta(seconds=17)
    kept.put(replan.add(kept.review, 1, now).puts)
    kept.put(agenda.pause(kept.review, now))
    kept.put(agenda.resume(kept.review, later(11) + timedelta(seconds=2)))
    now = later(12)
    assert agenda.pace(kept.review, now).ends == later(65) + timedelta(seconds=45)
    review = kept.put(wish("end", "15:00", kept.review, now).puts)
    assert agenda.pace(review, now).ends == later(60)
    assert [planned % 1 for planned in minutes(review)] == [0, 0.25, 0, 0, 0]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("14:34", "At least 25 min are needed: 14:35. /skip leaves a step out."),
        ("14:10", "14:10 is past."),
        ("13:00", "13:00 is past."),
        ("14:00", "14:00 is past."),
        ("1:30", "01:30 is past."),
        ("2026-11-23 13:00", "13:00 is past."),
        ("2026-11-24 14:00", "That is more than ten hours away, and no meeting is that long."),
        ("2026-11-25 15:00", "That is more than ten hours away, and no meeting is that long."),
        ("9999-12-31 23:59Z", "That is more than ten hours away, and no meeting is that long."),
        ("0001-01-01 00:30Z", "That is more than ten hours away, and no meeting is that long."),
        ("9001-01-01 00:30Z", "That is more than ten hours away, and no meeting is that long."),
        ("soon", "Write the time: /end 15:00; /end off forgets it."),
        ("15:00-16:00", "Write the time: /end 15:00; /end off forgets it."),
        ("", "Write the time: /end 15:00; /end off forgets it."),
    ],
)
def test_an_end_that_cannot_be_is_refused_with_what_can(words: str, sentence: str) -> None:
    kept = in_timeline()
    with pytest.raises(Refused) as caught:
        wish("end", words, kept.review, later(10))
    assert str(caught.value) == sentence


def test_an_end_beyond_the_calendar_of_the_clock_on_the_wall_is_refused_too() -> None:
    for words in ("0001-01-01 00:30Z", "9999-12-31 23:30Z"):
        for zone in ("America/New_York", "Asia/Tokyo"):
            with pytest.raises(Refused, match="no meeting is that long"):
                replan.WISHES["end"](words, ZoneInfo(zone)).change(in_timeline().review, later(10))


def test_the_earliest_end_that_is_named_can_be_typed() -> None:
    kept = in_timeline()
    now = later(10) + timedelta(seconds=40)
    kept.put(agenda.pause(kept.review, later(10)))
    with pytest.raises(Refused, match=r"At least 25 min are needed: 14:36\."):
        wish("end", "14:35", kept.review, now)
    assert agenda.pace(kept.put(wish("end", "14:36", kept.review, now).puts), now).ends == later(36)


def test_an_end_after_midnight_is_the_coming_one_and_is_told_by_the_clock_on_the_wall() -> None:
    kept = in_timeline()
    change = replan.WISHES["end"]("00:30", ZoneInfo("Asia/Tokyo")).change(kept.review, later(10))
    assert change.after.head.hard_stop == later(90)
    assert "ends 00:30, 26 min later" in change.words(later(10), ZoneInfo("Asia/Tokyo"))


def test_an_end_of_today_that_is_far_away_is_not_taken_for_that_of_yesterday() -> None:
    morning = TWO - timedelta(hours=5)
    kept = Kept(MEETING)
    kept.put(agenda.start(kept.review, morning))
    with pytest.raises(Refused, match="more than ten hours away"):
        wish("end", "21:30", kept.review, morning)


@pytest.mark.parametrize(("stop", "words"), [("14:56", "on time"), ("15:20", "on time")])
def test_the_pace_is_measured_against_the_end_that_was_planned_to(stop: str, words: str) -> None:
    kept = in_timeline()
    assert agenda.pace(kept.review, later(45)).words == "5 min behind"
    kept.put(wish("end", stop, kept.review, later(45)).puts)
    pace = agenda.pace(kept.review, later(45))
    assert (pace.words, pace.behind, pace.end_words(UTC)) == (words, 0, f"ends {stop}")
    kept.put(replan.add(kept.review, 9, later(45)).puts)
    assert agenda.pace(kept.review, later(45)).words.endswith(" min behind"), "of that end"


def test_nobody_catches_up_with_a_beginning_that_lies_ahead() -> None:
    kept = planned_for(later(24 * 60), TWO)
    with pytest.raises(Refused) as caught:
        wish("catch-up", "", kept.review, later(3))
    assert str(caught.value) == "The beginning was planned for 11-24 14:00, which is still ahead: nothing is late."
    assert replan.late_start(kept.review, TWO, UTC) == ""


def test_a_step_that_is_over_is_left_as_it_is_and_the_others_make_up_for_it() -> None:
    kept = in_timeline()
    now = later(43)
    assert ends(kept.review, 43) == "ends 15:07"
    change = wish("end", "15:04", kept.review, now)
    assert change.words(now, UTC) == "Learnings 9, Actions 8 · ends 15:04, 3 min earlier"
    change = wish("end", "15:09", kept.review, now)
    assert change.words(now, UTC) == "Learnings 11, Actions 11 · ends 15:09, 2 min later"


def test_the_last_step_gets_all_there_is_until_the_end_even_if_it_is_over() -> None:
    kept = in_timeline(replace(MEETING, steps=MEETING.steps[:2]))
    change = wish("end", "15:00", kept.review, later(43))
    assert change.words(later(43), UTC) == "Timeline 55 min · ends 15:00, 17 min later"


def test_taking_back_an_overrun_from_the_others_brings_the_end_back() -> None:
    kept = in_timeline()
    assert replan.take(kept.review, 3, later(43)).words(later(43), UTC).endswith("ends 15:04, 3 min earlier")


def test_the_effect_is_told_in_the_room_there_is() -> None:
    kept = in_timeline()
    change = replan.take(kept.review, 6, later(10))
    told = [change.words(later(10), UTC, width) for width in (64, 63, 55, 38, 10)]
    assert told == [
        "Timeline 41 min · Learnings 8, Actions 6 · ends 15:04, as before",
        "Timeline 41 min · 2 steps 20 → 14 min · ends 15:04, as before",
        "Timeline 41 min · ends 15:04, as before",
        "ends 15:04, as before",
        "ends 15:04, as before",
    ]


def test_minutes_are_refused_where_there_is_no_step_or_no_number() -> None:
    draft = Kept(MEETING).review
    for command in ("time", "take", "give"):
        with pytest.raises(Refused, match="No step is open"):
            wish(command, "1", draft, TWO)
        with pytest.raises(Refused, match="Write the minutes as a number"):
            wish(command, "some", draft, TWO)
    for words, command in (("0", "time"), ("0", "take"), ("-3", "take")):
        with pytest.raises(Refused):
            wish(command, words, in_timeline().review, later(10))


def test_a_review_that_is_done_or_has_no_minutes_is_planned_to_no_end() -> None:
    kept = in_timeline()
    kept.put(agenda.finish(kept.review, later(10)))
    with pytest.raises(Refused, match="Reopen it first"):
        wish("end", "15:00", kept.review, later(10))
    with pytest.raises(Refused, match="has no minutes"):
        wish("end", "15:00", Kept(replace(MEETING, steps=(Step("a", "A"),))).review, TWO)


def test_minutes_beyond_all_reason_are_cut_to_a_week() -> None:
    kept = in_timeline()
    assert "Timeline 10080 min" in wish("time", "9" * 20, kept.review, later(10)).words(later(10), UTC)


@given(st.integers(0, 500), st.lists(st.integers(0, 60), max_size=8))
def test_shares_are_whole_sum_up_and_follow_their_weights(count: int, weights: list[int]) -> None:
    parts = replan.shares(count, weights)
    total = sum(weights)
    assert sum(parts) == (count if total else 0)
    for part, weight in zip(parts, weights, strict=True):
        assert part >= 0
        assert not total or abs(part - count * weight / total) < 1
        assert count > total or part <= weight


steps = st.builds(
    lambda minutes, least, locked: (minutes, min(minutes, least), locked),
    st.integers(0, 40),
    st.integers(0, 30),
    st.sampled_from([False, False, True]),
)
templates = st.lists(steps, min_size=1, max_size=6).map(
    lambda found: Template(
        name="any",
        title="Any",
        steps=tuple(
            Step(f"s{at}", f"Step {at}", minutes=minutes, at_least=least, locked=locked)
            for at, (minutes, least, locked) in enumerate(found)
        ),
        source={},
    )
)
moves: st.SearchStrategy[tuple[str, int]] = st.tuples(
    st.sampled_from(
        ["time", "time", "take", "take", "give", "end", "end", "catch-up", "next", "back", "skip", "pause"]
    ),
    st.integers(-12, 30),
)


def moved(kept: Kept, name: str, number: int, now: datetime) -> replan.Change | None:
    """Do a move, and return what a move of minutes has changed."""
    agenda_moves: dict[str, Callable[[], list[Put]]] = {
        "next": lambda: agenda.open_step(kept.review, agenda.following(kept.review) or "", now),
        "back": lambda: agenda.open_step(kept.review, agenda.preceding(kept.review) or "", now),
        "skip": lambda: agenda.skip(kept.review, now),
        "pause": lambda: (agenda.pause if kept.review.head.since else agenda.resume)(kept.review, now),
    }
    with suppress(Refused):
        if name in agenda_moves:
            kept.put(agenda_moves[name]())
            return None
        stop = (now + timedelta(minutes=3 * number)).replace(second=0)
        words = {"end": f"{stop:%Y-%m-%d %H:%M}", "give": str(number) if number > 0 else ""}.get(name, str(number))
        change = wish(name, words, kept.review, now)
        kept.put(change.puts)
        return change
    return None


OVERRUN = Template("any", "Any", steps=(Step("s0", "Step 0"), Step("s1", "Step 1", minutes=1)), source={})


@settings(max_examples=300, deadline=None)
@given(templates, st.lists(st.tuples(moves, st.integers(0, 400)), max_size=15))
@example(OVERRUN, [(("next", 0), 0), (("back", 0), 61), (("end", 1), 0)])
def test_minutes_and_end_agree_and_no_step_goes_under_its_minimum_whatever_is_moved(
    template: Template, done: list[tuple[tuple[str, int], int]]
) -> None:
    kept, now = planned_for(TWO, TWO, template), TWO
    for (name, number), seconds in done:
        now += timedelta(seconds=seconds)
        was = agenda.pace(kept.review, now)
        change = moved(kept, name, number, now)
        if change is None:
            continue
        would = agenda.pace(kept.review, now)
        assert agenda.pace(change.after, now) == would, "what was told is what has come about"
        assert change.words(now, UTC)
        to_an_end = name in {"end", "catch-up"}
        assert would.remaining == sum(step.left for step in would.steps)
        for old, new in zip(was.steps, would.steps, strict=True):
            own = new.state == "open"
            if new.state not in {"open", "coming"} or (new.locked and (not own or to_an_end)):
                assert new.planned == old.planned
            if new.planned < old.planned:
                assert new.planned >= max(new.least, new.spent)
            assert (new.planned - old.planned) % 60 == 0 or (own and to_an_end)
        if name == "time":
            assert would.planned == was.planned + 60 * number
        elif name in {"take", "give"}:
            assert would.planned == was.planned
        elif would.ends and kept.review.head.hard_stop:
            early = (kept.review.head.hard_stop - would.ends).total_seconds()
            free = [step for step in would.steps if step.left and not step.locked]
            assert 0 <= early < 60 or (early >= 60 and not free)
            assert early == 0 or not (would.current and would.current.left and not would.current.locked)


@settings(max_examples=100, deadline=None)
@given(templates, st.lists(moves, max_size=8), st.integers(1, 30))
def test_giving_minutes_and_taking_them_again_restores_the_plan(
    template: Template, done: list[tuple[str, int]], minutes: int
) -> None:
    kept, now = Kept(template), TWO
    kept.put(agenda.start(kept.review, now))
    for name, number in done:
        moved(kept, name, number, now)
    before = kept.review
    current = agenda.pace(before, now).current
    if current and current.planned >= current.least:
        kept.put(replan.add(kept.review, minutes, now).puts)
        kept.put(replan.add(kept.review, -minutes, now).puts)
        assert agenda.pace(kept.review, now) == agenda.pace(before, now)


def planned_for(start: datetime, begun: datetime, template: Template = MEETING) -> Kept:
    kept = Kept(template)
    kept.put([Put("review", "review", {"planned": start.isoformat()})])
    kept.put(agenda.start(kept.review, begun))
    return kept


def test_a_meeting_that_begins_late_may_end_as_planned_with_shorter_steps() -> None:
    kept = planned_for(TWO, later(7))
    assert replan.late_start(kept.review, later(7), UTC) == (
        "The meeting begins 7 min late and ends 15:11; /catch-up shortens its steps so that it ends 15:04, as planned."
    )
    change = wish("catch-up", "", kept.review, later(8))
    assert change.words(later(8), UTC).endswith(" · ends 15:04, 7 min earlier")
    assert agenda.pace(kept.put(change.puts), later(8)).stop == later(64)


def test_where_the_minutes_do_not_suffice_only_the_lateness_is_told() -> None:
    kept = planned_for(TWO, later(50))
    assert replan.late_start(kept.review, later(50), UTC) == "The meeting begins 50 min late and ends 15:54."
    with pytest.raises(Refused, match="At least"):
        wish("catch-up", "", kept.review, later(50))


@pytest.mark.parametrize(("planned", "begun", "now"), [(0, 0.9, 0.9), (9, 7, 7), (0, 7, 8), (-70, 7, 7), (-3000, 7, 7)])
def test_nobody_is_asked_who_is_on_time_has_begun_long_ago_or_comes_after_the_planned_end(
    planned: float, begun: float, now: float
) -> None:
    assert replan.late_start(planned_for(later(planned), later(begun)).review, later(now), UTC) == ""


def test_without_a_planned_beginning_there_is_nothing_to_catch_up_with() -> None:
    review = in_timeline().review
    assert replan.late_start(review, later(5), UTC) == ""
    with pytest.raises(Refused, match="No beginning was planned"):
        wish("catch-up", "", review, later(10))
