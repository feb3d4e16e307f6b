"""What is measured without a screen: the verbs, a search, an export."""

from __future__ import annotations

import subprocess
import time
from itertools import cycle, islice
from statistics import median
from typing import TYPE_CHECKING

from benchmarks import generate
from benchmarks.figures import Result, ms, p95, ratio_of_medians
from benchmarks.generate import LAST, searches
from benchmarks.rooms import TITLE
from benchmarks.screens import ROOT
from benchmarks.terminal import environment, python
from lrtui.cli.action_lines import as_text
from lrtui.desk import Desk
from lrtui.publish.insight import text
from lrtui.review.followup import By
from lrtui.review.insight import insights
from lrtui.store.library import Library
from lrtui.store.storage import uncollected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from benchmarks.places import Places

FILTERS = ("service:che", "kind:learning", "team:pay", "person:an kind:action", "before:2026-06", "tag:")
FLOOR = python("-c", "import json, sqlite3, click")


def verbs(places: Places) -> Iterator[Result]:
    """Compare the verbs with a Python that only imports what they cannot do without, in turns."""
    library = places.small
    review = Library(library).reviews()[0].name
    out = str(places.folder / "exported.md")
    commands = {
        "list": python("-m", "lrtui", "list"),
        "export": python("-m", "lrtui", "export", review, "-o", out),
        "floor": FLOOR,
    }
    samples: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(places.size.verbs + 1):
        for name, command in commands.items():
            taken = _run(command, library)
            if turn:  # the first one finds nothing warm
                samples[name].append(taken)
    for name in ("list", "export"):
        yield ratio_of_medians(f"`lrtui {name}` in a small library", 2.5, samples[name], samples["floor"])


def export(places: Places) -> Iterator[Result]:
    """Measure the whole run that exports a long review."""
    command = python("-m", "lrtui", "export", TITLE.split()[1].lower(), "-o", str(places.folder / "long.md"))
    taken = [_run(command, places.long) for _ in range(places.size.openings)]
    what = f"export of a review with {places.size.long:,} entries"
    yield Result(what, median(taken), 0.5, "s", f"the whole run of `lrtui export`, median of {len(taken)}")


def publish(places: Places) -> Iterator[Result]:
    """Measure publishing a large library from nothing, against a tenth of it, and then a single changed review."""
    library, count = places.large, places.size.reviews
    tenth, out = places.folder / "tenth", places.folder / "published"
    few = max(10, count // 10)  # the first nine are not done
    generate.reviews(tenth, few, places.size.each)
    each = {
        folder: _run(python("-m", "lrtui", "publish", "--site", "--to", f"{out}-{folder.name}"), folder) / reviews
        for folder, reviews in ((tenth, few), (library, count))
    }
    of = f"{ms(each[library])} each to {ms(each[tenth])}"
    yield Result(f"publish of {count:,} reviews from nothing, to a tenth", each[library] / each[tenth], 1.5, "×", of)
    review = Library(library).reviews()[count // 2]
    command = python("-m", "lrtui", "publish", "--site", "--to", f"{out}-{library.name}")
    taken = []
    for _ in range(places.size.openings):
        before = set(review.path.iterdir())
        _run(python("-m", "lrtui", "note", review.name, "l: what was learned later"), library)
        taken.append(_run(command, library))
        for journal in set(review.path.iterdir()) - before:
            journal.unlink()
        _run(command, library)
    what = f"publish of one changed review among {count:,}"
    yield Result(what, median(taken), 1.0, "s", f"the whole run with its site, median of {len(taken)}")


def search(places: Places) -> Iterator[Result]:
    """Measure what the library does at each key of a search, and the search for texts."""
    catalog = Desk(Library(places.large), author="reader", zone="UTC").catalog
    words = list(islice(searches(), places.size.searches))
    words += [f"{typed} {wanted}" for typed, wanted in zip(words, cycle(FILTERS), strict=False)]
    listing = [_timed(lambda query: catalog.rows(query=query, limit=300), query) for query in words]
    texts = [_timed(catalog.search, query) for query in words]
    slower = max(p95(listing), p95(texts))
    of = f"reviews {ms(p95(listing))}, texts {ms(p95(texts))}, {len(words)} searches each"
    yield Result(f"search in {places.size.reviews:,} reviews, p95", slower * 1000, 50, "ms", of)


def actions(places: Places) -> Iterator[Result]:
    """Measure what `lrtui actions` does once it has started, and apart from that seeing that the catalog is current."""
    looking: list[float] = []
    listing: list[float] = []
    desk = Desk(Library(places.large), author="reader", zone="UTC", clock=lambda: LAST)
    for _ in range(places.size.openings):
        with uncollected():  # as the program runs
            looking.append(_timed(lambda _: desk.update_catalog(), ""))
            listing.append(_timed(lambda _: "\n".join(as_text(desk.followed(), By.DUE)), ""))
    of = f"{len(desk.followed()):,} open actions in {places.size.reviews:,} reviews, median of {len(listing)}"
    looked = f"seeing that the catalog is up to date takes {ms(median(looking))} more"
    yield Result("`lrtui actions` after its start", median(listing) * 1000, 150, "ms", f"{of}; {looked}")


def insight(places: Places) -> Iterator[Result]:
    """Measure what `lrtui insight` does once it has started, its catalog being up to date."""
    catalog = Desk(Library(places.large), author="reader", zone="UTC").catalog
    with uncollected():  # as the program runs
        taken = [_timed(lambda _: text(insights(catalog.runs())), "") for _ in range(places.size.openings + 1)][1:]
    of = f"read, put together and written, median of {len(taken)}"
    yield Result(f"`lrtui insight` on {places.size.reviews:,} reviews", median(taken) * 1000, 150, "ms", of)


def _timed(find: Callable[[str], object], query: str) -> float:
    begun = time.perf_counter()
    find(query)
    return time.perf_counter() - begun


def _run(command: list[str], library: Path) -> float:
    begun = time.perf_counter()
    subprocess.run(command, env=environment(library), cwd=ROOT, check=True, capture_output=True)
    return time.perf_counter() - begun
