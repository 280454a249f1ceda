"""Two cities on one host, another city's catalogue, and a clock that was set back."""

import csv
import shutil
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from app import create_app
from data.atomic_files import DamagedFileError
from data.backups import backup, restore
from data.catalogue import loader
from data.settings import Settings
from data.store import audit
from data.store.engine import open_store
from data.store.ledger import list_issues
from data.warehouse.snapshots import in_force, path_of
from queries.warehouse import Warehouse
from tests.faults.arrangement import prepared, publish_at, take
from tests.stores import NOW, RECTIFIER, an_issue, put


def city(folder: Path, rooms: int) -> Settings:
    made = Settings(var_folder=folder, login="off", prewarms_pages=False)
    take(made, prepared(folder / "in", rooms=rooms))
    publish_at(made, 0)
    return made


def test_two_cities_on_one_host_share_nothing(tmp_path: Path) -> None:
    """Folders, stores and keys of their own: neither reads, restores nor signs for the other."""
    one, two = city(tmp_path / "one", 30), city(tmp_path / "two", 50)
    put(open_store(one), an_issue("A"))
    apps = [create_app(settings) for settings in (one, two)]
    assert [len(list_issues(app.deps.store)) for app in apps] == [1, 0]
    assert apps[0].deps.store.audit_key != apps[1].deps.store.audit_key
    assert in_force(one.snapshots_folder) != in_force(two.snapshots_folder)
    backup(one, tmp_path / "kept")
    three = Settings(var_folder=tmp_path / "three")
    three.audit_key_file.parent.mkdir(parents=True)
    shutil.copy2(two.audit_key_file, three.audit_key_file)
    with pytest.raises(DamagedFileError):
        restore(tmp_path / "kept", three)


def names_in(snapshot: Path) -> list[str]:
    with duckdb.connect(str(snapshot), read_only=True) as connection:
        return [str(row[0]) for row in connection.execute("select name from cat_districts").fetchall()]


def test_another_citys_catalogue_takes_the_place_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own units, names and maps' labels lie in `var/catalogue`; a publication is made of them and says so."""
    var = tmp_path / "var"
    own = var / "catalogue"
    shutil.copytree(loader.FOLDER, own, ignore=shutil.ignore_patterns("*.py", "__*"))
    path = own / "districts.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        row["name"] = row["name"].replace("酉阳土家族苗族自治县", "另一座城的县")
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    monkeypatch.setenv("OVERSIGHT_VAR_FOLDER", str(var))
    loader.catalogue_folder.cache_clear()
    try:
        assert loader.catalogue_folder() == own
        settings = city(var, 30)
        names = names_in(path_of(settings.snapshots_folder, in_force(settings.snapshots_folder)))
    finally:
        loader.catalogue_folder.cache_clear()
    assert "另一座城的县" in names


def test_a_clock_that_was_set_back_breaks_no_chain_and_no_order(tmp_path: Path) -> None:
    settings = Settings(var_folder=tmp_path / "var")
    store = open_store(settings)
    for days in (0, -400, -1):
        act = audit.AuditEvent(RECTIFIER.actor, "start", "issue", "A", NOW + timedelta(days=days))
        with store.write() as connection:
            audit.record(store, connection, act)
    assert audit.check_chain(store).first_broken is None
    assert [row.at for row in audit.history(store, "issue", "A")] == [NOW + timedelta(days=d) for d in (0, -400, -1)]


def test_a_publication_of_a_clock_set_back_is_the_one_in_force(tmp_path: Path) -> None:
    """The pointer says which, not the time in its name."""
    settings = city(tmp_path / "var", 30)
    take(settings, prepared(tmp_path / "in", rooms=50))
    later = publish_at(settings, -24 * 60)
    assert in_force(settings.snapshots_folder) == later
    assert Warehouse(settings.snapshots_folder, "160MB").current().record.snapshot_id == later
