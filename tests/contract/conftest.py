"""A store of each kind, for what has to be the same on both; the publication to be asked anything."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from sqlalchemy import text

from data.settings import Settings
from data.store.engine import Store, open_store
from queries.reader import Snapshot
from tests.postgres import postgres


@pytest.fixture(scope="module")
def postgres_url() -> Iterator[str]:
    with postgres() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    url = ""
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_url")
    opened = open_store(Settings(var_folder=tmp_path, store_url=url))
    assert opened.engine.dialect.name == request.param
    yield opened
    if request.param == "postgresql":
        with opened.write() as connection:
            connection.execute(text("drop schema public cascade"))
            connection.execute(text("create schema public"))
    opened.engine.dispose()


@pytest.fixture(scope="module")
def facts(snapshot: Snapshot, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of the publication, to be asked anything."""
    copy = shutil.copy(snapshot.path, tmp_path_factory.mktemp("facts"))
    with duckdb.connect(copy, read_only=True) as connection:
        yield connection
