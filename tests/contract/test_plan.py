"""The plan page's figures against the published futures and an independent reading of the returns."""

import re
import shutil
from collections.abc import Iterator

import duckdb
import pytest

from app import create_app
from callbacks.dependencies import Dependencies
from data.catalogue.loader import load_catalogue
from data.catalogue.tables import Parameter
from data.printing import of_ten, tenths
from data.settings import Settings
from data.warehouse.forecasts import panel_of
from layouts.parts.forecast import chance_words, date_sentence
from queries import common_dimensions, overview, plan
from queries.reader import Snapshot
from tests.one_fact.surfaces import Asked


@pytest.fixture(scope="module")
def published(demo_settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The relations themselves, from a copy: the program holds the file with its own settings."""
    current = (demo_settings.snapshots_folder / "current").read_text().strip()
    own = tmp_path_factory.mktemp("published") / "copy.duckdb"
    shutil.copy(demo_settings.snapshots_folder / current, own)
    with duckdb.connect(str(own), read_only=True) as connection:
        yield connection


def test_a_unit_is_never_likelier_than_any_of_its_items(published: duckdb.DuckDBPyConnection) -> None:
    rows = published.execute(
        "select u.chance, u.slowest_chance, u.slowest_item, i.item_code, i.chance, d.is_met"
        " from unit_forecast as u inner join forecast_item_result as i using (period, basis, district_code)"
        " inner join district_item as d using (period, basis, district_code, item_code) where u.chance is not null"
    ).fetchall()
    assert len(rows) > 300
    for chance, slowest, slowest_item, item, item_chance, is_met in rows:
        assert chance <= item_chance, item
        if is_met is not True:
            assert slowest <= item_chance, (slowest_item, item)
        assert item != slowest_item or is_met is not True, item
    assert any(is_met for *_, is_met in rows), "in spring some of what the autumn lacked is there"


def test_every_unit_has_one_state_and_a_chance_only_where_it_is_projected(published: duckdb.DuckDBPyConnection) -> None:
    rows = published.execute(
        "select f.*, p.progress, v.verdict, v.failed_count from unit_forecast as f"
        " inner join plan_progress as p using (period, basis, district_code)"
        " inner join district_verdict as v using (period, basis, district_code)"
    ).df()
    assert len(rows) == len(rows[["period", "basis", "district_code"]].drop_duplicates())
    projected = rows["forecast_state"].isin(["projected", "not_converging"])
    assert rows.loc[~projected, "chance"].isna().all()
    dated = projected | (rows["forecast_state"] == "dates_only")
    assert rows.loc[~dated, ["low_year", "middle_year", "high_year"]].isna().all(axis=None)
    assert (rows.loc[rows["forecast_state"] == "met", "failed_count"] == 0).all()
    late = rows[rows["progress"] == "late"]
    assert len(late) > 20
    assert (late["chance"] <= 0.2).all()
    assert (rows.loc[rows["progress"] == "on_plan", "chance"] >= 0.5).all()
    between = rows.loc[rows["progress"] == "uncertain", "chance"]
    assert ((between > 0.2) & (between < 0.5)).all()
    missing = rows[rows["forecast_state"].isin(["not_reported", "boundary_changed"])]
    assert not missing["progress"].isin(["late", "on_plan", "uncertain"]).any()


def test_a_unit_within_new_boundaries_is_not_projected_before_its_first_autumn(snapshot: Snapshot) -> None:
    """北碚 lost 水土 and others on 2025-11-06: March 2026 has no comparable autumn, 2026 has one."""
    of = {p: {u.district_code: u for u in overview.unit_status(snapshot, p, "as_was")} for p in ("2026-03", "2026")}
    assert of["2026-03"]["500109"].forecast_state == "boundary_changed"
    assert of["2026"]["500109"].forecast_state == "projected"
    assert of["2026"]["500109"].is_citywide_pace
    assert of["2026"]["500238"].forecast_state == "not_reported"


def test_the_chance_of_the_target_is_that_of_the_last_return_in_the_target_year(
    published: duckdb.DuckDBPyConnection,
) -> None:
    """A target met only by the return after it is not met in time."""
    rows = published.execute(
        "select chance, chances, target_year - forecast_autumn, is_due from unit_forecast where chance is not null"
    ).fetchall()
    assert len(rows) > 60
    for chance, chances, ahead, is_due in rows:
        assert not is_due or ahead >= 0
        assert chance == chances[ahead]
        assert chances == sorted(chances)
        assert chances[0] == 0


def test_the_panel_holds_what_the_verdicts_say(snapshot: Snapshot, published: duckdb.DuckDBPyConnection) -> None:
    """Counts of unmet items per autumn, read from the panel and from the verdict history."""
    parts = published.execute("select * from forecast_part").df()
    shuffled = parts.sample(frac=1, random_state=1)
    panel, units, _ = panel_of(shuffled)
    compared = 0
    for row in overview.verdict_history(snapshot, "as_was"):
        if row.snapshot_date.month < 9 or row.undecidable_count:
            continue
        places = [n for (code, _), n in units.items() if code == row.district_code]
        autumn = row.snapshot_date.year - panel.first_year
        counts = {int(panel.counts[n, autumn]) for n in places} - {-1}
        assert counts == {row.item_count - row.met_count}
        compared += 1
    assert compared > 300
    again, _, _ = panel_of(parts)
    assert (again.unmet == panel.unmet).all()
    assert again.codes == panel.codes


def test_earlier_counts_lie_inside_their_intervals(snapshot: Snapshot, published: duckdb.DuckDBPyConnection) -> None:
    check = plan.forecast_check(snapshot, "2026")
    assert check.foretold_count > 250
    assert check.inside_count / check.foretold_count >= 0.78
    assert plan.forecast_check(snapshot, "2022").foretold_count == 0
    assert published.execute("select min(foretold_in) from forecast_check").fetchall() == [(2022,)]


def test_frequencies_are_tenths_and_never_decimals() -> None:
    assert [tenths(c) for c in (0, 0.049, 0.05, 0.14, 0.16, 0.5, 0.94, 0.951, 1)] == [0, 0, 1, 1, 2, 5, 9, 10, 10]
    assert chance_words(0.287, ()) == "10个里约3个"
    assert chance_words(0.01, ()) == "不到5%"
    assert chance_words(0.97, ()) == "95%以上"
    steps = [tenths(n / 1000) for n in range(1001)]
    assert steps == sorted(steps)


def test_the_words_of_a_chance_never_hide_on_which_side_of_a_line_it_lies() -> None:
    """0.545 and 0.477 read the same words, one on plan and one uncertain; so did 0.204 and 0.168."""
    lines = (0.2, 0.5)
    said = {c: chance_words(c, lines) for c in (0.545, 0.5, 0.477, 0.204, 0.2, 0.168, 0.44, 0.56)}
    assert list(said.values()) == [
        "10个里5个多",
        "10个里5个",
        "10个里不到5个",
        "10个里2个多",
        "10个里2个",
        "10个里不到2个",
        "10个里约4个",
        "10个里约6个",
    ]
    assert chance_words(0.23, (0.25,)) == "10个里约2个"
    assert chance_words(0.21, (0.22,)) == "10个里不到2.2个"
    order = {"below": -1, "exactly": 0, "about": 0, "above": 1, "hardly": 0, "nearly": 0}
    steps = [of_ten(n / 1000, lines) for n in range(1001)]
    places = [(float(s.count), order[s.kind]) for s in steps]
    assert places == sorted(places)


@pytest.mark.parametrize("period", ["2026", "2026-03", "2025"])
def test_equal_words_of_a_chance_mean_equal_states(deps: Dependencies, period: str) -> None:
    """And a warning is given by the words of its rule."""
    for basis in ("as_was", "current"):
        a = Asked(deps, period, basis)
        known = [
            (u, chance_words(u.chance, a.rows.chance_lines))
            for u in a.rows.units
            if u.chance is not None and u.progress in ("on_plan", "uncertain", "late")
        ]
        states: dict[str, set[str]] = {}
        for unit, words in known:
            states.setdefault(words, set()).add(unit.progress)
        assert len(states) > 1
        assert all(len(found) == 1 for found in states.values()), states


def test_a_chance_before_the_low_year_is_said_only_where_one_is_possible(
    deps: Dependencies, published: duckdb.DuckDBPyConnection
) -> None:
    """`早于2027年的机会约十分之一` stood where 2027 is the first autumn to come: the chance is 0."""
    futures = {
        code: (autumn, chances)
        for code, autumn, chances in published.execute(
            "select district_code, forecast_autumn, chances from unit_forecast"
            " where period = '2026' and basis = 'as_was' and low_year is not null"
        ).fetchall()
    }
    rows = Asked(deps, "2026", "as_was").rows
    kinds: set[tuple[bool, bool]] = set()
    for unit in rows.units:
        if unit.district_code not in futures:
            continue
        autumn, chances = futures[unit.district_code]
        words, low = date_sentence(unit), unit.low_year
        assert low is not None
        before = chances[low - 1 - autumn]
        assert before < 0.1
        is_first = low - autumn == 1
        assert (f"最早{low}年秋季" in words) == is_first, unit.short_name
        assert not (is_first and before)
        if unit.high_year is not None:
            assert 1 - chances[unit.high_year - autumn] <= 0.1
            assert f"晚于{unit.high_year}年的" in words
            assert words.endswith(("不超过十分之一", "主要依据全市速度）"))
            assert is_first or f"早于{low}年的机会不到十分之一" in words
        assert "约十分之一" not in words
        kinds.add((is_first, unit.high_year is None))
    assert len(kinds) > 2
    table = Asked(deps, "2026", "as_was", "500101").page("/plan").rows("各项何时达标")
    assert any(row[3].startswith("早于") for row in table)
    for code in (u.district_code for u in rows.units if u.chance is not None):
        for row in Asked(deps, "2026", "as_was", code).page("/plan").rows("各项何时达标"):
            assert "早于2027年" not in row[3], (code, row)


def test_headline_board_slide_and_warning_say_the_same_chance(demo_settings: Settings, snapshot: Snapshot) -> None:
    client = create_app(demo_settings).server.test_client()
    units = overview.unit_status(snapshot, "2026", "as_was")
    told = [(u, u.chance) for u in units if u.chance is not None][:6]
    assert len(told) == 6
    lines = common_dimensions.chance_lines(snapshot, "2026")
    assert lines == (0.2, 0.5)
    for unit, chance in told:
        said = chance_words(chance, lines)
        words = f"到{unit.target_year}年秋季，{said}能全部达标"
        for path in (f"/plan?district={unit.district_code}", f"/district/{unit.district_code}"):
            assert words in client.get(path).text, (path, unit.name)
        slide = client.get(f"/?mode=meeting&district={unit.district_code}").text
        assert said in slide
        warned = f"到{unit.target_year}年秋季全部达标：{said}"
        page = client.get(f"/warn?district={unit.district_code}").text
        assert (warned in page) == (chance <= 0.2), unit.name


def test_what_is_not_projected_has_a_reason_and_no_number(demo_settings: Settings) -> None:
    client = create_app(demo_settings).server.test_client()
    silent = {
        "/plan?district=500238": "本期未报送，不推算",
        "/plan?district=500109&period=2026-03": "边界变更后还没有秋季数据，不推算",
        "/plan?district=500117&period=2019": "全市秋季数据期不足5个，不推算",
    }
    for path, reason in silent.items():
        page = client.get(path).text
        assert reason in page, path
        words = re.sub(r"<(script|style).*?</\1>", "", page, flags=re.S)
        assert "10个里" not in words
        assert "不收敛" not in words
        assert 'class="range' not in words, path
        assert not re.search(r"概率\d", words)


def test_how_it_is_made_and_what_it_cannot_know_stand_on_the_page(demo_settings: Settings) -> None:
    page = create_app(demo_settings).server.test_client().get("/plan").text
    assert "怎么算的" in page
    assert "任何区间都会失准" in page
    assert "现在还证明不了" in page
    assert re.search(r"往年同法推算1至4年后的未达标项数：\d+次中\d+次落在区间内", page)


def test_what_an_office_may_choose_is_in_the_catalogue() -> None:
    codes = {p.parameter_code for p in load_catalogue().rows(Parameter)}
    assert {
        "forecast_draws",
        "forecast_draws_of_many",
        "forecast_horizon",
        "forecast_seed",
        "forecast_weight_floor",
        "forecast_points_for_dates",
        "forecast_points_for_chances",
        "forecast_on_plan",
        "forecast_behind",
    } <= codes


def test_every_unmet_item_of_a_unit_has_a_row(demo_settings: Settings) -> None:
    client = create_app(demo_settings).server.test_client()
    words = client.get("/plan?district=500242").text
    assert "10项未达标，各项何时达标" in words
    assert words.count("按认定") >= 2
    assert "各项何时达标" not in client.get("/plan").text


def test_passive_progress_is_counted_apart_and_agrees_with_the_returns(
    demo_settings: Settings, snapshot: Snapshot, published: duckdb.DuckDBPyConnection
) -> None:
    """万州: every section cell of consecutive autumns, compared in plain Python."""
    rows = published.execute(
        "select s.school_code, s.stage, c.indicator_code, year(s.snapshot_date), c.is_met, c.pupils,"
        " c.section_total * cast(c.factor as double) from unit_section as s"
        " inner join section_indicator as c using (return_id, stage)"
        " where s.district_code = '500101' and s.basis = 'as_was' and month(s.snapshot_date) >= 9"
        " and c.is_in_scope and c.regime = 'quality_balanced'"
    ).fetchall()
    cells = {r[:4]: r[4:] for r in rows}
    closed = passive = 0
    for (school, stage, indicator, year), (is_met, pupils, amount) in cells.items():
        before = cells.get((school, stage, indicator, year - 1))
        if before is None or before[0] is not False or not is_met:
            continue
        closed += 1
        passive += amount <= before[2] and pupils < before[1]
    found = plan.passive_closings(snapshot, "2026", "as_was", "500101")
    assert (found.closed_count, found.passive_count) == (closed, passive)
    assert 0 < passive < closed
    page = create_app(demo_settings).server.test_client().get("/plan?district=500101").text
    assert f"补上的{closed}处短缺中，{passive}处是因学生减少而达标" in page
