from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lrtui.review.model import Review
from lrtui.store.journal import (
    Change,
    Fold,
    Group,
    Journal,
    Unread,
    group_lines,
    head_line,
    next_time,
    read_journals,
    same,
)
from tests.store.making import START, operations, shown, values

if TYPE_CHECKING:
    import random
    from collections.abc import Sequence

    from lrtui.review.model import Put

AT = "2026-11-22T14:31:07.123Z/0000"
HEAD = head_line("ana-3f9c")


def line(**changed: object) -> bytes:
    whole: dict[str, object] = {"at": AT, "by": "ana-3f9c", "do": "capture", "put": "entries/k1", "set": {"text": "x"}}
    kept = {name: value for name, value in {**whole, **changed}.items() if value is not None}
    return json.dumps(kept).encode() + b"\n"


def read(*contents: bytes) -> Journal:
    return read_journals([(f"{number}.jsonl", data) for number, data in enumerate(contents)])


def journal_of(by: str, done: Sequence[Sequence[Put]], times: Sequence[int]) -> tuple[bytes, list[Group]]:
    """Write down `done` as `by` would, on a clock that jumps about."""
    last, groups = "", []
    for number, puts in enumerate(done):
        last = next_time(START + timedelta(seconds=times[number % len(times)]), last)
        changes = {(put.table, put.id): Change(put.table, put.id, put.set, {}) for put in puts}
        groups.append(Group(last, by, "edit", None, tuple(changes.values())))
    return head_line(by) + b"".join(map(group_lines, groups)), groups


def everything(journal: Journal) -> tuple[object, object]:
    fold = Fold(journal.groups)
    return journal.groups, (fold.kept, fold.shown)


times = st.lists(st.integers(-3, 3), min_size=1, max_size=5)


@settings(max_examples=100)
@given(operations, operations, times, times, st.randoms())
def test_two_authors_files_merge_to_the_same_review_whatever_the_order_and_repetition(
    hers: list[list[Put]], his: list[list[Put]], her_times: list[int], his_times: list[int], chance: random.Random
) -> None:
    ana, ana_groups = journal_of("ana-3f9c", hers, her_times)
    bo, bo_groups = journal_of("bo-81d2", his, his_times)
    merged = everything(read(ana, bo))
    mixed = (ana + bo + ana).split(b"\n")
    chance.shuffle(mixed)
    assert everything(read(bo, ana)) == merged
    assert everything(read(ana, ana, bo, bo)) == merged
    assert everything(read(ana + bo)) == merged
    assert everything(read(b"\n".join(mixed) + b"\n")) == merged
    assert merged[0] == sorted([*ana_groups, *bo_groups], key=lambda group: (group.at, group.by))


@settings(max_examples=50)
@given(operations, operations, operations, times)
def test_it_does_not_matter_which_two_of_three_copies_are_merged_first(
    one: list[list[Put]], two: list[list[Put]], three: list[list[Put]], jumps: list[int]
) -> None:
    a, b, c = (journal_of(by, done, jumps)[0] for by, done in [("a", one), ("b", two), ("c", three)])
    assert everything(read(a + b, c)) == everything(read(a, b + c)) == everything(read(c, a, b))


@settings(max_examples=100)
@given(operations, times)
def test_the_fold_is_what_the_operations_leave(done: list[list[Put]], jumps: list[int]) -> None:
    single = [[put] for group in done for put in group]
    assert Fold(read(journal_of("ana-3f9c", single, jumps)[0]).groups).shown == shown(single)


@given(st.lists(st.datetimes(min_value=datetime(1970, 1, 1), max_value=datetime(2200, 1, 1)), min_size=1))  # noqa: DTZ001
def test_time_never_goes_backwards_even_if_the_clock_does(clock: list[datetime]) -> None:
    given_out = [""]
    for now in clock:
        given_out.append(next_time(now.replace(tzinfo=UTC), given_out[-1]))
    assert given_out == sorted(set(given_out))


@pytest.mark.parametrize(
    "last",
    [
        "2026-11-22T14:31:07.123Z/0009",
        "2026-11-22T14:31:07.123Z/ffff",
        "9999-99-99T99:99:99.999Z/ffff",
        "9999-99-99T99:99:99.999Z/ffff0fff",
    ],
)
def test_a_time_from_a_clock_gone_wrong_can_still_be_followed(last: str) -> None:
    for _ in range(3):
        following = next_time(START, last)
        assert following > last
        assert len(read(line(at=following)).groups) == 1
        last = following


def test_the_last_time_of_a_field_wins_and_the_other_fields_stay() -> None:
    early = line(at="2026-11-22T14:00:00.000Z/0000", by="bo-81d2", set={"text": "his", "state": "open"})
    late = line(at="2026-11-22T14:00:00.000Z/0001", set={"text": "hers"})
    assert Fold(read(late, early).groups).shown == {"entries": {"k1": {"text": "hers", "state": "open"}}}


def test_a_deleted_document_is_kept_but_not_shown() -> None:
    fold = Fold(read(line(), line(at=AT[:-1] + "1", set={"gone": True})).groups)
    assert fold.shown == {}
    assert fold.kept == {"entries": {"k1": {"text": "x", "gone": True}}}


def test_a_group_with_a_missing_part_has_no_effect_and_is_reported() -> None:
    parts = [line(part=f"{number}/3", put=f"entries/k{number}") for number in (1, 2, 3)]
    assert len(read(b"".join(parts)).groups) == 1
    torn = read(HEAD + parts[0] + parts[2])
    assert torn.groups == []
    assert [unread.line for unread in torn.unread] == [2, 3]


def test_a_repeated_part_does_not_stand_in_for_a_missing_one() -> None:
    journal = read(line(part="1/2") + line(part="1/2", set={"text": "other"}))
    assert journal.groups == []
    assert len(journal.unread) == 2


def test_a_whole_line_counts_beside_a_broken_group_of_the_same_time() -> None:
    journal = read(line(part="1/2", put="entries/k2") + line())
    assert Fold(journal.groups).shown == {"entries": {"k1": {"text": "x"}}}
    assert len(journal.unread) == 1


@pytest.mark.parametrize(
    "bad",
    [
        b"{",
        b"[]",
        b"3",
        b'"lrtui"',
        b"null",
        b"<<<<<<< HEAD",
        b'{"at": 3}',
        b"\xff\xfe",
        line(text="x").strip() + b" {}",
        line().strip().replace(b'"x"', b'"\xff"'),
        line().strip().replace(b'"x"', b"NaN"),
        line().strip().replace(b'"x"', b"1" * 5000),
        line().strip().replace(b'"x"', b"[" * 100_000),
        line(at="yesterday").strip(),
        line(by="").strip(),
        line(do=3).strip(),
        line(of=3).strip(),
        line(put="entries").strip(),
        line(put="/k1").strip(),
        line(set=3).strip(),
        line(was=[]).strip(),
        line(part="3/2").strip(),
        line(part="0/2").strip(),
        line(part=2).strip(),
    ],
)
def test_a_line_that_cannot_be_read_is_reported_with_its_place_and_hides_no_other(bad: bytes) -> None:
    journal = read(HEAD + bad + b"\n" + line())
    assert [(unread.file, unread.line) for unread in journal.unread] == [("0.jsonl", 2)]
    assert [group.changes[0].set for group in journal.groups] == [{"text": "x"}]


edges = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["0001-01-01T00:00:00", "0001-01-01T20:00:00", "9999-12-31T23:59:59", "2026-11-22T14:00:00"]),
        st.sampled_from(["", "Z", "+14:00", "-12:00", "+23:59", "-23:59"]),
    ),
)
heads = st.dictionaries(st.sampled_from(["created", "started", "ended", "planned", "hard_stop", "since"]), edges)


@given(
    st.one_of(
        st.binary(),
        values.map(lambda value: json.dumps(value).encode()),
        heads.map(lambda head: line(put="review/review", set=head)),
        edges.map(lambda edge: line(at=f"{edge}/0000")),
    )
)
@example(line(put="review/review", set={"started": "0001-01-01T00:00:00+14:00"}))
@example(line(put="review/review", set={"planned": "0001-01-01T00:30:00Z"}))
def test_whatever_is_in_a_file_the_review_opens(data: bytes) -> None:
    journal = read(HEAD + line() + data + b"\n" + line(at=AT[:-1] + "1"))
    assert {group.at for group in journal.groups} >= {AT[:-1] + "1"}
    head = Review.read(Fold(journal.groups).shown).head
    for instant in filter(None, (head.created, head.started, head.ended, head.planned, head.hard_stop, head.since)):
        for hours in (-23, 23):
            assert instant.astimezone(timezone(timedelta(hours=hours))) == instant


def test_the_torn_end_of_a_file_is_passed_over_unless_the_line_is_whole() -> None:
    assert read(HEAD + line()[:-3]) == Journal([], [], "", newer=False)
    assert len(read(HEAD + line()[:-1]).groups) == 1


def test_unknown_keys_blank_lines_and_windows_line_ends_do_no_harm() -> None:
    journal = read(HEAD.replace(b"\n", b"\r\n") + b"\r\n \n" + line(mood="fine", lrtui=1).replace(b"\n", b"\r\n"))
    assert journal.unread == []
    assert Fold(journal.groups).shown == {"entries": {"k1": {"text": "x"}}}


@pytest.mark.parametrize(("version", "newer"), [(1, False), (2, True), ("2", True), (True, True)])
def test_a_newer_format_is_noticed_and_what_can_be_read_is_read(version: object, *, newer: bool) -> None:
    journal = read(json.dumps({"lrtui": version, "by": "ana-3f9c"}).encode() + b"\n" + line())
    assert journal.newer is newer
    assert len(journal.groups) == 1


def test_a_line_is_written_as_the_format_says() -> None:
    group = Group(
        AT,
        "ana-3f9c",
        "undo",
        "2026-11-22T14:30:00.000Z/0000",
        (Change("entries", "k1", {"text": "né"}, {"text": "old"}), Change("actions", "a/1", {"gone": None}, {})),
    )
    named = (
        '{"at": "2026-11-22T14:31:07.123Z/0000", "by": "ana-3f9c", "do": "undo", "of": "2026-11-22T14:30:00.000Z/0000"'
    )
    assert group_lines(group).decode() == (
        f'{named}, "part": "1/2", "put": "entries/k1", "set": {{"text": "né"}}, "was": {{"text": "old"}}}}\n'
        f'{named}, "part": "2/2", "put": "actions/a/1", "set": {{"gone": null}}}}\n'
    )
    assert read(HEAD + group_lines(group)).groups == [group]
    assert HEAD == b'{"lrtui": 1, "by": "ana-3f9c"}\n'


@given(values, values)
def test_true_is_not_one_and_equal_values_are_the_same(one: object, other: object) -> None:
    assert same(True, 1) is False  # noqa: FBT003
    assert same(json.loads(json.dumps(one)), json.loads(json.dumps(one)))
    if json.dumps(one) != json.dumps(other):
        assert not same(json.loads(json.dumps(one)), json.loads(json.dumps(other)))


def test_a_group_tells_its_instant_even_if_the_clock_wrote_nonsense() -> None:
    good, bad = read(line(), line(at="9999-99-99T99:99:99.999Z/0000")).groups
    assert good.instant == datetime(2026, 11, 22, 14, 31, 7, 123000, UTC)
    assert bad.instant == datetime(1970, 1, 1, tzinfo=UTC)


def test_an_unread_line_keeps_its_text() -> None:
    assert read(b"half a li\n").unread == [Unread("0.jsonl", 1, "half a li")]
