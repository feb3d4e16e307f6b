"""What goes without saying in a library, offered where the close asks for it; nothing of it is kept by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lrtui.review.dates import zone_of

if TYPE_CHECKING:
    from lrtui.review.closing import Hint
    from lrtui.review.followup import Customs
    from lrtui.review.model import Review


def offer(review: Review, hint: Hint, customs: Customs) -> str:
    """Return what would settle a point as the library has it: the date for a priority, the team; "" where nothing."""
    action = review.actions.get(hint.subject)
    if action is None:
        return ""
    if hint.kind == "action_team":
        return f"team:{customs.team}" if customs.team else ""
    span = customs.due.get(action.priority) if hint.kind == "action_due" else None
    due = span.after(action.at.astimezone(zone_of(review)).date()) if span and action.at else None
    return due.isoformat() if due else ""
