"""What a sender may not see in his own file: hidden sheets, rows and columns, formulas never computed."""

from data.importing.findings import Finding, Place
from data.importing.left_out import row_words
from data.reading.model import Sheet, is_filled, letter
from data.text import text

SCHOOLS = "school_return"


def about_sheet(sheet: Sheet, place: Place, input_kind: str, rows: int) -> list[Finding]:
    """What of a sheet is hidden, and whether its formulas were ever computed."""
    findings: list[Finding] = []
    if sheet.is_hidden and rows:
        text_key = "hidden_schools" if input_kind == SCHOOLS else "hidden_records"
        detail = text(f"reception.{text_key}", count=rows)
        findings.append(place.finding("sheet_hidden", value=sheet.name, detail=detail))
    hidden = [n + 1 for n in sheet.hidden_rows if n < len(sheet.rows) and any(map(is_filled, sheet.rows[n]))]
    if hidden:
        detail = text("reception.hidden_rows", count=len(hidden), rows=row_words(hidden))
        findings.append(place.finding("rows_hidden", detail=detail))
    columns = [n for n in sorted(sheet.hidden_columns) if any(n < len(row) and is_filled(row[n]) for row in sheet.rows)]
    if columns:
        names = "、".join(letter(n) for n in columns)
        detail = text("reception.hidden_columns", count=len(columns), columns=names)
        findings.append(place.finding("rows_hidden", detail=detail))
    if sheet.are_formulas_zero:
        findings.append(place.finding("formulas_zero"))
    return findings
