"""The facilitator's desk: a library with all that is handed in, and the few things one does with whole reviews.

Screens and verbs get their clock, author, templates and clipboard from here, so that a test can hand in its own.

Every start of the program imports this module and few need all that a desk can do, so what only some operations need is
imported where they begin.
"""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from lrtui.errors import Locked, LrtuiError, NotFound, Refused, StoreError, TemplateError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date

    from lrtui.clipboard import Outcome
    from lrtui.editor import Leaving
    from lrtui.followed_up import FollowedUp
    from lrtui.review.earlier import Earlier
    from lrtui.review.followup import Standing
    from lrtui.review.model import Review
    from lrtui.review.template import Template
    from lrtui.review.yaml_text import Fault
    from lrtui.session import Session
    from lrtui.settings.library import LibraryReading
    from lrtui.settings.values import Settings
    from lrtui.store.catalog import Catalog
    from lrtui.store.drafts import Drafts
    from lrtui.store.library import Library
    from lrtui.store.side_table import Read
    from lrtui.store.storage import JournalStorage

_TAIL = "23456789abcdefghjkmnpqrstuvwxyz"

_now = partial(datetime.now, UTC)


def shipped_templates() -> dict[str, Path]:
    """Return the templates that come with lrtui, by name: inside the package, or beside it in a checkout."""
    package = Path(__file__).parent
    folder = next(place for place in (package / "templates", package.parent / "templates") if place.is_dir())
    return {path.stem: path for path in sorted(folder.glob("*.yaml"))}


def local_zone() -> str:
    """Return the name of this machine's time zone, its offset from UTC where the name is not known."""
    from lrtui.review import dates

    name = os.environ.get("TZ", "").lstrip(":") or os.path.realpath("/etc/localtime").partition("zoneinfo/")[2]
    if name in {"UTC", "Etc/UTC", "Etc/Universal", "Zulu"}:
        return "UTC"
    if dates.zone(name):
        return name
    offset = _now().astimezone().strftime("%z")
    return "UTC" if offset == "+0000" else f"{offset[:3]}:{offset[3:5]}"


def _this_author() -> str:
    from lrtui.store.author import this_author

    return this_author(os.environ)


def _copy(text: str) -> Outcome:
    from lrtui import clipboard

    return clipboard.copy(text)


def _edit(path: Path, leaving: Leaving) -> None:
    from lrtui import editor

    editor.edit(path, leaving)


def _as_it_ships() -> Settings:
    from lrtui.settings.values import Settings

    return Settings()


@dataclass
class Desk:
    """One library, open for work. What a person has made their own is read when something first depends on it."""

    library: Library
    clock: Callable[[], datetime] = _now
    author: str = field(default_factory=_this_author)
    zone: str = field(default_factory=local_zone)
    copy: Callable[[str], Outcome] = _copy
    edit: Callable[[Path, Leaving], None] = _edit
    read_settings: Callable[[], Settings] = _as_it_ships

    @cached_property
    def settings(self) -> Settings:
        """What the person at this desk has made their own."""
        return self.read_settings()

    @cached_property
    def library_settings(self) -> LibraryReading:
        """What goes without saying in this library, for everybody who works in it."""
        from lrtui.settings.library import LibraryReading, read_library

        try:
            return read_library(self.library.settings.read_text("utf-8"))
        except FileNotFoundError:
            return LibraryReading()
        except OSError as error:
            return LibraryReading(unread=f"could not be read ({error.strerror})")
        except UnicodeDecodeError:
            return LibraryReading(unread="is not text in UTF-8")

    @cached_property
    def drafts(self) -> Drafts:
        """The half-typed texts."""
        from lrtui.store.drafts import Drafts

        return Drafts(self.library.drafts)

    @cached_property
    def catalog(self) -> Catalog:
        """What there is in the library, for listing and searching."""
        from lrtui.store.catalog import Catalog

        return Catalog(self.library.cache / "catalog.sqlite", self._read)

    def read(self, folder: Path) -> Review:
        """Read a review without opening it for work."""
        return self._read(folder).review

    def _read(self, folder: Path) -> Read:
        from lrtui.review.model import Review
        from lrtui.store.side_table import Read

        storage = self.stored(folder)
        return Read(Review.read(storage.tables), storage.groups)

    def stored(self, folder: Path) -> JournalStorage:
        """Return the journals of a review, for reading."""
        from lrtui.store.storage import JournalStorage

        return JournalStorage(folder, author=self.author, clock=self.clock, read_only=True)

    def open(self, part: str) -> Session:
        """Open the review that `part` of a name stands for: to work in it, or to read it where another has it open."""
        return self._session(self.library.resolve(part))

    def open_console(self, part: str) -> Session:
        """Open a review beside the room view that may be open on it, with a journal and a lock of its own."""
        from lrtui.store.author import BESIDE

        return self._session(self.library.resolve(part), BESIDE)

    def begin(self, title: str, template: str = "", *, solo: bool = False) -> Session:
        """Make a new review in the library, and the library if this is its first."""
        import secrets

        from lrtui.review import intents

        chosen, notice = self.chosen_template(template)
        self.library.create()
        tail = "".join(secrets.choice(_TAIL) for _ in range(4))
        session = self._session(self.library.new_folder(title, self.clock().astimezone().date(), tail))
        try:
            session.perform(intents.create(title, chosen, self.zone, solo=solo))
        except StoreError:
            session.close()
            raise
        session.notice = session.notice or notice
        return session

    def _session(self, folder: Path, beside: str = "") -> Session:
        from lrtui.session import Session
        from lrtui.store.alive import SignOfLife
        from lrtui.store.lock import ReviewLock
        from lrtui.store.storage import JournalStorage

        lock = ReviewLock(self.library.lock_file(folder.name + beside), self.clock)
        held = lock.acquire()
        try:
            author = self.author + beside
            storage = JournalStorage(folder, author=author, clock=self.clock, read_only=not held)
        except StoreError:
            lock.release()
            raise
        session = Session(
            folder.name,
            storage,
            self.clock,
            lock,
            SignOfLife(self.library.alive_file(folder.name)),
            prefixes=self.settings.prefixes,
            beside=bool(beside),
        )
        if not held:
            what = "Its console" if beside else "This review"
            session.notice = f"{what} is {lock.holder()}. Here it can be read, not changed."
        elif storage.refusal:
            session.notice = storage.refusal
        elif storage.unread:
            count = len(storage.unread)
            lines = "One line" if count == 1 else f"{count} lines"
            session.notice = f"{lines} of this review could not be read; what stands there is kept as it is."
        if not beside or not ReviewLock(self.library.lock_file(folder.name), self.clock).taken:
            session.stop_forgotten_clock()  # a room that is in an editor of its own gives no sign of life, yet it lives
        return session

    def update_catalog(self, *, stop: Callable[[], bool] = lambda: False) -> int:
        """Bring the catalog up to date, until `stop` says otherwise; return how many reviews changed in it."""
        return self.catalog.refresh(self.library.reviews(), stop=stop)

    def earlier_actions(self, service: str, *, besides: str, stop: Callable[[], bool] = lambda: False) -> list[Earlier]:
        """Return what is still open from reviews of a service, the oldest first, but not from the one named `besides`.

        Which reviews there are is what the catalog knows. Ends early when `stop` says so.
        """
        asked = service.casefold()
        if not asked:
            return []
        found = self.catalog.rows(query=service, limit=sum(self.catalog.counts().values()))
        waiting: list[Earlier] = []
        for row in found:
            if row.open_actions and row.name != besides and row.service.casefold() == asked and not stop():
                with contextlib.suppress(StoreError):  # one that cannot be read does not stand in the way of the others
                    waiting += _left_open(row.name, self.read(row.path))
        return sorted(waiting, key=lambda earlier: earlier.action.id)

    @property
    def today(self) -> date:
        """Today's date on this machine."""
        return self.clock().astimezone().date()

    def _days(self) -> Callable[[str], date]:
        """Return what tells the date that it is now in the zone of a name, in UTC where that is not known."""
        from functools import lru_cache

        from lrtui.review import dates

        now = self.clock()
        return lru_cache(lambda zone: now.astimezone(dates.zone(zone) or UTC).date())

    def followed(self, *, settled: bool = False) -> list[Standing]:
        """Return how the open actions of all reviews stand, as the catalog knows them; with `settled` all actions."""
        from lrtui.review import followup

        tails = followup.tails(self.catalog.names())
        customs = self.library_settings.customs
        return followup.standings(self.catalog.actions(settled=settled), self._days(), customs, tails)

    def second_looks(self) -> int:
        """Count the reviews whose actions wait for a second look."""
        from datetime import timedelta

        from lrtui.review import followup

        found = self.catalog.actions(since=self.today - timedelta(days=followup.LONG + 7))
        return followup.waiting_reviews(followup.standings(found, self._days(), self.library_settings.customs, {}))

    def follow_up(self, review: str, which: str | int, typed: str) -> FollowedUp:
        """Do to an action of a review, by its id or its number, what is typed; see `lrtui.followed_up`."""
        from lrtui import followed_up

        return followed_up.settle(self.opened_for_a_moment, review, which, typed)

    def take_back(self, done: FollowedUp) -> str:
        """Take back what was done to an action; return its words."""
        from lrtui import followed_up

        return followed_up.take_back(self.opened_for_a_moment, done)

    def named_action(self, handle: str) -> tuple[str, int]:
        """Return the review and the number of the action that is called so: `7k3q-2`."""
        part, dash, number = handle.strip().rpartition("-")
        if not dash or not (number.isascii() and number.isdecimal()):
            raise NotFound(f"“{handle}” is no action. It is called as `lrtui actions` has it, as in 7k3q-2.")
        return self.library.resolve(part).name, int(number)

    def settle_earlier(self, here: Session, earlier: Earlier, answer: str) -> None:
        """Settle an action of an earlier review by what is typed, in that review; see `lrtui.answered`."""
        from lrtui import answered

        answered.settle(self.opened_for_a_moment, here, earlier, answer)

    def undo(self, here: Session) -> str:
        """Take the last change back, an answer about an earlier action in its review; return what it was called."""
        from lrtui import answered

        return answered.undo(self.opened_for_a_moment, here)

    def redo(self, here: Session) -> str:
        """Do again what was undone, an answer about an earlier action in its review; return what it was called."""
        from lrtui import answered

        return answered.redo(self.opened_for_a_moment, here)

    @contextlib.contextmanager
    def opened_for_a_moment(self, review: str) -> Iterator[Session]:
        """Open the review of an earlier action for writing; what is said of it names no other review to the room."""
        folders = dict(self.library.reviews())
        if review not in folders:
            raise NotFound("The review of that action is not in the library any more.")
        session = self._session(folders[review])
        try:
            if session.lock and not session.lock.held:
                raise Locked(
                    "Nothing was kept: the review of that action is open elsewhere. Close it there, or answer later."
                )
            if session.read_only:
                raise Refused(f"Nothing was kept. {session.storage.refusal}")
            yield session
        finally:
            session.close()

    def templates(self) -> dict[str, Path]:
        """Return all templates by name, the team's own first; they hide shipped ones of the same name."""
        own = self.library.templates()
        return {**own, **{name: path for name, path in shipped_templates().items() if name not in own}}

    def template(self, name: str) -> Template:
        """Load a template by its name, or by the path of a file; its faults are told in one `TemplateError`."""
        return _loaded(self.template_path(name), self.templates())

    def chosen_template(self, name: str = "") -> tuple[Template, str]:
        """Load the template of that name; without one, that of the settings, or where it cannot be had, the usual one.

        The latter is told beside it. The settings are a person's, a library may be a team's: that the one names what
        the other lacks is no reason to stop.
        """
        from lrtui.settings.values import DEFAULT_TEMPLATE

        wished = name or self.settings.template
        try:
            return self.template(wished), ""
        except LrtuiError:
            if name or wished == DEFAULT_TEMPLATE:
                raise
        return (
            self.template(DEFAULT_TEMPLATE),
            f"The template “{wished}” of your settings cannot be had here; this is {DEFAULT_TEMPLATE}.",
        )

    def all_templates(self) -> dict[str, Template | LrtuiError]:
        """Load every template, by name; in the place of one that cannot be loaded stands what is wrong with it."""
        return {name: self._template_or_fault(name) for name in self.templates()}

    def _template_or_fault(self, name: str) -> Template | LrtuiError:
        try:
            return self.template(name)
        except (TemplateError, StoreError) as error:
            return error

    def template_faults(self, name: str) -> list[Fault]:
        """Return all that is wrong with a template, found by its name or by the path of a file."""
        from lrtui.review import template_text

        path, known = self.template_path(name), self.templates()
        faults = template_text.check(_text_of(path), parents=_parents(path, known))
        return sorted([*faults, *(_name_taken(path, known) if path in known.values() else ())])

    def template_path(self, name: str) -> Path:
        """Return the file of a template; raises `NotFound` with what there is."""
        known = self.templates()
        if name in known:
            return known[name]
        if name.endswith((".yaml", ".yml")) and Path(name).is_file():
            return Path(name)
        raise NotFound(f"There is no template “{name}”. There are: {', '.join(known)}.")

    def template_text(self, name: str) -> tuple[str, Callable[[str], Template | None]]:
        """Return how a template is written, and what finds the template that it extends."""
        path = self.template_path(name)
        return _text_of(path), _parents(path, self.templates())

    def names(self) -> set[str]:
        """Return the names of all who have ever been on a roster in this library."""
        from lrtui.store import rosters

        return rosters.names(folder for _, folder in self.library.reviews())

    def markdown(self, session: Session) -> str:
        """Return the review as others will read it."""
        from lrtui.publish.markdown import document

        return document(session.review, name=session.name)

    def export(self, session: Session, words: str = "") -> Path:
        """Write the Markdown to a file: the one named, else one in the current folder named after the review."""
        try:
            asked = Path(words.strip()).expanduser() if words.strip() else None
        except RuntimeError as error:
            raise NotFound("There is no home folder of that name. Write the file's whole path.") from error
        return self.save_export(self.markdown(session), session.name, "md", asked)

    def save_export(
        self, text: str, name: str, form: str, asked: Path | None, *, replace: bool = False, page: str = ""
    ) -> Path:
        """Write an export of the review `name` to the file `asked` for, into that folder, or to one of its own name.

        `page` is that name, where it is not the review's. Return where it is. A file that is there is refused unless it
        is as lrtui has written it of this review, at one time or another, or somebody says to `replace` it.
        """
        from lrtui.store.exports import Exports
        from lrtui.store.files import told, write_atomically

        usual = f"{page or name}.{form}"
        exports = Exports(self.library.exports_file(name))
        try:
            path = asked / usual if asked and asked.is_dir() else asked or Path(usual)
            taken = path.is_file() and not (exports.has(path) or path.read_bytes() == text.encode("utf-8"))
        except OSError as error:
            raise told(error, "the export was not written", asked or Path(usual)) from error
        if taken and not replace:
            raise Refused(
                f"{path.name} is there already, and not as it was exported of this review. Name another file."
            )
        write_atomically(path, text, 0o644)
        exports.keep(text)
        return path


def _left_open(name: str, review: Review) -> Iterator[Earlier]:
    from lrtui.publish import public
    from lrtui.review.earlier import Earlier

    held = public.held(review)
    for action in review.actions.values():
        if action.state.going:
            owners = tuple(person.name for person in public.people(review, action.owners))
            yield Earlier(name, review.head.title, held, action, owners)


def _loaded(path: Path, known: Mapping[str, Path]) -> Template:
    from lrtui.review import template_text

    return template_text.load(_text_of(path), source=path.name, parents=_parents(path, known))


def _name_taken(path: Path, known: Mapping[str, Path]) -> Iterator[Fault]:
    """Yield the fault of a copied template that has kept the name of the other, so that reviews by both look alike."""
    from lrtui.review.yaml_text import Fault

    for number, line in enumerate(_text_of(path).splitlines(), 1):
        name = line.removeprefix("name:").strip().strip("\"'")
        if line.startswith("name:") and name != path.stem and name in known:
            yield Fault(number, 1, f'"{name}" is the name of another template; write "name: {path.stem}", as the file')
            return


def _text_of(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")  # with its line ends as they are: a next version keeps them
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(
            f"The template {path.name} could not be read; see whether it is a text in UTF-8.", str(path)
        ) from error


def _parents(path: Path, known: Mapping[str, Path]) -> Callable[[str], Template | None]:
    """Return what finds the template that the one at `path` extends: in `known`, its own name among those that ship."""

    def parent(name: str) -> Template | None:
        base = shipped_templates().get(name) if known.get(name) == path else known.get(name)
        return _loaded(base, {**known, name: base}) if base and base != path else None

    return parent
