from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrtui.review import capture, lesson
from lrtui.review.model import Kind
from lrtui.settings.prefixes import KINDS, laid_over, objection
from tests.doing import words

TODAY = date(2026, 11, 23)
MARKS = ("so:", "!!", "=>", "todo:", "->", "a:", "n:", "ev:", "~")

chosen = st.dictionaries(st.sampled_from(KINDS), st.sampled_from([mark for mark in MARKS if not objection(mark)]))
prefixes = chosen.filter(lambda marks: len(set(marks.values())) == len(marks)).map(
    lambda marks: laid_over({kind: [mark] for kind, mark in marks.items()})
)


@given(prefixes)
def test_every_example_does_its_task_by_ones_own_prefixes_and_no_other(marks: dict[str, Kind]) -> None:
    tasks = lesson.tasks(marks, "Tab")
    for at, task in enumerate(tasks):
        read = lesson.read(task.example, TODAY, marks)
        assert [not other.missing(read) for other in tasks] == [place == at for place in range(len(tasks))]


@given(words, prefixes)
def test_a_try_is_read_as_any_line_is_and_what_it_lacks_can_be_said(typed: str, marks: dict[str, Kind]) -> None:
    handles = {handle: handle for handle, _ in lesson.PEOPLE}
    read = lesson.read(typed, TODAY, marks)
    assert read == capture.parse(typed, handles=handles, default=Kind.NOTE, today=TODAY, prefixes=marks)
    for task in lesson.tasks(marks, "Tab"):
        assert (task.missing(read) == "") == all(want.met(read) for want in task.wants)


@pytest.mark.parametrize(
    ("at", "typed", "missing"),
    [
        (0, "a: limit the retries", "no mark before the words: this one is plain"),
        (0, "the pay button kept spinning", ""),
        (1, "deploy rolled back", "a time at the beginning, such as 14:05; @ana or @bo"),
        (1, "14:05 deploy rolled back", "@ana or @bo"),
        (1, "14:05 a: roll back @ana", "no mark of another kind"),
        (1, "~9:30 @bo sees it too", ""),
        (2, "limit the retries @bo", "a: at the beginning; due: and a day, such as due:fri or due:+2w"),
        (2, "[] limit the retries @nobody ^fri", "@ana or @bo, who answers for it"),
        (2, "[] limit the retries @bo ^+2w", ""),
        (3, "Ana looks tired", "// at the beginning"),
        (3, "//", "some words"),
        (3, "14:10 // Ana looks tired", ""),
    ],
)
def test_what_a_line_lacks_is_named(at: int, typed: str, missing: str) -> None:
    task = lesson.tasks(capture.PREFIXES, "Tab")[at]
    assert task.missing(lesson.read(typed, TODAY, capture.PREFIXES)) == missing


def test_what_is_asked_for_names_ones_own_marks_and_keys() -> None:
    marks = laid_over({Kind.ACTION: ["todo:"]})
    _, event, action, _ = lesson.tasks(marks, "Ctrl+N")
    assert "Ctrl+N completes a name" in event.ask
    assert action.ask.startswith("todo: makes it an action")
    assert action.example == "todo: limit the retries @bo due:fri"


@pytest.mark.parametrize(
    ("typed", "options"), [("14:05 @a", ("@ana ",)), ("a: x due:f", ("due:fri ",)), ("act", ("a: ",))]
)
def test_names_days_and_kinds_are_completed(typed: str, options: tuple[str, ...]) -> None:
    found = lesson.complete(typed, len(typed), capture.PREFIXES)
    assert found is not None
    assert found.options == options
