"""The settings as people write them: YAML in, with all its faults told at once, and out again.

What is at fault stays as it ships: a slip in the settings never keeps anybody from a meeting.
"""

from __future__ import annotations

import json
from textwrap import wrap
from typing import TYPE_CHECKING

from lrtui.commands import BY_NAME, COMMANDS
from lrtui.review.hint_class import ON_BY_DEFAULT, HintClass
from lrtui.review.model import Kind
from lrtui.review.shapes import Path, Report, Shape, line_of, list_of, one_of, record, short, slug, truth
from lrtui.review.yaml_text import Node, read
from lrtui.settings import keys, prefixes
from lrtui.settings.claims import clashes
from lrtui.settings.values import ClockStyle, Reading, Settings, Theme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from lrtui.settings.claims import Clash


def read_settings(text: str, source: str = "config.yaml") -> Reading:
    """Read a file of settings; `source` names it to a person."""
    root, faults = read(text)
    report = Report(faults)
    given = _SETTINGS(report, root, ()) if root else None
    if not isinstance(given, dict):
        return Reading(faults=tuple(sorted(set(report.faults))), source=source)
    usable = {name: value for name, value in given.items() if value is not None}
    usable["prefixes"] = _prefixes(report, usable.get("prefixes", {}))
    usable["keys"] = _keys(report, usable.get("keys", {}))
    chosen = {HintClass(name): on for name, on in usable.get("hints", {}).items()}
    usable["hints"] = frozenset(name for name in HintClass if chosen.get(name, name in ON_BY_DEFAULT))
    lines = {path: place.line for path, place in report.places.items() if report.usable(*path)}
    return Reading(Settings(**usable), tuple(sorted(set(report.faults))), lines, source)


def _mark(report: Report, node: Node, path: Path) -> str | None:
    mark = (line_of(report, node, path) or "").lower()
    why = prefixes.objection(mark) if mark else ""
    if why:
        report.refuse(node, path, f'"{short(mark)}" {why}; take letters and a colon, as in "d:", or signs, as in "=>"')
    return mark or None


def _theme(report: Report, node: Node, path: Path) -> Theme | None:
    word = one_of(list(Theme), "theme")(report, node, path)
    return Theme(str(word)) if word else None


def _clock(report: Report, node: Node, path: Path) -> ClockStyle | None:
    word = one_of(list(ClockStyle), "style of the clock")(report, node, path)
    return ClockStyle(str(word)) if word else None


def _always_private(report: Report, node: Node, path: Path) -> None:
    report.refuse(node, path, 'a private line always begins with "//"; leave this out')


_MARKS = list_of(_mark, once=True)
_SHAPES: dict[str, Shape] = {
    "theme": _theme,
    "template": slug,
    "clock": _clock,
    "bell": truth,
    "flash": truth,
    "prefixes": record(
        {**dict.fromkeys(prefixes.KINDS, _MARKS), Kind.PRIVATE: _always_private},
        "set of prefixes",
        hidden=(Kind.PRIVATE,),
        unknown="there is no kind of line",
    ),
    "keys": record(dict.fromkeys(BY_NAME, line_of), "keymap", unknown="there is no command"),
    "hints": record(dict.fromkeys(HintClass, truth), "choice of hints", unknown="there is no class of hints"),
}
_SETTINGS = record(_SHAPES, "set of settings", unknown="there is no setting")


def _prefixes(report: Report, given: Mapping[str, Sequence[str]]) -> Mapping[str, Kind]:
    chosen = {kind: marks for kind, marks in given.items() if marks and report.usable("prefixes", kind)}
    usual = {kind.value: prefixes.marks_of(kind) for kind in prefixes.KINDS}
    for clash in _given_up(report, "prefixes", clashes(chosen, usual, lambda *_: True)):
        at = chosen[clash.name].index(clash.value)
        report.blame(
            ("prefixes", clash.name, at),
            f'"{clash.value}" stands for "{clash.other}" already; take another one, or give that kind one of its own',
        )
    return prefixes.laid_over({kind: marks for kind, marks in chosen.items() if report.usable("prefixes", kind)})


def _keys(report: Report, given: Mapping[str, str | None]) -> Mapping[str, str]:
    asked = {name: keys.normal(word) for name, word in given.items() if word}
    asked = {name: key for name, key in asked.items() if key != BY_NAME[name].key}
    reasons = {name: why for name, key in asked.items() if (why := keys.objection(name, key))}
    report.unusable.update(("keys", name) for name in reasons)
    wanted = {name: (key,) for name, key in asked.items() if name not in reasons}
    usual = {command.name: (command.key,) if command.key else () for command in COMMANDS}
    for clash in _given_up(report, "keys", clashes(wanted, usual, lambda *pair: bool(keys.shared(*pair)))):
        where = ", ".join(keys.shared(clash.name, clash.other))
        reasons[clash.name] = f'is the key of "{clash.other}" ({where})'
    kept = {name: key for name, key in asked.items() if report.usable("keys", name)}
    for name, why in reasons.items():
        report.blame(("keys", name), f'"{short(given[name] or "")}" {why}; {keys.advice(name, asked[name], kept)}')
    return kept


def _given_up(report: Report, section: str, found: Iterable[Clash]) -> list[Clash]:
    """Note who goes without; return those clashes that are not merely due to somebody else going without."""
    own: list[Clash] = []
    for clash in found:
        if report.usable(section, clash.other):
            own.append(clash)
        report.unusable.add((section, clash.name))
    return own


def spell(settings: Settings, origin: Callable[[Path], str]) -> str:
    """Write settings as a file that reads as the same; behind each stands where it comes from."""
    lines = [(f"{name}: {value}", origin((name,))) for name, value in _plain(settings)]
    for section, values in _sections(settings):
        lines += [(f"{section}:", ""), *((f"  {name}: {value}", origin((section, name))) for name, value in values)]
    width = max(len(line) for line, _ in lines)
    return "".join(f"{line:<{width}}  # {where}".removesuffix("  # ").rstrip() + "\n" for line, where in lines)


def _plain(settings: Settings) -> Iterator[tuple[str, str]]:
    yield "theme", settings.theme
    yield "template", settings.template
    yield "clock", settings.clock
    yield "bell", _switch(on=settings.bell)
    yield "flash", _switch(on=settings.flash)


def _sections(settings: Settings) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    marks = {kind: prefixes.marks_of(kind, settings.prefixes) for kind in prefixes.KINDS}
    yield "prefixes", [(kind, json.dumps(marks[kind], ensure_ascii=False)) for kind in prefixes.KINDS]
    yield "keys", [(command.name, command.key) for command in settings.commands if command.key]
    yield "hints", [(name, _switch(on=name in settings.hints)) for name in HintClass]


def _switch(*, on: bool) -> str:
    return "on" if on else "off"


_HEAD = """\
# The settings of lrtui. Nothing in it is set yet: take the # away from what you change.
# `lrtui config check` finds faults, `lrtui config show` tells what holds.
"""
_ABOUT = {
    "theme": "How screens look: dark or light. --theme and LRTUI_THEME come first.",
    "template": "What a new review begins with; `lrtui templates` lists what there is.",
    "clock": "What the big clock of the room shows: the time left in the step, the time spent in it, or both.",
    "bell": "Whether the terminal's bell rings when a step comes to its last twentieth, and when it runs over.",
    "flash": "Whether the clock is inverted for a second at the same two instants.",
    "prefixes": "What a line of each kind begins with: letters and a colon, or signs; lrtui itself writes the first.",
    "keys": "The key of each command: F1 to F10, Ctrl and a letter, and a few more. Those without one may get one:",
    "hints": "The hints on wording that the facilitator gets.",
}


def example() -> str:
    """Write a file in which everything is explained and nothing is set."""
    usual = Settings()
    parts = [_HEAD]
    parts += [f"# {_ABOUT[name]}\n#{name}: {value}\n" for name, value in _plain(usual)]
    for section, values in _sections(usual):
        lines = "".join(f"#  {name}: {value}\n" for name, value in values)
        parts.append(f"# {_ABOUT[section]}\n{_unkeyed() if section == 'keys' else ''}#{section}:\n{lines}")
    return "\n".join(parts)


def _unkeyed() -> str:
    names = ", ".join(command.name for command in COMMANDS if not command.key)
    return "".join(f"# {line}\n" for line in wrap(names, 100))
