"""What a person sees before a review goes out to others, and what it takes to let it go."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from lrtui.cli.main import cli
from tests.cli.running import begun, done, lrtui

PEOPLE = ("--person", "Ana Lima: responder, payments", "--person", "Mark: observer")
TEAM = ("-o", "-")
PUBLIC = ("--audience", "public", "-o", "-")


@pytest.fixture(autouse=True)
def _here(library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def risky() -> str:
    """Begin a review with names and something that looks like a secret."""
    name = begun(*PEOPLE)
    done("note", name, "14:05 Ana's laptop asked 10.2.3.4 @ana", "14:06 Mark it password=hunter2")
    return name


def test_the_team_gets_what_it_always_got_unasked() -> None:
    name = risky()
    told = done("export", name, *TEAM)
    assert told.stderr == ""
    assert told.stdout == done("export", name, *TEAM, "--audience", "team").stdout == done("show", name).stdout
    assert "Ana's laptop" in told.stdout
    assert "audience" not in told.stdout


def test_for_the_public_every_replacement_is_shown_beside_the_text_without_names() -> None:
    name = begun(*PEOPLE)
    done("note", name, "14:05 Ana and ana ring Mark @ana", "Mark it as done")
    told = done("export", name, *PUBLIC)
    assert "responder 1 and responder 1 ring observer 1 | responder 1 |" in told.stdout
    assert "Ana" not in told.stdout
    assert told.stderr.splitlines() == [
        f"{name}: 5 replacements",
        "  “Ana Lima” → responder 1, people beside lines",
        "  “Ana” → responder 1, event",
        "  “ana” → responder 1, event",
        "  “Mark” → observer 1, event: “Ana and ana ring Mark”",
        "  “Mark” → observer 1, note: “Mark it as done”",
    ]
    assert done("show", name, "--audience", "public").stdout == told.stdout
    assert done("show", name, "--audience", "public").stderr == told.stderr


def test_a_word_that_is_no_name_is_kept() -> None:
    name = begun(*PEOPLE)
    done("note", name, "n: Mark it as done, Ana")
    assert "Mark it as done, responder 1" in done("export", name, *PUBLIC, "--keep", "mark").stdout


@pytest.mark.parametrize("audience", ["org", "public"])
@pytest.mark.parametrize("form", ["md", "json", "csv"])
def test_a_possible_secret_is_refused_shown_masked_and_goes_out_with_a_yes(audience: str, form: str) -> None:
    name = risky()
    words = ("export", name, "--audience", audience, "--format", form, "-o", "out")
    refused = lrtui(*words)
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert not Path("out").exists()
    *_, count, address, password, last = refused.stderr.splitlines()
    assert count == f"{name}: 2 possible secrets"
    assert address.startswith("  a private address, event: ")
    assert password.startswith("  a password or token, event: ")
    assert "hunter2" not in refused.stderr
    assert "10.2.3.4" not in refused.stderr
    assert last == (
        "lrtui: Nothing was written: 2 places above may tell a secret. "
        "Change the lines, or say yes with --accept-risks."
    )
    done(*words, "--accept-risks")
    assert "hunter2" in Path("out").read_text("utf-8")


@pytest.mark.parametrize(("answer", "status"), [("y\n", 0), ("n\n", 1), ("\n", 1)])
def test_at_a_terminal_the_yes_is_asked_for(answer: str, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    name = risky()
    monkeypatch.setattr("lrtui.cli.risks._is_answered", lambda: True)
    result = CliRunner().invoke(cli, ["export", name, *PUBLIC], input=answer, prog_name="lrtui")
    assert result.exit_code == status
    assert "Write it with 2 possible secrets in it? [y/N]" in result.stderr
    assert ("password=hunter2" in result.stdout) is (status == 0)


def test_a_preview_writes_nothing_and_looks_for_secrets_for_the_team_too() -> None:
    name = risky()
    told = done("export", name, "--preview", "--audience", "public")
    assert told.stderr == ""
    assert "“Ana” → responder 1" in told.stdout
    assert "2 possible secrets" in told.stdout
    assert done("export", name, "--preview").stdout.splitlines()[0] == f"{name}: 2 possible secrets"
    assert not [path for path in Path().iterdir() if path.is_file()]
    plain = done("new", "--no-open", "--title", "Plain").stdout.strip()
    assert done("export", plain, "--preview").stdout == "Nothing would be replaced, and nothing looks like a secret.\n"


def test_a_file_for_others_says_so_in_its_name_and_has_no_name_in_it() -> None:
    name = done("new", "--no-open", "--title", "Ana broke it", *PEOPLE).stdout.strip()
    tail = name.rpartition("-")[2]
    day = name[:10]
    assert done("export", name, "--audience", "public").stdout == f"{day}-responder-1-broke-it-{tail}.public.md\n"
    assert done("export", name, "--audience", "org", "--format", "json").stdout == f"{name}.org.json\n"
    assert json.loads(Path(f"{name}.org.json").read_text("utf-8"))["participants"][0] == {
        "handle": "",
        "name": "",
        "role": "responder",
        "team": "",
        "presence": "present",
        "duties": {},
    }
    assert done("export", name).stdout == f"{name}.md\n"


def test_who_is_on_another_roster_or_was_taken_off_this_one_is_somebody() -> None:
    name = begun(*PEOPLE)
    done("new", "--no-open", "--title", "Another", "--person", "Chi Okafor: responder")
    done("note", name, "n: Chi and Ana wrote to okafor@example.com")
    assert "somebody and responder 1 wrote to somebody" in done("show", name, "--audience", "public").stdout


def test_nothing_is_asked_where_standard_input_is_no_terminal() -> None:
    assert not sys.stdin.isatty()
    assert lrtui("export", risky(), *PUBLIC).exit_code == 1


def test_a_file_for_the_public_is_not_replaced_by_the_teams_text_unasked() -> None:
    name = begun(*PEOPLE)
    done("note", name, "14:05 Ana rolled back")
    done("export", name, "--audience", "public", "-o", "pub.md")
    refused = lrtui("export", name, "-o", "pub.md")
    assert refused.exit_code == 1
    assert "--force" in refused.stderr
    assert "Ana" not in Path("pub.md").read_text("utf-8")
    done("note", name, "14:06 Ana saw it end")
    done("export", name, "--audience", "public", "-o", "pub.md")
