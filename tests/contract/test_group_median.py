"""The median of a group is that of the units it had on each day, whichever period is shown."""

import csv
import shutil
from collections.abc import Iterator
from datetime import date
from statistics import median

import duckdb
import pytest

from callbacks.dependencies import Dependencies
from data.catalogue.loader import FOLDER
from data.settings import Settings
from data.text import text
from layouts import formatting
from tests.one_fact.surfaces import Asked

UNITS = ("500103", "500109")
"""渝中 and 北碚: their group had eleven units until November 2025 and has eight since."""
WITHOUT_CHANGE = "500242"


@pytest.fixture(scope="module")
def published(demo_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    current = (demo_settings.snapshots_folder / "current").read_text().strip()
    own = tmp_path_factory.mktemp("published") / "copy.duckdb"
    shutil.copy(demo_settings.snapshots_folder / current, own)
    with duckdb.connect(str(own), read_only=True) as connection:
        yield connection


def _expected(published: duckdb.DuckDBPyConnection, group: str, until: date) -> dict[str, str]:
    """The medians of a group by period, from the catalogue's own rows and the published CVs."""
    with (FOLDER / "districts.csv").open(encoding="utf-8", newline="") as stream:
        codes = [row["district_code"] for row in csv.DictReader(stream) if row["group_code"] == group]
    days: dict[date, list[float]] = {}
    for day, cv in published.execute(
        "select snapshot_date, cv from unit_cv where basis = 'as_was' and stage = 'primary'"
        " and indicator_code = 'L7' and cv is not null and snapshot_date <= ? and list_contains(?, district_code)",
        [until, codes],
    ).fetchall():
        days.setdefault(day, []).append(cv)
    return {formatting.month(day): f"{median(values):.3f}" for day, values in sorted(days.items())}


def _printed(deps: Dependencies, unit: str, period: str) -> dict[str, str]:
    page = Asked(deps, period, "as_was", unit).page("/trend", "&stage=primary&indicator=L7")
    [(days, values)] = [
        (table.rows[0][1:], row[1:]) for table in page.tables for row in table.rows if row[0] == text("trend.col_peer")
    ]
    return dict(zip(days, values, strict=True))


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("period", ["2025", "2026"])
def test_a_median_counts_the_units_of_its_day(
    deps: Dependencies, published: duckdb.DuckDBPyConnection, unit: str, period: str
) -> None:
    """2024年9月 was 0.336 in the page of 2026, of units that are there now, and 0.360 in that of 2025."""
    assert _printed(deps, unit, period) == _expected(published, "central_city", date(int(period), 9, 30))


def test_a_units_own_page_says_the_same_median_of_a_day_in_every_period(deps: Dependencies) -> None:
    group = text("district.trend_group", group="中心城区")
    before, now = (
        {row[0]: row[2] for row in Asked(deps, period, "as_was", "500109").page("/district/500109").rows(group)}
        for period in ("2025", "2026")
    )
    assert before.items() <= now.items()
    assert before


@pytest.mark.parametrize("path", ["/trend", "/district/{unit}"])
def test_no_line_of_a_median_is_drawn_across_a_change_of_its_units(deps: Dependencies, path: str) -> None:
    def says(unit: str) -> bool:
        return text("trend.break_some") in Asked(deps, "2026", "as_was", unit).page(path.format(unit=unit)).plain

    assert says(UNITS[0])
    assert not says(WITHOUT_CHANGE)
