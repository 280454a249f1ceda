"""The publication step between the rules: from forecast_part and forecast_request to the results.

Makes three relations. forecast_result: per request dates, chance, weights, `chances` by the
autumns ahead (0 is the autumn itself). forecast_item_result: the same of each counted item.
forecast_check: how many counts of unmet items that were foretold in earlier autumns came to lie
inside their 80 % interval, and what the intervals claimed. The method: data/forecasting.
"""

from typing import Any

import duckdb
import numpy as np
import pandas as pd

from data.forecasting.checks import Check, count_checks
from data.forecasting.forecast import HIGH, LOW, MIDDLE, Forecast, Settings, first_at, forecasts
from data.forecasting.panel import UNKNOWN, Panel, Real

DECIMALS = 4
RESULT = {
    "period": "varchar",
    "basis": "varchar",
    "district_code": "varchar",
    "is_kept": "boolean",
    "has_chance": "boolean",
    "panel_points": "integer",
    "horizon_year": "integer",
    "low_year": "integer",
    "middle_year": "integer",
    "high_year": "integer",
    "chance": "double",
    "slowest_item": "varchar",
    "slowest_chance": "double",
    "weight_pace": "double",
    "weight_closing": "double",
    "weight_parts": "double",
    "draws": "integer",
    "seed": "bigint",
    "chances": "double[]",
}
ITEM = {
    "period": "varchar",
    "basis": "varchar",
    "district_code": "varchar",
    "item_code": "varchar",
    "is_met": "boolean",
    "low_year": "integer",
    "middle_year": "integer",
    "high_year": "integer",
    "chance": "double",
}
CHECK = {
    "autumn": "integer",
    "foretold_in": "integer",
    "foretold_count": "integer",
    "inside_count": "integer",
    "claimed_share": "double",
}


def make_forecasts(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the three relations, empty where too little is known to forecast anything."""
    parts = connection.execute("select * from forecast_part").df()
    requests = connection.execute("select * from forecast_request").df()
    settings = _settings(connection)
    results: list[dict[str, Any]] = []
    items: list[dict[str, Any]] = []
    checks: list[Check] = []
    parts = parts[parts["amount"].notna() | (parts["part"] == "item")]
    if len(parts):
        panel, units, codes = panel_of(parts)
        forecasts_by_autumn = forecasts(panel, settings)
        checks = count_checks(panel, forecasts_by_autumn)
        of = panel, units, codes
        for row in requests.to_dict("records"):
            request = {str(name): value for name, value in row.items()}
            _answer(request, of, forecasts_by_autumn, settings, results, items)
    _create(connection, "forecast_result", RESULT, results)
    _create(connection, "forecast_item_result", ITEM, items)
    _create(connection, "forecast_check", CHECK, [vars(c) for c in checks])


def _settings(connection: duckdb.DuckDBPyConnection) -> Settings:
    rows = connection.execute(
        "select parameter_code, value from cat_parameters where parameter_code like 'forecast_%'"
    ).fetchall()
    value = {str(code).removeprefix("forecast_"): v for code, v in rows}
    return Settings(
        seed=int(value["seed"]),
        draws=int(value["draws"]),
        draws_of_many=int(value["draws_of_many"]),
        horizon=int(value["horizon"]),
        weight_floor=float(value["weight_floor"]),
        least_for_interval=int(value["points_for_dates"]),
        least_for_chance=int(value["points_for_chances"]),
    )


def panel_of(parts: pd.DataFrame) -> tuple[Panel, dict[tuple[str, Any], int], list[str]]:
    """The panel of the rows of forecast_part, the place of each unit in it, and its items."""
    unit_index = pd.MultiIndex.from_frame(parts[["district_code", "boundary_on"]])
    place, unique = unit_index.factorize(sort=True)
    names = [f"{code}/{day:%Y-%m-%d}" for code, day in unique]
    first, last = int(parts["autumn"].min()), int(parts["autumn"].max())
    autumns = last - first + 1
    codes = sorted(parts["item_code"].unique())
    item = parts["item_code"].map({c: n for n, c in enumerate(codes)}).to_numpy()
    autumn = (parts["autumn"] - first).to_numpy()
    kind, amount = parts["part"].to_numpy(), parts["amount"].to_numpy()
    unmet = np.full((len(names), len(codes), autumns), UNKNOWN, dtype=np.int16)
    is_item = kind == "item"
    unmet[place[is_item], item[is_item], autumn[is_item]] = np.where(
        np.isnan(amount[is_item]), UNKNOWN, np.nan_to_num(amount[is_item])
    )
    short_items = np.unique(item[kind == "sections"]).astype(np.intp)
    short = np.full((len(names), len(short_items), autumns), UNKNOWN, dtype=np.int16)
    is_section = kind == "sections"
    short[place[is_section], np.searchsorted(short_items, item[is_section]), autumn[is_section]] = amount[is_section]
    series = sorted({(i, k) for i, k in zip(item, kind, strict=True) if k.startswith("cv_")})
    distances = np.full((len(names), len(series), autumns), np.nan)
    for number, (code, name) in enumerate(series):
        is_series = (kind == name) & (item == code)
        distances[place[is_series], number, autumn[is_series]] = amount[is_series]
    panel = Panel(
        tuple(names), first, unmet, distances, np.array([i for i, _ in series], dtype=np.intp), short, short_items
    )
    return panel, {(str(c), d): n for n, (c, d) in enumerate(unique)}, codes


def _answer(
    request: dict[str, Any],
    of: tuple[Panel, dict[tuple[str, Any], int], list[str]],
    forecasts_by_autumn: dict[int, Forecast],
    settings: Settings,
    results: list[dict[str, Any]],
    items: list[dict[str, Any]],
) -> None:
    """Add the rows of one request; none where the panel or the unit's items are not known."""
    panel, units, codes = of
    unit = units.get((request["district_code"], request["boundary_on"]))
    if pd.isna(request["autumn"]) or unit is None:
        return
    autumn = int(request["autumn"]) - panel.first_year
    points = int(panel.known_autumns[: autumn + 1].sum())
    key = {name: request[name] for name in ("period", "basis", "district_code")}
    forecast = forecasts_by_autumn.get(autumn)
    if forecast is None:
        if points >= settings.least_for_interval and forecasts_by_autumn:
            results.append({**key, "is_kept": False})
        return
    place = int(np.searchsorted(forecast.origin.units, unit))
    if place == len(forecast.origin.units) or forecast.origin.units[place] != unit:
        return
    year, has_chance = int(request["autumn"]), points >= settings.least_for_chance
    chance: Real = forecast.chance[place].round(DECIMALS)
    item_chance: Real = forecast.item_chance[place].round(DECIMALS)
    ahead = None if pd.isna(request["target_year"]) else int(request["target_year"]) - year
    by_target = None if ahead is None or ahead < 0 else min(ahead, settings.horizon)
    open_now = panel.unmet[unit, :, autumn] == 1
    at_target: Real = item_chance[settings.horizon if by_target is None else by_target]
    slowest = min(
        np.flatnonzero(open_now).tolist(), key=lambda i: (float(at_target[i]), float(item_chance[:, i].sum()), codes[i])
    )
    results.append(
        {
            **key,
            "is_kept": True,
            "has_chance": has_chance,
            "panel_points": points,
            "horizon_year": year + settings.horizon,
            **_years(chance, year),
            "chance": None if by_target is None else chance[by_target],
            "slowest_item": codes[slowest],
            "slowest_chance": None if by_target is None else item_chance[by_target, slowest],
            **{
                f"weight_{name}": round(float(w), DECIMALS)
                for name, w in zip(("pace", "closing", "parts"), forecast.weights[place], strict=True)
            },
            "draws": forecast.origin.draws,
            "seed": settings.seed,
            "chances": chance.tolist(),
        }
    )
    for number in np.flatnonzero(open_now):
        autumn_chance = item_chance[:, number]
        items.append(
            {
                **key,
                "item_code": codes[number],
                "is_met": False,
                **_years(autumn_chance, year),
                "chance": None if by_target is None or not has_chance else autumn_chance[by_target],
            }
        )


def _years(chance: Real, year: int) -> dict[str, int | None]:
    """The autumns by which the chance is one, five and nine in ten; None beyond the horizon."""
    autumns = {
        name: int(first_at(chance[None], level)[0])
        for name, level in (("low", LOW), ("middle", MIDDLE), ("high", HIGH))
    }
    return {f"{name}_year": None if n < 0 else year + n for name, n in autumns.items()}


def _create(
    connection: duckdb.DuckDBPyConnection, name: str, types: dict[str, str], rows: list[dict[str, Any]]
) -> None:
    columns = ", ".join(f"{column} {kind}" for column, kind in types.items())
    connection.execute(f"create or replace table {name} ({columns})")
    if not rows:
        return
    frame = pd.DataFrame({c: pd.Series([r.get(c) for r in rows], dtype=object) for c in types})
    connection.register("forecast_rows", frame)
    picked = ", ".join(f"cast({c} as {kind}) as {c}" for c, kind in types.items())
    connection.execute(f"insert into {name} select {picked} from forecast_rows")  # noqa: S608
    connection.unregister("forecast_rows")
