"""The administrator's desk: rows of the catalogue changed from a date, seen ahead, released by a second person, taken back."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import Browser, Page, expect

from data.catalogue.desk import DESK_TABLES
from data.store import audit
from data.store.catalogue_change import changes, find_change
from data.store.engine import open_store
from data.text import text
from tests.present import present
from tests.shipped.catalogue_desk import REASON, SOURCE, asked, publish
from tests.shipped.front_door import FrontDoor, Tab

ROUNDS, AT_ONCE = 12, 6
"""A page is asked so often, by so many at once, that every worker (of four threads) has answered it."""
LONG = 60_000


def propose(page: Page, row: str, **cells: str) -> None:
    """Choose the row by the words of its link, fill in the form and keep the proposal."""
    page.get_by_role("link", name=text("catalogue.row.change_of", row=row), exact=True).first.click()
    form = page.locator("form.desk-form")
    for label, value in cells.items():
        form.get_by_label(label, exact=True).fill(value)
    form.get_by_label(text("catalogue.source")).fill(SOURCE)
    form.get_by_label(text("catalogue.reason")).fill(REASON)
    form.get_by_role("button", name=text("catalogue.propose")).click()
    page.wait_for_url(re.compile(r"/catalogue/changes/\d+$"))


def number_of(page: Page) -> int:
    return int(page.url.rpartition("/")[2])


def press(page: Page, name: str) -> None:
    """Press a button that leaves the page, once it is there; the page renews itself until then."""
    page.get_by_role("button", name=name, exact=True).click(timeout=LONG)
    page.wait_for_load_state()


def released_by(second: Tab, number: int) -> None:
    page = second.open(f"/catalogue/changes/{number}")
    press(page, text("catalogue.release"))
    expect(page.get_by_text(text("catalogue.state.released"), exact=True)).to_be_visible()


def take_back(first: Tab, second: Tab, number: int) -> None:
    page = first.open(f"/catalogue/changes/{number}")
    page.locator("summary", has_text=text("catalogue.take_back")).click()
    page.get_by_label(text("catalogue.reason")).fill("办公会决定撤销")
    press(page, text("catalogue.take_back"))
    page.wait_for_url(re.compile(rf"/catalogue/changes/(?!{number}$)\d+$"))
    released_by(second, number_of(page))


@pytest.fixture
def desk(shipped: FrontDoor, browser: Browser) -> Iterator[tuple[Tab, Tab]]:
    """A tab of who proposes and one of who releases; what they released is no more in force afterwards."""
    first, second = shipped.tab(browser, "administrator"), shipped.tab(browser, "second")
    yield first, second
    left = [c for c in changes(open_store(shipped.settings)) if c.state == "released" and c.takes_back is None]
    for change in left:
        take_back(first, second, change.change_id)
    first.close()
    second.close()


def shown_everywhere(shipped: FrontDoor, who: str, path: str, words: str, *, is_there: bool = True) -> None:
    """Whoever asks, at once and again, is shown the words, or nobody is: both workers answer."""

    def ask(_: int) -> bool:
        client = shipped.anonymous()
        client.cookies.update(shipped.client(who).cookies)
        return words in client.get(shipped.address + path, allow_redirects=False).text

    shipped.client(who)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(ask, range(ROUNDS)))
    assert set(answers) == {is_there}, (path, words)


FAILING = """
select short_name from unit_status inner join unit_cv using (period, basis, district_code)
where basis = 'as_was' and period = '2026' and unit_cv.indicator_code = 'L2' and stage = 'primary'
and cv > 0.4 and cv <= cv_limit
"""
OF_ITEM = """
select short_name from unit_status inner join unit_item using (period, basis, district_code)
where basis = 'as_was' and period = '2026' and item_code = 'L2' and unit_item.is_met
"""
MET = "select short_name, verdict from unit_status where basis = 'as_was' order by period, district_code"
LIMIT = "select cv_limit from cat_cv_limits where indicator_code = 'L2' and stage = 'primary' order by valid_from"


def test_a_limit_is_lowered_from_a_date_and_taken_back(shipped: FrontDoor, desk: tuple[Tab, Tab]) -> None:
    first, second = desk
    verdicts = asked(shipped, MET)
    flipping = {str(u) for (u,) in asked(shipped, FAILING)} & {str(u) for (u,) in asked(shipped, OF_ITEM)}
    assert flipping, "the demonstration has units between the two limits"
    page = first.open("/catalogue/cv_limits")
    propose(page, "优质均衡 骨干教师 小学", 上限="0.40", 生效日="2026-01-01")
    number = number_of(page)
    band = page.locator(".simulation")
    expect(band).to_be_visible(timeout=LONG)
    expect(band.locator(".sim-band")).to_contain_text(text("catalogue.effect.band"))
    (said,) = [s for s in band.locator("li").all_inner_texts() if s.startswith("骨干教师：")]
    named = said.partition("达标：")[2].rstrip("。").split("、")
    assert set(named) == flipping
    assert f"{len(flipping)}个区县由达标转未达标" in said
    expect(page.get_by_role("button", name=text("catalogue.release"), exact=True)).to_have_count(0)
    shown_everywhere(shipped, "city", "/method", "0.40", is_there=False)
    released_by(second, number)
    shown_everywhere(shipped, "city", "/method", "0.40")
    assert asked(shipped, MET) == verdicts  # a publication judges, a release does not
    publish(shipped)
    assert [str(v) for (v,) in asked(shipped, LIMIT)] == ["0.5000", "0.4000"]
    failing_now = {str(u) for (u,) in asked(shipped, OF_ITEM)}
    assert not failing_now & flipping
    take_back(first, second, number)
    publish(shipped)
    assert asked(shipped, MET) == verdicts
    shown_everywhere(shipped, "city", "/method", "0.40", is_there=False)
    store = open_store(shipped.settings)
    acts = [
        e.row.action for e in audit.entries(store, action="", before=None, most=60) if e.subject_kind == "catalogue"
    ]
    assert acts[:5] == ["take_back", "release", "propose_taking_back", "release", "propose"]
    assert audit.check_chain(store).first_broken is None


OTHERS = [
    ("plan_phases", "整体推进", {"简称": "整体期"}, ("city", "/plan", "整体期")),
    ("warning_rules", "整改逾期", {"预警线": "20", "生效日": "2026-01-01"}, ("city", "/warn", "20天")),
    (
        "deadlines",
        "报送：数据期日后多少天内报齐",
        {"数值": "70", "生效日": "2016-01-01"},
        ("city", "/data?period=2026", "2026年12月9日"),
    ),
    ("districts", "南川区", {"名称": "南川新区"}, ("city", "/data?period=2026", "南川新区")),
    ("inspector_kinds", "责任区督学", {"名称": "片区督学"}, ("city", "/rounds", "片区督学")),
]


JUDGED = ("plan_phases", "warning_rules")
"""Tables whose rows show once a publication judged by them."""


@pytest.mark.parametrize(("table", "row", "cells", "seen"), OTHERS, ids=[o[0] for o in OTHERS])
def test_what_an_office_changes_without_a_shell(
    shipped: FrontDoor, desk: tuple[Tab, Tab], table: str, row: str, cells: dict[str, str], seen: tuple[str, str, str]
) -> None:
    first, second = desk
    who, path, words = seen
    page = first.open(f"/catalogue/{table}")
    shown_everywhere(shipped, who, path, words, is_there=False)
    propose(page, row, **cells)
    number = number_of(page)
    expect(page.get_by_text(text("catalogue.second_person"))).to_be_visible()
    released_by(second, number)
    change = present(find_change(open_store(shipped.settings), number))
    assert change.effect, "what it changes is kept with it"
    if table in JUDGED:
        assert text("publications.catalogue_waits") in shipped.get("city", "/data").text
        publish(shipped)
    shown_everywhere(shipped, who, path, words)
    assert first.open("/catalogue").get_by_text(row).count() >= 1
    take_back(first, second, number)
    if table in JUDGED:
        publish(shipped)
        assert text("publications.catalogue_waits") not in shipped.get("city", "/data").text
    shown_everywhere(shipped, who, path, words, is_there=False)


def test_words_on_screen_are_changed_for_everybody(shipped: FrontDoor, desk: tuple[Tab, Tab]) -> None:
    first, second = desk
    page = first.open("/catalogue/words")
    page.get_by_label(text("catalogue.search_words")).fill("监测预警")
    page.get_by_role("button", name=text("catalogue.search")).click()
    propose(page, "监测预警", 文字="预警研判")
    expect(page.get_by_text(text("catalogue.effect.no_rule")).first).to_be_visible()
    number = number_of(page)
    released_by(second, number)
    word = present(find_change(open_store(shipped.settings), number)).cells["word_key"]
    assert word.startswith("navigation"), word
    shown_everywhere(shipped, "leader", "/plan", "预警研判")
    take_back(first, second, number)
    shown_everywhere(shipped, "leader", "/plan", "预警研判", is_there=False)


def test_every_table_of_the_desk_has_rows_and_words(shipped: FrontDoor) -> None:
    for table in DESK_TABLES:
        shown = shipped.get("administrator", f"/catalogue/{table.code}")
        assert shown.status_code == 200, table.code
        assert text(f"catalogue.table.{table.code}") in shown.text
