"""A page's view as a slide: what is asked for, opened first or said to a reader alone is left out."""

from dataclasses import replace

from layouts.components.elements import paragraph, run
from layouts.components.heads import headline
from layouts.markup import Node, h
from layouts.meeting.slide import slide_node
from layouts.meeting.view_slide import MOST_ROWS, first_sentences, view_slide
from layouts.page import Panel
from layouts.routes import FUNDS, TREND


def table(rows: int) -> Node:
    body = [h("tr", {}, h("th", {}, f"第{n}行"), h("td", {}, str(n))) for n in range(rows)]
    return h("table", {"id": "funds"}, h("thead", {}, h("tr", {}, h("th", {}, "名"))), h("tbody", {}, *body))


def chosen(words: str) -> Node:
    return h("a", {"aria-current": "true"}, words)


SLOT = h(
    "label",
    {"className": "slot"},
    h("span", {}, "区县"),
    h("select", {"value": "/b"}, h("option", {"value": "/a"}, "全市"), h("option", {"value": "/b"}, "丙区")),
)
SEGMENTS = h("div", {"role": "group", "className": "segments"}, chosen("初中"), h("a", {}, "小学"))
SUB = [SEGMENTS, "只说明先后。"]


def panels(rows: int) -> list[Panel]:
    return [
        Panel("head", "head", [h("nav", {}, SLOT)]),
        Panel("answer", "answer", headline("奖励", run("100万元", look="c-fail"), sub=SUB)),
        Panel("table", "table-panel", [h("section", {"id": "x"}, h("button", {}, "播放"), table(rows))]),
        Panel("drawer", "drawer", [table(1)]),
        Panel("source", "source-panel", [paragraph("来源")]),
    ]


def words_of(node: Node) -> str:
    return "".join(words_of(child) for child in node[2]) if isinstance(node, list) else str(node)


def test_the_title_keeps_its_tones_and_the_footer_what_is_chosen() -> None:
    slide = view_slide(FUNDS, panels(2), "数据版本2026-11-30 09:50")
    assert slide.title == [("", "奖励"), ("fail", "100万元")]
    assert (slide.sentence, slide.in_full) == ("只说明先后。", "只说明先后。")
    assert slide.footer == "丙区 · 初中 · 数据版本2026-11-30 09:50"


def test_a_slide_shows_the_first_part_below_the_sentence_without_what_is_pressed() -> None:
    (part,) = view_slide(FUNDS, panels(2), "").parts
    said = words_of(part)
    assert "第0行" in said
    assert "播放" not in said
    assert "id" not in part[2][0][1]


def test_of_a_long_table_the_rest_is_counted_and_papers_have_it_whole() -> None:
    slide = view_slide(FUNDS, panels(MOST_ROWS + 3), "")
    (part,) = slide.parts
    body = part[2][0][2][0][2][1]
    assert (len(body[2]), body[1]["data-left"]) == (MOST_ROWS, "3")
    assert len(slide.tables[0].rows) == MOST_ROWS + 4


def test_parts_that_only_have_words_give_way_to_those_that_draw() -> None:
    words = [Panel("chart", "chart-panel", [table(1)]), Panel("change", "change-panel", [paragraph("选一个区县")])]
    slide = view_slide(TREND, [*panels(1)[:2], *words], "")
    assert len(slide.parts) == 1


def test_as_many_whole_sentences_as_have_room() -> None:
    assert first_sentences("短。" * 10) == "短。" * 10
    assert first_sentences("长" * 95 + "。后。") == "长" * 95 + "。"
    assert first_sentences("") == ""


def test_the_projected_slide_says_the_own_title_above_and_never_the_speaking_note() -> None:
    slide = replace(view_slide(FUNDS, panels(2), ""), own_title="经费去向", speaking_note="先说总量")
    node = slide_node(slide, 3, is_shown=True, is_demonstration=True)
    said = words_of(node)
    assert said.startswith("经费去向奖励100万元")
    assert "先说总量" not in said
    assert (node[1]["data-slide"], node[1]["data-demo"]) == ("3", "演示数据")
