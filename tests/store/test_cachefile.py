"""A cache goes on working whatever becomes of its file."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from lrtui.errors import StoreError
from lrtui.store.cachefile import Broken, CacheFile, transaction

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCHEMA = """
CREATE TABLE word (word TEXT NOT NULL);
CREATE INDEX words ON word (word);
"""

WRITER = """
import sys
from pathlib import Path
from lrtui.store.cachefile import CacheFile, transaction

def work(db):
    with transaction(db):
        db.execute("INSERT INTO word VALUES ('one')")

cache = CacheFile(Path(sys.argv[1]), sys.argv[2], "1")
sys.stdin.read()
for _ in range(20):
    cache.use(work)
print(cache.renewals)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".cache" / "words.sqlite"


@pytest.fixture
def cache(path: Path) -> Iterator[CacheFile]:
    cache = CacheFile(path, SCHEMA, "1")
    yield cache
    cache.close()


def add(cache: CacheFile, word: str) -> None:
    def work(db: sqlite3.Connection) -> None:
        with transaction(db):
            db.execute("INSERT INTO word VALUES (?)", (word,))

    cache.use(work)


def kept(cache: CacheFile) -> list[str]:
    return [word for (word,) in cache.use(lambda db: db.execute("SELECT word FROM word").fetchall())]


def test_what_was_put_in_is_there_for_the_next_who_opens_it(cache: CacheFile, path: Path) -> None:
    add(cache, "one")
    assert kept(CacheFile(path, SCHEMA, "1")) == ["one"]
    assert cache.renewals == 0


def test_it_is_for_its_owner_alone(cache: CacheFile, path: Path) -> None:
    add(cache, "one")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_nothing_stays_open_between_two_uses(cache: CacheFile, path: Path) -> None:
    add(cache, "one")
    assert [found.name for found in path.parent.iterdir()] == [path.name]


def test_a_deleted_file_is_made_anew(cache: CacheFile, path: Path) -> None:
    add(cache, "one")
    path.unlink()
    assert kept(cache) == []
    assert cache.renewals == 1
    add(cache, "two")
    assert kept(cache) == ["two"]


def test_a_file_deleted_while_it_is_written_to_does_no_harm(cache: CacheFile, path: Path) -> None:
    def work(db: sqlite3.Connection) -> None:
        path.unlink()
        with transaction(db):
            db.execute("INSERT INTO word VALUES ('lost')")

    add(cache, "one")
    cache.use(work)
    assert kept(cache) == []
    add(cache, "two")
    assert kept(CacheFile(path, SCHEMA, "1")) == ["two"]


@pytest.mark.parametrize("content", [b"not a database at all" * 100, b"SQLite format 3\x00" + b"\xff" * 5000, b"x"])
def test_a_broken_file_is_made_anew(cache: CacheFile, path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    add(cache, "one")
    assert kept(CacheFile(path, SCHEMA, "1")) == ["one"]


@pytest.mark.parametrize(("schema", "version"), [(SCHEMA, "2"), (SCHEMA + "CREATE TABLE more (word TEXT);\n", "1")])
def test_a_file_of_another_version_is_made_anew(cache: CacheFile, path: Path, schema: str, version: str) -> None:
    add(CacheFile(path, schema, version), "of another version")
    add(cache, "one")
    assert kept(CacheFile(path, SCHEMA, "1")) == ["one"]


def test_a_file_of_another_program_is_made_anew(cache: CacheFile, path: Path) -> None:
    path.parent.mkdir()
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE word (something TEXT)")
    db.close()
    add(cache, "one")
    assert kept(CacheFile(path, SCHEMA, "1")) == ["one"]


def test_content_that_makes_no_sense_is_made_anew(cache: CacheFile) -> None:
    add(cache, "nonsense")

    def work(db: sqlite3.Connection) -> int:
        if db.execute("SELECT word FROM word").fetchall():
            raise Broken("nonsense")
        return 7

    assert cache.use(work) == 7
    assert cache.renewals == 1


def test_where_no_file_can_be_made_it_lives_in_memory(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where the folder should be")
    cache = CacheFile(tmp_path / "taken" / "words.sqlite", SCHEMA, "1")
    add(cache, "one")
    assert kept(cache) == ["one"]
    cache.close()


def test_a_folder_where_the_file_should_be_is_left_alone(cache: CacheFile, path: Path) -> None:
    path.mkdir(parents=True)
    add(cache, "one")
    assert kept(cache) == ["one"]
    assert path.is_dir()


def test_the_library_itself_is_not_made_for_a_cache(tmp_path: Path) -> None:
    cache = CacheFile(tmp_path / "library" / ".cache" / "words.sqlite", SCHEMA, "1")
    add(cache, "one")
    assert kept(cache) == ["one"]
    assert list(tmp_path.iterdir()) == []
    cache.close()


def test_work_that_fails_halfway_leaves_nothing(cache: CacheFile) -> None:
    def work(db: sqlite3.Connection) -> None:
        with transaction(db):
            db.execute("INSERT INTO word VALUES ('half')")
            raise KeyError

    with pytest.raises(KeyError):
        cache.use(work)
    assert kept(cache) == []


def test_what_never_works_is_told_in_a_sentence(cache: CacheFile) -> None:
    with pytest.raises(StoreError, match="no such table: nowhere"):
        cache.use(lambda db: db.execute("SELECT * FROM nowhere"))


def test_several_processes_may_make_it_at_once(path: Path) -> None:
    command = [sys.executable, "-c", WRITER, str(path), SCHEMA]
    started = [subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    path.parent.mkdir()
    for process in started:
        assert process.stdin is not None
        process.stdin.close()
    for process in started:
        with process:
            assert process.stdout is not None
            assert process.stdout.read() == "0\n"
    assert kept(CacheFile(path, SCHEMA, "1")) == ["one"] * 80


def test_what_is_done_apart_begins_with_what_is_there_and_is_not_kept(cache: CacheFile) -> None:
    def of(one: CacheFile) -> list[tuple[str]]:
        return one.use(lambda db: db.execute("SELECT word FROM word").fetchall())

    add(cache, "one")
    apart = cache.apart()
    add(apart, "two")
    assert of(apart) == [("one",), ("two",)]
    assert of(cache) == [("one",)]
    apart.close()


def test_what_makes_no_sense_apart_is_made_anew_there_as_well(cache: CacheFile) -> None:
    def work(db: sqlite3.Connection) -> int:
        if found := db.execute("SELECT word FROM word").fetchall():
            raise Broken(found)
        return 0

    add(cache, "nonsense")
    apart = cache.apart()
    assert (apart.use(work), apart.renewals) == (0, 1)
    apart.close()
