"""The district item table (区县指标表): 25 items, vetoes and the prerequisite."""

from __future__ import annotations

import math
from collections import defaultdict

from data.demo.school_table import City, Column
from data.demo.story import Period, Unit, all_units, generator, reporting_units

ITEMS = (
    *(f"G{n}" for n in range(1, 16)),
    *(f"Q{n}" for n in range(1, 10)),
    "S1",
    *(f"V{n}" for n in range(1, 8)),
    "P1",
)
HEADERS = ("数据期", "区县代码", "项目", "数值", "是否达标", "说明")
MINIMA = {
    "G7": 8000.0,
    "G9": 100.0,
    "G12": 100.0,
    "G14": 50.0,
    "G15": 85.0,
    "Q1": 95.0,
    "Q2": 95.0,
    "Q4": 5.0,
    "S1": 85.0,
}
# Value of a unit that meets the item: lowest and highest, and what the years add in all.
USUAL = {
    "G7": (8000.0, 9200.0, 900.0),
    "G14": (50.0, 62.0, 6.0),
    "G15": (86.5, 95.0, 3.5),
    "Q1": (96.2, 98.6, 1.2),
    "Q2": (95.4, 97.8, 1.8),
    "S1": (85.6, 91.5, 4.5),
}
HIGHEST = {"G7": math.inf}
REASONS = {
    "G3": "部分学校音乐、美术专用教室不足",
    "G4": "个别小学在校生超过2000人",
    "G5": "部分学校有超标准班额",
    "G9": "部分教师培训学时未满",
    "G11": "交流轮岗比例不足",
    "Q4": "部分学校培训经费不足5%",
}
SCHOOL_TABLE_PLACES = 1


def item_table(city: City, period: Period, schools: dict[str, Column]) -> dict[str, Column]:
    """Return the item rows of all units that reported for a period."""
    missed = dict(zip((u.code for u in all_units()), city.missed_items(period), strict=True))
    counted = counted_from_schools(schools)
    table: dict[str, Column] = {header: [] for header in HEADERS}
    for unit in reporting_units(period):
        for item in ITEMS:
            amount = item_amount(unit, item, period, counted[unit.code])
            is_judged_met = item not in missed[unit.code]
            is_met = is_judged_met if amount is None else amount >= MINIMA[item]
            cells = (period.label, unit.code, item, amount, "是" if is_met else "否")
            for header, cell in zip(HEADERS, (*cells, remark(item, is_met)), strict=True):
                table[header].append(cell)
    return table


def remark(item: str, is_met: bool) -> str:
    """Return the short explanation of one row."""
    if item.startswith("V"):
        return "演示：未发生" if is_met else "演示：虚构单位，用于演示一票否决"
    if is_met:
        return "演示"
    return "演示：" + REASONS.get(item, "未达到规定要求")


def item_amount(unit: Unit, item: str, period: Period, counted: dict[str, float]) -> float | None:
    """Return the value of an item; None for an item that is a judgement."""
    if item in counted:
        return counted[item]
    if item not in USUAL:
        return None
    low, high, gain = USUAL[item]
    number = [u.code for u in all_units()].index(unit.code)
    rng = generator(9, number, ITEMS.index(item))
    start = rng.uniform(low, high)
    places = 0 if item == "G7" else 1
    wobble = rng.uniform(-0.02, 0.02, 12)[int(period.position * 1.4)] * gain
    value = start + gain * period.position / 8 + wobble
    return min(max(round(float(value), places), low), HIGHEST.get(item, 100.0))


def counted_from_schools(schools: dict[str, Column]) -> dict[str, dict[str, float]]:
    """Return the items that follow from the school rows: G9, G12 and Q4 (lowest school)."""
    staff: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    lowest: dict[str, float] = defaultdict(lambda: math.inf)
    for stage in ("小学", "初中"):
        columns = (f"{stage}{name}" for name in ("专任教师数", "培训达标教师数", "持证教师数"))
        for code, *numbers in zip(schools["区县代码"], *(schools[c] for c in columns), strict=True):
            for place, number in enumerate(numbers):
                staff[code][place] += number or 0
    spending = zip(schools["区县代码"], schools["公用经费预算"], schools["教师培训经费"], strict=True)
    for code, budget, training in spending:
        lowest[code] = min(lowest[code], 100 * training / budget)
    return {
        code: {
            "G9": floor_to(100 * trained / full, SCHOOL_TABLE_PLACES),
            "G12": floor_to(100 * certified / full, SCHOOL_TABLE_PLACES),
            "Q4": floor_to(lowest[code], 2),
        }
        for code, (full, trained, certified) in staff.items()
    }


def floor_to(value: float, places: int) -> float:
    """Round down, so that 99.96 % never reads as 100 %."""
    return math.floor(value * 10**places + 1e-9) / 10**places
