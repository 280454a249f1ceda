"""The desk's page of a return: causes with their fields, columns to name, schools that are gone, verdicts before and after."""

import re
from dataclasses import replace

import pytest

from data.catalogue.input_tables import SchoolDeparture
from data.catalogue.loader import load_catalogue
from data.rows.examination import ColumnRecord, CvRecord, Examination
from layouts.markup import to_html
from layouts.office.submission import Reply, Rights, submission_page
from layouts.office.upload_form import upload_form
from tests.unit.test_returns_page import FINDINGS, ONE


def seen(header: str, how: str, column: str = "") -> ColumnRecord:
    return {
        "input_kind": "school_return",
        "file_name": "表.xlsx",
        "sheet": "小学",
        "letter": "U",
        "header": header,
        "values": ["7", "4"],
        "column": column,
        "unit": "",
        "how": how,
        "nearest": ["小学骨干教师数"] if how == "unknown" else [],
    }


def judged(cv: float, *, complies: bool) -> CvRecord:
    return {"stage": "primary", "indicator": "L3", "cv": cv, "limit": 0.5, "complies": complies}


RESULT: Examination = {
    "findings": [
        {**FINDINGS[0], "finding_code": "school_missing", "row": None},
        {**FINDINGS[0], "finding_code": "column_unit", "column": "教学仪器设备值", "value": "元", "row": None},
        {**FINDINGS[2], "cells": ["D2", "D3", "D4"], "finding_code": "year_jump"},
    ],
    "kinds": [{"input_kind": "school_return", "sheet": "小学", "rows": 9, "added": 0, "changed": 2, "removed": 1}],
    "changes": [],
    "columns": [
        seen("骨干数（小）", "unknown"),
        seen("教学仪器设备值", "same", "教学仪器设备值"),
        seen("备注2", "unused"),
    ],
    "sheets": [{"file_name": "表.xlsx", "sheet": "小学", "input_kind": "school_return", "rows": 12, "records": 9}],
    "gone": [{"school_code": "S1", "school_name": "云岭村小学", "pupils": 118}],
    "effect": {"before_met": 5, "after_met": 6, "item_count": 7, "gained": ["L3"], "lost": [], "undecidable": []},
    "preview": {
        "districts": [judged(0.412, complies=True)],
        "before": [judged(0.604, complies=False)],
        "before_period": "2025",
        "section_count": 9,
        "failing_count": 2,
        "schools": [
            {
                "school_code": "S2",
                "school_name": "桂园镇中心小学",
                "stage": "primary",
                "before_complies": False,
                "after_complies": True,
                "before_met": 6,
                "after_met": 7,
                "indicator_count": 7,
            }
        ],
    },
}


def page(reply: Reply, **rights: bool) -> str:
    own = {"may_submit": True, "may_approve": False, "is_correction": True, "has_marked_file": True, **rights}
    one = replace(ONE, status="checked", result=RESULT, explanations={})
    departures = load_catalogue().rows(SchoolDeparture)
    return submission_page(
        one, "酉阳", Rights(**own, is_compared_with_demonstration=False), "", None, reply, departures
    )


def test_each_doubt_has_its_field_and_what_was_typed_comes_back() -> None:
    html = page(Reply("请逐所选择", {"explain.year_jump.学校代码": "新建校区", "gone.S1": "merged", "agreed": "1"}))
    assert re.search(r'<textarea name="explain.year_jump.学校代码"[^>]*form="hand-in"[^>]*>\n新建校区', html)
    assert 'name="explain.school_missing' not in html, "answered school by school"
    assert re.search(r'<option value="merged" selected', html)
    assert re.search(r'name="agreed"[^>]*checked', html)
    assert "看这3格" in html


def test_a_column_nobody_knows_is_chosen_from_the_nearest_first() -> None:
    html = page(Reply())
    choices = html.partition('name="column.骨干数（小）"')[2].partition("</select>")[0]
    assert re.findall(r">([^<]+)</option>", choices)[:2] == ["请选择：像是“小学骨干教师数”", "小学骨干教师数"]
    assert "3列认出1列，1列请您指认" in html
    assert 'name="column.教学仪器设备值" value="教学仪器设备值（元）"' in html.replace('" type="submit', "")


def test_a_column_that_all_sheets_have_alike_is_counted_and_asked_for_once() -> None:
    towns = [{**c, "sheet": f"{n}镇"} for n in range(12) for c in RESULT.get("columns", [])]
    one = replace(ONE, status="checked", result={**RESULT, "columns": towns}, explanations={})
    rights = Rights(
        may_submit=True,
        may_approve=False,
        is_correction=True,
        has_marked_file=True,
        is_compared_with_demonstration=False,
    )
    html = submission_page(one, "酉阳", rights, "", None, Reply(), load_catalogue().rows(SchoolDeparture))
    assert "3列认出1列，1列请您指认" in html
    assert "请指认1列" in html
    assert html.count('name="column.骨干数（小）"') == 1
    assert re.search(r"骨干数（小）（0镇 \w+、1镇 \w+[^（）]*7镇 \w+等）", html)


def test_verdicts_stand_before_and_after_and_the_school_that_turns_is_named() -> None:
    words = re.sub(r"<[^>]+>", " ", page(Reply()))
    assert "照此入库，资源配置7项中达标5项变6项，L3转达标" in words
    assert "转达标" in words
    assert "1所（部）的判定会变" in words
    assert re.search(r"6/7\s+7/7", " ".join(words.split()))
    assert "确认替换已入库的数据：改动2格，去掉1行" in words


@pytest.mark.parametrize(("changed", "is_said"), [(0, True), (2, False)])
def test_tables_that_change_nothing_say_so_at_the_head(
    monkeypatch: pytest.MonkeyPatch, changed: int, is_said: bool
) -> None:
    kinds = [{"input_kind": "plan", "sheet": "计划", "rows": 37, "added": 0, "changed": changed, "removed": 0}]
    monkeypatch.setitem(RESULT, "kinds", kinds)
    assert ("逐格相同" in page(Reply())) is is_said


def test_who_only_reads_has_no_field() -> None:
    html = page(Reply(), may_submit=False)
    assert "<textarea" not in html
    assert 'name="gone.' not in html


def test_the_form_takes_several_files_and_names_the_templates() -> None:
    form = upload_form(["2026"], "2026", [("500242", "酉阳")], [("school_return", "学校基础数据表")], "t")
    html = to_html([form])
    assert re.search(r'type="file"[^>]*multiple', html)
    assert "/data/template?kind=school_return" in html
