"""The schools of the demonstration: who exists when, in which unit, of which type and size."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.demo.story import DATA, Unit, all_periods, all_units, generator, read_table, story

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Texts = NDArray[np.str_]

TYPE_NAMES = (
    "小学",
    "初级中学",
    "九年一贯制学校",
    "十二年一贯制学校",
    "完全中学",
    "教学点",
    "特殊教育学校",
    "职业学校",
)
PRIMARY, JUNIOR, NINE, TWELVE, COMPLETE, POINT, SPECIAL, VOCATIONAL = range(8)
AREA_NAMES = ("城区", "镇区", "乡村")
URBAN, TOWN, RURAL = range(3)
NAME_ENDINGS = ("小学", "初级中学", "学校", "实验学校", "中学", "教学点", "特殊教育学校", "职业学校")
DIGITS = "零一二三四五六七八九"
NEVER = 99
YEARBOOK_RENAMED = {"万盛": "P50WS1"}


@dataclass
class Roster:
    """One entry per school that exists in at least one period."""

    code: Texts
    name: Texts
    unit_before: Ints
    unit_after: Ints
    type: Ints
    area: Ints
    operator: Ints
    founded: Ints
    boarding: Bools
    opened: Ints
    closed: Ints
    size: Floats
    growth: Floats
    neighbour: Ints

    def is_open(self, period_index: int) -> Bools:
        """Tell which schools exist in a period."""
        return (self.opened <= period_index) & (period_index < self.closed)


def build_roster() -> Roster:
    """Draw the schools of the city."""
    rng = generator(1)
    units = all_units()
    counts = school_counts(units)
    parts = [unit_schools(rng, index, unit, counts[index]) for index, unit in enumerate(units)]
    joined = {key: np.concatenate([part[key] for part in parts]) for key in parts[0]}
    number = len(joined["type"])
    before, kind, area = joined["unit"], joined["type"], joined["area"]
    group_growth = np.array([story()["groups"][unit.group]["yearly_growth"] for unit in units])
    growth = group_growth[before] + np.array([0.012, 0.0, -0.03])[area]
    growth = growth + rng.normal(0, 0.012, number)
    opened, closed = life_spans(rng, joined)
    period_years = np.array([period.day.year for period in all_periods()])
    founded = rng.integers(1938, 2016, number)
    founded = np.where(opened > 0, period_years[np.minimum(opened, len(period_years) - 1)], founded)
    private = np.array([story()["groups"][unit.group]["private_share"] for unit in units])
    is_private = rng.random(number) < private[before] * np.where(kind == TWELVE, 8, 1)
    is_private &= ~np.isin(kind, [POINT, SPECIAL, VOCATIONAL]) & (area != RURAL)
    operator = np.where(is_private, 10, np.where(rng.random(number) < 0.01, 5, 7))
    boarding_share = np.where(area == URBAN, 0.04, np.where(area == RURAL, 0.5, 0.35))
    boarding_share = boarding_share * np.where(kind == PRIMARY, 0.5, 1.3) * (kind != POINT)
    return Roster(
        code=joined["code"],
        name=joined["name"],
        unit_before=before,
        unit_after=successor_units(rng, before, area),
        type=kind,
        area=area,
        operator=operator,
        founded=founded,
        boarding=rng.random(number) < boarding_share,
        opened=opened,
        closed=closed,
        size=joined["size"],
        growth=growth,
        neighbour=neighbours(joined, opened, closed),
    )


def primary_weights(units: tuple[Unit, ...]) -> Floats:
    """Return relative primary pupils: public 2007 yearbook rows × growth, or an invented row."""
    path = DATA / "public_cases" / "cq_yearbook_2007_enrolment.csv"
    by_name: dict[str, float] = {}
    for row in read_table(path):
        name = row["region"].removesuffix("区").removesuffix("县")
        by_name[YEARBOOK_RENAMED.get(name, name)] = float(row["primary"]) / 1000
    by_name["大足"] += by_name["双桥"]
    return np.array(
        [
            by_name[unit.code if unit.code in by_name else unit.short_name] * unit.plot["growth"]
            if "growth" in unit.plot
            else float(unit.plot.get("relative", 0.0))
            for unit in units
        ]
    )


def school_counts(units: tuple[Unit, ...]) -> Ints:
    """Return schools per unit: the latest public figure, or in proportion to pupils."""
    public: dict[str, tuple[str, int]] = {}
    for row in read_table(DATA / "public_cases" / "cq_district_scale.csv"):
        entry = (row["as_of"], int(row["schools_in_scope"]))
        name = row["district"].removesuffix("区")
        public[name] = max(public.get(name, entry), entry)
    means = np.array([story()["groups"][unit.group]["mean_school"] for unit in units])
    rough = primary_weights(units) / means
    known = np.array([public.get(unit.short_name, ("", 0))[1] for unit in units])
    free = story()["roster"]["schools"] - known.sum()
    rest = np.where(known > 0, 0.0, rough)
    counts = np.where(known > 0, known, np.rint(rest / rest.sum() * free))
    return counts.astype(np.int64)


def unit_schools(rng: np.random.Generator, index: int, unit: Unit, count: int) -> dict[str, NDArray[Any]]:
    """Draw type, area and size of the schools of one unit."""
    plot, tuning = story()["groups"][unit.group], story()
    shares = np.array([plot["kinds"].get(name, 0.0) for name in TYPE_NAMES])
    exact = np.floor(np.cumsum(shares / shares.sum()) * count + 1e-9).astype(int)
    kind = np.repeat(np.arange(8), np.diff(exact, prepend=0))
    area_shares = np.array([plot["areas"][name] for name in AREA_NAMES])
    area = rng.choice(3, len(kind), p=area_shares)
    area[(kind == COMPLETE) & (area == RURAL)] = TOWN
    area[kind == POINT] = RURAL
    if count:
        special = [SPECIAL]
        if index % tuning["roster"]["vocational_every"] == 0:
            special.append(VOCATIONAL)
        kind = np.concatenate([kind, special])
        area = np.concatenate([area, np.full(len(special), URBAN)])
    size = np.exp(rng.normal(0, tuning["roster"]["size_sigma"], len(kind)))
    codes = np.array([f"S{unit.code}-{i + 1:03d}" for i in range(len(kind))], dtype="U16")
    serial = np.zeros(len(kind), dtype=int)
    for value in range(8):
        chosen = kind == value
        serial[chosen] = np.arange(1, chosen.sum() + 1)
    names = [
        f"{unit.short_name}示例{'' if k >= SPECIAL else '第' + numeral(int(n))}{NAME_ENDINGS[k]}"
        for k, n in zip(kind.tolist(), serial, strict=True)
    ]
    return {
        "code": codes,
        "name": np.array(names, dtype="U24"),
        "unit": np.full(len(kind), index),
        "type": kind,
        "area": area,
        "size": size,
    }


def numeral(number: int) -> str:
    """Write a number below 1000 in Chinese numerals."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    head = DIGITS[hundreds] + "百" if hundreds else ""
    if tens:
        head += ("" if tens == 1 and not hundreds else DIGITS[tens]) + "十"
    elif hundreds and ones:
        head += "零"
    return head + (DIGITS[ones] if ones else "")


def life_spans(rng: np.random.Generator, schools: dict[str, NDArray[Any]]) -> tuple[Ints, Ints]:
    """Draw the first period and the first period after closing of each school."""
    tuning = story()["roster"]
    kind, area = schools["type"], schools["area"]
    autumns = np.array([i for i, p in enumerate(all_periods()) if i and "-" not in p.label])
    number = len(kind)
    small = (area == RURAL) & np.isin(kind, [PRIMARY, POINT, NINE]) & (schools["size"] < 1.0)
    share = np.where(kind == NINE, 0.4, 1.0) * tuning["closing_share"] * 4
    closes = small & (rng.random(number) < share)
    closed = np.where(closes, rng.choice(autumns, number), NEVER)
    new = (area == URBAN) & np.isin(kind, [PRIMARY, JUNIOR, NINE])
    opens = new & (rng.random(number) < tuning["opening_share"] * 2)
    opened = np.where(opens, rng.choice(autumns[:-1], number), 0)
    return opened, closed


def neighbours(schools: dict[str, NDArray[Any]], opened: Ints, closed: Ints) -> Ints:
    """Choose for each closing school the school that takes over its pupils."""
    stays = (closed == NEVER) & (opened == 0) & np.isin(schools["type"], [PRIMARY, NINE])
    successors = np.arange(len(stays))
    for school in np.flatnonzero(closed != NEVER):
        near = np.flatnonzero(stays & (schools["unit"] == schools["unit"][school]))
        successors[school] = near[np.argmin(np.abs(near - school))]
    return successors


def successor_units(rng: np.random.Generator, before: Ints, area: Ints) -> Ints:
    """Give each school its unit after the boundary change of 2025-11-06."""
    tuning = story()["roster"]
    place = {unit.code: index for index, unit in enumerate(all_units())}
    draw = rng.random(len(before))
    after = before.copy()
    liangjiang = place["P50LJ2"]
    after[np.isin(before, [place["500105"], place["P50LJ1"], place["500112"]])] = liangjiang
    yubei = before == place["500112"]
    rank = np.where(yubei, np.where(area == URBAN, 1.0, 0.0) + draw, np.inf)
    towns = np.argsort(rank)[: round(tuning["towns_to_beibei"] * int(yubei.sum()))]
    after[towns] = place["500109"]
    beibei = before == place["500109"]
    after[beibei & (draw < tuning["beibei_to_liangjiang"])] = liangjiang
    gaoxin = before == place["P50GX1"]
    to_shapingba = draw < tuning["gaoxin_to_shapingba"]
    after[gaoxin] = np.where(to_shapingba, place["500106"], place["500107"])[gaoxin]
    after[before == place["P50WS1"]] = place["500110"]
    return after
