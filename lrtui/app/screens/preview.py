"""The Markdown as others will read it, in plain lines: quick at any length."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtui import commands
from lrtui.app.screens.base import Now, ReviewScreen
from lrtui.app.widgets.bars import StatusLine, TopLine
from lrtui.app.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.app import ComposeResult


class PreviewScreen(ReviewScreen):
    """The exported document, to read and to scroll."""

    SCOPE = commands.Scope.PREVIEW

    def compose(self) -> ComposeResult:
        """Lay out the document."""
        yield TopLine()
        yield Rows(id="document", marked=False)
        yield StatusLine()
        yield from self.closing_lines()

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
        self.query_one("#document", Rows).show(rows)
        self.query_one(TopLine).show(
            self.session.review.head.title or "Learning review", f"{len(rows)} lines of Markdown"
        )

    def now(self) -> Iterator[Now]:
        """Yield what is done with a document."""
        yield Now("the document is read", ("export", "copy", "leave"))

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
