from __future__ import annotations

import json
from typing import TYPE_CHECKING

from lrtui.desk import Desk, shipped_templates
from lrtui.store.library import Library
from tests.cli.running import done, lrtui

if TYPE_CHECKING:
    from pathlib import Path


def test_templates_lists_all_that_ship_with_their_minutes() -> None:
    listed = done("templates").stdout
    assert [line.split()[0] for line in listed.splitlines()] == list(shipped_templates())
    assert "learning-review  60 min" in listed
    assert "no clock" in listed
    assert done("templates", "list").stdout == listed
    assert {item["name"] for item in json.loads(done("templates", "list", "--json").stdout)} == set(shipped_templates())


def test_the_teams_own_template_takes_the_place_of_one_that_ships(library: Path) -> None:
    (library / "templates").mkdir(parents=True)
    own = library / "templates" / "quick-review.yaml"
    own.write_text("extends: quick-review\nname: quick-review\nabout: Ours.\n")
    assert "the team's  Ours." in done("templates").stdout
    assert done("templates", "show", "quick-review").stdout == own.read_text("utf-8")
    assert done("templates", "check", str(own)).stderr == "No faults in 1 file.\n"


def test_show_prints_a_template_as_it_was_written() -> None:
    shipped = shipped_templates()["near-miss"].read_text("utf-8")
    assert done("templates", "show", "near-miss").stdout == shipped
    missing = lrtui("templates", "show", "near-mess")
    assert missing.exit_code == 1
    assert "near-miss" in missing.stderr


def test_show_prints_all_of_a_template_that_extends_another_on_request(library: Path, tmp_path: Path) -> None:
    (library / "templates").mkdir(parents=True)
    own = library / "templates" / "ours.yaml"
    own.write_text("extends: quick-review\nname: ours\ntitle: Ours\nabout: 14:05 is a text, and so is on.\n")
    whole = tmp_path / "whole.yaml"
    whole.write_text(done("templates", "show", "ours", "--whole").stdout, "utf-8")
    assert "extends" not in whole.read_text("utf-8")
    desk = Desk(Library(library))
    assert desk.template(str(whole)) == desk.template("ours")
    assert desk.template("ours").steps == desk.template("quick-review").steps
    assert done("templates", "check", str(whole)).stderr == "No faults in 1 file.\n"


def test_every_template_that_ships_has_no_faults() -> None:
    files = [str(path) for path in shipped_templates().values()]
    assert done("templates", "check", *files).stderr == f"No faults in {len(files)} files.\n"


def test_check_names_file_line_and_column_of_every_fault(tmp_path: Path) -> None:
    ours = tmp_path / "ours.yaml"
    ours.write_text(
        "name: ours\ntitle: Ours\nsteps:\n  - {key: a, title: A, minutes: soon}\n  - {key: b, colour: red}\n"
    )
    result = lrtui("templates", "check", str(ours))
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert all(line.startswith(f"{ours}:") for line in lines)
    assert any(line.startswith(f"{ours}:4:") for line in lines)
    assert any(line.startswith(f"{ours}:5:") for line in lines)
    assert result.stderr == f"lrtui: {len(lines)} faults in 1 file.\n"


def test_check_tells_every_fault_however_many_and_those_of_what_is_extended(library: Path, tmp_path: Path) -> None:
    ours = tmp_path / "ours.yaml"
    ours.write_text("name: ours\ntitle: Ours\nsteps:\n" + "".join(f"  - {{key: s{n}}}\n" for n in range(30)))
    result = lrtui("templates", "check", str(ours))
    assert len(result.stdout.splitlines()) == 30
    assert result.stderr == "lrtui: 30 faults in 1 file.\n"
    (library / "templates").mkdir(parents=True)
    (library / "templates" / "base.yaml").write_text("name: base\ntitle: Base\nsteps: none\n")
    ours.write_text("extends: base\nname: ours\n")
    (told,) = lrtui("templates", "check", str(ours)).stdout.splitlines()
    assert told.startswith(f'{ours}:1:10: "base" has a fault of its own: base.yaml:3:')


def test_a_template_with_faults_is_listed_as_such(library: Path) -> None:
    (library / "templates").mkdir(parents=True)
    (library / "templates" / "ours.yaml").write_text("name: ours\n")
    (line,) = [line for line in done("templates").stdout.splitlines() if line.startswith("ours ")]
    assert "has faults: lrtui templates check" in line


def test_a_template_shows_no_escape_sequence(library: Path) -> None:
    (library / "templates").mkdir(parents=True)
    (library / "templates" / "ours.yaml").write_text('name: ours # "\x1b[31m"\n')
    assert "\x1b" not in done("templates", "show", "ours").output


def test_a_file_that_is_no_text_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "ours.yaml").write_bytes(b"\xff\xfe\x00")
    result = lrtui("templates", "check", str(tmp_path / "ours.yaml"))
    assert result.exit_code == 1
    assert result.stderr.startswith("lrtui: ")


def test_check_tells_of_a_copy_that_has_kept_the_name_of_the_other(library: Path) -> None:
    (library / "templates").mkdir(parents=True)
    copy = library / "templates" / "ours.yaml"
    text = done("templates", "show", "learning-review").stdout
    copy.write_text(text, "utf-8")
    refused = lrtui("templates", "check", str(copy))
    assert refused.exit_code == 1
    assert '"learning-review" is the name of another template; write "name: ours", as the file' in refused.stdout
    copy.write_text(text.replace("name: learning-review", "name: ours"), "utf-8")
    assert done("templates", "check", str(copy)).stderr == "No faults in 1 file.\n"
