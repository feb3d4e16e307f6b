from __future__ import annotations

import errno
import os
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lrtui.desk import Desk, local_zone, shipped_templates
from lrtui.errors import Ambiguous, Locked, LrtuiError, NotFound, Refused, StoreError, TemplateError
from lrtui.review import dates, intents
from lrtui.review.model import Review, State
from lrtui.review.template import Template
from lrtui.store.library import Library
from tests.doing import Clock

if TYPE_CHECKING:
    from collections.abc import Callable

    from lrtui.review.earlier import Earlier
    from lrtui.session import Session

OWN = """\
name: ours
version: 1
title: Our own
steps: [{key: talk, title: Talk, minutes: 10}]
"""


def desk_in(root: Path, author: str = "ana-3f9c", clock: Clock | None = None) -> Desk:
    return Desk(Library(root / "library"), clock=clock or Clock(), author=author, zone="UTC")


def failing(code: int) -> Callable[..., int]:
    def fail(*_: object) -> int:
        raise OSError(code, os.strerror(code))

    return fail


def test_a_library_is_made_by_the_first_review_and_not_before(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    desk.all_templates()
    assert not desk.library.root.exists()
    with desk.begin("Slow checkout").lock or pytest.fail("it has no lock"):
        assert desk.library.exists


def test_a_template_that_is_not_there_makes_no_library(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    with pytest.raises(NotFound, match=r"no template “retro”\. There are: .*learning-review"):
        desk.begin("x", "retro")
    assert not desk.library.root.exists()


def test_a_new_review_has_its_title_template_zone_and_day_and_opens_again_by_a_part_of_its_name(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    desk.zone = "Europe/Rome"
    session = desk.begin("Slow  checkout & more", "write-up", solo=True)
    head = session.review.head
    assert (head.title, head.template.name, head.zone, head.solo) == (
        "Slow checkout & more",
        "write-up",
        "Europe/Rome",
        True,
    )
    assert head.created == desk.clock()
    assert session.name.startswith("2026-11-23-slow-checkout-more-")
    session.close()
    again = desk.open(session.name.rpartition("-")[2])
    assert again.review == session.review
    assert (again.read_only, again.notice) == (False, "")


def test_reviews_of_one_title_and_day_stay_apart(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    names = {desk.begin("Slow checkout").name for _ in range(20)}
    assert len(names) == 20
    with pytest.raises(Ambiguous):
        desk.open("slow-checkout")


def test_a_review_that_somebody_has_open_can_be_read_and_it_says_who(tmp_path: Path) -> None:
    first = desk_in(tmp_path).begin("Slow checkout")
    second = desk_in(tmp_path, "bo-81d2").open(first.name)
    assert second.read_only
    assert second.review == first.review
    assert second.notice.startswith("This review is open since ")
    assert f"process {os.getpid()}" in second.notice
    assert second.notice.endswith("Here it can be read, not changed.")
    first.leave()
    assert not desk_in(tmp_path, "bo-81d2").open(first.name).read_only


def test_lines_that_cannot_be_read_are_told_and_kept(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    session = desk.begin("Slow checkout")
    session.close()
    (journal,) = session.storage.folder.glob("*.jsonl")
    with journal.open("a") as file:
        file.write("what is this?\n{}\n")
    told = desk.open(session.name)
    assert told.notice == "2 lines of this review could not be read; what stands there is kept as it is."
    told.perform(intents.capture_line("goes on"))
    assert "what is this?\n" in journal.read_text("utf-8")


def test_a_review_of_a_newer_version_is_read_only_and_says_why(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    session = desk.begin("Slow checkout")
    session.close()
    (session.storage.folder / "zoe-0001.jsonl").write_text('{"lrtui": 99, "by": "zoe-0001"}\n')
    opened = desk.open(session.name)
    assert opened.read_only
    assert "newer lrtui" in opened.notice
    assert opened.review.head.title == "Slow checkout"


def running(desk: Desk, clock: Clock) -> str:
    session = desk.begin("Slow checkout")
    session.perform(intents.start())
    clock.forward(60)
    session.perform(intents.capture_line("said"))
    session.close()
    clock.forward(timedelta(days=1).total_seconds())
    return session.name


def test_a_clock_that_a_crash_left_running_is_stopped_when_the_review_is_opened(tmp_path: Path) -> None:
    clock = Clock()
    desk = desk_in(tmp_path, clock=clock)
    session = desk.open(running(desk, clock))
    assert session.review.head.since is None
    assert session.review.steps["welcome"].spent == 60
    assert "The clock was stopped at" in session.notice


def test_a_review_opens_also_when_the_disk_is_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    desk = desk_in(tmp_path, clock=clock)
    name = running(desk, clock)
    monkeypatch.setattr(os, "fdatasync", failing(errno.ENOSPC))
    session = desk.open(name)
    assert [entry.text for entry in session.review.entries.values()] == ["said"]


def test_a_review_that_cannot_be_read_does_not_stay_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = desk_in(tmp_path)
    session = desk.begin("Slow checkout")
    session.close()
    with monkeypatch.context() as broken:
        broken.setattr(Path, "open", failing(errno.EIO))
        with pytest.raises(StoreError):
            desk.open(session.name)
    assert not desk.open(session.name).read_only


def test_a_review_that_could_not_be_begun_does_not_stay_locked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = desk_in(tmp_path)
    monkeypatch.setattr(os, "fdatasync", failing(errno.ENOSPC))
    before = set(Path("/proc/self/fd").iterdir())
    with pytest.raises(StoreError):
        desk.begin("Slow checkout")
    assert set(Path("/proc/self/fd").iterdir()) == before


def test_the_teams_own_templates_come_before_those_that_ship_and_may_build_on_them(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    desk.library.create()
    folder = desk.library.root / "templates"
    (folder / "ours.yaml").write_text(OWN)
    (folder / "quick-review.yaml").write_text(
        "extends: quick-review\nname: quick-review\nversion: 7\ntitle: Our quick one\n"
    )
    assert desk.template("ours").title == "Our own"
    assert desk.template("quick-review").title == "Our quick one"
    assert desk.template("quick-review").steps
    assert desk.template(str(folder / "ours.yaml")).name == "ours"


def test_a_template_with_faults_stands_among_the_others_with_what_is_wrong(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    desk.library.create()
    (desk.library.root / "templates" / "broken.yaml").write_text("name: broken\nstepps: []\n")
    (desk.library.root / "templates" / "binary.yaml").write_bytes(b"\xff\xfe\x00")
    found = desk.all_templates()
    assert isinstance(found["broken"], TemplateError)
    assert isinstance(found["binary"], StoreError)
    assert {name for name in found if isinstance(found[name], Template)} == shipped_templates().keys()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that the program was started in."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_an_export_is_named_after_the_review_or_as_it_is_asked_for(tmp_path: Path, here: Path, home: Path) -> None:
    desk = desk_in(tmp_path)
    session = desk.begin("Slow checkout")
    (here / "folder").mkdir()
    usual = f"{session.name}.md"
    written = {desk.export(session, words).absolute() for words in ("", "notes.md", "folder", " ~/a b.md ")}
    assert written == {here / usual, here / "notes.md", here / "folder" / usual, home / "a b.md"}
    assert {path.read_text("utf-8") for path in written} == {desk.markdown(session)}


@pytest.mark.parametrize("words", ["no/such/folder/x.md", "~nobody-of-that-name/x.md", "x" * 300, "/proc/x.md"])
def test_an_export_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path, here: Path, words: str) -> None:
    desk = desk_in(tmp_path)
    session = desk.begin("Slow checkout")
    with pytest.raises(LrtuiError, match=r"^[A-Z].*\.$") as refused:
        desk.export(session, words)
    assert str(tmp_path) not in str(refused.value)
    assert not list(here.iterdir())


def served(desk: Desk, title: str, service: str, *lines: str) -> str:
    session = desk.begin(title)
    session.perform(intents.set_fact("service", service))
    session.perform(intents.capture_block(list(lines)))
    session.close()
    return session.name


def earlier(desk: Desk, session: Session) -> list[str]:
    service = session.review.head.facts.get("service", "")
    return [found.action.text for found in desk.earlier_actions(service, besides=session.name)]


def test_what_is_still_open_from_earlier_reviews_of_the_service_is_found_oldest_first(tmp_path: Path) -> None:
    clock = Clock()
    desk = desk_in(tmp_path, clock=clock)
    for title, service, line in (
        ("One", "Checkout", "a: first"),
        ("Two", "checkout", "a: second"),
        ("Three", "checkout-api", "a: of another service"),
    ):
        served(desk, title, service, line)
        clock.forward(60)
    session = desk.open(served(desk, "Now", "CHECKOUT", "a: of this review"))
    assert earlier(desk, session) == [], "the catalog knows nothing yet"
    desk.update_catalog()
    assert earlier(desk, session) == ["first", "second"]
    one = desk.open("-one-")
    one.perform(intents.set_state(next(iter(one.review.actions)), State.DONE))
    desk.update_catalog()
    assert earlier(desk, session) == ["second"]
    session.perform(intents.set_fact("service", ""))
    assert earlier(desk, session) == []


def test_an_early_idea_of_an_earlier_review_is_none_of_its_open_actions(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    one = desk.open(served(desk, "One", "checkout", "a: first", "a: never taken"))
    one.perform(intents.set_state(list(one.review.actions)[1], State.IDEA))
    session = desk.open(served(desk, "Now", "checkout"))
    desk.update_catalog()
    assert earlier(desk, session) == ["first"]


def test_an_earlier_review_that_cannot_be_read_does_not_stand_in_the_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_in(tmp_path)
    broken = served(desk, "One", "checkout", "a: first")
    served(desk, "Two", "checkout", "a: second")
    session = desk.open(served(desk, "Now", "checkout"))
    desk.update_catalog()
    whole = desk.read

    def read(folder: Path) -> Review:
        if folder.name == broken:
            raise StoreError("The disk reported a fault.")
        return whole(folder)

    monkeypatch.setattr(desk, "read", read)
    assert earlier(desk, session) == ["second"]


def left_open(desk: Desk) -> tuple[str, Session, list[Earlier]]:
    """Make two reviews of a service, the first with two open actions; return its name, the second, what that finds."""
    people, lines = "Ana Lima: responder; Bo Chen", ("a: first @bo @ana due:fri", "a: second")
    session = desk.begin("One", "write-up")
    session.perform(intents.add_people(people))
    session.perform(intents.set_fact("service", "checkout"))
    session.perform(intents.capture_block(lines))
    session.close()
    now = desk.open(served(desk, "Now", "checkout"))
    desk.update_catalog()
    return session.name, now, desk.earlier_actions("checkout", besides=now.name)


def in_review(desk: Desk, name: str) -> list[tuple[str, State, str]]:
    review = desk.read(dict(desk.library.reviews())[name])
    return [(action.text, action.state, action.reason) for action in review.actions.values()]


FIRST, SECOND = ("first", State.OPEN, ""), ("second", State.OPEN, "")


def test_an_earlier_action_tells_the_review_it_is_from_its_day_and_its_owners(tmp_path: Path) -> None:
    name, _, (first, second) = left_open(desk_in(tmp_path))
    assert (first.review, first.title, first.held) == (name, "One", date(2026, 11, 23))
    assert (first.owners, second.owners) == (("Bo Chen", "Ana Lima"), ())
    assert first.action.due == date(2026, 11, 27)


def test_an_earlier_action_is_settled_in_the_review_that_it_belongs_to(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name, here, (first, second) = left_open(desk)
    desk.settle_earlier(here, first, "done the load test stays green")
    desk.settle_earlier(here, second, "re-scope only the second half")
    assert in_review(desk, name) == [
        ("first", State.DONE, "the load test stays green"),
        ("only the second half", State.OPEN, ""),
    ]
    assert not desk.open(name).read_only, "it is open to others again"


def test_answers_are_taken_back_one_after_another(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name, here, (first, second) = left_open(desk)
    desk.settle_earlier(here, first, "done")
    desk.settle_earlier(here, second, "still")
    desk.settle_earlier(here, second, "still")  # says nothing new, so it is not taken back
    desk.settle_earlier(here, second, "drop no use")
    done = [desk.undo(here) for _ in range(3)]
    assert done == [f"an answer, in the review it is from: {action}" for action in ("second", "second", "first")]
    assert in_review(desk, name) == [FIRST, SECOND]
    assert desk.redo(here) == "an answer, in the review it is from"
    assert in_review(desk, name) == [("first", State.DONE, ""), SECOND]
    desk.undo(here)
    assert desk.undo(here) == "change fact", "then comes what was done before"


def test_an_answer_is_taken_back_and_given_again_after_a_restart(tmp_path: Path) -> None:
    name, here, (first, second) = left_open(desk_in(tmp_path))
    desk_in(tmp_path).settle_earlier(here, first, "done")
    desk_in(tmp_path).settle_earlier(here, second, "drop no use")
    here.close()
    desk = desk_in(tmp_path)
    here = desk.open(here.name)
    desk.undo(here)
    assert in_review(desk, name) == [("first", State.DONE, ""), SECOND]
    desk.redo(here)
    assert in_review(desk, name) == [("first", State.DONE, ""), ("second", State.NOT_DOING, "no use")]


def test_an_answer_that_cannot_be_noted_where_it_was_given_is_not_kept_in_the_other_review_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_in(tmp_path)
    name, here, (first, _) = left_open(desk)

    def full(*_: object, **__: object) -> None:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(here.storage, "append", full)
    with pytest.raises(StoreError):
        desk.settle_earlier(here, first, "done")
    assert in_review(desk, name) == [FIRST, SECOND]


def test_an_answer_is_not_taken_back_where_something_was_changed_since(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name, here, (first, second) = left_open(desk)
    desk.settle_earlier(here, first, "done")
    desk.settle_earlier(here, second, "drop no use")
    session = desk.open(name)
    session.perform(intents.capture_line("and this"))
    session.close()
    with pytest.raises(Refused, match="has been changed since"):
        desk.undo(here)
    assert in_review(desk, name) == [("first", State.DONE, ""), ("second", State.NOT_DOING, "no use")]
    with pytest.raises(Refused, match="cannot be given again by itself"):
        desk.redo(here)


def test_an_answer_that_does_not_fit_changes_nothing_and_leaves_nothing_open(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name, here, (first, _) = left_open(desk)
    with pytest.raises(Refused, match="Say why"):
        desk.settle_earlier(here, first, "drop")
    assert in_review(desk, name) == [FIRST, SECOND]
    assert not desk.open(name).read_only


def test_a_review_that_is_open_elsewhere_is_left_alone_and_it_is_said_without_its_name(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name, here, (first, _) = left_open(desk)
    other = desk_in(tmp_path, "bo-81d2").open(name)
    with pytest.raises(Locked, match="Nothing was kept: the review of that action is open elsewhere") as refused:
        desk.settle_earlier(here, first, "done")
    assert name not in str(refused.value)
    other.close()
    desk.settle_earlier(here, first, "done")
    with desk_in(tmp_path, "bo-81d2").open(name).lock or pytest.fail("it has no lock"), pytest.raises(Locked):
        desk.undo(here)
    assert desk.undo(here).endswith("first"), "it can be taken back once the review is closed elsewhere"


def test_a_review_of_a_newer_version_or_one_that_is_gone_is_told_in_a_sentence(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name, here, (first, _) = left_open(desk)
    folder = dict(desk.library.reviews())[name]
    (folder / "zoe-0001.jsonl").write_text('{"lrtui": 99, "by": "zoe-0001"}\n')
    with pytest.raises(Refused, match=r"Nothing was kept\. A newer lrtui"):
        desk.settle_earlier(here, first, "done")
    folder.rename(folder.with_name(f"{name}-old"))
    with pytest.raises(NotFound, match="not in the library any more"):
        desk.settle_earlier(here, first, "done")


def test_an_earlier_review_whose_clock_runs_keeps_running(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name, here, (first, _) = left_open(desk)
    session = desk.open(name)
    session.perform(intents.set_template(desk.template("quick-review")))
    session.perform(intents.start())
    session.close()
    desk.settle_earlier(here, first, "still")
    assert desk.read(dict(desk.library.reviews())[name]).head.since is not None


def test_none_of_many_earlier_reviews_is_left_out_and_whoever_asks_may_stop_it(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    folder = desk.library.resolve(served(desk, "Then", "checkout", "a: raise the limit"))
    for number in range(220):
        shutil.copytree(folder, folder.with_name(f"2026-11-23-then-{number:04}"))
    session = desk.open(served(desk, "Now", "checkout"))
    desk.update_catalog()
    assert len(earlier(desk, session)) == 221
    assert desk.earlier_actions("checkout", besides=session.name, stop=lambda: True) == []


@pytest.mark.parametrize(
    ("setting", "zone"),
    [("UTC", "UTC"), ("Etc/UTC", "UTC"), (":Europe/Rome", "Europe/Rome"), ("Asia/Tokyo", "Asia/Tokyo")],
)
def test_the_zone_of_this_machine_is_a_name_that_lrtui_knows(
    monkeypatch: pytest.MonkeyPatch, setting: str, zone: str
) -> None:
    monkeypatch.setenv("TZ", setting)
    assert local_zone() == zone


def test_a_zone_without_a_name_is_told_by_its_offset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "XYZ-5:30")
    assert dates.zone(local_zone()) is not None


def test_the_templates_that_ship_are_found_by_name() -> None:
    assert {"learning-review", "quick-review", "write-up"} <= shipped_templates().keys()


def test_an_export_replaces_what_lrtui_wrote_of_the_review_and_nothing_else_unasked(tmp_path: Path, here: Path) -> None:
    desk = desk_in(tmp_path)
    session, other = desk.begin("Slow checkout"), desk.begin("Disk full")
    for words in ("", "notes.md"):
        path = desk.export(session, words)
        session.perform(intents.set_title(f"Slower checkout {words}"))
        assert desk.export(session, words) == path, "it is our own"
        assert path.read_text("utf-8") == desk.markdown(session)
        with path.open("a") as file:
            file.write("and a word of mine\n")
        with pytest.raises(Refused, match=f"^{path.name} is there already, and not as it was exported of this review"):
            desk.export(session, words)
        assert path.read_text("utf-8").endswith("and a word of mine\n")
        with pytest.raises(Refused):
            desk.export(other, path.name)
        assert desk.save_export(desk.markdown(session), session.name, "md", path, replace=True) == path
        assert path.read_text("utf-8") == desk.markdown(session)
    session.perform(intents.set_title("Another"))
    shutil.rmtree(desk.library.cache / "exports")
    with pytest.raises(Refused):
        desk.export(session, "notes.md")
    (here / "notes.md").write_text(desk.markdown(session), "utf-8")
    assert desk.export(session, "notes.md").is_file(), "what is the same is replaced by the same"


def test_a_console_leaves_the_clock_of_a_room_that_is_open_but_gives_no_sign_of_life(tmp_path: Path) -> None:
    clock = Clock()
    desk = desk_in(tmp_path, clock=clock)
    room = desk.begin("Slow checkout")
    room.perform(intents.start())
    clock.forward(3600)  # in an editor of their own, say
    console = desk.open_console(room.name)
    assert console.review.head.since is not None
    assert not console.notice
    console.close()
    room.close()
    console = desk.open_console(room.name)
    assert console.review.head.since is None
    assert console.notice.startswith("The clock was stopped at")


@pytest.mark.parametrize("step", ["undo", "redo"])
def test_an_answer_is_taken_back_or_given_again_in_both_reviews_or_in_neither(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    desk = desk_in(tmp_path)
    name, here, (first, _) = left_open(desk)
    desk.settle_earlier(here, first, "done")
    if step == "redo":
        desk.undo(here)
    before, again = in_review(desk, name), desk.undo if step == "undo" else desk.redo
    refused_once(here, monkeypatch)
    with pytest.raises(StoreError, match=r"^The disk is full\.$"):
        again(here)
    assert in_review(desk, name) == before
    again(here)
    assert in_review(desk, name) != before


def refused_once(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    append = session.storage.append

    def full(*_: object, **__: object) -> None:
        monkeypatch.setattr(session.storage, "append", append)
        raise StoreError("The disk is full.")

    monkeypatch.setattr(session.storage, "append", full)


def test_an_answer_that_is_left_half_taken_back_is_told_as_such(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = desk_in(tmp_path)
    _, here, (first, _) = left_open(desk)
    desk.settle_earlier(here, first, "done")
    refused_once(here, monkeypatch)

    def full(_: Session) -> str:
        raise StoreError("The disk is full.")

    monkeypatch.setattr(type(here), "redo", full)
    with pytest.raises(StoreError, match="In the review of that action it is done all the same"):
        desk.undo(here)
