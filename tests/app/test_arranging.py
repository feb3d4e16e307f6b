from __future__ import annotations

from typing import TYPE_CHECKING

from textual.events import Key
from textual.widgets import Input

from lrtui.app.screens.dialogs import CommandDialog
from lrtui.app.screens.room_rows import nothing_yet
from lrtui.app.widgets.capture import CaptureLine
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
        assert stage.said == "“one” is moved to “Timeline”."
        assert stage.rows("#lines") == ["two"]
        assert stage.typed == ""
        await stage.run("edit")
        await typed(stage, " and")
        await typed(stage, "/")
        assert stage.typed == "two and/", "a changed line is text"


async def test_a_slash_behind_a_selected_line_begins_a_command_also_in_a_burst(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "one", "two")) as stage:
        await stage.run("edit")
        field = stage.screen.query_one(CaptureLine).field
        for key, sign in (("slash", "/"), ("k", "k"), ("i", "i"), ("n", "n"), ("d", "d"), ("space", " "), ("d", "d")):
            field.post_message(Key(key, sign))
        field.post_message(Key("enter", None))
        await stage.settled()
        assert [entry.kind for entry in stage.review.entries.values()] == [Kind.NOTE, Kind.DECISION]


async def test_the_word_for_it_selects_a_line_as_the_key_does(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "one", "two")) as stage:
        await stage.enter("/edit")
        assert (stage.typed, stage.screen.query_one("#lines", Rows).selected) == ("two", 1)
        await stage.run("edit")
        assert stage.typed == "one"


async def test_up_takes_the_line_that_was_added_last_wherever_it_stands(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk)) as stage:
        await stage.run("next", "next")
        for line in ("14:20 all well", "14:05 pager", "14:30 closed"):
            await stage.enter(line)
        await stage.enter("14:10 rolled back")
        await stage.run("edit")
        assert stage.typed.endswith("14:10 rolled back")
        await stage.run("edit")
        assert stage.typed.endswith("14:05 pager")
        await stage.run("later-line", "later-line")
        assert stage.typed.endswith("14:20 all well")


async def test_a_command_is_about_a_line_of_another_step_where_only_such_are_shown(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "l: two clocks, two truths")) as stage:
        await stage.enter("/go learnings")
        await stage.enter("/under Clocks")
        assert stage.rows("#lines") == ["Clocks", "  two clocks, two truths"]


async def test_a_line_changes_its_kind_by_word(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "caches hide it")) as stage:
        await stage.enter("/kind learn")
        (entry,) = stage.review.entries.values()
        assert (entry.kind, stage.said) == (Kind.LEARNING, "“caches hide it” is now a learning.")
        await stage.enter("/kind wobbly")
        assert stage.said.startswith("“wobbly” is no kind of line. The kinds are: event (t:), note (n:), ")
        assert stage.typed == "/kind wobbly"
        await stage.enter("/kind hard")
        assert stage.said == "“caches hide it” is now among what was hard."
        await stage.enter("/kind todo")
        assert stage.said == "“caches hide it” is now an early idea, which waits for the step about actions."
        await stage.enter("/kind private")
        assert stage.rows("#lines") == [nothing_yet(reads=False).text]
        assert "not shown" in stage.said


async def test_an_event_that_is_moved_says_that_it_stands_in_the_timeline_as_well(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk)) as stage:
        await stage.enter("/go timeline")
        await stage.enter("14:02 rolled back")
        await stage.enter("/move learnings")
        assert stage.said == (
            "“rolled back” is moved to “Learnings”. "
            "It stands in “Timeline” as well, where every event does; /kind changes what it is."
        )
        assert stage.rows("#lines") == ["rolled back"]


async def test_lines_under_one_heading_stand_together(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "retries are load", "lunch", "caches hide it")) as stage:
        await stage.enter("/under Load")
        await stage.run("edit", "edit", "edit")
        await stage.enter("/under Load")
        assert stage.said.startswith("“retries are load” stands under “Load”.")
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
