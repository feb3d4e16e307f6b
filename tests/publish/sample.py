"""A review as a team might leave it: some of everything that an export has to tell."""

from __future__ import annotations

from datetime import UTC, date, datetime

from lrtui.review.model import (
    Action,
    Entry,
    Feedback,
    Head,
    Kind,
    Moment,
    Participant,
    Review,
    State,
    Status,
    StepState,
)
from lrtui.review.template import Fact, Measure, MomentAsked, Role, Step, Template

NAME = "2026-11-22-checkout-latency-7k3q"
UNSEEN = "zebra crossing"

TEMPLATE = Template(
    name="learning-review",
    title="Learning review",
    version=3,
    facts=(Fact("service", "Which service?"), Fact("severity", "How severe?"), Fact("region", "Where?")),
    moments=(
        MomentAsked("started", "Impact began"),
        MomentAsked("detected", "First noticed"),
        MomentAsked("escalated", "Handed over"),
        MomentAsked("resolved", "Back to normal"),
    ),
    measures=(
        Measure("Time to detect", "started", "detected"),
        Measure("Time to hand over", "detected", "escalated"),
        Measure("Time to recover", "started", "resolved"),
    ),
    roles=(Role("responder", "Took part in the response"), Role("observer", "Came to learn")),
    steps=(
        Step("summary", "Summary"),
        Step("timeline", "Timeline", 35, captures="event"),
        Step("actions", "Actions", 10, captures="action"),
    ),
)

PEOPLE = (
    Participant("p1", "Ana Lima", "ana", "responder", "payments"),
    Participant("p2", "Bo Berg", "bo", "observer"),
    Participant("p3", "Chi Okafor", "chi", "wrote the cache", "platform"),
)

ENTRIES = (
    Entry("e01", Kind.NOTE, "Checkout was slow for an hour: a retry storm\nafter deploy 4711.", "summary"),
    Entry("e02", Kind.EVENT, "pager: checkout p99 over 4 s", "timeline", "2026-11-22T23:40", who=("p1",), tags=("db",)),
    Entry("e03", Kind.EVENT, "4711 rolled back", "timeline", "2026-11-22T23:58", "2026-11-23T00:04", who=("p2",)),
    Entry("e04", Kind.EVENT, "@bo asked in #12 whether `retry=5` | sort was on", "timeline", who=("p1", "p2")),
    Entry("e05", Kind.EVENT, "deploy 4711 goes out", "timeline", "2026-11-22T22:31Z"),
    Entry("e06", Kind.EVENT, "error rate is back to normal", "timeline", "2026-11-23T00:20", about=True),
    Entry(
        "e07", Kind.LEARNING, "* clients retry by themselves, see https://wiki.example.com/retry_policy", who=("p3",)
    ),
    Entry("e08", Kind.WENT_WELL, "the rollback took six minutes"),
    Entry("e09", Kind.DECISION, "roll back before we know why", when="2026-11-22T23:55", who=("p1",)),
    Entry("e10", Kind.QUESTION, "who owns the retry budget?", tags=("ownership", "retries")),
    Entry("e11", Kind.PARKED, "the pager's ring tone"),
    Entry("e12", Kind.PRIVATE, UNSEEN),
    Entry("e13", Kind.NOTE, "- look at <Grafana>", ref="OPS-9"),
)

ACTIONS = (
    Action(
        "a1",
        "Cap retries at 2",
        owners=("p1", "p3"),
        team="payments",
        due=date(2026, 12, 1),
        priority="high",
        ref="OPS-12",
        done_when="a load test stays under 1 s",
    ),
    Action("a2", "Alert on the retry rate", State.DONE, team="platform", tags=("alerts",)),
    Action("a3", "Write the runbook", State.DOING, owners=("p2",)),
    Action("a4", "Rewrite checkout", State.NOT_DOING, reason="the cap is enough"),
    Action("a5", "Move the cache", State.MOVED, ref="PLAT-3"),
    Action("a6", "Try a circuit breaker", State.IDEA, owners=("p3",)),
)

REVIEW = Review(
    Head(
        title="Checkout latency",
        status=Status.WRAP_UP,
        template=TEMPLATE,
        facts={"severity": "sev2", "customers": "about 300", "service": "checkout"},
        tags=("db", "retries"),
        zone="Europe/Berlin",
        created=datetime(2026, 11, 23, 8, tzinfo=UTC),
        started=datetime(2026, 11, 24, 13, tzinfo=UTC),
    ),
    {person.id: person for person in PEOPLE},
    {"timeline": StepState("timeline", planned=2400, spent=2510, visited=True)},
    {entry.id: entry for entry in ENTRIES},
    {action.id: action for action in ACTIONS},
    {
        "started": Moment("started", "2026-11-22T23:31"),
        "detected": Moment("detected", "2026-11-22T23:40"),
        "escalated": Moment("escalated", not_applicable=True),
    },
    {"f1": Feedback("f1", "roti", 5, UNSEEN)},
)
