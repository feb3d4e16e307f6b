"""The verb `templates next`: what reviews suggest to change in a template, and the next version of it.

What was said in feedback is read out to the person at the terminal alone, without names and without the review it was
said of; into the template goes what that person accepts or writes, and of that nothing which names somebody who is
on a roster. In a pipe, and as JSON, the words are only counted.
"""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass
from datetime import UTC
from functools import cached_property
from typing import TYPE_CHECKING

import click

from lrtui.cli.place import desk_of
from lrtui.cli.words import complete_template, pairs, put, put_json, say
from lrtui.errors import LrtuiError, NotFound, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from lrtui.desk import Desk
    from lrtui.publish.names import Names
    from lrtui.review.next_template import Change, Kind, Proposal
    from lrtui.review.template import Template

_SAID = """
Suggestions from feedback on reviews in which at least four answered. They
are somebody's words: put what you make of them in your own. Enter leaves one
as it is; else type one of
  note WORDS    prompt STEP: WORDS    coach STEP: WORDS"""
_ASKED = 12  # suggestions that are read out, the most frequent first


@click.command(
    "next",
    short_help="Propose a template's next version.",
    epilog="""\b
Examples:
  lrtui templates next learning-review
  lrtui templates next learning-review --dry-run > next.diff
  lrtui templates next learning-review --accept 1,3
  lrtui templates next ours --prompt "timeline=What told you?" --note "less theory"
  lrtui templates next ours --json | jq -r '.changes[].title'""",
)
@click.argument("name", shell_complete=complete_template)
@click.option(
    "--accept", metavar="WHICH", help="Accept changes without being asked: “all”, or their numbers as in 1,3."
)
@click.option(
    "--prompt", "prompts", multiple=True, metavar="STEP=WORDS", callback=pairs, help="Add a prompt to a step."
)
@click.option("--coach", "coached", multiple=True, metavar="STEP=WORDS", callback=pairs, help="Add coaching to a step.")
@click.option("--note", "notes", multiple=True, metavar="WORDS", help="Note something in the changelog, to be weighed.")
@click.option("--dry-run", is_flag=True, help="Only print the changes, and write nothing.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
def next_(
    ctx: click.Context,
    *,
    name: str,
    accept: str | None,
    prompts: Sequence[tuple[str, str]],
    coached: Sequence[tuple[str, str]],
    notes: Sequence[str],
    dry_run: bool,
    as_json: bool,
) -> None:
    """Propose the next version of a template, from what the reviews by it say.

    Steps that take clearly longer than planned get the minutes that others leave unused, and those that are mostly
    left out or stay empty are to go or to be shorter. At a terminal each change is shown as a diff, with its reason,
    and you are asked; then come the suggestions from feedback, of which you can make something. Elsewhere the diff is
    printed. What is accepted is written to the library's folder “templates”, as the next version, with an entry in its
    changelog; the old version is kept in “templates/.old”.
    """
    from lrtui.review.next_template import proposal

    draft = _Draft.of(desk_of(ctx), name)
    proposed = proposal(draft.template, draft.desk.catalog.runs(draft.template.name))
    own = [draft.added("prompt", *pair) for pair in prompts]
    own += [draft.added("coach", *pair) for pair in coached]
    own += [draft.added("note", "", words) for words in notes]
    chosen = [*_accepted(proposed, accept), *own]
    told = chosen or list(proposed.changes)
    writes = bool(chosen) and not dry_run
    if as_json:
        put_json(_as_data(draft, proposed, told))
    elif not chosen and not dry_run and _is_terminal():
        chosen = _asked(draft, proposed)
        writes = bool(chosen)
    elif not writes:
        _print(draft, proposed, told)
    if writes:
        _write(draft, chosen, quiet=as_json)
    elif not as_json and not dry_run and told:
        say("Nothing was written. --accept all writes it, --accept 1,3 writes some of it.")


def _is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _accepted(proposed: Proposal, accept: str | None) -> list[Change]:
    changes = list(proposed.changes)
    if accept is None:
        return []
    if accept.strip() == "all":
        return changes
    words = accept.replace(",", " ").split()
    if not words or not all(word.isdecimal() and 1 <= int(word) <= len(changes) for word in words):
        known = f"from 1 to {len(changes)}" if changes else "and there are none"
        raise click.UsageError(f"--accept is “all”, or numbers of changes as in 1,3: {known}.")
    return [changes[number - 1] for number in sorted({int(word) for word in words})]


@dataclass(frozen=True)
class _Draft:
    """A template as it is, in the library or among those that ship, and how it is written."""

    desk: Desk
    name: str
    template: Template
    text: str
    parents: Callable[[str], Template | None]
    own: bool

    @classmethod
    def of(cls, desk: Desk, name: str) -> _Draft:
        if name not in desk.templates():
            raise NotFound(f"There is no template “{name}”. There are: {', '.join(desk.templates())}.")
        template = desk.template(name)
        if desk.library.reviews():
            desk.update_catalog()
        text, parents = desk.template_text(name)
        return cls(desk, name, template, text, parents, name in desk.library.templates())

    @property
    def path(self) -> Path:
        """Where the next version belongs."""
        folder = self.desk.library.root / "templates"
        return self.desk.template_path(self.name) if self.own else folder / f"{self.name}.yaml"

    @property
    def day(self) -> str:
        from lrtui.review import dates

        return self.desk.clock().astimezone(dates.zone(self.desk.zone) or UTC).date().isoformat()

    @cached_property
    def _names(self) -> Names:
        from lrtui.publish.names import Names

        return Names((), self.desk.names() if self.desk.library.reviews() else ())

    def added(self, kind: Kind, step: str, words: str) -> Change:
        """Return the change that adds words of one's own; raises `Refused` where they name somebody on a roster."""
        from lrtui.review.next_template import added

        named = [words[found.start : found.end] for found in self._names.find(words)]
        if named:
            raise Refused(
                f"“{named[0]}” is the name of somebody on a roster, and everybody reads a template. Say it without."
            )
        return added(self.template, kind, step, words)

    def edited(self, changes: Sequence[Change]) -> str:
        from lrtui.review.next_template import edited

        return edited(self.text, self.template, changes, parents=self.parents)

    def applied(self, changes: Sequence[Change]) -> str:
        from lrtui.review.next_template import applied

        return applied(self.text, self.template, changes, self.day, source=self.path.name, parents=self.parents)

    def diff(self, before: str, after: str) -> str:
        import difflib

        lines = (
            before.replace("\r\n", "\n").splitlines(keepends=True),
            after.replace("\r\n", "\n").splitlines(keepends=True),
        )
        found = difflib.unified_diff(*lines, f"a/{self.name}.yaml", f"b/{self.name}.yaml", n=2)
        return "".join(line if line.endswith("\n") else f"{line}\n" for line in found)

    def parts(self, changes: Sequence[Change]) -> Iterator[tuple[Change | None, str]]:
        """Yield each change with its diff, one upon the other, and in the end that of version and changelog."""
        before = self.edited([])
        for number, change in enumerate(changes, 1):
            after = self.edited(changes[:number])
            yield change, self.diff(before, after)
            before = after
        yield None, self.diff(before, self.applied(changes))


def _evidence(proposed: Proposal) -> str:
    from lrtui.review.next_template import ENOUGH

    named = f"{proposed.template.name}, version {proposed.template.version}"
    count = "one review" if proposed.reviews == 1 else f"{proposed.reviews or 'no'} reviews"
    if proposed.reviews < ENOUGH:
        return f"{named}: {count}. At least {ENOUGH} have to be done before they suggest a change."
    nothing = "" if proposed.changes else " Nothing in them suggests a change."
    return f"{named}: the last {count} were looked at.{nothing}"


def _print(draft: _Draft, proposed: Proposal, changes: Sequence[Change]) -> None:
    """Print what would be changed, as diffs that apply one after the other, each below its reason."""
    say(_evidence(proposed))
    made = len(_suggestions(draft))
    if made:
        said = "1 suggestion was" if made == 1 else f"{made} suggestions were"
        say(f"{said} made in feedback; at a terminal you are shown them, and can make something of each.")
    if not changes:
        return
    for number, (change, diff) in enumerate(draft.parts(changes), 1):
        put("\n".join(f"# {line}" for line in _reason(number, change)) + f"\n{diff}")


def _reason(number: int, change: Change | None) -> Iterator[str]:
    if change is None:
        yield "The version, and what it says of itself."
        return
    from textwrap import wrap

    yield f"{number}. {change.title}"
    yield from wrap(change.why, 76)


def _as_data(draft: _Draft, proposed: Proposal, changes: Sequence[Change]) -> dict[str, object]:
    parts = list(draft.parts(changes)) if changes else []
    return {
        "template": proposed.template.name,
        "version": proposed.template.version,
        "reviews": proposed.reviews,
        "minutes": proposed.template.minutes,
        "suggestions": len(_suggestions(draft)),
        "changes": [
            {
                "number": number,
                "kind": change.kind,
                "step": change.step or None,
                "title": change.title,
                "why": change.why,
                "moves": dict(change.moves),
                "diff": diff,
            }
            for number, (change, diff) in enumerate(parts, 1)
            if change
        ],
        "diff": draft.diff(draft.text, draft.applied(changes)) if changes else "",
    }


def _suggestions(draft: _Draft) -> Counter[str]:
    """Return what was said in feedback on the latest reviews by this version, and in how many of them."""
    from lrtui.review.next_template import latest
    from lrtui.review.run import words_of

    folders = dict(draft.desk.library.reviews())
    runs = latest(draft.template, draft.desk.catalog.runs(draft.template.name))
    reviews = (draft.desk.read(folders[run.review]) for run in runs if run.review in folders)
    return Counter(words for review in reviews for words in words_of(review))


def _asked(draft: _Draft, proposed: Proposal) -> list[Change]:
    """Ask about each change, and what is to become of each suggestion."""
    put(_evidence(proposed))
    chosen: list[Change] = []
    for number, change in enumerate(proposed.changes, 1):
        diff = draft.diff(draft.edited(chosen), draft.edited([*chosen, change]))
        put("\n".join(["", *_reason(number, change), diff]))
        if click.confirm("Take it?", default=False):
            chosen.append(change)
    said = sorted(_suggestions(draft).items(), key=lambda pair: (-pair[1], pair[0]))
    if said:
        put(_SAID)
    for words, count in said[:_ASKED]:
        times = f" ({count} reviews)" if count > 1 else ""
        put(f"\n“{words}”{times}")
        chosen += _made_of(draft)
    return chosen


def _made_of(draft: _Draft) -> Iterator[Change]:
    """Ask what is to become of a suggestion until that is understood."""
    while True:
        typed = str(click.prompt("", default="", show_default=False, prompt_suffix="> ")).strip()
        if not typed:
            return
        kind, _, rest = typed.partition(" ")
        step, colon, own = rest.partition(":")
        try:
            if kind == "note":
                if not rest.strip():
                    raise Refused("Put it in your own words, as in note WORDS: everybody reads a template.")
                yield draft.added("note", "", rest.strip())
                return
            if kind in {"prompt", "coach"} and colon:
                yield draft.added("prompt" if kind == "prompt" else "coach", step.strip(), own)
                return
            raise Refused("Type note WORDS, prompt STEP: WORDS or coach STEP: WORDS; Enter alone leaves it.")
        except LrtuiError as error:
            say(str(error))


def _write(draft: _Draft, changes: Sequence[Change], *, quiet: bool) -> None:
    from lrtui.store.own_templates import put_version

    after = draft.applied(changes)
    draft.desk.library.create()
    kept = put_version(draft.path, draft.text if draft.own else None, after, draft.template.version)
    if not quiet:
        put(str(draft.path))
    old = f" The old one is kept as {kept.parent.name}/{kept.name}." if kept else " It is the team's own now."
    minutes = draft.desk.template(draft.name).minutes
    takes = f", {minutes} minutes" if minutes else ""
    say(f"{draft.name} is version {draft.template.version + 1} now{takes}.{old} Reviews begun before keep theirs.")
