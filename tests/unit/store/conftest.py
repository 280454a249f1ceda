"""An empty store on SQLite; tests/contract has what must be the same on PostgreSQL."""

from pathlib import Path

import pytest

from data.settings import Settings
from data.store.engine import Store, open_store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(Settings(var_folder=tmp_path))
