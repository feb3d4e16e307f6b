"""Half-typed text of any screen: kept shortly after typing has stopped, and there again when the screen opens anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.timer import Timer

    from lrtui.app.screens.base import ReviewScreen

KEEP_AFTER = 0.3  # seconds without a key after which half-typed text is kept


class HalfTyped:
    """What is typed on a screen and not in the review yet, each text by the name of its place: a field, a row.

    `scope` tells the places of one screen from those of the others. Whoever has the review open for reading only has
    their text as long as the screen is open; what is on disk belongs to the one who writes.
    """

    def __init__(self, screen: ReviewScreen, scope: str) -> None:
        self._screen = screen
        self._scope = scope
        self._drafts = screen.desk.drafts
        self._review = screen.session.desk_name
        self._reads = screen.session.read_only
        kept = {} if self._reads else self._drafts.take(self._review)
        self._texts = {
            place.removeprefix(scope): text for place, text in kept.items() if place.startswith(scope) and text
        }
        self._waiting: set[str] = set()
        self._timer: Timer | None = None

    @property
    def texts(self) -> Mapping[str, str]:
        """All there is, by place."""
        return self._texts

    def text(self, place: str) -> str:
        """Return what is half typed in a place; "" where nothing is."""
        return self._texts.get(place, "")

    def typed(self, place: str, text: str) -> None:
        """Note what stands in a place now; it is kept as soon as typing stops. An empty text leaves nothing there."""
        if text == self.text(place):
            return
        self._note(place, text)
        if self._timer:
            self._timer.stop()
        self._timer = self._screen.set_timer(KEEP_AFTER, self.keep)

    def entered(self, place: str) -> None:
        """Forget a text that is in the review by now."""
        if self.text(place) or place in self._waiting:
            self._note(place, "")
            self.keep()

    def keep(self) -> bool:
        """Keep at once what was typed; tell whether all that is half typed is on disk."""
        if self._reads:
            return not self._texts
        failed = {place for place in self._waiting if not self._keep(place)}
        self._waiting = failed
        return not failed

    def _note(self, place: str, text: str) -> None:
        if text:
            self._texts[place] = text
        else:
            self._texts.pop(place, None)
        self._waiting.add(place)

    def _keep(self, place: str) -> bool:
        return self._drafts.keep(self._review, self._scope + place, self.text(place))
