"""The school table (学校基础数据表) of one period, column by column as in the template."""

from __future__ import annotations

from typing import Any

import numpy as np

from data.demo.enrolment import Enrolment
from data.demo.resources import ResourceModel, Resources
from data.demo.roster import (
    AREA_NAMES,
    POINT,
    RURAL,
    SPECIAL,
    TYPE_NAMES,
    URBAN,
    VOCATIONAL,
    Bools,
    Floats,
    Ints,
    Roster,
    build_roster,
)
from data.demo.story import Period, all_periods, all_units, generator, reporting_units, story

Column = list[Any]
STAGE_NAMES = ("小学", "初中", "高中")
CLASS_LIMITS = (45, 50)
TEACHER_ITEMS = ("高于规定学历教师数", "骨干教师数", "体育艺术教师数")
YUAN_PER_PUPIL = (850, 1050)
FLAGS = ("G3", "G5", "G9", "Q4")


class SchoolYear:
    """Everything about the schools of one period, as arrays over the open schools."""

    def __init__(self, city: City, index: int) -> None:
        """Collect pupils, resources and flags of a period."""
        self.period: Period = all_periods()[index]
        self.roster = city.roster
        self.units = city.units_in(self.period)
        self.pupils = city.pupils[index]
        self.resources: Resources = city.resources.year(index, self.units, self.pupils)
        reporting = [unit.code for unit in reporting_units(self.period)]
        codes = np.array([unit.code for unit in all_units()])
        self.unit_codes = codes[self.units]
        self.rows = np.flatnonzero(city.roster.is_open(index) & np.isin(self.unit_codes, reporting))
        self.flags = {item: self.flagged(city, item) for item in FLAGS}

    def flagged(self, city: City, item: str) -> Bools:
        """Mark the schools that spoil a district item, in units that miss it."""
        missed = np.array([item in unit_items for unit_items in city.missed_items(self.period)])
        share = story()["district_items"]["flagged_school_share"]
        draw = city.flag_draws[FLAGS.index(item)].copy()
        draw[np.isin(self.roster.type, [POINT, SPECIAL, VOCATIONAL])] = 1.0
        draw[~np.isin(np.arange(len(draw)), self.rows)] = 1.0
        least = np.ones(len(missed))
        np.minimum.at(least, self.units, draw)
        worst = (draw <= least[self.units]) & (draw < 1.0)
        return missed[self.units] & (worst | (draw < share))


class City:
    """The schools of the city over all periods."""

    def __init__(self) -> None:
        """Build roster, pupils and the resource model."""
        self.roster: Roster = build_roster()
        enrolment = Enrolment(self.roster)
        self.pupils = [enrolment.pupils(index) for index in range(len(all_periods()))]
        typical: Ints = np.max(self.pupils, axis=0)
        self.resources = ResourceModel(self.roster, typical)
        rng = generator(6)
        number = len(self.roster.type)
        self.flag_draws = rng.random((len(FLAGS), number))
        self.traits = rng.random((16, number))
        self.missed_before = earlier_misses()

    def units_in(self, period: Period) -> Ints:
        """Return the unit of each school in a period."""
        before = period.day < story()["boundary_change"]
        return self.roster.unit_before if before else self.roster.unit_after

    def missed_items(self, period: Period) -> list[list[str]]:
        """Return the district items not met, per unit of the catalogue."""
        missed: list[list[str]] = []
        for unit, before in zip(all_units(), self.missed_before, strict=True):
            early = [item for item, until in before.items() if period.position < until]
            missed.append(sorted({*unit.missed_items(), *early}))
        return missed


def earlier_misses() -> list[dict[str, float]]:
    """Draw items that units missed at first, and the moment each was put right."""
    rng = generator(7)
    often = story()["district_items"]["often_missed_before"]
    misses: list[dict[str, float]] = []
    for unit in all_units():
        extra = rng.choice(often, size=int(rng.integers(1, 4)), replace=False).tolist()
        latest = min(unit.complies_from, 7.0)
        misses.append({item: float(rng.uniform(1.0, latest)) for item in extra})
    return misses


def school_table(city: City, year: SchoolYear) -> dict[str, Column]:
    """Return the columns of the template for one period."""
    roster, rows = city.roster, year.rows
    table: dict[str, Column] = {
        "数据期": [year.period.label] * len(rows),
        "区县代码": year.unit_codes[rows].tolist(),
        "学校代码": roster.code[rows].tolist(),
        "学校名称": roster.name[rows].tolist(),
        "办学类型": np.array(TYPE_NAMES)[roster.type[rows]].tolist(),
        "举办者类型": roster.operator[rows].tolist(),
        "城乡类型": np.array(AREA_NAMES)[roster.area[rows]].tolist(),
        "建校年份": roster.founded[rows].tolist(),
        "寄宿制": np.where(roster.boarding[rows], "是", "否").tolist(),
    }
    for stage, name in enumerate(STAGE_NAMES):
        table[f"{name}在校生数"] = present(year.pupils[rows, stage], year.pupils[rows, stage] > 0)
    classes = [class_sizes(city, year, stage) for stage in (0, 1)]
    for position, label in enumerate(("班级数", "最大班额")):
        for stage in (0, 1):
            values = classes[stage][position][rows]
            table[STAGE_NAMES[stage] + label] = present(values, year.pupils[rows, stage] > 0)
    staff = [teachers(city, year, stage) for stage in (0, 1)]
    for label in staff[0]:
        for stage in (0, 1):
            values = staff[stage][label][rows]
            table[STAGE_NAMES[stage] + label] = present(values, year.pupils[rows, stage] > 0)
    table |= goods(city, year, classes[0][0] + classes[1][0])
    return spoil(table, year)


def present(values: Ints, exists: Bools) -> Column:
    """Return values with an empty cell where the school has no such stage."""
    return [value if there else None for value, there in zip(values.tolist(), exists.tolist(), strict=True)]


def class_sizes(city: City, year: SchoolYear, stage: int) -> tuple[Ints, Ints]:
    """Return classes and the largest class of a stage."""
    pupils, limit = year.pupils[:, stage], CLASS_LIMITS[stage]
    usual = np.where(city.roster.area == URBAN, limit - 2, limit - 6)
    usual = np.where(city.roster.area == RURAL, limit - 12, usual)
    number = np.ceil(pupils / usual).astype(np.int64)
    number = np.maximum(number, np.where(pupils > 0, 1, 0))
    mean = np.ceil(pupils / np.maximum(number, 1)).astype(np.int64)
    largest = np.minimum(mean + (city.traits[stage] * 4).astype(np.int64), limit)
    over = limit + 1 + (city.traits[2] * 8).astype(np.int64)
    spoilt = year.flags["G5"] & (mean >= 20)
    largest = np.minimum(np.where(spoilt, over, np.maximum(largest, mean)), pupils)
    return number, largest


def teachers(city: City, year: SchoolYear, stage: int) -> dict[str, Ints]:
    """Return teacher counts of a stage; each part is at most the whole."""
    counted = year.resources.teachers[:, stage].copy()
    pupils = year.pupils[:, stage]
    share = year.period.position / all_periods()[-1].position
    outside = ~year.resources.eligible & (pupils > 0)
    usual = np.ceil(pupils[:, None] * np.array([0.055, 0.012, 0.010]))
    counted = np.where(outside[:, None], usual, counted).astype(np.int64)
    degree = (0.93 + 0.05 * share if stage == 0 else 0.84 + 0.09 * share) - 0.05 * city.traits[3]
    least = np.ceil(pupils / np.where(city.roster.area == RURAL, 15.0, 19.0))
    full = np.ceil(np.maximum(counted[:, 0] / degree, 1.25 * (counted[:, 1] + counted[:, 2])))
    full = np.maximum(full, np.minimum(least, counted[:, 0] * 1.3 + 1)).astype(np.int64)
    senior_titles = np.rint(full * (0.38 + 0.12 * share + 0.1 * city.traits[4])).astype(np.int64)
    late = np.ceil(full * (0.10 + 0.25 * city.traits[5])).astype(np.int64)
    counts = {"专任教师数": full}
    counts |= {name: counted[:, k] for k, name in enumerate(TEACHER_ITEMS)}
    counts |= {
        "中级以上职称教师数": senior_titles,
        "持证教师数": full,
        "培训达标教师数": np.where(year.flags["G9"], np.maximum(full - late, 0), full),
    }
    return counts


def goods(city: City, year: SchoolYear, classes: Ints) -> dict[str, Column]:
    """Return the columns that belong to the whole school."""
    rows, traits, pupils = year.rows, city.traits, year.pupils
    amount = year.resources.goods.copy()
    everyone = pupils.sum(axis=1)
    outside = ~year.resources.eligible
    amount[outside] = np.ceil(everyone[outside, None] * np.array([6.0, 9.0, 2600.0, 0.03]))
    rooms, sports, equipment, multimedia = (amount[:, k] for k in range(4))
    with_hall = (traits[6] < 0.55) & (everyone > 500)
    indoor = np.where(with_hall, np.floor(sports * (0.04 + 0.10 * traits[7])), 0.0)
    needed = np.ceil(classes / 12).astype(np.int64)
    music = needed + (traits[8] < 0.2)
    art = np.where(year.flags["G3"], np.maximum(needed - 1, 0), needed + (traits[9] < 0.15))
    budget = np.rint(pupils[:, :2] @ np.array(YUAN_PER_PUPIL) + pupils[:, 2] * 1400.0)
    budget = np.maximum(budget, 100 * YUAN_PER_PUPIL[0])
    share = 0.0505 + 0.012 * traits[10]
    share[year.flags["Q4"]] = 0.0478 + 0.0018 * traits[10][year.flags["Q4"]]
    computers = np.rint(everyone * (0.10 + 0.09 * traits[11] + 0.005 * year.period.position))
    books = np.rint(everyone * (17 + 16 * traits[12]) + 200)
    return {
        "教学及辅助用房面积": hundredths(rooms + indoor, rows),
        "室内体育用房面积": hundredths(indoor, rows),
        "运动场地面积": hundredths(np.maximum(sports - indoor, 0), rows),
        "教学仪器设备值": rounded(np.ceil(equipment) / 10000, 4, rows),
        "网络多媒体教室数": whole(multimedia, rows),
        "计算机台数": whole(computers, rows),
        "图书册数": whole(books, rows),
        "达标音乐教室数": whole(music, rows),
        "达标美术教室数": whole(art, rows),
        "公用经费预算": hundredths(budget, rows),
        "教师培训经费": hundredths(np.ceil(budget * share), rows),
    }


def hundredths(values: Floats, rows: Ints) -> Column:
    """Return decimals with at most two places."""
    return rounded(values, 2, rows)


def rounded(values: Floats, places: int, rows: Ints) -> Column:
    """Return decimals of the open schools."""
    return np.round(values[rows], places).tolist()


def whole(values: Floats | Ints, rows: Ints) -> Column:
    """Return whole numbers of the open schools."""
    return np.rint(values[rows]).astype(np.int64).tolist()


def spoil(table: dict[str, Column], year: SchoolYear) -> dict[str, Column]:
    """Put in the data-quality trouble of the story: empty cells, and a zero that should not be."""
    trouble, label = story()["trouble"], year.period.label
    rng = generator(8, int(year.period.position * 10))
    number = len(table["数据期"])
    if label in trouble["old_periods"]:
        for _ in range(trouble["old_missing_cells"]):
            names: list[str] = trouble["old_columns"]
            column = table[names[int(rng.integers(len(names)))]]
            column[int(rng.integers(number))] = None
    missing = trouble["missing"]
    if label == missing["period"]:
        unit_rows = [i for i in range(number) if table["区县代码"][i] == missing["unit"]]
        for i in unit_rows[3 : 3 + missing["cells"]]:
            table[missing["column"]][i] = None
    zero = trouble["zero_backbone"]
    if label == zero["period"]:
        short = year.resources.shortage
        failing = short.failing & np.isfinite(short.ratio[:, 1])
        failing_rows = np.flatnonzero(failing[year.rows] & (year.unit_codes[year.rows] == zero["unit"]))
        everyone = year.pupils[year.rows[failing_rows]].sum(axis=1)
        smallest = int(failing_rows[int(everyone.argmin())])
        stage = int(short.stage[year.rows[smallest]])
        table[f"{STAGE_NAMES[stage]}骨干教师数"][smallest] = 0
    return table
