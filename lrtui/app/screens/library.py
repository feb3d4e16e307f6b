"""The library: every review, what is live first; typing searches in all their words."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from lrtui import commands
from lrtui.app.screens.base import Now
from lrtui.app.screens.listing import ListingScreen
from lrtui.app.widgets.bars import TopLine
from lrtui.app.widgets.capture import CaptureLine, Field
from lrtui.app.widgets.rows import Row, Rows
from lrtui.app.wrap import cut
from lrtui.errors import LrtuiError, Refused
from lrtui.review.model import UNTITLED
from lrtui.store.query import FACT, FILTERS, TITLE, Query

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lrtui.desk import Desk
    from lrtui.session import Session
    from lrtui.store import catalog

SHOWN = 300  # reviews; searching narrows them down
LOOKED_INTO = 25  # of them, for the lines in which is what was typed: about a screen
LINES = 2  # of such a review
LONGEST = 160  # cells of such a line
SHOWN_EVERY = 1.0  # seconds, while the catalog is brought up to date
_HEADINGS = {"live": "Live", "draft": "Drafts", "wrap-up": "Wrapping up", "done": "Done", "unreadable": "Not readable"}


class LibraryScreen(ListingScreen):
    """The first screen."""

    SCOPE = commands.Scope.LIBRARY
    LIST = "reviews"

    def __init__(self, desk: Desk, go_into: Callable[[Session], None]) -> None:
        super().__init__(desk, go_into)
        self._titling = False
        self._second_looks = 0  # reviews whose actions wait for a second look

    def on_mount(self) -> None:
        """Show what the catalog knows."""
        self._ask_for_search()

    def on_screen_resume(self) -> None:
        """Show the library as it is now, and bring the catalog up to date in the background."""
        self._show_anew()
        self.run_worker(self._bring_up_to_date(), exclusive=True, group="catalog")

    async def _bring_up_to_date(self) -> None:
        """Read what has changed; where that takes long, show from time to time how far it is."""
        reading = asyncio.create_task(asyncio.to_thread(self._refresh))
        try:
            while not (await asyncio.wait({reading}, timeout=SHOWN_EVERY))[0]:
                self._show_anew()
            changed = reading.result()
            looks = await asyncio.to_thread(self.desk.second_looks)
            if changed or looks != self._second_looks:
                self._second_looks = looks
                self._show_anew()
        except LrtuiError as error:
            self.say(str(error), warn=True)
        await asyncio.to_thread(_get_ready)

    def _refresh(self) -> int:
        return self.desk.update_catalog(stop=lambda: not self.is_running)

    def _show(self, typed: str | None = None) -> None:
        """List what is found for what is typed, or was when Enter was pressed; where that fails, say so."""
        try:
            self._list(typed)
        except LrtuiError as error:
            self.say(str(error), warn=True)

    def _list(self, typed: str | None) -> None:
        query = "" if self._titling else self.query_one(CaptureLine).text if typed is None else typed
        found = self.desk.catalog.rows(query=query, limit=SHOWN)
        hits = self.desk.catalog.search(query, limit=LOOKED_INTO * LINES, each=LINES, reviews=LOOKED_INTO)
        if Query.read(query):  # which has its words may not have them in a line of the kind that is asked for
            having = {hit.review for hit in hits}
            found = [row for at, row in enumerate(found) if at >= LOOKED_INTO or row.name in having]
        listed = list(_listed(found, hits)) or [
            Row("", text, selectable=False, style="muted") for text in self._nothing(query)
        ]
        rows = self.listed
        known = {row.key for row in listed if row.selectable}
        first = next((row.key for row in listed if row.selectable), None)
        rows.show(listed, select=rows.selected_key if rows.selected_key in known else first)

    def _show_anew(self) -> None:
        """List what the catalog knows now, and tell how much there is."""
        self._show()
        counts = self.desk.catalog.counts()
        total = sum(counts.values())
        waiting = self.desk.catalog.open_actions()
        words = [f"{total} review{'s' if total != 1 else ''}"] if total else []
        words += [f"{waiting} open action{'s' if waiting != 1 else ''}"] if waiting else []
        words += [f"second look due: {self._second_looks}"] if self._second_looks else []
        self.query_one(TopLine).show("Learning reviews", " · ".join(words))

    def _nothing(self, query: str) -> Iterable[str]:
        begins, leaves = self.way("new"), self.way("quit")
        if query.startswith("/"):
            return (f"Here one types to search. {self.way('palette')} lists the commands.",)
        if query:
            filters = f"{self.way('help')} lists the filters: {', '.join(f'{name}:' for name in FILTERS)}."
            return (f"Nothing is found for “{query}”. {begins} begins a review of that title.", filters)
        return (
            "No review yet.",
            "",
            f"Type a title and press {begins} to begin one: choose a template, enter what is known, name the people.",
            f"Or leave with {leaves}: `lrtui demo` has reviews to look around in, `lrtui rehearse` a meeting to lead.",
        )

    def now(self) -> Iterator[Now]:
        """Yield what Enter is for just now."""
        if self._titling:
            yield Now("a title is asked for; Enter begins the review", ("new", "leave"))
        elif self.listed.selected_key is None:
            yield Now("there is no review to open", ("new", "leave"))
        else:
            words = "what was typed is found" if self.query_one(CaptureLine).text else "a review is selected"
            yield Now(words, ("open", "row-down", "row-up", "new"))

    def _ask_for_search(self) -> None:
        self._titling = False
        self.query_one(CaptureLine).hint(f"search, or the title of a new review and {self.way('new')}")

    def on_capture_line_typed(self, _: CaptureLine.Typed) -> None:
        """Search as one types, each time the line has been drawn."""
        if not self._titling:
            self.search_soon()

    def show_found(self) -> None:
        """List what is found for what is typed."""
        self._show()

    def on_field_entered(self, event: Field.Entered) -> None:
        """Open the selected review, or begin one of the title that was typed."""
        if self._titling:
            self._begin(event.text)
            return
        self._show(event.text)  # Enter may come before what was typed just before it has been searched for
        if not self.run("open"):
            self.query_one(CaptureLine).text = event.text

    def on_rows_picked(self, event: Rows.Picked) -> None:
        """Open the review that was clicked twice."""
        self.open_review(event.key)

    def do_open(self, _: str) -> None:
        """Open the selected review."""
        key = self.listed.selected_key
        if key is None:
            raise Refused(f"There is no review to open. Type a title and press {self.way('new')} to begin one.")
        self.open_review(key)

    def do_new(self, _: str) -> None:
        """Begin a review of the title that is typed; ask for one where none is."""
        title = self.query_one(CaptureLine).text.strip()
        if title or self._titling:
            self._begin(title)
            return
        self._titling = True
        back = self.way("leave")
        self.query_one(CaptureLine).hint(f"title of the new review; Enter goes on, {back} goes back")

    def do_actions(self, _: str) -> None:
        """See the open actions of all reviews."""
        from lrtui.app.screens.actions import ActionsScreen

        self.app.push_screen(ActionsScreen(self.desk, self._go_into))

    def _begin(self, title: str) -> None:
        try:
            session = self.desk.begin(title.strip())
        except LrtuiError as error:
            self.query_one(CaptureLine).text = title
            self.say(str(error), warn=True)
            return
        self._ask_for_search()
        self.query_one(CaptureLine).text = ""
        self._go_into(session)

    def do_insight(self, _: str) -> None:
        """See how reviews go."""
        from lrtui.app.screens.insight import InsightScreen

        self.app.push_screen(InsightScreen(self.desk))

    def do_leave(self, _: str) -> None:
        """Leave off what was typed."""
        if self._titling or self.query_one(CaptureLine).text:
            self._ask_for_search()
            self.query_one(CaptureLine).text = ""
            self._show()
        else:
            self.say(f"{self.way('quit')} leaves lrtui.")


def _get_ready() -> None:
    """Load what it takes to open a review, before somebody waits for it."""
    import lrtui.app.screens.room
    import lrtui.session  # noqa: F401


def _listed(found: Iterable[catalog.Row], hits: Iterable[catalog.Hit]) -> Iterator[Row]:
    """Yield the rows of the reviews, and below each the lines in which is what was typed."""
    within: dict[str, list[Row]] = {}
    for hit in hits:
        if hit.kind != TITLE:
            within.setdefault(hit.review, []).append(_line(hit))
    last = ""
    for review in found:
        if review.status != last:
            if last:
                yield Row("", "", selectable=False)
            last = review.status
            yield Row("", _HEADINGS.get(last, last), style="heading", selectable=False)
        waiting = f"{review.open_actions} open" if review.open_actions else ""
        tail = " · ".join(part for part in (review.service, review.severity, waiting) if part)
        day = review.day.isoformat() if review.day else ""
        yield Row(review.name, review.title or f"{UNTITLED} {review.name}", day, tail)
        yield from within.get(review.name, ())


def _line(hit: catalog.Hit) -> Row:
    kind = hit.id if hit.kind == FACT else hit.kind.replace("_", " ")
    return Row("", f"{kind}: {cut(hit.text, LONGEST)}", style="muted", hang=len(kind) + 2, selectable=False)
