"""Templates as people write them: YAML in, checked, several faults at once; and out again, readable.

The text becomes plain values (`shapes`), is laid over the template that it extends, and is then looked at as a whole.
A list whose items have a key is laid over item by item: the fields of an item of the same key replace, a new item
follows the one it was written after, `drop: true` takes an item out. Everything else replaces as a whole.
"""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, TypeAlias

import yaml

from lrtui.errors import TemplateError
from lrtui.review.model import Kind
from lrtui.review.shapes import (
    Path,
    Report,
    Shape,
    keyed,
    line_of,
    list_of,
    nearest,
    one_of,
    record,
    short,
    slug,
    text_of,
    truth,
    whole,
)
from lrtui.review.template import EMPTY, HIGHEST, HIGHEST_VERSION, LEAD_TIME, LISTS, LONGEST_STEP, SECTIONS, Template
from lrtui.review.yaml_text import Fault, Node, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    Parents: TypeAlias = Callable[[str], Template | None]

SHOWN = 20  # faults in one error
DEEPEST = 4  # templates that extend each other
_OWN = frozenset({"name", "version", "changelog"})  # what is not taken over from another template

_depth: ContextVar[int] = ContextVar("templates_that_extend_each_other", default=0)


def load(text: str, *, source: str = "template", parents: Parents | None = None) -> Template:
    """Read a template. `source` names it in faults; `parents` finds the template that it extends.

    Raises TemplateError with a line for each fault: `SOURCE:LINE:COLUMN: what is wrong; what was expected`.
    """
    template, faults = _read(text, parents)
    if faults:
        lines = [f"{source}:{fault.line}:{fault.column}: {fault.message}" for fault in faults[:SHOWN]]
        more = len(faults) - SHOWN
        raise TemplateError("\n".join([*lines, f"{source}: and {more} more"] if more > 0 else lines))
    return template


def check(text: str, *, parents: Parents | None = None) -> list[Fault]:
    """Return the faults of a template, in the order of their places."""
    return _read(text, parents)[1]


def dump(template: Template) -> str:
    """Write a template as YAML for people, which `load` reads back equal."""
    parts = [_written({name: value}) for name, value in template.plain().items()]
    return "".join(f"\n{part}" if "\n" in part.strip() else part for part in parts)


def _written(part: dict[str, Any]) -> str:
    return yaml.dump(part, Dumper=_Writer, allow_unicode=True, sort_keys=False, width=100)


class _Writer(yaml.SafeDumper):
    """Writes long text as folded blocks, short lines as they are, and indents lists below their key."""

    # the parameters are PyYAML's
    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002
        super().increase_indent(flow, indentless=False)

    def represent_text(self, text: str) -> yaml.ScalarNode:
        lines = text.split("\n")
        folded = max(map(len, lines)) > 80 and all(line == line.strip() for line in lines)
        style = ">" if folded else "|" if len(lines) > 1 else None
        return self.represent_scalar("tag:yaml.org,2002:str", text, style)


_Writer.add_representer(str, _Writer.represent_text)


def _read(text: str, parents: Parents | None) -> tuple[Template, list[Fault]]:
    root, faults = read(text)
    report = Report(faults)
    given = _TEMPLATE(report, root, ()) if root else None
    if isinstance(given, dict):
        base = _base(report, given, parents)
        if base is not None:
            plain = _laid_over(report, base, given)
            _look_at_the_whole(report, plain)
            if not report.faults:
                return Template.read(Template.read(plain).plain()), []
    return EMPTY, sorted(set(report.faults)) or [Fault(1, 1, "there is nothing in it")]


def _lead_time_target(report: Report, node: Node, path: Path) -> str | None:
    word = line_of(report, node, path)
    if word is not None and not LEAD_TIME.fullmatch(word):
        report.refuse(node, path, f'"{short(word)}" is no lead time; expected "3 working days" or "5 days"')
        return None
    return word


def _scale(report: Report, node: Node, path: Path) -> list[int] | None:
    ends = list_of(whole(0, HIGHEST))(report, node, path)
    if not ends or not report.usable(*path):
        return None
    match ends:
        case [int(low), int(high)] if low < high:
            return [low, high]
    report.refuse(node, path, "a scale is its lowest and its highest number, such as [0, 5]")
    return None


_ASKED: dict[str, Shape] = {"key": slug, "ask": line_of}
_TITLED: dict[str, Shape] = {"key": slug, "title": line_of}
_EDITION: dict[str, Shape] = {"version": whole(1, HIGHEST_VERSION), "date": line_of, "changes": list_of(line_of)}
_LIMITS: dict[str, Shape] = {"at_least": whole(0, 1000), "at_most": whole(0, 1000)}
_STEP: dict[str, Shape] = {
    **_TITLED,
    "minutes": whole(0, LONGEST_STEP),
    "at_least": whole(0, LONGEST_STEP),
    "locked": truth,
    "captures": one_of([kind.value for kind in Kind], "kind of line"),
    "shows": one_of(LISTS, "list that a step can show"),
    "say": text_of,
    "prompts": list_of(line_of),
    "coach": text_of,
}
_KEYED: dict[str, tuple[dict[str, Shape], str]] = {
    "facts": ({**_ASKED, "one_of": list_of(line_of, once=True)}, "fact"),
    "moments": (_TITLED, "moment"),
    "roles": ({**_TITLED, **_LIMITS}, "role"),
    "steps": (_STEP, "step"),
    "feedback": ({**_ASKED, "scale": _scale, "afterwards": truth}, "feedback question"),
}
_TEMPLATE = record(
    {
        "name": slug,
        "version": whole(1, HIGHEST_VERSION),
        "extends": slug,
        "title": line_of,
        "about": line_of,
        "measures": list_of(record({"title": line_of, "from": slug, "to": slug}, "measure")),
        "changelog": list_of(record(_EDITION, "changelog entry")),
        "lead_time": record({"target": _lead_time_target, "from": slug}, "lead time"),
        "export": list_of(one_of(SECTIONS, "section"), once=True),
        "published": truth,
        **{name: keyed(fields, what) for name, (fields, what) in _KEYED.items()},
    },
    "template",
)


def _base(report: Report, given: dict[str, Any], parents: Parents | None) -> dict[str, Any] | None:
    """Return what the template extends, as plain JSON; None when that cannot be had, which is then reported."""
    name = given.get("extends")
    if not name:
        return {} if report.usable("extends") else None
    report.places[()] = place = report.places[("extends",)]
    if _depth.get() >= DEEPEST:
        report.fault(place, f"templates extend each other in a circle, or more than {DEEPEST} deep; end it here")
        return None
    token = _depth.set(_depth.get() + 1)
    try:
        parent = parents(name) if parents else None
    except TemplateError as error:
        first = str(error).partition("\n")[0]
        report.fault(place, f'"{name}" has a fault of its own: {first}')
        return None
    finally:
        _depth.reset(token)
    if parent is None:
        report.fault(place, f'there is no template "{name}" to extend; "lrtui templates" lists those there are')
        return None
    return {key: value for key, value in parent.plain().items() if key not in _OWN}


def _laid_over(report: Report, base: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    extends = bool(given.get("extends"))
    laid = base | {name: value for name, value in given.items() if name != "extends"}
    for name in _KEYED.keys() & given.keys():
        inherited = {item["key"]: item for item in base.get(name, [])}
        laid[name] = _items_laid_over(report, name, inherited, given[name], extends=extends)
    return laid


def _items_laid_over(
    report: Report, name: str, inherited: dict[str, dict[str, Any]], given: list[dict[str, Any]], *, extends: bool
) -> list[dict[str, Any]]:
    items = dict(inherited)
    order = list(inherited)
    before = ""
    for item in given:
        key = item["key"]
        if item.pop("drop", None):
            _drop(report, (name, key), items, extends=extends)
            before = key if key in order else before
            continue
        if key not in order:
            order.insert(order.index(before) + 1 if before else len(order), key)
        items[key] = items.get(key, {}) | item
        before = key
    return [items[key] for key in order if key in items]


def _drop(report: Report, path: tuple[str, str], items: dict[str, dict[str, Any]], *, extends: bool) -> None:
    key = path[1]
    if not extends:
        report.blame((*path, "drop"), '"drop" takes out what another template gave; this one extends none')
    elif items.pop(key, None) is None and report.usable("extends"):
        report.blame((*path, "key"), f'there is no "{key}" to drop; {nearest(key, items)}')


_REQUIRED: dict[str, tuple[str, ...]] = {
    "facts": ("ask",),
    "moments": ("title",),
    "measures": ("title", "from", "to"),
    "steps": ("title",),
    "feedback": ("ask",),
    "changelog": ("version", "changes"),
}
_UNKEYED = {"measures": "measure", "changelog": "changelog entry"}


def _look_at_the_whole(report: Report, plain: dict[str, Any]) -> None:
    _require(report, plain, (), ("name", "title"), "template")
    if not plain.get("steps") and report.usable("steps"):
        report.blame(("steps",), 'a template needs at least one step under "steps"')
    for name, fields in _REQUIRED.items():
        for path, item in _items(name, plain.get(name)):
            _require(report, item, path, fields, _UNKEYED.get(name) or _KEYED[name][1])
    for path, step in _items("steps", plain.get("steps")):
        _in_order(report, path, step, "at_least", "minutes", 'a step cannot have more at least than its "minutes"')
    for path, role in _items("roles", plain.get("roles")):
        if role.get("at_most") is not None:
            _in_order(report, path, role, "at_least", "at_most", "a role cannot have more at least than at most")
    _look_at_the_moments(report, plain)


def _items(name: str, items: object) -> Iterator[tuple[Path, dict[str, Any]]]:
    for number, item in enumerate(items if isinstance(items, list) else []):
        if isinstance(item, dict):
            yield (name, item.get("key", number)), item


def _require(report: Report, item: dict[str, Any], path: Path, fields: Iterable[str], what: str) -> None:
    for field in fields:
        if not item.get(field) and report.usable(*path, field):
            report.blame((*path, field), f'this {what} has no "{field}"; a {what} needs one')


def _in_order(report: Report, path: Path, item: dict[str, Any], low: str, high: str, message: str) -> None:
    least, most = item.get(low) or 0, item.get(high) or 0
    if least > most and report.usable(*path, low) and report.usable(*path, high):
        report.blame((*path, low), f"{message}: {least} against {most}")


def _look_at_the_moments(report: Report, plain: dict[str, Any]) -> None:
    """Report every name of a moment that the template does not have."""
    if not report.usable("moments"):
        return
    known = [item["key"] for item in plain.get("moments") or []]
    lead = plain.get("lead_time") or {}
    _require(report, lead, ("lead_time",), ("target", "from") if lead else (), "lead time")
    for path, item, ends in (
        *((path, item, ("from", "to")) for path, item in _items("measures", plain.get("measures"))),
        (("lead_time",), lead, ("from",)),
    ):
        for end in ends:
            if item.get(end) and item[end] not in known:
                report.blame((*path, end), f'there is no moment "{item[end]}"; {nearest(item[end], known)}')
