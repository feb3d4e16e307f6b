from __future__ import annotations

import json
import pkgutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import lrtui as package
from tests.cli.running import begun

if TYPE_CHECKING:
    from pathlib import Path

_RUN = """
import json, sys
from lrtui.cli.main import cli
cli.main(sys.argv[1:], prog_name="lrtui", standalone_mode=False)
print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""
_IMPORT = """
import importlib, json, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
print(json.dumps(sorted(sys.modules)), file=sys.stderr)
"""


def loaded(code: str, *words: str) -> set[str]:
    """Return the modules that are there after running `code` in a fresh interpreter."""
    command = [sys.executable, "-c", code, *words]
    result = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True, stdin=subprocess.DEVNULL)
    modules: list[str] = json.loads(result.stderr.splitlines()[-1])
    return set(modules)


@pytest.mark.parametrize(
    ("verb", "spared"),
    [
        (
            ["list"],
            {"yaml", "platformdirs", "lrtui.review.insight", "lrtui.session", "lrtui.publish.markdown", "subprocess"},
        ),
        (["search", "slow"], {"yaml", "platformdirs", "lrtui.session", "lrtui.publish.markdown", "subprocess"}),
        (["actions"], {"platformdirs", "lrtui.session", "lrtui.publish.markdown", "lrtui.review.wording"}),
        (["insight"], {"yaml", "platformdirs", "lrtui.session", "lrtui.publish.markdown", "subprocess"}),
        (["show", "slow"], {"yaml", "platformdirs", "lrtui.session", "lrtui.store.catalog", "sqlite3"}),
        (["export", "slow", "-o", "-"], {"yaml", "platformdirs", "lrtui.session", "lrtui.store.catalog", "sqlite3"}),
        (["note", "slow", "14:05 rolled back"], {"yaml", "lrtui.publish.markdown", "sqlite3"}),
        (["where"], {"yaml", "lrtui.commands", "tinydb", "sqlite3"}),
        (["keys"], {"yaml", "tinydb", "sqlite3"}),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else "",
)
@pytest.mark.usefixtures("library")
def test_a_verb_loads_neither_textual_nor_what_it_does_not_need(verb: list[str], spared: set[str]) -> None:
    begun()
    assert not loaded(_RUN, *verb) & {"textual", "rich", "markdown_it", "pyperclip", *spared}


@pytest.mark.usefixtures("library")
def test_a_verb_that_depends_on_no_settings_loads_none_even_where_there_are_some(home: Path) -> None:
    begun()
    (home / "config" / "lrtui").mkdir(parents=True)
    (home / "config" / "lrtui" / "config.yaml").write_text("theme: light\n")
    for verb in (["list"], ["show", "slow"], ["export", "slow", "-o", "-"]):
        assert not loaded(_RUN, *verb) & {"yaml", "platformdirs", "lrtui.settings", "lrtui.commands"}
    for_keys = loaded(_RUN, "keys")
    assert {"yaml", "lrtui.settings.text"} <= for_keys
    assert "lrtui.review.wording" not in for_keys


def test_nothing_outside_the_app_loads_textual() -> None:
    names = [found.name for found in pkgutil.walk_packages(package.__path__, "lrtui.")]
    outside = [name for name in names if not name.startswith("lrtui.app") and name != "lrtui.__main__"]
    assert {"lrtui.cli.main", "lrtui.demo", "lrtui.session", "lrtui.store.catalog"} <= set(outside)
    assert not loaded(_IMPORT, *outside) & {"textual", "rich"}
