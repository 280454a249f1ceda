"""What a meeting saw stays as it was: ledger, warnings, files and decisions of its day, whatever is done later."""

from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import insert

from callbacks.dependencies import Dependencies
from callbacks.files.documents import material_file, meeting_file
from callbacks.rendering.dispatch import page_of
from data.access import LOCAL_VIEWER
from data.catalogue.loader import load_catalogue
from data.settings import Settings
from data.store import agenda, audit, meetings
from data.store.as_of import store_after
from data.store.engine import Store, open_store
from data.store.evidence import add_evidence, list_evidence
from data.store.ledger import Issue, Move, list_issues, move
from data.store.schema import issue as issue_table
from data.store.warnings import WarningStep, list_states, step
from tests.one_fact.surfaces import content_of, docx_words, pptx_words
from tests.stores import RECTIFIER, REVIEWER, SUPERVISOR, an_issue, put

CATALOGUE = load_catalogue()
DAY = date(2026, 11, 24)
ON_THE_DAY = datetime.fromisoformat("2026-11-24T15:59")  # 23:59 in Beijing
THE_DAY_AFTER = ON_THE_DAY + timedelta(minutes=1)
CODE, OTHER = "T2026-0001", "T2026-0002"
VIEWS = ("/ledger?only=all", "/warn", "/plan", "/ledger?district=500242")


def come_in(store: Store, issue: Issue, at: datetime) -> None:
    """An issue comes with a batch."""
    with store.write() as connection:
        connection.execute(insert(issue_table).values(**asdict(issue)))
        act = audit.AuditEvent(SUPERVISOR.actor, "import", "issue", issue.issue_code, at, "batch")
        audit.record(store, connection, act, {}, asdict(issue))


def change(store: Store, at: datetime, version: int = 1) -> None:
    """An issue is begun with a file and handed in; another comes; a warning is sent."""
    move(store, CATALOGUE, RECTIFIER, Move(CODE, version, "start", measure="调配1名骨干教师"), at)
    add_evidence(store, CATALOGUE, RECTIFIER, CODE, "任职文件.pdf", b"%PDF-1.4", at)
    move(store, CATALOGUE, RECTIFIER, Move(CODE, version + 1, "submit"), at)
    come_in(store, an_issue(OTHER), at)
    step(store, CATALOGUE, SUPERVISOR, WarningStep("veto.500103", 0, "remind"), at, shown_state="new")


def test_a_store_is_as_a_day_left_it_on_both_engines(store: Store) -> None:
    put(store, an_issue())
    before, states = list_issues(store), list_states(store)
    told = audit.history(store, "issue", CODE)
    change(store, THE_DAY_AFTER)
    earlier = store_after(store, DAY)
    assert len(list_issues(store)) == 2
    assert list_issues(earlier) == before
    assert list_states(earlier) == states
    assert list_evidence(earlier, CODE) == []
    assert audit.history(earlier, "issue", CODE) == told


def test_what_was_done_within_the_day_is_seen(store: Store) -> None:
    put(store, an_issue())
    change(store, ON_THE_DAY)
    seen = list_issues(store)
    assert len(seen) == 2
    move(store, CATALOGUE, REVIEWER, Move(CODE, 3, "close", reason="现场核实"), THE_DAY_AFTER, is_met=True)
    earlier = store_after(store, DAY)
    assert list_issues(earlier) == seen
    assert [f.file_name for f in list_evidence(earlier, CODE)] == ["任职文件.pdf"]
    assert list_states(earlier)["veto.500103"].state == "reminded"
    assert next(i for i in list_issues(store) if i.issue_code == CODE).status == "closed"


@pytest.fixture
def held(deps: Dependencies, tmp_path: Path) -> tuple[Dependencies, str]:
    """An installation of its own two days after a meeting of four views, with what was done since."""
    store = open_store(Settings(var_folder=tmp_path))
    put(store, an_issue())
    own = replace(deps, store=store, now=lambda: THE_DAY_AFTER + timedelta(days=2))
    snapshot = deps.warehouse.current().info.snapshot_id
    code = meetings.create_meeting(store, LOCAL_VIEWER, "十一月会", DAY, snapshot, ON_THE_DAY)
    for number, view in enumerate(VIEWS):
        agenda.add_slide(store, LOCAL_VIEWER, code, view, f"第{number}页", ON_THE_DAY)
    return own, code


def shown(deps: Dependencies, code: str, path: str, search: str = "") -> list[object]:
    snapshot = deps.warehouse.current().info.snapshot_id
    return [p.update_value() for p in page_of(deps, path, f"?{search}&snapshot={snapshot}&meeting={code}")[2]]


def test_slides_pages_and_papers_of_a_meeting_are_the_same_after_later_writes(held: tuple[Dependencies, str]) -> None:
    deps, code = held

    def everything() -> list[object]:
        words = [
            read(content_of(material_file(deps, kind, "/meeting", f"?meeting={code}")))
            for kind, read in (("docx", docx_words), ("pptx", pptx_words))
        ]
        words.append(docx_words(content_of(meeting_file(deps, "minutes", "/meeting", f"?meeting={code}"))))
        pages = [shown(deps, code, *view.partition("?")[::2]) for view in VIEWS]
        return [words, pages, *(shown(deps, code, "/meeting", f"mode={mode}") for mode in ("meeting", "presenter"))]

    before, live = everything(), [p.update_value() for p in page_of(deps, "/ledger", "?only=all")[2]]
    change(deps.store, THE_DAY_AFTER)
    assert everything() == before
    assert [p.update_value() for p in page_of(deps, "/ledger", "?only=all")[2]] != live
