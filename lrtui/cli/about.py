"""The verbs that tell about lrtui itself: its keys, its places, completion for the shell."""

from __future__ import annotations

import click

from lrtui import __version__
from lrtui.cli import own
from lrtui.cli.place import desk_of, place_of
from lrtui.cli.words import put, put_json, put_table, say
from lrtui.errors import NotFound


@click.command(
    short_help="Show every key and slash word.",
    epilog="""\b
Examples:
  lrtui keys                 all of them
  lrtui keys | grep room     those of the room view
  lrtui keys --json          for a script""",
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
def keys(ctx: click.Context, *, as_json: bool) -> None:
    """Show every key, and every slash word of the capture line, with what it does and on which screens.

    The keys are yours: those that ship, and those that your settings give.
    """
    from lrtui.commands import spell_key

    known = own.settings_of(ctx).commands
    if as_json:
        put_json(
            [
                {
                    "name": command.name,
                    "title": command.title,
                    "help": command.help,
                    "key": command.key,
                    "slash": command.slash,
                    "takes": command.takes,
                    "screens": [scope.value for scope in command.scopes],
                }
                for command in known
            ]
        )
        return
    rows = [
        (
            spell_key(command.key) if command.key else "",
            f"/{command.slash} {command.takes}".strip() if command.slash else "",
            command.help,
            ", ".join(command.scopes),
        )
        for command in known
    ]
    put_table([("KEY", "SLASH WORD", "WHAT IT DOES", "SCREENS"), *rows])


@click.command(
    short_help="Show where things are.",
    epilog="""\b
Examples:
  lrtui where
  cd "$(lrtui where --json | jq -r .library)"   go to the library""",
)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
def where(ctx: click.Context, *, as_json: bool) -> None:
    """Show which library is meant here and why, under which name you write in it, and where the rest is."""
    from lrtui.desk import shipped_templates

    place, desk = place_of(ctx), desk_of(ctx)
    shipped = next(iter(shipped_templates().values()))
    told = {
        "library": str(place.root),
        "why": place.why,
        "author": desk.author,
        "config": _config(ctx),
        "cache": str(desk.library.cache),
        "templates": str(shipped.parent),
        "version": __version__,
    }
    if as_json:
        put_json({**told, "exists": desk.library.exists})
        return
    put_table(told.items())
    if not desk.library.exists:
        say("The library is not there yet; it is made at the first thing saved.")


def _config(ctx: click.Context) -> str:
    """Return where the settings are; a place that cannot be is given as it was named, and that is told."""
    try:
        return str(own.place_of(ctx).path)
    except NotFound as error:
        say(str(error))
        return own.asked_for(ctx)


@click.command(
    short_help="Print the completion script of a shell.",
    epilog="""\b
Examples:
  lrtui completion bash > ~/.local/share/bash-completion/completions/lrtui
  lrtui completion zsh > ~/.zfunc/_lrtui     with ~/.zfunc in $fpath
  lrtui completion fish > ~/.config/fish/completions/lrtui.fish""",
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the script that lets a shell complete verbs, options, reviews and templates."""
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    if found is not None:
        put(found(ctx.find_root().command, {}, "lrtui", "_LRTUI_COMPLETE").source())
