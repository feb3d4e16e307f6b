from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from lrtui.app.screens.closing import ClosingScreen
from lrtui.app.screens.reading import PreviewScreen
from lrtui.app.screens.room import RoomScreen
from lrtui.app.widgets.capture import Chips, Field
from lrtui.app.widgets.rows import Rows
from lrtui.review import closing, intents
from lrtui.review.model import Kind, State, Status
from tests.app.opening import begun, desk_in, live, opened

if TYPE_CHECKING:
    from pathlib import Path

    from lrtui.desk import Desk
    from tests.app.opening import Stage

MET = (
    intents.add_people("Ana Lima: responder, payments; Bo Chen: facilitator"),
    intents.start(),
    intents.capture_line("a: an early idea"),
    intents.capture_line("p: lunch"),
    intents.capture_line("? why then"),
    intents.open_step("actions"),
    intents.capture_line("a: raise the limit"),
)


def met(desk: Desk) -> str:
    return begun(desk, "Slow checkout", *MET)


def selected(stage: Stage) -> str:
    rows = stage.screen.query_one("#hints", Rows)
    return rows.rows[rows.selected].text if rows.selected is not None else ""


def asked(stage: Stage) -> str:
    return stage.screen.query_one(Field).placeholder


def status(stage: Stage) -> Status:
    return stage.review.head.status


FEEDBACK = {
    "No votes yet: Was it worth": "5 4 4 3",
    "What would have raised it by one?": "a shorter timeline",
    "What would have raised": "end",
    "No votes yet: Did you learn": "2 of 4",
    "No votes yet: Would you come": "3 4",
    "What": "end",
}


async def test_every_point_is_settled_where_it_stands_and_the_next_one_follows(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, met(desk)) as stage:
        await stage.run("close")
        stage.at(ClosingScreen)
        assert status(stage) is Status.LIVE
        answers = {
            "No learnings yet": "limits age",
            "No owner yet: raise the limit": "ana",
            "No date yet: raise the limit": "2026-12-01",
            "Early idea: an early idea": "drop no gain",
            "Parked: lunch": "keep",
            "Open question: why then": "the cache was cold",
            "No time yet: Impact began": "2026-11-22 14:02",
            "No time yet: First noticed": "~14:05",
            "No time yet: Somebody took it on": "n/a",
            "No time yet: Impact eased": "14:20",
            "No time yet: Back to normal": "14:40",
        }
        for beginning, answer in answers.items():
            assert selected(stage).startswith(beginning), stage.shown()
            await stage.enter(answer)
            assert stage.said.startswith(f"Kept “{answer}” for: {beginning}")
        for question, answer in FEEDBACK.items():
            assert selected(stage).startswith(question), stage.shown()
            await stage.enter(answer)
            assert not stage.said.startswith("Kept"), "how somebody votes is not repeated to the room"
        assert stage.said.endswith("Thank the room.")
        assert stage.rows("#hints") == ["Nothing is left open. F8 finishes the meeting."]
        assert asked(stage) == "F8 finishes the meeting"
        assert closing.hints(stage.review) == ()
        by_text = {action.text: action for action in stage.review.actions.values()}
        assert by_text["an early idea"].state is State.NOT_DOING
        assert by_text["raise the limit"].team == "payments"
        assert {entry.kind for entry in stage.review.entries.values()} == {Kind.NOTE, Kind.PARKED, Kind.LEARNING}
        assert "return on time: average 4.0 (4 votes, 3 to 5)" in stage.shown()
        assert "learned something 2 of 4 · would come again 3 of 4" in " ".join(stage.shown().split())
        assert "1 learning " in stage.shown()


async def test_neither_what_was_dropped_nor_an_early_idea_is_counted_as_an_action(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, met(desk)) as stage:
        await stage.enter("drop no gain")
        await stage.run("previous")
        await stage.enter("a: another early idea")
        await stage.run("close")
        assert "1 action" in stage.shown()


async def test_nothing_has_to_be_settled(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, met(desk)) as stage:
        await stage.run("close")
        await stage.enter("")
        assert "nothing here has to be settled" in stage.said
        await stage.run("finish")
        assert status(stage) is Status.LIVE
        assert stage.said.startswith("F8 again ends the meeting")
        await stage.run("finish")
        assert status(stage) is Status.DONE
        assert stage.said.startswith("Done. Thank the room.")
        await stage.run("undo")
        assert status(stage) is Status.LIVE
        await stage.run("finish", "finish", "finish")
        assert stage.said == "The review is done already."


@pytest.mark.parametrize("between", [("row-down",), ("row-up",), ("undo",), ("preview", "leave"), ("room", "close")])
async def test_whatever_is_done_between_two_finishes_the_second_asks_again(
    tmp_path: Path, between: tuple[str, ...]
) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, met(desk)) as stage:
        await stage.run("close", "finish")
        assert stage.said.startswith("F8 again ends the meeting")
        await stage.run(*between)
        assert not stage.said.startswith("F8 again"), "what is said does not hold any more"
        await stage.run("finish")
        assert status(stage) is Status.LIVE
        assert stage.said.startswith("F8 again ends the meeting")


async def test_typing_or_a_click_between_two_finishes_asks_again(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, met(desk)) as stage:
        await stage.run("close", "finish")
        await stage.pilot.press("x")
        assert stage.said == ""
        await stage.run("finish")
        await stage.pilot.click("#hints", offset=(5, 3))
        await stage.run("finish")
        assert status(stage) is Status.LIVE
        await stage.pilot.press("f6")
        await stage.run("finish")
        assert status(stage) is Status.LIVE


async def test_an_answer_that_does_not_fit_stays_on_the_line(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, met(desk)) as stage:
        await stage.run("close", "row-down")
        assert selected(stage).startswith("No owner yet")
        before = stage.review
        await stage.enter("zoe")
        assert (stage.typed, stage.warned, stage.review) == ("zoe", True, before)
        assert "Nobody on the roster is called “zoe”" in stage.said
        await stage.enter("/+5")
        assert stage.said == "/+5 works in: room, console."
        await stage.enter("/nxt")
        assert stage.said.startswith("There is no command /nxt.")


async def test_points_are_gone_through_by_arrows_and_clicks_and_each_says_what_to_type(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, met(desk)) as stage:
        await stage.run("close")
        assert asked(stage) == "type what was learned"
        await stage.run("row-down", "row-down")
        assert selected(stage).startswith("No team yet")
        assert asked(stage) == "type the team that will own it; or drop and why"
        await stage.run("row-up")
        assert selected(stage).startswith("No owner yet")
        await stage.pilot.click("#hints", offset=(5, 3))
        assert selected(stage).startswith("No date yet")
        assert asked(stage).startswith("type a day")
        assert any(line.startswith(" ▸ No date yet") for line in stage.lines())


async def test_the_room_is_one_key_away_and_everything_stays_selected(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, met(desk)) as stage:
        await stage.run("close", "row-down", "room")
        stage.at(RoomScreen)
        await stage.enter("* learned since")
        await stage.run("close")
        stage.at(ClosingScreen)
        assert "No learnings yet" not in stage.shown()


async def test_undo_and_the_commands_of_the_line_work_here_too(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, met(desk)) as stage:
        await stage.run("close")
        await stage.enter("limits age")
        await stage.run("undo")
        assert stage.rows("#hints")[0].startswith("No learnings yet")
        await stage.enter("/person Chi Wu")
        await stage.enter("/moment started 2026-11-22 14:02")
        await stage.enter("/fact severity sev2")
        assert len(stage.review.participants) == 3
        assert "No time yet: Impact began" not in stage.rows("#hints")
        await stage.run("redo")
        assert stage.warned, "what was undone cannot be done again after another change"


async def test_a_review_that_is_done_can_still_be_corrected(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = begun(desk, "Slow checkout", *MET, intents.finish())
    async with opened(desk, name) as stage:
        await stage.run("leave")
        await stage.enter("n: a correction")
        await stage.run("close")
        assert stage.review.head.status is Status.DONE
        await stage.enter("limits age")
        assert [entry.text for entry in stage.review.entries.values()][-2:] == ["a correction", "limits age"]


async def test_a_finished_review_is_taken_up_again_and_finished_anew(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, met(desk)) as stage:
        await stage.run("close")
        await stage.enter("/reopen")
        assert stage.said == "The review is open already."
        await stage.run("finish", "finish")
        ended = stage.review.head.ended
        stage.clock.forward(3600)
        await stage.enter("/reopen")
        assert (status(stage), stage.review.head.ended, stage.review.head.since) == (Status.WRAP_UP, None, None)
        assert stage.said.startswith("Taken up again, at its close.")
        await stage.run("undo")
        assert (status(stage), stage.review.head.ended) == (Status.DONE, ended)
        await stage.run("redo", "finish")
        assert stage.said.startswith("F8 again ends the meeting")
        await stage.run("finish")
        assert status(stage) is Status.DONE
        assert stage.review.head.ended != ended


async def test_a_finished_review_is_taken_up_again_where_it_is_read(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, begun(desk, "Slow checkout", *MET, intents.finish())) as stage:
        stage.at(PreviewScreen)
        await stage.run("reopen")
        assert status(stage) is Status.WRAP_UP
        assert 'status: "wrap-up"' in "\n".join(stage.rows("#document"))
        assert stage.said.startswith("Taken up again")
        await stage.run("undo", "leave")
        stage.at(RoomScreen)
        await stage.enter("/reopen")
        assert status(stage) is Status.WRAP_UP
        await stage.run("pause")
        assert stage.review.head.since == stage.clock()


async def test_private_lines_count_for_nothing_here(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, live(desk, "// tired", "seen")) as stage:
        await stage.run("close")
        assert "1 line ·" in stage.shown()


async def test_the_close_is_wrapping_up_only_when_the_last_step_has_been_reached(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, met(desk)) as stage:
        await stage.enter("/go close")
        await stage.run("next")
        stage.at(ClosingScreen)
        assert status(stage) is Status.WRAP_UP


async def to(stage: Stage, row: str) -> None:
    texts = [shown.text for shown in stage.screen.query_one("#hints", Rows).rows]
    at = next(at for at, text in enumerate(texts) if text.startswith(row))
    by = at - texts.index(selected(stage))
    await stage.run(*["row-down" if by > 0 else "row-up"] * abs(by))


async def test_numbers_are_votes_on_what_is_asked_now_on_whatever_row_one_stands(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, met(desk)) as stage:
        await stage.run("close")
        await stage.enter("5 4 4")
        for row in ("No votes yet", "No team"):
            await to(stage, row)
            await stage.enter("5 4 4")
            assert "“5 4 4” does not fit here" in stage.said
            stage.screen.query_one(Field).value = ""
        assert [vote.value for vote in stage.review.feedback.values()] == [5, 4, 4]
        await stage.enter("1 2")
        assert [vote.value for vote in stage.review.feedback.values()] == [5, 4, 4, 1, 0]


async def test_late_votes_are_votes_on_whatever_row_one_stands(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, met(desk)) as stage:
        await stage.run("close")
        await stage.enter("5 4 4")
        await stage.enter("3")
        assert [vote.value for vote in stage.review.feedback.values()] == [5, 4, 4, 3]


async def test_the_first_votes_of_a_room_are_votes_also_where_a_question_is_selected(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, met(desk)) as stage:
        await stage.run("close")
        await to(stage, "Open question")
        stage.screen.query_one(Field).value = "5 4 4"
        await stage.settled()
        assert "5 4 4" not in stage.shown(), "nobody reads how somebody votes"
        await stage.enter("5 4 4")
        assert [vote.value for vote in stage.review.feedback.values()] == [5, 4, 4]


@pytest.mark.parametrize(("answer", "voted"), [("12", True), ("12", False), ("4 of 5", True), ("5 4 4", True)])
async def test_an_open_question_takes_any_words_as_its_answer(tmp_path: Path, answer: str, voted: bool) -> None:  # noqa: FBT001 - a case
    desk = desk_in(tmp_path)
    async with opened(desk, met(desk)) as stage:
        await stage.run("close")
        if voted:
            await stage.enter("5 4 4")
        given = stage.review.feedback
        await to(stage, "Open question")
        stage.screen.query_one(Field).value = answer
        await stage.settled()
        assert stage.screen.query_one(Chips).text == "the answer"
        await stage.enter(answer)
        assert any(entry.text == f"why then — {answer}" for entry in stage.review.entries.values())
        assert stage.review.feedback == given


async def test_votes_come_one_at_a_time_and_are_hidden_until_all_are_in(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = live(desk, people="Bo Chen: facilitator; Ana Lima; Cy Diaz; Di Eng")
    async with opened(desk, name) as stage:
        await stage.run("close")
        for vote in ("5", "4"):
            await stage.enter(vote)
            assert stage.said == "Taken in; the next one, please."
            assert "return on time" not in stage.shown()
        assert any(row.startswith("Votes so far, 2 of 3") for row in stage.rows("#hints"))
        await stage.enter("4")
        assert stage.said == "Return on time: average 4.3 (3 votes, 4 to 5)"


async def test_what_the_room_says_after_its_votes_answers_what_it_is_asked_next(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, met(desk)) as stage:
        await stage.run("close")
        assert selected(stage).startswith("No learnings yet")
        await stage.enter("5 4 4 3")
        assert selected(stage) == "What would have raised it by one?"
        await stage.enter("a shorter timeline")
        assert [answer.comment for answer in stage.review.feedback.values()][-1] == "a shorter timeline"
        assert not any(entry.kind is Kind.LEARNING for entry in stage.review.entries.values())


async def test_beside_the_line_stands_what_becomes_of_what_is_typed(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, met(desk)) as stage:
        await stage.run("close")
        for text, chip in {
            "x": "a learning",
            "/x": "command",
            "// x": "private",
            "5 4": "from the room",
            "": "",
        }.items():
            stage.screen.query_one(Field).value = text
            await stage.settled()
            assert stage.screen.query_one(Chips).text == chip
        stage.screen.query_one(Field).value = "x"
        await stage.run("row-down")
        stage.screen.query_one(Field).value = "x"
        await stage.settled()
        assert stage.screen.query_one(Chips).text == "who owns it"


@pytest.mark.parametrize(
    ("row", "words", "point"),
    [
        ("No learnings", "keep", "Parked: lunch"),
        ("No learnings", "take", "Early idea: an early idea"),
        ("No team", "4 of 5", "No votes yet: Was it worth your time?"),
        ("No team", "end", "No votes yet: Was it worth your time?"),
        ("No team", "14:05", "No time yet: Impact began"),
    ],
)
async def test_words_for_another_point_are_refused_with_the_point_that_waits_for_them(
    tmp_path: Path, row: str, words: str, point: str
) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, met(desk)) as stage:
        await stage.run("close")
        await to(stage, row)
        before = stage.review
        await stage.enter(words)
        assert stage.said.startswith(f"“{words}” is for “{point}"[:50])
        assert (stage.review, stage.typed) == (before, words)


async def test_numbers_that_are_no_votes_say_what_they_were_taken_for(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, met(desk)) as stage:
        await stage.run("close")
        await stage.enter("9 9")
        assert stage.said.startswith("Numbers are votes on “No votes yet: Was it worth")


async def test_what_was_typed_for_one_row_does_not_land_in_another(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    async with opened(desk, met(desk)) as stage:
        await stage.run("close", "row-down")
        await stage.enter("nobody we know")
        assert stage.typed == "nobody we know"
        await stage.run("row-down")
        assert stage.typed == ""


async def test_what_is_usual_in_the_library_is_offered_and_kept_only_when_taken(tmp_path: Path) -> None:
    desk = desk_in(tmp_path)
    name = live(desk, "a: raise the limit @ana !high")
    session = desk.open(name)
    (key,) = session.review.actions
    session.perform(intents.set_state(key, State.OPEN))
    session.close()
    async with opened(desk, name) as stage:
        await stage.run("close")
        while "No date yet" not in stage.rows("#hints")[stage.screen.query_one(Rows).selected or 0]:
            await stage.run("row-down")
        assert "Tab takes 2026-12-08, as is usual here" in stage.screen.query_one(Field)._hint
        assert stage.review.actions[key].due is None
        await stage.run("complete")
        assert stage.typed == "2026-12-08"
        await stage.enter(stage.typed)
        assert str(stage.review.actions[key].due) == "2026-12-08"
