"""Gather what the long runs counted into docs/evidence/faults.json."""

import json
import os
import platform
from datetime import UTC, datetime
from importlib.metadata import version

from data.settings import ROOT
from tests.depth import FIGURES

TARGET = ROOT / "docs" / "evidence" / "faults.json"


def main() -> None:
    machine = f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores"
    versions = {name: version(name) for name in ("duckdb", "dash", "SQLAlchemy", "openpyxl")}
    found = {p.stem: json.loads(p.read_text()) for p in sorted(FIGURES.glob("*.json"))}
    record = {"command": "make faults", "day": datetime.now(UTC).date().isoformat(), "machine": machine,
              "python": platform.python_version(), "versions": versions, "figures": found}  # fmt: skip
    TARGET.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n")
    print(json.dumps(found, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
