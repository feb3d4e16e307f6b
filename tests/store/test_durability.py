from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lrtui.errors import StoreError
from lrtui.review.model import Put
from tests.store.making import ROOT, entry, storage

if TYPE_CHECKING:
    from collections.abc import Callable

JOURNAL = "ana-3f9c.jsonl"

WRITER = """
import sys
from pathlib import Path
from lrtui.errors import StoreError
from tests.store.making import Put, entry, storage

review = storage(Path(sys.argv[1]))
for number in range(int(sys.argv[2]), int(sys.argv[3])):
    try:
        key = f"k{number:06}"
        review.append("capture", [entry(key, "a line " * 20), Put("actions", key, {"text": "b"})])
    except StoreError as error:
        print(error, flush=True)
    else:
        print("acked", number, flush=True)
"""


def failing(code: int) -> Callable[..., int]:
    def fail(*_: object) -> int:
        raise OSError(code, os.strerror(code))

    return fail


def writer(folder: Path, start: int, end: int, *around: str) -> subprocess.Popen[str]:
    command = [*around, sys.executable, "-c", WRITER, str(folder), str(start), str(end)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_a_crash_at_any_byte_of_the_last_write_loses_no_accepted_line_and_the_next_one_is_kept(tmp_path: Path) -> None:
    review = storage(tmp_path)
    review.append("capture", [entry("k1", "accepted")])
    accepted = (tmp_path / JOURNAL).stat().st_size
    review.append("capture", [entry("k2", "é"), Put("actions", "k3", {"text": "of the same operation"})])
    whole = (tmp_path / JOURNAL).read_bytes()
    for size in range(len(whole) + 1):
        with tempfile.TemporaryDirectory() as place:
            (Path(place) / JOURNAL).write_bytes(whole[:size])
            found = storage(Path(place))
            kept = [change.id for group in found.groups for change in group.changes]
            assert kept == ["k1", "k2", "k3"][: len(kept)]
            assert len(kept) in {0, 1, 3}
            assert len(kept) >= (size >= accepted) + 2 * (size == len(whole))
            found.append("capture", [entry("k9", "after the crash")])
            again = storage(Path(place))
            assert again.tables == found.tables
            assert "k9" in again.tables["entries"]
            assert (Path(place) / JOURNAL).read_bytes().startswith(whole[:size])


def test_what_was_accepted_is_there_after_a_kill_at_any_moment(tmp_path: Path) -> None:
    start = 0
    for kill in range(10):
        with writer(tmp_path, start, 1_000_000) as process:
            assert process.stdout is not None
            for _ in range(1 + kill * 7 % 23):
                process.stdout.readline()
            process.kill()
            rest = process.stdout.read()
        found = storage(tmp_path)
        numbers = {int(key[1:]) for key in found.tables["entries"]}
        acked = [int(word.split()[1]) for word in rest.splitlines() if word.startswith("acked ")]
        upto = max(acked, default=start + kill * 7 % 23)
        assert numbers >= set(range(upto + 1))
        assert found.tables["entries"].keys() == found.tables["actions"].keys()
        start = max(numbers) + 1


@pytest.mark.parametrize(
    ("call", "code", "sentence"),
    [
        ("write", errno.ENOSPC, "The disk is full: this change was not saved. Free some space and try again."),
        ("write", errno.EDQUOT, "Your share of the disk is used up"),
        ("fdatasync", errno.EIO, "The disk reported a fault: this change was not saved."),
        ("open", errno.EROFS, "The disk can only be read"),
    ],
)
def test_when_the_disk_refuses_nothing_has_changed_and_a_sentence_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int, sentence: str
) -> None:
    review = storage(tmp_path)
    review.append("capture", [entry("k1", "accepted")])
    tables, before = review.read(), (tmp_path / JOURNAL).read_bytes()
    with monkeypatch.context() as patch:
        patch.setattr(os, call, failing(code))
        with pytest.raises(StoreError) as refused:
            review.append("capture", [entry("k2", "not saved")])
    assert sentence in str(refused.value)
    assert str(tmp_path) not in str(refused.value)
    assert (tmp_path / JOURNAL).read_bytes() == before
    assert review.tables == tables
    assert len(review.groups) == 1
    review.append("capture", [entry("k2", "saved now")])
    assert storage(tmp_path).tables["entries"]["k2"] == {"text": "saved now"}


def test_a_line_of_which_only_a_part_found_room_is_taken_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    review = storage(tmp_path)
    review.append("capture", [entry("k1", "accepted")])
    before = (tmp_path / JOURNAL).read_bytes()
    room, write = [7, 0], os.write

    def nearly_full(file: int, data: bytes) -> int:
        if not room[0]:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write(file, data[: room.pop(0)])

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", nearly_full)
        with pytest.raises(StoreError, match="full"):
            review.append("capture", [entry("k2", "not saved")])
    assert room == [0]
    assert (tmp_path / JOURNAL).read_bytes() == before


def test_a_line_that_cannot_be_taken_back_does_no_harm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    review = storage(tmp_path)
    review.append("capture", [entry("k1", "accepted")])
    with monkeypatch.context() as patch:
        patch.setattr(os, "fdatasync", failing(errno.EIO))
        patch.setattr(os, "ftruncate", failing(errno.EIO))
        with pytest.raises(StoreError):
            review.append("capture", [entry("k2", "perhaps saved")])
    review.append("capture", [entry("k2", "saved")])
    assert storage(tmp_path).tables["entries"] == {"k1": {"text": "accepted"}, "k2": {"text": "saved"}}


def test_what_another_process_wrote_behind_a_failed_line_is_not_cut_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    review, other = storage(tmp_path), storage(tmp_path)
    review.append("capture", [entry("k1", "accepted")])

    def overtaken(_: int) -> None:
        monkeypatch.undo()
        other.append("capture", [entry("k2", "of another process")])
        failing(errno.EIO)()

    monkeypatch.setattr(os, "fdatasync", overtaken)
    with pytest.raises(StoreError):
        review.append("capture", [entry("k3", "not saved")])
    assert storage(tmp_path).tables["entries"].keys() >= {"k1", "k2"}


def test_the_folder_of_a_new_journal_is_on_disk_before_the_line_is_accepted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "2026" / "one"
    synced: list[Path] = []
    monkeypatch.setattr(os, "fsync", lambda file: synced.append(Path(f"/proc/self/fd/{file}").readlink()))
    review = storage(folder)
    review.append("capture", [entry("k1", "x")])
    assert synced == [tmp_path, folder.parent, folder]
    review.append("capture", [entry("k2", "x")])
    assert len(synced) == 3


def test_a_new_journal_whose_folder_could_not_be_synced_is_tried_in_full_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    review = storage(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", failing(errno.EIO))
        with pytest.raises(StoreError, match="fault"):
            review.append("capture", [entry("k1", "x")])
    assert storage(tmp_path).tables == {}
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)
    review.append("capture", [entry("k1", "x")])
    assert len(synced) == 1
    assert (tmp_path / JOURNAL).read_bytes().startswith(b'{"lrtui": 1')


def test_all_lines_of_an_operation_go_to_the_disk_in_one_call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[bytes] = []
    write = os.write

    def noted(file: int, data: bytes) -> int:
        written.append(data)
        return write(file, data)

    monkeypatch.setattr(os, "write", noted)
    storage(tmp_path).append("bring", [entry(f"k{number}", "x") for number in range(3)])
    assert [data.count(b"\n") for data in written] == [4]


def may_trace() -> bool:
    return shutil.which("strace") is not None and not subprocess.run(["strace", "-qq", "true"], check=False).returncode


def traced(folder: Path, inject: str) -> tuple[str, ...]:
    return ("strace", "-qq", "-o", os.devnull, "-P", str(folder / JOURNAL), "-e", f"inject={inject}")


needs_strace = pytest.mark.skipif(not may_trace(), reason="strace is not there or may not trace")


@needs_strace
@pytest.mark.parametrize(
    ("inject", "told"),
    [
        ("fdatasync:error=EIO:when=2", "The disk reported a fault"),
        ("write:error=ENOSPC:when=2", "The disk is full"),
    ],
)
def test_a_fault_of_the_real_system_call_is_told_and_the_line_after_it_is_kept(
    tmp_path: Path, inject: str, told: str
) -> None:
    output, errors = writer(tmp_path, 0, 4, *traced(tmp_path, inject)).communicate()
    assert errors == ""
    first, second, *rest = output.splitlines()
    assert (first, rest) == ("acked 0", ["acked 2", "acked 3"])
    assert second.startswith(told)
    assert list(storage(tmp_path).tables["entries"]) == ["k000000", "k000002", "k000003"]


@needs_strace
@pytest.mark.parametrize("call", ["write", "fdatasync"])
def test_a_kill_inside_the_system_call_leaves_every_accepted_line(tmp_path: Path, call: str) -> None:
    output, _ = writer(tmp_path, 0, 9, *traced(tmp_path, f"{call}:signal=KILL:when=3")).communicate()
    assert output.splitlines() == ["acked 0", "acked 1"]
    assert list(storage(tmp_path).tables["entries"])[:2] == ["k000000", "k000001"]
