"""Where a review is worked on: on its page, if it is written alone; else in the set-up, and once begun in the room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtui.review.model import Status

if TYPE_CHECKING:
    from lrtui.app.screens.base import ReviewScreen
    from lrtui.desk import Desk
    from lrtui.session import Session


def place_of(desk: Desk, session: Session) -> ReviewScreen:
    """Return the screen for a review as it is now."""
    if session.review.alone:
        from lrtui.app.screens.write_up import WriteUpScreen

        return WriteUpScreen(desk, session)
    if session.review.head.status is Status.DRAFT:
        from lrtui.app.screens.setup import SetupScreen

        return SetupScreen(desk, session)
    from lrtui.app.screens.room import RoomScreen

    return RoomScreen(desk, session)
