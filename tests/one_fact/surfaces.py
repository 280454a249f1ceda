"""What a viewer gets, read once and kept: pages, slides, papers, forms and the published rows.

`words` are the texts of a surface with `|` between its pieces, `tables` its tables as they are
exported.
"""

import base64
import io
import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import TypeVar, cast

import flask
import pytest
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation
from pypdf import PdfReader

from callbacks.dependencies import Dependencies
from callbacks.files.documents import letter_file, material_file
from callbacks.files.export import export_page
from callbacks.files.official_forms import forms_file
from callbacks.pages.meeting_mode import slides_of
from callbacks.rendering.dispatch import PARENTS, page_of
from callbacks.rendering.page_context import load_unit_context, read_state
from data.rows.context import UnitContext
from data.rows.overview import UnitStatusRow
from layouts.export.tables import ExportTable, tables_of
from layouts.meeting.slide import Slide
from layouts.page import static_page
from layouts.routes import address_of
from queries import shell
from queries.reader import Snapshot

Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Page:
    """A drawn page; `pieces` are its texts in reading order."""

    html: str
    tables: Sequence[ExportTable]

    @cached_property
    def pieces(self) -> list[str]:
        return [p.strip() for p in re.split(r"<[^>]*>", self.html) if p.strip()]

    @cached_property
    def words(self) -> str:
        return "|".join(self.pieces)

    @cached_property
    def plain(self) -> str:
        """Without marks between the pieces, as a reader reads it."""
        return "".join(self.pieces)

    @cached_property
    def heading(self) -> str:
        found = re.search(r"<h1[^>]*>(.*?)</h1>", self.html, re.DOTALL)
        return re.sub(r"<[^>]*>", "", found[1]) if found else ""

    @cached_property
    def section_titles(self) -> list[str]:
        return [re.sub(r"<[^>]*>", "", t) for t in re.findall(r"<h2[^>]*>(.*?)</h2>", self.html)]

    def table(self, head: str) -> ExportTable | None:
        """The first table whose head or section's title contains the words."""
        return next(
            (t for t in self.tables if head in t.title or any(head in c for r in t.rows[: t.head_rows] for c in r)),
            None,
        )

    def rows(self, head: str) -> list[list[str]]:
        """The rows below the head of such a table; none where there is no such table."""
        found = self.table(head)
        return found.rows[found.head_rows :] if found else []


@dataclass(frozen=True)
class Asked:
    """A state of the filters, and who asks; what was drawn is kept in `kept`.

    `in_depth` where files, proofs and further views are read too, which takes longer than all else.
    """

    deps: Dependencies
    period: str
    basis: str
    unit: str = ""
    group: str = ""
    in_depth: bool = True
    kept: dict[tuple[str, ...], object] = field(default_factory=dict)

    @property
    def search(self) -> str:
        """The query string of the state, without the unit."""
        group = f"&group={self.group}" if self.group else ""
        return f"?period={self.period}&basis={self.basis}{group}"

    @property
    def own(self) -> str:
        """The query string of the state, with the unit if there is one."""
        return self.search + (f"&district={self.unit}" if self.unit else "")

    def once(self, make: Callable[[], Kept], *key: str) -> Kept:
        full = (*key, self.own)
        if full not in self.kept:
            self.kept[full] = make()
        return cast(Kept, self.kept[full])  # what this very key made

    def page(self, path: str, more: str = "") -> Page:
        """A page of the city or of the filters with this unit; `more` is put to its address."""
        search = self.search if path.count("/") > 1 else self.own

        def draw() -> Page:
            name, _, panels = page_of(self.deps, path, search + more)
            return Page(static_page(name, panels), tables_of(panels, name))

        return self.once(draw, "page", path, more)

    def view(self, path: str, more: str) -> Page:
        """A further view of a page, or a proof; empty where it is not read in depth."""
        return self.page(path, more) if self.in_depth else Page("", ())

    @property
    def district(self) -> Page:
        return self.page(f"/district/{self.unit}")

    @property
    def projector(self) -> Page:
        """The projected slides of the filters."""
        return self.view("/", "&mode=meeting")

    @property
    def parents(self) -> Page:
        """What is chosen from first where units are more than a page can show; empty of a group."""
        if self.group:
            return Page("", ())
        known = shell.parameters

        def few(snapshot: Snapshot, period: str) -> dict[str, float]:
            return {**known(snapshot, period), "units_at_once": 1}

        def draw() -> Page:
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(shell, "parameters", few)
                name, _, panels = page_of(self.deps, "/", self.search)
            assert name == PARENTS
            return Page(static_page(name, panels), tables_of(panels, name))

        return self.once(draw, "parents")

    @property
    def rows(self) -> UnitContext:
        """The published rows of the state."""

        def load() -> UnitContext:
            snapshot = self.deps.warehouse.current()
            address = address_of("/", self.own)
            assert address is not None
            return load_unit_context(self.deps, snapshot, read_state(snapshot, address))

        return self.once(load, "rows")

    @property
    def row(self) -> UnitStatusRow:
        """The unit's published standing."""
        chosen = self.rows.chosen
        assert chosen is not None
        return chosen

    @property
    def slides(self) -> dict[str, Slide]:
        """The slides by their page; an empty one where the filters have none of a page."""
        snapshot = self.deps.warehouse.current()

        def draw() -> dict[str, Slide]:
            found = {s.page: s for s in slides_of(self.deps, snapshot, self.rows)}
            return defaultdict(lambda: Slide("", (), ""), found)

        return self.once(draw, "slides")

    def number(self, page: str, label: str) -> str | None:
        """The key number of a slide with this label, with its unit."""
        if page not in self.slides:
            return None
        return next((n.value + n.unit for n in self.slides[page].numbers if n.label == label), None)

    def paper(self, kind: str) -> str:
        """The text of the meeting's material: docx, pptx or pdf."""
        if not self.in_depth:
            return ""
        readers = {"docx": docx_words, "pptx": pptx_words, "pdf": pdf_words}
        return self.once(lambda: readers[kind](content_of(material_file(self.deps, kind, "/", self.own))), kind)

    @property
    def letter(self) -> str:
        """The text of the warning letter; empty where there is none to write."""

        def read() -> str:
            file = letter_file(self.deps, self.unit, "/warn", self.search)
            return docx_words(content_of(file)) if file else ""

        return self.once(read, "letter") if self.in_depth else ""

    @property
    def forms(self) -> dict[str, list[list[str]]]:
        """The cells of the official forms by sheet."""
        if not self.in_depth:
            return {}
        return self.once(
            lambda: xlsx_cells(content_of(forms_file(self.deps, "forms", f"/district/{self.unit}", self.search))),
            "forms",
        )

    def export(self, path: str) -> list[list[str]]:
        """The cells of a page's xlsx, its sheets one after another."""

        def read() -> list[list[str]]:
            with flask.Flask(__name__).test_request_context():
                (file,) = export_page(self.deps, {"kind": "xlsx"}, path, self.own)
            assert isinstance(file, dict)
            return [row for rows in xlsx_cells(content_of(file)).values() for row in rows]

        return self.once(read, "xlsx", path) if self.in_depth else []


def content_of(file: Mapping[str, object] | None) -> bytes:
    assert file is not None
    return base64.b64decode(str(file["content"]))


def docx_words(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = ["|".join(c.text for c in row.cells) for t in document.tables for row in t.rows]
    return "\n".join([p.text for p in document.paragraphs] + cells)


def pptx_words(content: bytes) -> str:
    """Every text of every slide."""
    slides = Presentation(io.BytesIO(content)).slides
    return "\n".join(
        shape.text_frame.text  # pyright: ignore[reportAttributeAccessIssue]
        for slide in slides
        for shape in slide.shapes
        if shape.has_text_frame
    )


def pdf_words(content: bytes) -> str:
    """Without spaces and line ends, which the setting puts anywhere."""
    return re.sub(r"\s", "", "".join(p.extract_text() for p in PdfReader(io.BytesIO(content)).pages))


def xlsx_cells(content: bytes) -> dict[str, list[list[str]]]:
    """The cells by sheet, numbers and days as they are shown."""
    book = load_workbook(io.BytesIO(content), read_only=True)
    return {
        sheet.title: [[shown(c.value, c.number_format or "") for c in row] for row in sheet.iter_rows()]
        for sheet in book.worksheets
    }


FORMAT = re.compile(r'(?:"([^"]*)")?(#,##)?0(?:\.(0+))?(%)?(?:"([^"]*)")?')
"""Words before, thousands, decimals, percent, words after."""


def shown(value: object, number_format: str) -> str:
    """A cell as a spreadsheet shows it: 0.857142 as `0.0%` is 85.7%, 1234567 as `#,##0"元"` 1,234,567元."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    rule = FORMAT.fullmatch(number_format)
    if rule is None or not isinstance(value, int | float):
        return str(value)
    before, thousands, decimals, percent, after = rule.groups()
    number = Decimal(repr(value)) * (100 if percent else 1)
    number = number.quantize(Decimal(1).scaleb(-len(decimals or "")), ROUND_HALF_UP)
    return f"{before or ''}{number:{',' if thousands else ''}f}{percent or ''}{after or ''}"


def found(pattern: str, words: str, group: int = 1) -> str | None:
    """What the pattern's group reads, a count without its commas; None where it is not said."""
    match = re.search(pattern.replace(r"(\d+)", r"([\d,]+)"), words)
    if match is None:
        return None
    return match[group].replace(",", "") if re.fullmatch(r"[\d,]+", match[group]) else match[group]
