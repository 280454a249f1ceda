"""The parts that pages are composed of: forms, drawers, bars, what is said where a list is cut."""

import re

from data.text import text
from layouts.components.bars import BarPart, labelled_bar, pace_bar, row_bar, step_dots
from layouts.components.data_table import Column, Kind, TableLook, data_table
from layouts.components.drawer import drawer, history_and_actions
from layouts.components.elements import run
from layouts.components.forms import (
    bare_field,
    choice_field,
    field,
    hidden_field,
    long_field,
    post_form,
    send_form,
    submit_button,
    tick_field,
)
from layouts.components.rest import no_rows, rest_note
from layouts.export.grid import grid_of
from layouts.export.tables import tables_of
from layouts.markup import Node, to_html
from layouts.meeting.slide import counted
from layouts.page import Panel


def html(*nodes: Node) -> str:
    return to_html([n for n in nodes if n is not None])


def test_a_form_that_a_script_sends_asks_who_acts_where_nobody_is_signed_in() -> None:
    fields = [long_field("reason", "理由")]
    known = html(send_form("ledger", "提交", {"version": 3}, fields, asks_actor=False))
    asked = html(send_form("ledger", "提交", {"version": 3}, fields, asks_actor=True))
    assert '<form class="send" data-part="form" data-send="ledger">' in known
    assert '<input type="hidden" name="version" value="3">' in known
    assert 'name="actor"' not in known
    assert re.search(r'<input name="actor"[^>]*required[^>]*data-remembered="1">', asked)
    assert asked.endswith('<button class="button" type="submit">提交</button></form>')


def test_a_posted_form_carries_the_token_of_the_session_first() -> None:
    form = html(post_form("/data/7/decide", "秘", hidden_field("version", "2"), look="stacked"))
    assert form.startswith('<form method="post" action="/data/7/decide" class="stacked"><input type="hidden"')
    assert re.findall(r'name="(\w+)" value="(\w+)"', form) == [("csrf_token", "秘"), ("version", "2")]


def test_a_choice_is_the_chosen_one_and_none_without_it() -> None:
    choices = [("2025", "二五"), ("2026", "二六")]
    assert '<option value="2026" selected>' in html(choice_field("period", "数据期", choices, chosen="2026"))
    assert "selected" not in html(choice_field("period", "数据期", choices))


def test_what_need_not_be_said_is_not_required() -> None:
    assert " required" in html(field("a", "甲"))
    assert " required" not in html(field("a", "甲", required=False))
    assert " required" not in html(long_field("a", "甲", required=False))
    assert " required" in html(tick_field("a", "甲"))


def test_a_field_in_a_row_says_its_name_to_readers_and_a_step_has_its_value() -> None:
    assert html(bare_field("subject", "编号", maxLength=255)) == (
        '<input name="subject" aria-label="编号" maxlength="255">'
    )
    button = html(submit_button("退回", look="button", name="status", value="returned"))
    assert button == '<button class="button" type="submit" name="status" value="returned">退回</button>'


def test_a_drawer_has_a_name_and_can_be_left() -> None:
    words = html(drawer(run("红"), ["万州", "：", "逾期"], label="预警", close="/warn"))
    assert '<div class="sheet" role="region" aria-label="预警" data-part="drawer">' in words
    assert '<a href="/warn" data-nav="1" class="plain" data-close="1">' in words
    assert "<h2>万州：逾期</h2>" in words


def test_a_drawer_says_that_nothing_was_done_and_who_must_be_named() -> None:
    nothing = html(*history_and_actions([], [], none="还没有处理", asks_actor=True))
    done = html(*history_and_actions([("9月1日 甲", "销号")], [], none="还没有处理", asks_actor=False))
    assert '<p class="d">还没有处理</p>' in nothing
    assert text("form.no_login") in nothing
    assert '<ol class="log"><li><span class="d">9月1日 甲</span> 销号</li></ol>' in done
    assert text("form.no_login") not in done


def test_a_bar_is_its_parts_side_by_side() -> None:
    parts = [BarPart(60.0, "age-0"), BarPart(0.0, "age-1"), BarPart(40.0, "age-2")]
    drawn = html(row_bar(parts, width=100, height=18, space=1))
    places = re.findall(r'x="([\d.]+)" width="([\d.]+)" height="18" class="(age-\d)"', drawn)
    assert places == [("0.0", "59.0", "age-0"), ("60.0", "39.0", "age-2")]
    assert 'aria-hidden="true"' in drawn


def test_the_words_of_a_narrow_part_of_a_bar_stand_below_it() -> None:
    parts = [BarPart(400.0, "bar-ok", "已销号", "40", "ok"), BarPart(10.0, "bar-fail", "未整改", "1", "fail")]
    drawn = html(labelled_bar(parts, width=410, label="已销号40，未整改1"))
    assert re.findall(r">([^<>]+)</text>", drawn) == ["已销号", "未整改1", "40"]
    assert re.findall(r'x="([\d.]+%)" y="64"', drawn) == ["97.56%"]  # 400 of 410
    assert drawn.count("<rect") == 2
    assert 'role="img" aria-label="已销号40，未整改1"' in drawn


def test_the_present_step_is_large_and_those_before_are_done() -> None:
    drawn = html(step_dots(3, steps=5, label="整改中"))
    assert re.findall(r'r="(\d)" class="([a-z ]+)"', drawn) == [
        ("4", "step done"),
        ("4", "step done"),
        ("6", "step now"),
        ("4", "step"),
        ("4", "step"),
    ]
    assert drawn.count('class="step-line done"') == 2


def test_a_pace_reaches_from_what_is_achieved_to_what_is_needed() -> None:
    drawn = html(pace_bar(20.0, 84.0, width=92))
    assert 'width="20.0"' in drawn
    assert '<line x1="20.0" x2="84.0"' in drawn
    assert '<circle cx="84.0"' in drawn


def test_a_cut_list_says_how_many_more_and_a_whole_one_nothing() -> None:
    assert html(rest_note("rounds.more", 3)) == f'<p class="src">{text("rounds.more", count=3)}</p>'
    assert rest_note("rounds.more", 0) is None
    assert rest_note("rounds.more", -2) is None
    assert html(no_rows("没有")) == '<p class="d" role="status">没有</p>'


def test_a_table_has_its_caption_and_a_picture_is_in_no_file() -> None:
    columns: list[Column[str]] = [
        Column(name="name", head="", file_head="来源", cell=str, kind=Kind.NAME),
        Column(name="bar", head="", cell=lambda _: "▇", kind=Kind.PICTURE),
        Column(name="count", head="", file_head="数量", cell=lambda _: "7", kind=Kind.COUNT),
    ]
    look = TableLook[str](has_head=False, caption="未销号的来源")
    table = data_table(columns, ["省级督导"], name="来源", look=look)
    assert "<caption>未销号的来源</caption><tbody>" in html(table)
    (exported,) = tables_of([Panel("a", "", [table])], "页")
    grid = grid_of(exported, has_printed=False)
    assert [[str(c.value) for c in row] for row in grid.rows] == [["来源", "数量"], ["省级督导", "7"]]


def test_a_key_number_has_its_tone_only_where_there_is_anything() -> None:
    assert counted(2, "个", "逾期", tone="fail").tone == "fail"
    assert counted(0, "个", "逾期", tone="fail").tone == ""
    assert counted(0, "个", "逾期", tone="fail").value == "0"
