"""What was written before that resembles a line: texts of other reviews that share two telling words with it or more.

A word tells the more the fewer reviews it is in. One that is in many of them, is said everywhere or names somebody
tells nothing; forms of one word (retry, retries, retried) count as that word. Better none than one that looks alike.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from heapq import nlargest
from math import log
from typing import TYPE_CHECKING, NamedTuple

from lrtui.store import words
from lrtui.store.query import FACT, MARK, OPEN, PERSON

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping

    from lrtui.store.records import Text

LEAST_COMMON = 2  # telling words that a text has to share
_LONG = 25  # words, from which on a text has to share one more: in much text two words meet by chance
_LOOKED_FOR = 8  # words of a line, the most telling ones
_LOOKED_INTO = 24  # reviews, those that share the most telling words
_LARGE = 0.1  # share of all reviews in which a word may be and still tell something
_FEW = 3  # reviews in which it may be however small the library is
_LEAST_TELLING = 0.6  # of what a word tells that is in one review alone: so much all that is shared has to tell
_SHORTEST = 4  # letters

_ENDINGS = re.compile(r"(?:ies|ied|ying|ys?|ings?|edly|ed|ers?|es|s|e|ly)$")
_ADDRESS = re.compile(r"\S*(?://|\.\w+/)\S*")
_SAID_EVERYWHERE = frozenset(  # in English and in any incident, so that it tells nothing in a small library either
    """
    able about above across action actions actually after again against agreed alert alerts almost already also
    although always amount another anybody anyone anything around asked available back based because been before
    began begin behind being below better between both bring brought came cannot case cause caused causing
    change changed changes check checked clear clearly come complete completely correct correctly could create
    created currently customer customers data days default deploy deployed different does doing done down during
    each early easily either else ended engineer engineers enough entire error errors especially even event
    events ever every everybody everyone everything existing expected fact finally first five fixed found four
    from full fully gave general getting give given goes going gone good great group half happened hard have
    having help here high higher hour hours however immediately impact important incident including initial
    instead into issue issues itself just keep kept knew know known large larger last late later learned least
    less like likely line list little load long longer look looked made main major make manual manually many
    maybe mean meeting might minute minutes monitoring month months more most much multiple must name necessary
    need needed neither never next nobody none normal note nothing noticed number often once only open order
    original other others outage over page paged pager part people perform performed perhaps place please point
    possible post potentially present previous previously problem process produce production properly provide
    question quick quickly rang rather ready really reason recent recently related remaining report reported
    require required response result resulted resulting return returned review right rings risk root running
    same says second seconds seemed seen sent service several shall should show side similar simply since single
    size slow slowly small some somebody someone something soon specific start started state step steps still
    stopped successful successfully such sure system take taken team teams tell test tested testing than that
    their them then there these they thing things think this those though thought three through time times today
    together told took toward tried trigger triggered trying turned type unable under until update updated upon
    used user users using usual version very wait waiting want wanted week weeks well went were what when where
    whether which while whole whose will with within without wondered work worked working would write wrong
    wrote year years yesterday your
    """.split()  # noqa: SIM905 - a list of words to be read and added to
)


class Seen(NamedTuple):
    """A text that was written before: its review's name, title and day, its kind and words, and what is shared.

    `still_open` tells of an action that was taken on and is not done with yet.
    """

    review: str
    title: str
    day: str
    kind: str
    text: str
    shared: tuple[str, ...]
    still_open: bool = False


@dataclass(frozen=True)
class _Telling:
    """A word of the line: as it stands there, what its forms have in common, its forms in the index, its weight."""

    word: str
    stem: str
    forms: tuple[str, ...]
    weight: float


def stem(word: str) -> str:
    """Return what the forms of a word have in common, roughly: “retr” of retry, retries and retried."""
    bare = _ENDINGS.sub("", word)
    return bare if len(bare) >= _SHORTEST else word.removesuffix("s")


def telling(line: str, besides: Iterable[str]) -> list[str]:
    """Return the words of a line that may tell something, without `besides`, the names of people."""
    names = {part for name in besides for part in words.cut(name)}
    found = dict.fromkeys(
        word for word in words.cut(_ADDRESS.sub(" ", line)) if len(word) >= _SHORTEST and not word.isdecimal()
    )
    return [word for word in found if word not in _SAID_EVERYWHERE and word not in names]


def resembling(
    db: sqlite3.Connection, lines: Iterable[str], names: Iterable[str], besides: str, limit: int
) -> list[Seen]:
    """Return what resembles the lines, the likest first, a text for each review; not of the one named `besides`."""
    total = db.execute("SELECT count(*) FROM review").fetchone()[0]
    db.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab('main', 'word', 'row')")
    best: dict[str, tuple[float, Seen]] = {}
    known, least = list(names), _LEAST_TELLING * _weight(1, total)
    for line in lines:
        for weight, seen in _like(db, _weighed(db, telling(line, known), total), least, besides):
            if weight > best.get(seen.review, (0.0,))[0]:
                best[seen.review] = (weight, seen)
    likest = nlargest(limit, best.values(), key=lambda pair: (pair[0], pair[1].day))
    return [seen for _, seen in likest]


def _weighed(db: sqlite3.Connection, found: Iterable[str], total: int) -> list[_Telling]:
    """Weigh words by how few of all reviews they are in; those in too many of them, or in none, are left out."""
    weighed = []
    for word in found:
        root = stem(word)
        rows = db.execute(
            "SELECT term, doc FROM temp.vocabulary WHERE term >= ? AND term < ?", (root, f"{root}\U0010ffff")
        ).fetchall()
        forms = [(term, count) for term, count in rows if MARK not in term and stem(term) == root]
        count = sum(count for _, count in forms)
        if 0 < count <= max(_FEW, _LARGE * total):
            weighed.append(_Telling(word, root, tuple(term for term, _ in forms), _weight(count, total)))
    return sorted(weighed, key=lambda item: -item.weight)[:_LOOKED_FOR]


def _weight(count: int, total: int) -> float:
    """Return how much a word tells that is in so many of all reviews; in a small library little can be rare."""
    return log((total + 20) / count)


def _like(db: sqlite3.Connection, tellings: list[_Telling], least: float, besides: str) -> Iterator[tuple[float, Seen]]:
    """Yield the texts that share enough of these words, each with what it weighs."""
    if len(tellings) < LEAST_COMMON:
        return
    weights: dict[int, float] = {}
    shared: Counter[int] = Counter()
    for item in tellings:
        match = " OR ".join(f'"{form}"' for form in item.forms)
        for (key,) in db.execute("SELECT rowid FROM word WHERE word MATCH ?", (match,)):
            weights[key] = weights.get(key, 0.0) + item.weight
            shared[key] += 1
    likely = (key for key, count in shared.items() if count >= LEAST_COMMON and weights[key] >= least)
    by_stem = {item.stem: item for item in tellings}
    for key in nlargest(_LOOKED_INTO, likely, key=lambda key: (weights[key], key)):
        name, title, day, texts = db.execute(
            "SELECT name, title, day, texts FROM review JOIN content USING (id) WHERE id = ?", (key,)
        ).fetchone()
        if name != besides:
            yield from _best(name, title, day, texts, by_stem, least)


def _best(
    name: str, title: str, day: str, stored: bytes, by_stem: Mapping[str, _Telling], least: float
) -> Iterator[tuple[float, Seen]]:
    from lrtui.store.records import unpacked

    found = [(_shared(text, by_stem), text) for text in unpacked(stored) if text.kind not in {FACT, PERSON}]
    likest, text = max(found, key=lambda pair: sum(item.weight for item in pair[0]), default=([], None))
    weight = sum(item.weight for item in likest)
    if text is not None and len(likest) >= _wanted(text) and weight >= least:
        still_open = OPEN in text.marks.split()
        yield weight, Seen(name, title, day, text.kind, text.text, tuple(item.word for item in likest), still_open)


def _wanted(text: Text) -> int:
    return LEAST_COMMON + (len(text.text.split()) > _LONG)


def _shared(text: Text, by_stem: Mapping[str, _Telling]) -> list[_Telling]:
    stems = {stem(word) for word in words.cut(_ADDRESS.sub(" ", text.text))}
    return [item for root, item in by_stem.items() if root in stems]
