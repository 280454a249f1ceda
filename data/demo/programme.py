"""The small tables of the programme: rollout plan, funds and policy documents."""

from __future__ import annotations

import datetime

from data.demo.school_table import Column
from data.demo.story import all_units, generator, story

TARGET_YEARS = {"试点推进": 2024, "整体推进": 2028, "攻坚推进": 2030}
RECOGNISED_ON = datetime.date(2025, 3, 14)
WEEKEND = (1, 2)  # days from Sunday or Saturday to Monday
STATUS_DAYS = {
    "国家认定": [RECOGNISED_ON],
    "市级评估通过": [datetime.date(2025, 6, 20), datetime.date(2026, 6, 18)],
    "自评完成": [datetime.date(2025, 11, 28), datetime.date(2026, 4, 30)],
    "创建中": [datetime.date(2024, 9, 10), datetime.date(2025, 3, 12)],
    "未启动": [datetime.date(2025, 9, 1)],
}


def plan_table() -> dict[str, Column]:
    """Return one row per unit of today, and one for the recognised functional area."""
    plot = story()["plan"]
    headers = ("区县代码", "推进阶段", "目标年份", "当前状态", "状态日期", "依据")
    table: dict[str, Column] = {header: [] for header in headers}
    for index, unit in enumerate(all_units()):
        if unit.valid_to is not None and unit.code not in plot["recognised"]:
            continue
        phase = plan_phase(unit.code)
        status = plan_status(unit.code)
        days = STATUS_DAYS[status]
        basis = plot["public_basis"] if status == "国家认定" else plot["invented_basis"]
        cells = (unit.code, phase, TARGET_YEARS[phase], status, days[index % len(days)], basis)
        for header, cell in zip(headers, cells, strict=True):
            table[header].append(cell)
    return table


def plan_phase(code: str) -> str:
    """Return the invented phase of a unit."""
    plot = story()["plan"]
    if code in plot["pilot"]:
        return "试点推进"
    return "攻坚推进" if code in plot["tackling"] else "整体推进"


def plan_status(code: str) -> str:
    """Return the status of a unit: recognised ones are public, all others invented."""
    plot = story()["plan"]
    named = {
        "recognised": "国家认定",
        "municipal_passed": "市级评估通过",
        "self_evaluated": "自评完成",
        "not_started": "未启动",
    }
    return next((status for key, status in named.items() if code in plot[key]), "创建中")


def fund_table() -> dict[str, Column]:
    """Return the payments: the public totals over an invented choice of districts."""
    plot = story()["funds"]
    headers = ("日期", "区县代码", "类别", "金额", "用途", "依据")
    rows: list[tuple[object, ...]] = []
    parts = plot["special"]
    unit_sum = plot["special_total"] // sum(parts.values())
    for code, part in parts.items():
        day = datetime.date(2022, 7, 15) if code < "500110" else datetime.date(2023, 7, 14)
        purpose = "演示：补齐学校办学条件短板"
        rows.append((day, code, "专项转移支付", unit_sum * part, purpose, plot["basis"]))
    for code in plot["reward"]:
        amount = plot["reward_total"] // len(plot["reward"])
        purpose = "演示：创建工作奖励"
        rows.append((datetime.date(2023, 12, 11), code, "奖励", amount, purpose, plot["basis"]))
    return {header: [row[i] for row in rows] for i, header in enumerate(headers)}


def policy_table() -> dict[str, Column]:
    """Return the documents that the public standard names; nothing is invented here."""
    headers = ("标题", "文号", "发文机关", "日期", "级别", "摘要", "模块")
    rows = [
        (
            "县域义务教育优质均衡发展督导评估办法",
            "教督〔2017〕6号",
            "教育部",
            datetime.date(2017, 4, 19),
            "国家",
            "优质均衡督导评估的依据：资源配置7项、政府保障程度15项、教育质量9项、社会认可度1项。",
            "政策引领",
        ),
        (
            "县域义务教育均衡发展督导评估暂行办法",
            "教督〔2012〕3号",
            "教育部",
            datetime.date(2012, 1, 20),
            "国家",
            "基本均衡督导评估的依据：8项指标的综合差异系数，小学不超过0.65，初中不超过0.55。",
            "政策引领",
        ),
    ]
    return {header: [row[i] for row in rows] for i, header in enumerate(headers)}


def drawn_day(topic: int, serial: int, first: datetime.date, days: int) -> datetime.date:
    """Return a day within `days` after `first`, moved off weekends."""
    day = first + datetime.timedelta(days=int(generator(topic, serial).integers(days)))
    to_monday = 7 - day.weekday()
    return day + datetime.timedelta(days=to_monday if to_monday in WEEKEND else 0)
