"""What a measurement gives: samples, the row that is made of them, and how much is measured."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Size:
    """How much is measured, and how often. `idle` and `settled`, what a program needs to come to rest, are seconds."""

    reviews: int = 10_000  # in the large library
    each: int = 30  # entries in each of them
    captured: int = 2_000  # entries in the step that is open
    long: int = 10_000  # entries in the long review
    starts: int = 25
    keys: int = 400
    lines: int = 60
    idle: float = 60.0
    verbs: int = 25
    searches: int = 400
    openings: int = 7
    settled: float = 1.5


QUICK = Size(starts=7, keys=80, lines=15, idle=10.0, verbs=7, searches=80, openings=3)


@dataclass(frozen=True, slots=True)
class Result:
    """One row: what was measured, what came out, the most it may be (None where that is only told), and of what."""

    what: str
    value: float
    most: float | None
    unit: str
    of: str

    @property
    def kept(self) -> bool:
        """Whether it is what it must be."""
        return self.most is None or self.value <= self.most

    @property
    def row(self) -> tuple[str, str, str, str, str]:
        """What a table shows: what, limit, value, verdict, and of what."""
        most = "" if self.most is None else f"≤ {self._spelled(self.most)}"
        verdict = "" if self.most is None else "kept" if self.kept else "missed"
        return self.what, most, self._spelled(self.value), verdict, self.of

    def _spelled(self, value: float) -> str:
        return f"{value:.2f} {self.unit}" if value < 10 else f"{value:.0f} {self.unit}"


def p95(samples: Sequence[float]) -> float:
    """Return what 95 in 100 samples do not exceed."""
    return sorted(samples)[max(0, -(-len(samples) * 95 // 100) - 1)]


def ms(seconds: float) -> str:
    """Spell a time."""
    return f"{seconds * 1000:.1f} ms" if seconds < 0.1 else f"{seconds * 1000:.0f} ms"


def ratio_of_medians(what: str, most: float | None, ours: Sequence[float], floor: Sequence[float]) -> Result:
    """Compare the usual time with the floor's."""
    of = f"{ms(median(ours))} to {ms(median(floor))}, medians of {len(ours)}"
    return Result(what, median(ours) / median(floor), most, "×", of)


def ratio_of_p95(what: str, most: float | None, ours: Sequence[float], floor: Sequence[float]) -> Result:
    """Compare the 95th percentile with the floor's; the medians are told beside it."""
    of = f"{ms(p95(ours))} to {ms(p95(floor))}; medians {ms(median(ours))} to {ms(median(floor))}, {len(ours)} each"
    return Result(what, p95(ours) / p95(floor), most, "×", of)
