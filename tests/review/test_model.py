from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrtui.review.fields import written
from lrtui.review.model import (
    HEAD,
    Action,
    Entry,
    Feedback,
    Head,
    Kind,
    Moment,
    Participant,
    Presence,
    Review,
    State,
    Status,
    StepState,
    Vote,
)
from lrtui.review.template import EMPTY
from tests.doing import TEMPLATES

if TYPE_CHECKING:
    from lrtui.review.fields import Json, Tables

TABLES = ("review", "participants", "steps", "entries", "actions", "moments", "feedback", "votes", "later")
NAMES = sorted(
    {"title", "status", "template", "zone", "facts.service", "tags.db", "step", "since", "planned", "spent", "visited"}
    | {"name", "handle", "presence", "kind", "text", "when", "about", "who", "due", "at", "state", "owners", "value"}
    | {"spoke.k1", "asked", "duty.facilitator", "lines", "dots", "ballot.k1", "ballot.k2", "revealed", "answered.roti"}
)
AT = "2026-11-22T14:05:00.000Z"
json: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=4,
)
Documents: TypeAlias = "dict[str, dict[str, Json]]"
documents = st.dictionaries(
    st.sampled_from(["a", "b", HEAD]), st.dictionaries(st.sampled_from(NAMES), json, max_size=6), max_size=3
)
tables: st.SearchStrategy[dict[str, Documents]] = st.dictionaries(st.sampled_from(TABLES), documents, max_size=5)


@settings(deadline=None)
@given(tables)
def test_whatever_stands_on_disk_can_be_read(found: Tables) -> None:
    review = Review.read(found)
    assert review.entries.keys() == found.get("entries", {}).keys()
    assert review.actions.keys() == found.get("actions", {}).keys()


@settings(deadline=None)
@given(before=tables, after=tables)
def test_reading_what_has_changed_is_reading_all(before: Tables, after: Tables) -> None:
    changed = {(table, key) for part in (before, after) for table, rows in part.items() for key in rows}
    fresh = Review.read(before).refreshed(after, changed)
    assert repr(fresh) == repr(Review.read(after))  # by their text, in which even a NaN is like itself


def test_what_has_not_changed_is_not_read_again() -> None:
    rows: Documents = {"k1": {"text": "one"}, "k2": {"text": "two"}}
    before = Review.read({"entries": rows, "moments": {"m": {"when": "2026-11-22T14:05"}}})
    after = before.refreshed({"entries": rows | {"k2": {"text": "2"}}}, [("entries", "k2")])
    assert after.entries["k1"] is before.entries["k1"]
    assert after.entries["k2"].text == "2"
    assert after.moments is before.moments


def test_lines_stand_in_the_order_of_their_capture_whatever_the_order_of_reading() -> None:
    review = Review.read({"entries": {key: {"text": key} for key in ("k3", "k1", "k2")}})
    assert list(review.entries) == ["k1", "k2", "k3"]


def test_an_empty_review_is_a_draft_without_a_template() -> None:
    assert Review.read({}) == Review()
    assert (Review().head.status, Review().template) == (Status.DRAFT, EMPTY)


def test_the_template_is_the_one_kept_with_the_review() -> None:
    source = TEMPLATES["learning-review"].source
    assert isinstance(source, dict)
    review = Review.read({"review": {HEAD: {"template": source, "title": "Slow"}}})
    assert review.template == TEMPLATES["learning-review"]
    again = review.refreshed({"review": {HEAD: {"template": source, "title": "Fast"}}}, [("review", HEAD)])
    assert again.template is review.template


@pytest.mark.parametrize("at", ["2026-11-22T14:05:30.250Z", "2026-11-22T16:05:30.250+02:00", "2026-11-22T14:05:30.250"])
def test_an_instant_is_read_in_utc_and_written_so(at: str) -> None:
    entry = Entry.read("k", {"at": at})
    assert entry.at == datetime(2026, 11, 22, 14, 5, 30, 250000, UTC)
    assert written(entry.at) == "2026-11-22T14:05:30.250Z"


def test_an_entry_reads_all_its_fields() -> None:
    fields: dict[str, Json] = {
        "kind": "was_hard",
        "text": "x",
        "step": "s",
        "when": "w",
        "until": "u",
        "about": True,
        "who": ["p"],
        "tags.db": True,
        "tags.old": None,
        "priority": "high",
        "due": "2026-12-01",
        "ref": "r",
        "team": "t",
        "settled": True,
    }
    shown = Entry("k", Kind.WAS_HARD, "x", "s", "w", "u", who=("p",), tags=("db",), priority="high", ref="r", team="t")
    assert Entry.read("k", fields) == replace(shown, about=True, due=date(2026, 12, 1), settled=True)


def test_every_other_document_reads_its_fields() -> None:
    dropped: dict[str, Json] = {"text": "x", "state": "not doing", "reason": "why", "looked": "2026-11-20"}
    assert Action.read("k", {**dropped, "owners": ["p"], "done_when": "green", "tags.db": True}) == Action(
        "k",
        "x",
        State.NOT_DOING,
        owners=("p",),
        tags=("db",),
        done_when="green",
        reason="why",
        looked=date(2026, 11, 20),
    )
    assert Participant.read("p", {"name": "Ana", "handle": "ana", "presence": "late"}).presence is Presence.LATE
    handed = Participant.read(
        "p", {"spoke.k2": AT, "spoke.k1": "never", "asked": AT, "duty.facilitator": AT, "duty.facilitator.k3": AT}
    )
    at = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)
    assert handed == Participant("p", "", "", spoke=(at,), asked=at, duties={"facilitator": (at, at)})
    ballots: dict[str, Json] = {"ballot.k1": ["e1", "e1"], "ballot.k2": [], "ballot.k3": "e1"}
    assert Vote.read("v", {"lines": ["e1", "e2"], "dots": 3, "revealed": True, **ballots}) == Vote(
        "v", lines=("e1", "e2"), dots=3, ballots=(("e1", "e1"),), revealed=True
    )
    assert StepState.read("s", {"planned": 0, "spent": 2.9}) == StepState("s", 0, 2)
    assert StepState.read("s", {}).planned is None
    assert Moment.read("m", {"when": "w", "not_applicable": True}) == Moment("m", "w", not_applicable=True)
    assert Feedback.read("f", {"question": "roti", "value": "5"}) == Feedback("f", "roti")
    head = Head.read({"facts.a": 1, "tags.x": True, "solo": 1, "answered.roti": True, "answered.again": 1}, EMPTY)
    assert head == Head(facts={"a": "1"}, tags=("x",), answered=("roti",))


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(NAMES), st.text(st.sampled_from("a\x1b\u202e\x9b")), max_size=8))
def test_hostile_text_on_disk_is_harmless_once_read(fields: dict[str, Json]) -> None:
    read = repr((Entry.read("k", fields), Action.read("k", fields), Head.read(fields, EMPTY)))
    assert not any(mark in read for mark in ("\\x1b", "\\u202e", "\\x9b"))
