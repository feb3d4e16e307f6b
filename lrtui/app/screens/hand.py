"""What is in hand on the capture line: a new line, the edit of one that stands, a long text or a pasted block.

No widget in it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

PASTED = "pasted"  # what a pasted block is kept as that waits for its Enter
NEW, EDIT = "new", "edit "  # what a half-typed line is kept as: a new one, or the edit of the line of that id


@dataclass(slots=True)
class Hand:
    """What Enter will do. `stashed` is the new line that was begun before an edit; `pasted` waits for one Enter.

    `began` is how the line that is edited read when the edit began. `long` is a text of several lines, new or edited,
    which the line cannot show: it waits beside it.
    """

    editing: str | None = None
    stashed: str = ""
    began: str = ""
    long: str = ""
    pasted: list[str] = field(default_factory=list)

    @property
    def place(self) -> str:
        """The name under which the text is kept while it is half typed."""
        return EDIT + self.editing if self.editing else NEW

    def edit(self, key: str, typed: str, began: str) -> None:
        """Take up a line that stands and reads as it `began`; what was typed of a new one waits."""
        self.began = began
        if self.editing is None:
            self.stashed = typed
        self.editing = key

    def typed(self, text: str) -> str:
        """Return what a text on the line becomes: a slash behind a line that is only selected begins a command."""
        return "/" if self.editing and text == f"{self.began}/" else text

    def let_go(self) -> str:
        """Leave the edit off; return the new line that was begun before."""
        stashed, self.stashed, self.editing = self.stashed, "", None
        return stashed


def edited(place: str) -> str:
    """Return the id of the line whose edit was kept under that name; "" for any other name."""
    return place.removeprefix(EDIT) if place.startswith(EDIT) else ""
