"""All that can stand on a screen, one state after another, and the contrast of what is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from lrtui.app.widgets.capture import CaptureLine, Field
from lrtui.review import intents
from tests.app.opening import begun, live, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.color import Color
    from rich.segment import Segment

    from lrtui.desk import Desk
    from tests.app.opening import Stage

DRAWN = set("▕▏▁▂▃▄▅▆▇█ ")  # lines between parts and scrollbars: there is nothing to read in them


Look: TypeAlias = "Callable[[str, Stage], None]"


async def tour(desk: Desk, look: Look, *, size: tuple[int, int] = (100, 30), theme: str = "dark") -> None:
    """Look at everything that a person may see, by name: every screen and dialog, plain, late, warning and editing."""
    async with opened(desk, size=size, theme=theme, lesson=True) as stage:
        await stage.worked()
        look("the first lesson", stage)
        await stage.enter("it was slow")
        await stage.enter("rolled back")
        look("the lesson, something missing", stage)
        await stage.pilot.press("escape")
        look("an empty library", stage)
    begun(desk, "Disk full", intents.set_fact("service", "warehouse"))
    begun(desk, "Old one", intents.finish())
    name = live(desk, "14:02 pager @ana #db", "d: roll back", "a: raise the limit", "? why then", "p: lunch")
    async with opened(desk, size=size, theme=theme) as stage:
        await stage.worked()
        look("the library", stage)
        for found in ("help", "palette"):
            await stage.run(found)
            look(found, stage)
            await stage.pilot.press("escape")
        stage.screen.query_one(CaptureLine).text = "nothing like it"
        await stage.settled()
        look("a search that finds nothing", stage)
    async with opened(desk, name, size=size, theme=theme) as stage:
        await _meeting(stage, look)
    async with opened(desk, begun(desk, "Alone", template="write-up"), size=size, theme=theme) as stage:
        await _write_up(stage, look)


async def _meeting(stage: Stage, look: Look) -> None:
    look("the room", stage)
    stage.screen.query_one(CaptureLine).text = "14:31 retry storm stopped @bo #database !high"
    await stage.settled()
    look("the room with half a line", stage)
    await stage.enter("/no such")
    look("the room, warning", stage)
    stage.screen.query_one(CaptureLine).text = ""
    await stage.run("edit")
    look("the room, editing", stage)
    await stage.run("cancel", "pause")
    look("the room, paused", stage)
    await stage.run("pause")
    stage.clock.forward(600)
    await stage.run("edit", "cancel", "more-time")
    look("the room, over time", stage)
    stage.screen.query_one("#time").add_class("-flash")
    await stage.settled()
    look("the room, its clock flashing", stage)
    stage.screen.query_one("#time").remove_class("-flash")
    await stage.run("large")
    look("the room, large", stage)
    await stage.run("large", "silent")
    look("writing in silence", stage)
    await stage.run("uncover")
    for _ in range(3):
        await stage.run("next")
    look("the room in a later step", stage)
    await stage.run("help")
    look("help", stage)
    await stage.pilot.press("escape")
    await stage.run("close")
    look("the close", stage)
    await stage.enter("")
    look("the close, asking", stage)
    await stage.run("finish", "preview")
    look("the preview", stage)
    await stage.run("leave", "setup")
    look("the set-up", stage)
    await stage.run("templates")
    await stage.settled()
    look("the templates", stage)
    stage.dialog.query_one(Field).value = "quick"
    await stage.settled()
    look("the templates, narrowed down", stage)
    await stage.pilot.press("escape")


async def _write_up(stage: Stage, look: Look) -> None:
    look("a write-up with nothing on it", stage)
    for line in ("Paying was slow.", "14:02 pager #db", "* a retry is load", "d: wait", "/fact service shop"):
        await stage.enter(line)
    look("a write-up", stage)
    await stage.run("next", "next", "edit")
    look("a write-up, editing", stage)
    await stage.run("cancel")
    stage.session.perform(intents.capture_line("First.\n\nSecond.\nThird.", "well"))
    stage.screen.query_one(CaptureLine).text = ""
    await stage.run("undo", "redo", "edit")
    look("a write-up with a long text in hand", stage)


def contrast(one: Color | None, other: Color | None) -> float:
    """Return the contrast of two colours as WCAG 2 reckons it, from 1 to 21."""
    if one is None or other is None:
        return 0
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: Color) -> float:
    parts = [part / 255 for part in color.get_truecolor()]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def readable(stage: Stage) -> Iterator[tuple[Segment, float]]:
    """Yield all that there is to read on the screen in front, with its contrast."""
    for strip in stage.strips():
        for segment in strip:
            if set(segment.text) - DRAWN:
                style = segment.style
                assert style is not None, segment
                assert not style.dim, segment
                yield segment, contrast(style.color, style.bgcolor)
