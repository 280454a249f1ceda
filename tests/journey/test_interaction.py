"""What a click, a key, a link and a slow or failing server do."""

import re

import pytest
from playwright.sync_api import Browser, expect

from data.text import text
from tests.journey.conftest import Watched


@pytest.mark.parametrize(
    ("period", "code", "name"),
    [
        ("2026", "500103", "渝中区"),
        ("2026", "P50LJ2", "两江新区"),
        ("2024", "500103", "渝中区"),
        ("2024", "P50LJ1", "两江新区"),
        ("2024", "500105", "江北区"),
    ],
)
def test_small_units_are_one_click_and_one_key(
    server: str, watched: Watched, period: str, code: str, name: str
) -> None:
    page = watched.page
    start = f"{server}/?period={period}"
    inset = f".map g[clip-path] a[data-district='{code}']"
    for choose in ("click", "key"):
        watched.open(start)
        if page.locator(inset).count() and choose == "click":
            box = page.locator(f"{inset} use").bounding_box()
            label = page.locator(".labels text", has_text=name[:2]).last.bounding_box()
            assert box is not None
            assert label is not None
            page.mouse.click(label["x"] + label["width"] / 2, label["y"] + label["height"] / 2)
        else:
            tile = page.locator(f"#page-root a[data-tile][data-district='{code}']")
            tile.focus()
            page.keyboard.press("Enter")
        expect(page.locator("h1")).to_contain_text(name)
        page.wait_for_url(f"**district={code}*")  # the address follows the picture


def test_old_units_before_the_change_new_units_after_it(server: str, watched: Watched) -> None:
    page = watched.page
    watched.open(server + "/?period=2025")
    expect(page.locator("h1")).to_contain_text("41个区县")
    assert page.locator("#page-root a[data-tile][data-district='500112']").count() == 1
    page.locator("#page-root [data-period-dot][aria-label='2026年3月']").click()
    expect(page.locator("h1")).to_contain_text("37个区县")
    assert page.locator("#page-root a[data-tile][data-district='500112']").count() == 0
    expect(page.locator("#page-root .page-source")).to_contain_text("示意边界")


def test_state_survives_reload_back_and_sharing(server: str, watched: Watched, browser: Browser) -> None:
    page = watched.page
    watched.open(server + "/")
    page.select_option("#page-root select[name=indicator]", label="L5 运动场馆")
    expect(page.locator("h1")).to_contain_text("运动场馆")
    page.select_option("#page-root select[name=stage]", label=text("stage.junior"))
    expect(page.locator("h1")).to_contain_text("初中运动场馆")
    page.wait_for_url("**stage=junior*")
    headline = page.locator("h1").inner_text()
    page.reload()
    page.wait_for_selector("body.live")
    assert page.locator("#page-root h1").inner_text() == headline
    other = browser.new_page()
    other.goto(page.url)
    other.wait_for_selector("body.live")
    assert other.locator("#page-root h1").inner_text() == headline
    other.close()
    page.go_back()
    expect(page.locator("#page-root h1")).not_to_contain_text("初中")


def test_district_narrows_every_panel_and_the_title(server: str, watched: Watched) -> None:
    page = watched.page
    watched.open(server + "/")
    page.locator("#page-root a[data-tile][data-district='500242']").click()
    expect(page.locator("h1")).to_contain_text("酉阳")
    for panel in ("map", "actions", "trend-title", "worst", "gaps"):
        expect(page.locator(f"#overview-{panel} h2").first).to_contain_text("酉阳")
    expect(page).to_have_title(re.compile("酉阳"))
    expect(page.locator("#overview-trend")).to_contain_text("上限")


def test_boundary_change_is_a_break_in_the_trend(server: str, watched: Watched) -> None:
    watched.open(server + "/?district=500109")
    expect(watched.page.locator("#overview-trend")).to_contain_text("边界变更")


def test_legend_filters_and_an_empty_choice_says_so(server: str, watched: Watched) -> None:
    page = watched.page
    watched.open(server + "/")
    page.locator("#page-root .legend a", has_text="已逾期").click()
    expect(page.locator("#page-root .strip-tile.faded").nth(20)).to_be_attached()
    watched.open(server + "/?level=veto")
    expect(page.locator("#page-root .notice")).to_contain_text("没有符合条件的区县")


def test_play_moves_through_the_periods(server: str, watched: Watched) -> None:
    page = watched.page
    watched.open(server + "/?period=2025")
    page.locator("#page-root button.play").click()
    expect(page.locator("h1")).to_contain_text("37个区县", timeout=5000)
    page.wait_for_url(server + "/", timeout=5000)


def test_league_sorts_within_groups_and_opens_a_row(server: str, watched: Watched) -> None:
    page = watched.page
    watched.open(server + "/league?grouping=verdict")
    page.wait_for_selector(".ag-row .group-row")
    page.locator(".ag-header-cell[col-id=pupils] .ag-header-cell-label").click()
    page.wait_for_timeout(400)
    rows = page.evaluate(
        """[...document.querySelectorAll('.ag-row')].sort((a, b) => a.getAttribute('row-index')
        - b.getAttribute('row-index')).map((r) => Boolean(r.querySelector('.group-row')))"""
    )
    assert rows[0] is True
    page.locator(".ag-row[row-id='500103'] .ag-cell[col-id=pupils]").first.click()
    expect(page.locator("h1")).to_contain_text("渝中区")
    assert "AG Grid" not in "".join(watched.errors)


def test_grid_library_is_loaded_on_the_league_only(server: str, watched: Watched) -> None:
    watched.open(server + "/")
    assert not [a for a in watched.addresses if "ag_grid" in a or "dash_table" in a]


def test_a_chart_is_there_at_once_and_alive_when_pointed_at(server: str, watched: Watched) -> None:
    page = watched.page
    watched.open(server + "/?district=500103")
    chart = page.locator("#overview-trend .figure")
    expect(chart.locator(".still")).to_contain_text("上限0.50")
    assert not [a for a in watched.addresses if "plotly" in a]
    chart.hover()
    expect(chart.locator(".live-figure .main-svg").first).to_be_visible()
    expect(chart.locator(".live-figure")).to_contain_text("上限0.50")
    assert [a for a in watched.addresses if "plotly-basic" in a]
    assert not [a for a in watched.addresses if "async-plotlyjs" in a]
    page.locator("#page-root a[data-tile]").first.click()
    expect(chart.locator(".live-figure")).to_have_count(0)  # another figure begins as a still


def test_unknown_address_and_unknown_value_say_so(server: str, watched: Watched) -> None:
    watched.open(server + "/nowhere")
    expect(watched.page.locator("#page-root .notice")).to_contain_text(text("state.not_found"))
    watched.open(server + "/?period=1066")
    expect(watched.page.locator("#page-root .problem")).to_contain_text("数据期")


def test_a_failed_update_keeps_the_picture_and_says_so(server: str, watched: Watched) -> None:
    page = watched.page
    watched.open(server + "/")
    page.route("**/_dash-update-component*", lambda route: route.fulfill(status=500, body="{}"))
    before = page.locator("#page-root h1").inner_text()
    page.select_option("#page-root select[name=stage]", label=text("stage.junior"))
    expect(page.locator("#page-root #update-error")).to_be_visible()
    assert page.locator("#page-root h1").inner_text() == before
