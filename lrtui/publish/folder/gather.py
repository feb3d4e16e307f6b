"""Which reviews a publish folder has, and their pages: only those are read that have changed since the last time."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from lrtui.errors import StoreError
from lrtui.publish.audience import Audience, credentials, edition, unredacted
from lrtui.publish.folder import data, review_page
from lrtui.publish.folder.brief import Brief, brief
from lrtui.publish.folder.corrections import digest
from lrtui.publish.folder.kept import Made, Taken
from lrtui.publish.folder.manifest import Published, digest_of
from lrtui.publish.folder.names import review_key
from lrtui.review.model import Status
from lrtui.store import stamps

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from pathlib import Path

    from lrtui.publish.audience import Edition
    from lrtui.publish.folder.disk import Folder
    from lrtui.publish.folder.kept import Kept, Memory
    from lrtui.publish.folder.look import Look
    from lrtui.publish.folder.manifest import Manifest
    from lrtui.publish.folder.names import Names
    from lrtui.review.model import Review

SITE = "site/"

_KEPT_BACK = "kept back "  # before the stamp of a review that its template keeps out of what is published
_HELD = "held"  # in place of a stamp: it is listed as it was published, since it is not done, or not there, any more


class Content(NamedTuple):
    """What a file is to be, packed so that ten thousand of them can wait in memory; see `Made`."""

    made: Made
    packed: bytes

    @classmethod
    def of(cls, owner: str, text: str) -> Content:
        """Return the content of a file that comes from the review or section `owner`."""
        content = text.encode("utf-8", "replace")
        return cls(Made(owner, digest_of(content)), zlib.compress(content, 1))

    @property
    def bytes(self) -> bytes:
        """The content itself."""
        return zlib.decompress(self.packed)


def files_of(page: str, *, site: bool) -> list[str]:
    """Return the files of a page."""
    return [f"{page}.md", *([f"{SITE}{page}.html"] if site else [])]


@dataclass(slots=True)
class Gathered:
    """What there is to publish: each review as it will stand in the manifest, by key, and the contents of its files.

    `unchanged` are files that need not be made, `to_settle` the editions in which something was replaced or looks like
    a secret. Of `held` reviews, in each case why, the page stays as it is; `unreadable` are names, and so are
    `kept_back`, which are done and left out since their template says so and nobody named them. `taken`, `undone` and
    `dropped` are for the memory.
    """

    reviews: dict[str, Published] = field(default_factory=dict)
    contents: dict[str, Content] = field(default_factory=dict)
    unchanged: dict[str, Made] = field(default_factory=dict)
    to_settle: list[Edition] = field(default_factory=list)
    held: dict[str, str] = field(default_factory=dict)
    unreadable: list[str] = field(default_factory=list)
    kept_back: list[str] = field(default_factory=list)
    taken: list[Taken] = field(default_factory=list)
    undone: dict[str, str] = field(default_factory=dict)
    dropped: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Gathering:
    """Where reviews are gathered from: `folders` by name, those `known` to the folder, and what is remembered.

    `wanted` are the names of reviews that may join it, None for all; `today` is the day of a correction.
    """

    folders: Mapping[str, Path]
    read: Callable[[Path], Review]
    known: Manifest
    folder: Folder
    memory: Memory
    names: Names
    look: Look
    today: str
    wanted: Collection[str] | None = None
    people: frozenset[str] = frozenset()

    def gather(self, *, prune: bool) -> Gathered:
        """Read what has changed, in order of the names, so that the same library always gives the same."""
        kept, made, was_undone = self.memory.reviews(), self.memory.made(), self.memory.undone()
        found = Gathered()
        keys = {name: review_key(name) for name in sorted(self.folders)}
        for name, key in keys.items():
            if key not in self.known.reviews and self.wanted is not None and name not in self.wanted:
                continue
            try:
                stamp = self._stamp(name, kept)
                if was_undone.get(name) == stamp:
                    found.undone[name] = stamp
                elif was_undone.get(name) == _KEPT_BACK + stamp and self._is_uncalled_for(name):
                    self._keep_back(name, stamp, found)
                elif self._is_current(name, key, stamp, kept, made, found):
                    found.reviews[key] = self.known.reviews[key]
                else:
                    self._take(name, stamp, self.read(self.folders[name]), found)
            except (StoreError, OSError, ValueError):
                found.unreadable.append(name)
        self._hold(found, kept, keys, prune=prune)
        return found

    def _stamp(self, name: str, kept: Mapping[str, Kept]) -> str:
        """Return the stamp of a review's folder, quickly where it is as it was."""
        folder, known = str(self.folders[name]), kept.get(name)
        return known.stamp if known and stamps.holds(folder, known.stamp) else stamps.stamp(folder)

    def _is_current(
        self, name: str, key: str, stamp: str, kept: Mapping[str, Kept], made: Mapping[str, Made], found: Gathered
    ) -> bool:
        """Tell whether nothing has to be done about a review, because its files are as they are to be."""
        known, was = kept.get(name), self.known.reviews.get(key)
        if known is None or was is None or known.stamp != stamp or known.digest != was.digest:
            return False
        if known.page != was.listing.page:
            return False
        files = {path: made.get(path) for path in files_of(known.page, site=self.look.site)}
        current = {path: of for path, of in files.items() if of and self.folder.digest(path) == of.digest}
        if len(current) < len(files):
            return False
        found.unchanged.update(current)
        return True

    def _take(self, name: str, stamp: str, review: Review, found: Gathered) -> None:
        if review.head.status is not Status.DONE:
            found.undone[name] = stamp
            return
        if not review.template.published and self._is_uncalled_for(name):
            self._keep_back(name, stamp, found)
            return
        edited = edition(review, name=name, audience=self.look.audience, people=self.people, keep=self.look.keep)
        page = self.names.of_review(name, edited.name)
        if self.look.audience is Audience.TEAM:
            edited = edited._replace(risks=tuple(credentials(edited.review)))
        if self.look.audience is Audience.PUBLIC:  # its edition is called by the title of today, the page for good
            edited = edited._replace(name=page)
        if edited.risks or edited.replaced:
            found.to_settle.append(edited)
        key = review_key(name)
        told = brief(edited, page, site=self.look.site)
        content, was = digest(unredacted(review, self.look.audience), name), self.known.reviews.get(key)
        now = (
            was.with_content(content, self.today, told.listing)
            if was
            else Published(content, self.today, (), told.listing)
        )
        found.reviews[key] = now
        found.taken.append(Taken(name, stamp, content, told, data.entry(told)))
        whole = review_page.Page(edited, told, now, self.names, self.look)
        texts = [review_page.as_markdown(whole), *([review_page.as_html(whole)] if self.look.site else [])]
        for path, text in zip(files_of(page, site=self.look.site), texts, strict=True):
            found.contents[path] = Content.of(name, text)

    def _is_uncalled_for(self, name: str) -> bool:
        """Tell whether nobody has named a review, neither now nor when it was published first."""
        return review_key(name) not in self.known.reviews and name not in (self.wanted or ())

    def _keep_back(self, name: str, stamp: str, found: Gathered) -> None:
        found.kept_back.append(name)
        found.undone[name] = _KEPT_BACK + stamp

    def _hold(self, found: Gathered, kept: Mapping[str, Kept], keys: Mapping[str, str], *, prune: bool) -> None:
        """Go on listing what was published and is not done, not there or not readable now."""
        reasons = {keys[name]: "reopened" for name in found.undone}
        reasons.update({keys[name]: "unreadable" for name in found.unreadable})
        for key in sorted(self.known.reviews.keys() - found.reviews.keys()):
            why = reasons.get(key, "gone")
            found.held[key] = why
            if prune and why != "unreadable":
                continue
            published = self.known.reviews[key]
            found.reviews[key] = published
            told = Brief(published.listing)
            if key not in kept:
                found.taken.append(Taken(key, _HELD, published.digest, told, data.entry(told, counted=False)))
        current = found.reviews.keys() - found.held.keys()
        staying = {name for name, key in keys.items() if key in current}
        found.dropped = kept.keys() - staying - (found.held.keys() & found.reviews.keys())
