from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lrtui.errors import Refused
from lrtui.review import roster
from lrtui.review.model import Head, Participant, Review
from lrtui.review.roster import NewPerson
from lrtui.review.template import Role, Step, Template

ROLES = (
    Role("responder", "Took part in the response", at_least=1),
    Role("expert", "Knows the system, was not part of it"),
    Role("observer", "Observes to learn", at_most=3),
    Role("decision_maker", "Can decide in the room"),
    Role("manager", "Manager"),
    Role("facilitator", "Facilitator"),
    Role("note_taker", "Takes the notes"),
)


def review_of(*people: tuple[str, str], roles: tuple[Role, ...] = ROLES, captures: str = "note") -> Review:
    template = Template("meeting", "Meeting", roles=roles, steps=(Step("talk", "Talk", minutes=5, captures=captures),))
    participants = {f"p{at}": Participant(f"p{at}", name, name.lower(), role) for at, (name, role) in enumerate(people)}
    return Review(Head(template=template), participants)


def crew(*roles: str) -> Review:
    return review_of(*((f"Person {at}", role) for at, role in enumerate(roles)))


@pytest.mark.parametrize(
    ("name", "taken", "handle"),
    [
        ("Ana Lima", "", "ana"),
        ("Ana Silva", "ana", "silva"),
        ("Ana Maria Silva", "ana silva", "maria"),
        ("Ana Silva", "ana silva", "asilva"),
        ("Ana Silva", "ana silva asilva", "ana2"),
        ("Ana", "ana ana2", "ana3"),
        ("ANA", "Ana", "ana2"),
        ("J. Smith", "", "smith"),
        ("Siobhán O’Brien", "siobhan", "obrien"),
        ("Søren Łukasz-Ångström", "", "soren"),
        ("Søren Łukasz-Ångström", "soren", "lukaszangstrom"),
        ("李雷", "", "李雷"),
        ("李雷", "李雷", "李雷2"),
        ("Мария Йорк", "мария", "йорк"),
        ("प्रिया", "", "प्रिया"),
        ("ガブリエル", "", "ガブリエル"),
        ("!! \u0301", "", "guest"),
        ("", "guest", "guest2"),
    ],
)
def test_a_handle_is_the_shortest_free_part_of_a_name(name: str, taken: str, handle: str) -> None:
    assert roster.handle(name, taken.split()) == handle


@given(st.text(max_size=60), st.lists(st.text(max_size=20), max_size=4))
@example(name="0\x80\u0816", others=[])
@example(name="ß\u0301", others=[])
def test_a_handle_is_free_short_one_word_and_in_lower_case(name: str, others: list[str]) -> None:
    taken: list[str] = []
    for other in [*others, name, name, name]:
        handle = roster.handle(other, taken)
        assert handle not in taken
        assert 0 < len(handle) <= 30
        assert handle == handle.lower()
        assert not set(handle) & set(" \t\n@#:;,.-_'\"()/")
        taken.append(handle)


def test_somebody_is_found_by_handle_name_or_the_beginning_of_a_name() -> None:
    review = review_of(("Ana", ""), ("Ana Lima", ""), ("José Bo", ""), ("Bo Ek", ""))

    def found(words: str) -> str | None:
        person = roster.find(review, words)
        return person.name if person else None

    assert [found(words) for words in ("ana", "@ANA", " ana l", "ana lima", "jose", "JOSÉ bo", "bo")] == [
        "Ana",
        "Ana",
        "Ana Lima",
        "Ana Lima",
        "José Bo",
        "José Bo",
        "Bo Ek",
    ]
    assert {found(words) for words in ("", "@", "an", "carl", "Lima")} == {None}


def test_a_handle_goes_before_a_name_and_a_beginning_that_fits_two_finds_nobody() -> None:
    people = {
        "a": Participant("a", "Bo Ek", "ek"),
        "b": Participant("b", "Ek Berg", "berg"),
        "c": Participant("c", "Bo Lund", "bo"),
    }
    found = [roster.find(Review(participants=people), words) for words in ("ek", "bo", "bo ", "ek b", "b")]
    assert [person.id if person else None for person in found] == ["a", "c", "c", "b", None]


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("Ana Lima", NewPerson("Ana Lima")),
        ("Ana  Lima: responder, payments", NewPerson("Ana Lima", "responder", "payments")),
        ("Ana: payments, Responder", NewPerson("Ana", "responder", "payments")),
        ("Ana: took part", NewPerson("Ana", "responder")),
        ("Ana: SME", NewPerson("Ana", "expert")),
        ("Ana: decision maker, core", NewPerson("Ana", "decision_maker", "core")),
        ("Ana: note-taker", NewPerson("Ana", "note_taker")),
        ("Ana: fac", NewPerson("Ana", "facilitator")),
        ("Ana: facilities", NewPerson("Ana", "", "facilities")),
        ("Ana: o", NewPerson("Ana", "", "o")),
        ("Ana: observes, platform, payments", NewPerson("Ana", "observer", "platform, payments")),
        ("Ana:", NewPerson("Ana")),
        ("Ana: ,,", NewPerson("Ana")),
    ],
)
def test_a_person_is_a_name_and_after_a_colon_role_and_team(text: str, person: NewPerson) -> None:
    assert roster.parse_person(text, ROLES) == person


def test_a_beginning_that_fits_two_roles_is_a_team() -> None:
    roles = (Role("lead", "Incident lead"), Role("leader", "Leader of the team"))
    assert roster.parse_person("Ana: lea", roles) == NewPerson("Ana", "", "lea")
    assert roster.parse_person("Ana: lead", roles) == NewPerson("Ana", "lead")


def test_a_template_without_roles_makes_every_word_a_team() -> None:
    assert roster.parse_person("Ana: sme") == NewPerson("Ana", "", "sme")


def test_several_people_are_parted_by_semicolons_or_lines() -> None:
    people = roster.parse_people("Ana Lima: responder; Bo Ek: payments;\n\nCai;", ROLES)
    assert people == (NewPerson("Ana Lima", "responder"), NewPerson("Bo Ek", "", "payments"), NewPerson("Cai"))


@pytest.mark.parametrize("typed", ["Mei, Farid", "Mei, Farid: responder", "- Mei, Farid, Bo", "Mei, payments"])
def test_names_parted_by_a_comma_are_refused_with_how_to_add_several(typed: str) -> None:
    with pytest.raises(Refused, match=r"may be two people, or one and a team. Two people: “Mei; "):
        roster.parse_person(typed, ROLES)


def test_a_list_with_commas_is_read_where_a_role_or_brackets_tell_names_from_the_rest() -> None:
    assert roster.parse_person("1. Ana Lima, responder, payments", ROLES) == NewPerson(
        "Ana Lima", "responder", "payments"
    )
    assert roster.parse_person("Ana Lima (core, payments)", ROLES) == NewPerson("Ana Lima", "", "core, payments")
    assert roster.parse_person("Ana Lima,", ROLES) == NewPerson("Ana Lima")


def test_words_that_are_no_role_are_said_with_the_roles_that_there_are() -> None:
    said = roster.said_of_roles("Bo; Ana Lima: wizard", ROLES)
    assert said.startswith(
        "“wizard” is no role here and kept as the team of Ana Lima. The roles are: responder, expert,"
    )
    assert "decision maker" in said
    assert roster.said_of_roles("Bo; Ana: responder, payments", ROLES) == ""
    assert roster.said_of_roles("Ana: payments") == ""


def test_a_person_without_a_name_is_refused() -> None:
    with pytest.raises(Refused, match="A name is missing"):
        roster.parse_people("Ana; : responder", ROLES)


@given(st.text(max_size=60))
def test_whatever_is_typed_as_a_person_is_read_or_refused(text: str) -> None:
    try:
        person = roster.parse_person(text, ROLES)
    except Refused:
        return
    assert person.name
    assert person.name == " ".join(person.name.split())


def test_a_good_mix_gets_no_hint() -> None:
    assert roster.mix(crew("facilitator", "responder", "responder", "expert", "observer", "decision_maker")) == []


def test_an_empty_roster_gets_one_inviting_line_and_a_review_written_alone_none() -> None:
    assert roster.mix(crew()) == ["Who will be there? Add people, as in “Ana Lima: responder, payments”."]
    assert roster.mix(Review(Head(solo=True))) == []
    assert roster.mix(Review(Head(template=Template("alone", "Alone", steps=(Step("what", "What"),))))) == []


@pytest.mark.parametrize(
    ("roles", "start"),
    [
        (["facilitator", *["responder"] * 8, "expert", "expert"], "11 people: beyond 10"),
        (["facilitator", "responder"], "2 people so far: below 3"),
        (["facilitator"], "1 person so far"),
        (["facilitator", "expert", "expert"], "Took part in the response: nobody so far, 1 or more"),
        (["facilitator", "responder", *["observer"] * 4], "Observes to learn: 4 people, 3 at most"),
        (["facilitator", "responder", "responder"], "Everyone was part of the response"),
        (["responder", "expert", "expert"], "Nobody is down as facilitator yet"),
        (["facilitator", "facilitator", "responder", "expert"], "2 facilitators: agree who leads"),
        (["facilitator", "responder", "expert", *["manager"] * 3], "3 managers: people often speak more freely"),
    ],
)
def test_an_uneven_mix_gets_a_hint_that_says_what(roles: list[str], start: str) -> None:
    assert [hint for hint in roster.mix(crew(*roles)) if hint.startswith(start)]


@pytest.mark.parametrize(
    ("at_least", "captures", "expected"), [(1, "note", True), (0, "decision", True), (0, "note", False)]
)
def test_decisions_that_may_come_up_want_somebody_who_can_make_them(
    at_least: int, captures: str, *, expected: bool
) -> None:
    roles = (Role("responder", "Responder"), Role("decision_maker", "Can decide", at_least=at_least))
    people = [("Ana", "responder"), ("Bo", ""), ("Cai", "")]
    hints = roster.mix(review_of(*people, roles=roles, captures=captures))
    assert [hint.startswith("Decisions may come up") for hint in hints] == [True] * expected
    decided = review_of(*people, ("Di", "decision_maker"), roles=roles, captures=captures)
    assert roster.mix(decided) == []


def test_a_facilitator_who_also_responded_gets_a_hint() -> None:
    hints = roster.mix(review_of(("Ana Lima", "facilitator"), ("Ana lima", "responder"), ("Bo", "expert"), ("Cai", "")))
    assert hints == ["Ana Lima responded too; it is easier to listen as someone from outside."]


def test_an_expert_who_is_asked_for_is_asked_for_once() -> None:
    roles = (Role("responder", "Responder"), Role("expert", "Expert", at_least=1))
    people = [("Ana", "responder"), ("Bo", "responder"), ("Cai", "responder")]
    assert roster.mix(review_of(*people, roles=roles)) == ["Expert: nobody so far, 1 or more would help."]


@given(
    st.lists(st.tuples(st.text(max_size=80), st.sampled_from([*(role.key for role in ROLES), "", "x"])), max_size=14),
    st.text(max_size=200),
    st.integers(0, 3),
)
def test_every_hint_is_one_short_line(people: list[tuple[str, str]], title: str, count: int) -> None:
    roles = tuple(Role(role.key, title, at_least=count, at_most=count) for role in ROLES)
    for hint in roster.mix(review_of(*people, roles=roles, captures="decision")):
        assert len(hint) <= 90
        assert hint.endswith(".")
        assert "\n" not in hint
