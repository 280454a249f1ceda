"""从名单开账号: every fault at its cell, all of it or nothing, and passwords that only the one file holds."""

import hashlib
import io
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from werkzeug.test import TestResponse

from callbacks.rendering.index_document import ServerRenderedDash
from data.access import OPERATOR
from data.account_lists.reading import ListFinding
from data.account_lists.workbooks import list_template
from data.settings import Settings
from data.store.accounts import create_account, disable_account, find_account, list_accounts, viewer_of
from data.store.audit import check_chain, entries
from data.store.new_accounts import NewAccount
from data.store.passwords import draw_password, hash_of_drawn, is_right_password
from data.store.refusals import RefusedError
from data.store.verification import verify_password
from data.text import text
from layouts.office.account_list import ListView, account_list_page
from layouts.office.accounts import Choices
from tests.present import present
from tests.visitors import CATALOGUE, CLERK, OWN, PASSWORD, SCHOOL, get, guarded_app, now, signed_in

BASE = "https://localhost"
HEADS = ("账号名*", "姓名*", "角色*", "所属单位", "学校代码", "有效期自", "有效期至")


def book(rows: Sequence[Sequence[object]], heads: Sequence[str] = HEADS) -> bytes:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "账号名单"
    for row in (heads, *rows):
        sheet.append(list(row))
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


class Desk:
    """The administrator's browser."""

    def __init__(self, app: ServerRenderedDash) -> None:
        self.app = app
        self.client, self.token = signed_in(app, "clerk")

    def look(self, content: bytes, renews: str = "") -> TestResponse:
        return self.client.post(
            "/account-list",
            base_url=BASE,
            data={"csrf_token": self.token, "renews": renews, "file": (io.BytesIO(content), "名单.xlsx")},
        )

    def take(self, page: TestResponse) -> TestResponse:
        fields = {"csrf_token": self.token, "sha256": hidden(page, "sha256"), "mark": hidden(page, "mark")}
        return self.client.post("/account-list/passwords", base_url=BASE, data=fields)


def hidden(page: TestResponse, name: str) -> str:
    return page.text.partition(f'name="{name}" value="')[2].partition('"')[0]


def passwords_of(answer: TestResponse) -> dict[str, str]:
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).worksheets[0]
    return {str(row[0]): str(row[-1]) for row in sheet.iter_rows(min_row=2, values_only=True)}


@pytest.fixture
def desk(demo_settings: Settings, tmp_path: Path) -> Iterator[Desk]:
    yield Desk(guarded_app(demo_settings, tmp_path, ("clerk", "leader", "district")))


FAULTS = [
    (("Bad Name", "某人", "市级领导"), "A2", text("refused.bad_account_name")),
    (("newone", "", "市级领导"), "A2", text("refused.bad_account_name")),
    (("newone", "监测", "市级领导"), "A2", text("refused.machine_name")),
    (("newone", "某人", "校长"), "C2", "没有“校长”这个角色"),
    (("newone", "某人", "系统管理员"), "C2", text("refused.listed_guarded")),
    (("newone", "管理员", "市级领导"), "B2", text("refused.own_role")),
    (("clerk", "管理员", "市级领导"), "B2", text("refused.own_role")),
    (("newone", "某人", "区县督导人员", "北京市"), "D2", "“北京市”不是今天仍在的单位"),
    (("newone", "某人", "区县督导人员", "500112"), "D2", "“500112”不是今天仍在的单位"),
    (("newone", "某人", "区县督导人员", "X50001"), "D2", "“X50001”不是今天仍在的单位"),
    (("newone", "某人", "区县督导人员"), "D2", text("refused.needs_scope")),
    (("newone", "某人", "市级领导", OWN), "D2", text("refused.scope_not_of_role")),
    (("newone", "某人", "学校督导办", OWN, "不存在"), "E2", "“不存在”不在这个单位最近一次的报表里"),
    (("newone", "某人", "学校督导办", OWN, "S500101-001"), "E2", "“S500101-001”不在这个单位"),
    (("newone", "某人", "学校督导办", OWN, f"{SCHOOL} S500242-002"), "D2", text("refused.needs_scope")),
    (("newone", "某人", "市级领导", "", "", "2026-02-30"), "F2", "“2026-02-30”不是日期"),
    (("newone", "某人", "市级领导", "", "", "2026-03-01", "2026-02-01"), "G2", text("refused.bad_validity")),
]


@pytest.mark.parametrize(("row", "cell", "words"), FAULTS, ids=lambda v: str(v)[:40])
def test_a_fault_is_told_at_its_cell_and_nothing_is_made(
    desk: Desk, row: tuple[str, ...], cell: str, words: str
) -> None:
    good = ("goodone", "好人", "市级领导")
    padded = [(*r, *([""] * (len(HEADS) - len(r)))) for r in (row, good)]
    page = desk.look(book(padded))
    assert page.status_code == 200
    assert f">{cell}<" in page.text
    assert words in page.text
    assert not hidden(page, "mark")
    assert find_account(desk.app.deps.store, "goodone") is None


def test_every_fault_of_a_list_is_told_at_once(desk: Desk) -> None:
    rows = [
        ("one", "甲", "校长"),
        ("two", "乙", "市级领导", "北京市"),
        ("two", "丙", "市级领导"),
        ("two", "丁", "市级领导"),
    ]
    page = desk.look(book([(*r, *([""] * (len(HEADS) - len(r)))) for r in rows]))
    for cell in ("C2", "D3", "A4", "A5"):
        assert f">{cell}<" in page.text
    assert text("refused.listed_twice") in page.text


def test_a_list_makes_and_changes_as_it_was_shown(desk: Desk) -> None:
    store = desk.app.deps.store
    rows = [
        ("district", "区督导", "学校督导办", OWN, SCHOOL, None, date(2030, 8, 31)),
        ("leader", "市领导", "市级领导", "", "", None, None),
        ("yh.wang", "王 老师", "责任区督学", "酉阳土家族苗族自治县", f"{SCHOOL}、S500242-002", "2026/9/1", None),
    ]
    page = desk.look(book(rows))
    assert "新建1个账号" in page.text
    assert "区县督导人员 → 学校督导办" in page.text
    assert "长期 → 至2030-08-31" in page.text
    assert "1个账号已经如此" in page.text
    assert find_account(store, "yh.wang") is None
    answer = desk.take(page)
    assert answer.status_code == 200
    (name, password), *others = passwords_of(answer).items()
    assert (name, others) == ("yh.wang", [])
    made, changed = (present(find_account(store, n)) for n in ("yh.wang", "district"))
    assert (made.person, made.role_code, made.district_codes, made.school_codes, made.must_change) == (
        "王 老师",
        "responsible_inspector",
        (OWN,),
        (SCHOOL, "S500242-002"),
        True,
    )
    assert made.valid_from == date(2026, 9, 1)
    assert (changed.role_code, changed.school_codes, changed.valid_to) == (
        "school_office",
        (SCHOOL,),
        date(2030, 8, 31),
    )
    assert verify_password(store, "yh.wang", password, now()).account_name == "yh.wang"
    kept = f"{list_accounts(store)} {entries(store, action='', before=None, most=99)}"
    assert password not in kept
    assert not (desk.app.settings.var_folder / "account_lists" / hidden(page, "sha256")).exists()
    (entry,) = entries(store, action="take_list", before=None, most=9)
    assert entry.row.after == {"create": 1, "change": 1, "same": 1}
    assert (entry.row.actor, check_chain(store).first_broken) == ("管理员", None)
    assert desk.take(page).status_code == 400  # once


def test_what_changed_meanwhile_is_looked_at_again(desk: Desk) -> None:
    store = desk.app.deps.store
    page = desk.look(book([("leader", "新领导", "市级领导", *[""] * 4), ("newone", "某人", "市级领导", *[""] * 4)]))
    disable_account(store, CATALOGUE, OPERATOR, "leader", now())
    answer = desk.take(page)
    assert answer.status_code == 400
    assert text("refused.list_changed") in answer.text
    assert find_account(store, "newone") is None
    again = desk.look(book([("leader", "新领导", "市级领导", *[""] * 4)]))
    assert text("refused.listed_disabled") in again.text


def test_a_first_password_that_was_lost_is_drawn_anew(desk: Desk) -> None:
    store = desk.app.deps.store
    rows = book([("newone", "某人", "市级领导", *[""] * 4)])
    first = passwords_of(desk.take(desk.look(rows)))["newone"]
    assert text("account_list.nothing") in desk.look(rows).text
    second = passwords_of(desk.take(desk.look(rows, renews="1")))["newone"]
    with pytest.raises(RefusedError):
        verify_password(store, "newone", first, now())
    assert verify_password(store, "newone", second, now()).must_change


def test_without_columns_for_days_an_account_keeps_its_own(desk: Desk) -> None:
    until = NewAccount("guest", "访客", "municipal_leader")
    create_account(desk.app.deps.store, CATALOGUE, CLERK, until, PASSWORD, now())
    desk.take(desk.look(book([("guest", "访客", "市级领导", "", "", None, date(2031, 1, 1))])))
    desk.take(desk.look(book([("guest", "访客二", "市级领导")], HEADS[:3])))
    account = present(find_account(desk.app.deps.store, "guest"))
    assert (account.person, account.valid_to) == ("访客二", date(2031, 1, 1))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", "账号名".encode(), book([]), b"\xff" * 999])
def test_what_is_no_list_is_said_to_be_none(desk: Desk, content: bytes) -> None:
    page = desk.look(content)
    assert page.status_code in (200, 400)
    assert not hidden(page, "mark")
    assert 'role="status"' in page.text
    named = {"csrf_token": desk.token, "sha256": hashlib.sha256(content).hexdigest(), "mark": ""}
    taken = desk.client.post("/account-list/passwords", base_url=BASE, data=named)
    assert (taken.status_code, 'role="status"' in taken.text) == (400, True)


def test_the_template_as_it_is_handed_out_asks_for_rows_alone(desk: Desk) -> None:
    blank = get(desk.client, "/account-list/template").data
    assert blank[:2] == b"PK"
    assert text("account_list.finding.no_rows") in desk.look(blank).text
    filled = openpyxl.load_workbook(io.BytesIO(get(desk.client, "/account-list/template?schools=1").data))
    rows = list(filled.worksheets[0].iter_rows(min_row=2, values_only=True))
    assert SCHOOL in {str(row[4]) for row in rows}
    assert len(rows) > 1000
    for number in range(2, filled.worksheets[0].max_row + 1):
        filled.worksheets[0].cell(number, 2, "校办")
    stream = io.BytesIO()
    filled.save(stream)
    page = desk.look(stream.getvalue()).text
    assert f"新建{len(rows):,}个账号" in page, page[:6000]


def test_its_example_would_be_understood() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(list_template(CATALOGUE)))["填写示例"]
    roles = {str(row[2]) for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert roles == {"学校督导办", "区县督导人员", "责任区督学", "市级督导人员"}


def test_only_the_administrator_has_the_list(desk: Desk) -> None:
    with pytest.raises(RefusedError):
        create_account(
            desk.app.deps.store,
            CATALOGUE,
            viewer_of(CATALOGUE, present(find_account(desk.app.deps.store, "leader")), must_change=False),
            NewAccount("newone", "某人", "municipal_leader"),
            PASSWORD,
            now(),
        )
    client, token = signed_in(desk.app, "leader")
    for path in ("/account-list", "/account-list/template"):
        assert client.get(path, base_url=BASE).status_code == 403
    for path in ("/account-list", "/account-list/passwords"):
        assert client.post(path, data={"csrf_token": token}, base_url=BASE).status_code == 403


def test_a_drawn_password_is_right_alone() -> None:
    password = draw_password(CATALOGUE, "newone")
    kept = hash_of_drawn(password)
    assert is_right_password(kept, password)
    for wrong in ("", password[:-1], "no account has this password", PASSWORD):
        assert not is_right_password(kept, wrong)


@pytest.mark.parametrize(("count", "rest"), [(500, ""), (501, "其余1处未列出"), (1700, "其余1,200处未列出")])
def test_faults_beyond_what_a_page_holds_are_counted(count: int, rest: str) -> None:
    findings = [ListFinding("refused", "账号名单", f"A{row}", str(row), "needs_scope") for row in range(count)]
    day = date(2026, 11, 23)
    view = ListView(findings, None, "", renews=False, today=day, signed_in=frozenset())
    page = account_list_page(view, Choices([], [], {}, has_provider=False, today=day), "", None, "")
    assert f"名单有{count:,}处须改" in page
    assert page.count("<tr>") + page.count("<tr ") - 1 == min(count, 500)
    assert rest in page
    assert ("未列出" in page) is bool(rest)
