"""The application of a rehearsal: the same screens, with a room that speaks above the line."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from lrtui.app.app import LrtuiApp
from lrtui.app.screens.capturing import CapturingScreen
from lrtui.app.screens.dialogs import Card
from lrtui.app.widgets.capture import CaptureLine
from lrtui.app.widgets.rows import Row, Rows
from lrtui.demo import spoken
from lrtui.review.model import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.events import Click, Key

    from lrtui.demo.spoken import Remark, SpeakingRoom
    from lrtui.desk import Desk
    from lrtui.review.model import Review

LISTEN_EVERY = 0.2  # seconds
OPENING = (
    "A rehearsal, faster than life. You lead: the room speaks here, and you take down what matters, keep the time and"
    " see that everybody is heard. {begins} lets the clock run, and stops it."
)
CONSOLE = "`lrtui rehearse --console` opens your console in a second terminal."


class RehearsalApp(LrtuiApp):
    """lrtui, and people who speak while the clock of the review `opens` runs. `word` tells afterwards how it went."""

    def __init__(
        self, desk: Desk, *, room: SpeakingRoom, opens: str, theme: str | None = None, notice: str = ""
    ) -> None:
        super().__init__(desk, theme=theme, opens=opens, notice=notice)
        self.word: Sequence[tuple[str, str]] = ()
        self._room = room
        self._told = False

    async def on_mount(self) -> None:
        """Begin to listen."""
        self.set_interval(LISTEN_EVERY, self.listen)

    def listen(self) -> None:
        """Show what is said where it can be taken down; when the meeting is over, tell how it went."""
        if self._session is None:
            return
        review, now = self._session.review, self.desk.clock()
        self._room.listen(review, now)
        if isinstance(self.screen, CapturingScreen):
            self._show(self.screen, review)
        if review.head.status is Status.DONE and not self._told:
            self._told = True
            self.push_screen(WordScreen(spoken.word(self._room.said, review, now)))

    def _show(self, screen: CapturingScreen, review: Review) -> None:
        """Show it above the line, on a screen that has one and is laid out."""
        band = next(iter(screen.query(SpokenBand)), None)
        below = next(iter(screen.query("#matter, StatusLine")), None)
        if band is not None:
            band.hear(self._room.said, review)
        elif below is not None and screen.query(CaptureLine):
            screen.mount(SpokenBand(screen.way("pause")), before=below)

    def _close_session(self) -> None:
        if self._session is not None and self._room.said:
            self.word = spoken.word(self._room.said, self._session.review, self.desk.clock())
        super()._close_session()


class SpokenBand(Rows):
    """What the room says, the last of it in view. `begins` is the key that lets the clock run."""

    def __init__(self, begins: str) -> None:
        super().__init__(id="spoken", marked=False)
        self._opening = (OPENING.format(begins=begins), CONSOLE)

    def on_mount(self) -> None:
        """Say what this is."""
        self.hear((), None)

    def hear(self, said: Sequence[Remark], review: Review | None) -> None:
        """Show what has been said so far, who said it first; what is new stands out."""
        names = (
            {person.handle: person.name.partition(" ")[0] for person in review.participants.values()} if review else {}
        )
        rows = [Row("", text, style="muted" if said else "text", selectable=False) for text in self._opening]
        for remark in said:
            style = "fresh" if remark is said[-1] else "muted"
            name = names.get(remark.who, remark.who)
            rows.append(Row("", remark.words, name, style=style, lead_style="accent", selectable=False))
        self.show(rows, follow=True)


class WordScreen(Card):
    """How the rehearsal went; any key goes on, but those that scroll."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,pageup", "page(-1)", show=False, priority=True),
        Binding("down,pagedown", "page(1)", show=False, priority=True),
    ]

    def __init__(self, word: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._rows = [Row("", words, subject, lead_style="accent", selectable=False) for subject, words in word]

    def compose(self) -> ComposeResult:
        """Lay out title and rows."""
        with Vertical():
            title = ("How the rehearsal went", "$accent bold")
            yield Static(Content.assemble(title, ("  Any key goes on", "$text-muted")))
            yield Rows(id="word", marked=False)

    def on_mount(self) -> None:
        """Show all of it."""
        self.query_one(Rows).show(self._rows)

    def action_page(self, by: int) -> None:
        """Scroll."""
        self.query_one(Rows).page(by)

    def on_key(self, event: Key) -> None:
        """Go on."""
        event.stop()
        self.dismiss()

    def on_click(self, _: Click) -> None:
        """Go on."""
        self.dismiss()
