"""From an empty library to the exported file: one review of a real incident, held in a real terminal.

The incident is the DNS outage of 27 August 2018 that Taskcluster's team has described in public. What happened is told
after that account; the people, what they thought and what they decided are invented. The file that comes out is shown
as `docs/example.md`; LRTUI_WRITE_EXAMPLE=1 writes it anew.
"""

from __future__ import annotations

import os
import re
import signal
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from tests.cli.running import done
from tests.journeys.clocked import HeldClock
from tests.journeys.rooms import enter, first_start

if TYPE_CHECKING:
    from tests.conftest import StartTerminal
    from tests.terminal import Terminal

EXAMPLE = Path(__file__).parents[2] / "docs" / "example.md"
WRITE = os.environ.get("LRTUI_WRITE_EXAMPLE") == "1"  # read before a test gets an environment of its own

TITLE = "Moving name servers made the build service unreachable"
BEGINS = datetime(2018, 8, 30, 14, 0, tzinfo=UTC)

SETUP = (
    "",  # the title, typed already
    "Taskcluster",
    "sev1",
    "No host name of the service could be resolved; the source trees were closed to commits for nearly all of 17 hours",
    "colleague",
    "2018-08-27 ~19:00",
    "2018-08-27 19:26",
    "",  # left open until the close
    "2018-08-28 11:14",
    "2018-08-28 12:22",
    "",  # the meeting begins when it begins
    "#dns #rollback",
    "UTC",
)
PEOPLE = (
    "Ana Lima: responder, Build services",
    "Bo Chen: responder, Infrastructure",
    "Carla Ruiz: responder, Tree watch",
    "Dev Rao: expert, Networks",
    "Femi Ade: facilitator, Learning",
    "Greta Holm: decision maker, Infrastructure",
)
WELCOME = (
    "q: Why did taking back a change of minutes need most of a day to reach everybody? @ana",
    "// Bo was up all night: let him begin, and let him stop when he likes",
)
FIRST_HALF = (
    "08-27 ~19:00 The domain is pointed at new name servers, one of many that move; the new zone does not hold our"
    " records yet @bo #change",
    "~19:00-19:26 Cached answers run out, first here, then there: host names of the service stop resolving",
    "19:26 Builds fail everywhere; the trees are closed @carla",
    "t: Services that are still reached answer 500: they cannot find the one that checks who is asking",
    "19:39 The domain is pointed back at the old name servers @bo",
    "19:52 Lookups work from where we sit, and the trees are opened again @carla",
    "a: Watch our host names from outside our own network @dev #monitoring",
    "20:46 Failures have not stopped; the trees are closed a second time @carla",
)
FROM_CHAT = """\
21:01 All services are restarted, hoping that they ask for the names afresh @ana
22:41 The dashboard stops taking in results, so that it shows nothing wrong @carla

~22:45-11:00 The search goes on through the night and over three time zones @ana @bo
"""
NIGHT = (
    "d: Put the right records into the new zone by hand, rather than wait for the way back to spread @bo",
    "p: Stopping the dashboard is done by hand, and one person knows how @carla",
    "08-28 11:14 The right records are in the new zone: a cached answer leads to the service again @bo",
    "12:22 The trees are open; small repairs go on @carla",
)
FORGOTTEN = "08-28 11:57 Services are restarted once more, and this time find each other @ana"
LEARNINGS = (
    "The way back was as slow as the slowest cache: what the new servers had answered could be kept for 24 hours #ttl",
    "A lookup that works here says nothing about the next resolver; “fixed” was true for some and not for others",
    "The registrar does not ask whether the new zone is filled. Nothing stood between an empty zone and the world @dev",
    "+ Trees were closed minutes after the first failures, so nothing had to be taken out again @carla",
    "+ Going forward ended it some eight hours sooner than the way back would have",
    "h: Each of us saw a different half of the answers, and for hours both halves looked right",
    "h: At night nobody on duty could edit the new zone @greta",
    "? Did the other domains that moved that day fare better? @bo",
)
ACTIONS = (
    "Shorten the lifetime of records to five minutes a day before their name servers change, as a line of the change"
    " checklist @bo team:Infrastructure due:2018-09-07 !high #ttl",
    "Let a script compare old and new zone, record by record, before the registrar is touched @dev team:Networks"
    " ^2018-09-21 !medium ref:NET-118",
    "Give two people in each time zone the right to edit the new zones",
)
IDEA = "drop Networks plans this for all services at once"
SUMMARY = (
    "The domain of the build service was pointed at name servers that did not know its host names. The change was taken"
    " back within forty minutes, but the wrong answers could be cached for a day; the service came back when the right"
    " records were put into the new zone as well.",
    "What to remember: look up how long a wrong answer can live before changing who answers.",
)
CLOSE = ("Told after the public account of Taskcluster's team; the people and what they say here are invented.",)
SETTLED = (
    ("No owner yet: Give two people", "greta"),
    ("No date yet: Give two people", "2018-09-14"),
    ("Parked: Stopping the dashboard", "keep"),
    (
        "Open question: Why did taking back",
        "Because what is cached cannot be called back: one can only wait, or make the cached answer right.",
    ),
    ("Open question: Did the other", "keep"),
    ("No time yet: Somebody took it on", "2018-08-27 ~19:30"),
    ("No votes yet: Was it worth", "5 4 5 4 4 5"),
    ("No votes yet: Did you learn", "4 of 6"),
    ("No votes yet: Would you come", "6 of 6"),
    ("What one thing", "end"),
)


def as_kept(text: str) -> str:
    """Give the review the name that it has in the example: the end of a name is drawn by lot."""
    return re.sub(r'^(id: ".*-)[a-z0-9]{4}"$', r'\g<1>7k3q"', text, count=1, flags=re.MULTILINE)


def test_a_whole_review_from_an_empty_library_to_the_exported_file(
    terminal: StartTerminal, library: Path, tmp_path: Path
) -> None:
    clock = HeldClock(tmp_path / "clock", BEGINS)
    folder = tmp_path / "exported"
    folder.mkdir()
    screen = terminal(clock.command, cwd=folder, env={"TZ": "UTC"})
    set_up(screen)
    welcome(screen, clock)
    first_half(screen, clock)
    screen = killed_and_reopened(terminal, screen, clock, folder)
    second_half(screen, clock)
    learn_and_decide(screen, clock)
    close(screen)
    exported = read_and_export(screen, folder)
    assert library.is_dir()
    assert "up all night" not in exported
    if WRITE:
        EXAMPLE.write_text(as_kept(exported), "utf-8")
    assert as_kept(exported) == EXAMPLE.read_text("utf-8")


def set_up(screen: Terminal) -> None:
    """Begin the review; every field and everybody is there, and what there is to notice is said."""
    first_start(screen)
    screen.wait("No review yet.")
    screen.type(TITLE)
    screen.key("F2")
    screen.wait("All of this is optional.")
    enter(screen, *SETUP)
    enter(screen, *PEOPLE)
    shown = screen.until(lambda shown: "@greta" in shown and "@ana" in shown, "the roster")
    assert "2 working days after the end" in shown
    assert "Add people, as in" not in shown


def welcome(screen: Terminal, clock: HeldClock) -> None:
    """Start the clock; the step overruns, is given more time, and the next one begins."""
    screen.key("F8")
    screen.wait("of 4 min")
    enter(screen, *WELCOME)
    shown = screen.wait("A private line is kept; it is not shown here.")
    assert "up all night" not in shown
    clock.move(minutes=5, seconds=20)
    shown = screen.wait("over by 1:20")
    assert "1 min behind" in shown
    screen.key("F6", "F6")
    screen.wait("of 6 min")
    screen.gone("over by")
    screen.key("F8")
    screen.wait("▸ Earlier actions")


def first_half(screen: Terminal, clock: HeldClock) -> None:
    """Capture the evening; take a line back and put it in again; confirm what is pasted."""
    clock.move(minutes=1)
    screen.key("F8")
    screen.wait("of 33 min")
    enter(screen, *FIRST_HALF)
    screen.until(lambda shown: "closed a second time" in shown and "❯ event" in shown, "the last line")
    screen.key("C-z")
    screen.wait("Undone: add line.")
    screen.gone("closed a second time")
    screen.key("C-y")
    screen.wait("Done again: add line.")
    screen.wait("closed a second time")
    screen.paste(FROM_CHAT)
    screen.wait("3 lines pasted: Enter adds each")
    screen.key("Enter")
    screen.wait("3 lines added.")
    screen.resize(60, 20)
    screen.wait("step 3/7")
    screen.resize(100, 30)
    screen.wait("of 33 min")
    clock.move(minutes=9)


def killed_and_reopened(terminal: StartTerminal, screen: Terminal, clock: HeldClock, folder: Path) -> Terminal:
    """Kill the program in the middle of a line; what was entered is there again, and so is the half of the line."""
    enter(screen, *NIGHT[:2])
    screen.until(lambda shown: "one person knows how" in shown and "❯ event" in shown, "the parked line")
    before = done("show", "moving").stdout
    half = NIGHT[2][:40]
    screen.type(half)
    screen.wait(half)
    screen.until(lambda _: half in kept_drafts(), "the half-typed line on disk")
    screen.kill(signal.SIGKILL)
    assert screen.exit_status() == 128 + signal.SIGKILL
    clock.move(minutes=2)
    screen = terminal([*clock.command, "open", "moving"], cwd=folder, env={"TZ": "UTC"})
    shown = screen.wait("The line that was being typed is back.")
    assert half in shown
    assert "one person knows how" in shown
    assert "▸ Timeline          11/33" in shown
    after = done("show", "moving").stdout
    assert after == before
    for line in (*FIRST_HALF, *FROM_CHAT.split("\n"), *NIGHT[:2]):
        assert words_of(line) in after
    return screen


def kept_drafts() -> list[str]:
    """Return what is half typed anywhere in the library."""
    return [path.read_text("utf-8") for path in Path(os.environ["LRTUI_LIBRARY"]).rglob("*@*.txt")]


def words_of(line: str) -> str:
    """Return some words from the middle of a typed line, which are there however it is told."""
    return " ".join(line.split()[2:6])


def second_half(screen: Terminal, clock: HeldClock) -> None:
    """Type the other half of the line; go back for a line that was forgotten, which finds its place in time."""
    enter(screen, NIGHT[2][40:], *NIGHT[3:])
    screen.wait("The trees are open; small repairs go on")
    clock.move(minutes=21)
    screen.key("F8")
    screen.wait("▸ Learnings")
    screen.key("F7")
    screen.wait("▸ Timeline")
    enter(screen, FORGOTTEN)
    shown = screen.wait("11:57  ")
    assert shown.index("11:14") < shown.index("11:57") < shown.index("12:22")
    screen.key("F8")
    screen.wait("▸ Learnings")


def learn_and_decide(screen: Terminal, clock: HeldClock) -> None:
    """Go through the steps that follow; each takes its lines as what it is for."""
    for step, minutes, lines in (
        ("Learnings", 9, LEARNINGS),
        ("Actions", 6, (*ACTIONS, IDEA)),
        ("In short", 2, SUMMARY),
        ("Close", 4, CLOSE),
    ):
        screen.wait(f"▸ {step}")
        enter(screen, *lines)
        screen.wait(": type, Enter adds it")
        clock.move(minutes=minutes)
        screen.key("F8")


def close(screen: Terminal) -> None:
    """Settle what is still open, each point in place, and end the meeting."""
    for lacking, answer in SETTLED:
        screen.wait(f"▸ {lacking}")
        enter(screen, answer)
        screen.gone(f"▸ {lacking}")
    screen.wait("Nothing is left open.")
    screen.key("F8")
    screen.wait("F8 again ends the meeting")
    screen.key("F8")
    screen.wait("Done. Thank the room.")


def read_and_export(screen: Terminal, folder: Path) -> str:
    """Read what will be exported, write it, and leave; return what is in the file."""
    screen.key("F4")
    screen.wait(f"# {TITLE}")
    screen.key("F3")
    screen.wait("Copied to tmux's buffer")
    (file,) = folder.glob("*.md")
    screen.key("C-q")
    assert screen.exit_status() == 0
    assert not screen.alternate
    return file.read_text("utf-8")
