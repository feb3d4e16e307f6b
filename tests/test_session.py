from __future__ import annotations

import errno
import os
import shutil
import tempfile
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrtui.errors import Refused, StoreError
from lrtui.review import agenda, arrange, intents
from lrtui.review.model import HEAD, Action, Entry, Kind, Review, State, Status
from lrtui.session import LEFT_RUNNING, Session
from lrtui.store.lock import ReviewLock
from lrtui.store.storage import JournalStorage
from tests.doing import (
    START,
    TEMPLATES,
    Clock,
    Doing,
    apart_from_time,
    begun,
    do,
    doings,
    meetings,
    opened,
    parted,
    put_together,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lrtui.review.intents import Intent
    from lrtui.review.model import Put
    from lrtui.store.journal import Group

ANA, BO = "ana-3f9c", "bo-81d2"
quick = settings(max_examples=60, deadline=None)


@contextmanager
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="lrtui-test-") as place:
        yield Path(place) / "review"


def from_disk(place: Path) -> Review:
    return Review.read(JournalStorage(place, author="someone-else", clock=Clock(), read_only=True).tables)


def undoable(session: Session) -> list[Group]:
    return session._stacks()[0]


@quick
@given(done=meetings)
def test_what_is_shown_is_always_what_is_on_disk(done: list[Doing]) -> None:
    with folder() as place:
        session = opened(place, Clock())
        for doing in done:
            do(session, doing)
            assert session.review == from_disk(place)
        assert session.review == opened(place, Clock()).review


def by_people(done: list[Doing]) -> list[Doing]:
    """Leave out what goes by itself, such as coming to the close or turning a page: a person does not take it back."""
    return [doing for doing in done if doing.what not in {"wrap up", "turn"}]


@quick
@given(done=meetings.map(by_people))
def test_undo_takes_back_exactly_what_was_done_and_redo_does_it_again(done: list[Doing]) -> None:
    with folder() as place:
        session = opened(place, Clock())
        for doing in done:
            before = session.review
            if do(session, doing):
                after, now = session.review, session.clock()
                session.undo()
                assert apart_from_time(session.review) == apart_from_time(before)
                assert agenda.pace(session.review, now) == agenda.pace(before, now)
                assert session.review == from_disk(place)
                session.redo()
                assert apart_from_time(session.review) == apart_from_time(after)
                assert agenda.pace(session.review, now) == agenda.pace(after, now)
                assert session.review == from_disk(place)


@quick
@given(done=meetings.map(by_people), reopened=st.booleans())
def test_undoing_everything_leads_back_to_the_beginning_also_after_a_restart(
    done: list[Doing],
    reopened: bool,  # noqa: FBT001 - chosen by hypothesis
) -> None:
    with folder() as place:
        session = opened(place, Clock())
        seen = [session.review, *(session.review for doing in done if do(session, doing))]
        assert len(undoable(session)) == len(seen)  # the people of the beginning could be taken back, too
        for step in range(len(seen) - 1):
            session = opened(place, Clock()) if reopened else session
            session.undo()
            assert apart_from_time(session.review) == apart_from_time(seen[-2 - step])
        for known in seen[1:]:
            session = opened(place, Clock()) if reopened else session
            session.redo()
            assert apart_from_time(session.review) == apart_from_time(known)
        with pytest.raises(Refused, match="nothing to do again"):
            session.redo()


def test_making_the_review_itself_is_not_undone(tmp_path: Path) -> None:
    session = opened(tmp_path, Clock())
    assert session.undo() == "add people"
    with pytest.raises(Refused, match="nothing to undo"):
        session.undo()
    assert session.review.head.title == "Slow checkout"


def test_a_new_change_ends_what_could_be_done_again(tmp_path: Path) -> None:
    session = opened(tmp_path, Clock())
    do(session, Doing("capture", "one"))
    session.undo()
    do(session, Doing("capture", "two"))
    with pytest.raises(Refused):
        session.redo()
    assert [entry.text for entry in session.review.entries.values()] == ["two"]


@quick
@given(start=meetings, tried=doings)
def test_what_is_refused_changes_nothing_anywhere(start: list[Doing], tried: Doing) -> None:
    with folder() as place:
        session = opened(place, Clock())
        for doing in start:
            do(session, doing)
        review = session.review
        stored = (place / f"{ANA}.jsonl").read_bytes()
        if not do(session, tried):
            assert session.review == review
            assert (place / f"{ANA}.jsonl").read_bytes() == stored


def never_deletes(doing: Doing) -> bool:
    return doing.what != "delete" and not doing.words.startswith("drop")


@quick
@given(
    shared=meetings, by_ana=meetings, by_bo=meetings.map(lambda done: [doing for doing in done if never_deletes(doing)])
)
def test_two_peoples_journals_give_one_review_whatever_the_order_of_merging(
    shared: list[Doing], by_ana: list[Doing], by_bo: list[Doing]
) -> None:
    with folder() as place:
        ana = begun(place, shared, ANA)
        there = {*ana.review.entries, *ana.review.actions}
        bo = parted(ana, by_ana, by_bo, BO)
        one, other = (put_together(*pair) for pair in ((ana, bo), (bo, ana)))
        merged = from_disk(one)
        assert merged == from_disk(other)
        kept = {*merged.entries, *merged.actions}
        assert {*bo.review.entries, *bo.review.actions} - there <= kept, "a line of Bo's is lost"
        assert {*ana.review.entries, *ana.review.actions} - there <= kept, "a line of Ana's is lost"


def test_each_person_takes_back_only_their_own_changes(tmp_path: Path) -> None:
    clock = Clock()
    ana = opened(tmp_path, clock, ANA)
    do(ana, Doing("capture", "from Ana"))
    bo = opened(tmp_path, clock, BO)
    do(bo, Doing("capture", "from Bo"))
    again = opened(tmp_path, clock, ANA)
    again.undo()
    assert [entry.text for entry in again.review.entries.values()] == ["from Bo"]


def running(place: Path, clock: Clock) -> Session:
    session = opened(place, clock)
    session.perform(intents.start())
    clock.forward(90)
    session.perform(intents.capture_line("the last thing that was said"))
    return session


def test_a_clock_left_running_by_a_crash_is_stopped_at_the_last_sign_of_life(tmp_path: Path) -> None:
    clock = Clock()
    running(tmp_path, clock)
    clock.forward(3 * 3600)
    session = opened(tmp_path, clock)
    session.stop_forgotten_clock()
    assert session.review.head.since is None
    assert session.review.steps["welcome"].spent == 90
    assert session.notice.startswith(f"The clock was stopped at {(START + timedelta(seconds=90)).astimezone():%H:%M}")
    assert session.review == from_disk(tmp_path)
    assert session.undo() == "add line", "a person does not undo what the program did by itself"
    assert session.review.head.since is None


def test_a_clock_runs_on_after_a_short_absence(tmp_path: Path) -> None:
    clock = Clock()
    before = running(tmp_path, clock).review
    clock.forward(LEFT_RUNNING)
    session = opened(tmp_path, clock)
    session.stop_forgotten_clock()
    assert session.review == before
    assert session.notice == ""


def test_a_clock_is_never_stopped_by_somebody_who_only_reads(tmp_path: Path) -> None:
    clock = Clock()
    before = running(tmp_path, clock).review
    clock.forward(3 * 3600)
    reader = Session("r", JournalStorage(tmp_path, author=BO, clock=clock, read_only=True), clock)
    reader.stop_forgotten_clock()
    assert reader.review == before


def test_leaving_stops_the_clock_and_lets_others_open_the_review(tmp_path: Path) -> None:
    clock = Clock()
    session = running(tmp_path / "review", clock)
    session.lock = ReviewLock(tmp_path / "lock", clock)
    assert session.lock.acquire()
    clock.forward(30)
    session.leave()
    assert from_disk(tmp_path / "review").steps["welcome"].spent == 120
    assert from_disk(tmp_path / "review").head.since is None
    assert ReviewLock(tmp_path / "lock", clock).acquire()


def test_leaving_with_a_full_disk_still_lets_others_open_the_review(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    session = running(tmp_path / "review", clock)
    session.lock = ReviewLock(tmp_path / "lock", clock)
    assert session.lock.acquire()
    monkeypatch.setattr(os, "fdatasync", failing(errno.ENOSPC))
    session.leave()
    assert ReviewLock(tmp_path / "lock", clock).acquire()


def failing(code: int) -> Callable[..., int]:
    def fail(*_: object) -> int:
        raise OSError(code, os.strerror(code))

    return fail


@pytest.mark.parametrize("call", ["fdatasync", "write"])
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO])
def test_a_disk_that_refuses_leaves_the_review_as_it_was_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int
) -> None:
    session = opened(tmp_path, Clock())
    session.perform(intents.capture_line("kept"))
    before = session.review
    with monkeypatch.context() as broken:
        broken.setattr(os, call, failing(code))
        with pytest.raises(StoreError, match="not saved"):
            session.perform(intents.capture_line("lost"))
        with pytest.raises(StoreError):
            session.undo()
    assert session.review == before
    assert from_disk(tmp_path) == before
    session.perform(intents.capture_line("again"))
    assert [entry.text for entry in from_disk(tmp_path).entries.values()] == ["kept", "again"]


def test_a_second_session_reads_and_cannot_change(tmp_path: Path) -> None:
    clock = Clock()
    first = opened(tmp_path, clock)
    second = Session("r", JournalStorage(tmp_path, author=BO, clock=clock, read_only=True), clock)
    assert second.read_only
    assert not first.read_only
    for change in (lambda: second.perform(intents.set_title("mine")), second.undo, second.redo):
        with pytest.raises(Refused):
            change()
    assert second.review == first.review == from_disk(tmp_path)


def test_a_session_takes_in_what_others_write(tmp_path: Path) -> None:
    clock = Clock()
    ana = opened(tmp_path, clock)
    bo = opened(tmp_path, clock, BO)
    assert not ana.follow()
    bo.perform(intents.capture_line("from Bo"))
    assert ana.follow()
    assert not ana.follow()
    assert ana.review == bo.review == from_disk(tmp_path)


def test_a_change_builds_on_what_others_wrote_just_before(tmp_path: Path) -> None:
    clock = Clock()
    ana = opened(tmp_path, clock)
    bo = opened(tmp_path, clock, BO)
    bo.perform(intents.start())
    with pytest.raises(Refused, match="running"):
        ana.perform(intents.start())
    assert ana.review.head.since is not None


def test_what_two_people_make_of_a_line_at_once_is_both_there(tmp_path: Path) -> None:
    clock = Clock()
    ana = opened(tmp_path / "one", clock)
    ana.perform(intents.capture_line("the pager"))
    shutil.copytree(tmp_path / "one", tmp_path / "two")
    bo = opened(tmp_path / "two", clock, BO)
    (key,) = ana.review.entries
    for session, text in ((ana, "her pager"), (bo, "his pager")):
        clock.forward(1)
        session.perform(intents.edit_line("entries", key, text))
    shutil.copy(tmp_path / "two" / f"{BO}.jsonl", tmp_path / "one")
    ana.follow()
    assert ana.review.entries[key].text == "his pager"
    assert ana.rivals == {key: "her pager"}
    ana.perform(intents.take_other(key, ana.rivals[key]))
    assert (ana.review.entries[key].text, ana.rivals) == ("her pager", {})
    ana.undo()
    assert ana.review.entries[key].text == "his pager"


def at_once(place: Path, typed: str, here: Intent, there: Intent, *, first: bool) -> Session:
    """Let Ana and Bo each do something to the one line without seeing the other; return Ana's review, put together."""
    clock = Clock()
    ana = opened(place / "one", clock)
    ana.perform(intents.start())
    ana.perform(intents.capture_line(typed))
    bo = opened(shutil.copytree(place / "one", place / "two"), clock, BO)
    for session, intent in ((ana, here), (bo, there)) if first else ((bo, there), (ana, here)):
        clock.forward(1)
        session.perform(intent)
    shutil.copy(place / "two" / f"{BO}.jsonl", place / "one")
    ana.follow()
    return ana


def the_line(what: Callable[[str, str], Intent]) -> Intent:
    """Do something to the one line there is, in whichever table it is by now."""

    def change(review: Review, context: intents.Context) -> list[Put]:
        (key,) = (*review.entries, *review.actions)
        return what("actions" if key in review.actions else "entries", key).change(review, context)

    return intents.Intent("change", change)


def edit(typed: str) -> Intent:
    return the_line(lambda table, key: intents.edit_line(table, key, typed))


def retype(kind: Kind) -> Intent:
    return the_line(lambda table, key: arrange.retype(table, key, kind))


@pytest.mark.parametrize("first", [True, False])
def test_an_edit_of_a_line_that_somebody_else_made_an_action_meanwhile_is_its_other_version(
    tmp_path: Path, *, first: bool
) -> None:
    ana = at_once(tmp_path, "retry storm", retype(Kind.ACTION), edit("caused by the default"), first=first)
    (key,) = ana.review.actions
    assert not ana.review.entries
    assert (ana.review.actions[key].text, ana.rivals) == ("retry storm", {key: "caused by the default"})
    ana.perform(intents.take_other(key, ana.rivals[key]))
    assert (ana.review.actions[key].text, ana.rivals) == ("caused by the default", {})
    ana.undo()
    assert ana.rivals == {key: "caused by the default"}
    ana.perform(intents.edit_line("actions", key, "a: words of both"))
    assert ana.rivals == {}


def test_the_other_version_of_a_line_is_settled_by_whoever_makes_an_action_of_it(tmp_path: Path) -> None:
    ana = at_once(tmp_path, "the pager", edit("her pager"), edit("his pager"), first=True)
    (key,) = ana.review.entries
    assert ana.rivals == {key: "her pager"}
    ana.perform(retype(Kind.ACTION))
    assert ana.rivals == {}


@pytest.mark.parametrize("first", [True, False])
@pytest.mark.parametrize("other", [edit("l: rang twice"), retype(Kind.ACTION)])
def test_private_words_are_no_other_version_of_a_line(tmp_path: Path, other: Intent, *, first: bool) -> None:
    ana = at_once(tmp_path, "the pager", edit("// about Bo"), other, first=first)
    assert ana.rivals == {}


changes = st.one_of(
    st.sampled_from([Kind.NOTE, Kind.LEARNING, Kind.ACTION]).map(retype),
    st.text("abc", min_size=1, max_size=3).map(lambda words: edit(f"n: {words}")),
    st.text("abc", min_size=1, max_size=3).map(lambda words: edit(f"a: {words}")),
)


@settings(max_examples=200, deadline=None)
@given(one=changes, other=changes, hers=st.booleans())
def test_what_two_people_each_made_of_a_line_once_is_shown_or_its_other_version(
    one: Intent, other: Intent, *, hers: bool
) -> None:
    done = [(hers, one), (not hers, other)]
    with folder() as place:
        clock = Clock()
        ana = opened(place / "one", clock)
        ana.perform(intents.capture_line("n: began"))
        bo = opened(shutil.copytree(place / "one", place / "two"), clock, BO)
        last: dict[str, str] = {}
        typed: dict[str, set[str]] = {ANA: set(), BO: set()}
        for by_ana, intent in done:
            clock.forward(1)
            session = ana if by_ana else bo
            before = words_of(session)
            with suppress(Refused):
                session.perform(intent)
            if words_of(session) != before:
                last[session.storage.author] = words_of(session)
                typed[session.storage.author].add(words_of(session))
        for journal in (place / "two").glob(f"{BO}.jsonl"):
            shutil.copy(journal, place / "one")
        ana.follow()
        alone = set(last.values()) - (typed[ANA] & typed[BO])  # words that both typed, either may have replaced
        assert {words_of(ana), *ana.rivals.values()} >= alone


def words_of(session: Session) -> str:
    found: list[Entry | Action] = [*session.review.entries.values(), *session.review.actions.values()]
    (line,) = found
    return line.text


def test_today_is_the_date_where_the_review_is_held(tmp_path: Path) -> None:
    clock = Clock()
    session = opened(tmp_path, clock)
    session.perform(intents.set_zone("Pacific/Kiritimati"))  # 14 hours ahead
    assert session.today.isoformat() == "2026-11-24"


def test_a_template_put_in_its_place_keeps_every_line(tmp_path: Path) -> None:
    session = opened(tmp_path, Clock())
    session.perform(intents.start())
    session.perform(intents.capture_line("said in the first step"))
    session.perform(intents.set_template(TEMPLATES["quick-review"]))
    assert session.review.template.name == "quick-review"
    assert [entry.text for entry in session.review.entries.values()] == ["said in the first step"]


def test_a_change_that_changes_nothing_is_not_written_and_not_undone(tmp_path: Path) -> None:
    session = opened(tmp_path, Clock())
    stored = (tmp_path / f"{ANA}.jsonl").read_bytes()
    session.perform(intents.set_title("Slow checkout"))
    assert (tmp_path / f"{ANA}.jsonl").read_bytes() == stored
    assert session.undo() == "add people"


def test_a_meeting_from_beginning_to_end_is_all_in_one_journal(tmp_path: Path) -> None:
    session = opened(tmp_path, Clock())
    for intent in (
        intents.start(),
        intents.capture_line("// only for me"),
        intents.capture_line("a: raise the limit @ana ^+3d"),
        intents.wrap_up(),
        intents.finish(),
    ):
        session.perform(intent)
    review = from_disk(tmp_path)
    assert review.head.status is Status.DONE
    assert [entry.kind for entry in review.entries.values()] == [Kind.PRIVATE]
    (action,) = review.actions.values()
    assert (action.state, action.text) == (State.IDEA, "raise the limit")
    assert session.storage.tables["review"][HEAD]["title"] == "Slow checkout"


def test_what_somebody_does_to_our_journal_meanwhile_is_shown_with_the_next_change(tmp_path: Path) -> None:
    clock = Clock()
    session = opened(tmp_path, clock)
    session.perform(intents.capture_line("one"))
    clock.forward(5)
    other = opened(tmp_path, clock)
    other.perform(intents.capture_line("of another program"))
    other.perform(intents.set_title("Slow checkout, again"))
    clock.forward(5)
    session.perform(intents.capture_line("two"))
    assert session.review == from_disk(tmp_path)
    assert [entry.text for entry in session.review.entries.values()] == ["one", "of another program", "two"]
    assert session.review.head.title == "Slow checkout, again"


@quick
@given(done=meetings, after=meetings, size=st.integers(0, 5000))
def test_a_journal_that_is_cut_off_meanwhile_is_whole_again_with_the_next_change(
    done: list[Doing], after: list[Doing], size: int
) -> None:
    with folder() as place:
        session = opened(place, Clock())
        for doing in done:
            do(session, doing)
        before = session.review
        os.truncate(place / f"{ANA}.jsonl", min(size, (place / f"{ANA}.jsonl").stat().st_size))
        session.perform(intents.capture_line("still here"))
        assert session.undo() == "add line"
        assert session.review == before == from_disk(place)
        for doing in after:
            do(session, doing)
            assert session.review == from_disk(place)


def test_a_review_that_was_moved_away_takes_nothing_and_is_as_it_was_when_it_is_back(tmp_path: Path) -> None:
    place, away = tmp_path / "review", tmp_path / "away"
    session = opened(place, Clock())
    session.perform(intents.capture_line("kept"))
    before = session.review
    place.rename(away)
    for change in (lambda: session.perform(intents.capture_line("lost")), session.undo):
        with pytest.raises(StoreError, match="not there any more"):
            change()
    session.leave()
    assert session.review is before
    assert not place.exists()
    away.rename(place)
    session.perform(intents.capture_line("again"))
    assert [entry.text for entry in from_disk(place).entries.values()] == ["kept", "again"]
