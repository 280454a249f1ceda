"""The pages of an opinion and of a complaint from made rows: which step stands first, which days, what is left out."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from data.catalogue.loader import load_catalogue
from data.rows.matters import MatterRow, last_day_of, late_days
from data.store.matters import Matter
from data.store.steps import states_of, transitions_from
from data.text import text
from layouts.export.tables import tables_in
from layouts.office.matter import MatterView, matter_page
from layouts.office.matters import MattersView, matters_count, matters_headline, matters_page, matters_table

CATALOGUE = load_catalogue()
DUE = date(2026, 12, 16)
COMPLAINT = Matter(
    matter_code="RD500242-2026-0001",
    matter_kind="complaint",
    district_code="500242",
    school_code=None,
    parent_code="",
    item_code="",
    document_number="",
    subject="体育课被占用",
    note="来信：每周少上1节\n<b>二</b>",
    round=None,
    state="answered",
    due_on=DUE,
    assignee="",
    assignee_id="",
    opened_on=date(2026, 12, 1),
    opened_by="甲",
    opened_by_id="",
    done_on=date(2026, 12, 2),
    done_by="乙",
    done_by_id="",
    client_key=None,
    is_demonstration=True,
    version=3,
    updated_by="乙",
    updated_by_id="",
    updated_at=datetime.fromisoformat("2026-12-02T01:00"),
)


@pytest.mark.parametrize(
    ("kind", "state", "day"),
    [
        ("opinion", "draft", DUE),
        ("opinion", "issued", date(2026, 12, 26)),
        ("opinion", "received", date(2026, 12, 26)),
        ("opinion", "reported", None),
        ("complaint", "passed_on", DUE),
        ("complaint", "answered", None),
    ],
)
def test_the_last_day_of_the_next_step(kind: str, state: str, day: date | None) -> None:
    matter = replace(COMPLAINT, matter_kind=kind, state=state)
    assert last_day_of(CATALOGUE, matter) == day
    row = MatterRow(matter, "酉阳", day)
    assert row.is_late(date(2026, 12, 27)) is (day is not None)
    assert not row.is_late(DUE)
    assert last_day_of(CATALOGUE, replace(matter, due_on=None)) is None
    before = late_days(CATALOGUE, kind, date(2026, 12, 27))
    assert (state in before and before[state] > DUE) is (day is not None)
    if day is not None:
        assert late_days(CATALOGUE, kind, day)[state] <= DUE, "not late on its last day"


def page_of(state: str) -> str:
    matter = replace(COMPLAINT, state=state)
    view = MatterView(
        MatterRow(matter, "酉阳", None),
        "L5 体育场馆",
        states_of(CATALOGUE, "complaint"),
        [(text("matter.due_complaint_answered"), DUE)],
        None,
        [],
        transitions_from(CATALOGUE, "complaint", state),
        ["等别人"],
        [(text("matter.to_issue"), "/ledger")],
        asks_actor=False,
    )
    return matter_page(view, "token", None, "", is_failure=False)


@pytest.mark.parametrize(
    ("state", "onward", "back"), [("answered", "end", "send_back"), ("recorded", "pass_on", "set_aside")]
)
def test_the_step_that_leads_on_stands_first_and_alone_is_filled(state: str, onward: str, back: str) -> None:
    words = page_of(state)
    assert words.index(f'value="{onward}"') < words.index("<details") < words.index(f'value="{back}"')
    assert words.count("button filled") == 1
    assert "&lt;b&gt;二" in words
    assert "等别人" in words


def test_a_list_says_what_is_late_and_what_it_leaves_out() -> None:
    rows = [MatterRow(replace(COMPLAINT, state="passed_on"), "酉阳", DUE)]
    states = states_of(CATALOGUE, "complaint")
    view = MattersView(
        "complaint",
        rows,
        {"passed_on": 2, "closed": 3},
        1,
        states,
        "",
        "",
        [("500242", "酉阳"), ("500153", "荣昌")],
        None,
        may_add=True,
        asks_actor=False,
        today=date(2026, 12, 17),
        about="怎么办",
    )
    assert matters_headline(view) == "群众热点5件，2件在办，1件过了期限"
    assert matters_count(view) == 5
    assert matters_count(replace(view, state="passed_on")) == 2
    (table,) = tables_in([matters_table(view)], "群众热点")
    assert table.rows[1][0] == "RD500242-2026-0001"
    assert "2026年12月16日" in table.rows[1]
    page = matters_page(view, "token", None, "", is_failure=False)
    assert "演示数据" in page, "its one row is invented"
    told = [MatterRow(replace(COMPLAINT, is_demonstration=False), "酉阳", DUE)]
    assert "演示数据" not in matters_page(replace(view, rows=told), "token", None, "", is_failure=False)
    assert text("matter.more", shown=1, count="5") in page
    assert "/complaints/list.xlsx" in page
    empty = matters_page(replace(view, rows=[]), "token", None, "", is_failure=False)
    assert text("matter.empty") in empty
