"""The hostile warehouse, built once per run."""

import pytest

from data.settings import Settings
from tests.hostile import arrangement
from tests.hostile.payloads import SCRIPTS


@pytest.fixture(scope="session")
def scripted(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Every text carries a script."""
    folder = tmp_path_factory.mktemp("scripted")
    settings = Settings(var_folder=folder / "var", login="local")
    arrangement.build(settings, SCRIPTS, folder / "sources")
    return settings
