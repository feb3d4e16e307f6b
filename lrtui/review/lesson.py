"""Learning the capture line by doing: a few things to write, one after another, read as any line is.

What is asked for names the prefixes of the one who types. Nothing that is typed here becomes anything.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lrtui.review import capture, completion
from lrtui.review.model import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from lrtui.review.capture import Line

PEOPLE = (("ana", "Ana Lima"), ("bo", "Bo Chen"))  # handles and names of those who are in the room of the lesson

_HANDLES = {handle: handle for handle, _ in PEOPLE}


@dataclass(frozen=True, slots=True)
class Want:
    """Something that a line is to have: what it is called while it is missing, and whether a line has it."""

    words: str
    met: Callable[[Line], bool]


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to write. `example` is a line that does it; `learned` is said when it is done."""

    title: str
    ask: str
    example: str
    wants: tuple[Want, ...]
    learned: str

    def missing(self, line: Line) -> str:
        """Return what a line still lacks to do this, as the end of a sentence; nothing where it does it."""
        return "; ".join(want.words for want in self.wants if not want.met(line))


def read(text: str, today: date, prefixes: Mapping[str, Kind]) -> Line:
    """Read a typed line as in a step that collects notes, with the people of the lesson in the room."""
    return capture.parse(text, handles=_HANDLES, default=Kind.NOTE, today=today, prefixes=prefixes)


def complete(text: str, cursor: int, prefixes: Mapping[str, Kind]) -> completion.Completion | None:
    """Return what may stand in place of the word at the cursor: a name, a day, the prefix of a kind."""
    return completion.complete(text, cursor, handles=PEOPLE, tags=(), teams=(), commands=(), prefixes=prefixes)


def tasks(prefixes: Mapping[str, Kind], completes: str) -> tuple[Task, ...]:
    """Return what there is to write, from the plain to the rich; `completes` is the key that completes a word."""
    action, private = (_spelled(kind, words, who, prefixes) for kind, words, who in _MARKED)
    a, hidden = (example.split()[0] for example in (action, private))
    return (
        Task(
            "A line as it was said",
            "One line for one thought. Words and Enter, and it is taken down.",
            "the pay button kept spinning",
            (_WORDS, Want("no mark before the words: this one is plain", lambda line: line.kind is Kind.NOTE)),
            "That is all it takes; what a plain line becomes depends on the step of the meeting.",
        ),
        Task(
            "What happened, and when",
            f"A time at the beginning makes it an event. @ names somebody; {completes} completes a name.",
            "14:05 deploy rolled back @ana",
            (
                Want("a time at the beginning, such as 14:05", lambda line: line.time is not None),
                Want("no mark of another kind", lambda line: line.kind is Kind.EVENT or line.time is None),
                Want("@ana or @bo", lambda line: bool(line.who)),
                _WORDS,
            ),
            "It finds its place by its time, in whatever order things are told.",
        ),
        Task(
            "What somebody will do",
            f"{a} makes it an action, due: gives it a day. The first @name answers for it.",
            f"{action} due:fri",
            (
                Want(f"{a} at the beginning", lambda line: line.kind is Kind.ACTION),
                Want("@ana or @bo, who answers for it", lambda line: bool(line.who)),
                Want("due: and a day, such as due:fri or due:+2w", lambda line: line.due is not None),
                _WORDS,
            ),
            "Who and until when are understood, and out of the words.",
        ),
        Task(
            "What only you should see",
            f"{hidden} makes it private: masked while you type, on no shared screen, in no export.",
            private,
            (Want(f"{hidden} at the beginning", lambda line: line.kind is Kind.PRIVATE), _WORDS),
            "Kept for you alone; the console in a second terminal shows it.",
        ),
    )


_WORDS = Want("some words", lambda line: bool(line.text))
_MARKED = (
    (Kind.ACTION, "limit the retries", ("bo",)),
    (Kind.PRIVATE, "Ana looks tired, a break soon?", ()),
)


def _spelled(kind: Kind, words: str, who: tuple[str, ...], prefixes: Mapping[str, Kind]) -> str:
    line = capture.Line(kind, words, who=who)
    return capture.spell(line, handles=_HANDLES, default=Kind.NOTE, prefixes=prefixes)
