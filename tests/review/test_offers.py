from __future__ import annotations

from typing import Any

import pytest

from lrtui.review.closing import Hint, Lack
from lrtui.review.followup import Customs
from lrtui.review.model import Review
from lrtui.review.offers import offer
from lrtui.review.spans import Span

TABLES: Any = {
    "review": {"review": {"zone": "Asia/Tokyo"}},
    "actions": {"a": {"text": "alarm", "priority": "high", "at": "2026-11-20T20:00:00.000Z"}, "b": {"text": "swap"}},
}
REVIEW = Review.read(TABLES)
CUSTOMS = Customs("Payments", {"high": Span(2)})


@pytest.mark.parametrize(
    ("kind", "subject", "offered"),
    [
        ("action_due", "a", "2026-11-23"),
        ("action_due", "b", ""),
        ("action_team", "b", "team:Payments"),
        ("action_owner", "a", ""),
        ("action_due", "gone", ""),
    ],
)
def test_what_is_usual_settles_a_date_and_a_team(kind: Lack, subject: str, offered: str) -> None:
    assert offer(REVIEW, Hint("k", kind, subject, "", ""), CUSTOMS) == offered


def test_without_customs_there_is_nothing_to_offer() -> None:
    assert offer(REVIEW, Hint("k", "action_team", "a", "", ""), Customs()) == ""
