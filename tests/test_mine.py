"""What the library tells a facilitator of their own reviews, and nobody else."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from lrtui import mine
from lrtui.review import feedback, intentions, intents
from lrtui.review.intents import Intent
from tests.app.opening import desk_in
from tests.doing import Clock

if TYPE_CHECKING:
    from pathlib import Path

    from lrtui.desk import Desk

BO = "bo-81d2"


def vote(typed: str) -> Intent:
    return Intent("vote", lambda review, context: feedback.answered(review, "roti", typed, context.new_id))


def held(desk: Desk, title: str, *done: Intent) -> str:
    """Hold a review, led by whoever sits at the desk, a day after the last one."""
    assert isinstance(desk.clock, Clock)
    desk.clock.forward(timedelta(days=1).total_seconds())
    session = desk.begin(title)
    for intent in (intents.start(), intents.next_step(), *done):
        session.perform(intent)
    session.close()
    return session.name


def led(desk: Desk) -> list[mine.Led]:
    return mine.led(desk.library, desk.author, desk.clock)


def test_the_reviews_that_one_led_are_told_with_their_return_on_time_from_four_answers_on(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    held(desk, "First", vote("5 4 4 3"))
    held(desk, "Second", vote("5 4"))
    first, second = led(desk)
    assert (first.title, second.title) == ("First", "Second")
    assert first.told is not None
    assert first.told.tally is not None
    assert first.told.tally.average == 4.0
    assert second.told is not None
    assert (second.told.count, second.told.tally) == (2, None)


def test_of_a_review_that_somebody_else_led_nothing_is_told(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = held(desk, "Led by Ana", vote("5 4 4 3"))
    desk.author = BO
    session = desk.open(name)
    session.perform(intents.capture_line("a line of Bo's"))
    session.close()
    assert led(desk) == []
    held(desk, "Led by Bo")
    assert [item.title for item in led(desk)] == ["Led by Bo"]


def test_who_leads_from_the_console_leads(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = held(desk, "Led from both")
    desk.author = BO
    console = desk.open_console(name)
    for _ in range(3):
        console.perform(intents.next_step())
    console.close()
    assert [item.title for item in led(desk)] == ["Led from both"]


def test_what_is_written_alone_was_led_by_nobody(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    session = desk.begin("Alone", "write-up", solo=True)
    session.perform(intents.open_step(session.review.template.steps[1].key))
    session.close()
    assert led(desk) == []


def test_what_one_meant_to_do_is_recalled_in_ones_next_review_and_in_nobody_elses(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = held(desk, "First", intentions.intend(desk.author, "Next time I will let silence stand longer"))
    later = held(desk, "Second", intentions.intend(BO, "speak up"))

    def recalled(author: str, besides: str) -> str:
        found = mine.last_intended(desk.library, author, desk.clock, besides=besides)
        return found.text if found else ""

    assert recalled(desk.author, later) == "let silence stand longer"
    assert recalled(desk.author, name) == ""
    assert recalled(BO, name) == "", "Bo has no journal in it"


def test_a_review_that_cannot_be_read_stands_in_nobodys_way(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    held(desk, "First", intentions.intend(desk.author, "listen"))
    broken = held(desk, "Second")
    (desk.library.resolve(broken) / f"{desk.author}.jsonl").write_bytes(b"\x00\xff")
    assert [item.title for item in led(desk)] == ["First"]
