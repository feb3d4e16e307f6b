"""What cannot be done is refused in one clear sentence, and nothing that was typed is lost."""

from __future__ import annotations

import resource
import sys
from typing import TYPE_CHECKING

import pytest

from tests.cli.running import begun, done, program
from tests.journeys.rooms import LRTUI, OPEN, enter, first_start, live, room

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import StartTerminal
    from tests.terminal import Terminal


def refused(screen: Terminal, status: int = 1) -> str:
    """Return the sentence with which the program has ended, without ever having drawn a screen."""
    assert screen.exit_status() == status
    assert b"\x1b[?1049h" not in screen.raw()
    said = " ".join(screen.wait(f"[exit {status}]").split(f"[exit {status}]")[0].split())
    assert said.startswith("lrtui: ")
    assert "Traceback" not in said
    return said


@pytest.mark.usefixtures("library")
def test_a_template_that_is_not_there_is_refused_with_those_that_are(terminal: StartTerminal) -> None:
    said = refused(terminal([*LRTUI, "new", "--title", "Slow", "--template", "lerning-review"]))
    assert "There is no template “lerning-review”." in said
    assert "write-up." in said


def test_a_broken_template_is_refused_with_every_fault_and_its_place(
    terminal: StartTerminal, library: Path, tmp_path: Path
) -> None:
    (tmp_path / "ours.yaml").write_text(
        "name: ours\ntitle: Ours\nsteps:\n  - {key: a, title: A, minuts: 5}\n  - {key: a}\n"
    )
    said = refused(terminal([*LRTUI, "new", "--title", "Slow", "--template", "ours.yaml"]))
    assert "ours.yaml:4:" in said
    assert "minuts" in said
    assert "minutes" in said
    assert "ours.yaml:5:" in said
    assert not library.exists()


def test_a_broken_template_of_the_team_cannot_be_chosen_and_says_so(terminal: StartTerminal, library: Path) -> None:
    begun()
    (library / "templates").mkdir(exist_ok=True)
    (library / "templates" / "ours.yaml").write_text("name: ours\nsteps: 5\n")
    screen = terminal(OPEN)
    screen.wait("set-up")
    screen.key("F3")
    screen.wait("Templates  Enter chooses")
    screen.type("ours")
    screen.gone("near-miss")
    screen.wait("has faults")
    screen.key("Enter")
    screen.gone("Templates  Enter chooses")
    assert "Learning review · 60 min" in screen.wait("set-up")


@pytest.mark.parametrize("words", [["new", "--title", "Slow"], ["demo", "--keep", "a file/demo"]])
def test_a_place_below_a_file_is_no_library(terminal: StartTerminal, tmp_path: Path, words: list[str]) -> None:
    (tmp_path / "a file").write_text("mine")
    said = refused(terminal([*LRTUI, "--library", "a file/library", *words]))
    assert "A file stands where a folder should be" in said
    assert (tmp_path / "a file").read_text() == "mine"


def test_a_library_that_cannot_be_made_is_said_on_the_screen_and_the_title_stays(
    terminal: StartTerminal, tmp_path: Path
) -> None:
    (tmp_path / "a file").write_text("mine")
    screen = terminal([*LRTUI, "--library", "a file/library"])
    first_start(screen)
    screen.wait("A file stands where a folder should be: the library could not be read.")
    screen.type("Slow checkout")
    screen.key("F2")
    screen.gone("the library could not be read")
    shown = screen.wait("A file stands where a folder should be")
    assert "❯ Slow checkout" in shown
    assert "a file" not in shown
    (tmp_path / "a file").unlink()
    screen.key("F2")
    screen.wait("set-up")


@pytest.mark.usefixtures("library")
def test_a_name_that_fits_two_reviews_is_refused_with_both(terminal: StartTerminal) -> None:
    names = [begun(), begun()]
    said = refused(terminal(OPEN))
    assert all(name in said.replace(" ", "") for name in names)


@pytest.mark.usefixtures("library")
def test_a_review_that_is_not_there_is_refused(terminal: StartTerminal) -> None:
    assert "slow" in refused(terminal(OPEN))


@pytest.mark.usefixtures("library")
def test_a_dumb_terminal_gets_a_sentence_instead_of_a_broken_screen(terminal: StartTerminal) -> None:
    live()
    assert "TERM=dumb" in refused(terminal(["env", "TERM=dumb", *OPEN]))


@pytest.mark.usefixtures("library")
def test_without_a_terminal_there_is_a_sentence() -> None:
    live()
    for words in ([], ["open", "slow"], ["new", "--title", "Slow"], ["demo"], ["rehearse"]):
        ended = program(*words)
        assert (ended.returncode, ended.stdout) == (1, "")
        assert ended.stderr.startswith("lrtui: A screen needs a terminal")


@pytest.mark.usefixtures("library")
def test_half_a_terminal_is_none(terminal: StartTerminal) -> None:
    live()
    screen = terminal(["sh", "-c", f"{sys.executable} -m lrtui open slow | cat; echo through"])
    shown = screen.wait("through")
    assert "lrtui: A screen needs a terminal" in shown


@pytest.mark.usefixtures("library")
def test_a_terminal_that_is_too_small_says_what_is_needed_and_recovers(terminal: StartTerminal) -> None:
    screen = room(terminal, "one line")
    screen.type("half a li")
    screen.wait("❯ half a li")
    screen.resize(59, 30)
    shown = screen.wait("This terminal is 59 × 30; lrtui needs 60 × 20.")
    assert "one line" not in shown
    screen.resize(20, 5)
    screen.wait("Nothing is lost")
    screen.resize(100, 19)
    screen.wait("This terminal is 100 × 19")
    screen.resize(60, 20)
    shown = screen.wait("❯ half a li")
    assert "one line" in shown
    screen.resize(100, 30)
    enter(screen, "ne")
    screen.wait("note  half a line")


@pytest.mark.usefixtures("library")
def test_what_is_typed_blindly_in_a_small_terminal_is_kept(terminal: StartTerminal) -> None:
    screen = room(terminal)
    screen.resize(40, 10)
    screen.wait("This terminal is 40 × 10")
    enter(screen, "said in the dark")
    screen.resize(100, 30)
    screen.wait("note  said in the dark")


@pytest.mark.usefixtures("library")
def test_a_full_disk_keeps_the_line_where_it_was_typed(terminal: StartTerminal) -> None:
    screen = room(terminal, "one line")
    full(screen)
    enter(screen, "14:05 the pager @ana")
    shown = screen.wait("this change was not saved")
    assert "❯ 14:05 the pager @ana" in shown
    assert "Traceback" not in shown
    screen.key("F8")
    screen.wait("this change was not saved")
    screen.wait("▸ Welcome")
    enter(screen, " and more")
    screen.wait("❯ 14:05 the pager @ana and more")
    screen.wait("this change was not saved")
    assert captured() == ["one line"]
    roomy(screen)
    screen.key("Enter")
    screen.wait("14:05  the pager")
    screen.wait("❯ note")
    assert len(captured()) == 2
    screen.key("C-q")
    assert screen.exit_status() == 0


@pytest.mark.usefixtures("library")
def test_a_burst_on_a_full_disk_loses_no_word(terminal: StartTerminal) -> None:
    screen = room(terminal)
    full(screen)
    screen.type("first line\rsecond line\rthird")
    screen.wait("this change was not saved")
    shown = screen.until(lambda seen: all(word in seen for word in ("first", "second", "third")), "every word")
    assert captured() == []
    roomy(screen)
    screen.key("Enter")
    screen.wait("❯ note: type")
    assert all(word in " ".join(captured()) for word in ("first line", "second line", "third")), shown


def test_a_review_that_is_moved_away_under_the_open_room_takes_no_line_until_it_is_back(
    terminal: StartTerminal, library: Path, tmp_path: Path
) -> None:
    screen = room(terminal, "one line")
    (folder,) = library.glob("reviews/*/*")
    folder.rename(tmp_path / "away")
    enter(screen, "14:05 the pager @ana")
    shown = screen.wait("The review's folder is not there any more. Put it back")
    assert "❯ 14:05 the pager @ana" in shown
    assert not folder.exists()
    (tmp_path / "away").rename(folder)
    screen.key("Enter")
    screen.wait("14:05  the pager")
    assert len(captured()) == 2
    screen.key("C-q")
    assert screen.exit_status() == 0


@pytest.mark.usefixtures("library")
def test_leaving_works_on_a_full_disk(terminal: StartTerminal) -> None:
    screen = room(terminal, "one line")
    full(screen)
    screen.type("half a line")
    screen.wait("❯ half a line")
    screen.key("C-q")
    assert screen.exit_status() == 0
    assert not screen.alternate
    assert captured() == ["one line"]


@pytest.mark.usefixtures("library")
def test_whoever_opens_a_review_second_can_read_it_and_is_told_why(terminal: StartTerminal) -> None:
    first = room(terminal, "one line")
    second = first.beside(OPEN)
    shown = second.wait("Here it can be read, not changed.")
    assert "This review is open since" in shown
    assert "read-only" in shown
    assert "one line" in shown
    enter(second, "a second line")
    assert "❯ a second line" in second.wait("This review is open for reading only.")
    second.key("F8")
    enter(first, "of the first")
    first.wait("note  of the first")
    ended = program("note", "slow", "a third")
    assert ended.returncode == 1
    assert "lrtui: This review is open since" in ended.stderr
    assert "▸ Welcome" in second.screen()
    second.key("C-q")
    assert second.exit_status() == 0
    assert captured() == ["one line", "of the first"]


@pytest.mark.usefixtures("library")
def test_without_a_clipboard_the_export_says_so_and_where_the_file_is(terminal: StartTerminal, tmp_path: Path) -> None:
    live("one line")
    screen = terminal(["env", "-u", "TMUX", "-u", "DISPLAY", "-u", "WAYLAND_DISPLAY", "PATH=/nowhere", *OPEN])
    screen.wait("❯ note")
    screen.key("F3")
    shown = screen.wait("Nothing was copied")
    (file,) = tmp_path.glob("*.md")
    assert f"Written to {file.name}" in shown
    assert "no clipboard program was found" in shown
    assert "one line" in file.read_text("utf-8")
    enter(screen, "/copy")
    screen.gone("Written to")
    screen.wait("Nothing was copied: no clipboard program was found")


@pytest.mark.usefixtures("library")
def test_an_export_that_cannot_be_written_says_so(terminal: StartTerminal, tmp_path: Path) -> None:
    screen = room(terminal, "one line")
    enter(screen, "/export no/such/folder/review.md")
    screen.wait("A folder is missing: review.md was not written.")
    full(screen)
    screen.key("F3")
    screen.gone("A folder is missing")
    screen.wait("was not written")
    assert list(tmp_path.glob("*.md")) == []


def full(screen: Terminal) -> None:
    """Let the program write no file any longer than it is now, as on a disk that is full."""
    resource.prlimit(screen.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))


def roomy(screen: Terminal) -> None:
    """Give the program all the disk it wants."""
    resource.prlimit(screen.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def captured() -> list[str]:
    """Return the notes and events of the review as they are exported."""
    told = done("show", "slow").stdout.split("\n")
    return [line.removeprefix("- ") for line in told if line.startswith("- ") or "pager" in line]
