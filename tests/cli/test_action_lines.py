"""Actions as a person reads them on the command line."""

from __future__ import annotations

from datetime import date

from lrtui.cli.action_lines import as_text
from lrtui.review.followup import By
from lrtui.review.followup_teams import teams
from tests.review.following import CUSTOMS, action, stand

OVER = date(2026, 11, 20)
ITEMS = stand(
    [
        action("look at me", id="a", over=OVER, due=date(2026, 11, 1), team="Data"),
        action("leave me", id="b", number=2, due=date(2026, 11, 2), team="Data"),
    ]
)


def headings(by: By) -> list[str]:
    return [line for line in as_text(ITEMS, by) if line and not line.startswith(" ")]


def test_what_waits_for_a_second_look_comes_first_under_a_heading_that_tells_so() -> None:
    assert headings(By.DUE) == ["Still the right actions? (1)", "Overdue (1)"]
    assert headings(By.TEAM) == ["Still the right actions? (1)", "Data (1)"]
    assert headings(By.OWNER) == ["Still the right actions?", "No owner yet"]
    assert "second look due" not in "\n".join(as_text(ITEMS, By.DUE))


def test_below_the_figures_of_a_team_stand_all_its_actions() -> None:
    lines = list(as_text(ITEMS, By.TEAM, teams(ITEMS, [], CUSTOMS)))
    assert lines[:2] == ["Data (2)", "  2 open · 2 overdue · none done yet"]
    assert "second look due" in lines[2]
