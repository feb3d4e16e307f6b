"""A rehearsal on the screen: the room speaks above the line at its times, and a word comes at the end."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from lrtui.app.rehearsal import RehearsalApp, SpokenBand, WordScreen
from lrtui.app.screens.closing import ClosingScreen
from lrtui.app.screens.room import RoomScreen
from lrtui.app.widgets.rows import Rows
from lrtui.demo import rehearsal, spoken
from lrtui.demo.spoken import SpeakingRoom
from lrtui.desk import Desk
from lrtui.review.model import Status
from lrtui.store.library import Library
from tests.app.looking import readable
from tests.app.opening import SIZE, Clipboard, Stage
from tests.doing import Clock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

NOW = datetime(2026, 11, 25, 13, 20, 30, tzinfo=UTC)


@asynccontextmanager
async def rehearsed(root: Path, *, size: tuple[int, int] = SIZE, theme: str = "dark") -> AsyncIterator[Stage]:
    """Open a rehearsal whose clock is moved by hand."""
    name = rehearsal.build(root, NOW)
    desk = Desk(Library(root), clock=Clock(NOW), author="ana-3f9c", zone="UTC", copy=Clipboard())
    app = RehearsalApp(desk, room=SpeakingRoom(spoken.shipped()), opens=name, theme=theme)
    async with app.run_test(size=size) as pilot:
        stage = Stage(app, pilot)
        await heard(stage)
        yield stage


async def heard(stage: Stage, seconds: float = 0) -> list[str]:
    """Let so much of the meeting's time pass, listen, and return all that has been said so far, who said it first."""
    stage.clock.forward(seconds)
    app = stage.app
    assert isinstance(app, RehearsalApp)
    for _ in range(2):  # the band is there first, and what is said in it then
        app.listen()
        await stage.settled()
    bands = app.screen.query(SpokenBand)
    return [f"{row.lead}: {row.text}" for row in bands.first().rows if row.lead] if bands else []


async def test_it_opens_in_the_room_and_says_what_it_is_and_how_to_begin(tmp_path: Path) -> None:
    async with rehearsed(tmp_path) as stage:
        stage.at(RoomScreen)
        shown = " ".join(stage.shown().split())
        assert "A rehearsal, faster than life." in shown
        assert "F5 lets the clock run" in shown
        assert "`lrtui rehearse --console` opens your console" in shown
        assert stage.said == "The clock stands. F5 lets it go on."
        assert await heard(stage, 3600) == [], "nobody speaks before the clock runs"


async def test_each_remark_appears_at_its_time_and_the_last_one_stands_out(tmp_path: Path) -> None:
    async with rehearsed(tmp_path) as stage:
        await stage.run("pause")
        assert await heard(stage, 9) == []
        (first,) = await heard(stage, 1)
        assert first.startswith("Farid: My laptop")
        assert len(await heard(stage, 39)) == 1
        assert (await heard(stage, 1))[1].startswith("Mei: This is my first one")
        rows = [row for row in stage.screen.query_one(SpokenBand).rows if row.lead]
        assert [row.style for row in rows] == ["muted", "fresh"]
        assert "I would like to know what we in support" in stage.shown()
        await stage.run("pause")
        assert len(await heard(stage, 600)) == 2, "while the clock stands nobody speaks"


async def test_the_room_speaks_about_the_step_that_is_open(tmp_path: Path) -> None:
    async with rehearsed(tmp_path) as stage:
        await stage.run("pause")
        await heard(stage, 12)
        await stage.run("next", "next")
        said = await heard(stage, 20)
        assert [words.split(":")[0] for words in said] == ["Farid", "Bo"]
        assert "deploy 812" in said[-1]
        await stage.run("previous", "previous")
        assert len(await heard(stage, 40)) == 3, "back in a step its next remark is made"


async def test_what_is_said_is_taken_down_like_any_line_and_only_that_can_be_undone(tmp_path: Path) -> None:
    async with rehearsed(tmp_path) as stage:
        await stage.run("pause")
        await heard(stage, 12)
        await stage.enter("The notes are taken by who leads today @farid")
        assert stage.rows("#lines") == ["The notes are taken by who leads today"]
        await stage.run("undo", "undo", "undo")
        assert stage.said == "There is nothing to undo."
        assert len(stage.review.participants) == 7


async def test_the_room_is_heard_at_the_close_as_well(tmp_path: Path) -> None:
    async with rehearsed(tmp_path) as stage:
        await stage.run("pause")
        await stage.enter("/go close")
        await heard(stage, 20)
        await stage.run("close")
        stage.at(ClosingScreen)
        assert await heard(stage) == ["Ana: A five from me."]
        assert (await heard(stage, 30))[-1].startswith("Mei: Four.")
        await stage.run("preview")
        assert await heard(stage, 30) == [], "where nothing can be taken down nothing is shown"
        await stage.run("leave")
        assert len(await heard(stage)) == 3, "and nothing of it is lost"


async def test_when_the_meeting_is_over_a_word_tells_how_it_went_once(tmp_path: Path) -> None:
    async with rehearsed(tmp_path) as stage:
        await stage.run("pause")
        await heard(stage, 300)
        await stage.enter("Who leads takes the notes @farid")
        await stage.run("close", "finish", "finish")
        await heard(stage)
        assert isinstance(stage.app.screen, WordScreen)
        shown = stage.shown()
        for told in ("6 remarks; 1 line taken down", "spoke once, noted once", "Nobody takes down everything"):
            assert told in shown
        await stage.pilot.press("f8")
        stage.at(ClosingScreen)
        assert stage.review.head.status is Status.DONE
        await heard(stage)
        stage.at(ClosingScreen)


async def test_whoever_leaves_before_the_end_is_told_as_well_and_who_heard_nothing_is_not(tmp_path: Path) -> None:
    async with rehearsed(tmp_path / "one") as stage:
        await stage.run("pause")
        await heard(stage, 60)
        await stage.pilot.press("ctrl+q")
    assert isinstance(stage.app, RehearsalApp)
    assert dict(stage.app.word)["Said"] == "2 remarks; 0 lines taken down"
    async with rehearsed(tmp_path / "other") as stage:
        await stage.pilot.press("ctrl+q")
    assert isinstance(stage.app, RehearsalApp)
    assert stage.app.word == ()


async def test_nothing_is_shown_on_a_screen_that_is_being_taken_down(tmp_path: Path) -> None:
    async with rehearsed(tmp_path) as stage:
        await stage.run("pause")
        await stage.app.screen.query("SpokenBand, #matter, StatusLine").remove()
        assert await heard(stage, 60) == []


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (300, 80)], ids=str)
@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_it_fits_every_size_and_is_readable(tmp_path: Path, size: tuple[int, int], theme: str) -> None:
    def look() -> None:
        assert len({cell_len(line) for line in stage.lines()}) == 1
        faint = {segment.text.strip(): round(ratio, 1) for segment, ratio in readable(stage) if ratio < 7}
        assert not faint

    async with rehearsed(tmp_path, size=size, theme=theme) as stage:
        look()
        await stage.run("pause", "next", "next")
        for _ in range(12):
            last = (await heard(stage, 170))[-1:]
            end = last[0].split()[-1] if last else ""
            assert end in stage.shown(), "what was said last is whole"
            assert "❯" in stage.shown()
        look()
        await stage.run("close", "finish", "finish")
        await heard(stage)
        look()
        rows = stage.app.screen.query_one("#word", Rows)
        for _ in range(8):
            await stage.pilot.press("pagedown")
        assert isinstance(stage.app.screen, WordScreen)
        assert rows.scroll_offset.y == rows.max_scroll_y
        assert "stands." in stage.shown()
