"""The first start in a real terminal: the lesson, from the first key on, and the library after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.journeys.rooms import LRTUI, enter, first_start

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import StartTerminal

TITLE = "The capture line, in a minute"
LESSON = ("it was slow", "14:05 rolled back @ana", "a: limit the retries @bo due:fri", "// Ana looks tired")


def test_the_lesson_is_done_as_fast_as_one_types_and_nothing_of_it_is_kept(
    terminal: StartTerminal, library: Path
) -> None:
    screen = terminal(LRTUI)
    screen.wait(TITLE)
    screen.type("".join(f"{line}\r" for line in LESSON))
    shown = screen.wait("Enter goes on.")
    assert shown.count("✓") == len(LESSON)
    screen.key("Enter")
    screen.gone(TITLE)
    shown = screen.wait("❯ search, or the title of a new review")
    assert "No review yet." in shown
    assert not library.exists()
    screen.key("C-q")
    assert screen.exit_status() == 0
    assert b"tired" not in screen.raw()


def test_whoever_knows_the_line_is_past_it_with_one_key_and_sees_it_no_more(
    terminal: StartTerminal, library: Path
) -> None:
    screen = terminal(LRTUI)
    first_start(screen)
    screen.type("Slow checkout")
    screen.key("F2")
    screen.wait(" set-up")
    screen.key("C-q")
    assert screen.exit_status() == 0
    assert library.exists()
    again = terminal(LRTUI)
    assert TITLE not in again.wait("Slow checkout")
    again.key("C-p")
    again.wait("Enter chooses")
    enter(again, "by doing")
    again.wait(TITLE)
