from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest

from lrtui.app.app import LrtuiApp
from lrtui.app.screens.base import ReviewScreen
from lrtui.app.screens.closing import ClosingScreen
from lrtui.app.screens.library import LibraryScreen
from lrtui.app.screens.room import RoomScreen
from lrtui.app.screens.setup import SetupScreen
from lrtui.app.widgets.capture import CaptureLine, Field
from lrtui.commands import Scope
from tests.app.opening import begun, desk_in, live, opened

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app.opening import Stage

WAYS = {Scope.ROOM: [], Scope.SETUP: ["setup"], Scope.CLOSING: ["close"], Scope.PREVIEW: ["preview"]}


async def test_a_review_that_is_not_there_ends_the_program_which_hands_on_why(tmp_path: Path) -> None:
    app = LrtuiApp(desk_in(tmp_path), opens="nothing-of-that-name")
    async with app.run_test() as pilot:
        await pilot.pause()
    assert app.return_code == 1
    assert str(app.refusal).startswith("There is no review “nothing-of-that-name”")


async def test_no_sentence_about_the_disk_shows_the_room_a_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_in(tmp_path)
    name = live(desk)

    def refuse(*_: object) -> None:
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))

    async with opened(desk, name) as stage:
        monkeypatch.setattr(os, "fdatasync", refuse)
        for words in ("a line", "/export no/such/folder/x.md", "/export ~nobody-of-that-name/x.md"):
            await stage.enter(words)
            assert stage.warned
            assert "/" not in stage.said
            stage.screen.query_one(CaptureLine).text = ""
        monkeypatch.undo()
    async with opened(desk) as stage:
        await stage.worked()
        monkeypatch.setattr(os, "scandir", refuse)
        await stage.run("open")
        assert stage.said.startswith("Permission was refused: the library could not be read.")
        assert "/" not in stage.said
        monkeypatch.undo()


@pytest.mark.parametrize("scope", WAYS)
async def test_quitting_from_any_screen_stops_the_clock_and_leaves_the_review_free(
    tmp_path: Path, scope: Scope
) -> None:
    desk = desk_in(tmp_path)
    name = live(desk)
    async with opened(desk, name) as stage:
        await stage.run(*WAYS[scope])
        stage.clock.forward(40)
        await stage.pilot.press("ctrl+q")
    session = desk.open(name)
    assert not session.read_only
    assert session.review.head.since is None
    assert session.review.steps["welcome"].spent == 40


async def test_what_is_half_typed_is_kept_when_one_quits(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = live(desk)
    async with opened(desk, name) as stage:
        stage.screen.query_one(CaptureLine).text = "half a line"
        await stage.pilot.press("ctrl+q")
    async with opened(desk, name) as stage:
        assert stage.typed == "half a line"
        await stage.run("setup")
        stage.screen.query_one(Field).value = "Slow checkout, again"
        await stage.pilot.press("ctrl+q")
    assert desk.open(name).review.head.title == "Slow checkout, again"


async def test_ctrl_c_ends_nothing_and_says_what_does(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk)) as stage:
        await stage.pilot.press("ctrl+c")
        assert stage.said == "Ctrl+Q leaves lrtui; everything is kept."
        stage.at(RoomScreen)


async def test_leaving_a_review_that_was_opened_by_name_ends_the_program(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = live(desk)
    async with opened(desk, name) as stage:
        app = stage.app
        stage.screen.run("close")
        await stage.settled()
        stage.screen.run("library")
        await stage.settled()
        assert app.return_code == 0
    assert not desk.open(name).read_only


async def test_from_the_library_and_back_as_often_as_one_likes(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    live(desk)
    async with opened(desk) as stage:
        await stage.worked()
        for _ in range(3):
            await stage.run("open", "close", "preview", "leave", "setup", "leave")
            stage.at(ClosingScreen)
            await stage.run("library")
            await stage.worked()
            stage.at(LibraryScreen)
            assert [screen for screen in stage.app.screen_stack if isinstance(screen, ReviewScreen)] == []


async def test_a_new_review_is_seen_in_the_library_with_its_new_title(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk) as stage:
        stage.screen.query_one(CaptureLine).text = "Slow"
        await stage.run("new")
        stage.at(SetupScreen)
        stage.screen.query_one(Field).value = "Slow checkout"
        await stage.run("leave")
        await stage.worked()
        assert stage.rows("#reviews") == ["Drafts", "Slow checkout"]


async def test_the_theme_changes_on_a_key_and_stays_from_screen_to_screen(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk), theme="light") as stage:
        assert not stage.app.current_theme.dark
        await stage.run("theme", "close", "preview")
        assert stage.app.current_theme.dark
        await stage.run("theme")
        assert not stage.app.current_theme.dark


async def assert_says_how_much_it_needs(stage: Stage, width: int, height: int) -> None:
    await stage.pilot.resize_terminal(width, height)
    await stage.settled()
    words = " ".join(stage.shown().split())
    if width >= 20:
        assert f"This terminal is {width} × {height}; lrtui needs 60 × 20." in words
    assert "checkout" not in words


@pytest.mark.parametrize("scope", WAYS)
async def test_where_there_is_too_little_room_it_says_so_and_comes_back_as_it_was(tmp_path: Path, scope: Scope) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "14:02 pager")) as stage:
        await stage.run(*WAYS[scope])
        before = stage.shown()
        field = stage.app.focused
        for width, height in ((59, 30), (100, 19), (20, 5), (1, 1)):
            await assert_says_how_much_it_needs(stage, width, height)
        await stage.pilot.resize_terminal(100, 30)
        await stage.settled()
        assert stage.shown() == before
        assert stage.app.focused is field


async def test_keys_do_what_they_do_also_where_there_is_too_little_room(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, begun(desk, "Slow checkout")) as stage:
        await stage.pilot.resize_terminal(50, 10)
        await stage.run("start", "next")
        assert stage.review.head.step == "earlier"
        assert "lrtui needs 60 × 20" in " ".join(stage.shown().split()), "the screen that follows says it as well"


async def test_a_change_of_theme_tells_how_to_keep_it_wherever_it_is_made(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "a line")) as stage:
        for screen in ("", "preview", "close", "setup", "silent"):
            if screen:
                await stage.run(screen)
            await stage.run("theme")
            assert stage.said.endswith(" in `lrtui config edit` keeps it.")
            await stage.run("theme")
            assert stage.said == "The dark theme, until lrtui ends. `theme: dark` in `lrtui config edit` keeps it."
            if screen:
                await stage.pilot.press("escape")
                await stage.settled()
