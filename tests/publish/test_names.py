"""How people are written, and what is no name though it looks like one."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrtui.publish.names import Names, redacted
from lrtui.publish.spellings import SOMEBODY, Known

PEOPLE = [
    Known("Ana Lima", "ana", "responder 1"),
    Known("Bo Berg", "bo", "observer 1"),
    Known("Will Page", "will", "responder 2"),
    Known("José Müller", "jose", "expert 1"),
    Known("Jean-Luc O'Brien", "jeanluc", "manager 1"),
]
NAMES = Names(PEOPLE)


def told(text: str, names: Names = NAMES) -> str:
    return redacted(text, names.find(text))


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("Ana rolled back", "responder 1 rolled back"),
        ("Ana Lima, LIMA and ana", "responder 1, responder 1 and responder 1"),
        ("Lima, Ana", "responder 1"),
        ("Ana's laptop, Ana’s pager, ANA'S", "responder 1's laptop, responder 1’s pager, responder 1'S"),
        ("Anas laptop, Anas’ pager", "responder 1's laptop, responder 1's pager"),
        ("asked @ana, @Ana_Lima and @BO", "asked responder 1, responder 1 and observer 1"),
        ("ana.lima@example.com wrote", "responder 1 wrote"),
        ("alima, analima, ana_lima, lima.ana", "responder 1, responder 1, responder 1, responder 1"),
        ("A. Lima; a.lima; Ana L.; ana.l", "responder 1; responder 1; responder 1; responder 1"),
        ("/home/ana/.ssh and host ana-laptop", "/home/responder-1/.ssh and host responder-1-laptop"),
        ("ssh ana@10.1.2.3, ana01", "ssh responder-1@10.1.2.3, responder 1"),
        ("?who=Ana%20Lima&to=bo", "?who=responder-1&to=observer-1"),
        ("**Ana** `bo` _Lima_ (Bo)", "**responder 1** `observer 1` _responder-1_ (observer 1)"),
        ("non-Ana, Ana/Bo", "non-responder-1, responder-1/observer-1"),
        ("JOSE; José; Mueller; muller; José Müller", "expert 1; expert 1; expert 1; expert 1; expert 1"),
        ("Jean Luc, jeanluc, jean-luc, Jean", "manager 1, manager 1, manager 1, manager 1"),
        ("O’Brien, OBrien, Brien", "manager 1, manager 1, manager 1"),
        ("Ana\u00a0Lima, A\u200bna, B\u00ado", "responder 1, responder 1, observer 1"),
        (r"log: x\nAna\tBo C:\Users\bo", r"log: x\nresponder 1\tobserver 1 C:\Users\observer-1"),
        ("I think Lima, A. Lima", "I think responder 1, responder 1"),
        ("15:04Ana said, 2Ana, 9ana", "15:04responder 1 said, 2responder 1, 9responder 1"),
        ("asked bo\nand Bo", "asked observer 1\nand observer 1"),
    ],
)
def test_somebody_is_found_however_they_are_written(text: str, instead: str) -> None:
    assert told(text) == instead


@pytest.mark.parametrize(
    "text",
    [
        "Bob and body, about a boat, ebb",
        "banana, anatomy, Anabel, Limassol, climax, bergamot",
        "4f2ana9 and bo3c, a9ana, deploy4711ana",
        "it will page whoever turns the page, or will; WILLING, Pager, Wills of iron",
        "",
        "e-mail to x@example.com",
    ],
)
def test_letters_within_a_word_and_ordinary_words_are_no_names(text: str) -> None:
    assert told(text) == text


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("Will rolled back, will it?", "responder 2 rolled back, will it?"),
        ("will's laptop, @will, will.page", "responder 2's laptop, responder 2, responder 2"),
        ("WILL! Page?", "responder 2! responder 2?"),
    ],
)
def test_a_name_that_is_a_word_is_one_where_it_is_spelled_as_a_name(text: str, instead: str) -> None:
    assert told(text) == instead
    assert [found.doubtful for found in NAMES.find("Will asked Ana")] == [True, False]


def test_words_that_a_person_keeps_are_left_alone() -> None:
    names = Names(PEOPLE, kept=["will", "Ana"])
    assert told("Will the page open? Ana: @will Will Page", names) == "Will the page open? Ana: @will responder 2"


def test_of_two_with_one_name_either_is_somebody_unless_more_is_said() -> None:
    names = Names([*PEOPLE, Known("Ana Berg", "berg", "observer 2")])
    assert told("Ana; Berg", names) == f"{SOMEBODY}; {SOMEBODY}"
    assert told("Ana Lima, Ana Berg, @ana, @berg", names) == "responder 1, observer 2, responder 1, observer 2"


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("see Ana L. and A. Lima, Ana S.", f"see {SOMEBODY} and responder 1, {SOMEBODY}."),
        ("Lima, Ana Silva", "responder 1, responder 2"),
        ("Lima, Ana, Bo", f"responder 1, {SOMEBODY}, observer 1"),
        ("Ana, Lima and Silva", f"{SOMEBODY}, responder 1 and responder 2"),
        ("Bo, Ana Lima, Ana Silva", "observer 1, responder 1, responder 2"),
        ("Silva, Ana; Lima, Ana rolled back", "responder 2; responder 1 rolled back"),
        ("Lima, A. and Silva, A.", "responder 1 and responder 2."),
        ("Lima, A. Silva", "responder 1, responder 2"),
        ("asked Ana L. Then Bo", f"asked {SOMEBODY}. Then observer 1"),
        ("Berg-Sol, Bo Kim", "observer 1"),
        ("Bo Kim, Berg-Sol", "observer 1, observer 1"),
    ],
)
def test_a_comma_ends_a_name_unless_last_and_first_of_one_person_stand_about_it(text: str, instead: str) -> None:
    people = [("Ana Lima", "responder 1"), ("Ana Silva", "responder 2"), ("Bo Kim Berg-Sol", "observer 1")]
    assert told(text, Names([Known(name, "", role) for name, role in people])) == instead


def test_a_numbered_handle_is_another_one() -> None:
    names = Names([Known("Ana", "ana", "responder 1"), Known("Ana", "ana2", "responder 2")])
    assert told("@ana @ana2 ana2", names) == "responder 1 responder 2 responder 2"


def test_who_is_on_other_rosters_is_somebody_and_their_ordinary_words_are_words() -> None:
    names = Names(PEOPLE, ["Chi Okafor", "Grace Stone", "Ana Berg"])
    assert (
        told("Chi, c.okafor, Grace Stone, Grace, Ana", names)
        == f"{SOMEBODY}, {SOMEBODY}, {SOMEBODY}, Grace, responder 1"
    )


@pytest.mark.parametrize("name", ["", " ", "?", "42", "(.*)", "\\", "A", "🙂", "@", "'", "..."])
def test_names_without_letters_and_with_signs_take_nothing_away(name: str) -> None:
    names = Names([Known(name, "guest", "observer 1")])
    text = "A plain line (.*) of [a-z]+ 42 \\ ' @ 🙂 ..."
    assert told(text, names) == text


def test_a_name_of_one_letter_is_found_where_it_is_addressed() -> None:
    names = Names([Known("X", "x", "observer 1")])
    assert told("@x asked; x = 4, X-ray", names) == "observer 1 asked; x = 4, X-ray"


def test_scripts_without_spaces_are_searched_within_words() -> None:
    names = Names([Known("田中 太郎", "田中", "responder 1"), Known("김민수", "김민수", "observer 1")])
    assert told("田中さんが再起動、太郎も", names) == "responder 1さんが再起動、responder 1も"
    assert told("김민수가 재시작", names) == "observer 1가 재시작"


def test_who_is_on_the_roster_by_their_address_is_found_by_what_stands_before_the_sign() -> None:
    names = Names([Known("dee.fox@corp.example", "dee", "observer 1")])
    assert (
        told("dee.fox wrote to someone@corp.example, Dee", names)
        == "observer 1 wrote to someone@corp.example, observer 1"
    )


SCRIPTS = st.characters(categories=["Lu", "Ll", "Lo", "Mn", "Nd", "P", "Zs"], max_codepoint=0x2FFF)


@given(st.text(SCRIPTS, max_size=12), st.text(max_size=8), st.text(max_size=8))
def test_whatever_the_names_and_texts_what_is_not_replaced_stays_to_the_letter(
    name: str, before: str, after: str
) -> None:
    text = before + name + after
    found = Names([Known(name, "", "responder 1")]).find(text)
    ends = [0, *(item.end for item in found)]
    assert all(end <= item.start < item.end <= len(text) for end, item in zip(ends, found, strict=False))
    rest = "".join(text[end : item.start] for end, item in zip(ends, found, strict=False)) + text[ends[-1] :]
    assert len(rest) + sum(item.end - item.start for item in found) == len(text)


@given(st.text(max_size=30))
def test_a_name_is_found_in_either_form_of_its_accents(text: str) -> None:
    composed, apart = unicodedata.normalize("NFC", "José"), unicodedata.normalize("NFD", "José")
    assert told(composed) == told(apart) == "expert 1"
    spaced = f"{text} {apart} {text}"
    assert apart not in told(spaced)


def test_given_names_count_together_and_with_their_initials() -> None:
    names = Names([Known("Mei Ling Wu", "mei", "responder 1"), Known("Ludwig van der Aue", "ludwig", "observer 1")])
    assert told("Mei-Ling; meiling; mlwu; mwu; Mei Wu", names) == "; ".join(["responder 1"] * 5)
    assert told("van der Aue; the van; Van; Ludwig van Aue", names) == (
        "van der observer 1; the van; Van; observer 1 van observer 1"
    )
