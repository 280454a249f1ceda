"""Text in files for spreadsheets: never a formula, only characters that such a file can hold."""

import re
from typing import Any

_FORMULA = re.compile(r"[\s\u200b-\u200d\u2060\ufeff]*[=+\-@＝＋－＠]|[\t\r\n]")
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def looks_like_formula(cell_text: str) -> bool:
    """Whether some spreadsheet may take the text for a formula; signs may be full-width."""
    return _FORMULA.match(cell_text) is not None


def printable(cell_text: str) -> str:
    """The text without control characters and halves of characters."""
    return _NOT_TEXT.sub("", cell_text)


def set_text(cell: Any, cell_text: str) -> None:
    """Put words into a cell as they are; what looks like a formula stays text when it is edited."""
    cell.value = printable(cell_text)
    cell.data_type = "s"
    if looks_like_formula(cell_text):
        cell.quotePrefix = True
