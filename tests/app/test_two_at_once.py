"""What must not happen while room and console work on one review, or in front of everybody."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from textual.events import Paste
from textual.widgets import Input

from lrtui.app.screens.meeting import MeetingScreen
from lrtui.app.widgets.rows import Rows
from lrtui.review import intents, intents_room
from lrtui.review.model import Kind, State
from tests.app.opening import begun, desk_in, live, opened

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from lrtui.desk import Desk
    from tests.app.opening import Stage


async def typed(stage: Stage, text: str) -> None:
    """Type at the end of the line, as keys do."""
    stage.screen.query_one(Input).insert_text_at_cursor(text)
    await stage.settled()


async def entered(stage: Stage) -> None:
    """Press Enter on what is typed."""
    await stage.screen.query_one(Input).action_submit()
    await stage.settled()


async def followed(stage: Stage) -> None:
    stage.at(MeetingScreen).follow()
    await stage.settled()


async def test_a_command_without_a_selection_never_means_a_private_note(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = live(desk, "pager rings", "// Bo is close to tears")
    async with opened(desk, name) as stage:
        await stage.enter("/kind learning")
        assert [(entry.text, entry.kind) for entry in stage.review.entries.values()] == [
            ("pager rings", Kind.LEARNING),
            ("Bo is close to tears", Kind.PRIVATE),
        ]
        await stage.enter("/delete")
        assert [entry.kind for entry in stage.review.entries.values()] == [Kind.PRIVATE]
        await stage.enter("/delete")
        assert stage.said == "There is no line in this step yet."


async def test_room_and_console_keep_what_is_half_typed_apart(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = live(desk)
    async with opened(desk, name, console=True) as stage:
        await typed(stage, "ask Bo why he froze")
    async with opened(desk, name) as stage:
        assert stage.typed == ""
        await stage.enter("said in the room")
    async with opened(desk, name, console=True) as stage:
        assert stage.typed == "ask Bo why he froze"


async def test_at_the_close_a_private_line_is_masked_kept_and_no_answer(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "a: limit the retries", "q: why twice?")) as stage:
        await stage.run("close")
        for _ in range(4):
            await typed(stage, "// Bo looks ill")
            assert "looks ill" not in stage.shown()
            await entered(stage)
            assert "looks ill" not in stage.shown()
            assert stage.said == "A private line is kept; it is not shown here."
            await stage.run("row-down")
        assert "looks ill" not in desk.markdown(stage.session)
        await typed(stage, "3")
        assert "❯ 3" not in stage.shown(), "nobody reads how somebody votes"


async def test_a_click_during_a_changed_edit_is_refused_in_a_sentence(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "one", "two")) as stage:
        await stage.run("edit")
        await typed(stage, "!")
        rows = stage.screen.query_one("#lines", Rows)
        rows.post_message(Rows.Pointed(rows, rows.rows[0].key))
        await stage.settled()
        assert stage.said.startswith("This line is changed and not kept yet")
        assert stage.typed == "two!"


async def test_an_edit_does_not_overwrite_unseen_what_somebody_else_made_of_the_line(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = live(desk, "the pager")
    beside = desk.open_console(name)
    async with opened(desk, name) as stage:
        (key,) = stage.review.entries
        await stage.run("edit")
        await typed(stage, " rang")
        beside.perform(intents.edit_line("entries", key, "her pager"))
        await followed(stage)
        await entered(stage)
        assert "changed this line to “her pager”. Enter again keeps yours" in stage.said
        assert stage.typed == "the pager rang"
        assert stage.review.entries[key].text == "her pager"
        await entered(stage)
        assert stage.review.entries[key].text == "the pager rang"
        await stage.run("undo")
        assert stage.review.entries[key].text == "her pager"


async def test_an_answer_does_not_land_on_another_matter(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = live(desk, "a: raise the limit", "a: page sooner")
    beside = desk.open_console(name)
    async with opened(desk, name) as stage:
        await stage.enter("/go actions")
        first = next(iter(stage.review.actions))
        await typed(stage, "drop nobody would notice")
        beside.perform(intents_room.settle_idea(first, "take"))
        await followed(stage)
        await entered(stage)
        assert stage.said.startswith("What this was about is settled by now.")
        assert stage.typed == "drop nobody would notice"
        assert [action.state for action in stage.review.actions.values()] == [State.OPEN, State.IDEA]


async def test_a_ballot_that_comes_too_late_is_shown_to_nobody(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = live(desk, "caches", "retries")
    beside = desk.open_console(name)
    async with opened(desk, name) as stage:
        await stage.enter("/vote")
        await stage.enter("1")
        await typed(stage, "2 2 2")
        beside.follow()
        (vote,) = beside.review.votes
        beside.perform(intents_room.reveal_vote(vote))
        await followed(stage)
        await entered(stage)
        assert stage.said == "What this was about is settled by now. It was not taken."
        assert stage.typed == ""
        assert len(stage.review.entries) == 2


async def test_a_pasted_block_that_waits_comes_back(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = live(desk)
    async with opened(desk, name) as stage:
        stage.screen.query_one(Input).post_message(Paste("one\ntwo"))
        await stage.settled()
    async with opened(desk, name) as stage:
        await stage.enter("")
        assert stage.rows("#lines") == ["one", "two"]
    async with opened(desk, name) as stage:
        await stage.enter("")
        assert stage.rows("#lines") == ["one", "two"], "and only once"


async def test_undo_after_an_earlier_answer_takes_back_what_was_done_last(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    served = [intents.set_fact("service", "checkout"), intents.start()]
    then = begun(desk, "Then", *served, intents.capture_line("a: alert on p99"), template="write-up")
    async with opened(desk, begun(desk, "Now", *served, intents.next_step())) as stage:
        await stage.worked()
        await stage.enter("drop nobody reads it")
        await stage.enter("d: we keep the flag off")
        (entry,) = stage.review.entries.values()
        assert (entry.kind, entry.text) == (Kind.DECISION, "we keep the flag off")
        await stage.run("undo")
        assert not stage.review.entries
        (action,) = desk.read(desk.library.resolve(then)).actions.values()
        assert action.state is State.NOT_DOING
        await stage.run("undo")
        (action,) = desk.read(desk.library.resolve(then)).actions.values()
        assert action.state is State.OPEN


async def test_the_service_may_become_known_in_the_step_about_earlier_actions(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    agreed = intents.capture_line("a: alert on p99", "actions")
    begun(desk, "Then", intents.set_fact("service", "checkout"), intents.start(), agreed)
    async with opened(desk, begun(desk, "Now", intents.start(), intents.next_step())) as stage:
        await stage.worked()
        await stage.enter("/fact service checkout")
        await stage.worked()
        assert "alert on p99" in stage.shown()


async def made_private(desk: Desk, stage: Stage, words: str = "// Bo was close to tears") -> None:
    """Make the only line private, as somebody in the console does, while the room has not looked yet."""
    (key,) = stage.review.entries
    beside = desk.open_console(stage.session.name)
    beside.perform(intents.edit_line("entries", key, words))
    beside.close()


@pytest.mark.parametrize("typed_more", ["", " at noon"])
@pytest.mark.parametrize("first", [followed, entered])
async def test_a_line_that_turns_private_while_it_is_edited_is_let_go_without_a_word_of_it(
    tmp_path: Path, typed_more: str, first: Callable[[Stage], Awaitable[None]]
) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "Bo was slow")) as stage:
        await stage.run("edit")
        await typed(stage, typed_more)
        await made_private(desk, stage)
        await first(stage)
        assert "tears" not in stage.shown()
        assert stage.said.startswith("The line that was edited is not shown here any more.")
        assert stage.typed == ("Bo was slow at noon" if typed_more else "")
        assert [entry.kind for entry in stage.review.entries.values()] == [Kind.PRIVATE]


@pytest.mark.parametrize("command", ["/kind action", "/move actions", "/under Load", "/delete"])
async def test_no_command_reaches_a_line_that_has_turned_private(tmp_path: Path, command: str) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "Bo was slow")) as stage:
        await stage.run("edit")
        await made_private(desk, stage)
        await typed(stage, "/")
        await stage.enter(command)
        assert "tears" not in stage.shown()
        assert not stage.review.actions
        assert [(entry.kind, entry.under) for entry in stage.review.entries.values()] == [(Kind.PRIVATE, "")]


async def test_the_tags_of_private_lines_are_not_offered(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "one #bottleneck", "// two #bo-is-tired")) as stage:
        await typed(stage, "three #bo")
        await stage.run("complete")
        assert stage.typed == "three #bottleneck "


async def test_the_close_shows_what_the_console_settles_and_takes_no_answer_for_another_point(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = live(desk)
    async with opened(desk, name) as stage:
        for line in ("first thing", "second thing"):
            stage.session.perform(intents.capture_line(f"a: {line} due:fri", "actions"))
        await stage.run("close")
        asked = next(row for row in stage.rows("#hints") if "first thing" in row)
        while (
            stage.screen.query_one("#hints", Rows).rows[stage.screen.query_one("#hints", Rows).selected or 0].text
            != asked
        ):
            await stage.run("row-down")
        await typed(stage, "ana")
        key = next(action.id for action in stage.review.actions.values() if action.text == "first thing")
        beside = desk.open_console(name)
        beside.perform(intents.edit_line("actions", key, "a: first thing @bo due:fri team:shop"))
        beside.close()
        await until(lambda: asked not in stage.rows("#hints"))
        assert stage.typed == ""
        assert "not taken: “ana”" in stage.said
        await entered(stage)
        assert all(not action.owners for action in stage.review.actions.values() if action.text == "second thing")


@pytest.mark.parametrize("text", ["/fact severity sev1", "// Bo looks ill"])
async def test_what_answers_no_point_stays_on_the_line_when_one_is_settled(tmp_path: Path, text: str) -> None:
    desk = desk_in(tmp_path)
    name = live(desk, "q: why twice?")
    async with opened(desk, name) as stage:
        await stage.run("close")
        while "why twice" not in stage.rows("#hints")[stage.screen.query_one("#hints", Rows).selected or 0]:
            await stage.run("row-down")
        await typed(stage, text)
        (key,) = stage.review.entries
        beside = desk.open_console(name)
        beside.perform(intents.delete_line("entries", key))
        beside.close()
        await until(lambda: not any("why twice" in row for row in stage.rows("#hints")))
        assert stage.typed == text
        assert not stage.said.startswith("Somebody else")


async def until(there: Callable[[], bool]) -> None:
    """Wait for what comes by itself, by the clock of the screen."""
    async with asyncio.timeout(10):
        while not there():  # noqa: ASYNC110 - a timer of the program is waited for
            await asyncio.sleep(0.05)
