"""Half a year of one service: its reviews follow from each other, and so do the versions of the template they use."""

from __future__ import annotations

import json
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

import pytest

from lrtui.cli import place
from lrtui.desk import Desk
from lrtui.store.library import Library
from tests.app.opening import opened
from tests.cli.running import done, lrtui
from tests.doing import SHIPPED, START, Clock
from tests.holding import hold

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PEOPLE = "Ana Lima: responder, payments; Bo Chen: expert, platform; Chi Okafor: facilitator; Dee Park: observer"
SLOW = {"timeline": 20.0, "learnings": 3.0, "actions": 2.0}
WISH = "more time for the turning points"


class Team:
    """A team that holds reviews by a template of its own, on a clock that is moved."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.clock = Clock()
        self.desk = Desk(Library(root), clock=self.clock, author="chi-3f9c", zone="UTC")
        self._weeks = 0
        self.desk.library.create()
        text = (SHIPPED / "quick-review.yaml").read_text("utf-8")
        (root / "templates" / "ours.yaml").write_text(text.replace("name: quick-review", "name: ours"), "utf-8")

    def others(self, minutes: dict[str, float], votes: Sequence[int]) -> None:
        """Hold reviews of other services, a week after the other."""
        for _ in range(4):
            hold(self.root, self._weeks, dict(minutes), votes=votes, said=[WISH] * len(votes), template="ours")
            self._weeks += 1
        self.clock.now = START + timedelta(weeks=self._weeks)
        self._weeks += 1

    async def meet(self, title: str, answers: Sequence[str], lines: dict[str, Sequence[str]], minutes: float) -> str:
        """Hold a review of the checkout on the shared screen, and return its name."""
        name = done(
            "new", "--no-open", "--template", "ours", "--title", title, "--fact", "service=checkout", "--person", PEOPLE
        ).stdout.strip()
        async with opened(self.desk, name) as stage:
            await stage.worked()
            await stage.run("start", "next")
            for answer in answers:
                await stage.enter(answer)
            for key in ("timeline", "learnings", "actions"):
                step = stage.review.template.step(key)
                assert step is not None
                await stage.enter(f"/go {step.title}")
                for line in lines.get(key, ()):
                    await stage.enter(line)
                self.clock.forward(60 * (minutes if key == "timeline" else 3))
            await stage.run("close", "finish", "finish")
        return name

    def answered(self, name: str, votes: Sequence[int]) -> None:
        """Bring in what was answered to the form afterwards."""
        replies = "\n\n".join(f"roti: {vote}\nchange: {WISH}" for vote in votes)
        done("feedback", name, "--import", "-", given=replies)


@pytest.fixture
def team(library: Path, monkeypatch: pytest.MonkeyPatch) -> Team:
    team = Team(library)
    monkeypatch.setattr(place, "Desk", partial(Desk, clock=team.clock))
    return team


async def test_three_reviews_of_a_service_on_three_versions_of_a_template(team: Team, tmp_path: Path) -> None:
    out = tmp_path / "pages"
    team.others(SLOW, [2, 3, 3, 2])
    first = await team.meet(
        "Checkout slow",
        [],
        {
            "timeline": ["11:52 slowest payments go up", "12:04 pager rings @ana"],
            "actions": ["a: limit the retries @ana team:payments due:+1w", "a: alert on p99 @bo team:platform due:+1w"],
        },
        20,
    )
    team.answered(first, [2, 3, 3, 2])
    page = published(out, "Checkout slow")
    assert "- [ ] limit the retries — **Ana Lima** (payments), due 2026-12-28" in page

    proposed = done("templates", "next", "ours")
    assert "Turning points: 11 → 20 minutes" in proposed.stdout
    assert "1 suggestion was made in feedback" in proposed.stderr
    done("templates", "next", "ours", "--accept", "all", "--note", WISH)
    assert version(team) == (2, ["Turning points: 11 → 20 minutes", f"To weigh: {WISH}"])

    team.others({"timeline": 19.0}, [4, 4, 3, 4])
    assert set(overdue()) == {"limit the retries", "alert on p99"}
    assert lrtui("actions", "--overdue", "--check").exit_code == 3
    second = await team.meet(
        "Checkout refused cards",
        ["drop the old checkout is switched off", "still"],
        {"actions": ["a: rehearse the switch @dee team:payments due:+12w"], "learnings": ["* a retry is load"]},
        18,
    )
    team.answered(second, [4, 4, 5, 3])
    assert overdue() == ["alert on p99"]
    page = published(out, "Checkout slow")
    assert "Not doing: the old checkout is switched off" in page
    assert "corrected on" not in page, "what becomes of actions is no correction"
    done("templates", "next", "ours", "--prompt", "learnings=What would you tell yourself of yesterday?")
    assert version(team)[0] == 3

    team.others({"timeline": 18.0}, [5, 4, 5, 5])
    third = await team.meet("Checkout lost baskets", ["done seen in the dashboard", "still"], {}, 17)
    team.answered(third, [5, 5, 4, 5])
    assert overdue() == []
    assert returns(team) == [2.5, 3.8, 4.75]

    done("note", second, "* cards are refused at two places")
    page = published(out, "Checkout refused cards")
    assert "*Published 2027-01-25; corrected on 2027-03-01.*" in page
    assert "added a learning: “cards are refused at two places”" in done("history", second, "--corrections").stdout
    story = {name: (out / name).read_text("utf-8") for name in ("index.md", "actions.md", "learnings.md", "feed.xml")}
    assert all(
        title in story["index.md"] for title in ("Checkout slow", "Checkout refused cards", "Checkout lost baskets")
    )
    assert "rehearse the switch" in story["actions.md"]
    assert "alert on p99" not in story["actions.md"], "it is done"
    assert "[x] alert on p99" in published(out, "Checkout slow")
    assert "cards are refused at two places" in story["learnings.md"]
    assert "Checkout lost baskets" in story["feed.xml"]
    assert len(list((out / "site").glob("20*.html"))) == 15
    assert WISH not in "".join(path.read_text("utf-8") for path in out.rglob("*") if path.is_file())


def returns(team: Team) -> list[float]:
    """Return the average return on time of each version of the template, the earliest first."""
    (found,) = json.loads(done("insight", "--template", "ours", "--json").stdout)["templates"]
    assert not any(version["few"] for version in found["versions"])
    return [
        version["return_on_time"]["average"] for version in sorted(found["versions"], key=lambda one: one["version"])
    ]


def published(out: Path, title: str) -> str:
    """Publish, and return the page of the review of that title."""
    done("publish", "--to", str(out), "--site")
    (page,) = (path for path in out.glob("20*.md") if f"# {title}\n" in path.read_text("utf-8"))
    return page.read_text("utf-8")


def overdue() -> list[str]:
    """Return the words of what is overdue."""
    found = json.loads(done("actions", "--overdue", "--service", "checkout", "--format", "json").stdout)
    return [action["text"] for action in found["actions"]]


def version(team: Team) -> tuple[int, list[str]]:
    """Return the version of the team's template, and what its changelog tells of it, up to the reasons."""
    template = team.desk.template("ours")
    latest = template.changelog[-1]
    return template.version, [change.partition(" (")[0] for change in latest.changes]
