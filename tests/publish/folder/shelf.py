"""A library with reviews, and a folder to publish them to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from lrtui.desk import Desk
from lrtui.errors import Refused, StoreError
from lrtui.publish.audience import Audience
from lrtui.publish.folder import publication
from lrtui.publish.folder.look import Look
from lrtui.publish.folder.publication import Wishes
from lrtui.review import intents
from lrtui.store.library import Library
from tests.doing import Clock

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from lrtui.publish.audience import Edition
    from lrtui.publish.folder.publication import Report
    from lrtui.review.intents import Intent
    from lrtui.review.model import Review

FIRST, LATER = date(2026, 11, 24), date(2026, 11, 27)


class Shelf:
    """A library in `root`, and the folder `out` beside it. `reads` are the names of the reviews that were read,
    `broken` of those that cannot be."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.out = root / "out"
        self.clock = Clock()
        self.desk = Desk(Library(root / "library"), clock=self.clock, author="ana-3f9c", zone="UTC")
        self.look = Look(site=True)
        self.reads: list[str] = []
        self.broken: set[str] = set()
        self.risky: list[Edition] = []
        self.refuses = False

    def held(self, title: str, *lines: str, service: str = "", tags: str = "", template: str = "") -> str:
        """Hold a review to its end, and return its name."""
        session = self.desk.begin(title, template)
        session.close()
        given = [intents.set_fact("service", service)] if service else []
        given += [intents.set_tags(tags)] if tags else []
        people = intents.add_people("Ana Lima: responder, payments; Bo Berg: expert")
        steps = ("actions" if line.startswith("a: ") else None for line in lines)
        said = map(intents.capture_line, lines, steps)
        self.do(session.name, people, *given, intents.start(), *said, intents.finish())
        return session.name

    def do(self, name: str, *what: Intent) -> None:
        """Change a review."""
        session = self.desk.open(name)
        try:
            for intent in what:
                self.clock.forward(60)
                session.perform(intent)
        finally:
            session.close()

    def review(self, name: str) -> Review:
        """Return a review as it is."""
        return self.desk.read(self.desk.library.resolve(name))

    def read(self, folder: Path) -> Review:
        """Read a review as a publish does."""
        self.reads.append(folder.name)
        if folder.name in self.broken:
            raise StoreError("The disk reported a fault.")
        return self.desk.read(folder)

    def publish(
        self,
        *wanted: str,
        today: date = FIRST,
        force: Collection[str] = (),
        prune: bool = False,
        dry_run: bool = False,
        site: bool | None = None,
        audience: Audience = Audience.TEAM,
        answer: str = "",
    ) -> Report:
        """Publish."""
        self.reads.clear()
        wishes = Wishes(set(wanted) or None, force, prune=prune, dry_run=dry_run)
        seen = replace(self.look, audience=audience, answer=answer, site=self.look.site if site is None else site)
        return publication.publish(self.desk.library, self.read, self.out, seen, today, wishes, self._settle)

    def _settle(self, editions: Sequence[Edition]) -> None:
        self.risky = list(editions)
        if self.risky and self.refuses:
            raise Refused("It looks like a secret.")

    def files(self) -> dict[str, bytes]:
        """Return everything that is in the folder, by its path there."""
        return {
            path.relative_to(self.out).as_posix(): path.read_bytes()
            for path in sorted(self.out.rglob("*"))
            if path.is_file()
        }

    def text(self, path: str) -> str:
        """Return the text of a file in the folder."""
        return (self.out / path).read_text("utf-8")

    def forget(self) -> None:
        """Delete what is remembered of earlier publishes."""
        for path in self.desk.library.cache.glob("publish-*"):
            path.unlink()
