from __future__ import annotations

import os
from typing import TYPE_CHECKING

from textual.events import Paste

from lrtui.app.screens.library import LibraryScreen
from lrtui.app.screens.reading import PreviewScreen
from lrtui.app.screens.room import RoomScreen
from lrtui.app.screens.setup import SetupScreen
from lrtui.app.widgets.capture import CaptureLine, Field
from lrtui.app.widgets.rows import Rows
from lrtui.desk import Desk
from lrtui.review import intents
from lrtui.store.library import Library
from lrtui.store.query import FILTERS
from tests.app.opening import begun, desk_in, live, opened
from tests.doing import Clock

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.app.opening import Stage


async def type_in(stage: Stage, text: str) -> None:
    stage.screen.query_one(CaptureLine).text = text
    await stage.settled()


def fact(service: str, severity: str) -> list[intents.Intent]:
    return [intents.set_fact("service", service), intents.set_fact("severity", severity)]


async def test_an_empty_library_says_how_to_begin(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk) as stage:
        await stage.worked()
        shown = stage.shown()
        assert "No review yet." in shown
        assert "F2" in shown
        await stage.run("open")
        assert stage.said.startswith("There is no review to open.")
    assert not desk.library.root.exists(), "looking is not saving"


async def test_reviews_stand_by_how_far_they_are_with_what_one_looks_for(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    begun(desk, "Disk full", *fact("warehouse", "sev2"))
    begun(desk, "Old one", intents.finish())
    taken = [intents.capture_line("a: an early idea"), intents.capture_line("a: raise the limit", "actions")]
    begun(desk, "Slow checkout", *fact("checkout", "sev1"), intents.start(), *taken)
    async with opened(desk) as stage:
        await stage.worked()
        assert stage.rows("#reviews") == ["Live", "Slow checkout", "", "Drafts", "Disk full", "", "Done", "Old one"]
        (line,) = [line for line in stage.lines() if "Slow checkout" in line]
        assert line.startswith(" ▸ 2026-11-23")
        assert line.rstrip().endswith("checkout · sev1 · 1 open")
        assert stage.top.rstrip().endswith("3 reviews · 1 open action")


async def test_typing_searches_in_all_words_as_one_types(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    live(desk, "14:02 pager: p99 over 4 s", "// between us: tired")
    begun(desk, "Disk full", *fact("warehouse", "sev2"))
    async with opened(desk) as stage:
        await stage.worked()
        for words, found in (
            ("pag", ["Slow checkout"]),
            ("over pager", ["Slow checkout"]),
            ("ware", ["Disk full"]),
            ("tired", []),
            ("", ["Slow checkout", "Disk full"]),
        ):
            await type_in(stage, words)
            listed = [row.text for row in stage.screen.query_one(Rows).rows if row.selectable]
            assert listed == found, words
        await type_in(stage, "nothing like it")
        assert "Nothing is found for “nothing like it”. F2 begins a review of that title." in stage.shown()
        await stage.run("leave")
        assert (stage.typed, len(stage.rows("#reviews"))) == ("", 5)


async def test_enter_opens_what_was_found(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    live(desk)
    begun(desk, "Disk full")
    async with opened(desk) as stage:
        await stage.worked()
        await stage.enter("disk")
        stage.at(SetupScreen)
        assert stage.review.head.title == "Disk full"


async def test_a_review_opens_where_it_is_in_its_life_and_is_closed_when_left(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    begun(desk, "Old one", intents.finish())
    begun(desk, "Disk full")
    live(desk)
    async with opened(desk) as stage:
        await stage.worked()
        for kind in (RoomScreen, SetupScreen, PreviewScreen):
            stage.screen.run("open")
            await stage.settled()
            assert isinstance(stage.screen, kind)
            session = stage.session
            if kind is PreviewScreen:
                await stage.run("leave")
            await stage.run("leave" if kind is SetupScreen else "library")
            await stage.worked()
            stage.at(LibraryScreen)
            assert not desk.open(session.name).read_only
            assert session.review.head.since is None
            await stage.run("row-down")


async def test_two_presses_open_one_review_once(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    live(desk)
    async with opened(desk) as stage:
        await stage.worked()
        library = stage.at(LibraryScreen)
        library.run("open")
        library.run("open")
        await stage.settled()
        assert not stage.session.read_only
        assert [type(screen) for screen in stage.app.screen_stack[-2:]] == [LibraryScreen, RoomScreen]
        await stage.run("library")
        await stage.run("open")
        stage.at(RoomScreen)


async def test_a_new_review_takes_its_title_from_what_was_typed_or_asks_for_it(tmp_path: Path) -> None:
    async with opened(desk_in(tmp_path)) as stage:
        await type_in(stage, "  Slow checkout ")
        await stage.run("new")
        stage.at(SetupScreen)
        assert stage.review.head.title == "Slow checkout"
        await stage.run("leave")
        await stage.worked()
        assert stage.typed == ""
        await stage.run("new")
        assert "title of the new review" in stage.shown()
        await stage.run("leave")
        assert "title of the new review" not in stage.shown()
        await stage.run("new")
        await stage.enter("Disk full")
        assert stage.review.head.title == "Disk full"


async def test_a_title_is_still_there_when_the_review_could_not_be_made(tmp_path: Path) -> None:
    (tmp_path / "library").write_text("a file stands here")
    async with opened(desk_in(tmp_path)) as stage:
        await stage.worked()
        await type_in(stage, "Slow checkout")
        await stage.run("new")
        stage.at(LibraryScreen)
        assert stage.typed == "Slow checkout"
        assert stage.warned
        assert str(tmp_path) not in stage.shown()


async def test_a_library_that_cannot_be_read_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_in(tmp_path)
    live(desk)
    scan = os.scandir

    def refuse(path: str) -> object:
        if "reviews" in str(path):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    async with opened(desk) as stage:
        await stage.worked()
        assert stage.said.startswith("Permission was refused: the library could not be read.")
        assert stage.warned


async def test_a_review_that_another_has_open_is_read_and_says_so(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = live(desk, "14:02 pager")
    other = Desk(Library(desk.library.root), clock=Clock(), author="bo-81d2", zone="UTC").open(name)
    async with opened(desk) as stage:
        await stage.worked()
        await stage.run("open")
        assert stage.session.read_only
        assert stage.said.startswith("This review is open since")
        assert "read-only" in stage.top
        before = stage.review
        await stage.enter("something")
        assert stage.typed == "something"
        await stage.run("next", "undo", "skip", "pause")
        assert stage.review is before
        await stage.run("library")
    other.close()


async def test_several_pasted_lines_are_searched_for_as_one(tmp_path: Path) -> None:
    async with opened(desk_in(tmp_path)) as stage:
        stage.screen.query_one(Field).post_message(Paste("Slow\n  checkout\n"))
        await stage.settled()
        assert stage.typed == "Slow checkout"


async def test_arrows_and_pages_go_through_the_reviews(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    for number in range(40):
        begun(desk, f"Review {number:02}", template="write-up")
    async with opened(desk, size=(80, 20)) as stage:
        await stage.worked()
        rows = stage.screen.query_one(Rows)
        seen = [rows.selected]
        for name in ("row-down", "page-down", "page-down", "page-down", "row-down", "page-up", "row-up"):
            await stage.run(name)
            seen.append(rows.selected)
        assert seen == [1, 2, 17, 32, 40, 40, 25, 24]
        assert any(line.startswith(" ▸") for line in stage.lines())


async def test_a_search_shows_below_each_review_the_lines_in_which_it_is_found(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    said = [
        intents.capture_line(line)
        for line in ("l: retries make it worse", "the retry storm began", "// retry SENTINEL")
    ]
    begun(desk, "Slow checkout", *fact("checkout", "sev1"), *said)
    begun(desk, "Retry storm", *fact("search", "sev2"))
    begun(desk, "Disk full", intents.capture_line("the disk filled"))
    async with opened(desk) as stage:
        await stage.worked()
        await type_in(stage, "retr")
        assert stage.rows("#reviews") == [
            *(
                "Drafts",
                "Slow checkout",
                "learning: retries make it worse",
                "note: the retry storm began",
                "Retry storm",
            )
        ]
        assert "SENTINEL" not in stage.shown()
        await stage.run("row-down")
        assert stage.screen.query_one("#reviews", Rows).selected_key == desk.library.resolve("retry-storm").name
        await type_in(stage, "retr service:checkout kind:learning")
        assert stage.rows("#reviews") == ["Drafts", "Slow checkout", "learning: retries make it worse"]
        await type_in(stage, "storm kind:learning")
        assert "Slow checkout" not in stage.rows("#reviews"), "its storm is in a note"
        await type_in(stage, "retr service:warehouse")
        assert any("service:, tag:, kind:" in row for row in stage.rows("#reviews"))


async def test_help_tells_what_one_can_search_for(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    begun(desk, "Slow checkout")
    async with opened(desk, size=(120, 60)) as stage:
        await stage.worked()
        await stage.run("help")
        shown = stage.shown()
        await stage.pilot.press("pagedown")
        shown += stage.shown()
        assert all(f"{name}:" in shown for name in FILTERS)
