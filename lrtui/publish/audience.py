"""Who a published text is for, and what of a review they may have."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lrtui.review.model import Review


class Audience(StrEnum):
    """Who reads it: the team itself, its organisation, or everybody."""

    TEAM = "team"
    ORG = "org"
    PUBLIC = "public"


@dataclass(frozen=True, slots=True)
class Replacement:
    """Words that do not go out, what stands in their place, where they stood, in words, and how often."""

    words: str
    instead: str
    where: str
    count: int


@dataclass(frozen=True, slots=True)
class Risk:
    """Something that looks like a secret: its class, where it stands, in words, and the text around it, masked."""

    what: str
    where: str
    shown: str


@dataclass(frozen=True, slots=True)
class Edition:
    """A review as one audience may have it, whatever it is written as.

    `name` is what its page is called; `notice` is what the page says of itself, "" where there is nothing to say.
    """

    name: str
    review: Review
    audience: Audience
    notice: str = ""
    replaced: tuple[Replacement, ...] = ()
    risks: tuple[Risk, ...] = ()


def edition(review: Review, *, name: str, audience: Audience, people: Iterable[str] = ()) -> Edition:
    """Return a review as an audience may have it; `people` are further names, of other reviews, to look for."""
    del people
    if audience is not Audience.TEAM:
        raise NotImplementedError
    return Edition(name, review, audience)
