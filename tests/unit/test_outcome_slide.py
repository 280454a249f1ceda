"""What became of the last decisions: on the wall with what was decided, in papers a column for each."""

from datetime import date

from data.rows.meeting import DecisionCourse
from data.store.meetings import Decision, Meeting
from layouts.export.tables import node_text
from layouts.meeting.outcome import outcome_slide
from tests.stores import NOW

MEETING = Meeting("20260618-1", "六月会", date(2026, 6, 18), "s", 1, "会务甲", NOW)


def decided(number: int, subject: str, progress: str, due_on: date | None) -> Decision:
    return Decision(
        number, MEETING.meeting_code, "/", subject, "年底前补齐", "某县教委", due_on, progress, 1, "甲", NOW
    )


def test_wall_and_papers_say_what_was_decided_by_whom_until_when() -> None:
    taken = [decided(1, "体育场馆", "open", date(2026, 12, 31)), decided(2, "骨干教师", "done", None)]
    measured = DecisionCourse("units", 5, 6, 37, date(2026, 3, 31), date(2026, 9, 30), "better")
    slide = outcome_slide(MEETING, taken, {2: measured})
    wall = node_text([slide.picture])
    assert [wall.count(words) for words in ("体育场馆", "年底前补齐", "2026年12月31日", "5 → 6")] == [1, 2, 1, 1]
    (table,) = slide.tables
    head, first, second = table.rows
    assert len(head) == 6
    assert first[:4] == ["体育场馆", "年底前补齐", "某县教委", "2026年12月31日"]
    assert first[5] == "无进展"
    assert second[5] == "已完成"
