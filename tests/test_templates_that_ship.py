"""The templates that ship: that they hold together, and that the craft is in them."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from lrtui.review.template_text import check, dump, load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lrtui.review.template import Template

FOLDER = Path(__file__).parents[1] / "templates"
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.yaml"))}
TEMPLATES = {name: load(text, source=name) for name, text in TEXTS.items() if not check(text)}

MINUTES = {
    "after-action": 60,
    "deep-timeline": 90,
    "game-day": 90,
    "learning-review": 60,
    "near-miss": 45,
    "people-check-in": 40,
    "quick-review": 30,
    "retrospective": 60,
    "write-up": 0,
}
ROLES = {"responder", "expert", "observer", "decision_maker", "manager", "facilitator", "note_taker"}
BLAMING = re.compile(
    r"should(n.t)? have|could(n.t)? have|failed to|forgot to|neglected|who (did|caused|broke)|why did|root cause"
    r"|human error|careless|mistake|your fault",
    re.IGNORECASE,
)

each = pytest.mark.parametrize("template", TEMPLATES.values(), ids=list(TEMPLATES))


def words(template: Template) -> Iterator[str]:
    """Yield every text that somebody reads or hears, sentence by sentence."""
    for step in template.steps:
        for text in (step.say, step.coach, *step.prompts):
            yield from re.split(r"(?<=[.?!])”?\s+", text)


@pytest.mark.parametrize("name", TEXTS)
def test_a_template_that_ships_has_no_faults_and_the_name_of_its_file(name: str) -> None:
    assert check(TEXTS[name]) == []
    assert load(TEXTS[name]).name == name


def test_nine_templates_ship_and_take_the_minutes_they_promise() -> None:
    assert {name: template.minutes for name, template in TEMPLATES.items()} == MINUTES


@each
def test_it_survives_being_shown_and_saved_again(template: Template) -> None:
    assert load(dump(template)) == template


@each
def test_its_steps_fit_the_narrow_column_and_its_prompts_the_room(template: Template) -> None:
    assert [step.title for step in template.steps if len(step.title) > 18] == []
    assert [prompt for step in template.steps for prompt in step.prompts if len(prompt) > 90] == []
    assert len(template.about) <= 110


@each
def test_every_step_asks_the_room_and_coaches_the_facilitator(template: Template) -> None:
    assert [step.key for step in template.steps if not 2 <= len(step.prompts) <= 5] == []
    assert [step.key for step in template.steps if len(step.coach) < 120] == []


@each
def test_every_step_with_a_clock_has_a_few_sentences_to_read_aloud(template: Template) -> None:
    counts = {step.key: len(re.findall(r"[.?!](?:\s|$)", step.say)) for step in template.steps if step.minutes}
    assert {key: count for key, count in counts.items() if not 2 <= count <= 5} == {}


@each
def test_no_word_in_it_blames_anyone(template: Template) -> None:
    asked = [fact.ask for fact in template.facts] + [question.ask for question in template.feedback]
    assert [text for text in (*words(template), *asked) if BLAMING.search(text)] == []


@each
def test_it_says_goodbye_last_and_keeps_time_for_it(template: Template) -> None:
    last = template.steps[-1]
    assert last.key == "close"
    assert 0 < last.at_least <= last.minutes or template.minutes == 0


@each
def test_the_steps_that_others_rely_on_capture_what_their_keys_say(template: Template) -> None:
    expected = {"timeline": "event", "actions": "action", "summary": "note", "learnings": "learning"}
    captures = {step.key: step.captures for step in template.steps if step.key in expected}
    assert captures == {key: expected[key] for key in captures}


@each
def test_what_its_steps_capture_is_in_its_export(template: Template) -> None:
    section = {
        "event": "timeline",
        "note": "notes",
        "learning": "learnings",
        "decision": "decisions",
        "question": "questions",
        "action": "actions",
    }
    captured = {section.get(step.captures, step.captures) for step in template.steps} - {"private"}
    assert captured <= set(template.export)
    assert ("summary" in template.export) == (template.step("summary") is not None)


@each
def test_its_roles_are_the_same_words_everywhere(template: Template) -> None:
    assert {role.key for role in template.roles} <= ROLES
    if template.minutes:
        limits = {role.key: (role.at_least, role.at_most) for role in template.roles}
        assert limits["responder"][0] >= 1
        assert limits["facilitator"][0] == 1
        assert limits["observer"][1] is not None


@each
def test_its_lead_time_and_measures_use_moments_it_asks_for(template: Template) -> None:
    moments = {moment.key for moment in template.moments}
    used = {end for measure in template.measures for end in (measure.start, measure.end)}
    used |= {template.lead_time.start} if template.lead_time else set()
    assert used <= moments
    assert moments == used | moments & {"acknowledged", "mitigated", "understood"}


def test_earlier_actions_come_before_the_story_wherever_actions_are_agreed_in_a_meeting() -> None:
    for template in TEMPLATES.values():
        keys = [step.key for step in template.steps]
        if template.minutes and "actions" in keys:
            assert keys[:2] == ["welcome", "earlier"], template.name
            assert keys.index("earlier") < keys.index("actions")


@each
def test_the_step_about_earlier_actions_shows_them(template: Template) -> None:
    assert [step.key for step in template.steps if step.shows] == [
        step.key for step in template.steps if step.key == "earlier"
    ]


def test_no_two_steps_share_a_sentence() -> None:
    counts = Counter(sentence for template in TEMPLATES.values() for sentence in words(template) if sentence)
    assert [sentence for sentence, count in counts.items() if count > 1] == []


def test_the_learning_review_gives_most_of_its_hour_to_the_timeline() -> None:
    timeline = TEMPLATES["learning-review"].step("timeline")
    assert timeline is not None
    assert timeline.minutes > 30
    assert timeline.at_least == 20


def test_the_learning_review_asks_for_the_return_and_both_thresholds() -> None:
    feedback = TEMPLATES["learning-review"].feedback
    asked = {question.key: question.scale for question in feedback if not question.afterwards}
    assert asked == {"roti": (0, 5), "learned": (0, 1), "again": (0, 1), "change": None}


@each
def test_after_a_meeting_three_or_four_questions_are_asked(template: Template) -> None:
    in_words = [question for question in template.feedback if not question.scale]
    afterwards = [question for question in template.feedback if question.afterwards]
    assert 3 <= len([*afterwards, *in_words]) <= 4 or not template.minutes


def test_the_after_action_review_spends_a_quarter_a_quarter_and_a_half() -> None:
    minutes = {step.key: step.minutes for step in TEMPLATES["after-action"].steps}
    looking = minutes["welcome"] + minutes["earlier"] + minutes["intended"] + minutes["timeline"]
    forward = minutes["keep"] + minutes["actions"] + minutes["close"]
    assert (looking, minutes["differences"], forward) == (15, 15, 30)


def test_the_deep_timeline_gives_its_story_the_share_of_a_long_debriefing() -> None:
    template = TEMPLATES["deep-timeline"]
    timeline = template.step("timeline")
    assert timeline is not None
    assert 35 / 60 * 0.95 <= timeline.minutes / template.minutes <= 40 / 60


def test_the_people_check_in_agrees_no_actions_and_keeps_what_is_personal_out_of_every_export() -> None:
    template = TEMPLATES["people-check-in"]
    assert template.step("actions") is None
    assert "actions" not in template.export
    personal = [template.step("round"), template.step("cost")]
    assert [step.captures for step in personal if step] == ["private", "private"]


def test_the_game_day_never_hurries_its_briefing_or_the_way_back() -> None:
    template = TEMPLATES["game-day"]
    assert [step.key for step in template.steps if step.locked] == ["welcome", "restore"]


def test_the_write_up_has_no_clock_and_needs_no_script() -> None:
    assert [step.key for step in TEMPLATES["write-up"].steps if step.minutes or step.say] == []


def test_the_coaching_of_the_write_up_is_short_since_it_stands_on_the_page_with_the_prompts() -> None:
    steps = TEMPLATES["write-up"].steps
    assert {step.key: len(step.coach) for step in steps if len(step.coach) > 240} == {}
    assert [step.key for step in steps if len(step.prompts) > 4] == []
