from __future__ import annotations

from lrtui.review.capture import PREFIXES
from lrtui.settings.values import Reading, Settings


def test_what_nobody_has_set_is_as_it_ships() -> None:
    assert Settings().prefixes is PREFIXES
    assert (Settings().theme, Settings().template, Settings().clock) == ("dark", "learning-review", "left")
    assert [Settings().bell, Settings().flash, Settings().keys] == [False, False, {}]


def test_a_file_that_cannot_be_read_is_told_of() -> None:
    assert Reading(unread="is not there").notice == "config.yaml is not there; everything is as it ships."
