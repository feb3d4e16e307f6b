from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrtui.review.hint_class import HintClass
from lrtui.review.model import Kind
from lrtui.review.wording import Heard, hints, questions
from lrtui.review.wording.questions import _ASK, _GENERAL, MOST
from tests.review.wording.corpora import PEOPLE, SAID, UNSAID

LINES = [line.text for line in (*SAID, *UNSAID)]
OPEN = [kind for kind in Kind if kind is not Kind.PRIVATE]


def heard(text: str, kind: Kind = Kind.EVENT) -> list[Heard | None]:
    return [question.heard for question in questions(text, kind, people=PEOPLE)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("the graph looked off", Heard.OBSERVATION),
        ("I saw the queue growing", Heard.OBSERVATION),
        ("it seemed to hang at the same step", Heard.OBSERVATION),
        ("it was broken", Heard.ASSESSMENT),
        ("by then the replica was completely dead", Heard.ASSESSMENT),
        ("so I took it out of the pool", Heard.DECISION),
        ("we decided to wait for the vendor", Heard.DECISION),
        ("decision: fail over at ten", Heard.DECISION),
        ("I knew it was the certificate", Heard.KNOWLEDGE),
        ("we were pretty sure that it was the disk", Heard.KNOWLEDGE),
        ("it was frustrating to have no answer", Heard.FEELING),
        ("I was really nervous", Heard.FEELING),
        ("I panicked a bit", Heard.FEELING),
        ("usually, when I press this, it comes back", Heard.HABIT),
        ("whenever we restart it the cache is cold", Heard.HABIT),
        ("I pushed the change", Heard.ACTION),
        ("rolled back to 880", Heard.ACTION),
        ("Bo failed over the database", Heard.ACTION),
        ("I paged the storage team", Heard.HELP),
        ("then I asked Dita for a second look", Heard.HELP),
        ("escalated to the vendor", Heard.HELP),
        ("obviously the cache was cold", Heard.OBVIOUS),
        ("of course it was Friday", Heard.OBVIOUS),
        ("etcd_server p99 12 ms, GOGC=50, --max-conns 200 on db-3:5432", Heard.DETAIL),
    ],
)
def test_what_is_told_suggests_the_question_that_draws_out_more(text: str, first: Heard) -> None:
    assert heard(text)[0] is first


@pytest.mark.parametrize(
    "text",
    [
        "the pod restarted by itself",
        "the job pushed 300 images",
        "the system is operating normally",
        "it was not obviously related",
        "the log says “I knew it was broken”",
        "see `rolled back` in the log",
        "I didn't know about the flag",
        "14:05",
        "",
    ],
)
def test_where_nothing_is_told_of_the_question_is_a_general_one(text: str) -> None:
    assert [(question.heard, question.words) for question in questions(text, Kind.EVENT)] == [(None, "")]


def test_two_questions_at_most_are_offered_and_those_that_open_the_most_come_first() -> None:
    text = "Obviously it looked broken, so I called Ana, and I was scared, as usually it is me who knew."
    assert heard(text) == [Heard.OBVIOUS, Heard.HELP]


def test_a_question_tells_which_words_suggest_it() -> None:
    assert [question.words for question in questions("I really pushed it, it looked off", Kind.EVENT)] == [
        "pushed",
        "looked off",
    ]


def test_a_private_line_suggests_nothing() -> None:
    assert questions("I pushed the change", Kind.PRIVATE) == ()


@given(st.sampled_from(LINES) | st.text(max_size=60), st.sampled_from(OPEN))
def test_for_whatever_is_captured_there_is_something_to_ask(text: str, kind: Kind) -> None:
    found = questions(text, kind, people=PEOPLE)
    assert 1 <= len(found) <= MOST
    assert len({question.heard for question in found}) == len(found)
    for question in found:
        assert question.words in text
        assert bool(question.words) == (question.heard is not None)


def test_every_question_is_one_short_line_that_raises_no_hint() -> None:
    asked = [*_ASK.values(), *_GENERAL.values()]
    assert set(_ASK) == set(Heard)
    assert set(_GENERAL) == set(OPEN)
    assert len(set(asked)) == len(asked)
    assert [text for text in asked if len(text) > 95 or not text.endswith("?")] == []
    assert [text for text in asked if hints(text, on=frozenset(HintClass))] == []
