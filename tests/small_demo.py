"""A few units of the demonstration, with every kind of table and all periods: published in a second."""

import csv
import shutil
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from data.catalogue.loader import load_catalogue
from data.demo.build import is_invented
from data.demo.sources import write_sources
from data.importing.batches import record_batch
from data.importing.prepare import prepare_file
from data.settings import Settings
from data.store.monitoring import follow_publication
from data.warehouse.publish import publish

UNITS = ("500103", "500108", "500119", "500153", "500229", "500242")
"""渝中, 南岸, 南川, 荣昌, 城口, 酉阳: each phase of the plan and each round of visits, recognised, nearly
there and far from it, with issues in every state."""
AT = datetime(2026, 11, 23, tzinfo=UTC)
UNIT_COLUMN = "区县代码"


def build_small(settings: Settings, units: Sequence[str] = UNITS) -> None:
    """Import and publish the demonstration of these units alone, and bring the ledger up to it.

    The source files stay in `sources` of the runtime folder.
    """
    if not any(settings.batches_folder.glob("*")):
        import_sources(settings, small_sources(settings.var_folder / "sources", units))
    publish(settings, AT)
    follow_publication(settings, load_catalogue(), AT.replace(tzinfo=None))


def small_sources(folder: Path, units: Sequence[str] = UNITS) -> list[Path]:
    """Write the demonstration's files with the rows of these units; what has no unit stays whole."""
    files = write_sources(folder)
    for path in files:
        if path.suffix == ".csv":
            _keep(path, units)
    return files


def import_sources(settings: Settings, files: Sequence[Path], real: Collection[str] = ()) -> None:
    """Take files over as the demonstration's batches; tables of `real` kinds are none."""
    for path in files:
        prepared = prepare_file(path, today=date.max)
        assert not prepared.is_blocked, prepared.findings[:3]
        record_batch(
            settings.batches_folder,
            prepared,
            imported_at=AT,
            imported_by="test",
            is_demonstration=is_invented(prepared) and prepared.tables[0].input_kind not in real,
        )


def copied(settings: Settings, folder: Path) -> Settings:
    """A published runtime folder of the test's own, to change at will: batches, snapshots, sources."""
    for name in ("batches", "snapshots", "sources"):
        shutil.copytree(settings.var_folder / name, folder / name)
    return Settings(var_folder=folder)


def _keep(path: Path, units: Sequence[str]) -> None:
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream)
        kept = [row for row in rows if row[UNIT_COLUMN] in units]
    assert kept, path.name
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(kept[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept)
