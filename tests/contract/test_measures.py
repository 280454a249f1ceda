"""What the trend shows is called what it is, and its axis is in the unit of its values."""

import re
from decimal import Decimal

import flask
import pytest

from callbacks.dependencies import Dependencies
from callbacks.files import export
from tests.one_fact.surfaces import Asked, content_of, xlsx_cells

STATES = [("2026", "as_was", "500109"), ("2025", "current", "P50LJ2"), ("2026-03", "as_was", "500238")]


@pytest.mark.parametrize(("period", "basis", "unit"), STATES)
def test_the_share_of_sections_is_of_a_stage_not_of_an_item(
    deps: Dependencies, period: str, basis: str, unit: str
) -> None:
    """`初中运动场馆小学部、初中部达标占比 76.9%`: 20 of 26 comply in all items, 24 in this one."""
    asked = Asked(deps, period, basis, unit)
    share = next(row[3] for row in asked.forms["表Ⅱ-1"] if row[0] == "初中")
    page = asked.page("/trend", "&measure=share&stage=junior&indicator=L5")
    assert f"初中部达标占比{share}%" in page.heading.replace(" ", "")
    assert "运动场馆小学部" not in page.plain


def axis(page_html: str) -> list[str]:
    return re.findall(r">([\d.,]+%?)</text>", page_html)


def test_an_axis_of_shares_is_in_percent_and_ends_at_all(deps: Dependencies) -> None:
    """`0.90 1.10` beside `90.2%`."""
    words = axis(Asked(deps, "2026", "as_was", "500109").page("/trend", "&measure=share").html)
    shares = [float(w.rstrip("%")) for w in words if w.endswith("%")]
    assert max(shares) <= 100
    assert min(shares) >= 10
    assert not [w for w in words if re.fullmatch(r"[01]\.\d+", w)]


def test_an_axis_of_nothing_owed_has_no_millionths(deps: Dependencies) -> None:
    """`0.0000000 0.0000005` people."""
    page = Asked(deps, "2019", "current", "500109").page("/trend", "&measure=gap")
    assert "0.00000" not in page.plain


@pytest.mark.parametrize(("period", "basis", "unit"), STATES)
@pytest.mark.parametrize("stage", ["primary", "junior"])
def test_a_file_has_the_median_amount_of_the_page(
    deps: Dependencies, period: str, basis: str, unit: str, stage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`9,888㎡` on the page, `9,887.5㎡` in its file: an amount of whole steps has no half."""
    monkeypatch.setattr(export, "check_rate_limit", lambda *_: None)
    for item in ("L1", "L5", "L7"):
        search = f"&measure=gap&stage={stage}&indicator={item}"
        line = next(r for r in Asked(deps, period, basis, unit).page("/trend", search).rows("2018年9月"))
        with flask.Flask(__name__).test_request_context():
            (file,) = export.export_page(
                deps, {"kind": "xlsx"}, "/trend", Asked(deps, period, basis, unit).own + search
            )
        assert isinstance(file, dict)
        cells = next(r for rows in xlsx_cells(content_of(file)).values() for r in rows if r[0] == line[0])
        whole = [(c, p) for c, p in zip(cells[1:], line[1:], strict=True) if "万" not in p]
        assert whole
        assert all(c == p for c, p in whole), (item, whole)


def test_a_change_names_the_item_that_is_taken_apart(deps: Dependencies) -> None:
    """`区县均值由15.200到15.561` below `小学部达标占比`, which is of all items."""
    for measure in ("share", "gap", "mean", "cv"):
        page = Asked(deps, "2025", "current", "500238").page("/trend", f"&measure={measure}&stage=primary&indicator=L5")
        assert re.search(r"小学运动场馆区县均值由[\d.]+（2024年9月）", page.plain), measure
        assert re.search(r"小学运动场馆差异系数由[\d.]+（2024年9月）", page.plain), measure


def test_a_direction_is_not_said_to_need_a_change_every_year(deps: Dependencies) -> None:
    """`2年上升0.02` of 1.64, 1.661 and 1.660 below `须逐年同向`: a year without a change is not against it."""
    page = Asked(deps, "2025", "current", "500238").page("/trend", "&measure=mean&stage=junior&indicator=L2")
    assert "2年上升" in page.heading
    assert "逐年同向" not in page.plain
    assert "其间没有一年反向" in page.plain


def test_of_a_group_the_largest_of_its_own_units_is_taken_apart(deps: Dependencies) -> None:
    """`酉阳（最大）` under 中心城区, in an item that is 酉阳's largest and none of the group's."""
    city = Asked(deps, "2026", "as_was")
    groups = {u.group_code for u in city.rows.units}
    assert len(groups) == 4
    for group in groups:
        asked = Asked(deps, "2026", "as_was", group=group)
        known = [c for c in asked.rows.cvs if c.district_code in asked.rows.scoped_codes and c.limit_ratio is not None]
        largest = max(known, key=lambda c: c.limit_ratio or 0)
        name = next(u.short_name for u in asked.rows.units if u.district_code == largest.district_code)
        page = asked.page("/trend")
        assert set(re.findall(r"\|(\w+)（最大）", page.words)) <= {name}, group
        assert (
            f"{'小学' if largest.stage == 'primary' else '初中'}{asked.rows.indicator_names[largest.indicator_code]}差异系数"
            in page.heading
        )


def test_a_pace_along_a_line_is_not_said_to_be_the_chance_to_be_in_time(deps: Dependencies) -> None:
    """秀山 was 按计划, and below it 要按期达标，差异系数须缩小得更快: 1.3倍."""
    asked = Asked(deps, "2026", "as_was", group="southeast")
    page = asked.page("/plan")
    named = {row[0] for row in page.rows("现有速度 → 需要速度")}
    on_plan = {u.short_name for u in asked.rows.scoped if u.progress == "on_plan"}
    assert named & on_plan
    assert "要按期达标，差异系数须缩小得更快" not in page.plain
    assert "直线没有算进别处的经验：按计划的区县也会列出" in page.plain


def plain_number(words: str) -> Decimal:
    return Decimal(words.replace(",", "").rstrip("%"))


def digits_after_the_point(words: str) -> int:
    return len(words.rstrip("%").partition(".")[2])


@pytest.mark.parametrize("stage", ["primary", "junior"])
@pytest.mark.parametrize(("year", "unit"), [(2026, "500242"), (2025, "500242"), (2025, "500109"), (2025, "500238")])
def test_a_direction_agrees_with_the_two_values_of_its_table(
    deps: Dependencies, year: int, unit: str, stage: str
) -> None:
    """`2年上升0.03` above 1.30 and 1.32: a size of the digits of its table is the difference of its table."""
    said = 0
    for measure in ("mean", "share"):
        for item in ("L2", "L4", "L5", "L6", "L7"):
            search = f"&measure={measure}&stage={stage}&indicator={item}"
            page = Asked(deps, str(year), "as_was", unit).page("/trend", search)
            size = re.search(r"2年(?:上升|下降)([\d,.]+)", page.heading)
            if size is None:
                continue
            table = page.table(f"{year}年9月")
            assert table is not None
            own = dict(zip(table.rows[0], table.rows[-1], strict=True))
            first, last = (own[f"{y}年9月"] for y in (year - 2, year))
            shown = abs(plain_number(last) - plain_number(first))
            has_more_digits = digits_after_the_point(size[1]) > digits_after_the_point(last)
            assert plain_number(size[1]) == shown or has_more_digits, (search, size[0], first, last)
            said += 1
    assert said
