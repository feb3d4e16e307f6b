"""Leading the meeting from the room: minutes that are given, taken, given back and planned to an end."""

from __future__ import annotations

from datetime import UTC
from typing import TYPE_CHECKING

import pytest

from lrtui.app.screens.room import RoomScreen
from lrtui.app.widgets.capture import CaptureLine
from lrtui.review import agenda, intents
from tests.app.opening import begun, desk_in, live, opened

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app.opening import Stage


async def type_in(stage: Stage, text: str) -> str:
    """Type a text, and return the line with what is shown beside it."""
    stage.screen.query_one(CaptureLine).text = text
    await stage.settled()
    (line,) = [line for line in stage.lines() if "❯" in line]
    return line.rstrip()


def planned(stage: Stage) -> list[int]:
    return [step.planned // 60 for step in agenda.pace(stage.review, stage.clock()).steps]


async def test_what_a_command_would_do_to_the_minutes_is_seen_before_enter_and_said_after(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk)) as stage:
        before = planned(stage)
        for typed, told in (
            ("/+5", "Welcome 9 min · ends 15:06, 5 min later"),
            ("/take 5", "Welcome 9 min · 3 steps 47 → 42 min · ends 15:01, as before"),
            ("/take 50", "The steps to come can give"),
            ("/take many", "Write the minutes as a number: /take 5."),
            ("/end 14:50", "ends 14:50, 11 min earlier"),
            ("/end", "Write the time: /end 15:00; /end off forgets it."),
            ("/skip", "command"),
        ):
            assert told in await type_in(stage, typed), typed
        assert planned(stage) == before
        await stage.enter("/take 5")
        assert stage.said.startswith("Welcome 9 min · ")
        assert stage.said.endswith(" · ends 15:01, as before. Ctrl+Z takes it back.")
        assert sum(planned(stage)) == sum(before)
        await stage.enter("/give 2")
        assert planned(stage)[0] == 7
        await stage.run("undo", "undo")
        assert planned(stage) == before


async def test_one_key_takes_a_minute_from_the_rest(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk)) as stage:
        before = planned(stage)
        await stage.pilot.press("ctrl+f")
        assert planned(stage)[0] == before[0] + 1
        assert sum(planned(stage)) == sum(before)
        assert "as before" in stage.said


async def test_a_hard_stop_stays_in_view_until_it_is_forgotten(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk)) as stage:
        await stage.enter("/end 15:05")
        assert stage.top.rstrip().endswith("ends 15:05 · stop 15:05")
        await stage.enter("/+3")
        assert stage.top.rstrip().endswith("ends 15:08 · 3 min past 15:05")
        await stage.enter("/end off")
        assert stage.top.rstrip().endswith("ends 15:08")
        await stage.run("undo")
        assert stage.top.rstrip().endswith("3 min past 15:05")


async def test_an_end_that_cannot_be_reached_changes_nothing_and_says_what_can(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk)) as stage:
        before = stage.review
        await stage.enter("/end 14:10")
        assert stage.warned
        assert stage.said.startswith("At least ")
        assert stage.said.endswith(" /skip leaves a step out.")
        assert stage.typed == "/end 14:10"
        assert stage.review == before
        earliest = stage.said.partition(": ")[2][:5]
        await type_in(stage, "")
        await stage.enter(f"/end {earliest}")
        assert f"ends {earliest}" in stage.top


@pytest.mark.parametrize("size", [(60, 20), (100, 30)])
async def test_the_end_is_seen_beside_the_command_however_narrow_it_is(tmp_path: Path, size: tuple[int, int]) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk), size=size) as stage:
        for typed in ("/take 5", "/end 14:50", "/+5"):
            line = await type_in(stage, typed)
            assert typed in line
            assert "ends 1" in line
            assert "…" not in line


async def test_a_leap_of_the_clock_is_asked_about_until_it_is_decided(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk)) as stage:
        room = stage.at(RoomScreen)
        stage.clock.forward(25 * 60)
        room.tick()
        question = "The clock leapt by 25 min, which counts for “Welcome”: /uncount leaves it out, /count keeps it."
        assert stage.said == question
        await stage.enter("said meanwhile")
        assert stage.said == question
        await stage.run("more-time")
        assert "ends" in stage.said
        await stage.run("next")
        assert stage.said == question
        assert "Welcome took 0:00" in await type_in(stage, "/uncount")
        await stage.enter("/uncount")
        assert stage.said.startswith("Welcome took 0:00 · ")
        assert agenda.pace(stage.review, stage.clock()).spent == 0
        await stage.enter("said later")
        assert stage.said == ""
        await stage.run("undo", "undo")
        assert agenda.pace(stage.review, stage.clock()).spent == 25 * 60


async def test_a_leap_counts_when_somebody_says_so_and_what_was_left_out_counts_again(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk)) as stage:
        stage.clock.forward(300)
        stage.at(RoomScreen).tick()
        await stage.enter("/count")
        assert stage.said == "That time counts."
        await stage.enter("said")
        assert stage.said == ""
        await stage.enter("/count")
        assert stage.said == "Nothing was left out of the time of this step."
        await type_in(stage, "")
        await stage.enter("/uncount 3")
        assert stage.said.startswith("Welcome took 2:00 · ")
        await stage.enter("/count")
        assert stage.said.startswith("Welcome took 5:00 · ")


async def test_a_meeting_that_begins_late_runs_from_now_unless_one_word_keeps_its_end(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, begun(desk, "Slow checkout", intents.set_planned("14:00", UTC))) as stage:
        stage.clock.forward(7 * 60)
        await stage.run("start")
        minutes = stage.review.template.minutes
        assert stage.said.startswith("The meeting begins 7 min late and ends 15:07; /catch-up ")
        assert planned(stage) == [step.minutes for step in stage.review.template.steps]
        await stage.enter("/catch-up")
        assert sum(planned(stage)) < minutes
        assert "on time" in stage.top
        assert "ends 15:00 · stop 15:00" in stage.top
        await stage.run("undo")
        assert sum(planned(stage)) == minutes
        assert "ends 15:07" in stage.top


async def test_a_locked_step_is_left_alone_by_every_re_plan_until_it_is_unlocked(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk)) as stage:
        before = planned(stage)
        await stage.enter("/lock timeline")
        assert stage.said == "“Timeline” keeps its 33 min, whatever is re-planned. /lock timeline again changes that."
        await stage.enter("/take 5")
        assert planned(stage)[2] == before[2]
        await stage.run("undo")
        await stage.enter("/lock timeline")
        assert stage.said == "“Timeline” gives and gets minutes again. /lock timeline again locks it."
        await stage.enter("/take 5")
        assert planned(stage)[2] < before[2]
        await stage.enter("/lock 99")
        assert "is none of" in stage.said
