"""What was seen before: telling words in common, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lrtui.review.model import Action, Entry, Head, Kind, Review, State, Status
from lrtui.store.resembling import stem
from tests.store.making import catalog_of

if TYPE_CHECKING:
    from pathlib import Path

    from lrtui.store.catalog import Catalog


def review(title: str, *texts: str, actions: dict[str, State] | None = None) -> Review:
    entries = {f"e{at}": Entry(f"e{at}", Kind.EVENT, text) for at, text in enumerate(texts)}
    taken = {text: Action(text, text, state) for text, state in (actions or {}).items()}
    return Review(Head(title=title, status=Status.DONE), entries=entries, actions=taken)


def seen(catalog: Catalog, *lines: str, names: tuple[str, ...] = (), besides: str = "") -> list[tuple[str, ...]]:
    return [(item.review, *item.shared) for item in catalog.resembling(lines, names=names, besides=besides)]


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    reviews = {
        "storm": review("Retry storm", "clients retried at once and the gateway drowned", "Wanjiru Brandt joined"),
        "disk": review("Disk full", "the journal partition filled overnight", "Wanjiru Brandt joined"),
        "other": review("Mail", "newsletters went out twice"),
        "mine": review("Mine", "clients retried at once and the gateway drowned"),
    }
    return catalog_of(tmp_path, reviews)


def test_a_line_that_shares_telling_words_with_an_earlier_one_is_recognised_in_any_form(catalog: Catalog) -> None:
    assert seen(catalog, "the gateways retry", besides="mine") == [("storm", "gateways", "retry")]
    assert seen(catalog, "Partitions of the journal fill up", besides="mine") == [
        ("disk", "partitions", "journal", "fill")
    ]


def test_one_word_in_common_is_not_enough_nor_are_two_in_different_lines(catalog: Catalog) -> None:
    assert seen(catalog, "the gateway was replaced", besides="mine") == []
    assert seen(catalog, "the newsletter about the journal", besides="mine") == []
    assert seen(catalog, "gateway", "drowned", besides="mine") == []


def test_words_that_are_said_everywhere_and_names_are_no_likeness(catalog: Catalog) -> None:
    assert seen(catalog, "they were out at once, twice", besides="mine") == []
    assert seen(catalog, "Wanjiru Brandt asked", besides="mine") != [], "names are words until they are named"
    assert seen(catalog, "Wanjiru Brandt asked", names=("Wanjiru Brandt",), besides="mine") == []


def test_the_review_itself_is_never_among_what_was_seen_before(catalog: Catalog) -> None:
    line = "clients retried at once and the gateway drowned"
    assert [found[0] for found in seen(catalog, line, besides="storm")] == ["mine"]
    assert [found[0] for found in seen(catalog, line, besides="mine")] == ["storm"]


def test_an_action_that_is_still_open_is_told_as_such(tmp_path: Path) -> None:
    actions = {"bound the retries of clients": State.DOING, "drop the legacy exporter": State.DONE}
    catalog = catalog_of(tmp_path, {"one": review("Retry storm", actions=actions), "two": review("Two")})
    (open_one,) = catalog.resembling(["clients retry without bounds"], names=(), besides="two")
    (done,) = catalog.resembling(["the legacy exporter failed"], names=(), besides="two")
    assert (open_one.kind, open_one.still_open, open_one.text) == ("action", True, "bound the retries of clients")
    assert (done.kind, done.still_open) == ("action", False)


def test_what_is_in_every_tenth_review_tells_nothing(tmp_path: Path) -> None:
    common = {f"r{at}": review(f"R{at}", "canary of the gateway went red") for at in range(8)}
    rare = {f"s{at}": review(f"S{at}", f"nothing but {'abcdefghijklmnopqrstuvwxyz'[at % 26] * 6}") for at in range(30)}
    catalog = catalog_of(tmp_path, {**common, **rare, "mine": review("Mine")})
    assert seen(catalog, "the canary of the gateway", besides="mine") == []


def test_what_is_private_was_never_seen(tmp_path: Path) -> None:
    secret = Review(Head(title="One"), entries={"e1": Entry("e1", Kind.PRIVATE, "zanzibar gateway drowned")})
    catalog = catalog_of(tmp_path, {"one": secret})
    assert seen(catalog, "the gateway drowned in zanzibar") == []


@pytest.mark.parametrize("lines", [(), ("",), ("// \0 * \" ' AND OR",), ("1 2 3", "は は")])
def test_a_line_that_tells_nothing_resembles_nothing(catalog: Catalog, lines: tuple[str, ...]) -> None:
    assert seen(catalog, *lines) == []


@pytest.mark.parametrize(
    "forms",
    [
        ("retry", "retries", "retried", "retrying"),
        ("gateway", "gateways"),
        ("connect", "connects", "connected", "connecting"),
        ("cache", "caches", "cached", "caching"),
    ],
)
def test_forms_of_a_word_have_one_stem(forms: tuple[str, ...]) -> None:
    assert len(set(map(stem, forms))) == 1
