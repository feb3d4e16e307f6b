from __future__ import annotations

import re
from collections import Counter
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from lrtui import demo
from lrtui.demo import scenes
from lrtui.review import agenda
from lrtui.review.model import Kind, Review, State, Status
from lrtui.review.roster import mix

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from _typeshed import DataclassInstance

NOW = datetime(2026, 11, 25, 13, 20, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "library"


@pytest.fixture(scope="module")
def live(root: Path) -> str:
    return demo.build(root, NOW)


@pytest.fixture
def reviews(root: Path, live: str) -> Mapping[str, Review]:
    desk = demo.desk(root)
    return {review.name: desk.read(review.path) for review in desk.library.reviews()} if live else {}


def test_one_review_is_live_some_are_done_and_one_is_a_draft(reviews: Mapping[str, Review]) -> None:
    statuses = sorted(review.head.status for review in reviews.values())
    assert statuses == [Status.DONE] * 5 + [Status.DRAFT, Status.LIVE]


def test_the_live_review_is_in_its_timeline_with_the_clock_running(live: str, reviews: Mapping[str, Review]) -> None:
    review = reviews[live]
    pace = agenda.pace(review, NOW)
    assert pace.current is not None
    assert (pace.current.key, pace.running) == ("timeline", True)
    assert 600 < pace.current.spent < 60 * 33
    assert [step.state for step in pace.steps[:3]] == ["done", "done", "open"]
    assert all(step.spent for step in pace.steps[:2])
    assert abs(pace.behind) < 300


def test_the_live_review_has_a_bit_of_everything(live: str, reviews: Mapping[str, Review]) -> None:
    review = reviews[live]
    assert {entry.kind for entry in review.entries.values()} == set(Kind) - {Kind.ACTION}
    assert 24 <= sum(entry.kind is Kind.EVENT for entry in review.entries.values()) <= 30
    assert [action.state for action in review.actions.values()] == [State.IDEA]
    assert all(moment.when for moment in review.moments.values())
    assert set(review.moments) == {moment.key for moment in review.template.moments}
    assert Counter(person.role for person in review.participants.values()) == {
        "facilitator": 1,
        "note_taker": 1,
        "responder": 4,
        "expert": 1,
    }
    assert not mix(review)


def test_every_line_was_understood(reviews: Mapping[str, Review]) -> None:
    for review in reviews.values():
        for text in [entry.text for entry in review.entries.values()] + [item.text for item in review.actions.values()]:
            assert "{" not in text
            assert not re.search(r"(?:^|\s)(?:@|due:|team:|/)\w", text)
        assert all(action.owners and action.team for action in review.actions.values())
        assert set(review.head.facts) <= {fact.key for fact in review.template.facts}
        roles = {role.key for role in review.template.roles}
        assert all(person.role in roles for person in review.participants.values())


def test_actions_are_open_overdue_under_way_done_and_dropped(reviews: Mapping[str, Review]) -> None:
    actions = [
        action for review in reviews.values() if review.head.status is Status.DONE for action in review.actions.values()
    ]
    assert {action.state for action in actions} == {State.OPEN, State.DOING, State.DONE, State.NOT_DOING}
    overdue = [action for action in actions if action.state.going and action.due and action.due < NOW.date()]
    coming = [action for action in actions if action.state.going and action.due and action.due > NOW.date()]
    assert overdue
    assert coming


def test_the_finished_reviews_have_votes_and_learnings(reviews: Mapping[str, Review]) -> None:
    for review in reviews.values():
        if review.head.status is Status.DONE:
            assert review.feedback
            assert any(entry.kind is Kind.LEARNING for entry in review.entries.values())
            assert review.head.ended


def test_the_service_of_the_live_review_has_open_actions_from_earlier(live: str, reviews: Mapping[str, Review]) -> None:
    same = [
        review for name, review in reviews.items() if name != live and review.head.facts.get("service") == "checkout"
    ]
    assert any(action.state.going for review in same for action in review.actions.values())


def test_nothing_lies_in_the_future(root: Path, live: str) -> None:
    stamps = re.findall(r'"at":"?\s*"?(\d{4}-[^"/]+)', "".join(path.read_text() for path in root.rglob("*.jsonl")))
    assert live
    assert stamps
    assert max(stamps)[:19] <= NOW.isoformat()[:19]


def test_what_the_script_typed_can_be_undone(tmp_path: Path) -> None:
    name = demo.build(tmp_path, NOW)
    session = demo.desk(tmp_path).open(name)
    before = len(session.review.entries)
    assert session.undo() == "add line"
    assert len(session.review.entries) == before - 1
    session.close()


@pytest.mark.parametrize("now", [NOW, NOW + timedelta(days=3), datetime(2027, 3, 1, 0, 0, 5, tzinfo=UTC)])
def test_two_demos_of_the_same_instant_differ_by_ids_alone(now: datetime, tmp_path: Path) -> None:
    def told(root: Path) -> list[object]:
        demo.build(root, now)
        desk = demo.desk(root)
        found = [desk.read(review.path) for review in desk.library.reviews()]
        return [_without_ids(review) for review in sorted(found, key=lambda review: review.head.title)]

    assert told(tmp_path / "one") == told(tmp_path / "other")


def _without_ids(review: Review) -> object:
    head = {name: value for name, value in asdict(review.head).items() if name != "template"}
    tables: tuple[Mapping[str, DataclassInstance], ...] = (
        *(review.participants, review.steps, review.entries),
        *(review.actions, review.moments, review.feedback),
    )
    return head, [[_plain(document) for document in table.values()] for table in tables]


def _plain(document: DataclassInstance) -> dict[str, object]:
    return {name: value for name, value in asdict(document).items() if name not in {"id", "who", "owners"}}


def test_a_heading_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="no review begins with"):
        list(scenes.read("=== Only a title\n"))
