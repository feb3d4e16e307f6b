"""The library can be listed and searched at once, and what is private is never found."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.generate import reviews as generate
from lrtui.errors import StoreError
from lrtui.review.model import Action, Entry, Feedback, Head, Kind, Participant, Review, State, Status
from lrtui.review.template import Template
from lrtui.store.catalog import Catalog, Hit
from lrtui.store.library import Library
from lrtui.store.query import FACT, TITLE
from lrtui.store.records import UNREADABLE
from lrtui.store.side_table import Read
from lrtui.store.storage import JournalStorage
from lrtui.store.words import cut

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


class Shelf:
    """Folders of reviews that are put there as values; a folder's journal only changes with them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.reviews: dict[Path, Review] = {}
        self.reads = 0
        self.file = root / ".cache" / "catalog.sqlite"

    def put(self, name: str, review: Review | None) -> None:
        folder = self.root / "reviews" / name
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "ana-3f9c.jsonl").open("a") as journal:
            journal.write("changed\n")
        self.reviews.pop(folder, None)
        if review is not None:
            self.reviews[folder] = review

    def read(self, folder: Path) -> Read:
        self.reads += 1
        if folder not in self.reviews:
            raise StoreError("The review could not be read.")
        return Read(self.reviews[folder])

    @property
    def folders(self) -> list[tuple[str, Path]]:
        return [(folder.name, folder) for folder in (self.root / "reviews").iterdir()]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


@pytest.fixture
def catalog(shelf: Shelf) -> Iterator[Catalog]:
    catalog = Catalog(shelf.file, shelf.read)
    yield catalog
    catalog.close()


def review(
    title: str = "",
    *texts: str,
    kind: Kind = Kind.NOTE,
    status: Status = Status.DONE,
    day: int = 1,
    facts: Mapping[str, str] | None = None,
) -> Review:
    entries = {f"e{number}": Entry(f"e{number}", kind, text) for number, text in enumerate(texts)}
    started = datetime(2026, 11, day, 12, tzinfo=UTC)
    return Review(Head(title=title, status=status, started=started, facts=facts or {}), entries=entries)


def names(catalog: Catalog, query: str = "") -> list[str]:
    return [row.name for row in catalog.rows(query=query)]


def found(catalog: Catalog, typed: str) -> list[str]:
    return [hit.text for hit in catalog.search(typed)]


def test_a_row_tells_what_the_library_shows(shelf: Shelf, catalog: Catalog) -> None:
    head = Head(
        title="Checkout latency",
        status=Status.WRAP_UP,
        template=Template(name="near-miss", title="Near miss"),
        facts={"service": "checkout", "severity": "sev2"},
        zone="Asia/Tokyo",
        started=datetime(2026, 11, 21, 20, 0, tzinfo=UTC),
    )
    people = [Participant("p1", "Bo", "bo", "responder"), Participant("p2", "Ana Lima", "ana", "facilitator")]
    states = [State.IDEA, State.OPEN, State.DOING, State.DONE, State.NOT_DOING, State.MOVED]
    entries = [Entry("e1", Kind.NOTE, "seen"), Entry("e2", Kind.PRIVATE, "unseen")]
    shelf.put(
        "one",
        Review(
            head,
            {person.id: person for person in people},
            entries={entry.id: entry for entry in entries},
            actions={state.value: Action(state.value, "do it", state) for state in states},
        ),
    )
    catalog.refresh(shelf.folders)
    (row,) = catalog.rows()
    assert row.name == "one"
    assert row.path == shelf.root / "reviews" / "one"
    assert (row.title, row.status, row.template) == ("Checkout latency", "wrap-up", "near-miss")
    assert (row.service, row.severity, row.facilitator) == ("checkout", "sev2", "Ana Lima")
    assert row.day == date(2026, 11, 22)  # where the review is held
    assert (row.open_actions, row.entries) == (2, 1), "neither an early idea nor what was dropped is an open action"


def test_what_is_going_on_comes_first_then_the_latest(shelf: Shelf, catalog: Catalog) -> None:
    shelf.put("done-early", review(day=1))
    shelf.put("done-late", review(day=9))
    shelf.put("wrap-up", review(status=Status.WRAP_UP, day=5))
    shelf.put("unreadable", None)
    shelf.put("draft", review(status=Status.DRAFT, day=2))
    shelf.put("live", review(status=Status.LIVE, day=3))
    catalog.refresh(shelf.folders)
    assert names(catalog) == ["live", "draft", "wrap-up", "done-late", "done-early", "unreadable"]


def test_a_draft_has_the_day_it_was_begun_and_an_empty_review_none(shelf: Shelf, catalog: Catalog) -> None:
    shelf.put("draft", Review(Head(created=datetime(2026, 11, 3, 9, tzinfo=UTC))))
    shelf.put("empty", Review())
    catalog.refresh(shelf.folders)
    assert {row.name: row.day for row in catalog.rows()} == {"draft": date(2026, 11, 3), "empty": None}


def test_rows_come_by_status_and_by_the_page(shelf: Shelf, catalog: Catalog) -> None:
    for day in range(1, 6):
        shelf.put(f"done-{day}", review(day=day))
    shelf.put("live", review(status=Status.LIVE))
    catalog.refresh(shelf.folders)
    assert [row.name for row in catalog.rows(status="done", limit=2, offset=1)] == ["done-4", "done-3"]
    assert [row.name for row in catalog.rows(status="live")] == ["live"]
    assert catalog.rows(status="draft") == []


def test_reviews_are_counted_by_status(shelf: Shelf, catalog: Catalog) -> None:
    assert catalog.counts() == {}
    for name, status in [("a", Status.DONE), ("b", Status.DONE), ("c", Status.LIVE)]:
        shelf.put(name, review(status=status))
    catalog.refresh(shelf.folders)
    assert catalog.counts() == {"done": 2, "live": 1}


def test_only_what_has_changed_is_read_again(shelf: Shelf, catalog: Catalog) -> None:
    for name in ("a", "b", "c"):
        shelf.put(name, review("before"))
    assert catalog.refresh(shelf.folders) == 3
    assert catalog.refresh(shelf.folders) == 0
    shelf.put("b", review("after"))
    assert catalog.refresh(shelf.folders) == 1
    assert shelf.reads == 4
    assert names(catalog, "after") == ["b"]
    assert names(catalog, "before") == ["c", "a"]


def test_another_authors_journal_is_a_change(shelf: Shelf, catalog: Catalog) -> None:
    shelf.put("a", review())
    catalog.refresh(shelf.folders)
    (shelf.root / "reviews" / "a" / "bo-81d2.jsonl").touch()
    assert catalog.refresh(shelf.folders) == 1


def test_a_review_that_is_gone_is_neither_listed_nor_found(shelf: Shelf, catalog: Catalog) -> None:
    for name in ("a", "b"):
        shelf.put(name, review("Checkout", "retry storm"))
    catalog.refresh(shelf.folders)
    assert catalog.refresh([("b", shelf.root / "reviews" / "b")]) == 1
    assert names(catalog) == names(catalog, "storm") == ["b"]
    assert {hit.review for hit in catalog.search("checkout")} == {"b"}


def test_a_library_that_has_moved_is_read_where_it_is_now(shelf: Shelf, catalog: Catalog, tmp_path: Path) -> None:
    shelf.put("a", review("Checkout"))
    catalog.refresh(shelf.folders)
    moved = tmp_path / "moved"
    moved.mkdir()
    for part in (".cache", "reviews"):
        (tmp_path / part).rename(moved / part)
    (row,) = Catalog(moved / ".cache" / "catalog.sqlite", shelf.read).rows()
    assert row.path == moved / "reviews" / "a"


def test_a_review_that_cannot_be_read_stops_nothing(shelf: Shelf, catalog: Catalog) -> None:
    shelf.put("a", review("Checkout"))
    shelf.put("b", None)
    assert catalog.refresh([*shelf.folders, ("c", shelf.root / "nowhere")]) == 3
    assert {row.name: row.status for row in catalog.rows()} == {"a": "done", "b": UNREADABLE, "c": UNREADABLE}
    assert names(catalog, "checkout") == ["a"]


def test_a_review_that_cannot_be_read_is_tried_again(shelf: Shelf, catalog: Catalog) -> None:
    shelf.put("b", None)
    assert catalog.refresh(shelf.folders) == 1
    assert catalog.refresh(shelf.folders) == 0
    shelf.reviews[shelf.root / "reviews" / "b"] = review("Back again")
    assert catalog.refresh(shelf.folders) == 1
    assert [row.title for row in catalog.rows()] == ["Back again"]


def test_a_name_that_is_not_text_does_no_harm(shelf: Shelf, catalog: Catalog) -> None:
    shelf.put("caf\udce9", review("Checkout"))
    assert catalog.refresh(shelf.folders) == 1
    assert catalog.refresh(shelf.folders) == 0
    assert [row.title for row in catalog.rows()] == ["Checkout"]


def test_bringing_up_to_date_ends_when_it_is_told_to(shelf: Shelf, catalog: Catalog) -> None:
    for number in range(6):
        shelf.put(f"review-{number}", review())
    assert catalog.refresh(shelf.folders, stop=lambda: shelf.reads == 2) == 2
    assert sorted(names(catalog)) == ["review-4", "review-5"]  # the newest are read first
    assert catalog.refresh(shelf.folders) == 4


def test_what_was_read_is_listed_before_all_is_read(shelf: Shelf, catalog: Catalog) -> None:
    for number in range(150):
        shelf.put(f"review-{number}", review())
    listed: list[int] = []
    other = Catalog(shelf.file, shelf.read)

    def stop() -> bool:
        listed.append(len(other.rows()))
        return False

    catalog.refresh(shelf.folders, stop=stop)
    assert listed[0] == 0
    assert 100 in listed
    assert len(other.rows()) == 150


def test_rows_can_be_read_while_others_bring_it_up_to_date(shelf: Shelf, catalog: Catalog) -> None:
    for number in range(120):
        shelf.put(f"review-{number}", review("Checkout", "retry storm"))
    folders = shelf.folders
    workers = [threading.Thread(target=catalog.refresh, args=[folders]) for _ in range(3)]
    for worker in workers:
        worker.start()
    while any(worker.is_alive() for worker in workers):
        assert {hit.title for hit in catalog.search("storm")} <= {"Checkout"}
    assert len(catalog.rows(query="storm")) == 120
    assert catalog.refresh(folders) == 0


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("check", ["Checkout latency"]),
        ("LATENCY checkout", ["Checkout latency"]),
        ("resume", ["the résumé service was slow"]),
        ("RÉSUMÉ slo", ["the résumé service was slow"]),
        ("slo resume", []),  # only the last word may be just begun
        ("eckout", []),
        ("p99", ["p99 over 4 s", "p99-like graphs"]),
        ("p99 over", ["p99 over 4 s"]),
        ("sev1", ["sev1"]),
        ("pager", ["add a pager alert"]),
        ("quota", ["p99 over 4 s"]),  # its tag
    ],
)
def test_words_are_found_in_any_form(shelf: Shelf, catalog: Catalog, typed: str, expected: list[str]) -> None:
    shelf.put(
        "one",
        Review(
            Head(title="Checkout latency", facts={"severity": "sev1"}),
            entries={
                "e1": Entry("e1", Kind.EVENT, "p99 over 4 s", tags=("quotas",)),
                "e2": Entry("e2", Kind.LEARNING, "the résumé service was slow"),
                "e3": Entry("e3", Kind.NOTE, "p99-like graphs"),
            },
            actions={"a1": Action("a1", "add a pager alert")},
        ),
    )
    catalog.refresh(shelf.folders)
    assert found(catalog, typed) == expected


def test_a_hit_tells_where_it_is(shelf: Shelf, catalog: Catalog) -> None:
    one = replace(review("Storm", "a storm", facts={"weather": "storm"}), actions={"a1": Action("a1", "storm glass")})
    shelf.put("one", one)
    catalog.refresh(shelf.folders)
    assert catalog.search("storm") == [
        Hit("one", "Storm", TITLE, "Storm", ""),
        Hit("one", "Storm", FACT, "storm", "weather"),
        Hit("one", "Storm", "note", "a storm", "e0"),
        Hit("one", "Storm", "action", "storm glass", "a1"),
    ]


def test_texts_with_every_word_stand_for_the_review(shelf: Shelf, catalog: Catalog) -> None:
    shelf.put("together", review("Checkout", "retry", "retry storm at noon", "storm", day=2))
    shelf.put("scattered", review("Retry", "nothing", "storm of late", "retry, noon and storms", day=1))
    shelf.put("lacking", review("Checkout", "storm", "noon"))
    catalog.refresh(shelf.folders)
    assert found(catalog, "storm noon retry") == [
        "retry storm at noon",
        "retry, noon and storms",
        "Retry",
        "storm of late",
    ]


def test_one_review_does_not_crowd_out_the_others(shelf: Shelf, catalog: Catalog) -> None:
    shelf.put("big", review("", *(f"storm {number}" for number in range(50)), day=2))
    shelf.put("small", review("", "storm", day=1))
    catalog.refresh(shelf.folders)
    hits = catalog.search("storm", each=3)
    assert [hit.review for hit in hits] == ["big", "big", "big", "small"]
    assert catalog.search("storm", limit=2, each=3) == hits[:2]


@pytest.mark.parametrize(
    "typed",
    [
        '"',
        "*",
        "-",
        ":",
        "(",
        "'",
        "checkout AND",
        "OR",
        "NOT NEAR(",
        'a" OR "b',
        "title: x",
        "^a",
        "a*b",
        "{a}:",
        "\0",
        "%",
        "\\",
    ],
)
def test_nothing_that_is_typed_can_break_a_search(shelf: Shelf, catalog: Catalog, typed: str) -> None:
    shelf.put("one", review("Title", "words"))
    catalog.refresh(shelf.folders)
    assert found(catalog, typed) == []
    assert names(catalog, typed) == (["one"] if not cut(typed) else [])


def test_words_of_the_index_language_are_only_words(shelf: Shelf, catalog: Catalog) -> None:
    shelf.put("one", review("", "checkout OR ledger, NEAR noon"))
    shelf.put("two", review("", "checkout"))
    catalog.refresh(shelf.folders)
    assert names(catalog, "ledger OR checkout") == ["one"]
    assert names(catalog, "checkout NEAR") == ["one"]


def test_a_very_long_search_is_only_a_search(shelf: Shelf, catalog: Catalog) -> None:
    text = " ".join(f"word{number}" for number in range(3000))
    shelf.put("one", review("", text))
    catalog.refresh(shelf.folders)
    assert names(catalog, text) == ["one"]
    assert names(catalog, f"{text} another") == []


def test_private_entries_and_feedback_are_never_found(shelf: Shelf, catalog: Catalog) -> None:
    secret = Entry("e1", Kind.PRIVATE, "zanzibar", tags=("zebra",))
    answer = Feedback("f1", "roti", 2, "zeppelin")
    shelf.put("one", Review(Head(title="Title"), entries={"e1": secret}, feedback={"f1": answer}))
    catalog.refresh(shelf.folders)
    for word in ("zanzibar", "zebra", "zeppelin", "z"):
        assert catalog.search(word) == []
        assert catalog.rows(query=word) == []
    assert b"zanzibar" not in shelf.file.read_bytes()


def test_an_entry_made_private_is_no_longer_found(shelf: Shelf, catalog: Catalog) -> None:
    shelf.put("one", review("Title", "zanzibar"))
    catalog.refresh(shelf.folders)
    assert found(catalog, "zanzibar") == ["zanzibar"]
    shelf.put("one", review("Title", "zanzibar", kind=Kind.PRIVATE))
    catalog.refresh(shelf.folders)
    assert names(catalog, "zanzibar") == []


def test_a_deleted_cache_is_filled_again(shelf: Shelf, catalog: Catalog) -> None:
    shelf.put("one", review("Checkout"))
    catalog.refresh(shelf.folders)
    shelf.file.unlink()
    assert catalog.rows() == []
    assert catalog.refresh(shelf.folders) == 1
    assert names(catalog, "checkout") == ["one"]


def test_a_cache_deleted_on_the_way_is_complete_in_the_end(shelf: Shelf, catalog: Catalog) -> None:
    for number in range(250):
        shelf.put(f"review-{number:03}", review())

    def stop() -> bool:
        if shelf.reads == 150:
            shelf.file.unlink(missing_ok=True)
        return False

    catalog.refresh(shelf.folders, stop=stop)
    assert catalog.counts() == {"done": 250}


def test_where_no_file_can_be_written_it_works_in_memory(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.put("one", review("Checkout", "storm"))
    shelf.file.parent.write_text("a file where the folder should be")
    catalog = Catalog(shelf.file, shelf.read)
    assert catalog.refresh(shelf.folders) == 1
    assert names(catalog) == ["one"]
    assert found(catalog, "storm") == ["storm"]
    catalog.close()


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Shelf, bytes]:
    shelf = Shelf(tmp_path_factory.mktemp("library"))
    for number in range(8):
        shelf.put(f"review-{number}", review(f"Title {number}", "retry storm", facts={"service": "checkout"}))
    Catalog(shelf.file, shelf.read).refresh(shelf.folders)
    return shelf, shelf.file.read_bytes()


@settings(max_examples=25, deadline=None)
@given(place=st.floats(0, 1, exclude_max=True), damage=st.binary(min_size=1, max_size=1000), length=st.floats(0.1, 1))
def test_a_damaged_cache_never_stops_anything(
    kept: tuple[Shelf, bytes], place: float, damage: bytes, length: float
) -> None:
    shelf, whole = kept
    start = int(place * len(whole))
    damaged = (whole[:start] + damage + whole[start + len(damage) :])[: int(length * len(whole))]
    shelf.file.write_bytes(damaged)
    catalog = Catalog(shelf.file, shelf.read)
    catalog.rows(query="storm")
    catalog.search("retry")
    catalog.counts()
    shelf.put("review-7", review("Title 7", "retry storm"))
    catalog.refresh(shelf.folders)
    catalog.close()
    shelf.file.unlink(missing_ok=True)
    assert catalog.refresh(shelf.folders) == 8
    catalog.close()


FEW = st.sampled_from(["check", "checkout", "Check-in", "retry", "rétry", "storm", "st", "x"])
SENTENCES = st.lists(FEW, max_size=4).map(" ".join)


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    shelf = Shelf(tmp_path_factory.mktemp("library"))
    for name in "abcd":
        shelf.put(name, Review())
    return shelf


@settings(max_examples=40, deadline=None)
@given(reviews=st.lists(st.lists(SENTENCES, max_size=3), min_size=4, max_size=4), typed=SENTENCES)
def test_a_review_is_found_exactly_when_all_words_are_in_it(four: Shelf, reviews: list[list[str]], typed: str) -> None:
    for name, texts in zip("abcd", reviews, strict=True):
        four.put(name, review("", *texts))
    catalog = Catalog(four.file, four.read)
    catalog.refresh(four.folders)
    *whole, begun = cut(typed) or [""]
    expected = set()
    for name, texts in zip("abcd", reviews, strict=True):
        present = cut(" ".join(texts))
        if set(whole) <= set(present) and (not begun or any(word.startswith(begun) for word in present)):
            expected.add(name)
    assert set(names(catalog, typed)) == expected
    assert {hit.review for hit in catalog.search(typed)} == (expected if begun else set())


def test_a_library_of_journals_is_listed_and_searched(tmp_path: Path) -> None:
    generate(tmp_path / "library", 12, 30, seed=5)
    generate(tmp_path / "again", 12, 30, seed=5)
    library = Library(tmp_path / "library")

    def read(folder: Path) -> Read:
        journals = JournalStorage(folder, author="x", clock=lambda: datetime.now(UTC), read_only=True)
        assert not journals.unread
        return Read(Review.read(journals.tables), journals.groups)

    catalog = Catalog(library.cache / "catalog.sqlite", read)
    assert catalog.refresh(library.reviews()) == 12
    assert catalog.counts() == {"live": 3, "draft": 3, "wrap-up": 3, "done": 3}
    for row in catalog.rows():
        again = read(tmp_path / "again" / row.path.relative_to(library.root)).review
        assert (row.title, row.facilitator) == (again.head.title, next(iter(again.participants.values())).name)
        assert 20 < row.entries <= 30
        assert row.day is not None
        assert row.name.startswith(row.day.isoformat()) or row.status == "draft"
        assert row.name in {hit.review for hit in catalog.search(row.title, limit=500)}
