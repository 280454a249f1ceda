"""Columns about persons: told by what their cells hold, and by their names where these are no counts."""

import re
import unicodedata

from data.importing.findings import Finding, Place
from data.reading.model import CellValue, Sheet, Styled, is_filled, letter

LEAST_HEADERS = 3  # a line with fewer words is a title or a note
SEARCHED_ROWS = 12
LONGEST_COUNT = 6
_PERSONAL_HEADER = re.compile(
    r"身份证|身份号码|证件号|护照|学籍[主辅]?号|学号|考号|考生号|准考证|姓名|名字|名单|曾用名|联系人|联系方式"
    r"|手机|电话|座机|微信|qq|邮箱|住址|家庭地址|户籍地|户口所在|籍贯|家长|父亲|母亲|监护人|出生|生日|银行|开户"
    r"|照片|人脸|指纹|病史|残疾证|社保卡?号|id(?:card|number|no)|phone|mobile|passport|birth|e-?mail|wechat"
    r"|^(?:student|pupil|parent|teacher|full)?_?name$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"证|号|id", re.IGNORECASE)
_PERSONAL_VALUE = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|(?:86)?1[3-9]\d{9})(?!\d)")
_PERSONAL_NUMBER = re.compile(
    r"(?<!\d)(?:\d{17}[\dXx]|[1-8]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}|(?:86)?1[3-9]\d{9}|0\d{2,3}\d{7,8})(?!\d)"
)
"""Within words: identity cards of either length, mobile telephones, and others with the code of their place."""
_BETWEEN = re.compile(r"[\s-]|\.0$")
_WITHIN_NUMBERS = re.compile(r"[\s.·()\-‐-―−_]")


def is_personal(header: str, values: list[CellValue]) -> bool:
    """Whether a column of no template, with these filled cells, holds data about persons."""
    cell_texts = [_words(v) for v in values]
    plain = _BETWEEN.sub("", header)
    if _PERSONAL_HEADER.search(plain):
        are_counts = bool(cell_texts) and all(_is_count(w) for w in cell_texts)
        return _NUMBERED.search(plain) is not None or not are_counts
    personal_count = sum(1 for w in cell_texts if _PERSONAL_VALUE.search(_BETWEEN.sub("", w)))
    return personal_count * 2 > len(cell_texts)


def personal_columns(sheet: Sheet, place: Place) -> list[Finding]:
    """The columns about persons of a sheet that is none of the known kinds."""
    head = enumerate(sheet.rows[:SEARCHED_ROWS])
    index = next((n for n, row in head if sum(map(is_filled, row)) >= LEAST_HEADERS), None)
    if index is None:
        return []
    findings: list[Finding] = []
    for column, values in filled_columns(sheet, index + 1).items():
        row = sheet.rows[index]
        header = _words(row[column]) if column < len(row) else ""
        if is_personal(header, values):
            findings.append(place.finding("personal_column", row=index + 1, column=header or letter(column)))
    return findings


def filled_columns(
    sheet: Sheet, first: int, skipped: set[int] | frozenset[int] = frozenset()
) -> dict[int, list[CellValue]]:
    """The filled cells of every column from a row on."""
    filled: dict[int, list[CellValue]] = {}
    if first > 0:
        filled = {n: [] for n, value in enumerate(sheet.rows[first - 1]) if is_filled(value)}
    for number in range(first, len(sheet.rows)):
        if number in skipped:
            continue
        for column, value in enumerate(sheet.rows[number]):
            if is_filled(value):
                filled.setdefault(column, []).append(value)
    return dict(sorted(filled.items()))


def _words(value: CellValue) -> str:
    if isinstance(value, Styled):
        value = value.value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, str) and not value.isascii():
        return "".join(chr(ord(c) - 0xFEE0) if "！" <= c <= "～" else c for c in value)
    return "" if value is None else str(value)


def _is_count(cell_text: str) -> bool:
    digits = cell_text.strip().rstrip("%").replace(".", "", 1)
    return digits.isdigit() and len(cell_text.partition(".")[0]) <= LONGEST_COUNT


def holds_personal_number(sentence: str) -> bool:
    """Whether it names a person by the number of an identity card or a telephone, however it is written."""
    plain = _WITHIN_NUMBERS.sub("", unicodedata.normalize("NFKC", sentence))
    return _PERSONAL_NUMBER.search(plain) is not None
