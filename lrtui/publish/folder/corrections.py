"""What of a published review counts as a correction when it changes.

All that the room said does, and nothing that happens to an action afterwards: that one is done is no correction. Nor is
that a later lrtui writes a page in another way: so the content is looked at, not the page.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from lrtui.publish import public

if TYPE_CHECKING:
    from lrtui.publish.audience import Edition

SCHEME = 1  # grows when the same review is told differently here; digests of another scheme are not compared


def digest(edition: Edition) -> str:
    """Return what is the same for the same content."""
    review, head = edition.review, edition.review.head
    content = [
        head.title,
        head.zone,
        str(public.held(review) or ""),
        sorted(head.tags),
        [(fact.ask, fact.answer) for fact in public.facts(review)],
        [(moment.id, moment.when, moment.about, moment.not_applicable) for moment in public.moments(review)],
        [(person.name, person.role, person.team) for person in public.roster(review)],
        [
            (
                entry.kind, entry.text, entry.when, entry.until, entry.about, entry.priority, entry.ref, entry.team,
                str(entry.due or ""), sorted(entry.tags), entry.under, entry.step,
                [person.name for person in public.people(review, entry.who)],
            )
            for entry in public.entries(review)
        ],
        [(action.text, action.done_when) for action in public.actions(review)],
    ]  # fmt: skip
    written = json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return hashlib.blake2b(written, digest_size=16).hexdigest()
