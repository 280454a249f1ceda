"""All sheets and files of one return as one table: what stands twice, and what hidden sheets repeat."""

from dataclasses import dataclass

import pandas as pd

from data.catalogue.input_tables import InputColumn, InputKind
from data.importing.cell_checks import word_of
from data.importing.findings import ROWS_APART, Finding, Place, Whole
from data.importing.recognise import columns_of, field_name
from data.text import text

NOTHING = "空"
Values = dict[int, dict[str, object]]
SCHOOLS = "school_return"


@dataclass(frozen=True)
class Part:
    """The rows of one sheet (index = source row), of a kind that is known."""

    input_kind: InputKind
    place: Place
    rows: pd.DataFrame
    is_hidden: bool = False
    faulty: frozenset[int] = frozenset()
    is_official_form: bool = False
    is_blocked: bool = False
    unread: frozenset[str] = frozenset()
    knows_formats: bool = True


@dataclass
class Joined:
    """The rows of all parts of one kind, counted through, with the findings about their standing together.

    `faulty` rows have a cell that blocks, or stand twice with different values.
    """

    whole: Whole
    rows: pd.DataFrame
    parts: list[Part]
    findings: list[Finding]
    faulty: set[int]

    @property
    def has_faulty_cells(self) -> bool:
        """Whether a cell of any sheet blocks."""
        return any(p.faulty or p.is_blocked for p in self.parts)

    def of(self, position: int) -> pd.DataFrame:
        """The rows of one part by their own numbers, with the columns that any of them has."""
        is_own = [int(n) // ROWS_APART == position for n in self.rows.index]
        part_rows = self.rows[is_own]
        part_rows = part_rows.set_axis([int(n) % ROWS_APART for n in part_rows.index]).rename_axis("source_row")
        columns = set(self.parts[position].rows.columns)
        return part_rows[[c for c in part_rows.columns if c in columns or part_rows[c].notna().any()]]


def joined(parts: list[Part]) -> Joined:
    """Put the parts of one kind together; equal rows once, different ones of one key are refused."""
    whole = Whole([p.place for p in parts])
    frames = [
        p.rows.set_axis([n * ROWS_APART + int(row) for row in p.rows.index]) for n, p in enumerate(parts) if len(p.rows)
    ]
    rows = pd.concat(frames) if frames else parts[0].rows
    rows = rows.astype(object).where(rows.notna(), None)
    faulty = {n * ROWS_APART + row for n, p in enumerate(parts) for row in p.faulty}
    result = Joined(whole, rows, parts, [], faulty)
    _look_for_repeats(result)
    return result


def _look_for_repeats(kind_table: Joined) -> None:
    kind = kind_table.parts[0].input_kind
    keys = [k for k in kind.key_fields.split("|") if k in kind_table.rows.columns]
    columns = {field_name(c): c for c in columns_of(kind.input_kind)}
    needed = [k in columns and columns[k].is_required for k in keys]
    first: dict[tuple[object, ...], int] = {}
    dropped: list[int] = []
    hidden: dict[int, list[int]] = {}
    index = [int(n) for n in kind_table.rows.index]
    values: Values = {
        row: {str(k): v for k, v in record.items()}
        for row, record in zip(index, kind_table.rows.to_dict("records"), strict=True)
    }
    for row, key in zip(index, kind_table.rows[keys].itertuples(index=False, name=None), strict=True):
        if not keys or any(value is None for value, is_needed in zip(key, needed, strict=True) if is_needed):
            continue
        other = first.setdefault(key, row)
        if other == row:
            continue
        sheets = row // ROWS_APART, other // ROWS_APART
        secret = next((s for s in sheets if kind_table.parts[s].is_hidden), None)
        if secret is not None and sheets[0] != sheets[1]:
            hidden.setdefault(secret, []).append(row if sheets[0] == secret else other)
            dropped.append(row if sheets[0] == secret else other)
            continue
        differing = _differing(kind_table, values, row, other)
        placeholders = {"value": " ".join(str(v) for v in key), "detail": kind_table.whole.where(other, row)}
        header = columns[keys[-1]].header if keys[-1] in columns else ""
        if differing:
            more = _difference(kind_table, columns, values, (row, other), differing[0])
            kind_table.findings.append(
                kind_table.whole.finding("duplicate_key", row=row, column=header, more=more, **placeholders)
            )
            continue
        kind_table.findings.append(kind_table.whole.finding("duplicate_equal", row=row, column=header, **placeholders))
        _fill(kind_table, values, other, row)
        dropped.append(row)
    for sheet, rows in hidden.items():
        place, header = kind_table.parts[sheet].place, columns[keys[-1]].header
        text_key = "hidden_schools" if kind.input_kind == SCHOOLS else "hidden_records"
        detail = text(f"reception.{text_key}", count=len(rows))
        kind_table.findings += [
            place.finding("hidden_sheet_repeats", row=row % ROWS_APART, column=header, value=place.sheet, detail=detail)
            for row in rows
        ]
    kind_table.rows = kind_table.rows.drop(index=dropped)


def _differing(kind_table: Joined, values: Values, row: int, other: int) -> list[str]:
    """The columns that both sheets have and in which the rows differ."""
    both = set(kind_table.parts[row // ROWS_APART].rows.columns) & set(
        kind_table.parts[other // ROWS_APART].rows.columns
    )
    return [c for c in kind_table.rows.columns if c in both and values[row].get(c) != values[other].get(c)]


def _difference(
    kind_table: Joined, columns: dict[str, InputColumn], values: Values, rows: tuple[int, int], name: str
) -> str:
    """Both cells of the first difference in words."""
    column = columns.get(name)
    if column is None:
        return ""
    row, other = rows
    shown = [word_of(column.value_type, str(values[r].get(name) or "")) or NOTHING for r in rows]
    return text(
        "reception.differing",
        header=column.header,
        cell=kind_table.whole.where(row, column=column.header),
        value=shown[0],
        other_cell=kind_table.whole.where(other, row, column.header),
        other=shown[1],
    )


def _fill(kind_table: Joined, values: Values, into: int, source: int) -> None:
    """What only the later sheet says of a row that stands twice is kept."""
    for name, value in values[source].items():
        if value is not None and values[into].get(name) is None:
            kind_table.rows.loc[into, name] = str(value)
            values[into][name] = value
