"""What somebody has chosen for a publish folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from lrtui.errors import Refused
from lrtui.publish.audience import Audience

TITLE = "Learning reviews"

_PLACEHOLDER = re.compile(r"\{(\w*)\}")
_PLAIN = re.compile(r"[!#$%&'*+,./:;=?@\w~{}-]+", re.ASCII)  # what may stand in an address as it is


@dataclass(frozen=True, slots=True)
class Look:
    """The folder's title and audience; where its pages will be on the web, and where to answer one, "" if not said.

    `site` asks for HTML as well; `base` is then where that will be. `answer` has `{page}` and `{title}` in the places
    of the page's address and title. `keep` are words that are nobody's name here, whatever they look like.
    """

    title: str = TITLE
    audience: Audience = Audience.TEAM
    base: str = ""
    answer: str = ""
    site: bool = False
    keep: tuple[str, ...] = ()

    def address(self, page: str, ending: str = "") -> str:
        """Return where a page is: in full where that is known, else its file in the folder, of that ending."""
        usual = "html" if self.site else "md"
        return f"{self.base.rstrip('/')}/{page}.{usual}" if self.base else f"{page}.{ending or usual}"

    def answer_to(self, page: str, title: str) -> str:
        """Return the address at which the page of that name and title is answered, "" if there is none."""
        values = {"page": self.address(page), "title": title}
        return _PLACEHOLDER.sub(lambda match: quote(values[match[1]], safe=""), self.answer)


def checked_base(url: str) -> str:
    """Return an address of pages; raises `Refused` where it is none."""
    return _checked(url, ("http", "https"), "https://example.org/reviews/") if url else ""


def checked_answer(url: str) -> str:
    """Return an address for answers; raises `Refused` where it is none, or has other placeholders than there are."""
    if not url:
        return ""
    unknown = sorted(set(_PLACEHOLDER.findall(url)) - {"page", "title"})
    if unknown:
        raise Refused(f"“{{{unknown[0]}}}” stands for nothing in an address; {{page}} and {{title}} do.")
    return _checked(url, ("http", "https", "mailto"), "https://example.org/new?title={title}")


def _checked(url: str, schemes: tuple[str, ...], example: str) -> str:
    try:
        parts = urlsplit(url)
        whole = parts.scheme in schemes and bool(parts.path if parts.scheme == "mailto" else parts.hostname)
    except ValueError:
        whole = False
    if not whole or not _PLAIN.fullmatch(url):
        raise Refused(
            f"“{url}” is no address that can be linked to. Write it in full and in plain characters: {example}"
        )
    return url
