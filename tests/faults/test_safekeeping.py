"""A backup comes back whole, on either store; a damaged one is refused; reading outlives the store."""

import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app import create_app
from data.atomic_files import DamagedFileError
from data.backups import backup, restore
from data.catalogue.loader import load_catalogue
from data.safekeeping import recompute, verify
from data.settings import ROOT, Settings
from data.store import audit
from data.store.copying import NotEmptyError, copy_from_file, copy_to_file
from data.store.engine import Store, open_store
from data.store.evidence import add_evidence
from data.store.ledger import list_issues
from data.text import text
from layouts.routes import ROUTES
from tests.depth import record, times
from tests.faults.arrangement import prepared, publish_at, take
from tests.postgres import postgres
from tests.stores import NOW, SUPERVISOR, an_issue, put

CHANCE = random.Random(7)
CATALOGUE = load_catalogue()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(var_folder=tmp_path / "var")
    take(made, prepared(tmp_path / "in"))
    publish_at(made, 0)
    fill(open_store(made))
    return made


def fill(store: Store) -> None:
    put(store, an_issue("A"), an_issue("B"))
    for code in ("A", "B"):
        add_evidence(store, CATALOGUE, SUPERVISOR, code, "photo.png", b"\x89PNG\r\n\x1a\n" + code.encode(), NOW)


def restored(settings: Settings, source: Path, folder: Path) -> Settings:
    target = Settings(var_folder=folder)
    target.audit_key_file.parent.mkdir(parents=True)
    shutil.copy2(settings.audit_key_file, target.audit_key_file)
    report = restore(source, target)
    assert report.damaged == []
    return target


def test_a_backup_comes_back_and_gives_the_same_figures(settings: Settings, tmp_path: Path) -> None:
    made = backup(settings, tmp_path / "kept")
    target = restored(settings, tmp_path / "kept", tmp_path / "again")
    assert (made.batches, made.snapshots, made.evidence_files) == (1, 1, 2)
    assert list_issues(open_store(target)) == list_issues(open_store(settings))
    (tmp_path / "anew").mkdir()
    kept, fresh = recompute(target, tmp_path / "anew")
    assert kept == fresh
    with pytest.raises(NotEmptyError):
        restore(tmp_path / "kept", target)


def test_the_command_line_backs_up_and_restores(settings: Settings, tmp_path: Path) -> None:
    def run(var: Path, *words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "data", *words]
        return subprocess.run(
            command,
            cwd=ROOT,
            capture_output=True,
            text=True,
            env={"OVERSIGHT_VAR_FOLDER": str(var), "PATH": "/usr/bin"},
        )

    kept, again = str(tmp_path / "kept"), tmp_path / "again"
    assert run(settings.var_folder, "backup", kept).returncode == 0
    key = str(settings.audit_key_file)
    answer = run(again, "restore", kept, "--audit-key", key, "--verify")
    assert (answer.returncode, "完好" in answer.stdout) == (0, True), answer.stderr
    path = next(again.glob("batches/*/table_0.parquet"))
    path.write_bytes(path.read_bytes()[:-1])
    answer = run(again, "verify")
    assert answer.returncode == 1
    assert path.parent.name in answer.stdout


def test_a_damaged_backup_is_refused_and_nothing_is_restored(settings: Settings, tmp_path: Path) -> None:
    backup(settings, tmp_path / "kept")
    names = [
        p.relative_to(tmp_path / "kept")
        for p in (tmp_path / "kept").rglob("*")
        if p.is_file() and not p.name.startswith(".")
    ]
    trials = times(12, 100)
    for n in range(trials):
        shutil.copytree(tmp_path / "kept", tmp_path / f"trial{n}")
        path = tmp_path / f"trial{n}" / CHANCE.choice(names)
        content = bytearray(path.read_bytes())
        content[CHANCE.randrange(len(content))] ^= 1 << CHANCE.randrange(8)
        path.chmod(0o644)
        path.write_bytes(content)
        target = Settings(var_folder=tmp_path / f"target{n}")
        target.audit_key_file.parent.mkdir(parents=True)
        shutil.copy2(settings.audit_key_file, target.audit_key_file)
        with pytest.raises(DamagedFileError):
            restore(tmp_path / f"trial{n}", target)
        assert not (target.snapshots_folder / "current").exists()
        shutil.rmtree(tmp_path / f"trial{n}")
    record("damaged_backups", trials=trials, refused=trials)


def test_verify_names_what_is_damaged(settings: Settings) -> None:
    store = open_store(settings)
    assert verify(settings, store).damaged == []
    evidence = next(settings.evidence_folder.iterdir())
    evidence.write_bytes(b"other")
    with store.write() as connection:
        connection.exec_driver_sql("drop trigger if exists audit_entry_no_update")
        triggers = connection.exec_driver_sql("select name from sqlite_master where type='trigger'")
        for (name,) in triggers.fetchall():
            connection.exec_driver_sql(f"drop trigger {name}")
        connection.exec_driver_sql("update audit_entry set actor = '他人' where sequence = 1")
    (settings.snapshots_folder / "current").write_text("snapshot_none.duckdb")
    damaged = "\n".join(verify(settings, store).damaged)
    for words in ("佐证", "审计链从第 1 条起断开", "数据版本指针"):
        assert words in damaged


def test_the_store_moves_between_engines_with_its_chain(settings: Settings, tmp_path: Path) -> None:
    store = open_store(settings)
    with postgres() as url:
        other = Settings(var_folder=tmp_path / "pg", store_url=url)
        other.audit_key_file.parent.mkdir(parents=True)
        shutil.copy2(settings.audit_key_file, other.audit_key_file)
        target = open_store(other)
        copy_to_file(store, tmp_path / "copy.db")
        copy_from_file(tmp_path / "copy.db", target)
        assert list_issues(target) == list_issues(store)
        assert audit.check_chain(target) == audit.check_chain(store)
        add_evidence(target, CATALOGUE, SUPERVISOR, "A", "later.pdf", b"%PDF-later", NOW)
        copy_to_file(target, tmp_path / "back.db")
        target.engine.dispose()


def test_pages_stay_readable_while_the_store_is_down(demo_settings: Settings) -> None:
    with postgres() as url:
        settings = Settings(var_folder=demo_settings.var_folder, store_url=url)
        app = create_app(settings)
        client = app.server.test_client()
        assert client.get("/readyz").status_code == 200
        app.deps.store.engine.dispose()
    assert client.get("/livez").status_code == 200
    assert client.get("/readyz").status_code == 503
    for route in (r for r in ROUTES if not r.keys):
        answer = client.get(route.path)
        assert answer.status_code == 200
        page = answer.get_data(as_text=True)
        if route.requires_store:
            assert text("state.store_down_body") in page
        else:
            assert text("state.store_down") not in page.replace(text("state.store_down_bar"), "")
    plan = client.get("/plan").get_data(as_text=True)
    assert text("state.store_down_bar") in plan
