from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from textual.events import Paste

from lrtui.app.screens.dialogs import TemplateDialog
from lrtui.app.screens.library import LibraryScreen
from lrtui.app.screens.room import RoomScreen
from lrtui.app.screens.setup import SetupScreen
from lrtui.app.widgets.capture import Field
from lrtui.desk import Desk
from lrtui.errors import StoreError
from lrtui.review import intents
from lrtui.review.model import State, Status
from lrtui.store.library import Library
from tests.app.opening import begun, desk_in, live, opened
from tests.doing import Clock

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from lrtui.store.side_table import Read
    from tests.app.opening import Stage


def fields(stage: Stage) -> dict[str, Field]:
    return {field.name or "": field for field in stage.at(SetupScreen).query(Field)}


def values(stage: Stage) -> dict[str, str]:
    return {name: field.value for name, field in fields(stage).items()}


def people(stage: Stage) -> list[str]:
    return [value for name, value in values(stage).items() if name.startswith("person ")]


async def fill(stage: Stage, name: str, text: str, key: str = "enter") -> None:
    field = fields(stage)[name]
    field.focus()
    await stage.settled()
    field.value = text
    field.cursor_position = len(text)
    await stage.pilot.press(key)
    await stage.settled()


async def test_every_field_is_kept_when_it_is_left(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, begun(desk, "Slow")) as stage:
        await fill(stage, "title", "Slow checkout")
        await fill(stage, "fact service", "checkout", "down")
        await fill(stage, "fact severity", "sev2", "up")
        await fill(stage, "moment started", "11-22 14:02")
        await fill(stage, "moment detected", "~14:05")
        await fill(stage, "moment mitigated", "n/a")
        await fill(stage, "zone", "Europe/Rome")
        await fill(stage, "tags", "#db payments")
        head = stage.review.head
        assert (head.title, head.zone, head.tags) == ("Slow checkout", "Europe/Rome", ("db", "payments"))
        assert head.facts == {"service": "checkout", "severity": "sev2"}
        assert stage.review.moments["started"].when == "2026-11-22T14:02"
        assert stage.review.moments["detected"].about
        assert stage.review.moments["mitigated"].not_applicable
        assert values(stage)["moment detected"] == "~2026-11-22 14:05"
        assert values(stage)["moment mitigated"] == "n/a"
        assert stage.top.strip().startswith("Slow checkout")
        kept = stage.review
        for name, field in fields(stage).items():
            field.focus()
            await stage.settled()
            assert stage.review == kept, f"{name} is kept although nothing was changed"


async def test_the_beginning_of_the_meeting_is_asked_for_where_there_is_a_clock(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, begun(desk, "Slow")) as stage:
        await fill(stage, "planned", "15:30")
        assert values(stage)["planned"] == "2026-11-23 15:30"
        assert stage.review.head.planned == stage.clock().replace(hour=15, minute=30, second=0)
        await fill(stage, "planned", "after lunch")
        assert stage.said == "“after lunch” is not a time. Type 14:00 or 11-25 14:00."
        await fill(stage, "planned", "")
        assert stage.review.head.planned is None
    async with opened(desk, begun(desk, "Alone", template="write-up")) as stage:
        await stage.run("setup")
        assert "planned" not in values(stage)


async def test_what_is_still_being_typed_is_kept_on_the_way_out(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = begun(desk, "Slow")
    async with opened(desk) as stage:
        await stage.worked()
        await stage.run("open")
        fields(stage)["title"].value = "Slow checkout"
        await stage.run("leave")
        stage.at(LibraryScreen)
        assert desk.open(name).review.head.title == "Slow checkout"


async def test_what_cannot_be_understood_stays_in_its_field_and_is_told(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, begun(desk, "Slow")) as stage:
        await fill(stage, "moment started", "noonish", "down")
        assert "“noonish” is not a time" in stage.said
        assert stage.warned
        await fill(stage, "add", "Ana Lima")
        assert values(stage)["moment started"] == "noonish"
        assert not stage.review.moments


async def test_people_are_added_changed_and_taken_off(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, begun(desk, "Slow")) as stage:
        await fill(stage, "add", "Ana Lima: responder, payments; Bo Chen")
        assert people(stage) == ["Ana Lima: responder, payments", "Bo Chen"]
        assert "@ana" in stage.shown()
        await fill(stage, "add", "Chi Wu", "up")
        assert people(stage)[2:] == ["Chi Wu"], "also when the field is left by an arrow"
        ana, bo, _ = (name for name in fields(stage) if name.startswith("person "))
        await fill(stage, ana, "Ana Lima: expert")
        assert stage.review.participants[ana.removeprefix("person ")].role == "expert"
        await fill(stage, bo, "", "down")
        assert people(stage) == ["Ana Lima: expert", "Chi Wu"]
        await stage.run("undo")
        assert people(stage) == ["Ana Lima: expert", "Bo Chen", "Chi Wu"]


async def test_the_roles_are_offered_behind_a_name_and_said_where_a_word_is_none(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, begun(desk, "Slow")) as stage:
        await fill(stage, "add", "", "end")
        fields(stage)["add"].value = "Ana Lima:"
        await stage.settled()
        assert stage.said.startswith("The roles are: ")
        await fill(stage, "add", "Ana Lima: wizard")
        assert people(stage) == ["Ana Lima: wizard"]
        assert stage.said.startswith("“wizard” is no role here and kept as the team of Ana Lima. The roles are: ")
        await fill(stage, "add", "Mei, Farid")
        assert values(stage)["add"] == "Mei, Farid"
        assert "Two people: “Mei; Farid”" in stage.said
        await fill(stage, "add", "Mei; Farid")
        assert people(stage) == ["Ana Lima: wizard", "Mei", "Farid"]


async def test_a_pasted_list_of_people_is_added_one_a_line(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, begun(desk, "Slow")) as stage:
        add = fields(stage)["add"]
        add.focus()
        await stage.settled()
        add.post_message(Paste("Ana Lima: responder\n\nBo Chen\nChi Wu: observer, data\n"))
        await stage.settled()
        await stage.settled()
        assert people(stage) == ["Ana Lima: responder", "Bo Chen", "Chi Wu: observer, data"]
        await stage.run("undo")
        assert people(stage) == []


async def test_a_pasted_list_that_cannot_be_read_is_left_to_be_corrected(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, begun(desk, "Slow")) as stage:
        fields(stage)["add"].post_message(Paste("Ana Lima\n: observer\n"))
        await stage.settled()
        assert stage.said.startswith("A name is missing.")
        assert values(stage)["add"] == "Ana Lima; : observer"
        assert not stage.review.participants


async def test_several_lines_pasted_into_another_field_are_no_people(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, begun(desk, "")) as stage:
        fields(stage)["title"].post_message(Paste("Slow\ncheckout\n"))
        await stage.settled()
        assert values(stage)["title"] == "Slow checkout"
        assert not stage.review.participants


async def test_undo_and_redo_show_in_the_fields_and_keep_what_is_being_typed(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, begun(desk, "Slow")) as stage:
        await fill(stage, "title", "Slow checkout")
        await fill(stage, "fact service", "checkout")
        fields(stage)["fact severity"].value = "se"
        await stage.run("undo")
        assert stage.said.startswith("Undone: change fact.")
        assert (values(stage)["fact service"], values(stage)["fact severity"]) == ("", "se")
        await stage.run("undo")
        assert values(stage)["title"] == "Slow"
        await stage.run("redo", "redo")
        assert (values(stage)["title"], values(stage)["fact service"]) == ("Slow checkout", "checkout")
        assert stage.review.head.facts == {"service": "checkout"}


async def test_the_side_tells_what_there_is_to_notice(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    earlier = [intents.set_fact("service", "Checkout"), intents.capture_line("a: raise the limit")]
    begun(desk, "Earlier", *earlier)
    name = begun(desk, "Slow", intents.set_moment("resolved", "2026-11-09 14:00"))
    async with opened(desk, name, size=(140, 40)) as stage:
        told = " ".join(stage.rows("#agenda"))
        assert "To notice" in told
        assert "working days" in told, "the lead time"
        assert "Who will be there?" in told
        assert "Learning review · 60 min" in told
        assert "raise the limit" not in told
        await fill(stage, "fact service", "checkout")
        await stage.worked()
        assert "raise the limit" in " ".join(stage.rows("#agenda"))
        await fill(stage, "add", "Ana Lima: responder")
        assert "1 person so far" in " ".join(stage.rows("#agenda"))
        await fill(stage, "fact service", "search")
        await stage.worked()
        assert "raise the limit" not in " ".join(stage.rows("#agenda"))


async def test_what_earlier_reviews_left_open_is_there_although_nobody_has_opened_the_library(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    for number in range(14):
        begun(desk, f"Then {number}", intents.set_fact("service", "checkout"), intents.capture_line(f"a: no {number}"))
    name = begun(desk, "Now", intents.set_fact("service", "checkout"))
    assert not desk.library.cache.joinpath("catalog.sqlite").exists()
    async with opened(desk, name, size=(100, 50)) as stage:
        await stage.worked()
        rows = stage.rows("#agenda")
        at = rows.index("Still open from earlier reviews")
        assert rows[at + 1 : at + 14] == [*(f"· no {number}" for number in range(12)), "  and 2 younger ones"]
        assert "Welcome" in rows


async def test_what_was_settled_since_the_library_was_open_last_is_not_shown_as_open(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    kept = [intents.set_fact("service", "checkout"), intents.capture_line("a: raise the limit")]
    then = desk.open(begun(desk, "Then", *kept))
    name = begun(desk, "Now", intents.set_fact("service", "checkout"))
    desk.update_catalog()
    then.perform(intents.set_state(next(iter(then.review.actions)), State.DONE))
    then.close()
    async with opened(desk, name) as stage:
        await stage.worked()
        assert "Still open from earlier reviews" not in stage.rows("#agenda")


async def test_typing_goes_on_while_the_catalog_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = desk_in(tmp_path)
    begun(desk, "Then", intents.set_fact("service", "checkout"), intents.capture_line("a: raise the limit"))
    name = begun(desk, "Now", intents.set_fact("service", "checkout"))
    go_on, read = threading.Event(), desk.catalog._read

    def slow(folder: Path) -> Read:
        assert threading.current_thread() is not threading.main_thread()
        assert go_on.wait(30)
        return read(folder)

    monkeypatch.setattr(desk.catalog, "_read", slow)
    async with opened(desk, name) as stage:
        await stage.pilot.press("e", "n", "d", "enter")
        assert stage.review.head.title == "Nowend"
        assert "Still open from earlier reviews" not in stage.rows("#agenda")
        go_on.set()
        await stage.worked()
        assert "· raise the limit" in stage.rows("#agenda")


async def test_a_cache_that_cannot_be_used_does_not_stand_in_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_in(tmp_path)
    name = begun(desk, "Now", intents.set_fact("service", "checkout"))

    def refuse(*_: object, **__: object) -> int:
        raise StoreError("Another lrtui is busy with the library's cache. Try again in a moment.")

    monkeypatch.setattr(desk.catalog, "refresh", refuse)
    monkeypatch.setattr(desk.catalog, "counts", refuse)
    async with opened(desk, name) as stage:
        await stage.worked()
        await fill(stage, "title", "Now, then")
        assert stage.review.head.title == "Now, then"
        assert not stage.warned


async def test_another_template_brings_its_questions_and_keeps_what_is_known(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, begun(desk, "Slow", intents.set_fact("service", "checkout"))) as stage:
        await stage.run("templates")
        dialog = stage.dialog
        assert isinstance(dialog, TemplateDialog)
        await stage.settled()
        assert "Welcome" in stage.rows("#agenda"), "the agenda of the present template"
        dialog.query_one(Field).value = "write-up"
        await stage.settled()
        assert "Welcome" not in stage.rows("#agenda")
        await stage.pilot.press("enter")
        await stage.settled()
        await stage.settled()
        assert stage.review.template.name == "write-up"
        assert [name for name in fields(stage) if name.startswith("fact ")] == [
            f"fact {fact.key}" for fact in stage.review.template.facts
        ]
        assert stage.review.head.facts["service"] == "checkout"
        await stage.run("templates")
        await stage.pilot.press("escape")
        assert stage.review.template.name == "write-up"


async def test_starting_opens_the_room_and_lets_the_clock_run(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, begun(desk, "Slow")) as stage:
        fields(stage)["title"].value = "Slow checkout"
        await stage.run("start")
        stage.at(RoomScreen)
        assert stage.review.head.title == "Slow checkout"
        assert stage.review.head.status is Status.LIVE
        assert stage.review.head.since == stage.clock()


async def test_from_the_room_the_set_up_leads_back_to_the_room(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk)) as stage:
        for way in ("leave", "start"):
            await stage.run("setup")
            await fill(stage, "add", f"Dee {way}")
            await stage.run(way)
            stage.at(RoomScreen)
        assert len(stage.review.participants) == 4
        await stage.run("close", "setup", "leave")
        assert stage.screen.SCOPE == "closing"


async def test_a_review_that_is_read_only_is_shown_and_not_changed(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = begun(desk, "Slow", intents.add_people("Ana Lima"))
    other = Desk(Library(desk.library.root), clock=Clock(), author="bo-81d2", zone="UTC").open(name)
    async with opened(desk, name) as stage:
        before = stage.review
        assert stage.said.startswith("This review is open since")
        await fill(stage, "title", "mine")
        assert stage.warned
        fields(stage)["add"].post_message(Paste("Bo\nChi"))
        await stage.settled()
        assert "reading only" in stage.said
        await stage.run("undo", "redo")
        stage.screen.run("start")
        await stage.settled()
        assert stage.review is before
    other.close()


async def test_who_types_keeps_the_field_and_the_cursor_while_somebody_else_writes(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = begun(desk, "Slow")
    beside = desk.open_console(name)
    async with opened(desk, name) as stage:
        title = fields(stage)["title"]
        title.value = "Slow checkout"
        title.cursor_position = 6
        await stage.settled()
        beside.perform(intents.set_fact("service", "checkout"))
        stage.at(SetupScreen).follow()
        await stage.settled()
        assert fields(stage)["title"] is title, "no field is made anew where the questions are the same"
        assert values(stage)["fact service"] == "checkout"
        assert (title.value, title.cursor_position, title.has_focus) == ("Slow checkout", 6, True)
        beside.perform(intents.add_people("Ana Lima"))
        stage.at(SetupScreen).follow()
        await stage.settled()
        assert people(stage) == ["Ana Lima"]
        title = fields(stage)["title"]
        assert (title.value, title.cursor_position, title.has_focus) == ("Slow checkout", 6, True)


async def test_what_somebody_else_wrote_is_not_replaced_by_what_a_field_showed_before(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = begun(desk, "Slow")
    beside = desk.open_console(name)
    async with opened(desk, name) as stage:
        beside.perform(intents.set_fact("service", "checkout"))
        await fill(stage, "title", "Slow checkout")
        await stage.pilot.press("down", "down")
        await stage.settled()
        assert stage.review.head.facts == {"service": "checkout"}
        assert values(stage)["fact service"] == "checkout"
