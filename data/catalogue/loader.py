"""Read the catalogue, strictly: a wrong column, key or date refuses to start, naming the line."""

import csv
import types
import typing
from collections.abc import Iterable, Sequence
from dataclasses import MISSING, dataclass, fields
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from data.catalogue import access_tables as access
from data.catalogue import input_tables, lead_tables, recognition_tables
from data.catalogue import supervision_tables as supervision
from data.catalogue import tables as t
from data.catalogue.cross_checks import disagreements
from data.catalogue.gap_tables import GapUnit
from data.catalogue.keeping_tables import KeptRecord
from data.settings import Settings

FOLDER = Path(__file__).parent
Row = TypeVar("Row")

# table name -> (row type, key columns; dated tables must not overlap per key)
TABLES: dict[str, tuple[type[Any], tuple[str, ...]]] = {
    "sources": (t.Source, ("source_code",)),
    "data_periods": (input_tables.DataPeriod, ("period",)),
    "input_kinds": (input_tables.InputKind, ("input_kind",)),
    "input_columns": (input_tables.InputColumn, ("input_kind", "field_code", "stage")),
    "input_examples": (input_tables.InputExample, ("input_kind", "field_code", "stage")),
    "input_units": (input_tables.InputUnit, ("unit",)),
    "school_departures": (input_tables.SchoolDeparture, ("departure_code",)),
    "finding_rules": (input_tables.FindingRule, ("finding_code",)),
    "return_checks": (input_tables.ReturnCheck, ("check_code", "valid_from")),
    "gap_units": (GapUnit, ("gap_unit",)),
    "indicators": (t.Indicator, ("indicator_code",)),
    "indicator_inputs": (t.IndicatorInput, ("indicator_code", "field_code")),
    "thresholds": (t.Threshold, ("indicator_code", "stage")),
    "cv_limits": (t.CvLimit, ("regime", "indicator_code", "stage")),
    "school_rules": (t.SchoolRule, ("regime",)),
    "school_types": (t.SchoolType, ("school_type",)),
    "scope_rules": (t.ScopeRule, ("school_type",)),
    "split_weights": (t.SplitWeight, ("stage",)),
    "dimensions": (t.Dimension, ("dimension",)),
    "items": (t.Item, ("item_code",)),
    "district_groups": (t.DistrictGroup, ("group_code",)),
    "districts": (t.District, ("district_code",)),
    "district_successions": (t.DistrictSuccession, ("predecessor_code", "successor_code")),
    "recognition_batches": (recognition_tables.RecognitionBatch, ("batch_code",)),
    "recognitions": (recognition_tables.Recognition, ("district_code",)),
    "plan_phases": (t.PlanPhase, ("phase_code",)),
    "plan_statuses": (t.PlanStatus, ("status_code",)),
    "operator_types": (t.OperatorType, ("operator_type",)),
    "parameters": (t.Parameter, ("parameter_code",)),
    "map_labels": (t.MapLabel, ("vintage", "geometry_code")),
    "map_vintages": (t.MapVintage, ("vintage",)),
    "glossary": (t.GlossaryTerm, ("identifier",)),
    "issue_statuses": (supervision.IssueStatus, ("status_code",)),
    "issue_origins": (supervision.IssueOrigin, ("origin_code",)),
    "supervision_levels": (supervision.SupervisionLevel, ("level_code",)),
    "inspector_kinds": (supervision.InspectorKind, ("inspector_kind",)),
    "issue_transitions": (supervision.IssueTransition, ("action", "from_status")),
    "warning_transitions": (supervision.WarningTransition, ("action", "from_state")),
    "roles": (access.Role, ("role_code",)),
    "capabilities": (access.Capability, ("permission",)),
    "role_capabilities": (access.RoleCapability, ("role_code", "permission")),
    "password_words": (access.PasswordWord, ("word",)),
    "kept_records": (KeptRecord, ("record_code",)),
    "warning_rules": (supervision.WarningRule, ("warning_code",)),
    "lead_limits": (lead_tables.LeadLimit, ("limit_code",)),
    "lead_counts": (lead_tables.LeadCount, ("field_code",)),
}


class CatalogueError(ValueError):
    """The catalogue is not consistent; the message names file and line."""


@dataclass(frozen=True)
class Catalogue:
    """All catalogue tables, typed. `rows(Indicator)` gives one table."""

    by_type: dict[type[Any], tuple[Any, ...]]

    def rows(self, row_type: type[Row]) -> tuple[Row, ...]:
        """All rows of one table, in file order."""
        return self.by_type[row_type]

    def in_force(self, row_type: type[Row], day: date) -> tuple[Row, ...]:
        """Rows of a dated table in force on a day."""
        return tuple(r for r in self.rows(row_type) if is_in_force(r, day))

    def parameter(self, parameter_code: str, day: date) -> Decimal:
        """The value of an office parameter on a day; KeyError if none is in force."""
        for row in self.in_force(t.Parameter, day):
            if row.parameter_code == parameter_code:
                return row.value
        raise KeyError(parameter_code)


def is_in_force(row: Any, day: date) -> bool:
    """Whether a dated row holds on a day (both ends inclusive)."""
    return row.valid_from <= day and (row.valid_to is None or day <= row.valid_to)


@cache
def catalogue_folder() -> Path:
    """Where the catalogue in use lies: in the runtime folder, or else the project's own."""
    own = Settings().own_catalogue_folder
    return own if own.is_dir() else FOLDER


def load_catalogue(folder: Path | None = None) -> Catalogue:
    """Read and check every table below `folder`, by default the catalogue in use.

    Raises:
        CatalogueError: see `read_catalogue`.
    """
    return read_catalogue(folder or catalogue_folder())


@lru_cache(maxsize=4)
def read_catalogue(folder: Path) -> Catalogue:
    """Read and check every table below `folder`; kept for the next call.

    Raises:
        CatalogueError: unknown or missing column or file, bad value, dangling key, duplicate key,
            overlapping dates, or tables that disagree.
    """
    lines: dict[str, list[tuple[int, Any]]] = {}
    for name, (row_type, _) in TABLES.items():
        lines[name] = list(_read_table(folder / f"{name}.csv", row_type))
    for name, (row_type, key) in TABLES.items():
        _check_unique(folder / f"{name}.csv", lines[name], key)
        _check_references(folder / f"{name}.csv", row_type, lines)
    for words in disagreements(lines):
        raise CatalogueError(words)
    return Catalogue({TABLES[n][0]: tuple(row for _, row in rows) for n, rows in lines.items()})


def _read_table(path: Path, row_type: type[Any]) -> Iterable[tuple[int, Any]]:
    expected = [f.name for f in fields(row_type)]
    hints = typing.get_type_hints(row_type)
    if not path.is_file():
        raise CatalogueError(f"{path.name}: file is missing")
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(stream)
        header = next(reader, list[str]())
        if sorted(header) != sorted(expected):
            unknown = sorted(set(header) - set(expected))
            missing = sorted(set(expected) - set(header))
            raise CatalogueError(f"{path.name}:1: unknown columns {unknown}, missing columns {missing}")
        for cells in reader:
            if len(cells) != len(header):
                raise CatalogueError(f"{path.name}:{reader.line_num}: wrong number of cells")
            values = dict(zip(header, cells, strict=True))
            place = f"{path.name}:{reader.line_num}"
            parsed = {k: _parse(values[k], hints[k], f"{place}: {k}") for k in expected}
            try:
                row = row_type(**parsed)
            except ValueError as error:
                raise CatalogueError(f"{place}: {error}") from error
            yield reader.line_num, row


def _parse(text: str, hint: Any, place: str) -> Any:
    optional = isinstance(hint, types.UnionType)
    if optional:
        if text == "":
            return None
        hint = next(a for a in typing.get_args(hint) if a is not type(None))
    if hint is str:
        return text
    if text == "":
        raise CatalogueError(f"{place} is empty")
    try:
        if hint is bool:
            return {"true": True, "false": False}[text]
        if hint is date:
            return date.fromisoformat(text)
        return hint(text)
    except (KeyError, ValueError, InvalidOperation) as error:
        raise CatalogueError(f"{place} has a bad value: {text!r}") from error


def _check_unique(path: Path, lines: Sequence[tuple[int, Any]], key: tuple[str, ...]) -> None:
    groups: dict[tuple[Any, ...], list[tuple[int, Any]]] = {}
    for line, row in lines:
        groups.setdefault(tuple(getattr(row, k) for k in key), []).append((line, row))
    for values, members in groups.items():
        if len(members) == 1:
            continue
        if not hasattr(members[0][1], "valid_from"):
            raise CatalogueError(f"{path.name}:{members[1][0]}: {values} stands twice")
        members.sort(key=lambda m: m[1].valid_from)
        for (_, earlier), (line, later) in pairwise(members):
            if earlier.valid_to is None or earlier.valid_to >= later.valid_from:
                raise CatalogueError(f"{path.name}:{line}: dates of {values} overlap")


def _check_references(path: Path, row_type: type[Any], lines: dict[str, list[tuple[int, Any]]]) -> None:
    for column in fields(row_type):
        target = column.metadata.get("refers_to")
        if target is None or target is MISSING:
            continue
        table, target_column = target.split(".")
        known = {getattr(row, target_column) for _, row in lines[table]}
        for line, row in lines[path.stem]:
            if getattr(row, column.name) not in known:
                raise CatalogueError(
                    f"{path.name}:{line}: {column.name} {getattr(row, column.name)!r} is not in {table}.csv"
                )
