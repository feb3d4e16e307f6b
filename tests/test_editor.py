"""A file is opened in the person's own editor, which has the terminal for itself; when it fails a sentence says why."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from lrtui.editor import USUAL, edit
from lrtui.errors import LrtuiError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def program(path: Path, script: str, mode: int = 0o700) -> str:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(mode)
    return str(path)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "a text.txt"
    file.write_text("before\n")
    return file


def test_the_editor_of_choice_gets_its_own_words_and_the_file(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "not this one")
    monkeypatch.setenv("VISUAL", program(tmp_path / "ed", 'echo "$1" >>"$2"') + " --wait")
    edit(file)
    assert file.read_text() == "before\n--wait\n"


def test_without_a_choice_one_is_taken_that_is_usually_there(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(LrtuiError, match="No editor was found"):
        edit(file)
    program(tmp_path / USUAL[-1], 'echo vi >"$1"')
    edit(file)
    assert file.read_text() == "vi\n"


def test_the_terminal_is_left_to_it_while_it_runs(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", program(tmp_path / "ed", f"echo it runs >>{tmp_path}/seen"))

    @contextmanager
    def leaving() -> Iterator[None]:
        with (tmp_path / "seen").open("a") as seen:
            seen.write("left\n")
        yield
        with (tmp_path / "seen").open("a") as seen:
            seen.write("back\n")

    edit(file, leaving)
    assert (tmp_path / "seen").read_text() == "left\nit runs\nback\n"


def test_an_interrupt_while_it_runs_is_for_the_editor_alone(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = 'kill -INT $PPID; trap "echo got it >>\\"$1\\"; exit 0" INT; kill -INT $$'
    monkeypatch.setenv("EDITOR", program(tmp_path / "ed", script))
    before = signal.getsignal(signal.SIGINT)
    edit(file)
    assert file.read_text() == "before\ngot it\n"
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.parametrize(
    ("wished", "told"),
    [
        ("no-such-editor -w", "The editor “no-such-editor” was not found. Set $VISUAL or $EDITOR"),
        ("false", "The editor “false” ended with status 1."),
        ("'vi", "$VISUAL or $EDITOR cannot be understood: a quote in it has no pair."),
        ("{here}/broken", "The editor “broken” could not be started"),
        ("{here}/killed", "The editor “killed” ended with status -9."),
    ],
)
def test_an_editor_that_fails_is_told_in_a_sentence_without_a_path(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wished: str, told: str
) -> None:
    (tmp_path / "broken").write_bytes(b"\x7fELF nothing that can be run")
    (tmp_path / "broken").chmod(0o700)
    program(tmp_path / "killed", 'echo begun >"$1"; kill -KILL $$')
    monkeypatch.setenv("EDITOR", wished.format(here=tmp_path))
    with pytest.raises(LrtuiError) as caught:
        edit(file)
    assert told in str(caught.value)
    assert str(tmp_path) not in str(caught.value)
    assert file.read_text() == ("begun\n" if "killed" in wished else "before\n")
