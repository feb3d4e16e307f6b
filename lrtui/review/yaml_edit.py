"""Small changes to YAML that somebody has written, so that everything else stays as it stands: comments, order, layout.

A change is made where the value stands, in the manner of what is around it: in lines, or in `{ }` and `[ ]`. It is made
in a text that is known to read well (see `lrtui.review.yaml_text`), without carriage returns. Whoever changes one reads
the outcome again, and takes it only if it says what was meant.

A path leads from the whole to a part: the key of a mapping, or the `key` of an item of a list.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeAlias

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    Path: TypeAlias = Sequence[str]

Value: TypeAlias = "str | int | bool | list[Value] | dict[str, Value]"

_PARSER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
_INDENT = "  "


@dataclass(slots=True)
class Part:
    """A value in the text, with the places of its first character and of the one behind its last.

    Of a text `style` is `|`, `>`, a quote or nothing; `flow` tells that a mapping or a list stands in brackets.
    """

    start: int
    end: int
    text: str | None = None
    style: str = ""
    flow: bool = False
    pairs: dict[str, Part] = field(default_factory=dict)
    items: list[Part] = field(default_factory=list)

    @property
    def last(self) -> int:
        """The place behind the last thing that is written in it; of lines, what follows them is no part."""
        if self.flow or self.text is not None:
            return self.end
        return max((part.last for part in (*self.pairs.values(), *self.items)), default=self.start)

    def at(self, path: Path) -> Part | None:
        """Return the part to which a path leads; None where there is none."""
        part: Part | None = self
        for name in path:
            if part is None:
                return None
            keyed = (item for item in part.items if (key := item.pairs.get("key")) and key.text == name)
            part = part.pairs.get(name) or next(keyed, None)
        return part


def parsed(text: str) -> Part:
    """Return what stands in a text that holds one document."""
    whole = Part(0, len(text))
    opened = [(whole, False)]
    names: list[str | None] = [None]  # per open part: the key that waits for its value
    for event in yaml.parse(text, Loader=_PARSER):
        if isinstance(event, yaml.CollectionEndEvent):
            opened.pop()[0].end = _index(event.end_mark)
            names.pop()
        elif isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            part = _part(event)
            _add(*opened[-1], names, part)
            if isinstance(event, yaml.CollectionStartEvent):
                opened.append((part, isinstance(event, yaml.MappingStartEvent)))
                names.append(None)
    return whole.items[0]


class _Mark(Protocol):
    """The parser's own place, as a count of characters."""

    index: int


def _index(mark: _Mark | None) -> int:
    return mark.index if mark else 0


def _part(event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> Part:
    start, end = _index(event.start_mark), _index(event.end_mark)
    if isinstance(event, yaml.ScalarEvent):
        return Part(start, end, event.value, event.style or "")
    return Part(start, end, flow=bool(event.flow_style))


def _add(parent: Part, mapping: bool, names: list[str | None], part: Part) -> None:  # noqa: FBT001 - of a pair
    name = names[-1]
    if not mapping:
        parent.items.append(part)
    elif name is None:
        names[-1] = part.text or ""
    else:
        parent.pairs[name] = part
        names[-1] = None


def put(text: str, path: Path, name: str, value: Value, *, after: str = "") -> str:
    """Give the mapping at `path` a value of that name: in place of the one it has, else behind `after`, else last."""
    mapping = _found(text, path)
    old = mapping.pairs.get(name)
    if old is not None:
        return _replaced(text, old, value)
    before = mapping.pairs.get(after)
    if mapping.flow:
        place = max((part.end for part in mapping.pairs.values()), default=mapping.start + 1)
        pair = f"{name}: {_flow(value)}"
        return text[:place] + (f", {pair}" if mapping.pairs else pair) + text[place:]
    place = _line_end(text, (before or mapping).last)
    return _with_line(text, place, _column(text, mapping.start), _lines({name: value}))


def end_with(text: str, name: str, value: Value) -> str:
    """Give the whole, a mapping, a last value of that name; in lines, with an empty one before it."""
    if parsed(text).flow:
        return put(text, (), name, value)
    return "\n".join([text.rstrip("\n"), "", *_lines({name: value}), ""])


def add(text: str, path: Path, value: Value, *, first: bool = False) -> str:
    """Add an item to the list at `path`, as the first or the last one."""
    items = _found(text, path)
    if items.flow:
        place = items.items[0].start if items.items and first else items.start + 1
        if items.items and not first:
            place = items.items[-1].end
        comma = (", ", "") if items.items and not first else ("", ", ") if items.items else ("", "")
        return text[:place] + comma[0] + _flow(value) + comma[1] + text[place:]
    column = _column(text, items.start)
    lines = _lines([value])
    if first:
        return text[: items.start] + f"\n{' ' * column}".join([*lines, ""]) + text[items.start :]
    return _with_line(text, _line_end(text, items.last), column, lines)


def replace(text: str, path: Path, value: Value) -> str:
    """Put a value in the place of the part at `path`."""
    return _replaced(text, _found(text, path), value)


def drop(text: str, path: Path) -> str:
    """Take an item out of its list, with the lines that it stands on; comments around it stay."""
    items, item = _found(text, path[:-1]), _found(text, path)
    place = items.items.index(item)
    if items.flow:
        if place + 1 < len(items.items):
            return text[: item.start] + text[items.items[place + 1].start :]
        begin = items.items[place - 1].end if place else item.start
        return text[:begin] + text[item.end :]
    dash = text.rindex("-", 0, item.start)
    return text[: _line_begin(text, dash)] + text[_line_end(text, item.last) :].removeprefix("\n")


def append(text: str, path: Path, words: str) -> str:
    """Add a line at the end of the text at `path`; where lines are folded, an empty one parts it from the others."""
    old = _found(text, path)
    if old.style not in {"|", ">"}:
        return _replaced(text, old, f"{old.text}\n{words}" if old.text else words)
    begin = text.index("\n", old.start) + 1
    lines = text[begin : old.end].split("\n")
    indent = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    apart = [""] if old.style == ">" else []
    return _with_line(text, _line_end(text, old.end), 0, [*apart, " " * indent + words])


def _found(text: str, path: Path) -> Part:
    part = parsed(text).at(path)
    if part is None:
        raise KeyError("/".join(path))
    return part


def _replaced(text: str, old: Part, value: Value) -> str:
    before, behind = _line_begin(text, old.start), _line_end(text, old.end)
    line = text[before : old.start]
    gap = " " if old.start == old.end and not line.endswith(" ") else ""
    in_line = old.flow or (old.text is not None and old.style not in {"|", ">"})
    if in_line and (_is_short(value) or "#" in text[old.end : behind] or _in_brackets(text, old)):
        return text[: old.start] + gap + _flow(value) + text[old.end :]
    column = len(line) - len(line.lstrip(" -")) + len(_INDENT) if isinstance(value, str) else len(line)
    first, *rest = _lines(value)
    lines = [first, *(f"{' ' * column}{line}".rstrip(" ") for line in rest)]
    return text[: old.start] + gap + "\n".join(lines) + text[_line_end(text, old.last) :]


def _in_brackets(text: str, part: Part) -> bool:
    """Tell whether a value stands within brackets."""
    around = [parsed(text)]
    while around:
        outer = around.pop()
        if outer.flow and outer.start < part.start < outer.end:
            return True
        around += [*outer.pairs.values(), *outer.items]
    return False


def _is_short(value: Value) -> bool:
    return not isinstance(value, str) or "\n" not in value


def _line_begin(text: str, place: int) -> int:
    return text.rfind("\n", 0, place) + 1


def _column(text: str, place: int) -> int:
    return place - _line_begin(text, place)


def _line_end(text: str, place: int) -> int:
    """Return the end of the line on which what ends at `place` stands, before its line break."""
    if place and text[place - 1] == "\n":  # a text in lines ends where the next thing begins
        return len(text[:place].rstrip())
    end = text.find("\n", place)
    return len(text) if end < 0 else end


def _with_line(text: str, place: int, column: int, lines: Sequence[str]) -> str:
    added = "".join(f"\n{' ' * column}{line}".rstrip(" ") for line in lines)
    return text[:place] + added + (text[place:] or "\n")


def _lines(value: Value) -> list[str]:
    """Write a value in lines."""
    if isinstance(value, str):
        return _block(value)
    if isinstance(value, int):
        return [_flow(value)]
    return list(_pairs(value) if isinstance(value, dict) else _items(value))


def _pairs(value: dict[str, Value]) -> Iterator[str]:
    for name, part in value.items():
        first, *rest = _lines(part)
        if isinstance(part, str | int):
            yield f"{name}: {first}"
            yield from (f"{_INDENT}{line}" if line else "" for line in rest)
        else:
            yield f"{name}:"
            yield from (f"{_INDENT}{line}" for line in (first, *rest))


def _items(value: list[Value]) -> Iterator[str]:
    for part in value:
        first, *rest = _lines(part)
        yield f"- {first}"
        yield from (f"{_INDENT}{line}" if line else "" for line in rest)


def _block(text: str) -> list[str]:
    """Write a text on one line or, where it has several, as a block, its lines without their indent."""
    lines = text.split("\n")
    if len(lines) == 1 or lines[0] != lines[0].lstrip() or text != text.strip():
        return [_flow(text)]
    return ["|-", *lines]


def _flow(value: Value) -> str:
    """Write a value on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return value if _is_plain(value) else json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    return "{" + ", ".join(f"{name}: {_flow(part)}" for name, part in value.items()) + "}"


def _is_plain(text: str) -> bool:
    """Tell whether a text reads as itself without quotes, wherever it stands."""
    if not text or "\n" in text:
        return False
    try:
        found = parsed(f"{{a: [{text}]}}"), parsed(f"a: {text}\nb: c")
    except yaml.YAMLError:
        return False
    inside, alone = found[0].at(["a"]), found[1].at(["a"])
    return (
        inside is not None and [item.text for item in inside.items] == [text]
        and alone is not None and alone.text == text and not alone.style
    )  # fmt: skip
