"""The numbers behind the marks of a page's charts are the published ones, and its words say them."""

import re
import shutil
from collections.abc import Callable, Iterator

import duckdb
import pytest

from callbacks.dependencies import Dependencies
from callbacks.rendering.dispatch import page_of
from data.access import LOCAL_VIEWER
from data.catalogue.loader import load_catalogue
from data.settings import Settings
from data.store.engine import open_store
from layouts.charts import svg
from layouts.charts.specification import Band, Bar, Bundle, Chart, Cloud, Line, Mark, Strip
from layouts.markup import Node
from queries.warehouse import Warehouse
from tests.small_demo import UNITS
from tests.stores import NOW

UNIT = "500103"
AUTUMN = 0.75
Draw = Callable[[str], list[Chart]]


@pytest.fixture(scope="module")
def published(
    small_settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[duckdb.DuckDBPyConnection]:
    current = (small_settings.snapshots_folder / "current").read_text().strip()
    copy = tmp_path_factory.mktemp("published") / "copy.duckdb"
    shutil.copy(small_settings.snapshots_folder / current, copy)
    with duckdb.connect(str(copy), read_only=True) as connection:
        yield connection


@pytest.fixture(scope="module")
def draw(small_settings: Settings) -> Iterator[Draw]:
    """Draws a page and gives what its charts say."""
    warehouse = Warehouse(small_settings.snapshots_folder, small_settings.reader_memory)
    deps = Dependencies(warehouse, open_store(small_settings), load_catalogue, lambda: LOCAL_VIEWER, lambda: NOW)
    drawing = svg.drawing
    charts: list[Chart] = []
    by_address: dict[str, list[Chart]] = {}

    def recorded(chart: Chart) -> list[Node]:
        charts.append(chart)
        return drawing(chart)

    def draw(address: str) -> list[Chart]:
        if address not in by_address:  # a page is drawn once and kept
            charts.clear()
            path, _, search = address.partition("?")
            page_of(deps, path, "?" + search if search else "")
            by_address[address] = list(charts)
        return by_address[address]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(svg, "drawing", recorded)
        yield draw


def marks(charts: list[Chart], kind: type[Mark]) -> list[Mark]:
    return [mark for chart in charts for mark in chart.marks if isinstance(mark, kind)]


def lines(charts: list[Chart], look: str) -> list[Line]:
    return [m for m in marks(charts, Line) if isinstance(m, Line) and m.look == look]


def test_the_trend_of_the_city_counts_its_units(draw: Draw, published: duckdb.DuckDBPyConnection) -> None:
    rows = published.execute(
        "select snapshot_date, count(*) filter (verdict = 'met') from unit_status"
        " where basis = 'as_was' and month(snapshot_date) >= 9 group by all order by 1"
    ).fetchall()
    charts = draw("/?basis=as_was&period=2026")
    [counted] = [line for line in lines(charts, "ok") if "实际" in line.label]
    assert [p.y for p in counted.points] == [count for _, count in rows]
    assert [p.words for p in counted.points] == [f"{day.year}年{day.month}月 实际{count}个" for day, count in rows]
    assert [int(p.x) for p in counted.points] == [day.year for day, _ in rows]


def test_the_plan_rises_to_all_units_at_the_end_of_its_phases(draw: Draw, published: duckdb.DuckDBPyConnection) -> None:
    rows = published.execute(
        "select target_year, count(*) from unit_status where period = '2026' and basis = 'as_was'"
        " and target_year is not null group by all order by 1"
    ).fetchall()
    [plan] = lines(draw("/?basis=as_was&period=2026"), "plan")
    total = 0
    for year, count in rows:
        total += count
        assert (year + 1, total) in [(p.x, p.y) for p in plan.points]
    assert plan.points[-1].y == total


def test_lines_and_strips_of_a_unit_are_its_published_cvs(draw: Draw, published: duckdb.DuckDBPyConnection) -> None:
    charts = draw(f"/district/{UNIT}?basis=as_was&period=2026")
    cvs = published.execute(
        "select stage, indicator_code, district_code, cv, cv_limit from unit_cv"
        " where basis = 'as_was' and period = '2026' and cv is not null"
    ).fetchall()
    places = {(stage, code) for stage, code, unit, *_ in cvs if unit == UNIT}
    expected = sorted(
        (sorted(float(cv) for s, c, _, cv, _ in cvs if (s, c) == place), float(cv), float(limit))
        for place in places
        for s, c, unit, cv, limit in cvs
        if (s, c, unit) == (*place, UNIT)
    )
    strips = [m for m in marks(charts, Strip) if isinstance(m, Strip)]
    drawn = sorted((sorted([*m.others, *m.peers, m.value or 0]), m.value or 0, m.limit) for m in strips)
    assert drawn == [(pytest.approx(all_values), pytest.approx(cv), limit) for all_values, cv, limit in expected]
    [largest] = [line for line in (*lines(charts, "ok"), *lines(charts, "fail")) if line.dots == "full"]
    assert largest.points[-1].y in [pytest.approx(cv) for _, cv, _ in expected]


def test_every_unit_is_a_line_of_the_trend_page_with_its_latest_value(draw: Draw) -> None:
    charts = draw("/trend?basis=as_was&period=2026")
    [bundle] = [m for m in marks(charts, Bundle) if isinstance(m, Bundle)]
    reported = [line for line in bundle.lines if line.points]
    assert len(reported) == len(UNITS)
    for line in reported:
        value = next(p.y for p in reversed(line.points) if p.y is not None)
        said = re.fullmatch(r"\S+ 2026年9月 (\d\.\d{3,4})", line.words)
        assert said, line.words
        assert float(said[1]) == pytest.approx(value, abs=0.0005)
    small = [chart for chart in charts if chart.size.fit == "stretched"]
    assert len(small) == len(bundle.lines)
    assert len({(chart.y.low, chart.y.high) for chart in small}) == 1, "small charts are compared with each other"


def test_bubbles_are_all_sections_and_their_shares_are_the_whole(
    draw: Draw, published: duckdb.DuckDBPyConnection
) -> None:
    charts = draw(f"/cv/{UNIT}/primary/L2?basis=as_was&period=2026")
    bubbles = [b for m in marks(charts, Cloud) if isinstance(m, Cloud) for b in m.bubbles]
    rows = published.execute(
        "select section_indicator.pupils, section_indicator.section_value from unit_section"
        " inner join section_indicator using (return_id, stage)"
        " where period = '2026' and unit_section.basis = 'as_was' and district_code = ? and stage = 'primary'"
        " and indicator_code = 'L2' and section_indicator.is_in_scope and section_indicator.section_value is not null",
        [UNIT],
    ).fetchall()
    assert sorted((b.point.x, b.point.y) for b in bubbles) == sorted((float(p), float(v)) for p, v in rows)
    assert sum(b.share for b in bubbles) == pytest.approx(1)
    assert [b.label for b in bubbles if b.label] == [b.label for b in bubbles[-3:]], "the largest are named, and on top"


def test_intervals_of_the_plan_are_the_published_years(draw: Draw, published: duckdb.DuckDBPyConnection) -> None:
    rows = published.execute(
        "select low_year, high_year from unit_status where period = '2026' and basis = 'as_was'"
        " and low_year is not null and progress not in ('met', 'not_reported', 'undecidable')"
    ).fetchall()
    bands = [m for m in marks(draw("/plan?basis=as_was&period=2026"), Band) if isinstance(m, Band)]
    expected = [
        (low + AUTUMN, 2034 if high is None else min(high + AUTUMN, 2034)) for low, high in rows if low + AUTUMN < 2034
    ]
    assert sorted((b.low, b.high) for b in bands) == sorted(expected)


def test_bars_of_the_groups_count_every_unit_once(draw: Draw, published: duckdb.DuckDBPyConnection) -> None:
    count = published.execute("select count(*) from unit_status where period = '2026' and basis = 'as_was'").fetchall()
    bars = [m for m in marks(draw("/league?basis=as_was&period=2026"), Bar) if isinstance(m, Bar)]
    assert [(sum(bar.end - bar.start for bar in bars),)] == count
    for bar in bars:
        assert bar.label in ("", f"{bar.end - bar.start:g}")
