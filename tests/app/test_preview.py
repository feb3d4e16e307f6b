from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lrtui.app.screens.reading import PreviewScreen
from lrtui.app.widgets.capture import Field
from lrtui.app.widgets.rows import Rows
from lrtui.review import intents
from lrtui.review.model import Status
from tests.app.opening import Clipboard, begun, desk_in, live, opened

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which exports land."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


async def test_the_preview_is_what_is_exported_line_by_line(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = live(desk, *(f"said {number}" for number in range(60)))
    async with opened(desk, name) as stage:
        await stage.run("preview")
        stage.at(PreviewScreen)
        assert "\n".join(stage.rows("#document")) == desk.markdown(stage.session)
        assert f"{len(stage.rows('#document'))} lines of Markdown" in stage.top
        document = stage.screen.query_one("#document", Rows)
        await stage.run("row-down")
        assert document.scroll_offset.y == 1
        await stage.run("page-down", "page-down", "page-down", "page-down")
        assert stage.rows("#document")[-2] in stage.shown()
        await stage.run("page-up", "row-up", "undo")
        assert "said 59" not in "\n".join(stage.rows("#document"))


SAID = [intents.capture_line("said")]


async def test_what_a_command_chosen_from_the_list_has_done_is_said_and_stays(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, begun(desk, "Slow checkout", intents.start(), *SAID, intents.finish())) as stage:
        stage.at(PreviewScreen)
        assert stage.said.startswith("This is what is exported")
        await stage.run("palette")
        stage.dialog.query_one(Field).value = "reopen"
        await stage.settled()
        await stage.pilot.press("enter")
        await stage.settled()
        assert stage.review.head.status is Status.WRAP_UP
        assert stage.said.startswith("Taken up again")


async def test_an_export_goes_to_a_file_and_the_clipboard_and_says_so(tmp_path: Path, here: Path) -> None:
    clipboard = Clipboard()
    desk = desk_in(tmp_path, clipboard)
    async with opened(desk, live(desk, "said")) as stage:
        await stage.run("export")
        await stage.worked()
        file = here / f"{stage.session.name}.md"
        assert file.read_text("utf-8") == desk.markdown(stage.session)
        assert clipboard.copied == [desk.markdown(stage.session)]
        assert stage.said == f"Written to {file.name}. Copied to the clipboard."
        assert not stage.warned
        await stage.enter("/export notes.md")
        await stage.worked()
        assert (here / "notes.md").exists()
        await stage.enter("/copy")
        await stage.worked()
        assert stage.said == "Copied to the clipboard."
        assert len(clipboard.copied) == 3


async def test_where_nothing_can_be_copied_it_says_where_the_file_is(tmp_path: Path) -> None:
    desk = desk_in(tmp_path, Clipboard(refuses=True))
    async with opened(desk, live(desk, "said")) as stage:
        await stage.run("preview", "export")
        await stage.worked()
        assert stage.said == f"Written to {stage.session.name}.md. Nothing was copied: no clipboard program was found."
        assert stage.warned


@pytest.mark.parametrize("words", ["no/such/folder/x.md", "~nobody-of-that-name/x", "x" * 300])
async def test_a_file_that_cannot_be_written_is_told_and_nothing_is_copied(
    tmp_path: Path, here: Path, words: str
) -> None:
    clipboard = Clipboard()
    desk = desk_in(tmp_path, clipboard)
    async with opened(desk, live(desk, "said")) as stage:
        await stage.enter(f"/export {words}")
        await stage.worked()
        assert stage.warned
        assert stage.typed == f"/export {words}"
        assert not clipboard.copied
    assert not list(here.iterdir())  # noqa: ASYNC240 - nothing else runs any more


async def test_what_is_private_is_nowhere_in_it(tmp_path: Path) -> None:
    clipboard = Clipboard()
    desk = desk_in(tmp_path, clipboard)
    async with opened(desk, live(desk, "// tired", "said")) as stage:
        await stage.run("preview", "copy")
        await stage.worked()
        assert "tired" not in clipboard.copied[0]
        assert "tired" not in stage.shown()
