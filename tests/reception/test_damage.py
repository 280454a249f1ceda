"""Random damage to a return is read rightly or named: nothing is lost in silence, nothing raises."""

import copy
import random
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from data.importing.asked import Asked
from data.importing.prepare import prepare_return
from data.reading.model import Merged, Sheet
from tests.depth import record, times
from tests.reception.running import rows_of
from tests.reception.test_any_form import HEADER, PLAIN_SHEET, ROWS

DAMAGES = times(60, 2_000)
GARBAGE = ("#REF!", "约三千", "30间", "1.2E+09", "见附件", "-", "?", "12,34", "2025-1-1", "9" * 25, "\x00\x01")
Damage = Callable[[list[Sheet], random.Random], None]


def sheets() -> list[Sheet]:
    """The return on two sheets."""
    rows = [list(row) for row in PLAIN_SHEET.rows]
    return [Sheet("甲镇", [list(rows[0]), *rows[1:8]]), Sheet("乙镇", [list(rows[0]), *rows[8:]])]


def row_gone(book: list[Sheet], chance: random.Random) -> None:
    rows = chance.choice(book).rows
    del rows[chance.randrange(len(rows))]


def column_gone(book: list[Sheet], chance: random.Random) -> None:
    column, chosen = chance.randrange(len(HEADER)), chance.choice((book, book[:1], book[1:]))
    for sheet in chosen:
        for row in sheet.rows:
            del row[column : column + 1]


def sheet_gone(book: list[Sheet], chance: random.Random) -> None:
    del book[chance.randrange(2)]


def cell_spoiled(book: list[Sheet], chance: random.Random) -> None:
    row = chance.choice(chance.choice(book).rows)
    row[chance.randrange(len(row))] = chance.choice(GARBAGE)


def row_of_blanks(book: list[Sheet], chance: random.Random) -> None:
    rows = chance.choice(book).rows
    place = chance.randrange(len(rows))
    kept = chance.randrange(3)
    rows[place] = [value if n < kept else None for n, value in enumerate(rows[place])]


def merged(book: list[Sheet], chance: random.Random) -> None:
    """What Excel does when cells are merged: all but the first are emptied."""
    sheet = chance.choice(book)
    top, left = chance.randrange(len(sheet.rows)), chance.randrange(len(HEADER) - 3)
    bottom, right = min(top + chance.randrange(3), len(sheet.rows) - 1), left + chance.randrange(1, 4)
    for row in range(top, bottom + 1):
        for column in range(left, min(right + 1, len(sheet.rows[row]))):
            if (row, column) != (top, left):
                sheet.rows[row][column] = None
    sheet.merged.append(Merged(top, left, bottom, right))


def header_spoiled(book: list[Sheet], chance: random.Random) -> None:
    for sheet in book:
        place = chance.randrange(len(HEADER))
        sheet.rows[0][place] = chance.choice((None, "列", str(sheet.rows[0][place])[:2], HEADER[place - 1]))


def row_twice(book: list[Sheet], chance: random.Random) -> None:
    rows = chance.choice(book).rows
    rows.append([*chance.choice(chance.choice(book).rows[1:])])


DAMAGE: tuple[Damage, ...] = (
    row_gone,
    column_gone,
    sheet_gone,
    cell_spoiled,
    row_of_blanks,
    merged,
    header_spoiled,
    row_twice,
)


def last_year() -> pd.DataFrame:
    found = prepare_return([Path("去年.xlsx")], Asked(), lambda _: sheets())
    return pd.concat([t.rows for t in found.tables]).assign(period="2025")


def test_no_damage_is_lost_in_silence() -> None:
    earlier = last_year()
    asked = Asked(earlier=lambda *_: earlier)
    wanted = rows_of(prepare_return([Path("表.xlsx")], asked, lambda _: sheets()).tables)
    assert wanted.count("\n") + 1 == len(ROWS)
    before = {f.message for f in prepare_return([Path("表.xlsx")], asked, lambda _: sheets()).findings}
    chance = random.Random(20261130)
    silent: list[object] = []
    for number in range(DAMAGES):
        damage = DAMAGE[number % len(DAMAGE)]
        book = copy.deepcopy(sheets())
        damage(book, chance)
        found = prepare_return([Path("表.xlsx")], asked, lambda _, book=book: book)
        is_named = {f.message for f in found.findings} - before
        if not is_named and rows_of(found.tables) != wanted and not only_blanks(wanted, rows_of(found.tables)):
            silent.append((number, damage.__name__))
    record("damaged_returns", damages=DAMAGES, silent=len(silent), tracebacks=0)
    assert silent == []


def only_blanks(wanted: str, found: str) -> bool:
    """Whether every row is there, and cells that were emptied are empty: that is what the file says."""
    rows, left = wanted.split("\n"), found.split("\n")
    if len(rows) != len(left):
        return False
    return all(any(set(one.split("('")) <= set(row.split("('")) for row in rows) for one in left)
