"""What the mouse does where it is natural: a click on what is listed or labelled, and the wheel."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from textual.containers import VerticalScroll
from textual.events import MouseScrollDown, MouseScrollUp
from textual.geometry import Offset

from lrtui.app.screens.base import CommandScreen
from lrtui.app.screens.console import ConsoleScreen
from lrtui.app.screens.library import LibraryScreen
from lrtui.app.screens.reading import PreviewScreen
from lrtui.app.screens.room import RoomScreen
from lrtui.app.screens.setup import SetupScreen
from lrtui.app.widgets.bars import KeyBar
from lrtui.app.widgets.capture import Field
from lrtui.app.widgets.rows import Rows
from lrtui.commands import Scope, here
from lrtui.review import fairness, intents
from tests.app.opening import begun, desk_in, live, opened
from tests.app.sample import LIVE, desk_on, lay_out
from tests.app.test_registry import OF_THE_LIBRARY, WAYS, review_at

if TYPE_CHECKING:
    from pathlib import Path

    from textual.widget import Widget

    from tests.app.opening import Stage

WIDE = (300, 40)


def where(stage: Stage, text: str) -> Offset:
    """Return the place of a text on the screen: of its last occurrence."""
    lines = [strip.text for strip in stage.drawn()]
    y, line = next((y, line) for y, line in reversed([*enumerate(lines)]) if text in line)
    return Offset(line.rindex(text) + 1, y)


async def click(stage: Stage, text: str) -> None:
    await stage.settled()
    await stage.pilot.click(offset=where(stage, text))
    await stage.settled()


async def turn_wheel(stage: Stage, widget: Widget, by: int) -> None:
    """Turn the mouse wheel over a widget, up or down."""
    x, y = widget.region.center
    kind = MouseScrollDown if by > 0 else MouseScrollUp
    for _ in range(abs(by)):
        widget.post_message(kind(widget, int(x), int(y), 0, by, 0, shift=False, meta=False, ctrl=False))
    await stage.settled()
    await stage.settled()


@pytest.mark.parametrize("scope", Scope)
async def test_every_label_of_a_footer_does_what_its_key_does(tmp_path: Path, scope: Scope) -> None:
    desk = desk_in(tmp_path)
    name = review_at(desk, scope)
    done: list[str] = []
    async with opened(desk, name, console=scope is Scope.CONSOLE, size=WIDE) as stage:
        await stage.run(*WAYS[scope])
        shown = stage.screen.query_one(KeyBar).render().plain
        labelled = [command for command in here(scope) if command.key and command.label]
        with patch.object(
            CommandScreen, "run", autospec=True, side_effect=lambda _, command, *__: done.append(command)
        ):
            for command in labelled:
                at = shown.index(f"{command.way} {command.label}") + 2
                await stage.pilot.click(KeyBar, offset=(at, 0))
        assert done == [command.name for command in labelled]


@pytest.mark.parametrize("scope", Scope)
async def test_the_list_of_all_commands_is_one_click_away_where_there_is_room(tmp_path: Path, scope: Scope) -> None:
    desk = desk_in(tmp_path)
    name = review_at(desk, scope)
    async with opened(desk, name, console=scope is Scope.CONSOLE, size=WIDE) as stage:
        await stage.run(*WAYS[scope])
        await click(stage, "Ctrl+P commands")
        assert {row.key for row in stage.dialog.query_one(Rows).rows} == {command.name for command in here(scope)}


async def test_a_command_is_chosen_by_two_clicks_and_none_by_a_click_beside_the_list(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk)) as stage:
        await stage.run("palette")
        await click(stage, "Pause or go on")
        assert stage.dialog.query_one(Rows).selected_key == "pause"
        await click(stage, "Pause or go on")
        stage.at(RoomScreen)
        assert stage.review.head.since is None
        await stage.run("palette")
        await stage.pilot.click(offset=(1, 1))
        await stage.settled()
        stage.at(RoomScreen)
        assert stage.review.head.since is None


async def test_a_review_is_selected_by_a_click_and_opened_by_another(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    live(desk)
    begun(desk, "Disk full")
    async with opened(desk) as stage:
        await stage.worked()
        await click(stage, "Disk full")
        stage.at(LibraryScreen)
        await click(stage, "Disk full")
        assert stage.at(SetupScreen).session.review.head.title == "Disk full"


async def test_a_click_on_another_line_takes_nothing_from_the_one_that_is_being_changed(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "one", "two")) as stage:
        await click(stage, "one")
        stage.screen.query_one(Field).value = "one and more"
        await click(stage, "two")
        assert stage.typed == "one and more"
        assert "changed and not kept yet" in stage.said
        first = next(iter(stage.review.entries))
        assert stage.screen.query_one("#lines", Rows).selected_key == first
        await stage.enter(stage.typed)
        assert stage.review.entries[first].text == "one and more"


async def test_a_field_of_the_set_up_is_gone_to_by_a_click(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, begun(desk, "Disk full")) as stage:
        field = next(field for field in stage.screen.query(Field) if field.name == "tags")
        await stage.pilot.click(field)
        assert stage.app.focused is field


async def test_in_the_console_a_click_ticks_a_prompt_edits_a_line_and_notes_a_turn(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    people = "Ana Lima: responder, payments; Bo Chen: facilitator"
    async with opened(desk, live(desk, "pager rings", people=people), console=True) as stage:
        prompt = stage.review.template.steps[0].prompts[1]
        await click(stage, prompt)
        assert list(stage.review.steps["welcome"].asked) == ["2"]
        await click(stage, prompt)
        assert list(stage.review.steps["welcome"].asked) == []
        await click(stage, "@ana Lima")
        ana = next(iter(stage.review.participants))
        assert fairness.heard(stage.review)[ana] == 1
        assert stage.said == "Ana Lima was heard. Ctrl+Z takes it back."
        await click(stage, "pager rings")
        assert stage.typed == "pager rings"
        assert "Editing" in stage.said


async def test_in_the_panel_a_click_does_what_it_does_in_the_console(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk), size=(160, 60)) as stage:
        await stage.run("panel")
        await click(stage, stage.review.template.steps[0].prompts[0])
        assert stage.review.steps["welcome"].asked == ("1",)
        await click(stage, "@bo Chen")
        assert stage.said.startswith("Bo Chen was heard.")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    lay_out(tmp_path / "library")
    return tmp_path / "library"


async def test_the_wheel_goes_through_whatever_is_longer_than_its_place(root: Path) -> None:
    async def assert_turns(stage: Stage, selector: str) -> None:
        await stage.settled()
        widget = stage.app.screen.query_one(selector)
        widget.scroll_home(animate=False)
        await stage.settled()
        assert widget.max_scroll_y > 0, selector
        await turn_wheel(stage, widget, 4)
        assert widget.scroll_target_y > 0, selector
        await turn_wheel(stage, widget, -9)
        assert widget.scroll_target_y == 0, selector

    async with opened(desk_on(root), size=(60, 20)) as stage:
        await stage.worked()
        await assert_turns(stage, "#reviews")
    async with opened(desk_on(root), LIVE, size=(60, 20)) as stage:
        await stage.run("help")
        await assert_turns(stage, "#choices")
        await stage.pilot.press("escape")
        await assert_turns(stage, "#lines")
        await stage.run("panel")
        await assert_turns(stage, "#panel")
        await stage.run("panel", "setup")
        assert isinstance(stage.screen.query_one("#fields"), VerticalScroll)
        await assert_turns(stage, "#fields")
        await stage.run("leave", "preview")
        stage.at(PreviewScreen)
        await assert_turns(stage, "#document")
    async with opened(desk_on(root), LIVE, console=True, size=(60, 20)) as stage:
        for selector in ("#script", "#people", "#lines"):
            await assert_turns(stage, selector)


@pytest.mark.parametrize("scope", Scope)
async def test_a_click_anywhere_does_no_harm(tmp_path: Path, scope: Scope) -> None:
    desk = desk_in(tmp_path)
    name = live(desk, "said", "a: raise the limit", "p: lunch")
    async with opened(desk, None if scope in OF_THE_LIBRARY else name, console=scope is Scope.CONSOLE) as stage:
        await stage.run(*WAYS[scope])
        for place in ((x, y) for y in range(0, 28, 2) for x in (2, 45, 80)):
            await stage.pilot.click(offset=place)
        assert stage.app.is_running
        assert stage.screen.SCOPE in Scope


async def test_in_the_console_of_a_review_that_is_over_a_click_does_no_harm_either(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = begun(desk, "Disk full", intents.add_people("Ana Lima"), intents.start(), intents.finish())
    async with opened(desk, name, console=True) as stage:
        stage.at(ConsoleScreen)
        await click(stage, "@ana Lima")
        assert stage.app.is_running
