from __future__ import annotations

import errno
import json
import os
import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lrtui.errors import Locked, Refused, StoreError
from lrtui.publish.audience import Audience, Edition, Risk
from lrtui.publish.folder import gather
from lrtui.publish.folder.disk import Folder
from lrtui.publish.folder.kept import Memory
from lrtui.publish.folder.look import Look
from lrtui.publish.folder.manifest import NAME
from lrtui.review import intents
from lrtui.review.model import Action, State
from tests.doing import Clock
from tests.publish.folder.shelf import LATER, Shelf
from tests.publish.pages import lost

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lrtui.publish.folder.kept import Taken
    from lrtui.review.model import Review

SECRET = "zebra crossing"
NOW = "2026-11-23"


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    """Give a library with two reviews that are done, one with a private line and an action, and one that is not."""
    shelf = Shelf(tmp_path)
    shelf.held(
        "Slow checkout", "l: a retry is load as well", "a: cap the retries @ana due:2026-12-01", f"// {SECRET}",
        service="checkout", tags="db retries",
    )  # fmt: skip
    shelf.held("Mails late", "l: one queue is one line to stand in", service="mail", tags="db")
    shelf.desk.begin("Only a draft").close()
    return shelf


def page(shelf: Shelf, part: str) -> str:
    return next(path for path in shelf.files() if part in path and path.endswith(".md"))


def named(shelf: Shelf, part: str) -> str:
    return shelf.desk.library.resolve(part).name


def action_of(shelf: Shelf, part: str) -> Action:
    return next(iter(shelf.review(part).actions.values()))


def test_what_is_done_gets_a_page_and_is_on_the_pages_that_collect(shelf: Shelf) -> None:
    report = shelf.publish()
    files = shelf.files()
    assert sorted(report.written) == sorted(files.keys() - {NAME})
    assert {f"{NOW}-slow-checkout.md", f"{NOW}-mails-late.md", "index.md", "tags.md", "services.md", "actions.md"} < {
        *files
    }
    assert {"learnings.md", "feed.xml", "index.json", "tags/db.md", "services/mail.md", "years/2026.md"} < {*files}
    assert "[Slow checkout](../2026-11-23-slow-checkout.md)" in shelf.text("tags/db.md")
    assert "- [ ] cap the retries — **Ana Lima**, due 2026-12-01" in shelf.text("actions.md")
    assert "- one queue is one line to stand in" in shelf.text("learnings.md")
    entries = json.loads(shelf.text("index.json"))["reviews"]
    assert [(entry["title"], entry["page"]) for entry in entries] == [
        (title, f"{NOW}-{name}.md") for title, name in sorted(
            (("Slow checkout", "slow-checkout"), ("Mails late", "mails-late")),
            key=lambda pair: named(shelf, pair[1]), reverse=True,
        )
    ]  # fmt: skip


def test_neither_a_draft_nor_what_is_private_is_published(shelf: Shelf) -> None:
    shelf.publish()
    for path, content in shelf.files().items():
        assert SECRET.encode() not in content, path
        assert b"Only a draft" not in content, path
        assert b"only-a-draft" not in content, path


def test_every_link_of_the_site_leads_somewhere(shelf: Shelf) -> None:
    shelf.publish(answer="https://example.org/new?title={title}&body={page}")
    files = {path.removeprefix("site/"): content for path, content in shelf.files().items() if path.startswith("site/")}
    assert len(files) > 15
    assert not list(lost(files))


def test_a_second_publish_writes_nothing_and_reads_nothing(shelf: Shelf) -> None:
    shelf.publish()
    before = {path: path.stat().st_mtime_ns for path in shelf.out.rglob("*")}
    report = shelf.publish(today=LATER)
    assert (report.written, report.unchanged) == ([], len(shelf.files()) - 1)
    assert shelf.reads == []
    assert {path: path.stat().st_mtime_ns for path in shelf.out.rglob("*")} == before


def test_the_same_library_gives_the_same_bytes_whatever_the_day_and_whatever_was_published_before(shelf: Shelf) -> None:
    shelf.publish()
    shelf.held("One more", "l: later", service="mail")
    shelf.publish(today=LATER)
    files = shelf.files()
    del files[NAME]
    shelf.out, shelf.clock = shelf.root / "elsewhere", Clock()
    shelf.publish(today=LATER)
    again = shelf.files()
    del again[NAME]
    assert again == files


def test_of_what_is_remembered_nothing_is_needed(shelf: Shelf) -> None:
    shelf.publish()
    before = shelf.files()
    shelf.forget()
    assert shelf.publish(today=LATER).written == []
    assert shelf.files() == before


def test_only_what_has_changed_is_read_and_written(shelf: Shelf) -> None:
    shelf.publish()
    name = named(shelf, "mails")
    shelf.do(name, intents.capture_line("l: a second queue costs nothing"))
    report = shelf.publish()
    assert shelf.reads == [name]
    assert {path for path in report.written if path.endswith(".md")} == {
        f"{NOW}-mails-late.md", "learnings.md", "services/mail.md",
    }  # fmt: skip
    assert "a second queue costs nothing" in shelf.text("site/search/2026.js")


def test_a_correction_is_told_with_its_day_and_a_second_one_too(shelf: Shelf) -> None:
    shelf.publish()
    assert "corrected" not in shelf.text(f"{NOW}-mails-late.md")
    shelf.do(named(shelf, "mails"), intents.capture_line("n: it was two queues"))
    report = shelf.publish(today=LATER)
    assert report.corrected == [f"{NOW}-mails-late.md"]
    told = "Published 2026-11-24; corrected on 2026-11-27."
    assert told in shelf.text(f"{NOW}-mails-late.md")
    assert told in shelf.text(f"site/{NOW}-mails-late.html")
    assert "<updated>2026-11-27T00:00:01.000Z</updated>" in shelf.text("feed.xml")
    shelf.do(named(shelf, "mails"), intents.capture_line("n: it was three"))
    shelf.publish(today=LATER.replace(month=12))
    assert "corrected on 2026-11-27, 2026-12-27." in shelf.text(f"{NOW}-mails-late.md")


def test_that_an_action_is_done_is_shown_and_is_no_correction(shelf: Shelf) -> None:
    shelf.publish()
    shelf.do(named(shelf, "checkout"), intents.set_state(action_of(shelf, "checkout").id, State.DONE))
    report = shelf.publish(today=LATER)
    assert report.corrected == []
    assert "- [x] cap the retries" in shelf.text(f"{NOW}-slow-checkout.md")
    assert "No action is open." in shelf.text("actions.md")
    assert "corrected" not in shelf.text(f"{NOW}-slow-checkout.md")


def test_a_page_keeps_its_name_when_the_title_changes(shelf: Shelf) -> None:
    shelf.publish()
    shelf.do(named(shelf, "mails"), intents.set_title("Letters late"))
    shelf.publish()
    assert "# Letters late" in shelf.text(f"{NOW}-mails-late.md")
    assert "[Letters late](2026-11-23-mails-late.md)" in shelf.text("index.md")
    shelf.forget()
    assert shelf.publish().written == []


def test_two_reviews_of_one_name_have_a_page_each(shelf: Shelf) -> None:
    names = sorted([named(shelf, "checkout"), shelf.held("Slow checkout"), shelf.held("Slow checkout")])
    shelf.publish()
    pages = sorted(path for path in shelf.files() if path.startswith(f"{NOW}-slow-checkout"))
    assert pages == sorted([f"{NOW}-slow-checkout.md", *(f"{name}.md" for name in names[1:])])


def test_tags_and_services_that_would_have_one_file_have_one_each(shelf: Shelf) -> None:
    shelf.held("Tagged", tags="c c++ c/c con index 日本 db", service="../../etc/passwd")
    shelf.publish()
    files = shelf.files()
    tags = [path for path in files if path.startswith("tags/")]
    assert len(tags) == len({path.casefold() for path in tags}) == 8
    assert not {"tags/con.md", "tags/index.md"} & {*tags}
    assert "services/etc-passwd.md" in files
    assert not list(lost({path[5:]: content for path, content in files.items() if path.startswith("site/")}))


def test_tags_that_differ_in_capitals_alone_share_a_page(shelf: Shelf) -> None:
    shelf.held("Shouted", tags="DB")
    shelf.publish()
    assert [path for path in shelf.files() if path.startswith("tags/db")] == ["tags/db.md"]
    assert "Shouted" in shelf.text("tags/db.md")


def test_a_page_that_was_edited_by_hand_stays_and_is_told_of_until_it_is_forced(shelf: Shelf) -> None:
    shelf.publish(site=False)
    path = f"{NOW}-mails-late.md"
    (shelf.out / path).write_text("our own words\n")
    assert shelf.publish(site=False).edited == [path]
    shelf.do(named(shelf, "mails"), intents.capture_line("n: it was two queues"))
    report = shelf.publish(site=False, today=LATER)
    assert (report.edited, report.corrected) == ([path], [])
    assert shelf.text(path) == "our own words\n"
    shelf.forget()
    assert shelf.publish(site=False, today=LATER).edited == [path]
    forced = shelf.publish(site=False, today=LATER, force=[path])
    assert (forced.written, forced.corrected) == ([path], [path])
    assert "two queues" in shelf.text(path)


@pytest.mark.parametrize("path", ["nothing.md", NAME, "../index.md", "site/style.css"])
def test_what_would_not_be_written_cannot_be_forced(shelf: Shelf, path: str) -> None:
    shelf.publish(site=False)
    shelf.held("One more")
    before = shelf.files()
    with pytest.raises(Refused, match=f"Nothing was published: {path} is none of the files"):
        shelf.publish(site=False, force={"index.md", path})
    assert shelf.files() == before
    assert "index.md" in shelf.publish(site=False, force={"index.md"}).written


def test_a_collected_page_that_was_edited_by_hand_stays_as_well(shelf: Shelf) -> None:
    shelf.publish()
    (shelf.out / "index.md").write_text("# Ours\n")
    (shelf.out / "tags" / "db.md").write_text("# Ours\n")
    shelf.held("One more", tags="db")
    report = shelf.publish()
    assert sorted(report.edited) == ["index.md", "tags/db.md"]
    assert shelf.text("index.md") == shelf.text("tags/db.md") == "# Ours\n"


def test_a_page_that_was_deleted_by_hand_is_written_again(shelf: Shelf) -> None:
    shelf.publish()
    before = shelf.files()
    (shelf.out / "tags" / "db.md").unlink()
    (shelf.out / f"{NOW}-mails-late.md").unlink()
    assert sorted(shelf.publish().written) == [f"{NOW}-mails-late.md", "tags/db.md"]
    assert shelf.files() == before


def test_an_older_page_of_ours_that_was_put_back_is_brought_up_to_date(shelf: Shelf) -> None:
    shelf.publish()
    older = shelf.files()
    shelf.do(named(shelf, "mails"), intents.capture_line("l: it was two queues"))
    shelf.publish(today=LATER)
    newest = shelf.files()
    for path, content in older.items():
        (shelf.out / path).write_bytes(content)
    shelf.publish(today=LATER)
    assert shelf.files() == newest


def test_nothing_is_published_where_a_file_of_somebody_else_would_be_replaced(shelf: Shelf) -> None:
    shelf.out.mkdir()
    (shelf.out / "index.md").write_text("# Ours\n")
    with pytest.raises(Refused, match=r"index\.md would be replaced, which lrtui has not written"):
        shelf.publish()
    assert shelf.files() == {"index.md": b"# Ours\n"}
    assert shelf.publish(force=["index.md"]).in_the_way == []


def test_what_else_is_in_the_folder_stays(shelf: Shelf) -> None:
    shelf.out.mkdir()
    (shelf.out / "mkdocs.yml").write_text("site_name: ours\n")
    shelf.publish()
    assert shelf.text("mkdocs.yml") == "site_name: ours\n"
    shelf.publish(prune=True)
    assert shelf.text("mkdocs.yml") == "site_name: ours\n"


@pytest.mark.parametrize("kind", ["file", "folder", "link"])
def test_what_stands_where_a_later_page_should_go_stays_and_is_told_of(shelf: Shelf, kind: str) -> None:
    shelf.publish()
    target = shelf.root / "elsewhere.txt"
    target.write_text("not yours\n")
    there = shelf.out / f"{NOW}-one-more.md"
    if kind == "file":
        there.write_text("mine\n")
    elif kind == "folder":
        there.mkdir()
    else:
        there.symlink_to(target)
    shelf.held("One more")
    report = shelf.publish()
    assert report.in_the_way == [there.name]
    assert target.read_text() == "not yours\n"
    assert there.is_dir() if kind == "folder" else there.read_text() in {"mine\n", "not yours\n"}


def test_a_review_that_is_taken_up_again_keeps_its_page_until_it_is_done_again(shelf: Shelf) -> None:
    shelf.publish()
    before = shelf.text(f"{NOW}-slow-checkout.md")
    name = named(shelf, "checkout")
    shelf.do(name, intents.reopen(), intents.capture_line("l: half a thought"))
    for _ in range(2):
        report = shelf.publish(today=LATER)
        assert report.reopened == [f"{NOW}-slow-checkout.md"]
        assert shelf.text(f"{NOW}-slow-checkout.md") == before
        assert "half a thought" not in shelf.text("learnings.md")
        assert "[Slow checkout](2026-11-23-slow-checkout.md)" in shelf.text("index.md")
        shelf.forget()
    held = shelf.files()
    shelf.publish(today=LATER)
    assert shelf.files() == held
    shelf.do(name, intents.finish())
    assert shelf.publish(today=LATER).corrected == [f"{NOW}-slow-checkout.md"]
    assert "half a thought" in shelf.text("learnings.md")


def test_what_is_not_known_of_a_review_that_is_taken_up_again_is_not_counted(shelf: Shelf) -> None:
    shelf.publish()
    shelf.do(named(shelf, "checkout"), intents.reopen())
    shelf.publish()
    entries = {each["title"]: each for each in json.loads(shelf.text("index.json"))["reviews"]}
    assert (entries["Slow checkout"]["open_actions"], entries["Slow checkout"]["learnings"]) == (None, None)
    assert (entries["Mails late"]["open_actions"], entries["Mails late"]["learnings"]) == (0, 1)


def test_a_correction_on_the_day_of_the_meeting_is_news_in_the_feed_too(shelf: Shelf) -> None:
    def updated() -> list[str]:
        return re.findall("<updated>(.*?)</updated>", shelf.text("feed.xml"))

    shelf.publish(today=date.fromisoformat(NOW))
    seen = [updated()]
    for words in ("n: it was two queues", "n: or three"):
        shelf.do(named(shelf, "mails"), intents.capture_line(words))
        shelf.publish(today=date.fromisoformat(NOW))
        seen.append(updated())
    assert sorted(map(max, seen)) == [*map(max, seen)]
    assert len({tuple(each) for each in seen}) == 3
    assert f"corrected on {NOW}." in shelf.text(f"{NOW}-mails-late.md")


def test_the_page_of_a_review_that_is_gone_stays_until_it_is_pruned(shelf: Shelf) -> None:
    shelf.publish()
    folder = shelf.desk.library.resolve("checkout")
    folder.rename(shelf.root / "kept apart")
    report = shelf.publish()
    assert report.gone == [f"{NOW}-slow-checkout.md"]
    assert "Slow checkout" in shelf.text("index.md")
    (shelf.out / "tags" / "retries.md").write_text("# Ours\n")
    pruned = shelf.publish(prune=True)
    assert {f"{NOW}-slow-checkout.md", f"site/{NOW}-slow-checkout.html", "services/checkout.md"} <= {*pruned.removed}
    assert pruned.edited == ["tags/retries.md"]
    assert not any(b"Slow checkout" in content for path, content in shelf.files().items() if path != "tags/retries.md")
    assert shelf.publish().gone == []
    assert shelf.publish(prune=True, force={"tags/retries.md"}).removed == ["tags/retries.md"]


def test_a_review_that_cannot_be_read_is_told_of_and_keeps_its_page_also_where_is_pruned(shelf: Shelf) -> None:
    shelf.publish()
    shelf.broken.add(named(shelf, "checkout"))
    shelf.forget()
    report = shelf.publish(prune=True)
    assert report.unreadable == [*shelf.broken]
    assert f"{NOW}-slow-checkout.md" in shelf.files()
    assert "Slow checkout" in shelf.text("index.md")


def test_a_collected_page_on_which_nothing_belongs_any_more_is_told_of(shelf: Shelf) -> None:
    shelf.publish(site=False)
    shelf.do(named(shelf, "checkout"), intents.set_tags("db"))
    assert shelf.publish(site=False).stale == ["tags/retries.md"]
    assert shelf.publish(site=False, prune=True).removed == ["tags/retries.md"]
    assert shelf.publish(site=False).stale == []


def test_without_asking_for_the_site_the_one_there_stays(shelf: Shelf) -> None:
    shelf.publish()
    report = shelf.publish(site=False, prune=True)
    assert report.site_left
    assert not report.removed
    assert shelf.publish().written == []


def test_only_the_reviews_that_are_named_join_the_folder_and_those_there_go_on(shelf: Shelf) -> None:
    shelf.publish(named(shelf, "mails"), site=False)
    assert "checkout" not in " ".join(shelf.files())
    shelf.do(named(shelf, "mails"), intents.capture_line("l: two queues"))
    shelf.publish(named(shelf, "checkout"), site=False)
    assert "two queues" in shelf.text("learnings.md")
    assert f"{NOW}-slow-checkout.md" in shelf.files()


def test_what_a_template_keeps_to_the_room_is_published_only_where_it_is_named(shelf: Shelf) -> None:
    told = "no sleep for two nights"
    name = shelf.held("After the night", f"+ {told}", template="people-check-in")
    for _ in range(2):
        report = shelf.publish()
        assert report.kept_back == [name]
        assert not [path for path, content in shelf.files().items() if told.encode() in content]
    assert shelf.reads == []
    assert shelf.publish(name).kept_back == []
    assert told in shelf.text(page(shelf, "after-the-night"))
    assert shelf.publish().kept_back == shelf.publish(prune=True).removed == []
    assert told in shelf.text(page(shelf, "after-the-night"))


def test_a_folder_belongs_to_one_audience(shelf: Shelf) -> None:
    shelf.publish()
    before = shelf.files()
    with pytest.raises(Refused, match="was published for the audience “team”"):
        shelf.publish(audience=Audience.ORG)
    assert shelf.files() == before


def test_a_dry_run_writes_nothing_and_tells_the_same(shelf: Shelf) -> None:
    told = shelf.publish(dry_run=True)
    assert not shelf.out.exists()
    assert shelf.publish().written == told.written
    shelf.do(named(shelf, "mails"), intents.capture_line("l: two queues"))
    told, before = shelf.publish(dry_run=True), shelf.files()
    assert shelf.files() == before
    report = shelf.publish(today=LATER)
    assert (report.written, report.corrected) == (told.written, told.corrected)
    assert "two queues" in shelf.text("learnings.md")


def test_a_dry_run_for_something_else_disturbs_no_publish_that_goes_on(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Memory.store

    def disturbed(memory: Memory, taken: list[Taken], gone: set[str], undone: dict[str, str]) -> None:
        monkeypatch.setattr(Memory, "store", store)
        store(memory, taken, gone, undone)
        look, shelf.look = shelf.look, replace(shelf.look, title="Other")
        shelf.broken = {named(shelf, "mails")}
        shelf.publish(dry_run=True)
        shelf.look, shelf.broken = look, set()

    monkeypatch.setattr(Memory, "store", disturbed)
    shelf.publish()
    assert "Mails late" in shelf.text("index.md")
    assert shelf.publish().written == []
    assert shelf.reads == []


@pytest.mark.parametrize("moment", ["store", "entries"])
def test_a_publish_that_loses_what_it_remembers_publishes_all_the_same(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    shelf.publish()
    before = shelf.files()
    shelf.do(named(shelf, "mails"), intents.capture_line("l: two queues"))
    meant = getattr(Memory, moment)

    def lost(memory: Memory, *told: object) -> object:
        monkeypatch.setattr(Memory, moment, meant)
        shelf.forget()
        return meant(memory, *told)

    monkeypatch.setattr(Memory, moment, lost)
    report = shelf.publish(prune=True, today=LATER)
    assert (report.removed, report.corrected) == ([], [f"{NOW}-mails-late.md"])
    assert shelf.files().keys() == before.keys()
    assert "Slow checkout" in shelf.text("index.md")
    assert "two queues" in shelf.text("learnings.md")
    assert len(json.loads(shelf.text("index.json"))["reviews"]) == 2


def test_what_somebody_edits_or_adds_while_a_publish_writes_stays(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.publish(site=False)
    mails, other, stale = (shelf.out / path for path in (f"{NOW}-mails-late.md", f"{NOW}-one-more.md", "tags/db.md"))
    for part in ("mails", "checkout"):
        shelf.do(named(shelf, part), intents.capture_line("l: two queues"), intents.set_tags(""))
    shelf.held("One more")
    write = Folder.write_manifest

    def edited(folder: Folder, text: str) -> None:
        write(folder, text)
        for path in (mails, other, stale):
            path.write_text("mine\n")

    monkeypatch.setattr(Folder, "write_manifest", edited)
    report = shelf.publish(site=False, prune=True)
    monkeypatch.setattr(Folder, "write_manifest", write)
    assert {*report.edited} == {mails.name, other.name, "tags/db.md"}
    assert not {*report.edited} & {*report.written, *report.removed}
    again = shelf.publish(site=False)
    assert {mails.name, other.name} <= {*again.edited}
    assert {path.read_text() for path in (mails, other, stale)} == {"mine\n"}


@pytest.mark.parametrize("late", [False, True])
def test_no_link_to_a_folder_leads_a_publish_out_of_its_own(shelf: Shelf, *, late: bool) -> None:
    elsewhere = shelf.root / "elsewhere"
    elsewhere.mkdir()
    if late:
        shelf.publish(site=False)
        (shelf.out / "tags").rename(shelf.root / "old tags")
    else:
        shelf.out.mkdir()
    (shelf.out / "tags").symlink_to(elsewhere)
    if late:
        shelf.held("One more", tags="db")
        assert "tags/db.md" in shelf.publish(site=False, force=["tags/db.md"]).edited
        (elsewhere / "db.md").write_bytes((shelf.root / "old tags" / "db.md").read_bytes())
        shelf.desk.library.resolve("one-more").rename(shelf.root / "kept apart")
        for part in ("mails", "checkout"):
            shelf.do(named(shelf, part), intents.set_tags(""))
        shelf.publish(site=False, prune=True)
        assert [path.name for path in elsewhere.iterdir()] == ["db.md"]
    else:
        with pytest.raises(Refused, match=r"tags/db\.md"):
            shelf.publish(site=False)
        assert not list(elsewhere.iterdir())


def test_two_publishes_at_once_are_one_and_a_sentence(shelf: Shelf) -> None:
    with Folder(shelf.out, {}).locked(), pytest.raises(Locked, match="Another publish is writing to this folder"):
        shelf.publish()
    assert shelf.files() == {}
    assert shelf.publish().written


@pytest.mark.parametrize("text", ["", "[]", "{", '{"lrtui": 1}', '{"lrtui": 99}', "<<<<<<< ours"])
def test_a_list_of_what_is_ours_that_makes_no_sense_stops_everything(shelf: Shelf, text: str) -> None:
    shelf.publish()
    (shelf.out / NAME).write_text(text or " ")
    before = shelf.files()
    with pytest.raises(StoreError):
        shelf.publish(prune=True)
    assert shelf.files() == before


@pytest.mark.parametrize("path", ["../outside.txt", "/etc/hosts", "site/../../outside.txt", ".git/config"])
def test_no_list_can_lead_out_of_the_folder(shelf: Shelf, path: str) -> None:
    shelf.publish()
    outside = shelf.root / "outside.txt"
    outside.write_text("x")
    known = json.loads(shelf.text(NAME))
    known["files"][path] = ["9dd4e461268c8034f5c8564e155c67a6"]
    (shelf.out / NAME).write_text(json.dumps(known))
    with pytest.raises(StoreError, match="cannot be read"):
        shelf.publish(prune=True)
    assert outside.exists()


def stopped(shelf: Shelf, monkeypatch: pytest.MonkeyPatch, error: BaseException, at: int) -> bool:
    """Publish, and have the replacing of a file fail from the time `at` on; tell whether it did."""
    replacing, count = Path.replace, 0

    def failing(self: Path, target: Path) -> Path:
        nonlocal count
        count += 1
        if count > at:
            raise error
        return replacing(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", failing)
        try:
            shelf.publish(today=LATER)
        except (StoreError, KeyboardInterrupt) as told:
            return "The disk is full" in str(told) or told is error
    return False


@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), KeyboardInterrupt()])
@pytest.mark.parametrize("first", [True, False])
def test_whenever_a_publish_is_stopped_the_next_one_completes_it(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch, error: BaseException, *, first: bool
) -> None:
    shelf.look = Look()
    if not first:
        shelf.publish()
        shelf.do(named(shelf, "mails"), intents.capture_line("l: two queues"), intents.set_tags("mail"))
    before = dict(_kept(shelf.root))
    shelf.publish(today=LATER)
    wanted, at = shelf.files(), 0
    _restore(shelf.root, before)
    while stopped(shelf, monkeypatch, error, at):
        report = shelf.publish(today=LATER)
        assert (report.edited, report.in_the_way) == ([], [])
        assert _without_earlier_digests(shelf.files()) == _without_earlier_digests(wanted)
        assert shelf.publish(today=LATER).written == []
        _restore(shelf.root, before)
        at += 1
    assert at > 4


def _without_earlier_digests(files: dict[str, bytes]) -> dict[str, bytes]:
    """Return the files; of what the manifest says of each, only what it is to be."""
    known = json.loads(files[NAME])
    known["files"] = {path: digests[0] for path, digests in known["files"].items()}
    return {**files, NAME: json.dumps(known).encode()}


def _kept(root: Path) -> Iterator[tuple[str, bytes]]:
    for path in root.rglob("*"):
        if path.is_file():
            yield str(path.relative_to(root)), path.read_bytes()


def _restore(root: Path, kept: dict[str, bytes]) -> None:
    for path in list(root.rglob("*")):
        if path.is_file() and str(path.relative_to(root)) not in kept:
            path.unlink()
    for name, content in kept.items():
        if (root / name).read_bytes() != content:
            (root / name).write_bytes(content)


def test_nothing_of_a_publish_that_was_killed_while_writing_is_left(shelf: Shelf) -> None:
    shelf.publish()
    (shelf.out / "tags" / ".lrtui-x1.tmp").write_text("half")
    (shelf.out / ".lrtui-x2.tmp").write_text("half")
    shelf.held("One more", tags="db")
    shelf.publish()
    assert not [path for path in shelf.files() if path.endswith(".tmp")]


def hidden(
    review: Review, *, name: str, audience: Audience, people: Iterable[str] = (), keep: Iterable[str] = ()
) -> Edition:
    """Return an edition in which the title and the people of every review have gone."""
    head = replace(review.head, title="A review", facts={})
    known = ", ".join(sorted(people))
    anonymous = {key: replace(each, name="somebody") for key, each in review.participants.items()}
    shown = replace(review, head=head, participants=anonymous)
    return Edition(f"{name[:10]}-review-{name[-4:]}", shown, audience, notice=f"Looked for {known}.")


def test_only_what_is_in_the_edition_is_in_the_folder(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gather, "edition", hidden)
    shelf.publish(audience=Audience.PUBLIC)
    for path, content in shelf.files().items():
        for word in (b"checkout", b"Ana", b"mails-late", b"Mails"):
            assert word not in content.replace(b"Looked for Ana Lima, Bo Berg.", b""), path
            assert word.decode() not in path


def test_a_new_person_is_looked_for_in_the_pages_of_every_review(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gather, "edition", hidden)
    shelf.publish(audience=Audience.PUBLIC)
    assert shelf.publish(audience=Audience.PUBLIC).written == []
    assert shelf.reads == []
    shelf.do(named(shelf, "mails"), intents.add_people("Chi Okafor"))
    written = shelf.publish(audience=Audience.PUBLIC).written
    assert len([path for path in written if path.startswith(NOW)]) == 2
    assert all("Ana Lima, Bo Berg, Chi Okafor" in shelf.text(path) for path in written if path.startswith(NOW))


def test_what_looks_like_a_secret_is_told_of_before_anything_is_written(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def risky(
        review: Review, *, name: str, audience: Audience, people: Iterable[str] = (), keep: Iterable[str] = ()
    ) -> Edition:
        del people, keep
        return Edition(name, review, audience, risks=(Risk("key", "a line", "AK…"),))

    monkeypatch.setattr(gather, "edition", risky)
    shelf.refuses = True
    with pytest.raises(Refused):
        shelf.publish(audience=Audience.ORG)
    assert not shelf.out.exists()
    assert len(shelf.risky) == 2
    shelf.refuses = False
    assert shelf.publish(audience=Audience.ORG).written
    shelf.publish(audience=Audience.ORG)
    assert shelf.risky == []
