"""督导履职 and the calendar of visits, drawn from rows made by hand."""

from dataclasses import replace
from datetime import date

from data.rows.duties import Duties, PersonDutyRow, SchoolDutyRow, SchoolTerm, UnitDutyRow
from data.rows.visit_calendar import VisitOfDay, days_shown, next_month, previous_month, weeks_of
from layouts.export.tables import tables_of
from layouts.ids import ShellId
from layouts.office.duties import LAST_TERM, THIS_TERM, DutiesAsked, DutiesView, duties_page, duties_tables
from layouts.office.visit_calendar import CalendarAsked, CalendarView, calendar_page
from layouts.page import Panel

TERM = SchoolTerm(date(2026, 8, 1), date(2027, 1, 31))
UNITS = [UnitDutyRow("500242", 95, 85, 61, 2, 1, 0), UnitDutyRow("500153", 58, 0, 0, 0, 0, 0)]
PEOPLE = [PersonDutyRow("I500242-004", "示例甲", "500242", "第二责任区", 16, 15, 9)]
SCHOOLS = [
    SchoolDutyRow("500242", f"S500242-{n:03d}", f"示例{n}小", n % 2, date(2026, 9, 1) if n % 2 else None, ["示例甲"])
    for n in range(120)
]
NAMES = {"500242": "酉阳", "500153": "荣昌"}
VIEW = DutiesView(
    DutiesAsked("", THIS_TERM),
    Duties(TERM, 2, UNITS, PEOPLE, SCHOOLS),
    list(NAMES.items()),
    NAMES,
    may_plan=True,
    is_demonstration=True,
    today=date(2026, 12, 1),
)


def test_the_sentence_counts_what_the_units_have() -> None:
    page = duties_page(VIEW, None)
    assert "153所学校中85所本学期走访不足2次，其中61所没有走访；3件过了期限" in page
    assert "还有61天" in page, "2026-12-01 to 2027-01-31"
    assert "演示数据" in page
    assert "/visits?plan=500242" in page
    assert "/visits?plan=500153" not in page, "nothing is short there"
    assert "另有20行没有列出" in page


def test_of_a_term_that_is_over_nothing_is_planned_any_more() -> None:
    page = duties_page(replace(VIEW, asked=DutiesAsked("500242", LAST_TERM)), None)
    assert "153所学校中85所上学期走访不足2次，其中61所没有走访" in page
    assert "上学期走访</th>" in page
    assert "本学期走访</th>" not in page
    assert "安排走访" not in page
    assert "/duties/file.xlsx?district=500242&amp;term=last" in page


def test_a_file_has_every_row_as_numbers_and_days() -> None:
    units, people, schools = tables_of([Panel(ShellId.MESSAGE, "", duties_tables(VIEW, 1_000))], "督导履职")
    assert len(schools.rows) - schools.head_rows == len(SCHOOLS)
    assert [units.rows[1][n] for n in (1, 2, 3)] == ["95", "85", "61"]
    assert [kind for _, kind in units.columns][1:4] == ["count", "count", "count"]
    assert people.rows[1][0] == "示例甲"
    assert "2026-09-01" in {cell.words for row in schools.values for cell in row}


def test_without_areas_and_without_short_schools_it_says_so() -> None:
    page = duties_page(replace(VIEW, duties=Duties(TERM, 2, UNITS[1:], [], [])), None)
    assert "没有登记责任区的督学" in page
    assert "所有学校都走访满2次" in page
    nothing = [UnitDutyRow("500242", 0, 0, 0, 0, 0, 0)]
    page = duties_page(replace(VIEW, duties=Duties(TERM, 2, nothing, [], [])), None)
    assert "所有学校都走访满2次" not in page, "of no school nothing is said"
    assert "还没有报送学校" in page


def test_a_month_is_shown_in_whole_weeks() -> None:
    days = days_shown(date(2026, 11, 1))
    assert (days[0], days[-1], len(days)) == (date(2026, 10, 26), date(2026, 12, 6), 42)
    assert (next_month(date(2026, 12, 1)), previous_month(date(2027, 1, 1))) == (date(2027, 1, 1), date(2026, 12, 1))


def test_a_day_names_its_visits_and_counts_the_rest() -> None:
    month, today = date(2026, 10, 1), date(2026, 10, 20)
    visits = [
        VisitOfDay(f"ZF500242-2026-{n:04d}", f"示例{n}小", date(2026, 10, 9), is_made=True, is_late=False)
        for n in range(6)
    ]
    visits += [
        VisitOfDay("ZF500242-2026-0010", "迟到小学", date(2026, 10, 19), is_made=False, is_late=True),
        VisitOfDay("ZF500242-2026-0011", "未来小学", date(2026, 10, 21), is_made=False, is_late=False),
    ]
    working = {day: day.weekday() < 5 and day.day > 7 for day in days_shown(month)}
    weeks = weeks_of(month, working, {date(2026, 10, 1): "国庆节"}, visits)
    page = calendar_page(
        CalendarView(CalendarAsked(month, "500242"), weeks, 2, 6, 1, list(NAMES.items()), True, True, today), None
    )
    assert "2026年10月：已走访6次，待走访2次（1次过了安排的日期）" in page
    assert "另2次" in page, "six on one day, four are named"
    assert "国庆节" in page
    assert page.index("迟到小学") > page.index("t-unmet"), "what is past its day is marked"
    assert "/visits/calendar?month=2026-09&amp;district=500242" in page
    assert "/visits/calendar?month=2026-11&amp;district=500242" in page
