from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from lrtui.errors import LrtuiError, StoreError
from tests.cli.running import begun, done, lrtui

if TYPE_CHECKING:
    from pathlib import Path

    from lrtui.desk import Desk


class Opened:
    """Stands for the app: remembers how it was opened, and what there was to see."""

    last: Opened | None = None
    ends = 0
    refuses: LrtuiError | None = None

    def __init__(
        self, desk: Desk, *, theme: str | None = None, opens: str | None = None, console: bool = False, notice: str = ""
    ) -> None:
        self.desk, self.theme, self.opens, self.console, self.notice = desk, theme, opens, console, notice
        self.root = desk.library.root
        self.seen: list[str] = []
        self.refusal: LrtuiError | None = None

    def run(self) -> None:
        self.seen = [review.name for review in self.desk.library.reviews()]
        self.return_code = Opened.ends
        self.refusal = Opened.refuses
        Opened.last = self


@pytest.fixture(autouse=True)
def screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the verbs believe in a terminal, and open the stand-in."""
    stand_in = ModuleType("lrtui.app.app")
    monkeypatch.setattr(stand_in, "LrtuiApp", Opened, raising=False)
    monkeypatch.setitem(sys.modules, "lrtui.app.app", stand_in)
    monkeypatch.setattr("lrtui.cli.screens.require_screen", lambda *_: None)
    monkeypatch.setattr("lrtui.cli.reviews.require_screen", lambda *_: None)
    monkeypatch.setattr(Opened, "last", None)
    monkeypatch.setattr(Opened, "ends", 0)
    monkeypatch.setattr(Opened, "refuses", None)


def opened() -> Opened:
    assert Opened.last is not None
    return Opened.last


def test_lrtui_alone_opens_the_library(library: Path) -> None:
    assert done().stdout == ""
    assert (opened().root, opened().opens, opened().theme) == (library, None, None)
    assert not library.exists()


@pytest.mark.usefixtures("library")
def test_open_finds_the_review_by_part_of_its_name() -> None:
    name = begun()
    done("--theme", "light", "open", "slow")
    assert (opened().opens, opened().theme) == (name, "light")


@pytest.mark.parametrize("words", [["open", "slow"], ["demo"], ["new"]], ids=" ".join)
@pytest.mark.usefixtures("library")
def test_a_screen_gets_ones_own_settings_and_what_is_wrong_with_them(words: list[str], tmp_path: Path) -> None:
    begun()
    own = tmp_path / "own.yaml"
    own.write_text("theme: light\nbell: on\nclock: wrong\n")
    result = done("--config", str(own), *words)
    assert opened().theme is None
    assert (opened().desk.settings.theme, opened().desk.settings.bell) == ("light", True)
    assert opened().notice.startswith("own.yaml has a fault in line 3: ")
    assert (result.stderr == "") == (words != ["new"]), "what comes before the screen is told where it happens"


def test_a_review_that_is_not_there_opens_no_screen(library: Path) -> None:
    assert lrtui("open", "nothing").exit_code == 1
    assert Opened.last is None
    assert not library.exists()


@pytest.mark.usefixtures("library")
def test_the_console_is_that_of_a_review() -> None:
    name = begun()
    done("console", "slow")
    assert (opened().opens, opened().console) == (name, True)
    assert lrtui("console", "nothing").exit_code == 1
    done("open", "slow")
    assert not opened().console


def test_a_review_that_could_not_be_opened_is_told_with_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    name = begun()
    monkeypatch.setattr(Opened, "refuses", StoreError("The disk reported a fault.", "/srv/reviews/one"))
    result = lrtui("open", name)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "lrtui: The disk reported a fault. (/srv/reviews/one)\n"


def test_the_theme_may_come_from_the_environment(monkeypatch: pytest.MonkeyPatch, library: Path) -> None:
    monkeypatch.setenv("LRTUI_THEME", "dark")
    done("open")
    assert opened().theme == "dark"
    assert not library.exists()


@pytest.mark.usefixtures("library")
def test_new_opens_what_it_has_made_and_lets_go_of_it_before() -> None:
    name = done("new", "--title", "Slow checkout").stdout.strip()
    assert opened().opens == name
    assert opened().desk.open(name).notice == ""


def test_the_status_of_the_screen_is_the_status_of_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Opened, "ends", 1)
    assert lrtui().exit_code == 1


def test_the_demo_is_thrown_away_and_touches_nothing_else(library: Path, home: Path) -> None:
    done("demo")
    assert opened().opens in opened().seen
    assert len(opened().seen) == 7
    assert not opened().root.exists()
    assert not library.exists()
    assert not list(home.iterdir())


def test_the_demo_is_thrown_away_also_when_the_screen_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Opened, "ends", 1)
    assert lrtui("demo").exit_code == 1
    assert not opened().root.exists()


def test_the_demo_can_be_kept_in_a_folder_that_is_empty(tmp_path: Path) -> None:
    kept = done("demo", "--keep", str(tmp_path / "sample"))
    assert kept.stderr == (f"The sample library is kept; `lrtui --library {tmp_path / 'sample'}` opens it again.\n")
    assert opened().root == tmp_path / "sample"
    assert (tmp_path / "sample" / "lrtui.yaml").is_file()
    again = lrtui("demo", "--keep", str(tmp_path / "sample"))
    assert again.exit_code == 1
    assert "already" in again.stderr


def test_the_demo_for_scripts_prints_its_folder_and_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    folder = done("demo", "--no-open").stdout.strip()
    assert Opened.last is None
    assert len(done("--library", folder, "list").stdout.splitlines()) == 7
    assert oct((tmp_path / folder).stat().st_mode & 0o777) == "0o700"
