"""The ledger of problems (问题台账表): what was found, who acts, by when, how far it is."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

import numpy as np

from data.demo.programme import drawn_day
from data.demo.roster import Roster
from data.demo.school_table import STAGE_NAMES, Column, SchoolYear
from data.demo.spread_targets import LIMITS
from data.demo.story import INDICATORS, all_units, generator, period_on, reporting_units, story
from data.demo.supervision import Finding, Visit, findings

HEADERS = (
    "编号",
    "区县代码",
    "学校代码",
    "学段",
    "项目",
    "问题",
    "来源",
    "轮次",
    "发现日期",
    "整改措施",
    "责任单位",
    "责任人",
    "完成时限",
    "状态",
    "复核人",
    "复核日期",
    "销号日期",
    "佐证",
)
SHORT_OF = (
    "高于规定学历教师",
    "骨干教师",
    "体育艺术教师",
    "教学及辅助用房",
    "体育运动场馆",
    "教学仪器设备",
    "多媒体教室",
)
MEASURES = (
    "演示：招聘与学历提升",
    "演示：交流轮岗与骨干培养",
    "演示：招聘与走教",
    "演示：改扩建教学用房",
    "演示：新建运动场地",
    "演示：列入设备采购计划",
    "演示：新增多媒体教室",
)
WATCHED = ("2024", "2025", "2026")
FOUND_ON = {"2024": datetime.date(2024, 10, 8), "2025": datetime.date(2025, 10, 9), "2026": datetime.date(2026, 10, 8)}
SEEN_BY_CITY, RETURNED_SHARE = 0.12, 0.06
FOUND_AGAIN_SHARE, CLOSED_SHARE = 0.7, 0.345
EXTENDED_SHARE = 0.76
MEAN_DAYS_LATE = 45
DAYS_TO_ACT = (90, 180, 270, 365)
LOOKED_BACK_BEFORE, LOOKED_BACK_AFTER = datetime.timedelta(days=540), datetime.timedelta(days=100)
"""Issues closed earlier than so long ago were looked at again, so long after their closing."""
NOT_LOOKED_BACK = 4
"""One of so many days on which issues were closed was left out of that."""
LIMIT_COLUMN = np.array(LIMITS)[:, None]
OPEN_STATES = ("未整改", "整改中", "待复核")
ItemOfSection = tuple[int, int, int]
"""School, stage and item."""


@dataclass(frozen=True)
class Issue:
    """A finding, what found it first, and whether it still stands.

    `visit` is the visit that found it, else `first_label` the watched period it was first seen in;
    `found_again`: a visit had found it before that, and it had been put right on paper.
    """

    finding: Finding
    visit: Visit | None
    first_label: str
    still_short: bool
    returned: bool = False
    found_again: bool = False


def draw_issues(years: dict[str, SchoolYear], visits: list[Visit], issue_count: int) -> list[Issue]:
    """Return what visits and watched years found, each once, thinned to `issue_count`."""
    seen: dict[ItemOfSection, list[tuple[str, Finding]]] = {}
    for label in WATCHED:
        for finding in findings(years[label]):
            seen.setdefault(item_of(finding), []).append((label, finding))
    visited = found_on_visits(years, visits)
    issues = [
        Issue(finding, visit, "", still_short=False) for item, (visit, finding) in visited.items() if item not in seen
    ]
    rng, look_back = generator(13), generator(18)
    silent = story()["unreported"].get(WATCHED[-1], [])
    for item, hits in seen.items():
        labels = [label for label, _ in hits]
        unit_code = str(years[WATCHED[-1]].unit_codes[hits[-1][1].school])
        still = labels[-1] == WATCHED[-1] or (unit_code in silent and labels[-1] == WATCHED[-2])
        returned = still and labels[0] != WATCHED[-1] and rng.random() < RETURNED_SHARE
        visit, _ = visited.get(item, (None, None))
        found_again = visit is not None and still and look_back.random() < FOUND_AGAIN_SHARE
        if found_again:
            visit = None
        issues.append(Issue(hits[-1][1], visit, labels[0], still, returned, found_again))
    standing = [issue for issue in issues if issue.still_short]
    closed = [issue for issue in issues if not issue.still_short]
    room = min(max(issue_count - len(standing), int(issue_count * CLOSED_SHARE)), len(closed))
    kept = thinned(closed, room, rng) + thinned(standing, issue_count - room, rng)
    return sorted(kept, key=lambda i: (first_day(i), i.finding.school, i.finding.item))


def thinned(issues: list[Issue], room: int, rng: np.random.Generator) -> list[Issue]:
    """Return at most `room` of the issues, drawn at random, in their order."""
    places = np.flatnonzero(rng.permutation(len(issues)) < room)
    return [issues[place] for place in places.tolist()]


def item_of(finding: Finding) -> ItemOfSection:
    """Return school, stage and item of a finding."""
    return finding.school, finding.stage, finding.item


def found_on_visits(years: dict[str, SchoolYear], visits: list[Visit]) -> dict[ItemOfSection, tuple[Visit, Finding]]:
    """Return what visited schools were short of in the period of the visit's day."""
    of_school = {visit.school: visit for visit in visits}
    visited: dict[ItemOfSection, tuple[Visit, Finding]] = {}
    for label in sorted({period_on(visit.day).label for visit in visits}):
        for finding in findings(years[label]):
            visit = of_school.get(finding.school)
            if visit is not None and period_on(visit.day).label == label:
                visited[item_of(finding)] = (visit, finding)
    return visited


def first_day(issue: Issue) -> datetime.date:
    """Return the day of the visit, else the first day on which the watched period is looked at."""
    return issue.visit.day if issue.visit is not None else FOUND_ON[issue.first_label]


def ledger_table(
    roster: Roster, years: dict[str, SchoolYear], visits: list[Visit]
) -> tuple[dict[str, Column], dict[tuple[int, int], int]]:
    """Return the ledger rows, and the number of problems per round and visited school."""
    counts: dict[tuple[int, int], int] = {}
    table: dict[str, Column] = {header: [] for header in HEADERS}
    rows = spread_rows(years[WATCHED[-1]])
    issues = draw_issues(years, visits, story()["supervision"]["issues"] - len(rows))
    for serial, issue in enumerate(issues, start=len(rows) + 1):
        rows.append(ledger_row(serial, roster, years[WATCHED[-1]], issue))
        if issue.visit is not None:
            key = (issue.visit.round, issue.visit.school)
            counts[key] = counts.get(key, 0) + 1
    for row in rows:
        for header in HEADERS:
            table[header].append(row.get(header))
    return table, counts


def spread_rows(year: SchoolYear) -> list[dict[str, object]]:
    """Return one problem per coefficient over its limit; these belong to no single school."""
    rows: list[dict[str, object]] = []
    reporting = {unit.code for unit in reporting_units(year.period)}
    for index, unit in enumerate(all_units()):
        for stage, item in np.argwhere(year.resources.spreads[index] > LIMIT_COLUMN).tolist():
            if unit.code not in reporting:
                continue
            serial = len(rows) + 1
            found_on = drawn_day(16, serial, FOUND_ON[WATCHED[-1]], 20)
            value = year.resources.spreads[index, stage, item]
            over = f"差异系数{value:.3f}，超过{LIMITS[stage]:.2f}"
            rows.append(
                {
                    "编号": f"D{found_on.year}-{serial:04d}",
                    "区县代码": unit.code,
                    "学段": STAGE_NAMES[stage],
                    "项目": INDICATORS[item],
                    "问题": f"演示：{SHORT_OF[item]}校际{over}",
                    "来源": "监测",
                    "发现日期": found_on,
                    "整改措施": MEASURES[item],
                    "责任单位": "演示：区县教育行政部门",
                    "责任人": f"示例责任人{index + 1:02d}",
                    "完成时限": found_on + datetime.timedelta(days=DAYS_TO_ACT[serial % 4]),
                    "状态": OPEN_STATES[serial % 2],
                    "佐证": "演示",
                }
            )
    return rows


def ledger_row(serial: int, roster: Roster, year: SchoolYear, issue: Issue) -> dict[str, object]:
    """Return the cells of one problem."""
    rng = generator(14, serial)
    finding = issue.finding
    found_on, origin, round_number = origin_of(issue, serial, rng)
    due = found_on + datetime.timedelta(days=int(rng.choice(DAYS_TO_ACT)))
    if issue.still_short and rng.random() < EXTENDED_SHARE:
        due = max(due, story()["as_of"] + datetime.timedelta(days=int(rng.integers(20, 330))))
    elif issue.still_short:
        due = max(due, story()["as_of"] - datetime.timedelta(days=days_late(serial)))
    cells: dict[str, object] = {
        "编号": f"D{found_on.year}-{serial:04d}",
        "区县代码": str(year.unit_codes[finding.school]),
        "学校代码": str(roster.code[finding.school]),
        "学段": STAGE_NAMES[finding.stage],
        "项目": INDICATORS[finding.item],
        "问题": f"演示：{SHORT_OF[finding.item]}低于标准",
        "来源": origin,
        "轮次": round_number,
        "发现日期": found_on,
        "整改措施": MEASURES[finding.item],
        "责任单位": "演示：区县教育行政部门" if serial % 3 else "演示：学校",
        "责任人": f"示例责任人{finding.school % 60 + 1:02d}",
        "完成时限": due,
    }
    return cells | progress_cells(issue, found_on, due, rng)


def days_late(serial: int) -> int:
    """Days past a deadline that was put off before: most are recent, some are old."""
    return 3 + int(generator(17, serial).exponential(MEAN_DAYS_LATE))


def origin_of(issue: Issue, serial: int, rng: np.random.Generator) -> tuple[datetime.date, str, int | None]:
    """Return when and by what a problem was found."""
    if issue.visit is not None:
        return issue.visit.day, "过程督导", issue.visit.round
    day = drawn_day(15, serial, FOUND_ON[issue.first_label], 25)
    if issue.returned or issue.found_again:
        return day, "回头看", None
    return day, "市级督导" if rng.random() < SEEN_BY_CITY else "监测", None


def progress_cells(
    issue: Issue, found_on: datetime.date, due: datetime.date, rng: np.random.Generator
) -> dict[str, object]:
    """Return state, review and closing of a problem as of the day of the story."""
    today = story()["as_of"]
    reviewer = f"示例复核人{int(rng.integers(1, 13)):02d}"
    done = found_on + (due - found_on) * float(rng.uniform(0.5, 1.15))
    done = min(done, today - datetime.timedelta(days=int(rng.integers(3, 40))))
    done = max(done, found_on + datetime.timedelta(days=5))
    if not issue.still_short:
        closing: dict[str, object] = {"状态": "已销号", "复核人": reviewer, "复核日期": done}
        if done < today - LOOKED_BACK_BEFORE and done.toordinal() % NOT_LOOKED_BACK:
            checked = {"状态": "稳定", "复核人": f"{reviewer}（回头看另派）", "复核日期": done + LOOKED_BACK_AFTER}
            closing |= checked
        return closing | {"销号日期": done, "佐证": "演示：整改照片与台账"}
    if issue.returned and done < today:
        review: dict[str, object] = {"状态": "反弹", "复核人": reviewer, "复核日期": done}
        return review | {"佐证": "演示：复查再次不足"}
    late = due < today
    odds = (0.18, 0.55, 0.27) if late else (0.35, 0.53, 0.12)
    return {"状态": str(rng.choice(OPEN_STATES, p=odds)), "佐证": "演示"}
