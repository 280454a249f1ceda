"""The demonstration, whole and small, kept as imported and as published, so that a run need not build it."""

import json
import os
import shutil
import sys
from pathlib import Path

os.environ.pop("OVERSIGHT_TEST_BUILT", None)

from data.demo.sources import write_sources
from data.settings import Settings
from tests.conftest import build_demo
from tests.mutants.changes import ROOT
from tests.mutants.reach import Recorder
from tests.small_demo import build_small, import_sources, small_sources

BOTH = {"demo-warehouse": (write_sources, build_demo), "small-warehouse": (small_sources, build_small)}


def build(kept: Path) -> None:
    """Both, in `imported` and `built`, under the names that the fixtures give them, and what their publication calls."""
    recorder = Recorder(ROOT, kept / "reach" / "building.json")
    for name, (sources, build_it) in BOTH.items():
        imported = Settings(var_folder=kept / "imported" / name)
        built = Settings(var_folder=kept / "built" / name)
        for settings in (imported, built):
            shutil.rmtree(settings.var_folder, ignore_errors=True)
        import_sources(imported, sources(imported.var_folder / "sources"))
        shutil.copytree(imported.var_folder, built.var_folder)
        recorder.watch()
        build_it(built)
        sys.settrace(None)
        (built.var_folder / "built").touch()
    functions = sorted(recorder.functions())
    recorder.path.parent.mkdir(parents=True, exist_ok=True)
    told = {"functions": functions, "building": list(range(len(functions))), "tests": {}}
    recorder.path.write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    build(Path(sys.argv[1]))
