"""Backups: for the owner or a key's holder alone, never written outside, never of somebody else, whole or the one before."""

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from data import backups
from data.atomic_files import DamagedFileError, read_signed, seal_of, secret_key, sha256_of, sign_record
from data.backup_manifest import MANIFEST, OBJECTS, ForeignBackupError, SealedBackupError, checked_name, signed_manifest
from data.backups import backup, last_backup, restore
from data.settings import ROOT, Settings
from data.store.engine import STORE_FILE, Store, open_store
from data.store.evidence import list_evidence
from data.store.ledger import list_issues
from data.store.schema import issue
from tests.backed_up import files_of, key_pair, object_of
from tests.faults.test_safekeeping import fill

SECRET_WORD = b"photo.png"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    made = Settings(var_folder=tmp_path / "var")
    for folder in (made.batches_folder, made.snapshots_folder):
        folder.mkdir(parents=True)
    fill(open_store(made))
    return made


@pytest.fixture
def store(settings: Settings) -> Store:
    return open_store(settings)


def beside(settings: Settings, folder: Path, **more: Any) -> Settings:
    """Another runtime folder with the same audit key."""
    made = Settings(var_folder=folder, **more)
    made.audit_key_file.parent.mkdir(parents=True)
    shutil.copy2(settings.audit_key_file, made.audit_key_file)
    return made


def test_others_cannot_look_into_a_backup_while_it_is_made(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir(mode=0o755)
    mask = os.umask(0)
    try:
        backup(settings, tmp_path / "kept")
    finally:
        os.umask(mask)
    looked_at = [tmp_path / "kept", *(tmp_path / "kept").rglob("*"), settings.var_folder / backups.LAST_BACKUP]
    assert [p.name for p in looked_at if p.stat().st_mode & 0o077] == []


def test_only_the_keys_holder_reads_an_encrypted_backup(settings: Settings, tmp_path: Path) -> None:
    (identity, recipient), (stranger, _) = key_pair(), key_pair()
    sealed = settings.model_copy(update={"backup_recipient": recipient})
    kept = tmp_path / "kept"
    backup(sealed, kept)
    assert [p.name for p in kept.rglob("*") if p.is_file() and SECRET_WORD in p.read_bytes()] == []
    for wrong, refusal in (("", SealedBackupError), (stranger, DamagedFileError)):
        with pytest.raises(refusal):
            restore(kept, beside(settings, tmp_path / f"wrong{bool(wrong)}"), identity=wrong)
    again = beside(settings, tmp_path / "again")
    assert restore(kept, again, identity=identity).damaged == []
    assert list_issues(open_store(again)) == list_issues(open_store(settings))
    assert [f.file_name for f in list_evidence(open_store(again), "A")] == ["photo.png"]
    with pytest.raises(ValueError, match="age1"):
        Settings(backup_recipient="age1nothing")


def test_an_encrypted_backup_writes_only_what_is_new(settings: Settings, tmp_path: Path) -> None:
    sealed = settings.model_copy(update={"backup_recipient": key_pair()[1]})
    kept = tmp_path / "kept"
    backup(sealed, kept)
    before = {p.name: p.stat().st_mtime_ns for p in (kept / OBJECTS).iterdir()}
    backup(sealed, kept)
    after = {p.name: p.stat().st_mtime_ns for p in (kept / OBJECTS).iterdir()}
    unchanged = [name for name in before if after.get(name) == before[name]]
    assert len(unchanged) >= len(before) - 2, "the copy of the store and the list may differ"
    assert len(after) == len(before), "and what nothing names any more is gone"


LEADING_ELSEWHERE = (
    "../outside.txt",
    "batches/../../outside.txt",
    "/tmp/outside.txt",
    "keys/audit.key",
    "batches/./x",
    "batches//x",
    "batches\\..\\x",
    "batches",
    "",
    "batches/x\n",
)


@pytest.mark.parametrize("name", LEADING_ELSEWHERE)
def test_a_name_that_leads_elsewhere_is_refused_even_if_signed(settings: Settings, tmp_path: Path, name: str) -> None:
    kept = tmp_path / "kept"
    backup(settings, kept)
    rename(settings, kept, name)
    target = beside(settings, tmp_path / "again")
    with pytest.raises(DamagedFileError):
        restore(kept, target)
    assert not (tmp_path / "outside.txt").exists()
    assert sorted(p.name for p in target.var_folder.rglob("*") if p.is_file()) == ["audit.key"]
    with pytest.raises(DamagedFileError):
        checked_name(name)


def rename(settings: Settings, kept: Path, name: str) -> None:
    """Make the list name another place for an evidence file, and sign it all anew."""
    manifest = read_signed(kept / MANIFEST)
    del manifest["signature"]
    listing = json.loads((kept / OBJECTS / manifest["listing"]).read_text())
    evidence = next(n for n in listing["files"] if n.startswith("evidence/"))
    listing["files"][name] = listing["files"].pop(evidence)
    (kept / OBJECTS / manifest["listing"]).write_text(json.dumps(listing))
    manifest["objects"][manifest["listing"]] = sha256_of(kept / OBJECTS / manifest["listing"])
    (kept / MANIFEST).write_text(signed_manifest(secret_key(settings.audit_key_file), manifest))


def test_a_link_out_of_the_backup_is_not_followed(settings: Settings, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    backup(settings, kept)
    held = object_of(kept, next(n for n in files_of(kept) if n.startswith("evidence/")))
    shutil.copy2(held, tmp_path / "elsewhere")
    held.unlink()
    held.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(DamagedFileError):
        restore(kept, beside(settings, tmp_path / "again"))


def test_a_backup_of_another_installation_is_refused(settings: Settings, tmp_path: Path) -> None:
    kept, other = tmp_path / "kept", Settings(var_folder=tmp_path / "other")
    backup(settings, kept)
    secret_key(other.audit_key_file)
    with pytest.raises(ForeignBackupError):
        restore(kept, other)
    with pytest.raises(ForeignBackupError):
        restore(kept, Settings(var_folder=tmp_path / "keyless"))
    record = read_signed(kept / MANIFEST)
    record["made_at"] = "2030-01-01T00:00:00+00:00"
    (kept / MANIFEST).write_text(sign_record(record))
    with pytest.raises(ForeignBackupError):
        restore(kept, beside(settings, tmp_path / "forged"))
    for folder in ("other", "keyless", "forged"):
        assert not (tmp_path / folder / STORE_FILE).exists()


def test_a_backup_of_an_earlier_version_still_comes_back(settings: Settings, tmp_path: Path) -> None:
    kept, old = tmp_path / "kept", tmp_path / "old"
    backup(settings, kept)
    files = {n: entry[0] for n, entry in files_of(kept).items() if not n.startswith("catalogue_in_use/")}
    for name in files:
        (old / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(object_of(kept, name), old / name)
    plain = {"made_at": "2026-11-01T00:00:00+00:00", "files": files, "report": {}}
    (old / MANIFEST).write_text(sign_record(plain))
    with pytest.raises(ForeignBackupError):
        restore(old, beside(settings, tmp_path / "first"))
    again = beside(settings, tmp_path / "again")
    assert restore(old, again, accepts_unsigned=True).damaged == []
    assert list_issues(open_store(again)) == list_issues(open_store(settings))
    backup(settings, old)
    assert sorted(p.name for p in old.iterdir()) == [".lock", MANIFEST, OBJECTS]
    assert restore(old, beside(settings, tmp_path / "third")).damaged == []


def test_a_backup_that_is_cut_off_leaves_the_one_before_whole(
    settings: Settings, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "kept"
    backup(settings, kept)
    noted = last_backup(settings)
    with store.write() as connection:
        connection.execute(update(issue).values(problem="另一个问题"))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    for name in ("replace_synced", "fsync_path", "signed_manifest"):
        with monkeypatch.context() as patch:
            patch.setattr(backups, name, full)
            with pytest.raises(OSError, match="No space"):
                backup(settings, kept)
        assert restore(kept, beside(settings, tmp_path / name)).damaged == []
        assert last_backup(settings) == noted, "the last good one is still the one before"


def test_the_last_good_backup_is_noted_with_its_age(settings: Settings, tmp_path: Path) -> None:
    assert last_backup(settings) is None
    before = datetime.now(UTC).replace(microsecond=0)
    backup(settings, tmp_path / "kept")
    noted = last_backup(settings)
    assert noted is not None
    assert (noted.folder, noted.is_encrypted) == (str(tmp_path / "kept"), False)
    assert noted.size_bytes == sum(p.stat().st_size for p in (tmp_path / "kept" / OBJECTS).iterdir())
    made_at = datetime.fromisoformat(noted.made_at)
    assert before <= made_at
    assert noted.age_seconds(made_at + timedelta(hours=3)) == 3 * 3600
    assert noted.age_seconds(made_at - timedelta(hours=3)) == 0, "a clock that was set back"
    evidence = next(settings.evidence_folder.iterdir())
    evidence.write_bytes(b"damaged")
    with pytest.raises(DamagedFileError):
        backup(settings, tmp_path / "kept")
    assert last_backup(settings) == noted


def test_the_catalogue_in_use_is_kept_and_laid_beside_another(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "kept"
    backup(settings, kept)
    held = object_of(kept, "catalogue_in_use/thresholds.csv")
    assert held.read_bytes() == (ROOT / "data" / "catalogue" / "thresholds.csv").read_bytes()
    same = beside(settings, tmp_path / "same")
    assert restore(kept, same).notes == []
    assert not (same.var_folder / "catalogue_in_use").exists()
    monkeypatch.setattr(backups, "catalogue_version", lambda: "another")
    other = beside(settings, tmp_path / "other")
    (note,) = restore(kept, other).notes
    assert str(other.var_folder / "catalogue_in_use") in note
    assert (other.var_folder / "catalogue_in_use" / "thresholds.csv").is_file()
    assert not other.own_catalogue_folder.exists()


def test_the_command_line_encrypts_and_says_whose_a_backup_is(settings: Settings, tmp_path: Path) -> None:
    def run(var: Path, *words: str, recipient: str = "") -> subprocess.CompletedProcess[str]:
        given = {"OVERSIGHT_VAR_FOLDER": str(var), "PATH": "/usr/bin", "OVERSIGHT_BACKUP_RECIPIENT": recipient}
        command = [sys.executable, "-m", "data", *words]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=given)

    made_key = run(settings.var_folder, "backup-key", str(tmp_path / "key.txt"))
    recipient = made_key.stdout.strip()
    assert (made_key.returncode, recipient[:4]) == (0, "age1"), made_key.stderr
    assert (tmp_path / "key.txt").stat().st_mode & 0o077 == 0
    assert run(settings.var_folder, "backup-key", str(tmp_path / "key.txt")).returncode == 1
    kept, key = str(tmp_path / "kept"), str(settings.audit_key_file)
    made = run(settings.var_folder, "backup", kept, recipient=recipient)
    assert (made.returncode, "未加密" in made.stdout) == (0, False), made.stderr
    foreign = run(tmp_path / "foreign", "restore", kept)
    assert foreign.returncode == 1
    assert "不是用这把审计密钥签名的" in foreign.stderr
    words = ["restore", kept, "--audit-key", key, "--identity", str(tmp_path / "key.txt")]
    again = run(tmp_path / "again", *words)
    assert (again.returncode, "完好" in again.stdout) == (0, True), again.stderr


def test_the_seal_covers_the_signature(settings: Settings, tmp_path: Path) -> None:
    backup(settings, tmp_path / "kept")
    record = read_signed(tmp_path / "kept" / MANIFEST)
    assert seal_of(record) == json.loads((tmp_path / "kept" / MANIFEST).read_text())["record_sha256"]
    assert len(record["signature"]) == 64
