"""Publishing: a library's finished reviews into a folder, of which only what has changed is written.

First everything that is to be written is made, then the manifest is written, then the files. What somebody has changed
by hand, and what is not ours, stays as it is and is told.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lrtui import __version__
from lrtui.errors import Refused
from lrtui.publish.audience import Audience
from lrtui.publish.folder import corrections, data, together
from lrtui.publish.folder.disk import NO_FILE, Folder
from lrtui.publish.folder.gather import SITE, Gathering, files_of
from lrtui.publish.folder.kept import Made, Memory
from lrtui.publish.folder.manifest import NAME, Manifest
from lrtui.publish.folder.names import Names
from lrtui.store import rosters
from lrtui.store.catalog import storable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import date
    from pathlib import Path

    from lrtui.publish.audience import Edition
    from lrtui.publish.folder.gather import Gathered
    from lrtui.publish.folder.look import Look
    from lrtui.review.model import Review
    from lrtui.store.library import Library


@dataclass(slots=True)
class Report:
    """What a publish has done, or would do: files as paths in the folder.

    `edited` were changed by hand, `in_the_way` are not ours: both were left. `corrected` are pages of reviews; so are
    `reopened` and `gone`, whose review was taken up again or is not in the library any more, and which stay as they
    are. `stale` are files that nothing belongs in any more. `unreadable` are names of reviews,
    and so are `kept_back`, which their template keeps out of what is published.
    """

    written: list[str] = field(default_factory=list)
    unchanged: int = 0
    corrected: list[str] = field(default_factory=list)
    edited: list[str] = field(default_factory=list)
    in_the_way: list[str] = field(default_factory=list)
    reopened: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)
    kept_back: list[str] = field(default_factory=list)
    site_left: bool = False


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is asked of one publish.

    `wanted` are the names of the reviews that may join those in the folder, None for all that are done. `force` are
    files that are replaced although they were changed by hand or are not ours. `prune` takes away what belongs to no
    review any more, `dry_run` changes nothing.
    """

    wanted: Collection[str] | None = None
    force: Collection[str] = ()
    prune: bool = False
    dry_run: bool = False


def publish(
    library: Library,
    read: Callable[[Path], Review],
    root: Path,
    look: Look,
    today: date,
    wishes: Wishes,
    settle: Callable[[Sequence[Edition]], None],
) -> Report:
    """Publish the library's finished reviews to the folder `root`.

    `settle` is called, before anything is written, with the editions in which something was replaced or looks like a
    secret, for the team a credential; it raises an error where they are not to go out.
    """
    path = library.cache / f"publish-{hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:16]}.sqlite"
    with contextlib.ExitStack() as held:
        memory = held.enter_context(contextlib.closing(Memory(path, apart=wishes.dry_run)))
        folder = Folder(root, memory.seen())
        if not wishes.dry_run:
            held.enter_context(folder.locked())
        before = folder.manifest(look.audience)
        known = before or Manifest(look.audience)
        folders = {storable(name): path for name, path in library.reviews()}
        people = frozenset(rosters.names(folders.values())) if look.audience is Audience.PUBLIC else frozenset()
        names = Names(known.names, _telling(people, look))
        asked = Gathering(folders, read, known, folder, memory, names, look, today.isoformat(), wishes.wanted, people)
        gathered = _gathered(asked, wishes, settle)
        plan = _Plan(folder, known, look, wishes, gathered)
        plan.compare()
        if before is None and not gathered.reviews:
            return Report(unreadable=gathered.unreadable, kept_back=gathered.kept_back)
        if before is None and plan.report.in_the_way:
            raise Refused(_taken(plan.report.in_the_way))
        if unknown := sorted(set(wishes.force) - plan.considered):
            raise Refused(_unknown(unknown[0]))
        if not wishes.dry_run:
            lasting = names.lasting({*plan.reviews, *(section.key for section in memory.sections())})
            plan.write(Manifest(look.audience, known.feed, lasting, plan.reviews, plan.files))
            memory.finish(plan.made, folder.looked)
    return plan.report


def _gathered(asked: Gathering, wishes: Wishes, settle: Callable[[Sequence[Edition]], None]) -> Gathered:
    """Gather everything; once more where what was remembered got lost meanwhile, since it has only a part of it."""
    memory, settled = asked.memory, None
    while True:
        losses = memory.losses
        memory.begin(_recipe(asked.look, asked.people))
        gathered = asked.gather(prune=wishes.prune)
        new = [edited for edited in gathered.to_settle if edited not in (settled or ())]
        if new or settled is None:
            settle(new)
            settled = [*(settled or ()), *new]
        memory.store(gathered.taken, gathered.dropped, gathered.undone)
        together.collect(gathered, asked)
        if losses == memory.losses:
            return gathered


def _telling(people: frozenset[str], look: Look) -> Callable[[str], bool] | None:
    """Return what tells whether a file's name has somebody's name in it, if that matters to the audience."""
    if look.audience is not Audience.PUBLIC:
        return None
    from lrtui.publish.redact import telling

    return telling(people, look.keep)


def _recipe(look: Look, people: frozenset[str]) -> str:
    """Return what tells one way of making pages from another."""
    return repr((__version__, corrections.SCHEME, data.FORMAT, look, sorted(people)))


def _taken(files: Sequence[str]) -> str:
    names = ", ".join(files[:5]) + (f" and {len(files) - 5} more" if len(files) > 5 else "")
    return (
        f"Nothing was published: {names} would be replaced, which lrtui has not written. Name another folder, or one "
        "within this; or take the files away first."
    )


def _unknown(file: str) -> str:
    return f"Nothing was published: {file} is none of the files that would be written, so it is not replaced."


class _Plan:
    """What is to be written, compared with what is there; and what the manifest says of it."""

    def __init__(self, folder: Folder, known: Manifest, look: Look, wishes: Wishes, gathered: Gathered) -> None:
        self.report = Report(unreadable=gathered.unreadable, kept_back=gathered.kept_back)
        self.reviews = dict(gathered.reviews)
        self.files = dict(known.files)
        self.made: dict[str, Made] = {}
        self.considered: set[str] = {*gathered.contents, *gathered.unchanged}
        self._folder = folder
        self._known = known
        self._look = look
        self._wishes = wishes
        self._gathered = gathered
        self._compared: dict[str, str | None] = {}  # digests of what is to be replaced or removed

    def compare(self) -> None:
        """Find out what is to be done with each file; `considered` are those in the end."""
        self.report.unchanged = len(self._gathered.unchanged)
        for path in self._gathered.contents:
            self._compare(path)
        self._tell_of_reviews()
        self._tell_of_the_rest()

    def _compare(self, path: str) -> None:
        made = self._gathered.contents[path].made
        there, ours = self._folder.digest(path), self._known.files.get(path)
        if there == made.digest:
            self.report.unchanged += 1
            if ours is None or ours[0] != made.digest:
                self.files[path] = (made.digest,)
        elif there is None or there in (ours or ()) or self._is_forced(path):
            self.report.written.append(path)
            self._compared[path] = there
            self.files[path] = (made.digest, *([there] if there else []))
        else:
            (self.report.edited if ours else self.report.in_the_way).append(path)
            return
        self.made[path] = made

    def _is_forced(self, path: str) -> bool:
        return path in self._wishes.force and self._folder.digest(path) != NO_FILE

    def _tell_of_reviews(self) -> None:
        left = {*self.report.edited, *self.report.in_the_way}
        for key, now in self._gathered.reviews.items():
            was = self._known.reviews.get(key)
            if left and left.issuperset(files_of(now.listing.page, site=self._look.site)):
                self._leave(key)
            elif was and was.digest not in {"", now.digest}:
                self.report.corrected.append(f"{now.listing.page}.md")
        for key, why in self._gathered.held.items():
            page = f"{self._known.reviews[key].listing.page}.md"
            if why in {"reopened", "gone"} and key in self.reviews:  # it is not when it is pruned
                (self.report.reopened if why == "reopened" else self.report.gone).append(page)

    def _leave(self, key: str) -> None:
        """Keep of a review of which nothing was published today what was known of it."""
        if key in self._known.reviews:
            self.reviews[key] = self._known.reviews[key]
        else:
            del self.reviews[key]

    def _tell_of_the_rest(self) -> None:
        """Find the files that were written once and that nothing belongs in now; those of held reviews stay."""
        held = {
            path
            for key in self._gathered.held.keys() & self.reviews.keys()
            for path in files_of(self.reviews[key].listing.page, site=True)
        }
        expected = self._gathered.contents.keys() | self._gathered.unchanged.keys() | held
        for path in sorted(self._known.files.keys() - expected):
            if path.startswith(SITE) and not self._look.site:
                self.report.site_left = True
            elif self._wishes.prune:
                self._prune(path)
            else:
                self.report.stale.append(path)

    def _prune(self, path: str) -> None:
        self.considered.add(path)
        there = self._folder.digest(path)
        if there in {None, *self._known.files[path]} or self._is_forced(path):
            self.report.removed.append(path)
            self._compared[path] = there
            del self.files[path]
        else:
            self.report.edited.append(path)

    def write(self, manifest: Manifest) -> None:
        """Write the manifest, then the files: the pages of reviews first, so that no list leads nowhere."""
        self._folder.tidy([NAME, *self.report.written])
        text = manifest.written()
        if text != self._folder.read_manifest():
            self._folder.write_manifest(text)
        for path in list(self.report.written):
            if self._is_as_compared(path, self.report.written):
                self._folder.write(path, self._gathered.contents[path].bytes)
        for path in list(self.report.removed):
            if self._is_as_compared(path, self.report.removed):
                self._folder.remove(path)

    def _is_as_compared(self, path: str, listed: list[str]) -> bool:
        """Tell whether a file may be touched: nobody has changed it since it was compared. Else tell of it."""
        if self._folder.digest(path) in {None, self._compared[path]}:
            return True
        listed.remove(path)
        self.made.pop(path, None)
        self.report.edited.append(path)
        return False
