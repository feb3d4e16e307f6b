from __future__ import annotations

from typing import TYPE_CHECKING

from lrtui.app.screens.dialogs import CommandDialog, Dialog, HelpDialog, TemplateDialog
from lrtui.app.widgets.capture import Field
from lrtui.app.widgets.rows import Rows
from lrtui.commands import Scope
from tests.app.opening import begun, desk_in, live, opened

if TYPE_CHECKING:
    from pathlib import Path

    from tests.app.opening import Stage


def listed(dialog: Dialog) -> list[str]:
    return [row.text for row in dialog.query_one("#choices", Rows).rows]


async def narrow(stage: Stage, words: str) -> None:
    stage.dialog.query_one(Field).value = words
    await stage.settled()


async def test_typing_narrows_down_and_enter_chooses(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk)) as stage:
        await stage.run("palette")
        assert isinstance(stage.dialog, CommandDialog)
        await narrow(stage, "step next")
        assert listed(stage.dialog) == ["Next step"]
        assert "▸ Next step" in stage.shown()
        await stage.pilot.press("enter")
        await stage.settled()
        assert stage.review.head.step == "earlier"


async def test_arrows_choose_and_escape_leaves_without_a_choice(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk)) as stage:
        await stage.run("palette")
        await stage.pilot.press("down", "down", "up")
        assert stage.dialog.query_one("#choices", Rows).selected == 1
        await stage.pilot.press("escape")
        assert stage.screen.SCOPE is Scope.ROOM
        assert stage.review.head.step == "welcome"
        await stage.run("palette")
        await stage.pilot.press("ctrl+q")
        assert stage.app.return_code == 0, "the key that leaves the program leaves it from a dialog too"


async def test_what_is_not_there_is_said_and_choosing_it_chooses_nothing(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk)) as stage:
        before = stage.review
        await stage.run("palette")
        await narrow(stage, "zzz")
        assert listed(stage.dialog) == ["Nothing here is called that."]
        await stage.pilot.press("enter")
        await stage.settled()
        assert stage.screen.SCOPE is Scope.ROOM
        assert stage.review == before


async def test_every_command_can_be_chosen_from_the_list_without_harm(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "said")) as stage:
        for name in ("go", "late", "time", "fact", "moment", "person", "complete", "delete", "edit", "later-line"):
            await stage.run("palette")
            stage.dialog.dismiss(name)
            await stage.settled()
            assert stage.screen.SCOPE is Scope.ROOM


async def test_a_second_enter_in_a_burst_leaves_nothing_but_the_dialog(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk)) as stage:
        for name in ("help", "palette"):
            await stage.run(name)
            field = stage.dialog.query_one(Field)
            field.value = "all commands"
            await field.action_submit()
            await field.action_submit()
            await stage.settled()
            if name == "palette":
                await stage.pilot.press("escape")
            assert stage.screen.SCOPE is Scope.ROOM


async def test_help_is_read_and_left(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk)) as stage:
        await stage.run("help")
        assert isinstance(stage.dialog, HelpDialog)
        assert "Keys and words: room" in stage.shown()
        await narrow(stage, "parking")
        assert listed(stage.dialog) == ["for the parking lot; also > words"]
        await stage.pilot.press("enter")
        await stage.settled()
        assert stage.screen.SCOPE is Scope.ROOM


async def test_help_can_be_paged_through(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk)) as stage:
        await stage.run("help")
        rows = stage.dialog.query_one("#choices", Rows)
        assert rows.scroll_offset.y == 0
        await stage.pilot.press("pagedown")
        assert rows.scroll_offset.y > 5
        await stage.pilot.press("pageup")
        assert rows.scroll_offset.y == 0


async def test_a_template_with_faults_is_told_of_and_cannot_be_chosen(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = begun(desk, "Slow")
    (desk.library.root / "templates" / "ours.yaml").write_text("name: ours\nstepps: []\n")
    async with opened(desk, name) as stage:
        await stage.run("templates")
        assert isinstance(stage.dialog, TemplateDialog)
        await narrow(stage, "ours")
        faulty = "has faults; `lrtui templates check ours` tells them"
        assert listed(stage.dialog) == [faulty]
        rows = stage.dialog.query_one("#choices", Rows).rows
        assert [(row.lead, row.selectable) for row in rows if row.text == faulty] == [("ours", False)]


async def test_the_agenda_of_a_template_is_seen_before_it_is_chosen(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, begun(desk, "Slow")) as stage:
        await stage.run("templates")
        await stage.settled()
        for name, template in (("quick-review", "30 min"), ("write-up", "no clock")):
            await narrow(stage, name)
            (line,) = [row for row in stage.dialog.query_one("#agenda", Rows).rows if row.style == "heading"]
            assert line.tail == template
        assert stage.rows("#agenda")[1:] == [step.title for step in desk.template("write-up").steps]
