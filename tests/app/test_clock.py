from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Digits

from lrtui.app.clock import Alarm, face
from lrtui.app.screens import room
from lrtui.review.agenda import StepPace
from lrtui.settings.values import ClockStyle, Settings
from tests.app.opening import SIZE, Stage, desk_in, live, opened

if TYPE_CHECKING:
    from pathlib import Path

LONG = 35 * 60
STEP = StepPace(
    "timeline",
    "Timeline",
    planned=LONG,
    spent=0,
    state="open",
    over=0,
    left=LONG,
    intended=LONG,
    least=60,
    locked=False,
)


def after(seconds: int, step: StepPace = STEP) -> StepPace:
    return replace(step, spent=seconds, left=max(0, step.planned - seconds), over=max(0, seconds - step.planned))


@pytest.mark.parametrize(
    ("style", "seconds", "shown"),
    [
        (ClockStyle.LEFT, 1339, ("12:41", "of 35 min · on time", "12:41 of 35 min · on time")),
        (ClockStyle.LEFT, 2180, ("+1:20", "of 35 min · over by 1:20", "+1:20 of 35 min · over by 1:20")),
        (ClockStyle.SPENT, 1339, ("22:19", "spent of 35 min · on time", "22:19 spent of 35 min · on time")),
        (ClockStyle.SPENT, 2180, ("36:20", "spent of 35 min · over by 1:20", "36:20 spent of 35 min · over by 1:20")),
        (
            ClockStyle.BOTH,
            1339,
            ("12:41", "22:19 spent of 35 min · on time", "12:41 left, 22:19 spent of 35 min · on time"),
        ),
        (
            ClockStyle.BOTH,
            2180,
            ("+1:20", "36:20 spent of 35 min · over by 1:20", "+1:20 over, 36:20 spent of 35 min · over by 1:20"),
        ),
    ],
)
def test_the_clock_shows_what_is_left_what_is_spent_or_both(
    style: ClockStyle, seconds: int, shown: tuple[str, str, str]
) -> None:
    assert face(after(seconds), style) == shown


def test_a_step_calls_when_its_last_twentieth_begins_and_when_it_runs_over_once_each() -> None:
    alarm = Alarm()
    called = [second for second in range(40 * 60) if alarm.calls(after(second))]
    assert called == [35 * 60 - 105, 35 * 60 + 1]


def test_what_was_so_when_a_step_was_opened_is_no_news() -> None:
    alarm = Alarm()
    assert not alarm.calls(after(36 * 60))
    assert not alarm.calls(replace(after(34 * 60), key="actions"))
    assert not alarm.calls(after(36 * 60))


def test_a_step_that_was_given_more_time_calls_again() -> None:
    alarm = Alarm()
    longer = replace(STEP, planned=40 * 60)
    seen = [after(0), after(36 * 60), after(36 * 60, longer), after(39 * 60, longer), after(41 * 60, longer)]
    assert [alarm.calls(step) for step in seen] == [False, True, False, True, True]


async def watched(stage: Stage, seconds: int) -> None:
    """Let time pass, and the room look at it."""
    stage.clock.forward(seconds)
    stage.at(room.RoomScreen).tick()
    await stage.settled()


@pytest.mark.parametrize(("on", "rung"), [(True, 2), (False, 0)])
async def test_the_bell_rings_when_a_step_is_nearly_over_and_when_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, on: bool, rung: int
) -> None:
    desk = desk_in(tmp_path, settings=Settings(bell=on))
    async with opened(desk, live(desk)) as stage:
        bells: list[bool] = []
        monkeypatch.setattr(stage.app, "bell", lambda: bells.append(True))
        for _ in range(10):
            await watched(stage, 29)
        assert len(bells) == rung
        assert not stage.screen.query_one("#time").has_class("-flash")


async def test_the_clock_flashes_for_a_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "FLASH", 0.01)
    desk = desk_in(tmp_path, settings=Settings(flash=True))
    async with opened(desk, live(desk)) as stage:
        clock = stage.screen.query_one("#time")
        await watched(stage, 60)
        assert not clock.has_class("-flash")
        stage.clock.forward(240)
        stage.at(room.RoomScreen).tick()
        assert clock.has_class("-flash")
        for _ in range(100):
            await stage.pilot.pause(0.01)
            if not clock.has_class("-flash"):
                break
        assert not clock.has_class("-flash")


@pytest.mark.parametrize("size", [SIZE, (60, 20)], ids=str)
async def test_the_room_shows_the_clock_in_ones_own_style(tmp_path: Path, size: tuple[int, int]) -> None:
    desk = desk_in(tmp_path, settings=Settings(clock=ClockStyle.BOTH))
    async with opened(desk, live(desk), size=size) as stage:
        await watched(stage, 60)
        assert stage.screen.query_one("#clock", Digits).value == "3:00"
        shown = stage.shown()
        assert ("3:00 left, 1:00 spent of 4 min" if size == (60, 20) else "1:00 spent of 4 min · on time") in shown
