"""Rows of every table with a script in each text."""

from collections import Counter
from collections.abc import Sequence

from data.demo.fictional import fictional_items, school_row
from data.store.new_accounts import LONGEST_PERSON
from tests.hostile.payloads import SCRIPTS

PLAIN, ODD = "X50001", "X50002"  # the second unit's codes of schools and issues are hostile too
EVERY = len(SCRIPTS)
Row = dict[str, object]


class Sayer:
    """Gives the next hostile text, marked with the field it is put into."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self.serial: Counter[str] = Counter()

    def __call__(self, field: str) -> str:
        self.serial[field] += 1
        number = self.serial[field]
        return f"{self.texts[(number - 1) % len(self.texts)]}§{field}§{number}"

    def name(self, field: str) -> str:
        """The next text that an account's person may be called; the others are refused at the desk."""
        return next(s for s in iter(lambda: self(field), "") if s.isprintable() and len(s) <= LONGEST_PERSON)

    def many(self, field: str, count: int) -> str:
        """Several texts in one, for a long field that is seldom filled."""
        return " ".join(self(field) for _ in range(count))


def schools(say: Sayer, count: int, year: str) -> list[Row]:
    rows: list[Row] = []
    for unit in (PLAIN, ODD):
        for serial in range(1, count + 1):
            row = school_row(unit, serial % 12 + 1)
            row |= {
                "数据期": year,
                "学校代码": f"S{unit}-{serial:03d}",
                "学校名称": say("school_name"),
                "计算机台数": 60 + serial,
                "城乡类型": "城区",
            }
            if unit == ODD:
                row["学校代码"] = f"{serial}{say('school_code')}"
            elif serial % 2:  # far below the lines, so that pages about shortages name it
                row |= {"教学及辅助用房面积": 900.0 + serial, "运动场地面积": 800.0 + serial}
            rows.append(row)
    return rows


def items(say: Sayer, year: str) -> list[Row]:
    table = fictional_items()
    rows = [dict(zip(table, cells, strict=True)) for cells in zip(*table.values(), strict=True)]
    return [{**row, "数据期": year, "说明": say("item_note")} for row in rows]


def plan(say: Sayer) -> list[Row]:
    return [
        {
            "区县代码": unit,
            "推进阶段": "试点推进",
            "目标年份": 2024,
            "当前状态": "创建中",
            "状态日期": "2025-01-02",
            "依据": say.many("plan_basis", EVERY // 2),
        }
        for unit in (PLAIN, ODD)
    ]


def visits(say: Sayer, count: int) -> list[Row]:
    return [
        {
            "轮次": 1 + n % 2,
            "区县代码": PLAIN,
            "学校代码": f"S{PLAIN}-{n:03d}",
            "走访日期": "2026-03-04",
            "督学": say("inspector"),
            "发现问题数": n % 4,
            "意见": say("visit_remark"),
        }
        for n in range(1, count + 1)
    ]


def issues(say: Sayer, count: int) -> list[Row]:
    rows: list[Row] = []
    plain = count + 1  # one more than texts, since the first is moved
    for n in range(1, plain + count + 1):
        school = f"S{PLAIN}-{(n - 1) % count + 1:03d}"
        row: Row = {"编号": f"T-{n:03d}", "区县代码": PLAIN, "学校代码": school}
        if n > plain:
            row = {"编号": f"{n}{say('issue_code')}", "区县代码": ODD, "学校代码": None}
        rows.append(
            row
            | {
                "学段": "小学" if n <= plain else None,
                "项目": "L4",
                "问题": say("issue_problem"),
                "来源": "过程督导",
                "轮次": 1,
                "发现日期": "2026-03-04",
                "整改措施": say("issue_measure"),
                "责任单位": say("responsible_unit"),
                "责任人": say("responsible_person"),
                "完成时限": "2026-05-01",
                "状态": ("未整改", "已销号", "整改中")[n % 3],
                "复核人": say("reviewer"),
                "复核日期": "2026-06-01",
                "销号日期": "2026-06-01" if n % 3 == 1 else None,
                "佐证": say("issue_evidence"),
            }
        )
    return rows


def funds(say: Sayer, count: int) -> list[Row]:
    return [
        {
            "日期": "2025-07-15",
            "区县代码": (PLAIN, ODD)[n % 2],
            "类别": "奖励",
            "金额": 1000 + n,
            "用途": say("fund_purpose"),
            "依据": say("fund_basis"),
        }
        for n in range(count)
    ]


def policies(say: Sayer, count: int) -> list[Row]:
    return [
        {
            "标题": say("policy_title"),
            "文号": say("policy_number"),
            "发文机关": say("policy_issuer"),
            "日期": "2024-01-02",
            "级别": "市",
            "摘要": say("policy_summary"),
            "模块": "政策引领",
        }
        for _ in range(count)
    ]
