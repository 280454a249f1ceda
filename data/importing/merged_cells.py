"""One cell for several rows: words that hold for all of them are read in each; amounts never are."""

from collections.abc import Mapping, Sequence

from data.catalogue.input_tables import InputColumn
from data.reading.model import CellValue, Sheet, address, is_filled
from data.text import text

SHARED_TYPES = ("period", "district", "stage", "school_type", "phase", "plan_status", "enum", "date")
SHARED_FIELDS = ("round",)


def spread_down(
    sheet: Sheet, cells: dict[str, list[CellValue]], columns: Mapping[str, tuple[InputColumn, int]], body: Sequence[int]
) -> str:
    """Fill the rows that a cell was merged over; in words which columns and cells, empty where none."""
    place = {row: number for number, row in enumerate(body)}
    told: list[str] = []
    for name, (column, position) in columns.items():
        if column.value_type not in SHARED_TYPES and column.field_code not in SHARED_FIELDS:
            continue
        for merged in sheet.merged:
            rows = range(merged.top, min(merged.bottom, len(sheet.rows) - 1) + 1)
            if not (merged.left == position == merged.right) or len(rows) == 1 or position >= len(sheet.rows[rows[0]]):
                continue
            value = sheet.rows[rows[0]][position]
            empty = [place[row] for row in rows[1:] if row in place and not is_filled(cells[name][place[row]])]
            if not is_filled(value) or not empty:
                continue
            for number in empty:
                cells[name][number] = value
            span = f"{address(rows[0], position)}:{address(rows[-1], position)}"
            told.append(text("reception.merged_span", header=column.header, cells=span))
    return "、".join(told)
