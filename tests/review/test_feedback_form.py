from __future__ import annotations

import csv
import io
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrtui.errors import Refused
from lrtui.review import feedback, feedback_form, feedback_import, intents
from lrtui.review.feedback_form import Answer, Asked
from lrtui.review.model import Review
from lrtui.review.text import clean_line
from tests.review.keeping import Desk

if TYPE_CHECKING:
    import random

    from lrtui.review.feedback_import import Reading

PEOPLE = "Ana Lima: responder; Bo Chen: facilitator; Cy Diaz: expert; Di Eng: observer"


def room(*done: intents.Intent) -> Desk:
    desk = Desk()
    desk.do(intents.set_title("Slow checkout"), intents.add_people(PEOPLE), *done)
    return desk


REVIEW = room().review
ASKED = {asked.key: asked for asked in feedback_form.questions(REVIEW)}


def read(text: str | bytes) -> Reading:
    return feedback_import.read(REVIEW, feedback_import.decoded(text if isinstance(text, bytes) else text.encode()))


def answers(reading: Reading) -> list[Answer]:
    return [answer for part in reading.parts for answer in part.answers]


def told(text: str | bytes) -> list[tuple[str, int | str]]:
    """Return what was read of a text, all of which is understood."""
    reading = read(text)
    assert reading.misfits == []
    return [(key, comment if value is None else value) for key, value, comment in answers(reading)]


def vote(key: str, typed: str) -> intents.Intent:
    return intents.Intent("vote", lambda review, context: feedback.answered(review, key, typed, context.new_id))


def table(*rows: str) -> str:
    head = "Timestamp,Email Address,Was it worth your time?,What one thing would you change?"
    return "\n".join([head, *rows]) + "\n"


def test_the_form_asks_how_to_answer_and_in_which_scale_and_for_no_name() -> None:
    form = feedback_form.form(REVIEW)
    assert "“Slow checkout”" in form
    assert "1. Did the way it was led work for you? (0 to 5):\n" in form
    assert "6. Did you learn something that changes how you work? (yes or no):\n" in form
    assert "give no name" in form
    assert max(map(len, form.splitlines())) <= 76, "no mail program wraps it"
    assert not any(name in form for name in ("Ana", "Lima", "Bo"))


def test_the_form_leaves_out_the_numbers_that_the_room_has_given_and_keeps_its_own_numbers() -> None:
    desk = room(intents.start())
    before = {asked.key: asked.number for asked in feedback_form.questions(desk.review)}
    for key, typed in (("roti", "5 4 4"), ("learned", "2 3"), ("again", "3 of 3"), ("change", "fewer people")):
        desk.do(vote(key, typed))
    asked = feedback_form.asked_in_form(desk.review)
    assert [item.key for item in asked] == ["style", "structure", "included", "change"]
    assert [item.number for item in asked] == [1, 2, 3, 4]
    assert {item.key: item.number for item in feedback_form.questions(desk.review)} == before


def test_what_is_asked_afterwards_is_not_asked_in_the_room() -> None:
    assert {found.key for found in feedback.rounds(REVIEW)} == {"roti", "learned", "again", "change"}


def test_where_nothing_is_left_to_ask_there_is_no_form() -> None:
    with pytest.raises(Refused, match="asks nothing that the room has not answered"):
        feedback_form.form(Review())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("roti: 4", [("roti", 4)]),
        ("5. 4", [("roti", 4)]),
        ("5) 4/5", [("roti", 4)]),
        ("5: 4 of 5", [("roti", 4)]),
        ("roti = four", [("roti", 4)]),
        ("Was it worth your time? 4", [("roti", 4)]),
        ("**Was it worth your time?** 4", [("roti", 4)]),
        ("Was it worth your time?\n\n4", [("roti", 4)]),
        ("roti: 4 - good", [("roti", 4), ("roti", "good")]),
        ("- learned: yes", [("learned", 1)]),
        ("learned: No, I knew it", [("learned", 0), ("learned", "I knew it")]),
        ("learned: 1", [("learned", 1)]),
        ("change: start with\nthe dashboards\n\nBest,\nAna", [("change", "start with the dashboards")]),
        ("[14:05] Bo Chen: roti: 4", [("roti", 4)]),
        ("Ana Lima  2:05 PM\nroti: 4\nBo\nroti: 5", [("roti", 4), ("roti", 5)]),
        ("<ana> roti: 4", [("roti", 4)]),
        ("> 5. Was it worth your time? (0 to 5):\n4", [("roti", 4)]),
        ("> 5. Was it worth your time? (0 to 5): 4", [("roti", 4)]),
        ("5. 4\n4. -\n6.", [("roti", 4)]),
        ("6. Did you learn something that changes\nhow you work? (yes or no): yes", [("learned", 1)]),
        ("From: Ana\nSubject: Re: feedback\n\nHi Bo,\n5. 4\n\n-- \nAna Lima\nPayments", [("roti", 4)]),
        ("On Mon, 2 Mar 2026 at 14:05, Bo <bo@example.org> wrote:\n> 5. 4", [("roti", 4)]),
    ],
)
def test_answers_are_read_in_whatever_way_people_write_them(text: str, expected: list[tuple[str, int | str]]) -> None:
    assert told(text) == expected


TEMPTING = [
    "Best to start earlier",
    "Start at 10:30 instead of 9:00",
    "Thanks for the structure, keep it",
    "Ask bo@example.com to come too",
    "Hey, shorter please",
    "To: the point sooner",
    "Date: moved too often",
    "Ana should speak less",
    "names",
]


@pytest.mark.parametrize("answer", TEMPTING)
@pytest.mark.parametrize("between", ["\n", "\n\n", " "])
def test_an_answer_in_words_may_look_like_what_stands_around_answers(answer: str, between: str) -> None:
    assert told(f"{ASKED['change'].line}{between}{answer}\n5. 4") == [("change", answer), ("roti", 4)]
    assert told(f"> {ASKED['change'].line}\n{answer}") == [("change", answer)]


@pytest.mark.parametrize(
    "number",
    [
        *("four and a half", "Four and one half", "four half", "4 and a half", "four point five", "4 point five"),
        *("four five", "four-five", "four or five", "four to five"),
    ],
)
def test_what_is_no_whole_number_is_refused_in_words_too(number: str) -> None:
    assert ASKED["roti"].read(number) is None


@pytest.mark.parametrize("remark", ["one thing was missing", "and one thing more", "to the point", "halfway good"])
def test_a_number_in_a_remark_is_a_part_of_the_remark(remark: str) -> None:
    assert ASKED["roti"].read(f"four, {remark}") == [Answer("roti", 4), Answer("roti", comment=remark)]
    assert ASKED["learned"].read("yes two things") == [Answer("learned", 1), Answer("learned", comment="two things")]


def test_a_number_with_a_remark_may_look_like_what_stands_around_answers() -> None:
    assert told("5.\n4, but start at 10:30") == [("roti", 4), ("roti", "but start at 10:30")]


@pytest.mark.parametrize(
    "line",
    [
        "Best,\nZed",
        "Best regards, Zed Young",
        "Thanks a lot!\nAna",
        "Hi Bo,",
        "Hello everyone",
        "Hi Zed,",
        "Ana Lima",
        "Ana Lima  2:05 PM",
        "Zed Young  14:05",
        "From: Ana Lima <ana@example.org>",
        "From: Zed Young",
        "Zed Young <zed@example.org>",
        "Subject: Re: feedback",
        "Date: Mon, 2 Mar 2026 14:05:00 +0100",
        "Sent from my phone",
        "--\nZed\nPayments",
        "On Mon, 2 Mar 2026 at 14:05, Zed <zed@example.org> wrote:",
        "Whoever collects the answers reads yours; what is kept is without names.",
    ],
)
@pytest.mark.parametrize("before", ["4. start earlier", "4. start earlier\n", "4.", "4.\n"])
def test_what_is_nothing_but_a_name_a_greeting_or_a_header_is_no_answer(line: str, before: str) -> None:
    assert told(f"{before}\n{line}\n5. 4") == [
        *([("change", "start earlier")] if "start" in before else []),
        ("roti", 4),
    ]


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize("line", TEMPTING[:6])
def test_what_looks_so_behind_an_answer_in_words_is_told_with_the_line_after_it(line: str, between: str) -> None:
    reading = read(f"4. keep the timeline{between}{line}\nand the map\n5. 4")
    assert answers(reading) == [Answer("change", comment="keep the timeline"), Answer("roti", 4)]
    assert [misfit.text for misfit in reading.misfits] == [line, "and the map"]


@pytest.mark.parametrize(
    ("text", "place", "why"),
    [
        ("roti: 4\nroti: 6", "line 2", "expected: 0 to 5"),
        ("roti: 4\nroti: 4.5", "line 2", "expected: 0 to 5"),
        ("roti: 4\nroti: 4/10", "line 2", "expected: 0 to 5"),
        ("roti: 4\nroti: 4 5", "line 2", "expected: 0 to 5"),
        ("roti: 4\nlearned: maybe", "line 2", "expected: yes or no"),
        ("roti: 4\n\nthe coffee was cold by then", "line 3", "it fits no question"),
        ("roti: 4\n> roti: 2", "line 2", "it is quoted; take the > away if it counts"),
        (table("1,a@b.c,4,x", "2,a@b.c,nine,y"), "row 3", "Was it worth your time? expected: 0 to 5"),
        (table("1,a@b.c,4,x", "2,a@b.c"), "row 3", "it has 2 columns, the first row 4"),
        ("id,roti,Your shoe size\n1,4,43\n", "column 3", "it fits no question"),
        ("Was it worth your time?,Foo\n4,x\n", "column 2", "it fits no question"),
    ],
)
def test_what_is_not_understood_is_told_with_its_place(text: str, place: str, why: str) -> None:
    reading = read(text)
    assert [(misfit.place, misfit.why) for misfit in reading.misfits] == [(place, why)]
    assert ("roti", 4, "") in answers(reading)


def test_a_table_of_a_single_column_has_an_answer_in_each_row() -> None:
    text = "What one thing would you change?\nalpha\n\nbeta\n"
    reading = feedback_import.read(REVIEW, text, as_table=True)
    assert answers(reading) == [Answer("change", comment="alpha"), Answer("change", comment="beta")]
    assert reading.misfits == []
    pasted = "What one thing would you change?\nfewer people, and\nmore time\n"
    assert told(pasted) == [("change", "fewer people, and more time")]


@pytest.mark.parametrize(
    "encoded",
    [
        lambda text: text.encode(),
        lambda text: text.encode("utf-8-sig"),
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("utf-16-le"),
        lambda text: text.replace(",", ";").encode("cp1252"),
        lambda text: text.replace(",", "\t").replace("\n", "\r\n").encode(),
        lambda text: f"sep=;\n{text.replace(',', ';')}".encode(),
    ],
)
def test_a_table_is_read_in_any_encoding_and_with_any_delimiter(encoded: object) -> None:
    assert callable(encoded)
    text = table('2026/03/02 2:05:11 PM,ana@example.org,4,"más\nsilencio"', "2026/03/02 2:06:00 PM,bo@x.y,5,")
    assert told(encoded(text)) == [("roti", 4), ("change", "más silencio"), ("roti", 5)]


@pytest.mark.parametrize(
    "titles",
    [
        ["ID", "Start time", "Completion time", "Email", "Name"],
        ["#", "Network ID", "Submitted At", "Token"],
        ["Timestamp", "Username"],
        ["Zeitstempel", "E-Mail-Adresse"],
        ["Horodateur", "Adresse e-mail", "Votre nom"],
        ["Your name"],
        ["Response ID", "IP Address", "Duration (in seconds)", "Finished"],
    ],
)
def test_columns_of_common_form_tools_that_say_who_answered_are_passed_over(titles: list[str]) -> None:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*titles, "1. Was it worth your time? (0 to 5)"])
    writer.writerow([*("SENTINEL" for _ in titles), "4"])
    reading = read(out.getvalue())
    assert reading.misfits == []
    assert answers(reading) == [Answer("roti", 4)]
    assert "SENTINEL" not in repr(reading.parts)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "There is nothing in it"),
        (b" \n", "There is nothing in it"),
        (b"PK\x03\x04", "Save it as CSV"),
        (b"\x89PNG\x00\x01", "This is no text"),
        (b'{"roti": 4}', "This looks like JSON"),
        (b"<!DOCTYPE html><body>roti: 4", "This looks like a web page"),
        (b"nothing of the kind", "first of all line 1, “nothing of the kind”: it fits no question"),
        (b"Hi,\n\nBest\n", "There is no answer in it"),
    ],
)
def test_what_is_no_answer_at_all_is_refused_with_what_was_expected(data: bytes, sentence: str) -> None:
    with pytest.raises(Refused, match=r"as pasted from mail or chat|import that") as refused:
        read(data)
    assert sentence in str(refused.value)


def test_an_import_is_one_change_that_keeps_neither_who_answered_nor_what_came_together() -> None:
    desk = room()
    reading = read(table("12:01,ana@SENTINEL,5,zebra", "12:02,bo@SENTINEL,3,ant", "12:03,cy@SENTINEL,4,"))
    desk.do(feedback_import.bring_in(reading))
    kept = sorted(desk.review.feedback.values(), key=lambda answer: answer.id)
    assert [(answer.value, answer.comment) for answer in kept] == [
        *[(None, "ant"), (None, "zebra")],
        *[(3, ""), (4, ""), (5, "")],
    ]
    assert "SENTINEL" not in repr(desk.review)
    assert "12:0" not in repr(desk.review.feedback) + repr(desk.review.head.imported)


def test_what_was_imported_is_not_imported_again_and_of_a_table_that_has_grown_only_what_is_new() -> None:
    desk = room()
    rows = ("12:01,a,5,x", "12:01,b,5,x", "12:03,c,4,")
    for grown, count in ((rows[:2], 2), (rows, 3)):
        desk.do(feedback_import.bring_in(read(table(*grown))))
        assert sum(answer.value is not None for answer in desk.review.feedback.values()) == count
    with pytest.raises(Refused, match="imported before"):
        desk.do(feedback_import.bring_in(read(table(*reversed(rows)))))


def test_of_rows_of_one_instant_a_corrected_one_is_added_and_the_others_are_known() -> None:
    desk = room()
    for first in ("12:01,a,many,x", "12:01,a,2,x"):
        desk.do(feedback_import.bring_in(read(table(first, "12:01,b,5,", "12:01,c,3,y"))))
    kept = desk.review.feedback.values()
    assert sorted(answer.value for answer in kept if answer.value is not None) == [2, 3, 5]
    assert sorted(answer.comment for answer in kept if answer.comment) == ["x", "y"]


def test_pasted_replies_are_told_apart_by_all_their_words() -> None:
    desk = room()
    desk.do(feedback_import.bring_in(read("Ana\nroti: 4")))
    with pytest.raises(Refused, match="imported before"):
        desk.do(feedback_import.bring_in(read("Ana\n\nroti: 4\n")))
    desk.do(feedback_import.bring_in(read("Bo\nroti: 4")))
    assert len(desk.review.feedback) == 2


words = st.text(min_size=1, max_size=20).map(clean_line)
sayings = words.filter(lambda text: text.casefold() not in {"", "-", "–", "—", ".", "n/a", "na"})


def answered(asked: Asked) -> st.SearchStrategy[tuple[Asked, int | str, str]]:
    """Draw an answer, and what stands between the question and it."""
    if asked.scale:
        return st.tuples(st.just(asked), st.integers(*asked.scale), st.sampled_from([" ", "\n"]))
    behind = st.tuples(st.just(asked), sayings, st.just(" "))
    return behind | st.tuples(st.just(asked), st.sampled_from(TEMPTING), st.sampled_from([" ", "\n", "\n\n"]))


filled = st.lists(st.sampled_from(list(ASKED.values())).flatmap(answered), min_size=1, max_size=12)


@given(given=filled, draw=st.randoms(use_true_random=False), quoted=st.booleans())
def test_a_form_filled_in_anyhow_and_in_any_order_reads_back_to_the_same_answers(
    given: list[tuple[Asked, int | str, str]], draw: random.Random, *, quoted: bool
) -> None:
    lines = [f"{asked.line}{between}{value}" for asked, value, between in given]
    form = feedback_form.form(REVIEW).splitlines()
    around = [line for line in form if not line.endswith("):")]
    parts = [*lines, *(["", *around] if draw.random() < 0.5 else [])]
    draw.shuffle(parts)
    text = "\n".join(f"> {line}" if quoted else line for line in "\n".join(parts).split("\n"))
    expected = Counter((asked.key, value) for asked, value, _ in given)
    assert Counter(told(text)) == expected


@given(rows=st.lists(st.tuples(st.integers(0, 5), st.text(max_size=20).map(clean_line)), min_size=1, max_size=6))
def test_a_table_reads_back_to_the_same_answers(rows: list[tuple[int, str]]) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow(["Timestamp", ASKED["roti"].ask, ASKED["change"].ask])
    writer.writerows((number, *row) for number, row in enumerate(rows))
    found = answers(read(out.getvalue()))
    assert [answer.value for answer in found if answer.value is not None] == [value for value, _ in rows]


pieces = st.sampled_from(
    ["roti", "5.", "4", ":", "?", ",", ";", "\t", "\n", '"', "> ", "-- ", "Timestamp", "yes", "(", "Bo", "{", "<html>"]
) | st.text(max_size=5)


@given(data=st.binary(max_size=200) | st.lists(pieces, max_size=30).map(lambda parts: "".join(parts).encode()))
def test_whatever_is_brought_in_is_read_or_refused_with_a_sentence(data: bytes) -> None:
    reading = None
    with suppress(Refused):
        reading = read(data)
    assert reading is None or answers(reading)
