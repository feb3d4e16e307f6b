"""What is known of templates as text that fits a mail, and as JSON."""

from __future__ import annotations

import json
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from lrtui.publish.insight import WIDTH, data, lines, notes, text
from lrtui.review.insight import FEW, insight, insights
from lrtui.review.run import Actions, Lead, Run, Scaled, StepRun, Yes
from tests.review.test_insight import DAY, runs


def held(number: int, version: int = 1, *, spent: float = 41, skipped: bool = False) -> Run:
    steps = [
        StepRun("talk", "Timeline", 2100, 2100, round(60 * spent)),
        StepRun("learn", "Learnings", 600, 600, 300, skipped=skipped),
        StepRun("act", "Actions", 600, 600, 600, empty=True),
    ]
    run = Run(f"r{number}", "ours", version, DAY + timedelta(weeks=number), lead=Lead(3, 2, working=True))
    votes = (Yes("learned", 1, 4), Yes("again", 3, 4), Yes("was_heard", 2, 4))
    run = run._replace(worth=Scaled(0, 5, 16, 4), votes=votes, actions=Actions(2, 1))
    return run.with_steps(steps)


def shown(found: list[Run], width: int = WIDTH) -> list[str]:
    return [line.text.rstrip() for line in lines(insight(found), width)]


def test_versions_stand_beside_each_other() -> None:
    told = shown([held(n, 1 + n // 6, spent=41 if n < 6 else 36) for n in range(8)])
    assert told[:14] == [
        "ours: 8 reviews, from 2026-11-02 to 2026-12-21",
        "",
        "                         v1            v2",
        "reviews                  6             2, few",
        "days after the incident  3             3",
        "  later than the target  6 of 6        2 of 2",
        "minutes planned          55            55",
        "minutes spent            56            51",
        "return on time           4.0 of 5      4.0 of 5",
        "  answers                24 in 6       8 in 2",
        "somebody learned         6 of 6        2 of 2",
        "half would come again    6 of 6        2 of 2",
        "was heard: yes           12 of 24      4 of 8",
        "actions done             12 of 18      4 of 6",
    ]


def test_a_step_shows_what_was_spent_against_what_was_planned_and_how_often_it_was_not_done() -> None:
    told = shown([held(n, skipped=n < 2) for n in range(6)])
    assert told[told.index("Steps of v1: minutes planned, and spent") + 2 :][:3] == [
        "Timeline           35 41          ████████████████████████|████",
        "Learnings          10 5           ███····|  2 of 6 skipped",
        "Actions            10 10          ███████|  6 of 6 empty",
    ]


def test_over_time_the_return_is_drawn_and_few_are_said_to_be_few() -> None:
    told = shown([held(n) for n in range(8)])
    assert told[told.index("Over time") + 2 :] == [
        "2026-11  5         4.0 ████████████████····    56 of 55   5 of 5    10 of 15",
        "2026-12  3, few    4.0 ████████████████····    56 of 55   3 of 3    6 of 9",
    ]


def test_several_templates_are_told_beside_each_other_first() -> None:
    told = text(insights([held(0), held(1), held(2)._replace(template="other")])).splitlines()
    assert told[:3] == [
        "template  reviews   return on time  minutes     late",
        "ours      2, few    4.0 of 5        56 of 55    2 of 2",
        "other     1, few    too few         56 of 55    1 of 1",
    ]
    assert told[-4:] == [
        "few: fewer than five reviews, which say little by themselves.",
        "too few: one review is too few to tell what was answered.",
        "Minutes and days are medians.",
        "Feedback counts where at least four answered the question.",
    ]


def test_only_what_stands_on_the_page_is_explained() -> None:
    bare = [Run(f"r{number}", "x", 1, DAY) for number in range(FEW)]
    assert [*notes(insights(bare))] == []
    spread = [line.text for line in notes(insights([held(n, spent=30 + n) for n in range(6)]))]
    assert spread[0] == "few: fewer than five reviews, which say little by themselves.", "a month has one"
    assert "Minutes and days are medians; in brackets lies the middle half." in spread


@settings(max_examples=60, deadline=None)
@given(st.lists(runs, min_size=1, max_size=8), st.integers(57, 200))
def test_no_line_is_wider_than_there_is_room(found: list[Run], width: int) -> None:
    for told in insights(found):
        assert all(len(line.text.rstrip()) <= width for line in lines(told, min(width, WIDTH)))


def test_without_a_clock_only_what_stays_empty_is_told() -> None:
    alone = [StepRun("talk", "Timeline", 0, 0, 0, empty=True), StepRun("learn", "Learnings", 0, 0, 0)]
    told = shown([Run(f"r{n}", "alone", 1, DAY, alone=True).with_steps(alone) for n in range(FEW)])
    assert told[-3:] == ["Steps of v1: left out, or empty", "Timeline          5 of 5 empty", "Learnings"]
    assert not any("minutes" in line for line in told)


def test_json_has_all_of_it_as_plain_numbers_and_null_for_what_is_not_known() -> None:
    told = json.loads(json.dumps(data(insights([held(n) for n in range(3)]), DAY)))
    assert (told["since"], told["fewest_answers"]) == ("2026-11-02", 4)
    (template,) = told["templates"]
    assert (template["template"], template["reviews"], template["few"]) == ("ours", 3, True)
    assert template["return_on_time"] == {"average": 4.0, "low": 0, "high": 5, "answers": 12, "reviews": 3}
    assert template["actions"] == {"done": 6, "open": 3, "dropped": 0, "moved": 0, "without": 0}
    (version,) = template["versions"]
    assert version["steps"][0]["spent"] == {"number": 3, "low": 41.0, "median": 41.0, "high": 41.0}
    assert [period["period"] for period in template["periods"]] == ["2026-11"]
    bare = data(insights([Run("r", "x", 1, DAY)]), None)
    (template,) = json.loads(json.dumps(bare))["templates"]
    assert (template["return_on_time"], template["lead_time"], template["minutes"]["spent"]) == (None, None, None)
