"""A calendar client reads back what was said of each action, whatever was typed."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from hypothesis import given

from lrtui.publish.calendar import LONGEST, calendar
from lrtui.review.followup import Customs, Owner
from lrtui.review.model import State
from lrtui.review.text import clean, clean_line
from tests.review.following import TODAY, action, lists, stand

if TYPE_CHECKING:
    from lrtui.review.followup import Followed

_ESCAPES = {"\\n": "\n", "\\,": ",", "\\;": ";", "\\\\": "\\"}


def read(text: str) -> list[dict[str, str]]:
    """Read the events of a calendar as strictly as the standard is written; any other line is a fault."""
    assert text.endswith("\r\n")
    lines = text.removesuffix("\r\n").split("\r\n")
    assert not any("\r" in line or "\n" in line or not line for line in lines)
    assert all(len(line.encode()) <= LONGEST for line in lines)
    unfolded: list[str] = []
    for line in lines:
        if line.startswith(" "):
            unfolded[-1] += line[1:]
        else:
            unfolded.append(line)
    events: list[dict[str, str]] = []
    head = unfolded[: unfolded.index("BEGIN:VEVENT")] if "BEGIN:VEVENT" in unfolded else unfolded[:-1]
    assert head[:3] == ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//lrtui//actions//EN"]
    assert unfolded[-1] == "END:VCALENDAR"
    for line in unfolded[len(head) : -1]:
        name, colon, value = line.partition(":")
        assert colon
        assert re.fullmatch(r"[A-Z-]+(?:;VALUE=DATE)?", name)
        if line == "BEGIN:VEVENT":
            events.append({})
        elif line != "END:VEVENT":
            assert name not in events[-1]
            events[-1][name] = value
    return events


def said(value: str) -> str:
    """Undo the escapes of a text value; what has to be escaped and is not, is a fault."""
    assert re.fullmatch(r"(?:[^\\;,\n\r]|\\[\\;,n])*", value)
    return re.sub(r"\\.", lambda match: _ESCAPES[match[0]], value)


@given(lists)
def test_every_action_with_a_date_is_an_all_day_event_and_says_what_was_typed(found: list[Followed]) -> None:
    items = [item for item in stand(found, Customs("Ours")) if item.due]
    events = read(calendar(stand(found, Customs("Ours"))))
    assert len(events) == len(items)
    assert len({event["UID"] for event in events}) == len(items)
    for item, event in zip(items, events, strict=True):
        assert item.due
        assert event["DTSTART;VALUE=DATE"] == f"{item.due:%Y%m%d}"
        assert event["DTEND;VALUE=DATE"] == f"{item.due + timedelta(1):%Y%m%d}"
        assert clean_line(item.action.text) in said(event["SUMMARY"])
        assert clean(item.action.title).replace("\r", "\n") in said(event["DESCRIPTION"])
        assert said(event["CATEGORIES"]) == item.team
        assert re.fullmatch(r"\d{8}T\d{6}Z", event["DTSTAMP"])


def test_an_action_keeps_its_name_for_calendars_and_its_bytes() -> None:
    before = action(due=TODAY)
    after = before._replace(text="another text", due=date(2026, 12, 1), changed="2026-11-24T10:00:00.000Z")
    (one,), (other,) = read(calendar(stand([before]))), read(calendar(stand([after])))
    assert one["UID"] == other["UID"]
    assert (one["DTSTAMP"], other["DTSTAMP"]) == ("20261120T143107Z", "20261124T100000Z")
    assert calendar(stand([before])) == calendar(stand([before]))


def test_what_is_settled_says_so_and_what_has_no_date_is_not_there() -> None:
    done = action(due=TODAY, state=State.DONE, owners=(Owner("Ana Lima"),))
    (event,) = read(calendar(stand([done, action(id="x")])))
    assert said(event["SUMMARY"]) == "Done: alarm at 80 % (Ana Lima)"


def test_a_long_line_is_folded_between_characters() -> None:
    (event,) = read(calendar(stand([action("日本😀" * 60, due=TODAY)])))
    assert "日本😀" * 60 in said(event["SUMMARY"])
    assert read(calendar([])) == []
