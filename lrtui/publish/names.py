"""People's names in what was written, and what stands in their place.

A name is looked for in the forms in which it is written: the whole of it in either order, first and last name alone,
with an initial, the handle, the user names that are made of it (`alima`, `ana.lima`, `ana_lima`), with `@`, in any
case, with and without accents, as a possessive. It has to be a word of its own, so that Bo is not found in “Bob” or
“body”; scripts without spaces between words are the exception. A comma ends it, but between last and first name. A name
that is an ordinary word too counts where it is capitalised, possessive, or behind an `@`: “Will” in “Will rolled back”,
not in “it will”. This errs on the side of taking too much, since what was taken is shown to a person and what was
missed is not.

Not known is what nobody wrote on a roster (nicknames, what other languages make of a name), nor is a name found that is
glued to other letters (`AnaLaptop`), or that is nothing but a letter or a pair of initials.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from lrtui.publish.spellings import RUN, Form, Known, When, index_of, index_of_others, needed, plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

_GAP = re.compile(r"(?:[^\w@!?;:()]|_){1,3}")
_DIGITS = re.compile(r"[0-9]+(?![^\W_])")
_ESCAPED = re.compile(r"\\[nrt]")
_ENCODED = re.compile(r"%[0-9A-Fa-f]{2}")
_INITIALS_DOT = re.compile(r"\.(?=[,;:)']| +[a-z0-9(])")  # a dot that ends no sentence
_DOMAIN = re.compile(r"@(?:[\w-]+\.)+[^\W\d_]{2,}")
_POSSESSIVE = re.compile(r"'[sS](?![^\W\d_])")
_APOSTROPHE = re.compile(r"'(?![^\W_])")
_GLUE_BEFORE = re.compile(r"(?<=[/\\_=~-])|(?<=[^\W_]\.)")
_GLUE_AFTER = re.compile(r"[/\\_=@-]|\.[^\W_]|:[0-9/\\]")
_IN_HEX = re.compile(r"[^\W\d_]\d+\Z")  # before a name that is none: 4f2ada is no Ada
_LONGEST_HASH = 128
_LEAST_SHORT = 3  # letters of a name from which on its possessive is told without an apostrophe


class Found(NamedTuple):
    """A name in a text: its place, what to put there, and whether its word has another meaning too."""

    start: int
    end: int
    instead: str
    doubtful: bool


class Names:
    """Finds the names of `people`, and of `others` who are on other rosters; `kept` are words to leave alone."""

    def __init__(self, people: Iterable[Known], others: Collection[str] = (), kept: Collection[str] = ()) -> None:
        self._own = index_of(people)
        self._own.drop(kept)
        self._others = index_of_others(frozenset(others), frozenset(kept))
        self._most = max((len(form) for form in (*self._own.forms, *self._others.forms)), default=0)
        unspaced = {**self._others.unspaced, **self._own.unspaced}
        self._unspaced = {key: unspaced[key] for key in unspaced if not any(plain(word) == key for word in kept)}
        longest = sorted(self._unspaced, key=len, reverse=True)
        self._within = re.compile("|".join(map(re.escape, longest))) if longest else None

    def find(self, text: str) -> list[Found]:
        """Return the names in a text, in order; none overlaps another."""
        folded, places = _folded(text)
        found = self._in(folded)
        if "\\" in folded:  # a path `\nina` has a Nina in it, a log's `\nAna` an Ana
            found += self._in(_ESCAPED.sub("  ", folded))
        if places is not None:
            found = [item._replace(start=places[item.start], end=places[item.end]) for item in found]
        return _apart(found) if found else found

    def _in(self, folded: str) -> list[Found]:
        lowered = folded.lower()
        runs = RUN.findall(lowered)
        spelled = not (self._own.begins.isdisjoint(runs) and self._others.begins.isdisjoint(runs))
        return [*self._unspaced_in(folded), *(self._spelled_in(folded, lowered) if spelled else ())]

    def _unspaced_in(self, folded: str) -> Iterator[Found]:
        for match in self._within.finditer(folded) if self._within else ():
            start = match.start() - folded[: match.start()].endswith("@")
            yield Found(start, match.end(), self._unspaced[match[0]], doubtful=False)

    def _spelled_in(self, folded: str, lowered: str) -> Iterator[Found]:
        runs = list(RUN.finditer(lowered))
        done = 0
        for at, run in enumerate(runs):
            found = self._at(at, runs, folded, lowered, done) if run.start() >= done else None
            if found:
                yield found
                done = found.end

    def _at(self, at: int, runs: Sequence[re.Match[str]], folded: str, lowered: str, done: int) -> Found | None:
        """Return the longest name that begins with one of the runs; what stands before `done` is taken already."""
        start = runs[at].start()
        if runs[at][0] not in self._own.begins and runs[at][0] not in self._others.begins:
            return None
        if _IN_HEX.search(lowered, max(0, start - _LONGEST_HASH), start):
            return None
        best, key, turned = None, "", ""
        for last in range(at, len(runs)):
            if last > at and not _close(runs[last - 1].end(), runs[last], lowered):
                break
            if last > at and "," in lowered[runs[last - 1].end() : runs[last].start()]:
                if turned or _is_behind_an_initial(at, runs, lowered, done):
                    break
                turned = key
            key += runs[last][0]
            if len(key) > self._most + 1:
                break
            meant = self._meant(key, start, runs[last].end(), folded)
            if meant and (not turned or (meant[0].turned == turned and not self._goes_on(last, runs, lowered))):
                best = meant
        return self._with_what_belongs(best, at, runs, folded, done) if best else None

    def _goes_on(self, last: int, runs: Sequence[re.Match[str]], lowered: str) -> bool:
        """Tell whether behind the run `last` follows another name or an initial, as in a list of names."""
        if last + 1 == len(runs) or not _close(runs[last].end(), runs[last + 1], lowered):
            return False
        follows = runs[last + 1]
        named = follows[0] in self._own.begins or follows[0] in self._others.begins
        return named or (len(follows[0]) == 1 and lowered.startswith(".", follows.end()))

    def _with_what_belongs(
        self, best: tuple[Form, int, int, str], at: int, runs: Sequence[re.Match[str]], folded: str, done: int
    ) -> Found:
        """Take in the initial before or behind a name and the domain of an address; join words within a path."""
        form, start, end, behind = best
        lowered = folded.lower()
        before = runs[at - 1] if at and runs[at - 1].start() >= done else None
        if before and _is_initial(before, form.first) and lowered[before.end() : start] in {".", ". ", "_", "-"}:
            start = before.start()
        else:
            end = self._with_initial(form, at, end, runs, folded)
        domain = _DOMAIN.match(lowered, end)
        end = domain.end() if domain else end
        glued = _GLUE_BEFORE.match(lowered, start) or _GLUE_AFTER.match(lowered, end)
        instead = form.instead.replace(" ", "-") if glued else form.instead
        return Found(start, end, instead + behind, doubtful=form.when is not When.ALWAYS)

    def _with_initial(self, form: Form, at: int, end: int, runs: Sequence[re.Match[str]], folded: str) -> int:
        """Return the end of a name with the initial behind it: “Ana L.”, “ana.l”, “Lima, A.”."""
        place = next((place for place in range(at, len(runs)) if runs[place].start() >= end), None)
        if place is None:
            return end
        after, dotted = runs[place], folded.startswith(".", runs[place].end())
        gap = folded[end : after.start()]
        if _is_initial(after, form.last):
            belongs = gap in {".", "_", "-"} or (gap == " " and dotted)
        else:
            belongs = (
                gap == ", " and dotted and _is_initial(after, form.first) and not self._goes_on(place, runs, folded)
            )
        if not belongs:
            return end
        dot = _INITIALS_DOT.match(folded, after.end()) if gap in {" ", ", "} else None
        return dot.end() if dot else after.end()

    def _form(self, key: str) -> Form | None:
        return self._own.forms.get(key) or self._others.forms.get(key)

    def _meant(self, key: str, start: int, end: int, folded: str) -> tuple[Form, int, int, str] | None:
        """Return the form that is written there, its place, and what stays behind it, if it is meant as a name."""
        addressed = folded[start - 1 : start] == "@" and not folded[max(0, start - 2) : start - 1].isalnum()
        digits = _DIGITS.match(folded, end)
        numbered = self._form(key + digits[0]) if digits else None
        form = numbered or self._form(key)
        if addressed:
            form = self._own.handles.get(key + (digits[0] if digits else "")) or self._own.handles.get(key) or form
        written = folded[start:end]
        if form and form.login and len(written) > len(key):
            return None
        if form and (digits or not folded[end : end + 1].isdigit()):
            joined = len(written) > len(key) and not any(map(str.isspace, written))
            named = joined or bool(_POSSESSIVE.match(folded, end)) or folded[start].isupper()
            if form.when is When.ALWAYS or addressed or (form.when is When.SPELLED_AS_A_NAME and named):
                return form, start - addressed, digits.end() if digits else end, ""
        elif key.endswith("s") and len(key) == end - start and (form := self._form(key[:-1])):
            apostrophe = _APOSTROPHE.match(folded, end)
            named = folded[start].isupper() or addressed or form.when is When.ALWAYS
            bare = form.when is When.ALWAYS and len(key) > _LEAST_SHORT and needed(key) is When.ALWAYS
            if form.when is not When.ADDRESSED and ((apostrophe and named) or bare):
                return form, start - addressed, apostrophe.end() if apostrophe else end, "'s"
        return None


def _apart(found: Iterable[Found]) -> list[Found]:
    """Return what was found in order, cut so that nothing overlaps and nothing is left out."""
    apart: list[Found] = []
    for item in sorted(found, key=lambda item: (item.start, -item.end)):
        start = max(item.start, apart[-1].end) if apart else item.start
        if start < item.end:
            apart.append(item._replace(start=start))
    return apart


def redacted(text: str, found: Sequence[Found]) -> str:
    """Return a text with what was found in it replaced."""
    parts, done = [], 0
    for item in found:
        parts += [text[done : item.start], item.instead]
        done = item.end
    return "".join((*parts, text[done:]))


def _is_behind_an_initial(at: int, runs: Sequence[re.Match[str]], lowered: str, done: int) -> bool:
    """Tell whether before the run `at` stands an initial, so that it is a name with that: “A. Lima”."""
    before = runs[at - 1] if at and runs[at - 1].start() >= done else None
    return before is not None and len(before[0]) == 1 and lowered[before.end() : runs[at].start()] in {".", ". "}


def _is_initial(run: re.Match[str], initials: str) -> bool:
    return len(run[0]) == 1 and run[0] in initials


def _close(end: int, run: re.Match[str], lowered: str) -> bool:
    return bool(_GAP.fullmatch(lowered, end, run.start()))


def _folded(text: str) -> tuple[str, list[int] | None]:
    """Return plain text, and the place in `text` of each of its characters and of its end; None where that is equal."""
    if text.isascii():
        return _decoded(text), None
    letters: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        letters.append(char if char.isascii() else plain(char))
        places += [place] * len(letters[-1])
    return _decoded("".join(letters)), [*places, len(text)]


def _decoded(text: str) -> str:
    """Return text with spaces in the place of what web addresses write as `%20`."""
    return _ENCODED.sub("   ", text) if "%" in text else text
