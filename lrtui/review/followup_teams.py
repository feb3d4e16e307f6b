"""Age and time to close of actions, by team. Of people nothing is counted."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from lrtui.review.followup import NO_TEAM, When

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from lrtui.review.followup import Customs, Standing

FEW = 5  # below so many there is little to go by


class Closed(NamedTuple):
    """An action that was done: whose, how urgent, and the days on which it was made and done."""

    team: str
    priority: str
    made: date
    done: date


class Team(NamedTuple):
    """A team's actions: how many are open, overdue and untouched, how old they are, how many are done and in what time.

    Ages and times are medians in days, None of nothing. Of those that are done, `promised` had a priority for which the
    library promises a time, and `kept` were done within it.
    """

    name: str
    open: int
    overdue: int
    untouched: int
    age: int | None
    done: int
    took: int | None
    promised: int
    kept: int


def teams(items: Iterable[Standing], closed: Iterable[Closed], customs: Customs) -> list[Team]:
    """Return the figures of every team, by name; last those of what no team owns."""
    going: defaultdict[str, list[Standing]] = defaultdict(list)
    done: defaultdict[str, list[Closed]] = defaultdict(list)
    for item in items:
        if item.action.state.going:
            going[item.team].append(item)
    for action in closed:
        done[action.team or customs.team].append(action)
    names = sorted(going.keys() | done.keys(), key=lambda name: (not name, name.casefold()))
    return [_team(name, going[name], done[name], customs) for name in names]


def _team(name: str, going: list[Standing], done: list[Closed], customs: Customs) -> Team:
    promises = [(action, customs.slas.get(action.priority)) for action in done]
    ends = [(action.done, span.after(action.made)) for action, span in promises if span]
    return Team(
        name or NO_TEAM,
        len(going),
        sum(item.when is When.OVERDUE for item in going),
        sum(item.untouched for item in going),
        _middle(item.age for item in going if item.age is not None),
        len(done),
        _middle(max(0, (action.done - action.made).days) for action in done),
        len(ends),
        sum(end is None or day <= end for day, end in ends),
    )


def _middle(days: Iterable[int]) -> int | None:
    """Return the median, the later day between two; without the module for it, which takes long to load."""
    found = sorted(days)
    return (found[len(found) // 2] + found[~(len(found) // 2)] + 1) // 2 if found else None


def in_words(team: Team) -> str:
    """Tell a team's figures in a line; few are said to be few."""
    said = [f"{team.open} open"]
    said += [f"{team.overdue} overdue"] if team.overdue else []
    said += [f"{team.untouched} untouched"] if team.untouched else []
    said += [f"half of them older than {_days(team.age)}"] if team.age is not None and team.open >= FEW else []
    if team.took is None:
        said.append("none done yet")
    else:
        few = ", too few to go by" if team.done < FEW else ""
        said.append(f"{team.done} done, usually after {_days(team.took)}{few}")
    said += [f"{team.kept} of {team.promised} within the time promised"] if team.promised else []
    return " · ".join(said)


def _days(count: int) -> str:
    return f"{count} {'day' if count == 1 else 'days'}"
