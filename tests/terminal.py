"""One program in a real terminal, driven and read the way a person would.

The terminal is a window of a tmux server that has a socket, a configuration and a folder of its own, so that nothing of
the developer's tmux is seen or touched. Keys, pastes and sizes go through tmux's own terminal code: what does not reach
the program here would not reach it on a desk either. Nothing waits for a fixed time; what is waited for is text.

    with Terminal(["lrtui", "demo"], size=(100, 30)) as terminal:
        terminal.wait("Learnings")
        terminal.type("14:05 rolled back")
        terminal.key("Enter", "C-q")
        assert terminal.exit_status() == 0
"""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import signal
import subprocess
import tempfile
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Self

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from types import TracebackType

REQUIRE = "LRTUI_REQUIRE_TMUX"  # set to 1 where a missing tmux must not go unnoticed, as in CI
TIMEOUT = 15.0
POLL = 0.02
FOREIGN = {"TMUX", "TMUX_PANE", "COLUMNS", "LINES"}  # the size of a window comes from the window alone
CHUNK = 1000  # characters in one message to tmux, whose messages are bounded

_CONFIGURATION = """
set -g default-terminal tmux-256color
set -g status off
set -g remain-on-exit on
set -s escape-time 0
"""

# The program starts when the gate opens: by then the window has its size and everything written is being kept.
# The shell outlives the program, so that its last screen and its exit status stay readable.
_SHELL = """
cat {gate} >/dev/null
sh -c 'echo $$ >"$0"; exec "$@"' {pid} {command}
status=$?
echo "[exit $status]"
echo $status >{status}
exec sleep 600
"""


class NotShown(AssertionError):
    """What a test waited for did not come about; the message shows the screen."""


def require_tmux() -> None:
    """Skip the test where there is no tmux; fail it under CI and where tmux is required."""
    if shutil.which("tmux"):
        return
    if os.environ.get("CI") or os.environ.get(REQUIRE) == "1":
        pytest.fail("This test needs tmux, which is not installed.")
    pytest.skip("tmux is not installed")


class Server:
    """A tmux server of its own; everything it keeps is in one temporary folder."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="lrtui-tmux-"))
        self.socket = f"lrtui-{uuid.uuid4().hex[:8]}"
        (self.folder / "tmux.conf").write_text(_CONFIGURATION)
        inherited = {name: value for name, value in os.environ.items() if name not in FOREIGN}
        self.environment = inherited | {
            "COLORTERM": "truecolor",
            "LC_ALL": "C.UTF-8",
            "TMUX_TMPDIR": str(self.folder),
        }

    def call(self, *words: str, given: str | None = None) -> str:
        """Run one tmux command and return what it prints; `given` is its standard input."""
        base = ["tmux", "-u", "-L", self.socket, "-f", str(self.folder / "tmux.conf")]
        done = subprocess.run(
            [*base, *words], input=given, capture_output=True, encoding="utf-8", env=self.environment, check=False
        )
        if done.returncode:
            raise RuntimeError(f"tmux {shlex.join(words)}: {done.stderr.strip()}")
        return done.stdout

    def close(self) -> None:
        """End the server, if it ever ran, and take its folder away."""
        with contextlib.suppress(RuntimeError):
            self.call("kill-server")
        shutil.rmtree(self.folder, ignore_errors=True)


class Terminal:
    """One program in one window.

    `size` is columns and rows; `env` adds to the environment of the tests. `beside` opens a second program on the same
    server, the way a facilitator opens a second terminal.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        size: tuple[int, int] = (100, 30),
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        server: Server | None = None,
    ) -> None:
        self._own = server is None
        self._server = server or Server()
        self._others: list[Terminal] = []
        self._cwd = cwd or Path.cwd()
        self._closed = False
        self._folder = Path(tempfile.mkdtemp(dir=self._server.folder))
        for name in ("raw", "pid", "status"):
            (self._folder / name).touch()
        os.mkfifo(self._folder / "gate")
        try:
            self._pane = self._open(command, size, env or {}, self._cwd)
            self._start(size)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _open(self, command: Sequence[str], size: tuple[int, int], env: Mapping[str, str], cwd: Path) -> str:
        names = {name: shlex.quote(str(self._folder / name)) for name in ("gate", "pid", "status")}
        shell = _SHELL.format(command=shlex.join(command), **names)
        settings = [word for name, value in env.items() for word in ("-e", f"{name}={value}")]
        width, height = map(str, size)
        window = ["new-session", "-x", width, "-y", height] if self._own else ["new-window"]
        return self._server.call(*window, "-d", "-P", "-F", "#{pane_id}", "-c", str(cwd), *settings, shell).strip()

    def _start(self, size: tuple[int, int]) -> None:
        self.resize(*size)
        self._tmux("pipe-pane", f"exec cat >{shlex.quote(str(self._folder / 'raw'))}")
        with (self._folder / "gate").open("w"):
            pass

    def _tmux(self, command: str, *words: str) -> str:
        return self._server.call(command, "-t", self._pane, *words)

    def _ask(self, name: str) -> str:
        return self._tmux("display-message", "-p", f"#{{{name}}}").strip()

    def beside(
        self,
        command: Sequence[str],
        *,
        size: tuple[int, int] = (100, 30),
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> Terminal:
        """Open a second program in a window of its own, in this folder unless told otherwise; both close together."""
        other = Terminal(command, size=size, env=env, cwd=cwd or self._cwd, server=self._server)
        self._others.append(other)
        return other

    def wait(self, text: str, timeout: float = TIMEOUT) -> str:
        """Wait until `text` is on the screen, and return that screen."""
        return self.until(lambda screen: text in screen, f"{text!r} on the screen", timeout)

    def gone(self, text: str, timeout: float = TIMEOUT) -> str:
        """Wait until `text` is no longer on the screen, and return that screen."""
        return self.until(lambda screen: text not in screen, f"{text!r} gone from the screen", timeout)

    def until(self, fits: Callable[[str], bool], what: str, timeout: float = TIMEOUT) -> str:
        """Wait until the screen fits, and return it. A program that has ended is not waited for."""
        end = time.monotonic() + timeout
        while True:
            ended = self._status()
            screen = self.screen()
            if fits(screen):
                return screen
            over = ended is not None and f"[exit {ended}]" in screen
            if over or time.monotonic() > end:
                raise NotShown(self._account(f"{what}: not so", screen))
            time.sleep(POLL)

    def type(self, text: str) -> None:
        """Type `text`, every character as it is."""
        for start in range(0, len(text), CHUNK):
            self._tmux("send-keys", "-l", "--", _word(text[start : start + CHUNK]))

    def key(self, *names: str) -> None:
        """Press keys by their tmux names: Enter, Tab, BTab, Escape, Up, PageDown, F5, C-n, M-x."""
        self._tmux("send-keys", "--", *map(_word, names))

    def paste(self, text: str) -> None:
        """Paste `text` as a terminal does: in one piece, marked as a paste if the program asked for that."""
        self._server.call("load-buffer", "-b", "paste", "-", given=text)
        self._tmux("paste-buffer", "-p", "-d", "-b", "paste")

    def buffers(self) -> list[str]:
        """Return what anybody has put into tmux's paste buffers."""
        return self._server.call("list-buffers", "-F", "#{buffer_sample}").splitlines()

    def resize(self, width: int, height: int) -> None:
        """Give the window another size, in columns and rows."""
        self._tmux("resize-window", "-x", str(width), "-y", str(height))

    def screen(self) -> str:
        """Return what a person reads, line by line, without trailing blanks."""
        return self._tmux("capture-pane", "-p")

    def screen_ansi(self) -> str:
        """Return the screen with its colours and attributes as escape sequences, every line at its full width."""
        return self._tmux("capture-pane", "-p", "-e", "-N")

    @property
    def alternate(self) -> bool:
        """Whether the alternate screen is shown; a clean exit leaves it."""
        return self._ask("alternate_on") == "1"

    @property
    def mouse(self) -> bool:
        """Whether mouse events are asked for; a clean exit ends that."""
        return self._ask("mouse_any_flag") == "1"

    @property
    def pid(self) -> int:
        """The process id of the program itself."""
        return int(self._read("pid", "the program started"))

    def kill(self, number: signal.Signals) -> None:
        """Send a signal to the program."""
        os.kill(self.pid, number)

    def close_window(self) -> None:
        """Close the window below the program, as a person does who clicks it away."""
        self._tmux("kill-pane")

    def exit_status(self, timeout: float = TIMEOUT) -> int:
        """Wait until the program has ended; 128 + n if a signal ended it."""
        return int(self._read("status", "the program ended", timeout))

    def raw(self, until: bytes = b"", timeout: float = TIMEOUT) -> bytes:
        """Return every byte the program has written since it started.

        Bytes arrive a moment after they are on the screen. Once the program has ended the answer is complete; before
        that, name in `until` what has to be there.
        """
        status = self._status()
        wanted = until if status is None else f"[exit {status}]".encode()
        end = time.monotonic() + timeout
        while wanted not in (written := (self._folder / "raw").read_bytes()):
            if time.monotonic() > end:
                raise NotShown(self._account(f"{wanted!r} among the bytes written: not so", self.screen()))
            time.sleep(POLL)
        return written

    def close(self) -> None:
        """End the program, however unwilling, and what was opened beside it."""
        if self._closed:
            return
        self._closed = True
        for other in self._others:
            other.close()
        pid = (self._folder / "pid").read_text().strip()
        ended = self._status() is not None
        if self._own:
            self._server.close()
        if pid and not ended:
            _end(int(pid))

    def _status(self) -> int | None:
        text = (self._folder / "status").read_text()
        return int(text) if text.endswith("\n") else None

    def _read(self, name: str, what: str, timeout: float = TIMEOUT) -> str:
        end = time.monotonic() + timeout
        while not (text := (self._folder / name).read_text()).endswith("\n"):
            if time.monotonic() > end:
                raise NotShown(self._account(f"{what}: not so", self.screen()))
            time.sleep(POLL)
        return text

    def _account(self, sentence: str, screen: str) -> str:
        status = self._status()
        state = "still running" if status is None else f"ended with {status}"
        lines = "\n".join(f"│{line}" for line in screen.rstrip("\n").split("\n"))
        return f"{sentence}; the program is {state}. The screen:\n{lines}"


def _word(text: str) -> str:
    r"""Return `text` so that tmux takes it as it is: a semicolon at the end of a word would end the command."""
    return text[:-1] + "\\;" if text.endswith(";") else text


def _end(pid: int) -> None:
    """Kill a process that may be gone already."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
