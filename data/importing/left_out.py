"""Rows below a header that are no records: totals, notes, headers printed again; each is counted and named."""

import itertools
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from data.catalogue.input_tables import InputColumn
from data.importing.headers import header_key, plain_words, stage_in
from data.importing.locate import Located
from data.reading.model import CellValue, Row, Sheet, Styled, is_filled
from data.text import text

KINDS = ("header", "numbers", "heading", "total", "sums", "footer", "stray")
FEWEST_EQUAL = 3
STEPS_KEPT = 0.8
LARGEST_NUMBER = 999
MOST_BEFORE = 12
FEWEST_SUMMED = 5
SUMMED_SHARE = 0.9
FEWEST_ROWS = 2
FEW = 2
NEAR = 1e-6
MOST_NAMED = 20
TOTALLED = ("integer", "decimal")
SUMMED_KINDS = ("school_return", "form_2_2", "district_item")
NAMING = ("school_code", "school_name", "district_code", "period", "issue_code")
_COLUMN_NUMBER = re.compile(r"[甲乙丙丁戊己庚辛壬癸]|[A-Za-z]|\(?\d{1,3}\)?|\d{1,3}=[\d+\-×÷*/=]+")
_ROUND = str.maketrans("[]{}【】〔〕〖〗", "()()()()()")
_AROUND = "-—–―─*★#\"'“”"
_NUMBERED = re.compile(r"^[(\d一二三四五六七八九十)、.:]+")


def left_out(sheet: Sheet, located: Located) -> dict[int, str]:
    """The kind of every row below the header (from 0) that is no record."""
    kinds: dict[int, str] = {}
    sums = _Sums(located)
    for number in range(located.last + 1, len(sheet.rows)):
        row = sheet.rows[number]
        if not any(map(is_filled, row)):
            continue
        kind = _kind(row, sheet, located) or sums.look(row)
        if kind == "total":
            sums.begin_anew()
        if kind:
            kinds[number] = kind
    return kinds


def counted(rows: dict[int, str]) -> str:
    """What was left out, in words; empty where nothing was."""
    by_kind: dict[str, list[int]] = defaultdict(list)
    for number, kind in rows.items():
        by_kind[kind].append(number + 1)
    return "；".join(
        text(f"reception.left.{kind}", count=len(by_kind[kind]), rows=row_words(by_kind[kind]))
        for kind in KINDS
        if kind in by_kind
    )


def row_words(rows: Iterable[int]) -> str:
    """Row numbers as a spreadsheet shows them, the first of many."""
    numbers = sorted(rows)
    listing = "、".join(text("reception.row", row=n) for n in numbers[:MOST_NAMED])
    return listing + (text("reception.and_more") if len(numbers) > MOST_NAMED else "")


def heading_stage(row: Row) -> str:
    """The stage that a sub-heading inside the table names; empty where the row is none."""
    filled = [v for v in row if is_filled(v)]
    if len(filled) > FEW or not all(isinstance(v, str) for v in filled):
        return ""
    heading = plain_words("".join(str(v) for v in filled))
    rest = _NUMBERED.sub("", heading)
    is_heading = any(w in rest for w in text("reception.heading_words").split("|"))
    if is_heading or rest.rstrip("部:") in (text("reception.primary_words"), text("reception.junior_words")):
        return stage_in(rest)
    return ""


def _kind(row: Row, sheet: Sheet, located: Located) -> str:
    filled = {n: v for n, v in enumerate(row) if is_filled(v)}
    if _is_header(filled, sheet, located):
        return "header"
    if _is_numbers(list(filled.values())):
        return "numbers"
    if heading_stage(row):
        return "heading"
    if _is_total(row, located):
        return "total"
    if _is_footer(row, filled, located):
        return "footer"
    keys = [m.position for m in located.matches if m.column.field_code in located.input_kind.key_fields.split("|")]
    if keys and all(n in filled for n in keys) and len(keys) == len(filled):
        return ""
    required = [m.position for m in located.matches if m.column.is_required]
    if len(filled) <= FEW and sum(n in filled for n in required) <= 1 and len(located.matches) > FEW + 1:
        return "stray"
    return ""


def _is_header(filled: dict[int, CellValue], sheet: Sheet, located: Located) -> bool:
    head: dict[int, set[str]] = defaultdict(set)
    for row in sheet.rows[located.first : located.last + 1]:
        for number, value in enumerate(row):
            if isinstance(value, str) and value:
                head[number].add(header_key(value)[0])
    equal = sum(1 for n, v in filled.items() if isinstance(v, str) and header_key(v)[0] in head.get(n, ()))
    return equal >= FEWEST_EQUAL and equal * 2 >= len(filled)


def _is_numbers(values: list[CellValue]) -> bool:
    numbers: list[int] = []
    for value in values:
        numeral = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
        numeral = unicodedata.normalize("NFKC", numeral).strip()
        if not _COLUMN_NUMBER.fullmatch(numeral):
            return False
        digits = numeral.strip("()").partition("=")[0]
        if digits.isdigit():
            if int(digits) > LARGEST_NUMBER:
                return False
            numbers.append(int(digits))
    steps = [b - a for a, b in itertools.pairwise(numbers)]
    return len(numbers) >= FEWEST_EQUAL and sum(s == 1 for s in steps) >= STEPS_KEPT * len(steps)


@lru_cache(maxsize=1)
def _total_words() -> tuple[re.Pattern[str], frozenset[str]]:
    alternatives = "|".join(map(re.escape, text("reception.total_words").split("|")))
    counted_things = text("reception.counted_things")
    behind = rf"(?:\([^()]*\)|[::]?共?\d+(?:{counted_things}))?[::]?"
    pattern = re.compile(rf"(.{{0,{MOST_BEFORE}}}?)\(?(?:{alternatives})数?\)?{behind}")
    return pattern, frozenset(text("reception.whole_unit_words").split("|"))


def _is_total(row: Row, located: Located) -> bool:
    """Whether the first cell, or one that names a record, is the word for a total as a whole."""
    pattern, whole = _total_words()
    may_begin_otherwise = located.input_kind.input_kind in SUMMED_KINDS
    first = next((n for n, v in enumerate(row) if is_filled(v)), 0)
    positions = [first, *(m.position for m in located.matches if m.column.field_code in NAMING)]
    for position in positions:
        value = row[position] if position < len(row) else None
        if isinstance(value, str):
            cell_text = _bare(value)
            match = pattern.fullmatch(cell_text)
            if (match is not None and (may_begin_otherwise or not match[1])) or cell_text in whole:
                return True
    return False


def _bare(value: str) -> str:
    """Words without dashes, stars and square brackets around them."""
    return plain_words(value).translate(_ROUND).strip(_AROUND)


def _is_footer(row: Row, filled: dict[int, CellValue], located: Located) -> bool:
    if any(isinstance(v, int | float | Styled) and not isinstance(v, bool) for v in filled.values()):
        return False
    codes = [m.position for m in located.matches if m.column.field_code in ("school_code", "issue_code")]
    for position in codes:
        value = row[position] if position < len(row) else None
        if isinstance(value, str) and any(c.isdigit() for c in value) and not is_note(value):
            return False
    notes = [is_note(v) for v in filled.values() if isinstance(v, str)]
    if not notes:
        return False
    first = next(iter(filled.values()))
    return (isinstance(first, str) and is_note(first)) or sum(notes) * 2 >= len(notes) > 1


@lru_cache(maxsize=1)
def _note_words() -> re.Pattern[str]:
    alternatives = "|".join(map(re.escape, sorted(text("reception.footer_words").split("|"), key=len, reverse=True)))
    return re.compile(rf"(?:\(?(?:{alternatives})(?:\([^()]*\))?\)?)(?:\d{{0,2}}[::.、].*|)", re.DOTALL)


def is_note(value: str) -> bool:
    """Whether words are a note or a signature of a form, such as 填报日期：2026年9月."""
    return _note_words().fullmatch(plain_words(value)) is not None


class _Sums:
    """Adds up rows as they pass; says which one is the sum of those above."""

    def __init__(self, located: Located) -> None:
        self.positions = [m.position for m in located.matches if _adds_up(m.column)]
        self.all = [0.0] * len(self.positions)
        self.since = list(self.all)
        self.rows_of_all = self.rows_since = 0

    def begin_anew(self) -> None:
        """Forget the rows since the last total."""
        self.since, self.rows_since = [0.0] * len(self.positions), 0

    def look(self, row: Row) -> str:
        """`sums` for a row that is the sum of all rows so far or of those since the last sum."""
        values = [_number(row[p]) if p < len(row) else 0.0 for p in self.positions]
        for sums, rows in ((self.all, self.rows_of_all), (self.since, self.rows_since)):
            if rows >= FEWEST_ROWS and _are_equal(values, sums):
                self.begin_anew()
                return "sums"
        self.all = [a + b for a, b in zip(self.all, values, strict=True)]
        self.since = [a + b for a, b in zip(self.since, values, strict=True)]
        self.rows_of_all += 1
        self.rows_since += 1
        return ""


def _adds_up(column: InputColumn) -> bool:
    not_added = ("operator_type", "founded_year", "largest_class", "target_year", "round", "sequence", "grades")
    return column.value_type in TOTALLED and column.field_code not in not_added


def _are_equal(values: list[float], sums: list[float]) -> bool:
    compared = [(v, s) for v, s in zip(values, sums, strict=True) if v]
    equal = sum(abs(v - s) <= NEAR * max(1.0, abs(s)) for v, s in compared)
    return len(compared) >= FEWEST_SUMMED and equal >= SUMMED_SHARE * len(compared)


def _number(value: CellValue) -> float:
    if isinstance(value, Styled):
        return value.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if isinstance(value, str):
        numeral = unicodedata.normalize("NFKC", value).replace(",", "").strip().lstrip("'‘’")
        try:
            return float(numeral) if numeral and numeral[0].isdigit() else 0.0
        except ValueError:
            return 0.0
    return 0.0
