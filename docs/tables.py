"""Write the tables in README.md that are made from the program itself: `make docs`.

A table stands between `<!-- table: NAME -->` and `<!-- end -->`.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from lrtui.commands import BY_NAME, COMMANDS, EVERYWHERE, SEARCHES, Command, forms, spell_key
from lrtui.desk import shipped_templates
from lrtui.review import template_text
from lrtui.review.capture import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_PLACE = re.compile(r"(<!-- table: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)
_README = Path(__file__).parent.parent / "README.md"


def _code(text: str) -> str:
    return f"`{text}`" if text else ""


def _forms() -> Iterator[Sequence[str]]:
    yield "Write", "It is"
    for form, meaning in forms(PREFIXES, BY_NAME["complete"].way):
        yield _code(form), meaning


def _searches() -> Iterator[Sequence[str]]:
    yield "Type", "And found is"
    yield from ((_code(form), meaning) for form, meaning in SEARCHES)


def _keys() -> Iterator[Sequence[str]]:
    yield "Key", "On the capture line", "What it does", "Where"
    for command in COMMANDS:
        key = spell_key(command.key) if command.key else ""
        yield key, _code(_slash(command)), command.help, _where(command)


def _slash(command: Command) -> str:
    return f"/{command.slash} {command.takes}".strip() if command.slash else ""


def _where(command: Command) -> str:
    return "everywhere" if command.scopes == EVERYWHERE else ", ".join(command.scopes)


def _templates() -> Iterator[Sequence[str]]:
    yield "Template", "Minutes", "What it is for"
    for name, path in shipped_templates().items():
        template = template_text.load(path.read_text("utf-8"), source=name)
        yield _code(name), str(template.minutes or "no clock"), template.about


TABLES = {"line": _forms, "searches": _searches, "keys": _keys, "templates": _templates}


def renewed(text: str) -> str:
    """Return the text with every table in it written anew."""
    return _PLACE.sub(lambda place: place[1] + _table(list(TABLES[place[2]]())) + place[3], text)


def _table(rows: list[Sequence[str]]) -> str:
    head, *rest = [[cell.replace("|", "\\|").replace("*", "\\*") for cell in row] for row in rows]
    lines = [head, ["---"] * len(head), *rest]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


if __name__ == "__main__":
    _README.write_text(renewed(_README.read_text("utf-8")), encoding="utf-8")
