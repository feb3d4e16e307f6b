"""Every operation a person can perform, once.

Footer, palette, F1 help, slash completion, `lrtui keys` and the README's table are all made from this registry; the
screens bind the keys and provide the handlers, a method `do_<name>` each (dashes as underscores).

Default keys are only such as every terminal and tmux deliver; bare letters belong to the capture line. Most keys mean
the same wherever they work: F8 goes forward, F7 back, F9 to the close, Escape leaves.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from lrtui.review.model import Kind


class Scope(StrEnum):
    """The screens on which a command works."""

    LIBRARY = "library"
    ACTIONS = "actions"
    SETUP = "set-up"
    ROOM = "room"
    CLOSING = "closing"
    PREVIEW = "preview"
    HISTORY = "history"
    SILENT = "silent writing"
    CONSOLE = "console"
    WRITE_UP = "write-up"
    INSIGHT = "insight"


EVERYWHERE = tuple(Scope)
LEADING = (Scope.ROOM, Scope.CONSOLE)
WRITING = (*LEADING, Scope.WRITE_UP)
CAPTURING = (*WRITING, Scope.CLOSING)
REVIEW = (Scope.SETUP, *CAPTURING, Scope.PREVIEW)
CLOCKED = (*LEADING, Scope.SILENT)
READING = (Scope.PREVIEW, Scope.HISTORY)
LISTING = (Scope.LIBRARY, Scope.ACTIONS)
AROUND = (*LISTING, Scope.SETUP, Scope.CLOSING, *READING, Scope.INSIGHT)
PAGED = (*WRITING, *READING, *LISTING, Scope.INSIGHT)


_HERE = {
    Scope.LIBRARY: "this is the library",
    Scope.ACTIONS: "here actions are followed up",
    Scope.SETUP: "here the review is being set up",
    Scope.ROOM: "here the meeting is led",
    Scope.CLOSING: "here the meeting is being closed",
    Scope.PREVIEW: "here the Markdown is read",
    Scope.HISTORY: "here one reads what was changed",
    Scope.SILENT: "here everybody writes in silence",
    Scope.CONSOLE: "this is the console",
    Scope.WRITE_UP: "here one writes alone",
    Scope.INSIGHT: "here reviews are looked at together",
}


@dataclass(frozen=True, slots=True)
class Command:
    """One operation.

    `label` is the footer's word, none to keep it out of the footer; `slash` is its word on the capture line, `takes`
    what may follow that word. The footer shows commands in the order of the registry while there is room.
    """

    name: str
    title: str
    help: str
    scopes: tuple[Scope, ...]
    key: str = ""
    label: str = ""
    slash: str = ""
    takes: str = ""

    @property
    def handler(self) -> str:
        """The name of the method that a screen provides for it."""
        return "do_" + self.name.replace("-", "_")

    @property
    def way(self) -> str:
        """How a person gives it, as said in a sentence: by its key, else by its slash word."""
        return spell_key(self.key) if self.key else f"/{self.slash}"


COMMANDS = (
    Command("open", "Open", "Open the selected review.", (Scope.LIBRARY,), "enter", "open"),
    Command("new", "New review", "Begin a review: template, facts, roster.", (Scope.LIBRARY,), "f2", "new"),
    Command("actions", "Actions", "See and settle the open actions of all reviews.", (Scope.LIBRARY,), "f6", "actions"),
    Command("insight", "Insight", "See how reviews go, by template and over time.", (Scope.LIBRARY,), "f7", "insight"),
    Command("start", "Start the meeting", "Open the room view and let the clock run.", (Scope.SETUP,), "f8", "start"),
    Command("templates", "Choose template", "Choose another template.", (Scope.SETUP,), "f3", "template", "template"),
    Command("next", "Next step", "Go to the step that follows.", WRITING, "f8", "next", "next"),
    Command("uncover", "Back to the room", "Show the room again.", (Scope.SILENT,), "escape", "back to the room"),
    Command("pause", "Pause or go on", "Stop the clock, or let it go on.", CLOCKED, "f5", "pause", "pause"),
    Command("more-time", "One minute more", "Give the open step a minute more.", CLOCKED, "f6", "+1"),
    Command("previous", "Previous step", "Go back to the step before.", WRITING, "f7", "back", "back"),
    Command("close", "Closing", "See what still lacks something, and settle it.", WRITING, "f9", "close", "close"),
    Command(
        "take",
        "Take from the rest",
        "Give the open step minutes of the steps to come; the end gets no later.",
        LEADING,
        "ctrl+f",
        "take 1",
        "take",
        "[MINUTES]",
    ),
    Command("finish", "Finish", "End the meeting; the review is done.", (Scope.CLOSING,), "f8", "finish", "finish"),
    Command("reopen", "Reopen", "Take up a finished review again.", (*CAPTURING, Scope.PREVIEW), slash="reopen"),
    Command("room", "Back to the room", "Go back to the room view.", (Scope.CLOSING,), "f7", "room", "room"),
    Command(
        "preview", "Preview", "Read the Markdown as others will.", (*CAPTURING, Scope.SETUP), "f4", "preview", "preview"
    ),
    Command(
        "export",
        "Export",
        "Write the Markdown to a file and the clipboard.",
        (*CAPTURING, Scope.PREVIEW),
        "f3",
        "export",
        "export",
        "[FILE]",
    ),
    Command(
        "editor",
        "Long text",
        "Write the line in your own editor; it comes back with its paragraphs.",
        WRITING,
        "ctrl+n",
        "editor",
        "editor",
    ),
    Command("complete", "Complete", "Complete a name, a tag or a command.", CAPTURING, "tab", "complete"),
    Command("setup", "Set-up", "Change title, facts, moments and roster.", CAPTURING, "f2", "set-up", "setup"),
    Command("history", "History", "See who changed what, and when.", (*CAPTURING, Scope.PREVIEW), "", "", "history"),
    Command("copy", "Copy", "Copy the Markdown to the clipboard.", (*CAPTURING, Scope.PREVIEW), slash="copy"),
    Command(
        "time",
        "Change minutes",
        "Give the open step minutes, or take some away; the end moves.",
        LEADING,
        slash="+5",
        takes="or /-5",
    ),
    Command(
        "give",
        "Give back",
        "Give unused minutes of the open step back to the steps that have lost some.",
        LEADING,
        slash="give",
        takes="[MINUTES]",
    ),
    Command(
        "end",
        "Plan to an end",
        "Plan what remains to a given end; /end off forgets it.",
        LEADING,
        slash="end",
        takes="15:00",
    ),
    Command(
        "catch-up",
        "End as planned",
        "Begun late: plan what remains to the end as it was planned.",
        LEADING,
        slash="catch-up",
    ),
    Command(
        "uncount",
        "Leave time out",
        "Leave a leap of the clock, or minutes, out of the open step's time.",
        LEADING,
        slash="uncount",
        takes="[MINUTES]",
    ),
    Command("count", "Count the time", "Let a leap of the clock, or what was left out, count.", LEADING, slash="count"),
    Command(
        "lock",
        "Lock a step",
        "Let a step keep its minutes in every re-planning, or no longer.",
        LEADING,
        slash="lock",
        takes="[STEP]",
    ),
    Command("go", "Go to a step", "Go to any step, by its title or number.", WRITING, slash="go", takes="STEP"),
    Command("skip", "Skip the step", "Leave this step out and go on.", LEADING, slash="skip"),
    Command("edit", "Edit a line", "Edit the selected line, or the last one.", WRITING, "up", slash="edit"),
    Command("later-line", "Line below", "Edit the line below, then the new line again.", WRITING, "down"),
    Command("row-up", "Row above", "Go to the row above.", AROUND, "up"),
    Command("row-down", "Row below", "Go to the row below.", AROUND, "down"),
    Command(
        "settle",
        "Settle",
        "Settle what is selected by what is typed.",
        (Scope.CLOSING, Scope.ACTIONS),
        "enter",
        "settle",
    ),
    Command(
        "group", "Group otherwise", "Group actions by date, by team or by owner.", (Scope.ACTIONS,), "f3", "group by"
    ),
    Command("page-up", "Page up", "Show what stands further up.", PAGED, "pageup"),
    Command("page-down", "Page down", "Show what stands further down.", PAGED, "pagedown"),
    Command("delete", "Delete a line", "Delete the line being edited, or the last one.", WRITING, slash="delete"),
    Command("move", "Move to a step", "Move a line to another step.", WRITING, slash="move", takes="STEP"),
    Command("kind", "Change kind", "Make a line one of another kind.", WRITING, slash="kind", takes="KIND"),
    Command("raise-line", "Line up", "Move a line one place up.", WRITING, "shift+up", slash="up"),
    Command("lower-line", "Line down", "Move a line one place down.", WRITING, "shift+down", slash="down"),
    Command("under", "Under a heading", "Put a line under a heading.", WRITING, slash="under", takes="[HEADING]"),
    Command(
        "state",
        "How far an action is",
        "Say how far an action is: doing, done, not doing WHY, moved REF.",
        WRITING,
        slash="state",
        takes="STATE [WHY]",
    ),
    Command(
        "done-when",
        "Done when",
        "Say by what one will know that an action is done.",
        WRITING,
        slash="done-when",
        takes="WORDS",
    ),
    Command(
        "other",
        "Other version",
        "Take what somebody else made of a line at the same time.",
        WRITING,
        slash="other",
    ),
    Command("title", "Title", "Change the review's title.", CAPTURING, slash="title", takes="WORDS"),
    Command(
        "person",
        "Add to the roster",
        "Add people: name: reason, team.",
        CAPTURING,
        slash="person",
        takes="NAME: ROLE, TEAM",
    ),
    Command("late", "Late", "Note that somebody is late.", LEADING, slash="late", takes="@NAME"),
    Command("here", "Here", "Note that somebody is here.", LEADING, slash="here", takes="@NAME"),
    Command("left", "Left", "Note that somebody has left.", LEADING, slash="left", takes="@NAME"),
    Command("spoke", "Spoke", "Note that somebody has had a turn.", LEADING, slash="spoke", takes="@NAME"),
    Command("queue", "Asks to speak", "Note that somebody asks to speak.", LEADING, slash="queue", takes="@NAME"),
    Command("unqueue", "Leaves the queue", "Take somebody out of the queue.", LEADING, slash="unqueue", takes="@NAME"),
    Command("lead", "Hand over leading", "Hand leading the meeting to somebody.", LEADING, slash="lead", takes="@NAME"),
    Command("scribe", "Hand over notes", "Hand taking the notes to somebody.", LEADING, slash="scribe", takes="@NAME"),
    Command(
        "vote",
        "Vote",
        "Let everybody lay dots on the lines of this step.",
        LEADING,
        slash="vote",
        takes="[DOTS, again or end]",
    ),
    Command("reveal", "Reveal the vote", "Show what the ballots say.", LEADING, slash="reveal"),
    Command("pass", "Pass over", "Leave what is asked as it is, and go on to the next.", WRITING, slash="pass"),
    Command("ask", "Prompt asked", "Tick a prompt of this step.", LEADING, slash="ask", takes="NUMBER"),
    Command(
        "intend",
        "Next time",
        "Keep for yourself alone what you will do differently next time.",
        (Scope.CONSOLE,),
        slash="intend",
        takes="WORDS",
    ),
    Command(
        "fact", "Set a fact", "Answer one of the template's questions.", CAPTURING, slash="fact", takes="KEY WORDS"
    ),
    Command(
        "moment",
        "Set a moment",
        "Record when something was: /moment detected 14:02.",
        CAPTURING,
        slash="moment",
        takes="KEY TIME",
    ),
    Command(
        "undo",
        "Undo",
        "Take the last change back; also after a restart.",
        (*REVIEW, Scope.ACTIONS),
        "ctrl+z",
        "undo",
        "undo",
    ),
    Command("redo", "Redo", "Do again what was undone.", REVIEW, "ctrl+y", "", "redo"),
    Command("help", "Help", "Show what can be done here.", EVERYWHERE, "f1", "help", "help"),
    Command("palette", "All commands", "Find a command by its name.", EVERYWHERE, "ctrl+p", "commands", "commands"),
    Command(
        "lesson", "The line, by doing", "Learn the capture line by doing, in a minute.", EVERYWHERE, slash="lesson"
    ),
    Command(
        "theme", "Light or dark", "Change between the light and the dark theme.", EVERYWHERE, "ctrl+t", "", "theme"
    ),
    Command(
        "panel",
        "Facilitator's panel",
        "Show what the console shows on this screen, or hide it.",
        (Scope.ROOM,),
        "ctrl+o",
        slash="panel",
    ),
    Command(
        "large",
        "Large",
        "Show one prompt, a big clock and the last lines, or all again.",
        (Scope.ROOM,),
        "ctrl+g",
        slash="large",
    ),
    Command("blank", "Blank screen", "Show nothing until a key is pressed.", (Scope.ROOM,), "ctrl+l", slash="blank"),
    Command(
        "silent",
        "Write in silence",
        "Show a quiet page with the clock while everybody writes.",
        (Scope.ROOM,),
        slash="silent",
    ),
    Command("cancel", "Leave off", "Leave off editing or pasting; the line stays.", WRITING, "escape"),
    Command("leave", "Leave", "Leave this screen; everything is kept.", AROUND, "escape"),
    Command("library", "To the library", "Leave the review; everything is kept.", CAPTURING, slash="leave"),
    Command("quit", "Quit", "Leave lrtui; everything is kept.", EVERYWHERE, "ctrl+q", "quit", "quit"),
)

BY_NAME = {command.name: command for command in COMMANDS}
BY_SLASH = {command.slash: command for command in COMMANDS if command.slash}


def typed(word: str) -> Command | None:
    """Return the command of a slash word, as typed without its slash; a number of minutes is one too."""
    return BY_NAME["time"] if is_number(word) else BY_SLASH.get(word.lower())


def is_number(word: str) -> bool:
    """Tell whether a slash word is a number of minutes."""
    return word.lstrip("+-").isdigit()


def here(scope: Scope, known: Iterable[Command] = COMMANDS) -> tuple[Command, ...]:
    """Return the commands that work on one screen, in the order of the registry."""
    return tuple(command for command in known if scope in command.scopes)


def elsewhere(key: str, scope: Scope, known: Iterable[Command]) -> str:
    """Say what a key that does nothing on one screen does on others; nothing where it means nothing anywhere."""
    meant = [command for command in known if command.key == key]
    if not meant or any(scope in command.scopes for command in meant):
        return ""
    uses = ", ".join(f"“{command.title}” ({', '.join(command.scopes)})" for command in meant)
    return f"{meant[0].way} is {uses}; {_HERE[scope]}."


def keyed(keys: Mapping[str, str]) -> tuple[Command, ...]:
    """Return every command, some with another key than by default; one that had none gets its word in the footer."""
    return tuple(_with_key(command, keys.get(command.name, command.key)) for command in COMMANDS)


def _with_key(command: Command, key: str) -> Command:
    if key == command.key:
        return command
    return replace(command, key=key, label=command.label or ("" if command.key else command.slash))


def spell_key(key: str) -> str:
    """Write a key as people do: F8, Ctrl+Z, Page Up."""
    words = {"pageup": "Page Up", "pagedown": "Page Down"}
    return "+".join(
        words.get(part) or (part.upper() if part[1:].isdigit() else part.capitalize()) for part in key.split("+")
    )


_KINDS = {
    "action": "an action",
    "decision": "a decision",
    "question": "a question",
    "learning": "a learning",
    "went_well": "what went well",
    "was_hard": "what was hard",
    "parked": "for the parking lot",
    "note": "a note",
    "event": "an event without a time",
    "private": "a private note: kept, never shown here and never exported",
}
_TIMED = (
    ("14:02 words", "an event at that time; ~14:02 about, 14:02-14:10 a span, 14:02Z UTC, 11-22 14:02 with its date"),
)
_TOKENS = (
    ("@name", "somebody on the roster; the first one is accountable for an action"),
    ("#tag", "a tag"),
    ("!high", "priority: !urgent !high !medium !low"),
    ("due:fri", "due date; also ^fri: today tom mon…sun +3d +5b +2w +1m eow eom 12-01 2026-12-01"),
    ("team:NAME", "the owning team"),
    ("ref:KEY", "a reference, such as a ticket"),
    ("\\word", "the word as it is; so is everything in “straight” double quotes"),
)


SEARCHES = (
    ("words", "reviews that have every word somewhere; the last one may be only begun"),
    (
        "service:checkout",
        "of that service; as everywhere, the beginning will do, and “straight” quotes hold words together",
    ),
    ("tag:db", "with that tag, of the review or of a line"),
    ("kind:learning", "lines of one kind: event note learning decision question well hard parked action fact person"),
    ("team:payments", "of that team: whose action it is, or who was there"),
    ("person:ana", "where somebody took part; with kind: lines that name them"),
    ("before:2026-06", "held before that year, month or day"),
    ("after:2026-06-14", "held on that day or later"),
)


def forms(prefixes: Mapping[str, Kind], complete: str) -> tuple[tuple[str, str], ...]:
    """Return what may be typed on the capture line, and what it means; help and the README's table show it.

    `complete` is what completes a word there.
    """
    kinds = (_form(kind, meaning, prefixes) for kind, meaning in _KINDS.items())
    return (*_TIMED, *kinds, *_TOKENS, ("/word", f"a command, completed with {complete}"))


def _form(kind: str, meaning: str, prefixes: Mapping[str, Kind]) -> tuple[str, str]:
    first, *others = (f"{mark} words" for mark, marked in prefixes.items() if marked == kind)
    return first, f"{meaning}; also {' or '.join(others)}" if others else meaning
