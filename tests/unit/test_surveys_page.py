"""The pages and papers of surveys, drawn from rows: what is said of a result, and what is not said before its time."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

from docx import Document

from data.rows.surveys import ReportedRecognition, Side, SurveyEvent, SurveyResult, SurveyRow
from data.store.audit import AuditRow
from data.store.matters import Matter
from data.store.steps import states_of, transitions_of
from data.store.surveys import GroupCount, groups_of
from data.text import text
from layouts.documents.survey_report import survey_report
from layouts.export.tables import tables_in
from layouts.office.survey import SurveyView, survey_page
from layouts.office.survey_words import interval_words, reported_words, response_words, share_words, side_words
from layouts.office.surveys import NewSurveyForm, SurveysView, groups_table, surveys_page, surveys_table
from queries.surveys import result_of
from tests.people import CATALOGUE

AT, TODAY = datetime.fromisoformat("2026-11-23T02:00"), date(2026, 11, 23)
GROUPS = groups_of(CATALOGUE)
NAMES = {g.group_code: g.name for g in GROUPS}
SURVEY = Matter(
    matter_code="DC500242-2026-0001",
    matter_kind="survey",
    district_code="500242",
    school_code=None,
    parent_code="",
    item_code="S1",
    document_number="",
    subject="2026数据期第1轮满意度调查",
    note="扫码填答",
    round=1,
    state="released",
    due_on=date(2026, 11, 20),
    assignee="",
    assignee_id="",
    opened_on=TODAY,
    opened_by="市督甲",
    opened_by_id="",
    done_on=TODAY,
    done_by="市督乙",
    done_by_id="",
    client_key=None,
    is_demonstration=True,
    version=5,
    updated_by="市督乙",
    updated_by_id="",
    updated_at=AT,
)


def result(*counts: GroupCount) -> SurveyResult:
    return result_of(counts, NAMES, Decimal("0.85"), Decimal("0.95"))


GOOD = result(
    GroupCount("pupils", 300, 260, 232), GroupCount("parents", 200, 200, 180), GroupCount("teachers", 9, 0, 0)
)
ROW = SurveyRow(SURVEY, "2026", "酉阳", True, GOOD, True)
OPEN = replace(SURVEY, state="answering")
UNKNOWN = SurveyRow(OPEN, "2026", "酉阳", False, None, False)
PART = SurveyRow(OPEN, "2026", "酉阳", False, result(GroupCount("pupils", 300), GroupCount("parents", 0)), False)
REHEARSAL = replace(
    ROW, survey=replace(SURVEY, matter_kind="rehearsal", state="counted", matter_code="YY500242-2026-0001")
)


def page_of(row: SurveyRow, *actions: str, withheld: tuple[str, ...] = ()) -> str:
    kind = row.survey.matter_kind
    after: dict[str, object] = {"state": row.survey.state}
    view = SurveyView(
        row,
        GROUPS,
        states_of(CATALOGUE, kind),
        ReportedRecognition("2026", Decimal("92.70"), True),
        [("填报截止", date(2026, 12, 20))],
        [
            SurveyEvent(
                AuditRow(1, AT, "市督乙", "enter_answers", {}, after, "补录"),
                [("学生", {"answered": 260, "satisfied": 232})],
            )
        ],
        [t for t in transitions_of(CATALOGUE, kind) if t.from_state == row.survey.state and t.action in actions],
        withheld,
        asks_actor=True,
    )
    return survey_page(view, "token", None, "", is_failure=False)


def list_of(kind: str, *rows: SurveyRow, form: NewSurveyForm | None = None, unit: str = "") -> str:
    sides: dict[Side | None, int] = {Side.ABOVE: 1, Side.ACROSS: 2} if kind == "survey" else {}
    view = SurveysView(
        kind,
        rows,
        {"answering": 1, "released": 1},
        {"survey": 2, "rehearsal": 1},
        1,
        sides,
        states_of(CATALOGUE, kind),
        "",
        unit,
        [("500242", "酉阳"), ("500153", "荣昌")],
        form,
        asks_actor=False,
        today=TODAY,
    )
    return surveys_page(view, "token", None, "已安排", is_failure=False)


def test_a_share_is_said_with_its_interval_and_where_that_lies() -> None:
    pooled = GOOD.pooled
    assert share_words(pooled, GOOD) == "满意 412/460（89.6%，95%区间 86.4%–92.0%）"
    assert side_words(GOOD) == "整个区间不低于85%。"
    assert response_words(pooled) == "460/509（90.4%）"
    assert share_words(GOOD.groups[2], GOOD) == "没有收回答卷"
    assert interval_words(GOOD.groups[2], GOOD) == "—"


def test_across_the_standard_it_is_said_how_many_answers_more_would_do() -> None:
    few = result(GroupCount("pupils", 20, 10, 9))
    assert (
        side_words(few) == "区间跨过85%，样本还不能说明是否达到。满意比例不变的话，再收回186份，整个区间就不低于85%。"
    )
    lower = result(GroupCount("pupils", 20, 10, 8))
    assert "再多的答卷也不会" in side_words(lower)
    assert side_words(result(GroupCount("pupils", 900, 900, 450))) == "整个区间低于85%。"
    assert "没有收回答卷" in side_words(result(GroupCount("pupils", 9, 0, 0)))
    nothing = result(GroupCount("pupils", 9))
    assert (share_words(nothing.pooled, nothing), response_words(nothing.pooled)) == ("未填报", "—")
    unasked = result(GroupCount("pupils", 9, 3, 3), GroupCount("parents", 0), GroupCount("teachers", 0, 0, 0))
    assert {share_words(group, unasked) for group in unasked.groups[1:]} == {"没有安排访问"}, "it said 未填报"


def test_what_the_unit_reported_is_said_as_what_it_is() -> None:
    assert "报送的社会认可度是92.7%" in reported_words(ReportedRecognition("2026", Decimal("92.70"), None), "2026")
    assert "没有填数值" in reported_words(ReportedRecognition("2026", None, True), "2026")
    assert "没有报送" in reported_words(None, "2026")


def test_the_page_of_a_released_round() -> None:
    shown = page_of(ROW, "void_survey")
    for words in (
        "满意 412/460",
        "整个区间不低于85%",
        "92.7%",
        "report.docx",
        "/district/500242",
        "sort=item.S1",
        "合计",
        "扫码填答",
    ):
        assert words in shown, words
    assert "学生 收回260、满意232" in shown
    assert shown.count("<details") == 1, "what needs a reason opens when asked for"


def test_before_its_time_neither_counts_nor_result_are_told() -> None:
    hidden = page_of(UNKNOWN)
    assert text("survey.not_released") in hidden
    assert "收回260" not in hidden
    shown = page_of(PART, "enter_answers", withheld=("汇总：换人",))
    assert 'name="answered.pupils"' in shown
    assert 'name="answered.parents"' not in shown, "who is not asked has no field"
    assert "汇总：换人" in shown
    assert "report.docx" not in shown
    assert text("survey.entered") in page_of(PART)
    sample = page_of(replace(PART, survey=replace(OPEN, state="planned")), "set_sample", "start_survey")
    assert sample.count('name="asked.') == len(GROUPS)
    assert 'name="due_on"' in page_of(replace(ROW, survey=replace(SURVEY, state="counted")), "send_back")


def test_a_rehearsal_says_so_everywhere_and_is_compared_with_nothing() -> None:
    for shown in (page_of(REHEARSAL), list_of("rehearsal", REHEARSAL)):
        assert text("survey.rehearsal_means") in shown
        assert "85%" not in shown
        assert text("survey.column.side") not in shown
    paper = Document(BytesIO(survey_report(REHEARSAL, GOOD, None, TODAY)))
    said = [p.text for p in paper.paragraphs]
    assert said[0] == "满意度调查预演报告"
    assert text("survey.rehearsal_means") in said
    assert not [line for line in said if "85%" in line]
    assert "预演" in paper.sections[0].header.paragraphs[0].text


def test_the_list_counts_and_the_file_holds_numbers() -> None:
    form = NewSurveyForm([("500242", "酉阳"), ("500153", "荣昌")], ["2026"], GROUPS, "2026", 2, ["500242"])
    shown = list_of("survey", ROW, UNKNOWN, form=form)
    assert "满意度调查2次，1次在办，1件过了期限" in shown
    assert "已发布3次：1次整个区间达到标准，2次样本还不能说明。" in shown
    assert shown.count('type="checkbox"') == 2
    assert text("app.demo") in shown
    alone = list_of("survey", form=replace(form, units=form.units[:1]))
    assert 'type="checkbox"' not in alone
    assert text("survey.empty") in alone
    (table,) = tables_in([surveys_table([ROW, UNKNOWN], states_of(CATALOGUE, "survey"), TODAY, "survey")], "")
    assert table.rows[1][-5:] == ["—", "460", "89.6%", "86.4%–92.0%", "区间达到标准"]
    assert table.rows[2][-5:] == ["2026年11月20日", "—", "—", "—", "—"]
    (groups,) = tables_in([groups_table([ROW, UNKNOWN], "各类对象")], "")
    assert [row[2:6] for row in groups.rows[1:]] == [
        ["学生", "300", "260", "232"],
        ["家长", "200", "200", "180"],
        ["教师", "9", "0", "0"],
    ]


def test_the_report_of_a_round_says_what_was_found_and_what_was_reported() -> None:
    reported = ReportedRecognition("2026", Decimal("92.70"), True)
    paper = Document(BytesIO(survey_report(ROW, GOOD, reported, TODAY)))
    said = "\n".join(p.text for p in paper.paragraphs)
    for words in (
        "满意 412/460（89.6%，95%区间 86.4%–92.0%）。",
        "整个区间不低于85%。",
        "92.7%",
        "Wilson",
        "2026年11月23日",
    ):
        assert words in said, words
    assert [c.text for c in paper.tables[0].rows[-1].cells] == ["合计", "509", "460", "412", "89.6%", "86.4%–92.0%"]
