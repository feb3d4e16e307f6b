from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from click.shell_completion import ShellComplete

from lrtui import __version__
from lrtui.cli.main import cli
from lrtui.commands import COMMANDS, spell_key
from tests.cli.running import begun, done

if TYPE_CHECKING:
    from pathlib import Path


def test_keys_misses_no_command() -> None:
    lines = done("keys").stdout.splitlines()[1:]
    assert len(lines) == len(COMMANDS)
    for command, line in zip(COMMANDS, lines, strict=True):
        assert line.startswith(spell_key(command.key) if command.key else " ")
        assert command.help in line
        assert not command.slash or f" /{command.slash} " in line
        assert all(scope in line for scope in command.scopes)
    assert [command["name"] for command in json.loads(done("keys", "--json").stdout)] == [
        item.name for item in COMMANDS
    ]


def test_where_tells_the_library_and_why(library: Path, home: Path) -> None:
    told = json.loads(done("where", "--json").stdout)
    assert told["library"] == str(library)
    assert "LRTUI_LIBRARY" in told["why"]
    assert told["version"] == __version__
    assert told["exists"] is False
    result = done("where")
    assert str(library) in result.stdout
    assert "is made at the first thing saved" in result.stderr
    assert not library.exists()
    assert not list(home.iterdir())


def test_an_option_comes_before_the_environment_and_that_before_the_folder(
    library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    around = tmp_path / "around"
    (around / "deep").mkdir(parents=True)
    (around / "lrtui.yaml").write_text("")
    monkeypatch.chdir(around / "deep")

    def told(*words: str) -> tuple[str, str]:
        place = json.loads(done(*words, "where", "--json").stdout)
        return place["library"], place["why"]

    other = tmp_path / "other"
    assert told("--library", str(other)) == (str(other), "--library says so")
    assert told() == (str(library), "$LRTUI_LIBRARY says so")
    monkeypatch.delenv("LRTUI_LIBRARY")
    assert told() == (str(around), "lrtui.yaml is in it, and it is or holds the current folder")
    monkeypatch.chdir(tmp_path)
    assert told()[1] == "it is in your own data folder"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script_for_the_shell(shell: str) -> None:
    assert "_LRTUI_COMPLETE" in done("completion", shell).stdout


def completed(*words: str) -> list[str]:
    completion = ShellComplete(cli, {}, "lrtui", "_LRTUI_COMPLETE")
    return [item.value for item in completion.get_completions(list(words[:-1]), words[-1])]


def test_reviews_are_completed_by_their_beginning_or_by_what_only_one_has(library: Path) -> None:
    names = sorted([begun("--title", "Slow checkout"), begun("--title", "Search empty")])
    year = names[0][:4]
    assert sorted(completed("show", year)) == names
    assert completed("open", "search") == [name for name in names if "search" in name]
    assert completed("export", "s") == []
    assert completed("--library", str(library.parent / "other"), "note", year) == []


def test_templates_and_verbs_are_completed() -> None:
    assert completed("new", "--template", "near") == ["near-miss"]
    assert completed("templates", "show", "quick") == ["quick-review"]
    assert completed("ex") == ["export"]
    assert not completed("ali")
