from __future__ import annotations

import pytest

from lrtui.errors import Refused
from lrtui.publish.folder.look import Look, checked_answer, checked_base


@pytest.mark.parametrize(
    "url",
    ["https://x.org/new?title={title}&body={page}", "http://x.org/{page}", "mailto:sre@x.org?subject={title}", ""],
)
def test_an_address_for_answers_is_taken_as_it_is(url: str) -> None:
    assert checked_answer(url) == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "data:text/html,x", "ftp://x.org/{page}", "//x.org", "x.org", "https://", "mailto:",
        'https://x.org/"onclick=', "https://x.org/a b", "https://x.org/(x)", "https://x.org/<b>", "https://[x", "https://x.org/\n",
    ],
)  # fmt: skip
def test_what_is_no_address_to_link_to_is_refused_with_an_example(url: str) -> None:
    with pytest.raises(Refused, match=r"is no address that can be linked to\. .*https://example\.org"):
        checked_answer(url)
    with pytest.raises(Refused):
        checked_base(url)


def test_a_placeholder_that_stands_for_nothing_is_named() -> None:
    with pytest.raises(Refused, match=r"“\{name\}” stands for nothing"):
        checked_answer("https://x.org/{name}")


def test_page_and_title_are_put_into_the_address_so_that_nothing_of_them_means_anything_there() -> None:
    look = Look(answer="https://x.org/?t={title}&p={page}", base="https://y.org/r", site=True)
    assert look.answer_to("tags/db", 'a & b {page} "c") <d>') == (
        "https://x.org/?t=a%20%26%20b%20%7Bpage%7D%20%22c%22%29%20%3Cd%3E&p=https%3A%2F%2Fy.org%2Fr%2Ftags%2Fdb.html"
    )
    assert Look().answer_to("index", "x") == ""
