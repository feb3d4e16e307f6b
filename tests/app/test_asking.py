"""What the room is asked about: earlier actions and early ideas, one by one, settled by a word or passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.events import Paste

from lrtui.app.screens.asking import AskingScreen
from lrtui.app.widgets.bars import MatterLine
from lrtui.app.widgets.capture import Chips, Field
from lrtui.app.widgets.rows import Rows
from lrtui.review import intents
from lrtui.review.model import State
from tests.app.opening import begun, desk_in, live, opened

if TYPE_CHECKING:
    from pathlib import Path

    from lrtui.desk import Desk
    from tests.app.opening import Stage

PEOPLE = "Ana Lima: responder, payments; Bo Chen: facilitator"


def asked(stage: Stage) -> str:
    """Return what the room is asked now; nothing where it is not asked."""
    matter = stage.screen.query_one(MatterLine)
    return matter.said if matter.display else ""


async def typing(stage: Stage, text: str) -> str:
    """Type a line; return what is understood of it."""
    stage.screen.query_one(Field).value = text
    await stage.settled()
    return stage.screen.query_one(Chips).text


def earlier(desk: Desk, *actions: str) -> str:
    return begun(
        desk,
        "Then",
        intents.add_people(PEOPLE),
        intents.set_fact("service", "checkout"),
        intents.start(),
        intents.capture_block(actions),
        intents.finish(),
        template="write-up",
    )


def states(desk: Desk, name: str) -> list[tuple[str, State]]:
    review = desk.read(desk.library.resolve(name))
    return [(action.text, action.state) for action in review.actions.values()]


async def test_earlier_actions_are_asked_about_one_by_one_in_their_step(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    then = earlier(desk, "a: raise the limit @ana due:2026-11-20 team:Payments", "a: test the retries", "a: tidy up")
    name = begun(desk, "Now", intents.set_fact("service", "checkout"), intents.start())
    async with opened(desk, name) as stage:
        assert asked(stage) == ""
        await stage.run("next")
        await stage.worked()
        assert asked(stage) == (
            "From an earlier review of 2026-11-23: raise the limit (Ana Lima, Payments, due 2026-11-20) · 2 more"
        )
        assert "Then" not in stage.shown(), "no other review's title stands on the shared screen"
        assert "done" in await typing(stage, "done seen in the load test")
        await stage.enter("done seen in the load test")
        assert states(desk, then)[0] == ("raise the limit", State.DONE)
        assert asked(stage).startswith("From an earlier review of 2026-11-23: test the retries")
        await stage.enter("x")
        assert "Say why" in stage.said
        assert stage.typed == "x"
        await stage.enter("drop the service is being retired")
        assert states(desk, then)[1] == ("test the retries", State.NOT_DOING)
        await stage.run("undo")
        await stage.worked()
        assert states(desk, then)[1] == ("test the retries", State.OPEN)
        assert asked(stage).startswith("From an earlier review of 2026-11-23: test the retries")
        await stage.enter("a note that answers nothing")
        assert stage.rows("#lines") == ["a note that answers nothing"]
        await stage.enter("/pass")
        assert asked(stage).startswith("From an earlier review of 2026-11-23: tidy up")
        await stage.enter("s")
        assert asked(stage) == ""
        assert states(desk, then)[2] == ("tidy up", State.OPEN)
        await stage.enter("/pass")
        assert stage.said == "Nothing is asked here that could be passed over."


async def test_where_no_earlier_action_is_open_the_step_about_them_says_so(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, begun(desk, "Now", intents.start())) as stage:
        assert asked(stage) == ""
        await stage.run("next")
        await stage.worked()
        assert asked(stage).startswith("Which service this is about is not said yet")
        await stage.enter("/fact service checkout")
        await stage.worked()
        assert asked(stage) == "No earlier action of this service is open."
        await stage.enter("a line is still a line")
        assert stage.rows("#lines") == ["a line is still a line"]
        await stage.run("next")
        assert asked(stage) == ""


async def test_early_ideas_come_back_one_by_one_at_the_actions_step(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "a: raise the limit", "a: page sooner", "a: sing more")) as stage:
        assert asked(stage) == ""
        await stage.enter("/go actions")
        assert asked(stage) == "Early idea: raise the limit · 2 more"
        assert "action" in await typing(stage, "take backups every day")
        assert "take" in await typing(stage, "take")
        await stage.enter("take")
        await stage.enter("drop nobody would notice")
        await stage.enter("park")
        assert [action.state for action in stage.review.actions.values()] == [State.OPEN, State.NOT_DOING]
        assert [entry.text for entry in stage.review.entries.values()] == ["sing more"]
        assert asked(stage) == ""
        leads = {row.text: (row.lead, row.style) for row in stage.screen.query_one("#lines", Rows).rows}
        assert leads["raise the limit"] == ("action", "text")
        assert leads["page sooner"] == ("dropped", "muted")
        await stage.run("undo")
        assert asked(stage) == "Early idea: sing more"
        await stage.enter("limit the retries @ana due:+2w")
        assert list(stage.review.actions.values())[-1].state is State.OPEN


async def test_who_only_reads_is_asked_nothing(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = live(desk, "a: raise the limit")
    writer = desk.open(name)
    async with opened(desk, name) as stage:
        await stage.enter("/go actions")
        assert asked(stage) == ""
    writer.close()


async def test_an_edit_is_no_answer(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "a: raise the limit")) as stage:
        await stage.enter("/go actions")
        await stage.run("edit")
        await stage.enter("a: take")
        (action,) = stage.review.actions.values()
        assert (action.text, action.state) == ("take", State.IDEA)


async def test_ballots_are_taken_only_where_the_vote_is_seen(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "caches", "retries")) as stage:
        await stage.enter("/vote")
        assert asked(stage).startswith("Vote: 3 dots each")
        assert any(now.words == "a vote is open" for now in stage.at(AskingScreen).now())
        await stage.enter("/go timeline")
        assert not asked(stage)
        assert any(now.words == "a vote is open in “Welcome”" for now in stage.at(AskingScreen).now())
        await stage.enter("1 2")
        assert stage.rows("#lines") == ["1 2"]
        await stage.enter("/go welcome")
        assert asked(stage).startswith("Vote: 3 dots each; no ballot is in yet")


async def test_a_pasted_block_makes_no_lines_of_ballots(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "caches", "retries")) as stage:
        await stage.enter("/vote")
        stage.screen.query_one(Field).post_message(Paste("1 2\n2 2"))
        await stage.settled()
        assert stage.said == "Ballots are typed one line at a time. Nothing of what was pasted is taken."
        await stage.enter("")
        assert len(stage.review.entries) == 2
        await stage.enter("1 2")
        assert stage.said == "A ballot is in."
