"""Gather what the long runs counted into docs/evidence/faults.json; refuses where a run left nothing."""

import json
import os
import platform
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from data.settings import ROOT
from tests.contract.test_planted_faults import KINDS
from tests.depth import FIGURES

TARGET = ROOT / "docs" / "evidence" / "faults.json"
UNIT_ROLES = ("district_supervisor", "responsible_inspector", "school_office")
EXPECTED = {
    "any_form",
    "audit_edits",
    "clean_cells",
    "cross_site",
    "damaged_backups",
    "damaged_batches",
    "damaged_returns",
    "damaged_snapshots",
    "engine_attacks",
    "foreign_files",
    "foreign_periods",
    "formulas",
    "full_disk_import",
    "full_disk_publish",
    "guesses",
    "hostile_words",
    "kill_import",
    "kill_publication",
    "ledger_contention",
    "ledger_kills",
    "ledger_machine",
    "load",
    "long_audit_pages",
    "long_audit_whole",
    "malformed_callbacks",
    "memory",
    "mutated_uploads",
    "old_publications",
    "old_publications_city",
    "path_variants",
    "replayed_imports",
    "scripts_in_addresses",
    "seal",
    "shared_answers",
    "stored_scripts",
    "two_hosts",
    "upload_bombs",
    *(f"{what}_{role}" for what in ("canaries", "foreign_writes") for role in UNIT_ROLES),
    *(f"planted_{kind}" for kind in KINDS),
}
"""Every name that a test of `make faults` records under; a new one is written here by hand."""


def read(folder: Path) -> dict[str, dict[str, object]]:
    """What was counted, by name."""
    return {p.stem: json.loads(p.read_text()) for p in sorted(folder.glob("*.json"))}


def faults_of(found: Mapping[str, object]) -> list[str]:
    """What is wrong with a set of figures, in words; nothing where it is complete."""
    missing, unknown = sorted(EXPECTED - found.keys()), sorted(found.keys() - EXPECTED)
    words = [f"not recorded: {', '.join(missing)}"] if missing else []
    return words + ([f"not expected: {', '.join(unknown)}"] if unknown else [])


def main() -> None:
    found = read(FIGURES)
    if faults := faults_of(found):
        sys.exit("; ".join(faults))
    machine = f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores"
    versions = {name: version(name) for name in ("duckdb", "dash", "SQLAlchemy", "openpyxl")}
    written = [datetime.fromtimestamp(p.stat().st_mtime, UTC) for p in FIGURES.glob("*.json")]
    span = [moment.isoformat(timespec="minutes") for moment in (min(written), max(written))]
    record = {
        "command": "make faults",
        "recorded_between": span,
        "day": datetime.now(UTC).date().isoformat(),
        "machine": machine,
        "python": platform.python_version(),
        "versions": versions,
        "figures": found,
    }
    TARGET.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n")
    print(json.dumps(found, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
