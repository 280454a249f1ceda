"""Names of columns as people write them: compared by a key, with the unit that they carry."""

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from data.catalogue.input_tables import InputColumn, InputUnit
from data.catalogue.loader import load_catalogue
from data.text import text

STAGES = ("primary", "junior", "senior")
BARE = ("亩", "元", "㎡")
"""Units of one character that a name may end with."""
MEASURED = ("money", "area")
"""Dimensions in whose units a column without a unit of its own cannot be read."""
_SPACE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad\x00-\x1f]+|_x000d_", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[{<【〔《「『〈]([^()\[\]{}<>【】〔〕《》「」『』〈〉]*)[)\]}>】〕》」』〉]")
_ENDS = "*★☆#:※✱"
_DROPPED = re.compile(r"[、,。·\-_.'\"‘’“”]")
_BEHIND = re.compile(r"[/:,]([^/:,]+)$")
_UNIT_WORD = re.compile(r"^(?:计量)?单位[:为是]?")


@lru_cache(maxsize=20_000)
def header_key(spelling: str) -> tuple[str, str]:
    """What two spellings of a name share, and the unit in it (empty where there is none)."""
    name = _SPACE.sub("", unicodedata.normalize("NFKC", _SPACE.sub("", spelling))).lower()
    name = name.strip(_ENDS)
    units = _units()
    unit = ""

    def bracketed(match: re.Match[str]) -> str:
        nonlocal unit
        inner = _UNIT_WORD.sub("", match[1].strip(_ENDS))
        if inner in units:
            unit = unit or inner
            return ""
        return "" if inner in _marks() or not inner else match[0]

    name = _BRACKETS.sub(bracketed, name).strip(_ENDS)
    behind = _BEHIND.search(name)
    if behind is not None and _UNIT_WORD.sub("", behind[1]) in units:
        unit = unit or _UNIT_WORD.sub("", behind[1])
        name = name[: behind.start()].removesuffix(text("reception.unit_word"))
    if name in units and not unit:
        name, unit = "", name
    return _DROPPED.sub("", name).strip(_ENDS), unit


def plain_words(phrase: str) -> str:
    """Words without white space, in one width, for comparing."""
    return _SPACE.sub("", unicodedata.normalize("NFKC", phrase))


def conversion(column: InputColumn, unit: str) -> Decimal | None:
    """By what a number in this unit is multiplied to be in the column's; None where it cannot be."""
    units = _units()
    column_unit = units.get(unicodedata.normalize("NFKC", column.unit).lower())
    given = units.get(unit)
    if given is None or column_unit is None:
        is_plain = given is None or (given.factor == 1 and given.dimension not in MEASURED)
        return Decimal(1) if not column.unit and is_plain else None
    return None if given.dimension != column_unit.dimension else given.factor / column_unit.factor


@lru_cache(maxsize=20_000)
def bare_unit(name: str) -> tuple[str, str]:
    """A key without the unit that it ends or begins with outside brackets, and that unit; longest first."""
    for unit in sorted(_units(), key=len, reverse=True):
        if len(unit) > 1 or unit in BARE:
            for rest in (name.removesuffix(unit), name.removeprefix(unit)):
                if rest and rest != name:
                    return rest.removesuffix(text("reception.unit_word")), unit
    return name, ""


def names_of(column: InputColumn) -> list[str]:
    """The header of a column and its aliases."""
    return [column.header, *(a for a in column.aliases.split("|") if a)]


def known_names(input_kind: str) -> dict[str, InputColumn]:
    """The columns of a kind by the key of each of their names."""
    columns_by_key: dict[str, InputColumn] = {}
    for column in load_catalogue().rows(InputColumn):
        if column.input_kind == input_kind:
            for name in names_of(column):
                columns_by_key.setdefault(header_key(name)[0], column)
    return columns_by_key


def stage_words(stage: str) -> str:
    """How a stage is called at the beginning of a header."""
    return text(f"reception.{stage}_words")


def stage_in(phrase: str) -> str:
    """The one of primary and junior that words name; empty where none or both."""
    stages = [s for s in STAGES[:2] if stage_words(s) in phrase]
    return stages[0] if len(stages) == 1 else ""


def _units() -> dict[str, InputUnit]:
    return {unicodedata.normalize("NFKC", u.unit).lower(): u for u in load_catalogue().rows(InputUnit)}


@lru_cache(maxsize=1)
def unit_row_words() -> frozenset[str]:
    """What a row of units says beside them: the word for unit, and marks of what is required."""
    return frozenset(text("reception.unit_row_words").split("|")) | _marks()


@lru_cache(maxsize=1)
def _marks() -> frozenset[str]:
    return frozenset(text("reception.required_marks").split("|"))
