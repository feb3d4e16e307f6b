"""Whether somebody, and not something, is who a sentence speaks of.

“The engineer failed to see it” is about a person, “the pod failed to start” is not, and neither is “the page to the
engineer should have come”. A verb's person is looked for directly before it or, in a question, directly behind it, in
text blanked by `own_words`. What cannot be told for certain is no person: a wrong hint shames someone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Flag, auto
from functools import lru_cache

# What is spelled with single spaces here may be spaced in any way in the text
_SELF = "I"
_US = "we|y'?all|(?:one|some|all|each|most|many|several|few|two|three|both|either|half) of us"
_ONE = (
    r"he|she|someone(?: else)?|somebody(?: else)?|whoever(?: [\w'-]+){0,4}"
    "|(?:one|some|any|each|most|many|several|few|two|three|both|either|half) of you"
)
_NONE = "nobody|no(?: |-)?one|(?:none|neither|not one) of (?:us|you)"
_YOU = "(?:you|u)(?: guys| all| two)?"
_ANYONE = "anyone(?: else)?|anybody(?: else)?|everyone(?: else)?|everybody(?: else)?|any of us|people|folks|who"
_THEY = "they|(?:one|none|some|all|any|each|most|many|several|few|two|three|both|neither|either|half) of them"

_HEADS = (
    "engineers?|developers?|devs?|programmers?|sres?|dbas?|sysadmins?|on-?callers?|on-?call"
    "|(?:person|one) on(?: |-)call|responders?|colleagues?|co-?workers?|team-?mates?|person|guys?|folks|staff|crew"
    "|contractors?|interns?|juniors?|reviewers?|approvers?|committers?|maintainers?|commander|testers?|analysts?"
    "|architects?|technicians?|employees?|consultants?|freelancers?|people"
    "|(?:team|tech|technical|incident|shift|engineering|support|platform) leads?|boss|newcomers?|new hires?|humans?"
    "|(?:night|day|early|late|weekend) shift"
    "|(?:engineering|product|release|incident|project|account|line|our|my|her|his|their) managers?|ops"
    "|(?-i:teams?|Team|QA|SREs?|IC|DBAs?|Ops)"
)
# People, or programs, departments and things of that name
_UNCLEAR = (
    "operators?|admins?|administrators?|owners?"
    "|(?-i:Operations|Management|Leadership|Product|Support|Security|Marketing|Sales)"
)
_LEADING = (
    "the|a|an|our|my|his|her|their|your|this|that|these|those|another|some|any|no|every|each|both|which|two|three"
)
_PREPOSITIONS = (
    "to|for|by|from|of|with|without|on|onto|in|into|at|between|about|via|against|towards?|through|among|under|over|like"
)
_NO_PART = (
    rf"(?:{_PREPOSITIONS}|{_LEADING}|and|or|but|that|which|who|when|if|as|because|so|then|is|was|were|are|had|has)"
)
_BEHIND = (
    " on (?:call|duty|shift)| in charge"
    rf"| (?:in|from|at|on|of|with) (?:(?:{_LEADING}) )?[\w-]+(?: [\w-]+)?(?: [\w-]+)?"
)
_ADVERB = (
    r"(?:\w+ly|also|just|still|then|all|both|each|even|maybe|perhaps|too|now|already|instead|once|again|first|later"
    r"|kind of|sort of|of course|at least|at (?:that|this|the) (?:point|time|stage)|as well|back then"
    r"|in (?:hindsight|retrospect)|looking back|with hindsight"
    r"|(?:them|your|our)selves|(?:him|her|my|your)self|here|there|together|alone|indeed)"
)
_BETWEEN = rf"(?: ?\([^()\n]{{0,60}}\))?(?:, [^,.;:\n\0]{{1,50}},)?(?:,? {_ADVERB},?)*"
# A noun behind these words makes something of them that is no person: the team channel, the on-call rotation
_THINGS = (
    "alerts?|alarms?|bots?|calendars?|channels?|dashboards?|docs?|emails?|folders?|guides?|handbooks?|handoffs?|handovers?"
    "|inbox(?:es)?|keys?|laptops?|lists?|meetings?|names?|notes?|notifications?|numbers?|pagers?|pages?|permissions?|phones?"
    "|playbooks?|policy|policies|process(?:es)?|rotas?|rotations?|runbooks?|schedules?|scripts?|settings?|shifts?|tools?"
    "|tooling|training|trainings?|wikis?|workflows?|accounts?|access|experience|time|manifests?|pods?|logs?|image|version|crds?"
)

_BLOCKED = re.compile(
    r"\b(?:that|which|who|whose|because|when|while|whilst|since|as|if|where|after|before|until|unless|so)\b|[,:(]",
    re.IGNORECASE,
)
_JOINING = re.compile(rf",? +(?:and|but|or|then|so|yet)(?: +{_ADVERB})* *$", re.IGNORECASE)
_QUANTITY = re.compile(
    r"\b(?:someone|somebody|anyone|anybody|one|none|nobody|any|each|all|some|many|several|few|most|two|three|half|rest|part"
    r"|members?|lead|head) of *$",
    re.IGNORECASE,
)
_LAST_WORD = re.compile(r"([\w'-]+)[ ]+$")
_SENTENCE = re.compile(r"[\n.!?;:](?=[ \n\0]|$)|\n")
_REACH = 160  # characters before a verb in which its person is looked for


class Sort(Flag):
    """What kind of person, as some words are about people with some of them only."""

    SELF = auto()
    US = auto()
    ONE = auto()  # he, someone, the engineer, Ana
    NONE = auto()
    YOU = auto()
    ANYONE = auto()  # often people at large
    UNCLEAR = auto()  # they, the operators: perhaps machines
    ANY = SELF | US | ONE | NONE | YOU | ANYONE | UNCLEAR
    CLEAR = SELF | US | ONE | NONE | YOU | ANYONE


@dataclass(frozen=True, slots=True)
class Subject:
    """A person that a text speaks of, and where; `noun` tells that it is not a pronoun."""

    sort: Sort
    start: int
    end: int
    noun: bool = False


@dataclass(frozen=True, slots=True)
class Subjects:
    """Finds the persons of a text; `before` and `after` are the patterns for those whose names are known."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    leading: re.Pattern[str]

    def ending_at(self, text: str, at: int) -> Subject | None:
        """Return the person directly before `at`, adverbs and the like left aside."""
        begin = max(0, at - _REACH)
        found = self.before.search(text, begin, at)
        if found is None:
            return None
        subject = _subject(found)
        if subject.noun and not _leads(text, subject.start):
            return None
        if subject.sort is Sort.ANYONE and found["anyone"].lower() == "who" and not self._asks(text, subject.start):
            return None
        return subject

    def _asks(self, text: str, at: int) -> bool:
        """Return whether a “who” asks, or speaks of a person just named: “the engineer who …”."""
        sentence = text[beginning(text, at) : at].strip()
        return not sentence or self.ending_at(text, at) is not None

    def starting_at(self, text: str, at: int) -> Subject | None:
        """Return the person directly behind `at`, as in a question."""
        found = self.after.match(text, at)
        return _subject(found) if found else None

    def shared(self, text: str, at: int) -> Subject | None:
        """Return the person of the verb before this one: “I was in a hurry and didn't check”."""
        begin = max(beginning(text, at), at - _REACH)
        joined = _JOINING.search(text, begin, at)
        if joined is None:
            return None
        found = list(self.leading.finditer(text, begin, joined.start()))
        if not found or _BLOCKED.search(text, found[-1].end("who"), joined.start()):
            return None
        return _subject(found[-1])


def beginning(text: str, at: int) -> int:
    """Return where the sentence begins that holds `at`."""
    start = 0
    for found in _SENTENCE.finditer(text, max(0, at - 400), at):
        start = found.end()
    return start


def _leads(text: str, at: int) -> bool:
    """Return whether a noun at `at` can be who acts: not “to the engineer”, not “paging the engineer”."""
    before = _LAST_WORD.search(text, max(0, at - 40), at)
    if before is None:
        return True
    word = before[1].lower()
    if word == "of":
        return bool(_QUANTITY.search(text, max(0, at - 60), at))
    return not re.fullmatch(_PREPOSITIONS, word) and not word.endswith("ing")


def _subject(found: re.Match[str]) -> Subject:
    groups = {"self": Sort.SELF, "us": Sort.US, "one": Sort.ONE, "none": Sort.NONE, "you": Sort.YOU}
    groups |= {"anyone": Sort.ANYONE, "they": Sort.UNCLEAR, "noun": Sort.ONE, "unclear": Sort.UNCLEAR}
    group = next(name for name in groups if found[name] is not None)
    return Subject(groups[group], found.start("who"), found.end("who"), noun=group in {"noun", "unclear"})


@lru_cache(maxsize=8)
def subjects(people: tuple[str, ...] = ()) -> Subjects:
    """Return what finds the persons of a text, among them `people` by their names or handles."""
    names = "|".join(
        [r"@[\w.-]*\w", *(rf"@?{re.escape(name)}" for name in sorted(people, key=len, reverse=True) if name)]
    )
    before, after = _person(names, behind=f"(?:{_BEHIND})?"), _person(names, behind=rf"(?! (?:{_THINGS})\b)")
    return Subjects(
        spaced(rf"(?<![\w@'’.-]){before}{_BETWEEN} *$"),
        spaced(rf" *{after}(?![\w-]|'(?!(?:d|ve|ll|re|m)\b))"),
        spaced(
            r"(?:^|(?<=[\n.!?;:])|,|(?<!\w)(?:and|but|so|because|when|while|as|since|then|that)"
            rf"| (?=(?:I|we|he|she)\b)) *{before}"
        ),
    )


def _person(names: str, *, behind: str) -> str:
    part = rf"(?:(?!{_NO_PART}(?![\w-]))[\w'-]+ ){{0,3}}"
    return (
        rf"(?P<who>(?P<self>{_SELF})\b|(?P<us>{_US})\b|(?P<one>(?:{_ONE})\b{behind})|(?P<none>{_NONE})\b|(?P<you>{_YOU})\b"
        rf"|(?P<anyone>(?:{_ANYONE})\b(?:{behind}))|(?P<they>{_THEY})\b"
        rf"|(?P<noun>(?:(?:{names})(?!\w)|(?:(?:{_LEADING}) {part})?(?:{_HEADS})\b){behind})"
        rf"|(?P<unclear>(?:(?:{_LEADING}) {part})?(?:{_UNCLEAR})\b{behind}))"
    )


def spaced(pattern: str) -> re.Pattern[str]:
    """Compile a pattern whose single spaces stand for any run of them, and in which case does not matter."""
    return re.compile(re.sub(" (?![*+?{])", " +", pattern).replace(" ?", " *"), re.IGNORECASE)
