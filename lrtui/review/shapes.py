"""Shapes of values: what a person may write at each key, and a precise word when it is something else.

A shape reads one node of a YAML tree into a plain value. None means that nothing was given (a key with nothing after
its colon), or that the value is unusable, which is then reported. Shapes never give up: all faults of a text are
reported at once.
"""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Any, TypeAlias

from lrtui.review.text import clean_line
from lrtui.review.yaml_text import Fault, Items, Keys, Node, Place, Scalar, Unread

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

Path: TypeAlias = tuple[str | int, ...]
Shape: TypeAlias = "Callable[[Report, Node, Path], object]"

_SLUG = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")
_WHOLE = re.compile(r"[0-9]{1,6}")
_TRUTHS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


class Report:
    """What was found while reading: faults, where each value stands, and which values were unusable."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = list(faults)
        self.places: dict[Path, Place] = {}
        self.unusable: set[Path] = set()

    def fault(self, place: Place, message: str) -> None:
        """Report a fault at a place."""
        self.faults.append(Fault(place.line, place.column, message))

    def refuse(self, node: Node, path: Path, message: str) -> None:
        """Report a value that cannot be used; what was refused before is not reported twice."""
        self.unusable.add(path)
        if not isinstance(node, Unread):
            self.fault(node.place, message)

    def blame(self, path: Path, message: str) -> None:
        """Report a fault at the path, or at the nearest thing around it that is written in this text."""
        while path and path not in self.places:
            path = path[:-1]
        self.fault(self.places[path], message)

    def usable(self, *path: str | int) -> bool:
        """Whether nothing at the path or below it was refused."""
        return not any(bad[: len(path)] == path for bad in self.unusable)


def text_of(report: Report, node: Node, path: Path) -> str | None:
    """Read text of any length, with its line breaks."""
    if isinstance(node, Scalar):
        return node.text.strip() or None
    hint = " (put it in quotes: its colon reads as a key)" if isinstance(node, Keys) and len(node.pairs) == 1 else ""
    report.refuse(node, path, f"{_subject(path)} is text, not {_called(node)}{hint}")
    return None


def line_of(report: Report, node: Node, path: Path) -> str | None:
    """Read text that is shown on one line."""
    text = text_of(report, node, path)
    return clean_line(text) if text else None


def slug(report: Report, node: Node, path: Path) -> str | None:
    """Read a short name in plain ASCII, which may be part of a file's name."""
    word = line_of(report, node, path)
    if word and (len(word) > 60 or not _SLUG.fullmatch(word)):
        suggested = "-".join(re.findall(r"[a-z0-9]+", word.lower()))[:60].strip("-")
        report.refuse(node, path, f'"{short(word)}" is no short name; use a-z, 0-9 and "-"{_did_you_mean(suggested)}')
        return None
    return word


def whole(low: int, high: int) -> Shape:
    """Return the shape of a whole number; both ends count."""

    def shape(report: Report, node: Node, path: Path) -> int | None:
        word = line_of(report, node, path)
        if word is None:
            return None
        found = _WHOLE.search(word)
        fits = found is not None and low <= int(found[0]) <= high
        if found and fits and found[0] == word:
            return int(word)
        hint = _did_you_mean(found[0]) if found and fits and not word.startswith("-") else ""
        report.refuse(node, path, f'"{short(word)}" is no whole number from {low} to {high}{hint}')
        return None

    return shape


def truth(report: Report, node: Node, path: Path) -> bool | None:
    """Read `true` or `false`, `yes` or `no`, `on` or `off`."""
    word = line_of(report, node, path)
    if word is not None and word not in _TRUTHS:
        report.refuse(node, path, f'{_subject(path)} is "true" or "false", not "{short(word)}"')
    return _TRUTHS.get(word or "")


def one_of(words: Collection[str], what: str) -> Shape:
    """Return the shape of one of the words; `what` is what a person calls them."""

    def shape(report: Report, node: Node, path: Path) -> str | None:
        word = line_of(report, node, path)
        if word is not None and word not in words:
            report.refuse(node, path, f'"{short(word)}" is no {what}; {nearest(word, words)}')
            return None
        return word

    return shape


def list_of(item: Shape, *, once: bool = False) -> Shape:
    """Return the shape of a list of `item`; `once`: the same item again is a fault.

    Unusable items are None in it, so that an item's number stays its path.
    """

    def shape(report: Report, node: Node, path: Path) -> list[object] | None:
        values: list[object] = []
        for number, part in enumerate(_parts(report, node, path)):
            here: Path = (*path, number)
            report.places[here] = part.place
            value = item(report, part, here)
            if value is None and report.usable(*here):
                report.refuse(part, here, f"an empty item in {_subject(path)}; write something or take it out")
            elif once and value is not None and value in values:
                report.refuse(part, here, f'"{value}" stands in {_subject(path)} twice; keep one of them')
            values.append(value)
        return values or None

    return shape


def _parts(report: Report, node: Node, path: Path) -> Iterator[Node]:
    if isinstance(node, Items):
        yield from node.items
    elif not (isinstance(node, Scalar) and not node.text):
        report.refuse(node, path, f'{_subject(path)} is a list; write each item on its own line after "- "')


def keyed(fields: Mapping[str, Shape], what: str) -> Shape:
    """Return the shape of a list of records that are told apart by their key."""
    item = record({"key": slug, **fields, "drop": truth}, what, hidden=("drop",))

    def shape(report: Report, node: Node, path: Path) -> list[dict[str, Any]]:
        values: dict[str, dict[str, Any]] = {}
        for part in _parts(report, node, path):
            here = (*path, _key_of(part))
            report.places.setdefault(here, part.place)
            value = item(report, part, here)
            if not isinstance(value, dict):
                continue
            key = value.get("key")
            if key in values:
                report.refuse(part, path, f'there is a {what} "{key}" already; give this one a key of its own')
            elif key:
                values[key] = value
            elif report.usable(*here, "key"):
                report.refuse(part, path, f'this {what} has no "key"; a {what} needs one')
        return list(values.values())

    return shape


def _key_of(node: Node) -> str:
    found = node.pairs.get("key") if isinstance(node, Keys) else None
    return clean_line(found[1].text) if found and isinstance(found[1], Scalar) else ""


def record(fields: Mapping[str, Shape], what: str, hidden: Collection[str] = (), *, unknown: str = "") -> Shape:
    """Return the shape of a mapping of known keys; the hidden ones are not offered in faults.

    `unknown` is how the fault of an unknown key begins, where that says it better.
    """
    known = [name for name in fields if name not in hidden]

    def shape(report: Report, node: Node, path: Path) -> dict[str, Any] | None:
        if isinstance(node, Scalar) and not node.text:
            return None
        if not isinstance(node, Keys):
            example = f'"{known[0]}: …" and its other keys'
            report.refuse(node, path, f"a {what} is written as {example}, not as {_called(node)}")
            return None
        report.places.setdefault(path, node.place)
        values: dict[str, Any] = {}
        for name, (place, part) in node.pairs.items():
            if name not in fields:
                report.fault(place, f'{unknown or f"a {what} has no"} "{short(name)}"; {nearest(name, known)}')
                continue
            report.places[(*path, name)] = part.place
            values[name] = fields[name](report, part, (*path, name))
        return values

    return shape


def _subject(path: Path) -> str:
    """Return what a person calls the value at a path: `"minutes"`, or an item of `"prompts"`."""
    name = path[-1] if path else "template"
    return f'"{name}"' if isinstance(name, str) else f'an item of "{path[-2]}"'


def _called(node: Node) -> str:
    if isinstance(node, Scalar):
        return f'the text "{short(node.text)}"'
    return "a list" if isinstance(node, Items) else "keys with values"


def short(text: str) -> str:
    """Return enough of a text to be recognised in a sentence."""
    line = clean_line(text)
    return line if len(line) <= 40 else line[:39] + "…"


def _did_you_mean(word: str) -> str:
    return f'; did you mean "{word}"?' if word else ""


def nearest(word: str, words: Collection[str]) -> str:
    """Return what was expected: the nearest valid word, or all of them."""
    near = difflib.get_close_matches(word.lower().replace(" ", "_"), words, 1)
    if near:
        return f'did you mean "{near[0]}"?'
    return f"expected one of {', '.join(words)}" if words else "there are none here"
