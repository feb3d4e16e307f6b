"""What can go wrong, as one small tree.

Every error that a person meets is an `LrtuiError` whose text is one plain sentence or two: what happened, where, and
what to do now. The command line prints it and ends with status 1; a screen shows it on its status line. A sentence has
no path in it, since a whole room may read the screen; the command line adds the one that the error carries.

    LrtuiError
    ├── Refused          the request cannot be done on this review as it is
    ├── TemplateError    a template has faults; they are listed, each with its place
    └── StoreError       something could not be read from or written to disk
        ├── NotFound     no such review, template or library
        ├── Ambiguous    a name that fits several
        └── Locked       another process has the review open
"""

from __future__ import annotations


class LrtuiError(Exception):
    """Anything that lrtui tells a person in a sentence."""


class Refused(LrtuiError):
    """The request cannot be done on this review as it is; nothing was changed."""


class TemplateError(LrtuiError):
    """A template has faults."""


class StoreError(LrtuiError):
    """Something could not be read from or written to disk; what was there is as it was.

    `path` is the file or folder that it is about, "" where that is not known. It is for the command line alone.
    """

    def __init__(self, told: str, path: str = "") -> None:
        super().__init__(told)
        self.path = path


class NotFound(StoreError):
    """There is no review, template or library of that name."""


class Ambiguous(StoreError):
    """A name fits several reviews."""


class Locked(StoreError):
    """Another process has the review open for writing."""
