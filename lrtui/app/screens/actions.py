"""The open actions of all reviews: what is due, settled on one line. It is fit to be shown to everybody."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import TYPE_CHECKING

from lrtui import commands
from lrtui.app.screens.base import Now
from lrtui.app.screens.listing import ListingScreen
from lrtui.app.widgets.bars import TopLine
from lrtui.app.widgets.capture import CaptureLine, Field
from lrtui.app.widgets.rows import Row, Rows
from lrtui.app.wrap import cut
from lrtui.errors import LrtuiError, NotFound, Refused
from lrtui.review import followup, verdict
from lrtui.review.followup import By, When
from lrtui.review.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from textual.events import Resize

    from lrtui.desk import Desk
    from lrtui.followed_up import FollowedUp
    from lrtui.review.followup import Standing
    from lrtui.session import Session

SHOWN = 300  # rows; a search narrows them down
_ROOM = 84  # cells of the screen which what may be typed takes in full
_SHORT = {When.SOON: "due soon"}
_GROUPED = {By.DUE: "by date", By.TEAM: "by team", By.OWNER: "by owner"}


class ActionsScreen(ListingScreen):
    """The library's actions, in groups; those that wait for a second look come first."""

    SCOPE = commands.Scope.ACTIONS
    LIST = "actions"

    def __init__(self, desk: Desk, go_into: Callable[[Session], None]) -> None:
        super().__init__(desk, go_into)
        self._by = By.DUE
        self._items: Sequence[Standing] = ()
        self._narrowed = ""  # the search that an Enter has kept, so that an answer can be typed
        self._done: list[tuple[FollowedUp, Standing]] = []  # each with how the action stood before

    def on_mount(self) -> None:
        """Say how an action is chosen."""
        self.say(f"{self.way('row-up')} and {self.way('row-down')} choose an action; Enter alone opens its review.")
        notice = self.desk.library_settings.notice
        if notice:
            self.say(notice, warn=True)

    def on_resize(self, event: Resize) -> None:
        """Say what may be typed, and what is listed, in the words for which there is room."""
        super().on_resize(event)
        wide = "done, doing, still, not doing WHY, moved REF, ^fri, @name, team:X; or a search"
        narrow = "done, still, drop WHY, ^fri, @name; or a search"
        self.query_one(CaptureLine).hint(wide if event.size.width >= _ROOM else narrow)
        self._show_title()

    def on_screen_resume(self) -> None:
        """Show the actions as the catalog knows them, and bring that up to date in the background."""
        try:
            self._take_in(self.desk.followed())
        except LrtuiError as error:
            self.say(str(error), warn=True)
        self._look_again()

    def _look_again(self) -> None:
        self.run_worker(self._bring_up_to_date(), exclusive=True, group="catalog")

    async def _bring_up_to_date(self) -> None:
        try:
            self._take_in(await asyncio.to_thread(self._read))
        except LrtuiError as error:
            self.say(str(error), warn=True)

    def _read(self) -> Sequence[Standing]:
        self.desk.update_catalog(stop=lambda: not self.is_running)
        return self.desk.followed()

    def _take_in(self, items: Sequence[Standing]) -> None:
        """Show actions as they are known now; an answer to one that is gone is none to the one in its place."""
        meant, line = self.listed.selected_key, self.query_one(CaptureLine)
        self._items = items
        lost = meant is not None and meant not in map(_key, items) and verdict.is_begun(line.text)
        typed = line.text
        if lost:
            line.text = ""
        self.show_found()
        if lost:
            self.say(
                f"Somebody else has settled that action. What was typed for it was not taken: “{typed}”.", warn=True
            )

    def _found(self) -> list[Standing]:
        """Return what is found for the search that is kept and, unless it is an answer, for what is typed."""
        typed = self.query_one(CaptureLine).text
        return followup.found(self._items, self._narrowed if verdict.is_begun(typed) else f"{self._narrowed} {typed}")

    def show_found(self, select: str | None = None) -> None:
        """List the actions and select the one of a key, else the one selected before or, if gone, that in its place."""
        listed = self._found()
        rows = list(self._drawn(listed)) or [Row("", self._nothing(), selectable=False, style="muted")]
        known = [row.key for row in rows if row.selectable]
        kept, place = select or self.listed.selected_key, self.listed.selected or 0
        after = [row.key for row in rows[place:] if row.selectable]
        self.listed.show(rows, select=kept if kept in known else next(iter(after or reversed(known)), None))
        self._show_title()

    def _show_title(self) -> None:
        counts = Counter(item.when for item in self._items)
        short = _SHORT if self.has_class("-narrow") else {}
        said = [
            f"{len(self._items)} open",
            *(f"{counts[when]} {short.get(when, when)}" for when in (When.OVERDUE, When.SOON) if counts[when]),
        ]
        search = f" · “{self._narrowed}”" if self._narrowed else ""
        self.query_one(TopLine).show(f"Actions {_GROUPED[self._by]}{search}", " · ".join(said))

    def _nothing(self) -> str:
        if self._items:
            return f"No open action has these words. {self.way('leave')} shows all again."
        return "No review has an open action."

    def _drawn(self, listed: Sequence[Standing]) -> Iterator[Row]:
        shown = 0
        for heading, group in followup.grouped(listed, self._by, soak_first=True):
            if shown:
                yield Row("", "", selectable=False)
            count = "" if self._by is By.OWNER else f" ({len(group)})"  # of people nothing is counted
            yield Row("", f"{heading}{count}", style="heading", selectable=False)
            yield from (self._row(item, heading) for item in group[: SHOWN - shown])
            shown += len(group)
            if shown > SHOWN:
                more = f"And {len(listed) - SHOWN} more: type words to find what you look for."
                yield Row("", more, selectable=False, style="muted")
                return

    def _row(self, item: Standing, heading: str) -> Row:
        stands = "" if heading == item.when.capitalize() else item.when
        told = By.DUE if heading == followup.SOAKING else self._by  # what the heading tells already
        owner = "" if told is By.OWNER else followup.named(item)
        team = "" if told is By.TEAM else item.team
        tail = " · ".join(filter(None, (stands, *followup.marks(item, heading), owner, team)))
        due = f"{'~' if item.due_by_default else ''}{item.due.isoformat()}" if item.due else "no date"
        late = "warning" if item.when is When.OVERDUE else "muted"
        return Row(_key(item), clean_line(item.action.text), due, tail, lead_style=late)

    def now(self) -> Iterator[Now]:
        """Yield what Enter is for just now."""
        typed = self.query_one(CaptureLine).text
        if self._selected() is None:
            yield Now("there is no action to settle", ("leave",))
        elif verdict.is_begun(typed):
            yield Now("an answer is typed; Enter gives it to the selected action", ("settle", "leave"))
        elif typed:
            yield Now("words are searched for; Enter keeps what is found, to settle it", ("settle", "leave"))
        else:
            yield Now(f"an action is selected; type {verdict.ASK}", ("settle", "row-down", "row-up"))
            yield Now("Enter alone opens its review", ("group", "leave"))

    def on_capture_line_typed(self, _: CaptureLine.Typed) -> None:
        """Say what becomes of what is typed; search as one types, each time the line has been drawn."""
        line = self.query_one(CaptureLine)
        begun = verdict.is_begun(line.text)
        line.show_chips((), "" if not line.text.strip() else "settles it" if begun else "search")
        self.search_soon()

    def on_field_entered(self, event: Field.Entered) -> None:
        """Settle the selected action, keep a search, or open the review."""
        if not self.run("settle", event.text.strip()):
            self.query_one(CaptureLine).restore(event.text)

    def on_rows_picked(self, event: Rows.Picked) -> None:
        """Open the review of the action that was clicked twice."""
        self.open_review(event.key.partition("/")[0])

    def do_settle(self, words: str) -> None:
        """Give what was typed to the selected action; other words are a search; nothing at all opens its review."""
        if words and not verdict.is_begun(words):
            self._narrowed = f"{self._narrowed} {words}".strip()
            self.show_found()
            self.say(f"Shown is what has “{cut(self._narrowed, 40)}”; {self.way('leave')} shows all again.")
            return
        item = self._selected()
        if item is None:
            raise Refused("There is no action to settle.")
        if words:
            self._follow_up(item, words)
        else:
            self.open_review(item.action.review)

    def _follow_up(self, item: Standing, words: str) -> None:
        done = self.desk.follow_up(item.action.review, item.action.id, words)
        if done.at:
            self._done.append((done, item))
        others = (other for other in self._items if other is not item or done.action.state.going)
        self._items = [_touched(other) if other is item else other for other in others]
        self.show_found()
        self._look_again()
        again = f" {verdict.HOW} {self.way('undo')} takes it back, to say it with a few words."
        late = f" {verdict.PASSED}" if done.passed else ""
        ask = again if done.at and verdict.lacks_evidence(words) else late
        self.say(f"Kept “{cut(words, 40)}” for: {cut(clean_line(done.action.text), 60)}.{ask}")

    def _selected(self) -> Standing | None:
        key = self.listed.selected_key
        return next((item for item in self._items if _key(item) == key), None)

    def do_group(self, _: str) -> None:
        """Put the actions together by the next of date, team and owner."""
        order = list(By)
        self._by = order[(order.index(self._by) + 1) % len(order)]
        self.show_found()

    def do_undo(self, _: str) -> None:
        """Take back the last change that was made here."""
        if not self._done:
            raise Refused("Nothing was changed here that could be taken back. Open the review to undo more.")
        done, item = self._done[-1]
        try:
            words = self.desk.take_back(done)
        except (NotFound, Refused):  # it can never be taken back from here; what came before it can
            self._done.pop()
            raise
        self._done.pop()
        self._select_again(item)
        self._look_again()
        self.say(f"Taken back, for: {cut(clean_line(words), 60)}.")

    def _select_again(self, item: Standing) -> None:
        """List an action as it stood, and select it: what is typed next is meant for it, whatever was searched for."""
        others = (other for other in self._items if _key(other) != _key(item))
        self._items = sorted((*others, item), key=followup.place)
        line = self.query_one(CaptureLine)
        if item not in self._found():
            self._narrowed = ""
            line.text = line.text if verdict.is_begun(line.text) else ""
        self.show_found(select=_key(item))

    def do_leave(self, _: str) -> None:
        """Leave off what was typed, then the search, then the screen."""
        line = self.query_one(CaptureLine)
        if line.text or self._narrowed:
            self._narrowed = self._narrowed if line.text else ""
            line.text = ""
            self.say("")
            self.show_found()
        else:
            super().do_leave("")


def _key(item: Standing) -> str:
    return f"{item.action.review}/{item.action.id}"


def _touched(item: Standing) -> Standing:
    """Return how an action stands right after somebody has looked at it, until the catalog knows the rest."""
    return item._replace(soak=False, untouched=False)
