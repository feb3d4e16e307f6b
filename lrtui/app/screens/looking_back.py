"""What earlier reviews of the same service left open, found in a thread while the screen goes on."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.message import Message

from lrtui.app.screens.base import ReviewScreen
from lrtui.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lrtui.desk import Desk
    from lrtui.review.earlier import Earlier
    from lrtui.session import Session


class LookingBackScreen(ReviewScreen):
    """A screen that may look back at earlier reviews.

    `earlier` is what they left open, as far as it is known; `has_looked_back` tells that it is.
    """

    @dataclass
    class LookedBack(Message):
        """What earlier reviews of a service left open is known."""

        service: str
        actions: Sequence[Earlier]

    def __init__(self, desk: Desk, session: Session) -> None:
        super().__init__(desk, session)
        self.earlier: Sequence[Earlier] = ()
        self.has_looked_back = False
        self._service = ""  # the one that `earlier` is about

    def look_back(self) -> None:
        """Bring the catalog up to date, and tell what earlier reviews left open when that is known."""
        self._service = self.session.review.head.facts.get("service", "")
        self.run_worker(self._bring_up_to_date, thread=True, group="catalog")

    def look_back_anew(self) -> None:
        """Tell what earlier reviews left open, if the review is about another service now."""
        service = self.session.review.head.facts.get("service", "")
        if service != self._service:
            self._service, self.earlier, self.has_looked_back = service, (), False
            self.run_worker(self._tell_earlier, thread=True, group="earlier")

    def looked_back(self) -> None:
        """Show `earlier`, which has just become known."""
        raise NotImplementedError

    def _bring_up_to_date(self) -> None:
        """In a thread: bring the catalog up to date, then tell."""
        with contextlib.suppress(StoreError):  # a help at most: the screen goes on without it
            self.desk.update_catalog(stop=lambda: not self.is_running)
        self._tell_earlier()

    def _tell_earlier(self) -> None:
        """In a thread: tell what the catalog knows of what earlier reviews of the service left open."""
        service = self._service
        with contextlib.suppress(StoreError):
            found = self.desk.earlier_actions(
                service, besides=self.session.name, stop=lambda: not self.is_running or service != self._service
            )
            self.post_message(self.LookedBack(service, found))

    def on_looking_back_screen_looked_back(self, event: LookedBack) -> None:
        """Show it, if it is still about the service that is asked for."""
        if event.service == self._service:
            self.earlier, self.has_looked_back = event.actions, True
            self.looked_back()
