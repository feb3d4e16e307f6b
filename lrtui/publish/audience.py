"""Who a published text is for, and what of a review they may have.

An edition is a review as one audience may have it. Whatever it is written as says the same, because what is not for
them is not in it any more: private lines, answers, votes and turns are for nobody; for anybody but the team the roster
is reduced to reasons for being there; for the public people have roles for names. So a format knows no audiences.

What looks like a secret stays where it is: a person decides, to whom it is shown (`Edition.risks`).
"""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from lrtui.review.model import Kind, Participant

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lrtui.review.model import Review
    from lrtui.review.template import Template


class Audience(StrEnum):
    """Who reads it: the team itself, its organisation, or everybody."""

    TEAM = "team"
    ORG = "org"
    PUBLIC = "public"


_NOTICES = {
    Audience.TEAM: "",
    Audience.ORG: (
        "Written for readers outside the team: of who was there only the reasons for being there are told. "
        "This is not anonymisation: names still stand in what was said and beside actions."
    ),
    Audience.PUBLIC: (
        "Written for the public: names of people were turned into roles, such as “responder 1”. "
        "This is not anonymisation: whoever knows the incident may still be able to tell who was meant."
    ),
}


class Replacement(NamedTuple):
    """Words that do not go out, what stands in their place, where they stood, in words, and how often."""

    words: str
    instead: str
    where: str
    times: int


class Risk(NamedTuple):
    """Something that looks like a secret: its class, where it stands, in words, and the text around it, masked."""

    what: str
    where: str
    shown: str


class Edition(NamedTuple):
    """A review as one audience may have it, whatever it is written as.

    `name` is what its page is called; `notice` is what the page says of itself, "" where there is nothing to say.
    """

    name: str
    review: Review
    audience: Audience
    notice: str = ""
    replaced: tuple[Replacement, ...] = ()
    risks: tuple[Risk, ...] = ()


def edition(
    review: Review, *, name: str, audience: Audience, people: Iterable[str] = (), keep: Iterable[str] = ()
) -> Edition:
    """Return a review as an audience may have it. What the team keeps to itself is not looked through for secrets.

    `name` is the review's own. `people` are names from other rosters, to look for in what is public; `keep` are words
    that are no name here, whatever they look like.
    """
    notice = _NOTICES[audience]
    if audience is not Audience.PUBLIC:
        told = unredacted(review, audience)
        return Edition(name, told, audience, notice, (), tuple(risks(told) if audience is Audience.ORG else ()))
    from lrtui.publish.redact import Redaction

    redaction = Redaction(_bare(review), people, keep)
    told = _without_roster(redaction.review)
    return Edition(redaction.page(name), told, audience, notice, redaction.replaced, tuple(risks(told)))


def unredacted(review: Review, audience: Audience) -> Review:
    """Return what of a review an audience may have, but for names in texts, which for the public are still there.

    So this may not go out to them; it tells whether they would be told something else.
    """
    bare = _bare(review)
    if audience is Audience.TEAM:
        return bare
    told = _without_roster(bare)
    if audience is Audience.ORG:
        return told
    nobody = {key: replace(one, name=key if one.name else "", handle="") for key, one in told.participants.items()}
    return replace(told, participants=nobody)


def risks(review: Review) -> list[Risk]:
    """Return what looks like a secret in the texts of a review, in their order, each once for every place."""
    from lrtui.publish import secrets
    from lrtui.publish.texts import rewritten

    found: dict[Risk, None] = {}

    def look(where: str, text: str) -> str:
        there = secrets.find(text)
        for secret in there:
            found.setdefault(Risk(secret.what, where, secrets.shown(text, secret, there)))
        return text

    rewritten(review, look)
    return list(found)


def credentials(review: Review) -> list[Risk]:
    """Return those of the risks that open something: not even the team's own pages should have them in them."""
    from lrtui.publish.secrets import CREDENTIALS

    return [risk for risk in risks(review) if risk.what in CREDENTIALS]


def _bare(review: Review) -> Review:
    """Return a review without what is for nobody but the room and its facilitator."""
    head = replace(review.head, answered=(), imported=(), template=_published(review.template))
    people = {key: replace(person, spoke=(), asked=None) for key, person in review.participants.items()}
    entries = {key: entry for key, entry in review.entries.items() if entry.kind is not Kind.PRIVATE}
    return replace(review, head=head, participants=people, entries=entries, feedback={}, votes={}, intentions={})


def _published(template: Template) -> Template:
    """Return what of a template is about the text, and not about holding the meeting."""
    steps = tuple(replace(step, say="", prompts=(), coach="") for step in template.steps)
    return replace(template, about="", lead_time=None, steps=steps, feedback=(), source=None)


def _without_roster(review: Review) -> Review:
    """Return a review that names only who is named beside a line, and tells why each participant was there."""
    beside = {key for entry in review.entries.values() for key in entry.who}
    beside |= {key for action in review.actions.values() for key in action.owners}
    named = {
        key: Participant(key, person.name, person.handle, listed=False)
        for key, person in review.participants.items()
        if key in beside
    }
    reasons = (Participant("", "", "", reason) for reason in _reasons(review))
    seats = {f"seat-{place:04}": reason for place, reason in enumerate(reasons)}
    return replace(review, participants={**named, **{key: replace(seat, id=key) for key, seat in seats.items()}})


def _reasons(review: Review) -> list[str]:
    """Return why each participant was there, in the order of the template, so that it does not tell who is who."""
    order = {role.key: place for place, role in enumerate(review.template.roles)}
    reasons = [person.role for person in review.participants.values()]
    return sorted(reasons, key=lambda reason: (order.get(reason, len(order)), not reason, reason))
