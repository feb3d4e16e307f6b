"""The documents are true: what they name is there, what they show works, what they list is complete."""

from __future__ import annotations

import dataclasses
import os
import re
import shlex
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from xml.parsers import expat

import click
import pytest
from markdown_it import MarkdownIt
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

import lrtui
from docs.drawing import HEIGHT, WIDTH, Drawing
from docs.screens import THEMES, names, readme
from lrtui.cli.main import cli
from lrtui.commands import BY_NAME, COMMANDS, Scope, forms, spell_key
from lrtui.desk import shipped_templates
from lrtui.review import template_text
from lrtui.review.capture import PREFIXES
from lrtui.review.followup import Customs
from lrtui.review.model import (
    Action,
    Entry,
    Feedback,
    Head,
    Intention,
    Kind,
    Moment,
    Participant,
    Review,
    StepState,
    Vote,
)
from lrtui.review.template import SECTIONS, Template
from lrtui.settings.library import read_library
from lrtui.settings.text import read_settings
from lrtui.settings.values import Settings
from lrtui.store.journal import Fold, read_journals
from lrtui.store.library import Library
from lrtui.store.undo import stacks
from tests.app.looking import STATES
from tests.cli.running import begun, done

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from markdown_it.token import Token

ROOT = Path(__file__).parent.parent
OURS = (
    "README.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "docs/architecture.md",
    "docs/scripting.md",
    "docs/templates.md",
    "docs/screens/README.md",
)
PICTURES = ("room.svg", "room-light.svg")
SCREENS = ROOT / "docs" / "screens"
RENEW = "The program shows something else by now: run `make docs`."


@cache
def tokens(name: str) -> tuple[Token, ...]:
    """Return the tokens of a document, those within lines of text among them."""
    found = MarkdownIt("commonmark").enable("table").parse((ROOT / name).read_text("utf-8"))
    return tuple(part for token in found for part in (token, *(token.children or ())))


def blocks(name: str, language: str) -> list[str]:
    """Return the code blocks of a document in a language."""
    return [token.content for token in tokens(name) if token.type == "fence" and token.info == language]


def codes(name: str) -> set[str]:
    """Return what stands in code spans."""
    return {token.content for token in tokens(name) if token.type == "code_inline"}


def table(name: str, heading: str) -> list[tuple[str, ...]]:
    """Return the rows of the table whose first column has that heading, as a reader sees them."""
    found = MarkdownIt("commonmark").enable("table").parse((ROOT / name).read_text("utf-8"))
    rows: list[list[str]] = []
    for token in found:
        if token.type == "table_open":
            rows = []
        elif token.type == "tr_open":
            rows.append([])
        elif token.type == "inline" and rows:
            rows[-1].append("".join(part.content for part in token.children or ()))
        elif token.type == "table_close" and rows[0][0] == heading:
            return [tuple(row) for row in rows[1:]]
    raise AssertionError(f"{name} has no table of {heading}")


def anchors(name: str) -> set[str]:
    """Return what the headings of a document are called in links."""
    text = (ROOT / name).read_text("utf-8")
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links(name: str) -> Iterator[str]:
    """Yield what a document links to and which pictures it shows."""
    for token in tokens(name):
        target = token.attrGet("href") or token.attrGet("src")
        if target:
            yield str(target)


@pytest.mark.parametrize("name", OURS)
def test_what_a_document_links_to_is_there(name: str) -> None:
    for target in links(name):
        path, _, anchor = target.partition("#")
        assert not path or (ROOT / name).parent.joinpath(path).is_file(), target
        assert not anchor or anchor in anchors(str(Path(name).parent / path) if path else name), target


def commands(lines: Iterable[str]) -> list[tuple[str, ...]]:
    """Return the words after `lrtui` in each of the lines, also where they stand in a pipe."""
    parts = (part for line in lines if "lrtui " in line for part in re.split(r"\||>", line))
    split = (shlex.split(part, comments=True) for part in parts)
    return sorted({tuple(words[1:]) for words in split if words[:1] == ["lrtui"]})


IN_BLOCKS = "".join(block for name in OURS for block in blocks(name, "sh")).replace("\\\n", " ").splitlines()
IN_WORDS = [code for name in OURS for code in codes(name) if not code.startswith("lrtui VERB")]


def meant(words: Sequence[str]) -> tuple[click.Context, list[str]]:
    """Return the verb that is meant, in its context, and the words that it is given."""
    context, rest = click.Context(cli, info_name="lrtui"), list(words)
    while rest and isinstance(context.command, click.Group):
        rest = context.command.make_parser(context).parse_args(args=rest)[1]
        if rest:
            name, verb, rest = context.command.resolve_command(context, rest)
            assert verb is not None
            context = click.Context(verb, parent=context, info_name=name)
    return context, rest


@pytest.mark.parametrize("words", commands(IN_BLOCKS), ids=" ".join)
def test_every_command_line_shown_is_understood(words: Sequence[str]) -> None:
    context, rest = meant(words)
    context.command.parse_args(context, rest)


@pytest.mark.parametrize("words", commands(IN_WORDS), ids=" ".join)
def test_every_verb_and_option_spoken_of_is_there(words: Sequence[str]) -> None:
    context, rest = meant(words)
    options = {name for param in context.command.params for name in param.opts} | {"--help"}
    assert {word for word in rest if word.startswith("-")} <= options


def test_the_examples_of_the_command_line_work_one_after_another(tmp_path: Path, home: Path) -> None:
    script = next(block for block in blocks("README.md", "sh") if "--no-open" in block)
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "lrtui"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m lrtui "$@"\n')
    program.chmod(0o755)
    environment = {**os.environ, "PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        ["sh", "-eu"], input=script, capture_output=True, text=True, cwd=tmp_path, env=environment, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert "- [ ] limit the retries — **Bo Nguyen** (platform)" in (tmp_path / "checkout.md").read_text("utf-8")
    assert home in next(home.rglob("*.jsonl")).parents


def test_the_recipe_for_a_template_of_ones_own_works_as_written(tmp_path: Path, home: Path) -> None:
    script = next(block for block in blocks("README.md", "sh") if "templates/ours.yaml" in block)
    assert home.is_dir()
    (tmp_path / "templates").mkdir()
    (tmp_path / "lrtui.yaml").touch()
    lines = script.replace("lrtui new", "lrtui new --no-open")
    shim = f'lrtui() {{ "{sys.executable}" -m lrtui "$@"; }}\n'
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(
        ["sh", "-e", "-c", shim + lines], cwd=tmp_path, env=env, capture_output=True, text=True, timeout=60, check=False
    )
    assert (ran.returncode, "No faults in 1 file" in ran.stderr) == (0, True), ran.stderr
    name = ran.stdout.splitlines()[-1]
    show = [sys.executable, "-m", "lrtui", "show", name]
    told = subprocess.run(show, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=60, check=True)
    assert 'template: "ours"' in told.stdout


def test_the_script_that_is_shown_reads_writes_and_undoes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LRTUI_LIBRARY", str(tmp_path / "library"))
    name = begun("--tag", "payments")
    done("note", name, "a: raise the limit #db ref:OPS-12", "a: write it down #db", "p: lunch", "14:05 rolled back")
    script = "".join(blocks("docs/scripting.md", "python"))
    ran = subprocess.run(
        [sys.executable, "-"],
        input=script,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    head, *found, undone = ran.stdout.splitlines()
    assert head == "Slow checkout · draft"
    assert [line.partition(" ")[2] for line in found] == ["raise the limit", "write it down"]
    assert undone == "undone: edit"
    shown = done("show", name).stdout
    assert "- [x] raise the limit" in shown
    assert "The graphs are kept until May." in shown
    assert "lunch" in shown, "what was removed last is back"
    folder = Library(tmp_path / "library").resolve(name)
    journals = {path.stem: path.read_text("utf-8") for path in folder.glob("*.jsonl")}
    assert '"do": "close what is merged"' in journals.pop("nightly")
    (own,) = journals.values()
    assert "OPS-12" in own
    assert "merged" not in own


def test_every_table_that_is_told_of_is_one_and_every_field_is_read() -> None:
    rows = table("docs/scripting.md", "Table")
    fields = {field.name for field in dataclasses.fields(Review)}
    assert {name for name, _, _ in rows} == {"review", *fields - {"head"}}
    kinds = {"review": Head, "participants": Participant, "steps": StepState, "entries": Entry, "actions": Action}
    kinds |= {"moments": Moment, "feedback": Feedback, "votes": Vote, "intentions": Intention}
    for name, _, told in rows:
        known = {field.name for field in dataclasses.fields(kinds[name])}
        assert {word.partition(".")[0] for word in told.split(", ")} <= known, name


def test_what_make_is_told_to_do_it_can_do() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^(\w+):", makefile, re.MULTILINE))
    shown = "\n".join(line for name in OURS for line in [*blocks(name, "sh"), *codes(name)])
    asked = set(re.findall(r"^make (?:\w+=\S+ )*(\w+)(?![\w=])", shown, re.MULTILINE))
    offered = set(re.findall(r'@echo "make (\w+)', makefile))
    assert {"run", "demo", "check", "docs"} <= asked
    assert asked | offered <= targets


def test_the_readme_tells_all_that_may_be_typed_on_the_capture_line() -> None:
    assert table("README.md", "Write") == list(forms(PREFIXES, BY_NAME["complete"].way)), RENEW


def test_the_readme_tells_every_key_and_every_slash_word() -> None:
    rows = [(key, slash, what) for key, slash, what, _ in table("README.md", "Key")]
    expected = [
        (
            spell_key(command.key) if command.key else "",
            f"/{command.slash} {command.takes}".strip() if command.slash else "",
            command.help,
        )
        for command in COMMANDS
    ]
    assert rows == expected, RENEW


def test_the_readme_tells_where_each_key_works() -> None:
    places = [where for *_, where in table("README.md", "Key")]
    everywhere = {"everywhere": ", ".join(Scope)}
    assert [sorted(everywhere.get(where, where).split(", ")) for where in places] == [
        sorted(command.scopes) for command in COMMANDS
    ], RENEW


def test_the_readme_tells_every_template_that_ships() -> None:
    loaded = {name: template_text.load(path.read_text("utf-8")) for name, path in shipped_templates().items()}
    expected = [(name, str(found.minutes or "no clock"), found.about) for name, found in loaded.items()]
    assert table("README.md", "Template") == expected, RENEW


def test_the_readme_names_every_verb() -> None:
    shown = (ROOT / "README.md").read_text("utf-8")
    assert [name for name in cli.commands if f"lrtui {name}" not in shown] == []


def shipped(name: str) -> Template | None:
    """Find a template that ships."""
    path = shipped_templates().get(name)
    return template_text.load(path.read_text("utf-8"), source=name) if path else None


OF_THE_LIBRARY, OF_A_PERSON = blocks("README.md", "yaml")


def test_settings_that_are_shown_have_no_faults_and_set_all_but_what_nothing_reads_yet() -> None:
    found = read_settings(OF_A_PERSON)
    assert found.faults == ()
    assert {str(path[0]) for path in found.lines if path} == set(Settings.__dataclass_fields__) - {"hints"}


def test_settings_of_a_library_that_are_shown_have_no_faults_and_set_all_there_is() -> None:
    found = read_library(OF_THE_LIBRARY)
    assert found.faults == ()
    assert [now for now, usual in zip(found.customs, Customs(), strict=True) if now == usual] == []


@pytest.mark.parametrize("text", blocks("docs/templates.md", "yaml"))
def test_a_template_that_is_shown_has_no_faults(text: str) -> None:
    assert template_text.load(text, parents=shipped).steps


def test_every_key_kind_and_section_of_a_template_is_explained() -> None:
    explained = codes("docs/templates.md")
    sources = [shipped(name) for name in shipped_templates()]
    used = {key for source in sources if source for key in _keys(source.plain())}
    assert used | {"extends", "drop"} | set(Kind) | set(SECTIONS) <= explained


def _keys(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        for item in value.values():
            yield from _keys(item)
    elif isinstance(value, list):
        for item in value:
            yield from _keys(item)


def test_the_journal_that_is_shown_is_one() -> None:
    text = next(iter(blocks("docs/architecture.md", "json")))
    read = read_journals([("ana-3f9c.jsonl", text.encode())])
    assert (read.unread, read.newer) == ([], False)
    (entry,) = Fold(read.groups).shown["entries"].values()
    assert entry["text"] == "pager rings"
    undoable, redoable = stacks(read.groups, "ana-3f9c")
    assert ([group.do for group in undoable], [group.do for group in redoable]) == (["add line"], ["edit line"])


def test_every_promise_names_tests_that_there_are() -> None:
    here = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    named = {code for code in codes("docs/architecture.md") if code.startswith("test_")}
    assert len(named) > 20
    assert [name for name in sorted(named) if f"def {name}(" not in here] == []


def test_the_map_of_files_shows_every_file() -> None:
    shown = next(block for block in blocks("docs/architecture.md", "") if "session.py" in block)
    named = re.findall(r"^([\w/]+\.py) ", shown, re.MULTILINE)
    package = ROOT / "lrtui"
    there = {str(path.relative_to(package)) for path in package.rglob("*.py")}
    assert sorted(named) == sorted(path for path in there if not path.endswith("__init__.py"))


def test_the_changelog_tells_of_this_version() -> None:
    newest = re.search(r"^## ([0-9.]+) - \d{4}-\d\d-\d\d$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert newest
    assert newest[1] == lrtui.__version__


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the pictures anew, in a folder of their own: all of the README, and every screen in one theme and size."""
    folder = tmp_path_factory.mktemp("pictures")
    elsewhere = {**os.environ, "TZ": "Asia/Kolkata", "PYTHONHASHSEED": "7"}  # whoever makes them, they are the same
    for words in (["docs.pictures", str(folder)], ["docs.screens", str(folder / "screens"), "dark", "100x30"]):
        subprocess.run([sys.executable, "-m", *words], cwd=ROOT, env=elsewhere, check=True, timeout=100)
    return folder


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_shows_the_program_as_it_is(name: str, fresh: Path) -> None:
    assert (ROOT / "docs" / name).read_bytes() == (fresh / name).read_bytes(), RENEW


def test_the_pictures_of_the_screens_show_the_program_as_it_is(fresh: Path) -> None:
    made = sorted((fresh / "screens").glob("*.svg"))
    assert len(made) == len(STATES)
    changed = [path.name for path in made if (SCREENS / path.name).read_bytes() != path.read_bytes()]
    assert changed == [], RENEW


def test_there_is_a_picture_of_every_state_in_both_themes_and_all_sizes_and_no_other() -> None:
    wanted = {name for state in STATES for name in names(state)}
    assert {path.name for path in SCREENS.glob("*.svg")} == wanted
    assert {f"room-timeline-{theme}-{size}.svg" for theme in THEMES for size in ("60x20", "100x30", "200x50")} <= wanted
    assert (SCREENS / "README.md").read_text("utf-8") == readme(), RENEW
    assert sum(path.stat().st_size for path in SCREENS.iterdir()) < 3_000_000


def elements(picture: str) -> list[tuple[str, dict[str, str], str]]:
    """Return the elements of a picture, each with its attributes and the text in it; it has to be well-formed."""
    found: list[tuple[str, dict[str, str], list[str]]] = []

    def told(text: str) -> None:
        found[-1][2].append(text)

    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, attributes: found.append((name, attributes, []))
    parser.CharacterDataHandler = told
    parser.Parse(picture, True)  # noqa: FBT003 - expat's own
    return [(name, attributes, "".join(texts).rstrip("\n")) for name, attributes, texts in found]


ALL_PICTURES = [*(ROOT / "docs" / name for name in PICTURES), *sorted(SCREENS.glob("*.svg"))]


def test_a_picture_is_well_formed_tells_what_it_is_and_asks_no_server_for_anything() -> None:
    for path in ALL_PICTURES:
        found = elements(path.read_text("utf-8"))
        assert any(name == "title" and text for name, _, text in found), path
        assert {name for name, _, _ in found} == {"svg", "title", "style", "rect", "text"}, path
        assert not any({"href", "src", "style"} & attributes.keys() for _, attributes, _ in found), path
        assert not any("url" in text or "@" in text for name, _, text in found if name == "style"), path


def drawn(strips: Sequence[Strip]) -> list[tuple[int, int, str]]:
    """Return what is drawn of a screen: column and line, and the text there."""
    found = elements(Drawing(strips, "a screen").svg())
    return [
        (int(place["x"]) // WIDTH, int(place["y"]) // HEIGHT, text) for name, place, text in found if name == "text"
    ]


def test_a_text_is_drawn_in_its_columns_and_a_block_as_an_area() -> None:
    style = Style(color="#eeeeee", bgcolor="#111111")
    lines = ["  one <two>   ██ x", "日本 と a▕", "e\u0301 | &"]
    strips = [Strip([Segment(line, style)]) for line in lines]
    assert drawn(strips) == [
        (2, 0, "one <two>"), (17, 0, "x"), (0, 1, "日本"), (5, 1, "と"), (8, 1, "a"), (0, 2, "e\u0301 | &"),
    ]  # fmt: skip
    picture = Drawing(strips, "a screen").svg()
    assert '<rect x="126" y="0" width="18" height="19" fill="#eeeeee"/>' in picture
    assert picture == Drawing(strips, "a screen").svg()
