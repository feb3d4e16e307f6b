"""What several may want and only one can have: a key on a screen, a prefix of the capture line."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence


class Clash(NamedTuple):
    """What `name` cannot have, since `other` has it."""

    name: str
    value: str
    other: str


def clashes(
    wanted: Mapping[str, Sequence[str]], usual: Mapping[str, Sequence[str]], meet: Callable[[str, str], bool]
) -> Iterator[Clash]:
    """Yield who of those who want something else than usual has to go without, until nobody has what another has.

    `meet` tells whether two are ever in each other's way. Of two that want the same, the first gets it. Whoever goes
    without gets the usual again, which somebody else may have wanted: then that one goes without, too.
    """
    left = dict(wanted)
    while clash := _clash(left, usual, meet):
        yield clash
        del left[clash.name]


def _clash(
    wanted: Mapping[str, Sequence[str]], usual: Mapping[str, Sequence[str]], meet: Callable[[str, str], bool]
) -> Clash | None:
    for name, values in reversed(list(wanted.items())):
        for other, others in usual.items():
            if other != name and meet(name, other):
                both = next((value for value in values if value in wanted.get(other, others)), None)
                if both:
                    return Clash(name, both, other)
    return None
