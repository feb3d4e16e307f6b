"""The catalog knows every action that was taken on, since when it is as it is, and nothing that is private."""

from __future__ import annotations

import sqlite3
from datetime import date
from typing import TYPE_CHECKING

import pytest

from benchmarks.generate import reviews as generate
from lrtui.desk import Desk
from lrtui.review import arrange, intents
from lrtui.review.followup import Owner, When
from lrtui.review.intents_room import settle_idea
from lrtui.review.model import Presence, State
from lrtui.store.library import Library
from tests.app.opening import begun, desk_in

if TYPE_CHECKING:
    from pathlib import Path

    from lrtui.review.followup import Followed
    from tests.doing import Clock

DAY = 86_400


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return desk_in(tmp_path)


def known(desk: Desk, *, settled: bool = False) -> dict[str, Followed]:
    desk.update_catalog()
    return {action.text: action for action in desk.catalog.actions(settled=settled)}


def clock(desk: Desk) -> Clock:
    from tests.doing import Clock

    assert isinstance(desk.clock, Clock)
    return desk.clock


def captured(*lines: str) -> list[intents.Intent]:
    return [intents.capture_line(line, "actions") for line in lines]


def test_an_action_is_known_with_all_that_was_said_of_it(desk: Desk) -> None:
    people = intents.add_people("Ana Lima: responder, payments; Bo Chen: facilitator")
    late = intents.set_presence("bo", Presence.LATE)
    lines = captured("raise the limit @bo @ana team:Data !high #db ref:OPS-1 due:2026-12-04", "// zebra between us")
    name = begun(desk, "Slow checkout", people, intents.set_fact("service", "shop"), intents.start(), late, *lines)
    (action,) = known(desk).values()
    assert (action.review, action.title, action.service, action.number) == (name, "Slow checkout", "shop", 1)
    assert (action.text, action.state, action.team, action.priority) == ("raise the limit", State.OPEN, "Data", "high")
    assert action.owners == (Owner("Bo Chen", here=False), Owner("Ana Lima"))
    assert (action.tags, action.ref, action.due) == (("db",), "OPS-1", date(2026, 12, 4))
    assert (action.held, action.made, action.touched) == (date(2026, 11, 23),) * 3
    assert (action.settled, action.over) == (None, None)


@pytest.mark.parametrize(("zone", "when"), [("+14:00", When.OVERDUE), ("-12:00", When.SOON)])
def test_an_action_is_due_by_the_day_that_it_is_where_its_review_is_held(desk: Desk, zone: str, when: When) -> None:
    begun(desk, "Slow checkout", intents.set_zone(zone), *captured("swap due:2026-11-23"))
    desk.update_catalog()
    (item,) = desk.followed()
    assert (item.action.zone, item.when) == (zone, when)


def test_what_happens_to_it_later_tells_when_it_was_touched_and_settled(desk: Desk) -> None:
    name = begun(desk, "Slow checkout", *captured("alarm", "swap"), intents.finish())
    clock(desk).forward(3 * DAY)
    desk.follow_up(name, 1, "doing")
    assert [action.touched for action in known(desk).values()] == [date(2026, 11, 26), date(2026, 11, 23)]
    clock(desk).forward(2 * DAY)
    done = desk.follow_up(name, 1, "done seen")
    alarm = known(desk, settled=True)["alarm"]
    assert (alarm.settled, alarm.touched, alarm.over) == (date(2026, 11, 28), date(2026, 11, 28), date(2026, 11, 23))
    assert [(closed.made, closed.done) for closed in desk.catalog.closed_actions()] == [
        (date(2026, 11, 23), date(2026, 11, 28))
    ]
    assert list(known(desk)) == ["swap"]
    clock(desk).forward(DAY)
    desk.take_back(done)
    alarm = known(desk)["alarm"]
    assert (alarm.state, alarm.settled, alarm.touched) == (State.DOING, None, date(2026, 11, 26))
    assert desk.catalog.closed_actions() == []


def test_early_ideas_and_deleted_actions_are_none_and_keep_their_numbers(desk: Desk) -> None:
    name = begun(desk, "Slow checkout", intents.start(), intents.capture_line("a: an idea"), *captured("one", "two"))
    session = desk.open(name)
    idea, one = list(session.review.actions)[:2]
    session.perform(intents.delete_line("actions", one))
    session.close()
    assert {action.text: action.number for action in known(desk, settled=True).values()} == {"two": 3}
    session = desk.open(name)
    session.perform(settle_idea(idea, "take"))
    session.close()
    assert {action.text: action.number for action in known(desk).values()} == {"an idea": 1, "two": 3}


def test_a_line_that_becomes_an_action_later_takes_the_next_number(desk: Desk) -> None:
    name = begun(desk, "Slow checkout", intents.capture_line("a note"), *captured("one"))
    session = desk.open(name)
    (note,) = session.review.entries
    session.perform(intents.edit_line("entries", note, "a: from a note"))
    session.close()
    assert {action.text: action.number for action in known(desk).values()} == {"one": 1, "from a note": 2}


def test_where_a_line_stands_is_no_news_of_it(desk: Desk) -> None:

    name = begun(desk, "Slow checkout", *captured("one", "two"))
    session = desk.open(name)
    clock(desk).forward(DAY)
    session.perform(arrange.put_behind("actions", next(iter(session.review.actions)), list(session.review.actions)[1]))
    session.close()
    assert {action.touched for action in known(desk).values()} == {date(2026, 11, 23)}


def test_a_review_that_is_gone_takes_its_actions_with_it(desk: Desk) -> None:
    name = begun(desk, "Slow checkout", *captured("one"))
    begun(desk, "Disk full", *captured("two"))
    assert set(known(desk)) == {"one", "two"}
    desk.library.resolve(name).rename(desk.library.root / "elsewhere")
    assert set(known(desk)) == {"two"}
    with sqlite3.connect(desk.library.cache / "catalog.sqlite") as db:
        assert db.execute("SELECT count(*) FROM action").fetchone() == (1,)


def test_a_catalog_whose_actions_make_no_sense_is_made_anew(desk: Desk) -> None:
    begun(desk, "Slow checkout", *captured("one"))
    assert set(known(desk)) == {"one"}
    for broken in ("made = 'soon'", "owners = 'x'", "state = 'asleep'"):
        with sqlite3.connect(desk.library.cache / "catalog.sqlite") as db:
            db.execute(f"UPDATE action SET {broken}")  # noqa: S608 - words of our own
        db.close()
        assert desk.catalog.actions() == []
        assert set(known(desk)) == {"one"}


def test_the_actions_of_a_generated_library_have_owners_teams_dates_priorities_and_histories(tmp_path: Path) -> None:
    generate(tmp_path / "library", 60, 30, seed=3)
    desk = Desk(Library(tmp_path / "library"), author="reader", zone="UTC")
    desk.update_catalog()
    found = desk.catalog.actions(settled=True)
    assert 250 < len(found) <= 300, "five of each review, but for the early ideas"
    assert {State.OPEN, State.DOING, State.DONE} <= {action.state for action in found} <= set(State) - {State.IDEA}
    for told in ("owners", "due", "priority", "settled"):
        assert {bool(getattr(action, told)) for action in found} == {True, False}, told
    assert all(action.team and action.made and action.touched for action in found)
    assert all(action.settled >= action.made for action in found if action.settled and action.made)
