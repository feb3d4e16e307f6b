"""What the tests of this floor are made of: a clock, random operations, and the plainest model of their effect."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from hypothesis import strategies as st

from lrtui.review.model import Put
from lrtui.store.catalog import Catalog
from lrtui.store.side_table import Read
from lrtui.store.storage import JournalStorage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lrtui.review.fields import Json
    from lrtui.review.model import Review

START = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)
ROOT = Path(__file__).parents[2]

Plain: TypeAlias = dict[str, dict[str, dict[str, Any]]]

ids = st.sampled_from(["a", "b", "c/d", "ä"])
tables = st.sampled_from(["entries", "actions"])
words = st.text(alphabet='aé\u202e\n"\\{', max_size=4)
leaves: st.SearchStrategy[Json] = st.one_of(
    st.none(), st.booleans(), st.sampled_from([0, 1, 1.0, 2.5]), words, st.just("\u2028\ud800")
)
values: st.SearchStrategy[Json] = st.one_of(
    leaves, st.lists(leaves, max_size=2), st.dictionaries(words, leaves, max_size=2)
)
fields = st.one_of(
    st.dictionaries(st.sampled_from(["text", "state", "tags.db"]), values, min_size=1),
    st.just({"gone": True}),
    st.just({"gone": None}),
)
puts: st.SearchStrategy[Put] = st.builds(Put, tables, ids, fields)
operations: st.SearchStrategy[list[list[Put]]] = st.lists(st.lists(puts, min_size=1, max_size=4), max_size=12)


class Ticking:
    """A clock that goes on by a second at every look, unless it is told otherwise."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def storage(folder: Path, author: str = "ana-3f9c", *, read_only: bool = False) -> JournalStorage:
    return JournalStorage(folder, author=author, clock=Ticking(), read_only=read_only)


def catalog_of(root: Path, reviews: Mapping[str, Review]) -> Catalog:
    """Return a catalog in which those reviews are, by name."""
    folders = [(name, root / name) for name in reviews]
    for _, folder in folders:
        folder.mkdir(parents=True)
    catalog = Catalog(root / ".cache" / "catalog.sqlite", lambda folder: Read(reviews[folder.name]))
    catalog.refresh(folders)
    return catalog


def entry(key: str, text: str) -> Put:
    return Put("entries", key, {"text": text})


def shown(done: Sequence[Sequence[Put]]) -> Plain:
    """The documents after `done`, worked out in the simplest way."""
    every: Plain = {}
    for group in done:
        for table, key, change in group:
            every.setdefault(table, {}).setdefault(key, {}).update(change)
    found: Plain = {}
    for table, rows in every.items():
        for key, document in rows.items():
            there = {name: value for name, value in document.items() if value is not None}
            if there and there.get("gone") is not True:
                found.setdefault(table, {})[key] = there
    return found
