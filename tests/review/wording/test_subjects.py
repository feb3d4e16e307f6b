from __future__ import annotations

import pytest

from lrtui.review.wording.subjects import Sort, subjects


def found(before: str, *people: str) -> str | None:
    """Return the person whom a verb behind these words is about."""
    subject = subjects(people).ending_at(f"{before} ", len(before) + 1)
    return before[subject.start : subject.end] if subject else None


@pytest.mark.parametrize(
    ("before", "person"),
    [
        ("I", "I"),
        ("and then we really", "we"),
        ("somebody else", "somebody else"),
        ("The engineer", "The engineer"),
        ("the new on-call engineer", "the new on-call engineer"),
        ("on Monday the team", "the team"),
        ("the engineer (on call)", "the engineer"),
        ("the engineer, as usual,", "the engineer"),
        ("someone from the network team", "someone from the network team"),
        ("the engineer on duty", "the engineer on duty"),
        ("one of the engineers", "the engineers"),
        ("the rest of the team", "the team"),
        ("none of us", "none of us"),
        ("the engineer who", "who"),
        ("Who", "Who"),
        ("the runbook that the team", "the team"),
        ("I think that you", "you"),
        ("@mara.k", "@mara.k"),
    ],
)
def test_a_person_is_found_before_a_verb(before: str, person: str) -> None:
    assert found(before) == person


@pytest.mark.parametrize(
    "before",
    [
        "the pod",
        "it",
        "the deploy",
        "the engineer's laptop",
        "the on-call rotation",
        "the page to the engineer",
        "a message for the team",
        "the script used by the engineers",
        "paging the on-call",
        "the customers",
        "the users who",
        "Redis",
        "the client",
        "we. It",
        "the team: it",
        "",
    ],
)
def test_a_thing_or_somebody_who_does_not_act_is_no_person(before: str) -> None:
    assert found(before) is None


@pytest.mark.parametrize(
    ("text", "person"),
    [
        ("I was in a hurry and", "I"),
        ("At night we restarted it but", "we"),
        ("The engineer saw it, and also", "The engineer"),
        ("The pod started and", None),
        ("I saw that it hung and", None),
        ("We deployed, the pod started and", None),
        ("I was asleep. And", None),
    ],
)
def test_a_verb_may_share_its_person_with_the_one_before(text: str, person: str | None) -> None:
    subject = subjects().shared(f"{text} ", len(text) + 1)
    assert (text[subject.start : subject.end] if subject else None) == person


@pytest.mark.parametrize(
    ("behind", "sort"),
    [
        ("you do that", Sort.YOU),
        ("the team roll back", Sort.ONE),
        ("Ana call", Sort.ONE),
        ("we know", Sort.US),
        ("nobody look", Sort.NONE),
        ("they restart", Sort.UNCLEAR),
        ("the operator restart", Sort.UNCLEAR),
        ("the pod restart", None),
        ("the team channel show it", None),
        ("the engineer's laptop break", None),
        ("your laptop break", None),
    ],
)
def test_in_a_question_the_person_is_behind_the_verb(behind: str, sort: Sort | None) -> None:
    subject = subjects(("Ana",)).starting_at(f"did {behind}", len("did"))
    assert (subject.sort if subject else None) is sort
