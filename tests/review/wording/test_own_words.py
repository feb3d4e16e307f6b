from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrtui.review.wording.own_words import BLANK, BREAK, own_words

marked = st.text(st.sampled_from("ab `\"“”„«»'‘’>#*|_~-=+[]()<!/:\n\t.1\u00a0"), max_size=120)


def kept(text: str, *template_words: str) -> str:
    """Return what is somebody's own in a text, runs of anything else as one space."""
    return " ".join(own_words(text, template_words).replace(BLANK, " ").split())


@given(marked | st.text(max_size=80), st.lists(st.text(max_size=20), max_size=2))
def test_every_word_stays_where_it_is(text: str, template_words: list[str]) -> None:
    own = own_words(text, template_words)
    assert len(own) == len(text)
    changed = [(was, is_) for was, is_ in zip(text, own, strict=True) if was != is_]
    assert {is_ for _, is_ in changed} <= {BLANK, BREAK, " ", "'", "-", "."}


@given(st.lists(st.sampled_from(["word", "our", "it's", "well-known"]), max_size=8))
def test_plain_words_are_all_ones_own(words: list[str]) -> None:
    assert kept(" ".join(words)) == " ".join(words)


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("he said “never again” and left", "he said and left"),
        ('he said "never again" and left', "he said and left"),
        ("he said 'it wasn't me' and left", "he said and left"),
        ("he said ‘it wasn’t me’ and left", "he said and left"),
        ("er sagte „nie wieder“ und ging", "er sagte und ging"),
        ("il a dit « jamais » et voilà", "il a dit et voilà"),
        ("“a quote that goes on in the next paragraph", ""),
        ('a 19" rack and a 21" one', 'a 19" rack and a 21" one'),
        ("the engineers' page and the teams' page", "the engineers' page and the teams' page"),
        ("we’d have", "we'd have"),
        ("ran `kubectl delete` twice", "ran twice"),
        ("ran ``a ` b`` twice", "ran twice"),
        ("an unclosed ` stays", "an unclosed ` stays"),
        ("see [the page](https://example.org/x_(y)) for more", "see [the page] for more"),
        ("see [the page][1] for more", "see [the page] for more"),
        ("see <https://example.org/a?b=c>, or www.example.org.", "see , or ."),
        ("mail ops@example.org now", "mail now"),
        ("a ![graph of errors](g.png) here", "a here"),
        ("we *should* have **never** _ever_ gone", "we should have never ever gone"),
        ("snake_case_name stays", "snake_case_name stays"),
        ("a<br>b", "a b"),
        ("we <!-- a remark\nover lines --> went", "we went"),
    ],
)
def test_quotes_code_links_and_marks_are_not_ones_own(text: str, own: str) -> None:
    assert kept(text) == own


@pytest.mark.parametrize(
    "text",
    [
        "# Heading",
        "###### Heading",
        "**A heading in bold**",
        "Heading\n=======",
        "> quoted",
        "> quoted\nand its next line",
        "- > quoted in a list",
        "```\ncode\n```",
        "~~~ text\ncode\n~~~",
        "```\ncode without an end",
        "---\ntitle: front matter\n---",
        "+++\ntitle = 'front matter'\n+++",
        "[1]: https://example.org",
        "\n    code by its indent",
    ],
)
def test_a_line_that_is_no_prose_is_blanked(text: str) -> None:
    assert kept(text) == ""
    assert kept(f"{text}\n\nown words") in {"own words", ""}  # an open block goes on to the end


def test_what_follows_a_block_is_ones_own_again() -> None:
    assert kept("```\n> code\n```\nown words") == "own words"
    assert kept("> quoted\n\nown words") == "own words"
    assert kept("> quoted\n- an item") == "an item"
    assert kept("---\na: 1\n---\nown words") == "own words"
    assert kept("- an item\n\n    that goes on") == "an item that goes on"


@pytest.mark.parametrize(
    "text",
    [
        "- own words",
        "* [ ] own words",
        "3) own words",
        "14:05 own words",
        "**14:05 UTC** – own words",
        "- `08:15` own words",
        "[10:12] own words",
        "2026-11-22 14:05: own words",
        "2026-11-22T14:05Z own words",
        "12:45 PM PST: own words",
        "- **Impact**: own words",
        "| own words |",
    ],
)
def test_marks_times_and_labels_before_a_line_part_it_from_what_was_before(text: str) -> None:
    own = own_words(text)
    at = own.index("own words")
    assert not own[:at].strip()
    assert at == 0 or own[at - 1] == BREAK or BREAK in own[:at]


def test_lines_of_a_paragraph_are_joined_and_other_lines_are_not() -> None:
    long = "a line that is long enough to have been wrapped"
    assert own_words(f"{long}\nand goes on") == f"{long} and goes on"
    assert own_words("short\nlines") == f"short{BREAK}lines"
    assert BREAK in own_words(f"{long}\n- an item")
    assert BREAK in own_words(f"{long}\n\nanother paragraph")


def test_a_sentence_of_the_template_is_known_whatever_its_case_and_spacing() -> None:
    asked = "Who was there?  What would you do differently next time?"
    assert kept("what would you do\ndifferently next time: nothing", asked) == ": nothing"
    assert kept("What would you do differently", asked) == "What would you do differently"
    assert kept("Well. Who  was there? Nobody.", asked) == "Well. ? Nobody."


def test_a_word_or_two_of_the_template_are_everybodys() -> None:
    assert kept("Next time.", "Next time.") == "Next time."
