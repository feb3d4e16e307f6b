from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lrtui.errors import Refused, StoreError
from lrtui.store.library import Library
from lrtui.store.own_templates import put_version

if TYPE_CHECKING:
    from pathlib import Path


def test_a_new_version_takes_the_place_of_the_old_one_which_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "templates" / "ours.yaml"
    assert put_version(path, None, "one\n", 1) is None
    kept = put_version(path, "one\n", "two\n", 1)
    assert kept == tmp_path / "templates" / ".old" / "ours-v1.yaml"
    assert (path.read_text(), kept.read_text()) == ("two\n", "one\n")
    assert list(Library(tmp_path).templates()) == ["ours"], "what is kept is no template of the library"


def test_two_texts_of_one_version_are_both_kept(tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    for text, after in (("one\n", "two\n"), ("two\n", "one\n"), ("one\n", "three\n")):
        path.write_text(text)
        put_version(path, text, after, 1)
    kept = {found.name: found.read_text() for found in (tmp_path / ".old").iterdir()}
    assert kept == {"ours-v1.yaml": "one\n", "ours-v1-2.yaml": "two\n"}


def test_line_ends_are_kept_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.write_bytes(b"one\r\n")
    kept = put_version(path, "one\r\n", "two\r\n", 1)
    assert kept is not None
    assert (path.read_bytes(), kept.read_bytes()) == (b"two\r\n", b"one\r\n")


@pytest.mark.parametrize("before", [None, "another\n"])
def test_a_file_that_is_not_as_it_was_is_left_alone(tmp_path: Path, before: str | None) -> None:
    path = tmp_path / "ours.yaml"
    path.write_text("somebody's\n")
    with pytest.raises(Refused, match="changed meanwhile"):
        put_version(path, before, "mine\n", 1)
    assert path.read_text() == "somebody's\n"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_that_has_gone_is_not_made_again(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="changed meanwhile"):
        put_version(tmp_path / "ours.yaml", "one\n", "two\n", 1)
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_read_is_told_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "ours.yaml"
    path.mkdir()
    with pytest.raises(StoreError, match=r"ours\.yaml could not be read"):
        put_version(path, "one\n", "two\n", 1)
