"""The end of the program as the system asks for it: by a signal, or by taking the terminal away."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.app import App


def obey_signals(app: App[None]) -> None:
    """Leave in good order at a signal, with the status that a shell gives for it: 128 and its number."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, partial(app.exit, return_code=128 + number))
    _stop_and_go_on(loop)


def _stop_and_go_on(loop: asyncio.AbstractEventLoop) -> None:
    """Let Textual begin anew at SIGCONT only where it has left off at SIGTSTP and the terminal is still there.

    SIGCONT also comes after SIGSTOP, and with SIGHUP when a window is closed. Textual would then read and write a
    second time, and at the end wait for ever. Both are obeyed by the loop, never in the middle of drawing.
    """
    leave_off, begin_anew = signal.getsignal(signal.SIGTSTP), signal.getsignal(signal.SIGCONT)
    if not callable(leave_off) or not callable(begin_anew):
        return
    left_off = False

    def stop() -> None:
        nonlocal left_off
        left_off = True
        leave_off(signal.SIGTSTP, None)

    def go_on() -> None:
        nonlocal left_off
        if left_off and os.isatty(sys.stdin.fileno()):
            left_off = False
            begin_anew(signal.SIGCONT, None)

    loop.add_signal_handler(signal.SIGTSTP, stop)
    loop.add_signal_handler(signal.SIGCONT, go_on)
