from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lrtui import __version__
from lrtui.cli import main
from tests.cli.running import begun, done, lrtui, program

if TYPE_CHECKING:
    from collections.abc import Iterator

VERBS = [["open"], ["new"], ["demo"], ["list"], ["search"], ["show"], ["note"], ["export"], ["templates"], ["keys"]]
VERBS += [["where"], ["completion"], ["templates", "list"], ["templates", "show"], ["templates", "check"]]


def test_help_names_every_verb_in_the_order_of_a_reviews_life() -> None:
    text = done("--help").stdout
    places = [text.index(f"\n  {verb} ") for verb in dict.fromkeys(words[0] for words in VERBS)]
    assert places == sorted(places)


@pytest.mark.parametrize("verb", [[], *VERBS], ids=" ".join)
def test_help_teaches_by_example_and_fits_in_80_columns(verb: list[str]) -> None:
    text = done(*verb, "--help").stdout
    assert f"  lrtui {' '.join(verb)}".rstrip() in text.partition("Examples:")[2]
    assert max(map(len, text.splitlines())) <= 80


def test_the_version_is_told() -> None:
    assert done("--version").stdout == f"lrtui {__version__}\n"


def test_wrong_usage_ends_with_status_2(library: Path) -> None:
    for words in (["bogus"], ["show"], ["new", "--fact", "no equals sign"], ["list", "--status", "asleep"]):
        result = lrtui(*words)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith("Usage: lrtui")
    assert not library.exists()


def test_what_is_refused_is_one_sentence_on_standard_error_and_status_1(library: Path) -> None:
    result = program("show", "nothing")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("lrtui: There is no review “nothing”")
    assert result.stderr.count("\n") == 1
    assert not library.exists()


def test_a_sentence_carries_no_escape_sequence_to_the_terminal(library: Path) -> None:
    result = lrtui("show", "\x1b]52;c;aGk=\x07")
    assert result.exit_code == 1
    assert "\x1b" not in result.output
    assert "␛" in result.output
    assert not library.exists()


@pytest.mark.parametrize("words", [[], ["open"], ["open", "x"], ["new"], ["demo"]], ids=" ".join)
def test_without_a_terminal_no_screen_is_drawn_but_said_what_to_use(words: list[str], library: Path) -> None:
    result = program(*words)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith("lrtui: A screen needs a terminal")
    assert "`lrtui " in result.stderr or "--no-open" in result.stderr
    assert not library.exists()


def test_a_dumb_terminal_gets_a_sentence_instead_of_a_broken_screen(library: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "lrtui"]
    environ = {**os.environ, "TERM": "dumb"}
    status = subprocess.run(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environ, timeout=60, check=False)
    os.close(theirs)
    shown = os.read(ours, 4096).decode()
    os.close(ours)
    assert status.returncode == 1
    assert shown.startswith("lrtui: This terminal cannot draw a screen (TERM=dumb)")
    assert "\x1b" not in shown
    assert not library.exists()


@pytest.mark.usefixtures("library")
def test_a_reader_that_has_seen_enough_is_no_failure_to_talk_about() -> None:
    name = begun()
    done("note", name, "-", given="14:00 the same thing again\n" * 3000)
    command = f"{sys.executable} -m lrtui show {name} | head -n 1"
    result = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60, check=False)
    assert (result.stdout, result.stderr) == ("---\n", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
@pytest.mark.usefixtures("library")
def test_output_that_cannot_be_written_is_told() -> None:
    name = begun()
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(
            [sys.executable, "-m", "lrtui", "show", name], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert result.returncode == 1
    assert result.stderr == "lrtui: The output could not be written: No space left on device.\n"


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Let `lrtui keys` meet an error that nobody has foreseen, and reports be written to the test's own folder."""
    hook = sys.excepthook
    monkeypatch.setattr("lrtui.commands.COMMANDS", None)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(sys, "argv", ["lrtui", "keys"])
    yield
    sys.excepthook = hook


@pytest.mark.usefixtures("broken")
def test_an_error_of_our_own_is_a_sentence_and_a_report(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LRTUI_DEBUG", raising=False)
    with pytest.raises(TypeError) as caught:
        main.run()
    sys.excepthook(caught.type, caught.value, caught.tb)
    told = capsys.readouterr().err
    (report,) = tmp_path.glob("lrtui-*.txt")
    assert told.startswith("lrtui: ")
    assert str(report) in told
    assert told.count("\n") == 1
    assert "Traceback" in report.read_text("utf-8")
    assert report.stat().st_mode & 0o777 == 0o600


@pytest.mark.usefixtures("broken")
def test_those_who_mend_lrtui_may_have_the_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    before = sys.excepthook
    monkeypatch.setenv("LRTUI_DEBUG", "1")
    with pytest.raises(TypeError):
        main.run()
    assert sys.excepthook is before


def test_an_interrupted_verb_ends_with_status_130(monkeypatch: pytest.MonkeyPatch, library: Path) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("lrtui.store.library.Library.reviews", interrupted)
    monkeypatch.setattr(sys, "argv", ["lrtui", "list"])
    monkeypatch.setenv("LRTUI_DEBUG", "1")
    with pytest.raises(SystemExit) as ended:
        main.run()
    assert ended.value.code == main.INTERRUPTED == 130
    assert not library.exists()
