"""The console: what only the facilitator sees, beside a room that follows it and that it follows."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from lrtui.app.screens.console import ConsoleScreen
from lrtui.app.screens.room import RoomScreen
from lrtui.app.screens.room_rows import nothing_yet
from lrtui.app.widgets.rows import Rows
from lrtui.review import intentions, intents, intents_room
from lrtui.review.model import Kind
from lrtui.settings.values import Settings
from tests.app.opening import begun, desk_in, live, opened

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from lrtui.desk import Desk
    from tests.app.opening import Stage

PEOPLE = "Ana Lima: responder, payments; Bo Chen: facilitator; Cy Diaz: expert; Di Eng: note taker"


@asynccontextmanager
async def console(desk: Desk, name: str) -> AsyncIterator[Stage]:
    async with opened(desk, name, console=True, size=(120, 40)) as stage:
        stage.at(ConsoleScreen)
        yield stage


def listed(stage: Stage, which: str) -> list[str]:
    return [f"{row.text} {row.tail}".strip() for row in stage.screen.query_one(which, Rows).rows]


async def test_the_console_tells_what_to_say_what_to_ask_and_what_comes_next(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with console(desk, live(desk, "said", people=PEOPLE)) as stage:
        step = stage.review.template.steps[0]
        script = listed(stage, "#script")
        assert "Welcome: say" in script
        assert step.say in script
        asked = script.index("Ask") + 1
        assert script[asked : asked + 3] == [f"{at} {prompt}" for at, prompt in enumerate(step.prompts, 1)]
        assert set(filter(None, step.coach.split("\n"))) <= set(script)
        assert "Next: Earlier actions · 3 min" in script
        assert "1 Welcome" in stage.top
        assert stage.rows("#lines") == ["said"]


async def test_before_the_first_step_the_console_has_its_words_to_prepare_with(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with console(desk, begun(desk, "Slow checkout")) as stage:
        first, second, *_ = stage.review.template.steps
        script = listed(stage, "#script")
        assert script[0] == "F8 opens the first step."
        assert {first.say, *first.coach.split("\n")} <= {*script, ""}
        assert any(row.startswith(f"Next: {second.title}") for row in script)


async def test_in_a_narrow_console_the_time_that_is_left_is_in_view(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk), console=True, size=(60, 20)) as stage:
        assert stage.top.startswith("1 Welcome · 4:00 left of 4 min ")
        assert stage.top.endswith("  14:01 · ends 15:01")


async def test_a_prompt_is_ticked_and_ticked_off_by_its_number(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with console(desk, live(desk)) as stage:
        first = stage.review.template.steps[0].prompts[0]
        await stage.enter("/ask 1")
        assert f"✓ {first}" in listed(stage, "#script")
        await stage.enter("/ask 1")
        assert f"1 {first}" in listed(stage, "#script")
        await stage.enter("/ask 9")
        assert "they go from 1 to 3" in stage.said


async def test_the_console_shows_turns_the_queue_and_who_was_not_heard(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with console(desk, live(desk, people=PEOPLE)) as stage:
        for line in ("/spoke @ana", "/spoke @ana", "/queue cy", "/late @di"):
            await stage.enter(line)
        people = listed(stage, "#people")
        assert people[:2] == ["Wants to speak", "· Cy Diaz"]
        assert {"@ana Lima 2", "@bo Chen facilitator", "@di Eng late"} <= set(people)
        await stage.enter("/spoke @cy")
        assert "Wants to speak" not in listed(stage, "#people")
        await stage.enter("/lead @cy")
        assert "@cy Diaz facilitator" in listed(stage, "#people")
        stage.clock.forward(25 * 60)
        stage.at(ConsoleScreen).tick()
        assert "@bo Chen not heard yet" in listed(stage, "#people")
        assert any(row.startswith("· Not heard yet: Bo Chen") for row in listed(stage, "#script"))


async def test_private_notes_are_written_and_read_in_the_console_alone(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = live(desk)
    async with console(desk, name) as stage:
        await stage.enter("// ana looks tired")
        assert stage.said == "Kept for you alone."
        assert "· ana looks tired" in listed(stage, "#people")
        assert stage.rows("#lines") == [nothing_yet(reads=False).text]
        (entry,) = stage.review.entries.values()
        assert entry.kind is Kind.PRIVATE
    async with opened(desk, name) as stage:
        assert "tired" not in stage.shown()


async def test_room_and_console_are_open_on_one_review_and_each_shows_what_the_other_does(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = live(desk)
    beside = desk.open_console(name)
    async with opened(desk, name) as stage:
        assert stage.screen.SCOPE is RoomScreen.SCOPE
        assert not stage.session.read_only
        assert not beside.read_only
        beside.perform(intents.capture_line("from the console"))
        beside.perform(intents.next_step())
        room = stage.at(RoomScreen)
        room.follow()
        await stage.settled()
        assert stage.review.head.step == "earlier"
        await stage.enter("from the room")
        beside.follow()
        assert [entry.text for entry in beside.review.entries.values()] == ["from the console", "from the room"]
        beside.undo()
        assert beside.review.head.step == "welcome", "each takes back what was done there"
        beside.leave()
        room.follow()
        assert stage.review.head.since is not None, "the clock runs on without the console"


async def test_a_second_console_only_reads(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = live(desk)
    first = desk.open_console(name)
    async with console(desk, name) as stage:
        assert stage.session.read_only
        assert stage.said.startswith("Its console is open since")
        first.perform(intents.capture_line("from the first"))
        screen = stage.at(ConsoleScreen)
        screen.follow()
        await stage.settled()
        assert stage.rows("#lines") == ["from the first"]
    first.close()


async def test_the_last_lines_get_questions_and_hints_on_their_wording_in_the_console(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = live(desk, people=PEOPLE)
    async with console(desk, name) as stage:
        await stage.enter("Ana should have checked the dashboard")
        await stage.worked()
        script = "\n".join(listed(stage, "#script"))
        assert "“Ana should have checked the dashboard”" in script
        assert "(counterfactual)" in script
        await stage.enter("// ana should have slept")
        await stage.worked()
        assert "slept" not in "\n".join(listed(stage, "#script")), "a note of one's own is nobody's wording"
    async with opened(desk, name) as stage:
        await stage.worked()
        assert "counterfactual" not in stage.shown()


async def test_classes_of_hints_can_be_switched_off(tmp_path: Path) -> None:
    desk = desk_in(tmp_path, settings=Settings(hints=frozenset()))
    async with console(desk, live(desk, "Ana should have checked the dashboard", people=PEOPLE)) as stage:
        await stage.worked()
        assert "counterfactual" not in "\n".join(listed(stage, "#script"))


async def test_a_single_cause_is_noticed_once_in_a_review(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with console(desk, live(desk, people=PEOPLE)) as stage:
        for line in ("the root cause was the index", "so the root cause was the deploy"):
            await stage.enter(line)
            await stage.worked()
        assert "\n".join(listed(stage, "#script")).count("(single cause)") == 1


async def test_the_panel_is_closed_at_first_and_leaves_nothing_behind(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = live(desk, "// ana looks tired", "said")
    async with opened(desk, name) as stage:
        assert "tired" not in stage.shown()
        await stage.run("panel")
        shown = stage.shown()
        assert "Welcome: say" in shown
        assert "said" in shown
        assert stage.warned
        await stage.run("panel")
        assert "Welcome: say" not in stage.shown()
        assert stage.rows("#panel") == []


async def test_a_vote_is_hidden_until_it_is_revealed(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "caches", "retries", "lunch")) as stage:
        await stage.enter("/reveal")
        assert stage.said.startswith("No vote is open")
        await stage.enter("/vote 2")
        assert stage.rows("#lines") == ["1 caches", "2 retries", "3 lunch"]
        assert "2 dots" in stage.said
        line = stage.at(RoomScreen).line
        line.text = "1 2"
        await stage.settled()
        assert "1 2" not in stage.lines()[-2], "how somebody votes is masked"
        for ballot in ("1 2", "2,2", "2 1"):
            await stage.enter(ballot)
        assert "3 ballots are in" in stage.shown()
        await stage.enter("1 2 3")
        assert "each person has 2" in stage.said
        assert "•" not in "".join(row.tail for row in stage.screen.query_one("#lines", Rows).rows)
        await stage.enter("")
        stage.at(RoomScreen).line.text = ""
        await stage.enter("/reveal")
        assert listed(stage, "#lines") == ["1 caches •• 2", "2 retries •••• 4", "3 lunch"]
        await stage.enter("4711 is a number of a deploy")
        assert stage.rows("#lines")[-1] == "4711 is a number of a deploy"
        await stage.enter("/vote end")
        assert stage.rows("#lines")[0] == "caches"


async def test_what_is_counted_of_people_is_in_no_export(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = live(desk, "// SENTINEL", people=PEOPLE)
    session = desk.open(name)
    before = desk.markdown(session)
    for _ in range(7):
        session.perform(intents_room.speak("@cy"))
    session.perform(intents_room.ask_to_speak("@ana"))
    assert desk.markdown(session) == before
    assert "SENTINEL" not in before
    session.close()


async def test_what_was_seen_before_is_told_quietly_in_the_console_alone(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    begun(desk, "Storm of retries", intents.capture_line("a: bound the retries of the gateway", "actions"))
    begun(desk, "Queue upside down", intents.capture_line("poison messages crashed every consumer"))
    name = live(desk, "poison in the consumers", "// the gateway retried SENTINEL", people=PEOPLE)
    async with console(desk, name) as stage:
        await stage.worked()
        await stage.worked()
        script = listed(stage, "#script")
        assert "seen before: 2026-11-23 Queue upside down — poison, consumers" in script
        assert not any("still open" in row for row in script), "what is private is not looked for"
        stage.at(ConsoleScreen).line.text = "a gateway that retries"
        await stage.settled()
        await stage.worked()
        told = "still open: bound the retries of the gateway (2026-11-23 Storm of retries) — gateway, retries"
        assert told in listed(stage, "#script")
        stage.at(ConsoleScreen).line.text = "// a gateway that retries"
        await stage.settled()
        await stage.worked()
        assert told not in listed(stage, "#script")
    async with opened(desk, name, size=(160, 50)) as stage:
        await stage.run("panel")
        await stage.worked()
        assert "Queue upside" not in stage.shown(), "titles of other reviews are for the console alone"


async def test_what_one_will_do_next_time_is_asked_at_the_end_and_told_when_the_next_review_begins(
    tmp_path: Path,
) -> None:
    desk = desk_in(tmp_path)
    first = live(desk, people=PEOPLE)
    async with console(desk, first) as stage:
        await stage.worked()
        assert "Next time" not in listed(stage, "#script")
        stage.session.perform(intents.finish())
        stage.at(ConsoleScreen).refresh_review()
        assert any(row.startswith("What will you do differently? /intend WORDS") for row in listed(stage, "#script"))
        await stage.enter("/intend")
        assert stage.warned
        await stage.enter("/intend let silence SENTINEL stand")
        assert "Next time I will let silence SENTINEL stand" in listed(stage, "#script")
    second = live(desk, people=PEOPLE)
    async with console(desk, second) as stage:
        await stage.worked()
        script = listed(stage, "#script")
        at = script.index("From your last review, 2026-11-23")
        assert script[at + 1] == "Next time I will let silence SENTINEL stand"
        await stage.enter("/next")
        assert "From your last review, 2026-11-23" not in listed(stage, "#script")
    async with opened(desk, second, size=(160, 50)) as stage:
        await stage.run("panel")
        await stage.worked()
        assert "SENTINEL" not in stage.shown()
    session = desk.open(first)
    assert "SENTINEL" not in desk.markdown(session)
    session.close()


async def test_what_somebody_else_will_do_next_time_is_not_told(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    begun(desk, "First", intentions.intend(desk.author, "SENTINEL"))
    desk.author = "bo-81d2"
    async with console(desk, live(desk, people=PEOPLE)) as stage:
        await stage.worked()
        assert "SENTINEL" not in stage.shown()
