"""Moving the minutes of a meeting: more for the open step, taken from the steps to come, or planned to a given end.

Every operation tells what would be before anything is: a `Change` is the review as it is, and as it would be. Minutes
are moved whole and sum up. No step gets fewer than its minimum or than it has spent; a locked one keeps its minutes,
unless it is the open one and somebody gives it more or fewer by hand. What is not possible raises `Refused` and says
what is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from lrtui.errors import Refused
from lrtui.review import agenda, dates
from lrtui.review.fields import written
from lrtui.review.model import HEAD, Put, Status, StepState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime, tzinfo

    from lrtui.review.agenda import StepPace
    from lrtui.review.fields import Json
    from lrtui.review.model import Review

_LONGEST_MEETING = timedelta(hours=10)
_TOO_FAR = "That is more than ten hours away, and no meeting is that long."
_A_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Change:
    """What would be different: the review as it is, and as it would be."""

    before: Review
    after: Review

    @property
    def puts(self) -> list[Put]:
        """What stores it."""
        puts = []
        for key, state in self.after.steps.items():
            old = self.before.steps.get(key, StepState(key))
            if (state.planned, state.uncounted) != (old.planned, old.uncounted):
                puts.append(Put("steps", key, {"planned": state.planned, "uncounted": state.uncounted or None}))
        stop = self.after.head.hard_stop
        if stop != self.before.head.hard_stop:
            fields: dict[str, Json] = {"hard_stop": written(stop) if stop else None}
            puts.append(Put("review", HEAD, fields))
        return puts

    def words(self, now: datetime, zone: tzinfo, width: int = 1000) -> str:
        """Tell the effect in one line: new minutes, and the end by a clock in `zone`; shorter where it is narrow."""
        was, would = agenda.pace(self.before, now), agenda.pace(self.after, now)
        pairs = list(zip(was.steps, would.steps, strict=True))
        taken = [f"{new.title} took {dates.clock_text(new.spent)}" for old, new in pairs if old.spent != new.spent]
        changed = [(old, new) for old, new in pairs if old.planned != new.planned]
        own = taken + [f"{new.title} {new.planned // 60} min" for _, new in changed if new.state == "open"]
        others = [(old, new) for old, new in changed if new.state != "open"]
        ends = [would.end_words(zone) + _shifted(was, would), "" if _on_the_minute(would) else would.stop_words(zone)]
        forms = [[*own, *form, *ends] for form in _others(others)]
        lines = [" · ".join(part for part in form if part) for form in [*forms, ends if would.ends else own]]
        return next((line for line in lines if len(line) <= width), lines[-1])


def _others(changed: Sequence[tuple[StepPace, StepPace]]) -> Iterator[list[str]]:
    """Yield ways to tell the new minutes of steps, from the longest to none at all."""
    if changed:
        yield [", ".join(f"{new.title} {new.planned // 60}" for _, new in changed)]
        before, after = (sum(pair[side].planned for pair in changed) // 60 for side in (0, 1))
        yield [f"{len(changed)} {'step' if len(changed) == 1 else 'steps'} {before} → {after} min"]
    yield []


def _shifted(was: agenda.Pace, would: agenda.Pace) -> str:
    """Tell by how much the end is moved, as a clock without seconds shows it."""
    if was.ends is None or would.ends is None:
        return ""
    shift = would.ends.replace(second=0) - was.ends.replace(second=0)
    if not shift:
        return ", as before"
    return f", {dates.spell_duration(abs(shift))} {'later' if shift > timedelta() else 'earlier'}"


def _on_the_minute(pace: agenda.Pace) -> bool:
    """Tell whether a clock without seconds shows the same for the projected end and the hard stop."""
    return (
        pace.ends is not None and pace.stop is not None and pace.ends.replace(second=0) == pace.stop.replace(second=0)
    )


def add(review: Review, minutes: int, now: datetime) -> Change:
    """Give the open step more minutes, or fewer; the end moves."""
    step = _open(review, now)
    if minutes < 0 and -minutes > _spare(step):
        raise Refused(_too_much(step, _spare(step), "/-"))
    planned = min(step.planned + 60 * minutes, agenda.LONGEST)
    if planned == step.planned:
        raise Refused("No minutes were given.")
    return _change(review, {step.key: planned})


def take(review: Review, minutes: int, now: datetime) -> Change:
    """Give the open step minutes of the steps to come, from each in proportion to what it can give.

    The end stays; where the step has run over already, it comes back by as much of that as the minutes cover.
    """
    step = _open(review, now)
    coming = [item for item in agenda.pace(review, now).steps if item.state == "coming" and not item.locked]
    spare = [_spare(item) for item in coming]
    if minutes < 1:
        raise Refused("Write how many minutes to take from the steps to come: /take 5.")
    if minutes > sum(spare):
        can = f"can give {sum(spare)} min: /take {sum(spare)}" if any(spare) else "have no minutes to give"
        raise Refused(f"The steps to come {can}.")
    given = zip(coming, shares(minutes, spare), strict=True)
    return _change(
        review,
        {step.key: step.planned + 60 * minutes, **{item.key: item.planned - 60 * share for item, share in given}},
    )


def give_back(review: Review, minutes: int | None, now: datetime) -> Change:
    """Give unused minutes of the open step, or all of them, to the steps to come that have fewer than intended."""
    step = _open(review, now)
    coming = [item for item in agenda.pace(review, now).steps if item.state == "coming" and not item.locked]
    lost = [max(0, item.intended - item.planned) // 60 for item in coming]
    if not any(lost):
        raise Refused("Nothing was taken from the steps to come.")
    most = min(_spare(step), sum(lost))
    given = most if minutes is None else minutes
    if not 1 <= given <= most:
        raise Refused(_too_much(step, most, "/give "))
    back = zip(coming, shares(given, lost), strict=True)
    return _change(
        review, {step.key: step.planned - 60 * given, **{item.key: item.planned + 60 * share for item, share in back}}
    )


def end_at(review: Review, stop: datetime, now: datetime) -> Change:
    """Plan what remains so that the meeting ends at `stop`, which becomes its hard stop.

    Shrinks in proportion to what each step can give, stretches in proportion to what each has. The open step takes the
    odd seconds. Times are told in the zone of `stop`.
    """
    pace = agenda.pace(review, now)
    if review.head.status is Status.DONE:
        raise Refused("The review is done. Reopen it first.")
    if pace.ends is None:
        raise Refused("This agenda has no minutes, so it has no end.")
    if stop <= now:
        raise Refused(f"{stop:%H:%M} is past.")
    free = [step for step in pace.steps if step.state in {"open", "coming"} and step.planned and not step.locked]
    late = pace.ends - stop.replace(microsecond=0)
    spare = timedelta(minutes=sum(_spare(step) for step in free))
    if late > spare:
        raise Refused(_not_before((pace.ends - spare).astimezone(stop.tzinfo), now))
    return Change(review, _stopping(_planned(review, _fitted(free, int(late.total_seconds()))), stop))


def _not_before(earliest: datetime, now: datetime) -> str:
    needed = -((now - earliest) // _A_MINUTE)
    shown = earliest if not earliest.second else earliest + _A_MINUTE  # as it can be typed
    return f"At least {needed} min are needed: {shown:%H:%M}. /skip leaves a step out."


def no_end(review: Review, _: datetime) -> Change:
    """Forget the hard stop; the minutes stay as they are."""
    if review.head.hard_stop is None:
        raise Refused("No end was set.")
    return Change(review, _stopping(review, None))


def catch_up(review: Review, now: datetime, zone: tzinfo) -> Change:
    """Plan what remains to the end that was planned: the planned beginning, and the minutes of the template."""
    if review.head.planned is None:
        raise Refused("No beginning was planned for this meeting. The set-up asks for one.")
    planned = review.head.planned.astimezone(zone)
    if planned > now:
        raise Refused(f"The beginning was planned for {planned:%m-%d %H:%M}, which is still ahead: nothing is late.")
    return end_at(review, _planned_end(review, planned), now)


def late_start(review: Review, now: datetime, zone: tzinfo) -> str:
    """Say that a meeting has just begun later than planned, and what can be done about it; empty for any other."""
    planned, started = review.head.planned, review.head.started
    if planned is None or started is None or review.head.status is not Status.LIVE or now - started >= _A_MINUTE:
        return ""
    late = started - planned
    if late < _A_MINUTE or _planned_end(review, planned) <= now:
        return ""
    ends = agenda.pace(review, now).end_words(zone)
    begun = f"The meeting begins {late // _A_MINUTE} min late and {ends}"
    try:
        change = catch_up(review, now, zone)
    except Refused:
        return f"{begun}."
    kept = agenda.pace(change.after, now).end_words(zone)
    return f"{begun}; /catch-up shortens its steps so that it {kept}, as planned."


def _planned_end(review: Review, planned: datetime) -> datetime:
    return planned + timedelta(minutes=review.template.minutes)


def _fitted(free: Sequence[StepPace], late: int) -> dict[str, int]:
    """Return the new seconds of the steps that may be changed, so that the end moves by `late` seconds."""
    if late > 0:
        minutes = -(-late // 60)
        parts = shares(minutes, [_spare(step) for step in free])
        planned = {step.key: step.planned - 60 * part for step, part in zip(free, parts, strict=True)}
        odd = 60 * minutes - late
    else:
        free = [step for step in free if step.left] or [step for step in free if step.state == "open"] or free[:1]
        over = sum(max(0, step.spent - step.planned) for step in free)  # of the only one, where none has anything left
        minutes, odd = divmod(over - late, 60)
        parts = shares(minutes, [step.planned for step in free])
        planned = {step.key: step.planned + 60 * part for step, part in zip(free, parts, strict=True)}
    for step in free:
        if step.state == "open" and planned[step.key] >= step.spent:
            planned[step.key] += odd
    return planned


def shares(count: int, weights: Sequence[int]) -> list[int]:
    """Part `count` into whole shares in proportion to `weights`; where these sum up to enough, none exceeds its weight.

    With no weight at all there is nobody to get a share.
    """
    total = sum(weights) or 1
    parts = [count * weight // total for weight in weights]
    rest = count - sum(parts) if any(weights) else 0
    nearest = sorted(range(len(weights)), key=lambda at: -(count * weights[at] % total))
    for at in nearest[:rest]:
        parts[at] += 1
    return parts


def _open(review: Review, now: datetime) -> StepPace:
    step = agenda.pace(review, now).current
    if step is None:
        raise Refused("No step is open. Go to one to change its minutes.")
    return step


def _spare(step: StepPace) -> int:
    """Return how many whole minutes a step can lose."""
    return max(0, step.planned - max(step.least, step.spent)) // 60


def _too_much(step: StepPace, most: int, word: str) -> str:
    return f"“{step.title}” can give {most} min: {word}{most}." if most else f"“{step.title}” has no minutes to give."


def _change(review: Review, planned: Mapping[str, int]) -> Change:
    return Change(review, _planned(review, planned))


def _planned(review: Review, planned: Mapping[str, int]) -> Review:
    """Return a review whose steps have these seconds."""
    steps = dict(review.steps)
    for key, seconds in planned.items():
        step = review.template.step(key)
        as_intended = step is not None and seconds == 60 * step.minutes
        steps[key] = replace(steps.get(key, StepState(key)), planned=None if as_intended else seconds)
    return replace(review, steps=steps)


def _stopping(review: Review, stop: datetime | None) -> Review:
    return replace(review, head=replace(review.head, hard_stop=stop))


class Wish(NamedTuple):
    """What somebody has typed: what it is called in the journal, and what it would change at an instant."""

    do: str
    change: Callable[[Review, datetime], Change]


def _time(words: str, _: tzinfo) -> Wish:
    minutes = number(words or "5", "/+5 or /-5")
    return Wish("change minutes", lambda review, now: add(review, minutes, now))


def _take(words: str, _: tzinfo) -> Wish:
    minutes = number(words or "1", "/take 5")
    return Wish("take minutes", lambda review, now: take(review, minutes, now))


def _give(words: str, _: tzinfo) -> Wish:
    minutes = number(words, "/give 5, or /give for all that is unused") if words else None
    return Wish("give minutes back", lambda review, now: give_back(review, minutes, now))


def number(words: str, example: str) -> int:
    """Read a number of minutes."""
    try:
        return int(words)
    except ValueError:
        raise Refused(f"Write the minutes as a number: {example}.") from None


def _end(words: str, zone: tzinfo) -> Wish:
    if words.casefold() == "off":
        return Wish("forget the end", no_end)
    spoken = dates.parse_time(words)
    if spoken is None or spoken.end is not None:
        raise Refused("Write the time: /end 15:00; /end off forgets it.")
    return Wish("plan the end", lambda review, now: end_at(review, _end_meant(spoken, now, zone), now))


def _end_meant(spoken: dates.Spoken, now: datetime, zone: tzinfo) -> datetime:
    """Return the instant of an end: the coming one, unless no meeting takes until then."""
    read = dates.coming(spoken, now, zone)
    if read is None or not dates.is_for_a_meeting(read):
        raise Refused(_TOO_FAR)
    if read - now <= _LONGEST_MEETING:
        return read.astimezone(zone)
    if not spoken.day and read.astimezone(zone).date() > now.astimezone(zone).date():
        raise Refused(f"{read.astimezone(zone):%H:%M} is past.")
    raise Refused(_TOO_FAR)


def _catch_up(_: str, zone: tzinfo) -> Wish:
    return Wish("end as planned", lambda review, now: catch_up(review, now, zone))


# What is typed after the commands that move minutes, by their names; times are those of a clock in the zone.
WISHES: Mapping[str, Callable[[str, tzinfo], Wish]] = {
    "time": _time,
    "take": _take,
    "give": _give,
    "end": _end,
    "catch-up": _catch_up,
}
