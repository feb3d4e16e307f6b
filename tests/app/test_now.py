"""Help begins with what is of use just now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.events import Paste

from lrtui.app.screens.base import CommandScreen
from lrtui.app.widgets.capture import CaptureLine, Field
from lrtui.app.widgets.rows import Rows
from lrtui.commands import Scope, here
from lrtui.desk import Desk
from lrtui.review import intents
from lrtui.settings.values import Settings
from lrtui.store.library import Library
from tests.app.opening import begun, desk_in, live, opened
from tests.app.test_registry import WAYS, review_at
from tests.doing import Clock

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app.opening import Stage


async def told(stage: Stage) -> dict[str, list[str]]:
    """Return the commands that help lists, by the headings that they stand under."""
    await stage.run("help")
    found: dict[str, list[str]] = {}
    for row in stage.dialog.query_one("#choices", Rows).rows:
        if row.style == "heading":
            found[row.text] = []
        elif row.key:
            found[list(found)[-1]].append(row.key)
    stage.dialog.dismiss(None)
    await stage.settled()
    return found


async def nows(stage: Stage) -> dict[str, list[str]]:
    """Return what help says of just now."""
    return {key.removeprefix("Now: "): names for key, names in (await told(stage)).items() if key.startswith("Now: ")}


async def test_while_a_line_is_edited_help_begins_with_what_ends_the_edit(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "said")) as stage:
        await stage.run("edit")
        editing, *_ = (await nows(stage)).items()
        assert editing == (
            "a line is edited; Enter keeps the change",
            ["cancel", "delete", "raise-line", "lower-line", "move", "kind", "under"],
        )
        await stage.run("cancel")
        assert await nows(stage) == {"what is typed becomes: note": ["next", "edit", "undo", "complete", "editor"]}


async def test_while_a_paste_waits_help_says_what_enter_and_the_other_key_do(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk)) as stage:
        stage.screen.query_one(Field).post_message(Paste("one\ntwo"))
        await stage.settled()
        assert (await nows(stage))["pasted lines wait; Enter adds each as a line of its own"] == ["cancel"]
        await stage.run("cancel")
        assert not [words for words in await nows(stage) if "pasted" in words]


async def test_an_open_vote_is_told_of_before_the_clock(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "one", "two")) as stage:
        await stage.run("pause", "vote")
        found = await nows(stage)
        assert list(found)[:2] == ["a vote is open", "the clock stands"]
        assert found["a vote is open"] == ["reveal", "vote"]
        assert found["the clock stands"] == ["pause"]
        await stage.enter("1 2")
        await stage.run("reveal")
        assert "a vote is revealed" in await nows(stage)


async def test_what_the_room_is_asked_is_told_with_what_passes_it_over(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "a: raise the limit")) as stage:
        await stage.enter("/go actions")
        asked = "the room is asked; type take, park, or drop and why; anything else is a new action"
        assert (await nows(stage))[asked] == ["pass"]
        await stage.run("pass")
        assert asked not in await nows(stage)


async def test_what_the_clock_asks_for_is_told(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk)) as stage:
        stage.session.beat()
        stage.clock.forward(600)
        stage.session.beat()
        found = await nows(stage)
        assert found["the clock has leapt"] == ["uncount", "count"]
        assert found["the step has run over"] == ["more-time", "take", "next", "end"]
        await stage.enter("/go 7")
        assert (await nows(stage))["this is the last step"] == ["close"]


async def test_in_a_review_that_is_done_help_says_how_to_read_it_and_take_it_up_again(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, begun(desk, "Old one", intents.start(), intents.finish())) as stage:
        assert list(await nows(stage)) == ["the document is read"]
        await stage.run("leave")
        found = await nows(stage)
        assert found == {"the review is done": ["next", "previous", "preview", "export", "reopen", "library"]}


async def test_a_review_that_another_has_open_is_told_to_be_read_only(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = live(desk)
    other = Desk(Library(desk.library.root), clock=Clock(), author="bo-81d2", zone="UTC").open(name)
    async with opened(desk, name) as stage:
        assert list(await nows(stage)) == ["this review can only be read here"]
    other.close()


async def test_at_the_close_help_begins_with_the_point_that_is_selected(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "a: raise the limit")) as stage:
        await stage.run("close")
        first, *_ = (await nows(stage)).items()
        assert first[0].startswith("“")
        assert "waits; type" in first[0]
        assert first[1] == ["settle", "row-down", "row-up"]
        await stage.run("finish", "finish")
        assert (await nows(stage))["the review is done"][:2] == ["preview", "export"]


async def test_the_library_tells_what_enter_is_for(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    begun(desk, "Disk full")
    async with opened(desk) as stage:
        await stage.worked()
        assert await nows(stage) == {"a review is selected": ["open", "row-down", "row-up", "new"]}
        stage.screen.query_one(CaptureLine).text = "nothing like it"
        await stage.settled()
        assert await nows(stage) == {"there is no review to open": ["new", "leave"]}
        await stage.run("leave", "new")
        assert await nows(stage) == {"a title is asked for; Enter begins the review": ["new", "leave"]}


async def test_the_set_up_tells_what_could_not_be_kept(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, begun(desk, "Disk full")) as stage:
        assert list(await nows(stage)) == ["Enter keeps a field and goes to the next"]
        stage.screen.query(Field)[5].value = "noon"
        await stage.run("leave")
        refused, *_ = await nows(stage)
        assert refused == "not kept yet: Impact began"


@pytest.mark.parametrize("keys", [{}, {"next": "f10"}], ids=["as they ship", "one's own"])
@pytest.mark.parametrize("scope", Scope)
async def test_every_command_is_told_once_and_with_ones_own_key(
    tmp_path: Path, scope: Scope, keys: dict[str, str]
) -> None:
    desk = desk_in(tmp_path, settings=Settings(keys=keys))
    name = review_at(desk, scope)
    async with opened(desk, name, console=scope is Scope.CONSOLE) as stage:
        await stage.worked()
        await stage.run(*WAYS[scope])
        screen = stage.at(CommandScreen)
        assert screen.SCOPE is scope
        assert list(screen.now())
        listed = [name for names in (await told(stage)).values() for name in names]
        assert {item.name for item in here(scope)} <= set(listed)
        assert len(set(listed)) == len(listed)
        assert {name for now in screen.now() for name in now.names} <= {item.name for item in here(scope)}
