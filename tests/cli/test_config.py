from __future__ import annotations

import json
import stat
from typing import TYPE_CHECKING

import pytest

from lrtui.commands import BY_NAME, COMMANDS
from lrtui.editor import USUAL
from lrtui.settings.text import read_settings
from lrtui.settings.values import Settings, Theme
from tests.cli.running import begun, done, lrtui

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def own(home: Path) -> Path:
    """Return where the settings are expected; there is nothing yet."""
    return home / "config" / "lrtui" / "config.yaml"


def written(own: Path, text: str) -> Path:
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(text, "utf-8")
    return own


def editor(folder: Path, script: str) -> str:
    """Return an editor that does what the script says to the file."""
    program = folder / "my editor"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o700)
    return f"'{program}' --wait"


def test_path_tells_where_it_is_and_makes_nothing(own: Path) -> None:
    result = done("config", "path")
    assert result.stdout == f"{own}\n"
    assert "not there yet" in result.stderr
    assert not own.parent.exists()
    written(own, "")
    assert done("config", "path").stderr == ""
    assert json.loads(done("where", "--json").stdout)["config"] == str(own)


def test_an_option_comes_before_the_environment_and_that_before_the_own_folder(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LRTUI_CONFIG", "~/mine.yaml")
    assert done("config", "path").stdout == f"{own.parents[2] / 'mine.yaml'}\n"
    assert done("--config", "other.yaml", "config", "path").stdout == f"{tmp_path / 'other.yaml'}\n"
    monkeypatch.setenv("LRTUI_CONFIG", "~nobody-is-called-that/mine.yaml")
    refused = lrtui("config", "path")
    assert (refused.exit_code, refused.stderr.startswith("lrtui: There is no home folder")) == (1, True)
    monkeypatch.setenv("LRTUI_CONFIG", " ")
    assert done("config", "path").stdout == f"{own}\n"


def test_where_some_is_at_fault_the_rest_holds_and_where_all_is_nothing_does(own: Path) -> None:
    written(own, "theme: lihgt\nclock: both\n")
    assert lrtui("config", "check").stderr.startswith("lrtui: 1 fault in config.yaml. All else in it holds")
    assert "clock: both                # config.yaml, line 2" in done("config").stdout
    assert "theme: dark                # as it ships" in done("config").stdout
    for text in ("clock: both\na: [\n", "theme: lihgt\n"):
        written(own, text)
        refused = lrtui("config", "check")
        assert refused.exit_code == 1
        assert refused.stderr == "lrtui: 1 fault in config.yaml. Until it is mended everything is as it ships.\n"


def test_settings_in_a_home_folder_that_is_not_there_are_told_of_and_stop_nothing(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not own.exists()
    monkeypatch.setenv("LRTUI_CONFIG", "~nobody-is-called-that/mine.yaml")
    keys = done("keys")
    assert keys.stderr == "mine.yaml is in a home folder that is not there; everything is as it ships.\n"
    assert "F8" in keys.stdout
    where = done("where")
    assert "config     ~nobody-is-called-that/mine.yaml" in where.stdout
    assert "home folder" in where.stderr
    assert json.loads(done("where", "--json").stdout)["config"] == "~nobody-is-called-that/mine.yaml"
    for verb in ("check", "edit", "path"):
        refused = lrtui("config", verb)
        assert (refused.exit_code, refused.stdout) == (1, "")
        assert refused.stderr.startswith("lrtui: There is no home folder for “~nobody-is-called-that/mine.yaml”.")
    monkeypatch.delenv("LRTUI_CONFIG")
    assert done("keys").stderr == ""


def test_show_prints_what_holds_as_a_file_of_settings_with_its_origins(own: Path) -> None:
    written(own, "clock: both\nkeys:\n  next: f10\n")
    result = done("config", "show")
    assert done("config").stdout == result.stdout
    assert read_settings(result.stdout).settings == read_settings(own.read_text()).settings
    lines = {line.split()[0]: line for line in result.stdout.splitlines() if line.startswith("  ") or "#" in line}
    assert lines["clock:"].endswith("# config.yaml, line 1")
    assert lines["next:"].split(maxsplit=2)[1:] == ["f10", "# config.yaml, line 3"]
    assert lines["undo:"].endswith("# as it ships")


def test_show_tells_a_theme_that_comes_from_elsewhere(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(own, "theme: dark\n")

    def theme(*words: str) -> list[str]:
        return done(*words, "config").stdout.splitlines()[0].split(maxsplit=2)

    assert theme() == ["theme:", "dark", "# config.yaml, line 1"]
    monkeypatch.setenv("LRTUI_THEME", "light")
    assert theme() == ["theme:", "light", "# $LRTUI_THEME"]
    assert theme("--theme", "light") == ["theme:", "light", "# --theme"]


def test_check_lists_every_fault_with_its_place_and_ends_with_1(own: Path) -> None:
    written(own, "bell: loud\nkeys:\n  next: f9\n")
    result = lrtui("config", "check")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f'{own}:1:7: "bell" is "true" or "false", not "loud"',
        f'{own}:3:9: "f9" is the key of "close" (room, console, write-up); "f10" is free',
    ]
    assert result.stderr == "lrtui: 2 faults in config.yaml. Until they are mended everything is as it ships.\n"


def test_check_finds_nothing_where_there_is_nothing(own: Path) -> None:
    assert "no settings of your own yet" in done("config", "check").stderr
    written(own, "keys: {next: f10}\n")
    assert done("config", "check").stderr == "No faults in config.yaml.\n"


def test_check_tells_of_a_template_that_the_library_here_does_not_have(own: Path, library: Path) -> None:
    written(own, "template: ours\n")
    assert "no template “ours”. It has: after-action" in done("config", "check").stderr
    (library / "templates").mkdir(parents=True)
    (library / "templates" / "ours.yaml").write_text("extends: quick-review\nname: ours\n")
    assert done("config", "check").stderr == "No faults in config.yaml.\n"


@pytest.mark.parametrize("name", ["missing.yaml", "folder", "binary.yaml"])
def test_a_named_file_that_cannot_be_read_is_told_and_stops_nothing(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "binary.yaml").write_bytes(b"\xff\xfe\x00")
    monkeypatch.setenv("LRTUI_CONFIG", str(tmp_path / name))
    result = lrtui("config", "check")
    assert (result.exit_code, name in result.stderr) == (1, True)
    told = done("keys")
    assert told.stderr.startswith(f"{name} ")
    assert told.stderr.endswith("; everything is as it ships.\n")


def test_edit_makes_a_file_that_explains_everything_and_opens_it(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "not this one")
    monkeypatch.setenv("VISUAL", editor(tmp_path, f'echo "$@" >{tmp_path}/asked; echo "theme: light" >>"$2"'))
    assert done("config", "edit").stderr == "No faults in config.yaml.\n"
    assert (tmp_path / "asked").read_text() == f"--wait {own}\n"
    assert read_settings(own.read_text()).settings == Settings(theme=Theme.LIGHT)
    assert all(command.name in own.read_text() for command in COMMANDS)
    assert stat.S_IMODE(own.stat().st_mode) == 0o600


def test_edit_leaves_a_file_that_is_there_as_it_is_and_tells_its_faults(
    own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(own, "them: light\n")
    monkeypatch.setenv("EDITOR", editor(tmp_path, ":"))
    result = lrtui("config", "edit")
    assert result.exit_code == 1
    assert result.stdout == f'{own}:1:1: there is no setting "them"; did you mean "theme"?\n'
    assert own.read_text() == "them: light\n"


@pytest.mark.parametrize(
    ("wished", "told"),
    [
        ("no-such-editor -w", "“no-such-editor” was not found"),
        ("false", "ended with status 1"),
        ("'vi", "cannot be understood"),
    ],
)
def test_an_editor_that_fails_is_told_in_a_sentence(
    own: Path, monkeypatch: pytest.MonkeyPatch, wished: str, told: str
) -> None:
    monkeypatch.setenv("EDITOR", wished)
    result = lrtui("config", "edit")
    assert result.exit_code == 1
    assert result.stderr.startswith("lrtui: ")
    assert told in result.stderr
    assert result.stderr.endswith(f" ({own})\n")
    assert own.is_file()


def test_without_an_editor_one_is_looked_for(own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "No editor was found" in lrtui("config", "edit").stderr
    program = tmp_path / USUAL[-1]
    program.write_text('#!/bin/sh\necho "bell: on" >"$1"\n')
    program.chmod(0o700)
    done("config", "edit")
    assert own.read_text() == "bell: on\n"


def test_keys_prints_ones_own(own: Path) -> None:
    written(own, "keys: {next: f7, previous: f8, skip: f10}\n")
    lines = done("keys").stdout.splitlines()
    assert [line.split()[0] for line in lines if BY_NAME["next"].help in line] == ["F7"]
    assert [line.split()[:2] for line in lines if BY_NAME["skip"].help in line] == [["F10", "/skip"]]
    told = {command["name"]: command["key"] for command in json.loads(done("keys", "--json").stdout)}
    assert (told["next"], told["skip"], told["close"]) == ("f7", "f10", "f9")


def test_faults_are_told_where_something_depends_on_the_settings_and_nowhere_else(own: Path, library: Path) -> None:
    written(own, "prefixes: {decision: [so:, '@']}\n")
    told = done("new", "--no-open", "--title", "Slow checkout")
    assert told.stderr.startswith("config.yaml has a fault in line 1: ")
    assert told.stdout.strip() == next((library / "reviews").glob("*/*")).name
    assert done("note", "slow", "d: roll back").stderr.startswith("config.yaml has a fault in line 1: ")
    for verb in (["list"], ["show", "slow"], ["export", "slow", "-o", "-"], ["templates"], ["where"]):
        assert done(*verb).stderr == "", verb
    assert "- roll back" in done("show", "slow").stdout


@pytest.mark.usefixtures("library")
def test_lines_are_noted_with_ones_own_prefixes(own: Path) -> None:
    begun()
    written(own, 'prefixes: {decision: ["so:"]}\n')
    done("note", "slow", "so: roll back", "d: stays text")
    shown = json.loads(done("export", "slow", "--format", "json", "-o", "-").stdout)
    assert [(entry["kind"], entry["text"]) for entry in shown["entries"]] == [
        ("decision", "roll back"),
        ("note", "d: stays text"),
    ]


@pytest.mark.usefixtures("library")
def test_a_new_review_begins_with_ones_own_template(own: Path) -> None:
    written(own, "template: quick-review\n")
    begun()
    begun("--template", "near-miss", "--title", "Other")
    begun("--solo", "--title", "Alone")
    listed = json.loads(done("list", "--json").stdout)
    assert {row["title"]: row["template"] for row in listed} == {
        "Slow checkout": "quick-review",
        "Other": "near-miss",
        "Alone": "write-up",
    }


@pytest.mark.usefixtures("library")
def test_where_ones_own_template_cannot_be_had_a_review_begins_all_the_same(own: Path) -> None:
    written(own, "template: ours\n")
    result = done("new", "--no-open", "--title", "Slow checkout")
    assert result.stderr == "The template “ours” of your settings cannot be had here; this is learning-review.\n"
    assert json.loads(done("list", "--json").stdout)[0]["template"] == "learning-review"
    refused = lrtui("new", "--no-open", "--template", "ours")
    assert (refused.exit_code, "no template “ours”" in refused.stderr) == (1, True)
