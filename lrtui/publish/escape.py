r"""What people typed, written so that Markdown shows it as they typed it.

Only what would change its meaning is touched, so that the raw text stays pleasant: `p99_latency`, `a * b`, `3 < 4` and
`C:\logs` are left alone. Three things no backslash or entity can keep from GitHub, because it looks for them in the
rendered text: `@name` (which would notify somebody), `#12` and `:emoji:`; with them goes `$…$`, its mathematics. They
are put in code spans, the one documented cure that neither hides characters in the text nor needs raw HTML. Web
addresses become `<https://…>`, a link in every renderer and exact to the letter.
"""

from __future__ import annotations

import re
from functools import lru_cache

from lrtui.review.text import clean, clean_block, clean_line

_NOTEWORTHY = re.compile(r"[\\`*_~<&\]@\#$:]|[Hh][Tt][Tt]|[Ff][Tt][Pp]|[Gg][Hh]-|[Ww]{3}\.")
_NAME = r"@\w(?:[\w.-]*\w)?(?:/\w(?:[\w.-]*\w)?)*"
_NUMBER = r"\#[0-9]+(?!\w)"
_EMOJI = r":(?=[0-9_+-]*[a-z]|[+-]1:|100:|1234:)[a-z0-9_+-]+:"
_ISSUE = r"(?<![A-Za-z0-9_])[Gg][Hh]-[0-9]+(?!\w)"
_MONEY = r"\$+\w*"


def _escapable(*codes: str) -> re.Pattern[str]:
    """Match what has to change in a line; `codes` are what can only be kept in a code span.

    Code spans that touch would melt into one another, so a run of them is a single match.
    """
    others = "|".join((_EMOJI, _ISSUE, *codes))
    run = f"{_NAME}|{_NUMBER}|{others}"
    return re.compile(
        rf"""(?={_NOTEWORTHY.pattern})(?:
          (?P<address> (?<![A-Za-z0-9])(?i:https?|ftp)://(?=[\w\[]) (?: [^\s<>`\\"&] | &(?!\#?\w+;) )+ )
        | (?P<bare>    (?: (?<![A-Za-z0-9])[Ww]{{3}}(?=\.) | (?<=[A-Za-z])(?=://) )
                       (?= \S{{1,2000}}?
                           (?: [\\`*~<&\]@\#$] | :(?!//) | [Gg][Hh]-[0-9] | (?<![^\W_])_ | _(?![^\W_]) ) ) )
        | (?P<code>    (?: (?<![A-Za-z0-9_]){_NAME} | (?<!&){_NUMBER} | {others} ) (?:{run})* )
        | (?P<mark>    \\(?= [^A-Za-z0-9\ ] | $ | (?i:https?|ftp):// | [Ww]{{3}}\. | [Gg][Hh]-[0-9] )
                     | `
                     | (?<!\ )\* | \*(?!\ )              # not a star between two spaces
                     | (?<![^\W_])_+ | _++(?![^\W_])     # not within a word
                     | (?<=\S)~ | ~(?![A-Za-z0-9\ ])     # not ~14:20
                     | <(?=[A-Za-z/!?])
                     | &(?=\#?\w+;)
                     | \](?=\() )
        )""",
        re.VERBOSE,
    )


_PLAIN = _escapable()
_WITH_MATH = _escapable(_MONEY)
_MATH_OPENS = re.compile(r"\$(?=\S)")
_MATH_CLOSES = re.compile(r"(?<=\S)\$(?:(?!\w)|(?=(?i:https?://|ftp://|gh-)))")

_OPENING = re.compile(
    r"""
      [\#]{1,6}(?=\ |$) | >  | \[ | \|    # a heading, a quotation, a task's box or a link's definition, a table
    | [-+](?=\ |$) | [-:](?=[-|:\ ]*$)    # an item, a rule, an underline, the second row of a table
    | =(?==*$)
    """,
    re.VERBOSE,
)
_NUMBERED = re.compile(r"([0-9]{1,9})(?=[.)](?: |$))")
_CLOSING = re.compile(r"(?:(?<= )|^)(?=#+$)")
_BRACKET = re.compile(r"(\\.|`[^`]*`)|([\[\]])")  # or what may not be touched
_PLAIN_TAG = re.compile(r"[\w./+-]+")


def inline(text: str) -> str:
    """Return one line of text for the inside of a paragraph, a heading or bold print; line breaks become spaces."""
    return _escaped(clean_line(text))


@lru_cache(maxsize=1024)  # a timeline is the same few names and tags again and again
def cell(text: str) -> str:
    """Return text for a cell of a table, which has one line: line breaks become slashes."""
    kept = " / ".join(line for line in map(inline, clean(text).split("\n")) if line)
    return kept.replace("|", r"\|")  # a table takes these backslashes away before anything else is read


def block(text: str, *, indent: str = "") -> str:
    """Return text that opens a paragraph or an item, its line breaks and paragraphs kept; what follows is indented."""
    paragraphs = ([_opened(inline(line)) for line in part.split("\n")] for part in clean_block(text).split("\n\n"))
    return f"\n\n{indent}".join(f"\\\n{indent}".join(lines) for lines in paragraphs)


def heading(text: str) -> str:
    """Return the text of a heading; number signs at its end stay part of it."""
    return _CLOSING.sub(r"\\", inline(text))


def link(text: str, target: str) -> str:
    """Return one line of text as a link to `target`, a path of plain characters; an address in it is but text."""
    words = ":\\//".join(map(_escaped, clean_line(text).split("://")))
    return f"[{_BRACKET.sub(_unbracketed, words)}]({target})"


def _unbracketed(match: re.Match[str]) -> str:
    return match[1] or "\\" + match[2]


def tag(name: str) -> str:
    """Return a tag with its number sign, as code where its letters allow it; fit for a table too."""
    return f"`#{name}`" if _PLAIN_TAG.fullmatch(name) else cell("#" + name)


def _escaped(line: str) -> str:
    if not _NOTEWORTHY.search(line):
        return line
    return (_WITH_MATH if _has_math(line) else _PLAIN).sub(_replacement, line)


def _has_math(line: str) -> bool:
    """Tell whether two dollar signs enclose something, as GitHub pairs them: not in `$5`, `$HOME and $USER`, `5 $`."""
    opened = _MATH_OPENS.search(line)
    return bool(opened and _MATH_CLOSES.search(line, opened.end()))


def _replacement(match: re.Match[str]) -> str:
    if match["mark"]:
        return "".join("\\" + char for char in match["mark"])
    if match["code"]:
        return f"`{match['code']}`"
    if match["bare"] is not None:
        # what looks like an address is read to its end as it stands, backslashes and all: this keeps it from being one
        return match["bare"] + "\\"
    address = _trimmed(match["address"])
    return f"<{address}>{_escaped(match['address'][len(address) :])}"


def _trimmed(address: str) -> str:
    """Cut off the punctuation of the sentence around an address, as GitHub does."""
    while True:
        kept = address.rstrip("?!.,:;*_~'")
        if kept.endswith(")") and kept.count(")") > kept.count("("):
            kept = kept[:-1]
        if kept == address:
            return kept
        address = kept


def _opened(line: str) -> str:
    if _OPENING.match(line):
        return "\\" + line
    return _NUMBERED.sub(r"\1\\", line, count=1) if _NUMBERED.match(line) else line
