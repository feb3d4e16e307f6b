"""What looks like a secret in a text: keys, tokens, passwords, private addresses. Pure.

A check that cries wolf is clicked away. So a pattern is one that next to nothing else has: the prefix that a service
gives its keys, a word such as `password` with a value that is no word, a range of addresses. What an incident is full
of is let be: commits, digests, trace ids and UUIDs, placeholders, names of variables. How often the patterns are right
is measured on sentences beside the tests.
"""

from __future__ import annotations

import re
from base64 import b64decode
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from lrtui.publish.ordinary import word_set

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_AROUND = 24  # characters shown on either side
_SHORT = 12  # a secret of fewer characters shows one at either end, a longer one two

_LEAST_TOKEN, _LEAST_PASSWORD = 8, 6  # characters of a value that looks like nothing but a word

# what a text in lower case has in it if any of the rules may fit
_SIGNS = r"""
    [@+] | ://[^\s/]*: | [0-9]\.[0-9] | \s-u\s*[\w.-]+: | \bf[cde][0-9a-f]{2}:
  | \.(?:local|internal|corp|intranet|lan)\b | (?<![\w+/=-])[\w+/=-]{20} | \bxox[abeoprs]- | \b[rs]k_(?:live|test)_
"""
_WORDS = "pass|pwd|secret|token|key|credential|bearer|basic|eyj|sg[.]"

# keys that say what they are
_KEYS = r"""
    \b(?:AKIA|ASIA)[0-9A-Z]{16}\b                                               # Amazon
  | \bgh[opsur]_[A-Za-z0-9]{30,} | \bgithub_pat_\w{22,} | \bglpat-[\w-]{20,}
  | \bxox[abeoprs]-[\w-]{10,} | hooks\.slack\.com/services/[\w/]{20,}
  | \bAIza[\w-]{35} | \bya29\.[\w-]{20,} | \bGOCSPX-[\w-]{20,}                  # Google
  | \b[rs]k_(?:live|test)_\w{10,} | \bwhsec_\w{20,}                             # Stripe
  | \bsk-(?:proj-|ant-|or-)?[A-Za-z0-9_-]{20,}
  | \bnpm_[A-Za-z0-9]{30,} | \bpypi-[\w-]{16,} | \bdop_v1_[0-9a-f]{32,} | \bhf_[A-Za-z]{30,}
  | \bSG\.[\w-]{16,}\.[\w-]{16,} | \bhv[sbr]\.[\w-]{20,} | \bsq0[a-z]{3}-[\w-]{20,} | \bdapi[0-9a-f]{32}\b
  | \b[0-9]{8,10}:AA[\w-]{33}\b                                                 # Telegram
  | discord(?:app)?\.com/api/webhooks/[0-9]+/[\w-]{20,}
  | \bSharedAccessKey=[\w+/=]{20,} | \bAccountKey=[\w+/=]{20,}
  | \beyJ[\w-]{8,}\.eyJ[\w-]{8,}(?:\.[\w-]*)?                                   # a JSON web token
  | -----BEGIN[ ](?:[A-Z]+[ ])*PRIVATE[ ]KEY(?:[ ]BLOCK)?-----
"""
_WORD = (
    r"(?:passw(?:or)?d|passphrase|(?<=[_.-])pass|pass(?==)|pwd|secret|token"
    r"|(?:api|access|auth|private|secret|signing)[ _-]?key|credentials?)"
)
_ASSIGNED = rf"""
    (?P<name>(?<![^\W_])(?:\w{{1,40}}[_.-])?{_WORD}s?)["']?
    (?P<sign>\s{{0,3}}(?::=|=>|[=:])\s{{0,3}}|\s(?:is|was)\s)
    (?P<quote>["'`])?(?P<secret>[^\s"'`,;&<>]{{4,}})
"""
_FLAG = rf"""
    (?<!\w)--?(?:[a-z]{{1,20}}-){{0,4}}{_WORD}[ ](?P<secret>[^\s"'`-][^\s"'`]{{3,}})
  | \s-u(?:\s+|(?!rl:|ri:|id:|ser(?:name)?:|pdate:))[\w.-]+:(?![0-9]+(?!\S))(?P<pair>[^\s"'`@/]{{3,}})
"""
_IN_ADDRESS = (
    r"""\b[a-z][a-z0-9+.-]{0,20}://(?:[^\s/@:'"]{0,99}:(?P<secret>[^\s/@'"]{2,})|(?P<whole>[^\s/@:'"]{16,}))@"""
)
_HEADER = r"""\b(?:bearer|basic)\s+(?P<secret>[A-Za-z0-9._~+/-]{12,}=*)"""
_BASIC = r"""\bbasic\s+(?P<secret>[A-Za-z0-9+/]{6,}={0,2})(?![\w+/=-])"""
_MIXED = r"""(?<![\w/+.=@#&?-])[A-Za-z0-9+/_-]{32,}={0,2}(?![\w/.-])"""
_PRIVATE_IP = r"""
    (?<![\w.-])(?:10(?:\.[0-9]{1,3}){3}|172\.(?:1[6-9]|2[0-9]|3[01])(?:\.[0-9]{1,3}){2}|192\.168(?:\.[0-9]{1,3}){2}
      |169\.254(?:\.[0-9]{1,3}){2}|100\.(?:6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])(?:\.[0-9]{1,3}){2})(?![\w-]|\.[0-9])
  | (?<![\w:.])(?:f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]):(?=[0-9a-f:]*:)[0-9a-f:]*[0-9a-f](?![\w:])
"""
_LABEL = r"[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?"
_HOST = rf"(?:(?<![\w./@-])|(?<=://))(?:{_LABEL}\.){{1,8}}(?:local|internal|corp|intranet|lan)(?![\w-]|\.\w|\()"
_MAIL = rf"(?<![\w.+/@:-])[\w.+-]{{0,63}}\w@(?:{_LABEL}\.){{1,8}}[a-z]{{2,24}}(?![\w-]|\.\w|:\w)"
_PHONE = r"(?<![\w+.])\+[1-9][0-9]{0,2}(?:[ ./-]?\(?[0-9]{2,5}\)?){2,5}(?![\w.:%-])"

_NO_VALUES = word_set("""
    null none nil true false undefined empty unset expired invalid missing required redacted hidden secret password
    token rotated revoked leaked wrong unknown changed reset string value bearer basic yes todo tbd your example
    optional stored kept set lost stale fine good valid gone too back here there still
""")
_NO_MAIL = (
    "example.com",
    "example.org",
    "example.net",
    "example",
    "test",
    "invalid",
    "localhost",
    "noreply.github.com",
)
_NO_DOMAIN = word_set("service socket timer mount target slice png jpg jpeg svg gif webp js ts css json yaml yml md py")
_NO_HOST = word_set("config settings env compose override docker-compose thread application storage values")

CREDENTIALS = frozenset({"a key", "a token", "a password or token", "a password in an address"})


class Secret(NamedTuple):
    """Something that looks like a secret: its place in the text, and what it looks like."""

    start: int
    end: int
    what: str


def find(text: str) -> list[Secret]:
    """Return what looks like a secret in a text, in order; none overlaps another."""
    lowered = text.lower()
    if not any(sign.search(lowered) for sign in _signs()):
        return []
    found: list[Secret] = []
    for secret in sorted(_all_in(text), key=lambda secret: (secret.start, -secret.end)):
        if not found or secret.start >= found[-1].end:
            found.append(secret)
    return found


def shown(text: str, secret: Secret, others: Iterable[Secret]) -> str:
    """Return a secret masked but for its ends, with a few of the words about it; so are `others` among these."""
    return around(text, secret, masked(text, secret), others)


def around(text: str, place: Secret, middle: str, others: Iterable[Secret]) -> str:
    """Return `middle` for what stands in a place of a text, with a few of the words about it, `others` there masked."""
    before, after = text[: place.start], text[place.end :]
    for other in sorted(others, reverse=True):
        if other.end <= place.start:
            before = before[: other.start] + masked(text, other) + before[other.end :]
        elif other.start >= place.end:
            after = after[: other.start - place.end] + masked(text, other) + after[other.end - place.end :]
    left, right = ("…" if len(words) > _AROUND else "" for words in (before, after))
    return " ".join(f"{left}{before[-_AROUND:]}{middle}{after[:_AROUND]}{right}".split())


def masked(text: str, secret: Secret) -> str:
    """Return a secret with no more than its ends to be read."""
    ends = 1 if secret.end - secret.start < _SHORT else 2
    return f"{text[secret.start : secret.start + ends]}•••{text[secret.end - ends : secret.end]}"


def _all_in(text: str) -> Iterator[Secret]:
    for rule in _rules():
        for match in rule.pattern.finditer(text):
            group = next((name for name in ("secret", "pair", "whole") if match.groupdict().get(name)), 0)
            if rule.holds(match, match[group]):
                yield Secret(*match.span(group), rule.what)


class _Rule(NamedTuple):
    """What secrets of one class look like, and what has to hold besides, of the match and the secret in it."""

    what: str
    pattern: re.Pattern[str]
    holds: Callable[[re.Match[str], str], bool]


@cache
def _signs() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(_SIGNS, re.VERBOSE), re.compile(_WORDS)


@cache
def _rules() -> tuple[_Rule, ...]:
    """Return the rules; made when the first text may have something in it, since it takes a moment."""
    any_case = re.VERBOSE | re.IGNORECASE
    return (
        _Rule("a key", re.compile(_KEYS, re.VERBOSE), _always),
        _Rule("a password or token", re.compile(_ASSIGNED, any_case), _is_value),
        _Rule("a password or token", re.compile(_FLAG, any_case), _is_no_placeholder),
        _Rule("a password in an address", re.compile(_IN_ADDRESS, any_case), _is_no_placeholder),
        _Rule("a token", re.compile(_HEADER, any_case), _is_mixed),
        _Rule("a token", re.compile(_BASIC, any_case), _is_pair),
        _Rule("a key", re.compile(_MIXED), _is_random),
        _Rule("a private address", re.compile(_PRIVATE_IP, any_case), _is_address),
        _Rule("an internal host name", re.compile(_HOST, re.IGNORECASE), _is_host),
        _Rule("an e-mail address", re.compile(_MAIL, re.IGNORECASE), _is_mail),
        _Rule("a telephone number", re.compile(_PHONE), _is_phone),
    )


def _always(_: re.Match[str], __: str) -> bool:
    return True


def _is_no_placeholder(_: re.Match[str], value: str) -> bool:
    """Tell whether it may be the value itself: no `$NAME`, `<token>`, `{{ x }}`, `****`, `xxxx`, `%s`."""
    plain = value.strip("\"'`.,;:!?)")
    return bool(
        len(set(plain)) > 2
        and plain.casefold() not in _NO_VALUES
        and not re.match(r"[$<{%(\[]|[*x•.…_-]+$|your[_-]|\w*redacted|\w*masked", plain, re.IGNORECASE)
    )


def _is_value(match: re.Match[str], value: str) -> bool:
    """Tell whether a word such as `password` has been given a value, and not a sentence about it."""
    if not _is_no_placeholder(match, value) or value.endswith(("(", "()")):
        return False
    plain = value.rstrip(".,;:!?)")
    figures = any(map(str.isdigit, plain)) and any(map(str.isalpha, plain))
    odd = figures or bool(re.search(r"[^\w.-]", plain)) or (plain != plain.lower() and plain != plain.capitalize())
    name = match["name"].casefold()
    of_password = name.startswith(("passw", "passphrase", "pwd")) or "_passw" in name
    if not of_password and not re.search(r"_PASS$", match["name"]):
        return figures and len(plain) >= _LEAST_TOKEN
    alone = "=" in match["sign"] or bool(match["quote"]) or not match.string[match.end() :].strip("\"'`.) ")
    return odd or (alone and len(plain) >= _LEAST_PASSWORD)


def _is_mixed(_: re.Match[str], value: str) -> bool:
    return bool(re.search(r"[0-9]", value) and re.search(r"[A-Za-z]", value))


def _is_pair(_: re.Match[str], value: str) -> bool:
    """Tell whether it is a user and a password in the spelling of a header, Base64."""
    try:
        said = b64decode(value, validate=True).decode()
    except ValueError:
        return False
    return said.isprintable() and bool(re.fullmatch(r"[^:]+:.+", said))


def _is_random(_: re.Match[str], value: str) -> bool:
    """Tell whether a long word is of letters in both cases and figures without an order: no hash, no path, no slug."""
    runs = re.findall(r"[A-Z]+|[a-z]+|[0-9]+", value)
    return (
        not re.fullmatch(r"(?:0x)?[0-9a-fA-F-]+|sha[0-9]+-.*", value)
        and all(re.search(kind, value) for kind in ("[A-Z]", "[a-z]", "[0-9]"))
        and len(runs) * 3 >= len(value)
    )


def _is_address(match: re.Match[str], value: str) -> bool:
    """Tell whether the figures are an address: each at most 255, and not those of a version."""
    if ":" in value:
        return True
    before = match.string[max(0, match.start() - 12) : match.start()].casefold()
    return all(int(part) < 256 for part in value.split(".")) and not re.search(r"(?:version|\bv)[^\S\n]*\Z", before)


def _is_host(_: re.Match[str], value: str) -> bool:
    first, *_rest = value.casefold().split(".")
    return first not in _NO_HOST


def _is_mail(_: re.Match[str], value: str) -> bool:
    who, _at, domain = value.casefold().partition("@")
    known = any(domain == ours or domain.endswith("." + ours) for ours in _NO_MAIL)
    return not known and domain.rpartition(".")[2] not in _NO_DOMAIN and who not in {"git", "noreply", "no-reply"}


def _is_phone(_: re.Match[str], value: str) -> bool:
    figures = sum(map(str.isdigit, value))
    return 9 <= figures <= 15 and bool(re.search(r"[ ()/-]", value))
