from __future__ import annotations

import pytest

from lrtui.review.followup import DUE_BY_PRIORITY, Customs
from lrtui.review.spans import Span
from lrtui.settings.library import LibraryReading, read_library
from lrtui.store import library

WHOLE = """\
team: Payments
due:
  urgent: 2 days
  high: 5 working days
slas:
  high: 4 weeks
"""


def test_a_library_says_whose_it_is_when_actions_are_due_and_what_is_promised() -> None:
    reading = read_library(WHOLE)
    assert reading.customs == Customs(
        "Payments", {**DUE_BY_PRIORITY, "urgent": Span(2), "high": Span(5, "working day")}, {"high": Span(4, "week")}
    )
    assert (reading.faults, reading.notice) == ((), "")


@pytest.mark.parametrize("text", ["", "# nothing yet\n", library._SETTINGS, "team:\n", "due: \n"])
def test_a_file_that_says_nothing_is_as_it_ships(text: str) -> None:
    assert read_library(text) == LibraryReading()


def test_the_file_that_ships_explains_what_is_usual() -> None:
    said = "\n".join(
        line.removeprefix("#").partition("  ")[0] if line[1:2] != " " else line[1:]
        for line in library._SETTINGS.splitlines()[1:]
    )
    customs = read_library(said).customs
    assert customs.due == DUE_BY_PRIORITY
    assert customs.team == "Payments"
    assert customs.slas == {"high": Span(20, "working day")}


def test_all_faults_are_told_at_once_and_the_rest_holds() -> None:
    reading = read_library("tema: x\ndue:\n  urgnt: 3 days\n  high: soon\n  low: 2 weeks\nslas: never\nteam: Data\n")
    told = [(fault.line, fault.message) for fault in reading.faults]
    assert told == [
        (1, 'a library has no setting "tema"; did you mean "team"?'),
        (3, 'there is no priority "urgnt"; did you mean "urgent"?'),
        (4, '"soon" is no span of days; expected "3 days", "5 working days" or "2 weeks"'),
        (6, 'a promise by priority is written as "urgent: …" and its other keys, not as the text "never"'),
    ]
    assert reading.customs == Customs("Data", {**DUE_BY_PRIORITY, "low": Span(2, "week")})
    assert reading.notice.startswith('lrtui.yaml, line 1: a library has no setting "tema"')
    assert "And 1 more." in reading.notice


@pytest.mark.parametrize("text", ["a: &x 1\nb: *x\n", "- a list\n", "team: {", "\x00"])
def test_whatever_is_in_the_file_what_is_usual_holds(text: str) -> None:
    reading = read_library(text)
    assert reading.customs == Customs()
    assert reading.notice
    assert "\x00" not in reading.notice


def test_a_file_that_could_not_be_read_is_told() -> None:
    assert LibraryReading(unread="is not text in UTF-8").notice.startswith("lrtui.yaml is not text in UTF-8;")
