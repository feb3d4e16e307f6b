"""Actions as the library knows them, for tests of what is made of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from lrtui.review.followup import Customs, Followed, Owner, Standing, standings
from lrtui.review.model import PRIORITIES, State

if TYPE_CHECKING:
    from collections.abc import Iterable

TODAY = date(2026, 11, 25)  # a Wednesday
REVIEW = "2026-11-20-slow-checkout-7k3q"

hostile = st.text(alphabet="ab ,;:\\\"'\n|=+-@#/*_[]<>`{}!?~é日😀", min_size=1, max_size=60).filter(str.strip)
days = st.dates(date(2026, 9, 1), date(2027, 1, 31))
taken = st.sampled_from([state for state in State if state is not State.IDEA])
actions = st.builds(
    Followed,
    st.sampled_from([REVIEW, "2026-11-01-disk-full-aaaa"]),
    st.sampled_from(["Slow checkout", ""]) | hostile,
    st.none() | days,
    st.sampled_from(["checkout", ""]),
    st.integers(1, 9),
    st.sampled_from([f"2026112014310712300{number:02}223b" for number in range(30)]),
    hostile,
    taken,
    st.lists(st.builds(Owner, st.sampled_from(["Ana Lima", "Bo Chen"]) | hostile, st.booleans()), max_size=2).map(
        tuple
    ),
    st.sampled_from(["Payments", "Data platform", ""]) | hostile,
    st.sampled_from([*PRIORITIES, ""]),
    st.lists(st.sampled_from(["db", "two words"]), max_size=2).map(tuple),
    st.sampled_from(["OPS-1", ""]) | hostile,
    st.just("") | hostile,
    st.just("") | hostile,
    st.none() | days,
    st.none() | days,
    st.none() | days,
    st.none() | days,
    st.none() | days,
    st.sampled_from(["2026-11-20T14:31:07.123Z", ""]),
)
lists = st.lists(actions, max_size=6, unique_by=lambda action: (action.review, action.id))


_OPEN = Followed(
    REVIEW,
    "Slow checkout",
    date(2026, 11, 20),
    "checkout",
    1,
    "202611201431071230000223b",
    "alarm at 80 %",
    State.OPEN,
    made=date(2026, 11, 20),
    touched=date(2026, 11, 20),
    changed="2026-11-20T14:31:07.123Z",
)
CUSTOMS = Customs()


def action(text: str = "alarm at 80 %", **fields: Any) -> Followed:  # noqa: ANN401 - any field of it
    """Return an open action of a review that was held five days ago."""
    return _OPEN._replace(text=text, **fields)


def stand(found: Iterable[Followed], customs: Customs = CUSTOMS) -> list[Standing]:
    """Return how actions stand."""
    return standings(found, lambda _: TODAY, customs, {REVIEW: "7k3q"})


def standing(found: Followed, customs: Customs = CUSTOMS) -> Standing:
    """Return how one action stands."""
    (item,) = stand([found], customs)
    return item
