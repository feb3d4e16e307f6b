from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from tests.cli.running import begun, done, lrtui

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.usefixtures("library")
def test_who_changed_what_and_when_is_printed_in_words() -> None:
    name = begun("--person", "Ana Lima: responder", "--zone", "Europe/Rome")
    done("note", name, "14:05 pager rings")
    result = done("history", name)
    assert result.stderr == ""
    last = result.stdout.splitlines()[-1]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d  \S+  added an event: “14:05 pager rings”", last)
    assert "added Ana Lima to the roster" in result.stdout


@pytest.mark.usefixtures("library")
def test_history_is_there_for_a_script() -> None:
    name = begun()
    done("note", name, "// unter vier Augen")
    rows = json.loads(done("history", name, "--json").stdout)
    assert [row["words"] for row in rows][-1] == "added a private line"
    assert set(rows[-1]) == {"at", "by", "words", "running", "correction"}


@pytest.mark.usefixtures("library")
def test_a_review_without_corrections_says_so() -> None:
    result = done("history", begun(), "--corrections")
    assert (result.stdout, result.stderr) == ("", "Nothing was changed after it was finished.\n")


def test_what_cannot_be_read_of_a_review_is_told(library: Path) -> None:
    name = begun()
    (journal,) = library.rglob("*.jsonl")
    journal.write_text(journal.read_text() + "not a line\n")
    assert "1 line on disk that could not be read" in done("history", name).stderr
    assert lrtui("history", "nothing-like-it").exit_code == 1
