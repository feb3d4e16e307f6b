from __future__ import annotations

import errno
import os
import re
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrtui.errors import StoreError
from lrtui.store.files import make_folder, slug, told, write_atomically


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Checkout latency", "checkout-latency"),
        ("Änderung: größer/kleiner!", "anderung-grosser-kleiner"),
        ("../../etc/passwd", "etc-passwd"),
        ("Ошибка", "review"),
        ("--- ", "review"),
        ("a" * 80, "a" * 48),
        (
            "the payment provider answered slowly for a whole morning",
            "the-payment-provider-answered-slowly-for-a-whole",
        ),
    ],
)
def test_a_title_becomes_a_plain_file_name(text: str, name: str) -> None:
    assert slug(text) == name


@given(st.text(alphabet="aZ9 -_./ßé\u0661日\ud800\n\u202e", max_size=80), st.integers(1, 60))
def test_a_file_name_is_plain_ascii_bounded_and_never_empty(text: str, limit: int) -> None:
    name = slug(text, empty="x", limit=limit)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
    assert len(name) <= limit
    assert slug(name, limit=limit) == name


def test_a_file_is_replaced_whole_and_is_for_its_owner_alone(tmp_path: Path) -> None:
    target = tmp_path / "out.md"
    write_atomically(target, "one")
    write_atomically(target, b"two")
    assert target.read_text() == "two"
    assert mode_of(target) == 0o600
    assert list(tmp_path.iterdir()) == [target]


def test_a_file_that_exists_keeps_its_mode_and_a_new_one_gets_the_mode_asked_for(tmp_path: Path) -> None:
    old, new = tmp_path / "old", tmp_path / "new"
    old.touch(mode=0o640)
    write_atomically(old, "x")
    write_atomically(new, "x", 0o644)
    assert (mode_of(old), mode_of(new)) == (0o640, 0o644)


def test_a_link_stays_a_link_and_its_target_is_written(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    link.symlink_to(target)
    for text in ("one", "two"):
        write_atomically(link, text)
        assert target.read_text() == text
        assert link.is_symlink()


def test_what_is_not_a_file_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write_atomically(pipe, "through the pipe")
    assert os.read(reader, 100) == b"through the pipe"
    os.close(reader)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize("call", ["write", "fdatasync", "fchmod"])
def test_a_failed_write_leaves_the_old_file_and_no_remains(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    target = tmp_path / "out.md"
    write_atomically(target, "old")
    with monkeypatch.context() as patch:
        patch.setattr(os, call, full)
        with pytest.raises(StoreError, match=r"The disk is full: out\.md was not written\."):
            write_atomically(target, "new")
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_the_new_content_is_on_disk_before_it_takes_the_name_and_the_folder_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    target = tmp_path / "out.md"
    for call in ("fdatasync", "fsync"):
        monkeypatch.setattr(os, call, lambda _, call=call: done.append(f"{call} {target.exists()}"))
    write_atomically(target, "x")
    assert done == ["fdatasync False", "fsync True"]
    write_atomically(target, "y", durable=False)
    assert len(done) == 2


def test_a_file_in_the_place_of_a_folder_is_told_without_a_path(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for attempt in (make_folder, lambda path: write_atomically(path, "x")):
        with pytest.raises(StoreError) as refused:
            attempt(tmp_path / "file" / "folder")
        assert "A file stands where a folder should be" in str(refused.value)
        assert str(tmp_path) not in str(refused.value)
        assert refused.value.path == str(tmp_path / "file" / "folder")


def test_a_folder_that_exists_stays_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "team"
    folder.mkdir(mode=0o755)
    make_folder(folder / "one" / "two")
    assert [mode_of(path) for path in (folder, folder / "one", folder / "one" / "two")] == [0o755, 0o700, 0o700]


def test_every_fault_of_the_disk_is_a_sentence() -> None:
    for code in errno.errorcode:
        error = told(OSError(code, os.strerror(code), "/secret/path"), "the line was not saved", Path("/secret"))
        assert re.fullmatch(r"[A-Z.].+: the line was not saved\. [A-Z].+\.", str(error))
        assert "secret" not in str(error)
        assert error.path == "/secret"
