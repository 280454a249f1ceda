"""What an office downloads, fills in and sends is read without one word about its form."""

import csv
import io
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from data.catalogue.input_tables import InputKind
from data.catalogue.loader import load_catalogue
from data.demo.sources import write_sources
from data.importing.asked import Asked
from data.importing.prepare import PreparedReturn, prepare_file, prepare_return
from data.importing.recognise import columns_of, field_name
from data.importing.template import kind_template, return_template
from data.importing.template_sheet import example_name

KINDS = load_catalogue().rows(InputKind)
UNIT, PERIOD = "500103", "2026"
ABOUT_THE_FILE = {"back_derived", "codes_made"}
"""Hints that a rightly filled table of its kind has as well."""


def prepared(content: bytes | Workbook, folder: Path, unit: str = "500101") -> PreparedReturn:
    path = folder / "报送.xlsx"
    if isinstance(content, Workbook):
        content.save(path)
    else:
        path.write_bytes(content)
    return prepare_return([path], Asked(PERIOD, unit, lambda *_: None, today=date(2026, 11, 29)))


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.input_kind)
def test_the_example_moved_to_its_table_has_no_finding(kind: InputKind, tmp_path: Path) -> None:
    book = load_workbook(io.BytesIO(kind_template(kind.input_kind)))
    example = book[example_name(kind)]
    for position, cell in enumerate(example[2], start=1):
        book[kind.name].cell(2, position, cell.value).number_format = cell.number_format
    answer = prepared(book, tmp_path)
    assert [(t.input_kind, t.sheet, len(t.rows)) for t in answer.tables] in (
        [(kind.input_kind, kind.name, 1)],
        [("school_return", kind.name, 1)],
    )
    assert {f.finding_code for f in answer.findings} <= ABOUT_THE_FILE, answer.findings


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.input_kind)
def test_heads_say_unit_and_duty_and_cells_their_choices(kind: InputKind) -> None:
    sheet = load_workbook(io.BytesIO(kind_template(kind.input_kind)))[kind.name]
    heads = [str(cell.value) for cell in sheet[1]]
    columns = columns_of(kind.input_kind)
    assert len(heads) == len(columns)
    for head, column in zip(heads, columns, strict=True):
        assert head.startswith(column.header)
        assert head.endswith("*") is column.is_required
        assert not column.unit or f"（{column.unit}）" in head
    prompts = {str(v.sqref).split(":")[0]: v for v in sheet.data_validations.dataValidation}
    assert len(prompts) == len(columns)
    listed = [str(v.formula1) for v in prompts.values() if v.type == "list"]
    assert len(listed) == sum(1 for c in columns if "|" in c.allowed or c.value_type in CHOSEN)


CHOSEN = {"school_type", "phase", "plan_status", "boolean", "stage", "item"}


def test_an_example_that_was_filled_in_is_a_table(tmp_path: Path) -> None:
    """The example as handed out is left out; who writes a school of his own into it loses nothing."""
    kind = KINDS[0]
    book = load_workbook(io.BytesIO(kind_template(kind.input_kind)))
    assert not prepared(book, tmp_path).tables
    heads = [str(cell.value) for cell in book[example_name(kind)][1]]
    book[example_name(kind)].cell(2, heads.index("学校代码*") + 1, "3150010399")
    (table,) = prepared(book, tmp_path).tables
    assert table.rows["school_code"].tolist() == ["3150010399"]


def test_a_units_workbook_filled_in_is_its_return(tmp_path: Path) -> None:
    """Both tables of a unit, typed into the workbook with last year's register, are those of its plain files."""
    write_sources(tmp_path)
    sources = tmp_path
    plain = {k: own_rows(sources / f"{k}_{PERIOD}.csv") for k in ("学校基础数据表", "区县指标表")}
    earlier = own_rows(sources / "学校基础数据表_2025.csv")
    names = {c.header: field_name(c) for c in columns_of("school_return")}
    register = pd.DataFrame(earlier).rename(columns=names)
    book = load_workbook(io.BytesIO(return_template(PERIOD, UNIT, register)))
    assert book["学校基础数据表"].max_row == len(earlier) + 1
    for kind, rows in plain.items():
        sheet = book[kind]
        heads = [str(cell.value).partition("（")[0].rstrip("*") for cell in sheet[1]]
        sheet.delete_rows(2, sheet.max_row)
        for row in rows:
            sheet.append([number(row.get(head, "")) for head in heads])
    answer = prepared(book, tmp_path, UNIT)
    assert not [f for f in answer.findings if f.severity == "error"], answer.findings[:3]
    assert not {"missing_columns", "unknown_column", "unknown_sheet", "no_rows"} & {
        f.finding_code for f in answer.findings
    }
    for table in answer.tables:
        path = tmp_path / f"{table.sheet}.csv"
        pd.DataFrame(plain[table.sheet]).to_csv(path, index=False)
        (other,) = prepare_file(path, today=date(2026, 11, 29)).tables
        columns = sorted(set(other.rows.columns) & set(table.rows.columns))
        assert set(table.rows.columns) >= {c for c in other.rows.columns if other.rows[c].notna().any()}
        assert table.rows[columns].fillna("").to_numpy().tolist() == other.rows[columns].fillna("").to_numpy().tolist()


def own_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig") as stream:
        return [row for row in csv.DictReader(stream) if row["区县代码"] == UNIT]


def number(words: str) -> str | float | None:
    """As a person types it: numbers as numbers, codes and periods as text."""
    if not words:
        return None
    is_code = not words.replace(".", "", 1).isdigit() or len(words) == len(PERIOD) or len(words) > len(UNIT)
    return words if is_code or words == UNIT else float(words)


@pytest.mark.parametrize("kind", KINDS, ids=lambda k: k.input_kind)
def test_an_example_that_was_typed_into_is_no_return_and_is_named(kind: InputKind, tmp_path: Path) -> None:
    book = load_workbook(io.BytesIO(kind_template(kind.input_kind)))
    example = book[example_name(kind)]
    keys = {*kind.key_fields.split("|"), "district_code"}
    position = next(n for n, c in enumerate(columns_of(kind.input_kind), 1) if c.field_code not in keys)
    example.cell(2, position, "改过")
    answer = prepared(book, tmp_path)
    assert not answer.tables
    [said] = [f.message for f in answer.findings if f.finding_code == "example_changed"]
    assert f"“{example_name(kind)}”是模板的示例" in said
    assert columns_of(kind.input_kind)[position - 1].header in said
