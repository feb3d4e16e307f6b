from __future__ import annotations

import json
from typing import TYPE_CHECKING

from tests.cli.running import begun, done, lrtui, program
from tests.holding import hold

if TYPE_CHECKING:
    from pathlib import Path


def test_insight_tells_of_the_reviews_that_are_done(library: Path) -> None:
    hold(library, votes=[5, 4, 4, 3])
    hold(library, 1, {"timeline": 45}, votes=[5, 4, 4, 3])
    begun()
    told = done("insight").stdout
    assert told.startswith("learning-review: 2 reviews, from 2026-11-23 to 2026-11-30\n")
    assert "return on time           4.0 of 5\n" in told
    assert all(len(line) <= 80 for line in told.splitlines())
    assert json.loads(done("insight", "--json").stdout)["templates"][0]["reviews"] == 2


def test_one_template_and_a_first_day_may_be_asked_for(library: Path) -> None:
    hold(library)
    hold(library, 1, template="quick-review")
    assert "quick-review" not in done("insight", "--template", "learning-review").stdout
    assert done("insight", "--since", "2026-11-24").stdout.startswith("quick-review: one review, on 2026-11-30")
    assert done("insight", "--since", "2027-01-01").stdout == ""
    assert json.loads(done("insight", "--since", "2027-01-01", "--json").stdout)["templates"] == []
    for since in ("2026", "2026-11"):
        assert json.loads(done("insight", "--since", since, "--json").stdout)["since"] == f"{since}-01-01"[:10]
    assert done("insight", "--since", "2027").stdout == ""
    wrong = lrtui("insight", "--since", "yesterday")
    assert (wrong.exit_code, "“yesterday” is no day as 2026-07-01" in wrong.stderr) == (2, True)
    missing = lrtui("insight", "--template", "quick")
    assert (missing.exit_code, missing.stderr) == (
        1,
        "lrtui: There is neither a review by “quick” nor a template of that name.\n",
    )


def test_where_nothing_is_done_yet_it_says_so(library: Path) -> None:
    assert "No review that is done" in done("insight").stderr
    begun()
    result = done("insight", "--template", "quick-review")
    assert (result.stdout, library.is_dir()) == ("", True)
    assert "No review that is done" in result.stderr


def test_fewer_than_four_answers_are_in_no_output(library: Path) -> None:
    hold(library, votes=[1, 1, 1], learned=[1, 0, 1], said=["unheardof"])
    hold(library, 1)
    for words in (["insight"], ["insight", "--json"], ["templates", "next", "learning-review", "--json"]):
        output = done(*words).output
        for trace in ("unheardof", "of 5\n", "learned", "answers in"):
            assert trace not in output, words
    (template,) = json.loads(done("insight", "--json").stdout)["templates"]
    assert (template["return_on_time"], template["votes"]) == (None, [])
    assert json.loads(done("templates", "next", "learning-review", "--json").stdout)["suggestions"] == 0


def test_nobodys_name_and_no_reviews_title_is_told(library: Path) -> None:
    hold(library, votes=[5, 4, 4, 3])
    for output in (done("insight").output, done("insight", "--json").output):
        assert "Review 0" not in output
        assert "review-0" not in output


def test_feedback_on_one_review_is_in_no_output(library: Path) -> None:
    hold(library, votes=[5, 4, 4, 3], learned=[1, 0, 1, 1])
    told = done("insight").stdout
    assert "return on time           too few\n" in told
    assert "4.0" not in told
    assert "learned" not in told
    (template,) = json.loads(done("insight", "--json").stdout)["templates"]
    assert (template["return_on_time"], template["votes"]) == (None, [])


def test_it_reads_the_same_whatever_the_locale_and_without_colour(library: Path) -> None:
    hold(library, votes=[5, 4, 4, 3])
    plain = program("insight", env={"LC_ALL": "C", "PYTHONIOENCODING": "", "NO_COLOR": "1"})
    assert plain.returncode == 0
    assert plain.stdout == done("insight").stdout
    assert "\x1b" not in plain.stdout
