"""Anything that may be done to a review, for hypothesis to choose from; a clock to move; sessions on a folder."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from hypothesis import strategies as st

from lrtui.errors import Refused
from lrtui.review import (
    arrange,
    closing,
    fairness,
    feedback,
    feedback_import,
    intentions,
    intents,
    intents_room,
    leap,
    replan,
    votes,
)
from lrtui.review.intents import Intent
from lrtui.review.model import Kind, Presence, State, StepState
from lrtui.review.template_text import load
from lrtui.session import Session
from lrtui.store.storage import JournalStorage

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from lrtui.review.model import Review
    from lrtui.review.template import Template

START = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
SHIPPED = Path(__file__).parents[1] / "templates"


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


def shipped(name: str = "learning-review") -> Template:
    return load((SHIPPED / f"{name}.yaml").read_text("utf-8"))


TEMPLATES = {name: shipped(name) for name in ("learning-review", "quick-review", "write-up")}

_PIECES = (
    "deploy", "of", "4711", "@ana", "@bo", "@nobody", "#db", '#"two words"', "!high", "!loud", "due:fri", "^+3d",
    "team:Payments", 'team:"Data platform"', "ref:OPS-1", '"a: quoted"', "\\@ana", "\\temp\\x", "a:", "d:", "q:", "l:",
    "t:", "p:", "w:", "h:", "n:", "[]", "=>", "?", "*", ">", "+", "-", "//", "14:02", "~14:20", "23:50-00:10",
    "9:05:30Z", "11-22", "2026-11-22", "/var/log", "[/x]", "[red]", "|", "<b>", "`x`", "日本語", "é", "\u202e",
    "\x1b[2J", '"', "\\",
)  # fmt: skip
words = st.lists(st.one_of(st.sampled_from(_PIECES), st.text(max_size=6)), min_size=1, max_size=7).map(" ".join)
names = st.sampled_from(
    [
        "Ana Lima",
        "Bo",
        "Ana Berg: responder, payments",
        "Chi: observer",
        "Dee: manager; Eli Fox: expert, data",
        ": x",
        "",
    ]
)
times = st.sampled_from(["14:05", "~9:30", "11-22 23:50", "2026-11-22 14:05:30Z", "n/a", "", "noon"])
answers = st.one_of(
    words, times, st.sampled_from(["ana", "bo, ana", "fri", "+5b", "take", "park", "drop no use", "keep", "5 4 4", "9"])
)
ballots = st.lists(st.integers(1, 3), max_size=4).map(lambda dots: " ".join(map(str, dots)))

Deed: TypeAlias = "Callable[[Review], Intent]"
Value: TypeAlias = "str | int | tuple[str, ...]"


@dataclass(frozen=True)
class Doing:
    """Something to do, chosen before the review is known: `which` picks among what is there when it is done."""

    what: str
    words: str = ""
    which: int = 0

    def intent(self, review: Review) -> Intent:
        """Return what this is on `review`; raises `Refused` where there is nothing to do it to."""
        return _DOINGS[self.what](review, self)


def _line(review: Review, which: int) -> tuple[str, str]:
    lines = [("entries", key) for key in review.entries] + [("actions", key) for key in review.actions]
    return lines[which % len(lines)] if lines else ("entries", "none")


def _picked(there: Iterable[str], which: int) -> str:
    found = list(there)
    return found[which % len(found)] if found else "none"


def _settled(review: Review, doing: Doing) -> Intent:
    hints = closing.hints(review)
    if not hints:
        raise Refused("nothing is open")
    return intents.settle(hints[doing.which % len(hints)], doing.words)


def _state(review: Review, doing: Doing) -> Intent:
    states = list(State)
    return intents.set_state(_picked(review.actions, doing.which), states[len(doing.words) % len(states)], doing.words)


def _somebody(review: Review, doing: Doing) -> str:
    return _picked((person.handle for person in review.participants.values()), doing.which)


def _presence(review: Review, doing: Doing) -> Intent:
    return intents.set_presence(_somebody(review, doing), list(Presence)[doing.which % 4])


def _vote(review: Review, doing: Doing) -> Intent:
    """Do something about the vote that is open, most often lay down a ballot; open one where there is none."""
    vote = votes.current(review)
    if vote is None:
        return intents_room.open_vote(("", "", "2", "many")[doing.which % 4])
    ends = (intents_room.reveal_vote, intents_room.close_vote, intents_room.vote_again)
    return ends[doing.which](vote.id) if doing.which < 3 else intents_room.cast_ballot(vote.id, doing.words)


def _moved(command: str, words: str) -> Intent:
    return intents.retime(replan.WISHES[command](words, UTC))


def _feedback(review: Review, doing: Doing) -> Intent:
    """Answer what is asked now, or end it; or answer what was asked first, late."""
    asked = feedback.current(review) or next(iter(feedback.rounds(review)), None)
    key = asked.key if asked else "none"
    if doing.which < 2:
        return Intent("end a round", lambda review, _: feedback.ended(review, key))
    return Intent("answer a round", lambda review, context: feedback.answered(review, key, doing.words, context.new_id))


def _imported(review: Review, doing: Doing) -> Intent:
    """Bring in answers that came after the meeting, perhaps for the second time."""
    text = f"roti: {doing.which}\nchange: {doing.words}"
    return feedback_import.bring_in(feedback_import.read(review, text))


_DOINGS: dict[str, Callable[[Review, Doing], Intent]] = {
    "capture": lambda _, doing: intents.capture_line(doing.words),
    "capture elsewhere": lambda review, doing: intents.capture_line(
        doing.words, _picked((step.key for step in review.template.steps), doing.which)
    ),
    "paste": lambda _, doing: intents.capture_block([doing.words, "", doing.words[::-1]]),
    "edit": lambda review, doing: intents.edit_line(*_line(review, doing.which), doing.words),
    "delete": lambda review, doing: intents.delete_line(*_line(review, doing.which)),
    "title": lambda _, doing: intents.set_title(doing.words),
    "zone": lambda _, doing: intents.set_zone(("UTC", "+02:00", "Europe/Rome", "nowhere")[doing.which % 4]),
    "template": lambda _, doing: intents.set_template(list(TEMPLATES.values())[doing.which % 3]),
    "fact": lambda _, doing: intents.set_fact(("service", "severity", "own")[doing.which % 3], doing.words),
    "tags": lambda _, doing: intents.set_tags(doing.words),
    "moment": lambda review, doing: intents.set_moment(
        _picked((moment.key for moment in review.template.moments), doing.which), doing.words
    ),
    "add people": lambda _, doing: intents.add_people(doing.words),
    "edit person": lambda review, doing: intents.edit_person(_picked(review.participants, doing.which), doing.words),
    "remove person": lambda review, doing: intents.remove_person(_picked(review.participants, doing.which)),
    "presence": _presence,
    "start": lambda _, __: intents.start(),
    "go": lambda review, doing: intents.open_step(_picked((step.key for step in review.template.steps), doing.which)),
    "turn": lambda review, doing: intents.turn_to(_picked((step.key for step in review.template.steps), doing.which)),
    "next": lambda _, __: intents.next_step(),
    "previous": lambda _, __: intents.previous_step(),
    "skip": lambda _, __: intents.skip_step(),
    "pause": lambda _, __: intents.pause(),
    "time": lambda _, doing: _moved("time", str(doing.which - 5)),
    "take": lambda _, doing: _moved("take", str(doing.which)),
    "give": lambda _, doing: _moved("give", str(doing.which) if doing.which else ""),
    "end": lambda _, doing: _moved("end", f"{14 + doing.which // 4}:{15 * (doing.which % 4):02}"),
    "uncount": lambda review, doing: intents.retime(leap.wish(str(doing.which), review, None)),
    "end off": lambda _, __: _moved("end", "off"),
    "wrap up": lambda _, __: intents.wrap_up(),
    "finish": lambda _, __: intents.finish(),
    "reopen": lambda _, __: intents.reopen(),
    "settle": _settled,
    "move to step": lambda review, doing: arrange.move_to_step(
        *_line(review, doing.which), _picked((step.key for step in review.template.steps), len(doing.words))
    ),
    "move to section": lambda review, doing: arrange.move_to_section(
        *_line(review, doing.which), _picked((step.key for step in review.template.steps), len(doing.words))
    ),
    "retype": lambda review, doing: arrange.retype(*_line(review, doing.which), list(Kind)[len(doing.words) % 10]),
    "put behind": lambda review, doing: arrange.put_behind(
        *_line(review, doing.which), _picked(["", *review.entries, *review.actions], len(doing.words))
    ),
    "group": lambda review, doing: arrange.group_under(*_line(review, doing.which), doing.words[:3]),
    "state": _state,
    "speak": lambda review, doing: intents_room.speak(_somebody(review, doing)),
    "ask to speak": lambda review, doing: intents_room.ask_to_speak(_somebody(review, doing)),
    "withdraw": lambda review, doing: intents_room.withdraw_asking(_somebody(review, doing)),
    "hand over": lambda review, doing: intents_room.hand_over(
        fairness.DUTIES[len(doing.words) % 2], _somebody(review, doing)
    ),
    "vote": _vote,
    "idea": lambda review, doing: intents_room.settle_idea(_picked(review.actions, doing.which), doing.words),
    "feedback": _feedback,
    "import": _imported,
    "intend": lambda _, doing: intentions.intend("ana-3f9c", doing.words),
    "earlier": lambda review, doing: intents_room.settle_earlier(_picked(review.actions, doing.which), doing.words),
}

_WORDS = {
    "add people": names,
    "edit person": names,
    "moment": times,
    "settle": answers,
    "vote": ballots,
    "feedback": st.sampled_from(["5", "4", "1", "0", "5 4 2", "3 5", "2 of 3", "more time"]),
    "earlier": st.sampled_from(["done", "d it is live", "still", "r fewer retries", "x no use", "drop"]),
    "idea": st.sampled_from(["take", "park", "drop", "drop no use", "x"]),
}
_OFTEN = ("capture", "capture", "capture elsewhere", "edit", "settle", "add people", "next", "vote", "feedback")


def any_of(*names: str) -> st.SearchStrategy[Doing]:
    """Return something to do of one of those names."""
    return st.sampled_from(names).flatmap(
        lambda what: st.builds(Doing, st.just(what), _WORDS.get(what, words), st.integers(0, 11))
    )


doings: st.SearchStrategy[Doing] = any_of(*_DOINGS, *_OFTEN)

_BEGINNINGS: tuple[list[Doing], ...] = ([], [Doing("start")], [Doing("start"), Doing("next"), Doing("next")])
meetings: st.SearchStrategy[list[Doing]] = st.builds(
    list.__add__, st.sampled_from(_BEGINNINGS), st.lists(doings, max_size=12)
)


def opened(folder: Path, clock: Clock, author: str = "ana-3f9c") -> Session:
    """Open the review in `folder`; a new one begins there, with somebody on its roster."""
    session = Session("a-review", JournalStorage(folder, author=author, clock=clock), clock)
    if not session.review.head.title and not session.storage.groups:
        session.perform(intents.create("Slow checkout", TEMPLATES["learning-review"], "Europe/Rome"))
        session.perform(intents.add_people("Ana Lima: responder, payments; Bo Chen: facilitator"))
    return session


def do(session: Session, doing: Doing) -> bool:
    """Do it, a little later than what was done before; tell whether it has changed anything."""
    if isinstance(session.clock, Clock):
        session.clock.forward(1 + 13 * doing.which)
    before = len(session.storage.groups)
    try:
        session.perform(doing.intent(session.review))
    except Refused:
        assert len(session.storage.groups) == before
        return False
    return len(session.storage.groups) > before


def apart_from_time(review: Review) -> Review:
    """Return a review without what its clock has counted: that it runs stays, since when and for how long goes.

    This is what an undo restores. Time that has passed has passed.
    """
    steps = {key: replace(step, spent=0) for key, step in review.steps.items()}
    return replace(
        review,
        head=replace(review.head, since=START if review.head.since else None),
        steps={key: step for key, step in steps.items() if step != StepState(key)},
    )


def begun(place: Path, done: Iterable[Doing], author: str) -> Session:
    """Return a review in which something has been done."""
    session = opened(place, Clock(), author)
    for doing in done:
        do(session, doing)
    return session


def parted(session: Session, here: Iterable[Doing], there: Iterable[Doing], author: str) -> Session:
    """Do things at the same time here and, by another author, in a copy beside it; return the other session."""
    folder = session.storage.folder
    copy = shutil.copytree(folder, folder.with_name(f"{folder.name}-{author}"))
    other = opened(copy, Clock(session.clock()), author)
    for one, doings in ((session, here), (other, there)):
        for doing in doings:
            do(one, doing)
    return other


def put_together(session: Session, other: Session) -> Path:
    """Put what the author of `other` wrote into a copy of the one's folder; return where that is."""
    folder = session.storage.folder
    copy = shutil.copytree(folder, folder.with_name(f"{folder.name}-merged"))
    journal = other.storage.folder / f"{other.storage.author}.jsonl"
    if journal.exists():
        shutil.copy(journal, copy)
    return copy
