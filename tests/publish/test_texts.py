"""That all texts of a review are looked through, one that is added later as well."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

import pytest

from lrtui.publish.audience import Audience, edition
from lrtui.publish.texts import rewritten
from lrtui.review.model import Kind, Review
from tests.publish.sample import NAME, REVIEW

if TYPE_CHECKING:
    from collections.abc import Iterator

SECRET = "Ana Lima"
# words of the program, and ids, which are keys as well (see below)
NO_TEXT = {"kind", "state", "status", "presence", "zone", "captures", "shows", "export", "id"}


def texts(value: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the places of all texts in a review: names of fields, keys and positions that lead there."""
    if isinstance(value, str):
        yield path
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            if field.name not in NO_TEXT:
                yield from texts(getattr(value, field.name), (*path, field.name))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from texts(item, (*path, key))
    elif isinstance(value, tuple):
        for place, item in enumerate(value):
            yield from texts(item, (*path, place))


def put(value: Any, path: tuple[Any, ...], text: object) -> Any:  # noqa: ANN401 - of any type, as it is given
    """Return a review with another text in a place."""
    if not path:
        return text
    first, *rest = path
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.replace(value, **{first: put(getattr(value, first), tuple(rest), text)})
    if isinstance(value, dict):
        return {**value, first: put(value[first], tuple(rest), text)}
    return tuple(put(item, tuple(rest), text) if place == first else item for place, item in enumerate(value))


FULL = dataclasses.replace(
    REVIEW,
    entries={
        key: dataclasses.replace(entry, until="x", tags=("x",), priority="x", ref="x", team="x", under="x", rank="x")
        for key, entry in REVIEW.entries.items()
        if key in {"e02", "e10", "e12"}
    },
    actions={"a4": dataclasses.replace(REVIEW.actions["a1"], id="a4", reason="x", tags=("x",), step="x")},
)
PLACES = list(texts(FULL))


def test_there_are_texts_to_look_through() -> None:
    assert len(PLACES) > 100
    assert {path[0] for path in PLACES} == {field.name for field in dataclasses.fields(Review)} - {
        "votes",
        "steps",
        "intentions",
    }


@pytest.mark.parametrize("path", PLACES, ids=lambda path: ".".join(map(str, path)))
def test_no_text_of_a_review_is_passed_over(path: tuple[Any, ...]) -> None:
    review = put(FULL, path, SECRET)
    told = edition(review, name=NAME, audience=Audience.PUBLIC).review
    assert "Ana" not in repr(told)
    assert "Lima" not in repr(told)
    assert "ana" not in repr(told).split("'")


@pytest.mark.parametrize("table", ["participants", "steps", "entries", "actions", "moments"])
def test_keys_that_somebody_made_up_are_looked_through_as_well(table: str) -> None:
    docs = getattr(FULL, table)
    (first, doc), *others = docs.items()
    renamed = {"by-ana": dataclasses.replace(doc, id="by-ana"), **dict(others)}
    review = put(FULL, (table,), renamed)
    assert first not in renamed
    told = edition(review, name=NAME, audience=Audience.PUBLIC).review
    assert "by-ana" not in repr(told)
    assert len(getattr(told, table)) >= len([key for key in renamed if key != "e12"])


def test_lines_keep_their_order_and_keys_stay_apart_whatever_becomes_of_them() -> None:
    told = rewritten(REVIEW, lambda _, text: "same" if text in REVIEW.entries or text in REVIEW.head.facts else text)
    assert [entry.text for entry in sorted(told.entries.values(), key=lambda entry: entry.place)] == [
        entry.text for entry in REVIEW.entries.values()
    ]
    assert sorted(told.head.facts.values()) == sorted(REVIEW.head.facts.values())


def test_nothing_is_changed_where_nothing_is_to_be_changed() -> None:
    told = rewritten(REVIEW, lambda _, text: text)
    assert dataclasses.replace(told, entries={}, actions={}) == dataclasses.replace(REVIEW, entries={}, actions={})
    assert {entry.kind for entry in told.entries.values()} == set(Kind) - {Kind.ACTION, Kind.WAS_HARD}
