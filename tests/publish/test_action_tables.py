"""What spreadsheets, programs and issue trackers are given of actions."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given

from lrtui.publish.action_tables import as_csv, as_json
from lrtui.publish.digest import digest
from lrtui.publish.trackers import github, gitlab, jira
from lrtui.review.followup import By, Followed, Owner
from lrtui.review.followup_hints import Doubt
from lrtui.review.followup_teams import Closed, teams
from lrtui.review.model import State
from lrtui.review.text import clean, clean_line
from tests.publish.reading import see
from tests.review.following import CUSTOMS, TODAY, action, lists, stand

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lrtui.review.followup import Standing


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@given(lists)
def test_no_cell_of_any_table_is_a_formula_and_every_word_is_there(found: list[Followed]) -> None:
    items = stand(found)
    for text, name in ((as_csv(items), "action"), (gitlab(items), "title"), (jira(items), "Summary")):
        read = rows(text)
        listed = [item for item in items if name == "action" or item.action.state.going]
        assert len(read) == len(listed)
        for row, item in zip(read, listed, strict=True):
            assert not [cell for cell in row.values() if cell.startswith(tuple("=+-@\t\r\n"))]
            kept = clean(item.action.text) if name == "action" else clean_line(item.action.text)
            assert row[name].removeprefix("'") == kept.removeprefix("'")


def test_a_cell_that_would_be_a_formula_begins_with_an_apostrophe() -> None:
    (row,) = rows(as_csv(stand([action("=cmd|' /C calc'!A0", team="@data", ref="-1")])))
    assert (row["action"], row["team"], row["reference"]) == ("'=cmd|' /C calc'!A0", "'@data", "'-1")


@given(lists)
def test_json_has_every_word_as_it_is(found: list[Followed]) -> None:
    items = stand(found)
    document = json.loads(as_json(items, TODAY, lambda _: [Doubt("no date", "It has none.")]))
    assert (document["format"], document["date"], document["teams"]) == (1, "2026-11-25", [])
    told = document["actions"]
    assert [each["text"] for each in told] == [item.action.text for item in items]
    assert [each["class"] for each in told] == [item.when.value for item in items]
    assert all(each["hints"] == [{"class": "no date", "words": "It has none."}] for each in told)


def test_json_tells_the_figures_of_teams() -> None:
    figures = teams([], [Closed("Data", "", TODAY, TODAY)], CUSTOMS)
    document = json.loads(as_json([], TODAY, lambda _: [], figures))
    assert document["teams"][0]["name"] == "Data"
    assert document["teams"][0]["took"] == 0


def test_gitlab_is_given_title_description_and_date_and_no_quick_action() -> None:
    found = action("/close the valve", owners=(Owner("Ana"),), done_when="x\n/assign @bo", priority="high")
    (row,) = rows(gitlab(stand([found])))
    assert list(row) == ["title", "description", "due_date"]
    assert (row["title"], row["due_date"]) == ("/close the valve", "2026-12-05")
    lines = row["description"].splitlines()
    assert all(line.startswith("* ") for line in lines)
    assert "* Due: 2026-12-05, by default for high" in lines
    assert "* Done when: x /assign `@bo`" in lines


def test_jira_is_given_a_task_with_its_priority_and_text_that_stays_text() -> None:
    (row,) = rows(jira(stand([action("a" * 300, team="{code} *x*", priority="urgent")])))
    assert (row["Issue Type"], row["Priority"], row["Due Date"]) == ("Task", "Highest", "2026-11-23")
    assert len(row["Summary"]) == 250
    assert "Team: \\{code\\} \\*x\\*" in row["Description"]
    assert f"Action: {'a' * 300}" in row["Description"]


@given(lists)
def test_a_list_for_github_has_an_item_for_each_action_and_notifies_nobody(found: list[Followed]) -> None:
    items = stand(found)
    found_there = see(github(items))
    listed = [item for item in items if item.action.state not in {State.NOT_DOING, State.MOVED}]
    assert len(found_there.items) == len(listed)
    for text, item in zip(found_there.items, listed, strict=True):
        assert text.startswith("[x] " if item.action.state is State.DONE else "[ ] ")
        assert clean_line(item.action.text) in text
    assert not re.search(r"(?<!\w)@\w", " ".join(found_there.bare))


@pytest.mark.parametrize("writer", [gitlab, jira])
def test_what_is_imported_as_open_issues_is_open(writer: Callable[[Iterable[Standing]], str]) -> None:
    found = [action(f"it is {state.value}", id=state.value, state=state) for state in State if state is not State.IDEA]
    text = writer(stand(found))
    assert [state.value for state in State if f"it is {state.value}" in text] == ["open", "doing"]


def test_the_digest_stands_by_owner_and_counts_nothing_of_people() -> None:
    done = action("swap it", id="d", number=2, state=State.DONE, settled=TODAY, reason="seen", owners=(Owner("Bo"),))
    ours = action("raise | the limit", owners=(Owner("Ana Lima"), Owner("Bo")), team="Data", priority="high")
    text = digest(stand([ours, done, action("whose?", id="w", number=3)]), TODAY, By.OWNER)
    assert (
        text
        == """\
# Actions on 2026-11-25

1 due later, 1 no date, 1 settled.

## Ana Lima

- [ ] raise | the limit — with Bo, team Data, due ~2026-12-05, in 10 days, by default for high, high\\
  Slow checkout, 7k3q-1

## Bo

- [x] swap it — done 2026-11-25\\
  How we know: seen\\
  Slow checkout, 7k3q-2

## No owner yet

- [ ] whose? — no date\\
  Slow checkout, 7k3q-3
"""
    )


def test_the_digest_by_team_tells_the_teams_figures() -> None:
    items = stand([action(team="Data", owners=(Owner("Ana Lima"),))])
    text = digest(items, TODAY, By.TEAM, teams(items, [], CUSTOMS))
    assert "## Data\n\n1 open · none done yet\n\n- [ ] alarm at 80 % — **Ana Lima**, no date" in text
    assert "None." in digest([], TODAY, By.OWNER)
