"""What stands around answers in mail and chat: greetings, closings, headers, names, times, addresses.

A line can look like one of these and be an answer all the same (“Best to start earlier”). So two things are told
apart: a line that is nothing but that, and one that begins or sounds like it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lrtui.review.model import Review

TIME = re.compile(r"\[?\b[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\s?[AP]M)?\b\]?", re.IGNORECASE)
_ADDRESS = re.compile(r"<?(?:mailto:)?[^\s<>]+@[^\s<>]+\.\w+>?")
_GREETS = r"(?i:hi|hello|hey|dear|hallo|moin|good (?:morning|afternoon|evening|day))\b"
_CLOSES = (
    r"(?i:thanks|thank you|many thanks|thx|cheers|best|all the best|(?:kind|best|warm) regards|regards|best wishes"
    r"|sincerely|yours|see you|sent from my)\b"
)
_GREETING = re.compile(rf"\s*{_GREETS}(?P<rest>[^?]{{0,30}})")
_CLOSING = re.compile(rf"\s*{_CLOSES}(?P<rest>[^?]{{0,30}})")
_HEADER = re.compile(
    r"\s*(?:from|to|cc|bcc|sent|date|subject|reply-to|von|an|betreff|datum|gesendet)\s*:(?P<rest>.*)", re.IGNORECASE
)
_DATED = re.compile(r"\s*(?:sent|date|gesendet|datum)\s*:.*(?:\b[0-9]{4}\b|[0-9]:[0-9]).*", re.IGNORECASE)
_REPLIED = re.compile(r"\s*(?:subject|betreff)\s*:\s*(?:re|fwd?|aw|wg)\s*:.*", re.IGNORECASE)
_WROTE = re.compile(r".*\b(?:wrote|schrieb|écrit|escribió|ha scritto)\b.{0,40}:\s*", re.IGNORECASE)
_DEVICE = re.compile(r"\s*sent from my \w+(?: \w+)?[\s.]*", re.IGNORECASE)
_NO_WORDS = re.compile(r"[\W_]*")

# people who are on no roster
_SOMEBODY = r"[^\W\d_a-z][\w.'-]*(?: [^\W\d_a-z][\w.'-]*){0,2}"
_STRANGER = re.compile(
    rf"\s*(?:{_SOMEBODY}\s*<\S+@\S+>|{_SOMEBODY}(?:\s{{2,}}|\s*(?=\[)){TIME.pattern}|\[{TIME.pattern}\s+{_SOMEBODY}:?"
    rf"|(?i:from|von)\s*:\s*{_SOMEBODY}|{_GREETS} {_SOMEBODY}[,!]?|{_CLOSES},\s*{_SOMEBODY})\s*"
)

_BESIDE_NAMES = {"at", "am", "pm", "today", "yesterday", "on", "and", "reply", "replied", "app", "edited"}  # in chats
_EVERYBODY = {"all", "everyone", "everybody", "team", "folks", "there", "both", "together", "again", "you"}
_ONLY = {"a", "lot", "so", "very", "much", "many", "in", "advance", "thanks", "regards", "wishes", "cheers", "best"}
_FORMULAS = {*_EVERYBODY, *_ONLY, "soon", "sincerely", "truly"}

_LONGEST_HEADER = 16  # words beside a time of day or an address


@dataclass(frozen=True)
class Around:
    """Tells what stands around answers, where people of those names (in parts, folded) are on the roster."""

    names: frozenset[str]

    def is_name(self, text: str) -> bool:
        """Tell whether a text is a name, with what chats put beside it."""
        words = _words(text)
        return words <= self.names | _BESIDE_NAMES and not words.isdisjoint(self.names)

    def is_nothing_else(self, line: str) -> bool:
        """Tell whether a line is surely no answer."""
        if any(pattern.fullmatch(line) for pattern in (_NO_WORDS, _WROTE, _DEVICE, _DATED, _REPLIED, _STRANGER)):
            return True
        bare = TIME.sub(" ", _ADDRESS.sub(" ", line))
        phrase = _GREETING.fullmatch(bare) or _CLOSING.fullmatch(bare)
        header = _HEADER.fullmatch(bare)
        return (
            bool(_NO_WORDS.fullmatch(bare))
            or self.is_name(bare)
            or bool(phrase and _words(phrase["rest"]) <= self.names | _FORMULAS)
            or bool(header and _words(header["rest"]) <= self.names)
        )

    def sounds_like_it(self, line: str) -> bool:
        """Tell whether a line has something of what stands around answers."""
        timed = TIME.search(line) or _ADDRESS.search(line)
        return bool(
            _HEADER.match(line)
            or _GREETING.fullmatch(line)
            or is_closing(line)
            or (timed and len(re.findall(r"\w+", line)) <= _LONGEST_HEADER)
        )


def around(review: Review) -> Around:
    """Return what tells what stands around the answers to a review."""
    people = review.participants.values()
    spelled = (name for person in people for name in (person.name, person.handle))
    return Around(frozenset(part.casefold() for name in spelled for part in re.findall(r"\w+", name)))


def is_closing(line: str) -> bool:
    """Tell whether a line is how a mail ends, below which a name may stand."""
    return bool(_CLOSING.fullmatch(line))


def _words(text: str) -> set[str]:
    return {word.casefold() for word in re.findall(r"[^\W\d_]+", text)}
