"""Actions across reviews, as a team follows them up: which is due when, which nobody has touched, what is next.

Nothing here ranks people: figures are by team alone.
"""

from __future__ import annotations

from collections import Counter
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lrtui.review.dates import add_working_days
from lrtui.review.model import Presence, State
from lrtui.review.spans import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from lrtui.review.model import Participant, Review

SOON = 2  # days ahead in which a date is near
LONG = 30  # days without a change after which an action counts as untouched
SOAK = 2  # working days after a review, when its actions are looked at once more

DUE_BY_PRIORITY: Mapping[str, Span] = {
    "urgent": Span(3),
    "high": Span(15),
    "medium": Span(30),
    "low": Span(8, "week"),
}


def in_the_room(person: Participant, review: Review) -> bool:
    """Tell whether somebody was in the room; before the meeting and of what is written alone nobody is missing."""
    held = review.head.started is not None and not review.alone
    return not held or person.presence in {Presence.PRESENT, Presence.LEFT}


class When(StrEnum):
    """Where an action stands by its date; every action is in exactly one of these classes."""

    OVERDUE = "overdue"
    SOON = "due within two days"
    LATER = "due later"
    UNDATED = "no date"
    SETTLED = "settled"


class Owner(NamedTuple):
    """Somebody who owns an action, and whether they were in the room when it was made."""

    name: str
    here: bool = True


class Followed(NamedTuple):
    """An action as the library knows it, with what it needs of its review. Days are those of the review's zone.

    `number` counts the actions of its review as they came about; `made`, `touched` and `settled` are the days on which
    it was captured, last changed and came to its end; `changed` is the instant of the last change, ISO 8601 in UTC;
    `over` is the day on which its review ended, `zone` the name of that review's zone.
    """

    review: str
    title: str
    held: date | None
    service: str
    number: int
    id: str
    text: str
    state: State
    owners: tuple[Owner, ...] = ()
    team: str = ""
    priority: str = ""
    tags: tuple[str, ...] = ()
    ref: str = ""
    done_when: str = ""
    reason: str = ""
    due: date | None = None
    made: date | None = None
    touched: date | None = None
    settled: date | None = None
    over: date | None = None
    changed: str = ""
    zone: str = ""


class Customs(NamedTuple):
    """What goes without saying in a library: its team, when an action of a priority is due, and by when it is done."""

    team: str = ""
    due: Mapping[str, Span] = DUE_BY_PRIORITY
    slas: Mapping[str, Span] = {}


class Standing(NamedTuple):
    """How an action stands `today`: the day that it is where its review is held.

    `handle` is what it is called on the command line. `due` and `team` are its own or those by default, which is told
    beside them. `soak` tells that a second look at it is due, `untouched` that nothing has changed for long; `age` and
    `rest` count the days since it was made and since it was last changed, None where that is not known.
    """

    action: Followed
    today: date
    handle: str
    when: When
    due: date | None
    due_by_default: bool
    team: str
    team_by_default: bool
    soak: bool
    untouched: bool
    age: int | None
    rest: int | None


def standings(
    found: Iterable[Followed], today_in: Callable[[str], date], customs: Customs, tails: Mapping[str, str]
) -> list[Standing]:
    """Return how actions stand, the next due first.

    `today_in` tells what day it is in a zone; `tails` leads from a review's name to its short one.
    """
    soak_from = lru_cache(lambda over: add_working_days(over, SOAK))
    by_default = lru_cache(lambda made, priority: customs.due[priority].after(made))
    listed = []
    for action in found:
        today, due, defaulted = today_in(action.zone), action.due, False
        if due is None and action.made and action.priority in customs.due:
            due = by_default(action.made, action.priority)
            defaulted = due is not None
        rest = max(0, (today - action.touched).days) if action.touched else None
        going = action.state.going
        untouched = going and rest is not None and rest >= LONG
        soak = going and not untouched and _soaks(action, today, soak_from)
        age = max(0, ((action.settled or today) - action.made).days) if action.made else None
        handle = f"{tails.get(action.review, action.review)}-{action.number}"
        team = action.team or customs.team
        when = _when(due, today) if going else When.SETTLED
        theirs = bool(team) and not action.team
        listed.append(Standing(action, today, handle, when, due, defaulted, team, theirs, soak, untouched, age, rest))
    return sorted(listed, key=place)


def _when(due: date | None, today: date) -> When:
    if due is None:
        return When.UNDATED
    days = (due - today).days
    return When.OVERDUE if days < 0 else When.SOON if days <= SOON else When.LATER


def _soaks(action: Followed, today: date, soak_from: Callable[[date], date]) -> bool:
    """Tell whether a review's actions have rested for long enough, and nobody has looked at this one since."""
    if action.over is None or action.touched is None:
        return False
    begins = soak_from(action.over)
    return action.touched < begins <= today


_ORDER = {when: place for place, when in enumerate(When)}


def place(item: Standing) -> tuple[int, str, str, int]:
    """Return what puts actions in their order, the next due first."""
    due = item.due.isoformat() if item.due else ""
    return _ORDER[item.when], due, item.action.review, item.action.number


def tails(reviews: Iterable[str]) -> dict[str, str]:
    """Return what each review is called in short: the end of its name, the whole of it where another ends so too."""
    last = {name: name.rpartition("-")[2] for name in reviews}
    count = Counter(last.values())
    return {
        name: word if word and count[word] == 1 and (word == name or word not in last) else name
        for name, word in last.items()
    }


class By(StrEnum):
    """What actions are put together by."""

    DUE = "due"
    TEAM = "team"
    OWNER = "owner"


SOAKING = "Still the right actions?"
NO_TEAM, NO_OWNER = "No team yet", "No owner yet"


def grouped(items: Iterable[Standing], by: By, *, soak_first: bool = False) -> list[tuple[str, list[Standing]]]:
    """Put actions together under headings; inside a group they keep their order.

    By owner an action stands with the one who is accountable. With `soak_first`, those that wait for a second look
    stand in a group of their own before all others.
    """
    groups: dict[str, list[Standing]] = {}
    for item in items:
        heading = SOAKING if soak_first and item.soak else _heading(item, by)
        groups.setdefault(heading, []).append(item)
    order = _by_due if by is By.DUE else _by_name
    return sorted(groups.items(), key=lambda group: order(group[0]))


def _heading(item: Standing, by: By) -> str:
    if by is By.TEAM:
        return item.team or NO_TEAM
    if by is By.OWNER:
        return item.action.owners[0].name if item.action.owners else NO_OWNER
    return item.when.capitalize()


_DUE_HEADINGS = {heading: place for place, heading in enumerate((SOAKING, *(when.capitalize() for when in When)))}


def _by_due(heading: str) -> int:
    return _DUE_HEADINGS[heading]


def _by_name(heading: str) -> tuple[int, str]:
    return (0 if heading == SOAKING else 2 if heading in {NO_TEAM, NO_OWNER} else 1), heading.casefold()


class Wanted(NamedTuple):
    """Which actions are asked for; all that is said has to be so. Of the classes, one is enough."""

    whens: frozenset[When] = frozenset()
    untouched: bool = False
    soak: bool = False
    team: str = ""
    owner: str = ""
    service: str = ""
    review: str = ""

    def picked(self, items: Iterable[Standing]) -> Iterator[Standing]:
        """Yield those that are asked for.

        A person is named by the beginnings of their names, and so is a service, unless one is called just so; a team is
        named by its name.
        """
        items = list(items)
        team, service = self.team.casefold(), self.service.casefold()
        whole = any(item.action.service.casefold() == service for item in items)
        classes = bool(self.whens or self.untouched or self.soak)
        for item in items:
            if classes and not self._of_a_class(item):
                continue
            if team and item.team.casefold() != team:
                continue
            if self.owner and not any(is_named(owner.name, self.owner) for owner in item.action.owners):
                continue
            known = item.action.service
            if service and not (known.casefold() == service if whole else is_named(known, service)):
                continue
            if not self.review or item.action.review == self.review:
                yield item

    def _of_a_class(self, item: Standing) -> bool:
        return item.when in self.whens or (self.untouched and item.untouched) or (self.soak and item.soak)


def found(items: Iterable[Standing], typed: str) -> list[Standing]:
    """Return the actions that have every word of what is typed somewhere in them."""
    asked = typed.casefold().split()
    return [item for item in items if not asked or _has(_words(item), asked)]


def _has(words: str, asked: Iterable[str]) -> bool:
    return all(word in words for word in asked)


def _words(item: Standing) -> str:
    action = item.action
    told = (action.text, named(item), item.team, action.title, action.service, action.priority, action.ref)
    return " ".join((*told, *action.tags, item.handle, item.when, *marks(item))).casefold()


def is_named(name: str, asked: str) -> bool:
    """Tell whether every word that is asked for begins one of a name."""
    parts = name.casefold().split()
    return all(any(part.startswith(word) for part in parts) for word in asked.casefold().removeprefix("@").split())


def due_in_words(item: Standing) -> str:
    """Say when an action is due and how far that is; a `~` marks a date by default."""
    if item.when is When.SETTLED:
        return _ended(item.action)
    if item.due is None:
        return "no date"
    days = (item.due - item.today).days
    if days < 0:
        far = f"{-days} {'day' if days == -1 else 'days'} over"
    else:
        far = ("today", "tomorrow")[days] if days < 2 else f"in {days} days"
    return f"due {'~' if item.due_by_default else ''}{item.due.isoformat()}, {far}"


def _ended(action: Followed) -> str:
    return f"{action.state.value} {action.settled.isoformat()}" if action.settled else action.state.value


def marks(item: Standing, heading: str = "") -> list[str]:
    """Return what else there is to say of how an action stands, in words, below a heading that may tell some of it."""
    said = [f"by default for {item.action.priority}"] if item.due_by_default and item.when is not When.SETTLED else []
    said += ["doing"] if item.action.state is State.DOING else []
    said += ["second look due"] if item.soak and heading != SOAKING else []
    said += [f"untouched for {item.rest} days"] if item.untouched else []
    return said


def named(item: Standing) -> str:
    """Name who owns an action, the accountable one first."""
    return ", ".join(owner.name for owner in item.action.owners)


def waiting_reviews(items: Iterable[Standing]) -> int:
    """Count the reviews whose actions wait for a second look."""
    return len({item.action.review for item in items if item.soak})
