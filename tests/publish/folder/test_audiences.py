"""What is published to a folder for an audience, whatever the file: pages, site, feed, indexes."""

from __future__ import annotations

import json
import re
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrtui.errors import Refused
from lrtui.publish.audience import Audience
from lrtui.publish.folder import publication
from lrtui.publish.folder.look import Look
from lrtui.publish.folder.manifest import NAME
from lrtui.publish.folder.publication import Wishes
from lrtui.review import intents
from lrtui.review.model import Entry, Feedback, Kind, Review, Status
from lrtui.store.library import Library
from tests.publish.folder.shelf import FIRST, LATER, Shelf
from tests.publish.sample import UNSEEN
from tests.publish.test_audience import NAME_WORDS, reviews, words


def folder_of(drawn: tuple[Review, str], audience: Audience) -> dict[str, bytes]:
    """Publish a review that is done, with its site, and return every file by its path."""
    review, name = drawn
    begun = datetime(2026, 11, 22, 9, tzinfo=UTC)
    done = replace(review, head=replace(review.head, status=Status.DONE, started=begun))
    with tempfile.TemporaryDirectory() as place:
        library, out = Library(Path(place) / "library"), Path(place) / "out"
        folder = library.root / "reviews" / "2026" / name[-200:]
        folder.mkdir(parents=True)
        (folder / "ana-3f9c.jsonl").touch()
        look = Look(
            audience=audience, site=True, base="https://example.org/", answer="mailto:us@example.org?subject={title}"
        )
        publication.publish(library, lambda _: done, out, look, FIRST, Wishes(), lambda _: None)
        return {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()}


@settings(max_examples=25, deadline=None)
@given(reviews())
def test_no_name_of_a_participant_is_in_a_folder_for_the_public(drawn: tuple[Review, str]) -> None:
    files = folder_of(drawn, Audience.PUBLIC)
    assert {"index.md", "feed.xml", "index.json", "site/index.html", "site/feed.xml"} <= files.keys()
    for path, content in files.items():
        assert words(path) & NAME_WORDS == set()
        assert words(content.decode()) & NAME_WORDS == set(), path


@settings(max_examples=15, deadline=None)
@given(reviews(), st.sampled_from(Audience))
def test_what_is_private_is_in_no_file_for_any_audience(drawn: tuple[Review, str], audience: Audience) -> None:
    review, name = drawn
    private = Entry("e99", Kind.PRIVATE, UNSEEN, UNSEEN, UNSEEN, UNSEEN, tags=(UNSEEN,), ref=UNSEEN, team=UNSEEN)
    steps = tuple(replace(step, say=UNSEEN, coach=UNSEEN, prompts=(UNSEEN,)) for step in review.template.steps)
    head = replace(review.head, answered=(UNSEEN,), imported=(UNSEEN,), template=replace(review.template, steps=steps))
    secret = replace(
        review,
        head=head,
        entries={**review.entries, private.id: private},
        feedback={"f": Feedback("f", UNSEEN, 3, UNSEEN)},
    )
    for path, content in folder_of((secret, name), audience).items():
        assert UNSEEN.encode() not in content, path


def test_somebody_who_was_taken_off_every_roster_is_looked_for_all_the_same(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    other = shelf.held("Mails late")
    ximena = "Ximena Okafor"
    shelf.do(other, intents.add_people(f"{ximena}: expert"))
    key = next(key for key, person in shelf.review(other).participants.items() if person.name == ximena)
    shelf.do(other, intents.remove_person(key))
    shelf.held("Checkout slow", "n: Ximena saw it first")
    shelf.publish(audience=Audience.PUBLIC)
    assert not [path for path, content in shelf.files().items() if b"Ximena" in content]
    assert any(b"somebody saw it first" in content for content in shelf.files().values())


def test_on_the_pages_that_collect_for_the_public_no_role_stands_for_people_of_several_reviews(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    for title in ("Mails late", "Checkout slow"):
        shelf.held(title, "a: cap the retries @ana due:2026-12-01 #db", "l: retries are load @ana", service="shop")
    shelf.publish(audience=Audience.PUBLIC)
    pages = {path: content.decode() for path, content in shelf.files().items() if path.endswith((".md", ".html"))}
    own = {path for path in pages if "checkout-slow" in path or "mails-late" in path}
    assert all("responder 1" in pages[path] for path in own)
    assert not [path for path in pages.keys() - own if "responder" in pages[path]]
    assert "- [ ] cap the retries — due 2026-12-01" in pages["actions.md"]


@pytest.mark.parametrize("audience", [Audience.ORG, Audience.PUBLIC])
def test_what_is_replaced_and_what_may_be_a_secret_is_shown_before_anything_is_written(
    tmp_path: Path, audience: Audience
) -> None:
    shelf = Shelf(tmp_path)
    shelf.held("Checkout slow", "n: Ana used postgres://root:hunter22@10.1.2.3/shop")
    shelf.refuses = True
    with pytest.raises(Refused):
        shelf.publish(audience=audience)
    assert not shelf.out.exists()
    (shown,) = shelf.risky
    assert shown.risks
    assert bool(shown.replaced) == (audience is Audience.PUBLIC)


def test_a_name_that_becomes_known_later_leaves_the_folder_for_the_public(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    name = shelf.held("Katarzyna drops the database", "l: we learned", tags="katarzyna db")
    shelf.publish(audience=Audience.PUBLIC)
    shelf.do(name, intents.add_people("Katarzyna Nowak: expert"))
    told = shelf.publish(audience=Audience.PUBLIC, today=LATER)
    assert {"2026-11-23-katarzyna-drops-the-database.md", "tags/katarzyna.md"} <= {*told.stale}
    shelf.publish(audience=Audience.PUBLIC, today=LATER, prune=True)
    for path, content in shelf.files().items():
        assert "katarzyna" not in path
        assert b"katarzyna" not in content.lower(), path
    assert "2026-11-23-expert-2-drops-the-database.md" in shelf.files()
    assert shelf.publish(audience=Audience.PUBLIC, prune=True).written == []


def test_of_an_earlier_title_nothing_is_told_to_the_public_not_even_a_name_that_has_lost_letters(
    tmp_path: Path,
) -> None:
    shelf = Shelf(tmp_path)
    name = shelf.held("Bjørn rolls back", "l: we learned")
    shelf.do(name, intents.add_people("Bjørn Åse: expert"), intents.set_title("Rollback"))
    shelf.publish(audience=Audience.PUBLIC)
    for path, content in shelf.files().items():
        assert "bjrn" not in path
        assert b"bjrn" not in content, path


def test_a_name_that_has_lost_letters_in_a_file_of_the_public_is_found_as_well(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    name = shelf.held("Bjørn rolls back", "l: we learned")
    shelf.publish(audience=Audience.PUBLIC)
    assert "2026-11-23-bjrn-rolls-back.md" in shelf.files()
    shelf.do(name, intents.add_people("Bjørn Åse: expert"))
    shelf.publish(audience=Audience.PUBLIC, prune=True)
    assert not [path for path, content in shelf.files().items() if "bjrn" in path or b"bjrn" in content]


def test_a_page_for_the_public_keeps_its_name_and_its_id_when_the_title_changes(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    name = shelf.held("What will fail", "l: we learned")
    shelf.do(name, intents.add_people("Chi Okafor"))
    shelf.publish(audience=Audience.PUBLIC)
    shelf.do(name, intents.set_title("Mails late"))
    shelf.publish(audience=Audience.PUBLIC)
    assert 'id: "2026-11-23-what-will-fail"' in shelf.text("2026-11-23-what-will-fail.md")


def test_that_somebody_joins_another_review_is_no_correction_for_the_public(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    name = shelf.held("Nora is slow", "l: Nora is a region")
    other = shelf.held("Mails late")
    shelf.publish(audience=Audience.PUBLIC)
    shelf.do(other, intents.add_people("Nora Kim"))
    told = shelf.publish(audience=Audience.PUBLIC, today=LATER)
    assert told.corrected == ["2026-11-23-mails-late.md"]
    assert "somebody is a region" in shelf.text("learnings.md")
    shelf.do(name, intents.capture_line("l: Nora is a cloud region"))
    assert len(shelf.publish(audience=Audience.PUBLIC, today=LATER).corrected) == 1


def test_one_sentence_with_different_names_has_a_digest_that_cannot_be_guessed_in_each_review(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    for _ in range(2):
        shelf.held("Ana broke it")
    shelf.publish(audience=Audience.PUBLIC)
    reviews = json.loads(shelf.text(NAME))["reviews"].values()
    assert len({digest for digest, *_ in reviews}) == 2


def test_an_entry_of_the_feed_for_the_public_stays_the_same_when_a_name_in_its_title_is_corrected(
    tmp_path: Path,
) -> None:
    shelf = Shelf(tmp_path)
    name = shelf.held("Ana broke it", "l: we learned")
    shelf.publish(audience=Audience.PUBLIC)
    before = re.findall("<id>(.*?)</id>", shelf.text("feed.xml"))
    shelf.do(name, intents.set_title("Anna broke the deploy"))
    shelf.publish(audience=Audience.PUBLIC, today=LATER)
    assert re.findall("<id>(.*?)</id>", shelf.text("feed.xml")) == before
    shelf.out = shelf.root / "again"
    shelf.publish(audience=Audience.PUBLIC)
    assert re.findall("<id>(.*?)</id>", shelf.text("feed.xml"))[1:] == before[1:]
