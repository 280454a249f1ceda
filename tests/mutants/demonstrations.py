"""The demonstration, whole and small, kept as imported and as published, so that a run need not build it."""

import shutil
from pathlib import Path

from data.demo.sources import write_sources
from data.settings import Settings
from tests.conftest import build_demo
from tests.small_demo import build_small, import_sources, small_sources

BOTH = {"demo-warehouse": (write_sources, build_demo), "small-warehouse": (small_sources, build_small)}


def build(kept: Path) -> None:
    """Both, in `imported` and `built`, under the names that the fixtures give them."""
    for name, (sources, build_it) in BOTH.items():
        imported = Settings(var_folder=kept / "imported" / name)
        built = Settings(var_folder=kept / "built" / name)
        for settings in (imported, built):
            shutil.rmtree(settings.var_folder, ignore_errors=True)
        import_sources(imported, sources(imported.var_folder / "sources"))
        shutil.copytree(imported.var_folder, built.var_folder)
        build_it(built)
        (built.var_folder / "built").touch()
