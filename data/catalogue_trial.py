"""What rows of the catalogue would change: the same rules, run on the same batches, with them and without.

`python -m data.catalogue_trial RESULT` reads what is asked from standard input. It runs in a process of its own, as a
publication does; one at a time for each installation.
"""

import hashlib
import json
import sys
import typing
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from data.atomic_files import replace_synced, sign_record
from data.catalogue.all_tables import TABLES
from data.catalogue.loader import Catalogue, folder_of, read_catalogue
from data.catalogue.overlay import Overlay, OverlayRow, as_words, is_spliced
from data.importing.batch_records import Batch, valid_batches
from data.settings import Settings
from data.warehouse.integrity import problems_of
from data.warehouse.publish import SAFE_PLANS
from data.warehouse.rules import load_rules, rules_version, run_rules
from data.warehouse.staging import load_catalogue_tables, stage_batches
from data.warehouse.trial_differences import differences_of, facts_of
from data.warehouse.trial_places import measure_of, places_of, standings_of

WAITING, BEFORE, AFTER, COMPARING = "waiting", "before", "after", "comparing"
STEPS = (WAITING, BEFORE, AFTER, COMPARING)


@dataclass(frozen=True)
class TrialRequest:
    """The own rows as they hold and as they would, and the number of the row that is looked at."""

    before: Overlay
    after: Overlay
    number: int

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> "TrialRequest":
        """As it comes from standard input."""
        before, after = (_rows(given[name]) for name in ("before", "after"))
        return cls(before, after, int(given["number"]))

    def as_json(self) -> str:
        """As it goes to standard input."""
        return json.dumps(asdict(self), ensure_ascii=False)


def _rows(given: Sequence[Mapping[str, Any]]) -> Overlay:
    return tuple(OverlayRow(r["number"], r["table"], tuple((c, v) for c, v in r["cells"])) for r in given)


def mark_of(settings: Settings, request: TrialRequest) -> str:
    """Twelve hex digits of everything that the answer depends on: rows, files, rules and batches that count."""
    folder = folder_of(settings)
    parts = [
        read_catalogue(folder, request.before).version,
        read_catalogue(folder, request.after).version,
        as_words(request.after),
        rules_version(load_rules(settings.rules_folder)),
        *sorted(b.rows_sha256 for b in valid_batches(settings.batches_folder)),
    ]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:12]


def touches_rules(settings: Settings, table: str, cells: Mapping[str, str]) -> bool:
    """Whether any rule reads rows like this one; of office parameters, whether any reads this parameter."""
    rules = load_rules(settings.rules_folder)
    code = cells.get("parameter_code", "")
    sources = [rule.sql for rule in rules]
    sources += [path.read_text(encoding="utf-8") for rule in rules if rule.step for path in rule.step.code]
    names = (code, f"{code.partition('_')[0]}_%") if code else ("",)
    is_named = any(name in source for name in names for source in sources)
    return is_named and any(f"cat_{table}" in source for source in sources)


def try_out(settings: Settings, request: TrialRequest, told: Path) -> dict[str, Any]:
    """What would differ in the newest period, as if the row were in force there.

    Args:
        settings: Folders, threads and memory.
        request: The rows with and without.
        told: Where to write how far it is.
    """
    batches = valid_batches(settings.batches_folder)
    mark = mark_of(settings, request)
    row = next(r for r in (*request.after, *request.before) if r.number == request.number)
    measure = measure_of(row.table, dict(row.cells))
    _note(told, BEFORE)
    with _run(settings, request.before, batches) as connection:
        day = connection.execute("select max(snapshot_date) from stg_snapshot").fetchall()[0][0]
        shifted = {name: _in_force_on(rows, request.number, day) for name, rows in _both(request)}
        is_now = shifted["before"] == request.before
        before = (facts_of(connection), standings_of(connection, measure)) if is_now else None
    if before is None:
        with _run(settings, shifted["before"], batches) as connection:
            before = facts_of(connection), standings_of(connection, measure)
    _note(told, AFTER)
    with _run(settings, shifted["after"], batches) as connection:
        after, problems = (facts_of(connection), standings_of(connection, measure)), problems_of(connection)
    _note(told, COMPARING)
    is_as_if = (shifted["before"], shifted["after"]) != (request.before, request.after)
    names = {code: str(unit["short_name"]) for code, unit in after[0].units.items()}
    return {
        "mark": mark,
        "is_as_if": is_as_if,
        "problems": problems,
        "places": places_of(measure, before[1], after[1], names),
        **differences_of(before[0], after[0]),
    }


def _both(request: TrialRequest) -> tuple[tuple[str, Overlay], ...]:
    return (("before", request.before), ("after", request.after))


def _in_force_on(rows: Overlay, number: int, day: date) -> Overlay:
    """The rows, with the one that is looked at beginning no later than a day."""

    def shifted(row: OverlayRow) -> OverlayRow:
        cells = dict(row.cells)
        begins = cells.get("valid_from", "")
        row_type = TABLES[row.table][0]
        if row.number != number or not is_spliced(row.table, row_type) or begins <= day.isoformat():
            return row
        cells["valid_from"] = day.isoformat()
        return replace(row, cells=tuple(sorted(cells.items())))

    return tuple(shifted(row) for row in rows)


def _run(settings: Settings, rows: Overlay, batches: Sequence[Batch]) -> duckdb.DuckDBPyConnection:
    """A connection in memory with every relation that a publication would have; the caller closes it."""
    catalogue, tables = read_catalogue(folder_of(settings), rows), {row.table for row in rows}
    connection = duckdb.connect()
    try:
        connection.execute(f"set threads = {int(settings.publish_threads)}")
        connection.execute("set memory_limit = $limit", {"limit": settings.publish_memory})
        connection.execute("set preserve_insertion_order = false")
        connection.execute(f"set disabled_optimizers = '{SAFE_PLANS}'")
        load_catalogue_tables(connection, catalogue)
        _check_exact(connection, catalogue, tables)
        stage_batches(connection, settings.batches_folder, batches)
        run_rules(connection, load_rules(settings.rules_folder))
    except BaseException:
        connection.close()
        raise
    return connection


def _check_exact(connection: duckdb.DuckDBPyConnection, catalogue: Catalogue, tables: Collection[str]) -> None:
    """Nothing of the tables with own rows may be rounded where the rules read it.

    Raises:
        ValueError: a number has more digits than its column.
    """
    for table in tables:
        row_type = TABLES[table][0]
        hints = typing.get_type_hints(row_type)
        for column in (f.name for f in fields(row_type) if hints[f.name] in (Decimal, Decimal | None)):
            kept = {r[0] for r in connection.execute(f'select distinct "{column}" from cat_{table}').fetchall()}  # noqa: S608
            if kept != {getattr(row, column) for row in catalogue.rows(row_type)}:
                raise ValueError(f"{table}.{column} is not kept exactly")


def _note(path: Path, step: str) -> None:
    beside = path.with_suffix(".tmp")
    beside.write_text(json.dumps({"step": step}), encoding="utf-8")
    beside.replace(path)


def main() -> None:
    """The child's work."""
    result = Path(sys.argv[1])
    request, settings = TrialRequest.from_json(json.load(sys.stdin)), Settings()
    told = result.with_suffix(".step")
    _note(told, WAITING)
    replace_synced(result, sign_record(try_out(settings, request, told)))


if __name__ == "__main__":
    main()
