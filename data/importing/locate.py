"""Where the header of a sheet is, of which kind it is, and which column means what."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import permutations

from data.catalogue.input_tables import InputColumn, InputKind
from data.catalogue.loader import load_catalogue
from data.importing.cell_values import is_placeholder
from data.importing.headers import (
    STAGES,
    bare_unit,
    conversion,
    header_key,
    known_names,
    stage_in,
    stage_words,
    unit_row_words,
)
from data.reading.model import CellValue, Row, Sheet, Styled, is_filled
from data.text import text

SEARCHED_ROWS = 30
MOST_HEADER_ROWS = 3
MOST_NUMBERS = 2
FEWEST_KNOWN = 3
FOR_REQUIRED = 3.0
FOR_ROW = 0.5
FOR_UNITS = 0.75
UNUSED = ""
"""What a person says of a header that means none of the columns."""
ALSO_GIVEN = {"stage", "issue_code"}
"""Required fields that a title, a sheet's name or a sub-heading may hold, or that can be made."""


@dataclass(frozen=True)
class Match:
    """A column of a sheet: its position, what it means, how its header is written and in which unit."""

    position: int
    column: InputColumn
    words: str
    unit: str
    is_by_hand: bool = False
    is_header: bool = False


@dataclass
class Located:
    """The header of a sheet: its kind, its first and last row (from 0), known and other columns.

    A person said of those of the others that are `unused` that they are nothing.
    """

    input_kind: InputKind
    first: int
    last: int
    stage: str
    matches: list[Match] = field(default_factory=list[Match])
    twice: list[Match] = field(default_factory=list[Match])
    others: dict[int, str] = field(default_factory=dict[int, str])
    unused: set[int] = field(default_factory=set[int])
    has_stage: bool = False

    @property
    def by_field(self) -> dict[tuple[str, str], Match]:
        """The columns by field and stage."""
        return {(m.column.field_code, m.column.stage): m for m in self.matches}


def locate(
    sheet: Sheet, by_hand: Mapping[str, str], given: Collection[str] = (), file_name: str = ""
) -> Located | None:
    """The best header of a sheet; None where no kind has half of its required columns.

    `by_hand` says for the key of a header which column it means, with another unit in brackets where that
    is meant, or `UNUSED`; `given` fields need no column. The file's name may name the stage where nothing else does.
    """
    grid = _grid(sheet)
    best: tuple[float, Located] | None = None
    kinds = load_catalogue().rows(InputKind)
    known = {k.input_kind: known_names(k.input_kind) for k in kinds}
    for first in range(min(SEARCHED_ROWS, len(grid))):
        stage = _stage_above(sheet, first) or stage_in(file_name)
        for height in range(1, MOST_HEADER_ROWS + 1):
            if first + height > len(grid) or not _may_be_header(sheet, first + height - 1):
                break
            rows = grid[first : first + height]
            has_units = height > 1 and _is_row_of_units(sheet.rows[first + height - 1])
            if has_units:
                rows = [*rows[:-1], [cell_text if header_key(cell_text)[1] else "" for cell_text in rows[-1]]]
            stacks = _stacks(rows, is_spread=bool(sheet.merged))
            for kind in kinds:
                matches = _matched(stacks, known[kind.input_kind], by_hand, stage)
                score = _score(kind, matches, height, {*ALSO_GIVEN, *given})
                score = score + FOR_UNITS if has_units and score is not None else score
                if score is not None and (best is None or score > best[0]):
                    best = (score, _located(kind, (first, first + height - 1), stage, stacks, matches))
    if best is None:
        return None
    located = best[1]
    located.unused = {n for n, header in located.others.items() if by_hand.get(header_key(header)[0]) == UNUSED}
    return located


def _located(
    kind: InputKind, rows: tuple[int, int], stage: str, stacks: dict[int, list[str]], matches: list[Match]
) -> Located:
    located = Located(kind, *rows, stage)
    seen: dict[tuple[str, str], Match] = {}
    for match in sorted(matches, key=lambda m: (not m.is_header, not m.is_by_hand, m.position)):
        first = seen.setdefault((match.column.field_code, match.column.stage), match)
        if first is match:
            located.matches.append(match)
        elif (first.is_header, first.is_by_hand) == (match.is_header, match.is_by_hand):
            located.twice.append(match)
    located.matches.sort(key=lambda m: m.position)
    matches = [*located.matches, *located.twice]
    taken = {m.position for m in matches}
    located.others = {n: _joined(stack) for n, stack in stacks.items() if n not in taken and stack}
    return located


def _words(value: CellValue) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def _grid(sheet: Sheet) -> list[list[str]]:
    """The first rows as words, merged ranges spread over their cells."""
    height = SEARCHED_ROWS + MOST_HEADER_ROWS
    grid = [[_words(value) for value in row] for row in sheet.rows[:height]]
    width = max((len(row) for row in grid), default=0)
    for row in grid:
        row += [""] * (width - len(row))
    for merged in sheet.merged:
        if merged.top >= len(grid) or merged.left >= width:
            continue
        merged_text = grid[merged.top][merged.left]
        for row in range(merged.top, min(merged.bottom, len(grid) - 1) + 1):
            for column in range(merged.left, min(merged.right, width - 1) + 1):
                grid[row][column] = grid[row][column] or merged_text
    return grid


def _may_be_header(sheet: Sheet, row: int) -> bool:
    values = [v for v in sheet.rows[row] if is_filled(v)]
    numbers = sum(1 for v in values if isinstance(v, int | float | Styled) or _is_number(v))
    return bool(values) and numbers <= MOST_NUMBERS


def _is_row_of_units(row: Row) -> bool:
    """Whether a row says nothing but units, marks and dashes: the foot of a header."""
    keys = [header_key(_words(value)) for value in row if is_filled(value) and not is_placeholder(value)]
    return any(unit for _, unit in keys) and all(name in ("", *unit_row_words()) for name, _ in keys)


def _is_number(value: CellValue) -> bool:
    return isinstance(value, str) and value.strip().replace(".", "", 1).isdigit()


def _stacks(rows: list[list[str]], *, is_spread: bool) -> dict[int, list[str]]:
    """The different words of each column from the top; a group's name reaches over empty cells beside it."""
    width = max(len(row) for row in rows)
    spread: list[list[str]] = []
    for number, row in enumerate(rows):
        spread_row = list(row)
        if number < len(rows) - 1 and not is_spread:
            for column in range(1, width):
                has_leaf = any(below[column] for below in rows[number + 1 :])
                if not spread_row[column] and has_leaf and rows[number + 1][column]:
                    spread_row[column] = spread_row[column - 1]
        spread.append(spread_row)
    return {n: [w for w in dict.fromkeys(row[n] for row in spread) if w] for n in range(width)}


def _joined(stack: list[str]) -> str:
    """A stack as one name, a unit of its own in brackets, so that it is read as one again."""
    names = [part for part in stack if header_key(part)[0]]
    units = [unit for part in stack if part not in names for unit in (header_key(part)[1],) if unit]
    return "".join(names) + (text("reception.in_brackets", words=units[-1]) if names and units else "".join(units))


def _matched(
    stacks: dict[int, list[str]], known: Mapping[str, InputColumn], by_hand: Mapping[str, str], stage: str
) -> list[Match]:
    matches: list[Match] = []
    for position, stack in stacks.items():
        if not stack:
            continue
        keys = [header_key(part) for part in stack]
        unit = next((u for _, u in reversed(keys) if u), "")
        names = [name for name, _ in keys if name]
        match = _match(names, known, by_hand, stage)
        if match is not None and match[1]:
            unit = _unit_by_hand(names, by_hand) or unit
        if not unit and (match is None or match[1]):
            bare = [bare_unit(name) for name in names]
            unbracketed = next((u for _, u in reversed(bare) if u), "")
            found_bare = match or _match([name for name, _ in bare], known, {}, stage)
            if (
                unbracketed
                and found_bare is not None
                and found_bare[0].unit
                and conversion(found_bare[0], unbracketed) is not None
            ):
                match, unit = found_bare, unbracketed
        if match is not None:
            is_header = header_key(match[0].header)[0] in {*names, "".join(names)}
            matches.append(Match(position, match[0], _joined(stack), unit, match[1], is_header))
    return matches


def _match(
    names: list[str], known: Mapping[str, InputColumn], by_hand: Mapping[str, str], stage: str
) -> tuple[InputColumn, bool] | None:
    """The column that a stack of names means, and whether a person said so."""
    candidates = _candidates(names)
    for name in candidates:
        header = by_hand.get(name)
        if header == UNUSED and name not in known:
            return None
        if header:
            column = known.get(header_key(header)[0])
            if column is not None:
                return column, True
        if name in known:
            return known[name], False
    for name in candidates:
        column = known.get(f"{stage_words(stage)}{name}") if stage else None
        if column is not None:
            return column, False
    return next(((known[name], False) for name in _stages_first(candidates) if name in known), None)


def _stages_first(names: list[str]) -> list[str]:
    """Names that end with a stage, or hold it in brackets, with it at their beginning, as ours have it."""
    variants: list[str] = []
    for stage_name in map(stage_words, STAGES):
        for name in names:
            rest = name.replace(f"({stage_name})", "").removesuffix(stage_name)
            variants += [f"{stage_name}{rest}"] if rest and rest != name else []
    return variants


def _candidates(names: list[str]) -> list[str]:
    """What a stack of names may be called: several together, longest first, then the lowest."""
    joined = ["".join(order) for size in range(len(names), 1, -1) for order in permutations(names, size)]
    return list(dict.fromkeys([*joined, *reversed(names[-1:])]))


def _unit_by_hand(names: list[str], by_hand: Mapping[str, str]) -> str:
    """The unit that a person names for a column; empty where he names none."""
    said = next((by_hand[name] for name in _candidates(names) if name in by_hand), "")
    return header_key(said)[1]


def _score(kind: InputKind, matches: list[Match], height: int, given: Collection[str]) -> float | None:
    columns = [c for c in load_catalogue().rows(InputColumn) if c.input_kind == kind.input_kind]
    present = {(m.column.field_code, m.column.stage) for m in matches}
    required = [c for c in columns if c.is_required and c.field_code not in given]
    share = sum((c.field_code, c.stage) in present for c in required) / max(1, len(required))
    if share < 0.5 or len(present) < FEWEST_KNOWN:  # noqa: PLR2004
        return None
    return len(present) + FOR_REQUIRED * share - FOR_ROW * (height - 1)


def _stage_above(sheet: Sheet, first: int) -> str:
    """The stage that a title above the header names, else that of the sheet's name."""
    for row in reversed(sheet.rows[max(0, first - MOST_HEADER_ROWS - 2) : first]):
        title = "".join(v for v in row if isinstance(v, str))
        if stage_in(title):
            return stage_in(title)
    return stage_in(sheet.name)
