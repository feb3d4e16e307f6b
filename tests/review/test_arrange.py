from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lrtui.errors import Refused
from lrtui.review import arrange, intents
from lrtui.review.model import Action, Entry, Kind, State
from tests.review.keeping import Desk


def desk_with(*typed: str) -> Desk:
    desk = Desk()
    desk.do(intents.start(), *map(intents.capture_line, typed))
    return desk


def texts(desk: Desk) -> list[str]:
    everything: list[Entry | Action] = [*desk.review.entries.values(), *desk.review.actions.values()]
    return [line.text for line in sorted(everything, key=lambda line: (line.place, line.id))]


def key_of(desk: Desk, text: str) -> str:
    return next(entry.id for entry in desk.review.entries.values() if entry.text == text)


ids = st.integers(0, 10**6).map(lambda number: f"2026{number:07}a")


@given(ids, ids, st.lists(st.booleans(), max_size=60))
def test_there_is_always_room_between_two_places(one: str, other: str, turns: list[bool]) -> None:
    low, high = min(one, other), max(one, other)
    if low == high:
        return
    for lower in turns:
        middle = arrange.between(low, high)
        assert low < middle < high
        low, high = (low, middle) if lower else (middle, high)


@given(ids, st.integers(1, 60))
def test_there_is_always_room_before_the_first_and_behind_the_last(first: str, times: int) -> None:
    low = high = first
    for _ in range(times):
        before, behind = arrange.between("", low), arrange.between(high)
        assert before < low
        assert behind > high
        low, high = before, behind


ranks = st.text("05azAZ- é\U0001f525", max_size=5)


@given(ranks, ranks)
@example("x", "x00")
@example("x", "xQ")
def test_whatever_text_stands_in_a_rank_a_line_can_be_moved_behind_it(low: str, high: str) -> None:
    middle = arrange.between(low, high)
    assert middle > low
    rest = high.removeprefix(low).lstrip("0")
    if low < high and (not high.startswith(low) or rest > "0"):
        assert middle < high


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 5)), max_size=12))
def test_a_moved_line_stands_where_it_was_put_and_the_others_as_before(moves: list[tuple[int, int]]) -> None:
    words = ["one", "two", "three", "four", "five"]
    desk = desk_with(*words)
    expected = list(words)
    for which, to in moves:
        moved = words[which]
        expected.remove(moved)
        others = ["", *expected]
        target = others[to % len(others)]
        desk.do(arrange.put_behind("entries", key_of(desk, moved), key_of(desk, target) if target else ""))
        expected.insert(expected.index(target) + 1 if target else 0, moved)
        assert texts(desk) == expected


def test_a_line_with_a_time_stands_at_its_time() -> None:
    desk = desk_with("14:02 pager", "said")
    for intent in (
        arrange.put_behind("entries", key_of(desk, "pager"), key_of(desk, "said")),
        arrange.group_under("entries", key_of(desk, "pager"), "Alerts"),
    ):
        with pytest.raises(Refused, match="at its time"):
            desk.do(intent)


def test_a_line_moves_to_another_step_once() -> None:
    desk = desk_with("said")
    key = key_of(desk, "said")
    desk.do(arrange.move_to_step("entries", key, "learnings"))
    assert desk.entry().step == "learnings"
    with pytest.raises(Refused, match="already"):
        desk.do(arrange.move_to_step("entries", key, "learnings"))
    with pytest.raises(Refused, match="no such step"):
        desk.do(arrange.move_to_step("entries", key, "nowhere"))


def test_a_line_becomes_one_of_another_kind_with_all_that_it_had() -> None:
    desk = desk_with("n: raise the limit #db !high due:2026-12-01 team:Payments ref:OPS-1")
    key, at = desk.entry().id, desk.entry().at
    desk.do(arrange.retype("entries", key, Kind.DECISION))
    assert (desk.entry().kind, desk.entry().text, desk.entry().tags) == (Kind.DECISION, "raise the limit", ("db",))
    desk.do(arrange.retype("entries", key, Kind.ACTION))
    action = desk.action()
    assert not desk.review.entries
    assert (action.id, action.at, action.state) == (key, at, State.IDEA)
    assert (action.tags, action.priority, action.team, action.ref) == (("db",), "high", "Payments", "OPS-1")
    desk.do(arrange.retype("actions", key, Kind.LEARNING))
    assert (desk.entry().kind, desk.entry().text) == (Kind.LEARNING, "raise the limit")
    with pytest.raises(Refused, match="already"):
        desk.do(arrange.retype("entries", key, Kind.LEARNING))


def test_what_a_line_has_no_more_does_not_come_back_when_it_is_moved_to_the_other_table_and_back() -> None:
    desk = desk_with("n: one", "n: raise the limit #db")
    key = key_of(desk, "raise the limit")
    desk.do(arrange.group_under("entries", key, "Limits"), arrange.put_behind("entries", key, ""))
    place = desk.review.entries[key].place
    desk.do(arrange.retype("entries", key, Kind.ACTION))
    assert desk.action().place == place
    desk.do(intents.edit_line("actions", key, "a: raise it"), arrange.put_behind("actions", key, key_of(desk, "one")))
    place = desk.action().place
    desk.do(arrange.retype("actions", key, Kind.LEARNING))
    line = desk.review.entries[key]
    assert (line.tags, line.under, line.place) == ((), "", place)


def test_lines_stand_under_a_heading_until_they_are_taken_out() -> None:
    desk = desk_with("caches", "retries", "a: limit them")
    for text in ("caches", "retries"):
        desk.do(arrange.group_under("entries", key_of(desk, text), "  What  load does "))
    assert [entry.under for entry in desk.review.entries.values()] == ["What load does"] * 2
    desk.do(arrange.group_under("entries", key_of(desk, "caches"), ""))
    assert [entry.under for entry in desk.review.entries.values()] == ["", "What load does"]
    with pytest.raises(Refused, match="stands by itself"):
        desk.do(arrange.group_under("actions", desk.action().id, "x"))


def test_on_one_page_a_line_that_is_moved_becomes_what_its_new_step_collects() -> None:
    desk = Desk("write-up")
    desk.do(intents.capture_line("the pager had no sound @db #night", "summary"))
    (key,) = desk.review.entries
    desk.do(arrange.move_to_section("entries", key, "hard"))
    moved = desk.review.entries[key]
    assert (moved.kind, moved.step, moved.tags) == (Kind.WAS_HARD, "hard", ("night",))
    with pytest.raises(Refused, match="in “What was hard” already"):
        desk.do(arrange.move_to_section("entries", key, "hard"))
    with pytest.raises(Refused, match="no such step"):
        desk.do(arrange.move_to_section("entries", key, "nowhere"))
    desk.do(arrange.move_to_section("entries", key, "actions"))
    assert (desk.review.actions[key].state, desk.review.actions[key].step) == (State.OPEN, "actions")
    assert key not in desk.review.entries
    desk.do(arrange.move_to_section("actions", key, "summary"))
    assert (desk.review.entries[key].kind, desk.review.entries[key].step) == (Kind.NOTE, "summary")
    assert desk.review.entries[key].tags == ("night",)
    assert not desk.review.actions
