"""What the desk is shown of a return: findings, columns, changes, what would vanish, and the verdicts it would give."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from data.importing.asked import Asked
from data.importing.differences import differences
from data.importing.findings import Place
from data.importing.grouped import grouped
from data.importing.ownership import WHOLE_CITY, foreign_codes, foreign_rows, foreign_table, own_rows
from data.importing.prepare import PreparedReturn, prepare_return
from data.importing.previous_return import batches_of, known_schools, last_return, returned_rows, year_before
from data.importing.replacement import kinds_not_sent, replacements
from data.reading.model import Sheet
from data.reading.read import read_sheets
from data.rows.examination import EffectRecord, GoneRecord, Preview, SchoolChange
from data.settings import Settings
from data.warehouse.check import check_verdicts

MOST_CHANGES = 500
MOST_FINDINGS = 5_000
MOST_COLUMNS = 400
SCHOOLS = "school_return"
READING, CHECKING, JUDGING = "reading", "checking", "judging"
Told = Callable[[str, int, int], None]
"""Called with the step, how many files are read, and how many there are."""


def say_nothing(step: str, done: int, total: int) -> None:
    """For who does not ask how far the work is."""
    del step, done, total


@dataclass(frozen=True)
class UploadRequest:
    """Whose return for which period files are said to be.

    `take_over_as` records them as the batch of a submission; it counts once the city decided so.
    `kinds` may be handed in; none named is any. The unit can be `WHOLE_CITY`. `by_hand` says which
    column a header means. How far the work is gets written to the file `progress`, where one is named.
    `shown` is the mark of the changes that people saw; where they would be others now, nothing is recorded.
    """

    period: str
    district_code: str
    take_over_as: str = ""
    reason: str = ""
    submission_id: int | None = None
    kinds: tuple[str, ...] = ()
    by_hand: Mapping[str, str] = field(default_factory=dict[str, str])
    progress: str = ""
    shown: str = ""


def prepare(
    settings: Settings, paths: Sequence[Path], asked: UploadRequest, told: Told = say_nothing
) -> PreparedReturn:
    """Read and check files as the return of one unit for one period."""
    folder = settings.batches_folder
    unit = "" if asked.district_code == WHOLE_CITY else asked.district_code
    known = Asked(
        asked.period,
        unit,
        earlier=lambda period, district: last_return(folder, period, district) if district == unit else None,
        year_before=lambda period, district: year_before(folder, period, district) if district == unit else None,
        schools=lambda district: known_schools(folder, district),
        by_hand=asked.by_hand,
    )
    is_read = 0

    def read(path: Path) -> list[Sheet]:
        nonlocal is_read
        told(READING, is_read + 1, len(paths))
        is_read += 1
        sheets = read_sheets(path)
        if is_read == len(paths):
            told(CHECKING, is_read, len(paths))
        return sheets

    prepared = prepare_return(paths, known, read)
    if not prepared.is_blocked:
        prepared.findings += kinds_not_sent(folder, [prepared])
    places = {(t.place.file_name, t.place.sheet): t.place for t in prepared.recognised}
    for table in prepared.tables:
        place = places.get((table.file_name, table.sheet)) or Place(table.file_name, table.sheet)
        prepared.findings += foreign_table(table, place, asked.kinds)
        prepared.findings += foreign_codes(settings.batches_folder, table, place)
        prepared.findings += foreign_rows(table, place, asked.district_code, asked.period)
    if not prepared.is_blocked:
        school_return = PreparedReturn(prepared.paths)
        school_return.tables = [
            replace(t, rows=own_rows(t, asked.district_code, asked.kinds))
            for t in prepared.tables
            if t.input_kind == SCHOOLS
        ]
        prepared.findings += replacements(folder, school_return)
    return prepared


def examination_of(
    settings: Settings, prepared: PreparedReturn, asked: UploadRequest, told: Told = say_nothing
) -> dict[str, Any]:
    """What was prepared, as an `Examination`."""
    told(JUDGING, len(prepared.paths), len(prepared.paths))
    kinds, changes = differences(
        settings.batches_folder, prepared.tables, lambda table: own_rows(table, asked.district_code, asked.kinds)
    )
    findings = grouped(prepared.findings)
    said: dict[str, Any] = {
        "findings": [f.as_dict() for f in findings[:MOST_FINDINGS]],
        "finding_count": len(findings),
        "kinds": kinds,
        "changes": changes[:MOST_CHANGES],
        "change_count": len(changes),
        "columns": [asdict(c) for c in prepared.columns[:MOST_COLUMNS]],
        "sheets": _sheets(prepared),
        "gone": _gone(settings, prepared, asked),
        "allowed_kinds": list(asked.kinds),
        "preview": {},
    }
    sent_kinds = {kind["input_kind"] for kind in kinds}
    compared = batches_of(settings.batches_folder, sent_kinds, asked.period, asked.district_code)
    said["in_force"] = [batch.batch_id for batch in compared]
    said["changes_mark"] = _mark(changes, said["gone"])
    if not prepared.is_blocked and any(t.input_kind == SCHOOLS for t in prepared.tables):
        said |= _verdicts(settings, prepared, asked)
    return said


def _mark(changes: Sequence[Mapping[str, str]], gone: Sequence[GoneRecord]) -> str:
    """A short mark of all that would change and vanish: equal marks, equal changes."""
    serialized = json.dumps([list(changes), list(gone)], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(serialized.encode()).hexdigest()


def _sheets(prepared: PreparedReturn) -> list[dict[str, object]]:
    """Every sheet that was understood and holds something, with its rows and records."""
    lengths = {(name, s.name): len(s.rows) for name, sheets in prepared.sheets.items() for s in sheets}
    return [
        {
            "file_name": t.place.file_name,
            "sheet": t.place.sheet,
            "input_kind": t.input_kind.input_kind,
            "rows": lengths.get((t.place.file_name, t.place.sheet), len(t.cells)),
            "records": len(t.cells),
        }
        for t in prepared.recognised
        if len(t.cells)
    ]


def _earlier(settings: Settings, asked: UploadRequest) -> tuple[pd.DataFrame | None, bool]:
    """The unit's schools in force for the period, else of the period before; and whether of the same."""
    if asked.district_code == WHOLE_CITY:
        return None, False
    rows = returned_rows(settings.batches_folder, asked.period, asked.district_code)
    if rows is not None:
        return rows, True
    return last_return(settings.batches_folder, asked.period, asked.district_code), False


def _gone(settings: Settings, prepared: PreparedReturn, asked: UploadRequest) -> list[GoneRecord]:
    """Schools of the period before, or in force for this one, that the return does not hold."""
    tables = [own_rows(t, asked.district_code, asked.kinds) for t in prepared.tables if t.input_kind == SCHOOLS]
    if not tables or asked.district_code == WHOLE_CITY:
        return []
    now = {str(code) for rows in tables for code in rows["school_code"]}
    gone: dict[str, GoneRecord] = {}
    for rows in (
        last_return(settings.batches_folder, asked.period, asked.district_code),
        returned_rows(settings.batches_folder, asked.period, asked.district_code),
    ):
        if rows is None:
            continue
        pupils = [c for c in rows.columns if c.startswith("pupils__")]
        counts = rows[pupils].astype(float).sum(axis=1, min_count=1)
        for code, name, count in zip(rows["school_code"], rows["school_name"], counts, strict=True):
            if str(code) not in now:
                whole = None if pd.isna(count) else int(count)
                gone[str(code)] = {"school_code": str(code), "school_name": str(name), "pupils": whole}
    return list(gone.values())


def _verdicts(settings: Settings, prepared: PreparedReturn, asked: UploadRequest) -> dict[str, Any]:
    tables = [t.rows for t in prepared.tables if t.input_kind == SCHOOLS]
    checked = check_verdicts(pd.concat(tables), settings.rules_folder)
    judged = [s for s in checked["sections"] if s["in_scope"]]
    preview: Preview = {
        "districts": checked["districts"],
        "failing_count": sum(s["complies"] is False for s in judged),
        "section_count": len(judged),
        "undecidable_count": sum(s["complies"] is None for s in judged),
    }
    rows, is_same_period = _earlier(settings, asked)
    if rows is None:
        return {"preview": preview}
    then = check_verdicts(rows.drop(columns=["source_row", "not_applicable"]), settings.rules_folder)
    preview["before"] = then["districts"]
    preview["before_period"] = str(rows["period"].iloc[0])
    preview["is_same_period"] = is_same_period
    preview["schools"] = _changed_schools(then["sections"], checked["sections"])
    unit = asked.district_code
    effect = _effect(_items(then, unit), _items(checked, unit))
    return {"preview": preview, "effect": effect}


def _items(checked: Mapping[str, Any], unit: str) -> dict[str, bool | None]:
    return dict(checked["verdict"]["districts"].get(unit, {}).get("items", {}))


def _effect(then: Mapping[str, bool | None], now: Mapping[str, bool | None]) -> EffectRecord:
    """Which items of 资源配置 the unit meets before and after."""
    return {
        "before_met": sum(met is True for met in then.values()),
        "after_met": sum(met is True for met in now.values()),
        "item_count": len(now),
        "gained": [item for item, met in now.items() if met is True and then.get(item) is not True],
        "lost": [item for item, met in now.items() if met is False and then.get(item) is not False],
        "undecidable": [item for item, met in now.items() if met is None],
    }


def _changed_schools(then: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]]) -> list[SchoolChange]:
    """Sections that turn: by school and stage, how many of their indicators hold before and after."""
    earlier = {(s["school_code"], s["stage"]): s for s in then if s["in_scope"]}
    changes: list[SchoolChange] = []
    for section in now:
        before = earlier.get((section["school_code"], section["stage"]))
        if before is None or not section["in_scope"] or before["complies"] == section["complies"]:
            continue
        changes.append(
            {
                "school_code": section["school_code"],
                "school_name": section["school_name"],
                "stage": section["stage"],
                "before_complies": before["complies"],
                "after_complies": section["complies"],
                "before_met": before["met"],
                "after_met": section["met"],
                "indicator_count": section["indicators"],
            }
        )
    return changes
