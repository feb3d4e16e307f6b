"""What every test is given: a home of its own, and on request a library folder or a real terminal."""

from __future__ import annotations

import os
from contextlib import ExitStack
from typing import TYPE_CHECKING, Protocol

import pytest

from tests.terminal import REQUIRE, Terminal, require_tmux

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

FOREIGN = {"NO_COLOR", "VISUAL", "EDITOR", "TMUX", "TMUX_PANE", "COLUMNS"}  # of their settings, besides LRTUI_*


class StartTerminal(Protocol):
    """Starts a program in a terminal that lasts until the test ends."""

    def __call__(
        self,
        command: Sequence[str],
        *,
        size: tuple[int, int] = (100, 30),
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> Terminal: ...


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives a real terminal, so that `-m 'not terminal'` leaves it out."""
    for item in items:
        if isinstance(item, pytest.Function) and "terminal" in item.fixturenames:
            item.add_marker("terminal")


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test an empty home, so that it neither reads nor touches the real one."""
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    for name, folder in [("DATA", "data"), ("CONFIG", "config"), ("STATE", "state"), ("CACHE", "cache")]:
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / folder))
    for name in os.environ.keys() & FOREIGN | {name for name in os.environ if name.startswith("LRTUI_")} - {REQUIRE}:
        monkeypatch.delenv(name)
    return home


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Name a library that does not exist yet: it is made at the first thing saved."""
    folder = tmp_path / "library"
    monkeypatch.setenv("LRTUI_LIBRARY", str(folder))
    return folder


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[StartTerminal]:
    """Start programs in real terminals, in the test's own folder unless another is named."""
    require_tmux()
    with ExitStack() as stack:

        def start(
            command: Sequence[str],
            *,
            size: tuple[int, int] = (100, 30),
            env: Mapping[str, str] | None = None,
            cwd: Path | None = None,
        ) -> Terminal:
            return stack.enter_context(Terminal(command, size=size, env=env, cwd=cwd or tmp_path))

        yield start
