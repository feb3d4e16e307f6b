from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len
from textual.widget import Widget

from lrtui.app.screens.dialogs import Card
from lrtui.app.themes import THEMES
from lrtui.app.widgets.bars import MatterLine, StatusLine
from lrtui.app.widgets.capture import CaptureLine, Field
from lrtui.app.widgets.rows import Rows
from lrtui.review import closing
from tests.app.looking import STATES, contrast, readable, tour
from tests.app.opening import Bare, begun, desk_in, live, opened
from tests.app.sample import lay_out

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import ComposeResult

    from tests.app.opening import Stage

LEAST = 7.0


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The sample library with the review that is hard to lay out."""
    lay_out(tmp_path / "library")
    return tmp_path / "library"


def test_the_contrast_is_reckoned_as_it_should_be() -> None:
    from rich.color import Color

    black, white, grey = (Color.parse(color) for color in ("#000000", "#ffffff", "#777777"))
    assert contrast(black, white) == pytest.approx(21)
    assert contrast(white, grey) == pytest.approx(4.48, abs=0.01)
    assert contrast(grey, grey) == pytest.approx(1)


SIZES = [
    (60, 20, "dark"),
    (60, 80, "light"),
    (80, 24, "light"),
    (100, 30, "light"),
    (200, 50, "dark"),
    (300, 80, "light"),
]


def unsigned(stage: Stage) -> list[str]:
    """Return the lists that go on out of view without a scrollbar that tells so."""
    lists = stage.app.screen.query(Rows)
    shown = [rows for rows in lists if rows.display and rows.size.height]
    return [str(rows.id) for rows in shown if rows.virtual_size.height > rows.size.height and not _tells(rows)]


def _tells(rows: Rows) -> bool:
    return rows.show_vertical_scrollbar and rows.scrollbar_size_vertical > 0


def cut_off(stage: Stage) -> list[str]:
    """Return the widgets that reach out of what they stand in, where that does not scroll."""
    shown = [widget for widget in stage.app.screen.query("*") if widget.display and widget.region.area]
    return [repr(widget) for widget in shown if not _within(widget)]


def _within(widget: Widget) -> bool:
    parent = widget.parent
    if not isinstance(parent, Widget) or parent.allow_vertical_scroll:
        return True
    return not parent.region.area or parent.region.contains_region(widget.region)


@pytest.mark.parametrize(("width", "height", "theme"), SIZES)
async def test_every_screen_fits_every_size_and_all_there_is_to_read_stands_out_at_seven_to_one(
    root: Path, width: int, height: int, theme: str
) -> None:
    seen = []

    def look(name: str, stage: Stage) -> None:
        seen.append(name)
        faint = {segment.text.strip(): round(ratio, 1) for segment, ratio in readable(stage) if ratio < LEAST}
        assert not faint, name
        lines = stage.lines()
        assert len({cell_len(line) for line in lines}) == 1, name
        if name == "too-small":
            assert "needs 60 × 20" in stage.shown()
            return
        assert isinstance(stage.app.screen, Card) or len(lines) == height, name
        assert cell_len(lines[0]) in {width, width * 9 // 10, 96}, name
        assert not stage.app.screen.query(CaptureLine) or "❯" in "".join(lines), name
        assert unsigned(stage) == [], name
        assert cut_off(stage) == [], name
        assert "needs 60 × 20" not in stage.shown(), name
        if not isinstance(stage.app.screen, Card):
            assert lines[-1].rstrip().endswith("F1 help"), name
            focused = stage.app.focused
            assert focused is None or focused.region.height == 1, name

    await tour(root, look, size=(width, height), theme=theme)
    assert sorted(seen) == sorted(STATES), "the tour misses none of the states, and comes to each of them once"


async def test_without_colours_every_meaning_is_still_there(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, list[str]] = {}
    monkeypatch.setenv("NO_COLOR", "1")

    def look(name: str, stage: Stage) -> None:
        monkeypatch.setenv("NO_COLOR", "1")  # Textual takes it away when it has seen it
        assert stage.app.no_color
        for segment, ratio in readable(stage):
            assert segment.style
            for color in (segment.style.color, segment.style.bgcolor):
                assert color
                assert len(set(color.get_truecolor())) == 1, (name, segment)
            assert ratio >= LEAST, (name, segment)
        seen[name] = stage.lines()

    await tour(root, look)
    for name, told in TOLD.items():
        assert any(re.search(told, line) for line in seen[name]), (name, told)


TOLD = {  # the words and signs that tell without a colour what a colour tells as well
    "library-full": r"^ ?▸ 2026-11-25 +Slow checkout",
    "write-up": r"▸ Summary",
    "write-up-editing": r"▸ 14:02 +pager",
    "room-timeline": r"✓ Welcome.*|▸ Timeline",
    "room-editing": r"▸ went well",
    "room-refused": r"There is no command",
    "room-paused": r"paused · ",
    "room-over-time": r"▸ Timeline +\+\d",
    "room-vote-open": r"1 The voucher table",
    "room-vote-revealed": r"•••• 4",
    "room-two-versions": r"two versions",
    "room-panel": r"Whoever sees this screen sees the panel",
    "set-up-refused": r"“around seven” is not a time",
    "console-timeline": r"✓ How did you first notice",
    "close-open": r"▸ ",
    "close-finished": r"^ *Closing.* done · ",
    "templates": r"▸ quick-review",
    "palette": r"▸ Next step",
}


SENTENCE = "Nobody on the roster is called “somebody with rather a long name” (@ana, @bo, @chi). "


@pytest.mark.parametrize("width", [60, 80, 100])
@pytest.mark.parametrize("kind", [StatusLine, MatterLine])
async def test_a_sentence_is_whole_or_says_that_it_is_not(width: int, kind: type[StatusLine | MatterLine]) -> None:
    line = kind()
    line.display = True
    async with Bare(line).run_test(size=(width, 10)) as pilot:
        for count in (1, 2, 3, 8):
            said = " ".join((SENTENCE * count).split())
            line.say(said)
            await pilot.pause()
            shown = " ".join(" ".join(line.render_line(y).text for y in range(line.size.height)).split())
            assert line.size.height <= 3
            assert shown == said or shown.endswith("…")
            assert said.startswith(shown.removesuffix("…"))
            assert len(shown) > 2.5 * (width - 16) or shown == said


async def test_a_long_title_gives_way_to_the_time_and_says_so(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, begun(desk, "A very long title " * 20), size=(60, 20)) as stage:
        await stage.run("start")
        line = stage.lines()[0]
        assert "… " in line
        assert line.rstrip().endswith("on time · 14:00 · ends 15:00")


class Fields(Bare):
    """Two fields that are too narrow for what stands in them."""

    CSS = "Input { border: none !important; height: 1; padding: 0; }"

    def compose(self) -> ComposeResult:
        yield Field("first and rather long")
        yield Field("第二の長い文字列です")


async def test_a_field_shows_the_cursor_or_the_beginning_and_tells_where_the_text_goes_on() -> None:
    async with Fields().run_test(size=(12, 4)) as pilot:
        first, second = pilot.app.query(Field)

        def drawn() -> list[str]:
            return [field.render_line(0).text[:12].rstrip() for field in (first, second)]

        await pilot.pause()
        assert drawn() == ["…ather long", "第二の長い …"]
        await pilot.press("home")
        assert drawn()[0] == "first and r…"
        second.focus()
        await pilot.pause()
        assert drawn() == ["first and r…", "…文字列です"]


async def test_chips_that_do_not_fit_say_so(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk), size=(60, 20)) as stage:
        stage.screen.query_one(CaptureLine).text = "x @ana @bo #one #two #three #four !high due:fri team:payments"
        await stage.settled()
        (line,) = [line for line in stage.lines() if "❯" in line]
        assert line.rstrip().endswith("…")


async def test_what_may_be_typed_is_told_whole_or_says_that_it_is_not(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    lines = ("a: raise the limit", "p: lunch", "? why")
    async with opened(desk, live(desk, *lines), size=(60, 20)) as stage:
        await stage.run("close")
        for hint in closing.hints(stage.review):
            stage.screen.query_one(CaptureLine).hint(f"type {hint.ask}")
            await stage.settled()
            (line,) = [line for line in stage.lines() if "❯" in line]
            assert hint.ask in line or line.rstrip().endswith("…"), line
        await stage.run("setup")
        fields = [field for field in stage.screen.query(Field) if field.placeholder and not field.value]
        assert fields
        for field in fields:
            assert cell_len(field.placeholder) <= field.content_size.width, field.placeholder


def test_there_is_one_dark_and_one_light_theme() -> None:
    assert sorted(theme.dark for theme in THEMES) == [False, True]
