"""What the shared screen shows instead of the room, and what it must not show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.events import Paste
from textual.widgets import Input

from lrtui.app.screens.covers import BlankScreen
from lrtui.app.screens.hand import NEW
from lrtui.app.screens.room import RoomScreen
from lrtui.app.widgets.clock import HEIGHT, figures
from lrtui.app.widgets.rows import Rows
from lrtui.settings.values import ClockStyle, Settings
from tests.app.opening import desk_in, live, opened

if TYPE_CHECKING:
    from pathlib import Path


def test_every_figure_of_the_big_clock_can_be_told_from_the_others() -> None:
    drawn = [tuple(figures(char)) for char in "0123456789:+"]
    assert len(set(drawn)) == len(drawn)
    assert all(len(figure) == HEIGHT for figure in drawn)
    assert figures("12:41") == figures(" 12:41 x")
    assert {len(line) for line in figures("+1:20")} == {34}


async def test_the_large_room_shows_one_prompt_the_clock_and_the_last_lines(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, *(f"line {number}" for number in range(60)))) as stage:
        await stage.run("large")
        shown = stage.shown()
        assert len(stage.rows("#words")) == 2
        assert figures("+26:00")[2].strip() in shown
        assert "line 59" in shown
        assert "Earlier actions" not in shown
        stage.clock.forward(300)
        await stage.enter("said in the large room")
        assert figures("+31:00")[2].strip() in stage.shown()
        assert "said in the large room" in stage.shown()
        await stage.run("large")
        assert len(stage.rows("#words")) > 2
        assert "Earlier actions" in stage.shown()


async def test_a_blank_screen_shows_nothing_and_any_key_brings_the_line_back_untouched(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "said")) as stage:
        stage.screen.query_one(Input).value = "half a line"
        await stage.run("blank")
        assert isinstance(stage.app.screen, BlankScreen)
        assert stage.shown().strip() == ""
        await stage.pilot.press("x")
        stage.at(RoomScreen)
        assert stage.typed == "half a line"


async def test_silent_writing_shows_the_step_its_prompts_and_the_clock(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "said by somebody")) as stage:
        await stage.enter("/silent")
        shown = stage.shown()
        assert "Welcome" in shown
        assert "somebody" not in shown
        assert figures("3:30")[0].strip() in shown
        await stage.run("more-time")
        assert figures("4:30")[0].strip() in stage.shown()
        await stage.run("uncover")
        stage.at(RoomScreen)


@pytest.mark.parametrize(
    ("style", "digits", "words"),
    [
        (ClockStyle.LEFT, "3:30", "of 4 min · on time"),
        (ClockStyle.SPENT, "0:30", "spent of 4 min · on time"),
        (ClockStyle.BOTH, "3:30", "0:30 spent of 4 min · on time"),
    ],
)
async def test_the_clock_of_silent_writing_is_that_of_the_settings(
    tmp_path: Path, style: ClockStyle, digits: str, words: str
) -> None:
    desk = desk_in(tmp_path, settings=Settings(clock=style))
    async with opened(desk, live(desk, "said by somebody")) as stage:
        await stage.enter("/silent")
        shown = [line.strip() for line in stage.lines()]
        assert figures(digits)[0].strip() in shown
        assert words in shown


async def test_a_private_line_is_masked_from_its_first_letter_on(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk)) as stage:
        field = stage.screen.query_one(Input)
        for typed in ("// ana is tired", "14:02 // ana is tired", "- // ana is tired"):
            field.value = ""
            for char in typed:
                field.insert_text_at_cursor(char)
                await stage.settled()
                assert "tir" not in stage.shown()
            assert "•••" in stage.shown()
            assert "private" in stage.shown()
        field.value = ""
        field.post_message(Paste("//ana is tired"))
        await stage.settled()
        assert "ana is" not in stage.shown()
        field.value = "ana is here"
        await stage.settled()
        assert "ana is here" in stage.shown()


async def test_a_private_line_that_was_half_typed_comes_back_masked(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = live(desk)
    desk.drafts.keep(name, NEW, "// ana is tired")
    async with opened(desk, name) as stage:
        assert stage.typed == "// ana is tired"
        assert "tired" not in stage.shown()


async def test_a_line_is_marked_for_a_moment_when_it_was_added(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk)) as stage:
        await stage.enter("said")
        rows = stage.screen.query_one("#lines", Rows)
        assert [row.style for row in rows.rows] == ["fresh"]
        screen = stage.at(RoomScreen)
        screen._unmark()
        await stage.settled()
        assert [row.style for row in rows.rows] == ["text"]
