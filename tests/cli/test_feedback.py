from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.running import begun, done, lrtui

if TYPE_CHECKING:
    from pathlib import Path

ANSWERS = """Timestamp,Email Address,Did you feel included?,What one thing would you change?
2026/03/02 2:01:11 PM,p1@SENTINEL,4,"quieter,
please"
2026/03/02 2:02:11 PM,p2@SENTINEL,5,
2026/03/02 2:03:11 PM,p3@SENTINEL,3,more time
2026/03/02 2:04:11 PM,p4@SENTINEL,4,
"""


@pytest.fixture
def review(library: Path) -> str:
    assert not library.exists()
    return begun("--person", "Ana Lima: responder", "--person", "Bo Chen: facilitator")


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "answers.csv"
    path.write_text(ANSWERS)
    return path


def journals(library: Path) -> str:
    return "".join(path.read_text() for path in library.rglob("*.jsonl"))


def test_sums_are_shown_from_four_answers_on_and_words_in_an_order_that_tells_nobody(review: str) -> None:
    done("feedback", review, "4", "3")
    assert "Was it worth your time?\n  2 answers; shown from 4 on\n" in done("feedback", review).stdout
    done("feedback", review, "5", "5")
    mails = "".join(f"change: {words}\n\n" for words in ("zebras", "more time", "an agenda"))
    done("feedback", review, "--import", "-", given=mails)
    assert "change?\n  3 answers; shown from 4 on\n" in done("feedback", review).stdout
    done("feedback", review, "--import", "-", given="learned: yes\nchange: cake")
    shown = done("feedback", review).stdout
    assert "  average 4.2 of 5 (4 answers)\n  3: 1   4: 1   5: 2\n" in shown
    assert "  - an agenda\n  - cake\n  - more time\n  - zebras\n" in shown
    assert "you work?\n  1 answer; shown from 4 on\n" in shown
    assert "No answer yet\n  Would you come to a review like this again?\n" in shown


@pytest.mark.parametrize(
    ("typed", "told"),
    [("1 0 0 0", "1 of 4 yes; at least one: yes"), ("0 0 0 0", "0 of 4 yes; at least one: no")],
)
def test_whether_somebody_learned_something_is_told(review: str, typed: str, told: str) -> None:
    mails = "\n".join(f"learned: {value}\nagain: {value}" for value in typed.split())
    done("feedback", review, "--import", "-", given=mails)
    shown = done("feedback", review).stdout
    assert told in shown
    assert "yes; at least half: no" in shown


def test_what_a_script_reads_is_as_reticent(review: str) -> None:
    done("feedback", review, "5", "4", "4")
    roti, *_ = json.loads(done("feedback", review, "--json").stdout)["questions"]
    assert (roti["count"], roti["average"], roti["counts"]) == (3, None, None)
    done("feedback", review, "4")
    roti, *_ = json.loads(done("feedback", review, "--json").stdout)["questions"]
    assert (roti["average"], roti["counts"]) == (4.25, {"4": 3, "5": 1})


def test_the_form_goes_to_standard_output_and_what_is_beside_it_does_not(review: str) -> None:
    done("feedback", review, "5", "4", "4", "5")
    form = done("feedback", review, "--form")
    assert form.stdout.startswith("Your feedback on “Slow checkout”\n")
    assert "worth your time" not in form.stdout
    assert form.stderr == "1 question left out, which the room has answered.\n"


def test_answers_of_a_form_tool_are_brought_in_once_without_who_gave_them(
    review: str, answers: Path, library: Path
) -> None:
    result = done("feedback", review, "--import", str(answers))
    assert (result.stdout, result.stderr) == ("", "6 answers imported.\n")
    again = lrtui("feedback", review, "--import", str(answers))
    assert again.exit_code == 1
    assert "All of this was imported before" in again.stderr
    answers.write_text(f"{ANSWERS}2026/03/02 3:00:00 PM,p5@SENTINEL,5,\n")
    grown = done("feedback", review, "--import", str(answers))
    assert grown.stderr == "1 answer imported. 6 answers imported before, and not taken again.\n"
    assert "average 4.2 of 5 (5 answers)" in done("feedback", review).stdout
    assert not any(secret in journals(library) for secret in ("SENTINEL", "2:01:11", "PM"))


def test_nothing_is_half_taken_unless_somebody_says_so(review: str, answers: Path) -> None:
    answers.write_text(ANSWERS.replace(",5,", ",eleven,"))
    refused = lrtui("feedback", review, "--import", str(answers))
    assert refused.exit_code == 1
    assert "row 3, “eleven”: Did you feel included? expected: 0 to 5\n" in refused.stderr
    assert "Nothing was imported: 1 place could not be understood." in refused.stderr
    assert "No answer yet\n  Was it worth" in done("feedback", review).stdout
    done("feedback", review, "--import", str(answers), "--partial")
    assert "3 answers; shown from 4 on" in done("feedback", review).stdout


def test_what_was_left_out_is_added_when_the_corrected_file_is_imported_and_nothing_twice(
    review: str, answers: Path
) -> None:
    wrong = ANSWERS.replace(",5,", ",eleven,").replace("What one thing would you change?", "Whatt one thing?")
    answers.write_text(wrong)
    told = done("feedback", review, "--import", str(answers), "--partial").stderr
    assert "3 answers imported.\nWhat was left out can be corrected in the file" in told
    answers.write_text(wrong.replace("eleven", "5"))
    told = done("feedback", review, "--import", str(answers), "--partial").stderr
    assert "1 answer imported. 3 answers imported before, and not taken again.\n" in told
    answers.write_text(ANSWERS)
    told = done("feedback", review, "--import", str(answers)).stderr
    assert told == "2 answers imported. 4 answers imported before, and not taken again.\n"
    counts = {item["key"]: item["count"] for item in json.loads(done("feedback", review, "--json").stdout)["questions"]}
    assert (counts["included"], counts["change"]) == (4, 2)


def test_where_nothing_tells_answers_apart_it_is_said_that_only_what_was_left_out_is_to_be_imported(
    review: str,
) -> None:
    told = done("feedback", review, "--import", "-", "--partial", given="roti: 4\nlearned: perhaps").stderr
    assert "can be corrected and imported by itself. Not with the rest" in told


def test_what_would_name_somebody_is_kept_and_told(review: str) -> None:
    words = ("I am zoe@example.org, call +49 170 1234567", "Bo talks, dull", "more time")
    given = "\n\n".join(f"change: {said}" for said in words)
    told = done("feedback", review, "--import", "-", given=given).stderr.splitlines()
    assert told == [
        "3 answers imported.",
        "“Bo talks, dull” would name somebody: “Bo”",
        f"“{words[0]}” would name somebody: an e-mail address, a telephone number",
        "All of it was kept. To leave something out, undo the import in the review, take it out of the file, and"
        " import it again.",
    ]


def test_a_clock_of_another_machine_is_none_of_the_matters_of_an_import(review: str, library: Path) -> None:
    from lrtui.desk import Desk
    from lrtui.review import intents
    from lrtui.store.library import Library

    session = Desk(Library(library), author="elsewhere-81d2").open(review)
    session.perform(intents.start())
    session.close()
    assert done("feedback", review, "--import", "-", given="roti: 4").stderr == "1 answer imported.\n"


def test_a_file_of_a_single_column_is_a_table(review: str, answers: Path) -> None:
    answers.write_text("What one thing would you change?\nalpha\nbeta\n")
    assert done("feedback", review, "--import", str(answers)).stderr == "2 answers imported.\n"


def test_answers_and_the_remarks_behind_them_are_counted_apart(review: str) -> None:
    told = done("feedback", review, "--import", "-", given="roti: 4 - long\nlearned: yes\nchange: cake").stderr
    assert told == "3 answers and 1 remark imported.\n"


def test_what_was_imported_is_undone_at_once(review: str, answers: Path, library: Path) -> None:
    from lrtui.desk import Desk
    from lrtui.store.library import Library

    done("feedback", review, "--import", str(answers))
    session = Desk(Library(library)).open(review)
    assert session.undo() == "import feedback"
    assert session.review.feedback == {}
    session.close()
    assert "6 answers imported" in done("feedback", review, "--import", str(answers)).stderr


@pytest.mark.usefixtures("library")
def test_an_answer_in_numbers_that_does_not_fit_is_refused(review: str) -> None:
    assert "does not fit here" in lrtui("feedback", review, "7").stderr
    assert lrtui("feedback", review, "--import", "/nowhere").exit_code == 1


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["slow", "--form", "--next", "x"],
        ["slow", "--copy"],
        ["slow", "--form", "--partial"],
        ["slow", "--form", "--json"],
        ["slow", "5", "--form"],
    ],
    ids=" ".join,
)
@pytest.mark.usefixtures("review")
def test_what_does_not_belong_together_is_wrong_usage(words: list[str]) -> None:
    assert lrtui("feedback", *words).exit_code == 2


def test_what_one_will_do_next_time_is_kept_for_oneself(review: str, library: Path) -> None:
    result = done("feedback", review, "--next", "Next time I will let silence stand")
    assert "Kept for you: Next time I will let silence stand." in result.stderr
    assert "let silence stand" in journals(library)
    told = (
        done("show", review).output,
        done("export", review, "--format", "json", "-o", "-").output,
        done("feedback", review).output,
        done("feedback", review, "--form").output,
        done("list", "--json").output,
        lrtui("search", "silence").stdout,
    )
    assert not any("silence" in text for text in told)
    cached = b"".join(path.read_bytes() for path in (library / ".cache").rglob("*") if path.is_file())
    assert b"silence" not in cached


def test_feedback_is_in_no_export_and_not_found(review: str, library: Path) -> None:
    done("feedback", review, "--import", "-", given="\n".join(["roti: 4 - SENTINEL"] * 4))
    assert "SENTINEL" in done("feedback", review).stdout
    told = (
        done("show", review).output,
        done("export", review, "--format", "json", "-o", "-").output,
        done("list", "--json").output,
        lrtui("search", "SENTINEL").stdout,
    )
    assert not any("SENTINEL" in text for text in told)
    cached = b"".join(path.read_bytes() for path in (library / ".cache").rglob("*") if path.is_file())
    assert b"sentinel" not in cached.lower()


def test_how_the_reviews_went_that_one_led_stands_one_below_the_other(review: str, library: Path) -> None:
    from lrtui.desk import Desk
    from lrtui.review import intents
    from lrtui.store.library import Library

    assert "no review here yet that you led" in done("feedback", "--mine").stderr
    session = Desk(Library(library)).open(review)
    session.perform(intents.start())
    session.close()
    done("feedback", review, "5", "4", "4")
    done("feedback", review, "--next", "let silence stand")
    (few, meant) = done("feedback", "--mine").stdout.splitlines()
    assert "few answers, shown from 4 on" in few
    assert few.endswith("Slow checkout")
    assert meant.strip() == "Next time I will let silence stand"
    done("feedback", review, "3")
    assert f"  {'=' * 16}      4.0 of 5  Slow checkout\n" in done("feedback", "--mine").stdout
    (point,) = json.loads(done("feedback", "--mine", "--json").stdout)
    assert (point["name"], point["answers"], point["average"]) == (review, 4, 4.0)
    assert lrtui("feedback", review, "--mine").exit_code == 1
