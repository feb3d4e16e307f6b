from __future__ import annotations

import pytest

from lrtui.errors import Refused
from lrtui.review import progress
from lrtui.review.model import State


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("doing", (State.DOING, "")),
        ("Done", (State.DONE, "")),
        ("doi", (State.DOING, "")),
        ("done  seen on the graph", (State.DONE, "seen on the graph")),
        ("not doing it is being retired", (State.NOT_DOING, "it is being retired")),
        ("not-doing no gain", (State.NOT_DOING, "no gain")),
        ("m OPS-12", (State.MOVED, "OPS-12")),
        ("open", (State.OPEN, "")),
        ("idea", (State.IDEA, "")),
    ],
)
def test_a_state_is_read_with_what_goes_with_it(typed: str, read: tuple[State, str]) -> None:
    assert progress.read(typed) == read


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", f"Type {progress.ASK}."),
        ("do", f"“do” is no state of an action. Type {progress.ASK}."),
        ("shelved", f"“shelved” is no state of an action. Type {progress.ASK}."),
        ("moved", "Say where to, as in: moved OPS-12."),
        ("not doing", "Say why, as in: not doing it is being retired."),
    ],
)
def test_what_is_no_state_or_lacks_what_others_will_ask_for_is_refused(typed: str, sentence: str) -> None:
    with pytest.raises(Refused) as caught:
        progress.read(typed)
    assert str(caught.value) == sentence
