from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest
from textual.events import Paste

from lrtui.app.screens.closing import ClosingScreen
from lrtui.app.screens.hand import NEW
from lrtui.app.screens.room import RoomScreen
from lrtui.app.widgets.capture import CaptureLine, Field
from lrtui.app.widgets.rows import Rows
from lrtui.review import agenda, intents
from lrtui.review.model import Kind, Presence, State
from tests.app.opening import begun, desk_in, live, opened
from tests.doing import apart_from_time

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app.opening import Stage

KINDS = {
    "said": Kind.NOTE,
    "14:02 pager": Kind.EVENT,
    "d: roll back": Kind.DECISION,
    "? why then": Kind.QUESTION,
    "* limits age": Kind.LEARNING,
    "p: lunch": Kind.PARKED,
    "+ calm voices": Kind.WENT_WELL,
    "h: no log": Kind.WAS_HARD,
}


def field(stage: Stage) -> Field:
    return stage.screen.query_one(Field)


async def type_in(stage: Stage, text: str) -> None:
    stage.screen.query_one(CaptureLine).text = text
    await stage.settled()


async def paste(stage: Stage, text: str) -> None:
    field(stage).post_message(Paste(text))
    await stage.settled()


def texts(stage: Stage) -> list[str]:
    return [entry.text for entry in stage.review.entries.values()]


async def test_a_line_of_every_kind_is_captured_by_enter_and_seen(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk)) as stage:
        for line, kind in KINDS.items():
            await stage.enter(line)
            assert stage.typed == ""
            assert list(stage.review.entries.values())[-1].kind is kind
        await stage.enter("a: raise the limit @ana ^2026-12-01")
        (action,) = stage.review.actions.values()
        assert action.state is State.IDEA
        shown = stage.shown()
        for words in ("said", "14:02", "pager", "decision", "question", "learning", "parked", "went well", "was hard"):
            assert words in shown
        assert "idea" in shown
        assert "due 12-01 @ana" in shown
        assert stage.rows("#agenda")[-2:] == ["  Parked", "  Early ideas"]
        assert field(stage).has_focus


async def test_a_private_line_is_kept_and_never_shown(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk)) as stage:
        await stage.enter("// ana sounds tired")
        assert stage.said == "A private line is kept; it is not shown here."
        assert "tired" in texts(stage)[0]
        await stage.enter("seen")
        await stage.run("edit")
        assert stage.typed == "seen"
        await stage.run("edit")
        assert stage.typed == "seen", "there is none above that is shown"
        await stage.run("cancel")
        seen = []
        for name in ("close", "preview", "leave", "room", "help"):
            await stage.run(name)
            seen.append("\n".join(stage.lines()))
        assert not any("tired" in screen for screen in seen)


async def test_what_is_understood_is_shown_while_typing_and_backspace_makes_it_text_again(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk)) as stage:
        for typed, chips in (
            ("14:31 retry storm @bo", "event · 11-23 14:31 · @bo"),
            ("11-22 23:50 queue full", "event · 11-22 23:50"),
            ("a: raise it !high due:2026-12-01", "action · !high · due Tue 2026-12-01"),
            ("/skip", "command"),
            ("/var/log is full", "note"),
        ):
            await type_in(stage, typed)
            (line,) = [line for line in stage.lines() if "❯" in line]
            assert line.rstrip().endswith(chips), line
        await type_in(stage, "paged @bo ")
        field(stage).action_unchip_or_delete_left()
        await stage.settled()
        assert stage.typed == "paged \\@bo "
        assert "· @bo" not in stage.shown()
        field(stage).action_unchip_or_delete_left()
        assert stage.typed == "paged \\@bo"
        await stage.enter(stage.typed)
        assert texts(stage) == ["paged @bo"]
        assert stage.review.entries[next(iter(stage.review.entries))].who == ()


async def test_up_edits_and_escape_leaves_the_line_and_what_was_being_typed_alone(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "one", "two #db")) as stage:
        await type_in(stage, "half")
        await stage.pilot.press("up")
        assert stage.typed == "two #db"
        assert any(line.lstrip("▕ ").startswith("▸ ") and "two" in line for line in (row[27:] for row in stage.lines()))
        await stage.pilot.press("up")
        assert stage.typed == "one"
        await stage.pilot.press("down", "down")
        assert stage.typed == "half"
        await stage.pilot.press("up")
        await stage.enter("two and a half #db")
        assert texts(stage) == ["one", "two and a half"]
        assert stage.typed == "half"
        before = stage.review
        await stage.pilot.press("up")
        field(stage).value = "changed"
        await stage.pilot.press("escape")
        assert (stage.typed, stage.review) == ("half", before)
        await stage.pilot.press("escape")
        assert stage.typed == "half"
        stage.at(RoomScreen)


async def test_an_edit_to_nothing_takes_the_line_away_and_so_does_delete(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "one", "two", "three")) as stage:
        await stage.run("edit", "edit")
        await stage.enter("")
        assert stage.said == "Deleted: “two”. Ctrl+Z brings it back."
        assert texts(stage) == ["one", "three"]
        assert stage.typed == ""
        await stage.enter("/delete")
        assert texts(stage) == ["one"]
        await stage.run("undo", "undo")
        assert texts(stage) == ["one", "two", "three"]
        await stage.run("redo")
        assert texts(stage) == ["one", "three"]


async def test_a_click_on_a_line_edits_it_and_a_click_on_a_step_opens_it(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "one", "two")) as stage:
        row = next(at for at, line in enumerate(stage.lines()) if "one" in line[28:])
        await stage.pilot.click("#lines", offset=(10, row - stage.screen.query_one("#lines").region.y))
        assert stage.typed == "one"
        await stage.run("cancel")
        await stage.pilot.click("#agenda", offset=(5, 2))
        assert stage.review.head.step == "timeline"


async def test_commands_are_typed_too_and_what_is_none_keeps_its_words(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk)) as stage:
        await stage.enter("/+5")
        assert stage.review.steps["welcome"].planned == 9 * 60
        await stage.enter("/-3")
        assert stage.review.steps["welcome"].planned == 6 * 60
        await stage.enter("/late @bo")
        await stage.enter("/person Chi Wu: observer, data")
        await stage.enter("/fact severity sev2")
        await stage.enter("/moment detected 2026-11-22 14:02")
        assert stage.said == "Kept: First noticed, 2026-11-22 14:02."
        await stage.enter("/moment detected 14:05")
        assert stage.said == "Kept: First noticed, 2026-11-22 14:05."
        await stage.enter("/moment mitigated n/a")
        assert stage.said == "Kept: Impact eased, not applicable."
        await stage.run("undo", "undo")
        assert [person.presence for person in stage.review.participants.values()] == [
            Presence.PRESENT,
            Presence.LATE,
            Presence.PRESENT,
        ]
        assert stage.review.head.facts["severity"] == "sev2"
        assert stage.review.moments["detected"].when == "2026-11-22T14:02"
        for typed, answer in (
            ("/nxt", "Did you mean /next?"),
            ("/qqqqqq", "Ctrl+P lists what there is."),
            ("/finish", "/finish works in: closing."),
            ("/late @zoe", "Nobody on the roster is called “@zoe”"),
            ("/late", "Something is missing"),
            ("/moment noon 14:02", "is none of this template's moments"),
            ("/go nowhere", "“nowhere” is none of: 1 Welcome"),
            ("/+99999999999999999999", "6 d 23 h later. Ctrl+Z takes it back."),
        ):
            await stage.enter(typed)
            assert answer in stage.said
            if stage.warned:
                assert stage.typed == typed
            await type_in(stage, "")
        assert texts(stage) == []


async def test_tab_completes_people_kinds_and_commands(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "said #database", people="Ana Lima: responder, payments; Anton Rey")) as stage:
        for typed, completed in (
            ("paged @ant", "paged @anton "),
            ("paged @an", "paged @an"),
            ("paged @rey", "paged @anton "),
            ("#da", "#database "),
            ("team:pay", "team:payments "),
            ("/ski", "/skip "),
            ("x !ur", "x !urgent "),
        ):
            await type_in(stage, typed)
            await stage.pilot.press("tab")
            assert stage.typed == completed
        await type_in(stage, "paged @an")
        await stage.run("complete")
        assert stage.said == "@ana  @anton"


async def test_a_pasted_block_becomes_lines_after_one_confirming_key(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk)) as stage:
        await paste(stage, "14:02 pager\r\n\r\na: raise the limit\nsaid\x1b[2J\n")
        assert stage.said.startswith("3 lines pasted: Enter adds")
        assert not texts(stage)
        await stage.pilot.press("escape")
        assert stage.said == "The pasted lines were left out."
        await stage.pilot.press("enter")
        assert not texts(stage)
        await paste(stage, "14:02 pager\nsaid")
        await stage.pilot.press("enter")
        assert texts(stage) == ["pager", "said"]
        await stage.run("undo")
        assert not texts(stage)
        await paste(stage, "only one line\n")
        assert stage.typed == "only one line"


async def test_a_paste_beside_half_a_line_loses_neither(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk)) as stage:
        await type_in(stage, "half a line")
        await paste(stage, "one\ntwo")
        await stage.pilot.press("enter")
        assert texts(stage) == ["one", "two"]
        assert stage.typed == "half a line"


async def test_a_paste_with_times_that_stand_alone_is_added_whole(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk)) as stage:
        await paste(stage, "14:02\nAna: pager\na:\n")
        await stage.pilot.press("enter")
        assert texts(stage) == ["14:02", "Ana: pager", "a:"]


async def test_steps_are_gone_through_skipped_and_returned_to(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "said in the first step")) as stage:
        await stage.run("next")
        assert "said in the first step" not in stage.shown()
        assert stage.rows("#agenda")[:3] == ["✓ Welcome", "▸ Earlier actions", "  Timeline"]
        await stage.run("skip")
        assert stage.rows("#agenda")[1] == "– Earlier actions"
        await stage.enter("/go 1")
        assert "said in the first step" in stage.shown()
        await stage.enter("/go learn")
        assert stage.review.head.step == "learnings"
        await stage.run("previous")
        assert stage.review.head.step == "timeline"
        await stage.enter("/go close")
        await stage.run("next")
        stage.at(ClosingScreen)


async def test_overrun_is_told_in_figures_and_in_words_and_a_minute_more_helps(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk)) as stage:
        stage.clock.forward(5 * 60 + 20)
        stage.at(RoomScreen).tick()
        await stage.settled()
        shown = stage.shown()
        assert "+1:20" in shown
        assert "over by 1:20" in shown
        assert "1 min behind" in stage.top
        for _ in range(2):
            await stage.run("more-time")
        assert "over by" not in stage.shown()
        assert "of 6 min" in stage.shown()


async def test_the_clock_stands_and_goes_on(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk)) as stage:
        await stage.run("pause")
        assert stage.said == "The clock stands. F5 lets it go on."
        assert "paused" in stage.top
        stage.clock.forward(600)
        await stage.run("pause")
        assert stage.said == "The clock runs."
        assert "on time" in stage.top
        assert "over" not in stage.shown()


async def test_the_open_room_gives_a_sign_of_life_by_which_a_crash_costs_seconds(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = live(desk)
    async with opened(desk, name) as stage:
        stage.clock.forward(240)
        stage.at(RoomScreen).tick()
        file = desk.library.alive_file(name)
        assert file.stat().st_mtime == stage.clock().timestamp()
    assert not file.exists()


async def test_a_step_without_minutes_shows_no_clock(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    desk.library.create()
    (desk.library.root / "templates" / "ours.yaml").write_text(
        "name: ours\nversion: 1\ntitle: Ours\nsteps: [{key: one, title: One}, {key: two, title: Two, minutes: 5}]\n"
    )
    async with opened(desk, begun(desk, "Slow", intents.start(), template="ours")) as stage:
        assert stage.screen.query_one("#time").display is False
        await stage.run("next")
        assert stage.screen.query_one("#time").display is True


async def test_undo_and_redo_also_of_steps_and_time(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "one")) as stage:
        before = stage.review
        await stage.run("next", "more-time", "undo", "undo")
        assert apart_from_time(stage.review) == apart_from_time(before)
        assert agenda.pace(stage.review, stage.clock()) == agenda.pace(before, stage.clock())
        assert stage.said == "Undone: next step. Ctrl+Y does it again."
        await stage.run("redo")
        assert stage.review.head.step == "earlier"
        assert stage.said == "Done again: next step."


async def test_a_full_disk_brings_the_line_back_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = desk_in(tmp_path)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    async with opened(desk, live(desk)) as stage:
        with monkeypatch.context() as broken:
            broken.setattr(os, "fdatasync", full)
            await stage.enter("said")
            assert stage.typed == "said"
            assert stage.said.startswith("The disk is full")
            assert stage.warned
            assert not texts(stage)
            await stage.run("next")
            assert stage.review.head.step == "welcome"
        await stage.enter(stage.typed)
        assert texts(stage) == ["said"]


async def test_half_a_line_comes_back_after_the_program_has_ended(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = live(desk, "one")
    desk.drafts.keep(name, NEW, "half a li")
    async with opened(desk, name) as stage:
        assert stage.typed == "half a li"
        assert stage.said == "The line that was being typed is back."
        await stage.enter("half a line")
    async with opened(desk, name) as stage:
        assert stage.typed == ""


async def test_a_line_out_of_view_is_shown_when_it_is_added_and_pages_lead_back(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    lines = [f"{10 + number // 60}:{number % 60:02} event {number}" for number in range(60)]
    async with opened(desk, live(desk, *lines)) as stage:
        assert "event 59" in stage.shown()
        await stage.run("page-up", "page-up", "page-up", "page-up")
        assert "event 0\n" in stage.shown()
        assert "event 59" not in stage.shown()
        await stage.enter("10:30 added in the middle")
        assert "added in the middle" in stage.shown()
        rows = stage.screen.query_one("#lines", Rows)
        assert [row.text for row in rows.rows].index("added in the middle") == 31


@pytest.mark.parametrize("name", ["next", "previous", "pause", "more-time", "skip"])
async def test_a_draft_can_be_opened_in_the_room_without_harm(tmp_path: Path, name: str) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "one")) as stage:
        await stage.run("undo", "undo")  # the line and the start
        assert "Not started" in stage.shown()
        await stage.run(name)
        await stage.enter("said before the start")
        assert "said before the start" in stage.shown()


async def test_a_key_of_the_line_does_what_it_does_once(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk)) as stage:
        await stage.pilot.press("o", "n", "e", "x", "y", "backspace", "left", "backspace", "home", "a", "end", "b")
        assert stage.typed == "aonxb"
        await stage.pilot.press("enter", "enter")
        assert texts(stage) == ["aonxb"]


async def test_a_due_date_that_is_not_understood_is_said_while_typing_and_once_when_it_is_entered(
    tmp_path: Path,
) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk)) as stage:
        stage.screen.query_one(Field).value = "a: page sooner due:someday"
        await stage.settled()
        assert "due? someday" in stage.shown()
        await stage.enter("a: page sooner due:someday")
        assert stage.said.startswith("“someday” is not understood as a date, and kept as words.")
        assert [action.text for action in stage.review.actions.values()] == ["page sooner due:someday"]
        await stage.run("edit")
        await stage.enter("a: page sooner due:31/12")
        assert stage.said.startswith("Changed.")
        assert "“31/12” is not understood as a date" in stage.said
        await stage.enter("a: raise the limit")
        assert stage.said == ""
