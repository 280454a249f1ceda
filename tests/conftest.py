"""The demonstration warehouse, built once per run and shared by every worker; one Chromium."""

import fcntl
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

os.environ.setdefault("OVERSIGHT_LOGIN", "off")  # tests of the login set it themselves
os.environ.setdefault("OVERSIGHT_DRAWS_AHEAD", "false")  # many applications start in one run

from callbacks.dependencies import Dependencies
from data.access import LOCAL_VIEWER
from data.catalogue.loader import load_catalogue
from data.demo.sources import write_sources
from data.importing.batches import record_batch
from data.importing.prepare import prepare_file
from data.settings import Settings
from data.store.engine import open_store
from data.store.monitoring import follow_publication
from data.warehouse.publish import publish
from data.warehouse.snapshots import TO_FOLLOW
from queries.reader import Snapshot
from queries.warehouse import Warehouse
from tests.serving import CHROMIUM
from tests.stores import NOW


@pytest.fixture(scope="session")
def demo_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "demo-warehouse"
    shared.mkdir(exist_ok=True)
    settings = Settings(var_folder=shared)
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (settings.snapshots_folder / "current").exists():
            build_demo(settings, shared / "sources")
    return settings


def build_demo(settings: Settings, sources: Path) -> None:
    sources.mkdir(exist_ok=True)
    for path in write_sources(sources):
        prepared = prepare_file(path)
        assert not prepared.is_blocked, prepared.findings[:3]
        record_batch(
            settings.batches_folder,
            prepared,
            imported_at=datetime(2026, 11, 23, tzinfo=UTC),
            imported_by="test",
            is_demonstration=True,
        )
    publish(settings, datetime(2026, 11, 23, tzinfo=UTC))
    follow_publication(settings, load_catalogue(), datetime.fromisoformat("2026-11-23T00:00"))
    (settings.snapshots_folder / TO_FOLLOW).unlink()  # stores of single tests begin empty


@pytest.fixture(scope="session")
def snapshot(demo_settings: Settings) -> Snapshot:
    return Warehouse(demo_settings.snapshots_folder, demo_settings.reader_memory).current()


@pytest.fixture(scope="module")
def deps(demo_settings: Settings) -> Dependencies:
    """What callbacks need, for a viewer of all rights."""
    warehouse = Warehouse(demo_settings.snapshots_folder, demo_settings.reader_memory)
    return Dependencies(warehouse, open_store(demo_settings), load_catalogue(),
                        lambda: LOCAL_VIEWER, lambda: NOW)  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield launched
        launched.close()


@pytest.fixture
def empty_settings(tmp_path: Path) -> Iterator[Settings]:
    yield Settings(var_folder=tmp_path / "var")
