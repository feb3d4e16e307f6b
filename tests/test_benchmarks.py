from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks import report
from benchmarks.__main__ import MEASURES
from benchmarks.figures import Result, Size, p95
from benchmarks.places import Places

if TYPE_CHECKING:
    from pathlib import Path

TINY = Size(
    reviews=12,
    each=3,
    captured=12,
    long=30,
    starts=1,
    keys=6,
    lines=2,
    idle=0.2,
    verbs=1,
    searches=4,
    openings=1,
    settled=0.2,
)
MUST = {
    "first-frame": [1.6],
    "key": [1.5],
    "enter": [1.5],
    "side-by-side": [1.5, 1.5, 0.5],
    "idle": [1],
    "memory": [1.6],
    "verbs": [2.5, 2.5],
    "search": [50],
    "actions": [150],
    "insight": [150],
    "export": [0.5],
    "publish": [1.5, 1.0],
    "opening": [0.5],
}


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    return Places(tmp_path_factory.mktemp("places"), TINY)


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_gives_rows_with_the_limits_there_are(name: str, places: Places) -> None:
    results = list(MEASURES[name](places))
    assert [result.most for result in results if result.most is not None] == MUST[name]
    for result in results:
        assert 0 < result.value < 10_000
        assert result.what in report.as_markdown([result])
        assert result.what in report.as_line(result)


def test_of_a_hundred_samples_five_may_be_slower() -> None:
    assert p95([float(value) for value in range(1, 101)]) == 95
    assert p95([3.0]) == 3


def test_a_row_says_whether_it_is_as_it_must_be() -> None:
    assert Result("opening", 0.4, 0.5, "s", "").kept
    assert Result("opening", 0.6, 0.5, "s", "").row == ("opening", "≤ 0.50 s", "0.60 s", "missed", "")
    assert Result("only told", 9.0, None, "×", "").kept


def test_the_document_keeps_the_last_table_and_what_is_written_around_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = tmp_path / "performance.md"
    document.write_text(f"before\n\n{report.BEGIN}\nan old table\n{report.END}\n\nafter\n")
    monkeypatch.setattr(report, "DOCUMENT", document)
    report.keep([Result("opening", 0.4, 0.5, "s", "the slowest of 7")], "2026-11-22")
    text = document.read_text()
    assert text.startswith("before\n")
    assert text.endswith("\n\nafter\n")
    assert "| opening | ≤ 0.50 s | 0.40 s | kept | the slowest of 7 |" in text
    assert "an old table" not in text
