"""Bringing answers in at the command line: what is told of them, and of what was left out or would name somebody."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from lrtui.cli.words import counted, say
from lrtui.errors import Refused, StoreError
from lrtui.publish import secrets
from lrtui.publish.names import Names
from lrtui.publish.spellings import Known
from lrtui.review import feedback_import

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lrtui.review.feedback_form import Answer
    from lrtui.review.feedback_import import Reading
    from lrtui.review.model import Review
    from lrtui.session import Session

_TABLES = {".csv", ".tsv"}
_TOLD = 10  # places that are told of what was not understood, and of what names somebody
_ADDRESS = re.compile(r"\S@\S+\.\w")
_LATER = "What was left out can be corrected in the file: imported again, it adds what is new and nothing twice."
_LATER_ALONE = (
    "What was left out can be corrected and imported by itself. Not with the rest: nothing in this file tells when an"
    " answer was given, so those taken now would be taken twice."
)
_NAMED = (
    "All of it was kept. To leave something out, undo the import in the review, take it out of the file, and import it"
    " again."
)


def read(source: Path) -> str:
    """Read a file, or standard input; raises `StoreError`, or `Refused` where it is no text."""
    try:
        data = sys.stdin.buffer.read() if source == Path("-") else source.read_bytes()
    except OSError as error:
        raise StoreError(f"The answers could not be read: {error.strerror}.", str(source)) from error
    return feedback_import.decoded(data)


def bring_in(session: Session, text: str, source: Path, others: set[str], *, partial: bool) -> None:
    """Take the answers in, and tell of it; `others` are the names of who is on any roster of the library."""
    reading = feedback_import.read(session.review, text, as_table=source.suffix.casefold() in _TABLES)
    _tell([f"{place}, “{words[:60]}”: {why}" for place, words, why in reading.misfits])
    if reading.misfits and not partial:
        count = counted(len(reading.misfits), "place")
        told = f"Nothing was imported: {count} could not be understood."
        raise Refused(f"{told} Correct what counts and import it again, or add --partial to leave the rest out.")
    answers, known = feedback_import.taken(session.review, reading)
    session.perform(feedback_import.bring_in(reading))
    before = f" {_counted(session.review, known)} imported before, and not taken again." if known else ""
    say(f"{_counted(session.review, answers)} imported{_around(reading)}.{before}")
    if reading.misfits:
        say(_LATER if reading.parted else _LATER_ALONE)
    named = list(_naming(session.review, answers, others))
    _tell(named)
    if named:
        say(_NAMED)


def _tell(places: Sequence[str]) -> None:
    for place in places[:_TOLD]:
        say(place)
    if len(places) > _TOLD:
        say(f"… and {counted(len(places) - _TOLD, 'place')} more")


def _around(reading: Reading) -> str:
    return f"; {counted(reading.passed, 'line')} around them passed over" if reading.passed else ""


def _counted(review: Review, answers: Sequence[Answer]) -> str:
    """Count answers, and apart from them the remarks behind numbers."""
    in_words = {question.key for question in review.template.feedback if not question.scale}
    remarks = sum(bool(answer.comment) and answer.question not in in_words for answer in answers)
    told = [counted(len(answers) - remarks, "answer")] if len(answers) > remarks else []
    return " and ".join([*told, *([counted(remarks, "remark")] if remarks else [])])


def _naming(review: Review, answers: Sequence[Answer], others: set[str]) -> Iterator[str]:
    """Yield a sentence for each answer in words that has a name, an address or a number of a telephone in it."""
    people = [Known(person.name, person.handle, "") for person in review.participants.values()]
    names = Names(people, others)
    for said in (answer.comment for answer in answers if answer.comment):
        found = [f"“{said[name.start : name.end]}”" for name in names.find(said)]
        found += ["an e-mail address"] if _ADDRESS.search(said) else []
        found += [secret.what for secret in secrets.find(said) if secret.what == "a telephone number"]
        if found:
            yield f"“{said[:60]}” would name somebody: {', '.join(dict.fromkeys(found))}"
