"""A second header inside a sheet that means other columns or units than the first one."""

from collections.abc import Mapping

from data.catalogue.input_tables import InputColumn
from data.importing.headers import conversion, header_key, known_names
from data.importing.locate import Located, Match
from data.reading.model import Row, Sheet, address, is_filled
from data.text import text

FEWEST_KNOWN = 3
MOST_NAMED = 5


def other_header(sheet: Sheet, located: Located) -> tuple[int, str] | None:
    """The first row (from 0) below the header that is one of its own, and in words where it differs."""
    known = known_names(located.input_kind.input_kind)
    above: dict[int, set[str]] = {}
    for row in sheet.rows[located.first : located.last + 1]:
        for position, key in _keys(row).items():
            above.setdefault(position, set()).add(key[0])
    columns = {m.position: m for m in located.matches}
    for number in range(located.last + 1, len(sheet.rows)):
        keys = _keys(sheet.rows[number])
        filled = sum(map(is_filled, sheet.rows[number]))
        if sum(key in known for key, _ in keys.values()) < max(FEWEST_KNOWN, filled / 2):
            continue
        places = [p for p, key in keys.items() if _is_other(key, columns.get(p), known, above.get(p, set()))]
        if places:
            return number, "、".join(
                text("reception.place_words", cell=address(number, p), words=sheet.rows[number][p])
                for p in places[:MOST_NAMED]
            ) + (text("reception.and_more") if len(places) > MOST_NAMED else "")
    return None


def _keys(row: Row) -> dict[int, tuple[str, str]]:
    return {n: header_key(v) for n, v in enumerate(row) if isinstance(v, str) and v}


def _is_other(key: tuple[str, str], column: Match | None, known: Mapping[str, InputColumn], above: set[str]) -> bool:
    name, unit = key
    if name not in known:
        return False
    if column is None or (name not in above and known[name] != column.column):
        return name not in above
    factor = conversion(column.column, column.unit) if column.unit else 1
    return factor != (conversion(column.column, unit) if unit else 1)
