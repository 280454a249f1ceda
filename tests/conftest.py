"""The demonstration, whole and small, built once per run and shared by every worker; one Chromium."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

os.environ.setdefault("OVERSIGHT_LOGIN", "off")  # tests of the login set it themselves
os.environ.setdefault("OVERSIGHT_PREWARMS_PAGES", "false")  # many applications start in one run

from callbacks.dependencies import Dependencies
from data.access import LOCAL_VIEWER
from data.catalogue.loader import load_catalogue
from data.demo.sources import write_sources
from data.settings import Settings
from data.store.engine import open_store
from data.store.monitoring import follow_publication
from data.warehouse.publish import publish
from queries.reader import Snapshot
from queries.warehouse import Warehouse
from tests.order import place
from tests.serving import CERTIFICATES, CHROMIUM
from tests.small_demo import AT, build_small, import_sources
from tests.stores import NOW


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files in the order of `tests/order.py`; the tests of a file in the order they stand there."""
    items.sort(key=lambda item: place(item.nodeid))


@pytest.fixture(scope="session")
def demo_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The whole city; not to be written to."""
    return built_once(tmp_path_factory, "demo-warehouse", build_demo)


@pytest.fixture(scope="session")
def small_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A few units; not to be written to: `tests.small_demo.copied` gives a test its own."""
    return built_once(tmp_path_factory, "small-warehouse", build_small)


def built_once(tmp_path_factory: pytest.TempPathFactory, name: str, build: Callable[[Settings], None]) -> Settings:
    """The runtime folder of this name, built by the first worker that asks for it.

    `tests.mutants` keeps them: built ones where a change cannot show in them, else what had been imported.
    """
    if kept := os.environ.get("OVERSIGHT_TEST_BUILT"):
        return Settings(var_folder=Path(kept) / name)
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    shared.mkdir(exist_ok=True)
    settings = Settings(var_folder=shared)
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "built").exists():
            if imported := os.environ.get("OVERSIGHT_TEST_IMPORTED"):
                shutil.copytree(Path(imported) / name, shared, dirs_exist_ok=True)
            build(settings)
            (shared / "built").touch()
    return settings


def build_demo(settings: Settings) -> None:
    if not any(settings.batches_folder.glob("*")):
        import_sources(settings, write_sources(settings.var_folder / "sources"))
    publish(settings, AT)
    follow_publication(settings, load_catalogue(), AT.replace(tzinfo=None))


@pytest.fixture(scope="session")
def snapshot(demo_settings: Settings) -> Snapshot:
    return Warehouse(demo_settings.snapshots_folder, demo_settings.reader_memory).current()


@pytest.fixture(scope="module")
def deps(demo_settings: Settings) -> Dependencies:
    """What callbacks need, for a viewer of all rights."""
    warehouse = Warehouse(demo_settings.snapshots_folder, demo_settings.reader_memory)
    return Dependencies(warehouse, open_store(demo_settings), load_catalogue, lambda: LOCAL_VIEWER, lambda: NOW)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", *CERTIFICATES])
        yield launched
        launched.close()


@pytest.fixture
def empty_settings(tmp_path: Path) -> Iterator[Settings]:
    yield Settings(var_folder=tmp_path / "var")
