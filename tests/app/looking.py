"""All that can stand on a screen, one state after another, and the contrast of what is drawn."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias
from unittest.mock import patch

from lrtui.app.screens import meeting
from lrtui.app.screens.room import RoomScreen
from lrtui.app.widgets.capture import CaptureLine, Field
from lrtui.review import intents
from tests.app.opening import begun, opened
from tests.app.sample import ADDED, DRAFT, HALF_TYPED, LIVE, NOW, WIDE, desk_on
from tests.doing import Clock

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    from rich.color import Color
    from rich.segment import Segment

    from tests.app.opening import Stage

DRAWN = set("▕▏▔▁▂▃▄▅▆▇█ ")  # lines between parts and scrollbars: there is nothing to read in them
CRAMPED = (56, 18)
LEARNINGS = (
    "A graph of connections beside the payments would have told us at once",
    "A mailing is load, and we can know its time and its size beforehand",
    "The switch of last autumn worked although nobody had needed it since",
    "Who answers a pager with a thumb has told nobody anything",
)

STATES = {
    "lesson": "before there is a library: the capture line, by doing",
    "lesson-missing": "what a line in the lesson still lacks",
    "library-empty": "the first start: no review yet",
    "library-full": "every review, what is live first",
    "library-searching": "a word is typed, and found in what was said",
    "library-nothing-found": "a word that stands nowhere",
    "actions-by-date": "the open actions of all reviews, those that wait for a second look first",
    "actions-by-team": "the same by team",
    "actions-answering": "an answer is half typed for the selected action",
    "actions-answered": "an action is done, and how one knows is asked",
    "actions-searched": "a search is kept, so that an answer can be typed",
    "actions-none": "a library in which no action is open",
    "insight": "what the reviews by a template say together",
    "insight-nothing": "insight before any review is done",
    "too-small": "a terminal in which nothing would be readable",
    "set-up-new": "a review of which the title alone is known",
    "set-up-filled": "a draft with facts and people, and what there is to notice",
    "set-up-refused": "an answer that cannot be kept",
    "set-up-long-words": "long names, and names in other scripts",
    "templates": "choosing a template, its agenda below",
    "templates-narrowed": "a word is typed to choose by",
    "room-timeline": "the timeline, with a line half typed",
    "room-answered": "what a command has done",
    "room-refused": "why a command cannot be done",
    "room-foretelling": "what a command would do, told before Enter",
    "room-editing": "a captured line is changed",
    "room-paused": "the clock stands",
    "room-leap": "the machine has slept, and what to do about that is asked",
    "room-over-time": "a step that has taken longer than planned",
    "room-flashing": "the second in which the clock calls for attention",
    "room-large": "one prompt, a big clock and the last lines",
    "room-panel": "the facilitator's panel beside the room view",
    "room-earlier": "an action that an earlier review has left open is asked about",
    "room-vote-open": "a vote, with ballots in",
    "room-vote-revealed": "what the ballots say",
    "room-early-ideas": "an early idea is asked about",
    "room-long-words": "long names, words that nothing breaks, wide and right-to-left scripts",
    "room-two-versions": "a line that two people have changed at once",
    "write-up-empty": "one person writes: nothing on the page yet",
    "write-up": "the page of a write-up, its open section marked",
    "write-up-editing": "a line of the write-up is changed",
    "write-up-long-text": "a text of several lines is in hand",
    "silent": "everybody writes, with a clock",
    "help": "what can be done here",
    "help-narrowed": "a word is typed to look for",
    "palette": "every command of the screen",
    "console-before": "the console before the first step",
    "console-timeline": "the console in the timeline: script, advice, turns, private notes",
    "console-long-words": "the console with long names",
    "close-open": "the close, with what still lacks something",
    "close-answered": "one point settled",
    "close-voting": "return on time: votes come in, and are hidden until all are",
    "close-feedback": "what the room has answered",
    "close-long-words": "the close with long names",
    "close-finished": "the meeting is over",
    "preview": "the Markdown, as others will read it",
    "history": "who changed what, and when",
}

Look: TypeAlias = "Callable[[str, Stage], None]"


async def tour(root: Path, look: Look, *, size: tuple[int, int] = (100, 30), theme: str = "dark") -> None:
    """Look at every state, by name, in the library at `root` that `tests.app.sample` has laid out."""
    visit = Visit(root, look, size, theme)
    with patch.object(meeting, "MARKED_FOR", 3600.0):  # what was just added looks so, however slow the machine is
        for part in (_beginning, _library, _actions, _set_up, _console, _long_words, _write_up, _meeting):
            await part(visit)


@dataclass
class Visit:
    """What all parts of the tour share."""

    root: Path
    look: Look
    size: tuple[int, int]
    theme: str
    clock: Clock = field(default_factory=lambda: Clock(NOW))

    @asynccontextmanager
    async def opened(
        self, name: str | None = None, *, console: bool = False, lesson: bool = False, root: Path | None = None
    ) -> AsyncIterator[Stage]:
        """Open the library or a review of it, or its console."""
        desk = desk_on(root or self.root, clock=self.clock)
        async with opened(desk, name, size=self.size, theme=self.theme, console=console, lesson=lesson) as stage:
            yield stage

    async def see(self, name: str, stage: Stage) -> None:
        """Look when nothing moves any more: a scrollbar that comes or goes takes a second frame."""
        seen: list[str] = []
        while seen != (now := stage.lines()):
            seen = now
            await stage.worked()
        self.look(name, stage)

    async def typed(self, name: str, stage: Stage, text: str) -> None:
        """Look at a screen on whose line a text is half typed."""
        stage.screen.query_one(CaptureLine).text = text
        await self.see(name, stage)
        stage.screen.query_one(CaptureLine).text = ""
        await stage.settled()

    async def dialog(self, name: str, stage: Stage, command: str, words: str = "") -> None:
        """Look at what a command opens over a screen, and at what is left of it when words are typed."""
        await stage.run(command)
        await self.see(name, stage)
        if words:
            stage.dialog.query_one(Field).value = words
            await self.see(f"{name}-narrowed", stage)
        await stage.pilot.press("escape")


async def _beginning(visit: Visit) -> None:
    async with visit.opened(root=visit.root.with_name("nothing"), lesson=True) as stage:
        await visit.see("lesson", stage)
        await stage.enter("it was slow")
        await stage.enter("rolled back")
        await visit.see("lesson-missing", stage)
        await stage.pilot.press("escape")
        await visit.see("library-empty", stage)
        await stage.run("actions")
        await visit.see("actions-none", stage)
        await stage.run("leave", "insight")
        await visit.see("insight-nothing", stage)
        await stage.run("leave")
        stage.screen.query_one(CaptureLine).text = "Login mails arrived late again"
        await stage.run("new")
        await visit.see("set-up-new", stage)


async def _library(visit: Visit) -> None:
    async with visit.opened() as stage:
        await visit.see("library-full", stage)
        await visit.typed("library-searching", stage, "voucher")
        await visit.typed("library-nothing-found", stage, "teapots from the moon")
        await stage.run("insight")
        await stage.worked()
        await stage.run("row-down", "row-down")
        await visit.see("insight", stage)
        await stage.run("leave")
        await stage.pilot.resize_terminal(*CRAMPED)
        await visit.see("too-small", stage)


async def _actions(visit: Visit) -> None:
    async with visit.opened() as stage:
        await stage.run("actions")
        await visit.see("actions-by-date", stage)
        await visit.typed("actions-answering", stage, "done the alarm rang in the rehearsal")
        await stage.enter("certificate")
        await visit.see("actions-searched", stage)
        await stage.enter("done")
        await visit.see("actions-answered", stage)
        await stage.run("undo", "leave", "group")
        await visit.see("actions-by-team", stage)


async def _set_up(visit: Visit) -> None:
    async with visit.opened(DRAFT) as stage:
        await visit.see("set-up-filled", stage)
        await visit.dialog("templates", stage, "templates", "quick")
        when = next(question for question in stage.screen.query(Field) if question.name == "moment started")
        when.focus()
        when.value = "around seven"
        await stage.pilot.press("enter")
        await visit.see("set-up-refused", stage)


async def _console(visit: Visit) -> None:
    async with visit.opened(DRAFT, console=True) as stage:
        await visit.see("console-before", stage)
    async with visit.opened(LIVE, console=True) as stage:
        for line in ("/spoke @ana", "/spoke @ana", "/spoke @bo", "/queue @mei", "/late @lucia", "/ask 1"):
            await stage.enter(line)
        await stage.enter("12:50 we should have looked at the connections first, of course @ana")
        await visit.see("console-timeline", stage)
        await stage.run("undo")
    async with visit.opened(WIDE, console=True) as stage:
        await visit.see("console-long-words", stage)


async def _meeting(visit: Visit) -> None:
    async with visit.opened(LIVE) as stage:
        for part in (_timeline, _late, _matters, _close):
            await part(visit, stage)


async def _timeline(visit: Visit, stage: Stage) -> None:
    await stage.enter(ADDED)
    await visit.typed("room-timeline", stage, HALF_TYPED)
    await visit.typed("room-foretelling", stage, "/take 4")
    await stage.enter("/+5")
    await visit.see("room-answered", stage)
    await stage.enter("/spok @chidi")
    await visit.see("room-refused", stage)
    stage.screen.query_one(CaptureLine).text = ""
    await stage.run("edit", "edit")
    await visit.see("room-editing", stage)
    await stage.run("cancel", "pause")
    await visit.see("room-paused", stage)
    await stage.run("pause", "large")
    await visit.see("room-large", stage)
    await stage.run("large", "panel")
    await visit.see("room-panel", stage)
    await stage.run("panel")
    await visit.dialog("help", stage, "help", "vote")
    await visit.dialog("palette", stage, "palette")


async def _late(visit: Visit, stage: Stage) -> None:
    visit.clock.forward(25 * 60)
    stage.at(RoomScreen).tick()
    await visit.see("room-leap", stage)
    await stage.enter("/count")
    await visit.see("room-over-time", stage)
    stage.screen.query_one("#time").add_class("-flash")
    await visit.see("room-flashing", stage)
    stage.screen.query_one("#time").remove_class("-flash")


async def _matters(visit: Visit, stage: Stage) -> None:
    await stage.enter("/go earlier")
    await visit.see("room-earlier", stage)
    await stage.enter("/go learnings")
    for line in LEARNINGS:
        await stage.enter(line)
    await stage.enter("/vote 3")
    for ballot in ("1 1 3", "1 2 3", "3 3 1"):
        await stage.enter(ballot)
    await visit.see("room-vote-open", stage)
    await stage.run("reveal")
    await visit.see("room-vote-revealed", stage)
    await stage.enter("/vote end")
    await stage.run("silent")
    await visit.see("silent", stage)
    await stage.run("uncover")
    await stage.enter("/go actions")
    await visit.see("room-early-ideas", stage)


async def _close(visit: Visit, stage: Stage) -> None:
    await stage.run("close")
    await visit.see("close-open", stage)
    await stage.enter("take")
    await visit.see("close-answered", stage)
    for vote in ("5", "4"):
        await stage.enter(vote)
    await visit.see("close-voting", stage)
    await stage.enter("4 3 5")
    await stage.run("row-down", "row-down", "row-down")
    for answer in ("end", "2 of 5", "4 5"):
        await stage.enter(answer)
    await visit.see("close-feedback", stage)
    await stage.run("finish", "finish")
    await visit.see("close-finished", stage)
    await stage.run("preview")
    await visit.see("preview", stage)
    await stage.run("history")
    await visit.see("history", stage)


async def _long_words(visit: Visit) -> None:
    async with visit.opened(WIDE) as stage:
        await visit.see("room-long-words", stage)
        await stage.run("edit", "edit", "edit", "edit")
        await visit.see("room-two-versions", stage)
        await stage.run("cancel", "setup")
        await visit.see("set-up-long-words", stage)
        await stage.run("leave", "close")
        await visit.see("close-long-words", stage)


async def _write_up(visit: Visit) -> None:
    name = begun(desk_on(visit.root, clock=visit.clock), "Alone", template="write-up")
    async with visit.opened(name) as stage:
        await visit.see("write-up-empty", stage)
        for line in ("Paying was slow.", "14:02 pager #db", "* a retry is load", "d: wait", "/fact service shop"):
            await stage.enter(line)
        await visit.see("write-up", stage)
        await stage.run("next", "next", "edit")
        await visit.see("write-up-editing", stage)
        await stage.run("cancel")
        stage.session.perform(intents.capture_line("First.\n\nSecond.\nThird.", "well"))
        await stage.run("undo", "redo", "edit")
        await visit.see("write-up-long-text", stage)


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
