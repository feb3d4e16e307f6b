"""The verb `feedback`: how a review went for those who were there, and what its facilitator makes of it."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lrtui.cli.place import desk_of, desk_of_reviews
from lrtui.cli.words import complete_review, counted, put, put_json, say
from lrtui.errors import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lrtui.desk import Desk
    from lrtui.mine import Led
    from lrtui.review.feedback_summary import Told
    from lrtui.review.model import Review
    from lrtui.session import Session

_BAR = 20  # characters for the whole scale
_CHART = 30  # with the figure behind it


@click.command(
    short_help="See how a review went; ask, and bring in the answers.",
    epilog="""\b
Examples:
  lrtui feedback checkout                        what the answers say, from four on
  lrtui feedback checkout --form | mail -s "How was it?" team@example.org
  lrtui feedback checkout --form --copy          to paste it into a chat
  lrtui feedback checkout --import answers.csv   from a form tool
  lrtui feedback checkout --import - < mails.txt
  lrtui feedback checkout 5 4 4 3 5              the return on time, as shown on fingers
  lrtui feedback checkout --next "let silence stand longer"
  lrtui feedback --mine""",
)
@click.argument("review", required=False, shell_complete=complete_review)
@click.argument("numbers", nargs=-1)
@click.option("--form", is_flag=True, help="Print a form to paste into mail or chat.")
@click.option("--copy", is_flag=True, help="With --form: to the clipboard.")
@click.option(
    "--import",
    "source",
    type=click.Path(allow_dash=True, path_type=Path),
    metavar="FILE|-",
    help="Bring in answers: pasted replies, or the CSV of a form tool.",
)
@click.option("--partial", is_flag=True, help="With --import: take what is understood, and leave the rest.")
@click.option("--next", "intention", metavar="WORDS", help="Keep for yourself what you will do next time.")
@click.option("--mine", is_flag=True, help="How the reviews went that you led, one below the other.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
def feedback(
    ctx: click.Context,
    *,
    review: str | None,
    numbers: Sequence[str],
    form: bool,
    copy: bool,
    source: Path | None,
    partial: bool,
    intention: str | None,
    mine: bool,
    as_json: bool,
) -> None:
    """See what those who were there say of a review: sums and words, each only from four answers on.

    Answers belong to nobody, and neither they nor what you keep with --next are in any export, page or search. But they
    are in the review's files, in plain text, for whoever can read the library's folder. An import is one change, which
    undo takes back; import all that has come at once, so that nothing tells whose answers came together.

    With --mine you see the reviews that you led, that is moved from step to step, on this machine.
    """
    wishes = {
        "--form": form,
        "--import": source is not None,
        "--next": intention is not None,
        "--mine": mine,
        "numbers": bool(numbers),
    }
    _check(ctx, [name for name, wished in wishes.items() if wished], copy=copy, partial=partial, json=as_json)
    if mine:
        _show_mine(desk_of(ctx), review, as_json=as_json)
    elif review is None:
        raise click.UsageError("Name a review, or ask for --mine.", ctx)
    elif form:
        _show_form(desk_of_reviews(ctx), review, copy=copy)
    elif source is not None:
        _bring_in(desk_of(ctx), review, source, partial=partial)
    elif intention is not None:
        _intend(desk_of(ctx), review, intention)
    elif numbers:
        _vote(desk_of(ctx), review, " ".join(numbers))
    else:
        _show(desk_of_reviews(ctx), review, as_json=as_json)


def _check(ctx: click.Context, wished: Sequence[str], *, copy: bool, partial: bool, json: bool) -> None:
    """Refuse options that do not belong together."""
    if len(wished) > 1:
        raise click.UsageError(f"One at a time: {' or '.join(wished)}.", ctx)
    if copy and wished != ["--form"]:
        raise click.UsageError("--copy goes with --form.", ctx)
    if partial and wished != ["--import"]:
        raise click.UsageError("--partial goes with --import.", ctx)
    if json and wished not in ([], ["--mine"]):
        raise click.UsageError("--json goes with a review alone, or with --mine.", ctx)


@contextlib.contextmanager
def _writing(session: Session) -> Iterator[Session]:
    try:
        if session.read_only:
            raise Refused(session.notice)
        if session.notice and (
            session.storage.unread or not session.runs_elsewhere
        ):  # it is no clock that matters here
            say(session.notice)
        yield session
    finally:
        session.close()


def _show_form(desk: Desk, part: str, *, copy: bool) -> None:
    from lrtui.review import feedback_form

    review = desk.read(desk.library.resolve(part))
    text = feedback_form.form(review)
    left_out = len(feedback_form.questions(review)) - len(feedback_form.asked_in_form(review))
    if left_out:
        say(f"{counted(left_out, 'question')} left out, which the room has answered.")
    if not copy:
        put(text)
        return
    outcome = desk.copy(text)
    if not outcome.copied:
        raise Refused(outcome.said)
    say(outcome.said)


def _bring_in(desk: Desk, part: str, source: Path, *, partial: bool) -> None:
    from lrtui.cli import feedback_import

    text = feedback_import.read(source)
    with _writing(desk.open(part)) as session:
        feedback_import.bring_in(session, text, source, desk.names(), partial=partial)


def _intend(desk: Desk, part: str, words: str) -> None:
    from lrtui.review import intentions

    # in the console's journal: so it is not what an undo in the room view would tell of
    with _writing(desk.open_console(part)) as session:
        session.perform(intentions.intend(desk.author, words))
        kept = intentions.intended(session.review, desk.author)
    say(f"Kept for you: {intentions.told(kept)}. The console shows it when your next review begins.")


def _vote(desk: Desk, part: str, typed: str) -> None:
    from lrtui.review import feedback as rounds
    from lrtui.review.intents import Intent

    with _writing(desk.open(part)) as session:
        asked = rounds.return_on_time(session.review)
        if asked is None:
            raise Refused("This review does not ask for the return on time.")
        before = asked.count
        session.perform(
            Intent(
                "return on time",
                lambda review, context: rounds.answered(review, asked.key, typed, context.new_id),
            )
        )
        after = rounds.return_on_time(session.review)
        count = after.count - before if after else 0
    say(f"{counted(count, 'answer')} kept for: {asked.ask}")


def _show(desk: Desk, part: str, *, as_json: bool) -> None:
    from lrtui.review.feedback_summary import summary

    folder = desk.library.resolve(part)
    review = desk.read(folder)
    told = summary(review)
    if as_json:
        put_json({"name": folder.name, "title": review.head.title, "questions": [_as_data(item) for item in told]})
    elif not told:
        say("This review asks for no feedback.")
    else:
        blocks = ["\n".join([item.ask, *(f"  {line}" for line in _lines(item))]) for item in told if item.count]
        waiting = [f"  {item.ask}" for item in told if not item.count]
        unanswered = ["\n".join(["No answer yet", *waiting])] if waiting else []
        put("\n\n".join([_heading(review), *blocks, *unanswered]))


def _heading(review: Review) -> str:
    from lrtui.publish import public
    from lrtui.review.model import UNTITLED

    held = public.held(review)
    return " · ".join(filter(None, [review.head.title or UNTITLED, held.isoformat() if held else ""]))


def _lines(told: Told) -> Iterator[str]:
    """Yield what is told of a question, a line each."""
    from lrtui.review.feedback_summary import AT_LEAST_ONE, FEWEST

    if told.asking:
        yield f"{counted(told.count, 'answer')}; hidden until the room has finished"
    elif told.few:
        yield f"{counted(told.count, 'answer')}; shown from {FEWEST} on"
    elif told.yeses and told.scale == (0, 1):
        yes, total = told.yeses
        asked = "at least one" if told.key == AT_LEAST_ONE else "at least half"
        reached = "" if told.reached is None else f"; {asked}: {'yes' if told.reached else 'no'}"
        yield f"{yes} of {total} yes{reached}"
    elif told.tally:
        yield f"average {told.tally.average:.1f} of {_highest(told)} ({told.count} answers)"
        yield "   ".join(f"{value}: {count}" for value, count in told.tally.counts)
    yield from (f"- {words}" for words in told.said)


def _highest(told: Told) -> int:
    return told.scale[1] if told.scale else 0


def _as_data(told: Told) -> dict[str, object]:
    tally = told.tally
    return {
        "key": told.key,
        "ask": told.ask,
        "scale": list(told.scale) if told.scale else None,
        "count": told.count,
        "average": round(tally.average, 2) if tally else None,
        "counts": {str(value): count for value, count in tally.counts} if tally else None,
        "reached": told.reached,
        "said": list(told.said),
    }


def _show_mine(desk: Desk, review: str | None, *, as_json: bool) -> None:
    if review is not None:
        raise Refused("--mine is about all the reviews that you led; name none.")
    from lrtui import mine

    found = mine.led(desk.library, desk.author, desk.clock)
    if as_json:
        put_json([_as_point(item) for item in found])
    elif found:
        put("\n".join(line for item in found for line in _point(item)))
    else:
        say(f"There is no review here yet that you led, as {desk.author}.")


def _point(led: Led) -> Iterator[str]:
    """Yield the line of a review in the chart, and below it what was meant to be done next time."""
    from lrtui.review import intentions
    from lrtui.review.feedback_summary import FEWEST
    from lrtui.review.model import UNTITLED

    day = led.day.isoformat() if led.day else " " * 10
    told = led.told
    if told and told.tally and told.scale:
        low, high = told.scale
        filled = round(_BAR * (told.tally.average - low) / (high - low))
        chart = f"{'=' * filled:{_BAR}}  {told.tally.average:.1f} of {high}"
    else:
        why = f"few answers, shown from {FEWEST} on" if told and told.count else "no answers"
        chart = why
    yield f"{day}  {chart:{_CHART}}  {led.title or UNTITLED}"
    if led.intended:
        yield f"{'':10}  {intentions.told(led.intended)}"


def _as_point(led: Led) -> dict[str, object]:
    tally = led.told.tally if led.told else None
    return {
        "name": led.name,
        "title": led.title,
        "date": led.day.isoformat() if led.day else None,
        "answers": led.told.count if led.told else 0,
        "average": round(tally.average, 2) if tally else None,
        "scale": list(led.told.scale) if led.told and led.told.scale else None,
        "next_time": led.intended or None,
    }
