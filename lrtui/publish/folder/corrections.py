"""What of a published review counts as a correction when it changes.

All that the room said does, and nothing that happens to an action afterwards: that one is done is no correction. Nor is
that a later lrtui writes a page in another way, or that for the public more names are turned into roles since somebody
joined another review: so the content is looked at as it was said, not the page.

The digest stands in the folder, for all to read. So that nobody can find out by trying what was said before names were
replaced, it is made with the review's own name, which has a random end, and the ids of its lines: who may not read
the names gets neither.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from lrtui.publish import public

if TYPE_CHECKING:
    from lrtui.review.model import Review

SCHEME = 2  # grows when the same review is told differently here; digests of another scheme are not compared


def digest(review: Review, name: str) -> str:
    """Return what is the same for the same content of the review `name`, which has in it what its readers may have."""
    head = review.head
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
                entry.id, entry.kind, entry.text, entry.when, entry.until, entry.about, entry.priority, entry.ref,
                entry.team, str(entry.due or ""), sorted(entry.tags), entry.under, entry.step,
                [person.name for person in public.people(review, entry.who)],
            )
            for entry in public.entries(review)
        ],
        [(action.id, action.text, action.done_when) for action in public.actions(review)],
    ]  # fmt: skip
    written = json.dumps(content, ensure_ascii=False).encode("utf-8", "surrogatepass")
    key = hashlib.blake2b(name.encode("utf-8", "surrogateescape")).digest()
    return hashlib.blake2b(written, digest_size=16, key=key).hexdigest()
