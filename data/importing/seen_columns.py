"""What every column of a sheet was understood as, so that a person can correct it."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from data.catalogue.input_tables import InputColumn
from data.catalogue.loader import load_catalogue
from data.importing.cell_values import shown
from data.importing.headers import header_key
from data.importing.locate import SEARCHED_ROWS, Located, Match
from data.importing.nearest import FEWEST_CELLS, header_like_row, nearest_names
from data.importing.personal import filled_columns, is_personal
from data.reading.model import Sheet, is_filled, letter

MOST_VALUES = 3
LONGEST_VALUE = 20


class HowSeen(StrEnum):
    """How a column was told: by its own name, an alias, a person; set aside by one; or not at all."""

    SAME = "same"
    ALIAS = "alias"
    BY_HAND = "by_hand"
    UNUSED = "unused"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class SeenColumn:
    """A column of a sheet: its letter, header and first values, and what it is read as.

    `input_kind` of a sheet of no kind is the likeliest; `column` (a header of ours) is empty where it is read as none;
    `unit` is the one that its header or a person names; `nearest` are headers that are most like it.
    """

    input_kind: str
    file_name: str
    sheet: str
    letter: str
    header: str
    values: tuple[str, ...]
    column: str
    unit: str
    how: HowSeen
    nearest: tuple[str, ...] = ()


def seen_columns(
    sheet: Sheet, file_name: str, located: Located, skipped: Collection[int], columns: list[InputColumn]
) -> list[SeenColumn]:
    """The columns of a sheet of a known kind, left to right; none about persons."""
    matches = {m.position: m for m in (*located.matches, *located.twice)}
    taken = {m.column.header for m in located.matches}
    free = [c for c in columns if c.header not in taken]
    sheet_columns: list[SeenColumn] = []
    for position, cells in filled_columns(sheet, located.last + 1, set(skipped)).items():
        match = matches.get(position)
        header = match.words if match else located.others.get(position, "")
        if not header or (match is None and is_personal(header, cells)):
            continue
        how = _how(match) if match else (HowSeen.UNUSED if position in located.unused else HowSeen.UNKNOWN)
        nearest = () if match else tuple(name for name, _ in nearest_names(header, free))
        sheet_columns.append(
            SeenColumn(
                located.input_kind.input_kind,
                file_name,
                sheet.name,
                letter(position),
                header,
                _first_values(sheet, located.last + 1, position, skipped),
                match.column.header if match else "",
                match.unit if match else "",
                how,
                nearest,
            )
        )
    return sheet_columns


def seen_of_unknown(sheet: Sheet, file_name: str) -> list[SeenColumn]:
    """The columns of a sheet of no kind, below the row that looks most like a header; none where no row does."""
    number = header_like_row(sheet)
    if number is None:
        return []
    columns = list(load_catalogue().rows(InputColumn))
    sheet_columns: list[SeenColumn] = []
    for position, value in enumerate(sheet.rows[number]):
        cells = [row[position] for row in sheet.rows[number + 1 :] if position < len(row) and is_filled(row[position])]
        if not isinstance(value, str) or not value.strip() or is_personal(value, cells):
            continue
        nearest = tuple(name for name, _ in nearest_names(value, columns))
        values = _first_values(sheet, number + 1, position, ())
        sheet_columns.append(
            SeenColumn("", file_name, sheet.name, letter(position), value, values, "", "", HowSeen.UNKNOWN, nearest)
        )
    if len(sheet_columns) < FEWEST_CELLS:
        return []
    kind = _likely_kind(sheet_columns)
    kind_columns = [c for c in columns if c.input_kind == kind]
    return [
        replace(seen, input_kind=kind, nearest=tuple(name for name, _ in nearest_names(seen.header, kind_columns)))
        for seen in sheet_columns
    ]


def _likely_kind(seen: Collection[SeenColumn]) -> str:
    """The kind whose headers the columns of a sheet of no kind are most like; the first one where none is."""
    kinds: Counter[str] = Counter()
    for column in load_catalogue().rows(InputColumn):
        kinds[column.input_kind] += sum(column.header in seen_column.nearest[:1] for seen_column in seen)
    return kinds.most_common(1)[0][0]


def _how(match: Match) -> HowSeen:
    if match.is_by_hand:
        return HowSeen.BY_HAND
    return HowSeen.SAME if match.is_header else HowSeen.ALIAS


def _first_values(sheet: Sheet, first: int, position: int, skipped: Collection[int]) -> tuple[str, ...]:
    rows = [row for n, row in enumerate(sheet.rows[: first + SEARCHED_ROWS]) if n >= first and n not in skipped]
    filled = [row[position] for row in rows if position < len(row) and is_filled(row[position])]
    return tuple(shown(value)[:LONGEST_VALUE] for value in filled[:MOST_VALUES])


def by_key(by_hand: Mapping[str, str]) -> dict[str, str]:
    """What a person said of headers, by the key of each."""
    return {header_key(typed)[0]: header for typed, header in by_hand.items()}
