from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from hypothesis import given

from lrtui.publish.tables import FORMAT, as_csv, as_json
from lrtui.review.model import Entry, Head, Kind, Review
from lrtui.review.text import clean
from tests.publish.reading import texts
from tests.publish.sample import ENTRIES, NAME, PEOPLE, REVIEW, UNSEEN

if TYPE_CHECKING:
    from collections.abc import Mapping

Doc = TypeVar("Doc")


def turned(table: Mapping[str, Doc]) -> dict[str, Doc]:
    return {key: table[key] for key in reversed(list(table))}


def test_a_review_as_json_says_what_it_is() -> None:
    document = json.loads(as_json(REVIEW, name=NAME))
    assert {key: document[key] for key in ("format", "id", "title", "status", "date", "zone", "started", "ended")} == {
        "format": FORMAT,
        "id": NAME,
        "title": "Checkout latency",
        "status": "wrap-up",
        "date": "2026-11-24",
        "zone": "Europe/Berlin",
        "started": "2026-11-24T13:00:00.000Z",
        "ended": None,
    }
    assert document["template"] == {"name": "learning-review", "title": "Learning review", "version": 3}
    assert document["facts"][0] == {"key": "service", "ask": "Which service?", "answer": "checkout"}
    assert document["steps"][1] == {
        "key": "timeline",
        "title": "Timeline",
        "planned": 2400,
        "spent": 2510,
        "skipped": False,
    }


def test_people_are_named_by_handle_and_name_wherever_they_appear() -> None:
    document = json.loads(as_json(REVIEW, name=NAME))
    ana = {"handle": "ana", "name": "Ana Lima"}
    there = {"role": "responder", "team": "payments", "presence": "present", "duties": {}}
    assert document["participants"][0] == {**ana, **there}
    assert document["entries"][1]["who"] == [ana]
    assert document["actions"][0]["owners"][0] == ana


def test_who_took_over_a_duty_is_told_with_the_instant() -> None:
    bo = replace(PEOPLE[1], duties={"note_taker": (datetime(2026, 11, 24, 13, 40, tzinfo=UTC),)})
    review = replace(REVIEW, participants={**REVIEW.participants, bo.id: bo})
    document = json.loads(as_json(review, name=NAME))
    assert [person["duties"] for person in document["participants"]] == [
        {},
        {"note_taker": "2026-11-24T13:40:00.000Z"},
        {},
    ]


def test_every_term_of_a_duty_is_told_from_when_to_when() -> None:
    first, second, third = (datetime(2026, 11, 24, 13, minute, tzinfo=UTC) for minute in (10, 20, 30))
    ana = replace(PEOPLE[0], duties={"facilitator": (first, third)})
    bo = replace(PEOPLE[1], duties={"facilitator": (second,)})
    review = replace(REVIEW, participants={**REVIEW.participants, ana.id: ana, bo.id: bo})
    found = json.loads(as_json(review, name=NAME))["terms"]
    assert [(term["duty"], term["handle"], term["since"][14:16], (term["until"] or "")[14:16]) for term in found] == [
        ("facilitator", "ana", "10", "20"),
        ("facilitator", "bo", "20", "30"),
        ("facilitator", "ana", "30", ""),
    ]


def test_a_measure_has_its_outcome_and_its_seconds() -> None:
    measures = json.loads(as_json(REVIEW, name=NAME))["measures"]
    assert [(measure["outcome"], measure["seconds"]) for measure in measures] == [
        ("recorded", 540),
        ("not applicable", None),
        ("pending", None),
    ]


def test_every_entry_but_the_private_ones_is_there_and_no_feedback() -> None:
    written = as_json(REVIEW, name=NAME)
    assert UNSEEN not in written
    assert [entry["id"] for entry in json.loads(written)["entries"]] == [
        entry.id for entry in ENTRIES if entry.kind is not Kind.PRIVATE
    ]


def test_the_same_review_gives_the_same_json_whatever_its_order() -> None:
    review = replace(
        REVIEW,
        head=replace(REVIEW.head, facts=turned(REVIEW.head.facts)),
        entries=turned(REVIEW.entries),
        actions=turned(REVIEW.actions),
        participants=turned(REVIEW.participants),
        moments=turned(REVIEW.moments),
    )
    assert as_json(review, name=NAME) == as_json(REVIEW, name=NAME)


@given(texts)
def test_text_comes_out_of_the_json_to_the_letter(text: str) -> None:
    review = Review(Head(title=text), entries={"e": Entry("e", Kind.NOTE, text)})
    document = json.loads(as_json(review, name="x"))
    assert document["title"] == text
    assert document["entries"][0]["text"] == text


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_table_has_a_row_for_each_entry_and_action_but_for_private_ones() -> None:
    written = as_csv(REVIEW)
    assert UNSEEN not in written
    told = rows(written)
    assert [row["id"] for row in told] == [
        *(entry.id for entry in ENTRIES if entry.kind is not Kind.PRIVATE),
        *REVIEW.actions,
    ]
    pager, cap = told[1], told[-6]
    assert (pager["kind"], pager["when"], pager["people"], pager["tags"]) == (
        "event",
        "2026-11-22T23:40",
        "Ana Lima",
        "db",
    )
    assert (cap["kind"], cap["people"], cap["due"], cap["done_when"]) == (
        "action",
        "Ana Lima; Chi Okafor",
        "2026-12-01",
        "a load test stays under 1 s",
    )


@given(texts)
def test_nothing_in_a_table_is_a_formula_and_text_comes_out_to_the_letter(text: str) -> None:
    review = Review(entries={"e": Entry("e", Kind.NOTE, text)})
    (row,) = rows(as_csv(review))
    assert not row["text"].startswith(("=", "+", "-", "@", "\t", "\r"))
    assert row["text"].removeprefix("'") == clean(text).removeprefix("'")
