"""The team's own templates on disk: a new version takes the place of the one it was made from, and of no other.

The old version is kept beside it, in `templates/.old`; it is in every review that was begun with it as well.
"""

from __future__ import annotations

from itertools import chain, count
from typing import TYPE_CHECKING

from lrtui.errors import Refused
from lrtui.store.files import make_folder, told, write_atomically

if TYPE_CHECKING:
    from pathlib import Path

OLD = ".old"


def put_version(path: Path, before: str | None, after: str, version: int) -> Path | None:
    """Write a new version to the file `path`, which holds `before`, its text of that `version`; None where it is new.

    Return where the old one is kept now. Raises `Refused`, with nothing written, where the file is not as it was.
    """
    _still_holds(path, before)
    make_folder(path.parent)
    kept = _keep(path, before, version) if before is not None else None
    _still_holds(path, before)  # once more, as late as can be
    write_atomically(path, after.encode("utf-8"), 0o600)
    return kept


def _still_holds(path: Path, text: str | None) -> None:
    if _text(path) != text:
        raise Refused(f"{path.name} was changed meanwhile, and nothing was written. Begin again with what it is now.")


def _keep(path: Path, text: str, version: int) -> Path:
    """Keep a text under its version; where another text of that version is kept already, under a further number."""
    make_folder(path.parent / OLD)
    name = f"{path.stem}-v{version}"
    places = (path.parent / OLD / f"{end}.yaml" for end in chain([name], (f"{name}-{number}" for number in count(2))))
    kept = next(place for place in places if _text(place) in {None, text})
    write_atomically(kept, text.encode("utf-8"), 0o600)
    return kept


def _text(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8", "replace")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise told(error, f"{path.name} could not be read", path) from error
