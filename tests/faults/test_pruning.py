"""What has outlived its time goes, what is pinned, young or shared stays, and the audit says so."""

import hashlib
import json
import os
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import insert, update

from data import disk_use as disk
from data.access import Actor
from data.atomic_files import SMALLEST_FREE
from data.catalogue import loader
from data.catalogue.keeping_tables import KeptRecord
from data.catalogue.loader import load_catalogue
from data.clock import in_beijing
from data.disk_use import disk_use
from data.pruning import outlived, prune
from data.safekeeping import verify
from data.settings import Settings
from data.store import audit
from data.store.engine import Store, open_store
from data.store.evidence import add_evidence, list_evidence
from data.store.meetings import create_meeting
from data.store.schema import issue, submission
from data.taking_back import rollback
from data.warehouse.snapshots import id_of, in_force, newest_first
from tests.faults.arrangement import prepared, publish_at, take
from tests.stores import NOW, SUPERVISOR, an_issue, put

CATALOGUE = load_catalogue()
BY = Actor("运维")
DAY = timedelta(days=1)


def kept_days(record_code: str) -> int:
    (row,) = [r for r in CATALOGUE.rows(KeptRecord) if r.record_code == record_code]
    assert row.keep_days is not None
    return row.keep_days


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(var_folder=tmp_path / "var")
    take(made, prepared(tmp_path / "in"))
    publish_at(made, 0)
    return made


@pytest.fixture
def store(settings: Settings) -> Store:
    return open_store(settings)


def published(settings: Settings, *moments: datetime) -> list[str]:
    """Older publications beside the one in force; what stands in their files is not looked at."""
    made: list[str] = []
    for moment in moments:
        snapshot_id = f"{moment:%Y%m%d-%H%M%S}-{hashlib.sha256(str(moment).encode()).hexdigest()[:8]}"
        (settings.snapshots_folder / f"snapshot_{snapshot_id}.duckdb").write_bytes(b"x" * 1000)
        (settings.snapshots_folder / f"snapshot_{snapshot_id}.json").write_text("{}")
        made.append(snapshot_id)
    return made


def test_of_the_publications_the_last_the_pinned_and_one_a_month_stay(settings: Settings, store: Store) -> None:
    days = [datetime(2026, 1, 1, 4, tzinfo=UTC) + n * DAY for n in range(300)]  # to 27 October, one a day
    made = published(settings, *days)
    pinned = made[10]
    create_meeting(store, SUPERVISOR, "会议", date(2026, 1, 12), pinned, NOW)
    last_of_month: dict[str, str] = {}
    for moment, snapshot_id in zip(days, made, strict=True):
        last_of_month[in_beijing(moment).strftime("%Y-%m")] = snapshot_id
    expected = {in_force(settings.snapshots_folder), *made[-11:], pinned, *last_of_month.values()}
    found = outlived(settings, store, CATALOGUE, NOW)
    assert set(found.publications) == set(made) - expected
    assert found.size_bytes == 1000 * len(found.publications)
    assert len(newest_first(settings.snapshots_folder)) == 301, "looking is not doing"
    assert prune(settings, store, CATALOGUE, BY, NOW) == found
    assert {id_of(p) for p in newest_first(settings.snapshots_folder)} == expected
    assert not [p for p in settings.snapshots_folder.glob("*.json") if id_of(p) not in expected]
    noted = audit.entries(store, action="prune", before=None, most=1000)
    assert {e.subject_id for e in noted} == set(found.publications)
    assert outlived(settings, store, CATALOGUE, NOW).is_nothing


def test_a_month_ends_in_beijing(settings: Settings, store: Store) -> None:
    """17:00 UTC of 31 January is 1 February there: the last of January is the one of 15:59."""
    january, february = published(
        settings, datetime(2026, 1, 31, 15, 59, tzinfo=UTC), datetime(2026, 1, 31, 16, 1, tzinfo=UTC)
    )
    later = published(settings, *(datetime(2026, 3, 1, 1, n, tzinfo=UTC) for n in range(12)))
    gone = outlived(settings, store, CATALOGUE, NOW).publications
    assert not {january, february} & set(gone)
    assert set(gone) <= set(later)


def test_between_what_readers_were_moved_last_stays(settings: Settings, store: Store) -> None:
    (earlier,) = [in_force(settings.snapshots_folder)]
    take(settings, prepared(settings.var_folder / "in2", rooms=50))
    later = publish_at(settings, 5)
    rollback(settings, earlier, BY, "错")
    published(settings, *(datetime(2026, 11, 24, n, tzinfo=UTC) for n in range(20)))
    gone = prune(settings, store, CATALOGUE, BY, NOW).publications
    assert not {earlier, later} & set(gone)
    assert in_force(settings.snapshots_folder) == earlier


def hand_in(settings: Settings, store: Store, status: str, at: datetime, content: bytes) -> Path:
    digest = hashlib.sha256(content).hexdigest()
    folder = settings.submissions_folder / digest / "file"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "a.xlsx").write_bytes(content)
    values = {
        "district_code": "500242",
        "period": "2026",
        "file_name": "a.xlsx",
        "sha256": digest,
        "status": status,
        "result": json.dumps({"findings": [], "files": [{"name": "a.xlsx", "sha256": digest}]}),
        "explanations": "{}",
        "reason": "",
        "note": "",
        "submitted_by": "甲",
        "decided_by": "",
        "batch_id": "",
        "version": 1,
        "updated_at": at,
    }
    with store.write() as connection:
        connection.execute(insert(submission).values(**values))
    return folder.parent


def test_drafts_and_decided_returns_go_after_their_time_and_shared_files_stay(settings: Settings, store: Store) -> None:
    old_draft, old_decided = NOW - kept_days("draft") * DAY - DAY, NOW - kept_days("submission") * DAY - DAY
    draft = hand_in(settings, store, "checked", old_draft, b"draft")
    young = hand_in(settings, store, "checked", old_draft + 2 * DAY, b"young")
    decided = hand_in(settings, store, "approved", old_decided, b"decided")
    waiting = hand_in(settings, store, "submitted", old_decided, b"waiting")
    shared = hand_in(settings, store, "returned", old_decided, b"shared")
    hand_in(settings, store, "submitted", NOW, b"shared")
    left_over = settings.submissions_folder / ("f" * 64)
    left_over.mkdir()
    os.utime(left_over, times=(0, 0))
    before = verify(settings, store).damaged
    gone = prune(settings, store, CATALOGUE, BY, NOW)
    assert (gone.drafts, gone.submissions) == ((1,), (3, 5))
    assert [p.is_dir() for p in (draft, decided, left_over)] == [False] * 3
    assert [p.is_dir() for p in (young, waiting, shared)] == [True] * 3
    assert verify(settings, store).damaged == before
    with store.read() as connection:
        kept = connection.execute(submission.select()).all()
    assert [row.submission_id for row in kept] == [2, 3, 4, 5, 6], "who handed in and who decided stays known"


def test_evidence_of_issues_long_closed_goes_and_its_row_stays(settings: Settings, store: Store) -> None:
    long_ago = NOW - kept_days("evidence") * DAY - DAY
    put(store, an_issue("A", "under_way"), an_issue("B", "under_way"), an_issue("C", "under_way"))
    for code, content in (("A", b"%PDF-1 a"), ("B", b"%PDF-1 b"), ("C", b"%PDF-1 a")):
        add_evidence(store, CATALOGUE, SUPERVISOR, code, "a.pdf", content, NOW)
    with store.write() as connection:
        closed = update(issue).where(issue.c.issue_code.in_(("A", "B")))
        connection.execute(closed.values(status="closed", updated_at=long_ago))
    for path in settings.evidence_folder.iterdir():
        os.utime(path, times=(0, 0))
    assert prune(settings, store, CATALOGUE, BY, NOW).evidence == (1, 2)
    assert [f.removed_at is None for code in "ABC" for f in list_evidence(store, code)] == [False, False, True]
    assert len(list(settings.evidence_folder.iterdir())) == 1, "A's file is C's too"
    report = verify(settings, store)
    assert (report.damaged, report.evidence_files) == ([], 1)


def test_a_list_that_nobody_took_goes_after_its_day(settings: Settings, store: Store) -> None:
    for folder in settings.list_folders:
        folder.mkdir()
        for name, age in (("a" * 64, 1.1), ("b" * 64, 0.9)):
            (folder / name).write_bytes(b"xiao.0001")
            moment = (NOW - age * kept_days("name_list") * DAY).replace(tzinfo=UTC).timestamp()
            os.utime(folder / name, times=(moment, moment))
    prune(settings, store, CATALOGUE, BY, NOW)
    assert [[p.name[0] for p in folder.iterdir()] for folder in settings.list_folders] == [["b"], ["b"]]


def test_the_audit_is_kept_for_half_a_year_at_least(tmp_path: Path) -> None:
    folder = shutil.copytree(loader.FOLDER, tmp_path / "catalogue")
    path = folder / "kept_records.csv"
    words = path.read_text(encoding="utf-8")
    assert "督导和问责须留痕,,," in words
    path.write_text(words.replace("督导和问责须留痕,,,", "督导和问责须留痕,179,办理之日,"), encoding="utf-8")
    with pytest.raises(loader.CatalogueError, match=r"kept_records\.csv:6: the audit is kept for at least 180 days"):
        loader.load_catalogue(folder)


def test_the_day_on_which_the_disk_is_full_follows_from_its_growth(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = datetime(2026, 11, 23, tzinfo=UTC).replace(tzinfo=None)
    for path in settings.var_folder.rglob("*"):
        os.utime(path, times=(0, 0))
    settings.evidence_folder.mkdir()
    new = settings.evidence_folder / "new"
    new.write_bytes(b"x" * 3_000_000)
    moment = (at - 29 * DAY).replace(tzinfo=UTC).timestamp()
    os.utime(new, times=(moment, moment))
    free = SMALLEST_FREE + 1_250_000  # 100 kB a day: twelve and a half days
    monkeypatch.setattr(disk.os, "statvfs", lambda _: SimpleNamespace(f_bavail=free, f_frsize=1, f_blocks=10**12))
    use = disk_use(settings, 30, at)
    assert (use.bytes_a_day, use.days_left, use.full_on) == (100_000, 12, date(2026, 12, 5))
    assert {f.name: f.grown_bytes for f in use.folders if f.grown_bytes} == {"evidence": 3_000_000}
    later = disk_use(settings, 30, at + 2 * DAY)
    assert (later.bytes_a_day, later.days_left, later.full_on) == (0, None, None)
