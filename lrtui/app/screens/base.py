"""What every screen has: commands bound to keys, a line that answers, a line of keys, a word when it is too small."""

from __future__ import annotations

import asyncio
import contextlib
from datetime import UTC
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingsMap
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from lrtui import commands
from lrtui.app.widgets.bars import KeyBar, StatusLine
from lrtui.app.widgets.lean import Kept
from lrtui.errors import LrtuiError, Refused
from lrtui.review import dates, intents

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import tzinfo

    from textual.events import Key, Resize
    from textual.message_pump import MessagePump
    from textual.timer import Timer

    from lrtui.commands import Command
    from lrtui.desk import Desk
    from lrtui.session import Session

LEAST_WIDTH, LEAST_HEIGHT = 60, 20
FOLLOW_EVERY = 0.25  # seconds between two looks for what others have written
LONGEST_WAIT = 1.0  # seconds after which a key no longer waits for the one before it


def _bindings(known: Sequence[Command]) -> BindingsMap:
    """Bind the keys of a screen's commands. Enter is the input line's own and comes as its message."""
    return BindingsMap(
        Binding(command.key, f"command({command.name!r})", command.title, show=False, priority=True)
        for command in known
        if command.key and command.key != "enter"
    )


class Now(NamedTuple):
    """A state that a screen is in, in words, and the commands that are of use in it by name, the likeliest first."""

    words: str
    names: tuple[str, ...]


class CommandScreen(Screen[None], Kept):
    """A screen whose operations all come from the registry of commands."""

    SCOPE: ClassVar[commands.Scope]
    AUTO_FOCUS = "Input"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.commands = commands.here(self.SCOPE, desk.settings.commands)
        self._bindings.key_to_bindings.update(_bindings(self.commands).key_to_bindings)

    def closing_lines(self) -> Sequence[Static | KeyBar]:
        """Return what every screen composes last."""
        return (KeyBar(self.commands), Static(id="too-small"))

    def way(self, name: str) -> str:
        """Return how a command is given, here or on another screen, for a sentence: its key, else its slash word."""
        return self._known(name).way

    def key_of(self, name: str) -> str:
        """Return the key of a command as Textual calls it; empty without one."""
        return self._known(name).key

    def _known(self, name: str) -> Command:
        return next(command for command in self.desk.settings.commands if command.name == name)

    def say(self, text: str, *, warn: bool = False) -> None:
        """Answer the person in one sentence."""
        self.query_one(StatusLine).say(text, warn=warn)

    def add_notice(self, text: str) -> None:
        """Warn of something, beside what is said already."""
        self.say(f"{self.query_one(StatusLine).said} {text}".strip(), warn=True)

    def run(self, name: str, words: str = "") -> bool:
        """Perform a command; where it cannot be done, say why. Tell whether it was."""
        try:
            getattr(self, commands.BY_NAME[name].handler)(words)
        except LrtuiError as error:
            self.say(str(error), warn=True)
            return False
        return True

    def run_slash(self, word: str, rest: str) -> bool:
        """Perform what was typed after a slash; tell whether it was done."""
        command = commands.BY_SLASH.get(word.lower())
        if command is not None and self.SCOPE in command.scopes:
            return self.run(command.name, rest)
        if command is not None:
            self.say(f"/{word} works in: {', '.join(command.scopes)}.", warn=True)
            return False
        known = [item.slash for item in self.commands if item.slash]
        near = get_close_matches(word.lower(), known, 1, 0.5)
        hint = f"Did you mean /{near[0]}?" if near else f"{self.way('palette')} lists what there is."
        self.say(f"There is no command /{word}. {hint} With \\ before it, it is a line as it stands.", warn=True)
        return False

    async def action_command(self, name: str) -> None:
        """Perform the command of a key between the keys before it and those after it, also when they come in a burst.

        While this waits no further key gets anywhere; what follows is for the screen that the command may have opened.
        """
        await caught_up(self)
        if commands.BY_NAME[name].key:
            self.run(name)
        else:  # it has a key of a person's own, and may need words
            self.chosen(name)
        await caught_up(self.app.screen)

    def on_key(self, event: Key) -> None:
        """Say of a key that came through unused, and that has a use on another screen, what it is for and where.

        Enter is not meant: it enters what is typed, wherever one types.
        """
        if event.key == "enter" or event.key in self.active_bindings:
            return
        said = commands.elsewhere(event.key, self.SCOPE, self.desk.settings.commands)
        if said:
            self.say(said)

    def on_key_bar_chosen(self, event: KeyBar.Chosen) -> None:
        """Perform the command of a label that was clicked."""
        self.run(event.name)

    def on_resize(self, event: Resize) -> None:
        """Tell how much room is needed where there is too little."""
        small = event.size.width < LEAST_WIDTH or event.size.height < LEAST_HEIGHT
        self.set_class(small, "-too-small")
        self.set_class(event.size.width < 80, "-narrow")
        self.set_class(event.size.height < 24, "-low")
        if small:
            size, least = f"{event.size.width} × {event.size.height}", f"{LEAST_WIDTH} × {LEAST_HEIGHT}"
            text = f"This terminal is {size}; lrtui needs {least}.\nNothing is lost; make it larger to go on."
            self.query_one("#too-small", Static).update(Content(text))

    def now(self) -> Iterator[Now]:
        """Yield what state the screen is in, the most pressing first: help begins with it."""
        yield from ()

    def do_help(self, _: str) -> None:
        """Show what can be done here and now, and then all that can be done here."""
        from lrtui.app.screens.dialogs import HelpDialog

        forms = commands.forms(self.desk.settings.prefixes, self.way("complete"))
        self.app.push_screen(HelpDialog(self.SCOPE, self.commands, list(self.now()), forms))

    def do_palette(self, _: str) -> None:
        """Find a command by its name."""
        from lrtui.app.screens.dialogs import CommandDialog

        self.app.push_screen(CommandDialog(self.SCOPE, self.commands), self.chosen)

    def do_lesson(self, _: str) -> None:
        """Learn the capture line by doing; nothing of it is kept."""
        from lrtui.app.screens.lesson import LessonScreen

        self.app.push_screen(LessonScreen(self.desk))

    def chosen(self, name: str | None) -> None:
        """Perform the command that was chosen, if any."""
        if name:
            self.run(name)

    def do_theme(self, _: str) -> None:
        """Change between light and dark."""
        theme = "light" if self.app.current_theme.dark else "dark"
        self.app.theme = f"lrtui-{theme}"
        self.say(f"The {theme} theme, until lrtui ends. `theme: {theme}` in `lrtui config edit` keeps it.")

    def dismiss(self, result: None = None) -> AwaitComplete:
        """Leave, once: a second click that comes before the screen has changed leaves nothing else."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    def do_leave(self, _: str) -> None:
        """Leave this screen."""
        self.dismiss()

    def do_quit(self, _: str) -> None:
        """Leave the program."""
        self.app.exit()


class ReviewScreen(CommandScreen):
    """A screen on one open review."""

    class Left(Message):
        """The review is to be closed, whatever screens of it are open."""

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__(desk)
        self.session = session
        self._follower: Timer | None = None
        self._missing = ""  # what was said when the review could not be read any more

    @property
    def occasion(self) -> str:
        """What the review is for the one who looks at it, in a sentence."""
        return "write-up" if self.session.review.alone else "meeting"

    @property
    def wall(self) -> tzinfo:
        """The zone of the clock on the wall, by which the meeting's times are told."""
        return dates.zone(self.desk.zone) or UTC

    def followed(self) -> None:
        """Show what others have written."""
        self.refresh_review()

    def follow(self) -> None:
        """Look for what others have written since the last look, and show it."""
        if not self.is_active:
            return
        try:
            changed = self.session.follow()
        except LrtuiError as error:
            self._missing = str(error)
            self.say(self._missing, warn=True)
            return
        if changed:
            self.followed()
        if self._missing and self.query_one(StatusLine).said == self._missing:
            self.say("The review is there again.")
        self._missing = ""

    def refresh_review(self) -> None:
        """Show the review as it is now."""
        raise NotImplementedError

    def on_screen_resume(self) -> None:
        """Show what has changed while another screen was in front, and look from now on for what others write."""
        self._follower = self._follower or self.set_interval(FOLLOW_EVERY, self.follow)
        self.refresh_review()

    def do_undo(self, _: str) -> None:
        """Take the last change back."""
        done = self.desk.undo(self.session)
        self.refresh_review()
        self.say(f"Undone: {done}. {self.way('redo')} does it again.")

    def do_redo(self, _: str) -> None:
        """Do again what was undone."""
        done = self.desk.redo(self.session)
        self.refresh_review()
        self.say(f"Done again: {done}.")

    def do_reopen(self, _: str) -> None:
        """Take up a finished review again."""
        self.session.perform(intents.reopen())
        self.refresh_review()
        clock = "" if self.session.review.alone else " The clock stands."
        self.say(f"Taken up again, at its close.{clock} {self.way('finish')} at the close finishes it anew.")

    def do_preview(self, _: str) -> None:
        """Read the Markdown as others will."""
        from lrtui.app.screens.reading import PreviewScreen

        self.app.push_screen(PreviewScreen(self.desk, self.session))

    def do_history(self, _: str) -> None:
        """See who changed what, and when."""
        from lrtui.app.screens.reading import HistoryScreen

        self.app.push_screen(HistoryScreen(self.desk, self.session))

    def do_export(self, words: str) -> None:
        """Write the Markdown to a file and to the clipboard, and say what became of each."""
        path = self.desk.export(self.session, words)
        self.say(f"Written to {path.name} in {path.parent.name or 'the current folder'}. Copying …")
        self._copy(f"Written to {path.name}. ")

    def do_copy(self, _: str) -> None:
        """Copy the Markdown."""
        self._copy("")

    def _copy(self, before: str) -> None:
        text = self.desk.markdown(self.session)

        async def copy() -> None:
            outcome = await asyncio.to_thread(self.desk.copy, text)
            self.say(before + outcome.said, warn=not outcome.copied)

        self.run_worker(copy(), exclusive=True, group="copy")


async def caught_up(screen: Screen[Any]) -> None:
    """Return when a screen has opened, and all that was typed has gone through its line and what that stands in."""
    for node in (screen.focused or screen).ancestors_with_self:
        await _idle(node)
        await _idle(node)  # what a key has set off stands behind what was waiting already
        if node is screen:
            return


async def _idle(node: MessagePump) -> None:
    """Return when all that waits for a part of the screen now has been dealt with, or when that takes too long."""
    done = asyncio.Event()
    if node.call_later(done.set):
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LONGEST_WAIT):
                await done.wait()


def wanted(words: str, example: str) -> str:
    """Return what followed a slash word; raises `Refused` where nothing did."""
    if not words.strip():
        raise Refused(f"Something is missing: {example}")
    return words.strip()
