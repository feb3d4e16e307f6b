from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.cli.running import begun, done, lrtui

if TYPE_CHECKING:
    from pathlib import Path


def told(*lines: str, title: str = "Slow checkout") -> str:
    name = begun("--title", title)
    if lines:
        done("note", name, *lines)
    return name


@pytest.mark.usefixtures("library")
def test_what_is_found_stands_below_the_review_that_it_is_in() -> None:
    one = told("14:05 the retry storm began", "a: limit the retries @nobody", "* nobody looks there")
    other = told("14:05 disk full", title="Retry storm in search")
    told("nothing of the kind", title="Another")
    result = done("search", "retry", "storm")
    assert {part.strip() for part in result.stdout.split("\n\n")} == {
        f"{one}  Slow checkout\n  event     the retry storm began",
        f"{other}  Retry storm in search",
    }
    assert result.stderr == ""
    assert "  action    limit the retries" in done("search", "RETR").stdout


@pytest.mark.usefixtures("library")
def test_a_fact_is_found_with_its_question() -> None:
    name = begun("--fact", "service=warehouse")
    assert done("search", "warehouse").stdout == f"{name}  Slow checkout\n  fact      service: warehouse\n"


@pytest.mark.usefixtures("library")
def test_what_is_found_is_there_for_a_script() -> None:
    name = told("14:05 the retry storm began")
    (found,) = json.loads(done("search", "--json", "storm").stdout)
    assert (found["name"], found["title"]) == (name, "Slow checkout")
    assert [(hit["kind"], hit["text"]) for hit in found["hits"]] == [("event", "the retry storm began")]
    assert found["hits"][0]["id"]


@pytest.mark.usefixtures("library")
def test_what_was_written_a_moment_ago_is_found_and_what_was_taken_back_is_not() -> None:
    name = told("14:05 the first word")
    assert lrtui("search", "second").exit_code == 1
    done("note", name, "14:06 the second word")
    assert "the second word" in done("search", "second").stdout


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("flags", [[], ["--json"]], ids=["text", "json"])
def test_what_is_private_is_never_found(flags: list[str]) -> None:
    told("// tired since the move", "14:05 said")
    result = lrtui("search", *flags, "tired")
    assert result.exit_code == 1
    assert "since the move" not in result.output


def test_where_nothing_is_found_there_is_a_sentence_and_status_1(library: Path) -> None:
    for words in (["storm"], ["--json", "storm"], ["!!!"]):
        result = lrtui("search", *words)
        assert result.exit_code == 1
        assert result.stdout == ("[]\n" if "--json" in words else "")
        assert result.stderr == (
            f"lrtui: Nothing is found for “{words[-1]}”. Try fewer words, or the beginning of one.\n"
        )
    assert not library.exists()


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("servce:checkout", "“servce:” is no filter; did you mean “service:”?"),
        ("kind:lerning", "“lerning” is no kind of line; did you mean “learning”?"),
        ("kind:wnet_well", "“wnet_well” is no kind of line; did you mean “went_well”?"),
        (
            "kind:private",
            "“private” is no kind of line; there are event, note, learning, decision, question, went_well, "
            "was_hard, parked, action, title, fact, person.",
        ),
        ("after:2026-13", "“2026-13” is no day; after “after:” stands a year, a month or a day, as in 2026-06."),
        ("before:yesterday", "“yesterday” is no day; after “before:” stands a year, a month or a day, as in 2026-06."),
        ("team:!!", "“!!” has no word in it that “team:” could look for."),
        ("error:timeout", "Try fewer words, or the beginning of one."),
        ("service:nowhere", "Try fewer words, or the beginning of one."),
    ],
)
def test_what_may_have_been_meant_as_a_filter_is_said_where_nothing_is_found(typed: str, said: str) -> None:
    told("14:05 the retry storm began")
    result = lrtui("search", typed)
    assert result.exit_code == 1
    assert result.stderr == f"lrtui: Nothing is found for “{typed}”. {said}\n"


@pytest.mark.usefixtures("library")
def test_a_filter_without_a_value_hides_nothing_as_in_the_library() -> None:
    names = {told("14:05 the retry storm began"), told(title="Mails late")}
    for typed in (["service:"], ["kind:", 'tag:""']):
        assert {line.partition("  ")[0] for line in done("search", *typed).stdout.split("\n\n")} == names
    assert lrtui("search", "service:", "!!").exit_code == 1


@pytest.mark.usefixtures("library")
def test_so_many_lines_are_shown_and_it_is_told_that_there_may_be_more() -> None:
    told(*(f"14:0{number} storm number {number}" for number in range(8)))
    assert done("search", "storm").stdout.count("storm number") == 8
    few = done("search", "--limit", "3", "storm")
    assert few.stdout.count("storm number") == 3
    assert few.stderr == "There may be more; --limit 30 shows them.\n"
    assert lrtui("search", "--limit", "0", "storm").exit_code == 2


@pytest.mark.usefixtures("library")
def test_a_search_shows_no_escape_sequence() -> None:
    told("14:05 storm \x1b]52;c;aGk=\x07 here", title="Storm\x1b[31m")
    assert "\x1b" not in done("search", "storm").output
    assert "\x1b" not in lrtui("search", "\x1b[31mnothing").output
