"""Where there is nothing yet, a screen says in a line what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtui.app.screens.console_rows import room, script
from lrtui.app.screens.room_rows import beginning, prompts
from lrtui.app.widgets.rows import Rows
from lrtui.review import intents
from lrtui.review.model import Review
from lrtui.review.template import EMPTY
from tests.app.opening import begun, desk_in, live, opened
from tests.doing import START

if TYPE_CHECKING:
    from pathlib import Path

NOTHING_YET = "Nothing is taken down here yet: type what is said, Enter adds it."


async def test_a_step_without_lines_says_what_to_type_until_there_is_one(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk)) as stage:
        assert stage.rows("#lines") == [NOTHING_YET]
        assert NOTHING_YET in stage.shown()
        await stage.run("edit", "raise-line", "other", "delete")
        assert stage.typed == "", "there is no line in it to be edited"
        await stage.enter("the first thing that is said")
        assert stage.rows("#lines") == ["the first thing that is said"]
        await stage.run("undo")
        assert stage.rows("#lines") == [NOTHING_YET]
        await stage.enter("// nobody sees this")
        assert stage.rows("#lines") == [NOTHING_YET], "what is private is no more shown than before"


async def test_a_step_without_lines_asks_nothing_of_who_only_reads(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, begun(desk, "Old one", intents.start(), intents.finish())) as stage:
        await stage.run("leave")
        assert stage.rows("#lines") == ["Nothing was taken down here."]


async def test_a_close_with_nothing_open_says_what_comes_next(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, begun(desk, "Written alone", intents.start(), template="write-up")) as stage:
        await stage.run("close")
        for answer in ("We look twice", "n/a", "n/a", "n/a", "n/a", "end"):
            await stage.enter(answer)
        assert stage.rows("#hints") == ["Nothing is left open. F8 finishes the write-up."]
        await stage.run("finish", "finish")
        assert stage.rows("#hints") == ["Nothing is left open. F3 exports the Markdown."]


async def test_a_document_with_nothing_in_it_says_what_will_be(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, begun(desk, "Slow checkout")) as stage:
        await stage.run("preview")
        assert stage.said == "Nothing is in it yet; facts, people and lines come here. Escape goes back."
        await stage.run("leave")
        stage.session.perform(intents.set_fact("service", "checkout"))
        await stage.run("preview")
        assert stage.said.startswith("This is what is exported")


async def test_a_console_without_roster_and_notes_says_how_to_have_them(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, begun(desk, "Slow checkout", intents.start()), console=True) as stage:
        assert stage.rows("#people") == [
            "/person Ana Lima: responder puts somebody on the roster.",
            "// words is a private note, which stands here.",
        ]
        assert not any(row.selectable for row in stage.screen.query_one("#people", Rows).rows)
        await stage.enter("/person Ana Lima: responder")
        assert stage.rows("#people")[0] == "In the room"


def test_a_review_without_an_agenda_does_not_promise_a_first_step() -> None:
    review = Review.read({})
    assert beginning(EMPTY, "F8") == "There is no agenda: type what is said, all on one list."
    assert [row.text for row in prompts(EMPTY, "", "F8")][1] == beginning(EMPTY, "F8")
    assert [row.text for row in script(review, "", START, "F8")] == [beginning(EMPTY, "F8")]
    assert len(room(review, START)) == 2
