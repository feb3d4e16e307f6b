"""Long text is written in one's own editor: it comes back as one entry, and whatever goes wrong, nothing is lost."""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest
from textual.events import Paste

from lrtui import editor
from lrtui.app.screens.hand import EDIT, NEW
from lrtui.app.widgets.capture import CaptureLine, Field
from lrtui.app.widgets.rows import Rows
from lrtui.desk import Desk
from lrtui.review.model import Kind
from tests.app.opening import Editor, desk_in, live, opened

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.app.opening import Stage

TEXT = "First of all, it was slow.\n\nThen it was over,\nand we slept."


def always(text: str) -> Callable[[str], str]:
    return lambda _: f"{text}\n"


def texts(stage: Stage) -> list[str]:
    return [entry.text for entry in stage.review.entries.values()]


def hint(stage: Stage) -> str:
    return stage.screen.query_one(Field).placeholder


async def type_in(stage: Stage, text: str) -> None:
    stage.screen.query_one(CaptureLine).text = text
    await stage.settled()


async def test_the_console_writes_its_long_text_apart_from_what_the_room_has_half_typed(tmp_path: Path) -> None:
    desk = desk_in(tmp_path, editor=Editor(lambda text: f"{text.strip()} near tears\n"))
    name = live(desk)
    desk.drafts.keep(name, NEW, "half typed by the room")
    async with opened(desk, name, console=True) as stage:
        await type_in(stage, "// Bo was")
        await stage.run("editor")
        assert [(entry.kind, entry.text) for entry in stage.review.entries.values()] == [
            (Kind.PRIVATE, "Bo was near tears")
        ]
    async with opened(desk, name) as stage:
        assert stage.typed == "half typed by the room"


async def test_what_is_on_the_line_goes_to_the_editor_and_comes_back_as_one_entry(tmp_path: Path) -> None:
    ed = Editor(lambda text: f"{text}\n  Then it was over.\r\n\r\n\r\nWe slept. @bo #night\n")
    desk = desk_in(tmp_path, editor=ed)
    name = live(desk)
    async with opened(desk, name) as stage:
        await type_in(stage, "14:05 l: It was slow. ")
        await stage.run("editor")
        assert ed.seen == ["14:05 l: It was slow. \n"]
        (entry,) = stage.review.entries.values()
        assert (entry.kind, entry.text) == (Kind.LEARNING, "It was slow.\n\nThen it was over.\n\nWe slept.")
        assert (entry.when[-5:], entry.tags, len(entry.who)) == ("14:05", ("night",), 1)
        shown = [line[28:].strip("▕ ") for line in stage.lines()]
        at = next(at for at, line in enumerate(shown) if "It was slow." in line)
        assert [line.split("  ")[0] for line in shown[at + 1 : at + 5]] == ["", "Then it was over.", "", "We slept."]
        assert stage.typed == ""
        assert desk.drafts.take(name) == {}
        await stage.run("undo")
        assert not stage.review.entries


async def test_a_text_that_begins_with_a_list_or_a_slash_is_a_text(tmp_path: Path) -> None:
    ed = Editor(always("* one\n* two"))
    desk = desk_in(tmp_path, editor=ed)
    async with opened(desk, live(desk)) as stage:
        await stage.enter("/editor")
        ed.writes = always("/next\nand /back")
        await stage.enter("/editor")
        assert texts(stage) == ["* one\n* two", "/next\nand /back"]
        assert stage.review.head.step == "welcome"
        ed.writes = lambda text: f"{text}* three\n"
        await stage.run("edit", "edit", "editor")
        assert texts(stage) == ["* one\n* two\n* three", "/next\nand /back"]
        assert {entry.kind for entry in stage.review.entries.values()} == {Kind.NOTE}


async def test_a_line_of_several_paragraphs_is_never_flattened_on_the_capture_line(tmp_path: Path) -> None:
    ed = Editor(always(TEXT))
    desk = desk_in(tmp_path, editor=ed)
    async with opened(desk, live(desk, "one")) as stage:
        await stage.run("editor")
        await type_in(stage, "half")
        await stage.run("edit")
        assert stage.said == "This text has several lines: Ctrl+N opens it, Escape leaves it."
        assert stage.typed == ""
        assert hint(stage) == "a text of 4 lines: Ctrl+N opens it, Escape leaves it"
        assert "❯ a text of 4 lines" in stage.shown()
        await stage.enter("")
        assert (stage.said, stage.warned) == ("This text has several lines: Ctrl+N opens it, Escape leaves it.", True)
        await stage.enter("of my own")
        assert stage.typed == "of my own"
        assert texts(stage) == ["one", TEXT]
        await type_in(stage, "")
        await stage.run("edit")
        assert stage.typed == "one"
        await stage.run("later-line", "later-line")
        assert stage.typed == "half"
        await stage.run("edit")
        await stage.enter("/kind learning")
        assert stage.review.entries[max(stage.review.entries)].kind is Kind.LEARNING
        assert texts(stage) == ["one", TEXT]
        ed.writes = lambda text: text.replace("slow", "very slow").replace("l: ", "h: ")
        await stage.run("edit", "editor")
        assert ed.seen[-1] == f"l: {TEXT}\n"
        assert stage.said == "Changed. Ctrl+Z takes it back."
        assert texts(stage) == ["one", TEXT.replace("slow", "very slow")]
        assert stage.review.entries[max(stage.review.entries)].kind is Kind.WAS_HARD
        assert stage.typed == "half"


async def test_a_short_line_may_become_a_long_one_and_a_long_one_short(tmp_path: Path) -> None:
    ed = Editor(always(TEXT))
    desk = desk_in(tmp_path, editor=ed)
    async with opened(desk, live(desk, "one", "two")) as stage:
        await stage.run("edit")
        await stage.pilot.press("slash")
        assert stage.typed == "/"
        await stage.enter("/editor")
        assert ed.seen == ["two\n"]
        assert texts(stage) == ["one", TEXT]
        ed.writes = always("three")
        await stage.run("edit", "editor")
        assert texts(stage) == ["one", "three"]
        await stage.run("edit")
        assert stage.typed == "three"


async def test_a_text_that_comes_back_as_it_was_stays_in_hand_and_is_not_entered(tmp_path: Path) -> None:
    ed = Editor()
    desk = desk_in(tmp_path, editor=ed)
    name = live(desk, "one")
    async with opened(desk, name) as stage:
        await type_in(stage, "half a line")
        await stage.run("editor")
        assert stage.said.startswith("Nothing was changed. ")
        assert (stage.typed, texts(stage)) == ("half a line", ["one"])
        assert desk.drafts.take(name) == {NEW: "half a line"}
        ed.writes = always(" \n\n")
        await stage.run("editor")
        assert "It came back empty." in stage.said
        assert (stage.typed, texts(stage)) == ("half a line", ["one"])
        assert desk.drafts.take(name) == {NEW: "half a line"}
        await stage.run("edit", "editor")
        assert (stage.typed, texts(stage)) == ("one", ["one"])
        await stage.run("cancel")
        await type_in(stage, "")
        await stage.run("editor")
        assert stage.said.startswith("Nothing was changed. An")
        assert desk.drafts.take(name) == {}


async def test_where_the_editor_fails_what_it_has_written_is_in_hand_and_a_draft(tmp_path: Path) -> None:
    ed = Editor(fails="The editor “vi” ended with status 1.")
    desk = desk_in(tmp_path, editor=ed)
    name = live(desk, "one")
    async with opened(desk, name) as stage:
        await type_in(stage, "half")
        await stage.run("editor")
        assert (stage.said, stage.warned) == ("The editor “vi” ended with status 1. Nothing was changed.", True)
        assert (stage.typed, texts(stage)) == ("half", ["one"])
        ed.writes = always(TEXT)
        await stage.enter("/editor")
        assert stage.said == (
            "The editor “vi” ended with status 1. The text is in hand: Enter adds it, Ctrl+N opens it again."
        )
        assert hint(stage) == "a text of 4 lines: Enter adds it, Ctrl+N opens it, Escape leaves it"
        assert desk.drafts.take(name) == {NEW: TEXT}
        await stage.enter("typed meanwhile")
        assert texts(stage) == ["one", TEXT]
        assert stage.typed == "typed meanwhile"
        await type_in(stage, "")
        await stage.run("edit", "edit")
        await stage.enter("/editor")
        assert desk.drafts.take(name) == {EDIT + min(stage.review.entries): TEXT}
        assert "Enter keeps the change" in stage.said
        await stage.enter("")
        assert texts(stage) == [TEXT, TEXT]
        assert desk.drafts.take(name) == {}


@pytest.mark.parametrize("wished", ["no-such-editor", "'vi", "true"])
async def test_without_an_editor_or_a_terminal_to_leave_to_it_a_sentence_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wished: str
) -> None:
    monkeypatch.setenv("EDITOR", wished)
    desk = desk_in(tmp_path)
    desk.edit = editor.edit
    async with opened(desk, live(desk)) as stage:
        await type_in(stage, "half")
        await stage.run("editor")
        told = {
            "no-such-editor": "The editor “no-such-editor” was not found. Set $VISUAL or $EDITOR to one that is there.",
            "'vi": "$VISUAL or $EDITOR cannot be understood: a quote in it has no pair.",
            "true": "This terminal cannot be left to an editor.",
        }
        assert (stage.said, stage.warned) == (f"{told[wished]} Nothing was changed.", True)
        assert stage.typed == "half"


async def test_what_a_terminal_would_obey_is_made_visible_and_told(tmp_path: Path) -> None:
    ed = Editor(always("one\x1b[2J\r\n\r\ntwo\ttabs"))
    desk = desk_in(tmp_path, editor=ed)
    async with opened(desk, live(desk)) as stage:
        await stage.run("editor")
        assert texts(stage) == ["one␛[2J\n\ntwo tabs"]
        assert stage.said == "Signs stand for characters that a terminal would obey."
        ed.writes = always("one\r\n\r\ntwo\ttabs")
        await stage.run("editor")
        assert stage.said == ""


async def test_a_text_that_cannot_be_accepted_stays_in_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ed = Editor(always("14:05\nl:"))
    desk = desk_in(tmp_path, editor=ed)
    name = live(desk)
    async with opened(desk, name) as stage:
        await stage.run("editor")
        assert stage.warned
        assert "There are no words in" in stage.said
        assert desk.drafts.take(name) == {NEW: "14:05\nl:"}

        def full(_: int) -> None:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        ed.writes = always(TEXT)
        with monkeypatch.context() as disk:
            disk.setattr(os, "fdatasync", full)
            await stage.run("editor")
            assert stage.said.startswith("The disk is full: ")
            assert stage.said.endswith("The text is in hand: Enter adds it, Ctrl+N opens it again.")
        assert not stage.review.entries
        await stage.enter("")
        assert texts(stage) == [TEXT]


async def test_a_text_comes_back_after_a_crash_with_all_that_the_editor_had_saved(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = live(desk, "one", "two")
    desk.drafts.lay_out(name, NEW, f"{TEXT}\n")
    async with opened(desk, name) as stage:
        assert stage.said == "The line that was being typed is back."
        assert hint(stage).startswith("a text of 4 lines: Enter adds it")
        key = min(stage.review.entries)
        desk.drafts.lay_out(name, EDIT + key, "one\n\nand a half\n")
    async with opened(desk, name) as stage:
        assert stage.screen.query_one("#lines", Rows).selected_key == key
        await stage.enter("")
        assert texts(stage) == ["one\n\nand a half", "two"]
        await stage.enter("")
        assert texts(stage) == ["one\n\nand a half", "two", TEXT]


async def test_a_long_text_in_hand_can_be_left_out(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = live(desk)
    desk.drafts.keep(name, NEW, TEXT)
    async with opened(desk, name) as stage:
        await stage.run("cancel")
        assert stage.said == "The text was left out."
        assert hint(stage).startswith("note: type, Enter adds it")
        await stage.enter("")
    assert desk.drafts.take(name) == {}
    assert not desk.read(desk.library.resolve(name)).entries


async def test_a_pasted_block_can_become_one_text(tmp_path: Path) -> None:
    ed = Editor()
    desk = desk_in(tmp_path, editor=ed)
    async with opened(desk, live(desk)) as stage:
        stage.screen.query_one(Field).post_message(Paste("one\ntwo\n\nthree"))
        await stage.settled()
        await stage.run("editor")
        assert ed.seen == ["one\ntwo\nthree\n"]
        await stage.enter("")
        assert texts(stage) == ["one\ntwo\nthree"]


async def test_a_private_text_is_kept_and_never_shown(tmp_path: Path) -> None:
    desk = desk_in(tmp_path, editor=Editor(always("// ana sounds tired\n\nask her later")))
    async with opened(desk, live(desk)) as stage:
        await stage.run("editor")
        assert stage.said == "A private line is kept; it is not shown here."
        (entry,) = stage.review.entries.values()
        assert (entry.kind, entry.text) == (Kind.PRIVATE, "ana sounds tired\n\nask her later")
        assert "tired" not in stage.shown()
        assert "later" not in stage.shown()


async def test_the_time_in_the_editor_is_no_leap_of_the_clock(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)

    def slowly(_: str) -> str:
        stage.clock.forward(900)
        return TEXT

    desk.edit = Editor(slowly)
    async with opened(desk, live(desk)) as stage:
        await stage.run("undo", "redo", "editor")
        assert stage.session.leap is None
        stage.clock.forward(900)
        await stage.run("undo")
        assert stage.session.leap is not None, "as it is where nobody has written"


async def test_where_a_review_can_only_be_read_no_editor_is_opened(tmp_path: Path) -> None:
    ed = Editor(always(TEXT))
    desk = desk_in(tmp_path, editor=ed)
    name = live(desk)
    writer = desk.open(name)
    other = Desk(desk.library, clock=desk.clock, author="bo-81d2", zone="UTC", edit=ed)
    async with opened(other, name) as stage:
        await stage.run("editor")
        assert stage.warned
        assert ed.seen == []
    writer.close()
