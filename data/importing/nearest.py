"""Headers that nobody knows: the names of ours that they are most like."""

from difflib import SequenceMatcher

from data.catalogue.input_tables import InputColumn
from data.catalogue.loader import load_catalogue
from data.importing.headers import header_key, names_of
from data.importing.locate import SEARCHED_ROWS
from data.reading.model import CellValue, Sheet, is_filled
from data.text import text

NEAREST = 3
MOST_NEAR = 5
FEWEST_CELLS = 3
LEAST_SHOWN = 0.3


def first_words(sheet: Sheet) -> str:
    """The first filled row of a sheet in words."""
    row = next((r for r in sheet.rows if any(map(is_filled, r))), list[CellValue]())
    return "、".join(str(v) for v in row if is_filled(v))[:60]


def nearest_names(typed: str, columns: list[InputColumn]) -> list[tuple[str, float]]:
    """The headers that are most like a typed name, best first, each with how alike they are."""
    key = header_key(typed)[0]
    ratios = [
        (max(SequenceMatcher(None, key, header_key(name)[0]).ratio() for name in names_of(c)), c.header)
        for c in columns
    ]
    return [(name, ratio) for ratio, name in sorted(ratios, key=lambda f: -f[0])[:NEAREST] if ratio >= LEAST_SHOWN]


def header_like_row(sheet: Sheet) -> int | None:
    """The first row (from 0) with several cells of words."""
    for number, row in enumerate(sheet.rows[:SEARCHED_ROWS]):
        if sum(1 for v in row if isinstance(v, str) and v.strip()) >= FEWEST_CELLS:
            return number
    return None


def nearest_of_sheet(sheet: Sheet) -> str:
    """The known names that the headers of a sheet of no kind are like, in words."""
    number = header_like_row(sheet)
    if number is None:
        return ""
    known = list(load_catalogue().rows(InputColumn))
    typed = [v for v in sheet.rows[number] if isinstance(v, str) and v.strip()]
    near = [near_words(w, known) for w in typed if nearest_names(w, known)]
    return text("reception.nearest", names="；".join(near[:MOST_NEAR])) if near else ""


def near_words(typed: str, columns: list[InputColumn]) -> str:
    """A header and the names that it is most like, with how alike they are."""
    near = dict(nearest_names(typed, columns))
    names = "、".join(text("reception.near_name", name=n, share=round(100 * r)) for n, r in near.items())
    return text("reception.near", typed=typed, names=names)
