"""What is measured at the screen: the first frame, a key, Enter, an idle minute, the memory."""

from __future__ import annotations

import os
import shutil
import time
from contextlib import ExitStack
from itertools import cycle
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.figures import Result, p95, ratio_of_medians, ratio_of_p95
from benchmarks.floor import SHOWN
from benchmarks.rooms import LAST
from benchmarks.terminal import Program, environment, python

if TYPE_CHECKING:
    from collections.abc import Iterator

    from benchmarks.places import Places

ROOT = Path(__file__).parent.parent
LIBRARY = python("-m", "lrtui")
ROOM = python("-m", "lrtui", "open", "latency")
CONSOLE = python("-m", "lrtui", "console", "latency")
MINIMAL = python("-m", "benchmarks.floor", "minimal")
BARE = python("-m", "benchmarks.floor", "input")
LOG = python("-m", "benchmarks.floor", "log")
ASKING = "search, or the title"  # what the line of the library says while nothing is typed
LISTED = "Live"  # the first heading in a library that has been catalogued
CLEAR = b"\x15"  # Ctrl+U empties an input

BREATH = 0.04  # seconds between two keys, of a quick hand
PAUSE = 0.15  # seconds before Enter, and after it
TYPED = "the error rate of checkout fell while the pool was drained by hand @ana #db "
SEEN_AFTER = 4  # letters after which the end of a line can be told from anything else on the screen


def first_frame(places: Places) -> Iterator[Result]:
    """Measure from the start of the program to its first frame, in turns with the floor."""
    library = places.large
    what = f"first frame of the library with {places.size.reviews:,} reviews"
    samples = _in_turns({"ours": LISTED, "floor": SHOWN}, library, places.size.starts)
    yield ratio_of_medians(what, 1.6, samples["ours"], samples["floor"])
    uncatalogued = places.folder / "uncatalogued"
    shutil.copytree(library, uncatalogued, ignore=shutil.ignore_patterns(".cache"))
    first: list[float] = []
    typed: list[float] = []
    with _opened(LIBRARY, uncatalogued) as program, _opened(BARE, uncatalogued) as floor:
        first.append(program.wait(ASKING) - program.started)
        floor.wait(SHOWN)
        typed, bare = _type_in_turns(program, floor, min(80, places.size.keys))
    yield ratio_of_medians("the same the first time, before anything is catalogued", None, first, samples["floor"])
    yield ratio_of_p95("key → character there while the library is being catalogued, p95", None, typed, bare)


def _in_turns(marks: dict[str, str], library: Path, turns: int) -> dict[str, list[float]]:
    commands = {"ours": LIBRARY, "floor": MINIMAL}
    samples: dict[str, list[float]] = {name: [] for name in marks}
    for turn in range(turns + 1):
        for name, mark in marks.items():
            with _opened(commands[name], library) as program:
                taken = program.wait(mark) - program.started
                program.rest(0.1)
            if turn:  # the first one finds nothing warm
                samples[name].append(taken)
    return samples


def keys(places: Places) -> Iterator[Result]:
    """Measure from a key to its character on the screen, in turns with a bare input."""
    with ExitStack() as stack:
        meeting = places.meeting()
        room = stack.enter_context(_settled(places, ROOM, meeting, LAST))
        bare = stack.enter_context(_settled(places, BARE, meeting, SHOWN))
        ours, floor = _type_in_turns(room, bare, places.size.keys)
        yield ratio_of_p95(f"key → character, p95, {places.size.captured:,} entries", 1.5, ours, floor)
    with ExitStack() as stack:
        library = stack.enter_context(_settled(places, LIBRARY, places.large, LISTED))
        bare = stack.enter_context(_settled(places, BARE, places.large, SHOWN))
        ours, floor = _type_in_turns(library, bare, places.size.keys // 2)
        what = f"key → character in the search of {places.size.reviews:,} reviews, p95"
        yield ratio_of_p95(what, None, ours, floor)


def _type_in_turns(ours: Program, floor: Program, count: int) -> tuple[list[float], list[float]]:
    """Type a line again and again, each letter into one program and then into the other."""
    samples: tuple[list[float], list[float]] = ([], [])
    for at in cycle(range(len(TYPED))):
        if at == 0:
            for program in (ours, floor):
                program.send(CLEAR)
                program.rest(2 * BREATH)
        for program, taken in zip((ours, floor), samples, strict=True):
            span = _key(program, at)
            if at >= SEEN_AFTER and TYPED[at] != " ":
                taken.append(span)
        if len(samples[0]) == count:
            break
    return samples


def _key(program: Program, at: int) -> float:
    begun = program.send(TYPED[at].encode())
    if at < SEEN_AFTER or TYPED[at] == " ":
        program.rest(BREATH)
        return 0.0
    taken = program.wait(TYPED[max(0, at - 6) : at + 1]) - begun
    program.rest(BREATH)
    return taken


def enter(places: Places) -> Iterator[Result]:
    """Measure from Enter to the line in the list, which is on disk by then. The floor: a key and one fdatasync.

    Both keys come after the same pause: a program that has just been busy answers sooner.
    Beside it is told what Textual's own leanest list takes to add a line to itself, of which nothing is kept.
    """
    ours: list[float] = []
    floor: list[float] = []
    log: list[float] = []
    meeting = places.meeting()
    with ExitStack() as stack:
        room = stack.enter_context(_settled(places, ROOM, meeting, LAST))
        bare = stack.enter_context(_settled(places, BARE, meeting, SHOWN))
        logging = stack.enter_context(_settled(places, LOG, meeting, SHOWN))
        for number in range(places.size.lines):
            words = f"line {number:05} of the hand"
            ours.append(_enter(room, words, "14:31 " * (number % 2)))
            assert any(words in path.read_text("utf-8") for path in meeting.glob("reviews/*/*/*.jsonl"))
            log.append(_enter(logging, words))
            bare.send(CLEAR)
            bare.rest(2 * BREATH)
            for at in range(SEEN_AFTER):
                _key(bare, at)
            bare.rest(PAUSE - BREATH)
            floor.append(_key(bare, SEEN_AFTER) + _synced(meeting))
    what = f"Enter → accepted, durable, drawn, p95, {places.size.captured:,} entries"
    yield ratio_of_p95(what, 1.5, ours, floor)
    yield ratio_of_p95("the same against a bare `Log` with an `Input` below it, p95", None, ours, log)


def _enter(program: Program, words: str, time: str = "") -> float:
    """Enter a line; one with a time goes in between the others."""
    program.send((time + words).encode())
    program.wait(words)
    program.rest(PAUSE)
    begun = program.send(b"\r")
    taken = program.wait(words) - begun
    program.rest(PAUSE)
    return taken


def _synced(folder: Path) -> float:
    """Append as much as a line to a file in the same file system, durably; return how long that took."""
    file = os.open(folder / "synced.tmp", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        begun = time.perf_counter()
        os.write(file, b"x" * 250 + b"\n")
        os.fdatasync(file)
        return time.perf_counter() - begun
    finally:
        os.close(file)


def side_by_side(places: Places) -> Iterator[Result]:
    """Measure a key in the room and in its console while both are open, and how soon one shows a line of the other."""
    meeting = places.meeting()
    with ExitStack() as stack:
        room = stack.enter_context(_settled(places, ROOM, meeting, LAST))
        console = stack.enter_context(_settled(places, CONSOLE, meeting, LAST))
        bare = stack.enter_context(_settled(places, BARE, meeting, SHOWN))
        for name, program in (("room, its console", room), ("console, its room", console)):
            ours, floor = _type_in_turns(program, bare, places.size.keys // 2)
            yield ratio_of_p95(f"key → character in the {name} open, p95", 1.5, ours, floor)
            program.send(CLEAR)
        crossed = [_crossed(console, room, f"seen {number:05} at once") for number in range(places.size.lines // 2)]
    told = f"from Enter in the console, p95 of {len(crossed)}"
    yield Result("a line of the console is in the room", p95(crossed), 0.5, "s", told)


def _crossed(writer: Program, reader: Program, words: str) -> float:
    writer.send(words.encode())
    writer.wait(words)
    reader.send(b"")
    begun = writer.send(b"\r")
    taken = reader.wait(words) - begun
    writer.rest(0.15)
    return taken


def idle(places: Places) -> Iterator[Result]:
    """Measure how much of a core the room takes while the clock runs and nobody types."""
    with _settled(places, ROOM, places.meeting(), LAST) as room:
        before = _processor_time(room.pid)
        room.rest(places.size.idle)
        used = _processor_time(room.pid) - before
    share = 100 * used / places.size.idle
    yield Result("idle with the clock running", share, 1.0, "% of a core", f"over {places.size.idle:.0f} s")


def _processor_time(pid: int) -> float:
    """Return the seconds for which a process has run, in all its threads."""
    spent = [Path(task, "schedstat").read_text().split()[0] for task in Path(f"/proc/{pid}/task").iterdir()]
    return sum(map(int, spent)) / 1e9


def memory(places: Places) -> Iterator[Result]:
    """Compare what is resident with the minimal program's."""
    meeting = places.meeting()
    with _settled(places, ROOM, meeting, LAST) as room, _settled(places, MINIMAL, meeting, SHOWN) as minimal:
        ours, floor = _resident(room.pid), _resident(minimal.pid)
    what = f"resident memory, {places.size.captured:,} entries open"
    yield Result(what, ours / floor, 1.6, "×", f"{ours / 1e6:.1f} MB to {floor / 1e6:.1f} MB")


def _resident(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def opening(places: Places) -> Iterator[Result]:
    """Measure from Enter in the library to the room of a long review."""
    taken = []
    for _ in range(places.size.openings):
        with _settled(places, LIBRARY, places.long, LISTED) as program:
            taken.append(-program.send(b"\r") + program.wait(LAST))
    what = f"opening a review with {places.size.long:,} entries"
    yield Result(what, median(taken), 0.5, "s", f"from Enter in the library to the room, median of {len(taken)}")


def _opened(command: list[str], library: Path) -> Program:
    return Program(command, environment(library), ROOT)


def _settled(places: Places, command: list[str], library: Path, mark: str) -> Program:
    program = _opened(command, library)
    program.wait(mark)
    program.rest(places.size.settled)
    return program
