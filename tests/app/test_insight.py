from __future__ import annotations

from typing import TYPE_CHECKING

from lrtui.app.screens.insight import InsightScreen
from lrtui.app.screens.library import LibraryScreen
from lrtui.app.widgets.rows import Rows
from lrtui.publish import insight as told
from lrtui.review.insight import insights
from tests.app.opening import desk_in, live, opened
from tests.app.test_library import type_in
from tests.holding import hold

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app.opening import Stage


def held(root: Path) -> None:
    for number in range(3):
        hold(root / "library", number, votes=[5, 4, 4, 3], said=["unheardof"])
    hold(root / "library", 3, template="near-miss", votes=[1, 1, 1])


async def look(stage: Stage) -> None:
    await stage.worked()
    await stage.run("insight")
    await stage.worked()
    stage.at(InsightScreen)


def chosen(stage: Stage) -> str | None:
    return stage.screen.query_one("#chosen", Rows).selected_key


async def test_it_shows_what_the_command_line_prints(tmp_path: Path) -> None:
    held(tmp_path)
    desk = desk_in(tmp_path)
    async with opened(desk, size=(100, 60)) as stage:
        await look(stage)
        found = insights(desk.catalog.runs())
        expected = [line.text for line in (*told.lines(found[0], told.WIDTH), told.Line(""), *told.notes(found[:1]))]
        assert stage.rows("#insight") == expected
        assert stage.top.rstrip().endswith("4 reviews done")
        assert "unheardof" not in stage.shown()


async def test_templates_are_chosen_by_the_arrow_keys_and_by_typing(tmp_path: Path) -> None:
    held(tmp_path)
    async with opened(desk_in(tmp_path)) as stage:
        await look(stage)
        assert (chosen(stage), stage.rows("#chosen")) == ("learning-review", ["learning-review", "near-miss"])
        await stage.run("row-down")
        assert stage.rows("#insight")[0].startswith("near-miss: one review, on ")
        assert not any(row.startswith("return on time") for row in stage.rows("#insight")), "three have answered"
        await stage.run("row-up")
        assert chosen(stage) == "learning-review"
        await type_in(stage, "miss")
        assert (chosen(stage), stage.rows("#insight")[0][:9]) == ("near-miss", "near-miss")
        await stage.enter("miss")
        assert (chosen(stage), stage.typed) == ("near-miss", "miss")
        await type_in(stage, "moon")
        assert stage.rows("#chosen") == ["No template is called “moon”."]
        assert stage.rows("#insight") == []
        await stage.run("leave")
        assert (stage.typed, len(stage.rows("#chosen"))) == ("", 2)
        await stage.run("leave")
        stage.at(LibraryScreen)


async def test_the_text_is_as_wide_as_there_is_room_and_scrolls(tmp_path: Path) -> None:
    held(tmp_path)
    desk = desk_in(tmp_path)
    async with opened(desk, size=(60, 20)) as stage:
        await look(stage)
        prose = {line.text for line in told.notes(insights(desk.catalog.runs())[:1])}
        assert all(len(row.rstrip()) <= 57 for row in stage.rows("#insight") if row not in prose)
        assert "few: fewer than" not in stage.shown()
        await stage.run(*["page-down"] * 6)
        assert "few: fewer than" in stage.shown()
        await stage.run(*["page-up"] * 6)
        assert "learning-review: 3 reviews" in stage.shown()
        await stage.pilot.resize_terminal(100, 60)
        await stage.settled()
        assert any(row.endswith("actions done") for row in stage.rows("#insight"))


async def test_with_one_template_there_is_none_to_choose(tmp_path: Path) -> None:
    hold(tmp_path / "library")
    async with opened(desk_in(tmp_path)) as stage:
        await look(stage)
        assert not stage.screen.query_one("#chosen").display
        assert stage.rows("#insight")[0].startswith("learning-review: one review")
        await stage.run("row-down", "row-up")
        assert chosen(stage) == "learning-review"


async def test_before_any_review_is_done_it_says_so(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    live(desk)
    async with opened(desk) as stage:
        await look(stage)
        assert stage.rows("#insight") == [told.NOTHING]
        await stage.run("help")
        assert "Now: there is nothing to look at yet" in stage.shown()


async def test_a_library_that_cannot_be_read_is_told_of(tmp_path: Path) -> None:
    held(tmp_path)
    desk = desk_in(tmp_path)
    async with opened(desk) as stage:
        await stage.worked()
        cache = tmp_path / "library" / "reviews"
        cache.rename(tmp_path / "elsewhere")
        cache.write_text("")
        await look(stage)
        assert stage.warned
