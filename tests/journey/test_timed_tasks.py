"""The timed tasks of a leader from `/`, each counted in clicks and seconds, each with its one answer.

Task 8 is the laboratory's. Of the others `test_drill_down`, `test_supervision` and `test_meeting` look at what stands
there more closely.
"""

import csv
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from time import monotonic

import pytest
from docx import Document
from playwright.sync_api import Browser, Locator, Page, expect

from data.access import LOCAL_VIEWER
from data.catalogue.loader import load_catalogue
from data.settings import Settings
from data.store import meetings
from data.store.engine import open_store
from data.store.monitoring import follow_publication
from data.warehouse.publish import publish
from queries.common_dimensions import periods
from queries.overview import unit_cv, unit_status
from queries.reader import Snapshot
from queries.warehouse import Warehouse
from tests.journey.conftest import VIEWPORT
from tests.present import present
from tests.serving import served
from tests.small_demo import AT, copied, import_sources

SECONDS = 5.0
"""For all answers of a task that are a click away; on a machine that does nothing else it is below one."""
YUZHONG, YOUYANG = "500103", "500242"


class Walk:
    """A task of who looks for one answer: how many clicks and keys, and how long."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.steps = page, 0
        page.goto(address)
        page.wait_for_selector("body.live")
        page.wait_for_function("() => window.oversightShown")
        self._started = monotonic()

    def click(self, place: Locator) -> None:
        self.steps += 1
        place.click()

    def press(self, key: str) -> None:
        self.steps += 1
        self.page.keyboard.press(key)

    def ends(self, most: int) -> None:
        """The answer stands there."""
        taken = monotonic() - self._started
        assert self.steps <= most
        assert taken < SECONDS, f"{taken:.1f} s"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=VIEWPORT, locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    context.close()


def heading(page: Page) -> Locator:
    return page.locator("#page-root h1")


def test_1_how_many_comply_and_who_is_overdue(server: str, page: Page, snapshot: Snapshot) -> None:
    walk = Walk(page, f"{server}/")
    units = unit_status(snapshot, periods(snapshot)[-1].period, "as_was")
    met = sum(u.progress == "met" for u in units)
    overdue = [u.short_name for u in units if u.progress == "overdue"]
    expect(heading(page)).to_contain_text(f"{met}个达标")
    said = page.locator("#page-root .sub").first
    expect(said).to_contain_text(f"{len(overdue)}个逾期")
    for name in overdue:
        expect(said).to_contain_text(name)
    walk.ends(most=0)


def test_2_a_unit_on_the_map(server: str, page: Page) -> None:
    walk = Walk(page, f"{server}/")
    walk.click(page.locator(f"svg.map a.unit[data-district='{YUZHONG}']").first)
    expect(heading(page)).to_contain_text("渝中区")
    walk.ends(most=1)


def test_3_the_failing_items_of_a_unit_with_their_gaps(server: str, page: Page, snapshot: Snapshot) -> None:
    walk = Walk(page, f"{server}/")
    walk.click(page.locator(f"#page-root a[data-tile][data-district='{YOUYANG}']"))
    expect(heading(page)).to_contain_text("酉阳")
    walk.click(page.locator("#page-root .sub a").first)
    unit = next(u for u in unit_status(snapshot, periods(snapshot)[-1].period, "as_was") if u.district_code == YOUYANG)
    expect(page.locator("#district-items h2")).to_contain_text(f"未达标{unit.failed_count}项")
    expect(page.locator("#district-bill .bill-row").first).to_be_visible()
    walk.ends(most=2)


def test_4_why_a_school_fails_an_indicator_down_to_its_row(server: str, page: Page) -> None:
    walk = Walk(page, f"{server}/")
    walk.click(page.locator("#overview-actions a.act", has_text="酉阳").first)
    walk.click(page.locator("#district-schools .heat-mini tbody th a").first)
    walk.click(page.locator("#school-sections tbody tr:has(.t-unmet) a").first)
    expect(page.locator("#proof .proof")).to_contain_text(re.compile(r"2026\.csv，工作表.+，第\d+行，列"))
    walk.ends(most=4)


def test_5_what_fails_and_got_worse(server: str, page: Page, snapshot: Snapshot) -> None:
    """From the overview it took a click to the matrix and one to its legend."""
    walk = Walk(page, f"{server}/")
    walk.click(page.locator("#overview-worst a", has_text="未达标又变差"))
    red = {
        (c.district_code, c.indicator_code)
        for c in unit_cv(snapshot, periods(snapshot)[-1].period, "as_was")
        if c.is_within_limit is False and c.change_kind == "worse"
    }
    bright = page.locator("#page-root .matrix.filtered tbody td[data-why]:not(.dim):not(.num)")
    expect(bright).to_have_count(len(red))
    walk.ends(most=1)


def test_6_the_schools_that_make_a_cv(server: str, page: Page) -> None:
    walk = Walk(page, f"{server}/")
    walk.click(page.locator("#overview-worst tbody tr").first.locator("td.num a"))
    expect(page.locator("#cv-plot .share-dot.first")).to_have_count(3)
    shares = page.locator("#cv-shares tbody tr td:nth-child(5)").all_inner_texts()
    values = [float(share.rstrip("%")) for share in shares[:3]]
    assert values == sorted(values, reverse=True)
    walk.ends(most=2)


def test_7_who_misses_a_target_at_the_present_pace(server: str, page: Page, snapshot: Snapshot) -> None:
    walk = Walk(page, f"{server}/")
    walk.click(page.locator("#page-root .nav").get_by_role("link", name="规划进度"))
    units = unit_status(snapshot, periods(snapshot)[-1].period, "as_was")
    late = [u.short_name for u in units if u.target_year == 2028 and u.progress == "late"]
    rows = page.locator(".plan-board tbody").nth(1).locator("tr.strong")
    expect(rows).to_have_count(len(late))
    assert sorted(row.locator("th").inner_text().strip() for row in rows.all()) == sorted(late)
    walk.ends(most=1)


def test_9_the_overdue_issues_of_a_unit(server: str, page: Page) -> None:
    walk = Walk(page, f"{server}/")
    walk.click(page.locator("#page-root .nav").get_by_role("link", name="问题台账"))
    counted = page.locator("#ledger-overdue tr", has_text="酉阳").first
    count = present(re.search(r"(\d+)条", counted.inner_text()))[1]
    walk.click(counted.locator("th a"))
    expect(page.locator("#ledger-table h2")).to_have_text(f"须督办的{count}条逾期问题")
    expect(page.locator("#ledger-table tbody tr")).to_have_count(int(count))
    walk.ends(most=2)


def test_10_the_view_on_the_wall_with_its_filter(server: str, page: Page) -> None:
    walk = Walk(page, f"{server}/?district={YOUYANG}")
    sentence = heading(page).inner_text()
    walk.press("f")
    expect(page.locator("#page-root .slide.on h1")).to_be_visible()
    expect(page.locator("#slide-filters")).to_contain_text("酉阳")
    assert "酉阳" in sentence
    walk.ends(most=1)


def test_11_the_brief_of_a_unit(server: str, page: Page) -> None:
    walk = Walk(page, f"{server}/")
    walk.click(page.locator(f"#page-root a[data-tile][data-district='{YOUYANG}']"))
    expect(heading(page)).to_contain_text("酉阳")
    shown = heading(page).inner_text()
    with page.expect_download() as download:
        walk.click(page.locator("#overview-actions button[data-kind=docx]"))
    words = "".join(p.text for p in Document(str(Path(download.value.path()))).paragraphs)
    (total, met) = present(re.search(r"(\d+)项达标(\d+)项", shown)).groups()
    assert f"{total}项中{met}项达标" in words
    walk.ends(most=2)


@pytest.fixture
def held(small_settings: Settings, tmp_path: Path) -> Iterator[tuple[str, Settings, str]]:
    """A server, and a meeting that was held on the figures of its day."""
    settings = copied(small_settings, tmp_path)
    store, now = open_store(settings), AT.replace(tzinfo=None)
    follow_publication(settings, load_catalogue(), now)
    frozen = Warehouse(settings.snapshots_folder, settings.reader_memory).current().info.snapshot_id
    code = meetings.create_meeting(store, LOCAL_VIEWER, "上次会议", AT.date(), frozen, now)
    with served(settings, workers=1) as address:
        yield address, settings, f"snapshot={frozen}&meeting={code}"


def hand_in_more_rooms(settings: Settings) -> None:
    """Every school gets many rooms with screens; the figures that follow are published."""
    source = settings.var_folder / "sources" / "学校基础数据表_2026.csv"
    with source.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        row["网络多媒体教室数"] = str(5 * int(row["网络多媒体教室数"] or 0) + 5)
    with source.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    import_sources(settings, [source])
    publish(settings, AT + timedelta(days=1))


def figures(page: Page) -> str:
    """Every figure of the overview, as printed."""
    page.wait_for_function("() => window.oversightShown")
    return "".join(page.locator("#overview-answer, #overview-gaps, #overview-worst").all_inner_texts())


def test_12_the_figures_of_the_last_meeting_after_an_import(held: tuple[str, Settings, str], page: Page) -> None:
    address, settings, pinned = held
    page.goto(f"{address}/?{pinned}")
    then = figures(page)
    assert "多媒体教室" in then
    hand_in_more_rooms(settings)
    walk = Walk(page, f"{address}/")
    assert "多媒体教室" not in figures(page)
    walk.click(page.locator("#page-root .nav").get_by_role("link", name="会议"))
    walk.click(page.locator("#meeting-list td a", has_text="当时的数字").first)
    expect(page.locator("#page-root .pinned")).to_contain_text("会议版本：数字截至")
    page.wait_for_function("() => window.oversightShown.page === 'overview'")
    assert figures(page) == then
    walk.ends(most=2)
