from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from hypothesis import example, given
from hypothesis import strategies as st

from lrtui.app.screens.room_rows import LineRows, agenda_rows
from lrtui.review import agenda
from lrtui.review.lines import listed
from lrtui.review.model import Action, Entry, Head, Kind, Participant, Review, State
from tests.doing import START

if TYPE_CHECKING:
    from collections.abc import Sequence

STEP = "timeline"
ANA = Participant("p1", "Ana Lima", "ana")

stamps = st.sampled_from(["", "", "2026-11-21T23:50", "2026-11-22T00:10", "2026-11-22T14:05", "2026-11-23T09:00Z", "?"])
captured = st.builds(
    Entry,
    st.just(""),
    st.sampled_from([Kind.EVENT, Kind.NOTE, Kind.PARKED, Kind.PRIVATE]),
    st.sampled_from(["deploy", "rolled back", "quiet"]),
    st.sampled_from([STEP, STEP, "learnings"]),
    stamps,
    who=st.sampled_from([(), ("p1",)]),
    under=st.sampled_from(["", "", "Alerts", "k001"]),
    rank=st.sampled_from(["", "", "k000i", "k005i"]),
)
done = st.builds(Action, st.just(""), st.just("add an alert"), step=st.just(STEP))
changes = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.one_of(captured, done)),
        st.tuples(st.sampled_from(["delete", "edit", "rename", "move"]), st.integers(0, 9)),
    ),
    max_size=12,
)


def changed(review: Review, what: str, value: Entry | Action | int, count: int) -> Review:
    """Return the review after one change; `count` numbers the changes."""
    if isinstance(value, Entry):
        return replace(review, entries={**review.entries, f"k{count:03}": replace(value, id=f"k{count:03}")})
    if isinstance(value, Action):
        return replace(review, actions={**review.actions, f"k{count:03}": replace(value, id=f"k{count:03}")})
    if what == "rename":
        return replace(review, participants={"p1": replace(ANA, handle=f"ana{value}")})
    if what == "move":
        return replace(review, head=replace(review.head, zone=["UTC", "Europe/Rome"][value % 2]))
    keys = list(review.entries)
    if not keys:
        return review
    key = keys[value % len(keys)]
    others = {name: entry for name, entry in review.entries.items() if name != key or what == "edit"}
    return replace(review, entries=others | ({key: replace(others[key], text="edited")} if what == "edit" else {}))


@given(changes)
def test_however_a_review_came_about_its_lines_are_listed_as_if_read_afresh(
    story: Sequence[tuple[str, Entry | Action | int]],
) -> None:
    review = Review(head=Head(step=STEP), participants={"p1": ANA})
    kept = LineRows()
    for count, (what, value) in enumerate(story):
        review = changed(review, what, value, count)
        fresh = f"k{count:03}"
        assert kept.of(review, STEP, fresh) == LineRows().of(review, STEP, fresh)
        assert [row.key for row in kept.of(review, STEP) if row.style == "fresh"] == []
        assert [row.key for row in kept.of(review, STEP) if row.key] == [line.id for line in listed(review, STEP)]


def test_a_line_that_comes_from_elsewhere_goes_where_it_was_captured() -> None:
    first, second = Entry("k1", Kind.NOTE, "first", STEP), Entry("k3", Kind.NOTE, "third", STEP)
    review = Review(entries={"k1": first, "k3": second})
    kept = LineRows()
    kept.of(review, STEP)
    merged = replace(review, entries={"k1": first, "k2": Entry("k2", Kind.NOTE, "second", STEP), "k3": second})
    assert [row.text for row in kept.of(merged, STEP)] == ["first", "second", "third"]


def test_dates_head_the_lines_where_there_are_several_days() -> None:
    late = Entry("k1", Kind.EVENT, "late", STEP, "2026-11-21T23:50")
    early = Entry("k2", Kind.EVENT, "early", STEP, "2026-11-22T00:10")
    untimed = Entry("k0", Kind.EVENT, "before", STEP)
    one_day = Review(entries={"k0": untimed, "k1": late})
    assert [row.text for row in LineRows().of(one_day, STEP)] == ["before", "late"]
    two_days = Review(entries={"k0": untimed, "k1": late, "k2": early})
    texts = [row.text for row in LineRows().of(two_days, STEP)]
    assert texts == ["before", "Sat 2026-11-21", "late", "Sun 2026-11-22", "early"]


def test_the_agenda_counts_what_waits_and_not_what_is_settled_or_dropped() -> None:
    lunch = Entry("k1", Kind.PARKED, "lunch", STEP)
    kept = replace(lunch, id="k2", settled=True)
    idea = Action("k3", "page sooner", State.IDEA)
    review = Review(
        entries={"k1": lunch, "k2": kept}, actions={"k3": idea, "k4": replace(idea, id="k4", state=State.NOT_DOING)}
    )
    rows = agenda_rows(review, agenda.pace(review, START))
    assert [(row.text.strip(), row.tail) for row in rows[-2:]] == [("Parked", "1"), ("Early ideas", "1")]


@given(st.datetimes(), st.sampled_from(["", "Z"]), st.sampled_from(["UTC", "Europe/Berlin", "America/New_York"]))
@example(datetime.fromisoformat("9999-12-31T23:30"), "Z", "Europe/Berlin")
@example(datetime.fromisoformat("0001-01-01T00:30"), "Z", "America/New_York")
def test_a_line_is_listed_whatever_its_time(when: datetime, utc: str, zone: str) -> None:
    line = Entry("k001", Kind.EVENT, "deploy", STEP, f"{when.isoformat(timespec='minutes')}{utc}")
    review = Review(head=Head(step=STEP, zone=zone), entries={line.id: line})
    assert [row.text for row in LineRows().of(review, STEP, None) if row.key] == ["deploy"]
