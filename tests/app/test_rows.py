from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from lrtui.app import wrap
from lrtui.app.widgets import rows as module
from lrtui.app.widgets.rows import MARK, Row, Rows
from tests.app.opening import Bare

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from textual.pilot import Pilot


PIECES = st.sampled_from(
    [
        "",
        "short",
        "日本語 " * 12,
        "word " * 20,
        "x" * 70,
        "went well",
        "@ana #database-of-everything",
        "due 12-04 @日本",
    ]
)


@asynccontextmanager
async def shown(
    given_rows: Sequence[Row], *, size: tuple[int, int] = (40, 10), marked: bool = True
) -> AsyncIterator[tuple[Rows, Pilot[None]]]:
    widget = Rows(marked=marked)
    async with Bare(widget).run_test(size=size) as pilot:
        widget.show(given_rows)
        await pilot.pause()
        yield widget, pilot


def plain(count: int) -> list[Row]:
    return [Row(f"k{number}", f"row {number}") for number in range(count)]


def drawn(widget: Rows) -> list[str]:
    return [widget.render_line(y).text.rstrip() for y in range(widget.size.height)]


async def test_a_row_has_lead_text_and_tail_and_its_text_wraps_beside_them() -> None:
    rows = [Row("a", "a text that is longer than there is room for", "14:02", "@ana #db"), Row("b", "short", "note")]
    async with shown(rows) as (widget, _):
        assert drawn(widget)[:4] == [
            "  14:02  a text that is longer  @ana #db",
            "         than there is room",
            "         for",
            "  note   short",
        ]


async def test_the_selected_row_is_marked_also_where_there_is_no_colour() -> None:
    async with shown(plain(3)) as (widget, _):
        widget.select("k1")
        assert [line.startswith(MARK) for line in drawn(widget)[:3]] == [False, True, False]
        widget.select(None)
        assert not any(MARK in line for line in drawn(widget))


async def test_a_warning_warns_also_where_it_is_selected() -> None:
    async with shown([Row("late", "Timeline", tail="+4:40", style="warning"), Row("next", "Learnings")]) as (widget, _):
        warning = widget.get_component_rich_style("rows--warning").color
        for selected in (None, "late"):
            widget.select(selected)
            colors = {segment.text.strip(): segment.style and segment.style.color for segment in widget.render_line(0)}
            assert colors["Timeline"] == colors["+4:40"] == warning


async def test_a_heading_stands_out_to_the_left_and_cannot_be_selected() -> None:
    rows = [Row("", "Live", style="heading", selectable=False), *plain(2)]
    async with shown(rows) as (widget, _):
        assert widget.move(-1) == "k1"
        assert widget.move(-1) == "k0"
        assert widget.move(-1) == "k0"
        assert widget.move(5) == "k1"


async def test_from_between_two_rows_one_goes_up_or_down_to_the_nearest() -> None:
    rows = [*plain(2), Row("end", "", selectable=False), Row("more", "More", selectable=False), Row("k2", "row 2")]
    async with shown(rows) as (widget, _):
        for place, above, below in (("end", "k1", "k2"), ("more", "k1", "k2"), ("k1", "k0", "k2")):
            widget.select(place)
            assert widget.move(-1) == above
            widget.select(place)
            assert widget.move(1) == below


async def test_a_row_comes_into_view_also_where_the_first_that_can_be_selected_is_far_off() -> None:
    heads = [Row(f"h{number}", f"head {number}", selectable=False) for number in range(30)]
    async with shown([*heads, *plain(1)]) as (widget, _):
        widget.reveal("h20")
        assert "  head 20" in drawn(widget)
        widget.reveal("h3")
        assert "  head 3" in drawn(widget)
        assert widget.move(1) == "k0"
        assert f"{MARK}row 0" in drawn(widget)
    async with shown(heads) as (widget, _):
        widget.reveal("h20")
        assert "  head 20" in drawn(widget)


async def test_where_nothing_can_be_selected_nothing_is() -> None:
    async with shown([Row("", "No review yet.", selectable=False)]) as (widget, _):
        assert widget.move(1) is None
        assert widget.selected_key is None
        widget.select("not there")
        assert widget.selected_key is None
        widget.reveal("not there")


async def test_a_tail_that_would_leave_the_text_too_little_room_stands_below_it() -> None:
    rows = [
        Row("a", "limit the retries of the shop", "idea", "due 12-04 @ana payments"),
        Row("b", "short", "note", "due 12-04 @ana payments"),
    ]
    async with shown(rows) as (widget, _):
        assert drawn(widget)[:4] == [
            "  idea  limit the retries of the shop",
            "        due 12-04 @ana payments",
            "  note  short    due 12-04 @ana payments",
            "",
        ]


async def test_a_lead_that_is_too_long_wraps_as_well() -> None:
    async with shown([Row("a", "write the Markdown", "Ctrl+Shift+F3 /export [FILE]")]) as (widget, _):
        assert drawn(widget)[:3] == ["  Ctrl+Shift+F3   write the Markdown", "  /export [FILE]", ""]


@given(row=st.builds(Row, st.just("k"), PIECES, PIECES, PIECES), width=st.integers(20, 60))
@settings(max_examples=30, deadline=None)
def test_nothing_of_a_row_is_ever_cut(row: Row, width: int) -> None:
    async def play() -> None:
        async with shown([row], size=(width, 80)) as (widget, _):
            assert sorted("".join(drawn(widget)).replace(" ", "")) == sorted(
                f"{row.lead}{row.text}{row.tail}".replace(" ", "")
            )

    asyncio.run(play())


async def test_a_scrollbar_goes_where_without_it_there_is_room_for_all() -> None:
    rows = [Row(f"k{number}", "seven words that just fit here") for number in range(4)]
    async with shown(rows, size=(32, 4)) as (widget, pilot):
        for height, bar in ((4, False), (3, True), (4, False), (2, True), (4, False)):
            await pilot.resize_terminal(32, height)
            await pilot.pause()
            assert widget.show_vertical_scrollbar == bar
        assert len(drawn(widget)) == 4


async def test_a_scrollbar_keeps_its_distance_from_what_there_is_to_read() -> None:
    rows = [Row(f"k{number}", "words " * 12, tail="@ana") for number in range(20)]
    async with shown(rows, size=(40, 10)) as (widget, _):
        assert widget.show_vertical_scrollbar
        assert all(len(line) <= 38 for line in drawn(widget))
        assert drawn(widget)[0].endswith("@ana")


async def test_a_row_selected_out_of_view_is_scrolled_to_whole() -> None:
    rows = [*plain(50), Row("long", "word " * 30), *plain(0)]
    async with shown(rows, size=(40, 8)) as (widget, _):
        widget.select("long")
        lines = drawn(widget)
        assert lines[-1].endswith("word")
        assert sum("word" in line for line in lines) >= 4
        assert any(line.startswith(MARK) for line in lines)
        widget.select("k0")
        assert drawn(widget)[0] == f"{MARK}row 0"
        widget.reveal("k30")
        assert any("row 30" in line for line in drawn(widget))
        assert widget.selected_key == "k0"


async def test_with_the_first_row_what_stands_above_it_comes_into_view() -> None:
    rows = [Row("", "Live", style="heading", selectable=False), *plain(30)]
    async with shown(rows, size=(40, 5)) as (widget, _):
        widget.select("k29")
        widget.select("k0")
        assert drawn(widget)[0].strip() == "Live"


async def test_the_end_stays_in_view_while_rows_are_added_unless_one_has_scrolled_up() -> None:
    async with shown([], size=(40, 5)) as (widget, pilot):
        for count in (3, 6, 40):
            widget.show(plain(count), follow=True)
            await pilot.pause()
            assert drawn(widget)[min(count, 5) - 1].strip() == f"row {count - 1}"
        widget.page(-1)
        await pilot.pause()
        before = drawn(widget)
        widget.show(plain(41), follow=True)
        await pilot.pause()
        assert drawn(widget) == before


async def test_the_end_stays_in_view_when_the_view_grows_higher_and_narrower() -> None:
    rows = [Row(f"k{number}", f"row {number} with some words") for number in range(30)]
    async with shown([], size=(60, 10)) as (widget, pilot):
        widget.show(rows, follow=True)
        await pilot.pause()
        for size in ((60, 10), (24, 14), (60, 8), (30, 20)):
            await pilot.resize_terminal(*size)
            await pilot.pause()
            assert "row 29 with some words" in " ".join(" ".join(drawn(widget)[-2:]).split())


async def test_what_is_only_read_begins_at_its_beginning_and_stays_there() -> None:
    async with shown(plain(40), size=(40, 5)) as (widget, pilot):
        assert drawn(widget)[0].strip() == "row 0"
        await pilot.resize_terminal(60, 8)
        assert drawn(widget)[0].strip() == "row 0"


async def test_paging_goes_through_all_rows_and_no_further() -> None:
    async with shown(plain(30), size=(40, 10)) as (widget, pilot):
        seen: set[str] = set()
        for _ in range(5):
            seen |= {line.strip() for line in drawn(widget)}
            widget.page(1)
            await pilot.pause()
        assert seen == {f"row {number}" for number in range(30)}
        assert drawn(widget)[-1].strip() == "row 29"


async def test_after_a_change_of_width_everything_is_wrapped_anew() -> None:
    rows = [Row("a", "one two three four five six seven eight nine ten"), Row("b", "last")]
    async with shown(rows, size=(60, 10)) as (widget, pilot):
        assert drawn(widget)[1].strip() == "last"
        await pilot.resize_terminal(20, 10)
        assert " ".join(" ".join(drawn(widget)).split()) == "one two three four five six seven eight nine ten last"


class Listening(Bare):
    """Keeps what the rows tell."""

    told: list[tuple[str, str]]

    def on_rows_pointed(self, event: Rows.Pointed) -> None:
        self.told.append(("pointed", event.key))

    def on_rows_picked(self, event: Rows.Picked) -> None:
        self.told.append(("picked", event.key))


async def test_a_click_points_and_a_second_click_picks() -> None:
    widget = Rows()
    app = Listening(widget)
    app.told = []
    async with app.run_test(size=(40, 10)) as pilot:
        widget.show([*plain(3), Row("", "not this one", selectable=False)])
        await pilot.pause()
        for y in (1, 1, 3, 8):
            await pilot.click(Rows, offset=(4, y))
    assert app.told == [("pointed", "k1"), ("picked", "k1")]
    assert widget.selected_key == "k1"


async def test_of_many_rows_only_those_in_view_are_drawn_and_a_new_one_wraps_only_itself() -> None:
    many = plain(5000)
    async with shown(many, size=(40, 10)) as (widget, pilot):
        with patch.object(Rows, "_segments", autospec=True, side_effect=Rows._segments) as segments:
            widget.select("k2500")
            await pilot.pause()
        assert 0 < len({call.args[1] for call in segments.call_args_list}) <= 20
        with patch.object(module, "wrap", side_effect=wrap.wrap) as wraps:
            widget.show([*many, Row("new", "the new one")], follow=True)
        assert wraps.call_count == 1


rows_of = st.lists(
    st.builds(Row, st.sampled_from([f"k{number}" for number in range(6)]), PIECES, PIECES, PIECES),
    max_size=8,
    unique_by=lambda row: row.key,
)


steps_of = st.lists(
    st.tuples(rows_of, st.sampled_from([None, "k0", "k3"]), st.integers(20, 80)), min_size=1, max_size=4
)


@settings(max_examples=10, deadline=None)
@given(steps=steps_of, marked=st.booleans())
def test_however_rows_change_what_is_drawn_is_what_they_would_be_afresh(
    steps: list[tuple[list[Row], str | None, int]],
    marked: bool,  # noqa: FBT001 - chosen by hypothesis
) -> None:
    async def play() -> None:
        async with shown([], size=(20, 80), marked=marked) as (widget, pilot):
            for rows, select, width in steps:
                widget.show(rows, select=select)
                await pilot.resize_terminal(width, 80)
                after = drawn(widget)
                assert all(cell_len(line) <= width for line in after)
                widget.show([])
                widget.show(rows, select=select)
                assert drawn(widget) == after

    asyncio.run(play())
