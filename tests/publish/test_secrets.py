"""What looks like a secret, measured on two corpora: lines that have to be shown, and lines that must not."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lrtui.publish import secrets
from lrtui.publish.secrets import find, masked, shown

HERE = Path(__file__).parent / "secrets"


def lines(name: str) -> list[str]:
    text = (HERE / name).read_text("utf-8").split("\n\n", 1)[1]
    return [line.replace("¦", "") for line in text.split("\n") if line]


TOLD = [tuple(line.split(": ", 1)) for line in lines("told.txt")]
UNTOLD = lines("untold.txt")


@pytest.mark.parametrize(("what", "text"), TOLD)
def test_what_looks_like_a_secret_is_told_as_what_it_is(what: str, text: str) -> None:
    assert what in {secret.what for secret in find(text)}


@pytest.mark.parametrize("text", UNTOLD)
def test_what_incidents_are_full_of_is_not_told(text: str) -> None:
    assert find(text) == []


def test_an_address_below_a_line_that_ends_in_a_v_is_no_version() -> None:
    assert [secret.what for secret in find("plan v\n10.4.17.3 stopped")] == ["a private address"]


@pytest.mark.parametrize(("what", "text"), TOLD)
def test_a_secret_is_masked_wherever_it_is_shown(what: str, text: str) -> None:
    found = find(text)
    for secret in found:
        words = text[secret.start : secret.end]
        assert words not in masked(text, secret)
        assert not any(text[other.start : other.end] in shown(text, secret, found) for other in found)


def test_the_words_about_a_secret_are_shown_and_others_there_are_masked() -> None:
    text = "on the second day we set password=hunter2 on 10.1.2.3 and then went home for the night"
    first, second = find(text)
    assert shown(text, first, [first, second]) == "…ond day we set password=h•••2 on 1•••3 and then went …"
    assert shown(text, second, [first, second]) == "…e set password=h•••2 on 1•••3 and then went home for …"


def shortest_keys() -> list[str]:
    """The patterns of keys, one by one, each as short as it may be."""
    rows = (row.partition(" #")[0] for row in secrets._KEYS.splitlines())
    patterns = (pattern.strip().removeprefix("| ").strip() for row in rows for pattern in row.split(" | "))
    return [re.sub(r"\{([0-9]+),[0-9]*\}", r"{\1}", pattern) for pattern in patterns if pattern]


@pytest.mark.parametrize("pattern", shortest_keys())
@given(data=st.data())
@settings(max_examples=10)
def test_the_shortest_of_every_kind_of_key_is_found(pattern: str, data: st.DataObject) -> None:
    key = data.draw(st.from_regex(re.compile(pattern, re.VERBOSE | re.ASCII), fullmatch=True))
    assert find(key)
    assert find(f"it was {key} there")


SHORTEST = [
    *("password=a1bc", "pwd: a1bc", "passphrase is a1b2", "token: abcdefg1", "api key=abcdefg1", "credential=abcdefg1"),
    *(
        "auth-key:=abcdefg1",
        "x_pass: abcdefg1",
        "pass=abcdefg1",
        "A_PASS=a1bc",
        "--pwd abcd",
        "-token abcd",
        "secret=abcdefg1",
    ),
    *(" -uA:abc", " -u A:abc", "a://:ab1c@", "a://abcdefghijklmnop@", "basic YTpi" + "Y2Q=", "bearer abcdefghijk1"),
    *("aX1" * 10 + "aX", "10.0.0.0", "172.16.0.0", "192.168.0.0", "169.254.0.0", "100.64.0.0", "fc00::1", "fe80::1"),
    *("a.local", "a.internal", "a.corp", "a.intranet", "a.lan", "a@b.cd", "+1 22 33 4455"),
]


@pytest.mark.parametrize("text", SHORTEST)
def test_the_shortest_that_fits_a_rule_is_found(text: str) -> None:
    assert find(text)


def test_there_is_a_shortest_one_for_every_rule_but_that_of_keys() -> None:
    of_keys, *others = secrets._rules()
    assert all(any(rule.pattern.search(text) for text in SHORTEST) for rule in others)
    assert of_keys.pattern.pattern == secrets._KEYS


@given(st.text(max_size=60))
def test_no_text_is_too_odd_to_be_looked_through(text: str) -> None:
    found = find(text)
    assert all(0 <= secret.start < secret.end <= len(text) for secret in found)
    assert all(one.end <= other.start for one, other in pairwise(found))


@given(st.sampled_from(TOLD), st.text(st.characters(categories=["L", "Zs"]), max_size=40))
def test_a_secret_is_found_in_the_middle_of_a_text(told: tuple[str, str], about: str) -> None:
    what, text = told
    assert what in {secret.what for secret in find(f"{about}\n{text}\n{about}")}


@pytest.mark.parametrize(
    "text",
    [
        "password=" * 3000,
        "a." * 20000 + "local",
        "+1 22" * 9000,
        "AB12cd" * 9000,
        "x@" + "a-" * 20000,
        "--a" * 20000 + " token",
    ],
)
def test_a_long_text_takes_no_longer_than_its_length(text: str) -> None:
    find(text)  # what grows faster than its text would meet the time limit of the tests
