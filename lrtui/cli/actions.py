"""The verbs that follow actions up across reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lrtui.cli.place import desk_of, desk_of_reviews
from lrtui.cli.words import columns, complete_review, put, put_exactly, say, width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from lrtui.desk import Desk
    from lrtui.review.followup import By, Standing, Wanted
    from lrtui.review.followup_teams import Team

OVERDUE = 3  # the status of --check where something that is listed is overdue
_FORMATS = ("text", "md", "csv", "json", "ics", "github", "gitlab", "jira")


@click.command(
    short_help="List the actions of all reviews.",
    epilog="""\b
Examples:
  lrtui actions                              what is open, the overdue first
  lrtui actions --overdue --due              what is overdue or due within two days
  lrtui actions --team Payments --by owner
  lrtui actions --by team                    with age and time to close of each
  lrtui actions --format md > digest.md      by owner, to be sent round
  lrtui actions --owner ana --format ics > mine.ics
  lrtui actions --overdue --check > /dev/null || echo "something is overdue"
  lrtui actions --format json | jq -r '.actions[] | select(.untouched) | .id'

\b
`lrtui action ID done …` settles one.""",
)
@click.option("--overdue", is_flag=True, help="Only what is overdue.")
@click.option("--due", is_flag=True, help="Only what is due within two days.")
@click.option("--untouched", is_flag=True, help="Only what nobody has touched for 30 days.")
@click.option("--soak", is_flag=True, help="Only what waits for a second look, two working days after its review.")
@click.option("--team", default="", metavar="T", help="Only those of a team.")
@click.option("--owner", default="", metavar="N", help="Only those of somebody, by the beginning of a name.")
@click.option("--service", default="", metavar="S", help="Only those of reviews of a service, also by its beginning.")
@click.option("--review", default="", metavar="R", shell_complete=complete_review, help="Only those of a review.")
@click.option("--all", "settled", is_flag=True, help="Also those that are done, dropped or moved.")
@click.option(
    "--by",
    type=click.Choice(["due", "team", "owner"]),
    help="What they are put together by.  [default: due; owner for md]",
)
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", show_default=True, help="How.")
@click.option("--hints", is_flag=True, help="Below each what may keep it from being done; for your eyes alone.")
@click.option("--check", is_flag=True, help="End with status 3 if something that is listed is overdue.")
@click.pass_context
def actions(
    ctx: click.Context,
    *,
    overdue: bool,
    due: bool,
    untouched: bool,
    soak: bool,
    team: str,
    owner: str,
    service: str,
    review: str,
    settled: bool,
    by: str | None,
    form: str,
    hints: bool,
    check: bool,
) -> None:
    """List the open actions of all reviews: what each is called here, when it is due, who owns it.

    What is asked for combines: --overdue, --due, --untouched and --soak add to one another, the others narrow down.
    A date with ~ is not set; it follows from the priority, as the library's settings have it.

    The formats: text, a digest (md), csv for spreadsheets, json (with hints), ics for calendars, and what issue
    trackers take: a list to paste (github) or a file to import (gitlab, jira).
    """
    from lrtui.review.followup import By, Wanted, When

    if hints and form not in {"text", "json"}:
        raise click.UsageError("--hints goes with the formats text and json: what else is made is for others to read.")
    desk = desk_of_reviews(ctx)
    whens = {When.OVERDUE} if overdue else set()
    wanted = Wanted(
        frozenset(whens | ({When.SOON} if due else set())),
        untouched=untouched,
        soak=soak,
        team=team,
        owner=owner,
        service=service,
        review=desk.library.resolve(review).name if review else "",
    )
    there = _brought_up_to_date(desk, settled=settled)
    listed = list(wanted.picked(there))
    grouped = By(by or ("owner" if form == "md" else "due"))
    told = grouped is By.TEAM and form in {"text", "md", "json"} and not owner  # of somebody nothing is counted
    _print(desk, listed, form, grouped, _figures(desk, there, listed) if told else [], hints=hints)
    if not listed:
        say(_nothing(there, wanted))
    if check and any(item.when is When.OVERDUE for item in listed):
        ctx.exit(OVERDUE)


def _brought_up_to_date(desk: Desk, *, settled: bool) -> list[Standing]:
    reviews = desk.library.reviews()
    if not reviews:
        return []
    desk.catalog.refresh(reviews)
    notice = desk.library_settings.notice
    if notice:
        say(notice)
    return desk.followed(settled=settled)


def _nothing(there: Sequence[Standing], wanted: Wanted) -> str:
    """Say that nothing is listed, and what there is where a name was perhaps mistyped."""
    from lrtui.review.followup import Wanted
    from lrtui.review.text import clean_line

    if not there:
        return "There are no open actions."
    named = (
        (Wanted(team=wanted.team), "of a team", wanted.team, [item.team for item in there]),
        (Wanted(service=wanted.service), "of a service", wanted.service, [item.action.service for item in there]),
        (
            Wanted(owner=wanted.owner),
            "of somebody called",
            wanted.owner,
            [owner.name for item in there for owner in item.action.owners],
        ),
    )
    for only, what, asked, known in named:
        if asked and not any(only.picked(there)):
            return f"No action {what} “{clean_line(asked)}”{_instead(asked, known)}"
    return f"None of the {len(there)} actions is such."


def _instead(asked: str, known: Iterable[str]) -> str:
    """Offer the name that is nearest to one that is not known, else all there are."""
    from difflib import get_close_matches

    from lrtui.review.text import clean_line

    names = {name.casefold(): clean_line(name) for name in sorted(known, key=str.casefold) if name}
    near = get_close_matches(asked.casefold(), names, 1)
    if near:
        return f"; did you mean “{names[near[0]]}”?"
    return f"; known are {', '.join(names.values())}." if names else "; none is known."


def _print(desk: Desk, listed: Sequence[Standing], form: str, by: By, figures: Sequence[Team], *, hints: bool) -> None:
    match form:
        case "text":
            from lrtui.cli.action_lines import as_text

            if listed:
                put("\n".join(as_text(listed, by, figures, hints=hints, width=width())))
        case "md":
            from lrtui.publish.digest import digest

            put(digest(listed, desk.today, by, figures))
        case "json":
            from lrtui.publish.action_tables import as_json
            from lrtui.review.followup_hints import doubts

            put(as_json(listed, desk.today, doubts, figures))
        case _:
            put_exactly(_file(listed, form))


def _figures(desk: Desk, there: Sequence[Standing], listed: Sequence[Standing]) -> list[Team]:
    """Return the figures of the teams that are listed, each of all its actions that are `there`."""
    from lrtui.review.followup_teams import teams

    customs = desk.library_settings.customs
    known = {item.team for item in listed}
    closed = [done for done in desk.catalog.closed_actions() if (done.team or customs.team) in known]
    return teams([item for item in there if item.team in known], closed, customs)


def _file(listed: Sequence[Standing], form: str) -> str:
    from lrtui.publish import action_tables, calendar, trackers

    writers = {
        "csv": action_tables.as_csv,
        "ics": calendar.calendar,
        "github": trackers.github,
        "gitlab": trackers.gitlab,
        "jira": trackers.jira,
    }
    return writers[form](listed)


@click.command(
    short_help="Settle an action, or show it.",
    epilog="""\b
Examples:
  lrtui action 7k3q-2                          show it
  lrtui action 7k3q-2 done seen in the game day of 12 May
  lrtui action 7k3q-2 doing
  lrtui action 7k3q-2 not doing the service is being retired
  lrtui action 7k3q-2 moved OPS-12
  lrtui action 7k3q-2 still                    it was looked at, and is still right
  lrtui action 7k3q-2 ^+2w                     another date; also @ana, team:Payments
  lrtui action 7k3q-2 ^fri @ana team:Payments  several at once

\b
It is called as `lrtui actions` has it: a part of its review's name, and its number there.""",
)
@click.argument("action_id", metavar="ID")
@click.argument("words", nargs=-1)
@click.pass_context
def action(ctx: click.Context, action_id: str, words: Sequence[str]) -> None:
    """Say how far an action is, when it is due or who owns it; without words, show it.

    With “done” go the words by which you know; “not doing” and “moved” need why and where to. The change is made in the
    action's review, where it can be undone. While that is open elsewhere it is refused.
    """
    typed = " ".join(words)
    if not typed.strip():
        _show(desk_of_reviews(ctx), action_id)
        return
    from lrtui.review import verdict
    from lrtui.review.text import clean_line

    desk = desk_of(ctx)
    review, number = desk.named_action(action_id)
    done = desk.follow_up(review, number, typed)
    due = f"due {done.action.due.isoformat()}" if done.action.due else ""
    said = ", ".join(filter(None, (done.action.state.value, due, done.action.team, *done.owners)))
    say(f"{'' if done.at else 'Nothing has changed. '}{action_id} ({said}): {clean_line(done.action.text)}")
    if done.passed:
        say(verdict.PASSED)
    if verdict.lacks_evidence(typed):
        say(f"{verdict.HOW} `lrtui action {action_id} done …` with a few words keeps it.")


def _show(desk: Desk, handle: str) -> None:
    from lrtui.errors import NotFound
    from lrtui.review import followup
    from lrtui.review.followup_hints import doubts

    review, number = desk.named_action(handle)
    found = [item for item in _brought_up_to_date(desk, settled=True) if item.action.review == review]
    item = next((item for item in found if item.action.number == number), None)
    if item is None:
        known = ", ".join(str(item.action.number) for item in found)
        raise NotFound(f"There is no action {number} in {review}; it has {known or 'none'}.")
    action = item.action
    held = f", {action.held.isoformat()}" if action.held else ""
    told = [
        ("action", action.text),
        ("state", action.state.value),
        ("due", followup.due_in_words(item)),
        ("owner", followup.named(item)),
        ("team", item.team),
        ("priority", action.priority),
        ("done when", action.done_when),
        ("said", action.reason),
        ("reference", action.ref),
        ("review", f"{action.title}{held} ({action.review})"),
        ("stands", ", ".join(followup.marks(item))),
        *((doubt.what, doubt.words) for doubt in doubts(item)),
    ]
    put("\n".join(columns([row for row in told if row[1]])))
