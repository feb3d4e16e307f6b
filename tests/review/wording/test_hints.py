from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrtui.review.model import Kind
from lrtui.review.template_text import load
from lrtui.review.wording import ON_BY_DEFAULT, ONCE, HintClass, asked_by, hints, questions
from lrtui.review.wording.hints import _rules
from lrtui.review.wording.own_words import looked_at
from tests.review.wording.corpora import JUDGED, PEOPLE, PROSE, SAID, UNSAID, Said, counted, words_of

if TYPE_CHECKING:
    from collections.abc import Collection

CORPUS = os.environ.get(
    "LRTUI_CORPUS", ""
)  # a folder of write-ups that are not part of the project; read before a test
TEMPLATES = sorted((Path(__file__).parents[3] / "templates").glob("*.yaml"))
ALL = frozenset(HintClass)
OFF = ALL - ON_BY_DEFAULT


def classes(
    text: str,
    *,
    kind: Kind | None = None,
    on: Collection[HintClass] = ON_BY_DEFAULT,
    offered: Collection[HintClass] = (),
    people: Collection[str] = (),
) -> list[HintClass]:
    return [hint.what for hint in hints(text, kind=kind, on=on, offered=offered, people=people)]


def noticed(said: Said) -> set[HintClass]:
    on = ON_BY_DEFAULT | ({said.what} if said.what in OFF else set())
    return {hint.what for hint in hints(said.text, kind=said.kind, on=on, people=PEOPLE)}


# --- measured ---------------------------------------------------------------------------------------------------------


def test_every_spoken_sentence_that_carries_a_pattern_is_caught() -> None:
    missed = [f"{said.what}: {said.text}" for said in SAID if said.what not in noticed(said)]
    assert missed == []
    assert len(SAID) >= 350
    assert {said.what for said in SAID} == ALL


def test_no_sentence_that_only_looks_like_it_raises_a_hint() -> None:
    wrong = {said.text: hints(said.text, kind=said.kind, on=ALL, people=PEOPLE) for said in UNSAID}
    assert {text: found for text, found in wrong.items() if found} == {}
    assert len(UNSAID) >= 350


def test_on_prose_at_most_one_hint_in_a_thousand_words_is_wrong() -> None:
    found = [(text, hint.what, hint.words) for text, prose in PROSE.items() for hint in hints(prose)]
    assert found == [(judged.text, judged.what, judged.words) for judged in JUDGED]
    wrong = sum(not judged.right for judged in JUDGED)
    assert words_of(list(PROSE.values())) > 5000
    assert wrong * 1000 <= words_of(list(PROSE.values()))


def test_on_what_our_own_templates_say_no_hint_is_raised_that_the_template_does_not_excuse() -> None:
    for path in TEMPLATES:
        template = load(path.read_text(encoding="utf-8"), source=path.name)
        said = "\n\n".join(asked_by(template))
        assert hints(said, template_words=asked_by(template)) == ()
        assert len(hints(said)) <= 1, path.name


@pytest.mark.skipif(not Path(CORPUS).is_dir() or not CORPUS, reason="LRTUI_CORPUS names no folder of write-ups")
def test_on_write_ups_of_others_there_is_less_than_one_hint_in_a_thousand_words() -> None:
    texts = {
        path.name: path.read_text(encoding="utf-8") for path in sorted(Path(CORPUS).rglob("*.*")) if path.is_file()
    }
    found = [hint.what for text in texts.values() for hint in hints(text)]
    words = words_of(list(texts.values()))
    assert words > 0
    assert len(found) * 1000 <= words, f"{counted(found)} in {words} words: judge them one by one"


# --- laws -------------------------------------------------------------------------------------------------------------

said = st.sampled_from(SAID)
anything = st.text(
    st.sampled_from("I we should have failed to `\"“”'‘’>#*|_~-[]()<!\n\t.:;?é0"), max_size=80
) | st.text(max_size=60)


@given(st.lists(anything | said.map(lambda line: line.text), max_size=4), st.sampled_from([None, *Kind]))
def test_whatever_the_text_a_hint_tells_where_its_words_stand_and_no_word_makes_two(
    parts: list[str], kind: Kind | None
) -> None:
    text = " ".join(parts)
    found = hints(text, kind=kind, on=ALL, people=PEOPLE)
    for hint in found:
        assert 0 <= hint.start < hint.end <= len(text)
        assert text[hint.start : hint.end] == hint.words
        assert hint.words == hint.words.strip()
    assert [hint.start for hint in found] == sorted(hint.start for hint in found)
    assert len({hint.end for hint in found}) == len(found)


@given(said, st.sampled_from(sorted(ALL)))
def test_a_class_that_is_off_raises_no_hint(line: Said, off: HintClass) -> None:
    assert off not in classes(line.text, kind=line.kind, on=ALL - {off}, people=PEOPLE)
    assert hints(line.text, kind=line.kind, on=()) == ()


@given(said)
def test_nothing_is_said_about_quotes_code_headings_comments_and_links(line: Said) -> None:
    plain = line.text.replace('"', "").replace("“", "").replace("”", "")
    kept = [
        f"Then somebody said “{plain}” and left.",
        f'Then somebody said "{plain}" and left.',
        f"The log reads `{plain}` twice.",
        f"# {plain}",
        f"> {plain}\nand more of it",
        f"Text\n\n```\n{plain}\n```\n\nmore",
        f"Text\n\n    {plain}\n",
        f"<!-- {plain} -->",
        f"{plain}\n=======",
        f"See https://example.org/{plain.replace(' ', '-')}",
    ]
    assert {text: found for text in kept if (found := hints(text, kind=line.kind, on=ALL, people=PEOPLE))} == {}


@given(said)
def test_single_quotes_count_as_quotes_and_an_apostrophe_does_not(line: Said) -> None:
    assert hints(f"Then somebody said ‘{line.text}’ and left.", kind=line.kind, on=ALL, people=PEOPLE) == ()
    assert hints(f"Then somebody said '{line.text}' and left.", kind=line.kind, on=ALL, people=PEOPLE) == ()
    curly = Said(line.text.replace("'", "’"), line.kind, line.what)
    assert noticed(curly) == noticed(line)


@given(said)
def test_what_the_template_says_is_nobodys_own_word(line: Said) -> None:
    if len(line.text.split()) < 3:
        return
    template_words = [f"{line.text} Is it so?"]
    text = line.text if line.text[-1] in ".?!" else f"{line.text} Is it so?"
    assert hints(text, kind=line.kind, on=ALL, people=PEOPLE, template_words=template_words) == ()
    assert hints(f"{text.upper()}", kind=line.kind, on=ALL, people=PEOPLE, template_words=template_words) == ()


@given(st.lists(said.filter(lambda line: line.what not in ONCE), min_size=1, max_size=6))
def test_in_a_list_each_line_is_read_for_itself(lines: list[Said]) -> None:
    alone = [hint.words for line in lines for hint in hints(line.text, on=ON_BY_DEFAULT - ONCE, people=PEOPLE)]
    text = "\n".join(f"- {line.text}" for line in lines)
    assert [hint.words for hint in hints(text, on=ON_BY_DEFAULT - ONCE, people=PEOPLE)] == alone


@given(said)
def test_a_private_line_gets_no_hint(line: Said) -> None:
    assert hints(line.text, kind=Kind.PRIVATE, on=ALL, people=PEOPLE) == ()


@given(said, st.sampled_from([kind for kind in Kind if kind is not Kind.ACTION]))
def test_only_an_action_can_be_a_weak_or_a_vague_one(line: Said, kind: Kind) -> None:
    actions = {HintClass.WEAK_ACTION, HintClass.VAGUE_ACTION}
    assert not actions & set(classes(line.text, kind=kind, on=ALL, people=PEOPLE))


# --- what is offered --------------------------------------------------------------------------------------------------


def test_every_offer_is_one_short_question_that_raises_no_hint_itself() -> None:
    offers = {rule.offer for rule in _rules()}
    assert [offer for offer in offers if hints(offer, on=ALL)] == []
    assert [offer for offer in offers if len(offer) > 90 or not offer.endswith("?")] == []


def test_every_class_says_what_it_is_about_in_a_short_line() -> None:
    assert len({what.about for what in HintClass}) == len(HintClass)
    assert [what for what in HintClass if not 0 < len(what.about) <= 60] == []


def test_the_minimiser_is_off_and_all_others_are_on_until_somebody_chooses() -> None:
    assert {HintClass.MINIMISER} == OFF
    assert hints("You just had to restart it.") == ()
    assert classes("You just had to restart it.", on=ALL) == [HintClass.MINIMISER]


def test_a_hint_holds_the_person_and_what_is_said_of_them() -> None:
    (hint,) = hints("14:05 By then the on-call engineer really should have escalated, I think.")
    assert hint.words == "the on-call engineer really should have escalated"
    assert hint.what is HintClass.COUNTERFACTUAL


def test_a_single_cause_is_offered_once_in_a_text_and_once_in_a_review() -> None:
    text = "The root cause was a typo. Yes, the root cause was a typo, and the cause was a typo."
    assert classes(text) == [HintClass.SINGLE_CAUSE]
    assert hints(text, offered={HintClass.SINGLE_CAUSE}) == ()


def test_other_classes_come_again_though_they_were_offered() -> None:
    text = "I should have looked, and I should have asked."
    assert classes(text, offered=ALL) == [HintClass.COUNTERFACTUAL] * 2


def test_two_things_said_of_one_person_are_two_hints() -> None:
    assert classes("You obviously didn't check the logs.") == [HintClass.OMISSION, HintClass.HINDSIGHT]


@pytest.mark.parametrize("subject", ["Ana", "ana", "@ana", "Ana Lima", "@somebody.else"])
def test_people_are_known_by_their_names_and_handles(subject: str) -> None:
    assert classes(f"{subject} failed to notice it", people=("Ana Lima", "Ana", "ana")) == [HintClass.OMISSION]


def test_a_name_that_is_on_no_roster_may_be_a_machine_and_raises_no_hint() -> None:
    assert hints("Redis should have noticed the new primary.") == ()
    assert classes("Redis should have noticed it.", people=["Redis"]) == [HintClass.COUNTERFACTUAL]


@pytest.mark.parametrize("name", ["", "a.b(c", "[x", "\\", "O'Brien", "李雷"])
def test_any_name_can_stand_on_the_roster(name: str) -> None:
    assert classes(f"{name or 'I'} should have asked.", people=[name]) == [HintClass.COUNTERFACTUAL]


def test_in_a_text_without_a_kind_a_checkbox_is_an_action() -> None:
    assert classes("- [ ] Improve monitoring") == [HintClass.VAGUE_ACTION]
    assert hints("- Improve monitoring") == ()
    assert hints("Improve monitoring", kind=Kind.LEARNING) == ()


def test_what_belongs_to_an_action_besides_its_words_does_not_make_it_clear() -> None:
    text = "improve monitoring @ana #alerts due:fri !high ref:OPS-12"
    assert classes(text, kind=Kind.ACTION) == [HintClass.VAGUE_ACTION]


def test_a_sentence_goes_on_over_wrapped_lines_and_ends_with_its_list_item() -> None:
    wrapped = "It was long after midnight and nobody else was there to ask, so we should\nhave asked for help."
    assert [hint.words for hint in hints(wrapped)] == ["we should\nhave asked"]
    assert hints("- talked to the vendor, as did somebody\n- failed to notice it at the very beginning") == ()


def test_of_a_captured_line_only_the_beginning_is_looked_at_and_of_a_text_all() -> None:
    blaming = "I should have asked. "
    text = "It was slow. " * 160 + blaming
    assert (hints(text, kind=Kind.NOTE), len(hints(text))) == ((), 1)
    assert len(hints(blaming + text, kind=Kind.NOTE)) == 1
    assert questions(text + "I felt sick.", Kind.NOTE) == questions(text, Kind.NOTE)
    assert hints(f"{'x' * 1988} we should have asked", kind=Kind.NOTE) == (), "no word is looked at in part"
    assert looked_at("x" * 3000) == "x" * 2000
