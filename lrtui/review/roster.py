"""The roster: how a person is named in a line, how people are added, and whether the mix of people is right.

Hints about the mix are offers, never conditions: a review may be held with whoever is there.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lrtui.errors import Refused
from lrtui.review.model import Kind
from lrtui.review.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from lrtui.review.model import Participant, Review
    from lrtui.review.template import Role

_LONGEST_HANDLE = 24
_NOBODY = "guest"  # the handle of a name without a single letter
_ALIASES = {"sme": "expert", "scribe": "note_taker"}
_FEWEST, _MOST = 3, 10
_MOST_MANAGERS = 2

# Latin letters that Unicode does not take apart into a plain letter and an accent
_PLAIN = str.maketrans(
    {"ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
_LISTED = re.compile(r"^\s*(?:[-*•–]|\d+[.)])\s+")


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody to put on the roster; `role` is the key of one of the template's roles, or empty."""

    name: str
    role: str = ""
    team: str = ""


def handle(name: str, taken: Collection[str]) -> str:
    """Return what to call somebody in a line: a short lower-case part of the name that is not `taken`.

    The first name, else the last, else those between, else initial and last name, else the first name and a number.
    """
    used = {_folded(other) for other in taken}
    parts = _parts(name)
    free = (part for part in (*parts, *_initialled(parts)) if _folded(part) not in used)
    return next(free, None) or _numbered(parts[0], used)


def _parts(name: str) -> list[str]:
    """Return the letters and digits of each word of a name, folded: the first word, the last, then those between."""
    words = ["".join(filter(_belongs, word))[:_LONGEST_HANDLE] for word in _folded(name).split()]
    words = [word for word in words if any(map(str.isalnum, word))] or [_NOBODY]
    first, *rest = [word for word in words if len(word) > 1] or words
    return [first, *rest[-1:], *rest[:-1]]


def _belongs(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char).startswith("M")


def _initialled(parts: list[str]) -> list[str]:
    return [(parts[0][0] + parts[1])[:_LONGEST_HANDLE]] if len(parts) > 1 else []


def _numbered(part: str, used: set[str]) -> str:
    number = 2
    while _folded(f"{part}{number}") in used:
        number += 1
    return f"{part}{number}"


def _folded(name: str) -> str:
    """Return a name in lower case, its Latin letters without accents; other scripts keep their marks."""
    plain: list[str] = []
    for char in unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).lower()):
        accent = unicodedata.combining(char) and plain and plain[-1].isascii()
        if not accent:
            plain.append(char)
    return unicodedata.normalize("NFC", "".join(plain).translate(_PLAIN))


def find(review: Review, handle_or_name: str) -> Participant | None:
    """Return who is meant: by handle, else by whole name, else by the beginning of a name that fits nobody else."""
    asked = _folded(clean_line(handle_or_name).removeprefix("@"))
    people = review.participants.values()
    if not asked:
        return None
    for person in people:
        if _folded(person.handle) == asked:
            return person
    fitting = _called(review, asked)
    return fitting[0] if len(fitting) == 1 else None


def named(review: Review, words: str) -> Participant:
    """Return who is meant; raises `Refused` where that is nobody, or several and no @handle says which."""
    person = find(review, words)
    asked = clean_line(words)
    fitting = [] if asked.startswith("@") else _called(review, _folded(asked))
    if len(fitting) > 1 and (person is None or person in fitting):
        told = " and ".join(f"{other.name} (@{other.handle})" for other in fitting)
        raise Refused(f"“{asked}” fits {told}. Write the @name.")
    if person is None:
        known = ", ".join(f"@{other.handle}" for other in review.participants.values())
        raise Refused(f"Nobody on the roster is called “{asked}” ({known or 'nobody is on the roster yet'}).")
    return person


def _called(review: Review, asked: str) -> list[Participant]:
    """Return whose whole name this is, else whose name begins with it."""
    people = review.participants.values()
    exact = [person for person in people if _folded(person.name) == asked]
    return exact or [person for person in people if asked and _folded(person.name).startswith(asked)]


def parse_people(text: str, roles: Sequence[Role] = ()) -> tuple[NewPerson, ...]:
    """Read several people, parted by semicolons or lines."""
    return tuple(parse_person(part, roles) for part in re.split(r"[;\n]", text) if part.strip())


def parse_person(text: str, roles: Sequence[Role] = ()) -> NewPerson:
    """Read “Ana Lima: responder, payments”: a name, then role and team in either order.

    Lists that people paste are read too: “- Ana Lima (payments)”, “Ana Lima, responder, payments”. Names and commas
    alone may be several people, and are refused.
    """
    typed = _LISTED.sub("", text)
    name, _, rest = typed.partition(":")
    several = "," in name
    if not rest:
        name, _, rest = name.replace("(", ",").replace(")", "").partition(",")
        several = "(" not in typed and several and not any(_role(clean_line(words), roles) for words in rest.split(","))
    names = _names(typed)
    if several and len(names) > 1:
        raise Refused(_said_of_several(names))
    if not clean_line(name):
        raise Refused("A name is missing. Write it first, as in “Ana Lima: responder, payments”.")
    role = ""
    team = []
    for words in filter(None, map(clean_line, rest.split(","))):
        found = "" if role else _role(words, roles)
        role = role or found
        if not found:
            team.append(words)
    return NewPerson(clean_line(name), role, ", ".join(team))


def _names(typed: str) -> list[str]:
    return [name for name in map(clean_line, typed.partition(":")[0].split(",")) if name]


def _said_of_several(names: Sequence[str]) -> str:
    first, second = (_short(name, 24) for name in names[:2])
    return (
        f"“{first}, {second}” may be two people, or one and a team. "
        f"Two people: “{first}; {second}”. A team: “{first}: {second}”."
    )


def said_of_roles(typed: str, roles: Sequence[Role] = ()) -> str:
    """Say of people for whom words and no role were typed that these are kept as the team, and which roles there are.

    Nothing where all have a role, or nothing but a name, or there are no roles.
    """
    people = [person for person in parse_people(typed, roles) if person.team and not person.role]
    if not people or not roles:
        return ""
    words, name = _short(people[0].team, 32), _short(people[0].name, 32)
    return f"“{words}” is no role here and kept as the team of {name}. {roles_in_words(roles)}"


def roles_in_words(roles: Sequence[Role]) -> str:
    """Tell in a sentence which roles there are, as they are typed."""
    return f"The roles are: {', '.join(_spaced(role.key) for role in roles)}."


def _role(words: str, roles: Sequence[Role]) -> str:
    """Return the key of the role that is meant, by key, title or an unambiguous beginning of one; else nothing."""
    asked = _spaced(words)
    names = {role.key: (_spaced(role.key), _spaced(role.title)) for role in roles}
    alias = _ALIASES.get(asked)
    if alias in names:
        return alias
    exact = [key for key, known in names.items() if asked in known]
    begun = [key for key, known in names.items() if len(asked) > 2 and any(name.startswith(asked) for name in known)]
    fitting = exact or begun
    return fitting[0] if len(fitting) == 1 else ""


def _spaced(words: str) -> str:
    return words.casefold().replace("_", " ").replace("-", " ")


def mix(review: Review) -> list[str]:
    """Return what may be worth a thought about who is there, a sentence each; nothing for a review written alone."""
    people = list(review.participants.values())
    if review.alone:
        return []
    if not people:
        return ["Who will be there? Add people, as in “Ana Lima: responder, payments”."]
    return [
        *_size(len(people)),
        *_facilitation(review, people),
        *_deciding(review, people),
        *_roles(review, people),
        *_fresh_eyes(review, people),
        *_managers(review, people),
    ]


def _size(count: int) -> Iterator[str]:
    if count > _MOST:
        yield f"{count} people: beyond {_MOST}, talk turns into a lecture. Some could read the result instead."
    elif count < _FEWEST:
        yield f"{count} {'person' if count == 1 else 'people'} so far: below {_FEWEST}, some views are likely missing."


def _facilitation(review: Review, people: Sequence[Participant]) -> Iterator[str]:
    leading = [person for person in people if person.role == "facilitator"]
    responding = {_folded(person.name) for person in people if person.role == "responder"}
    if not leading and "facilitator" in {role.key for role in review.template.roles}:
        yield "Nobody is down as facilitator yet; best is someone who was not part of the event."
    if len(leading) > 1:
        yield f"{len(leading)} facilitators: agree who leads; the other can watch and give feedback."
    for person in leading:
        if _folded(person.name) in responding:
            yield f"{_short(person.name, 24)} responded too; it is easier to listen as someone from outside."


def _deciding(review: Review, people: Sequence[Participant]) -> Iterator[str]:
    template = review.template
    wished = any(role.key == "decision_maker" and role.at_least for role in template.roles)
    expected = wished or any(step.captures == Kind.DECISION for step in template.steps)
    if expected and "decision_maker" not in {person.role for person in people}:
        yield "Decisions may come up, and nobody is down as able to make them on the spot."


def _roles(review: Review, people: Sequence[Participant]) -> Iterator[str]:
    """Compare the roster with what the template wishes; facilitator and decision maker have words of their own."""
    for role in review.template.roles:
        count = sum(person.role == role.key for person in people)
        title = _short(role.title or role.key, 40)
        own_words = role.key == "facilitator" or (role.key == "decision_maker" and not count)
        if count < role.at_least and not own_words:
            yield f"{title}: {count or 'nobody'} so far, {role.at_least} or more would help."
        if role.at_most is not None and count > role.at_most and role.key not in {"facilitator", "manager"}:
            yield f"{title}: {count} people, {role.at_most} at most is plenty."


def _fresh_eyes(review: Review, people: Sequence[Participant]) -> Iterator[str]:
    """Notice that everyone who will speak responded, unless an expert is being asked for already."""
    speaking = [person.role for person in people if person.role not in {"facilitator", "note_taker"}]
    asked = any(role.key == "expert" and role.at_least and "expert" not in speaking for role in review.template.roles)
    if speaking and set(speaking) == {"responder"} and not asked:
        yield "Everyone was part of the response; an expert who was not would see it with fresh eyes."


def _managers(review: Review, people: Sequence[Participant]) -> Iterator[str]:
    wished = next((role.at_most for role in review.template.roles if role.key == "manager"), None)
    most = _MOST_MANAGERS if wished is None else wished
    count = sum(person.role == "manager" for person in people)
    if count > most:
        yield f"{count} manager{'s' * (count > 1)}: people often speak more freely with {most or 'none'} at most."


def _short(text: str, length: int) -> str:
    line = clean_line(text)
    return line if len(line) <= length else line[: length - 1].rstrip() + "…"
