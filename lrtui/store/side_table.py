"""What a table of the catalog beside that of the reviews is: some rows for each review, gone with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from lrtui.review.model import Review
    from lrtui.store.journal import Group


class Read(NamedTuple):
    """A review as it was read from its folder, and every operation on it, in order."""

    review: Review
    groups: Sequence[Group] = ()


class SideTable(NamedTuple):
    """A table and how its rows come about.

    `schema` makes it, each statement ended by a semicolon and a line break; its first column, `review`, is the id of
    the review. `rows` gives the other columns of a review's rows. It must give nothing that is private.
    """

    name: str
    schema: str
    rows: Callable[[Read], Iterable[Sequence[Any]]]

    def add(self, columns: int) -> str:
        """Return the statement that adds a row of so many columns."""
        return f"INSERT INTO {self.name} VALUES ({', '.join('?' * columns)})"  # noqa: S608 - a name of our own

    @property
    def forget(self) -> str:
        """The statement that takes out the rows of a review."""
        return f"DELETE FROM {self.name} WHERE review = ?"  # noqa: S608 - a name of our own
