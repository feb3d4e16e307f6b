"""A template's values: reading them back from plain JSON, whatever that JSON is."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lrtui.review.template import SECTIONS, FeedbackQuestion, LeadTime, Role, Template

KEYS = (
    "name",
    "title",
    "version",
    "facts",
    "moments",
    "measures",
    "lead_time",
    "roles",
    "steps",
    "feedback",
    "export",
    "published",
)
FIELDS = (
    "key",
    "title",
    "ask",
    "minutes",
    "at_least",
    "at_most",
    "say",
    "prompts",
    "one_of",
    "scale",
    "afterwards",
    "target",
    "from",
)
ATOMS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12) | st.just("3 working days")


def nested(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=5)


ANYTHING = st.recursive(ATOMS, nested, max_leaves=20)
SOURCES = st.dictionaries(st.sampled_from(KEYS), ANYTHING, max_size=len(KEYS))


@given(SOURCES)
def test_any_json_at_all_reads_as_a_template(source: dict[str, Any]) -> None:
    template = Template.read(source)
    assert template.source is source
    assert template.minutes >= 0
    assert all(step.key and 0 <= step.at_least <= step.minutes for step in template.steps)
    assert len({step.key for step in template.steps}) == len(template.steps)


@given(SOURCES)
def test_a_template_read_from_its_own_plain_json_is_the_same_template(source: dict[str, Any]) -> None:
    plain = Template.read(source).plain()
    assert Template.read(plain).plain() == plain
    assert json.loads(json.dumps(plain)) == plain


def test_what_is_missing_or_of_the_wrong_type_reads_as_its_default() -> None:
    template = Template.read(
        {"name": 3, "version": True, "steps": [{"key": "a", "minutes": "ten", "locked": 1}, "b", {}]}
    )
    assert (template.name, template.version, template.export) == ("", 1, SECTIONS)
    (step,) = template.steps
    assert (step.key, step.minutes, step.locked, step.captures) == ("a", 0, False, "note")


def test_the_lead_time_is_read_from_words() -> None:
    def lead_time(target: str) -> LeadTime | None:
        return Template.read({"lead_time": {"target": target, "from": "resolved"}}).lead_time

    assert lead_time("3 working days") == LeadTime(3, working=True, start="resolved")
    assert lead_time("1 day") == LeadTime(1, working=False, start="resolved")
    assert lead_time("soon") is None
    assert LeadTime(1, working=True, start="resolved").target == "1 working day"


def test_a_role_without_a_title_is_called_by_its_key() -> None:
    template = Template.read({"roles": [{"key": "decision_maker", "at_least": 2, "at_most": 1}]})
    assert template.roles == (Role("decision_maker", "Decision maker", at_least=2),)


def test_a_scale_that_is_upside_down_leaves_a_question_in_words() -> None:
    questions = [{"key": "a", "ask": "A?", "scale": [5, 0]}, {"key": "b", "ask": "B?", "scale": [0, 5]}]
    template = Template.read({"feedback": questions})
    assert template.feedback == (FeedbackQuestion("a", "A?"), FeedbackQuestion("b", "B?", (0, 5)))


def test_hostile_characters_in_a_kept_template_are_made_visible() -> None:
    (step,) = Template.read({"steps": [{"key": "a", "say": "\x1b[2J", "prompts": ["a\nb\x07"]}]}).steps
    assert (step.say, step.prompts) == ("␛[2J", ("a b␇",))


def test_a_step_is_found_by_its_key() -> None:
    template = Template.read({"steps": [{"key": "a", "minutes": 5}, {"key": "b", "minutes": 7}]})
    found = template.step("b")
    assert found is not None
    assert found.minutes == 7
    assert template.step("c") is None
    assert template.minutes == 12


def test_knowing_what_a_template_is_does_not_load_yaml() -> None:
    program = "import sys, lrtui.review.template, lrtui.review.model; print('yaml' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"
