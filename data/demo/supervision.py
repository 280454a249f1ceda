"""Process supervision: the visits, and the schools found short in a period."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import numpy as np

from data.demo.programme import drawn_day
from data.demo.resources import Resources
from data.demo.roster import VOCATIONAL, Roster
from data.demo.school_table import Column, SchoolYear
from data.demo.shortages import FLOOR, standards
from data.demo.story import generator, period_on, story

ROUND_DAYS = 45
INSPECTOR_KINDS = ("市政府督学", "区县政府督学", "责任区督学")
REMARKS = (
    "演示：总体规范",
    "演示：请补齐骨干教师",
    "演示：请核对场馆面积",
    "演示：请完善专用教室",
    "演示：资料齐全",
    "演示：请规范台账",
)


@dataclass(frozen=True)
class Finding:
    """One item that a non-complying section is short of."""

    school: int
    stage: int
    item: int


@dataclass(frozen=True)
class Visit:
    """One school visited in one round."""

    round: int
    unit_code: str
    school: int
    day: datetime.date


def findings(year: SchoolYear) -> list[Finding]:
    """Return what the non-complying sections of a period are short of."""
    resources: Resources = year.resources
    shortfalls: list[Finding] = []
    open_rows = set(year.rows.tolist())
    share = resources.values / standards()
    short = share < 1
    fails = (short.sum(axis=2) > 1) | (share < FLOOR).any(axis=2)
    judged = fails & resources.eligible[:, None] & (year.pupils[:, :2] > 0)
    for school, stage, item in np.argwhere(judged[:, :, None] & short).tolist():
        if school in open_rows:
            shortfalls.append(Finding(school, stage, item))
    return shortfalls


def draw_visits(roster: Roster, years: dict[str, SchoolYear]) -> list[Visit]:
    """Draw the visited schools: the public number of rounds, districts and schools."""
    rounds = story()["supervision"]["rounds"]
    visit_count = story()["supervision"]["visits"]
    pools: list[tuple[int, str, np.ndarray]] = []
    for number, (first, *codes) in enumerate(rounds, start=1):
        year = years[period_on(datetime.date.fromisoformat(first)).label]
        rows = year.rows[roster.type[year.rows] != VOCATIONAL]
        pools += [(number, code, rows[year.unit_codes[rows] == code]) for code in codes]
    sizes = np.array([len(pool) for *_, pool in pools])
    share = np.floor(sizes * visit_count / sizes.sum()).astype(int)
    largest_rest = np.argsort(share - sizes * visit_count / sizes.sum(), kind="stable")
    share[largest_rest[: visit_count - share.sum()]] += 1
    visits: list[Visit] = []
    for (number, code, pool), count in zip(pools, share.tolist(), strict=True):
        first = datetime.date.fromisoformat(rounds[number - 1][0])
        chosen = np.sort(generator(10, number, len(visits)).choice(pool, count, replace=False))
        visits += [Visit(number, code, int(school), drawn_day(11, int(school), first, ROUND_DAYS)) for school in chosen]
    return visits


def inspector_of(visit: Visit) -> str:
    """Return kind and invented name: city inspectors go everywhere, the others stay at home."""
    units = [code for _, *codes in story()["supervision"]["rounds"] for code in codes]
    place = units.index(visit.unit_code)
    kind = INSPECTOR_KINDS[visit.school % len(INSPECTOR_KINDS)]
    number = {
        "市政府督学": visit.school // 3 % story()["supervision"]["municipal_inspectors"],
        "区县政府督学": place,
        "责任区督学": 2 * place + visit.school % 2,
    }[kind]
    return f"{kind}示例{number + 1:02d}"


def visit_table(roster: Roster, visits: list[Visit], issue_counts: dict[tuple[int, int], int]) -> dict[str, Column]:
    """Return the visit rows; found problems are at least those of the ledger."""
    rng = generator(12)
    small = rng.choice(4, len(visits), p=[0.45, 0.3, 0.17, 0.08]).tolist()
    rows: list[tuple[object, ...]] = []
    for visit, extra in zip(visits, small, strict=True):
        number = issue_counts.get((visit.round, visit.school), 0) + extra
        remark = REMARKS[0 if number == 0 else 1 + (visit.school + number) % 5]
        inspector = inspector_of(visit)
        code = str(roster.code[visit.school])
        rows.append((visit.round, visit.unit_code, code, visit.day, inspector, number, remark))
    headers = ("轮次", "区县代码", "学校代码", "走访日期", "督学", "发现问题数", "意见")
    return {header: [row[i] for row in rows] for i, header in enumerate(headers)}
