"""材料清单: what those who take part get; what is for those who prepare the meeting is not in it."""

import io
from dataclasses import replace
from datetime import date

from docx import Document

from data.store.agenda import ORGANIZERS, READERS, AgendaSlide
from data.store.meetings import Decision, Meeting
from layouts.documents.materials import word_materials
from layouts.documents.minutes import Minutes
from layouts.export.tables import ExportTable
from layouts.meeting.slide import Slide
from tests.stores import NOW

MEETING = Meeting("20261224-1", "十二月会", date(2026, 12, 24), "s", 1, "会务甲", NOW)
ENTRY = AgendaSlide(1, MEETING.meeting_code, 1, "/funds", "经费去向", "只有讲的人看", 8, "某处长", READERS)
FUNDS = Slide(
    "funds",
    [("", "奖励100万元")],
    "只说明先后。",
    tables=[ExportTable("9笔经费", [["学校", "个数"], ["甲", "1"], ["乙", "2"]], 1)],
    own_title="经费去向",
    speaking_note="只有讲的人看",
    footer="2026年9月 · 全市3个",
    minutes=8,
    entry=ENTRY,
)
OWN = replace(FUNDS, own_title="内部安排", tables=[], entry=replace(ENTRY, audience=ORGANIZERS))
TAKEN = Decision(1, "20260618-1", "/", "师资", "再议", "某县教委", None, "open", 1, "甲", NOW)


def test_the_list_has_order_papers_and_figures_and_nothing_of_the_organizers() -> None:
    content = word_materials(Minutes(MEETING, [FUNDS, OWN], [], [TAKEN], "数据版本", is_demonstration=True))
    paper = Document(io.BytesIO(content))
    order, papers = ([[c.text for c in row.cells] for row in table.rows] for table in paper.tables)
    assert order == [["序号", "议题", "汇报", "时间"], ["1", "经费去向", "某处长", "8分钟"]]
    assert [row[1] for row in papers[1:]] == [
        "会议材料",
        "会议材料（打印版）",
        "幻灯片",
        "上次会议议定事项的落实",
        "附表　9笔经费",
    ]
    assert papers[-1][3].endswith("，2行")
    words = "".join(p.text for p in paper.paragraphs) + str(order) + str(papers)
    assert "2026年9月 · 全市3个" in words
    assert "内部安排" not in words
    assert "只有讲的人看" not in words
