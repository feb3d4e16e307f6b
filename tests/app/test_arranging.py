from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

from lrtui.app.screens.dialogs import CommandDialog
from lrtui.app.screens.room_rows import nothing_yet
from lrtui.app.widgets.rows import Rows
from lrtui.review.model import Kind, State
from tests.app.opening import desk_in, live, opened

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app.opening import Stage


async def typed(stage: Stage, text: str) -> None:
    """Type at the end of the line, as keys do."""
    stage.screen.query_one(Input).insert_text_at_cursor(text)
    await stage.settled()


async def test_a_line_moves_up_and_down_by_key_and_back_by_undo(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "one", "two", "three")) as stage:
        await stage.run("edit", "raise-line")
        assert stage.rows("#lines") == ["one", "three", "two"]
        assert stage.typed == "three", "the line stays in hand"
        await stage.run("raise-line")
        assert stage.rows("#lines") == ["three", "one", "two"]
        await stage.run("raise-line")
        assert stage.said == "It is the first line of this step."
        await stage.run("lower-line")
        assert stage.rows("#lines") == ["one", "three", "two"]
        await stage.run("undo", "undo")
        assert stage.rows("#lines") == ["one", "three", "two"]
        await stage.run("undo")
        assert stage.rows("#lines") == ["one", "two", "three"]
        await stage.run("cancel")
        await stage.enter("four")
        assert stage.rows("#lines") == ["one", "two", "three", "four"]


async def test_a_slash_behind_a_selected_line_begins_a_command_about_it(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "one", "two")) as stage:
        await stage.run("edit", "edit")
        assert stage.typed == "one"
        await typed(stage, "/")
        assert stage.typed == "/"
        await stage.enter("/move 3")
        assert stage.said == "Moved to “Timeline”."
        assert stage.rows("#lines") == ["two"]
        assert stage.typed == ""
        await stage.run("edit")
        await typed(stage, " and")
        await typed(stage, "/")
        assert stage.typed == "two and/", "a changed line is text"


async def test_a_line_changes_its_kind_by_word(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "caches hide it")) as stage:
        await stage.enter("/kind learn")
        (entry,) = stage.review.entries.values()
        assert (entry.kind, stage.said) == (Kind.LEARNING, "Now it is: learning.")
        await stage.enter("/kind w")
        assert "is none of" in stage.said
        assert stage.typed == "/kind w"
        await stage.enter("/kind private")
        assert stage.rows("#lines") == [nothing_yet(reads=False).text]
        assert "not shown" in stage.said


async def test_lines_under_one_heading_stand_together(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "retries are load", "lunch", "caches hide it")) as stage:
        await stage.enter("/under Load")
        await stage.run("edit", "edit", "edit")
        await stage.enter("/under Load")
        assert stage.rows("#lines") == ["Load", "  retries are load", "  caches hide it", "lunch"]
        await stage.run("preview")
        assert "- **Load**\n  - retries are load\n  - caches hide it\n- lunch" in "\n".join(stage.rows("#document"))


async def test_a_command_that_needs_words_is_put_on_the_line_by_the_palette(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "one")) as stage:
        await stage.run("edit")
        await stage.run("palette")
        assert isinstance(stage.app.screen, CommandDialog)
        await stage.enter("change kind")
        assert stage.typed == "/kind "
        assert stage.screen.query_one("#lines", Rows).selected_key is not None
        await stage.enter("/kind decision")
        (entry,) = stage.review.entries.values()
        assert entry.kind is Kind.DECISION


async def test_an_action_gets_a_state_and_a_criterion_by_word(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "a: raise the limit", "not an action")) as stage:
        await stage.enter("/state doing")
        assert stage.said == "“raise the limit” is now: doing. Ctrl+Z takes it back."
        await stage.enter("/done-when a load test stays under 1 s")
        (action,) = stage.review.actions.values()
        assert (action.state, action.done_when) == (State.DOING, "a load test stays under 1 s")
        shown = "\n".join(stage.lines())
        assert "Done when: a load test stays under 1 s" in shown
        assert "doing" in shown
        await stage.enter("/done-when off")
        await stage.enter("/state moved OPS-12")
        (action,) = stage.review.actions.values()
        assert (action.state, action.reason, action.done_when) == (State.MOVED, "OPS-12", "")
        await stage.run("edit")
        await stage.enter("/state done")
        assert stage.said == "No action is selected: Up selects a line."
        assert stage.typed == "/state done"


async def test_an_edit_keeps_what_an_action_is_done_by(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "a: raise the limit")) as stage:
        await stage.enter("/done-when the test passes")
        await stage.run("edit")
        await stage.enter("a: raise the limit twice")
        (action,) = stage.review.actions.values()
        assert (action.text, action.done_when) == ("raise the limit twice", "the test passes")


async def test_a_line_moves_past_all_that_stand_under_one_heading(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "before", "one", "two", "after")) as stage:
        for line in ("one", "two"):
            await stage.run("edit")
            while stage.typed != line:
                await stage.run("edit")
            await stage.enter("/under Load")
            await stage.run("cancel")
        assert stage.rows("#lines") == ["before", "Load", "  one", "  two", "after"]
        await stage.run("edit", "raise-line")
        assert (stage.typed, stage.rows("#lines")) == ("after", ["before", "after", "Load", "  one", "  two"])
        await stage.run("raise-line")
        assert stage.rows("#lines") == ["after", "before", "Load", "  one", "  two"]
        await stage.run("lower-line", "lower-line")
        assert stage.rows("#lines") == ["before", "Load", "  one", "  two", "after"]
        assert stage.said.startswith("Moved.")


async def test_a_line_under_a_heading_moves_among_its_own_and_its_first_takes_them_along(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "before", "one", "two", "after")) as stage:
        await stage.run("edit", "edit")
        await stage.enter("/under Load")
        await stage.run("edit", "edit", "edit")
        await stage.enter("/under Load")
        await stage.run("edit", "edit")
        assert stage.typed == "two"
        await stage.run("lower-line")
        assert stage.said == "It is the last line under “Load”: /under alone takes it out."
        assert stage.rows("#lines") == ["before", "Load", "  one", "  two", "after"]
        await stage.run("raise-line")
        assert stage.rows("#lines") == ["before", "Load", "  two", "  one", "after"]
        await stage.run("raise-line")
        assert stage.rows("#lines") == ["Load", "  two", "  one", "before", "after"]
