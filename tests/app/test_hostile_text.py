"""Text from outside is shown as it is and does nothing, wherever it may stand."""

from __future__ import annotations

import ast
import json
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest

import lrtui.app
from lrtui.app.widgets.capture import CaptureLine, Field
from lrtui.review import intents
from lrtui.review.model import HEAD, Put
from lrtui.review.text import clean_line
from tests.app.opening import begun, desk_in, live, opened

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from lrtui.desk import Desk
    from tests.app.opening import Stage

MARKUP = "[/x] [red]r[/red] [@click=app.quit]y[/] [b"
CONTROL = "\x1b]52;c;aGk=\x07\x1b[2J\x9b1m\u202ez\u2066\x7f"
TEXT = f"{MARKUP} {CONTROL}"
SHOWN = clean_line(TEXT)
NAME = "2026-11-23-[red]x-7k3q"
BIDI = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

Prepare: TypeAlias = "Callable[[Desk], str | None]"
Walk: TypeAlias = "Callable[[Stage], Awaitable[None]]"


@dataclass(frozen=True)
class Place:
    """Where text from outside stands: what brings it there, and what is to be read then."""

    prepare: Prepare
    walk: Walk
    shown: tuple[str, ...] = field(default=(SHOWN,))


def stored(*puts: Put, lines: tuple[str, ...] = ("14:02 pager @ana",)) -> Prepare:
    """Have a review in which somebody else's program has written this."""

    def prepare(desk: Desk) -> str:
        session = desk.open(live(desk, *lines))
        found = {"entries": session.review.entries, "participants": session.review.participants}
        ids = {table: next(iter(documents), "") for table, documents in found.items()}
        session.storage.append("import", [Put(put.table, put.id or ids[put.table], put.set) for put in puts])
        session.close()
        return session.name

    return prepare


def with_lines(*lines: str) -> Prepare:
    return lambda desk: live(desk, *lines)


def in_library(prepare: Prepare) -> Prepare:
    def prepared(desk: Desk) -> None:
        prepare(desk)

    return prepared


def template(desk: Desk) -> str:
    """Begin a review by a template all of whose words are hostile; the template's file has brackets in its name."""
    words = json.dumps(TEXT)  # a text between double quotes is the same in YAML
    desk.library.create()
    (desk.library.root / "templates" / "[red]x.yaml").write_text(
        f"name: x\nversion: 1\ntitle: {words}\nabout: {words}\n"
        f"facts: [{{key: service, ask: {words}, one_of: [{words}]}}]\n"
        f"moments: [{{key: started, title: {words}}}]\n"
        f"roles: [{{key: responder, title: {words}, at_least: 1}}]\n"
        f"steps: [{{key: one, title: {words}, minutes: 5, prompts: [{words}]}}]\n"
        f"feedback: [{{key: roti, ask: {words}, scale: [0, 5]}}]\n"
    )
    (desk.library.root / "templates" / "[faulty].yaml").write_text("name: 5\n")
    return begun(desk, "Slow", intents.add_people("Ana; Bo; Chi"), template="[red]x")


def alone(desk: Desk) -> str:
    """Begin a review that is written alone by a template all of whose words are hostile."""
    words = json.dumps(TEXT)
    desk.library.create()
    (desk.library.root / "templates" / "x.yaml").write_text(
        f"name: x\nversion: 1\ntitle: {words}\nfacts: [{{key: one, ask: {words}}}]\n"
        f"steps: [{{key: one, title: {words}, prompts: [{words}], coach: {words}}},\n"
        f"  {{key: hard, title: {words}, captures: was_hard}}]\n"
    )
    return begun(desk, TEXT, intents.set_fact("one", TEXT), template="x")


def with_draft(text: str) -> Prepare:
    """Have a long text in hand when the review is opened."""

    def prepare(desk: Desk) -> str:
        name = live(desk)
        desk.drafts.keep(name, "new", text)
        return name

    return prepare


def locked(desk: Desk) -> str:
    """Have a review open in another program, run by somebody with a hostile name."""
    session = desk.open(live(desk))
    signed = {"pid": 1, "user": TEXT, "host": TEXT, "since": desk.clock().isoformat()}
    desk.library.lock_file(session.name).write_text(json.dumps(signed))
    return session.name


def untitled(desk: Desk) -> None:
    session = desk.begin("x")
    session.storage.append("import", [Put("review", HEAD, {"title": None})])
    session.close()
    session.storage.folder.rename(session.storage.folder.with_name(NAME))


def walked(*names: str) -> Walk:
    async def walk(stage: Stage) -> None:
        await stage.worked()
        await stage.run(*names)
        await stage.settled()

    return walk


def entered(text: str, *before: str) -> Walk:
    async def walk(stage: Stage) -> None:
        await stage.run(*before)
        await stage.enter(text)
        await stage.worked()

    return walk


def typed(text: str, *then: str) -> Walk:
    async def walk(stage: Stage) -> None:
        await stage.worked()
        stage.screen.query_one(CaptureLine).text = text
        await stage.settled()
        await stage.run(*then)

    return walk


def narrowed(name: str) -> Walk:
    async def walk(stage: Stage) -> None:
        await stage.run(name)
        stage.dialog.query_one(Field).value = MARKUP
        await stage.settled()

    return walk


TITLE = stored(Put("review", HEAD, {"title": TEXT}))
FACTS = stored(Put("review", HEAD, {"facts.service": TEXT, "facts.severity": TEXT}))
PERSON = stored(Put("participants", "", {"name": TEXT, "handle": TEXT, "team": TEXT, "role": TEXT}))
LINE = stored(Put("entries", "", {"text": TEXT, f"tags.{TEXT}": True}))
ACTION = stored(Put("actions", "k9", {"text": TEXT, "team": TEXT, "step": "welcome", "ref": TEXT, "reason": TEXT}))
PARKED = stored(Put("entries", "", {"text": TEXT, "kind": "parked"}))
MOMENT = stored(Put("moments", "started", {"when": TEXT}))
STAY = walked()

PLACES = {
    "a title in the library": Place(in_library(TITLE), STAY),
    "a title in the room": Place(TITLE, STAY),
    "a title in the set-up": Place(TITLE, walked("setup"), (SHOWN,)),
    "a title in the close": Place(TITLE, walked("close")),
    "a title in the preview": Place(TITLE, walked("preview")),
    "facts in the library": Place(in_library(FACTS), STAY, (SHOWN[:30],)),
    "facts in the set-up": Place(FACTS, walked("setup"), (SHOWN,)),
    "a moment in the set-up": Place(MOMENT, walked("setup"), (SHOWN,)),
    "a person in the set-up": Place(PERSON, walked("setup"), (SHOWN[:20],)),
    "a handle beside a line": Place(PERSON, STAY, (f"@{SHOWN[:20]}",)),
    "handles in an answer": Place(PERSON, entered("/late nobody"), (f"@{SHOWN[:20]}".lower(),)),
    "handles as completions": Place(PERSON, typed("x @", "complete"), (f"@{SHOWN[:20]}",)),
    "a line in the room": Place(LINE, STAY, (MARKUP,)),
    "a tag beside a line": Place(LINE, STAY, (f"#{SHOWN[:20]}",)),
    "a line being edited": Place(LINE, walked("edit"), ("[/x] [red]r[/red]",)),
    "a line in the preview": Place(LINE, walked("preview"), ()),
    "an action in the room": Place(ACTION, STAY, (MARKUP,)),
    "an action in the close": Place(ACTION, walked("close"), (f"No owner yet: {SHOWN}",)),
    "an action in the preview": Place(ACTION, walked("preview"), ()),
    "a parked line in the close": Place(PARKED, walked("close"), (f"Parked: {SHOWN}",)),
    "what was just typed": Place(with_lines(), entered(TEXT), (MARKUP,)),
    "half a line": Place(with_lines(), typed(TEXT), (MARKUP,)),
    "chips": Place(with_lines(), typed(f'x #"{MARKUP}"'), (f"note · #{MARKUP}",)),
    "an unknown command": Place(with_lines(), entered("/x[red]y[b"), ("There is no command /x[red]y[b.",)),
    "an unknown person": Place(with_lines(), entered(f"/late {TEXT}"), (f"“{SHOWN}”",)),
    "an unknown step": Place(with_lines(), entered(f"/go {TEXT}"), (f"“{SHOWN}”",)),
    "an unknown moment": Place(with_lines(), entered(f"/moment {TEXT}"), ("“[/x]”",)),
    "an answer that does not fit": Place(with_lines("a: x"), entered(TEXT, "close", "row-down"), (f"“{SHOWN}”",)),
    "the name of a file": Place(with_lines(), entered("/export [red]x[b.md"), ("Written to [red]x[b.md.",)),
    "the owner of a lock": Place(locked, STAY, ("[/x] [red]r[/red] [@click=app.quit]y[/] [b",)),
    "a search": Place(lambda _: None, typed(TEXT), (f"“{SHOWN}”",)),
    "the name of a folder": Place(in_library(untitled), STAY, (NAME,)),
    "a template's questions": Place(template, STAY, (f"{MARKUP[:12]}",)),
    "a template's prompts": Place(template, walked("start"), (f"▸ {MARKUP[:10]}", f"· {SHOWN}")),
    "a template's prompts on the page of a write-up": Place(
        alone, STAY, (f"▸ {SHOWN}", f"· {SHOWN}", f"known  one: {SHOWN}")
    ),
    "what is said on the page of a write-up": Place(alone, entered(f"h: {TEXT}"), (f"under “{SHOWN}”", f"  {MARKUP}")),
    "a long text in hand": Place(with_draft(f"{TEXT}\n{TEXT}"), entered("/no such"), ("❯ /no such",)),
    "a long text": Place(with_draft(f"{TEXT}\n{TEXT}"), entered(""), (MARKUP,)),
    "a template's moments": Place(
        template, walked("start", "close"), (f"No time yet: {SHOWN}", f"No votes yet: {SHOWN}")
    ),
    "templates to choose from": Place(template, walked("templates"), ("[red]x", "[faulty]", f"{MARKUP[:20]}")),
    "what narrows a dialog down": Place(with_lines(), narrowed("help"), (MARKUP,)),
    "what narrows a list down": Place(with_lines(), narrowed("palette"), (MARKUP,)),
}


@pytest.fixture(autouse=True)
def _exports_land_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def obeyed(text: str) -> list[str]:
    return [char for char in text if char in BIDI or unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}]


def assert_harmless(stage: Stage) -> None:
    for strip in stage.strips():
        assert obeyed(strip.text) == []
        for segment in strip:
            assert segment.control is None
            assert segment.style is None or segment.style.link is None
            assert segment.style is None or "@click" not in segment.style.meta


def places_of(stage: Stage, text: str) -> list[tuple[int, int]]:
    lines = stage.lines()
    return [(line.index(text), y) for y, line in enumerate(lines) if text in line]


@pytest.mark.parametrize("place", PLACES)
async def test_it_is_shown_as_it_is_and_does_nothing(tmp_path: Path, place: str) -> None:
    desk, found = desk_in(tmp_path), PLACES[place]
    name = found.prepare(desk)
    async with opened(desk, name, size=(220, 45)) as stage:
        await found.walk(stage)
        assert_harmless(stage)
        shown = stage.shown()
        for text in found.shown:
            assert text in shown, shown
        session = getattr(stage.app.screen, "session", None)
        before = session.storage.groups[-1] if session else None
        for x, y in places_of(stage, "[@click=app.quit]y")[:2]:
            await stage.pilot.click(offset=(x + len("[@click=app.quit]"), y))
            await stage.settled()
        assert stage.app.is_running
        assert stage.app.return_code is None
        assert before == (session.storage.groups[-1] if session else None)
        assert_harmless(stage)


async def test_what_gets_past_everything_else_is_stopped_before_the_terminal(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk)) as stage:
        stage.screen.query_one(Field).value = CONTROL
        stage.screen.say(CONTROL)
        await stage.settled()
        assert_harmless(stage)


APP = Path(lrtui.app.__file__).parent
READS_MARKUP = {"Static", "Label", "Button", "Checkbox", "RadioButton", "OptionList", "SelectionList", "Select", "Tree"}
READS_MARKUP |= {"DataTable", "Collapsible", "Tab", "TabPane", "Option"}


def calls() -> list[tuple[str, ast.Call]]:
    return [
        (f"{path.name}:{node.lineno}", node)
        for path in sorted(APP.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
    ]


def called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def is_content(value: ast.expr) -> bool:
    return ast.unparse(value).startswith(("Content(", "Content.assemble("))


def test_no_widget_reads_text_as_markup() -> None:
    for place, call in calls():
        if called(call) in READS_MARKUP:
            plain = any(word.arg == "markup" and ast.unparse(word.value) == "False" for word in call.keywords)
            given = [*call.args, *(word.value for word in call.keywords if word.arg in {"content", "label", "name"})]
            assert plain or all(map(is_content, given)), f"{place}: {ast.unparse(call)}"
        if called(call) == "update" and "Static" in ast.unparse(call):
            assert is_content(call.args[0]), f"{place}: {ast.unparse(call)}"


def test_nothing_is_shown_where_only_markup_can_be() -> None:
    for place, call in calls():
        assert called(call) not in {"notify", "from_markup"}, place
    for path in APP.rglob("*.py"):
        for word in ("border_title", "border_subtitle", "tooltip"):
            assert word not in path.read_text("utf-8"), f"{path.name}: {word}"
