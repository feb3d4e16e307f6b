from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.widgets import Input

from lrtui.app.widgets.capture import STEP, CaptureLine, Chips, Field
from tests.app.opening import Bare, desk_in, live, opened

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app.opening import Stage

ACTIONS = {
    "home": Input.action_home,
    "end": Input.action_end,
    "left": Input.action_cursor_left,
    "right": Input.action_cursor_right,
    "word right": Input.action_cursor_right_word,
    "delete left": Input.action_delete_left,
    "delete right": Input.action_delete_right,
    "delete word": Input.action_delete_left_word,
    "delete all to the left": Input.action_delete_left_all,
    "delete all to the right": Input.action_delete_right_all,
}
actions_of = st.lists(st.sampled_from(sorted(ACTIONS)), max_size=6)
edits_of = st.lists(
    st.tuples(st.sampled_from(["", "short", "word " * 5, "日本語 " * 9, "x" * 45]), actions_of), min_size=1, max_size=4
)


async def played(field: Input, edits: list[tuple[str, list[str]]]) -> list[tuple[object, ...]]:
    """Return what a field holds and shows after each edit; its outermost two cells are left out."""
    seen: list[tuple[object, ...]] = []
    field.cursor_blink = False
    async with Bare(field).run_test(size=(30, 10)) as pilot:
        for text, actions in edits:
            field.insert_text_at_cursor(text)
            for action in actions:
                ACTIONS[action](field)
            await pilot.pause()
            shown = field.render_line(0).crop(2, field.content_size.width - 2).text if field.value else ""
            seen.append((field.value, field.cursor_position, field.scroll_offset, shown))
    return seen


@settings(max_examples=20, deadline=None)
@given(edits=edits_of)
def test_a_field_shows_of_a_text_that_is_too_long_what_a_stock_input_shows(edits: list[tuple[str, list[str]]]) -> None:
    stock = asyncio.run(played(Input(select_on_focus=False), edits))
    assert asyncio.run(played(Field(), edits)) == stock


def line(stage: Stage) -> str:
    """Return the capture line as it is drawn."""
    (found,) = [text for text in stage.lines() if "❯" in text]
    return found.rstrip()


async def test_the_chips_take_the_room_they_need_and_leave_the_rest_to_the_text(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk)) as stage:
        for text, chips in (("a: x @ana !high", "action · @ana · !high"), ("", ""), ("d: x", "decision")):
            stage.screen.query_one(CaptureLine).text = text
            await stage.settled()
            assert line(stage).endswith(chips)
            assert not chips or stage.screen.query_one(Chips).content_size.width < len(chips) + STEP


async def test_the_hint_gets_back_the_room_that_the_chips_had(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk), size=(60, 20)) as stage:
        before = line(stage)
        stage.screen.query_one(CaptureLine).text = "x @ana @bo #one #two #three #four !high due:fri"
        await stage.settled()
        await stage.pilot.press("enter")
        await stage.settled()
        assert line(stage) == before
        assert not before.endswith("…")


async def test_what_is_typed_stays_in_view_when_the_chips_take_room_from_it(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk)) as stage:
        for size in (40, 64, 72, 76, 90):
            stage.screen.query_one(CaptureLine).text = "x" * size + " @ana #"
            await stage.settled()
            await stage.pilot.press("d")
            await stage.settled()
            typed = line(stage).removesuffix("note · @ana · #d").rstrip()
            assert typed.endswith("x @ana #d"), size
            stage.screen.query_one(CaptureLine).text = ""
            await stage.settled()


@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_field_and_chips_stand_on_one_ground_whatever_room_each_has(tmp_path: Path, theme: str) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk), theme=theme) as stage:
        for text in ("", "a: x @ana", ""):
            stage.screen.query_one(CaptureLine).text = text
            await stage.settled()
            (strip,) = [strip for strip in stage.strips() if "❯" in strip.text]
            segments = [segment for segment in strip if segment.style and not segment.style.reverse]
            cursor = stage.screen.query_one(Field).get_component_rich_style("input--cursor").bgcolor
            grounds = {segment.style.bgcolor for segment in segments if segment.style} - {cursor}
            assert len(grounds) == 1
