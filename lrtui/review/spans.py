"""Spans of days as a team's settings have them: 3 days, 5 working days, 2 weeks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from lrtui.review.dates import add_working_days

EXAMPLES = '"3 days", "5 working days" or "2 weeks"'

_WRITTEN = re.compile(r"([1-9][0-9]{0,3}) ?(working day|day|week)s?")


@dataclass(frozen=True, slots=True)
class Span:
    """So many of a unit: `day`, `working day` or `week`."""

    count: int
    unit: str = "day"

    @property
    def words(self) -> str:
        """What `parse` reads it from: `3 working days`."""
        return f"{self.count} {self.unit}{'' if self.count == 1 else 's'}"

    def after(self, day: date) -> date | None:
        """Return the day on which it is over, begun on `day`; None beyond the calendar."""
        try:
            if self.unit == "working day":
                return add_working_days(day, self.count)
            return day + timedelta(days=self.count * (7 if self.unit == "week" else 1))
        except (OverflowError, ValueError):
            return None


def parse(text: str) -> Span | None:
    """Read a span; None where the text is none."""
    found = _WRITTEN.fullmatch(" ".join(text.lower().split()))
    return Span(int(found[1]), found[2]) if found else None
