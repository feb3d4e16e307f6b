from __future__ import annotations

from typing import TYPE_CHECKING

from lrtui.desk import Desk
from lrtui.review import intents
from lrtui.store.library import Library
from lrtui.store.rosters import names

if TYPE_CHECKING:
    from pathlib import Path


def test_everybody_who_was_ever_on_a_roster_is_known_also_who_was_renamed_or_taken_off(tmp_path: Path) -> None:
    desk = Desk(Library(tmp_path), author="ana-3f9c", zone="UTC")
    for people in ("Ana Lima: responder; Bo Berg", "Chi Okafor: observer, platform"):
        session = desk.begin("Slow checkout", "learning-review")
        session.perform(intents.add_people(people))
        session.perform(intents.edit_person(next(iter(session.review.participants)), f"{people[:3]} Fox"))
        session.perform(intents.remove_person(next(iter(session.review.participants))))
        session.perform(intents.capture_line('n: a line about "participants/x" and "name": "Nobody"'))
        session.close()
    assert desk.names() == {"Ana Lima", "Bo Berg", "Ana Fox", "Chi Okafor", "Chi Fox"}


def test_what_cannot_be_read_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(
        b'{"put": "participants/1", "set": {"name": "Ana"}}\n'
        b'{"put": "participants/2", "set": {"name": \n'
        b'["participants/3", {"name": "Bo"}]\n'
        b'{"put": "participants/4", "set": {"name": 4}, "was": "Bo"}\n'
        b'"participants/5" \xff\xfe\n'
        b'{"put": "participants/6", "set": {"name": " Dee\\u0000 "}}'
    )
    (tmp_path / "b.jsonl").mkdir()
    (tmp_path / "notes.txt").write_text('{"put": "participants/7", "set": {"name": "Eli"}}')
    assert names([tmp_path, tmp_path / "gone"]) == {"Ana", "Dee␀"}
