from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st
from textual.containers import Vertical
from textual.scrollbar import ScrollBar
from textual.widget import Widget
from textual.widgets import Input

from lrtui.app.screens.console import ConsoleScreen
from lrtui.app.screens.room import RoomScreen
from lrtui.app.screens.write_up import WriteUpScreen
from lrtui.app.themes import DARK, LIGHT
from lrtui.app.widgets.lean import Kept
from lrtui.app.widgets.rows import Row, Rows
from lrtui.review import intents
from tests.app.opening import Bare, begun, desk_in, opened
from tests.app.test_rehearsal import heard, rehearsed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
    from pathlib import Path

    from rich.segment import Segment

    from tests.app.opening import Stage


def lines_of(widget: Widget) -> list[list[Segment]]:
    """Return what a frame would show of a widget now."""
    return [list(strip) for strip in widget.render_lines(widget.outer_size.region)]


def shown(widget: Rows) -> list[list[list[Segment]]]:
    """Return what a frame would show of a list and its scrollbar now."""
    return [lines_of(node) for node in (widget, widget.vertical_scrollbar) if node.display]


def forget(widget: Rows) -> None:
    """Have nothing kept of a list and its scrollbar."""
    widget._forget_drawn()
    for node in (widget, widget.vertical_scrollbar):
        node.refresh()


rows_of = st.lists(
    st.builds(
        Row,
        st.sampled_from([f"k{number}" for number in range(20)]),
        st.sampled_from(["short", "日本語 " * 6, "word " * 12]),
        st.sampled_from(["", "14:02"]),
        st.sampled_from(["", "@ana"]),
        st.sampled_from(["text", "fresh", "warning"]),
    ),
    max_size=20,
    unique_by=lambda row: row.key,
)
steps_of = st.lists(
    st.one_of(
        st.tuples(st.just("show"), rows_of, st.sampled_from([None, "k0", "k3"])),
        st.tuples(st.just("add"), rows_of, st.just(None)),
        st.tuples(
            st.just("select"), st.sampled_from([[], *([Row(f"k{number}", "")] for number in range(8))]), st.just(None)
        ),
        st.tuples(st.sampled_from(["up", "down", "narrow", "wide", "light", "hide"]), st.just([]), st.just(None)),
    ),
    min_size=2,
    max_size=8,
)


@settings(max_examples=25, deadline=None)
@given(steps=steps_of)
def test_what_is_kept_of_a_list_and_its_scrollbar_is_what_they_would_be_afresh(
    steps: list[tuple[str, list[Row], str | None]],
) -> None:
    async def play() -> None:
        widget = Rows()
        app = Bare(widget)
        app.register_theme(LIGHT)
        async with app.run_test(size=(30, 9)) as pilot:
            for what, rows, select in steps:
                if what == "show":
                    widget.show(rows, select=select, follow=True)
                elif what == "add":
                    known = {row.key for row in widget.rows}
                    widget.show([*widget.rows, *(row for row in rows if row.key not in known)], follow=True)
                elif what == "select":
                    widget.select(rows[0].key if rows else None)
                elif what in {"up", "down"}:
                    widget.page(1 if what == "down" else -1)
                elif what == "light":
                    app.theme = DARK.name if app.theme == LIGHT.name else LIGHT.name
                elif what == "hide":
                    widget.display = not widget.display
                else:
                    await pilot.resize_terminal(20 if what == "narrow" else 34, 9)
                await pilot.pause()
                if widget.display:
                    kept = shown(widget)
                    forget(widget)
                    assert kept == shown(widget)
                    assert widget.show_vertical_scrollbar == (widget.virtual_size.height > widget.size.height)

    asyncio.run(play())


class Styled(Bare):
    """Knows a class in which rows look different."""

    CSS = "Rows.-other > .rows--text { color: red; }"


async def test_in_another_style_lines_are_drawn_again_that_have_not_changed() -> None:
    widget = Rows()
    async with Styled(widget).run_test(size=(30, 9)) as pilot:
        widget.show([Row("k0", "a row")])
        await pilot.pause()
        before = lines_of(widget)
        for odd in (True, False):
            widget.set_class(odd, "-other")
            await pilot.pause()
            assert (lines_of(widget) != before) == odd


async def test_where_rows_become_fewer_the_view_ends_with_the_last_one() -> None:
    widget = Rows()
    rows = [Row(f"k{number}", f"row {number}") for number in range(60)]
    async with Bare(widget).run_test(size=(30, 9)) as pilot:
        widget.show(rows)
        await pilot.pause()
        widget.reveal("k50")
        widget.show(rows[:30])
        await pilot.pause()
        assert lines_of(widget)[-1][1].text.strip() == "row 29"


async def test_a_list_as_high_as_its_rows_grows_and_shrinks_with_them() -> None:
    widget, below = Rows(marked=False), Rows()
    widget.styles.height = "auto"
    widget.styles.max_height = 6
    async with Bare(Vertical(widget, below)).run_test(size=(30, 9)) as pilot:
        for count, height in ((2, 2), (5, 5), (40, 6), (3, 3)):
            widget.show([Row(f"k{number}", f"row {number}") for number in range(count)])
            await pilot.pause()
            assert (widget.size.height, below.region.y) == (height, height)


@contextmanager
def watched(stage: Stage) -> Iterator[list[str]]:
    """Note every frame, and every time that the screen is laid out."""
    noted: list[str] = []
    screen = stage.app.screen
    screen.screen_layout_refresh_signal.subscribe(screen, lambda _: noted.append("layout"), immediate=True)
    with patch.object(type(stage.app), "post_display_hook", lambda _: noted.append("frame")):
        yield noted
    screen.screen_layout_refresh_signal.unsubscribe(screen)


LINES = "\n".join(f"14:{number % 60:02} the line of minute {number}" for number in range(300))


@asynccontextmanager
async def long_meeting(root: Path) -> AsyncIterator[Stage]:
    """Open a meeting with many lines, in which one has just been added and the next one begun."""
    desk = desk_in(root)
    block = intents.capture_block(LINES.split("\n"))
    async with opened(desk, begun(desk, "Slow checkout", intents.start(), block)) as stage:
        await stage.enter("a line")
        await stage.pilot.press("b")  # the chips take their room
        await stage.settled()
        yield stage


async def test_a_letter_and_a_line_are_one_frame_each_and_the_screen_is_not_laid_out(tmp_path: Path) -> None:
    async with long_meeting(tmp_path) as stage:
        with watched(stage) as noted:
            await stage.pilot.press("c")
            await stage.settled()
            assert noted == ["frame"]
            await stage.pilot.press("enter")
            await stage.settled()
            assert noted == ["frame", "frame"]
        assert any(text.rstrip().endswith("bc") for text in stage.lines())


async def test_of_what_has_not_changed_nothing_is_drawn_again(tmp_path: Path) -> None:
    async with long_meeting(tmp_path) as stage:
        with (
            patch.object(Kept, "fresh_lines", autospec=True, side_effect=Kept.fresh_lines) as drawn,
            patch.object(ScrollBar, "render", autospec=True, side_effect=ScrollBar.render) as bars,
        ):
            await stage.pilot.press("c")
            await stage.settled()
            assert drawn.call_count == 0  # the field is Textual's
            await stage.pilot.press("enter")
            await stage.settled()
        asked = {call.args[0].id: call.args[1].size for call in drawn.call_args_list}
        assert asked.keys() == {"chips", "lines"}
        assert asked["lines"].height == 2  # the new one, and the one that was new before
        assert bars.call_count == 0  # of so many lines one more moves nothing that can be seen


async def test_in_another_theme_nothing_is_left_of_the_one_before(tmp_path: Path) -> None:
    async with long_meeting(tmp_path) as stage:
        for theme, before in ((LIGHT, DARK), (DARK, LIGHT)):
            await stage.run("theme")
            segments = [segment for strip in stage.strips() for segment in strip]
            grounds = {segment.style.bgcolor.name for segment in segments if segment.style and segment.style.bgcolor}
            assert theme.background in grounds
            assert before.background not in grounds


def afresh(stage: Stage) -> list[list[Segment]]:
    """Return what would be drawn of the screen in front if nothing at all had been kept."""
    for node in stage.app.screen.walk_children(Widget, with_self=True):
        if isinstance(node, Rows):
            node._forget_drawn()
        node.refresh()
    return [list(strip) for strip in stage.drawn()]


async def played(stage: Stage, *steps: Callable[[Stage], Awaitable[object]]) -> None:
    """Take the steps; after each, what is drawn is what would be drawn afresh."""
    for at, step in enumerate(steps):
        await step(stage)
        await stage.settled()
        kept = [list(strip) for strip in stage.drawn()]
        assert kept == afresh(stage), at


def run(*names: str) -> Callable[[Stage], Awaitable[object]]:
    return lambda stage: stage.run(*names)


def press(*keys: str) -> Callable[[Stage], Awaitable[object]]:
    return lambda stage: stage.pilot.press(*keys)


def enter(text: str) -> Callable[[Stage], Awaitable[object]]:
    return lambda stage: stage.enter(text)


def resize(width: int, height: int) -> Callable[[Stage], Awaitable[object]]:
    return lambda stage: stage.pilot.resize_terminal(width, height)


async def pass_by(stage: Stage) -> None:
    """Let a step run over, and call for attention."""
    stage.clock.forward(900)
    room = stage.at(RoomScreen)
    room.tick()
    room.query("#time, #big-clock").add_class("-flash")


async def calm(stage: Stage) -> None:
    stage.at(RoomScreen).query("#time, #big-clock").remove_class("-flash")


async def fall_asleep(stage: Stage) -> None:
    """Have the field lose its focus, as when another window has it."""
    stage.app.screen.set_focus(None)


async def wake(stage: Stage) -> None:
    stage.app.screen.query_one(Input).focus()


LONG = "a: look at every retry of every client of checkout, and say who owns it @ana !high due:fri #retries"
TYPED = (
    press(*"abc"),
    press("home", "x", "left"),
    press("end", *" @ana !high #d"),
    run("theme"),
    fall_asleep,
    run("theme"),
    wake,
    enter(LONG),
    press(*"t", "backspace"),
    enter("/nothing of that name"),
    enter("x"),
)
SEEN = (
    run("page-up"),
    resize(60, 20),
    run("page-down"),
    run("theme"),
    resize(200, 50),
    press("up"),
    press("up", "up"),
    run("theme"),
    press("escape"),
    resize(100, 30),
)


async def test_whatever_is_done_in_the_room_is_drawn_as_it_would_be_afresh(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    block = intents.capture_block(LINES.split("\n")[:80])
    name = begun(desk, "Slow checkout", intents.add_people("Ana Lima: responder, payments"), intents.start(), block)
    async with opened(desk, name) as stage:
        await played(stage, *TYPED, *SEEN, pass_by, calm, run("large"), pass_by, calm, run("large"))
        await played(stage, run("panel"), *SEEN, run("panel"), run("next"), run("next"), *TYPED, run("previous"), *SEEN)


async def test_whatever_is_done_on_a_page_or_a_console_is_drawn_as_it_would_be_afresh(
    tmp_path: Path,
) -> None:
    desk = desk_in(tmp_path)
    block = intents.capture_block(LINES.split("\n")[:40])
    async with opened(desk, begun(desk, "Alone", block, template="write-up")) as stage:
        stage.at(WriteUpScreen)
        await played(stage, *TYPED, *SEEN, run("next"), run("next"), *TYPED, run("previous"), *SEEN)
    name = begun(desk, "Slow checkout", intents.add_people("Ana Lima: responder, payments"), intents.start(), block)
    async with opened(desk, name, console=True) as stage:
        stage.at(ConsoleScreen)
        await played(stage, *TYPED, *SEEN, run("next"), *TYPED, *SEEN)


async def test_what_the_room_of_a_rehearsal_says_is_drawn_as_it_would_be_afresh(tmp_path: Path) -> None:
    async with rehearsed(tmp_path) as stage:
        await stage.run("pause")
        spoken = [lambda stage: heard(stage, 60)] * 6
        await played(stage, *spoken, *TYPED, *spoken, *SEEN, *spoken, resize(60, 20), *spoken)


async def test_a_list_that_takes_fewer_lines_beside_a_scrollbar_keeps_it() -> None:
    widget = Rows(marked=False)
    async with Bare(widget).run_test(size=(24, 15)) as pilot:
        widget.show([Row("k", " ".join(["abcdefgh"] * 19), tail="@ana #")])  # 19 lines, and 11 beside a scrollbar
        for height in (15, 12, 18):
            await pilot.resize_terminal(24, height)
            await pilot.pause()
            assert widget.show_vertical_scrollbar
            assert widget.max_scroll_y == 1
            assert "@ana #" in "".join(strip.text for strip in widget.render_lines(widget.size.region))
