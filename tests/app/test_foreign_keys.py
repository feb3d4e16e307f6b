"""A key that belongs to another screen says what it is for there, and does nothing here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lrtui.commands import COMMANDS, READING, Scope, here
from lrtui.settings.values import Settings
from tests.app.opening import desk_in, live, opened
from tests.app.test_registry import WAYS, review_at

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("way", "key", "said"),
    [
        (["setup"], "f9", "F9 is “Closing” (room, console, write-up); here the review is being set up."),
        (
            ["close"],
            "f6",
            "F6 is “Actions” (library), “One minute more” (room, console, silent writing); "
            "here the meeting is being closed.",
        ),
        (["preview"], "f9", "F9 is “Closing” (room, console, write-up); here the Markdown is read."),
        (["silent"], "ctrl+l", "Ctrl+L is “Blank screen” (room); here everybody writes in silence."),
    ],
)
async def test_a_key_that_is_not_available_says_what_it_is_and_where(
    tmp_path: Path, way: list[str], key: str, said: str
) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "said")) as stage:
        await stage.run(*way)
        before = stage.review
        await stage.pilot.press(key)
        assert (stage.said, stage.warned) == (said, False)
        assert stage.review == before


async def test_it_goes_by_ones_own_keys(tmp_path: Path) -> None:
    desk = desk_in(tmp_path, settings=Settings(keys={"close": "f10"}))
    async with opened(desk, live(desk)) as stage:
        await stage.run("setup")
        stage.screen.say("as before")
        await stage.pilot.press("f9")
        assert stage.said == "as before"
        await stage.pilot.press("f10")
        assert stage.said.startswith("F10 is “Closing”")


@pytest.mark.parametrize("scope", [scope for scope in Scope if scope not in {Scope.SILENT, Scope.CONSOLE}])
async def test_what_is_typed_stays_as_it_is_and_what_means_nothing_anywhere_is_silent(
    tmp_path: Path, scope: Scope
) -> None:
    desk = desk_in(tmp_path)
    name = review_at(desk, scope)
    async with opened(desk, name) as stage:
        await stage.worked()
        await stage.run(*WAYS[scope])
        field = stage.app.focused
        await stage.pilot.press("h", "a", "l", "f")
        before = stage.shown()
        stage.screen.say("as before")
        await stage.pilot.press("f12", "ctrl+s", "alt+f9", "ctrl+up", "left", "right")
        assert stage.said == "as before"
        foreign = {command.key for command in COMMANDS if command.key.startswith("f")}
        for key in foreign - {command.key for command in here(scope)}:
            await stage.pilot.press(key)
            assert " is “" in stage.said
        stage.screen.say("as before")
        assert stage.app.focused is field
        assert stage.shown().count("half") == before.count("half")
        assert ("half" in before) == (scope not in READING)
