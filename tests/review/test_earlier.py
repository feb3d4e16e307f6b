from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from lrtui.errors import Refused
from lrtui.review import earlier, intents, intents_room
from lrtui.review.model import Action, State
from lrtui.review.text import clean_line
from tests.review.keeping import Desk


def left_open() -> Desk:
    desk = Desk("write-up")
    desk.do(intents.capture_line("a: cap the retries due:fri"))
    return desk


def answered(*answers: str) -> Action:
    desk = left_open()
    for answer in answers:
        desk.do(intents_room.settle_earlier(desk.action().id, answer))
    return desk.action()


@pytest.mark.parametrize(
    ("typed", "state", "text", "reason", "looked"),
    [
        ("done", State.DONE, "cap the retries", "", None),
        (
            "done seen in production all week",
            State.DONE,
            "cap the retries",
            "seen in production all week",
            None,
        ),
        ("Done: load test stays green", State.DONE, "cap the retries", "load test stays green", None),
        ("still", State.OPEN, "cap the retries", "", date(2026, 11, 23)),
        (" S ", State.OPEN, "cap the retries", "", date(2026, 11, 23)),
        ("re-scope cap them at two", State.OPEN, "cap them at two", "", date(2026, 11, 23)),
        ("rescope – cap them", State.OPEN, "cap them", "", date(2026, 11, 23)),
        ("rescope cap them", State.OPEN, "cap them", "", date(2026, 11, 23)),
        ("drop the service goes away", State.NOT_DOING, "cap the retries", "the service goes away", None),
        ("DROP no use", State.NOT_DOING, "cap the retries", "no use", None),
    ],
)
def test_an_answer_is_a_word_or_a_letter_and_what_goes_with_it(
    typed: str, state: State, text: str, reason: str, looked: date | None
) -> None:
    found = answered(typed)
    assert (found.state, found.text, found.reason, found.looked) == (state, text, reason, looked)
    assert found.due == date(2026, 11, 27)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("drop", "Say why as well"),
        ("x ", "Say why as well"),
        ("re-scope", "Type the new words as well"),
        ("perhaps", "“perhaps” does not fit here. Type done and how you know, still, re-scope"),
        ("still waiting for the vendor", "does not fit here"),
        ("", "does not fit here"),
    ],
)
def test_an_answer_that_lacks_something_is_refused_with_what_it_lacks(typed: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        answered(typed)


def test_what_was_settled_meanwhile_is_not_settled_again() -> None:
    with pytest.raises(Refused, match="settled by now"):
        answered("done", "drop no use")
    with pytest.raises(Refused, match="not there any more"):
        left_open().do(intents_room.settle_earlier("k9999", "still"))


def test_an_early_idea_that_nobody_has_taken_is_no_open_action() -> None:
    desk = left_open()
    key = desk.action().id
    desk.do(intents.set_state(key, State.IDEA))
    with pytest.raises(Refused, match="not there any more"):
        desk.do(intents_room.settle_earlier(key, "still"))


@given(word=st.sampled_from(["Done", "re-scope", "Rescope", "drop"]), said=st.text(max_size=30).map(clean_line))
def test_what_is_said_after_the_word_is_kept_to_the_letter(word: str, said: str) -> None:
    assume(said[:1] not in {":", ",", "–", "-"})
    found = earlier.read(f" {word}  {said} ")
    assert found is not None
    assert (found.verdict[0], found.words) == (word[0].lower(), said)


@pytest.mark.parametrize("typed", ["x y axis swapped", "r 4.1 was old", "d we keep the flag", "still red at noon"])
def test_a_letter_with_words_behind_it_is_a_line_of_its_own(typed: str) -> None:
    assert earlier.read(typed) is None
