"""Actions of all reviews on the command line."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from lrtui.cli.actions import actions as verb
from lrtui.desk import Desk
from lrtui.review.model import State
from lrtui.store.library import Library
from tests.cli.running import begun, done, lrtui

if TYPE_CHECKING:
    from pathlib import Path

    from lrtui.review.model import Action

PEOPLE = ("--person", "Ana Lima: responder, payments; Bo Chen: observer, data")


def listed(*words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(done("actions", "--format", "json", *words).stdout)["actions"]
    return found


def texts(*words: str) -> list[str]:
    return [item["text"] for item in listed(*words)]


def handle(text: str) -> str:
    (found,) = [item["id"] for item in listed("--all") if item["text"] == text]
    assert isinstance(found, str)
    return found


def stored(library: Path, text: str) -> Action:
    desk = Desk(Library(library))
    found = [action for review in desk.library.reviews() for action in desk.read(review.path).actions.values()]
    return next(action for action in found if action.text == text)


@pytest.fixture
def two(library: Path) -> Path:
    """Two reviews with actions: one overdue, one due soon, one later, one by default, one without anything."""
    one = begun("--fact", "service=checkout", *PEOPLE)
    lines = ("late @ana due:2026-01-05 team:Payments", "soon @bo @ana due:today", "later @bo due:+30d team:Payments")
    done("note", one, "--step", "actions", *(f"a: {line}" for line in lines))
    other = done("new", "--no-open", "--title", "Disk full").stdout.strip()
    done("note", other, "--step", "actions", "a: usual !low", "a: bare")
    return library


@pytest.mark.usefixtures("two")
def test_what_is_open_stands_by_date_with_its_class_and_what_it_is_called() -> None:
    shown = done("actions").stdout
    blocks = [block.splitlines() for block in shown.rstrip("\n").split("\n\n")]
    assert [block[0] for block in blocks] == ["Overdue (1)", "Due within two days (1)", "Due later (2)", "No date (1)"]
    (late,) = blocks[0][1:]
    called, *words = late.split()
    assert called == handle("late")
    assert " ".join(words[:2]) == "due 2026-01-05,"
    assert "Ana Lima Payments late (Slow checkout" in " ".join(words)
    assert any("due ~" in line and "by default for low" in line for line in blocks[2])


@pytest.mark.usefixtures("two")
def test_lines_fit_the_width_that_is_said_and_are_whole_without_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    whole = done("actions", "--hints").stdout.splitlines()
    assert max(map(len, whole)) > 80
    monkeypatch.setenv("COLUMNS", "60")
    fitted = done("actions", "--hints").stdout.splitlines()
    assert max(map(len, fitted)) <= 60
    assert " ".join(" ".join(fitted).split()) == " ".join(" ".join(whole).split())
    start = next(at for at, line in enumerate(fitted) if line.startswith(f"  {handle('late')}"))
    assert fitted[start + 1].startswith("    "), "what does not fit stands further in"
    for said in ("0", "wide"):
        monkeypatch.setenv("COLUMNS", said)
        assert done("actions", "--hints").stdout.splitlines() == whole


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ([], ["late", "soon", "later", "usual", "bare"]),
        (["--overdue"], ["late"]),
        (["--due"], ["soon"]),
        (["--overdue", "--due"], ["late", "soon"]),
        (["--team", "payments"], ["late", "later"]),
        (["--owner", "ana"], ["late", "soon"]),
        (["--owner", "bo", "--team", "Payments"], ["later"]),
        (["--service", "checkout", "--due"], ["soon"]),
        (["--service", "Check", "--overdue"], ["late"]),
        (["--review", "disk"], ["usual", "bare"]),
        (["--untouched"], []),
        (["--soak"], []),
    ],
)
def test_what_is_asked_for_combines(words: list[str], found: list[str]) -> None:
    assert sorted(texts(*words)) == sorted(found)


@pytest.mark.usefixtures("two")
def test_the_status_of_a_check_tells_whether_something_that_is_listed_is_overdue() -> None:
    assert lrtui("actions", "--check").exit_code == 3
    assert lrtui("actions", "--owner", "bo", "--check").exit_code == 0
    assert lrtui("actions", "--check", "--format", "ics").exit_code == 3
    done("action", handle("late"), "done")
    assert lrtui("actions", "--check").exit_code == 0
    assert lrtui("actions", "--all", "--check").exit_code == 0


@pytest.mark.usefixtures("two")
def test_nothing_that_is_such_is_a_sentence_and_no_failure() -> None:
    result = done("actions", "--owner", "ana", "--team", "Payments", "--due")
    assert (result.stdout, result.stderr) == ("", "None of the 5 actions is such.\n")
    for option, asked, told in (
        ("--owner", "zoe", "of somebody called “zoe”; known are Ana Lima, Bo Chen."),
        ("--owner", "bo chan", "of somebody called “bo chan”; did you mean “Bo Chen”?"),
        ("--team", "paymnets", "of a team “paymnets”; did you mean “Payments”?"),
        ("--service", "heckout", "of a service “heckout”; did you mean “checkout”?"),
    ):
        assert done("actions", option, asked).stderr == f"No action {told}\n"
    assert listed("--owner", "zoe") == []


@pytest.mark.usefixtures("library")
def test_a_library_that_is_not_there_has_no_actions() -> None:
    result = done("actions")
    assert (result.stdout, result.stderr) == ("", "There are no open actions.\n")
    assert done("actions", "--format", "csv").stdout.count("\n") == 1


def test_an_action_is_settled_with_what_is_said_and_stays_so(two: Path) -> None:
    for text, words, state, reason in (
        ("late", ["done", "seen", "in", "the", "game", "day"], State.DONE, "seen in the game day"),
        ("soon", ["not", "doing", "it is being retired"], State.NOT_DOING, "it is being retired"),
        ("later", ["moved", "OPS-12"], State.MOVED, "OPS-12"),
        ("usual", ["doing"], State.DOING, ""),
    ):
        result = done("action", handle(text), *words)
        assert result.stdout == ""
        assert f"{state.value}" in result.stderr
        assert text in result.stderr
        action = stored(two, text)
        assert (action.state, action.reason) == (state, reason)
    assert sorted(texts()) == ["bare", "usual"]
    assert len(texts("--all")) == 5


def test_a_done_without_words_is_accepted_and_asked_about(two: Path) -> None:
    result = done("action", handle("late"), "done")
    assert "How do we know that it is done?" in result.stderr
    assert stored(two, "late").state is State.DONE
    done("action", handle("late"), "done", "the alarm rang")
    assert stored(two, "late").reason == "the alarm rang"


def test_a_date_an_owner_and_a_team_are_changed_in_the_same_way(two: Path) -> None:
    called = handle("late")
    done("action", called, "^2026-12-24")
    done("action", called, "@bo")
    done("action", called, "team:Data")
    action = stored(two, "late")
    assert (str(action.due), action.team, len(action.owners)) == ("2026-12-24", "Data", 1)
    done("action", called, "still")
    assert stored(two, "late").looked is not None


def test_several_settings_at_once_are_made_and_a_date_that_has_passed_is_told(two: Path) -> None:
    result = done("action", handle("soon"), "@bo", "^2020-01-01", "team:Data")
    assert result.stderr.endswith("That day has passed: it is overdue.\n")
    action = stored(two, "soon")
    assert (str(action.due), action.team, len(action.owners)) == ("2020-01-01", "Data", 1)
    assert "passed" not in done("action", handle("soon"), "@ana").stderr
    done("action", handle("soon"), "drop", "it is retired")
    assert "needs no other date" in lrtui("action", handle("soon"), "^fri").stderr


@pytest.mark.usefixtures("two")
@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nowhere-1", "done"], "There is no review “nowhere”"),
        (["slow-9", "done"], "There is no action 9 in that review. It has 1, 2, 3."),
        (["slow-9"], "There is no action 9 in"),
        (["slow-1", "perhaps"], "“perhaps” is no state of an action"),
        (["slow-1", "not", "doing"], "Say why"),
        (["7"], "“7” is no action."),
    ],
)
def test_what_cannot_be_done_is_one_sentence_and_status_one(words: list[str], told: str) -> None:
    result = lrtui("action", *words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("lrtui: ")
    assert told in result.stderr


def test_an_action_of_a_review_that_is_open_elsewhere_is_left_alone(two: Path) -> None:
    called = handle("late")
    session = Desk(Library(two)).open("slow")
    result = lrtui("action", called, "done")
    session.close()
    assert result.exit_code == 1
    assert "open elsewhere" in result.stderr
    assert stored(two, "late").state is State.OPEN


@pytest.mark.usefixtures("two")
def test_an_action_without_words_is_shown_with_what_may_keep_it_from_being_done() -> None:
    shown = done("action", handle("bare")).stdout
    assert "action    bare" in shown
    for what in ("no owner", "no team", "no date"):
        assert what in shown


@pytest.mark.usefixtures("two")
def test_hints_stand_below_each_action_and_in_nothing_that_is_made_for_others() -> None:
    assert "      no owner: Nobody owns it." in done("actions", "--hints").stdout
    assert "Nobody owns it" not in done("actions").stdout
    formats = next(option.type for option in verb.params if option.name == "form")
    for form in ("md", "csv", "ics", "github", "gitlab", "jira"):
        assert form in str(formats)
        assert "Nobody owns it" not in done("actions", "--format", form).stdout
        assert lrtui("actions", "--hints", "--format", form).exit_code == 2


@pytest.mark.usefixtures("two")
def test_a_calendar_has_the_line_ends_of_its_format() -> None:
    from click.testing import CliRunner

    from lrtui.cli.main import cli

    data = CliRunner().invoke(cli, ["actions", "--format", "ics"], prog_name="lrtui").stdout_bytes
    assert data.endswith(b"\r\n")
    assert data.count(b"\r\n") == data.count(b"\n") >= 6
    rows = list(csv.DictReader(io.StringIO(done("actions", "--format", "csv").stdout)))
    assert [row["action"] for row in rows] == texts()


def test_a_library_says_for_itself_what_is_usual_and_its_faults_are_told(two: Path) -> None:
    (two / "lrtui.yaml").write_text("team: Storefront\ndue:\n  low: 1 day\n")
    (usual,) = [item for item in listed() if item["text"] == "usual"]
    assert (usual["team"], usual["team_by_default"], usual["due_by_default"]) == ("Storefront", True, True)
    (two / "lrtui.yaml").write_text("tema: Storefront\n")
    result = done("actions")
    assert 'lrtui.yaml, line 1: a library has no setting "tema"; did you mean "team"?' in result.stderr
    assert stored(two, "usual").due is None, "it is told, and never written"


@pytest.mark.usefixtures("two")
def test_by_team_the_figures_are_told_and_by_owner_nothing_is_counted() -> None:
    done("action", handle("late"), "done", "seen")
    assert "1 open · 1 done, usually after 0 days, too few to go by" in done("actions", "--by", "team").stdout
    by_owner = done("actions", "--by", "owner").stdout
    assert "Bo Chen\n" in by_owner
    assert "(1)" not in by_owner
    assert json.loads(done("actions", "--by", "team", "--format", "json").stdout)["teams"][0]["name"] == "Payments"
    assert done("actions", "--format", "md").stdout.startswith("# Actions on ")
    assert " open · " not in done("actions", "--by", "team", "--owner", "bo").stdout


@pytest.mark.usefixtures("two")
def test_the_figures_of_a_team_are_of_all_its_actions_whatever_is_listed() -> None:
    done("note", "slow", "a: one more @ana team:Payments due:+4w")
    whole = next(line for line in done("actions", "--by", "team").stdout.splitlines() if " open · " in line)
    part = next(line for line in done("actions", "--by", "team", "--overdue").stdout.splitlines() if " open · " in line)
    assert part == whole


def test_private_lines_are_in_no_format(two: Path) -> None:
    done("note", "slow", "// zebra @ana #zebra")
    assert two.exists()
    for form in ("text", "md", "csv", "json", "ics", "github", "gitlab", "jira"):
        assert "zebra" not in done("actions", "--all", "--format", form).output


def test_hostile_words_reach_no_terminal(library: Path) -> None:
    name = begun()
    done("note", name, "--step", "actions", "a: \x1b]52;c;aGk=\x07 rm \u202e=1+1 due:today")
    assert library.exists()
    for form in ("text", "md", "csv", "json", "ics", "github", "gitlab", "jira"):
        shown = done("actions", "--format", form).output
        assert "rm" in shown
        assert not {"\x1b", "\x07", "\u202e"} & set(shown), form
    assert "\x1b" not in done("action", handle(texts()[0])).output
