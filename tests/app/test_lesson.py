"""The first start: one card that teaches the capture line by doing, and leaves at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lrtui.app.app import LrtuiApp
from lrtui.app.screens.lesson import LessonScreen
from lrtui.app.screens.library import LibraryScreen
from lrtui.app.screens.room import RoomScreen
from lrtui.app.widgets.bars import StatusLine
from lrtui.app.widgets.capture import CaptureLine, Chips
from lrtui.app.widgets.rows import Rows
from lrtui.commands import COMMANDS, Scope
from lrtui.review.capture import PREFIXES
from lrtui.review.lesson import tasks
from lrtui.settings.text import read_settings
from tests.app.opening import Stage, begun, desk_in, live, opened
from tests.app.test_registry import WAYS, review_at

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLES = [task.example for task in tasks(PREFIXES, "Tab")]


def said(stage: Stage) -> str:
    return stage.app.screen.query_one(StatusLine).said


def chips(stage: Stage) -> str:
    return stage.app.screen.query_one(Chips).text


async def test_where_nothing_was_ever_saved_the_line_is_taught_by_doing(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, lesson=True) as stage:
        assert isinstance(stage.app.screen, LessonScreen)
        for at, example in enumerate(EXAMPLES):
            assert stage.rows("#tasks").count(example) == 1
            await stage.enter(example)
            assert len([row for row in stage.app.screen.query_one("#tasks", Rows).rows if row.lead == "✓"]) == at + 1
        assert said(stage).endswith("Enter goes on.")
        await stage.enter("")
        assert isinstance(stage.app.screen, LibraryScreen)
        assert "No review yet." in stage.shown()
    assert not desk.library.root.exists(), "nothing that is typed there is kept"


async def test_what_is_understood_is_shown_while_one_types(tmp_path: Path) -> None:
    async with opened(desk_in(tmp_path), lesson=True) as stage:
        line = stage.app.screen.query_one(CaptureLine)
        for typed, shown in (
            ("it was slow", "note"),
            ("14:05 rolled back @ana", "event · 14:05 · @ana"),
            ("a: limit @bo due:2026-12-01", "action · @bo · due Tue 2026-12-01"),
            ("", ""),
        ):
            line.text = typed
            await stage.settled()
            assert chips(stage) == shown
        line.text = "// Ana looks tired"
        await stage.settled()
        assert chips(stage) == "private"
        assert "tired" not in stage.shown(), "masked, as in the room"


async def test_a_line_that_lacks_something_stays_and_is_told_what_it_lacks(tmp_path: Path) -> None:
    async with opened(desk_in(tmp_path), lesson=True) as stage:
        await stage.enter("it was slow")
        await stage.enter("rolled back")
        assert said(stage) == "Read as: note. Still missing: a time at the beginning, such as 14:05; @ana or @bo."
        line = stage.app.screen.query_one(CaptureLine)
        assert line.text == "rolled back"
        line.text = "14:05 rolled back @an"
        await stage.pilot.press("tab")
        assert line.text == "14:05 rolled back @ana "
        await stage.enter(line.text)
        assert said(stage).startswith("It finds its place by its time")


async def test_a_private_line_is_not_shown_once_it_is_written(tmp_path: Path) -> None:
    async with opened(desk_in(tmp_path), lesson=True) as stage:
        for example in EXAMPLES:
            await stage.enter(example)
        assert "tired" not in stage.shown()
        assert "it is not shown" in stage.shown()


@pytest.mark.parametrize("key", ["escape", "f1", "f2", "f8", "ctrl+q", "ctrl+z", "up", "pagedown", "f12", "enter"])
@pytest.mark.parametrize("typed", ["", "half"])
async def test_it_is_left_at_once_by_every_key_that_types_nothing(tmp_path: Path, key: str, typed: str) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, lesson=True) as stage:
        await stage.pilot.press(*typed)
        await stage.pilot.press(key)
        stays = key == "enter" and bool(typed)
        assert isinstance(stage.app.screen, LessonScreen if stays else LibraryScreen)
        if not stays:
            assert stage.typed == "", "nothing that is typed there is kept"
            assert stage.app.is_running
    assert not desk.library.root.exists()


async def test_it_does_not_come_back_once_there_is_a_library(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    begun(desk, "Slow checkout")
    async with opened(desk, lesson=True) as stage:
        stage.at(LibraryScreen)


async def test_what_is_wrong_with_the_settings_waits_below_it(tmp_path: Path) -> None:
    app = LrtuiApp(desk_in(tmp_path), notice="config.yaml has a fault in line 1.")
    async with app.run_test() as pilot:
        await pilot.pause()
        assert isinstance(app.screen, LessonScreen)
        await pilot.press("escape")
        stage = Stage(app, pilot)
        assert (stage.said, stage.warned) == ("config.yaml has a fault in line 1.", True)


async def test_a_review_that_is_opened_by_name_is_not_in_its_way(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk), lesson=True) as stage:
        stage.at(RoomScreen)


@pytest.mark.parametrize("scope", Scope)
async def test_it_can_be_had_again_on_every_screen_and_changes_nothing_there(tmp_path: Path, scope: Scope) -> None:
    desk = desk_in(tmp_path)
    name = review_at(desk, scope)
    async with opened(desk, name, console=scope is Scope.CONSOLE) as stage:
        await stage.worked()
        await stage.run(*WAYS[scope])
        before, focused = stage.shown(), stage.app.focused
        await stage.run("palette")
        stage.dialog.dismiss("lesson")
        await stage.settled()
        assert isinstance(stage.app.screen, LessonScreen)
        await stage.enter(EXAMPLES[0])
        await stage.pilot.press("escape")
        assert stage.screen.SCOPE is scope
        assert stage.app.focused is focused
        assert stage.shown() == before


async def test_it_can_be_had_by_its_word_where_words_are_typed(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk)) as stage:
        before = stage.review
        await stage.enter("/lesson")
        assert isinstance(stage.app.screen, LessonScreen)
        await stage.enter(EXAMPLES[0])
        await stage.pilot.press("f8")
        stage.at(RoomScreen)
        assert stage.review == before, "the key that leaves it does nothing else"


async def test_it_goes_by_ones_own_prefixes_and_keys(tmp_path: Path) -> None:
    settings = read_settings('prefixes: {action: ["todo:"]}\nkeys: {complete: f10}\n').settings
    async with opened(desk_in(tmp_path, settings=settings), lesson=True) as stage:
        await stage.enter("a: this is plain now")
        line = stage.app.screen.query_one(CaptureLine)
        line.text = "14:05 x @a"
        await stage.pilot.press("f10")
        assert line.text == "14:05 x @ana "
        await stage.enter(line.text)
        assert "todo: limit the retries @bo due:fri" in stage.shown()
        await stage.enter("todo: limit the retries @bo due:fri")
        assert said(stage).startswith("Who and until when")


def test_the_lesson_is_a_command_like_any_other() -> None:
    (lesson,) = [command for command in COMMANDS if command.name == "lesson"]
    assert set(lesson.scopes) == set(Scope)
