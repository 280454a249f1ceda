"""The board of returns as it is written: what is listed, where it sticks, whom the city may remind."""

import re
from datetime import date, datetime

from data.rows.return_board import BoardFilter, Causes, Course, Halt, ReturnState, Standing, StuckUnit, UnitReturn
from layouts.markup import Node, to_html
from layouts.office.board_filter import board_address, filter_bar
from layouts.office.board_headline import own_headline
from layouts.office.board_stuck import remind_all, stuck_list

TODAY = date(2026, 11, 28)
YESTERDAY, THIS_MORNING = datetime.fromisoformat("2026-11-27T02:00"), datetime.fromisoformat("2026-11-28T01:30")


def stuck(code: str, name: str, halt: Halt, *reminders: datetime) -> StuckUnit:
    return StuckUnit(code, name, ReturnState.NOTHING, halt, None, 0, 0, 0, "", "", None, reminders)


def unit(code: str, name: str, state: ReturnState, reminded_at: datetime | None = None) -> UnitReturn:
    return UnitReturn(code, name, name[:2], state, None, None, True, reminded_at)


def standing(units: list[UnitReturn], *rows: StuckUnit) -> Standing:
    course = Course(date(2026, 9, 1), date(2026, 11, 30), [], [])
    return Standing("2026", TODAY, -88, 2, units, [], rows, Causes([], 0, 0, 0), course, "", has_accounts=True)


def html(node: Node) -> str:
    return to_html([node])


def test_one_press_reminds_whoever_can_read_it_and_was_not_reminded_today() -> None:
    rows = standing(
        [],
        stuck("500238", "巫溪", Halt.NOT_UPLOADED, YESTERDAY),
        stuck("500229", "城口", Halt.NO_ACCOUNT),
        stuck("500242", "酉阳", Halt.SENT_BACK, THIS_MORNING),
        stuck("500233", "忠县", Halt.NEVER_OPENED),
    )
    everyone = html(remind_all(rows, "token"))
    assert "提醒2个单位报送" in everyone
    assert re.findall(r'name="district_code"[^>]*value="(\d+)"|value="(\d+)"[^>]*name="district_code"', everyone)
    assert ("500238" in everyone, "500229" in everyone, "500242" in everyone) == (True, False, False)
    table = html(stuck_list(rows, "token"))
    assert "11月27日" in table
    assert [label in table for label in ("提醒巫溪报送", "提醒城口报送", "提醒酉阳报送", "提醒忠县报送")] == [
        True,
        False,
        False,
        True,
    ]
    assert "再次提醒" in table


def test_nobody_is_reminded_where_nobody_is_left() -> None:
    assert remind_all(standing([], stuck("500229", "城口", Halt.NO_ACCOUNT)), "token") is None


def test_a_unit_reads_that_it_was_reminded_as_long_as_it_must_hand_in() -> None:
    asked = standing([unit("500238", "巫溪县", ReturnState.NOTHING, YESTERDAY)])
    assert "巫溪县：市级已于昨天10:00提醒报送2026年9月数据。" in html(own_headline(asked))
    done = standing([unit("500238", "巫溪县", ReturnState.ACCEPTED, YESTERDAY)])
    assert "市级已于" not in html(own_headline(done))


def test_each_menu_keeps_what_the_others_chose() -> None:
    rows = standing([unit("500238", "巫溪县", ReturnState.NOTHING), unit("500242", "酉阳县", ReturnState.WAITING)])
    listed = BoardFilter(district_code="500238", input_kind="plan")
    bar = html(filter_bar(["2026"], [("plan", "推进计划表")], rows, listed, has_demonstration=True)).replace(
        "&amp;", "&"
    )
    assert 'href="/data?period=2026&district_code=500238&state=waiting&input_kind=plan"' in bar
    assert 'href="/data?period=2026&input_kind=plan"' in bar
    assert 'href="/data/board.xlsx?period=2026&district_code=500238&input_kind=plan"' in bar
    assert bar.count('aria-current="true"') == 4
    assert "sent_back" not in bar, "no unit is in that state"
    assert board_address("/data", "2026", BoardFilter()) == "/data?period=2026"


def test_a_single_unit_has_nothing_to_choose_but_the_period() -> None:
    bar = html(
        filter_bar(
            ["2026"],
            [],
            standing([unit("500238", "巫溪县", ReturnState.NOTHING)]),
            BoardFilter(),
            has_demonstration=False,
        )
    )
    assert "状态" not in bar
    assert "演示数据" not in bar
