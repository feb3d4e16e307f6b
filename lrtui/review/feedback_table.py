"""Answers as a table: what form tools write, a row a person, the questions as the titles of the columns.

Of what tells who has answered, such as an address or a name, nothing is kept. When an answer was given, or its running
number, is kept as a short digest together with the question: it tells an answer that was taken in before from a new
one, also where another cell of its row, or another column, was corrected since.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lrtui.errors import Refused
from lrtui.review.feedback_form import questions, words_of
from lrtui.review.feedback_replies import Misfit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lrtui.review.feedback_form import Answer, Asked
    from lrtui.review.model import Review

_DELIMITERS = ",;\t"
_NUMBERED = re.compile(r"\s*[0-9]{1,2}\s*[.):]\s*")
_DIGITS = 6  # of a digest: sixteen million of them

# titles of columns, as the common form tools call them, of which nothing is kept as it is
_WHEN = {
    *("timestamp", "time", "date", "start time", "completion time", "last modified time", "start date", "end date"),
    *("submit date", "submitted at", "submission date", "stage date", "date submitted", "recorded date"),
    *("id", "response id", "submission id", "network id", "token", "response number", "no", "nr", "row"),
    *("zeitstempel", "zeit", "datum", "startzeit", "abschlusszeit", "fertigstellungszeit", "uhrzeit"),
    *("horodateur", "marca temporal", "fecha", "informazioni cronologiche", "tijdstempel", "carimbo de data hora"),
}
_WHO = {
    *("email", "e mail", "email address", "e mail address", "name", "full name", "first name", "last name", "user"),
    *("username", "user name", "respondent", "respondent id", "respondent email", "collector id", "ip", "ip address"),
    *("team", "department", "language", "user language", "tags", "score", "total points", "quiz feedback", "status"),
    *("response type", "progress", "finished", "duration in seconds", "device"),
    *("mail", "mail adresse", "e mail adresse", "email adresse", "vorname", "nachname", "benutzername", "abteilung"),
    *("adresse e mail", "nom", "prénom", "nombre", "apellido", "correo electrónico", "dirección de correo electrónico"),
    *("indirizzo email", "nome", "cognome", "e mailadres", "naam", "endereço de e mail"),
}
_WHOSE = ("your ", "my ", "ihr ", "ihre ", "dein ", "deine ", "votre ", "su ", "tu ", "uw ", "je ")  # before the latter


@dataclass
class Part:
    """Answers that are taken in together or not at all, and by what they are known again; "" where nothing tells."""

    answers: list[Answer]
    mark: str = ""


@dataclass
class Table:
    """What was read: a part for each cell that was answered, and what was not understood."""

    parts: list[Part] = field(default_factory=list)
    misfits: list[Misfit] = field(default_factory=list)


@dataclass(frozen=True)
class _Columns:
    """Which column is about which question, and which tell when a row was given."""

    asked: dict[int, Asked]
    when: list[int]
    strange: dict[int, str]


def read_table(review: Review, text: str, *, named: bool = False) -> Table | None:
    """Read a table; None where the text is none. Raises `Refused` where it cannot be read as one.

    One that is `named` a table needs no more than a column about a question. Any other text might be a pasted reply:
    there has to be another column, such as form tools write, or as many of them in the next row.
    """
    asked = questions(review)
    lines = text.removeprefix("sep=;\n").removeprefix("sep=,\n").lstrip("\n")
    for delimiter in _DELIMITERS:
        try:
            rows = list(csv.reader(io.StringIO(lines, newline=""), delimiter=delimiter))
        except csv.Error as error:
            if _columns(lines.split("\n", 1)[0].split(delimiter), asked, sure=named):
                raise Refused(f"The table cannot be read: {error}. Export it as CSV once more.") from error
            continue
        columns = _columns(rows[0], asked, sure=named or _is_even(rows)) if rows else None
        if columns:
            return _table(rows, columns)
    return None


def _is_even(rows: Sequence[Sequence[str]]) -> bool:
    """Tell whether the first two rows have several cells, and as many."""
    return len(rows) > 1 and 1 < len(rows[0]) == len(rows[1])


def _columns(titles: Sequence[str], asked: Sequence[Asked], *, sure: bool) -> _Columns | None:
    """Tell what the columns of a table are; None where the titles are not those of a table of answers.

    Where it is not `sure` that it is one, one title that is known is too few.
    """
    found: dict[int, Asked] = {}
    when: list[int] = []
    known = 0
    strange = {}
    for at, title in enumerate(titles):
        question = _question(title, asked)
        plain = " ".join(words_of(title))
        if question is not None and question not in found.values():
            found[at] = question
        elif plain in _WHEN or title.strip() == "#":
            when.append(at)
        elif any(plain.removeprefix(whose) in _WHO for whose in _WHOSE):
            known += 1
        else:
            strange[at] = title
    return _Columns(found, when, strange) if found and (sure or len(found) + len(when) + known > 1) else None


def _question(title: str, asked: Sequence[Asked]) -> Asked | None:
    bare = _NUMBERED.sub("", title, count=1)
    for item in asked:
        if words_of(title) == (item.key,) or item.words in {words_of(title), words_of(bare)}:
            return item
    return None


def _table(rows: Sequence[Sequence[str]], columns: _Columns) -> Table:
    table = Table()
    width = len(rows[0])
    seen: Counter[str] = Counter()
    for number, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != width:
            why = f"it has {len(row)} columns, the first row {width}"
            table.misfits.append(Misfit(f"row {number}", " ".join(row[:1]), why))
            continue
        for at, asked in columns.asked.items():
            read = asked.read(row[at])
            if read == []:
                continue
            mark = _mark_of(row, columns.when, asked, seen)
            if read is None:
                table.misfits.append(Misfit(f"row {number}", row[at], f"{asked.ask} expected: {asked.hint}"))
            else:
                table.parts.append(Part(read, mark))
    for at, title in columns.strange.items():
        if any(len(row) == width and row[at].strip() for row in rows[1:]):
            table.misfits.append(Misfit(f"column {at + 1}", title, "it fits no question"))
    return table


def _mark_of(row: Sequence[str], when: Iterable[int], asked: Asked, seen: Counter[str]) -> str:
    """Return the digest of a question and of when it was answered; one for each of several answers of one instant."""
    given = "\n".join(row[at].strip() for at in when)
    if not given.strip():
        return ""
    answered = f"{given}\n{asked.key}"
    seen[answered] += 1
    return digest(f"{answered}\n{seen[answered]}")


def digest(text: str) -> str:
    """Return a digest that two texts hardly ever share, and of which nobody can tell the text."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:_DIGITS]
