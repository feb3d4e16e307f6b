"""Libraries to measure with: as many reviews as wanted, as teams might have held them. One seed gives one library.

    python -m benchmarks.generate DIR 10000 30

The journals are written in the format of `lrtui.store.journal`, a file per review, without waiting for the disk.
Actions have owners, teams, dates and priorities, and a history that goes on after the meeting.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from lrtui.review.fields import written
from lrtui.review.model import HEAD, PRIORITIES, Kind, Presence, State, Status
from lrtui.store.files import slug
from lrtui.store.journal import Change, Group, group_lines, head_line
from lrtui.store.library import MARK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrtui.review.fields import Fields, Json


def _words(text: str) -> list[str]:
    return text.split()


AUTHOR = "bench-0000"
LAST = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)  # the newest review

SERVICES = _words("""
checkout payments ledger search catalogue gateway identity sessions inventory shipping billing pricing notifications
mailer uploads thumbnails recommendations reporting scheduler webhooks exports profiles carts refunds loyalty fraud
warehouse tracking chat support onboarding quotas
""")
PARTS = _words("""
cache queue replica primary index proxy pool worker cron certificate bucket topic shard router resolver balancer
volume secret flag dashboard alert runbook migration rollout canary lock table connection cursor consumer producer
partition snapshot backup failover quorum token limiter breaker socket kernel node cluster namespace
""")
TROUBLES = _words("""
latency timeouts errors backlog exhaustion saturation deadlock corruption duplication flapping throttling starvation
leak crash restart storm lag split drift expiry overflow contention misrouting loss stall
""")
REGIONS = _words("eu-west eu-north us-east us-west ap-south sa-east")
TEAMS = _words("Payments Platform Storefront Data Identity Delivery Insight Mobile")
PEOPLE = _words("""
Ana Bo Chidi Dara Eun Farid Greta Hana Ines Jonas Kofi Lena Mira Nils Oana Pavel Quinn Rosa Sami Tariq Uma Vera
Wanjiru Xavi Yara Zoë André Łukasz Søren Márta
""")
SURNAMES = _words("Lima Okoye Brandt Haddad Novak Silva Meyer Tanaka Kaya Moreau Eze Lindqvist Costa Rahman Petrov")
TEMPLATES = _words("learning-review quick-review deep-timeline near-miss after-action write-up")
SEVERITIES = _words("sev1 sev2 sev2 sev3 sev3 sev3")
STEPS = {"welcome": 5, "event": 30, "learning": 10, "decision": 5, "action": 10}  # minutes, by what they capture

SAID = {
    Kind.EVENT: [
        "pager: {service} p99 over {n} s in {region}",
        "deploy {big} of {service} to {region} began",
        "{person} saw {trouble} on the {part} of {service}",
        "{host} stopped answering; the {part} failed over to {host}",
        "rolled back deploy {big}, {trouble} went on",
        "error rate of {service} back under {n} %",
        "{person} joined the call and opened the {part} dashboard",
    ],
    Kind.NOTE: [
        "the {part} of {service} had been resized {n} days before",
        "{trouble} only showed for customers in {region}",
        "nobody on the call had used the {part} runbook before",
        "see {ticket} for the graph of the {part}",
    ],
    Kind.LEARNING: [
        "the {part} retries {n} times before it tells {service}",
        "{service} reads its {part} from {region} even when {region} is closer",
        "an alert on {trouble} would have rung {n} minutes earlier",
        "support hears about {trouble} before the {part} alert rings",
    ],
    Kind.DECISION: [
        "leave the {part} in {region} off until {ticket} is settled",
        "tell customers of {service} by status page after {n} minutes",
        "move the {part} of {service} to the {team} team",
    ],
    Kind.QUESTION: [
        "how would we notice {trouble} in {service} on a weekend?",
        "what made the {part} look healthy while {service} was not?",
        "who else depends on the {part} of {service}?",
    ],
    Kind.WENT_WELL: ["the canary caught {trouble} within {n} minutes", "{person} had the {part} graphs open at once"],
    Kind.WAS_HARD: ["telling {trouble} from {trouble}", "finding who knows the {part} of {service} at night"],
    Kind.PARKED: ["the on-call rota of {team}", "whether {service} still needs its {part}"],
    Kind.PRIVATE: ["ask {person} first next time", "the {team} team is tired, keep this short"],
}
DONE = [
    "add an alert on {trouble} of the {part}",
    "write down how to fail over the {part} of {service}",
    "bound the {part} retries in {service} to {n}",
    "try the {part} runbook on a game day in {region}",
    "give {team} read access to the {service} dashboard",
]
KINDS = [kind for kind, share in zip(SAID, (30, 20, 14, 7, 9, 7, 7, 4, 2), strict=True) for _ in range(share)]


class _Meeting:
    """One review as it is written: every operation a little later than the one before."""

    def __init__(self, random: Random, begun: datetime) -> None:
        self.random = random
        self.now = begun
        self.lines = [head_line(AUTHOR)]
        self.words = _subject(random)
        self.people: list[str] = []  # the ids of those on the roster

    def put(self, do: str, table: str, fields: Fields, key: str = "") -> str:
        self.now += timedelta(milliseconds=self.random.randrange(1_000, 90_000))
        at = f"{written(self.now)}/0000"
        key = key or f"{self.now:%Y%m%d%H%M%S%f}"[:17] + "00008e5a"
        self.lines.append(group_lines(Group(at, AUTHOR, do, None, (Change(table, key, fields, {}),))))
        return key

    def say(self, pattern: str) -> str:
        return _said(pattern, self.words, self.random)


def _said(pattern: str, words: dict[str, str], draw: Random) -> str:
    return pattern.format(
        **words,
        part=draw.choice(PARTS),
        trouble=draw.choice(TROUBLES),
        person=draw.choice(PEOPLE),
        host=f"{draw.choice(PARTS)}-{draw.randrange(400):03}",
        ticket=f"{draw.choice(TEAMS)[:3].upper()}-{draw.randrange(10_000)}",
        n=draw.randrange(2, 60),
        big=draw.randrange(1_000, 10_000),
    )


def _subject(draw: Random) -> dict[str, str]:
    return {"service": draw.choice(SERVICES), "team": draw.choice(TEAMS), "region": draw.choice(REGIONS)}


def spoken(random: Random) -> Iterator[str]:
    """Yield, without end, what is said in one meeting as its timeline is put together."""
    words = _subject(random)
    while True:
        yield _said(random.choice(SAID[Kind.EVENT]), words, random)


def reviews(folder: Path, count: int, entries_each: int, seed: int = 0) -> list[tuple[str, Path]]:
    """Write `count` reviews, the newest first, into the library `folder`; return their names and folders.

    The first nine are live, drafts or in wrap-up, the others done. To six entries there is one action.
    """
    random = Random(seed)  # noqa: S311 - not for secrets
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).touch()
    made: list[tuple[str, Path]] = []
    for number in range(count):
        begun = LAST - timedelta(hours=7 * number)
        status = [Status.LIVE, Status.DRAFT, Status.WRAP_UP][number % 3] if number < 9 else Status.DONE
        meeting = _Meeting(random, begun)
        title = _open(meeting, status)
        _pass_through(meeting)
        _fill(meeting, entries_each, over=status is Status.DONE)
        name = f"{begun:%Y-%m-%d}-{slug(title)}-{random.getrandbits(20):04x}"
        path = folder / "reviews" / f"{begun:%Y}" / name
        path.mkdir(parents=True)
        (path / f"{AUTHOR}.jsonl").write_bytes(b"".join(meeting.lines))
        made.append((name, path))
    return made


def _open(meeting: _Meeting, status: Status) -> str:
    draw = meeting.random
    title = meeting.say(
        draw.choice(["{service} {trouble}", "{part} {trouble} in {region}", "{service}: {part} {trouble}"])
    )
    template = draw.choice(TEMPLATES)
    head: dict[str, Json] = {
        "title": title.capitalize(),
        "status": status.value,
        "template": _template(template, draw.randrange(1, 5)),
        "zone": "UTC",
        "created": written(meeting.now - timedelta(days=2)),
        "started": None if status is Status.DRAFT else written(meeting.now),
        "facts.service": meeting.words["service"],
        "facts.severity": draw.choice(SEVERITIES),
        f"tags.{draw.choice(TROUBLES)}": True,
    }
    meeting.put("create review", "review", {name: value for name, value in head.items() if value is not None}, HEAD)
    for number, first in enumerate(draw.sample(PEOPLE, 6)):
        role = ["facilitator", "responder", "responder", "responder", "expert", "observer"][number]
        here = draw.choice([*[Presence.PRESENT] * 7, Presence.LATE])
        name = f"{first} {draw.choice(SURNAMES)}"
        person: Fields = {"name": name, "handle": first.lower(), "role": role, "presence": here.value}
        meeting.people.append(meeting.put("add person", "participants", person))
    return title


def _template(name: str, version: int) -> Json:
    """Return a template as a review keeps it: steps with minutes, and what is asked at the end."""
    steps: list[Json] = [
        {"key": key, "title": key.capitalize(), "minutes": minutes, "captures": key if key in KINDS else "note"}
        for key, minutes in STEPS.items()
    ]
    highest = {"roti": 5, "learned": 1, "again": 1}
    feedback: list[Json] = [{"key": key, "ask": f"{key}?", "scale": [0, high]} for key, high in highest.items()]
    return {
        "name": name,
        "title": name.replace("-", " ").capitalize(),
        "version": version,
        "moments": [{"key": "resolved", "title": "Back to normal"}],
        "lead_time": {"target": "5 working days", "from": "resolved"},
        "steps": steps,
        "feedback": feedback,
    }


def _pass_through(meeting: _Meeting) -> None:
    """Spend time on the steps, more or less than planned; leave one out now and then."""
    draw = meeting.random
    ended = meeting.now - timedelta(days=draw.randrange(1, 12))
    meeting.put("set moment", "moments", {"when": f"{ended:%Y-%m-%dT%H:%M}"}, "resolved")
    for key, minutes in STEPS.items():
        skipped = draw.random() < 0.1
        spent = draw.randrange(20) if skipped else round(60 * minutes * draw.uniform(0.6, 1.6))
        meeting.put("open step", "steps", {"visited": True, "skipped": skipped, "spent": spent}, key)


def _fill(meeting: _Meeting, entries: int, *, over: bool) -> None:
    draw = meeting.random
    for kind in draw.choices(KINDS, k=entries):
        entry: dict[str, Json] = {"kind": kind.value, "text": meeting.say(draw.choice(SAID[kind])), "step": kind.value}
        if kind is Kind.EVENT:
            entry["when"] = f"{meeting.now - timedelta(days=1):%Y-%m-%dT%H:%M}"
        meeting.put("add line", "entries", {**entry, "at": written(meeting.now)})
    taken = [_act(meeting) for _ in range(round(entries / 6))]
    for _ in range(4):
        meeting.put("answer", "feedback", {"question": "roti", "value": draw.randrange(6), "comment": _remark(meeting)})
        for question in ("learned", "again"):
            meeting.put("answer", "feedback", {"question": question, "value": int(draw.random() < 0.7)})
    if over:
        meeting.put("finish", "review", {"ended": written(meeting.now)}, HEAD)
        for key in taken:
            _follow_up(meeting, key)


def _act(meeting: _Meeting) -> str:
    """Capture an action; of four one lacks a date, of ten one an owner, and one is an early idea. Return its id."""
    draw = meeting.random
    due = f"{meeting.now + timedelta(days=draw.randrange(2, 60)):%Y-%m-%d}"
    asked: dict[str, Json] = {
        "text": meeting.say(draw.choice(DONE)),
        "state": (State.IDEA if draw.random() < 0.1 else State.OPEN).value,
        "owners": [*draw.sample(meeting.people, draw.choice([1, 1, 2]))] if draw.random() < 0.9 else None,
        "team": meeting.words["team"],
        "due": due if draw.random() < 0.75 else None,
        "priority": draw.choice([*PRIORITIES, None]),
        "at": written(meeting.now),
    }
    return meeting.put("add line", "actions", {name: value for name, value in asked.items() if value is not None})


def _follow_up(meeting: _Meeting, key: str) -> None:
    """Take an action on and, in nine of ten cases, to an end, as far as there was the time for it."""
    draw = meeting.random
    end = draw.choice([*[State.DONE] * 7, State.NOT_DOING, State.MOVED, State.OPEN])
    for state in (State.DOING, end):
        meeting.now += timedelta(days=draw.randrange(30))
        if meeting.now < LAST + timedelta(days=5):
            said: Fields = {"state": state.value, "reason": f"see {meeting.words['service']}"}
            meeting.put(f"mark action {state.value}", "actions", said, key)


def _remark(meeting: _Meeting) -> str:
    return meeting.random.choice(["", "", "more time for the timeline", "thank you all"])


def searches(seed: int = 0) -> Iterator[str]:
    """Yield, without end, what people type into a search: one to three words, often only begun."""
    random = Random(seed)  # noqa: S311 - not for secrets
    common = [*SERVICES, *PARTS, *TROUBLES, *REGIONS, *PEOPLE, "the", "of", "dashboard", "alert"]
    while True:
        words = random.choices(
            [*common, f"{random.choice(PARTS)}-{random.randrange(400):03}"], k=random.randrange(1, 4)
        )
        yield " ".join(words)[: -random.randrange(3) or None]


if __name__ == "__main__":
    reviews(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
