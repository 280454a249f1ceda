"""Missing batches, a lost store, withdrawals and rollbacks: what is in force is what was decided."""

import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from callbacks.writing import publishing
from data.access import Actor
from data.atomic_files import DamagedFileError
from data.backups import backup, restore
from data.catching_up import catch_up
from data.importing.batch_records import list_batches, valid_batches
from data.safekeeping import recompute, verify
from data.settings import ROOT, Settings
from data.store import audit
from data.store.engine import open_store
from data.store.refusals import RefusedError
from data.store.submission import Step
from data.taking_back import note_in_audit, rollback, withdraw
from data.warehouse.publish import PublicationError, publish
from data.warehouse.snapshots import TO_FOLLOW, in_force, waits_to_follow
from queries.warehouse import Warehouse
from tests.backed_up import files_of
from tests.faults.arrangement import prepared, publish_at, take
from tests.postgres import postgres
from tests.present import present
from tests.stores import NOW

CITY = Actor("市督导", "a" * 32)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Two publications: 30 rooms at the first school, then a correction to 50."""
    made = Settings(var_folder=tmp_path / "var")
    take(made, prepared(tmp_path / "in"))
    publish_at(made, 0)
    take(made, prepared(tmp_path / "in", rooms=50))
    publish_at(made, 1)
    return made


def rooms(settings: Settings) -> int:
    """What readers see of the first school."""
    path = Warehouse(settings.snapshots_folder, "128MB").current().path
    # others may hold it open
    own = Path(shutil.copy2(path, settings.var_folder / "looked_at.duckdb"))
    with duckdb.connect(str(own), read_only=True) as connection:
        asked = "select multimedia_rooms from school_return where school_code = 'S0'"
        (found,) = present(connection.execute(asked).fetchone())
    own.unlink()
    return int(found)


def run(settings: Settings, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "data", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={
            "OVERSIGHT_VAR_FOLDER": str(settings.var_folder),
            "PATH": "/usr/bin",
            "OVERSIGHT_STORE_URL": settings.store_url,
        },
    )


@pytest.mark.parametrize("position", [0, 1])
def test_a_batch_taken_away_is_named_and_nothing_is_published_without_it(position: int, settings: Settings) -> None:
    store = open_store(settings)
    assert verify(settings, store).damaged == []
    gone = list_batches(settings.batches_folder)[position].batch_id
    before = in_force(settings.snapshots_folder)
    shutil.rmtree(settings.batches_folder / gone)
    assert [w for w in verify(settings, store).damaged if gone in w]
    with pytest.raises(PublicationError, match=gone):
        publish_at(settings, 2)
    assert in_force(settings.snapshots_folder) == before
    withdraw(settings, gone, CITY, "原件遗失")
    publish_at(settings, 3)
    assert rooms(settings) == (50 if position == 0 else 30)


def test_a_batch_that_was_never_published_is_missed_too(settings: Settings, tmp_path: Path) -> None:
    take(settings, prepared(tmp_path / "in", rooms=70))
    newest = list_batches(settings.batches_folder)[-1].batch_id
    shutil.rmtree(settings.batches_folder / newest)
    with pytest.raises(PublicationError, match=newest):
        publish_at(settings, 2)


def test_the_register_cannot_be_cut_changed_or_taken_away(settings: Settings) -> None:
    register = settings.batches_folder / "batches.jsonl"
    whole = register.read_text(encoding="utf-8")
    first, second = whole.splitlines(keepends=True)
    for changed in (first, second, whole.replace('"test"', '"他人"'), second + first, None):
        register.unlink()
        if changed is not None:
            register.write_text(changed, encoding="utf-8")
        with pytest.raises(PublicationError):
            publish_at(settings, 2)
        assert verify(settings, open_store(settings)).damaged
        register.write_text(whole, encoding="utf-8")
    publish_at(settings, 3)


def test_a_folder_that_nobody_recorded_is_not_published(settings: Settings) -> None:
    one = list_batches(settings.batches_folder)[0].batch_id
    shutil.copytree(settings.batches_folder / one, settings.batches_folder / "000009-abcdefabcdef")
    with pytest.raises(PublicationError, match="000009"):
        publish_at(settings, 2)


def test_a_folder_of_an_earlier_version_is_signed_at_the_first_look(settings: Settings) -> None:
    (settings.batches_folder / "batches.jsonl").unlink()
    (settings.var_folder / "keys" / "batches.head").unlink()
    report = verify(settings, open_store(settings))
    assert report.damaged == []
    assert any("首次签名" in note for note in report.notes)
    shutil.rmtree(settings.batches_folder / list_batches(settings.batches_folder)[0].batch_id)
    with pytest.raises(PublicationError):
        publish_at(settings, 2)


def test_what_a_withdrawn_batch_had_replaced_counts_again(settings: Settings, tmp_path: Path) -> None:
    store = open_store(settings)
    assert rooms(settings) == 50
    wrong = valid_batches(settings.batches_folder)[-1].batch_id
    for batch_id, reason, code in ((wrong, " ", "needs_reason"), ("000099-x", "错", "unknown_batch")):
        with pytest.raises(RefusedError, match=code):
            withdraw(settings, batch_id, CITY, reason)
    withdraw(settings, wrong, CITY, "填错了单位")
    assert rooms(settings) == 50, "what is published stays until the next publication"
    publish_at(settings, 2)
    assert rooms(settings) == 30
    assert (settings.batches_folder / wrong).is_dir()
    note_in_audit(settings, store)
    note_in_audit(settings, store)
    (entry,) = audit.history(store, "batch", wrong)
    assert (entry.actor, entry.action, entry.reason) == ("市督导", "withdraw", "填错了单位")
    with pytest.raises(RefusedError, match="withdrawn_before"):
        withdraw(settings, wrong, CITY, "再来")
    take(settings, prepared(tmp_path / "in", rooms=50))  # the same rows may be handed in again
    publish_at(settings, 3)
    assert rooms(settings) == 50
    assert verify(settings, store).damaged == []


def test_readers_move_back_and_the_next_publication_does_not_undo_it(settings: Settings, tmp_path: Path) -> None:
    store, warehouse = open_store(settings), Warehouse(settings.snapshots_folder, "128MB")
    wrong = warehouse.current().path.stem.removeprefix("snapshot_")
    answer = run(settings, "rollback", "--reason", "数据有误", "--by", "市督导")
    assert answer.returncode == 0, answer.stderr
    right = in_force(settings.snapshots_folder)
    assert right < wrong
    assert warehouse.current().path.stem.endswith(right), "an open reader moves too"
    assert rooms(settings) == 30
    (entry,) = audit.history(store, "snapshot", right)
    assert (entry.actor, entry.action, entry.reason, entry.after["left"]) == ("市督导", "rollback", "数据有误", wrong)
    answer = run(settings, "publish")
    assert answer.returncode == 1
    assert wrong in answer.stderr
    assert "市督导" in answer.stderr
    with pytest.raises(PublicationError):
        publish_at(settings, 2)
    take(settings, prepared(tmp_path / "in" / "other", rooms=31))  # a correction of what was wrong
    publish_at(settings, 3)
    assert rooms(settings) == 31
    assert wrong not in warehouse.before(in_force(settings.snapshots_folder))
    with pytest.raises(RefusedError, match="unknown_snapshot"):
        rollback(settings, wrong, CITY, "回到错的")
    assert verify(settings, store).damaged == []


def test_it_can_be_published_again_all_the_same(settings: Settings) -> None:
    rollback(settings, "", CITY, "看错了")
    with pytest.raises(RefusedError, match="nothing_earlier"):
        rollback(settings, "", CITY, "再退")
    with pytest.raises(PublicationError, match="看错了"):
        publish(settings, NOW.astimezone())
    publish(settings, NOW.astimezone(), again=True)
    assert rooms(settings) == 50


def test_a_damaged_publication_never_brings_back_what_was_taken_back(settings: Settings) -> None:
    publish_at(settings, 2)
    rollback(settings, "", CITY, "有误")
    named = settings.snapshots_folder / f"snapshot_{in_force(settings.snapshots_folder)}.duckdb"
    named.chmod(0o600)
    named.write_bytes(b"")
    assert rooms(settings) == 30, "the newest whole one that was not taken back"


def test_published_while_the_store_is_down_and_followed_later(settings: Settings) -> None:
    with postgres() as url:
        there = settings.model_copy(update={"store_url": url})
        open_store(there).engine.dispose()
        down = settings.model_copy(update={"store_url": url.replace("127.0.0.1", "127.0.0.2")})
        before = in_force(settings.snapshots_folder)
        answer = run(down, "publish")
        now = in_force(settings.snapshots_folder)
        assert now != before
        assert answer.returncode == 3
        assert f"已发布数据版本 {now}" in answer.stderr
        assert waits_to_follow(settings.snapshots_folder)
        store = open_store(there)
        for _ in range(2):
            catch_up(there, store, NOW)
        assert not (settings.snapshots_folder / TO_FOLLOW).exists()
        store.engine.dispose()


def test_the_button_says_why(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def outcome() -> publishing.Outcome:
        from flask import Flask

        with Flask("t").test_request_context():
            return publishing._publish(settings, CITY, None, again=False)

    whole = settings.batches_folder.rename(settings.var_folder / "elsewhere")
    refused = outcome()
    assert refused.status == 409
    assert refused.words.startswith("没有发布，原数据版本继续有效：批次文件已损坏")
    assert "Traceback" not in refused.words
    shutil.rmtree(settings.batches_folder)
    whole.rename(settings.batches_folder)
    monkeypatch.setattr(publishing, "PUBLICATION_SECONDS", 0.01)
    assert "没有完成，已停止" in outcome().words


def test_a_backup_holds_the_catalogue_and_is_the_owners_alone(settings: Settings, tmp_path: Path) -> None:
    own = settings.own_catalogue_folder
    shutil.copytree(ROOT / "data" / "catalogue", own, ignore=shutil.ignore_patterns("*.py", "__*"))
    withdraw(settings, valid_batches(settings.batches_folder)[-1].batch_id, CITY, "错")
    target = tmp_path / "kept"
    target.mkdir(mode=0o755)
    backup(settings, target)
    assert "catalogue/thresholds.csv" in files_of(target)
    again = Settings(var_folder=tmp_path / "again")
    again.audit_key_file.parent.mkdir(parents=True, mode=0o700)
    shutil.copy2(settings.audit_key_file, again.audit_key_file)
    assert restore(target, again).damaged == []
    assert {p.name: p.read_bytes() for p in again.own_catalogue_folder.iterdir()} == {
        p.name: p.read_bytes() for p in own.iterdir()
    }
    for folder in (target, again.var_folder):
        open_to_others = [p for p in (folder, *folder.rglob("*")) if p.stat().st_mode & 0o077]
        assert open_to_others == []
    (tmp_path / "anew").mkdir()
    kept, fresh = recompute(again, tmp_path / "anew")
    assert kept == fresh, "from the batches of that publication, whatever was withdrawn since"


def test_a_taken_over_return_whose_batch_is_gone_is_named(settings: Settings) -> None:
    """The decision in the store is asked too, where register and publications know nothing."""
    from tests.faults.test_acceptance import CITY, accept, handed_in

    store = open_store(settings)
    number = handed_in(settings, store, settings.var_folder / "in")
    accept(settings, store, CITY, Step(number, 2, ""), NOW)
    taken = list_batches(settings.batches_folder)[-1].batch_id
    shutil.rmtree(settings.batches_folder / taken)
    for path in (settings.batches_folder / "batches.jsonl", settings.var_folder / "keys" / "batches.head"):
        path.unlink()
    answer = run(settings, "publish")
    assert answer.returncode == 1
    assert taken in answer.stderr
    assert any(taken in words for words in verify(settings, store).damaged)


def test_import_refuses_on_an_incomplete_set(settings: Settings, tmp_path: Path) -> None:
    shutil.rmtree(settings.batches_folder / list_batches(settings.batches_folder)[0].batch_id)
    with pytest.raises(DamagedFileError, match="不见了"):
        take(settings, prepared(tmp_path / "in", rooms=90))
