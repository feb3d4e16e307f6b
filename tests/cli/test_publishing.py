from __future__ import annotations

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from lrtui import demo
from lrtui.desk import Desk
from lrtui.review import intents
from lrtui.store.library import Library
from tests.cli.running import begun, done, lrtui
from tests.cli.test_imports import _RUN, loaded


def held(title: str = "Slow checkout", *lines: str) -> str:
    """Hold a review to its end, and return its name."""
    name = begun("--title", title)
    finish(name, *lines)
    return name


def finish(name: str, *lines: str) -> None:
    session = Desk(Library(Path.cwd() / "library")).open(name)
    for intent in (intents.start(), *map(intents.capture_line, lines), intents.finish()):
        session.perform(intent)
    session.close()


@pytest.fixture(autouse=True)
def folder(library: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work beside the library."""
    monkeypatch.chdir(library.parent)
    return library.parent


def test_what_was_written_is_printed_and_the_rest_is_said_beside_it(folder: Path) -> None:
    name = held()
    result = done("publish", "--to", "out")
    written = result.stdout.splitlines()
    assert f"out/{name.rpartition('-')[0]}.md" in written
    assert all((folder / path).is_file() for path in written)
    assert result.stderr == f"{len(written)} files written, 0 unchanged.\n"
    again = done("publish", "--to", "out")
    assert (again.stdout, again.stderr) == ("", f"0 files written, {len(written)} unchanged.\n")


def test_a_page_that_was_edited_is_told_of_in_words_that_can_be_typed(folder: Path) -> None:
    name = held().rpartition("-")[0]
    done("publish", "--to", "out")
    (folder / "out" / f"{name}.md").write_text("ours\n")
    result = done("publish", "--to", "out")
    assert "1 edited by hand and left." in result.stderr
    assert f"{name}.md was edited by hand and stays, unless you say --force {name}.md." in result.stderr
    assert done("publish", "--to", "out", "--force", f"out/{name}.md").stdout == f"out/{name}.md\n"


def test_that_the_site_lacks_what_was_edited_beside_it_is_said(folder: Path) -> None:
    name = held().rpartition("-")[0]
    done("publish", "--to", "out", "--site")
    (folder / "out" / f"{name}.md").write_text("ours\n")
    edited = f"{name}.md was edited by hand and stays, unless you say --force {name}.md."
    lacks = f"site/{name}.html does not have what was edited."
    assert f"{edited} {lacks}\n" in done("publish", "--to", "out", "--site").stderr
    assert f"{edited}\n" in done("publish", "--to", "out").stderr
    (folder / "out" / "site" / f"{name}.html").write_text("ours\n")
    assert lacks not in done("publish", "--to", "out", "--site").stderr


def test_as_json_it_is_told_for_programs() -> None:
    held()
    told = json.loads(done("publish", "--to", "out", "--dry-run", "--json").stdout)
    assert told["folder"] == "out"
    assert told["dry_run"] is True
    assert "index.md" in told["written"]
    assert not Path("out").exists()


def test_a_review_that_is_not_done_is_not_published() -> None:
    name = begun()
    result = lrtui("publish", "--to", "out", "slow")
    assert result.exit_code == 1
    assert result.stderr == f"lrtui: {name} is not done yet, and only what is done is published. Finish it first.\n"


def test_a_review_that_its_template_keeps_out_is_told_of() -> None:
    name = begun("--template", "people-check-in")
    finish(name, "+ no sleep for two nights")
    told = f"Left out, since their template says “published: false”: {name}. Name one to publish it all the same.\n"
    assert done("publish", "--to", "out").stderr == told
    assert not Path("out").exists()
    assert "index.md" in done("publish", "--to", "out", name).stdout


def test_a_credential_in_what_is_published_for_the_team_is_told_masked_once_and_refuses_nothing() -> None:
    name = held("Slow checkout", "n: set password=hunter2hunter2 on 10.1.2.3")
    result = done("publish", "--to", "out")
    assert result.stderr.splitlines()[:-1] == [
        f"{name}: 1 possible secret",
        "  a password or token, note: set password=hu•••r2 on 1•••3",
        "For the team nothing is held back by this. What is a secret, take out of its line, and publish again.",
    ]
    assert "index.md" in result.stdout
    assert "possible secret" not in done("publish", "--to", "out").stderr


@pytest.mark.parametrize(("flags", "said"), [((), "removed"), (("--dry-run",), "would be removed")])
def test_what_is_pruned_is_told_of_beside_what_is_written(folder: Path, flags: tuple[str, ...], said: str) -> None:
    name, page = held("Mails late"), "mails-late.md"
    held()
    done("publish", "--to", "out")
    shutil.rmtree(next((folder / "library" / "reviews").rglob(name)))
    assert f"{page} has no review in the library any more and stays" in done("publish", "--to", "out").stderr
    result = done("publish", "--to", "out", "--prune", *flags)
    (gone,) = (line for line in result.stderr.splitlines() if line.endswith(page))
    assert gone == f"{said}: out/{name.rpartition('-')[0]}.md"
    assert page not in result.stdout
    assert "stays" not in result.stderr
    assert (folder / "out" / gone.rpartition("/")[2]).exists() == bool(flags)


def test_a_library_without_a_finished_review_publishes_nothing() -> None:
    begun()
    assert done("publish", "--to", "out").stderr == "No review is done yet, so there is nothing to publish.\n"
    assert not Path("out").exists()


@pytest.mark.parametrize(
    "to", ["library", "library/reviews/../", "library/reviews/2026", "library/templates", "library/.cache/x"]
)
def test_the_librarys_own_folders_are_not_published_to(to: str) -> None:
    held()
    result = lrtui("publish", "--to", to)
    assert result.exit_code == 1
    assert "This folder is the library's own." in result.stderr


@pytest.mark.parametrize("option", ["--comment-url", "--base-url"])
def test_an_address_that_is_none_is_wrong_usage(option: str) -> None:
    held()
    result = lrtui("publish", "--to", "out", option, "javascript:alert(1)")
    assert result.exit_code == 2
    assert "is no address that can be linked to" in result.stderr


def test_a_folder_for_another_audience_is_refused() -> None:
    held()
    done("publish", "--to", "out")
    result = lrtui("publish", "--to", "out", "--audience", "org")
    assert result.exit_code == 1
    assert "Name a folder of its own for “org”" in result.stderr


def test_a_review_is_written_as_one_html_file(folder: Path) -> None:
    name = held("A <b>title</b>")
    assert done("export", name, "--format", "html").stdout == f"{name}.html\n"
    assert "<h1>A &lt;b&gt;title&lt;/b&gt;</h1>" in (folder / f"{name}.html").read_text()


def test_publishing_markdown_loads_neither_textual_nor_a_renderer() -> None:
    held()
    modules = loaded(_RUN, "publish", "--to", "out")
    assert not modules & {"textual", "rich", "markdown_it", "pyperclip", "yaml", "platformdirs", "subprocess"}


def test_the_pages_of_the_sample_library_are_markdown_whose_links_lead_somewhere(folder: Path) -> None:
    demo.build(folder / "sample", datetime(2026, 11, 24, 15, tzinfo=UTC))
    done("--library", "sample", "publish", "--to", "out")
    pages = list((folder / "out").rglob("*.md"))
    assert len(pages) > 15
    for page in pages:
        text = page.read_text("utf-8").split("\n---\n", 1)[1]
        parts = MarkdownIt("commonmark").enable("table").parse(text)
        links = [part.attrGet("href") for token in parts for part in token.children or () if part.type == "link_open"]
        assert all((page.parent / str(link)).resolve().is_file() for link in links)
