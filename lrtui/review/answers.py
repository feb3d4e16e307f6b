"""What is typed where a line is an answer: narrower than the capture line, and the same wherever it is asked for."""

from __future__ import annotations


def numbers(words: str) -> list[int]:
    """Read whole numbers below a thousand, parted by spaces or commas; none where anything else is among them."""
    parts = words.replace(",", " ").split()
    return [int(part) for part in parts] if all(part.isdecimal() and len(part) < 4 for part in parts) else []
