"""Who may read what: nothing private for anybody, no names for the public, whatever it is written as."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrtui.errors import Refused
from lrtui.publish.audience import Audience, edition
from lrtui.publish.html import as_html
from lrtui.publish.markdown import document
from lrtui.publish.tables import as_csv, as_json
from lrtui.review.model import Action, Entry, Feedback, Kind, Moment, Participant, Review, State, Vote
from lrtui.review.template import MomentAsked, Role
from tests.doing import Doing, doings
from tests.publish.sample import NAME, PEOPLE, REVIEW, UNSEEN
from tests.review.keeping import Desk

if TYPE_CHECKING:
    from lrtui.publish.audience import Edition


def published(edition: Edition) -> list[str]:
    """Return all that is published of an edition: its name, and every format."""
    name, notice, audience = edition.name, edition.notice, edition.audience
    return [
        name,
        document(edition.review, name=name, notice=notice, audience=audience),
        as_json(edition.review, name=name, notice=notice, audience=audience),
        as_csv(edition.review),
        as_html(edition),
    ]


def of(audience: Audience, review: Review = REVIEW, name: str = NAME) -> Edition:
    return edition(review, name=name, audience=audience)


def words(text: str) -> set[str]:
    """Return the words of a text as a reader takes them, without case and accents; nothing of the program's is used."""
    plain = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    plain = re.sub("[\u00ad\u200b\u200c\u200d\u2060\ufeff]", "", plain)
    plain = plain.casefold().replace("ø", "o").replace("ł", "l").replace("’", "'")
    return set(re.findall(r"[^\W\d_]+", re.sub(r"%[0-9a-f]{2}", " ", plain)))


NAMED = [
    "Ana Lima", "Ana Berg", "Bo", "José Müller", "Zoë O'Neill", "Jean-Luc Fournier", "Søren Łukasz",
    "Dr. Chi Okafor", "Nguyễn Thị Hoa", "Ludwig van der Aue", "Ximena", "UMA VERMA", "dara", "Анна Каренина", "Ελένη",
    "Krzysztof(Kris) Nowak",
]  # fmt: skip
AROUND = [
    "{}", "{}'s", "{}’s", "@{}", "({})", "“{}”", "**{}**", "`{}`", "_{}_", "~~{}~~", "[{}](x)", "<{}>", "{}:", "non-{}",
    "{}-led", "x/{}/y", "#{}", "{}.", "…{}…", "|{}|", "\\{}", "a_{}_b", "1 {} 2", "{}!", "\u00a0{}\u00a0", "=>{}",
    "{}@x.org", "https://x.org/{}?a={}", "[{}]", "{}\n{}", "%20{}%2F", "{},{}", "“{}’s”", "{}01", "\t{}",
]  # fmt: skip
SPELLINGS = (
    str,
    str.upper,
    str.lower,
    str.title,
    lambda name: unicodedata.normalize("NFD", name),
    lambda name: unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() or name,
    lambda name: name.replace(" ", "\u00a0"),
    lambda name: name.replace(" ", "_"),
    lambda name: name.replace(" ", "."),
    lambda name: name.replace(" ", "-"),
    lambda name: name.replace(" ", "\n"),
    lambda name: name.split()[0],
    lambda name: name.split()[-1],
    "\u200b".join,
)
PARTICLES = {"dr", "van", "der", "o"}
NAME_WORDS = {word for name in NAMED for word in words(name)} - PARTICLES

placed = st.builds(
    lambda name, spelled, around: around.replace("{}", spelled(name)),
    st.sampled_from(NAMED),
    st.sampled_from(SPELLINGS),
    st.sampled_from(AROUND),
)
lines = st.lists(placed | st.sampled_from(["rolled back", "p99 over 4 s", "a|b"]), min_size=1, max_size=4).map(" ".join)


@st.composite
def reviews(draw: st.DrawFn) -> tuple[Review, str]:
    """Draw a review with names in every text there is, and the name of its folder."""
    people = [
        Participant(f"p{place}", name, draw(st.sampled_from(["x", name.split()[0].casefold()])), role, draw(lines))
        for place, (name, role) in enumerate(zip(NAMED, ["responder", "", "observer", draw(lines)] * 4, strict=True))
    ]
    entries = [
        Entry(
            f"e{place}", kind, draw(lines), draw(lines), draw(lines), draw(lines),
            who=(draw(st.sampled_from(people)).id,), tags=(draw(lines),), priority=draw(lines),
            ref=draw(lines), team=draw(lines), under=draw(lines),
        )
        for place, kind in enumerate(draw(st.lists(st.sampled_from(list(Kind)), min_size=1, max_size=6)))
    ]  # fmt: skip
    actions = [
        Action(
            f"a{place}", draw(lines), state, draw(lines), tuple({draw(st.sampled_from(people)).id: 0}), draw(lines),
            priority=draw(lines), tags=(draw(lines),), ref=draw(lines), done_when=draw(lines), reason=draw(lines),
        )
        for place, state in enumerate(draw(st.lists(st.sampled_from(list(State)), max_size=3)))
    ]  # fmt: skip
    template = REVIEW.template
    template = replace(
        template,
        name=draw(lines),
        title=draw(lines),
        facts=(replace(template.facts[0], ask=draw(lines)), *template.facts[1:]),
        moments=(MomentAsked("started", draw(lines)), *template.moments[1:]),
        measures=(replace(template.measures[0], title=draw(lines)), *template.measures[1:]),
        roles=(Role("responder", draw(lines)), *template.roles[1:]),
        steps=(replace(template.steps[0], title=draw(lines)), *template.steps[1:]),
    )
    head = replace(
        REVIEW.head,
        title=draw(lines),
        template=template,
        tags=(draw(lines),),
        facts={"service": draw(lines), "x": draw(lines)},
    )
    moments = {"started": Moment("started", draw(lines)), "detected": Moment("detected", "2026-11-22T23:40")}
    name = f"2026-11-22-{'-'.join(sorted(words(head.title)))}-7k3q"
    return (
        Review(
            head,
            {person.id: person for person in people},
            entries={entry.id: entry for entry in entries},
            actions={action.id: action for action in actions},
            moments=moments,
        ),
        name,
    )


@settings(max_examples=150, deadline=None)
@given(reviews())
def test_no_name_of_a_participant_is_in_anything_public(drawn: tuple[Review, str]) -> None:
    review, name = drawn
    for text in published(of(Audience.PUBLIC, review, name)):
        assert words(text) & NAME_WORDS == set()


@settings(max_examples=60, deadline=None)
@given(reviews())
def test_the_team_reads_what_it_wrote_and_its_organisation_the_same_but_for_the_roster(
    drawn: tuple[Review, str],
) -> None:
    review, name = drawn
    assert document(review, name=name) == published(of(Audience.TEAM, review, name))[1]
    assert as_json(review, name=name) == published(of(Audience.TEAM, review, name))[2]
    told = of(Audience.ORG, review, name)
    assert as_csv(told.review) == as_csv(review)
    assert all(not (person.name or person.handle) for person in told.review.participants.values() if person.listed)


@pytest.mark.parametrize("audience", Audience)
def test_what_is_private_is_for_no_audience(audience: Audience) -> None:
    private = Entry(
        "e99", Kind.PRIVATE, UNSEEN, "timeline", UNSEEN, UNSEEN, who=("p1",), tags=(UNSEEN,), ref=UNSEEN, team=UNSEEN
    )
    steps = tuple(replace(step, say=UNSEEN, coach=UNSEEN, prompts=(UNSEEN,)) for step in REVIEW.template.steps)
    review = replace(
        REVIEW,
        head=replace(REVIEW.head, answered=(UNSEEN,), template=replace(REVIEW.template, about=UNSEEN, steps=steps)),
        entries={**REVIEW.entries, private.id: private},
        feedback={"f": Feedback("f", UNSEEN, 3, UNSEEN)},
        votes={"v": Vote("v", UNSEEN, (UNSEEN,), 3, ((UNSEEN,),))},
    )
    told = of(audience, review)
    assert UNSEEN not in repr(told)
    assert not any(UNSEEN in text for text in published(told))


@settings(max_examples=60, deadline=None)
@given(done=st.lists(doings, max_size=20), audience=st.sampled_from(Audience))
def test_whatever_is_done_in_a_meeting_turns_answers_and_ballots_are_in_no_edition(
    done: list[Doing], audience: Audience
) -> None:
    desk = Desk()
    desk.do(*(Doing(what, "Ana: responder; Bo: facilitator").intent(desk.review) for what in ("add people", "start")))
    for doing in done:
        with suppress(Refused):
            desk.do(doing.intent(desk.review))
    told = of(audience, desk.review).review
    assert (told.votes, told.feedback, told.head.answered) == ({}, {}, ())
    assert not any(person.spoke or person.asked for person in told.participants.values())
    assert Kind.PRIVATE not in {entry.kind for entry in told.entries.values()}


def test_a_text_without_names_is_the_same_for_the_public() -> None:
    review = replace(
        REVIEW, participants={}, entries={key: replace(entry, who=()) for key, entry in REVIEW.entries.items()}
    )
    review = replace(review, actions={key: replace(action, owners=()) for key, action in REVIEW.actions.items()})
    told = edition(review, name=NAME, audience=Audience.PUBLIC, people=["Dita Fuchs"])
    assert document(told.review, name=told.name) == document(review, name=NAME)
    assert told.replaced == ()


def test_roles_stay_when_somebody_is_added_later_and_follow_the_roster() -> None:
    def owners(review: Review) -> list[list[str]]:
        return [
            [told.participants[key].name for key in action.owners]
            for told in (of(Audience.PUBLIC, review).review,)
            for action in told.actions.values()
        ]

    later = Participant("p9", "Dee Fox", "dee", "responder")
    assert owners(REVIEW) == owners(replace(REVIEW, participants={**REVIEW.participants, later.id: later}))
    assert owners(REVIEW)[0] == ["responder 1", "participant 1"]
    assert owners(REVIEW)[2] == ["observer 1"]


def test_a_role_that_a_team_named_after_somebody_names_nobody() -> None:
    template = replace(REVIEW.template, roles=(*REVIEW.template.roles, Role("team_ana", "The team of Ana")))
    people = {**REVIEW.participants, "p1": replace(PEOPLE[0], role="team_ana")}
    told = of(Audience.PUBLIC, replace(REVIEW, head=replace(REVIEW.head, template=template), participants=people))
    assert told.review.participants["p1"].name == "participant 1"
    assert not any("Ana" in text or "ana" in words(text) for text in published(told))


def test_the_roster_is_told_as_reasons_and_counts() -> None:
    text = published(of(Audience.ORG))[1]
    table = text.split("## People\n\n")[1].split("\n\n")[0]
    assert table.splitlines()[2:] == [
        "| Took part in the response | 1 |",
        "| Came to learn | 1 |",
        "| wrote the cache | 1 |",
    ]
    assert "**Ana Lima**" in text, "owners stay for the organisation"


@pytest.mark.parametrize("audience", [Audience.ORG, Audience.PUBLIC])
def test_the_page_says_for_whom_it_is_and_that_it_is_not_anonymisation(audience: Audience) -> None:
    told = of(audience)
    _, markdown, json, _, html = published(told)
    assert told.notice in html
    assert f'audience: "{audience}"' in markdown.split("---")[1]
    assert f"# Checkout latency\n\n> {told.notice}\n\n" in markdown
    assert "not anonymisation" in told.notice
    assert f'"audience": "{audience}"' in json
    assert told.notice in json


@pytest.mark.parametrize(
    ("name", "title", "page"),
    [
        (NAME, "Checkout latency", NAME),
        ("2026-11-22-ana-broke-it-7k3q", "Ana broke it", "2026-11-22-responder-1-broke-it-7k3q"),
        ("2026-11-22-ana-broke-it-7k3q", "Something broke", "2026-11-22-something-broke-7k3q"),
        ("2026-11-22-bo-7k3q", "", "2026-11-22-review-7k3q"),
        ("by-hand", "By hand", "by-hand"),
    ],
)
def test_a_page_has_no_names_in_its_name_and_keeps_its_tail(name: str, title: str, page: str) -> None:
    assert of(Audience.PUBLIC, replace(REVIEW, head=replace(REVIEW.head, title=title)), name).name == page


def test_a_folder_that_was_named_by_hand_after_somebody_is_not_named_after_them_in_public() -> None:
    for name in ("anas-outage", "2026-11-22-outage-lima", "Ana"):
        page = of(Audience.PUBLIC, name=name).name
        assert not words(page) & {"ana", "anas", "lima"}
        assert page == of(Audience.PUBLIC, name=name).name


def test_every_replacement_is_shown_with_what_where_and_how_often() -> None:
    review = replace(
        REVIEW,
        participants={"p1": Participant("p1", "Ana Lima", "ana", "responder"), "p2": Participant("p2", "Mark", "mark")},
        entries={
            "e1": Entry("e1", Kind.EVENT, "ana called Ana", "timeline", who=("p1",)),
            "e2": Entry("e2", Kind.QUESTION, "Mark it as done, or password=hunter2?"),
        },
        actions={},
    )
    assert [tuple(item) for item in of(Audience.PUBLIC, review).replaced] == [
        ("Ana Lima", "responder 1", "people beside lines", 1),
        ("ana", "responder 1", "event", 1),
        ("Ana", "responder 1", "event", 1),
        ("Mark", "participant 1", "question: “Mark it as done, or password…”", 1),
    ]
    kept = edition(review, name=NAME, audience=Audience.PUBLIC, keep=["Mark"])
    assert "Mark it as done" in kept.review.entries["e2"].text


def test_what_looks_like_a_secret_is_shown_masked_with_its_place() -> None:
    review = replace(
        REVIEW,
        head=replace(REVIEW.head, facts={"service": "db at 10.1.2.3"}),
        entries={"e1": Entry("e1", Kind.EVENT, "Ana set password=hunter2 for bo@corp.io", "timeline")},
    )
    for audience in (Audience.ORG, Audience.PUBLIC):
        told = of(audience, review)
        assert [(risk.what, risk.where) for risk in told.risks[:2]] == [
            ("a private address", "fact"),
            ("a password or token", "event"),
        ]
        assert "hunter2" not in repr(told.risks)
        assert "10.1.2.3" not in repr(told.risks)
    assert of(Audience.PUBLIC, review).risks[1].shown == "…esponder 1 set password=h•••2 for observer 1"
    assert of(Audience.TEAM, review).risks == ()
