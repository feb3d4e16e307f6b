"""Which file belongs to which review, tag and service.

What has been named once keeps its name, whatever it is called later: a page that somebody has linked to stays where it
is. Only for the public a name is given anew when it turns out to have somebody's name in it. Of two that would be
called the same the first one is, and the second is numbered.
"""

from __future__ import annotations

import hashlib
import re
from itertools import chain, count
from typing import TYPE_CHECKING

from lrtui.store.files import slug

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

_REVIEW = "review/"  # what the keys of reviews begin with
_TAIL = re.compile(r"^(\d{4}-\d\d-\d\d-.+)-[^-]+$", re.ASCII)
_RESERVED = {  # what a folder has already, or Windows cannot have
    "index", "tags", "services", "actions", "learnings", "years", "feed", "site", "readme", "con", "prn", "aux", "nul",
    *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)),
}  # fmt: skip


class Names:
    """The names that were given, by key: paths in the folder, without an ending.

    `tells` tells whether such a path has somebody's name in it, where that matters.
    """

    def __init__(self, given: Mapping[str, str], tells: Callable[[str], bool] | None = None) -> None:
        self.given = dict(given)
        self._tells = tells
        self._taken = set(self.given.values())

    def of_review(self, name: str, edition: str) -> str:
        """Return the name of the page of the review `name`: its edition's, if that is free without the random tail."""
        whole = slug(edition, limit=100)
        short = _TAIL.match(whole)
        return self._claim(review_key(name), "", [short[1], whole] if short else [whole])

    def of_section(self, key: str, folder: str) -> str:
        """Return the name of a collected page, such as that of the tag `tag/db`, in that folder."""
        kind, _, words = key.partition("/")
        return self._claim(key, f"{folder}/", [slug(words, empty=f"no-{kind}" if not words else kind)])

    def lasting(self, there: Collection[str]) -> dict[str, str]:
        """Return the names to remember when only what has the keys `there` is left.

        That is all of them, unless one could tell on people; the key of a section is made of words, too.
        """
        tells = self._tells
        if tells is None:
            return self.given
        return {
            key: name
            for key, name in self.given.items()
            if key in there or (key.startswith(_REVIEW) and not tells(name))
        }

    def _claim(self, key: str, folder: str, wanted: list[str]) -> str:
        given = self.given.get(key)
        if given is None or (self._tells and not _is_one_of(given, folder, wanted) and self._tells(given)):
            numbered = (f"{wanted[-1]}-{number}" for number in count(2))
            free = (
                folder + name
                for name in chain(wanted, numbered)
                if name not in _RESERVED and folder + name not in self._taken
            )
            self.given[key] = next(free)
            self._taken.add(self.given[key])
        return self.given[key]


def _is_one_of(given: str, folder: str, wanted: Sequence[str]) -> bool:
    """Tell whether a name would be given again: it is one of those `wanted`, or the last of them with a number."""
    name = given.removeprefix(folder)
    return name in wanted or bool(re.fullmatch(rf"{re.escape(wanted[-1])}-\d+", name))


def review_key(name: str) -> str:
    """Return a review's key, which does not tell what it is called: the folder may be for everybody."""
    return f"{_REVIEW}{hashlib.blake2b(name.encode('utf-8', 'surrogateescape'), digest_size=10).hexdigest()}"
