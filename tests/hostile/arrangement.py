"""A small published warehouse of two fictional units, with hostile words in every text that anybody fills.

Each text carries its field and its number (`§school_name§7`), so that a test can tell which payload of
which field it saw. In `make faults` each field is filled at least as often as there are payloads.
"""

import csv
import json
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from data.access import Permission, Viewer
from data.catalogue.loader import load_catalogue
from data.demo.fictional import fictional_items, school_row
from data.importing.batches import record_batch
from data.importing.prepare import prepare_file
from data.settings import Settings
from data.store import meetings, warnings
from data.store.accounts import NewAccount, change_password, create_account
from data.store.engine import Store, open_store
from data.store.evidence import add_evidence
from data.store.ledger import Move, list_issues, move
from data.store.monitoring import follow_publication
from data.store.new_accounts import LONGEST_PERSON
from data.store.submissions import Step, add_submission, send_back, submit
from data.warehouse.publish import publish
from tests.depth import IS_FULL, times
from tests.hostile.payloads import SCRIPTS

AT = datetime(2026, 11, 23, tzinfo=UTC)
NOW = AT.replace(tzinfo=None)
PLAIN, ODD = "X50001", "X50002"  # the second unit's codes of schools and issues are hostile too
SCHOOL, ISSUE, MEETING = f"S{PLAIN}-001", "T-001", "20261123-2"
EVERY = len(SCRIPTS)
EVERYBODY = frozenset(Permission) - {Permission.LEDGER_MONITOR}
FIRST_PASSWORD, PASSWORD = "Ganzhou-2026-xy", "Ganzhou-2027-xy"
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


def build(settings: Settings, texts: Sequence[str], folder: Path) -> None:
    """Import, publish twice and write into the store, each by the normal way."""
    say = Sayer(texts)
    folder.mkdir(parents=True, exist_ok=True)
    for year in ("2025", "2026")[times(1, 0) :]:
        _import(settings, folder / f"学校基础数据表_{year}.csv", _schools(say, len(texts), year))
        _import(settings, folder / f"区县指标表_{year}.csv", _items(say, year))
    if IS_FULL:  # an earlier publication to compare with
        publish(settings, AT.replace(day=20))
    for name, rows in (
        ("推进计划表", _plan(say)),
        ("督导走访表", _visits(say, len(texts))),
        ("问题台账表", _issues(say, len(texts))),
        ("经费激励表", _funds(say, len(texts))),
        ("政策文件表", _policies(say, len(texts))),
    ):
        _import(settings, folder / f"{name}.csv", rows)
    corrected = _schools(say, len(texts), "2026")
    corrected[0]["图书册数"] = 77
    _import(settings, folder / "更正_2026.csv", corrected, say.many("import_reason", EVERY))
    publish(settings, AT)
    follow_publication(settings, load_catalogue(), NOW)
    _write_store(settings, open_store(settings), say)


def _import(settings: Settings, path: Path, rows: Sequence[Row], reason: str = "") -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), quoting=csv.QUOTE_ALL)
        writer.writeheader()
        writer.writerows(rows)
    prepared = prepare_file(path)
    assert not prepared.is_blocked, [f for f in prepared.findings if f.is_blocking][:3]
    record_batch(
        settings.batches_folder, prepared, imported_at=AT, imported_by="导入", is_demonstration=True, reason=reason
    )


def _schools(say: Sayer, count: int, year: str) -> list[Row]:
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


def _items(say: Sayer, year: str) -> list[Row]:
    table = fictional_items()
    rows = [dict(zip(table, cells, strict=True)) for cells in zip(*table.values(), strict=True)]
    return [{**row, "数据期": year, "说明": say("item_note")} for row in rows]


def _plan(say: Sayer) -> list[Row]:
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


def _visits(say: Sayer, count: int) -> list[Row]:
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


def _issues(say: Sayer, count: int) -> list[Row]:
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


def _funds(say: Sayer, count: int) -> list[Row]:
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


def _policies(say: Sayer, count: int) -> list[Row]:
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


def _write_store(settings: Settings, store: Store, say: Sayer) -> None:
    catalogue = load_catalogue()
    someone = Viewer(say("person"), EVERYBODY, account="someone")
    _move(store, someone, say)
    for code in ("target_missed", "issue_overdue"):
        for version in range(times(2, EVERY)):
            action = ("remind", "answer")[version % 2]
            shown = "reminded" if action == "answer" else "answered" if version else "new"
            wanted = warnings.WarningStep(f"{code}.{PLAIN}", version, action, say("warning_reply"))
            warnings.step(store, catalogue, someone, wanted, NOW, shown_state=shown)
    _meet(settings, store, someone, say)
    _submit(store, someone, say)
    today = datetime.now(UTC).replace(tzinfo=None)  # a password grows old
    for name, role in (
        ("city", "municipal_supervisor"),
        ("clerk", "administrator"),
        ("auditor", "auditor"),
        *[(f"leader{n}", "municipal_leader") for n in range(times(0, EVERY))],
    ):
        wanted = NewAccount(name, say.name("person"), role)
        create_account(store, catalogue, someone, wanted, FIRST_PASSWORD, today)
        if role != "municipal_leader":
            change_password(store, name, FIRST_PASSWORD, PASSWORD, today)


def _move(store: Store, someone: Viewer, say: Sayer) -> None:
    """One issue is handed in with evidence, and sent back and forth."""
    catalogue, other = load_catalogue(), Viewer(say("person"), EVERYBODY, account="other")
    found = next(i for i in list_issues(store) if i.issue_code == ISSUE and i.status == "closed")
    reopened = Move(ISSUE, found.version, "reopen", say("move_reason"), due_on=date(2026, 12, 1))
    version = move(store, catalogue, someone, reopened, NOW).version
    for _ in range(times(8, EVERY)):
        name = say("evidence_name").replace("/", "∕").strip()[-100:] + ".pdf"
        add_evidence(store, catalogue, someone, ISSUE, name, b"%PDF-", NOW)
    for number in range(times(1, EVERY - 1)):
        who, action = ((someone, "submit"), (other, "return"))[number % 2]
        step = Move(ISSUE, version, action, say("move_reason"))
        version = move(store, catalogue, who, step, NOW).version


def _meet(settings: Settings, store: Store, someone: Viewer, say: Sayer) -> None:
    pointer = (settings.snapshots_folder / "current").read_text(encoding="utf-8").strip()
    snapshot_id = pointer.removeprefix("snapshot_").removesuffix(".duckdb")
    for _ in range(times(2, EVERY)):
        code = meetings.create_meeting(store, someone, say("meeting_title"), NOW.date(), snapshot_id, NOW)
        for path in ("/", "/rounds", f"/district/{PLAIN}"):
            meetings.add_slide(store, someone, code, path, say("slide_title"), NOW)
        for slide in meetings.agenda(store, code):
            meetings.change_slide(store, someone, slide.slide_id, NOW, note=say("slide_note"), minutes=5)
        for _ in range(8):
            wanted = meetings.Resolution(
                f"/district/{PLAIN}?why=unit.{PLAIN}",
                say("decision_subject"),
                say("decision_words"),
                say("decision_unit"),
                date(2026, 12, 1),
            )
            meetings.add_decision(store, someone, code, NOW, wanted)


def _submit(store: Store, someone: Viewer, say: Sayer) -> None:
    """Returns in each state; what the examination of such a file says is in its result."""
    finding = {"file_name": "x", "row": 2, "severity": "query", "finding_code": "year_jump"}
    for number in range(times(12, 3 * EVERY)):
        words = {n: say(f"finding_{n}") for n in ("sheet", "column", "value", "message", "suggested_fix")}
        changes = [
            {
                "what": "changed",
                "input_kind": "school_return",
                "key": say("changed_school"),
                "column": say("changed_column"),
                "before": "1",
                "after": "2",
            }
        ]
        result: dict[str, Any] = {
            "findings": [{**finding, **words}],
            "finding_count": 1,
            "kinds": [],
            "changes": changes,
            "change_count": 1,
            "preview": {},
        }
        wanted = {
            "district_code": PLAIN,
            "period": "2026",
            "file_name": say("file_name")[-80:] + ".csv",
            "sha256": f"{number:064x}",
            "result": json.loads(json.dumps(result)),
        }
        key = add_submission(store, someone, wanted, NOW)
        if number % 3:
            said = {f"year_jump.{words['column']}": say("explanation")}
            submit(store, someone, Step(key, 1, say("correction_reason")), said, NOW, is_correction=True)
        if number % 3 == 2:
            other = Viewer(say("person"), EVERYBODY, account="other")
            send_back(store, other, Step(key, 2, say("decision_note")), NOW)
