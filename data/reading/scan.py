"""One pass of expat over XML before a reader opens it: refuses what only costs, notes what readers miss."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from xml.parsers import expat

from data.reading.limits import (
    MOST_CELLS,
    MOST_COLUMN_STYLES,
    MOST_DEPTH,
    MOST_MERGED,
    MOST_STRINGS,
    MOST_XML_CHARACTERS,
    TooLargeError,
    check_place,
    too_many,
)
from data.reading.model import LETTERS, Merged
from data.text import text

CHUNK = 1024 * 1024
MOST_ROW_TAGS = 1_100_000
LARGEST_ROW_SPAN = 2_000
_PLACE = re.compile(r"\$?([A-Za-z]{1,4})\$?([0-9]{1,7})")
_TRUE = ("1", "true")


@dataclass
class SheetFacts:
    """What one pass over a sheet part tells beside its values; rows and columns count from 0."""

    last_row: int = -1
    last_column: int = -1
    hidden_rows: set[int] = field(default_factory=set[int])
    hidden_columns: set[int] = field(default_factory=set[int])
    merged: list[Merged] = field(default_factory=list[Merged])
    without_result: set[tuple[int, int]] = field(default_factory=set[tuple[int, int]])
    formulas: int = 0
    zero_formulas: int = 0


def place_of(address: str) -> tuple[int, int] | None:
    """Row and column of an A1 address, counted from 0."""
    match = _PLACE.fullmatch(address)
    if match is None:
        return None
    column = 0
    for character in match[1].upper():
        column = column * LETTERS + ord(character) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def _refuse(*_: object) -> int:
    raise TooLargeError(text("reading.definition"))


def parse(
    pieces: Iterable[bytes], start: Callable[[str, dict[str, str]], None], **handlers: Callable[..., None]
) -> None:
    """Let expat read pieces of XML, without definitions, entities or deep nesting.

    Raises:
        TooLargeError: a definition, or nested too deep.
        expat.ExpatError: it is not XML.
    """
    parser = expat.ParserCreate()
    depth = 0

    def opened(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MOST_DEPTH:
            raise TooLargeError(text("reading.depth"))
        start(name.rpartition(":")[2], attributes)

    end = handlers.get("end")

    def closed(name: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(name.rpartition(":")[2])

    parser.StartElementHandler, parser.EndElementHandler = opened, closed
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = parser.ExternalEntityRefHandler = _refuse
    if "words" in handlers:
        parser.CharacterDataHandler = handlers["words"]
    parser.buffer_text = True
    parser.buffer_size = CHUNK
    for piece in pieces:
        parser.Parse(piece, False)
    parser.Parse(b"", True)


def check_xml(pieces: Iterable[bytes]) -> None:
    """Refuse a part that is no sheet for its nesting, its definitions or its number of strings.

    Raises:
        TooLargeError: beyond a limit.
    """
    counted = dict.fromkeys(("si", "xf", "sheet", "definedName", "any"), 0)

    def start(name: str, _: dict[str, str]) -> None:
        counted["any"] += 1
        if name in counted:
            counted[name] += 1
            if counted[name] > MOST_STRINGS:
                raise too_many("strings", MOST_STRINGS)
        if counted["any"] > 10 * MOST_CELLS:
            raise too_many("cells", MOST_CELLS)

    parse(pieces, start)


class _Pass:
    """The handlers of a sheet part."""

    def __init__(self) -> None:
        self.facts = SheetFacts()
        self.row = self.column = -1
        self.cells = self.rows = self.styles = self.length = 0
        self.has_formula = self.has_value = self.is_text = self.is_zero = self.inside = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "c":
            self._cell(attributes)
        elif name in ("v", "t"):
            self.inside, self.length = True, 0
        elif name == "f":
            self.has_formula = True
        elif name == "row":
            self._row(attributes)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif name == "col":
            self._column_style(attributes)

    def end(self, name: str) -> None:
        if name in ("v", "t"):
            self.inside = False
        elif name == "c":
            facts = self.facts
            if self.has_value or self.has_formula:
                check_place(self.row, self.column)
                facts.last_row = max(facts.last_row, self.row)
                facts.last_column = max(facts.last_column, self.column)
            if self.has_formula:
                facts.formulas += 1
                facts.zero_formulas += self.has_value and self.is_zero
                if not self.has_value and not self.is_text:
                    facts.without_result.add((self.row, self.column))

    def words(self, characters: str) -> None:
        if self.inside:
            self.length += len(characters)
            if self.length > MOST_XML_CHARACTERS:
                raise too_many("characters", MOST_XML_CHARACTERS)
            if characters.strip():
                self.has_value = True
                self.is_zero = characters == "0"

    def _cell(self, attributes: dict[str, str]) -> None:
        self.cells += 1
        if self.cells > MOST_CELLS + MOST_CELLS:
            raise too_many("cells", MOST_CELLS)
        place = place_of(attributes.get("r", ""))
        if place is None:
            self.column += 1
        else:
            self.row, self.column = place
        self.has_formula = self.has_value = self.inside = False
        self.is_text = attributes.get("t") == "str"

    def _row(self, attributes: dict[str, str]) -> None:
        self.rows += 1
        if self.rows > MOST_ROW_TAGS:
            raise too_many("cells", MOST_CELLS)
        number = attributes.get("r", "")
        self.row = int(number) - 1 if number.isdigit() else self.row + 1
        self.column = -1
        if attributes.get("hidden") in _TRUE:
            self.facts.hidden_rows.add(self.row)

    def _merge(self, cell_range: str) -> None:
        if len(self.facts.merged) >= MOST_MERGED:
            raise too_many("merged", MOST_MERGED)
        first, _, last = cell_range.partition(":")
        top, bottom = place_of(first), place_of(last or first)
        if top is not None and bottom is not None:
            self.facts.merged.append(Merged(*top, *bottom))

    def _column_style(self, attributes: dict[str, str]) -> None:
        self.styles += 1
        if self.styles > MOST_COLUMN_STYLES:
            raise too_many("columns", MOST_COLUMN_STYLES)
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if attributes.get("hidden") in _TRUE and first.isdigit() and last.isdigit():
            self.facts.hidden_columns |= set(range(int(first) - 1, min(int(last), int(first) + LARGEST_ROW_SPAN)))


def scan_sheet(pieces: Iterable[bytes]) -> SheetFacts:
    """What a sheet part holds beside its values.

    Raises:
        TooLargeError: beyond a limit.
        expat.ExpatError: it is not XML.
    """
    handlers = _Pass()
    parse(pieces, handlers.start, end=handlers.end, words=handlers.words)
    return handlers.facts
