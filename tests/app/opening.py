"""The app without a terminal: opened on a library with a clock that is handed in, and what stands on its screen."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from textual.app import App, ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from lrtui.app.app import LrtuiApp
from lrtui.app.screens.base import CommandScreen, ReviewScreen
from lrtui.app.screens.dialogs import Card, Dialog
from lrtui.app.screens.lesson import LessonScreen
from lrtui.app.themes import DARK
from lrtui.app.widgets.bars import StatusLine, TopLine
from lrtui.app.widgets.capture import CaptureLine
from lrtui.app.widgets.rows import Rows
from lrtui.clipboard import Outcome
from lrtui.desk import Desk
from lrtui.errors import LrtuiError
from lrtui.review import intents
from lrtui.settings.values import Settings
from lrtui.store.library import Library
from tests.doing import Clock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from textual.pilot import Pilot
    from textual.strip import Strip
    from textual.widget import Widget

    from lrtui.editor import Leaving
    from lrtui.review.intents import Intent
    from lrtui.review.model import Review
    from lrtui.session import Session

SIZE = (100, 30)
_Screen = TypeVar("_Screen", bound=CommandScreen)


@dataclass
class Clipboard:
    """A clipboard that keeps what was copied, or that refuses."""

    refuses: bool = False
    copied: list[str] = field(default_factory=list)

    def __call__(self, text: str) -> Outcome:
        if self.refuses:
            return Outcome(copied=False, said="Nothing was copied: no clipboard program was found.")
        self.copied.append(text)
        return Outcome(copied=True, said="Copied to the clipboard.")


@dataclass
class Editor:
    """An editor that makes of a text what it is told to, and may fail then; it remembers what it was given."""

    writes: Callable[[str], str] = str
    fails: str = ""
    seen: list[str] = field(default_factory=list)

    def __call__(self, path: Path, _: Leaving) -> None:
        self.seen.append(path.read_text())
        path.write_text(self.writes(self.seen[-1]))
        if self.fails:
            raise LrtuiError(self.fails)


def desk_in(
    root: Path, clipboard: Clipboard | None = None, settings: Settings | None = None, editor: Editor | None = None
) -> Desk:
    """Return a desk on a library that may not be there yet, with a clock to move."""
    return Desk(
        Library(root / "library"),
        clock=Clock(),
        author="ana-3f9c",
        zone="UTC",
        copy=clipboard or Clipboard(),
        edit=editor or Editor(),
        read_settings=lambda: settings or Settings(),
    )


def begun(desk: Desk, title: str, *done: Intent, template: str = "learning-review") -> str:
    """Begin a review, do to it what is asked, close it, and return its name."""
    session = desk.begin(title, template)
    for intent in done:
        if isinstance(desk.clock, Clock):
            desk.clock.forward(30)
        session.perform(intent)
    session.close()
    return session.name


def live(desk: Desk, *lines: str, people: str = "Ana Lima: responder, payments; Bo Chen: facilitator") -> str:
    """Begin a review whose meeting runs, with lines captured in its first step."""
    captured = [intents.capture_line(line) for line in lines]
    return begun(desk, "Slow checkout", intents.add_people(people), intents.start(), *captured)


class Bare(App[None]):
    """Nothing but some widgets, in the dark theme."""

    def __init__(self, *widgets: Widget) -> None:
        super().__init__()
        self._widgets = widgets
        self.register_theme(DARK)
        self.theme = DARK.name

    def compose(self) -> ComposeResult:
        yield from self._widgets


class Stage:
    """An open app, and the shortest ways to what a test asks of it."""

    def __init__(self, app: LrtuiApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def clock(self) -> Clock:
        """The clock that was handed in."""
        assert isinstance(self.app.desk.clock, Clock)
        return self.app.desk.clock

    @property
    def screen(self) -> CommandScreen:
        """The screen in front, which is no dialog."""
        assert isinstance(self.app.screen, CommandScreen), self.app.screen
        return self.app.screen

    @property
    def dialog(self) -> Dialog:
        """The dialog in front."""
        assert isinstance(self.app.screen, Dialog), self.app.screen
        return self.app.screen

    @property
    def session(self) -> Session:
        """The open review."""
        assert isinstance(self.app.screen, ReviewScreen), self.app.screen
        return self.app.screen.session

    @property
    def review(self) -> Review:
        """The open review as it is now."""
        return self.session.review

    @property
    def said(self) -> str:
        """What the status line says."""
        return self.screen.query_one(StatusLine).said

    @property
    def warned(self) -> bool:
        """Whether the status line warns."""
        return self.screen.query_one(StatusLine).has_class("-warning")

    @property
    def typed(self) -> str:
        """What stands on the capture line."""
        return self.screen.query_one(CaptureLine).text

    @property
    def top(self) -> str:
        """What the title line says."""
        return str(self.screen.query_one(TopLine).render())

    def at(self, kind: type[_Screen]) -> _Screen:
        """Return the screen in front, which is of that kind."""
        assert isinstance(self.app.screen, kind), self.app.screen
        return self.app.screen

    def rows(self, selector: str) -> list[str]:
        """Return the texts of a list, from top to bottom."""
        return [row.text for row in self.app.screen.query_one(selector, Rows).rows]

    async def run(self, *names: str) -> None:
        """Perform commands as their keys would."""
        for name in names:
            self.screen.run(name)
            await self.settled()

    async def enter(self, text: str) -> None:
        """Type a line and press Enter."""
        field = self.app.screen.query_one(Input)
        field.value = text
        field.cursor_position = len(text)
        await field.action_submit()
        await self.settled()

    async def settled(self) -> None:
        """Wait until all that was asked is done and drawn."""
        await self.pilot.pause()

    async def worked(self) -> None:
        """Wait for what is done in the background, too."""
        await self.app.workers.wait_for_complete()
        await self.settled()

    def drawn(self) -> list[Strip]:
        """Return all lines as they would be drawn."""
        return self.app.screen._compositor.render_strips()

    def strips(self) -> list[Strip]:
        """Return the lines of the screen in front as they would be drawn; of a card only what stands in it."""
        strips = self.drawn()
        if not isinstance(self.app.screen, Card):
            return strips
        region = self.app.screen.query_one(Vertical).region
        return [strip.crop(region.x, region.right) for strip in strips[region.y : region.bottom]]

    def lines(self) -> list[str]:
        """Return the lines of the screen in front as text."""
        return [strip.text for strip in self.strips()]

    def shown(self) -> str:
        """Return the whole screen as one text."""
        return "\n".join(line.rstrip() for line in self.lines())


@asynccontextmanager
async def opened(
    desk: Desk,
    name: str | None = None,
    *,
    size: tuple[int, int] = SIZE,
    theme: str = "dark",
    console: bool = False,
    lesson: bool = False,
) -> AsyncIterator[Stage]:
    """Open the library, or the review of that name, or its console. A first `lesson` is left unless it is meant."""
    app = LrtuiApp(desk, opens=name, theme=theme, console=console)
    async with app.run_test(size=size) as pilot:
        stage = Stage(app, pilot)
        await stage.settled()
        if isinstance(app.screen, LessonScreen) and not lesson:
            app.screen.dismiss()
            await stage.settled()
        yield stage
