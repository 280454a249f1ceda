"""A small published warehouse of two fictional units, with hostile words in every text that anybody fills.

Each text carries its field and its number (`§school_name§7`), so that a test can tell which payload of
which field it saw. In `make faults` each field is filled at least as often as there are payloads.
"""

import csv
import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from data.access import Permission, Viewer
from data.catalogue.loader import load_catalogue
from data.importing.batches import record_batch
from data.importing.prepare import prepare_file
from data.settings import Settings
from data.store import agenda, meetings, warnings
from data.store.accounts import NewAccount, create_account
from data.store.area_changes import AreaEdit
from data.store.engine import Store, open_store
from data.store.evidence import add_evidence
from data.store.inspector_changes import InspectorEdit
from data.store.ledger import Move, list_issues, move
from data.store.monitoring import follow_publication
from data.store.office_changes import OfficeEdit
from data.store.register_intake import Intake, NewTraining, take_register
from data.store.submission import Step
from data.store.submissions import add_submission, send_back, submit
from data.store.verification import change_password
from data.warehouse.publish import publish
from tests.depth import IS_FULL, times
from tests.hostile.arranged_rows import EVERY, PLAIN, Row, Sayer, funds, issues, items, plan, policies, schools, visits

AT = datetime(2026, 11, 23, tzinfo=UTC)
NOW = AT.replace(tzinfo=None)
SCHOOL, ISSUE, MEETING = f"S{PLAIN}-001", "T-001", "20261123-2"
EVERYBODY = frozenset(Permission) - {Permission.LEDGER_MONITOR}
FIRST_PASSWORD, PASSWORD = "Ganzhou-2026-xy", "Ganzhou-2027-xy"


def build(settings: Settings, texts: Sequence[str], folder: Path) -> None:
    """Import, publish twice and write into the store, each by the normal way."""
    say = Sayer(texts)
    folder.mkdir(parents=True, exist_ok=True)
    for year in ("2025", "2026")[times(1, 0) :]:
        _import(settings, folder / f"学校基础数据表_{year}.csv", schools(say, len(texts), year))
        _import(settings, folder / f"区县指标表_{year}.csv", items(say, year))
    if IS_FULL:  # an earlier publication to compare with
        publish(settings, AT.replace(day=20))
    for name, rows in (
        ("推进计划表", plan(say)),
        ("督导走访表", visits(say, len(texts))),
        ("问题台账表", issues(say, len(texts))),
        ("经费激励表", funds(say, len(texts))),
        ("政策文件表", policies(say, len(texts))),
    ):
        _import(settings, folder / f"{name}.csv", rows)
    corrected = schools(say, len(texts), "2026")
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


def _write_store(settings: Settings, store: Store, say: Sayer) -> None:
    catalogue = load_catalogue()
    someone = Viewer(say("person"), EVERYBODY, account="someone")
    _move(store, someone, say)
    for code in ("target_missed", "issue_overdue"):
        for version in range(times(2, EVERY)):
            first, later = ("remind", "answer"), ("send_back", "answer")
            action = (later if version > 1 else first)[version % 2]
            shown = {"remind": "new", "send_back": "answered"}.get(action, "received" if version > 1 else "reminded")
            wanted = warnings.WarningStep(f"{code}.{PLAIN}", version, action, say("warning_reply"))
            warnings.step(store, catalogue, someone, wanted, NOW, shown_state=shown)
    _meet(settings, store, someone, say)
    _submit(store, someone, say)
    take_register(store, someone, _registers(say), NOW)
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
            change_password(store, load_catalogue(), name, FIRST_PASSWORD, PASSWORD, today)


def _registers(say: Sayer) -> Intake:
    """Areas, offices and inspectors under such names; one was trained in as many things."""
    day, numbers = date(2026, 1, 1), range(1, times(2, EVERY) + 1)
    areas = [
        AreaEdit(f"A{PLAIN}-{n:03d}", 0, PLAIN, say("area_name"), frozenset({f"S{PLAIN}-{n:03d}"})) for n in numbers
    ]
    offices = [OfficeEdit(f"O{PLAIN}-{n:03d}", 0, "district", PLAIN, None, say("office_name")) for n in numbers]
    people = [
        InspectorEdit(
            f"I{PLAIN}-{n:03d}",
            0,
            PLAIN,
            say("inspector_name"),
            "area",
            f"A{PLAIN}-{n:03d}",
            None,
            f"O{PLAIN}-{n:03d}",
            day,
            None,
            is_full_time=True,
        )
        for n in numbers
    ]
    return Intake(
        areas, offices, people, [NewTraining(f"I{PLAIN}-001", day, 8, say("training_subject")) for _ in numbers]
    )


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
            agenda.add_slide(store, someone, code, path, say("slide_title"), NOW)
        for slide in agenda.agenda(store, code):
            item = agenda.AgendaItem(slide.address, slide.title, say("slide_note"), speaker=say("slide_speaker"))
            agenda.change_slide(store, someone, slide.slide_id, item, NOW)
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
