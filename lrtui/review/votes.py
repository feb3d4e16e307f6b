"""Votes by dots: each person lays a few dots on the lines that matter most to them.

A vote is about the lines that a step lists when it is opened. Their numbers stay as they were, whatever is added or
taken away meanwhile. A ballot belongs to nobody, and what it says is told only when the vote is revealed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lrtui.errors import Refused
from lrtui.review import answers, lines
from lrtui.review.model import Action, Kind, Put
from lrtui.review.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from lrtui.review.fields import Json
    from lrtui.review.model import Review, Vote

DOTS = 3
_MOST_DOTS = 20


@dataclass(frozen=True, slots=True)
class Choice:
    """A line that may be voted for; `text` is empty where it is not there any more."""

    number: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Result:
    """What a line got. Lines of as many dots share a `place`, counted from 1; `tied` tells that there are such."""

    number: int
    id: str
    text: str
    dots: int
    place: int
    tied: bool


def current(review: Review) -> Vote | None:
    """Return the vote that is open or revealed, and not closed yet."""
    return next((vote for vote in reversed(list(review.votes.values())) if not vote.closed), None)


def choices(review: Review, vote: Vote) -> tuple[Choice, ...]:
    """Return what may be voted for, in the order of the numbers."""
    return tuple(Choice(at, key, _text(review, key)) for at, key in enumerate(vote.lines, 1))


def results(review: Review, vote: Vote) -> tuple[Result, ...]:
    """Return what each line got, most dots first; nothing before the vote is revealed.

    Lines that are not there any more are left out.
    """
    if not vote.revealed:
        return ()
    dots = Counter(key for ballot in vote.ballots for key in ballot)
    there = [choice for choice in choices(review, vote) if choice.text]
    counts = [dots[choice.id] for choice in there]
    told = [_result(choice, dots[choice.id], counts) for choice in there]
    return tuple(sorted(told, key=lambda result: (result.place, result.number)))


def _result(choice: Choice, dots: int, counts: list[int]) -> Result:
    place = 1 + sum(other > dots for other in counts)
    return Result(choice.number, choice.id, choice.text, dots, place, tied=dots > 0 and counts.count(dots) > 1)


def _text(review: Review, key: str) -> str:
    """Return the words of a line on one line; none where it is gone, or has become private."""
    entry, action = review.entries.get(key), review.actions.get(key)
    if entry and entry.kind is not Kind.PRIVATE:
        return clean_line(entry.text)
    return clean_line(action.text) if action else ""


def opened(review: Review, words: str, new_id: Callable[[], str]) -> list[Put]:
    """Open a vote on the lines of the open step; `words` may say how many dots each person has.

    One that was revealed is closed by it.
    """
    dots = _dots(words)
    listed = lines.listed(review, review.head.step)
    found = [line.id for line in listed if line.text.strip() and not (isinstance(line, Action) and line.state.gone)]
    before = current(review)
    if before and not before.revealed:
        raise Refused("A vote is open already. Reveal it or close it first.")
    return [*_away(review), _vote(review.head.step, found, dots, new_id)]


def _dots(words: str) -> int:
    dots = answers.numbers(words) or ([] if words.strip() else [DOTS])
    if len(dots) != 1 or not 1 <= dots[0] <= _MOST_DOTS:
        raise Refused(f"“{clean_line(words)}” is no count of dots. Each person can have from 1 to {_MOST_DOTS}.")
    return dots[0]


def _vote(step: str, found: list[str], dots: int, new_id: Callable[[], str]) -> Put:
    if len(found) < 2:
        raise Refused("A vote needs two lines or more to choose from.")
    fields: dict[str, Json] = {"step": step or None, "lines": [*found], "dots": dots}
    return Put("votes", new_id(), fields)


def cast(review: Review, key: str, words: str, new_id: Callable[[], str]) -> list[Put]:
    """Lay down one person's ballot in the vote of that id: the numbers of lines, one for each dot."""
    vote = _open(review, key)
    if vote.revealed:
        raise Refused("The dots are shown already. Vote again, and everybody starts anew.")
    typed = answers.numbers(words)
    if not typed:
        raise Refused(f"Type the numbers of lines, one for each dot: up to {vote.dots}, as in 1 2 2.")
    if len(typed) > vote.dots:
        raise Refused(f"Those are {len(typed)} dots, and each person has {vote.dots}.")
    known = {choice.number: choice for choice in choices(review, vote)}
    for number in typed:
        if number not in known:
            raise Refused(f"There is no such line to vote for: they go from 1 to {len(known)}.")
        if not known[number].text:
            raise Refused("One of those lines is not there any more.")
    return [Put("votes", key, {f"ballot.{new_id()}": [known[number].id for number in typed]})]


def revealed(review: Review, key: str) -> list[Put]:
    """Show what the ballots say."""
    vote = _open(review, key)
    if vote.revealed:
        raise Refused("The dots are shown already.")
    if not vote.ballots:
        raise Refused("No ballot is in yet.")
    return [Put("votes", key, {"revealed": True})]


def closed(review: Review, key: str) -> list[Put]:
    """Put a vote away; what it said stays."""
    _open(review, key)
    return _away(review)


def _away(review: Review) -> list[Put]:
    """Put away every vote: two people may have opened one at the same time."""
    return [Put("votes", vote.id, {"closed": True}) for vote in review.votes.values() if not vote.closed]


def again(review: Review, key: str, new_id: Callable[[], str]) -> list[Put]:
    """Close a vote and open it anew, on those of its lines that are still there."""
    vote = _open(review, key)
    left = [choice.id for choice in choices(review, vote) if choice.text]
    return [*_away(review), _vote(vote.step, left, vote.dots, new_id)]


def _open(review: Review, key: str) -> Vote:
    vote = review.votes.get(key)
    if vote is None or vote.closed:
        raise Refused("That vote is not open any more.")
    return vote
