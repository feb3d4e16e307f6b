"""The verb `insight`: what the reviews say together about their templates."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from lrtui.cli.place import desk_of_reviews
from lrtui.cli.words import complete_template, put, put_json, say
from lrtui.errors import NotFound

if TYPE_CHECKING:
    from lrtui.review.run import Run


@click.command(
    short_help="See how reviews go, by template and over time.",
    epilog="""\b
Examples:
  lrtui insight
  lrtui insight --template learning-review
  lrtui insight --since 2026-07-01 | mail -s "How our reviews go" team@example.org
  lrtui insight --json | jq '.templates[].return_on_time.average'""",
)
@click.option("--template", metavar="T", shell_complete=complete_template, help="Only reviews by this template.")
@click.option(
    "--since", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="Only reviews held on this day or later."
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
def insight(ctx: click.Context, *, template: str | None, since: object, as_json: bool) -> None:
    """See what the reviews that are done say together: by template, version and month or quarter.

    How long after the incident they were held, planned and spent minutes of every step, steps that were left out or
    stayed empty, the return on time, what became of the actions. Feedback counts only where at least four answered, and
    nothing is told of one person or one review.
    """
    from lrtui.publish import insight as told
    from lrtui.review.insight import insights

    day = date.fromisoformat(f"{since:%Y-%m-%d}") if since else None
    found = insights(_runs(ctx, template, day))
    if as_json:
        put_json(told.data(found, day))
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
