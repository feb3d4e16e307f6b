from __future__ import annotations

import re
from datetime import date, time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lrtui.review.capture import (
    Chip,
    Line,
    Slash,
    listed,
    parse,
    said_of_dates,
    slash,
    spell,
    unchip,
)
from lrtui.review.completion import Completion, complete
from lrtui.review.dates import Spoken
from lrtui.review.kinds import kind_called
from lrtui.review.model import PRIORITIES, Kind
from lrtui.review.text import clean_block, clean_line

MONDAY = date(2026, 11, 23)
HANDLES = {"ana": "p1", "bo": "p2", "zoë": "p3"}
NAMES = {person: handle for handle, person in HANDLES.items()}


def read(line: str, default: Kind = Kind.NOTE) -> Line:
    return parse(line, handles=HANDLES, default=default, today=MONDAY)


def respelled(line: Line, default: Kind) -> Line:
    return read(spell(line, handles=NAMES, default=default), default)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("a: roll back", Kind.ACTION),
        ("d: roll back", Kind.DECISION),
        ("q: roll back", Kind.QUESTION),
        ("l: roll back", Kind.LEARNING),
        ("t: roll back", Kind.EVENT),
        ("p: roll back", Kind.PARKED),
        ("w: roll back", Kind.WENT_WELL),
        ("h: roll back", Kind.WAS_HARD),
        ("n: roll back", Kind.NOTE),
        ("[] roll back", Kind.ACTION),
        ("=> roll back", Kind.DECISION),
        ("? roll back", Kind.QUESTION),
        ("* roll back", Kind.LEARNING),
        ("> roll back", Kind.PARKED),
        ("+ roll back", Kind.WENT_WELL),
        ("- roll back", Kind.NOTE),
        ("// roll back", Kind.PRIVATE),
        ("//roll back", Kind.PRIVATE),
        ("A:roll back", Kind.ACTION),
        ("  d:   roll   back ", Kind.DECISION),
    ],
)
def test_a_prefix_says_what_a_line_is(line: str, kind: Kind) -> None:
    assert read(line, Kind.PARKED if kind is not Kind.PARKED else Kind.NOTE) == Line(kind, "roll back")


@pytest.mark.parametrize(
    "line", ["roll back", "x: roll back", "[]roll back", "=>roll back", "?", "-5 °C", "d:\\logs full"]
)
def test_a_line_without_a_prefix_is_what_its_step_captures(line: str) -> None:
    assert read(line, Kind.LEARNING) == Line(Kind.LEARNING, line)


def test_a_prefix_without_words_yet_is_understood_already() -> None:
    assert read("a:") == Line(Kind.ACTION, "")
    assert read("? ") == Line(Kind.QUESTION, "")


def test_prefixes_can_be_chosen() -> None:
    chosen = {"do:": Kind.ACTION, "!": Kind.DECISION}
    line = parse("! roll back", handles={}, default=Kind.NOTE, today=MONDAY, prefixes=chosen)
    assert line == Line(Kind.DECISION, "roll back")
    assert spell(line, handles={}, default=Kind.NOTE, prefixes=chosen) == "! roll back"


@pytest.mark.parametrize(
    ("line", "kind", "said", "text"),
    [
        ("14:05 deploy rolled back", Kind.EVENT, Spoken(time(14, 5)), "deploy rolled back"),
        ("~14:20 back to normal", Kind.EVENT, Spoken(time(14, 20), about=True), "back to normal"),
        ("14:05:30-14:20Z errors", Kind.EVENT, Spoken(time(14, 5, 30), time(14, 20), utc=True, seconds=True), "errors"),
        ("11-22 14:05 deploy", Kind.EVENT, Spoken(time(14, 5), day=(11, 22)), "deploy"),
        ("2026-11-22 14:05 deploy", Kind.EVENT, Spoken(time(14, 5), day=date(2026, 11, 22)), "deploy"),
        ("14:02 d: roll back", Kind.DECISION, Spoken(time(14, 2)), "roll back"),
        ("d: 14:02 roll back", Kind.DECISION, Spoken(time(14, 2)), "roll back"),
        ("t:14:05 x", Kind.EVENT, Spoken(time(14, 5)), "x"),
        ("14:05 // not for the room", Kind.PRIVATE, Spoken(time(14, 5)), "not for the room"),
    ],
)
def test_a_time_comes_first_and_makes_an_event(line: str, kind: Kind, said: Spoken, text: str) -> None:
    assert read(line) == Line(kind, text, said)


@pytest.mark.parametrize("line", ["at 14:05 it broke", "25:00 is no time", "11-22 was quiet", "14:05, deploy"])
def test_a_time_elsewhere_is_text(line: str) -> None:
    assert read(line) == Line(Kind.NOTE, line)


@pytest.mark.parametrize("line", ["the monitor of Mark was on", "due monday", "may fail in march", "tomorrow", "eow"])
def test_days_in_plain_words_are_never_guessed(line: str) -> None:
    assert read(line) == Line(Kind.NOTE, line)


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("@ana", Line(Kind.NOTE, "fix it", who=("p1",))),
        ("@Zoë,", Line(Kind.NOTE, "fix it", who=("p3",))),
        ("@bo @ana @bo", Line(Kind.NOTE, "fix it", who=("p2", "p1"))),
        ("#db #Disk-Full", Line(Kind.NOTE, "fix it", tags=("db", "disk-full"))),
        ("#5xx.", Line(Kind.NOTE, "fix it", tags=("5xx",))),
        ("#हिन्दी", Line(Kind.NOTE, "fix it", tags=("हिन्दी",))),
        ("!High", Line(Kind.NOTE, "fix it", priority="high")),
        ("due:fri", Line(Kind.NOTE, "fix it", due=date(2026, 11, 27))),
        ("^+5b", Line(Kind.NOTE, "fix it", due=date(2026, 11, 30))),
        ("DUE:2026-12-24", Line(Kind.NOTE, "fix it", due=date(2026, 12, 24))),
        ("ref:OPS-12", Line(Kind.NOTE, "fix it", ref="OPS-12")),
        ("ref:https://example.org/x?y=1", Line(Kind.NOTE, "fix it", ref="https://example.org/x?y=1")),
        ("team:Payments", Line(Kind.NOTE, "fix it", team="Payments")),
        ('team:"Data platform"', Line(Kind.NOTE, "fix it", team="Data platform")),
        (r'team:"the \"A\" team"', Line(Kind.NOTE, "fix it", team='the "A" team')),
    ],
)
def test_a_token_is_taken_out_wherever_it_touches_the_ends(token: str, expected: Line) -> None:
    assert read(f"fix it {token}") == expected
    assert read(f"{token} fix it") == expected


def test_all_of_an_action_fits_one_line() -> None:
    assert read("a: alert on disk space @bo @ana #disk !urgent due:+2w ref:OPS-7 team:Storage") == Line(
        Kind.ACTION,
        "alert on disk space",
        who=("p2", "p1"),
        tags=("disk",),
        priority="urgent",
        due=date(2026, 12, 7),
        ref="OPS-7",
        team="Storage",
    )


def test_a_name_or_tag_among_the_words_is_understood_and_stays() -> None:
    assert read("paged @Ana, then @bo about #disk space") == Line(
        Kind.NOTE, "paged Ana, then bo about disk space", who=("p1", "p2"), tags=("disk",)
    )


def test_other_tokens_among_the_words_are_taken_out() -> None:
    assert read("fix due:fri the !high disk") == Line(
        Kind.NOTE, "fix the disk", priority="high", due=date(2026, 11, 27)
    )


@pytest.mark.parametrize(
    "line",
    [
        "mail @carla or ana@example.org",
        "@ana's laptop",
        "issue #4711 and #",
        "!important !",
        "due:soon ^ due: x^2",
        'ref: team: 5" disk',
        'team:"Data platform',
        'team:"" was empty',
    ],
)
def test_what_is_not_understood_stays_text(line: str) -> None:
    assert read(line) == Line(Kind.NOTE, line)


def test_a_second_due_date_stays_text() -> None:
    assert read("fix it due:fri due:mon") == Line(Kind.NOTE, "fix it due:mon", due=date(2026, 11, 27))


@pytest.mark.parametrize("line", ["@ana #db", "due:fri", "!high @bo"])
def test_tokens_without_words_stay_text(line: str) -> None:
    assert read(line) == Line(Kind.NOTE, line)
    assert read("a: " + line) == Line(Kind.ACTION, line)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (r"ask \@ana", "ask @ana"),
        (r"\a: is a prefix", "a: is a prefix"),
        (r"\14:05 was the time", "14:05 was the time"),
        (r"\11-22 14:05 was the time", "11-22 14:05 was the time"),
        (r"\// is a comment", "// is a comment"),
        (r"\/next is a command", "/next is a command"),
        (r"\word", "word"),
        (r"\\word", r"\word"),
        (r"C:\temp is full", r"C:\temp is full"),
        (r"\temp\logs is full", r"\temp\logs is full"),
        (r"\\server\share is down", r"\\server\share is down"),
        ("a lone \\ stays", "a lone \\ stays"),
        ('he said "ask @ana due:fri" twice', 'he said "ask @ana due:fri" twice'),
        ('"14:05 a: x" was on the page', '"14:05 a: x" was on the page'),
        ('a 5" disk and an open "quote', 'a 5" disk and an open "quote'),
    ],
)
def test_quotes_and_backslashes_make_words_literal(line: str, text: str) -> None:
    assert read(line) == Line(Kind.NOTE, text)


def test_tokens_go_on_behind_a_quoted_run() -> None:
    assert read('"ask @bo" they said @ana') == Line(Kind.NOTE, '"ask @bo" they said', who=("p1",))


def test_a_private_line_is_kept_as_it_is_typed() -> None:
    assert read(r'// @ana looked \@tired "due:fri" #x') == Line(Kind.PRIVATE, r'@ana looked \@tired "due:fri" #x')


def test_a_time_behind_the_private_mark_is_part_of_the_words() -> None:
    assert read("// 14:05 they gave up") == Line(Kind.PRIVATE, "14:05 they gave up")


def test_a_time_does_not_make_a_private_line_public() -> None:
    assert read("14:05 still quiet", Kind.PRIVATE) == Line(Kind.PRIVATE, "still quiet", Spoken(time(14, 5)))


def test_hostile_text_is_made_visible() -> None:
    assert read("a: see \x1b[31m @ana").text == "see ␛[31m"


def test_chips_tell_what_was_understood_and_where_in_order() -> None:
    assert read("~14:31 d: stop @Bo, due:fri now !high").chips == (
        Chip("time", "~14:31", 0, 6),
        Chip("kind", "decision", 7, 9),
        Chip("who", "@bo", 15, 19),
        Chip("due", "due Fri 2026-11-27", 20, 27),
        Chip("priority", "!high", 32, 37),
    )
    assert [chip.label for chip in read('w: 14:05 x #DB ref:K team:"A b"').chips] == [
        "went well",
        "14:05",
        "#db",
        "ref K",
        "team A b",
    ]


@pytest.mark.parametrize("written", ["someday", "31/12", "2026-13-40", "soon,", '"next week"'])
def test_a_due_date_that_cannot_be_read_is_told_and_stays_as_typed(written: str) -> None:
    line = read(f"a: limit the retries due:{written} @bo")
    assert (line.due, line.text) == (None, f"limit the retries due:{written}")
    (doubt,) = line.doubts
    assert doubt.label.startswith("due? ")
    assert "not understood as a date, and kept as words. A date is written fri," in said_of_dates([line])


def test_a_date_that_is_understood_or_meant_as_text_is_not_doubted() -> None:
    for typed in ("a: x due:fri", "a: x due:fri due:sat", "a: x \\due:someday", 'a: "due:someday"', "// due:someday"):
        assert (read(typed).doubts, said_of_dates([read(typed)])) == ((), "")


def test_chips_keep_their_place_behind_a_line_break() -> None:
    assert read("fix\r\nit @ana").chips == (Chip("who", "@ana", 8, 12),)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("/next", Slash("next", "")),
        ("/+5", Slash("+5", "")),
        ("  /Late  @bo ", Slash("late", "@bo")),
        ("/", Slash("", "")),
        ("/ ", Slash("", "")),
    ],
)
def test_a_slash_begins_a_command(line: str, expected: Slash) -> None:
    assert slash(line) == expected


@pytest.mark.parametrize(
    "line", ["/var/log full", "/etc/passwd was full", "// private", "/ is full", "/5", "a /next", ""]
)
def test_a_path_is_no_command(line: str) -> None:
    assert slash(line) is None


@pytest.mark.parametrize(
    ("line", "default", "typed"),
    [
        (Line(Kind.EVENT, "deploy", Spoken(time(14, 5))), Kind.NOTE, "14:05 deploy"),
        (Line(Kind.DECISION, "stop", Spoken(time(14, 5), day=(11, 22))), Kind.NOTE, "11-22 14:05 d: stop"),
        (Line(Kind.NOTE, "see C:\\temp and #4711 for @carla"), Kind.NOTE, "see C:\\temp and #4711 for @carla"),
        (Line(Kind.NOTE, '"ask @ana" she said'), Kind.NOTE, '"ask @ana" she said'),
        (Line(Kind.NOTE, "a: b"), Kind.NOTE, "\\a: b"),
        (Line(Kind.NOTE, "a: b"), Kind.EVENT, "n: \\a: b"),
        (Line(Kind.PRIVATE, "@ana"), Kind.PRIVATE, "// @ana"),
        (
            Line(
                Kind.ACTION, "tell ana @bo", None, ("p1",), ("db", "Two words"), "low", MONDAY, "K-1", "Data platform"
            ),
            Kind.ACTION,
            'tell ana \\@bo @ana #db #"Two words" !low due:2026-11-23 ref:K-1 team:"Data platform"',
        ),
    ],
)
def test_a_line_is_spelled_as_one_would_type_it(line: Line, default: Kind, typed: str) -> None:
    assert spell(line, handles=NAMES, default=default) == typed


def test_a_command_kept_as_text_is_not_run_when_it_is_edited() -> None:
    assert slash(spell(Line(Kind.NOTE, "/next"), handles={}, default=Kind.NOTE)) is None


PARTS = (
    *("@ana", "@Bo,", "@carla", "#db", "#4711", '#"disk', "!high", "due:fri", "^eow", "^", "ref:OPS-1", "team:a\\b"),
    *(
        'team:"Data',
        'platform"',
        'platform\\"',
        '"',
        '""',
        '"run',
        "C:\\temp",
        "\\",
        "\\@ana",
        "\\\\x",
        '\\"',
        "\\n:\\x",
    ),
    *("a:", "d:x", "q:@bo", "//", "//x", "[]", "?", "-", "14:05", "~11-22", "2026-11-22", "/next", "/", "/var/log"),
    *("words", "é", "\x1b[2J", "\u2028", "\t"),
)
typed_lines = st.text(max_size=40) | st.lists(st.sampled_from(PARTS) | st.text(max_size=4), max_size=9).flatmap(
    lambda words: st.sampled_from([" ", "  ", "", "\n", " \n\n\n"]).map(lambda gap: gap.join(words))
)
texts = typed_lines.map(clean_line)
blocks = typed_lines.map(clean_block)
kinds = st.sampled_from(Kind)


@st.composite
def lines(draw: st.DrawFn) -> Line:
    kind, text = draw(kinds), draw(blocks)
    minutes = st.times().map(lambda at: at.replace(second=0, microsecond=0))
    days = st.none() | st.dates() | st.sampled_from([(11, 22), (2, 29)])
    said = st.builds(Spoken, minutes, st.none() | minutes, st.booleans(), st.booleans(), days)
    when = draw(st.none() | said)
    if kind is Kind.PRIVATE or not text:
        return Line(kind, text, when)
    return Line(
        kind,
        text,
        when,
        who=tuple(draw(st.lists(st.sampled_from(sorted(NAMES)), unique=True))),
        tags=tuple(draw(st.lists(texts.filter(bool), max_size=3, unique=True))),
        priority=draw(st.sampled_from(["", *PRIORITIES])),
        due=draw(st.none() | st.dates()),
        ref=draw(texts),
        team=draw(texts),
    )


@given(lines(), kinds)
@example(Line(Kind.NOTE, 'an open "quote', team="Data platform"), Kind.NOTE)
@example(Line(Kind.NOTE, "?", who=("p1",)), Kind.NOTE)
@example(Line(Kind.NOTE, 'x team:"Data @ana platform"'), Kind.NOTE)
def test_a_spelled_line_is_read_as_the_same_line(line: Line, default: Kind) -> None:
    assert respelled(line, default) == line


@given(typed_lines, kinds)
def test_editing_a_line_that_was_typed_changes_nothing(typed: str, default: Kind) -> None:
    line = read(typed, default)
    assert respelled(line, default) == line


@given(typed_lines, kinds)
def test_no_word_is_lost(typed: str, default: Kind) -> None:
    line = read(typed, default)
    rest = list(typed)
    for chip in line.chips:
        rest[chip.start : chip.end] = " " * (chip.end - chip.start)
    for word in re.findall(r"[^\W_]+", "".join(rest)):
        assert word in line.text


@given(typed_lines, kinds)
def test_chips_stand_in_order_within_the_line_and_do_not_overlap(typed: str, default: Kind) -> None:
    places = [place for chip in read(typed, default).chips for place in (chip.start, chip.end)]
    assert places == sorted(places)
    assert all(0 <= place <= len(typed) for place in places)


@given(typed_lines, kinds, st.data())
@example("d:14:05 x", Kind.NOTE, None)
def test_a_chip_made_text_is_no_longer_understood(typed: str, default: Kind, data: st.DataObject | None) -> None:
    chips = read(typed, default).chips
    for chip in chips if data is None or not chips else [data.draw(st.sampled_from(chips))]:
        again = read(unchip(typed, chip), default)
        assert not any(chip.start <= other.start <= chip.start + 2 for other in again.chips)
        assert clean_line(typed[chip.start : chip.end]).split()[0] in again.text


def test_a_text_of_several_lines_keeps_them_and_its_paragraphs() -> None:
    typed = """14:05 d: Two of  us look at @ana's graph,
      and one at the "old
    one".



    We stop the retries. @bo #db due:fri
    """
    line = read(typed)
    assert line.text == 'Two of us look at @ana\'s graph,\nand one at the "old\none".\n\nWe stop the retries.'
    assert (line.kind, line.time, line.who, line.tags) == (Kind.DECISION, Spoken(time(14, 5)), ("p2",), ("db",))
    assert respelled(line, Kind.NOTE) == line
    assert read("// one\n\ntwo @ana") == Line(Kind.PRIVATE, "one\n\ntwo @ana")


@pytest.mark.parametrize("text", ["/next\nthing", "/late\n\n@bo"])
def test_a_text_of_several_lines_is_no_command(text: str) -> None:
    assert slash(text) is None
    assert slash(text.split("\n", maxsplit=1)[0] + "\n") is not None


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("* one\n* two", Line(Kind.NOTE, "* one\n* two")),
        (" - one\n\n  - two\nmore", Line(Kind.NOTE, "- one\n\n- two\nmore")),
        ("* one\ntwo", Line(Kind.LEARNING, "one\ntwo")),
        ("* one", Line(Kind.LEARNING, "one")),
        ("one\n- two\n- three", Line(Kind.NOTE, "one\n- two\n- three")),
        ("// one\n// two", Line(Kind.PRIVATE, "one\n// two")),
    ],
)
def test_a_list_at_the_beginning_of_a_text_stays_a_list(text: str, line: Line) -> None:
    assert read(listed(text)) == line


def test_a_chip_made_text_leaves_the_others() -> None:
    typed = "a:@ana fix the disk due:fri"
    who = read(typed).chips[1]
    assert unchip(typed, who) == "a: \\@ana fix the disk due:fri"
    assert read(unchip(typed, who)) == Line(Kind.ACTION, "@ana fix the disk", due=date(2026, 11, 27))


def offered(line: str, cursor: int | None = None) -> Completion | None:
    return complete(
        line,
        len(line) if cursor is None else cursor,
        handles=[("ana", "Ana Lima"), ("bo", "Bo Berg"), ("anton", "Anton Lund")],
        tags=["disk", "db", "two words"],
        teams=["Payments", "Data platform"],
        commands=["next", "note", "/late", "+5"],
    )


@pytest.mark.parametrize(
    ("line", "start", "options"),
    [
        ("/n", 0, ("/next ", "/note ")),
        ("/la", 0, ("/late ",)),
        ("/+", 0, ("/+5 ",)),
        ("/late @b", 6, ("@bo ",)),
        ("ask @AN", 4, ("@ana ", "@anton ")),
        ("ask @l", 4, ("@ana ", "@anton ")),
        ("x #d", 2, ("#disk ", "#db ")),
        ("x #tw", 2, ('#"two words" ',)),
        ("x !u", 2, ("!urgent ",)),
        ("x due:e", 2, ("due:eow ", "due:eom ")),
        ("x ^to", 2, ("^today ", "^tom ")),
        ("x team:p", 2, ("team:Payments ",)),
        ("x team:d", 2, ('team:"Data platform" ',)),
        ('x team:"data pl', 2, ('team:"Data platform" ',)),
        ("dec", 0, ("d: ",)),
        ("14:05 w", 6, ("w: ", "h: ")),
    ],
)
def test_tab_offers_what_may_be_meant(line: str, start: int, options: tuple[str, ...]) -> None:
    assert offered(line) == Completion(start, len(line), options)


@pytest.mark.parametrize("line", ["", "x ", "ask ann", "x @nobody", "a: dec", "// ask @an", "x /n", "\\@an", "/zzz"])
def test_tab_offers_nothing_where_nothing_fits(line: str) -> None:
    assert offered(line) is None


def test_tab_replaces_the_whole_word_and_its_space() -> None:
    assert offered("ask @anx now", 7) == Completion(4, 9, ("@ana ", "@anton "))


@given(typed_lines, st.integers(0, 50))
def test_what_tab_offers_replaces_a_part_of_the_line_at_the_cursor(typed: str, cursor: int) -> None:
    found = offered(typed, min(cursor, len(typed)))
    if found:
        assert 0 <= found.start < min(cursor, len(typed)) <= found.end <= len(typed)
        assert len(set(found.options)) == len(found.options)


@pytest.mark.parametrize("typed", ["- // Bo looked tired", "a: // Bo looked tired", "? // Bo looked tired", "d: //Bo"])
def test_what_is_marked_private_behind_another_mark_is_private(typed: str) -> None:
    read = parse(typed, handles={"bo": "p1"}, default=Kind.NOTE, today=date(2026, 11, 23))
    assert read.kind is Kind.PRIVATE
    assert read.text.startswith("Bo")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("hard", Kind.WAS_HARD),
        ("bad", Kind.WAS_HARD),
        ("well", Kind.WENT_WELL),
        ("went_well", Kind.WENT_WELL),
        ("W", Kind.WENT_WELL),
        ("a:", Kind.ACTION),
        ("?", Kind.QUESTION),
        ("todo", Kind.ACTION),
        ("Learn", Kind.LEARNING),
        ("pri", Kind.PRIVATE),
        ("//", Kind.PRIVATE),
    ],
)
def test_a_kind_is_called_by_its_mark_its_name_or_an_everyday_word(words: str, kind: Kind) -> None:
    assert kind_called(words) is kind


@pytest.mark.parametrize("words", ["", "x", "hardly", "wizard"])
def test_a_word_that_is_no_kind_or_could_be_two_is_none(words: str) -> None:
    assert kind_called(words) is None
    assert kind_called("p", {}) is None


def test_names_and_priorities_that_are_none_are_doubted_and_stay_words() -> None:
    line = read("a: x @nobody, !huge @ana !high me@there ! @")
    assert [chip.label for chip in line.doubts] == ["@nobody?", "!huge?"]
    assert line.text == "x @nobody, !huge ana me@there ! @"
