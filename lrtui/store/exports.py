"""What was exported of a review, so that a file which lrtui has written can be told from any other.

A file of somebody else's, or one that was edited since, is not to be replaced unasked. What is kept is a digest of each
text, in the library's cache: without it lrtui knows no file for its own, which costs a question and nothing more.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from typing import TYPE_CHECKING

from lrtui.store.files import write_all

if TYPE_CHECKING:
    from pathlib import Path


class Exports:
    """The texts that were exported of one review, by digest, in the file `path`: one a line."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def keep(self, text: str) -> None:
        """Remember a text; a disk that refuses costs no more than that."""
        digest = _digest(text.encode("utf-8"))
        if digest in self._known():
            return
        with contextlib.suppress(OSError):
            for folder in (self._path.parent.parent, self._path.parent):  # the library's own is not made for this
                folder.mkdir(mode=0o700, exist_ok=True)
            file = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
            try:
                write_all(file, f"{digest}\n".encode())
            finally:
                os.close(file)

    def has(self, file: Path) -> bool:
        """Tell whether a file is as it was exported at one time or another."""
        try:
            return _digest(file.read_bytes()) in self._known()
        except OSError:
            return False

    def _known(self) -> set[str]:
        try:
            return set(self._path.read_text("utf-8", "replace").split())
        except OSError:
            return set()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
