"""The library: a folder of reviews and of the team's own templates. Nothing is made before there is something to save.

lrtui.yaml                                   marks the folder as a library
templates/*.yaml                             the team's own templates
reviews/2026/2026-11-22-checkout-7k3q/       one review: the journals of its authors
.cache/                                      drafts, locks and the like; may be deleted at any time
"""

from __future__ import annotations

import difflib
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lrtui.errors import Ambiguous, NotFound
from lrtui.review.text import clean_line
from lrtui.store.files import make_folder, slug, told, write_atomically

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

MARK = "lrtui.yaml"
VARIABLE = "LRTUI_LIBRARY"

_SETTINGS = """\
# This file marks the folder as a library of learning reviews. What goes without saying in it can be said here:
#team: Payments                 the team of actions that name none
#due:                           when an action without a date is due, by its priority
#  urgent: 3 days
#  high: 15 days
#  medium: 30 days
#  low: 8 weeks
#slas:                          in what time the actions of a priority are promised to be done
#  high: 20 working days
"""
_BELTS = {".gitattributes": "*.jsonl merge=union text eol=lf", ".gitignore": ".cache/"}

_YEAR = re.compile(r"\d{4}", re.ASCII)
_SURROUNDING = re.compile(r"^\d{4}-\d\d-\d\d-|-[^-]*$", re.ASCII)


class ReviewFolder(NamedTuple):
    """A review as the library lists it."""

    name: str
    path: Path


def find_library(option: Path | None, environ: Mapping[str, str], cwd: Path, user_data: Path) -> Path:
    """Return where the library is: as asked for, as `$LRTUI_LIBRARY` says, around `cwd`, or else in `user_data`."""
    asked = option or environ.get(VARIABLE, "").strip()
    if asked:
        try:
            return cwd / Path(asked).expanduser()
        except RuntimeError as error:
            raise NotFound(
                f"There is no home folder for “{_quoted(str(asked))}”. Name the library's folder in full."
            ) from error
    around = (folder for folder in (cwd, *cwd.parents) if (folder / MARK).is_file())
    return next(around, user_data)


class Library:
    """The library in the folder `root`, which need not exist yet."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def exists(self) -> bool:
        """Whether it has been made."""
        return (self.root / MARK).is_file()

    @property
    def settings(self) -> Path:
        """The file that marks the folder as a library."""
        return self.root / MARK

    @property
    def rehearsal(self) -> Path:
        """The file that is there where the library is that of a rehearsal; see `lrtui.demo.rehearsal`."""
        return self.root / "rehearsal.json"

    @property
    def cache(self) -> Path:
        """The folder of what may be deleted at any time."""
        return self.root / ".cache"

    def lock_file(self, review: str) -> Path:
        """Return the file by which one process keeps the others from writing to the review of that name."""
        return self.cache / "locks" / f"{review}.lock"

    def alive_file(self, review: str) -> Path:
        """Return the file by which a program that has the review of that name open shows that it lives."""
        return self.cache / "alive" / review

    def exports_file(self, review: str) -> Path:
        """Return the file in which is kept what was exported of the review of that name."""
        return self.cache / "exports" / review

    @property
    def drafts(self) -> Path:
        """The folder of half-typed text."""
        return self.cache / "drafts"

    def create(self) -> None:
        """Make the library's folders and files, where they are missing. What is there stays as it is."""
        for folder in (self.root, self.root / "templates", self.root / "reviews"):
            make_folder(folder)
        for name, line in _BELTS.items():
            _ensure_line(self.root / name, line)
        if not self.settings.exists():
            write_atomically(self.settings, _SETTINGS)

    def new_folder(self, title: str, day: date, tail: str) -> Path:
        """Return the folder of a new review; `tail` is random and keeps apart what is called the same."""
        return self.root / "reviews" / f"{day.year:04d}" / f"{day.isoformat()}-{slug(title)}-{tail}"

    def reviews(self) -> list[ReviewFolder]:
        """Return all reviews, the newest first."""
        years = [name for name in _folders(self.root / "reviews") if _YEAR.fullmatch(name)]
        found = [
            ReviewFolder(name, folder / name)
            for folder in (self.root / "reviews" / year for year in years)
            for name in _folders(folder)
        ]
        return sorted(found, reverse=True)

    def resolve(self, part: str) -> Path:
        """Return the folder of the one review that is named `part`, ends in it, or has it in its name."""
        wanted = part.strip().casefold()
        reviews = self.reviews()
        fitting = [review for review in reviews if wanted and wanted in review.name.casefold()]
        for rule in (_is_named, _has_tail):
            exact = [review for review in fitting if rule(review.name.casefold(), wanted)]
            if len(exact) == 1:
                return exact[0].path
        if len(fitting) == 1:
            return fitting[0].path
        if fitting:
            raise Ambiguous(_several(part, fitting))
        raise NotFound(_none(part, wanted, reviews), str(self.root))

    def templates(self) -> dict[str, Path]:
        """Return the team's own templates, by name."""
        folder = self.root / "templates"
        try:
            files = [path for path in sorted(folder.iterdir()) if path.suffix in {".yaml", ".yml"} and path.is_file()]
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise told(error, "the library's templates could not be read", folder) from error
        return {path.stem: path for path in files if not path.name.startswith(".")}


def _ensure_line(path: Path, line: str) -> None:
    try:
        text = path.read_text("utf-8", "surrogateescape")
    except FileNotFoundError:
        text = ""
    except OSError as error:
        raise told(error, f"{path.name} could not be read", path) from error
    if line not in text.splitlines():
        start = text if not text or text.endswith("\n") else text + "\n"
        write_atomically(path, f"{start}{line}\n".encode("utf-8", "surrogateescape"))


def _folders(folder: Path) -> list[str]:
    """Return the names of the folders in `folder`; a link is not followed out of the library."""
    try:
        with os.scandir(folder) as found:
            return [item.name for item in found if item.is_dir(follow_symlinks=False) and item.name[0] != "."]
    except FileNotFoundError:
        return []
    except OSError as error:
        raise told(error, "the library could not be read", folder) from error


def _is_named(name: str, wanted: str) -> bool:
    return name == wanted


def _has_tail(name: str, wanted: str) -> bool:
    return name.rpartition("-")[2] == wanted


def _several(part: str, fitting: list[ReviewFolder]) -> str:
    names = ", ".join(clean_line(review.name) for review in fitting[:5])
    more = f" and {len(fitting) - 5} more" if len(fitting) > 5 else ""
    return f"Several reviews fit “{_quoted(part)}”: {names}{more}. Write more of the name."


def _none(part: str, wanted: str, reviews: list[ReviewFolder]) -> str:
    if not reviews:
        return f"There is no review “{_quoted(part)}”: the library has none yet. `lrtui new` begins one."
    nearest = _nearest(wanted, (review.name for review in reviews[:1000]))
    hint = f"The nearest are {', '.join(nearest)}." if nearest else "`lrtui list` shows them all."
    return f"There is no review “{_quoted(part)}”. {hint}"


def _nearest(wanted: str, names: Iterable[str]) -> list[str]:
    """Return up to three names that have something like `wanted` in them, the newest first."""
    parts: dict[str, list[str]] = {}
    for name in names:
        title = _SURROUNDING.sub("", name.casefold())
        for word in {name.casefold(), title, *title.split("-")}:
            parts.setdefault(word, []).append(clean_line(name))
    close = difflib.get_close_matches(wanted, parts, n=3)
    return list(dict.fromkeys(name for word in close for name in parts[word]))[:3]


def _quoted(part: str) -> str:
    text = clean_line(part)
    return text if len(text) <= 60 else text[:59] + "…"
