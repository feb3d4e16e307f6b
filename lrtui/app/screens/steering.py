"""Steering the meeting: through the agenda, and with the clock."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from lrtui import commands
from lrtui.app.screens.base import Now, wanted
from lrtui.app.screens.capturing import CapturingScreen
from lrtui.errors import Refused
from lrtui.review import agenda, intents, leap, replan
from lrtui.review.model import Status
from lrtui.review.replan import Wish

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrtui.review import capture
    from lrtui.review.template import Step


class SteeringScreen(CapturingScreen):
    """A screen from which the meeting is led."""

    _turned_to = ""

    @property
    def reads(self) -> bool:
        """Whether turning to another step changes nothing: the review is over, or open for reading only."""
        return self.session.read_only or self.session.review.head.status is Status.DONE

    @property
    def page(self) -> str:
        """The step that is shown: the open one, unless somebody who only reads has turned the page."""
        return (self.reads and self._turned_to) or self.session.review.head.step

    def now(self) -> Iterator[Now]:
        """Yield how the meeting stands: whether it runs, and what its clock asks for."""
        review = self.session.review
        pace = agenda.pace(review, self.session.clock())
        if self.reads:
            words = "the review is done" if review.head.status is Status.DONE else "this review can only be read here"
            yield Now(words, ("next", "previous", "preview", "export", "reopen", "library"))
            return
        if review.head.status is Status.DRAFT and not review.alone:
            yield Now("the meeting has not begun", ("next", "setup"))
            return
        if self.session.leap:
            yield Now("the clock has leapt", ("uncount", "count"))
        if pace.planned and not pace.running:
            yield Now("the clock stands", ("pause",))
        if pace.current and pace.current.over:
            yield Now("the step has run over", ("more-time", "take", "next", "end"))
        if agenda.following(review) is None:
            yield Now("this is the last step", ("close",))

    def _go_to(self, key: str) -> None:
        if self.reads:
            self._turned_to = key
            self.refresh_review()
        else:
            self.perform(intents.open_step(key))

    def _turn(self, by: int) -> None:
        keys = [step.key for step in self.session.review.template.steps]
        at = keys.index(self.page) + by if self.page in keys else 0
        if not 0 <= at < len(keys):
            raise Refused(f"This is the {'last' if by > 0 else 'first'} step.")
        self._go_to(keys[at])

    def look(self) -> None:
        """Look at the clock, at every tick; ask where it has leapt."""
        if self.session.beat():
            self.say("")

    def say(self, text: str, *, warn: bool = False) -> None:
        """Answer the person; where there is nothing to say, ask what to do about a leap of the clock."""
        waiting = self.session.leap if self.SCOPE in commands.LEADING else None
        super().say(text or (leap.question(self.session.review, waiting) if waiting else ""), warn=warn)

    def perform(self, intent: intents.Intent, said: str = "") -> None:
        """Do it, and say so where the clock has begun to run by it."""
        stood = self.session.review.head.since is None
        super().perform(intent, said)
        if stood and self.session.review.head.since is not None and not said:
            self.say(self.late_start() or "The clock runs.")

    def late_start(self) -> str:
        """Ask what to do about a meeting that has just begun later than planned; nothing otherwise."""
        return replan.late_start(self.session.review, self.session.clock(), self.wall)

    def do_next(self, _: str) -> None:
        """Go to the step that follows; after the last one to the close."""
        if self.reads:
            self._turn(1)
        elif self.session.review.head.status is Status.DRAFT:
            self.perform(intents.start())
        elif agenda.following(self.session.review) is None:
            self.run("close")
        else:
            self.perform(intents.next_step())

    def do_previous(self, _: str) -> None:
        """Go back to the step before."""
        if self.reads:
            self._turn(-1)
        else:
            self.perform(intents.previous_step())

    def do_skip(self, _: str) -> None:
        """Leave the step out."""
        self.perform(intents.skip_step(), f"Skipped; {self.way('previous')} goes back to it.")

    def do_pause(self, _: str) -> None:
        """Stop the clock, or let it go on."""
        runs = self.session.review.head.since is not None
        self.perform(intents.pause(), self.clock_stands() if runs else "")

    def clock_stands(self) -> str:
        """Say that the clock stands, and what lets it go on."""
        return f"The clock stands. {self.way('pause')} lets it go on."

    def effect(self, slash: capture.Slash) -> str:
        """Tell what a command about minutes or time would do, or why it cannot be done; empty for any other."""
        name, words = self.asked(slash)
        now, width = self.session.clock(), self.size.width * 7 // 10 - 3  # beside what is typed
        try:
            wish = self._wish(name, words)
            return wish.change(self.session.review, now).words(now, self.wall, width) if wish else ""
        except Refused as refusal:
            return str(refusal)

    def _wish(self, name: str, words: str) -> Wish | None:
        if name == "uncount":
            return leap.wish(words, self.session.review, self.session.leap)
        return replan.WISHES[name](words, self.wall) if name in replan.WISHES else None

    def _retime(self, wish: Wish | None) -> None:
        """Do what was wished, and say again what its effect is."""
        if wish is not None:
            now = self.session.clock()
            told = wish.change(self.session.review, now).words(now, self.wall)
            self.perform(intents.retime(wish), f"{told}. {self.way('undo')} takes it back.")

    def do_more_time(self, _: str) -> None:
        """Give the step a minute."""
        self.do_time("+1")

    def do_time(self, words: str) -> None:
        """Give the step minutes, or take some away; the end moves."""
        self._retime(self._wish("time", words))

    def do_take(self, words: str) -> None:
        """Give the step minutes of the steps to come; the end gets no later."""
        self._retime(self._wish("take", words))

    def do_give(self, words: str) -> None:
        """Give unused minutes of the step back to those that have lost some."""
        self._retime(self._wish("give", words))

    def do_end(self, words: str) -> None:
        """Plan what remains to a given end."""
        self._retime(self._wish("end", words))

    def do_catch_up(self, words: str) -> None:
        """Plan what remains to the planned end."""
        self._retime(self._wish("catch-up", words))

    def do_uncount(self, words: str) -> None:
        """Leave time out of the step: the leap of the clock, or minutes."""
        self._retime(self._wish("uncount", words))
        self.session.leap_is_decided()

    def do_count(self, _: str) -> None:
        """Let the leap of the clock count; where none waits, all that was left out of the step."""
        if self.session.leap is None:
            self._retime(Wish("count all time", partial(leap.all_counted, key=self.session.review.head.step)))
            return
        self.session.leap_is_decided()
        self.say("That time counts.")

    def do_go(self, words: str) -> None:
        """Go to a step by its number, key or the beginning of its title."""
        self._go_to(self.step_called(wanted(words, "/go and a step's number or title")).key)

    def step_called(self, words: str) -> Step:
        """Return the step of that number, key or beginning of a title."""
        steps = self.session.review.template.steps
        name = words.casefold()
        found = [step for at, step in enumerate(steps, 1) if name in {str(at), step.key.casefold()}]
        found = found or [step for step in steps if step.title.casefold().startswith(name)]
        if len(found) != 1:
            raise Refused(
                f"“{words}” is none of: " + ", ".join(f"{at} {step.title}" for at, step in enumerate(steps, 1))
            )
        return found[0]

    def do_lock(self, words: str) -> None:
        """Let a step keep its minutes, or no longer; the open one where none is named."""
        key = self.step_called(words).key if words else self.session.review.head.step
        self.perform(intents.lock_step(key))
        step = next(step for step in agenda.pace(self.session.review, self.session.clock()).steps if step.key == key)
        if step.locked:
            kept = f"“{step.title}” keeps its {step.planned // 60} min, whatever is re-planned"
            self.say(f"{kept}. /lock {key} again changes that.")
        else:
            self.say(f"“{step.title}” gives and gets minutes again. /lock {key} again locks it.")

    def do_close(self, _: str) -> None:
        """Go to the close."""
        from lrtui.app.screens.closing import ClosingScreen

        review = self.session.review
        if review.head.status is Status.LIVE and agenda.following(review) is None:
            self.session.perform(intents.wrap_up())
        self.app.push_screen(ClosingScreen(self.desk, self.session))
