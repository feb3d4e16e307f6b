"""The corpora that wording hints are measured on, read from the files beside this one."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NamedTuple

from lrtui.review.model import Kind
from lrtui.review.wording import HintClass

HERE = Path(__file__).parent
PEOPLE = ("Ana", "Bo", "Cai", "Dita")
ACTION = "[] "


class Said(NamedTuple):
    """A line as somebody said it; `what` is the class that it carries, None for a line that carries none."""

    text: str
    kind: Kind | None
    what: HintClass | None


def _lines(name: str) -> list[str]:
    text = (HERE / name).read_text(encoding="utf-8").split("\n\n", 1)[1]
    return [line for line in text.split("\n") if line]


def _said(line: str, what: HintClass | None) -> Said:
    return Said(line.removeprefix(ACTION), Kind.ACTION if line.startswith(ACTION) else None, what)


SAID = [_said(text, HintClass(what)) for what, text in (line.split(": ", 1) for line in _lines("said.txt"))]
UNSAID = [_said(line, None) for line in _lines("unsaid.txt")]
PROSE = {path.stem: path.read_text(encoding="utf-8") for path in sorted((HERE / "prose").glob("*.md"))}


class Judged(NamedTuple):
    """A hint raised on one of the texts, and whether a person found it right."""

    text: str
    what: HintClass
    words: str
    right: bool


JUDGED = [
    Judged(text, HintClass(what), words, verdict == "right")
    for verdict, text, what, words in (line.split(" | ") for line in _lines("prose_hints.txt"))
]


def words_of(texts: list[str]) -> int:
    """Return how many words there are in some texts, as `wc -w` counts them."""
    return sum(len(text.split()) for text in texts)


def counted(hints: list[HintClass]) -> str:
    """Return hints by class, the most frequent first, for a person to read."""
    return ", ".join(f"{count} {what.value}" for what, count in Counter(hints).most_common()) or "none"
