r"""Actions as a calendar, RFC 5545: an all-day event on the day on which each is due.

Events and not tasks, since not every calendar shows tasks, and every one shows events; they are marked as free time.
The same actions give the same bytes: an event's stamp is the instant at which its action was last changed, and its
name for calendars, UID, stays the same, so that a calendar that is read again replaces what it had.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from lrtui.review.model import State
from lrtui.review.text import clean, clean_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lrtui.review.followup import Standing

LONGEST = 75  # octets of a line, as the standard has it
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BEYOND = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_UNFIT = re.compile("[^A-Za-z0-9._-]")


def calendar(items: Iterable[Standing]) -> str:
    """Return the calendar of the actions that have a date, their own or by default; lines end in CR LF."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//lrtui//actions//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"]
    for item in items:
        if item.due is not None and item.due < date.max:
            lines += _event(item, item.due)
    lines.append("END:VCALENDAR")
    return "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))


def _event(item: Standing, due: date) -> Iterator[str]:
    action = item.action
    stamp = _instant(action.changed)
    yield "BEGIN:VEVENT"
    yield f"UID:{_UNFIT.sub('-', action.review)}.{_UNFIT.sub('-', action.id)}@lrtui"
    yield f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}"
    yield f"LAST-MODIFIED:{stamp:%Y%m%dT%H%M%SZ}"
    yield f"DTSTART;VALUE=DATE:{due:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{due + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(_summary(item))}"
    yield f"DESCRIPTION:{_text(_description(item))}"
    if item.team:
        yield f"CATEGORIES:{_text(item.team)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _instant(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        return _EPOCH


def _summary(item: Standing) -> str:
    state = {State.DONE: "Done: ", State.NOT_DOING: "Not doing: ", State.MOVED: "Moved: "}.get(item.action.state, "")
    who = item.action.owners[0].name if item.action.owners else item.team
    return clean_line(f"{state}{item.action.text}") + (f" ({who})" if who else "")


def _description(item: Standing) -> str:
    action = item.action
    owners = ", ".join(owner.name for owner in action.owners)
    said = [
        f"Owner: {owners}" if owners else "",
        f"Team: {item.team}" if item.team else "",
        f"Due by default for {action.priority}" if item.due_by_default else "",
        f"Done when: {action.done_when}" if action.done_when else "",
        f"Reference: {action.ref}" if action.ref else "",
        f"From: {action.title or 'an untitled review'}",
        f"Action: {item.handle}",
    ]
    return "\n".join(line for line in said if line)


def _text(value: str) -> str:
    """Write a text value: backslash, semicolon, comma and line break escaped, nothing that no calendar may hold."""
    kept = _BEYOND.sub("", clean(value)).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return kept.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Yield a line in pieces of at most 75 octets, each but the first begun by a space; no character is torn."""
    piece, size = "", 0
    for character in line:
        octets = len(character.encode("utf-8", "replace"))
        if size + octets > LONGEST:
            yield piece
            piece, size = " ", 1
        piece += character
        size += octets
    yield piece
