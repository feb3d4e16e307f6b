from __future__ import annotations

import json
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from lrtui.cli import next_template
from lrtui.desk import Desk, shipped_templates
from lrtui.store.library import Library
from tests.cli.running import begun, done, lrtui
from tests.holding import hold

if TYPE_CHECKING:
    from pathlib import Path

NEXT = ("templates", "next", "learning-review")


@pytest.fixture
def held(library: Path) -> Path:
    """Fill the library with reviews whose timeline takes 41 minutes, and which leave a step out."""
    for number in range(5):
        said = ["more time for the timeline"] * 4 if number < 4 else ["quieter room"]
        minutes = {"timeline": 41, "learnings": 5, "actions": 3, "summary": None}
        hold(library, number, minutes, votes=[5, 4, 4, 3] if number < 4 else [1, 2, 1], said=said)
    return library


@pytest.fixture
def at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(next_template, "_is_terminal", lambda: True)


def template(library: Path) -> tuple[int, dict[str, int]]:
    loaded = Desk(Library(library), author="reader", zone="UTC").template("learning-review")
    return loaded.version, {step.key: step.minutes for step in loaded.steps}


def test_in_a_pipe_the_diff_is_printed_with_its_reasons_and_nothing_is_written(held: Path) -> None:
    result = done(*NEXT)
    assert "# 1. Timeline: 33 → 41 minutes\n# It took 41 minutes at the median of 5 reviews." in result.stdout
    assert "-    minutes: 33\n+    minutes: 41\n" in result.stdout
    assert "# 2. Take out “In short”\n# It was left out in 5 of the last 5 reviews." in result.stdout
    assert result.stderr.endswith("Nothing was written. --accept all writes it, --accept 1,3 writes some of it.\n")
    assert list((held / "templates").iterdir()) == []
    assert "more time" not in result.output, "what was said is for the person at a terminal"


@pytest.mark.skipif(shutil.which("patch") is None, reason="the program patch is not here")
def test_the_printed_diff_applies_and_gives_what_would_be_written(held: Path, tmp_path: Path) -> None:
    copy = tmp_path / "learning-review.yaml"
    copy.write_bytes(shipped_templates()["learning-review"].read_bytes())
    diff = done(*NEXT).stdout
    subprocess.run(["patch", "-p1"], cwd=tmp_path, input=diff, text=True, check=True, capture_output=True)
    done(*NEXT, "--accept", "all")
    assert copy.read_text("utf-8") == (held / "templates" / "learning-review.yaml").read_text("utf-8")


def test_some_changes_are_accepted_by_their_numbers(held: Path) -> None:
    before = template(held)[1]
    result = done(*NEXT, "--accept", "2")
    assert result.stdout == f"{held / 'templates' / 'learning-review.yaml'}\n"
    assert template(held) == (2, {key: minutes for key, minutes in before.items() if key != "summary"})
    assert "learning-review is version 2 now, 58 minutes. It is the team's own now." in result.stderr
    assert done("templates", "check", result.stdout.strip()).stderr == "No faults in 1 file.\n"
    assert (
        "version: 2\n    date: " in result.stdout or "version: 2" in done("templates", "show", "learning-review").stdout
    )


def test_what_is_not_a_number_of_a_change_is_wrong_usage(held: Path) -> None:
    for words in ("3", "0", "x", "", "1;2"):
        assert lrtui(*NEXT, "--accept", words).exit_code == 2, words
    assert list((held / "templates").iterdir()) == []


def test_a_dry_run_writes_nothing_whatever_is_accepted(held: Path) -> None:
    told = done(*NEXT, "--accept", "1", "--prompt", "timeline=What told you?", "--dry-run").stdout
    assert "+      - What told you?" in told
    assert "In short" not in told
    assert list((held / "templates").iterdir()) == []


def test_words_of_ones_own_become_prompts_coaching_and_notes(held: Path) -> None:
    options = ["--prompt", "timeline=What told you?", "--coach", "close=Breathe: slowly", "--note", "less theory"]
    done(*NEXT, *options)
    loaded = Desk(Library(held), author="reader", zone="UTC").template("learning-review")
    timeline, close = loaded.step("timeline"), loaded.step("close")
    assert timeline is not None
    assert close is not None
    assert timeline.prompts[-1] == "What told you?"
    assert close.coach.endswith("\nBreathe: slowly")
    assert loaded.changelog[0].changes == (
        "Timeline: a prompt more, “What told you?”",
        "Close: coaching more, “Breathe: slowly”",
        "To weigh: less theory",
    )


@pytest.mark.usefixtures("at_a_terminal")
def test_at_a_terminal_each_change_is_asked_about_and_of_each_suggestion_something_may_be_made(held: Path) -> None:
    typed = "n\ny\nprompt tlak: x\nwhat?\ncoach timeline: Let it take its time\n"
    result = done(*NEXT, given=typed)
    assert result.stdout.index("1. Timeline") < result.stdout.index("2. Take out") < result.stdout.index("Suggestions")
    assert "“more time for the timeline” (4 reviews)" in result.stdout
    assert "quieter" not in result.output, "three have answered there"
    assert "There is no step “tlak”" in result.stderr
    assert "Type note WORDS, prompt STEP: WORDS or coach STEP: WORDS" in result.stderr
    text = (held / "templates" / "learning-review.yaml").read_text("utf-8")
    assert "Let it take its time" in text
    assert "more time for the timeline" not in text
    assert template(held)[1].get("summary") is None


@pytest.mark.usefixtures("at_a_terminal")
def test_who_takes_nothing_or_breaks_off_has_written_nothing(held: Path) -> None:
    assert "is version" not in done(*NEXT, given="n\nn\n\n").stderr
    assert lrtui(*NEXT, given="y\n").exit_code == 1
    assert list((held / "templates").iterdir()) == []


@pytest.mark.usefixtures("at_a_terminal")
def test_a_suggestion_gets_into_the_changelog_only_in_words_of_ones_own(held: Path) -> None:
    result = done(*NEXT, given="n\nn\nnote\nnote a longer timeline\n")
    assert "Put it in your own words" in result.stderr
    text = (held / "templates" / "learning-review.yaml").read_text("utf-8")
    assert "To weigh: a longer timeline" in text
    assert "more time for the timeline" not in text


@pytest.mark.usefixtures("at_a_terminal")
def test_words_that_name_somebody_on_a_roster_do_not_get_into_a_template(held: Path) -> None:
    begun("--person", "Chidi Obi: responder")
    refused = lrtui(*NEXT, "--note", "Chidi should talk less")
    assert (refused.exit_code, list((held / "templates").iterdir())) == (1, [])
    assert "“Chidi” is the name of somebody on a roster" in refused.stderr
    result = done(*NEXT, given="n\nn\ncoach timeline: Ask chidi less\ncoach timeline: Ask each less\n")
    assert "“chidi” is the name of somebody on a roster" in result.stderr
    assert "chidi" not in (held / "templates" / "learning-review.yaml").read_text("utf-8").casefold()


def test_a_step_is_named_by_its_title_as_well_as_by_its_key(held: Path) -> None:
    done(*NEXT, "--prompt", "Timeline=What told you?", "--coach", "in short=Breathe")
    loaded = Desk(Library(held), author="reader", zone="UTC").template("learning-review")
    timeline, short = loaded.step("timeline"), loaded.step("summary")
    assert timeline is not None
    assert short is not None
    assert timeline.prompts[-1] == "What told you?"
    assert short.coach.endswith("Breathe")


def test_the_next_version_is_made_of_the_last_and_the_old_one_is_kept(held: Path) -> None:
    done(*NEXT, "--accept", "1")
    result = done(*NEXT, "--note", "less theory")
    assert "The old one is kept as .old/learning-review-v2.yaml." in result.stderr
    assert template(held)[0] == 3
    assert "version: 2\n" in (held / "templates" / ".old" / "learning-review-v2.yaml").read_text("utf-8")
    assert "version 3: no reviews. At least 5 have to be done" in done(*NEXT).stderr


def test_json_has_each_change_with_its_diff_and_only_the_number_of_suggestions(held: Path) -> None:
    told = json.loads(done(*NEXT, "--json").stdout)
    assert (told["template"], told["version"], told["reviews"], told["suggestions"]) == ("learning-review", 1, 5, 1)
    assert [change["kind"] for change in told["changes"]] == ["minutes", "drop"]
    assert told["changes"][0]["moves"] == {"timeline": 8, "learnings": -3, "actions": -3}
    assert "+    minutes: 41" in told["changes"][0]["diff"]
    assert "+version: 2" in told["diff"]
    assert list((held / "templates").iterdir()) == []


def test_a_template_that_nobody_has_used_is_told_of_and_no_other_can_be_named(library: Path) -> None:
    result = done("templates", "next", "near-miss")
    assert result.stderr == (
        "near-miss, version 1: no reviews. At least 5 have to be done before they suggest a change.\n"
    )
    assert not library.exists()
    missing = lrtui("templates", "next", "near-mess")
    assert missing.exit_code == 1
    assert "There is no template “near-mess”. There are: after-action" in missing.stderr


def test_a_template_with_the_line_ends_of_windows_gets_a_next_version_with_the_same(held: Path) -> None:
    shown = done("templates", "show", "learning-review").stdout
    path = held / "templates" / "ours.yaml"
    path.write_bytes(shown.replace("name: learning-review", "name: ours").replace("\n", "\r\n").encode())
    done("templates", "next", "ours", "--prompt", "welcome=What told you?")
    written = path.read_bytes()
    assert b"version: 2\r\n" in written
    assert written.count(b"\n") == written.count(b"\r\n")
