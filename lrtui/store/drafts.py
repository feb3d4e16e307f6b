"""Half-typed text, kept while it is typed, so that it comes back after a crash.

A draft is a small file in the library's cache, replaced whole: a killed process leaves the last or the last but one.
Keeping a draft never gets into the way of typing: a disk that refuses is answered with False.
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from lrtui.errors import StoreError
from lrtui.store.files import told, write_atomically

if TYPE_CHECKING:
    from pathlib import Path

_SUFFIX = ".txt"


class Drafts:
    """The drafts in `folder`, one file for each place (`where`) in each review that text was being typed in."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, review: str, where: str, text: str) -> bool:
        """Keep `text` instead of what was kept for this place; an empty text leaves none. Tell whether it worked."""
        if not text:
            return self.drop(review, where)
        try:
            self.lay_out(review, where, text)
        except StoreError:
            return False
        return True

    def lay_out(self, review: str, where: str, text: str) -> Path:
        """Keep `text`, an empty one too, and return its file, for another program to work on.

        What that writes is the draft from then on. Raises a `StoreError` where the disk refuses.
        """
        path = self._file(review, where)
        try:
            for folder in (self._folder.parent, self._folder):  # the library's own folder is not made for a draft
                folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise told(error, "the text could not be kept", path) from error
        write_atomically(path, text, durable=False)
        return path

    def take(self, review: str) -> dict[str, str]:
        """Return what is kept for a review, by place. It stays kept until it is dropped."""
        found: dict[str, str] = {}
        for path in self._files(review):
            where = unquote(path.name.partition("@")[2].removesuffix(_SUFFIX), errors="surrogatepass")
            with contextlib.suppress(OSError):
                found[where] = _text(path.read_bytes())
        return found

    def drop(self, review: str, where: str | None = None) -> bool:
        """Forget what is kept for one place, or for the whole review. Tell whether it worked."""
        try:
            for path in self._files(review) if where is None else [self._file(review, where)]:
                path.unlink(missing_ok=True)
        except OSError:
            return False
        return True

    def _file(self, review: str, where: str) -> Path:
        return self._folder / f"{_name(review)}@{_name(where)}{_SUFFIX}"

    def _files(self, review: str) -> list[Path]:
        start = _name(review) + "@"
        try:
            return sorted(
                path for path in self._folder.iterdir() if path.name.startswith(start) and path.suffix == _SUFFIX
            )
        except OSError:
            return []


def _text(raw: bytes) -> str:
    """Return what stands in a file, whatever another program has written there: every byte is some character."""
    try:
        return raw.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _name(text: str) -> str:
    return quote(text, safe="", errors="surrogatepass")
