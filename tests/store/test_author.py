from __future__ import annotations

import getpass
import re
from pathlib import Path
from typing import TYPE_CHECKING

from lrtui.store import author
from lrtui.store.author import author_name, this_author, user_name

if TYPE_CHECKING:
    import pytest


def test_an_author_is_a_readable_name_with_a_tail_of_the_machine() -> None:
    names = {author_name(user, host, machine) for user in ("ana", "bo") for host in "hi" for machine in "mn"}
    assert len(names) == 8
    assert all(re.fullmatch(r"(ana|bo)-[0-9a-f]{4}", name) for name in names)
    assert author_name("Ана", "h", "m").startswith("someone-")


def test_the_author_is_the_same_at_every_start_and_can_be_chosen() -> None:
    assert this_author({}) == this_author({})
    assert this_author({"LRTUI_AUTHOR": " Ana Lima/../x "}) == "ana-lima-x"
    assert this_author({"LRTUI_AUTHOR": "  "}) == this_author({})


def test_a_machine_without_an_id_or_a_user_without_a_name_still_has_an_author(monkeypatch: pytest.MonkeyPatch) -> None:
    def nameless() -> str:
        raise KeyError

    monkeypatch.setattr(author, "_MACHINE", Path("/nowhere/machine-id"))
    monkeypatch.setattr(getpass, "getuser", nameless)
    assert re.fullmatch(r"user\d+", user_name())
    assert re.fullmatch(r"user\d+-[0-9a-f]{4}", this_author({}))
