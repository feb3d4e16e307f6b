"""Two who have one review open: what one writes the other sees; who only reads turns pages and writes nothing."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from lrtui.app.screens.room import RoomScreen
from lrtui.app.widgets.rows import Rows
from lrtui.desk import Desk
from lrtui.review import intents
from lrtui.store.library import Library
from tests.app.opening import begun, desk_in, live, opened

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app.opening import Stage


def another(desk: Desk, author: str = "bo-81d2") -> Desk:
    """Return the desk of somebody else in the same library."""
    return Desk(Library(desk.library.root), clock=desk.clock, author=author, zone="UTC")


def title(stage: Stage) -> str:
    return stage.screen.query_one("#words", Rows).rows[0].text


def journals(desk: Desk) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in desk.library.root.rglob("*.jsonl")}


async def followed(stage: Stage) -> None:
    """Look for what others have written, as the screen does four times a second."""
    screen = stage.screen
    assert isinstance(screen, RoomScreen)
    screen.follow()
    await stage.settled()


async def test_who_opens_a_review_second_sees_what_is_captured_and_turns_the_pages(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = live(desk, "said first")
    writer = desk.open(name)
    async with opened(another(desk), name) as stage:
        assert "read-only" in stage.top
        writer.perform(intents.capture_line("said second"))
        await followed(stage)
        assert stage.rows("#lines") == ["said first", "said second"]
        writer.perform(intents.next_step())
        await followed(stage)
        assert title(stage) == "Earlier actions"
        before = journals(desk)
        await stage.run("previous")
        assert title(stage) == "Welcome"
        assert stage.rows("#lines") == ["said first", "said second"]
        await stage.enter("/go 3")
        assert title(stage) == "Timeline"
        await stage.run("previous", "previous", "previous")
        assert stage.said == "This is the first step."
        await stage.enter("not mine to write")
        assert "can be read, not changed" in stage.said or "reading only" in stage.said
        assert stage.typed == "not mine to write"
        assert journals(desk) == before
    writer.close()


async def test_turning_the_pages_of_a_finished_review_writes_nothing(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = begun(desk, "Slow checkout", intents.start(), intents.capture_line("said"), intents.finish())
    before = journals(desk)
    async with opened(desk, name) as stage:
        await stage.run("leave")
        stage.at(RoomScreen)
        await stage.run("next", "next")
        assert title(stage) == "Timeline"
        await stage.run("previous")
        assert title(stage) == "Earlier actions"
        await stage.enter("/skip")
        assert "done" in stage.said
        assert journals(desk) == before
        await stage.enter("a line that was forgotten")
        (_, entry) = stage.review.entries.values()
        assert entry.step == "earlier", "it belongs to the step that is shown"


async def test_what_two_made_of_one_line_is_marked_and_one_word_away(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = live(desk, "the pager rang")
    folder = desk.library.resolve(name)
    shutil.copytree(folder, tmp_path / "theirs")
    async with opened(desk, name) as stage:
        await stage.run("edit")
        await stage.enter("her pager rang")
        theirs = Desk(Library(tmp_path / "other"), clock=desk.clock, author="bo-81d2", zone="UTC")
        copied = tmp_path / "other" / "reviews" / "2026" / name
        copied.parent.mkdir(parents=True)
        (tmp_path / "theirs").rename(copied)
        session = theirs.open(name)
        (key,) = session.review.entries
        stage.clock.forward(5)
        session.perform(intents.edit_line("entries", key, "his pager rang"))
        session.close()
        shutil.copy(copied / "bo-81d2.jsonl", folder)
        await followed(stage)
        assert stage.rows("#lines") == ["his pager rang"]
        assert "two versions" in stage.shown()
        await stage.run("edit")
        assert "“her pager rang”. /other takes that" in stage.said
        await stage.enter("/other")
        assert stage.rows("#lines") == ["her pager rang"]
        assert "two versions" not in stage.shown()
        await stage.run("undo")
        assert stage.rows("#lines") == ["his pager rang"]
        await stage.enter("/other")
        assert "Nobody has changed" in stage.said


async def test_a_folder_that_vanishes_is_told_and_nothing_on_the_screen_is_lost(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = live(desk, "said")
    folder = desk.library.resolve(name)
    async with opened(desk, name) as stage:
        folder.rename(tmp_path / "away")
        await followed(stage)
        assert "not there any more" in stage.said
        await stage.enter("and this")
        assert stage.typed == "and this"
        assert stage.rows("#lines") == ["said"]
        assert not folder.exists()
        (tmp_path / "away").rename(folder)
        await followed(stage)
        assert stage.said == "The review is there again."
        assert not stage.warned
        await stage.enter("and this")
        assert stage.rows("#lines") == ["said", "and this"]
