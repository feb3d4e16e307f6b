from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import TYPE_CHECKING

import pytest

from lrtui.demo import rehearsal
from lrtui.desk import Desk
from lrtui.store.library import Library
from tests.cli.running import begun, done, lrtui

if TYPE_CHECKING:
    from pathlib import Path

    from lrtui.demo.spoken import SpeakingRoom


class Opened:
    """Stands for the app: remembers how it was opened, and what there was to see."""

    last: Opened | None = None
    fails = False

    def __init__(
        self,
        desk: Desk,
        *,
        opens: str,
        theme: str | None = None,
        notice: str = "",
        room: SpeakingRoom | None = None,
        console: bool = False,
    ) -> None:
        self.desk, self.opens, self.theme, self.notice = desk, opens, theme, notice
        self.room, self.console = room, console
        self.root = desk.library.root
        self.refusal = None
        self.word = [("Said", "2 remarks; 1 line taken down"), ("", "Nobody takes down everything.")]

    def run(self) -> None:
        self.seen = [review.name for review in self.desk.library.reviews()]
        self.rehearsal = json.loads(self.desk.library.rehearsal.read_text())
        self.return_code = 1 if Opened.fails else 0
        Opened.last = self


@pytest.fixture(autouse=True)
def screen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Let the verb believe in a terminal, and open the stand-in."""
    for module, name in (("lrtui.app.rehearsal", "RehearsalApp"), ("lrtui.app.app", "LrtuiApp")):
        stand_in = ModuleType(module)
        monkeypatch.setattr(stand_in, name, Opened, raising=False)
        monkeypatch.setitem(sys.modules, module, stand_in)
    monkeypatch.setattr("lrtui.cli.screens.require_screen", lambda *_: None)
    monkeypatch.setattr("lrtui.cli.rehearsing.require_screen", lambda *_: None)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(Opened, "last", None)
    monkeypatch.setattr(Opened, "fails", False)


def opened() -> Opened:
    assert Opened.last is not None
    return Opened.last


def test_a_rehearsal_is_thrown_away_and_touches_nothing_else(library: Path, home: Path) -> None:
    result = done("--theme", "light", "rehearse")
    assert opened().opens in opened().seen
    assert (opened().theme, opened().rehearsal["speed"]) == ("light", 10)
    assert opened().room is not None
    assert not opened().root.exists()
    assert not library.exists()
    assert not list(home.iterdir())
    assert (result.stdout, result.stderr) == (
        "",
        "Said: 2 remarks; 1 line taken down\nNobody takes down everything.\n",
    )


def test_it_is_thrown_away_also_when_the_screen_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Opened, "fails", True)
    assert lrtui("rehearse").exit_code == 1
    assert not opened().root.exists()


@pytest.mark.parametrize(("words", "speed"), [([], 10), (["--speed", "5"], 5), (["--speed", "20"], 20)])
def test_its_clock_goes_as_fast_as_was_asked_for(words: list[str], speed: int) -> None:
    done("rehearse", *words)
    clock = opened().desk.clock
    assert isinstance(clock, rehearsal.FastClock)
    assert clock.speed == opened().rehearsal["speed"] == speed
    assert clock.since == datetime.fromisoformat(opened().rehearsal["since"])
    assert abs(clock() - clock.since) < timedelta(minutes=30)


def test_a_speed_at_which_every_look_at_the_clock_would_be_a_leap_is_wrong_usage() -> None:
    for speed in ("0", "21", "fast"):
        assert lrtui("rehearse", "--speed", speed).exit_code == 2
    assert Opened.last is None


def test_settings_of_ones_own_hold_in_a_rehearsal(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("bell: on\nclock: wrong\n")
    done("--config", str(own), "rehearse")
    assert opened().desk.settings.bell
    assert opened().notice.startswith("own.yaml has a fault in line 2: ")


def test_its_console_is_that_of_the_rehearsal_that_is_open_and_goes_by_its_clock(tmp_path: Path) -> None:
    root = tmp_path / f"{rehearsal.PREFIX}x"
    name = rehearsal.build(root, datetime.now(UTC), 7)
    assert lrtui("rehearse", "--console").exit_code == 1, "nobody has it open"
    session = Desk(Library(root), author="ana-3f9c").open(name)
    done("rehearse", "--console")
    assert (opened().root, opened().opens, opened().console) == (root, name, True)
    clock = opened().desk.clock
    assert isinstance(clock, rehearsal.FastClock)
    assert clock.speed == 7
    session.close()


def test_without_a_rehearsal_there_is_no_console_and_a_sentence_says_so() -> None:
    result = lrtui("rehearse", "--console")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "lrtui: No rehearsal is open in another terminal. `lrtui rehearse` begins one.\n"


def test_whatever_works_in_the_library_of_a_rehearsal_goes_by_its_clock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin = datetime.now(UTC) - timedelta(hours=1)
    root = tmp_path / f"{rehearsal.PREFIX}x"
    name = rehearsal.build(root, begin, 10)
    done("--library", str(root), "note", "lunchtime", "from a script")
    (entry,) = Desk(Library(root), author="ana-3f9c").read(Library(root).resolve(name)).entries.values()
    assert entry.at is not None
    assert timedelta(hours=10) <= entry.at - begin < timedelta(hours=11)


@pytest.mark.usefixtures("library")
def test_any_other_library_goes_by_the_clock_on_the_wall(library: Path) -> None:
    before = datetime.now(UTC)
    name = begun()
    done("note", "slow", "now")
    (entry,) = Desk(Library(library), author="ana-3f9c").read(Library(library).resolve(name)).entries.values()
    assert entry.at is not None
    assert before <= entry.at.replace(microsecond=999_999)
    assert entry.at <= datetime.now(UTC)
