"""Days are Beijing's wherever a person reads them or the law counts them; 24:00 there is 16:00 UTC."""

import base64
import io
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from docx import Document

from callbacks.dependencies import Dependencies
from callbacks.files.documents import letter_file
from callbacks.pages.ledger import ledger_file
from callbacks.pages.meetings import show_meetings
from callbacks.pages.warn import warning_rows
from callbacks.rendering.dispatch import page_of, show_view
from callbacks.rendering.meeting_context import last_meeting
from callbacks.rendering.page_context import load_unit_context, read_state
from callbacks.web import rate_limits
from callbacks.writing.return_board import board_of
from data.access import LOCAL_VIEWER, Actor
from data.settings import Settings
from data.store.audit import AuditEvent, record
from data.store.engine import Store, open_store
from data.store.evidence import add_evidence
from data.store.ledger import Move, move
from data.store.meetings import create_meeting
from data.store.warnings import WarningStep, step
from layouts import formatting
from layouts.page import Panel, SerializedPanel
from layouts.routes import address_of
from queries.ledger import ledger
from tests.present import present
from tests.stores import RECTIFIER, REVIEWER, SUPERVISOR, an_issue, put
from tests.visitors import CATALOGUE, get, guarded_app, signed_in

ROOT = Path(__file__).parents[2]
LATE = datetime.fromisoformat("2026-11-23T23:30")
BEFORE_MIDNIGHT = datetime.fromisoformat("2026-11-23T15:59")
MIDNIGHT = datetime.fromisoformat("2026-11-23T16:00")
DAYS = [(LATE, date(2026, 11, 24)), (BEFORE_MIDNIGHT, date(2026, 11, 23)), (MIDNIGHT, date(2026, 11, 24))]
CASES = pytest.mark.parametrize(("instant", "day"), DAYS, ids=["23:30", "15:59", "16:00"])
KEY = "target_missed.500242"
At = Callable[[datetime], Dependencies]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(Settings(var_folder=tmp_path))


@pytest.fixture
def at(deps: Dependencies, store: Store) -> At:
    return lambda instant: replace(deps, store=store, now=lambda: instant)


@CASES
def test_an_issue_is_verified_and_closed_on_the_day_in_beijing(store: Store, instant: datetime, day: date) -> None:
    put(store, an_issue())
    code = an_issue().issue_code
    move(store, CATALOGUE, RECTIFIER, Move(code, 1, "start", measure="调配1名骨干教师"), instant)
    add_evidence(store, CATALOGUE, RECTIFIER, code, "任职文件.pdf", b"%PDF-1.4", instant)
    move(store, CATALOGUE, RECTIFIER, Move(code, 2, "submit"), instant)
    done = move(store, CATALOGUE, REVIEWER, Move(code, 3, "close", reason="现场核实"), instant, is_met=True)
    assert (done.reviewed_on, done.closed_on) == (day, day)


@pytest.mark.parametrize(("instant", "late"), [(LATE, 1), (BEFORE_MIDNIGHT, 0), (MIDNIGHT, 1)])
def test_an_issue_is_overdue_from_midnight_in_beijing(at: At, instant: datetime, late: int) -> None:
    now = at(instant)
    put(now.store, an_issue(due_on=date(2026, 11, 23)))
    (row,) = ledger(now.warehouse.current(), now.store)
    assert row.days_overdue(now.today()) == late
    shown = str([p.tree for p in page_of(now, "/ledger", "")[2] if isinstance(p, Panel | SerializedPanel)])
    assert ("没有逾期" in shown) == (late == 0)


@CASES
def test_what_came_back_after_the_meeting_is_counted_by_the_day_in_beijing(
    at: At, instant: datetime, day: date
) -> None:
    """A meeting on the 23rd; what rebounds at 23:30 UTC rebounded on the 24th."""
    now = at(datetime.fromisoformat("2026-12-01T02:00"))
    create_meeting(
        now.store, LOCAL_VIEWER, "例会", date(2026, 11, 23), now.warehouse.current().info.snapshot_id, instant
    )
    put(now.store, an_issue(status="rebounded", updated_at=instant))
    panels = [p for p in page_of(now, "/ledger", "")[2] if isinstance(p, Panel | SerializedPanel)]
    words = re.sub(r"<[^>]+>", "", "".join(p.to_html() for p in panels))
    assert re.search(rf"反弹\W*{int(day > date(2026, 11, 23))}条。", words)


@CASES
def test_the_days_to_answer_a_warning_count_from_the_day_in_beijing(at: At, instant: datetime, day: date) -> None:
    now = at(instant)
    snapshot = now.warehouse.current()
    rows = load_unit_context(now, snapshot, read_state(snapshot, present(address_of("/warn", ""))))
    first = warning_rows(now, snapshot, rows)[0]
    step(now.store, CATALOGUE, SUPERVISOR, WarningStep(first.warning_key, 0, "remind"), instant, shown_state="new")
    again = next(w for w in warning_rows(now, snapshot, rows) if w.warning_key == first.warning_key)
    assert again.answer_by is not None
    assert (again.answer_by - day).days == first.rule.days_to_answer


@CASES
def test_letter_and_ledger_file_carry_the_day_in_beijing(at: At, instant: datetime, day: date) -> None:
    now = at(instant)
    snapshot = now.warehouse.current()
    rows = load_unit_context(now, snapshot, read_state(snapshot, present(address_of("/warn", ""))))
    unit = warning_rows(now, snapshot, rows)[0].district_code
    letter = letter_file(now, unit, "/warn", "")
    assert letter is not None
    paper = Document(io.BytesIO(base64.b64decode(str(letter["content"]))))
    assert formatting.day(day) in [p.text for p in paper.paragraphs]
    table = ledger_file(now, "/ledger", "")
    assert table is not None
    assert f"_{day.isoformat()}" in str(table["filename"])


@CASES
def test_a_new_meeting_is_offered_for_today_and_todays_is_not_the_last_one(
    at: At, instant: datetime, day: date
) -> None:
    now = at(instant)
    address = address_of("/meeting", "")
    assert address is not None
    shown = str([p.tree for p in show_meetings(show_view, now, address)[1] if isinstance(p, Panel | SerializedPanel)])
    assert f"'defaultValue': '{day.isoformat()}'" in shown
    snapshot = now.warehouse.current()
    create_meeting(now.store, LOCAL_VIEWER, "例会", date(2026, 11, 23), snapshot.info.snapshot_id, instant)
    rows = load_unit_context(now, snapshot, read_state(snapshot, address))
    assert (last_meeting(now, rows) is not None) == (day > date(2026, 11, 23))


def test_the_board_of_returns_is_late_from_midnight_in_beijing(at: At, tmp_path: Path) -> None:
    settings = Settings(var_folder=tmp_path)
    due = board_of(at(LATE), settings, LOCAL_VIEWER, "2026").due_on
    for clock, is_late in (("15:59", False), ("16:00", True), ("23:30", True)):
        now = at(datetime.fromisoformat(f"{due.isoformat()}T{clock}"))
        assert board_of(now, settings, LOCAL_VIEWER, "2026").is_overdue is is_late


@CASES
def test_the_auditor_reads_times_of_beijing_alone(
    demo_settings: Settings, tmp_path: Path, instant: datetime, day: date
) -> None:
    app = guarded_app(demo_settings, tmp_path, ("auditor",))
    store = app.deps.store
    with store.write() as connection:
        record(
            store,
            connection,
            AuditEvent(Actor("某人"), "close", "issue", "T-1", instant),
            {"updated_at": None},
            {"updated_at": instant},
        )
    rate_limits.reset_rate_limits()
    client, _ = signed_in(app, "auditor")
    words = get(client, "/audit?action=close").text
    assert re.findall(r"2026-11-2\d", words) == [day.isoformat()] * 2


def test_no_other_clock_stands_in_the_code() -> None:
    """Days come from `data/clock.py`; a cell of a workbook has its own date and no instant."""
    other = re.compile(r"hours=8|\.date\(\)|date\.today|utcnow|current_date", re.IGNORECASE)
    allowed = {"data/clock.py", "data/reading/workbook.py", "data/reading/binary.py"}
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for folder in ("callbacks", "layouts", "queries", "data")
        for path in sorted((ROOT / folder).rglob("*"))
        if path.suffix in (".py", ".sql") and str(path.relative_to(ROOT)) not in allowed
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if other.search(line)
    ]
    assert found == []
