"""What is typed and not entered yet is there again: after a crash, after leaving, and on the point it was typed for."""

from __future__ import annotations

import tempfile
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrtui.app import half_typed
from lrtui.app.half_typed import HalfTyped
from lrtui.app.screens.closing import ClosingScreen
from lrtui.app.screens.library import LibraryScreen
from lrtui.app.screens.room import RoomScreen
from lrtui.app.screens.setup import SetupScreen
from lrtui.app.widgets.capture import CaptureLine, Field
from lrtui.app.widgets.rows import Rows
from lrtui.desk import Desk
from lrtui.review import closing, intents
from lrtui.store.drafts import Drafts
from lrtui.store.library import Library
from tests.app.opening import begun, desk_in, live, opened

if TYPE_CHECKING:
    from collections.abc import Callable

    from lrtui.app.screens.base import ReviewScreen
    from tests.app.opening import Stage

SOME_TIME = 200  # looks, a moment apart, until something must have been kept


class Timers:
    """Stands for a screen: remembers what is to be done when typing has stopped."""

    def __init__(self, drafts: Drafts, *, reads: bool = False) -> None:
        self.desk = SimpleNamespace(drafts=drafts)
        self.session = SimpleNamespace(desk_name="one", read_only=reads)
        self.due: Callable[[], object] = lambda: None

    def set_timer(self, _: float, due: Callable[[], object]) -> Timers:
        self.due = due
        return self

    def stop(self) -> None:
        self.due = lambda: None


def half(drafts: Drafts, scope: str = "set-up ", *, reads: bool = False) -> tuple[HalfTyped, Timers]:
    timers = Timers(drafts, reads=reads)
    return HalfTyped(cast("ReviewScreen", timers), scope), timers


places = st.sampled_from(["title", "fact service", "", "person 1"])
texts = st.text(alphabet="aé /", max_size=3)
doings = st.lists(
    st.one_of(
        st.tuples(st.just("typed"), places, texts),
        st.tuples(st.just("entered"), places, st.just("")),
        st.tuples(st.just("time passes"), st.just(""), st.just("")),
    ),
    max_size=15,
)


@settings(max_examples=60, deadline=None)
@given(done=doings, other=texts)
def test_what_is_given_back_is_what_stood_there_when_typing_stopped(
    done: list[tuple[str, str, str]], other: str
) -> None:
    with tempfile.TemporaryDirectory() as place:
        drafts = Drafts(Path(place))
        drafts.keep("one", "new", other)
        fields, timers = half(drafts)
        model: dict[str, str] = {}
        for what, where, text in done:
            if what == "typed":
                fields.typed(where, text)
                model[where] = text
            elif what == "entered":
                fields.entered(where)
                model.pop(where, None)
            else:
                timers.due()
            there = {where: text for where, text in model.items() if text}
            assert fields.texts == there
            if what == "time passes":
                assert half(drafts)[0].texts == there
        assert fields.keep()
        assert half(drafts)[0].texts == {where: text for where, text in model.items() if text}
        assert drafts.take("one").get("new", "") == other, "another screen's text is left alone"


def test_who_only_reads_neither_takes_nor_keeps_what_the_writer_types(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path)
    drafts.keep("one", "set-up title", "of the writer")
    fields, timers = half(drafts, reads=True)
    assert fields.texts == {}
    fields.typed("title", "of the reader")
    timers.due()
    assert not fields.keep()
    fields.entered("title")
    assert fields.keep()
    assert drafts.take("one") == {"set-up title": "of the writer"}


def test_what_a_disk_has_refused_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drafts = Drafts(tmp_path)
    fields, _ = half(drafts)
    fields.typed("title", "Slow")
    with monkeypatch.context() as full:
        full.setattr(drafts, "keep", lambda *_: False)
        assert not fields.keep()
    assert fields.keep()
    assert half(drafts)[0].texts == {"title": "Slow"}


def fields_of(stage: Stage) -> dict[str, Field]:
    return {field.name or "": field for field in stage.at(SetupScreen).query(Field)}


async def type_into(stage: Stage, name: str, text: str) -> None:
    field = fields_of(stage)[name]
    field.focus()
    await stage.settled()
    field.value = text
    field.cursor_position = len(text)
    await stage.settled()


async def kept(desk: Desk, name: str, stage: Stage) -> dict[str, str]:
    """Return what is on disk as soon as something is."""
    for _ in range(SOME_TIME):
        found = desk.drafts.take(name)
        if found:
            return found
        await stage.pilot.pause(0.01)
    return {}


async def test_a_field_of_the_set_up_is_kept_while_it_is_typed_and_is_back_after_a_crash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(half_typed, "KEEP_AFTER", 0.01)
    desk = desk_in(tmp_path)
    name = begun(desk, "Slow")
    async with opened(desk, name) as stage:
        await type_into(stage, "fact impact", "every tenth pay")
        assert await kept(desk, name, stage) == {"set-up fact impact": "every tenth pay"}
        monkeypatch.setattr(SetupScreen, "on_unmount", lambda _: None)  # a crash asks nobody
    assert desk.drafts.take(name)
    async with opened(desk, name) as stage:
        assert fields_of(stage)["fact impact"].value == "every tenth pay"
        assert stage.said.startswith("Typed before and not kept yet: What did people notice, and how many of them.")
        assert stage.app.focused is fields_of(stage)["fact impact"]
        assert "impact" not in stage.review.head.facts
        await stage.pilot.press("m", "e", "n", "t", "enter")
        assert stage.review.head.facts["impact"] == "every tenth payment"
        assert desk.drafts.take(name) == {}
    async with opened(desk, name) as stage:
        assert stage.said.startswith("All of this is optional.")


async def test_a_half_typed_text_that_was_kept_in_the_review_after_all_does_not_come_twice(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = begun(desk, "Slow")
    desk.drafts.keep(name, "set-up title", "Slow")
    desk.drafts.keep(name, "set-up fact of another template", "kept for it")
    async with opened(desk, name) as stage:
        assert stage.said.startswith("All of this is optional.")
        assert desk.drafts.take(name) == {"set-up fact of another template": "kept for it"}


@pytest.mark.parametrize("way", ["escape", "f8"])
async def test_what_could_not_be_kept_is_said_once_and_is_back_in_its_field_the_next_time(
    tmp_path: Path, way: str
) -> None:
    desk = desk_in(tmp_path)
    name = begun(desk, "Slow")
    spelled = {"escape": "Escape", "f8": "F8"}[way]
    async with opened(desk) as stage:
        await stage.worked()
        await stage.run("open")
        await type_into(stage, "title", "Slow checkout")
        await type_into(stage, "moment started", "noonish")
        await stage.pilot.press(way)
        await stage.settled()
        assert stage.said == f"Not kept yet: Impact began; {spelled} again leaves it for next time."
        stage.at(SetupScreen)
        await stage.pilot.press(way)
        await stage.settled()
        assert isinstance(stage.screen, LibraryScreen if way == "escape" else RoomScreen)
        assert desk.drafts.take(name) == {"set-up moment started": "noonish"}
        if way == "escape":
            await stage.worked()
            await stage.run("open")
        else:
            await stage.run("setup")
        assert stage.review.head.title == "Slow checkout"
        assert fields_of(stage)["moment started"].value == "noonish"
        await type_into(stage, "moment started", "2026-11-22 12:04")
        await stage.pilot.press("enter", "escape")
        await stage.settled()
        assert not isinstance(stage.screen, SetupScreen)
    assert desk.drafts.take(name) == {}
    assert desk.open(name).review.moments["started"].when == "2026-11-22T12:04"


async def test_quitting_keeps_what_could_not_be_kept_in_the_review(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = begun(desk, "Slow")
    async with opened(desk, name) as stage:
        await type_into(stage, "moment started", "noonish")
        await stage.pilot.press("ctrl+q")
    async with opened(desk, name) as stage:
        assert fields_of(stage)["moment started"].value == "noonish"


async def test_where_the_disk_keeps_no_draft_either_it_says_that_the_text_will_be_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, begun(desk, "Slow")) as stage:
        monkeypatch.setattr(Drafts, "keep", lambda *_: False)
        await type_into(stage, "moment started", "noonish")
        await stage.run("leave")
        assert stage.said == "Not kept yet: Impact began; Escape again goes on without it."


async def test_another_text_that_cannot_be_kept_is_told_of_as_well(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, begun(desk, "Slow")) as stage:
        await type_into(stage, "moment started", "noonish")
        await stage.run("leave")
        await type_into(stage, "zone", "Narnia")
        await stage.run("leave")
        assert stage.said.startswith("Not kept yet: Impact began, Time zone of these times; Escape again")


async def test_half_typed_fields_stay_when_another_template_is_chosen_and_come_back_with_their_own(
    tmp_path: Path,
) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, begun(desk, "Slow")) as stage:
        screen = stage.at(SetupScreen)
        await type_into(stage, "moment acknowledged", "noonish")
        await type_into(stage, "add", ": nobody")
        for template in ("write-up", "learning-review"):
            await screen._change_template(template)
            await stage.settled()
            assert fields_of(stage)["add"].value == ": nobody"
            assert ("moment acknowledged" in fields_of(stage)) == (template == "learning-review")
        assert fields_of(stage)["moment acknowledged"].value == "noonish"


async def test_a_reader_is_told_that_nothing_is_left_for_next_time(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = begun(desk, "Slow")
    other = Desk(Library(desk.library.root), clock=desk.clock, author="bo-81d2", zone="UTC").open(name)
    async with opened(desk, name) as stage:
        await type_into(stage, "title", "mine")
        await stage.run("leave")
        assert stage.said == "Not kept yet: Title; Escape again goes on without it."
    other.close()
    assert desk.drafts.take(name) == {}


def met(desk: Desk) -> str:
    lines = [intents.capture_line(line) for line in ("* limits age", "p: lunch", "p: the rota")]
    return begun(desk, "Slow checkout", intents.start(), *lines)


def point(stage: Stage) -> str:
    rows = stage.screen.query_one("#hints", Rows)
    return rows.rows[rows.selected].text if rows.selected is not None else ""


def waiting(stage: Stage) -> list[str]:
    return [row.text for row in stage.screen.query_one("#hints", Rows).rows if row.tail == "half typed"]


async def type_on(stage: Stage, text: str) -> None:
    stage.screen.query_one(CaptureLine).text = text
    await stage.settled()


async def test_what_is_typed_for_a_point_waits_there_while_one_looks_at_others(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, met(desk)) as stage:
        await stage.run("close")
        assert point(stage) == "Parked: lunch"
        await type_on(stage, "act")
        await stage.run("row-down")
        assert (point(stage), stage.typed) == ("Parked: the rota", "")
        assert waiting(stage) == ["Parked: lunch"]
        await type_on(stage, "dr")
        await stage.run("row-up")
        assert (point(stage), stage.typed) == ("Parked: lunch", "act")
        assert waiting(stage) == ["Parked: the rota"]
        await stage.pilot.click("#hints", offset=(5, 1))
        assert (point(stage), stage.typed) == ("Parked: the rota", "dr")
        await stage.enter("drop")
        assert (point(stage), stage.typed) == ("No time yet: Impact began", "")
        assert waiting(stage) == ["Parked: lunch"]
        await stage.run("undo")
        assert waiting(stage) == ["Parked: lunch"]
        assert len([entry for entry in stage.review.entries.values() if entry.text == "the rota"]) == 1


async def test_what_is_typed_in_a_burst_after_enter_is_for_the_point_that_follows(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, met(desk)) as stage:
        await stage.run("close", "row-down")
        await type_on(stage, "act")
        await stage.run("row-up")
        field = stage.screen.query_one(Field)
        field.value = "keep"
        await field.action_submit()
        field.value = "ion"  # before the screen has looked at what was entered
        await stage.settled()
        assert (point(stage), stage.typed) == ("Parked: the rota", "act ion")


async def test_an_answer_that_is_half_typed_is_back_on_its_point_after_a_crash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(half_typed, "KEEP_AFTER", 0.01)
    desk = desk_in(tmp_path)
    name = met(desk)
    async with opened(desk, name) as stage:
        await stage.run("close", "row-down")
        await type_on(stage, "act")
        (place,) = await kept(desk, name, stage)
        assert place == f"close {closing.hints(stage.review)[1].key}"
        monkeypatch.setattr(ClosingScreen, "on_unmount", lambda _: None)
    async with opened(desk, name) as stage:
        assert stage.typed == "", "the room does not show it"
        await stage.run("close")
        assert (point(stage), stage.typed) == ("Parked: the rota", "act")
        assert stage.said == "What was being typed is back on its point."
        await stage.enter("action")
        assert [action.text for action in stage.review.actions.values()] == ["the rota"]
        assert desk.drafts.take(name) == {}


async def test_an_answer_that_is_half_typed_is_there_again_after_a_look_at_the_room(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "p: lunch")) as stage:
        await stage.run("close", "row-down")
        await type_on(stage, "act")
        await stage.run("room")
        await type_on(stage, "half a line")
        await stage.run("close")
        assert (point(stage), stage.typed) == ("Parked: lunch", "act")
        await stage.run("leave")  # Escape empties the line
        assert stage.typed == ""
        await stage.run("room", "close")
        assert stage.typed == ""
        await stage.run("room")
        assert stage.typed == "half a line"
