from __future__ import annotations

import errno
import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrtui.cli.exporting import export
from lrtui.cli.reviews import _typed
from lrtui.clipboard import Outcome
from lrtui.desk import Desk
from lrtui.review import arrange, closing, feedback, intents, intents_room
from lrtui.review.model import Action, Entry, Kind, Review, Status
from lrtui.store.library import Library
from tests.cli.running import begun, done, lrtui

if TYPE_CHECKING:
    from lrtui.session import Session

ESCAPE = "\x1b]52;c;aGk=\x07"


def read(library: Path, name: str) -> Review:
    desk = Desk(Library(library))
    return desk.read(desk.library.resolve(name))


def test_new_prints_the_reviews_name_and_nothing_else_on_standard_output(library: Path) -> None:
    result = done("new", "--no-open", "--title", "Slow checkout")
    (review,) = Library(library).reviews()
    assert result.stdout == f"{review.name}\n"
    assert result.stderr == ""


def test_new_takes_all_that_is_known_at_once(library: Path) -> None:
    name = begun(
        *("--fact", "service=checkout", "--fact", "severity=sev2", "--tag", "payments", "--zone", "Europe/Rome"),
        *("--moment", "started=2026-11-20 11:52", "--moment", "resolved=12:47"),
        *("--person", "Ana Lima: responder, payments", "--person", "Jo Berg: facilitator; Bo: observer"),
    )
    review = read(library, name)
    assert (review.head.title, review.head.zone, review.head.status) == ("Slow checkout", "Europe/Rome", Status.DRAFT)
    assert review.head.facts == {"service": "checkout", "severity": "sev2"}
    assert review.head.tags == ("payments",)
    assert {key: moment.when for key, moment in review.moments.items()} == {
        "started": "2026-11-20T11:52",
        "resolved": "2026-11-20T12:47",
    }
    assert [(person.handle, person.role) for person in review.participants.values()] == [
        ("ana", "responder"),
        ("jo", "facilitator"),
        ("bo", "observer"),
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--template", "learning"], "no template “learning”"),
        (["--moment", "lunch=12:00"], "no moment “lunch”. It asks for: started, detected"),
        (["--moment", "started=noon"], "“noon” is not a time"),
        (["--zone", "Narnia"], "“Narnia” is not a time zone"),
        (["--person", ": responder"], "A name is missing"),
    ],
)
def test_what_cannot_be_done_is_refused_before_anything_is_made(words: list[str], told: str, library: Path) -> None:
    result = lrtui("new", "--no-open", *words)
    assert (result.exit_code, result.stdout) == (1, "")
    assert told in result.stderr
    assert not library.exists()


def test_a_review_written_alone_has_a_template_without_a_clock(library: Path) -> None:
    head = read(library, begun("--solo")).head
    assert (head.template.name, head.template.minutes, head.solo) == ("write-up", 0, True)
    assert read(library, begun("--solo", "--template", "near-miss")).head.template.name == "near-miss"


def test_a_library_that_is_not_there_yet_is_empty_and_stays_away(library: Path) -> None:
    result = done("list")
    assert result.stdout == ""
    assert "`lrtui new`" in result.stderr
    assert done("list", "--json").stdout == "[]\n"
    assert not library.exists()


@pytest.mark.usefixtures("library")
def test_list_shows_name_status_open_actions_and_title() -> None:
    name = begun("--fact", "service=checkout")
    done("note", name, "--step", "actions", "a: alert on p99")
    assert done("list").stdout == f"{name}  draft  1 open  Slow checkout\n"
    (row,) = json.loads(done("list", "--json").stdout)
    assert (row["name"], row["status"], row["open_actions"], row["service"]) == (name, "draft", 1, "checkout")
    assert Path(row["path"]).is_dir()
    assert done("list", "--status", "done").stdout == ""
    assert done("list", "--status", "draft").stdout != ""


def told(name: str) -> list[str]:
    """Return all that the command line tells of a review: every format of the export, and what else is printed."""
    formats = next(option.type for option in export.params if option.name == "form")
    assert isinstance(formats, click.Choice)
    exports = [done("export", name, "--format", form, "-o", "-").stdout for form in formats.choices]
    assert len(exports) >= 2, "Markdown and JSON"
    return [*exports, done("show", name).stdout, done("list", "--json").stdout]


def vote_and_answer(session: Session) -> None:
    """Do all that is nobody's business but the room's: turns, a vote that is revealed late, every round of feedback."""
    session.perform(intents_room.speak("ana"))
    session.perform(intents_room.ask_to_speak("cy"))
    session.perform(intents_room.open_vote())
    for ballot in ("1 2 2", "2", "1"):
        session.perform(intents_room.cast_ballot(next(iter(session.review.votes)), ballot))
    while (asked := feedback.current(session.review)) is not None:
        hint = next(hint for hint in closing.hints(session.review) if hint.kind == "feedback")
        for words in ("1 0 1",) if asked.scale else ("zebra as an answer", "end"):
            session.perform(intents.settle(hint, words))


def test_neither_votes_nor_answers_nor_private_lines_are_told_in_any_format(library: Path) -> None:
    name = begun("--person", "Ana Lima: responder; Bo Chen: facilitator; Cy Diaz; Di Eng")
    session = Desk(Library(library)).open(name)
    lines = (
        "limits age",
        "caches hide it",
        "// zebra as a note @ana #zebra",
        "zebra made private",
        "a: zebra once an idea",
    )
    for intent in (intents.start(), intents.open_step("learnings"), *map(intents.capture_line, lines)):
        session.perform(intent)
    shown: list[Entry | Action] = [*session.review.entries.values(), *session.review.actions.values()]
    for line in (line for line in shown if line.text.startswith(("zebra made", "zebra once"))):
        table = "actions" if isinstance(line, Action) else "entries"
        session.perform(arrange.retype(table, line.id, Kind.PRIVATE))
    before = told(name)
    vote_and_answer(session)
    assert told(name) == before
    session.perform(intents_room.reveal_vote(next(iter(session.review.votes))))
    assert told(name) == before
    assert any("caches hide it" in text for text in before)
    assert not any("zebra" in text.casefold() for text in before)
    assert lrtui("search", "zebra").stdout == ""
    assert len([answer for answer in session.review.feedback.values() if answer.comment]) >= 1
    session.close()


def test_show_is_the_markdown_without_what_is_private(library: Path) -> None:
    name = begun()
    done("note", name, "14:05 deploy rolled back", "// ask Bo about it first")
    shown = done("show", name[-4:]).stdout
    assert shown.startswith("---\n")
    assert "# Slow checkout\n" in shown
    assert "deploy rolled back" in shown
    assert "ask Bo" not in shown
    assert shown == Desk(Library(library)).markdown(Desk(Library(library)).open(name))


def test_no_escape_sequence_ever_reaches_the_terminal(library: Path) -> None:
    name = begun("--title", f"Slow{ESCAPE}", "--fact", f"service={ESCAPE}")
    done("note", name, f"14:05 rolled{ESCAPE} back")
    (journal,) = library.glob("reviews/*/*/*.jsonl")
    text = journal.read_text("utf-8").replace("rolled", "r\\u001b[31m\\u202eolled")
    journal.write_text(text, "utf-8")
    for verb in (["list"], ["list", "--json"], ["show", name], ["export", name, "--format", "json", "-o", "-"]):
        assert "Slow" in done(*verb).output
        assert not any(char in done(*verb).output for char in "\x1b\x07\u202e")


@pytest.mark.usefixtures("library")
def test_a_name_that_fits_two_reviews_is_not_guessed() -> None:
    names = [begun(), begun()]
    result = lrtui("show", "slow")
    assert result.exit_code == 1
    assert all(name in result.stderr for name in names)


def test_lines_that_could_not_be_read_are_told_beside_the_markdown(library: Path) -> None:
    name = begun()
    (journal,) = library.glob("reviews/*/*/*.jsonl")
    with journal.open("a") as file:
        file.write("not a line of a journal\n")
    result = done("show", name)
    assert result.stderr == "What is missing here: 1 line on disk that could not be read.\n"
    assert "could not be read" not in result.stdout


def test_before_the_meeting_a_line_goes_to_the_step_that_collects_its_kind(library: Path) -> None:
    name = begun()
    result = done(
        "note", name, "-", given="14:02 pager rings\n\n14:05 rolled back\na: alert on p99\nWho pays for it?\n"
    )
    review = read(library, name)
    assert [(entry.kind, entry.step) for entry in review.entries.values()] == [
        (Kind.EVENT, "timeline"),
        (Kind.EVENT, "timeline"),
        (Kind.NOTE, "welcome"),
    ]
    assert [action.step for action in review.actions.values()] == ["actions"]
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        "2 lines added in “Timeline”.",
        "1 line added in “Actions”.",
        "1 line added in “Welcome”.",
    ]


def test_the_lines_of_one_call_are_added_together_and_taken_back_together(library: Path) -> None:
    name = begun()
    result = done("note", name, "-", given="14:05 rolled back\na:\n")
    assert result.stderr.splitlines() == ["1 line added in “Timeline”.", "1 line added in “Actions”."]
    assert [entry.text for entry in read(library, name).entries.values()] == ["rolled back"]
    assert [action.text for action in read(library, name).actions.values()] == ["a:"]
    session = Desk(Library(library)).open(name)
    assert session.undo() == "add lines"
    assert not session.review.entries
    assert not session.review.actions
    session.close()


def test_a_call_whose_only_line_is_refused_adds_nothing(library: Path) -> None:
    name = begun()
    assert lrtui("note", name, "-", given="a:\n").exit_code == 1
    assert not read(library, name).actions


def test_a_due_date_that_is_not_understood_is_kept_as_words_and_said(library: Path) -> None:
    name = begun()
    result = done("note", name, "a: page sooner due:someday")
    assert [action.text for action in read(library, name).actions.values()] == ["page sooner due:someday"]
    assert "“someday” is not understood as a date" in result.stderr


def test_in_the_meeting_a_line_goes_to_the_open_step(library: Path) -> None:
    name = begun()
    session = Desk(Library(library)).open(name)
    session.perform(intents.open_step("learnings"))
    session.close()
    done("note", name, "nobody", "looks", "there")
    (entry,) = read(library, name).entries.values()
    assert (entry.kind, entry.text, entry.step) == (Kind.LEARNING, "nobody looks there", "learnings")


@pytest.mark.usefixtures("library")
def test_a_step_that_is_not_on_the_agenda_is_refused_with_those_that_are() -> None:
    result = lrtui("note", begun(), "--step", "lunch", "x")
    assert result.exit_code == 1
    assert "welcome, earlier, timeline" in result.stderr


def test_a_review_that_is_open_elsewhere_takes_no_notes(library: Path) -> None:
    name = begun()
    session = Desk(Library(library)).open(name)
    try:
        result = lrtui("note", name, "14:05 rolled back")
    finally:
        session.close()
    assert result.exit_code == 1
    assert "open since" in result.stderr
    assert not read(library, name).entries


@pytest.mark.usefixtures("library")
def test_nothing_is_not_a_line() -> None:
    result = lrtui("note", begun(), "-", given=" \n\n")
    assert result.exit_code == 1
    assert "nothing to add" in result.stderr


@given(
    st.lists(st.text(st.characters(categories=["L", "N", "P"]), min_size=1), min_size=1).filter(lambda w: w != ["-"])
)
def test_unquoted_words_are_one_line(words: list[str]) -> None:
    assert _typed(words) == [" ".join(words)]


@given(st.lists(st.from_regex(r"\A\w+ [\w ]*\w\Z"), min_size=1))
def test_every_quoted_argument_is_a_line(lines: list[str]) -> None:
    assert _typed(lines) == lines


@pytest.mark.usefixtures("library")
def test_export_writes_a_file_named_after_the_review_and_prints_where(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    name = begun("--title", "A title that is long enough to be cut where file names are kept short")
    assert done("export", name).stdout == f"{name}.md\n"
    assert Path(f"{name}.md").read_text("utf-8") == done("show", name).stdout
    (tmp_path / "docs").mkdir()
    assert done("export", name, "-o", "docs").stdout == f"docs/{name}.md\n"
    assert done("export", name, "-o", "docs/ours.md").stdout == "docs/ours.md\n"
    assert (tmp_path / "docs" / "ours.md").is_file()


@pytest.mark.usefixtures("library")
def test_export_to_standard_output_makes_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = begun("--fact", "service=checkout")
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    assert done("export", name, "-o", "-").stdout == done("show", name).stdout
    told = json.loads(done("export", name, "-o", "-", "--format", "json").stdout)
    assert (told["id"], told["title"]) == (name, "Slow checkout")
    assert not list(Path().iterdir())


@pytest.mark.usefixtures("library")
def test_export_says_honestly_what_became_of_copying(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = begun()
    copied: list[str] = []
    outcomes = iter([Outcome(copied=True, said="Copied."), Outcome(copied=False, said="Nothing was copied here.")])

    def copy(text: str) -> Outcome:
        copied.append(text)
        return next(outcomes)

    monkeypatch.setattr("lrtui.clipboard.copy", copy)
    monkeypatch.chdir(tmp_path)
    result = done("export", name, "--copy")
    assert (result.stdout, result.stderr) == ("", "Copied.\n")
    assert copied == [done("show", name).stdout]
    failed = lrtui("export", name, "--copy", "-o", "review.md")
    assert (failed.exit_code, failed.stdout) == (1, "review.md\n")
    assert "Nothing was copied" in failed.stderr


def test_a_library_that_cannot_be_written_is_told_in_a_sentence(library: Path) -> None:
    name = begun()
    shutil.rmtree(library / ".cache")
    (library / ".cache").write_text("a file where lrtui keeps its locks")
    result = lrtui("note", name, "14:05 rolled back")
    assert result.exit_code == 1
    assert result.stderr.startswith("lrtui: This review is in a library that cannot be written to.")
    assert "# Slow checkout" in done("show", name).stdout
    assert name in done("list").stdout


def test_a_file_in_the_place_of_the_library_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("LRTUI_LIBRARY", str(tmp_path / "file"))
    result = lrtui("new", "--no-open")
    assert result.exit_code == 1
    assert "A file stands where a folder should be" in result.stderr
    assert result.stderr.endswith(f" ({tmp_path / 'file' / 'templates'})\n")


def test_what_the_disk_refuses_is_told_with_the_file_it_is_about(
    library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = begun()
    (journal,) = library.glob("reviews/*/*/*.jsonl")

    def refuse(*_: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr(Path, "open", refuse)
    result = lrtui("show", name)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "lrtui: Permission was refused: the review could not be read. "
        f"Check who owns the folder, or choose another. ({journal})\n"
    )


def test_a_review_that_is_not_there_is_told_with_the_library_that_was_looked_into(library: Path) -> None:
    assert lrtui("show", "nothing").stderr.endswith(f" ({library})\n")


@pytest.mark.usefixtures("library")
@pytest.mark.parametrize("line", ["/delete", " /end 15:00", "/+5"])
def test_a_command_of_the_screens_is_no_line_and_is_refused_with_how_to_write_it_as_one(line: str) -> None:
    begun()
    before = done("show", "slow").stdout
    refused = lrtui("note", "slow", "-", given=f"14:05 rolled back\n{line}\n")
    word = line.split(maxsplit=1)[0]
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr == (
        f"lrtui: {word} is a command of the screens, and nothing was added. "
        f"As a line it is written with a backslash: \\{line.strip()}\n"
    )
    assert done("show", "slow").stdout == before
    done("note", "slow", f"n: \\{line.strip()}")
    done("note", "slow", f"\\{line.strip()}")
    assert done("show", "slow").stdout.count(line.strip()) == 2


@pytest.mark.usefixtures("library")
def test_a_path_and_what_is_no_command_are_lines() -> None:
    begun()
    done("note", "slow", "/var/log is full")
    done("note", "slow", "/healthz answers 500")
    assert "/var/log is full" in done("show", "slow").stdout
    assert "/healthz answers 500" in done("show", "slow").stdout


@pytest.mark.usefixtures("library")
def test_a_review_without_a_title_is_listed_and_found_as_untitled() -> None:
    name = done("new", "--no-open", "--title", "", "--tag", "odd").stdout.strip()
    assert done("list").stdout.split() == [name, "draft", "(untitled)"]
    assert json.loads(done("list", "--json").stdout)[0]["title"] == ""
    done("note", name, "n: strange thing")
    assert done("search", "strange").stdout.splitlines()[0] == f"{name}  (untitled)"


@pytest.mark.usefixtures("library")
def test_a_library_that_is_named_and_not_there_is_told_of(tmp_path: Path) -> None:
    for verb in (["list"], ["list", "--json"], ["search", "x"], ["show", "x"]):
        refused = lrtui("--library", str(tmp_path / "none"), *verb)
        assert (refused.exit_code, refused.stdout) == (1, "")
        assert refused.stderr == (
            f"lrtui: There is no library in this folder; the first review that is begun in it makes it one. "
            f"({tmp_path / 'none'})\n"
        )
    assert not (tmp_path / "none").exists()
    begun()
    done("list")


@pytest.mark.usefixtures("home")
def test_a_library_of_ones_own_that_is_not_there_yet_is_empty_and_it_is_said_how_to_begin() -> None:
    result = done("list")
    assert result.stdout == ""
    assert result.stderr == (
        "There are no reviews here yet. `lrtui new` begins one, `lrtui demo` shows what one is like.\n"
    )


@pytest.mark.usefixtures("library")
def test_export_asks_for_force_before_it_replaces_what_it_has_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    name, mine = begun(), tmp_path / "mine.md"
    mine.write_text("mine")
    refused = lrtui("export", name, "-o", "mine.md")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr == (
        "lrtui: mine.md is there already, and not as it was exported of this review. "
        "Name another file; --force replaces it.\n"
    )
    assert mine.read_text() == "mine"
    assert done("export", name, "-o", "mine.md", "--force").stdout == "mine.md\n"
    done("note", name, "n: more")
    assert done("export", name, "-o", "mine.md").stdout == "mine.md\n"
    assert mine.read_text("utf-8") == done("show", name).stdout
    done("export", name, "--format", "json")
    done("note", name, "n: still more")
    done("export", name, "--format", "json")
