"""The verb `insight`: what the reviews say together about their templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from lrtui.cli.place import desk_of_reviews
from lrtui.cli.words import complete_template, put, put_json, say
from lrtui.errors import NotFound

if TYPE_CHECKING:
    from datetime import date

    from lrtui.review.run import Run


def _first_day(_ctx: click.Context, param: click.Parameter, typed: str | None) -> date | None:
    from lrtui.store.query import first_day

    if typed is None:
        return None
    day = first_day(typed)
    if day is None:
        raise click.BadParameter(f"“{typed}” is no day as 2026-07-01, no month as 2026-07 and no year.", param=param)
    return day


@click.command(
    short_help="See how reviews go, by template and over time.",
    epilog="""\b
Examples:
  lrtui insight
  lrtui insight --template learning-review
  lrtui insight --since 2026-07 | mail -s "How our reviews go" team@example.org
  lrtui insight --json | jq '.templates[].return_on_time.average'""",
)
@click.option("--template", metavar="T", shell_complete=complete_template, help="Only reviews by this template.")
@click.option(
    "--since",
    metavar="DAY",
    callback=_first_day,
    help="Only reviews held on this day, or in this month or year, or later.",
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
def insight(ctx: click.Context, *, template: str | None, since: date | None, as_json: bool) -> None:
    """See what the reviews that are done say together: by template, version and month or quarter.

    How long after the incident they were held, planned and spent minutes of every step, steps that were left out or
    stayed empty, the return on time, what became of the actions. Feedback counts only where at least four answered, and
    is not told of one review alone. Nothing is told of one person.
    """
    from lrtui.publish import insight as told
    from lrtui.review.insight import insights

    found = insights(_runs(ctx, template, since))
    if as_json:
        put_json(told.data(found, since))
    elif found:
        put(told.text(found))
    else:
        say(told.NOTHING)


def _runs(ctx: click.Context, template: str | None, since: date | None) -> list[Run]:
    desk = desk_of_reviews(ctx)
    if not desk.library.reviews():
        return []
    desk.update_catalog()
    runs = desk.catalog.runs(template, since)
    if template and not runs and template not in desk.templates():
        raise NotFound(f"There is neither a review by “{template}” nor a template of that name.")
    return runs
