"""Tell which kind of table a sheet is from its headers, and map its columns to fields."""

import re
from dataclasses import dataclass

import pandas as pd
from openpyxl.utils import get_column_letter

from data.catalogue.input_tables import InputColumn, InputKind
from data.catalogue.loader import load_catalogue
from data.importing.findings import Finding, Place
from data.importing.read_table import RawTable

AMOUNT_TYPES = ("integer", "decimal")
CODE_FIELDS = ("operator_type", "founded_year")  # whole numbers that are not amounts
_PERSONAL_HEADER = re.compile(
    r"身份证|身份号码|证件号|护照|学籍[主辅]?号|学号|考号|考生号|准考证|姓名|名字|名单|曾用名|联系人|联系方式"
    r"|手机|电话|座机|微信|qq|邮箱|住址|家庭地址|户籍地|户口所在|籍贯|家长|父亲|母亲|监护人|出生|生日|银行|开户"
    r"|照片|人脸|指纹|病史|残疾证|社保卡?号|id(?:card|number|no)|phone|mobile|passport|birth|e-?mail|wechat"
    r"|^(?:student|pupil|parent|teacher|full)?_?name$",
    re.IGNORECASE,
)
_PERSONAL_VALUE = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|(?:86)?1[3-9]\d{9})(?!\d)")
_BETWEEN = re.compile(r"[\s-]|\.0$")
LEAST_HEADERS = 3  # a line with fewer words is a title or a note
HEADER_SEARCH_ROWS = 12  # official forms carry a title above the header


@dataclass(frozen=True)
class RecognisedTable:
    """A table of known kind: `cells` has one text column per field and the index is the row number.

    A field of a stage is named `field__stage`.
    """

    input_kind: InputKind
    columns: dict[str, InputColumn]
    cells: pd.DataFrame


def field_name(column: InputColumn) -> str:
    """`pupils__primary` for a column of a stage, otherwise the field's own code."""
    return f"{column.field_code}__{column.stage}" if column.stage else column.field_code


def columns_of(input_kind: str) -> list[InputColumn]:
    """The catalogue's columns of one kind, in template order."""
    return [c for c in load_catalogue().rows(InputColumn) if c.input_kind == input_kind]


def amount_columns(input_kind: str) -> list[InputColumn]:
    """The columns of a kind that hold amounts, not codes or words."""
    return [c for c in columns_of(input_kind) if c.value_type in AMOUNT_TYPES and c.field_code not in CODE_FIELDS]


def recognise(table: RawTable, place: Place) -> tuple[RecognisedTable | None, list[Finding]]:
    """Find header row and kind; unknown and missing columns become findings."""
    located = _locate_header(table)
    if located is None:
        present = "、".join(h for h in (table.rows[0] if table.rows else []) if h)[:60]
        return None, [place.finding("unknown_kind", detail=f"第一行是：{present or '空'}")]
    header_index, kind = located
    return _map_columns(table, header_index, kind, place)


def _headers_of(column: InputColumn) -> list[str]:
    return [column.header, *(a for a in column.aliases.split("|") if a)]


def _locate_header(table: RawTable) -> tuple[int, InputKind] | None:
    best: tuple[float, int, InputKind] | None = None
    for index, row in enumerate(table.rows[:HEADER_SEARCH_ROWS]):
        texts = set(row)
        for kind in load_catalogue().rows(InputKind):
            columns = columns_of(kind.input_kind)
            known = sum(1 for c in columns if texts & set(_headers_of(c)))
            required = [c for c in columns if c.is_required]
            found = sum(1 for c in required if texts & set(_headers_of(c)))
            enough = found * 2 >= len(required) and known >= 3  # noqa: PLR2004
            score = found / len(required) + known / 1000
            if enough and (best is None or score > best[0]):
                best = (score, index, kind)
    return None if best is None else (best[1], best[2])


def _is_personal(header: str, values: list[str]) -> bool:
    """Whether a column of no template, with these filled cells, looks like data about persons."""
    if _PERSONAL_HEADER.search(_BETWEEN.sub("", header)):
        return True
    found = sum(1 for v in values if _PERSONAL_VALUE.search(_BETWEEN.sub("", v)))
    return found * 2 > len(values)


def personal_columns(table: RawTable, place: Place) -> list[Finding]:
    """The columns about persons of a sheet that is none of the known kinds."""
    head = enumerate(table.rows[:HEADER_SEARCH_ROWS])
    index = next((n for n, row in head if sum(map(bool, row)) >= LEAST_HEADERS), None)
    found = [] if index is None else _other_columns(table, index, set(), place)
    return [finding for finding in found if finding.is_blocking]


def _other_columns(table: RawTable, header_index: int, known: set[int], place: Place) -> list[Finding]:
    """What stands beside the known columns; one without a header is named by its letter."""
    findings: list[Finding] = []
    header = dict(enumerate(table.rows[header_index]))
    filled: dict[int, list[str]] = {index: [] for index, text in header.items() if text}
    for row in table.rows[header_index + 1 :]:
        for index, value in enumerate(row):
            if value:
                filled.setdefault(index, []).append(value)
    for index in sorted(filled.keys() - known):
        text = header.get(index, "")
        if _is_personal(text, filled[index]):
            column = text or get_column_letter(index + 1)
            findings.append(place.finding("personal_column", row=header_index + 1, column=column))
        elif text:
            findings.append(place.finding("unknown_column", row=header_index + 1, column=text))
    return findings


def _map_columns(
    table: RawTable, header_index: int, kind: InputKind, place: Place
) -> tuple[RecognisedTable | None, list[Finding]]:
    findings: list[Finding] = []
    header = table.rows[header_index]
    positions: dict[str, int] = {}
    by_field: dict[str, InputColumn] = {}
    known_positions: set[int] = set()
    for column in columns_of(kind.input_kind):
        hits = [i for i, text in enumerate(header) if text in _headers_of(column)]
        known_positions.update(hits)
        if len(hits) > 1:
            findings.append(place.finding("duplicate_column", row=header_index + 1, column=column.header))
        if hits:
            positions[field_name(column)] = hits[0]
            by_field[field_name(column)] = column
        elif column.is_required:
            findings.append(place.finding("missing_column", row=header_index + 1, column=column.header))
    findings += _other_columns(table, header_index, known_positions, place)
    body = [(n + 1, row) for n, row in enumerate(table.rows) if n > header_index and any(row)]
    if not body:
        findings.append(place.finding("no_rows"))
    cells = pd.DataFrame(
        {
            name: [row[position] if position < len(row) else "" for _, row in body]
            for name, position in positions.items()
        },
        index=pd.Index([number for number, _ in body], name="source_row"),
        dtype="object",
    )
    return RecognisedTable(kind, by_field, cells), findings
