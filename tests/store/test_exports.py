from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest

from lrtui.store.exports import Exports

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def kept(tmp_path: Path) -> Exports:
    return Exports(tmp_path / ".cache" / "exports" / "a review")


def test_a_file_is_known_as_it_was_exported_and_not_once_it_was_edited(tmp_path: Path, kept: Exports) -> None:
    file = tmp_path / "review.md"
    assert not kept.has(file), "which is not there"
    for text in ("first é", "second", "first é"):
        kept.keep(text)
    file.write_text("first é", "utf-8")
    assert kept.has(file)
    file.write_text("first é, edited", "utf-8")
    assert not kept.has(file)
    memory = tmp_path / ".cache" / "exports" / "a review"
    assert len(memory.read_text().splitlines()) == 2
    assert stat.S_IMODE(memory.stat().st_mode) == 0o600


def test_what_cannot_be_remembered_is_not_known_and_does_no_harm(tmp_path: Path) -> None:
    kept = Exports(tmp_path / "no" / "such" / "folder" / "a")
    kept.keep("text")
    (tmp_path / "review.md").write_text("text")
    assert not kept.has(tmp_path / "review.md")
    assert not (tmp_path / "no").exists()
