"""Templates as people write them, and the faults they are told of."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrtui.errors import TemplateError
from lrtui.review.model import Kind
from lrtui.review.template import SECTIONS, Edition, LeadTime, Template
from lrtui.review.template_text import SHOWN, check, dump, load

if TYPE_CHECKING:
    from lrtui.review.template_text import Parents
    from lrtui.review.yaml_text import Fault

SMALL = "name: small\ntitle: Small\nsteps:\n  - {key: talk, title: Talk}\n"

FULL = """\
name: full
version: 3
title: Full
about: Everything that a template can say.
facts: [{key: service, ask: "Which service?"}, {key: severity, ask: "How severe?", one_of: [sev1, 012, on, 14:05]}]
moments: [{key: started, title: Impact began}, {key: resolved, title: Back to normal}]
measures: [{title: Duration, from: started, to: resolved}]
lead_time: {target: 3 working days, from: resolved}
roles: [{key: responder, title: Was in it, at_least: 1}, {key: observer, at_most: 3}]
steps:
  - key: timeline
    title: Timeline
    minutes: 35
    at_least: 20
    locked: yes
    say: |
      First line.
      Second line.
    prompts:
      - What did you see?
      - "Then: what?"
    coach: Ask how, what and when.
    captures: event
  - key: close
    title: Close
    minutes: 5
    shows: earlier
feedback: [{key: roti, ask: "Worth it?", scale: [0, 5]}, {key: change, ask: "What to change?", afterwards: yes}]
export: [timeline, actions]
changelog: [{version: 3, date: 2026-11-24, changes: ["Timeline: 30 → 35 minutes", Less]}, {version: 2, changes: [More]}]
"""

BROKEN = """\
name: My Review
version: two
titel: x
facts:
  - {key: service}
  - ask: Which?
  - {key: severity, ask: How severe?, one_of: sev1}
moments:
  - {key: started, title: Began}
measures:
  - Time
  - {title: Time to detect, from: start, to: started}
lead_time: {target: soon, from: ended}
roles: [{key: observer, at_least: 4, at_most: 3}]
steps:
  - key: timeline
    title: Timeline
    minuts: 35
    minutes: 35 minutes
    captures: evnt
    prompts: What happened?
  - key: timeline
    title: [Again]
    minutes: 5
    at_least: 20
    locked: maybe
  - key: talk
    title: Talk
    prompts:
      - Here: what?
      -
feedback: [{key: roti, ask: Worth it?, scale: [5, 0]}]
export: [sumary, facts, facts]
"""


def faults(text: str, **bases: str) -> list[Fault]:
    return check(text, parents=finder(bases))


def finder(texts: dict[str, str]) -> Parents:
    return lambda name: load(texts[name], source=name, parents=finder(texts)) if name in texts else None


def extended(text: str, base: str = FULL) -> Template:
    return load(f"name: mine\nextends: base\n{text}", parents=finder({"base": base}))


def test_a_full_template_is_read() -> None:
    template = load(FULL)
    assert (template.name, template.version, template.minutes) == ("full", 3, 40)
    assert template.facts[1].one_of == ("sev1", "012", "on", "14:05")
    assert template.lead_time == LeadTime(3, working=True, start="resolved")
    assert [(role.key, role.at_least, role.at_most) for role in template.roles] == [
        ("responder", 1, None),
        ("observer", 0, 3),
    ]
    timeline, close = template.steps
    assert (timeline.say, timeline.prompts) == ("First line.\nSecond line.", ("What did you see?", "Then: what?"))
    assert (timeline.captures, timeline.locked, timeline.at_least) == ("event", True, 20)
    assert (close.captures, close.locked, close.prompts) == ("note", False, ())
    assert (timeline.shows, close.shows) == ("", "earlier")
    assert [(question.scale, question.afterwards) for question in template.feedback] == [((0, 5), False), (None, True)]
    assert template.export == ("timeline", "actions")
    assert template.changelog == (
        Edition(3, "2026-11-24", ("Timeline: 30 → 35 minutes", "Less")),
        Edition(2, "", ("More",)),
    )


def test_a_small_template_gets_defaults() -> None:
    template = load(SMALL)
    assert (template.version, template.minutes, template.export) == (1, 0, SECTIONS)


@pytest.mark.parametrize("text", [SMALL, FULL])
def test_a_template_is_read_back_from_its_snapshot_and_from_its_own_text(text: str) -> None:
    template = load(text)
    assert template.source is not None
    assert Template.read(template.source) == template
    assert Template.read(json.loads(json.dumps(template.source))) == template
    assert load(dump(template)) == template


def test_all_faults_are_told_at_once_each_with_its_place() -> None:
    assert [(fault.line, fault.column) for fault in faults(BROKEN)] == [
        (1, 1),
        (1, 7),
        (2, 10),
        (3, 1),
        (5, 5),
        (6, 5),
        (7, 47),
        (11, 5),
        (12, 35),
        (13, 21),
        (13, 33),
        (14, 35),
        (18, 5),
        (19, 14),
        (20, 15),
        (21, 14),
        (22, 5),
        (23, 12),
        (26, 13),
        (30, 9),
        (31, 8),
        (32, 47),
        (33, 10),
        (33, 25),
    ]


def test_an_error_names_file_line_and_column_and_stops_at_twenty() -> None:
    with pytest.raises(TemplateError) as caught:
        load(BROKEN, source="mine.yaml")
    lines = str(caught.value).split("\n")
    assert lines[3] == 'mine.yaml:3:1: a template has no "titel"; did you mean "title"?'
    assert lines[SHOWN:] == ["mine.yaml: and 4 more"]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("    minuts: 5", 'a step has no "minuts"; did you mean "minutes"?'),
        ("    minutes: 35 minutes", '"35 minutes" is no whole number from 0 to 480; did you mean "35"?'),
        ("    minutes: 481", '"481" is no whole number from 0 to 480'),
        ("    minutes: -5", '"-5" is no whole number from 0 to 480'),
        ("    captures: evnt", '"evnt" is no kind of line; did you mean "event"?'),
        ("    captures: went well", '"went well" is no kind of line; did you mean "went_well"?'),
        ("    shows: earlyer", '"earlyer" is no list that a step can show; did you mean "earlier"?'),
        ("    prompts: What?", '"prompts" is a list; write each item on its own line after "- "'),
        ("    prompts: [a, '']", 'an empty item in "prompts"; write something or take it out'),
        ("    prompts: [x: y]", "(put it in quotes: its colon reads as a key)"),
        ("    say: [a]", '"say" is text, not a list'),
        ("    locked: maybe", '"locked" is "true" or "false", not "maybe"'),
        ("    at_least: 5", 'a step cannot have more at least than its "minutes": 5 against 0'),
        ("export: [sumary]", '"sumary" is no section; did you mean "summary"?'),
        ("export: [facts, facts]", '"facts" stands in "export" twice; keep one of them'),
        ("lead_time: {target: soon, from: x}", 'expected "3 working days" or "5 days"'),
        ("lead_time: {target: 3 days}", 'this lead time has no "from"; a lead time needs one'),
        ("feedback: [{key: a, ask: A?, scale: [1]}]", "a scale is its lowest and its highest number, such as [0, 5]"),
        ("feedback: [{key: a}]", 'this feedback question has no "ask"; a feedback question needs one'),
        ("changelog: [{version: 1}]", 'this changelog entry has no "changes"; a changelog entry needs one'),
        ("changelog: [{change: [a]}]", 'a changelog entry has no "change"; did you mean "changes"?'),
        ("facts: [Which service?]", 'a fact is written as "key: …" and its other keys'),
        ("facts: [{ask: Which service?}]", 'this fact has no "key"; a fact needs one'),
        ("roles: [{key: Decision Maker}]", 'did you mean "decision-maker"?'),
        ("measures: [{title: T, from: a, to: b}]", 'there is no moment "a"; there are none here'),
        ("facts: [{key: a, ask: A?, drop: true}]", '"drop" takes out what another template gave'),
        ("version: 0", '"0" is no whole number from 1 to 999999'),
    ],
)
def test_a_fault_says_what_is_wrong_and_what_was_expected(line: str, message: str) -> None:
    small = SMALL.replace("{key: talk, title: Talk}", "key: talk\n    title: Talk")
    found = faults(small + line + "\n")
    assert any(message in fault.message for fault in found), found


@pytest.mark.parametrize("text", ["", "# nothing", "''", "---\n...\n"])
def test_an_empty_file_is_told_so(text: str) -> None:
    assert faults(text) == [(1, 1, "there is nothing in it")]


@pytest.mark.parametrize("text", ["hello", "- a", "[]"])
def test_what_is_no_template_is_told_how_one_begins(text: str) -> None:
    (fault,) = faults(text)
    assert fault.message.startswith('a template is written as "name: …"')


def test_a_template_without_name_title_and_steps_is_told_what_is_missing() -> None:
    messages = " ".join(fault.message for fault in faults("about: x"))
    assert all(f'"{word}"' in messages for word in ("name", "title", "steps"))


def test_every_kind_of_line_and_every_section_may_be_used() -> None:
    steps = "".join(f"  - {{key: {kind.value}, title: T, captures: {kind.value}}}\n" for kind in Kind)
    template = load(f"name: a\ntitle: A\nsteps:\n{steps}export: [{', '.join(SECTIONS)}]\n")
    assert [step.captures for step in template.steps] == [kind.value for kind in Kind]


def test_a_key_with_nothing_after_its_colon_means_nothing_given() -> None:
    template = load(SMALL + "about:\nfacts:\nlead_time:\nexport:\n")
    assert template == load(SMALL)


def test_escape_sequences_in_a_template_are_made_visible() -> None:
    assert load(SMALL.replace("title: Small", r'title: "a\e[2Jb"')).title == "a␛[2Jb"


def test_an_extending_template_replaces_what_it_names_and_keeps_the_rest() -> None:
    template = extended("title: Mine\nexport: [facts]\n")
    base = load(FULL)
    assert (template.name, template.version, template.title, template.export) == ("mine", 1, "Mine", ("facts",))
    assert (template.about, template.steps, template.facts) == (base.about, base.steps, base.facts)
    assert "extends" not in (template.source or {})


def test_an_item_of_the_same_key_changes_only_the_fields_it_names() -> None:
    step = extended("steps: [{key: timeline, minutes: 40, prompts: [One question?]}]").steps[0]
    assert (step.minutes, step.prompts, step.title, step.at_least) == (40, ("One question?",), "Timeline", 20)


def test_a_new_item_follows_the_one_it_was_written_after() -> None:
    new = "{key: new, title: New}"
    assert [step.key for step in extended(f"steps: [{{key: timeline}}, {new}]").steps] == ["timeline", "new", "close"]
    assert [step.key for step in extended(f"steps: [{new}]").steps] == ["timeline", "close", "new"]


def test_a_new_item_takes_the_place_of_the_one_that_is_dropped_before_it() -> None:
    text = "steps: [{key: timeline, drop: true}, {key: new, title: New}]"
    assert [step.key for step in extended(text).steps] == ["new", "close"]


def test_the_changelog_of_another_template_is_not_taken_over() -> None:
    assert extended("title: Mine\n").changelog == ()


def test_what_keeps_reviews_from_being_published_is_written_and_taken_over_and_can_be_undone() -> None:
    base = f"{FULL}published: no\n"
    assert not load(dump(load(base))).published
    assert not extended("title: Mine\n", base).published
    assert extended("title: Mine\npublished: yes\n", base).published


def test_an_item_can_be_dropped() -> None:
    template = extended("steps: [{key: close, drop: true}, {key: timeline, drop: false}]\nmeasures: []\nlead_time:\n")
    assert [step.key for step in template.steps] == ["timeline"]
    assert (template.measures, template.lead_time) == ((), None)


def test_what_an_extending_template_breaks_is_told_where_it_was_written() -> None:
    text = (
        "name: mine\nextends: full\nmoments:\n  - {key: started, drop: true}\nsteps:\n  - {key: timelin, drop: true}\n"
    )
    assert faults(text, full=FULL) == [
        (2, 10, 'there is no moment "started"; expected one of resolved'),
        (6, 11, 'there is no "timelin" to drop; did you mean "timeline"?'),
    ]


def test_a_base_that_is_not_there_is_told_and_nothing_else() -> None:
    (fault,) = faults("name: mine\nextends: nowhere\n")
    assert fault[:2] == (2, 10)
    assert 'there is no template "nowhere" to extend' in fault.message


def test_a_fault_of_the_base_is_told_with_its_own_place() -> None:
    (fault,) = faults("name: mine\nextends: base\n", base="name: base\ntitle: Base\nsteps: none\n")
    assert fault.message.startswith('"base" has a fault of its own: base:3:8: "steps" is a list')


def test_templates_that_extend_each_other_in_a_circle_are_told_so() -> None:
    (fault,) = faults("name: a\nextends: b\n", a="name: a\nextends: b\n", b="name: b\nextends: a\n")
    assert "in a circle" in fault.message


def test_a_team_may_extend_a_shipped_template_under_the_same_name() -> None:
    template = load("name: full\nextends: full\ntitle: Ours\n", parents=lambda _: load(FULL))
    assert (template.name, template.title, template.minutes) == ("full", "Ours", 40)


def test_a_template_is_written_for_people() -> None:
    text = dump(load(FULL))
    assert text.startswith("name: full\nversion: 3\ntitle: Full\n")
    assert "    say: |-\n      First line.\n      Second line.\n" in text
    assert "\n\nsteps:\n  - key: timeline\n    title: Timeline\n    minutes: 35\n" in text


WORDS = st.text(alphabet=st.sampled_from("ab 1:#-'\"\n\t,[]{}&*!|>%@`\\~?é…\xa0\x1b\u2028=<"), max_size=90)


@given(WORDS, WORDS, st.lists(WORDS, max_size=3))
def test_whatever_its_words_are_a_template_survives_being_written(title: str, say: str, prompts: list[str]) -> None:
    long = f"{title} {'many words ' * 12}{say}\n{title}"
    step = {"key": "talk", "title": f"T{title}", "say": say, "prompts": prompts, "coach": long}
    plain = Template.read({"name": "a", "title": f"T{say}", "steps": [step]}).plain()
    template = Template.read(plain)
    assert load(dump(template)) == template


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(alphabet="abc-: 1", max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["key", "title", "drop", "x"]), inner, max_size=4)
    ),
    max_leaves=8,
)


@settings(max_examples=200)
@given(st.dictionaries(st.sampled_from([*load(FULL).plain(), "extends"]), JSON, max_size=6))
def test_whatever_stands_at_its_keys_a_template_is_read_or_its_faults_are_told(changed: dict[str, Any]) -> None:
    text = json.dumps(load(FULL).plain() | changed)
    found = faults(text, full=FULL)
    if found:
        assert all(fault.line == 1 and fault.column >= 1 for fault in found)
    else:
        assert load(dump(load(text))) == load(text)
