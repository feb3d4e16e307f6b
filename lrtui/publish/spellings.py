"""How a name may be written, and by what one finds it again.

A name becomes forms: the whole of it in either order, first and last name alone, the handle, the user names that are
made of it. A form is known by its letters, plain and in lower case, whatever stands between them in a text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lrtui.publish import ordinary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SOMEBODY = "somebody"  # who is meant is not on this roster, or is one of several
RUN = re.compile(r"[^\W\d_]+")

_ADDRESS = re.compile(r"(?<=\S)@\S*")  # of somebody who is on a roster by their e-mail address
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
_PARTICLES = ordinary.word_set("""
    af al and ap av ben bin da das de del den der di do dos du e el i ibn in la las le los mac och of og san st te ten
    ter the und van von y zu zum zur
""")
_HONORIFICS = ordinary.word_set("dr mr mrs ms mx prof professor sir dame fr herr frau mme")
_PLAIN = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
    | {"Ø": "O", "Ł": "L", "Đ": "D", "Ð": "D", "Þ": "Th", "Æ": "Ae", "Œ": "Oe", "Ħ": "H"}
    | {"’": "'", "‘": "'", "ʼ": "'", "＠": "@"}
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
)
_SPELLED_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa", "ø": "oe"})  # as in user names
_LEAST_LOGIN = 3  # letters


class When(IntEnum):
    """When a form of a name is taken for the name."""

    ALWAYS = 0
    SPELLED_AS_A_NAME = 1
    ADDRESSED = 2


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write somebody; the initials in `last` may stand behind it, those in `first` before it.

    A login is written in one. Behind the letters in `turned`, the last name, a comma may stand before the first.
    """

    instead: str
    when: When = When.ALWAYS
    last: str = ""
    first: str = ""
    login: bool = False
    turned: str = ""


class Known(NamedTuple):
    """Somebody to look for, by name and handle, and what stands in their place."""

    name: str
    handle: str
    instead: str


@dataclass(slots=True)
class Index:
    """The forms by their letters in lower case, whatever stands between them."""

    forms: dict[str, Form] = field(default_factory=dict)
    handles: dict[str, Form] = field(default_factory=dict)
    begins: set[str] = field(default_factory=set)
    unspaced: dict[str, str] = field(default_factory=dict)

    def add(self, runs: Sequence[str], form: Form) -> None:
        """Take up a form that is written in those runs of letters, or in one."""
        key = "".join(runs)
        known = self.forms.get(key)
        if known and known.instead != form.instead:
            form = Form(SOMEBODY, min(known.when, form.when), known.last + form.last, known.first + form.first)
        elif known:
            turned = known.turned or form.turned
            form = replace(min(known, form, key=lambda one: (one.when, one.login)), turned=turned)
        self.forms[key] = form
        for begin in (runs[0].rstrip("0123456789"), key.rstrip("0123456789")):
            self.begins |= {begin, begin + "s"}

    def drop(self, kept: Iterable[str]) -> None:
        """Leave out forms that a person wants kept as they are."""
        for word in kept:
            key = "".join(RUN.findall(plain(word).lower()))
            self.forms.pop(key, None)
            self.handles.pop(key, None)


def index_of(people: Iterable[Known]) -> Index:
    """Return the forms of the people on a roster."""
    index = Index()
    for person in people:
        for runs, form in _forms(person.name, person.instead):
            index.add(runs, form)
        for name in _unspaced(person.name):
            known = index.unspaced.get(name, person.instead)
            index.unspaced[name] = person.instead if known == person.instead else SOMEBODY
        runs = re.findall(r"[^\W_]+", plain(person.handle).lower())
        if any(map(RUN.search, runs)):
            key = "".join(runs)
            index.handles[key] = Form(person.instead)
            if key not in index.forms:
                index.add(runs, Form(person.instead, needed(key)))
    return index


@lru_cache(maxsize=4)
def index_of_others(names: frozenset[str], kept: frozenset[str]) -> Index:
    """Return the forms of people who are not in the room; a single ordinary word is taken for none of them."""
    index = Index()
    for name in sorted(names):
        for runs, form in _forms(name, SOMEBODY):
            if form.when is When.ALWAYS or len(runs) > 1:
                index.add(runs, form)
        index.unspaced.update(dict.fromkeys(_unspaced(name), SOMEBODY))
    index.drop(kept)
    return index


def _forms(name: str, instead: str) -> Iterator[tuple[Sequence[str], Form]]:
    """Yield the ways to write a name, each as the runs of letters it consists of."""
    own = _ADDRESS.sub("", unicodedata.normalize("NFC", name))
    for spelled in dict.fromkeys((plain(own), plain(own.lower().translate(_SPELLED_OUT)))):
        words = [runs for word in spelled.lower().split() if (runs := RUN.findall(word))]
        words = [runs for runs in words if "".join(runs) not in _HONORIFICS] or words
        if not words:
            continue
        yield from _whole(words, instead)
        first, last = "".join(words[0]), "".join(words[-1])
        for place, runs in enumerate(words):
            word = "".join(runs)
            if 0 < place < len(words) - 1 and word in _PARTICLES:
                continue
            initials = (last[0], "") if place == 0 else ("", first[0])
            yield runs, Form(instead, needed(word), *(initials if len(words) > 1 else ("", "")))
            parts = [part for part in runs if len(runs) > 1 and len(part) > 2 and part not in _PARTICLES]
            yield from (((part,), Form(instead, needed(part))) for part in parts)


def _whole(words: Sequence[Sequence[str]], instead: str) -> Iterator[tuple[Sequence[str], Form]]:
    """Yield what is made of a name of several words: in order and turned round, first and last, given names, logins."""
    if len(words) < 2:
        return
    first, *_, last = words
    when = min(needed("".join(word)) for word in (first, last))
    when = When.ALWAYS if when is When.ADDRESSED else when
    for order in (words, [first, last]):
        yield [run for word in order for run in word], Form(instead, when)
    for order in ([last, *words[:-1]], [last, first]):
        yield [run for word in order for run in word], Form(instead, when, turned="".join(last))
    if len(words) > 2:
        yield [run for word in words[:-1] for run in word], Form(instead, min(needed("".join(w)) for w in words[:-1]))
    initials = "".join(word[0][0] for word in words[:-1])
    for login in (first[0][0] + "".join(last), initials + "".join(last), "".join(last) + first[0][0]):
        if len(login) >= _LEAST_LOGIN and needed(login) is When.ALWAYS:
            yield (login,), Form(instead, login=True)


def needed(word: str) -> When:
    """Return when a single word that is a name is taken for it."""
    if len(word) < 2:
        return When.ADDRESSED
    return When.SPELLED_AS_A_NAME if word in ordinary.words() or word in _PARTICLES else When.ALWAYS


def _unspaced(name: str) -> list[str]:
    """Return the whole name and its words, where they are of a script that puts no spaces between words."""
    if not _UNSPACED.search(unicodedata.normalize("NFC", name)):
        return []
    words = plain(name).split()
    return [word for word in ("".join(words), *words) if len(word) > 1 and _UNSPACED.search(word)]


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Return text without accents and invisible characters, its letters the plain ones where there are such."""
    parts = unicodedata.normalize("NFKD", text.translate(_PLAIN)).translate(_PLAIN)
    return unicodedata.normalize("NFC", "".join(char for char in parts if unicodedata.category(char)[0] != "M"))
