"""Words that mean something else besides somebody's name: `will`, `mark`, `page`.

Where one of them is a participant's name, only its spelling can tell whether they are meant (see
`lrtui.publish.names`).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_WORDS = Path(__file__).with_name("ordinary.txt")


@cache
def words() -> frozenset[str]:
    """Return the words, in lower case and without accents."""
    return word_set(_WORDS.read_text("utf-8"))


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text, parted by white space."""
    return frozenset(text.split())
