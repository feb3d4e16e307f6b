"""What is counted is counted by team."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lrtui.review.followup import NO_TEAM, Customs, Followed
from lrtui.review.followup_teams import Closed, Team, in_words, teams
from lrtui.review.spans import Span
from tests.review.following import TODAY, action, lists, stand

MADE = date(2026, 11, 1)


def closed(team: str, *days: int, priority: str = "") -> list[Closed]:
    return [Closed(team, priority, MADE, MADE + timedelta(count)) for count in days]


def test_a_team_has_its_open_actions_their_age_and_how_long_the_done_ones_took() -> None:
    items = stand([action(id=str(day), team="Data", made=TODAY - timedelta(day), due=MADE) for day in range(5)])
    (team,) = teams(items, closed("Data", 1, 2, 30, 4, 5), Customs())
    assert team == Team("Data", 5, 5, 0, 2, 5, 4, 0, 0)
    assert in_words(team) == "5 open · 5 overdue · half of them older than 2 days · 5 done, usually after 4 days"


def test_few_are_said_to_be_few_and_none_to_be_none() -> None:
    (few,) = teams([], closed("Data", 3), Customs())
    assert in_words(few) == "0 open · 1 done, usually after 3 days, too few to go by"
    (none,) = teams(stand([action()]), [], Customs())
    assert (none.name, in_words(none)) == (NO_TEAM, "1 open · none done yet")


def test_a_promise_is_kept_until_its_last_day() -> None:
    customs = Customs(slas={"high": Span(10)})
    (team,) = teams([], [*closed("Data", 9, 10, 11, priority="high"), *closed("Data", 99)], customs)
    assert (team.promised, team.kept) == (3, 2)
    assert "2 of 3 within the time promised" in in_words(team)


def test_what_names_no_team_is_that_of_the_library() -> None:
    customs = Customs("Payments")
    (team,) = teams(stand([action()], customs), closed("", 3), customs)
    assert (team.name, team.open, team.done) == ("Payments", 1, 1)


@given(lists, st.lists(st.builds(Closed, st.sampled_from(["Data", ""]), st.just(""), st.just(MADE), st.dates(MADE))))
def test_every_open_and_every_done_action_counts_for_one_team(found: list[Followed], done: list[Closed]) -> None:
    figures = teams(stand(found), done, Customs())
    assert sum(team.open for team in figures) == sum(action.state.going for action in found)
    assert sum(team.done for team in figures) == len(done)
