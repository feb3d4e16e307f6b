"""One open review: intents go in, changes are stored, the new state comes out.

The only way in which anything changes a review, whoever asks: a screen, a verb of the command line, a test. When
`perform` returns, the change is on disk.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from lrtui.errors import Refused, StoreError
from lrtui.review import agenda, dates, intents, leap, lines
from lrtui.review.capture import PREFIXES
from lrtui.review.fields import text
from lrtui.review.model import HEAD, Action, Entry, Kind, Review
from lrtui.store import undo
from lrtui.store.author import person_of
from lrtui.store.storage import uncollected

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from lrtui.publish.history import Told
    from lrtui.review.fields import Fields
    from lrtui.review.intents import Intent
    from lrtui.review.leap import Leap
    from lrtui.review.model import Put
    from lrtui.store.alive import SignOfLife
    from lrtui.store.journal import Group
    from lrtui.store.lock import ReviewLock
    from lrtui.store.storage import JournalStorage

LEFT_RUNNING = 300  # seconds without a sign of life after which the clock is taken to have been left running


def now() -> datetime:
    """Return the present instant."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Session:
    """One open review. `notice` is what its opening has to tell, if anything.

    Whoever shows the clock calls `beat` at every tick; `alive` keeps that for the next opening.
    `prefixes` are those by which lines are typed here. One that was opened `beside` the room view leaves its clock be.
    """

    name: str
    storage: JournalStorage
    clock: Callable[[], datetime] = now
    lock: ReviewLock | None = None
    alive: SignOfLife | None = None
    notice: str = ""
    prefixes: Mapping[str, Kind] = field(default_factory=lambda: PREFIXES)
    beside: bool = False
    review: Review = field(init=False)
    _leap: Leap | None = field(default=None, init=False)
    _beaten: datetime | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        """Read the review."""
        with uncollected():
            self.review = Review.read(self.storage.tables)

    @property
    def desk_name(self) -> str:
        """The name under which what is half typed here is kept: room and console have desks of their own."""
        return f"{self.name}.console" if self.beside else self.name

    @property
    def read_only(self) -> bool:
        """Whether nothing can be changed here."""
        return bool(self.storage.refusal)

    @property
    def today(self) -> date:
        """Today's date in the review's own time zone."""
        return self.clock().astimezone(dates.zone_of(self.review)).date()

    def perform(self, intent: Intent) -> None:
        """Do it: when this returns, the change is on disk and `review` shows it.

        Raises `Refused` where the review is not such that it can be done, `StoreError` where it could not be stored; in
        both cases nothing has changed. What others have written meanwhile is taken in first.
        """
        self.follow()
        self._look_first()
        context = intents.Context(self.clock(), self.today, self.storage.new_id, self.prefixes)
        self._store(intent.do, [self._having_seen(put) for put in intent.change(self.review, context)])

    def _having_seen(self, put: Put) -> Put:
        """Let a change of a line's words settle what was written in the table that the line has left.

        Whoever changes them has been shown both.
        """
        left = lines.unseen(self.storage.kept, put.table, put.id) if "text" in put.set else None
        return put if left is None or "moved" in put.set else put._replace(set={**put.set, "moved": left["text"]})

    def follow(self) -> bool:
        """Take in what others have written since; tell whether there was anything.

        Raises a `StoreError` where the review cannot be read any more; it then stays as it was.
        """
        changed = self.storage.follow()
        if changed:
            self.review = self.review.refreshed(self.storage.tables, changed)
        return bool(changed)

    @property
    def rivals(self) -> Mapping[str, str]:
        """What somebody else made of a captured line at the same time, by the line's id.

        Private words are in none, whichever of the two versions is private: rivals are shown to the room.
        """
        found: dict[str, str] = {}
        for table, key in {*self.storage.rivals, *lines.came_over(self.storage.kept)}:
            line = self._line(table, key)
            if line is None:
                continue
            present: Fields = {"kind": line.kind.value} if isinstance(line, Entry) else {}
            made = self.storage.rivals.get((table, key), {})
            for other in ({**present, **made}, lines.unseen(self.storage.kept, table, key)):
                private = Kind.PRIVATE.value in {present.get("kind"), other.get("kind") if other else None}
                words = text(other, "text") if other and not private else ""
                if words and words != line.text:
                    found[key] = words
        return found

    def _line(self, table: str, key: str) -> Entry | Action | None:
        captured: dict[str, Mapping[str, Entry | Action]] = {
            "entries": self.review.entries,
            "actions": self.review.actions,
        }
        return captured.get(table, {}).get(key)

    def told(self) -> list[Told]:
        """Return who changed what and when, in words; see `lrtui.publish.history`."""
        from lrtui.publish.history import told

        return told(self.storage.groups)

    @property
    def undoable(self) -> Group | None:
        """The change that `undo` takes back, if there is one."""
        return next(reversed(self._stacks()[0]), None)

    @property
    def redoable(self) -> Group | None:
        """The change that `redo` does again, if there is one."""
        return next(reversed(self._stacks()[1]), None)

    def undo(self) -> str:
        """Take back the last change that was made by this author; return what it was called.

        Time that has passed stays where it was spent; see `agenda.rewound`.
        """
        self.follow()
        self._look_first()
        undoable, _ = self._stacks()
        if not undoable:
            raise Refused("There is nothing to undo.")
        group = undoable[-1]
        self._rewind(undo.UNDO, group, undo.inverse(group, self.storage.kept, agenda.PASSING))
        return group.do

    def redo(self) -> str:
        """Do again what was undone last; return what it was called."""
        self.follow()
        self._look_first()
        _, redoable = self._stacks()
        if not redoable:
            raise Refused("There is nothing to do again.")
        group = redoable[-1]
        self._rewind(undo.REDO, group, undo.again(group, self.storage.kept, agenda.PASSING))
        return group.do

    def beat(self) -> bool:
        """Look at the clock; tell whether it has leapt since the last look.

        A sign of life is left for the next opening, so that the time until now is not lost if the program dies.
        """
        if self.read_only:
            return False
        now = self.clock()
        last, self._beaten = self._beaten or now, now
        found = leap.noticed(self.review, last, now)
        if found is not None:
            self._leap = leap.together(self.leap, found)
        if self.alive and self.review.head.since is not None:
            self.alive.give(now)
        return found is not None

    def look_away(self) -> None:
        """Let no time be a leap of the clock in which it was not looked at on purpose; the next look begins anew."""
        self._beaten = None

    @property
    def leap(self) -> Leap | None:
        """A leap of the clock that nobody has decided about yet."""
        return leap.undecided(self.review, self._leap)

    def leap_is_decided(self) -> None:
        """Ask no more about the leap of the clock."""
        self._leap = None

    def _look_first(self) -> None:
        """Notice a leap before what is done next books the time of the step."""
        if self._beaten is not None:
            self.beat()

    def stop_forgotten_clock(self) -> None:
        """Stop a clock that ran on after the program had died, at the last sign of life.

        One that was started on another machine may well run there: no sign of life of that machine comes here, and
        stopping it here would take its time away once the journals meet.
        """
        since = self.review.head.since
        if since is None or self.read_only:
            return
        now = self.clock()
        if self.runs_elsewhere:
            local = since.astimezone()
            self.notice = self.notice or (
                f"The clock has been running since {local:%H:%M}, started on another machine. /pause stops it."
            )
            return
        alive = max(since, self._last_change or since, self._last_beat(now) or since)
        if (now - alive).total_seconds() > LEFT_RUNNING:
            try:
                self.perform(intents.stop_clock(alive))
            except StoreError as error:  # it can be read all the same
                self.notice = str(error)
                return
            local = alive.astimezone()
            self.notice = f"The clock was stopped at {local:%H:%M}, lrtui's last sign of life. /pause lets it go on."

    @property
    def runs_elsewhere(self) -> bool:
        """Whether the clock runs, and was let go on by somebody else's machine."""
        return self.review.head.since is not None and not self._clock_is_ours

    @property
    def _clock_is_ours(self) -> bool:
        """Whether the clock was let go on by this author last, here or in the console."""
        turns = (
            group.by
            for group in reversed(self.storage.groups)
            if any(put.table == "review" and put.id == HEAD and "since" in put.set for put in group.changes)
        )
        return person_of(next(turns, "")) == person_of(self.storage.author)

    @property
    def _last_change(self) -> datetime | None:
        """When this author last changed anything, here or in the console; what others wrote is no sign of life here."""
        own = person_of(self.storage.author)
        return next((group.instant for group in reversed(self.storage.groups) if person_of(group.by) == own), None)

    def _last_beat(self, now: datetime) -> datetime | None:
        """Return the last sign of life before this opening; one from the future is none."""
        beat = self.alive.last() if self.alive else None
        return beat if beat is not None and beat <= now else None

    def leave(self) -> None:
        """Stop the clock, since nobody looks at it any more, and let others open the review.

        One that runs on another machine is left running: there somebody may look at it.
        """
        runs = self.review.head.since is not None
        if runs and not self.read_only and not self.beside and self._clock_is_ours:
            with contextlib.suppress(StoreError):  # the next opening finds the clock running on, and stops it
                self.perform(intents.stop_clock(self.clock()))
        if self.alive and self.review.head.since is None and not self.read_only:
            self.alive.drop()
        self.close()

    def close(self) -> None:
        """Let others open the review."""
        if self.lock:
            self.lock.release()

    def _stacks(self) -> tuple[list[Group], list[Group]]:
        return undo.stacks(self.storage.groups, self.storage.author, intents.SILENT)

    def _rewind(self, do: str, group: Group, puts: list[Put]) -> None:
        """Store an undo or a redo. The clock goes on or stops by it if the operation did that, and nothing since."""
        switched = undo.switched(group, "review", HEAD, "since")
        runs = self.review.head.since is not None
        if switched:
            left, right = switched if do == undo.REDO else reversed(switched)
            runs = right if runs == left else runs
        self._store(do, agenda.rewound(self.review, puts, self.clock(), runs=runs), of=group.at)

    def _store(self, do: str, puts: Sequence[Put], *, of: str | None = None) -> None:
        self.storage.append(do, puts, of=of)
        self.review = self.review.refreshed(self.storage.tables, [(put.table, put.id) for put in puts])
