from __future__ import annotations

import itertools
import random
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from lrtui.publish.markdown import document
from lrtui.review.model import Action, Entry, Head, Kind, Moment, Participant, Review, State
from lrtui.review.template import SECTIONS, Fact, Measure, MomentAsked, Role, Template
from lrtui.review.text import clean_line
from tests.publish.reading import OURS, Seen, lines, see
from tests.publish.sample import NAME, PEOPLE, REVIEW, TEMPLATE, UNSEEN

EXPECTED = r"""---
id: "2026-11-22-checkout-latency-7k3q"
title: "Checkout latency"
date: 2026-11-24
service: "checkout"
severity: "sev2"
tags: ["db", "retries"]
template: "learning-review"
template_version: 3
status: "wrap-up"
---

# Checkout latency

## Summary

Checkout was slow for an hour: a retry storm\
after deploy 4711.

## Facts

| Question | Answer |
| --- | --- |
| Which service? | checkout |
| How severe? | sev2 |
| customers | about 300 |

## Measures

Times are in Europe/Berlin.

| Measure | Value | Formula |
| --- | --- | --- |
| Time to detect | 9 min | First noticed − Impact began |
| Time to hand over | not applicable | Handed over − First noticed |
| Time to recover | pending | Back to normal − Impact began |

| Moment | Time |
| --- | --- |
| Impact began | 2026-11-22 23:31 |
| First noticed | 2026-11-22 23:40 |
| Handed over | not applicable |

## People

| Name | Here as | Team |
| --- | --- | --- |
| Ana Lima | Took part in the response | payments |
| Bo Berg | Came to learn |  |
| Chi Okafor | wrote the cache | platform |

## Timeline

| Time | What happened | Who |
| --- | --- | --- |
| 2026-11-22 23:31 | **Impact began** |  |
| 23:31 | deploy 4711 goes out |  |
| 23:40 | **First noticed** |  |
| 23:40 | pager: checkout p99 over 4 s `#db` | Ana Lima |
| 23:58–2026-11-23 00:04 | 4711 rolled back | Bo Berg |
|  | `@bo` asked in `#12` whether \`retry=5\` \| sort was on | Ana Lima, Bo Berg |
| 2026-11-23 ~00:20 | error rate is back to normal |  |

## Notes

- \- look at \<Grafana> — ref OPS-9

## What we learned

- \* clients retry by themselves, see <https://wiki.example.com/retry_policy> — Chi Okafor

## What went well

- the rollback took six minutes

## Decisions

- 2026-11-22 23:55: roll back before we know why — Ana Lima

## Actions

- [ ] Cap retries at 2 — **Ana Lima**, Chi Okafor (payments), due 2026-12-01, high, ref OPS-12\
  Done when: a load test stays under 1 s
- [x] Alert on the retry rate — team platform `#alerts`
- [ ] Write the runbook — **Bo Berg**, in progress

### Early ideas

- Try a circuit breaker — **Chi Okafor**

### Not doing, or moved

- Rewrite checkout\
  Not doing: the cap is enough
- Move the cache — ref PLAT-3\
  Moved

## Questions

- who owns the retry budget? `#ownership` `#retries`

## Parked

- the pager's ring tone
"""

LISTED = (
    Kind.NOTE,
    Kind.LEARNING,
    Kind.WENT_WELL,
    Kind.WAS_HARD,
    Kind.DECISION,
    Kind.QUESTION,
    Kind.PARKED,
)


def test_a_review_reads_like_this() -> None:
    assert document(REVIEW, name=NAME) == EXPECTED


def test_an_empty_review_is_its_title_alone() -> None:
    markdown = document(Review(), name="x")
    assert see(markdown).headings == ["Untitled review"]
    assert markdown.endswith("---\n\n# Untitled review\n")


def test_sections_come_in_the_order_of_the_template_and_others_stay_out() -> None:
    template = replace(TEMPLATE, export=("actions", "parked", "people"))
    seen = see(document(replace(REVIEW, head=replace(REVIEW.head, template=template)), name=NAME))
    assert seen.headings[1:] == ["Actions", "Early ideas", "Not doing, or moved", "Parked", "People"]


def test_the_notes_of_the_summary_stay_notes_where_there_is_no_summary() -> None:
    template = replace(TEMPLATE, export=("notes",))
    seen = see(document(replace(REVIEW, head=replace(REVIEW.head, template=template)), name=NAME))
    assert seen.items[0] == "Checkout was slow for an hour: a retry storm\nafter deploy 4711."


def test_the_time_zone_is_said_once_where_the_first_time_is_told() -> None:
    for export in (("timeline", "decisions", "measures"), ("facts", "decisions", "measures"), ("decisions",)):
        template = replace(TEMPLATE, export=export)
        markdown = document(replace(REVIEW, head=replace(REVIEW.head, template=template)), name=NAME)
        assert markdown.count("Times are in Europe/Berlin.") == 1
        assert markdown.index("Europe/Berlin") < markdown.index("2026-11-22 23")
    template = replace(TEMPLATE, export=("facts", "people", "actions"))
    assert "Europe" not in document(replace(REVIEW, head=replace(REVIEW.head, template=template)), name=NAME)


def test_an_end_before_its_start_is_shown() -> None:
    moments = {**REVIEW.moments, "detected": Moment("detected", "2026-11-22T23:00")}
    rows = see(document(replace(REVIEW, moments=moments), name=NAME)).rows
    assert ["Time to detect", "invalid: −31 min, the end is before the start", "First noticed − Impact began"] in rows


def test_without_a_recorded_moment_there_are_no_measures() -> None:
    moments = {"escalated": Moment("escalated", not_applicable=True)}
    assert "Measures" not in see(document(replace(REVIEW, moments=moments), name=NAME)).headings


def test_a_table_leaves_out_the_columns_that_are_empty() -> None:
    review = Review(participants={"p": Participant("p", "Ana", "ana")})
    assert see(document(review, name=NAME)).rows == [["Name"], ["Ana"]]


def test_people_are_told_with_the_time_at_which_they_took_over_a_duty() -> None:
    ana, bo, chi = PEOPLE
    at = datetime(2026, 11, 24, 13, 40, tzinfo=UTC)
    people = (
        replace(ana, duties={"facilitator": (at + timedelta(minutes=20),)}),
        replace(bo, role="", duties={"facilitator": (at,), "note_taker": (at + timedelta(hours=10),)}),
        chi,
    )
    template = replace(TEMPLATE, export=("people", "timeline"))
    head = replace(REVIEW.head, template=template)
    markdown = document(replace(REVIEW, head=head, participants={one.id: one for one in people}), name=NAME)
    assert [row[1] for row in see(markdown).rows[1:4]] == [
        "Took part in the response; facilitator from 15:00",
        "facilitator 14:40–15:00; note-taker from 2026-11-25 00:40",
        "wrote the cache",
    ]
    assert markdown.count("Europe/Berlin") == 1
    assert markdown.index("## People") < markdown.index("Europe/Berlin") < markdown.index("14:40")


def test_somebody_who_is_no_longer_on_the_roster_is_passed_over() -> None:
    review = replace(REVIEW, participants={})
    assert "- [ ] Cap retries at 2 — team payments, due 2026-12-01" in document(review, name=NAME)


def test_private_entries_and_feedback_are_never_written() -> None:
    assert UNSEEN not in document(REVIEW, name=NAME)


def test_the_same_review_gives_the_same_bytes_whatever_the_order_it_was_put_together_in() -> None:
    chance = random.Random(4711)  # noqa: S311
    for _ in range(5):
        tables = {}
        for field in fields(Review):
            table = getattr(REVIEW, field.name)
            if field.name != "head":
                tables[field.name] = dict(chance.sample(list(table.items()), len(table)))
        facts = dict(reversed(list(REVIEW.head.facts.items())))
        head = replace(REVIEW.head, facts=facts, tags=tuple(reversed(REVIEW.head.tags)))
        assert document(Review(head=head, **tables), name=NAME) == EXPECTED


@given(title=lines, service=lines, tag=lines, name=lines)
def test_the_front_matter_is_yaml_that_says_what_was_typed(title: str, service: str, tag: str, name: str) -> None:
    head = Head(title=title, facts={"service": service}, tags=(tag,), template=Template(name, "T"))
    _, matter, _ = document(Review(head), name=name).split("---\n", 2)
    assert yaml.safe_load(matter) == {
        "id": name,
        "title": title,
        "service": service,
        "tags": [tag],
        "template": name,
        "template_version": 1,
        "status": "draft",
    }


@pytest.mark.parametrize(
    "title", ["null", "on", "2026-11-22", "14:05", "012", "a: b # c", '"', "\\", "- x", "\x7f\ufeff"]
)
def test_a_title_in_the_front_matter_stays_a_text(title: str) -> None:
    matter = document(Review(Head(title=title)), name="x").split("---\n", 2)[1]
    assert yaml.safe_load(matter)["title"] == clean_line(title)


@settings(max_examples=50)
@given(typed=st.lists(lines, min_size=8, max_size=8), linkify=st.booleans())
def test_what_people_typed_comes_out_as_they_typed_it(*, typed: list[str], linkify: bool) -> None:
    title, fact, name, role, team, first, second, third = typed
    seen = see(document(_review_of(typed), name="x"), linkify=linkify)
    assert seen.headings[0] == title
    assert ["A fact?", fact] in seen.rows
    assert [name, role, team] in seen.rows
    assert ["2026-11-22 14:05", first, name] in seen.rows
    said = [f"{text} — {name}" for text in (first, second, third, first, second, third, first)]
    said.insert(5, f"[ ] {second} — {name} ({team}), ref {third}\nDone when: {first}")
    assert seen.items == said
    assert seen.inline <= OURS
    assert not {"html_block", "fence", "code_block", "hr", "ordered_list_open", "blockquote_open"} & seen.blocks


def _review_of(typed: list[str]) -> Review:
    """Put the eight texts everywhere where a review holds text."""
    title, fact, name, role, team, first, second, third = typed
    texts = itertools.cycle([first, second, third])
    entries = [
        Entry(f"e{at}", kind, text, who=("p",)) for at, (kind, text) in enumerate(zip(LISTED, texts, strict=False))
    ]
    entries.append(Entry("e9", Kind.EVENT, first, when="2026-11-22T14:05", who=("p",)))
    action = Action("a", second, owners=("p",), team=team, ref=third, done_when=first)
    return Review(
        Head(title=title, facts={"a": fact}, template=Template("t", "T", facts=(Fact("a", "A fact?"),))),
        participants={"p": Participant("p", name, "ana", role, team)},
        entries={entry.id: entry for entry in entries},
        actions={"a": action},
    )


def test_a_text_of_several_paragraphs_keeps_them_wherever_there_is_room_for_them() -> None:
    text = "First of all.\n\nAnd then\nthis."
    kinds = (Kind.NOTE, Kind.LEARNING, Kind.EVENT)
    entries = [Entry(f"e{at}", kind, text, step="summary", who=("p",)) for at, kind in enumerate(kinds)]
    review = Review(
        Head(template=TEMPLATE),
        participants={"p": Participant("p", "Ana", "ana")},
        entries={entry.id: entry for entry in entries},
        actions={"a": Action("a", text, team="web")},
    )
    written = document(review, name="x")
    assert "## Summary\n\nFirst of all.\n\nAnd then\\\nthis. — Ana\n\n" in written
    assert "## What we learned\n\n- First of all.\n\n  And then\\\n  this. — Ana\n\n" in written
    assert "- [ ] First of all.\n\n  And then\\\n  this. — team web\n" in written
    assert "| First of all. / And then / this. | Ana |\n" in written


@given(lines)
def test_what_a_template_says_comes_out_as_it_was_written(text: str) -> None:
    template = Template(
        "t",
        "T",
        facts=(Fact("a", text),),
        moments=(MomentAsked("m", text), MomentAsked("n", "N")),
        measures=(Measure(text, "m", "n"),),
        roles=(Role("r", text),),
    )
    review = Review(
        Head(template=template, facts={"a": "x"}),
        participants={"p": Participant("p", "Ana", "ana", "r")},
        moments={"m": Moment("m", "2026-11-22T14:05", about=True)},
        entries={"e": Entry("e", Kind.EVENT, "x")},
    )
    rows = see(document(review, name="x")).rows
    for row in ([text, "x"], [text, "pending", f"N − {text}"], [text, "2026-11-22 ~14:05"], ["Ana", text]):
        assert row in rows
    assert ["2026-11-22 ~14:05", text] in rows


@given(lines, st.sampled_from(list(State)))
def test_an_action_in_any_state_keeps_its_words_and_its_reason(text: str, state: State) -> None:
    action = Action("a", text, state, due=date(2026, 12, 1), reason=text, done_when=text)
    seen = see(document(Review(actions={"a": action}), name="x"))
    box = {State.OPEN: "[ ] ", State.DOING: "[ ] ", State.DONE: "[x] "}.get(state, "")
    going = ", in progress" if state is State.DOING else ""
    reason = {State.NOT_DOING: f"\nNot doing: {text}", State.MOVED: f"\nMoved: {text}"}.get(state, "")
    assert seen.items == [f"{box}{text} — due 2026-12-01{going}\nDone when: {text}{reason}"]


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_can_be_written(section: str) -> None:
    template = replace(TEMPLATE, export=(section,))
    entries = {**REVIEW.entries, "e99": Entry("e99", Kind.WAS_HARD, "finding the dashboard")}
    seen: Seen = see(
        document(replace(REVIEW, head=replace(REVIEW.head, template=template), entries=entries), name=NAME)
    )
    assert len(seen.headings) >= 2
    assert seen.items or seen.rows or seen.paragraphs
