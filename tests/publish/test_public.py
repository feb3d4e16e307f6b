"""What is never told to anybody who reads what was published, whatever it is published as."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from lrtui.errors import Refused
from lrtui.publish.audience import Audience, edition
from lrtui.publish.html import as_html
from lrtui.publish.markdown import document
from lrtui.publish.tables import as_json
from lrtui.review.model import Kind, Review, Vote
from tests.doing import Doing, doings
from tests.publish.sample import NAME, PEOPLE, REVIEW
from tests.review.keeping import Desk


def as_page(review: Review, *, name: str) -> str:
    return as_html(edition(review, name=name, audience=Audience.TEAM))


FORMATS = (document, as_json, as_page)
LONG_AGO = datetime(1871, 3, 18, 6, 6, 6, tzinfo=UTC)


def published(review: Review) -> list[str]:
    return [written(review, name=NAME) for written in FORMATS]


def without_what_is_ours(review: Review) -> Review:
    """Return a review without what only those who were there should know."""
    people = {key: replace(person, spoke=(), asked=None) for key, person in review.participants.items()}
    entries = {key: entry for key, entry in review.entries.items() if entry.kind is not Kind.PRIVATE}
    head = replace(review.head, answered=(), imported=())
    return replace(review, head=head, participants=people, entries=entries, feedback={}, votes={}, intentions={})


def test_who_spoke_who_asks_to_and_who_voted_for_what_is_in_no_export() -> None:
    ana = replace(PEOPLE[0], spoke=(LONG_AGO,) * 17, asked=LONG_AGO)
    vote = Vote("v1871", "timeline", ("e02", "e03"), 1871, (("e02",), ("e02", "e03")), revealed=True)
    review = replace(REVIEW, participants={**REVIEW.participants, ana.id: ana}, votes={vote.id: vote})
    assert published(review) == published(REVIEW)
    assert not any("1871" in text for text in published(review))


@settings(max_examples=80, deadline=None)
@given(done=st.lists(doings, max_size=25))
def test_whatever_is_done_in_a_meeting_exports_are_blind_to_what_is_ours(done: list[Doing]) -> None:
    desk = Desk()
    desk.do(*(Doing(what, "Ana: responder; Bo: facilitator").intent(desk.review) for what in ("add people", "start")))
    for doing in done:
        with suppress(Refused):
            desk.do(doing.intent(desk.review))
    assert published(desk.review) == published(without_what_is_ours(desk.review))
