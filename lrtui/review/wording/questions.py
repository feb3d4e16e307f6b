"""What to ask next, going by what was just said: each kind of utterance has a question that draws out more of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from lrtui.review.model import Kind
from lrtui.review.wording.own_words import BLANK, looked_at, own_words
from lrtui.review.wording.subjects import beginning, spaced, subjects
from lrtui.review.wording.verbs import ADVERB, either

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from lrtui.review.wording.subjects import Subjects

MOST = 2  # questions at a time: more than that is a list to read, and nobody reads while somebody speaks


class Heard(StrEnum):
    """What somebody told of."""

    OBVIOUS = "obvious"
    KNOWLEDGE = "knowledge"
    HELP = "help"
    HABIT = "habit"
    FEELING = "feeling"
    DECISION = "decision"
    ACTION = "action"
    ASSESSMENT = "assessment"
    OBSERVATION = "observation"
    DETAIL = "detail"


@dataclass(frozen=True, slots=True)
class Question:
    """A question to ask, and the words that suggest it; a general one is suggested by none."""

    ask: str
    heard: Heard | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class _Cue:
    """Words that tell what is being told of; `by_somebody` where they need a person before them, or none at all."""

    heard: Heard
    said: re.Pattern[str]
    by_somebody: bool = False
    unless: re.Pattern[str] | None = None


_ASK = {
    Heard.OBVIOUS: "Was that as plain to everyone here, back then?",
    Heard.KNOWLEDGE: "Where did that knowledge come from: had someone told you, or had you met it before?",
    Heard.HELP: "What was the moment to call, and how did you find out whom?",
    Heard.HABIT: "When does it go differently? What happens just before it, and just after?",
    Heard.FEELING: "What else was happening around you at that time?",
    Heard.DECISION: "What led you there? Have you ever decided the other way in a case like this?",
    Heard.ACTION: "Which other ways were open at that point, and what was pressing?",
    Heard.ASSESSMENT: "What told you so, and since when?",
    Heard.OBSERVATION: "What was it exactly that you saw or heard, and where?",
    Heard.DETAIL: "For how many of you is some of this new?",
}
_GENERAL = {
    Kind.EVENT: "Who else was there at that moment, and what did it look like to them?",
    Kind.NOTE: "Who sees it the same way, and who saw something else?",
    Kind.LEARNING: "Who is hearing this for the first time?",
    Kind.DECISION: "What else was on the table, and what spoke for this one?",
    Kind.QUESTION: "Who might know, and what would we need to look at?",
    Kind.WENT_WELL: "What made that possible, and how do we get it on purpose next time?",
    Kind.WAS_HARD: "What made it hard just then? What did you wish you had?",
    Kind.PARKED: "Who takes this up after today, and where?",
    Kind.ACTION: "Who takes it on, whose product is it, and how will we see that it is done?",
}

# A path, an option, an address, a version, a name in code, a number with its unit
_TECHNICAL = re.compile(
    rf"{BLANK}+|(?<!\w)(?:/[\w.-]+){{2,}}|(?<!\S)--?[a-z][\w-]*|\b\d+(?:\.\d+){{1,3}}\b|\b\w+[_:]{{1,2}}\w+\b"
    r"|\b[a-z]+[A-Z]\w*|\b[A-Z]{2,}[A-Z0-9]*\b|\b\d+ ?(?:ms|s|MB|GB|TB|kB|MiB|GiB|rps|qps|%)(?!\w)"
)
_DEEP = 4  # of them in one line


def questions(text: str, kind: Kind, *, people: Collection[str] = ()) -> tuple[Question, ...]:
    """Return what to ask about the line just captured: at most `MOST` questions that fit it, or a general one.

    What stands in quotes, code and the like is passed over, as for hints, and only the beginning of a long line is
    looked at. A private line is the facilitator's own, and suggests nothing.
    """
    if kind is Kind.PRIVATE:
        return ()
    fitting = tuple(islice(_fitting(looked_at(text), subjects(tuple(sorted(people)))), MOST))
    return fitting or (Question(_GENERAL[kind]),)


def _fitting(text: str, persons: Subjects) -> Iterator[Question]:
    own = own_words(text)
    heard: set[Heard] = set()
    for cue in _cues():
        found = None if cue.heard in heard else _found(cue, own, persons)
        if found:
            heard.add(cue.heard)
            yield Question(_ASK[cue.heard], cue.heard, text[found.start() : found.end()].strip())
    technical = list(islice(_TECHNICAL.finditer(own), _DEEP))
    if len(technical) == _DEEP:
        yield Question(_ASK[Heard.DETAIL], Heard.DETAIL, text[technical[0].start() : technical[0].end()].strip())


def _found(cue: _Cue, own: str, persons: Subjects) -> re.Match[str] | None:
    for said in cue.said.finditer(own):
        before = own[beginning(own, said.start()) : said.start()]
        somebody = not before.strip() or persons.ending_at(own, said.start()) or persons.shared(own, said.start())
        if (somebody or not cue.by_somebody) and not (cue.unless and cue.unless.search(before)):
            return said
    return None


@lru_cache(maxsize=1)
def _cues() -> tuple[_Cue, ...]:
    """Return the cues, those first whose questions open the most."""
    return tuple(_speaking())


def _speaking() -> Iterator[_Cue]:
    denied = spaced(r"(?:\b(?:not|never|nothing|no)|n't)(?: \w+)? ?\Z")
    obvious = r"\b(?:obviously|of course|needless to say|(?:everyone|everybody) knows|(?:it|that) was obvious)\b"
    yield _Cue(Heard.OBVIOUS, spaced(obvious), unless=denied)
    sure = rf"(?:was|were) (?:(?:{ADVERB}|pretty|quite) ){{0,4}}(?:sure|certain)"
    knew = rf"\b(?:knew|remembered|recognised|recognized|{sure})\b"
    yield _Cue(Heard.KNOWLEDGE, spaced(knew), by_somebody=True)
    called = either(r"called paged pinged rang phoned contacted messaged texted escalated consulted")
    asked = (
        rf"\b(?:{called}\b(?! (?:off|it|an? (?:incident|halt|meeting|sev\w*)))|reached out"
        r"|asked (?:for|around|in the)\b|asked (?:[\w@'-]+ ){1,4}?(?:for|to)\b"
        r"|(?:brought|pulled|looped|got) (?:[\w@'-]+ ){1,4}?(?:in|involved)\b)"
    )
    yield _Cue(Heard.HELP, spaced(asked), by_somebody=True)
    yield from _habits_and_feelings()
    yield from _deeds()
    yield from _views()


def _habits_and_feelings() -> Iterator[_Cue]:
    working = spaced(r"\b(?:\w+ing|operat\w+|worked|works|work|behaved?|run|ran|back to|respond\w*|function\w*) ?\Z")
    usual = r"\b(?:usually|normally|typically|most of the time|as a rule|nine times out of ten)\b"
    yield _Cue(Heard.HABIT, spaced(usual), unless=working)
    tend = r"\b(?:always|tend to|often|used to)\b|\b(?:whenever|every time|each time) (?=(?:I|we|you|he|she|someone)\b)"
    yield _Cue(Heard.HABIT, spaced(tend), by_somebody=True)
    mood = either(
        r"frustrat\w+ annoy\w+ scared scary worried worrying stressed stressful panick\w* confused confusing",
        r"nervous anxious overwhelm\w+ exhausted exhausting tired afraid embarrass\w+ relieved angry surprised",
        "unsure helpless uneasy tense terrified terrifying upset hectic chaotic uncomfortable unpleasant awful",
        "horrible lonely shocked",
    )
    very = f"(?: (?:{ADVERB}|very|so|pretty|quite|a bit|a little)){{0,4}}"
    felt = rf"\b(?:(?:was|were|am|got|felt|is)|'(?:m|s|re)){very} {mood}\b"
    yield _Cue(Heard.FEELING, spaced(rf"{felt}|(?<!\w)'(?:m|s|re) {mood}\b|\bpanicked\b|\bin (?:a )?panic\b"))


def _deeds() -> Iterator[_Cue]:
    state = either(
        "was were had could can knew did have has are am is should would will need needs thought saw noticed got",
        "didn't",
    )
    decided = r"\b(?:decided|decision|chose|opted for|opted to|made the call|went with|settled on|agreed to)\b"
    yield _Cue(Heard.DECISION, spaced(decided))
    so = rf"(?:\A|(?<=[\n,;.–—-])) ?(?:and )?so (?=(?:I|we|he|she|they)(?: {ADVERB}){{0,4}} (?!{state}\b)\w+)"
    yield _Cue(Heard.DECISION, spaced(so))
    did = either(
        "pushed restarted rebooted deployed redeployed reverted deleted removed killed merged flipped scaled",
        "changed disabled enabled switched stopped started drained increased raised lowered doubled cleared purged",
        "bumped tried patched applied ran typed pressed clicked blocked cordoned turned moved rotated resized",
        "updated upgraded hit",
    )
    it = "(?:it |that |this |everything )?"
    acted = rf"\b(?:{did}|rolled {it}back|failed {it}(?:over|back)|(?:took|shut) {it}down)\b"
    yield _Cue(Heard.ACTION, spaced(acted), by_somebody=True)


def _views() -> Iterator[_Cue]:
    state = either(
        "broken down dead stuck unhealthy wrong fine healthy normal overloaded hosed unavailable degraded full",
        "saturated unresponsive ok okay resolved fixed corrupted offline slow flaky idle gone bad better worse",
        "empty cold",
    )
    culprit = "the (?:problem|issue|cause|culprit|network|database|cache|deploy)"
    very = f"(?: (?:{ADVERB}|all|totally|pretty|a bit|quite)){{0,4}}"
    judged = rf"(?:\b(?:was|were|is|are|seemed|had gone|went)|'s){very} (?:{state}|{culprit})\b"
    yield _Cue(Heard.ASSESSMENT, spaced(judged))
    look = either(
        "off odd weird strange wrong fine normal high low slow funny bad suspicious good healthy like unusual",
    )
    saw = rf"\blook(?:s|ed|ing){very} {look}\b|\b(?:saw|noticed|spotted|heard|observed)\b"
    yield _Cue(Heard.OBSERVATION, spaced(saw))
    yield _Cue(Heard.OBSERVATION, spaced(r"\b(?:seemed|appeared|showed|spiked|jumped|dropped|climbed)\b"))
