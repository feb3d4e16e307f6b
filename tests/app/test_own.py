"""What a person has made their own, on the screens."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lrtui.app.app import LrtuiApp
from lrtui.app.screens.dialogs import HelpDialog
from lrtui.app.screens.room import RoomScreen
from lrtui.app.widgets.bars import StatusLine
from lrtui.app.widgets.capture import CaptureLine
from lrtui.app.widgets.rows import Rows
from lrtui.review import intents
from lrtui.review.model import Kind
from lrtui.settings.text import read_settings
from lrtui.settings.values import Settings, Theme
from tests.app.opening import Stage, begun, desk_in, live, opened

if TYPE_CHECKING:
    from pathlib import Path

KEYS = """
keys: {next: f7, previous: f8, pause: f6, more-time: f5, skip: f10, undo: ctrl+y, redo: ctrl+z, quit: ctrl+t,
  theme: ctrl+q}
"""
MARKS = 'prefixes: {decision: ["so:", "=>"], question: ["??"]}'


def settings(text: str) -> Settings:
    found = read_settings(text)
    assert found.faults == ()
    return found.settings


def choices(stage: Stage) -> list[tuple[str, str]]:
    """Return the rows of a dialog: what stands before, and the text."""
    return [(row.lead, row.text) for row in stage.dialog.query_one("#choices", Rows).rows]


async def test_ones_own_keys_work_and_those_that_ship_do_not(tmp_path: Path) -> None:
    desk = desk_in(tmp_path, settings=settings(KEYS))
    async with opened(desk, live(desk)) as stage:
        for key, step in (("f7", "earlier"), ("f7", "timeline"), ("f8", "earlier"), ("f10", "timeline")):
            await stage.pilot.press(key)
            assert stage.review.head.step == step, key
        await stage.pilot.press("ctrl+y")
        assert stage.review.head.step == "earlier"
        await stage.pilot.press("ctrl+q")
        assert stage.app.theme == "lrtui-light"


async def test_footer_help_and_every_sentence_name_ones_own_keys(tmp_path: Path) -> None:
    desk = desk_in(tmp_path, settings=settings(KEYS))
    async with opened(desk, live(desk, "said"), size=(160, 30)) as stage:
        footer = stage.lines()[-1]
        assert [label in footer for label in ("F6 pause", "F7 next", "F8 back", "F5 +1", "F10 skip")] == [True] * 5
        for command, said in (
            ("pause", "The clock stands. F6 lets it go on."),
            ("skip", "Skipped; F8 goes back to it."),
            ("more-time", "Ctrl+Y takes it back."),
            ("undo", "Undone: change minutes. Ctrl+Z does it again."),
            ("cancel", "/leave leaves this review, Ctrl+T leaves lrtui; everything is kept."),
        ):
            await stage.run(command)
            assert stage.said.endswith(said)
        await stage.run("help")
        assert isinstance(stage.dialog, HelpDialog)
        assert ("F10  /skip", "Leave this step out and go on.") in choices(stage)


async def test_a_key_of_a_command_that_needs_words_puts_it_on_the_line(tmp_path: Path) -> None:
    desk = desk_in(tmp_path, settings=settings("keys: {go: f10}"))
    async with opened(desk, live(desk)) as stage:
        await stage.pilot.press("f10")
        assert stage.typed == "/go "


async def test_ones_own_prefixes_are_understood_shown_completed_and_spelled(tmp_path: Path) -> None:
    desk = desk_in(tmp_path, settings=settings(MARKS))
    async with opened(desk, live(desk)) as stage:
        line = stage.at(RoomScreen).line
        line.text = "so: roll back"
        await stage.settled()
        assert "decision" in stage.shown()
        line.text = "deci"
        await stage.run("complete")
        assert line.text == "so: "
        for typed in ("so: roll back", "?? why then", "d: stays text", "? stays too"):
            await stage.enter(typed)
        kinds = [entry.kind for entry in stage.review.entries.values()]
        assert kinds == [Kind.DECISION, Kind.QUESTION, Kind.NOTE, Kind.NOTE]
        await stage.run("edit", "edit", "edit", "edit")
        assert line.text == "so: roll back"
        await stage.run("cancel", "help")
        shown = choices(stage)
        assert ("so: words", "a decision; also => words") in shown
        assert ("?? words", "a question") in shown


async def test_the_close_reads_a_line_with_ones_own_prefixes(tmp_path: Path) -> None:
    desk = desk_in(tmp_path, settings=settings('prefixes: {learning: ["ll:"]}'))
    async with opened(desk, live(desk)) as stage:
        await stage.run("close")
        await stage.enter("ll: look twice")
        (learning,) = stage.review.entries.values()
        assert (learning.kind, learning.text) == (Kind.LEARNING, "look twice")


async def test_a_review_begun_on_the_screen_has_ones_own_template(tmp_path: Path) -> None:
    async with opened(desk_in(tmp_path, settings=Settings(template="quick-review"))) as stage:
        stage.screen.query_one(CaptureLine).text = "Fresh"
        await stage.run("new")
        assert stage.review.template.name == "quick-review"


async def test_a_template_that_cannot_be_had_here_stops_no_review_and_is_told(tmp_path: Path) -> None:
    desk = desk_in(tmp_path, settings=Settings(template="ours"))
    async with opened(desk) as stage:
        stage.screen.query_one(CaptureLine).text = "Fresh"
        await stage.run("new")
        assert stage.review.template.name == "learning-review"
        assert stage.said.startswith("The template “ours” of your settings cannot be had here")


@pytest.mark.parametrize(("option", "name"), [(None, "lrtui-light"), ("dark", "lrtui-dark")])
def test_the_theme_is_ones_own_unless_the_command_line_says_otherwise(
    tmp_path: Path, option: str | None, name: str
) -> None:
    assert LrtuiApp(desk_in(tmp_path, settings=Settings(theme=Theme.LIGHT)), theme=option).theme == name


@pytest.mark.parametrize("kind", ["library", "draft", "live", "done"])
async def test_what_is_wrong_with_the_settings_is_told_once_beside_what_the_screen_says(
    tmp_path: Path, kind: str
) -> None:
    desk = desk_in(tmp_path)
    ways = {"library": [], "draft": [], "live": [intents.start()], "done": [intents.start(), intents.finish()]}
    name = begun(desk, "Slow checkout", *ways[kind])
    notice = read_settings("theme: drak").notice
    app = LrtuiApp(desk, opens=None if kind == "library" else name, notice=notice)
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.pause()
        stage = Stage(app, pilot)
        assert stage.said.endswith(notice)
        assert stage.said != notice or kind in {"library", "live"}
        assert stage.warned
        assert stage.screen.query_one(StatusLine).size.height <= 3
