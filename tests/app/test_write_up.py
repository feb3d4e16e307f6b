"""The page of a review that is written alone: every section on it, no clock, and the line as in the room."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from lrtui.app.screens.closing import ClosingScreen
from lrtui.app.screens.hand import NEW
from lrtui.app.screens.reading import PreviewScreen
from lrtui.app.screens.room import RoomScreen
from lrtui.app.screens.setup import SetupScreen
from lrtui.app.screens.write_up import WriteUpScreen
from lrtui.app.widgets.capture import CaptureLine, Field
from lrtui.app.widgets.rows import Rows
from lrtui.desk import Desk
from lrtui.review import intents
from lrtui.review.model import Kind, State, Status
from tests.app.opening import Editor, begun, desk_in, live, opened

if TYPE_CHECKING:
    from pathlib import Path

    from lrtui.review.intents import Intent
    from tests.app.opening import Stage

SECTIONS = [
    "Summary",
    "Timeline",
    "What went well",
    "What was hard",
    "Learnings",
    "Open questions",
    "Actions",
    "Before you send",
]
CLOCK = re.compile(r"\d min\b|on time|behind|ahead|paused|not started|ends \d|\d:\d\d|\blate\b", re.IGNORECASE)


def alone(desk: Desk, *done: Intent) -> str:
    return begun(desk, "Slow checkout", *done, template="write-up")


def solo(desk: Desk, template: str) -> str:
    """Begin a review that is written alone by an agenda with minutes."""
    session = desk.begin("Slow checkout", template, solo=True)
    session.close()
    return session.name


def page(stage: Stage) -> dict[str, list[str]]:
    """Return what is written on the page, by section; that which is open is marked."""
    found: dict[str, list[str]] = {}
    for row in stage.screen.query_one("#lines", Rows).rows:
        if row.style == "heading" and row.key:
            found[row.text] = []
        elif row.selectable:
            found[list(found)[-1]].append(f"{row.lead} {row.text}".strip())
    return found


def written(stage: Stage) -> dict[str, list[str]]:
    return {section.removeprefix("▸ "): lines for section, lines in page(stage).items() if lines}


def marked(stage: Stage) -> list[str]:
    return [section.removeprefix("▸ ") for section in page(stage) if section.startswith("▸ ")]


def asked(stage: Stage) -> set[str]:
    return {row.text.removeprefix("· ") for row in stage.screen.query_one("#lines", Rows).rows if row.style == "muted"}


async def type_in(stage: Stage, text: str) -> None:
    stage.screen.query_one(CaptureLine).text = text
    await stage.settled()


async def test_all_sections_stand_on_one_page_and_the_first_one_is_open(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, alone(desk), size=(100, 60)) as stage:
        stage.at(WriteUpScreen)
        assert list(page(stage)) == ["▸ Summary", *SECTIONS[1:]]
        steps = stage.review.template.steps
        assert asked(stage) >= {prompt for step in steps for prompt in step.prompts} | {steps[0].coach}
        assert steps[1].coach not in asked(stage)
        assert stage.top.split() == ["Slow", "checkout", "nothing", "written", "yet"]
        assert stage.screen.query_one(Field).has_focus
        assert "❯ Summary: type, Enter adds it" in stage.shown()
        assert stage.said.startswith("Enter adds to the section that is marked ▸; F8 opens the next one")


async def test_enter_adds_to_the_open_section_and_keys_open_another(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = alone(desk)
    async with opened(desk, name) as stage:
        await stage.enter("Paying was slow.")
        await stage.run("next")
        assert marked(stage) == ["Timeline"]
        await stage.enter("14:05 rolled back")
        await stage.enter("/go learn")
        await stage.enter("A retry is load")
        await stage.run("previous")
        assert marked(stage) == ["What was hard"]
        await stage.enter("No graph of it")
        assert written(stage) == {
            "Summary": ["Paying was slow."],
            "Timeline": ["14:05 rolled back"],
            "What was hard": ["No graph of it"],
            "Learnings": ["A retry is load"],
        }
        await type_in(stage, "half")
    async with opened(desk, name) as stage:
        assert marked(stage) == ["What was hard"], "where one was"
        assert stage.said == "The line that was being typed is back."
        assert stage.typed == "half"
        assert stage.review.head.status is Status.DRAFT


async def test_a_section_in_which_something_is_written_asks_no_more_unless_it_is_open(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, alone(desk)) as stage:
        summary, timeline = stage.review.template.steps[:2]
        await stage.enter("Paying was slow.")
        assert set(summary.prompts) <= asked(stage)
        await stage.run("next")
        assert not set(summary.prompts) & asked(stage)
        assert {*timeline.prompts, timeline.coach} <= asked(stage)


async def test_a_line_stands_in_the_section_that_collects_its_kind(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, alone(desk, intents.add_people("Ana Lima: responder"))) as stage:
        for line, section in (
            ("14:05 rolled back", "Timeline"),
            ("+ calm voices", "What went well"),
            ("a: limit the retries @ana", "Actions"),
            ("? who else", "Open questions"),
        ):
            await stage.enter(line)
            assert stage.said == f"It stands under “{section}”."
        assert [action.state for action in stage.review.actions.values()] == [State.OPEN]
        await stage.enter("d: wait for the newsletter")
        assert stage.said == ""
        await stage.enter("// ana is tired")
        assert stage.said == "A private line is kept; it is not shown here."
        assert "tired" not in stage.shown()
        assert written(stage) == {
            "Summary": ["decision wait for the newsletter"],
            "Timeline": ["14:05 rolled back"],
            "What went well": ["calm voices"],
            "Open questions": ["who else"],
            "Actions": ["limit the retries"],
        }


async def test_the_title_line_says_in_words_what_is_still_empty(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, alone(desk), size=(200, 50)) as stage:
        await stage.enter("Paying was slow.")
        assert stage.top.endswith(f"still empty: {', '.join(SECTIONS[1:])}")
        await stage.pilot.resize_terminal(100, 30)
        await stage.settled()
        assert stage.top.endswith("still empty: Timeline, What went well, What was hard, Learnings and 3 more")
        await stage.pilot.resize_terminal(60, 20)
        await stage.settled()
        assert stage.top.endswith("still empty: Timeline and 6 more")
        for _ in SECTIONS[1:]:
            await stage.run("next")
            await stage.enter("something")
        assert stage.top.endswith("every section has something")
        await stage.run("delete")
        assert stage.top.endswith("still empty: Before you send")


async def test_up_goes_from_the_open_section_through_the_whole_page(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, alone(desk)) as stage:
        for line in ("one", "two", "l: three", "h: four"):
            await stage.enter(line)
        await stage.run("next", "edit")
        assert stage.typed == "two", "the one above the open section, which is empty"
        await stage.run("later-line")
        assert stage.typed == "h: four"
        assert marked(stage) == ["Timeline"]
        await stage.run("later-line")
        assert stage.typed == "l: three"
        await stage.run("later-line")
        assert stage.typed == "", "a new line after the last one"
        await stage.run("previous", "edit", "edit")
        await stage.enter("once")
        assert written(stage)["Summary"] == ["once", "two"]
        await stage.run("undo")
        assert written(stage)["Summary"] == ["one", "two"]


async def test_what_is_edited_is_read_as_in_its_own_section(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, alone(desk)) as stage:
        await stage.enter("one")
        await stage.enter("/go learn")
        await stage.run("edit")
        (line,) = [line for line in stage.lines() if "❯" in line]
        assert line.rstrip().endswith("note")
        await stage.run("cancel")
        await type_in(stage, "two")
        (line,) = [line for line in stage.lines() if "❯" in line]
        assert line.rstrip().endswith("learning")


async def test_without_any_line_there_is_nothing_to_edit(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, alone(desk)) as stage:
        await stage.run("edit")
        assert stage.said == "There is no line to edit here yet."
        assert stage.screen.query_one("#lines", Rows).selected is None


async def test_a_line_that_is_moved_to_a_section_becomes_what_that_is_for(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, alone(desk)) as stage:
        await stage.enter("two pagers")
        await stage.enter("/move what")
        assert "is none of: 1 Summary" in stage.said
        await stage.enter("/move what was")
        assert stage.said.endswith(" is moved to “What was hard”.")
        assert [entry.kind for entry in stage.review.entries.values()] == [Kind.WAS_HARD]
        await stage.run("next", "next", "next", "edit")
        await stage.enter("/kind learning")
        assert written(stage) == {"Learnings": ["two pagers"]}
        await stage.run("undo", "undo")
        assert written(stage) == {"Summary": ["two pagers"]}


async def test_a_line_is_moved_up_and_down_within_its_section(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, alone(desk)) as stage:
        for line in ("one", "two", "l: three"):
            await stage.enter(line)
        await stage.run("edit", "raise-line")
        assert written(stage)["Summary"] == ["two", "one"]
        await stage.run("raise-line")
        assert stage.said == "It is the first line of this step."
        await stage.run("lower-line", "lower-line")
        assert stage.said == "It is the last line of this step."
        assert written(stage) == {"Summary": ["one", "two"], "Learnings": ["three"]}


async def test_turning_the_page_is_nothing_that_is_undone(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, alone(desk)) as stage:
        await stage.enter("one")
        await stage.run("next", "next", "undo")
        assert stage.said.startswith("Undone: add line.")
        assert marked(stage) == ["What went well"]
        await stage.run("previous", "redo")
        assert written(stage) == {"Summary": ["one"]}


async def test_facts_and_moments_stand_on_the_page_and_are_added_there_as_is_the_title(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, alone(desk)) as stage:
        assert "not yet  service, severity, impact, noticed_by, started" in stage.shown()
        await stage.enter("/fact service checkout")
        await stage.enter("/moment started 11-22 11:52")
        await stage.enter("/title Slow at lunchtime")
        assert "known    service: checkout · started: 2026-11-22 11:52" in stage.shown()
        assert "not yet  severity, impact" in stage.shown()
        assert stage.top.startswith("Slow at lunchtime")
        await stage.run("setup")
        stage.at(SetupScreen)
        assert "goes back to the write-up" in stage.said
        assert not CLOCK.search("\n".join(stage.rows("#agenda")))
        await stage.run("start")
        stage.at(WriteUpScreen)
        assert stage.review.head.status is Status.DRAFT
        await stage.enter("/fact")
        assert stage.typed == "/fact"


async def test_a_template_that_asks_for_nothing_has_no_facts_on_its_page(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    desk.library.create()
    text = "name: ours\nversion: 1\ntitle: Ours\nsteps: [{key: one, title: One}]\n"
    (desk.library.root / "templates" / "ours.yaml").write_text(text)
    async with opened(desk, begun(desk, "", template="ours")) as stage:
        assert stage.rows("#lines") == ["▸ One", ""]
        assert stage.top.split() == ["Write-up", "nothing", "written", "yet"]
        await stage.enter("done")
        assert stage.top.endswith("every section has something")


@pytest.mark.parametrize("template", ["write-up", "near-miss"])
async def test_nothing_in_it_speaks_of_the_clock(tmp_path: Path, template: str) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, solo(desk, template)) as stage:
        seen = [stage.shown()]
        for _ in stage.review.template.steps[1:]:
            await stage.run("next")
            stage.clock.forward(4000)
            seen.append(stage.shown())
        await stage.run("next")
        stage.at(ClosingScreen)
        seen.append(stage.shown())
        await stage.run("finish")
        assert stage.said.startswith("F8 again ends the write-up")
        await stage.run("finish")
        assert stage.said.startswith("Done. F4 shows what is exported")
        seen.append(stage.shown())
        await stage.run("reopen")
        assert stage.said == "Taken up again, at its close. F8 at the close finishes it anew."
        await stage.run("room", "setup")
        seen.append(stage.shown())
        told = "\n".join(seen).replace("14:05", "").replace("+02:00", "")  # in what may be typed
        assert not CLOCK.search(told)
        assert stage.review.head.since is None
        assert not any(step.spent for step in stage.review.steps.values())


async def test_the_close_of_what_is_written_alone_asks_nobody_for_an_answer(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    for template in ("write-up", "near-miss"):
        async with opened(desk, solo(desk, template)) as stage:
            await stage.run("close")
            asked = [question.ask for question in stage.review.template.feedback]
            assert not [text for text in stage.rows("#hints") if any(ask in text for ask in asked)]
            await stage.enter("5")
            assert not stage.review.feedback


async def test_what_earlier_reviews_left_open_is_asked_in_the_section_about_it(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    begun(desk, "Old", intents.set_fact("service", "checkout"), intents.capture_line("a: watch the limit"))
    name = solo(desk, "near-miss")
    session = desk.open(name)
    session.perform(intents.set_fact("service", "checkout"))
    session.close()
    async with opened(desk, name) as stage:
        await stage.enter("/go earlier")
        await stage.worked()
        assert "watch the limit" in stage.shown()
        await stage.enter("/pass")
        assert stage.said == "Left as it is."
        assert "❯ Earlier actions: type" in stage.shown()


async def test_a_number_of_minutes_means_nothing_here(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, alone(desk)) as stage:
        await type_in(stage, "/+5")
        (line,) = [line for line in stage.lines() if "❯" in line]
        assert line.rstrip().endswith("command")
        await stage.enter("/+5")
        assert stage.warned
        await type_in(stage, "")
        await stage.enter("/late @ana")
        assert stage.said == "/late works in: room, console."


async def test_at_the_last_section_next_leads_to_the_close_and_back(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, alone(desk)) as stage:
        await stage.enter("/go 8")
        await stage.run("next")
        stage.at(ClosingScreen)
        await stage.run("room")
        stage.at(WriteUpScreen)
        await stage.enter("/go 1")
        await stage.run("previous")
        assert stage.said == "This is the first step."


async def test_a_finished_write_up_is_read_and_its_page_is_below(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, alone(desk, intents.capture_line("one", "summary"), intents.finish())) as stage:
        stage.at(PreviewScreen)
        await stage.run("leave")
        await stage.run("next", "next")
        assert marked(stage) == ["What went well"]
        assert stage.review.head.step == "", "nothing is written for turning the pages of what is done"


async def test_where_it_can_only_be_read_pages_are_turned_all_the_same(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = alone(desk)
    writer = desk.open(name)
    other = Desk(desk.library, clock=desk.clock, author="bo-81d2", zone="UTC", edit=Editor())
    async with opened(other, name) as stage:
        assert "read-only · nothing written yet" in stage.top
        await stage.run("next")
        assert marked(stage) == ["Timeline"]
        assert stage.review.head.step == ""
    writer.close()


async def test_what_somebody_else_writes_comes_onto_the_page(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = alone(desk)
    other = Desk(desk.library, clock=desk.clock, author="bo-81d2", zone="UTC")
    async with opened(desk, name) as stage:
        console = other.open_console(name)
        console.perform(intents.capture_line("h: two pagers", "timeline"))
        console.close()
        stage.at(WriteUpScreen).follow()
        await stage.settled()
        assert written(stage) == {"What was hard": ["two pagers"]}


async def test_an_agenda_with_a_clock_leads_to_the_room_and_one_without_to_the_page(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, alone(desk)) as stage:
        await stage.run("setup")
        stage.session.perform(intents.set_template(desk.template("quick-review")))
        await stage.run("start")
        await stage.settled()
        stage.at(RoomScreen)
        assert stage.review.head.status is Status.LIVE
    async with opened(desk, begun(desk, "Another")) as stage:
        stage.at(SetupScreen)
        stage.session.perform(intents.set_template(desk.template("write-up")))
        assert "starts the meeting" in stage.said
        await stage.run("start")
        stage.at(WriteUpScreen)
        assert stage.review.head.status is Status.DRAFT


async def test_the_open_section_is_in_view_also_in_a_small_terminal(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    lines = [intents.capture_line(f"line {number}", "timeline") for number in range(40)]
    async with opened(desk, alone(desk, *lines), size=(60, 20)) as stage:
        for section in SECTIONS:
            assert f"▸ {section}" in stage.shown() or "line 39" in stage.shown()
            await stage.enter(f"n: about {section}")
            assert f"about {section}" in stage.shown()
            await stage.run("next")
    async with opened(desk, alone(desk, intents.turn_to("close")), size=(60, 20)) as stage:
        assert "▸ Before you send" in stage.shown(), "where one was"


async def test_a_long_text_is_written_into_its_section(tmp_path: Path) -> None:
    desk = desk_in(tmp_path, editor=Editor(lambda _: "It was slow.\n\nThen it was over.\n"))
    name = alone(desk)
    async with opened(desk, name) as stage:
        await stage.run("editor")
        assert written(stage) == {"Summary": ["It was slow.\n\nThen it was over."]}
        assert "## Summary\n\nIt was slow.\n\nThen it was over.\n" in desk.markdown(stage.session)
        await stage.run("edit")
        assert stage.said.startswith("This text has several lines: ")
        await stage.run("cancel")
        assert desk.drafts.take(name) == {}
        await type_in(stage, "half")
    assert desk.drafts.take(name) == {NEW: "half"}


async def test_a_meeting_still_opens_where_it_is_in_its_life(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk)) as stage:
        stage.at(RoomScreen)
    async with opened(desk, begun(desk, "A draft")) as stage:
        stage.at(SetupScreen)
    async with opened(desk, solo(desk, "near-miss")) as stage:
        stage.at(WriteUpScreen)
