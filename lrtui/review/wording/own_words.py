"""What in a text are somebody's own words: everything else is blanked, and every word stays where it is.

Not one's own are quotes, code, headings, links, comments, and what stands in the template already. So a hint never
falls on what somebody else said or on what a form asked, and a span found in the blanked text is one in the text.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

BLANK = "\0"  # stands for each character that is not somebody's own
BREAK = "\n"  # parts sentences that have nothing to do with one another: list items, cells, paragraphs

_MOST = 2000  # characters of a captured line that are looked at: a screen full, and more than anybody says
_WRAPPED = 40  # a line at least that long may go on in the next
_FEWEST = 3  # words that make a template's sentence known

_FENCE = re.compile(r" *(?:[-*+] +|\d+[.)] +)?(`{3,}|~{3,})")
_HEADING = re.compile(r" {0,3}#{1,6}(?:[ \t]|$)|\s*(?:\*\*[^*]+\*\*|__[^_]+__):?\s*$")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{3,}) *$")
_QUOTED = re.compile(r"[ \t]*(?:[-*+][ \t]+|\d+[.)][ \t]+)*>")
_ITEM = re.compile(r"\s*(?:[-*+•–—]|\d+[.)])(?:\s+\[[ xX]?\])?(?:\s+|$)")
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?|\d{4}-\d{2}-\d{2}(?:T[\d:.]+)?"
_TIME = re.compile(
    rf"[\s*_`\[(~]*(?:{_CLOCK})(?:[\s*_`\])~,/–—-]|{_CLOCK}|(?:UTC|GMT|CE?S?T|BST|IST|Z|[AP]M|[PEM][SD]T)\b)*(?::+(?=\s))?",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\s*(?:[-*+]\s+)?(?:\*\*[^*\n]{1,60}(?::\s*\*\*|\*\*\s*:)|__[^_\n]{1,60}(?::\s*__|__\s*:))")
_REFERENCE = re.compile(r" {0,3}\[[^\]\n]+\]: *\S")

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_INLINE = (
    # Code, a picture
    re.compile(r"(?<!`)(`+)(?!`)[^\n]*?[^`\n]\1(?!`)"),
    re.compile(r"!\[[^\]\n]*\](?:\([^)\n]*\)|\[[^\]\n]*\])"),
    # Where a link goes
    re.compile(r"(?<=\])(?:\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?: +\"[^\"\n]*\")?\)|\[[^\]\n]*\])"),
    # An address
    re.compile(r"<?\b(?:[a-z][a-z0-9+.-]*://|www\.|mailto:)[^\s<>|]*[^\s<>|.,;:!?)\]'\"]>?", re.IGNORECASE),
    re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.-]+\b"),
    # A quote, in the marks of several languages; an apostrophe is none
    re.compile(r"„[^“”\n]*[“”]|«[^»\n]*»"),
    re.compile(r"“[^”\n]*(?:”|(?=\n)|\Z)"),
    re.compile(r"(?<![\w\"])\"(?=\S)[^\"\n]*(?<=\S)\"(?![\w\"])"),
    re.compile(r"‘(?:[^’\n]|(?<=\w)’(?=\w))*’"),
    re.compile(r"(?<![\w'])'(?=\S)(?:[^'\n]|(?<=\w)'(?=\w))*(?<=\S)'(?!\w)"),
)
_TAG = re.compile(r"</?[a-z][^<>\n]*>", re.IGNORECASE)
_EMPHASIS = re.compile(r"\*+|~~|(?<!\w)_+|_+(?!\w)")
_PLAIN = str.maketrans({"’": "'", "‘": "'", "\t": " ", "\u00a0": " ", "\u2011": "-", "|": BREAK, "…": "."})

_NO_BREAK = re.compile(r"[^\n]")
_WORD = re.compile(r"[\w'’-]+")
_SENTENCE_END = re.compile(r"(?<=[.?!])[”\"')]*\s+|\n\s*\n")


def looked_at(line: str) -> str:
    """Return as much of a captured line as is looked at: its first 2,000 characters, up to the end of a word.

    A pasted log of many times that would keep the console busy, and nobody has said it.
    """
    if len(line) <= _MOST:
        return line
    whole = line[: _MOST + 1].rstrip() if line[_MOST].isspace() else line[:_MOST].rpartition(" ")[0]
    return whole or line[:_MOST]


def own_words(text: str, template_words: Iterable[str] = ()) -> str:
    """Return `text` with everything blanked that is not the writer's own; each character stands where it stood.

    List items, table cells and paragraphs are parted by `BREAK`, also in place of their marks and times; lines of one
    paragraph are joined by a space, typographic apostrophes become plain ones. `template_words` are a template's texts.
    """
    known = _sentences(tuple(template_words))
    own = _without(text, known) if known else text
    own = _COMMENT.sub(_blanked, own) if "<!--" in own else own
    own = "".join(_joined(own))
    for pattern in _INLINE:
        own = pattern.sub(_blanked, own)
    own = _TAG.sub(_spaces, own) if "<" in own else own
    return _EMPHASIS.sub(_spaces, own).translate(_PLAIN)


def _blanked(match: re.Match[str]) -> str:
    return _NO_BREAK.sub(BLANK, match[0])


def _spaces(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _joined(text: str) -> Iterator[str]:
    """Yield the lines of a text one after the other, those that are no prose blanked, each with its end."""
    lines = text.split("\n")
    prose = list(_prose(lines))
    for at, (line, own) in enumerate(zip(lines, prose, strict=True)):
        yield own
        if at + 1 < len(lines):
            following = prose[at + 1]
            goes_on = (
                len(line) >= _WRAPPED and following.strip() and own.strip(BLANK) and following[0] not in BLANK + BREAK
            )
            yield " " if goes_on and not following.lstrip().startswith("|") else BREAK


def _prose(lines: list[str]) -> Iterator[str]:
    """Yield each line as it is, or blanked: front matter, fenced and indented code, headings, quotes, references."""
    fence = ""  # what ends the lines that are no prose at all
    quoted = listed = False
    before = ""
    for at, (line, following) in enumerate(pairwise([*lines, ""])):
        opened = _opened(line, lines[at + 1 :], first=at == 0)
        quoted = not opened and bool(_QUOTED.match(line) or (quoted and line.strip() and not _ITEM.match(line)))
        listed = bool(_ITEM.match(line)) or (listed and (not line.strip() or line[:1].isspace()))
        if fence:
            own = BLANK * len(line)
            fence = "" if line.strip().startswith(fence) else fence
        elif opened or quoted or _is_apart(line, following) or _is_code(line, before, listed=listed):
            own = BLANK * len(line)
            fence = opened
        else:
            own = _beginning_cut(line)
        before = line
        yield own


def _opened(line: str, rest: list[str], *, first: bool) -> str:
    """Return what will end the front matter or fenced code that begins on this line; nothing where none begins."""
    if first and line in {"---", "+++"} and line in rest:
        return line
    fence = _FENCE.match(line)
    return fence[1] if fence and rest else ""


def _is_apart(line: str, following: str) -> bool:
    """Return whether a line is a heading, underlines one, or names where a link goes."""
    underlined = line.strip() and _UNDERLINE.match(following)
    return bool(underlined or _HEADING.match(line) or _UNDERLINE.match(line) or _REFERENCE.match(line))


def _is_code(line: str, before: str, *, listed: bool) -> bool:
    return not listed and not before.strip() and line.startswith(("    ", "\t"))


def _beginning_cut(line: str) -> str:
    """Return a line with list mark, time and label at its beginning turned into breaks."""
    start = 0
    for pattern in (_ITEM, _TIME, _LABEL):
        found = pattern.match(line, start)
        start = found.end() if found else start
    return BREAK * start + line[start:]


@lru_cache(maxsize=8)
def _sentences(template: tuple[str, ...]) -> Mapping[tuple[str, ...], list[tuple[str, ...]]]:
    """Return the sentences of a template as their words, found by the first three."""
    known: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    for sentence in {part for text in template for part in _SENTENCE_END.split(text)}:
        words = tuple(_folded(word[0]) for word in _WORD.finditer(sentence))
        if len(words) >= _FEWEST:
            known.setdefault(words[:_FEWEST], []).append(words)
    return known


def _folded(word: str) -> str:
    return word.replace("’", "'").casefold()


def _without(text: str, known: Mapping[tuple[str, ...], list[tuple[str, ...]]]) -> str:
    found = list(_WORD.finditer(text))
    words = tuple(_folded(word[0]) for word in found)
    for at in range(len(words) - _FEWEST + 1):
        for sentence in known.get(words[at : at + _FEWEST], ()):
            if words[at : at + len(sentence)] == sentence:
                start, end = found[at].start(), found[at + len(sentence) - 1].end()
                text = text[:start] + _NO_BREAK.sub(BLANK, text[start:end]) + text[end:]
    return text
