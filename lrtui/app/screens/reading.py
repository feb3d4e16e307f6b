"""What is only read, in plain lines that are quick at any length: the Markdown, and what was done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtui import commands
from lrtui.app.screens.base import Now, ReviewScreen
from lrtui.app.widgets.bars import StatusLine, TopLine
from lrtui.app.widgets.rows import Row, Rows
from lrtui.review import dates
from lrtui.review.model import UNTITLED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from textual.app import ComposeResult

    from lrtui.publish.history import Told


class ReadingScreen(ReviewScreen):
    """Lines to read and to scroll."""

    def compose(self) -> ComposeResult:
        """Lay out the lines."""
        yield TopLine()
        yield Rows(id="document", marked=False)
        yield StatusLine()
        yield from self.closing_lines()

    def show(self, rows: list[Row], what: str) -> None:
        """Show the lines, and `what` they are beside the title."""
        self.query_one("#document", Rows).show(rows)
        self.query_one(TopLine).show(self.session.review.head.title or UNTITLED, what)

    def do_row_up(self, _: str) -> None:
        """Scroll up."""
        self.query_one(Rows).scroll_relative(y=-1, animate=False)

    def do_row_down(self, _: str) -> None:
        """Scroll down."""
        self.query_one(Rows).scroll_relative(y=1, animate=False)

    def do_page_up(self, _: str) -> None:
        """Scroll a page up."""
        self.query_one(Rows).page(-1)

    def do_page_down(self, _: str) -> None:
        """Scroll a page down."""
        self.query_one(Rows).page(1)


class PreviewScreen(ReadingScreen):
    """The Markdown as others will read it."""

    SCOPE = commands.Scope.PREVIEW

    def on_mount(self) -> None:
        """Tell what this is."""
        exports, leaves = self.way("export"), self.way("leave")
        said = f"This is what is exported: {exports} writes it to a file and the clipboard, {leaves} goes back."
        bare = "\n## " not in self.desk.markdown(self.session)
        self.say(f"Nothing is in it yet; facts, people and lines come here. {leaves} goes back." if bare else said)

    def refresh_review(self) -> None:
        """Write the document anew."""
        text = self.desk.markdown(self.session)
        rows = [Row("", line, style="heading" if line.startswith("#") else "text") for line in text.split("\n")]
        self.show(rows, f"{len(rows)} lines of Markdown")

    def now(self) -> Iterator[Now]:
        """Yield what is done with a document."""
        yield Now("the document is read", ("export", "copy", "history", "leave"))


class HistoryScreen(ReadingScreen):
    """Who changed what, and when: the latest first. Of what is private no word is told."""

    SCOPE = commands.Scope.HISTORY

    def on_mount(self) -> None:
        """Tell what this is."""
        zone = self.session.review.head.zone
        self.say(f"What was changed, the latest first; times are in {zone}. {self.way('leave')} goes back.")

    def refresh_review(self) -> None:
        """Read the journals anew."""
        zone = dates.zone_of(self.session.review)
        deeds = [deed for deed in self.session.told() if not deed.running]
        rows = [_row(deed, zone) for deed in reversed(deeds)]
        corrected = sum(deed.after for deed in deeds)
        after = f", {corrected} of them after it was finished" if corrected else ""
        self.show(rows, f"{len(rows)} changes{after}")

    def now(self) -> Iterator[Now]:
        """Yield what is done with it."""
        yield Now("the changes are read", ("page-down", "leave"))


def _row(deed: Told, zone: tzinfo) -> Row:
    return Row("", deed.words, f"{deed.at.astimezone(zone):%Y-%m-%d %H:%M}", deed.by, "fresh" if deed.after else "text")
