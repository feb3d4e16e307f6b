from __future__ import annotations

import stat
from datetime import date
from pathlib import Path

import pytest

from lrtui.errors import Ambiguous, NotFound, StoreError
from lrtui.store.library import Library, ReviewFolder, find_library

DAY = date(2026, 11, 22)


def with_reviews(root: Path, *names: str) -> Library:
    for name in names:
        (root / "reviews" / name[:4] / name).mkdir(parents=True)
    return Library(root)


def test_the_library_is_as_asked_for_else_the_variable_else_around_here_else_the_users(tmp_path: Path) -> None:
    data, here = tmp_path / "data", tmp_path / "team" / "deep" / "deeper"
    here.mkdir(parents=True)
    variable = {"LRTUI_LIBRARY": "elsewhere"}
    assert find_library(None, {}, here, data) == data
    (tmp_path / "team" / "lrtui.yaml").touch()
    assert find_library(None, {"LRTUI_LIBRARY": " "}, here, data) == tmp_path / "team"
    assert find_library(None, {}, tmp_path / "team", data) == tmp_path / "team"
    assert find_library(None, variable, here, data) == here / "elsewhere"
    assert find_library(tmp_path / "asked", variable, here, data) == tmp_path / "asked"


def test_a_home_folder_may_be_written_short(tmp_path: Path, home: Path) -> None:
    assert find_library(Path("~/reviews"), {}, tmp_path, tmp_path) == home / "reviews"
    with pytest.raises(NotFound, match="no home folder"):
        find_library(Path("~nobody-of-that-name/reviews"), {}, tmp_path, tmp_path)


def test_looking_at_a_library_that_is_not_there_makes_nothing(tmp_path: Path) -> None:
    library = Library(tmp_path / "library")
    assert not library.exists
    assert library.reviews() == []
    assert library.templates() == {}
    with pytest.raises(NotFound, match="the library has none yet"):
        library.resolve("checkout")
    assert list(tmp_path.iterdir()) == []


def test_a_new_library_is_marked_keeps_its_cache_out_of_git_and_is_private(tmp_path: Path) -> None:
    library = Library(tmp_path / "a" / "library")
    library.create()
    assert library.exists
    assert (library.root / ".gitattributes").read_text() == "*.jsonl merge=union text eol=lf\n"
    assert (library.root / ".gitignore").read_text() == ".cache/\n"
    assert {path.name for path in library.root.iterdir() if path.is_dir()} == {"reviews", "templates"}
    assert {stat.S_IMODE(path.stat().st_mode) for path in library.root.iterdir()} == {0o700, 0o600}
    assert all(line.startswith("#") or not line for line in library.settings.read_text().splitlines())


def test_making_a_library_leaves_what_is_there_and_adds_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "lrtui.yaml").write_text("team: Payments\n")
    (tmp_path / ".gitignore").write_bytes(b"*.pyc")
    for _ in range(2):
        Library(tmp_path).create()
    assert (tmp_path / "lrtui.yaml").read_text() == "team: Payments\n"
    assert (tmp_path / ".gitignore").read_bytes() == b"*.pyc\n.cache/\n"


def test_a_library_in_the_place_of_a_file_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for root in (tmp_path / "file", tmp_path / "file" / "below"):
        library = Library(root)
        for attempt in (library.create, library.reviews, library.templates):
            with pytest.raises(StoreError, match="A file stands where a folder should be"):
                attempt()


def test_a_new_review_is_named_by_its_day_title_and_tail(tmp_path: Path) -> None:
    folder = Library(tmp_path).new_folder("Checkout: Latency / ../..", DAY, "7k3q")
    assert folder == tmp_path / "reviews" / "2026" / "2026-11-22-checkout-latency-7k3q"
    assert not folder.exists()


def test_reviews_are_listed_newest_first_without_what_is_none(tmp_path: Path) -> None:
    library = with_reviews(tmp_path, "2025-01-05-old-aaaa", "2026-11-22-checkout-7k3q", "2026-02-01-dns-bbbb")
    (tmp_path / "reviews" / "README.md").touch()
    (tmp_path / "reviews" / "2026" / "notes.txt").touch()
    (tmp_path / "reviews" / "2026" / ".hidden").mkdir()
    (tmp_path / "reviews" / "notes").mkdir()
    assert [review.name for review in library.reviews()] == [
        "2026-11-22-checkout-7k3q",
        "2026-02-01-dns-bbbb",
        "2025-01-05-old-aaaa",
    ]
    assert library.reviews()[0] == ReviewFolder(
        "2026-11-22-checkout-7k3q", tmp_path / "reviews" / "2026" / "2026-11-22-checkout-7k3q"
    )


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("latency", "2026-11-22-checkout-latency-7k3q"),
        (" CHECKOUT-lat ", "2026-11-22-checkout-latency-7k3q"),
        ("dns0", "2026-11-20-checkout-dns0"),
        ("2026-11-20-checkout-dns0", "2026-11-20-checkout-dns0"),
        ("2026-11-20-checkout", "2026-11-20-checkout"),
        ("11-21", "2026-11-21-the-dns0-mistake-zzzz"),
    ],
)
def test_a_review_is_found_by_any_part_that_only_it_has_and_by_its_name_or_tail_before_all(
    tmp_path: Path, part: str, name: str
) -> None:
    library = with_reviews(
        tmp_path,
        "2026-11-22-checkout-latency-7k3q",
        "2026-11-20-checkout-dns0",
        "2026-11-20-checkout",
        "2026-11-21-the-dns0-mistake-zzzz",
    )
    assert library.resolve(part) == tmp_path / "reviews" / "2026" / name


def test_a_part_that_fits_several_names_up_to_five_of_them(tmp_path: Path) -> None:
    library = with_reviews(tmp_path, *(f"2026-11-2{day}-checkout-{day}xyz" for day in range(7)))
    with pytest.raises(Ambiguous) as several:
        library.resolve("checkout")
    assert str(several.value).count("2026-11-2") == 5
    assert "and 2 more" in str(several.value)


def test_a_mistyped_name_is_answered_with_the_nearest(tmp_path: Path) -> None:
    library = with_reviews(tmp_path, "2026-11-22-checkout-latency-7k3q", "2026-11-20-dns-aaaa")
    with pytest.raises(NotFound, match="nearest are 2026-11-22-checkout-latency-7k3q"):
        library.resolve("chekout")
    with pytest.raises(NotFound, match="`lrtui list` shows them all"):
        library.resolve("zzzzzz")


@pytest.mark.parametrize("part", ["", " ", "..", "../secret", "/etc", "reviews/../..", "\x00", "*"])
def test_no_name_leads_out_of_the_library(tmp_path: Path, part: str) -> None:
    (tmp_path / "secret").mkdir()
    library = with_reviews(tmp_path / "library", "2026-11-22-checkout-7k3q")
    with pytest.raises(NotFound):
        library.resolve(part)


def test_a_link_in_the_library_is_not_followed_to_reviews_elsewhere(tmp_path: Path) -> None:
    elsewhere = with_reviews(tmp_path / "elsewhere", "2026-11-22-not-ours-7k3q")
    library = with_reviews(tmp_path / "library", "2026-11-20-dns-aaaa")
    (tmp_path / "library" / "reviews" / "2025").symlink_to(elsewhere.root / "reviews" / "2026")
    (tmp_path / "library" / "reviews" / "2026" / "2026-11-22-link-bbbb").symlink_to(elsewhere.reviews()[0].path)
    assert [review.name for review in library.reviews()] == ["2026-11-20-dns-aaaa"]


def test_hostile_names_are_shown_harmless(tmp_path: Path) -> None:
    library = with_reviews(tmp_path, "2026-11-22-\x1b]52;-aaaa", "2026-11-22-\x1b]52;-bbbb")
    with pytest.raises(Ambiguous) as several:
        library.resolve("\x1b]52;")
    assert "\x1b" not in str(several.value)


def test_the_teams_own_templates_are_named_by_their_files(tmp_path: Path) -> None:
    library = Library(tmp_path)
    library.create()
    for name in ("near-miss.yaml", "drill.yml", "notes.md", ".hidden.yaml"):
        (tmp_path / "templates" / name).touch()
    assert library.templates() == {
        "drill": tmp_path / "templates" / "drill.yml",
        "near-miss": tmp_path / "templates" / "near-miss.yaml",
    }
