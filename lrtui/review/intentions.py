"""What a facilitator means to do differently next time: kept with the review, shown to nobody else, in no export."""

from __future__ import annotations

from lrtui.errors import Refused
from lrtui.review.fields import written
from lrtui.review.intents import Context, Intent
from lrtui.review.model import Put, Review
from lrtui.review.text import clean_line

_BEGINNINGS = ("next time i will ", "next time i'll ", "next time ", "i will ", "i'll ")


def intend(author: str, words: str) -> Intent:
    """Keep what `author`, by the name of a person, will do next time, instead of what was kept of this review before.

    The words follow “Next time I will”, which may be typed with them.
    """

    def change(_: Review, context: Context) -> list[Put]:
        text = _bare(clean_line(words))
        if not text:
            raise Refused("Say what you will do next time, as in: let silence stand longer")
        return [Put("intentions", author, {"text": text, "at": written(context.now)})]

    return Intent("keep an intention", change)


def _bare(words: str) -> str:
    begins = next((begin for begin in _BEGINNINGS if words.casefold().replace("’", "'").startswith(begin)), "")
    return words[len(begins) :].lstrip(" :,…")


def intended(review: Review, author: str) -> str:
    """Return what that author means to do next time, "" where nothing was kept."""
    found = review.intentions.get(author)
    return found.text if found else ""


def told(text: str) -> str:
    """Return it as a sentence."""
    return f"Next time I will {text}"
