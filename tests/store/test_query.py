"""Searching by words and filters, as it is read and as it finds."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrtui.review.model import Action, Entry, Head, Kind, Participant, Review, State, Status
from lrtui.store.query import FILTERS, Query, misread, only_begun
from lrtui.store.words import Wanted, cut
from tests.store.making import catalog_of

if TYPE_CHECKING:
    from pathlib import Path

    from lrtui.store.catalog import Catalog

ANA = Participant("p1", "Ana Lima", "ana", "responder", "Payments")
BO = Participant("p2", "Bo Chen", "bo", "facilitator", "Platform")


def review(month: int, service: str, *people: Participant, tags: tuple[str, ...] = ()) -> Review:
    """Return a review held on the 14th of a month, with a line and an action for each of those people."""
    started = datetime(2026, month, 14, 12, tzinfo=UTC)
    head = Head(
        title=f"Trouble in {service}", status=Status.DONE, started=started, facts={"service": service}, tags=tags
    )
    entries = [
        Entry("e1", Kind.LEARNING, f"{service} retries three times", tags=("db",)),
        *(Entry(f"e{person.id}", Kind.EVENT, f"somebody saw {service} stop", who=(person.id,)) for person in people),
        Entry("e9", Kind.PRIVATE, "zanzibar", tags=("secret",), team="Hidden"),
    ]
    actions = [
        Action(f"a{person.id}", "limit the retries", State.OPEN, owners=(person.id,), team=person.team)
        for person in people
    ]
    return Review(
        head,
        {person.id: person for person in people},
        entries={entry.id: entry for entry in entries},
        actions={action.id: action for action in actions},
    )


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    reviews = {
        "one": review(5, "checkout", ANA),
        "two": review(6, "payment gateway", BO, tags=("db-pool",)),
        "three": review(7, "search", ANA, BO),
    }
    return catalog_of(tmp_path, reviews)


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("service:checkout", ["one"]),
        ("SERVICE:Check", ["one"]),
        ('service:"payment gate"', ["two"]),
        ("service:gateway", ["two"]),
        ("service:payment service:gateway", ["two"]),
        ("service:checkout search", []),
        ("tag:db", ["three", "two", "one"]),
        ("tag:db-pool", ["two"]),
        ("team:payments", ["three", "one"]),
        ("person:ana", ["three", "one"]),
        ('person:"ana lima" person:bo', ["three"]),
        ("before:2026-06", ["one"]),
        ("after:2026-06", ["three", "two"]),
        ("after:2026-06 before:2026-07", ["two"]),
        ("after:2026-06-15", ["three"]),
        ("before:2026", []),
        ("kind:action retries before:2026-06", ["one"]),
        ("kind:decision", []),
        ("tag:secret", []),
        ("team:hidden", []),
        ("ana", ["three", "one"]),
    ],
)
def test_filters_narrow_down_which_reviews_are_found(catalog: Catalog, typed: str, names: list[str]) -> None:
    assert [row.name for row in catalog.rows(query=typed)] == names
    assert list(dict.fromkeys(hit.review for hit in catalog.search(typed))) == names


@pytest.mark.parametrize(
    ("typed", "texts"),
    [
        ("service:search", [("title", "Trouble in search")]),
        ("kind:learning service:search", [("learning", "search retries three times")]),
        ("kind:learned service:search", []),
        ("kind:todo person:ana service:search", [("action", "limit the retries")]),
        ("kind:person service:search", [("person", "Ana Lima"), ("person", "Bo Chen")]),
        ("person:bo service:payment kind:event", [("event", "somebody saw payment gateway stop")]),
        ("lima service:checkout", [("person", "Ana Lima")]),
        ("three tag:db service:checkout", [("learning", "checkout retries three times")]),
    ],
)
def test_what_is_found_of_a_review_is_what_the_filters_ask_for(
    catalog: Catalog, typed: str, texts: list[tuple[str, str]]
) -> None:
    assert [(hit.kind, hit.text) for hit in catalog.search(typed)] == texts


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("colour:red storm", "colour red storm"),
        ("before:tomorrow", "before tomorrow"),
        ("before:2026-13", "before 2026 13"),
        ("kind:nonsense", "kind nonsense"),
        ("kind:private", "kind private"),
        ("http://example.org", "http example org"),
        ("service:!!", "service"),
        ("14:05 storm", "14 05 storm"),
    ],
)
def test_what_is_no_filter_stays_words(typed: str, plain: str) -> None:
    assert Query.read(typed) == Query(Wanted.read(plain))


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_that_is_still_being_typed_hides_nothing(name: str) -> None:
    assert Query.read(f"{name}:") is None
    assert Query.read(f"storm {name}:") == Query.read("storm")


def test_what_looks_like_a_filter_and_is_none_is_told_apart() -> None:
    typed = 'Servce:checkout kind:learning KIND:"lerning" after:2026-06 before: storm 14:05'
    assert misread(typed) == [("servce", "checkout"), ("kind", "lerning")]


@pytest.mark.parametrize(
    ("typed", "begun"),
    [("service:", True), ('kind: tag:""', True), ("", False), ("storm service:", False), ("colour:", False)],
)
def test_filters_that_are_only_begun_are_told_apart(typed: str, *, begun: bool) -> None:
    assert only_begun(typed) == begun


@given(typed=st.text(st.sampled_from('abkind:tag"service before 2026-·*\0('), max_size=40) | st.text(max_size=40))
def test_whatever_is_typed_is_read_and_holds_nothing_that_the_index_would_obey(typed: str) -> None:
    query = Query.read(typed)
    if query is not None and query.match is not None:
        parts = query.match.split(" AND ")
        assert all(part.strip("*").strip('"').replace("·", "").replace("_", "").isalnum() for part in parts)


@given(typed=st.text(max_size=30).filter(lambda text: ":" not in text))
def test_without_a_colon_all_are_words(typed: str) -> None:
    query = Query.read(typed)
    assert (query.words if query else None) == Wanted.read(typed)
    assert (query is None) == (not cut(typed))
