"""The verb `templates`: which there are, what is in one, whether a file is one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lrtui.cli.next_template import next_
from lrtui.cli.place import reading_desk
from lrtui.cli.words import complete_template, put, put_json, put_table, say
from lrtui.errors import StoreError, TemplateError

if TYPE_CHECKING:
    from lrtui.desk import Desk


@click.group(
    invoke_without_command=True,
    short_help="List, show, check and improve templates.",
    epilog="""\b
Examples:
  lrtui templates
  lrtui templates show learning-review |
    sed 's/^name: .*/name: ours/' > templates/ours.yaml
  lrtui templates check templates/*.yaml
  lrtui templates next ours""",
)
@click.pass_context
def templates(ctx: click.Context) -> None:
    """See which templates there are, read one, check one that you write, make the next version of one.

    Without a verb of its own, it lists them.

    The team's own are the YAML files in the library's folder “templates”; one that is called like a template that ships
    takes its place.
    """
    if ctx.invoked_subcommand is None:
        ctx.invoke(list_, as_json=False)


@templates.command(
    "list",
    short_help="List the templates.",
    epilog="""\b
Examples:
  lrtui templates list
  lrtui templates list --json | jq -r '.[].name'""",
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
def list_(ctx: click.Context, *, as_json: bool) -> None:
    """List the templates: name, minutes, whose it is, what it is for."""
    found = [_described(reading_desk(ctx), name) for name in reading_desk(ctx).templates()]
    if as_json:
        put_json(found)
        return
    put_table(map(_row, found))


def _row(item: dict[str, Any]) -> tuple[str, ...]:
    if item["faults"]:
        return item["name"], "", "", f"has faults: lrtui templates check {item['path']}"
    minutes = f"{item['minutes']} min" if item["minutes"] else "no clock"
    return item["name"], minutes, "the team's" if item["own"] else "ships", item["about"] or item["title"]


def _described(desk: Desk, name: str) -> dict[str, Any]:
    path = desk.template_path(name)
    told: dict[str, Any] = {"name": name, "own": path.is_relative_to(desk.library.root), "path": str(path)}
    try:
        template = desk.template(name)
    except (TemplateError, StoreError):
        return {**told, "title": "", "about": "", "version": None, "minutes": 0, "faults": True}
    about = {"title": template.title, "about": template.about, "version": template.version, "minutes": template.minutes}
    return {**told, **about, "faults": False}


@templates.command(
    short_help="Print a template as YAML.",
    epilog="""\b
Examples:
  lrtui templates show learning-review
  lrtui templates show learning-review |
    sed 's/^name: .*/name: ours/' > templates/ours.yaml
  lrtui templates show --whole ours     with all that it extends""",
)
@click.argument("name", shell_complete=complete_template)
@click.option("--whole", is_flag=True, help="With what it takes over from the template that it extends.")
@click.pass_context
def show(ctx: click.Context, name: str, *, whole: bool) -> None:
    """Print a template in YAML, as it was written.

    One that extends another has only what differs; --whole prints all of it, as a review has it.
    """
    desk = reading_desk(ctx)
    put(_whole(desk, name) if whole else _text(desk.template_path(name)))


def _whole(desk: Desk, name: str) -> str:
    from lrtui.review.template_text import dump

    return dump(desk.template(name))


@templates.command(
    short_help="Find the faults in template files.",
    epilog="""\b
Examples:
  lrtui templates check ours.yaml
  lrtui templates check templates/*.yaml && git commit""",
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.pass_context
def check(ctx: click.Context, files: tuple[Path, ...]) -> None:
    """Find the faults in template files.

    Prints a line for each, FILE:LINE:COLUMN: what is wrong; the status is 1 if there is any.
    """
    desk = reading_desk(ctx)
    faults = [fault for path in files for fault in _faults(desk, path)]
    for fault in faults:
        put(fault)
    told = f"{len(files)} {'file' if len(files) == 1 else 'files'}"
    if faults:
        raise TemplateError(f"{len(faults)} {'fault' if len(faults) == 1 else 'faults'} in {told}.")
    say(f"No faults in {told}.")


def _faults(desk: Desk, path: Path) -> list[str]:
    named = {known.resolve(): name for name, known in desk.templates().items()}
    found = desk.template_faults(named.get(path.resolve(), str(path)))
    return [f"{path}:{fault.line}:{fault.column}: {fault.message}" for fault in found]


def _text(path: Path) -> str:
    from lrtui.store.files import told

    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise told(error, f"{path.name} could not be read", path) from error
    except UnicodeDecodeError as error:
        raise StoreError(f"{path.name} is not text in UTF-8, as templates are.", str(path)) from error


templates.add_command(next_)
