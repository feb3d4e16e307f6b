"""Whatever the registry of commands names is there on the screens, and nothing else is."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.containers import Vertical

import lrtui
from lrtui.app.screens.actions import ActionsScreen
from lrtui.app.screens.closing import ClosingScreen
from lrtui.app.screens.console import ConsoleScreen
from lrtui.app.screens.covers import SilentScreen
from lrtui.app.screens.insight import InsightScreen
from lrtui.app.screens.library import LibraryScreen
from lrtui.app.screens.reading import HistoryScreen, PreviewScreen
from lrtui.app.screens.room import RoomScreen
from lrtui.app.screens.setup import SetupScreen
from lrtui.app.screens.write_up import WriteUpScreen
from lrtui.app.widgets.bars import KeyBar
from lrtui.app.widgets.capture import CaptureLine
from lrtui.app.widgets.rows import Rows
from lrtui.commands import BY_NAME, CAPTURING, COMMANDS, Scope, forms, here, spell_key
from lrtui.review.capture import PREFIXES
from lrtui.settings.values import Settings
from tests.app.opening import Bare, Stage, begun, desk_in, live, opened

if TYPE_CHECKING:
    from lrtui.app.screens.base import CommandScreen
    from lrtui.desk import Desk

SCREENS: dict[Scope, type[CommandScreen]] = {
    Scope.LIBRARY: LibraryScreen,
    Scope.ACTIONS: ActionsScreen,
    Scope.SETUP: SetupScreen,
    Scope.ROOM: RoomScreen,
    Scope.CLOSING: ClosingScreen,
    Scope.PREVIEW: PreviewScreen,
    Scope.HISTORY: HistoryScreen,
    Scope.SILENT: SilentScreen,
    Scope.CONSOLE: ConsoleScreen,
    Scope.WRITE_UP: WriteUpScreen,
    Scope.INSIGHT: InsightScreen,
}
WAYS: dict[Scope, list[str]] = {
    Scope.LIBRARY: [],
    Scope.ACTIONS: ["actions"],
    Scope.SETUP: ["setup"],
    Scope.ROOM: [],
    Scope.CLOSING: ["close"],
    Scope.PREVIEW: ["preview"],
    Scope.HISTORY: ["history"],
    Scope.SILENT: ["silent"],
    Scope.CONSOLE: [],
    Scope.WRITE_UP: [],
    Scope.INSIGHT: ["insight"],
}
OF_THE_LIBRARY = (Scope.LIBRARY, Scope.ACTIONS, Scope.INSIGHT)  # screens on no review
PACKAGE = Path(lrtui.__file__).parent
WITH_SENTENCES = [*(PACKAGE / "app").rglob("*.py"), *(PACKAGE / "review").glob("*.py"), PACKAGE / "session.py"]
SWAPPED = {"next": "f7", "previous": "f8", "skip": "f10", "complete": "ctrl+s", "help": "ctrl+r", "leave": "ctrl+x"}


def review_at(desk: Desk, scope: Scope) -> str | None:
    """Begin a review; return its name where it is opened to come to a screen, None for one of the library."""
    name = begun(desk, "Alone", template="write-up") if scope is Scope.WRITE_UP else live(desk)
    return None if scope in OF_THE_LIBRARY else name


@pytest.mark.parametrize("scope", Scope)
def test_every_command_of_a_screen_can_be_performed_there(scope: Scope) -> None:
    assert SCREENS[scope].SCOPE is scope
    assert [item.name for item in here(scope) if not callable(getattr(SCREENS[scope], item.handler, None))] == []


@pytest.mark.parametrize("scope", Scope)
def test_every_operation_of_a_screen_is_a_command(scope: Scope) -> None:
    known = {command.handler for command in COMMANDS}
    assert {name for name in dir(SCREENS[scope]) if name.startswith("do_")} <= known


async def assert_bound(stage: Stage, scope: Scope) -> None:
    """Each key of the screen is bound to the command that has it, and no other key to any."""
    assert stage.screen.SCOPE is scope
    bound = {key: found[0].action for key, found in stage.screen._bindings.key_to_bindings.items() if found[0].priority}
    known = here(scope, stage.app.desk.settings.commands)
    asked = {command.key: f"command({command.name!r})" for command in known if command.key}
    assert {**bound, "enter": ""} == {**asked, "enter": ""}


@pytest.mark.parametrize("keys", [{}, SWAPPED], ids=["as they ship", "one's own"])
@pytest.mark.parametrize("scope", Scope)
async def test_every_key_of_a_screen_is_that_of_a_command(tmp_path: Path, scope: Scope, keys: dict[str, str]) -> None:
    desk = desk_in(tmp_path, settings=Settings(keys=keys))
    name = review_at(desk, scope)
    async with opened(desk, name, console=scope is Scope.CONSOLE) as stage:
        await stage.run(*WAYS[scope])
        await assert_bound(stage, scope)


async def test_the_footer_shows_what_fits_in_the_order_of_the_registry_and_always_help() -> None:
    bars = {scope: KeyBar(here(scope)) for scope in Scope}
    app = Bare(*(Vertical(bar) for bar in bars.values()))
    async with app.run_test(size=(300, 5)) as pilot:
        for width in (300, 140, 120, 100, 80, 70, 60):
            await pilot.resize_terminal(width, 5)
            while {bar.outer_size.width for bar in bars.values()} != {width}:
                await pilot.pause()
            for scope, bar in bars.items():
                shown = str(bar.render())
                labelled = [f"{spell_key(item.key)} {item.label}" for item in here(scope) if item.label]
                rest = [label for label in labelled if label != "F1 help"]
                count = shown.count(" · ")
                assert shown.split(" · ") == [*rest[:count], "F1 help"]
                assert len(shown) <= width - 2
                assert count == len(rest) or len(f"{shown} · {rest[count]}") > width - 2, "more would fit"
                if width >= 80:
                    own = [item for item in here(scope) if item.label and item.scopes == (scope,)]
                    assert [item.name for item in own if item.label not in shown and item.key != "enter"] == []


async def test_a_click_on_a_label_does_what_the_key_does(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk)) as stage:
        line = stage.lines()[-1]
        await stage.pilot.click(KeyBar, offset=(line.index("F8") + 1, 0))
        assert stage.review.head.step == "earlier"
        await stage.pilot.click(KeyBar, offset=(line.index("F5"), 0))
        assert stage.review.head.since is None
        await stage.pilot.click(KeyBar, offset=(99, 0))
        assert stage.review.head.step == "earlier"


async def listed(stage: Stage, name: str) -> list[tuple[str, str, str]]:
    await stage.run(name)
    rows = [(row.key, row.text, f"{row.lead} {row.tail}") for row in stage.dialog.query_one("#choices", Rows).rows]
    stage.dialog.dismiss(None)
    await stage.settled()
    return rows


async def assert_told_everywhere(stage: Stage, scope: Scope) -> None:
    palette = {key: (text, ways) for key, text, ways in await listed(stage, "palette")}
    helped = {key: (text, ways) for key, text, ways in await listed(stage, "help")}
    assert list(palette) == [command.name for command in here(scope)]
    for command in here(scope):
        assert palette[command.name][0] == command.title
        assert helped[command.name][0] == command.help
        for ways in (palette[command.name][1], helped[command.name][1]):
            assert spell_key(command.key) in ways
            if scope in CAPTURING:
                assert f"/{command.slash} {command.takes}".strip(" /") in ways
            else:
                assert "/" not in ways, "where no words are typed, none are told"
        assert helped[command.name][1].strip()
    if scope is Scope.ROOM:
        told = forms(PREFIXES, BY_NAME["complete"].way)
        assert all(helped[form][0] == meaning for form, meaning in told)


@pytest.mark.parametrize("scope", list(WAYS)[1:])
async def test_help_and_the_list_of_commands_miss_none(tmp_path: Path, scope: Scope) -> None:
    desk = desk_in(tmp_path)
    name = review_at(desk, scope)
    async with opened(desk, name, console=scope is Scope.CONSOLE) as stage:
        await stage.run(*WAYS[scope])
        assert stage.screen.SCOPE is scope
        await assert_told_everywhere(stage, scope)


async def test_help_and_the_list_of_commands_miss_none_in_the_library(tmp_path: Path) -> None:
    async with opened(desk_in(tmp_path)) as stage:
        await assert_told_everywhere(stage, Scope.LIBRARY)


@pytest.mark.parametrize("scope", [Scope.ROOM, Scope.CLOSING, Scope.CONSOLE, Scope.WRITE_UP])
async def test_tab_completes_every_slash_word_of_the_screen_and_no_other(tmp_path: Path, scope: Scope) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, review_at(desk, scope), console=scope is Scope.CONSOLE) as stage:
        await stage.run(*WAYS[scope])
        line = stage.screen.query_one(CaptureLine)
        for command in (item for item in COMMANDS if item.slash):
            line.text = f"/{command.slash}"
            stage.screen.run("complete")
            words = [item.slash for item in here(scope) if item.slash.startswith(command.slash)]
            completed = line.text.removeprefix("/").strip()
            assert completed == command.slash
            assert line.text.endswith(" ") == (len(words) == 1), line.text


def sentences(source: Path) -> list[str]:
    """Return the texts in a module that may be said to a person: all but the docstrings."""
    found = list(ast.walk(ast.parse(source.read_text("utf-8"))))
    told = {id(node.value) for node in found if isinstance(node, ast.Expr)}
    texts = (node for node in found if isinstance(node, ast.Constant) and id(node) not in told)
    return [text.value for text in texts if isinstance(text.value, str)]


@pytest.mark.parametrize("source", WITH_SENTENCES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_sentence_names_no_key_that_a_person_can_change(source: Path) -> None:
    of_the_field = {"Ctrl+U"}  # the line's own editing, whatever the commands' keys are
    of_dialogs = {"Escape"} if source.name in {"dialogs.py", "lesson.py"} else set()
    named = re.findall(r"\b(?:F\d{1,2}|Ctrl\+[A-Z]|Escape|Page Up|Page Down)\b", "\n".join(sentences(source)))
    assert set(named) <= of_the_field | of_dialogs, "ask the screen for the command's `way`"
