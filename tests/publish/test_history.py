from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from lrtui.review import arrange, intents, intents_room
from lrtui.review.model import Kind, State
from tests.doing import Clock, begun, do, doings, meetings, opened, parted, put_together

if TYPE_CHECKING:
    from lrtui.review.intents import Intent
    from lrtui.session import Session
    from tests.doing import Doing

SECRET = "unter vier Augen"


def held(folder: Path, *done: Intent) -> Session:
    session = opened(folder, Clock())
    for intent in done:
        session.perform(intent)
    return session


def said(session: Session) -> list[str]:
    """What was told of a review behind its beginning, and behind the two who were put on its roster."""
    return [deed.words for deed in session.told()][3:]


def the_line(session: Session) -> tuple[str, str]:
    (found,) = [("entries", key) for key in session.review.entries] + [
        ("actions", key) for key in session.review.actions
    ]
    return found


def test_what_was_done_is_told_in_words_with_who_did_it_and_when(tmp_path: Path) -> None:
    session = held(tmp_path, intents.set_title("Checkout was slow"), intents.set_fact("service", "checkout"))
    first, _, _, title, fact = session.told()
    assert first.words == "began the review “Slow checkout”, by the template learning-review, version 1"
    assert (title.by, title.at, title.running, title.after) == ("ana-3f9c", session.clock(), False, False)
    assert title.words == "changed the title: Slow checkout → Checkout was slow"
    assert fact.words == "set the fact “service”: checkout"


def test_the_life_of_a_line_is_told(tmp_path: Path) -> None:
    session = held(tmp_path, intents.capture_line("14:05 pager rings @ana #db"))
    session.perform(intents.edit_line(*the_line(session), "14:06 the pager rings @bo"))
    session.perform(arrange.retype(*the_line(session), Kind.LEARNING))
    session.perform(intents.delete_line(*the_line(session)))
    session.undo()
    assert said(session) == [
        "added an event: “14:05 pager rings”",
        "changed “14:05 pager rings” to “14:06 the pager rings”",
        "changed an event, “14:06 the pager rings”: "
        "people Ana Lima → Bo Chen, time 2026-11-23 14:05 → 2026-11-23 14:06, tags #db → none",
        "changed a learning, “14:06 the pager rings”: kind event → learning",
        "deleted a learning: “14:06 the pager rings”",
        "took back: deleted a learning: “14:06 the pager rings”",
    ]


def test_the_life_of_an_action_is_told(tmp_path: Path) -> None:
    session = held(tmp_path, intents.capture_line("n: bound the retries"))
    session.perform(arrange.retype(*the_line(session), Kind.ACTION))
    key = the_line(session)[1]
    session.perform(intents.edit_line("actions", key, "a: bound the retries @ana due:2026-12-01"))
    session.perform(intents_room.settle_earlier(key, "still"))
    session.perform(intents.set_state(key, State.DONE, "seen in the game day"))
    assert said(session) == [
        "added a note: “bound the retries”",
        "made an action of a line: “bound the retries”",
        "changed an action, “bound the retries”: owner none → Ana Lima, due none → 2026-12-01",
        "looked at “bound the retries” again: it is still right",
        "changed an action, “bound the retries”: state open → done, reason none → seen in the game day",
    ]


def test_what_only_runs_the_meeting_is_told_apart(tmp_path: Path) -> None:
    session = held(tmp_path, intents.start(), intents.next_step(), intents.pause(), intents_room.speak("ana"))
    started, *running = session.told()[3:]
    assert (started.words, started.running) == ("started the meeting", False)
    assert all(deed.running for deed in running)
    assert [deed.words for deed in running] == ["next step: “Earlier actions”", "pause or go on", "note a turn"]


def test_what_is_changed_after_a_review_was_finished_is_a_correction(tmp_path: Path) -> None:
    session = held(tmp_path, intents.start(), intents.capture_line("n: befor"), intents.finish())
    session.perform(intents.edit_line(*the_line(session), "n: before"))
    *_, finished, corrected = session.told()
    assert (finished.words, finished.after) == ("finished the review", False)
    assert (corrected.words, corrected.after) == ("changed “befor” to “before”", True)


def test_what_becomes_of_an_action_is_no_correction(tmp_path: Path) -> None:
    session = held(tmp_path, intents.start(), intents.capture_line("a: bound the retries"), intents.finish())
    session.perform(intents.set_state(the_line(session)[1], State.DONE, "seen"))
    assert [deed.after for deed in session.told()[-2:]] == [False, False]


def test_a_review_that_is_taken_up_again_is_said_to_be_and_that_is_no_correction(tmp_path: Path) -> None:
    session = held(tmp_path, intents.start(), intents.finish(), intents.reopen(), intents.finish())
    *_, again, finished = session.told()
    assert [(deed.words, deed.after) for deed in (again, finished)] == [
        ("took the review up again", False),
        ("finished the review", False),
    ]


def test_people_moments_and_the_roster_are_told(tmp_path: Path) -> None:
    session = held(tmp_path, intents.set_moment("detected", "14:05"), intents.set_moment("resolved", "n/a"))
    ana = next(iter(session.review.participants))
    session.perform(intents.edit_person(ana, "Ana Berg: observer, data"))
    session.perform(intents.remove_person(ana))
    assert said(session) == [
        "set “First noticed” to 2026-11-23 14:05",
        "set “Back to normal” to not applicable",
        "changed the name of Ana Berg: Ana Lima → Ana Berg",
        "changed the reason for being there of Ana Berg: responder → observer",
        "changed the team of Ana Berg: payments → data",
        "took Ana Berg off the roster",
    ]


def test_of_a_line_that_is_private_in_the_end_no_word_is_told_from_the_beginning(tmp_path: Path) -> None:
    session = held(tmp_path, intents.capture_line(f"n: {SECRET}"))
    session.perform(arrange.retype(*the_line(session), Kind.PRIVATE))
    session.perform(intents.delete_line(*the_line(session)))
    assert said(session) == ["added a private line", "changed a private line", "deleted a private line"]


def test_what_stood_in_a_line_while_it_was_private_is_not_told_once_it_is_public(tmp_path: Path) -> None:
    session = held(tmp_path, intents.capture_line(f"// {SECRET}"))
    session.perform(intents.edit_line(*the_line(session), "n: fit for everybody"))
    assert said(session) == ["added a private line", "added a note: “fit for everybody”"]


def test_of_two_who_did_something_in_the_same_moment_each_takes_back_their_own(tmp_path: Path) -> None:
    ana = opened(tmp_path / "review", Clock())
    bo = parted(ana, [], [], "bo-7c21")
    ana.perform(intents.capture_line("n: from ana"))
    bo.perform(intents.capture_line("n: from bo"))
    assert ana.storage.groups[-1].at == bo.storage.groups[-1].at
    ana.undo()
    told = [deed.words for deed in opened(put_together(ana, bo), Clock()).told()]
    assert [words for words in told if words.startswith("took back")] == ["took back: added a note: “from ana”"]


@given(meetings, st.lists(doings, max_size=6))
def test_whatever_is_done_is_told_and_nothing_private_ever(meeting: list[Doing], more: list[Doing]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        session = begun(Path(folder) / "review", meeting, "ana-3f9c")
        for line in (f"// {SECRET} one", f"n: {SECRET} two", f"a: {SECRET} three"):
            session.perform(intents.capture_line(line))
            table, key = next(
                (table, key)
                for table, found in (("entries", session.review.entries), ("actions", session.review.actions))
                for key, kept in found.items()
                if kept.text.endswith(line[-5:]) and SECRET in kept.text
            )
            if not line.startswith("//"):
                session.perform(arrange.retype(table, key, Kind.PRIVATE))
            session.undo()
            session.redo()
        for doing in more:
            if doing.what not in {"retype", "edit", "move to section"}:  # these may make a line public
                do(session, doing)
        deeds = session.told()
        assert len({deed.at for deed in deeds}) <= len(session.storage.groups) <= len(deeds)
        assert all(deed.words.strip() for deed in deeds)
        assert not any(SECRET in deed.words for deed in deeds)
