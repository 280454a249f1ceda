"""The pages and the paper of task books, drawn from rows: what is late, who answers, what was left out and why."""

from datetime import date, datetime
from io import BytesIO

from docx import Document

from data.catalogue.matter_tables import MatterState, Transition
from data.rows.task_books import BookDetail, BookRow, Coverage, QuarterRow, UnitCoverage, quarter_rows
from data.store.matters import Matter
from data.store.task_books import BookOrigin, LeftOut
from data.store.task_lists import Standing
from data.store.task_measures import Measure, NewMeasure, Progress
from layouts.documents.task_book import task_book_paper
from layouts.markup import to_html
from layouts.office.task_book import TaskBookView, task_book_page
from layouts.office.task_books import Proposal, TaskBooksView, task_books_page
from layouts.office.task_measure import MeasureView, measure_page
from layouts.office.task_words import TaskNames, done_words, typed_amount
from layouts.parts.task_coverage import promised_words, unit_coverage
from tests.people import CATALOGUE

TODAY = date(2026, 11, 23)
CODE = "RW500242-2026-0001"
NAMES = TaskNames({"finance": "区县财政局"}, {"L6": "仪器设备", "G5": "班额"}, {"S-1": "第一小学"})
STATES = [s for s in CATALOGUE.rows(MatterState) if s.matter_kind == "task_book"]
STEPS = [t for t in CATALOGUE.rows(Transition) if t.matter_kind == "task_book" and t.from_state == "released"]


def book(state: str = "released") -> Matter:
    known = dict.fromkeys(("parent_code", "item_code", "document_number", "note", "assignee", "assignee_id"), "")
    hands = dict.fromkeys(("opened_by_id", "done_by", "done_by_id", "updated_by", "updated_by_id"), "")
    return Matter(
        matter_code=CODE,
        matter_kind="task_book",
        district_code="500242",
        school_code=None,
        subject="2026数据期任务书",
        round=None,
        state=state,
        due_on=date(2026, 12, 31),
        opened_on=TODAY,
        opened_by="编制甲",
        done_on=None,
        client_key=None,
        is_demonstration=True,
        version=3,
        updated_at=datetime.fromisoformat("2026-11-23T02:00"),
        **known,
        **hands,
    )


def measure(position: int = 1, done: int = 0, dropped: str = "") -> Measure:
    ends = date(2026, 12, 31)
    return Measure(
        f"{CODE}-{position:02}",
        CODE,
        "500242",
        position,
        "L6",
        f"购置设备{position}",
        123_400,
        "元",
        "finance",
        "王五",
        date(2026, 1, 1),
        ends,
        ends,
        5_000_000,
        done,
        dropped,
    )


LATE = Standing(measure(1, 1_000), 92_550, 123_400)
DONE = Standing(measure(2, 123_400), 92_550, 123_400)
DROPPED = Standing(measure(3, 0, "另有来源"), 92_550, 123_400)
PLANNED = {date(2026, 9, 30): 92_550, date(2026, 12, 31): 123_400}
PROGRESS = [Progress(date(2026, 5, 1), 1_000, "验收单1号", "报送丙", "", datetime.fromisoformat("2026-06-01T02:00"))]
ROW = BookRow(book(), "酉阳", 2, 1, 1, 10_000_000)
DETAIL = BookDetail(
    ROW,
    BookOrigin("2026", "snapshot"),
    [DONE, LATE, DROPPED],
    [LeftOut("G5", "item", 1), LeftOut("L6", "unknown", 4)],
    {s.measure.measure_code: PLANNED for s in (LATE, DONE)},
    {},
    {LATE.measure.measure_code: {"S-1": 123_400}},
    [],
)


def book_view() -> TaskBookView:
    return TaskBookView(DETAIL, NAMES, STATES, STEPS, ["不能办"], True, [("G5", "班额")], ["人", "元"], True, TODAY)


def test_a_book_says_what_is_late_first_and_what_was_left_out_with_why() -> None:
    page = task_book_page(book_view(), "token", None, "", is_failure=False)
    assert "2项任务，1项完成，1项误了季度。" in page
    assert page.index("购置设备1") < page.index("购置设备2"), "late ones first"
    assert "误季度，差9.2万元" in page, "92,550 - 1,000 = 91,550 yuan, up to 0.1万元"
    assert "区县财政局 · 王五" in page
    assert "已完成" in page
    assert "2026年第3季度" in page
    assert "G5 班额：未达标，没有按学校的数量，请另立措施" in page
    assert "L6 仪器设备：4个学段缺数据，不知道要补多少" in page
    assert "购置设备3：另有来源" in page
    assert "演示数据" in page


def test_the_paper_holds_number_owner_quarters_and_what_has_no_measure() -> None:
    paper = Document(BytesIO(task_book_paper(book_view())))
    said = "\n".join(p.text for p in paper.paragraphs)
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert f"编号：{CODE}" in said
    assert "资金合计：1000万元。" in said.replace(",", "")
    assert "G5 班额：未达标" in said
    assert "区县财政局 · 王五" in cells
    assert "2026年第3季度 9.3万元；2026年第4季度 12.4万元" in cells, "rounded up"
    assert "12.4万元（1所）" in cells


def test_the_board_names_units_without_a_book_and_the_proposal_its_owners() -> None:
    due = date(2028, 12, 31)
    new = NewMeasure("L6", "购置教学仪器设备", 123_400, "元", "finance", TODAY, due, schools=[("S-1", 123_400)])
    proposal = Proposal("500242", "酉阳", "2026", [new], [LeftOut("G5", "item", 1)], due, "", True)

    def page(asked: Proposal | None) -> str:
        view = TaskBooksView(
            [ROW],
            {"released": 1},
            [LATE],
            3,
            40,
            ["万州", "江津"],
            STATES,
            "",
            "",
            [("500242", "酉阳"), ("500101", "万州")],
            [("500242", "酉阳")],
            asked,
            NAMES,
            {"500242": "酉阳"},
            True,
            TODAY,
        )
        return task_books_page(view, "token", None, "", is_failure=False)

    board = page(None)
    assert "任务书1本，1本已下达；40项任务中3项误了季度" in board
    assert "还有2项误了季度" in board
    assert "2个单位没有已下达的任务书：万州、江津。" in board
    made = page(proposal)
    assert "购置教学仪器设备" in made
    assert "区县财政局" in made
    assert 'value="2028-12-31"' in made
    stands = page(Proposal("500242", "酉阳", "2026", [], [], due, CODE, True))
    assert f"/task-books/{CODE}" in stands
    assert "生成任务书" not in stands
    assert "没有报送" in page(Proposal("500242", "酉阳", "2026", [], [], due, "", False))


def test_a_measure_shows_planned_against_done_by_quarter_and_month() -> None:
    quarters = quarter_rows(PLANNED, PROGRESS, TODAY)
    assert quarters == [
        QuarterRow(date(2026, 9, 30), 92_550, 92_550, 1_000, True, True),
        QuarterRow(date(2026, 12, 31), 30_850, 123_400, 1_000, False, True),
    ]
    view = MeasureView(
        ROW, LATE, NAMES, quarters, PROGRESS, [("S-1", 123_400)], [date(2026, 11, 1)], [], True, True, True, TODAY
    )
    page = measure_page(view, "token", None, "", is_failure=False)
    assert "误季度，差9.2万元" in page
    assert "验收单1号" in page
    assert "0.1万元" in page
    assert "第一小学" in page
    assert 'value="2026-11-01"' in page


def test_amounts_are_typed_in_ten_thousands_and_said_back_exactly() -> None:
    assert typed_amount(123_400, "元") == "12.34"
    assert typed_amount(7, "人") == "7"
    assert typed_amount(None, "元") == ""
    assert done_words(123_400, "元") == "12.34万元"


def test_coverage_says_in_time_too_late_and_none_apart() -> None:
    covered = UnitCoverage(
        "500242",
        date(2028, 12, 31),
        [Coverage("L1", "人", 7, 7, 0), Coverage("L2", "人", 8, 3, 5), Coverage("L6", "元", 100_000, 0, 30_000)],
    )
    assert [c.uncovered for c in covered.indicators] == [0, 0, 70_000]
    assert promised_words(covered) == "1个指标有按期的任务、1个指标的任务太晚、1个指标没有补足的任务"
    drawn = to_html([unit_coverage(covered, {"L1": "高于规定学历教师"})])
    assert "7万元" in drawn.replace("7.0", "7")
    assert "2028年12月31日" in drawn
    assert "补齐清单上没有要补的" in to_html([unit_coverage(UnitCoverage("500242", None, []), {})])
