"""What is known of templates, as plain text to read in a terminal or a mail, and as data for other programs.

Charts are of signs that need no colour: a bar of what was spent, and a mark where the plan ends. Only what
`lrtui.review.insight` has put together is told: nothing of one person, and of feedback nothing of one review.
"""

from __future__ import annotations

from dataclasses import fields
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from lrtui.review.feedback_summary import FEWEST
from lrtui.review.insight import FEW, Spread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date

    from lrtui.review.insight import Insight, Late, Period, StepSummary, Summary, Version, Vote, Worth

WIDTH = 80
PERIODS = 12  # that are told as text, the latest ones
_SPENT, _UNUSED, _PLAN = "█", "·", "|"
_LABEL, _CELL, _TITLE, _LONGEST_BAR = 25, 14, 18, 30
_VOTES = {"learned": "somebody learned", "again": "half would come again"}
_TOO_FEW = "too few"
_NUMBERS = ("zero", "one", "two", "three", "four", "five")

NOTHING = "No review that is done is known here yet. What the reviews say together is told once some are."


class Line(NamedTuple):
    """One line of the text, and whether it is a heading."""

    text: str
    heading: bool = False


def text(found: Sequence[Insight], width: int = WIDTH) -> str:
    """Return all that is known as text: first the templates beside each other, then each."""
    overview = [*_overview(found), Line("")] if len(found) > 1 else []
    told = (line for insight in found for line in (*lines(insight, width), Line("")))
    return "".join(f"{line.text.rstrip()}\n" for line in (*overview, *told, *notes(found)))


def notes(found: Sequence[Insight]) -> Iterator[Line]:
    """Yield what has to be known to read the text about these templates."""
    shown = [summary for insight in found for summary in _summaries(insight)]
    spreads = [spread for insight in found for spread in _spreads(insight)]
    if any(of.few for of in shown):
        yield Line(f"few: fewer than {_NUMBERS[FEW]} reviews, which say little by themselves.")
    if any(of.withheld and not of.worth for of in shown):
        yield Line("too few: one review is too few to tell what was answered.")
    if any(spreads):
        middle = "; in brackets lies the middle half" if any("(" in _spread(spread) for spread in spreads) else ""
        yield Line(f"Minutes and days are medians{middle}.")
    if any(of.worth or of.votes for of in shown):
        yield Line(f"Feedback counts where at least {_NUMBERS[FEWEST]} answered the question.")


def _spreads(insight: Insight) -> Iterator[Spread | None]:
    """Yield what is told with its middle half."""
    for version in insight.versions:
        yield version.summary.spent
        yield version.summary.late.days if version.summary.late else None
    yield from (step.spent for step in insight.versions[-1].steps)


def _summaries(insight: Insight) -> Iterator[Summary]:
    yield insight.whole
    yield from (version.summary for version in insight.versions)
    yield from (period.summary for period in insight.periods)


def _overview(found: Sequence[Insight]) -> Iterator[Line]:
    size = max(len(name) for name in ("template", *(insight.template for insight in found))) + 2
    yield Line(f"{'template':{size}}{'reviews':10}{'return on time':16}{'minutes':12}late", heading=True)
    for insight in found:
        whole = insight.whole
        minutes = f"{_short(whole.spent)} of {_short(whole.planned)}" if whole.spent else "no clock"
        cells = f"{_reviews(whole):10}{_worth(whole):16}{minutes:12}{_late(whole)}"
        yield Line(f"{insight.template:{size}}{cells}")


def lines(insight: Insight, width: int) -> Iterator[Line]:
    """Yield what is known of one template: versions beside each other, the steps of the latest, and over time."""
    whole = insight.whole
    yield Line(f"{insight.template}: {_counted(whole)}", heading=True)
    yield Line("")
    yield from _versions(insight.versions, width)
    yield Line("")
    yield from _steps(insight.versions, width)
    if len(insight.periods) > 1:
        yield Line("")
        yield from _periods(insight.periods, width)


def _counted(whole: Summary) -> str:
    count = "one review" if whole.reviews == 1 else f"{whole.reviews} reviews"
    days = f"on {whole.first}" if whole.first == whole.last else f"from {whole.first} to {whole.last}"
    return f"{count}, {days}"


def _versions(versions: Sequence[Version], width: int) -> Iterator[Line]:
    shown = versions[-max(1, (width - _LABEL) // _CELL) :]
    yield Line(f"{'':{_LABEL}}{''.join(f'v{version.version:<{_CELL - 1}}' for version in shown)}", heading=True)
    for label, cell in _rows(shown):
        cells = [cell(version.summary) for version in shown]
        if any(cells):
            yield Line(f"{label:{_LABEL}}{''.join((told or '-').ljust(_CELL) for told in cells)}")
    hidden = versions[: -len(shown)]
    if hidden:
        first, last = f"v{hidden[0].version}", f"v{hidden[-1].version}"
        yield Line(f"(Earlier, and not shown here: {first if first == last else f'{first} to {last}'}.)")


def _rows(shown: Sequence[Version]) -> Iterator[tuple[str, Callable[[Summary], str]]]:
    """Yield what is told of each version: a label, and what makes the cell."""
    yield "reviews", _reviews
    yield "days after the incident", lambda of: _spread(of.late.days) if of.late else ""
    yield "  later than the target", _late
    yield "minutes planned", lambda of: _short(of.planned)
    yield "minutes spent", lambda of: _spread(of.spent)
    yield "return on time", _worth
    yield "  answers", lambda of: f"{of.worth.answers} in {of.worth.reviews}" if of.worth else ""
    for key in dict.fromkeys(vote.key for version in shown for vote in version.summary.votes):
        yield _VOTES.get(key, f"{key.replace('_', ' ')[: _LABEL - 6]}: yes"), partial(_vote, key)
    yield "actions done", lambda of: _share(of.actions.done, of.actions.taken)
    yield "  dropped", lambda of: str(of.actions.dropped or "")
    yield "without an action", lambda of: _share(of.without_actions, of.reviews) if of.without_actions else ""


def _reviews(of: Summary) -> str:
    return f"{of.reviews}, few" if of.few else str(of.reviews)


def _late(of: Summary) -> str:
    return _share(of.late.late, of.late.days.number) if of.late else ""


def _worth(of: Summary) -> str:
    if of.worth is None:
        return _TOO_FEW if of.withheld else ""
    return f"{of.worth.average:.1f} of {of.worth.high}"


def _vote(key: str, of: Summary) -> str:
    """Tell in how many reviews the threshold was reached; of a question without one, how many said yes."""
    vote = next((vote for vote in of.votes if vote.key == key), None)
    if vote is None:
        return ""
    return _share(vote.yes, vote.answers) if vote.reached is None else _share(vote.reached, vote.reviews)


def _share(part: int, whole: int) -> str:
    return f"{part} of {whole}" if whole else ""


def _short(spread: Spread | None) -> str:
    return f"{spread.median:.0f}" if spread else ""


def _spread(spread: Spread | None) -> str:
    """Tell a median and, where it has one, its middle half."""
    if spread is None:
        return ""
    low, high = f"{spread.low:.0f}", f"{spread.high:.0f}"
    return f"{spread.median:.0f}" if low == high else f"{spread.median:.0f} ({low}–{high})"


def _steps(versions: Sequence[Version], width: int) -> Iterator[Line]:
    latest = versions[-1]
    before = {step.key: step for step in versions[-2].steps} if len(versions) > 1 else {}
    few = ", few reviews" if latest.summary.few else ""
    timed = any(step.spent for step in latest.steps)
    told = "minutes planned, and spent" if timed else "left out, or empty"
    yield Line(f"Steps of v{latest.version}: {told}{few}", heading=True)
    if timed:
        yield Line(f"{_SPENT} spent  {_PLAN} planned until here  {_UNUSED} planned, not used")
    most = max((max(step.minutes, step.spent.median) for step in latest.steps if step.spent), default=0)
    notes = {step.key: _notes(step, before.get(step.key), versions) for step in latest.steps}
    bar = min(_LONGEST_BAR, width - _TITLE - 20 - max(map(len, notes.values()), default=0))
    bar = max(bar, width - _TITLE - 40)
    for step in latest.steps:
        yield from _step(step, notes[step.key], width, bar / most if most else 0)


def _step(step: StepSummary, note: str, width: int, scale: float) -> Iterator[Line]:
    planned = str(step.minutes) if step.minutes else ""
    spent = _spread(step.spent) or ("-" if step.minutes else "")
    bar = _bar(step, scale)
    title = f"{step.title[: _TITLE - 2]:{_TITLE}}"
    line = f"{title}{planned:>3} {spent:11} {bar}" if planned else title
    beside = f"{line}  {note}" if bar else f"{line}{note}"
    yield Line(beside if len(beside) <= width else line)
    if note and len(beside) > width:
        yield Line(f"{'':{_TITLE + 4}}{note}")


def _bar(step: StepSummary, scale: float) -> str:
    """Draw what was spent, with a mark where the plan ends."""
    if step.spent is None or not scale:
        return ""
    planned, spent = round(step.minutes * scale), round(step.spent.median * scale)
    drawn = _SPENT * spent + _UNUSED * (planned - spent)
    return f"{drawn[:planned]}{_PLAN}{drawn[planned:]}"


def _notes(step: StepSummary, before: StepSummary | None, versions: Sequence[Version]) -> str:
    told = [
        f"{step.left_out} of {step.reviews} skipped" if step.left_out else "",
        f"{step.empty} of {step.held} empty" if step.empty else "",
        f"v{versions[-2].version}: {before.spent.median:.0f}" if before and before.spent and step.spent else "",
    ]
    return ", ".join(filter(None, told))


def _periods(periods: Sequence[Period], width: int) -> Iterator[Line]:
    wide = width >= WIDTH
    bar = 20 if wide else 8
    yield Line("Over time", heading=True)
    done = "actions done" if wide else ""
    yield Line(f"{'':9}{'reviews':10}{'return on time':{bar + 8}}{'minutes':11}{'late':10}{done}")
    for period in periods[-PERIODS:]:
        of = period.summary
        minutes = f"{_short(of.spent)} of {_short(of.planned)}" if of.spent else ""
        worth = f"{of.worth.average:.1f} {_filled(of.worth, bar)}" if of.worth else _worth(of)
        done = _share(of.actions.done, of.actions.taken) if wide else ""
        yield Line(f"{period.name:9}{_reviews(of):10}{worth:{bar + 8}}{minutes:11}{_late(of):10}{done}")
    if len(periods) > PERIODS:
        yield Line(f"(The last {PERIODS}; --json has all {len(periods)}.)")


def _filled(worth: Worth, size: int) -> str:
    count = round(size * (worth.average - worth.low) / (worth.high - worth.low))
    return _SPENT * count + _UNUSED * (size - count)


def data(found: Iterable[Insight], since: date | None) -> dict[str, object]:
    """Return all that is known for JSON. What is not known is null; minutes, days and answers are plain numbers."""
    return {
        "since": since.isoformat() if since else None,
        "fewest_answers": FEWEST,
        "templates": [
            {
                "template": insight.template,
                **_summary(insight.whole),
                "versions": [
                    {"version": version.version, **_summary(version.summary), "steps": [*map(_plain, version.steps)]}
                    for version in insight.versions
                ],
                "periods": [{"period": period.name, **_summary(period.summary)} for period in insight.periods],
            }
            for insight in found
        ],
    }


def _summary(of: Summary) -> dict[str, object]:
    days = {"first": of.first.isoformat(), "last": of.last.isoformat()}
    actions = {**of.actions._asdict(), "without": of.without_actions}
    return {
        "reviews": of.reviews,
        "few": of.few,
        **days,
        "lead_time": _plain(of.late) if of.late else None,
        "minutes": {"planned": _number(of.planned), "spent": _number(of.spent)},
        "return_on_time": _plain(of.worth) if of.worth else None,
        "votes": [_plain(vote) for vote in of.votes],
        "actions": actions,
    }


def _plain(value: Late | Worth | Vote | StepSummary) -> dict[str, object]:
    """Return the fields of what was put together as plain values."""
    return {item.name: _number(getattr(value, item.name)) for item in fields(value)}


def _number(value: object) -> object:
    """Return a value that is no longer than it can be told apart; a spread with its parts by name."""
    if isinstance(value, Spread):
        return {name: _number(part) for name, part in value._asdict().items()}
    return round(value, 2) if isinstance(value, float) else value
