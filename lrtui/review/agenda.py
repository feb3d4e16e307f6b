"""The clock of a meeting: which step is open, what each has taken, when the whole will end.

How minutes are moved from step to step is told in `lrtui.review.replan`.

The clock is a start, not a count: `head.since` is the instant at which the open step began to run, and a step's `spent`
is what it had taken until the clock last left it. So it is right after a crash and on every screen. The clock knows
whole seconds only; what one step is given at a change the next one does not get, so the steps add up to the time that
the clock ran. An agenda without minutes has no clock.

Every operation returns what to store and raises `Refused` where there is nothing to do.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal, TypeAlias

from lrtui.errors import Refused
from lrtui.review.dates import clock_text
from lrtui.review.fields import written
from lrtui.review.model import HEAD, Put, Status, StepState

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime, tzinfo

    from lrtui.review.fields import Json
    from lrtui.review.model import Review
    from lrtui.review.template import Step, Template

Stage: TypeAlias = Literal["done", "open", "coming", "skipped"]

PASSING = frozenset({("steps", "spent"), ("review", "since")})  # tables and fields that no undo restores

LONGEST = 7 * 24 * 3600  # no step is planned for more than a week, whatever a file says
_ON_TIME = 60


@dataclass(frozen=True, slots=True)
class StepPace:
    """Planned against spent time of one step, in seconds. Only an open or coming step has anything left.

    `intended` is what the template plans, `least` what a re-plan leaves: its minimum, or one minute where it has any.
    That of a `locked` step is not touched.
    """

    key: str
    title: str
    planned: int
    spent: int
    state: Stage
    over: int
    left: int
    intended: int
    least: int
    locked: bool

    @property
    def nearly_up(self) -> bool:
        """Whether no more than the last twentieth is left."""
        return self.left * 20 <= self.planned

    @property
    def words(self) -> str:
        """The pace in words; empty for a step that has no clock or whose turn it is not."""
        if self.over:
            return f"over by {clock_text(self.over)}"
        if self.state != "open" or not self.planned:
            return "skipped" if self.state == "skipped" else ""
        if self.nearly_up:
            return "nearly up"
        return "wrap up" if self.left * 5 <= self.planned else "on time"


@dataclass(frozen=True, slots=True)
class Pace:
    """Planned against spent time of a meeting, in seconds.

    `behind` is how much later than planned the meeting will end, by the hard stop where one was planned to, else by the
    minutes of the steps; below zero it is ahead. `ends` is the projected end,
    None where there is no clock or the meeting is over; `stop` is when it has to end, if that was said.
    """

    steps: tuple[StepPace, ...]
    current: StepPace | None
    running: bool
    spent: int
    planned: int
    remaining: int
    ends: datetime | None
    behind: int
    words: str
    stop: datetime | None = None

    def end_words(self, zone: tzinfo) -> str:
        """Tell the projected end as a clock in `zone` shows it; empty where there is none."""
        return f"ends {self.ends.astimezone(zone):%H:%M}" if self.ends else ""

    def stop_words(self, zone: tzinfo) -> str:
        """Tell the hard stop, and by how much the projected end is past it; empty where there is none."""
        if self.ends is None or self.stop is None:
            return ""
        past = int((self.ends - self.stop).total_seconds()) // 60
        stop = f"{self.stop.astimezone(zone):%H:%M}"
        return f"{past} min past {stop}" if past > 0 else f"stop {stop}"


def pace(review: Review, now: datetime) -> Pace:
    """Return how the meeting stands at the instant `now`."""
    status = review.head.status
    steps = _paces(review, now)
    current = next((step for step in steps if step.state == "open"), None)
    running = current is not None and review.head.since is not None
    planned = sum(step.planned for step in steps)
    spent = sum(step.spent for step in steps)
    remaining = sum(step.left for step in steps)
    ends = None if not planned or status is Status.DONE else _second(now) + timedelta(seconds=remaining)
    stop = review.head.hard_stop
    late = int((ends - stop).total_seconds()) if ends and stop else spent + remaining - planned
    behind = late if planned else 0
    words = _words(status, behind, running=running) if planned else ""
    return Pace(steps, current, running, spent, planned, remaining, ends, behind, words, stop)


def _paces(review: Review, now: datetime) -> tuple[StepPace, ...]:
    steps = review.template.steps
    opened = _current(review) if review.head.status is not Status.DONE else None
    place = steps.index(opened) if opened else len(steps)
    return tuple(_step_pace(review, step, at - place, now) for at, step in enumerate(steps))


def _step_pace(review: Review, step: Step, distance: int, now: datetime) -> StepPace:
    """Return a step's pace; `distance` is how many places it comes after the open step, or after the last one."""
    planned = _planned(review, step)
    spent = _spent(review, step, now)
    stage = _stage(review, step, distance)
    timed = planned > 0 or step.minutes > 0
    left = max(0, planned - spent) if stage in {"open", "coming"} else 0
    over = max(0, spent - planned) if timed else 0
    locked = is_locked(review, step)
    intended, least = 60 * step.minutes, 60 * max(step.at_least, min(1, step.minutes))
    return StepPace(step.key, step.title, planned, spent, stage, over, left, intended, least, locked)


def _stage(review: Review, step: Step, distance: int) -> Stage:
    """Return where a step stands. One that was jumped over is still to come: the room may mean to return to it."""
    state = _state(review, step)
    if distance == 0:
        return "open"
    if state.skipped:
        return "skipped"
    if state.visited and distance < 0:
        return "done"
    return "skipped" if review.head.status is Status.DONE else "coming"


def _words(status: Status, behind: int, *, running: bool) -> str:
    if status is Status.DRAFT:
        return "not started"
    if status is Status.DONE:
        return "done"
    if not running:
        return "paused"
    if abs(behind) <= _ON_TIME:
        return "on time"
    return f"{behind // 60} min behind" if behind > 0 else f"{-behind // 60} min ahead"


def start(review: Review, now: datetime) -> list[Put]:
    """Begin the meeting with its first step. One that has begun goes on; one that is done is taken up again, live."""
    status = review.head.status
    if status is Status.DRAFT:
        first = next((step.key for step in review.template.steps if not _state(review, step).skipped), None)
        return open_step(review, first, now) if first else [_head(_begun(review, now))]
    if status is Status.DONE:
        runs = _timed(review) and _current(review) is not None
        return [_head({"status": Status.LIVE.value, "ended": None, "since": _stamp(now) if runs else None})]
    return resume(review, now)


def open_step(review: Review, key: str, now: datetime) -> list[Put]:
    """Go to a step, whichever it is; the clock runs on with it, or begins to."""
    step = review.template.step(key)
    if step is None:
        raise Refused("There is no such step on this agenda.")
    if review.head.status is Status.DONE:
        raise Refused("The review is done. Reopen it to go on.")
    runs = _timed(review)
    if key == review.head.step and runs == (review.head.since is not None):
        raise Refused(f"“{step.title}” is open already.")
    return [
        *_settled(review, now),
        Put("steps", key, {"visited": True, "skipped": None}),
        _head({**_begun(review, now), "step": key, "since": _stamp(now) if runs else None}),
    ]


def turn(review: Review, key: str, now: datetime) -> list[Put]:
    """Go to a step of a review that is written alone: that begins no meeting, and the clock stands."""
    if review.template.step(key) is None:
        raise Refused("There is no such step on this agenda.")
    return [*_settled(review, now), _head({"step": key, "since": None})]


def following(review: Review) -> str | None:
    """Return the key of the step that follows, passing over those marked as skipped; None after the last."""
    step = _current(review)
    steps = review.template.steps
    rest = steps[steps.index(step) + 1 :] if step else steps
    return next((item.key for item in rest if not _state(review, item).skipped), None)


def preceding(review: Review) -> str | None:
    """Return the key of the step before this one, skipped or not; None before the first."""
    step = _current(review)
    place = review.template.steps.index(step) if step else 0
    return review.template.steps[place - 1].key if place else None


def skip(review: Review, now: datetime) -> list[Put]:
    """Go on to the step that follows; the one left behind is marked as skipped unless something was captured in it."""
    step = _current(review)
    if step is None:
        raise Refused("No step is open, so there is none to skip.")
    key = following(review)
    if key is None:
        raise Refused("This is the last step.")
    mark = [] if _has_lines(review, step) else [Put("steps", step.key, {"skipped": True})]
    return [*open_step(review, key, now), *mark]


def _has_lines(review: Review, step: Step) -> bool:
    entries = (entry.step for entry in review.entries.values())
    actions = (action.step for action in review.actions.values())
    return step.key in entries or step.key in actions


def pause(review: Review, now: datetime) -> list[Put]:
    """Stop the clock."""
    if review.head.since is None:
        raise Refused("The clock is already stopped.")
    return stopped_at(review, now)


def stopped_at(review: Review, at: datetime) -> list[Put]:
    """Stop the clock at an instant that may lie in the past: the time since then is not counted."""
    return [*_settled(review, at), _head({"since": None})] if review.head.since else []


def resume(review: Review, now: datetime) -> list[Put]:
    """Let the clock go on with the open step."""
    hindrance = _hindrance(review)
    if hindrance:
        raise Refused(hindrance)
    return [_head({"since": _stamp(now)})]


def _hindrance(review: Review) -> str:
    """Say why the clock cannot go on; empty where it can."""
    if review.head.status is Status.DRAFT:
        return "The review has not started yet. Start it, and the clock runs."
    if review.head.status is Status.DONE:
        return "The review is done. Reopen it first."
    if review.head.since is not None:
        return "The clock is already running."
    if _current(review) is None:
        return "No step is open. Go to one, and the clock runs."
    return "" if _timed(review) else "This agenda has no minutes, so it has no clock."


def wrap_up(review: Review, now: datetime) -> list[Put]:
    """Come to the close; the clock runs on."""
    if review.head.status is Status.WRAP_UP:
        raise Refused("The review is being wrapped up already.")
    if review.head.status is Status.DONE:
        raise Refused("The review is done. Reopen it first.")
    return [_head({**_begun(review, now), "status": Status.WRAP_UP.value})]


def finish(review: Review, now: datetime) -> list[Put]:
    """End the meeting: the clock stops, the review is done, and the end that was set for it holds no more."""
    if review.head.status is Status.DONE:
        raise Refused("The review is done already.")
    ended: dict[str, Json] = {"status": Status.DONE.value, "ended": _stamp(now), "since": None, "hard_stop": None}
    return [*_settled(review, now), _head({**_begun(review, now), **ended})]


def reopen(review: Review, _: datetime) -> list[Put]:
    """Take up a review that is done, at its close. The clock stays stopped: most often something is to be corrected."""
    if review.head.status is not Status.DONE:
        raise Refused("The review is open already.")
    return [_head({"status": Status.WRAP_UP.value, "ended": None, "since": None})]


def toggle_lock(review: Review, key: str) -> list[Put]:
    """Let a step keep its minutes whatever is re-planned; where it does, let it give and get minutes again."""
    step = review.template.step(key)
    if step is None:
        raise Refused("There is no such step on this agenda.")
    if not _timed(review):
        raise Refused("This agenda has no minutes, so there are none to keep.")
    locked = not is_locked(review, step)
    return [Put("steps", key, {"locked": None if locked == step.locked else locked})]


def is_locked(review: Review, step: Step) -> bool:
    """Tell whether a step keeps its minutes: as somebody has said during the meeting, else as the template says."""
    said = _state(review, step).locked
    return step.locked if said is None else said


def change_template(review: Review, template: Template, now: datetime) -> list[Put]:
    """Go on by another template. The time so far is booked; the clock stops where the new agenda has no open step."""
    head = review.head
    runs = head.since is not None and template.minutes > 0 and template.step(head.step) is not None
    fields: dict[str, Json] = {"template": dict(template.source or {}), "since": _stamp(now) if runs else None}
    return [*_settled(review, now), _head(fields)]


def rewound(review: Review, puts: Sequence[Put], now: datetime, *, runs: bool) -> list[Put]:
    """Return what stores an undo or a redo: `puts`, which leave out what is `PASSING`, and what the clock makes of it.

    What ran until `now` is booked where it ran; from now on the clock runs for the step that is open then, or stands as
    `runs` says. It never runs in a review that has not begun or is done.
    """
    fields = {name: value for put in puts if put.table == "review" for name, value in put.set.items()}
    if not fields and runs == (review.head.since is not None):
        return list(puts)
    status = fields.get("status", review.head.status.value)
    step = fields.get("step", review.head.step)
    runs = runs and bool(step) and status in {Status.LIVE.value, Status.WRAP_UP.value}
    return [*_settled(review, now), *puts, _head({"since": _stamp(now) if runs else None})]


def _begun(review: Review, now: datetime) -> dict[str, Json]:
    """Return what makes a draft a meeting that has begun; nothing for any other review."""
    if review.head.status is not Status.DRAFT:
        return {}
    return {"status": Status.LIVE.value, "started": written(review.head.started or _second(now))}


def _settled(review: Review, now: datetime) -> list[Put]:
    """Return what books the time until `now` on the running step."""
    step = _current(review)
    if step is None or review.head.since is None:
        return []
    spent = _ran(review, step, now)
    return [Put("steps", step.key, {"spent": spent})] if spent != _state(review, step).spent else []


def _spent(review: Review, step: Step, now: datetime) -> int:
    return max(0, _ran(review, step, now) - max(0, _state(review, step).uncounted))


def _ran(review: Review, step: Step, now: datetime) -> int:
    """Return for how long the clock ran for a step, whether that counts or not."""
    head = review.head
    ran = max(0, _state(review, step).spent)
    if head.since is None or head.step != step.key:
        return ran
    return ran + max(0, int((_second(now) - _second(head.since)).total_seconds()))


def _planned(review: Review, step: Step) -> int:
    planned = _state(review, step).planned
    return min(max(0, 60 * step.minutes if planned is None else planned), LONGEST)


def _timed(review: Review) -> bool:
    return any(_planned(review, step) for step in review.template.steps)


def _current(review: Review) -> Step | None:
    return review.template.step(review.head.step)


def _state(review: Review, step: Step) -> StepState:
    return review.steps.get(step.key) or StepState(step.key)


def _head(fields: dict[str, Json]) -> Put:
    return Put("review", HEAD, fields)


def _second(instant: datetime) -> datetime:
    return instant.replace(microsecond=0)


def _stamp(instant: datetime) -> str:
    return written(_second(instant))
