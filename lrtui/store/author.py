"""Whose journal this is: one person on one machine, so that no two ever write to the same file."""

from __future__ import annotations

import getpass
import hashlib
import os
import socket
from pathlib import Path
from typing import TYPE_CHECKING

from lrtui.store.files import slug

if TYPE_CHECKING:
    from collections.abc import Mapping

VARIABLE = "LRTUI_AUTHOR"
BESIDE = ".console"  # what the author's name ends in where a review is open beside its room view
_MACHINE = Path("/etc/machine-id")


def user_name() -> str:
    """Return the login name, or the user's number where the system knows no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return f"user{os.getuid()}"


def author_name(user: str, host: str, machine: str) -> str:
    """Return the author's name: readable, and with a tail that differs from machine to machine."""
    seed = "\n".join((user, host, machine)).encode("utf-8", "surrogateescape")
    return f"{slug(user, empty='someone', limit=24)}-{hashlib.sha256(seed).hexdigest()[:4]}"


def this_author(environ: Mapping[str, str]) -> str:
    """Return who writes here: `$LRTUI_AUTHOR` if it is set, else the user on this machine."""
    chosen = environ.get(VARIABLE, "").strip()
    if chosen:
        return slug(chosen, empty="someone")
    try:
        machine = _MACHINE.read_text("ascii", "replace").strip()
    except OSError:
        machine = ""
    return author_name(user_name(), socket.gethostname(), machine)


def person_of(author: str) -> str:
    """Return whose author's name that is, in the room or in its console."""
    return author.removesuffix(BESIDE)
