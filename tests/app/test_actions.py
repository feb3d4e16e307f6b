"""The screen of all open actions: found, settled on one line, taken back; fit to be seen by everybody."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from lrtui.app.screens.actions import ActionsScreen
from lrtui.app.screens.library import LibraryScreen
from lrtui.app.screens.reading import PreviewScreen
from lrtui.app.screens.setup import SetupScreen
from lrtui.app.widgets.capture import CaptureLine, Chips, Field
from lrtui.app.widgets.rows import Rows
from lrtui.review import intents
from lrtui.review.model import State
from tests.app.opening import begun, desk_in, opened
from tests.doing import Clock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from lrtui.desk import Desk
    from lrtui.review.model import Action
    from tests.app.opening import Stage

DAY = 86_400
PEOPLE = intents.add_people("Ana Lima: responder, payments; Bo Chen: expert, data")
LINES = (
    "rotate the certificate @bo due:2026-11-10 team:Data",
    "alarm at 80 % @ana due:2026-11-24",
    "read the runbook !low",
)


def captured(*lines: str) -> list[intents.Intent]:
    return [intents.capture_line(line, "actions") for line in lines]


def with_actions(tmp_path: Path) -> Desk:
    """Return a desk on a library with a review whose actions are overdue, due soon, and due by default."""
    desk = desk_in(tmp_path)
    begun(desk, "Slow checkout", PEOPLE, *captured(*LINES))
    return desk


def action(desk: Desk, text: str) -> Action:
    found = [action for review in desk.library.reviews() for action in desk.read(review.path).actions.values()]
    return next(action for action in found if action.text == text)


@asynccontextmanager
async def listing(desk: Desk, size: tuple[int, int] = (100, 30)) -> AsyncIterator[Stage]:
    """Open the actions from the library."""
    async with opened(desk, size=size) as stage:
        await stage.worked()
        await stage.run("actions")
        await stage.worked()
        stage.at(ActionsScreen)
        yield stage


async def type_in(stage: Stage, text: str) -> None:
    stage.screen.query_one(CaptureLine).text = text
    await stage.settled()


def selected(stage: Stage) -> str:
    rows = stage.screen.query_one(Rows)
    assert rows.selected is not None
    return rows.rows[rows.selected].text


async def test_actions_stand_by_date_and_the_title_says_how_many_are_pressing(tmp_path: Path) -> None:
    async with listing(with_actions(tmp_path)) as stage:
        assert stage.rows("#actions") == [
            "Overdue (1)",
            "rotate the certificate",
            "",
            "Due within two days (1)",
            "alarm at 80 %",
            "",
            "Due later (1)",
            "read the runbook",
        ]
        assert stage.top.rstrip().endswith("3 open · 1 overdue · 1 due within two days")
        shown = stage.shown()
        assert "~2027-01-18" in shown
        assert "by default for low" in shown
        assert "Bo Chen · Data" in shown


async def test_where_there_is_little_room_title_and_hint_are_said_shorter(tmp_path: Path) -> None:
    async with listing(with_actions(tmp_path), (60, 20)) as stage:
        field = stage.screen.query_one(Field)
        assert stage.top.strip().startswith("Actions by date ")
        assert stage.top.rstrip().endswith("3 open · 1 overdue · 1 due soon")
        assert field.placeholder.endswith("or a search")
        await stage.pilot.resize_terminal(100, 30)
        await stage.settled()
        assert stage.top.rstrip().endswith("1 due within two days")
        assert "team:X; or a search" in field.placeholder


async def test_they_are_put_together_by_team_and_by_owner_without_counting_people(tmp_path: Path) -> None:
    async with listing(with_actions(tmp_path)) as stage:
        await stage.run("group")
        assert [row for row in stage.rows("#actions") if "(" in row] == ["Data (1)", "No team yet (2)"]
        assert "overdue" in next(line for line in stage.lines() if "Bo Chen" in line)
        await stage.run("group")
        assert [row.text for row in stage.screen.query_one(Rows).rows if row.style == "heading"] == [
            "Ana Lima",
            "Bo Chen",
            "No owner yet",
        ]
        await stage.run("group")
        assert "Actions by date" in stage.top


async def test_a_short_answer_settles_the_selected_action_and_undo_takes_it_back(tmp_path: Path) -> None:
    desk = with_actions(tmp_path)
    async with listing(desk) as stage:
        await stage.enter("done we saw it in the game day")
        assert "Kept “done we saw it in the game day” for: rotate the certificate." in stage.said
        assert "rotate the certificate" not in stage.rows("#actions")
        assert selected(stage) == "alarm at 80 %"
        kept = action(desk, "rotate the certificate")
        assert (kept.state, kept.reason) == (State.DONE, "we saw it in the game day")
        await stage.worked()
        assert "rotate the certificate" not in stage.rows("#actions")
        await stage.run("undo")
        await stage.worked()
        assert "Taken back, for: rotate the certificate." in stage.said
        assert "rotate the certificate" in stage.rows("#actions")
        assert action(desk, "rotate the certificate").state is State.OPEN
        await stage.run("undo")
        assert stage.said.startswith("Nothing was changed here")


async def test_what_is_taken_back_is_selected_so_that_the_next_answer_is_for_it(tmp_path: Path) -> None:
    desk = with_actions(tmp_path)
    async with listing(desk) as stage:
        await stage.run("row-down")
        await stage.enter("done")
        assert selected(stage) == "read the runbook"
        await stage.run("undo")
        assert selected(stage) == "alarm at 80 %", "at once, before the catalog has been read again"
        await stage.worked()
        assert selected(stage) == "alarm at 80 %"
        await stage.enter("done it rang")
        assert action(desk, "alarm at 80 %").reason == "it rang"
        assert action(desk, "read the runbook").state is State.OPEN


async def test_what_is_taken_back_is_selected_also_when_something_else_is_searched_for(tmp_path: Path) -> None:
    async with listing(with_actions(tmp_path)) as stage:
        await stage.enter("done seen")
        await stage.enter("runbook")
        await type_in(stage, "read")
        await stage.run("undo")
        await stage.worked()
        assert (stage.typed, selected(stage)) == ("", "rotate the certificate")
        assert len(stage.rows("#actions")) == 8


async def test_state_date_owner_and_team_are_changed_as_typed(tmp_path: Path) -> None:
    desk = with_actions(tmp_path)
    async with listing(desk) as stage:
        for words in ("doing", "^+2w", "@ana", "team:Platform"):
            await stage.enter(words)
            await stage.worked()
            assert selected(stage) == "rotate the certificate"
        changed = action(desk, "rotate the certificate")
        assert (changed.state, changed.team, str(changed.due)) == (State.DOING, "Platform", "2026-12-07")
        await stage.enter("not doing")
        assert stage.warned
        assert stage.typed == "not doing", "what was refused is on the line again"


async def test_several_settings_are_one_change_and_a_date_that_has_passed_is_told(tmp_path: Path) -> None:
    desk = with_actions(tmp_path)
    async with listing(desk) as stage:
        await stage.enter("@ana team:Platform ^2020-01-01")
        await stage.worked()
        changed = action(desk, "rotate the certificate")
        assert (changed.team, str(changed.due)) == ("Platform", "2020-01-01")
        assert stage.said.endswith("That day has passed: it is overdue.")
        await stage.run("undo")
        back = action(desk, "rotate the certificate")
        assert (back.team, str(back.due)) == ("Data", "2026-11-10")


async def test_what_is_dropped_or_an_idea_again_is_settled_by_a_word(tmp_path: Path) -> None:
    desk = with_actions(tmp_path)
    async with listing(desk) as stage:
        await stage.enter("drop it is retired")
        assert action(desk, "rotate the certificate").state is State.NOT_DOING
        await stage.enter("idea")
        await stage.worked()
        assert action(desk, "alarm at 80 %").state is State.IDEA
        assert stage.rows("#actions") == ["Due later (1)", "read the runbook"]


async def test_a_done_without_words_is_kept_and_asked_about(tmp_path: Path) -> None:
    desk = with_actions(tmp_path)
    async with listing(desk) as stage:
        await stage.enter("done")
        assert "How do we know that it is done?" in stage.said
        assert action(desk, "rotate the certificate").state is State.DONE


async def test_other_words_search_and_an_answer_never_changes_what_is_listed(tmp_path: Path) -> None:
    async with listing(with_actions(tmp_path)) as stage:
        await type_in(stage, "runbook")
        assert stage.rows("#actions") == ["Due later (1)", "read the runbook"]
        assert stage.screen.query_one(Chips).text == "search"
        for words in ("d", "done", "done runbook", "^", "@b", "not doing runbook"):
            await type_in(stage, words)
            assert len(stage.rows("#actions")) == 8, words
            assert stage.screen.query_one(Chips).text == "settles it"
        await type_in(stage, "nowhere to be found")
        assert "No open action has these words." in stage.shown()


async def test_a_search_is_kept_with_enter_and_left_step_by_step(tmp_path: Path) -> None:
    desk = with_actions(tmp_path)
    async with listing(desk) as stage:
        await stage.enter("runbook")
        assert (stage.typed, stage.rows("#actions")) == ("", ["Due later (1)", "read the runbook"])
        assert "“runbook”" in stage.top
        await stage.enter("doing")
        await stage.worked()
        assert action(desk, "read the runbook").state is State.DOING
        await type_in(stage, "half")
        await stage.run("leave")
        assert stage.typed == ""
        assert "“runbook”" in stage.top
        await stage.run("leave")
        assert len(stage.rows("#actions")) == 8
        await stage.run("leave")
        stage.at(LibraryScreen)


async def test_enter_alone_opens_the_review_and_leaving_it_comes_back_to_what_is_open_now(tmp_path: Path) -> None:
    desk = with_actions(tmp_path)
    async with listing(desk) as stage:
        await stage.enter("")
        stage.at(SetupScreen)
        session = stage.session
        session.perform(intents.set_state(next(iter(session.review.actions)), State.DONE))
        await stage.run("leave")
        await stage.worked()
        stage.at(ActionsScreen)
        assert "rotate the certificate" not in stage.rows("#actions")


async def test_two_working_days_after_the_review_a_second_look_is_asked_for_first(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    begun(desk, "Slow checkout", PEOPLE, *captured(*LINES), intents.finish())
    assert isinstance(desk.clock, Clock)
    desk.clock.forward(2 * DAY)
    async with opened(desk) as stage:
        await stage.worked()
        assert "second look due: 1" in stage.top
        await stage.run("actions")
        await stage.worked()
        assert stage.rows("#actions")[0] == "Still the right actions? (3)"
        for _ in range(3):
            assert any("Bo Chen · Data" in line for line in stage.lines()), "the heading tells neither"
            await stage.run("group")
        await stage.enter("still")
        await stage.worked()
        assert stage.rows("#actions")[0] == "Still the right actions? (2)"
        assert "rotate the certificate" in stage.rows("#actions")
        await stage.enter("")
        stage.at(PreviewScreen)


async def test_what_is_typed_for_an_action_that_somebody_else_settles_is_no_answer_to_the_next(tmp_path: Path) -> None:
    desk = with_actions(tmp_path)
    async with listing(desk) as stage:
        await type_in(stage, "done seen")
        (review,) = desk.library.reviews()
        desk.follow_up(review.name, 1, "moved OPS-1")
        stage.at(ActionsScreen)._look_again()
        await stage.worked()
        assert "Somebody else has settled that action." in stage.said
        assert (stage.typed, selected(stage)) == ("", "alarm at 80 %")
        assert action(desk, "alarm at 80 %").state is State.OPEN


async def test_a_review_that_is_open_elsewhere_is_left_alone_and_the_words_stay(tmp_path: Path) -> None:
    desk = with_actions(tmp_path)
    other = desk.open("slow")
    async with listing(desk) as stage:
        await stage.enter("done seen")
        assert "open elsewhere" in stage.said
        assert stage.typed == "done seen"
        assert "rotate the certificate" in stage.rows("#actions")
    other.close()


async def test_without_actions_the_screen_says_so(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    begun(desk, "Disk full")
    async with listing(desk) as stage:
        assert stage.rows("#actions") == ["No review has an open action."]
        await stage.enter("done")
        assert stage.said == "There is no action to settle."
        await stage.enter("")
        assert stage.said == "There is no action to settle."


async def test_nothing_private_and_no_hint_on_wording_is_shown(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    lines = captured("be more careful with zebras", "// quagga between us")
    begun(desk, "Slow checkout", PEOPLE, *lines)
    async with listing(desk) as stage:
        assert "zebras" in stage.shown()
        assert "quagga" not in stage.shown()
        assert "what change in the system" not in stage.shown().lower()


async def test_of_many_actions_the_first_are_listed_and_the_rest_is_told(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    begun(desk, "Slow checkout", *captured(*(f"action {number}" for number in range(1, 311))))
    async with listing(desk) as stage:
        rows = stage.screen.query_one(Rows).rows
        assert sum(row.selectable for row in rows) == 300
        assert rows[-1].text == "And 10 more: type words to find what you look for."
        await type_in(stage, "action 310")
        assert [row.text for row in stage.screen.query_one(Rows).rows if row.selectable] == ["action 310"]
