"""A return's page says what the return is: what changes, what was asked and answered, who did what when."""

import re
from dataclasses import replace
from datetime import datetime

from data.rows.examination import FindingRecord, Preview, TableRecord
from data.store.submission import Submission, group_of
from layouts.office.submission import Reply, Rights, submission_page

AT = datetime.fromisoformat("2026-11-29T05:33")
LEVELS = ("query", "query", "query", "hint")
FINDINGS: list[FindingRecord] = [
    {
        "finding_code": code,
        "severity": level,
        "file_name": "表.xlsx",
        "sheet": "表",
        "row": row,
        "column": "学校代码",
        "value": "x",
        "message": message,
        "suggested_fix": "",
    }
    for level, (code, row, message) in zip(
        LEVELS,
        [
            ("school_gone", 2, "上期有这所学校"),
            ("school_gone", 5, "上期有这所学校"),
            ("school_new", 7, "上期没有这所学校"),
            ("spaces", 9, "多余的空格"),
        ],
        strict=True,
    )
]
KINDS: list[TableRecord] = [
    {"input_kind": "school_return", "sheet": "小学", "rows": 9, "added": 3, "changed": 18, "removed": 98},
    {"input_kind": "school_return", "sheet": "初中", "rows": 4, "added": 1, "changed": 2, "removed": 0},
]
PREVIEW: Preview = {"districts": [], "failing_count": 0, "section_count": 0}
ONE = Submission(
    1,
    "500242",
    "2026",
    "表.xlsx",
    "0" * 64,
    "submitted",
    {"findings": FINDINGS, "finding_count": 4, "kinds": KINDS, "changes": [], "change_count": 0, "preview": PREVIEW},
    {group_of(FINDINGS[0]): "撤并", group_of(FINDINGS[2]): "新建"},
    "",
    "",
    "尤县督",
    "",
    "",
    2,
    AT,
)


def shown(one: Submission, *, is_invented: bool = False) -> str:
    """The words of the page, tags as single spaces."""
    rights = Rights(
        may_submit=False,
        may_approve=False,
        is_correction=False,
        has_marked_file=False,
        is_compared_with_demonstration=is_invented,
    )
    page = submission_page(one, "酉阳", rights, "", None, Reply(), ()).partition("<body>")[2]
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_all_that_changes_is_in_the_heading() -> None:
    assert "与已入库数据相比：新增 4 行，改动 20 格，去掉 98 行" in shown(ONE)


def test_the_time_stands_with_who_acted_then() -> None:
    assert "报送人 尤县督 · 最近由 尤县督 于 2026-11-29 13:33 办理" in shown(ONE)
    taken = replace(ONE, status="approved", decided_by="石复核")
    assert "报送人 尤县督 · 最近由 石复核 于 2026-11-29 13:33 办理" in shown(taken)


def test_what_was_taken_over_is_no_longer_called_not_taken_over() -> None:
    assert "（预览，未入库）" in shown(ONE)
    taken = shown(replace(ONE, status="approved", decided_by="石复核"))
    assert "未入库" not in taken
    assert "按此数据的判定（核对时的预览）" in taken


def test_invented_values_before_are_called_so() -> None:
    assert "原值为演示数据" in shown(ONE, is_invented=True)
    assert "演示数据" not in shown(ONE)


def test_every_answer_stands_with_its_question() -> None:
    words = shown(ONE)
    assert "学校代码（2处，如：上期有这所学校） 撤并" in words
    assert "学校代码（1处，如：上期没有这所学校） 新建" in words
