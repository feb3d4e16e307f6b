"""Every default key comes through a terminal and does what the registry says of it; no other key does harm."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pytest

from lrtui.commands import BY_NAME, Scope, here
from tests.cli.running import begun, done
from tests.holding import hold
from tests.journeys.rooms import LRTUI

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import StartTerminal
    from tests.terminal import Terminal

FAILING = {"EDITOR": "false"}  # an editor that is over at once
TMUX = {"pageup": "PPage", "pagedown": "NPage"}


class Press(NamedTuple):
    """The key of a command: what is typed before and after it; what shows that it has come; what then leads back."""

    command: str
    seen: str
    before: str = ""
    after: str = ""
    back: tuple[str, ...] = ()


class Scene(NamedTuple):
    """A screen: what it is known by, how to get there from the library, its keys as they are pressed, what it holds."""

    mark: str
    way: tuple[str, ...]
    presses: tuple[Press, ...]
    holds: str = ""


HELP = Press("help", "Keys and words: ", back=("Escape",))
PALETTE = Press("palette", "Enter chooses", back=("Escape",))
THEME = Press("theme", "48;2;253;253;252", back=("C-t",))  # the page of the light theme
EDITOR = Press("editor", "The editor .false. ended with status 1")
EXPORT = Press("export", "Written to .* Copied")
QUIT = Press("quit", r"\[exit 0\]")
ROOM = r"ends \d\d:\d\d"
CLOSE = "Closing: Slow"
READ = "lines of Markdown"
INSIGHT = "type to choose a template"
TOP = r"\A.*\n *"

SCENES = {
    Scope.LIBRARY: Scene(
        "Learning reviews",
        (),
        (
            Press("row-down", "▸ .*Disk full"),
            Press("row-up", "▸ .*Slow checkout"),
            Press("page-down", "▸ .*Disk full"),
            Press("page-up", "▸ .*Slow checkout"),
            HELP,
            PALETTE,
            THEME,
            Press("leave", "❯ search, or the title", before="disk"),
            Press("new", "Fresh +set-up", before="Fresh", back=("Escape",)),
            Press("open", "Disk full +set-up", before="Disk", back=("Escape",)),
            Press("actions", "Actions by date", back=("Escape",)),
            Press("insight", INSIGHT, back=("Escape",)),
            QUIT,
        ),
    ),
    Scope.ACTIONS: Scene(
        "Actions by ",
        ("F6",),
        (
            Press("row-down", "▸ .*swap the disk"),
            Press("row-up", "▸ .*alarm at 80 %"),
            Press("page-down", "▸ .*swap the disk"),
            Press("page-up", "▸ .*alarm at 80 %"),
            Press("group", "Actions by team"),
            HELP,
            PALETTE,
            THEME,
            Press("settle", "Kept .doing.", before="doing"),
            Press("undo", "Taken back"),
            Press("leave", "Learning reviews", back=("F6",)),
            QUIT,
        ),
        "swap the disk",
    ),
    Scope.SETUP: Scene(
        " set-up\n",
        ("Enter",),
        (
            Press("row-down", "product[?] +pie", after="pie"),
            Press("row-up", "Title +Slow checkout again", after=" again\x1b[B"),  # and down, which keeps it
            Press("undo", "Undone: change title"),
            Press("redo", "Done again: change title"),
            Press("templates", "Templates  Enter chooses", back=("Escape",)),
            Press("preview", READ, back=("Escape",)),
            HELP,
            PALETTE,
            THEME,
            Press("leave", "Learning reviews", back=("Enter",)),
            Press("start", "of 4 min", back=("F2",)),
            QUIT,
        ),
    ),
    Scope.ROOM: Scene(
        ROOM,
        ("Enter", "F8"),
        (
            Press("page-up", r"line 3\d\b"),
            Press("page-down", r"line 60\b"),
            Press("raise-line", r"line 60\b.*\n.*line 59\b"),
            Press("lower-line", r"line 59\b.*\n.*line 60\b"),
            Press("edit", "Editing: "),
            Press("later-line", "❯ note: type, Enter adds it"),
            Press("cancel", "Ctrl[+]Q leaves lrtui"),
            Press("complete", "❯ told @ana", before="told @an", back=("C-u",)),
            Press("large", "██", back=("C-g",)),
            Press("panel", "Welcome: say", back=("C-o",)),
            Press("blank", r"\A\s*\Z", back=("x",)),
            Press("pause", "The clock stands", back=("F5",)),
            Press("more-time", r"Welcome 5 min .* 1 min later"),
            Press("undo", "Undone: change minutes"),
            Press("redo", "Done again: change minutes"),
            Press("take", r"Welcome 6 min .* as before"),
            Press("next", "▸ Earlier actions"),
            Press("previous", "▸ Welcome"),
            HELP,
            PALETTE,
            THEME,
            EXPORT,
            EDITOR,
            Press("setup", " set-up\n", back=("Escape",)),
            Press("preview", READ, back=("Escape",)),
            Press("close", CLOSE, back=("F7",)),
            QUIT,
        ),
        "line 60",
    ),
    Scope.CLOSING: Scene(
        CLOSE,
        ("Enter", "F8", "F9"),
        (
            Press("row-down", "▸ No time yet: Impact began"),
            Press("row-up", "▸ No learnings yet"),
            Press("complete", "❯ /finish", before="/fin", back=("C-u",)),
            Press("settle", "Kept .We look twice", before="We look twice"),
            Press("undo", "Undone: settle hint"),
            Press("redo", "Done again: settle hint"),
            HELP,
            PALETTE,
            THEME,
            EXPORT,
            Press("setup", " set-up\n", back=("Escape",)),
            Press("preview", READ, back=("Escape",)),
            Press("room", ROOM, back=("F9",)),
            Press("leave", ROOM, back=("F9",)),
            Press("finish", "F8 again ends the meeting", back=("F8",)),
            QUIT,
        ),
    ),
    Scope.PREVIEW: Scene(
        READ,
        ("Enter", "F8", "F4"),
        (
            Press("row-down", TOP + "id: "),
            Press("row-up", TOP + "---"),
            Press("page-down", r"line 3\d\b"),
            Press("page-up", TOP + "---"),
            Press("undo", "Undone: start"),
            Press("redo", "Done again: start"),
            HELP,
            PALETTE,
            THEME,
            EXPORT,
            Press("leave", ROOM, back=("F4",)),
            QUIT,
        ),
        "line 1",
    ),
    Scope.HISTORY: Scene(
        "changes",
        ("Enter", "F8", "/history"),
        (
            Press("row-down", TOP + r".*“line 60”"),
            Press("row-up", TOP + ".*started the meeting"),
            Press("page-down", r"“line 1\d”"),
            Press("page-up", TOP + ".*started the meeting"),
            HELP,
            PALETTE,
            THEME,
            Press("leave", ROOM, back=("/history",)),
            QUIT,
        ),
        "line 60",
    ),
    Scope.SILENT: Scene(
        "██",
        ("Enter", "F8", "/silent"),
        (
            Press("pause", "The clock stands", back=("F5",)),
            Press("more-time", r"Welcome 5 min .* 1 min later"),
            HELP,
            PALETTE,
            THEME,
            Press("uncover", "❯ note", back=("/silent",)),
            QUIT,
        ),
    ),
}

CONSOLE = Scene(
    "Console · ",
    (),
    (
        Press("page-down", "Next: "),
        Press("page-up", "Welcome: say"),
        Press("more-time", r"Welcome 5 min .* 1 min later"),
        Press("undo", "Undone: change minutes"),
        Press("redo", "Done again: change minutes"),
        Press("take", r"Welcome 6 min .* as before"),
        Press("raise-line", r"line 60\b.*\n.*line 59\b"),
        Press("lower-line", r"line 59\b.*\n.*line 60\b"),
        Press("edit", "Editing: "),
        Press("later-line", "❯ note: type, Enter adds it"),
        Press("cancel", "Ctrl[+]Q leaves lrtui"),
        Press("complete", "❯ told @ana", before="told @an", back=("C-u",)),
        Press("pause", "The clock stands", back=("F5",)),
        Press("next", "Earlier actions: say"),
        Press("previous", "Welcome: say"),
        HELP,
        PALETTE,
        THEME,
        EXPORT,
        EDITOR,
        Press("setup", " set-up\n", back=("Escape",)),
        Press("preview", READ, back=("Escape",)),
        Press("close", CLOSE, back=("F7",)),
        QUIT,
    ),
)


WRITE_UP = Scene(
    "Alone +still empty",
    (),
    (
        Press("page-down", r"line 30\b"),
        Press("page-up", "Facts"),
        Press("next", "❯ Timeline: type"),
        Press("edit", "Editing: "),
        Press("later-line", "❯ Timeline: type, Enter adds it"),
        Press("cancel", "Ctrl[+]Q leaves lrtui"),
        Press("raise-line", r"line 30\b.*\n.*line 29\b"),
        Press("lower-line", r"line 29\b.*\n.*line 30\b"),
        Press("undo", "Undone: move line"),
        Press("redo", "Done again: move line"),
        Press("complete", "❯ told @ana", before="told @an", back=("C-u",)),
        Press("previous", "❯ Summary: type"),
        HELP,
        PALETTE,
        THEME,
        EXPORT,
        EDITOR,
        Press("setup", " set-up\n", back=("Escape",)),
        Press("preview", READ, back=("Escape",)),
        Press("close", "Closing: Alone", back=("F7",)),
        QUIT,
    ),
)

INSIGHTS = Scene(
    INSIGHT,
    ("F7",),
    (
        Press("row-down", "▸ quick-review"),
        Press("row-up", "▸ learning-review"),
        Press("page-down", "few: fewer than"),
        Press("page-up", "days after the incident"),
        HELP,
        PALETTE,
        THEME,
        Press("leave", "❯ search, or the title", back=("F7",)),
        QUIT,
    ),
)


@pytest.fixture
def reviews(library: object) -> None:
    """Fill the library: two drafts, one of them with sixty lines and somebody on the roster."""
    begun("--person", "Ana Lima: responder, payments")
    done("note", "slow", *(f"line {number}" for number in range(1, 61)))
    done("new", "--no-open", "--title", "Disk full")
    done("note", "disk", "a: alarm at 80 % !urgent", "a: swap the disk !low")


@pytest.mark.parametrize("scope", SCENES)
@pytest.mark.usefixtures("reviews")
def test_every_key_reaches_its_screen_and_does_its_thing(terminal: StartTerminal, scope: Scope) -> None:
    scene = SCENES[scope]
    keyed = [command.name for command in here(scope) if command.key]
    assert sorted(press.command for press in scene.presses) == sorted(keyed), "each key is to be pressed here"
    screen = terminal(LRTUI, env=FAILING)
    screen.wait("Learning reviews")
    screen.wait("Disk full")
    arrive(screen, scene)
    for press in scene.presses:
        try_out(screen, scene, press)


@pytest.mark.usefixtures("reviews")
def test_every_key_reaches_the_console_and_does_its_thing(terminal: StartTerminal) -> None:
    keyed = [command.name for command in here(Scope.CONSOLE) if command.key]
    assert sorted(press.command for press in CONSOLE.presses) == sorted(keyed), "each key is to be pressed here"
    room = terminal(LRTUI, env=FAILING)
    room.wait("Learning reviews")
    room.wait("Disk full")
    arrive(room, SCENES[Scope.ROOM])
    console = room.beside([*LRTUI, "console", "slow"], env=FAILING)
    see(console, CONSOLE.mark)
    for press in CONSOLE.presses:
        try_out(console, CONSOLE, press)


def test_every_key_reaches_the_page_of_a_write_up_and_does_its_thing(terminal: StartTerminal, library: Path) -> None:
    keyed = [command.name for command in here(Scope.WRITE_UP) if command.key]
    assert sorted(press.command for press in WRITE_UP.presses) == sorted(keyed), "each key is to be pressed here"
    done("new", "--no-open", "--solo", "--title", "Alone", "--person", "Ana Lima: responder")
    done("note", "alone", "--step", "timeline", *(f"t: line {number}" for number in range(1, 31)))
    assert library.is_dir()
    screen = terminal([*LRTUI, "open", "alone"], env=FAILING)
    see(screen, WRITE_UP.mark)
    for press in WRITE_UP.presses:
        try_out(screen, WRITE_UP, press)


def test_every_key_reaches_insight_and_does_its_thing(terminal: StartTerminal, library: Path) -> None:
    keyed = [command.name for command in here(Scope.INSIGHT) if command.key]
    assert sorted(press.command for press in INSIGHTS.presses) == sorted(keyed), "each key is to be pressed here"
    for number in range(3):
        hold(library, 9 * number, template="quick-review" if number == 2 else "learning-review")
    screen = terminal(LRTUI, size=(100, 24))
    screen.wait("Learning reviews")
    screen.wait("Review 18")
    screen.key("F7")
    see(screen, "2 reviews")
    for press in INSIGHTS.presses:
        try_out(screen, INSIGHTS, press)


def arrive(screen: Terminal, scene: Scene) -> None:
    """Go from the library to a screen, one key after the other has been answered."""
    for key, mark in zip(scene.way, (*(" set-up\n", ROOM)[: len(scene.way) - 1], scene.mark), strict=False):
        go(screen, key)
        see(screen, mark)
    see(screen, scene.mark)
    see(screen, scene.holds)


def go(screen: Terminal, key: str) -> None:
    """Press a key, or enter the word of a command that has none."""
    screen.type(key if key.startswith("/") else "")
    screen.key("Enter" if key.startswith("/") else key)


def try_out(screen: Terminal, scene: Scene, press: Press) -> None:
    """Press the key of a command; see what it does, which could not be seen before; come back."""
    if press.before:
        screen.type(press.before)
        see(screen, re.escape(press.before))
    screen.until(lambda _: not shows(screen, press.seen), f"{press.seen} gone before {press.command}")
    screen.key(tmux_name(BY_NAME[press.command].key))
    screen.type(press.after)
    see(screen, press.seen)
    if press.back:
        for key in press.back:
            go(screen, key)
        screen.until(lambda _: not shows(screen, press.seen), f"{press.seen} gone after {press.command}")
    if press is not QUIT:
        see(screen, scene.mark)


def shows(screen: Terminal, pattern: str) -> bool:
    """Tell whether the screen fits a pattern, in its text or in its colours."""
    return bool(re.search(pattern, screen.screen()) or re.search(pattern, screen.screen_ansi()))


def see(screen: Terminal, pattern: str) -> None:
    """Wait until the screen fits a pattern."""
    screen.until(lambda _: shows(screen, pattern), f"{pattern} on the screen")


def tmux_name(key: str) -> str:
    """Return what tmux calls a key: F5, C-z, NPage, Escape."""
    part, _, last = key.rpartition("+")
    held = {"ctrl": "C-", "shift": "S-", "": ""}[part]
    return held + (TMUX.get(last) or (last if part == "ctrl" else last.capitalize()))


FOREIGN = (
    *("F10", "F11", "F12", "S-F5", "C-F8", "M-F9", "IC"),
    *(f"C-{letter}" for letter in "abcejrs"),
    *("C-\\", "C-]", "C-_", "C-Space"),
    *("M-Up", "C-Up", "C-Down", "BTab"),
)


@pytest.mark.usefixtures("reviews")
def test_a_key_that_means_nothing_here_does_no_harm(terminal: StartTerminal) -> None:
    screen = terminal(LRTUI)
    screen.wait("Slow checkout")
    arrive(screen, SCENES[Scope.ROOM])
    before = done("show", "slow").stdout
    screen.type("half a line")
    see(screen, "❯ half a line")
    for key in FOREIGN:
        screen.key(key)
    screen.key("End")
    screen.type(", whole now")
    see(screen, r"❯ half a line, whole now +note")
    assert done("show", "slow").stdout == before
    screen.key("Enter")
    see(screen, "note +half a line, whole now")
    assert done("show", "slow").stdout == before + "- half a line, whole now\n"


@pytest.mark.usefixtures("reviews")
def test_a_key_of_another_screen_says_what_it_is_for_and_does_no_harm(terminal: StartTerminal) -> None:
    screen = terminal(LRTUI)
    screen.wait("Slow checkout")
    arrive(screen, SCENES[Scope.SETUP])
    before = done("show", "slow").stdout
    screen.type(" again")
    for key in ("F5", "F6", "F7", "C-g", "F9"):
        screen.key(key)
    screen.wait("F9 is “Closing” (room, console, write-up); here the review is being set up.")
    see(screen, "Title +Slow checkout again")
    assert done("show", "slow").stdout == before


@pytest.mark.usefixtures("reviews")
def test_letters_with_alt_are_nothing_but_letters(terminal: StartTerminal) -> None:
    screen = terminal(LRTUI)
    screen.wait("Slow checkout")
    arrive(screen, SCENES[Scope.ROOM])
    before = done("show", "slow").stdout
    screen.type("half a line ")
    screen.key("M-x", "M-q", "M-z", "M-:")
    see(screen, r"❯ half a line \S+ +note")
    assert done("show", "slow").stdout == before
