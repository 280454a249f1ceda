"""Two fictional units that show what a veto looks like; never part of the usual demonstration."""

from __future__ import annotations

from data.demo.district_items import HEADERS, ITEMS, MINIMA, remark
from data.demo.school_table import Column
from data.demo.story import all_periods

VETOES = {"X50001": "V3", "X50002": "V6"}
NAMES = {"X50001": "示例甲区", "X50002": "示例乙县"}
SCHOOLS = {"X50001": 12, "X50002": 11}
AREAS = {"X50001": "城区", "X50002": "镇区"}
COMFORT = 1.12


def fictional_schools() -> dict[str, Column]:
    """Return a few schools per fictional unit; all of them meet every standard."""
    rows: list[dict[str, object]] = []
    for code, number in SCHOOLS.items():
        rows += [school_row(code, serial) for serial in range(1, number + 1)]
    headers = list(rows[0])
    return {header: [row[header] for row in rows] for header in headers}


def school_row(code: str, serial: int) -> dict[str, object]:
    """Return one invented primary or junior school of a fictional unit."""
    is_junior = serial % 3 == 0
    stage, other = ("初中", "小学") if is_junior else ("小学", "初中")
    pupils = 420 + 45 * serial
    per_head = (5.3, 1.2, 1.1, 5.8, 10.2, 2500) if is_junior else (4.2, 1.2, 1.1, 4.5, 7.5, 2000)
    above, backbone, arts, rooms, sports, equipment = per_head
    counted = [int(value * COMFORT * pupils / 100) + 1 for value in (above, backbone, arts)]
    full = counted[0] + 3
    classes = -(-pupils // 40)
    budget = pupils * 1000.0
    row: dict[str, object] = {
        "数据期": all_periods()[-1].label,
        "区县代码": code,
        "学校代码": f"S{code}-{serial:03d}",
        "学校名称": f"{NAMES[code]}第{serial}{'初级中学' if is_junior else '小学'}",
        "办学类型": "初级中学" if is_junior else "小学",
        "举办者类型": 7,
        "城乡类型": AREAS[code],
        "建校年份": 1990 + serial,
        "寄宿制": "否",
    }
    numbers = {
        "在校生数": pupils,
        "班级数": classes,
        "最大班额": -(-pupils // classes),
        "专任教师数": full,
        "高于规定学历教师数": counted[0],
        "骨干教师数": counted[1],
        "体育艺术教师数": counted[2],
        "中级以上职称教师数": full // 2,
        "持证教师数": full,
        "培训达标教师数": full,
    }
    for label, number in numbers.items():
        row["小学" + label] = None
        row["初中" + label] = None
        row[stage + label] = number
        row[other + label] = None
    return row | {
        "教学及辅助用房面积": round(rooms * COMFORT * pupils + 200, 2),
        "室内体育用房面积": 200.0,
        "运动场地面积": round(sports * COMFORT * pupils, 2),
        "教学仪器设备值": round(equipment * COMFORT * pupils / 10000, 4),
        "网络多媒体教室数": int(2.4 * COMFORT * pupils / 100) + 1,
        "计算机台数": pupils // 6,
        "图书册数": pupils * 25,
        "达标音乐教室数": classes // 12 + 1,
        "达标美术教室数": classes // 12 + 1,
        "公用经费预算": budget,
        "教师培训经费": round(budget * 0.055, 2),
    }


def fictional_items() -> dict[str, Column]:
    """Return the item rows of the fictional units: one veto each, all else met."""
    table: dict[str, Column] = {header: [] for header in HEADERS}
    for code, veto in VETOES.items():
        for item in ITEMS:
            is_met = item != veto
            cells = (
                all_periods()[-1].label,
                code,
                item,
                MINIMA.get(item),
                "是" if is_met else "否",
                remark(item, is_met),
            )
            for header, cell in zip(HEADERS, cells, strict=True):
                table[header].append(cell)
    return table
