"""Text from outside, made harmless.

Escape sequences, other control characters and bidirectional overrides in a note would be obeyed by the terminal that
shows it. They are replaced by something visible the moment text comes in (typed, pasted, imported, loaded).
"""

from __future__ import annotations

import re

# C0 (but for tab and newline), DEL, C1, line and paragraph separators, bidirectional controls, lone surrogates
_HOSTILE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

_GAPS = re.compile("\n{3,}")


def _visible(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)  # the picture of a control character: ␛ for escape
    return "␡" if code == 0x7F else "\N{REPLACEMENT CHARACTER}"


def clean(text: str) -> str:
    """Return `text` with every hostile character made visible; newlines and tabs stay, CR LF becomes LF."""
    if text.isascii() and text.isprintable():
        return text
    return _HOSTILE.sub(_visible, text.replace("\r\n", "\n").replace("\r", "\n"))


def is_harmless(text: str) -> bool:
    """Tell whether `text` has nothing in it that `clean` has to make visible."""
    return not _HOSTILE.search(text.replace("\r", "\n"))


def clean_block(text: str) -> str:
    """Return `text` cleaned and in paragraphs: each line as `clean_line` has it, one empty line at most between two."""
    lines = "\n".join(map(clean_line, clean(text).split("\n")))
    return _GAPS.sub("\n\n", lines).strip("\n")


def clean_line(text: str) -> str:
    """Return `text` cleaned and on one line: every run of white space is one space, none at the ends."""
    return " ".join(clean(text).split())
