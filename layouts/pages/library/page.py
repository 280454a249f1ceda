"""政策与研究: the panels of the page and the title of its document."""

from collections.abc import Sequence

from data.rows.context import FrameContext
from data.rows.library import DocumentRow
from data.text import text
from layouts import formatting
from layouts.components.cells import day_cell
from layouts.components.data_table import Cell, Column, Kind, TableLook, cell, column, data_table
from layouts.components.elements import link_to, small
from layouts.components.heads import headline, page_head, page_title
from layouts.ids import LibraryId
from layouts.markup import Node
from layouts.page import AnyPanel, Panel
from layouts.parts.frame import Filter, section
from layouts.parts.source import source_line
from layouts.routes import LIBRARY, METHOD, link


def panels(rows: FrameContext, documents: Sequence[DocumentRow], filters: list[Filter]) -> list[AnyPanel]:
    """Every panel of the page in reading order."""
    head = page_head(route=LIBRARY, state=rows.state, snapshot=rows.snapshot, filters=filters)
    modules = dict.fromkeys(d.module for d in documents)
    title = text("library.title", count=len(documents), modules=len(modules))
    return [
        Panel(LibraryId.HEAD, "head", head),
        Panel(LibraryId.ANSWER, "answer", headline(title, sub=[text("library.sub")])),
        Panel(
            LibraryId.BODY, "body-panel", [_module(rows, m, [d for d in documents if d.module == m]) for m in modules]
        ),
        Panel(LibraryId.SOURCE, "source-panel", [source_line(rows, LIBRARY.draws, text("library.source"))]),
    ]


def document_title() -> str:
    """Browser tab and history entry."""
    return page_title(text("navigation.library"))


def _module(rows: FrameContext, module: str, documents: Sequence[DocumentRow]) -> Node:
    method = link(METHOD, rows.state, district="", group="")

    def governs(document: DocumentRow) -> Cell:
        count, tip = document.item_count, document.item_codes or ""
        if not count:
            return cell(formatting.NONE, tip=tip)
        return cell(link_to(text("library.items", count=count), href=method), value=count, tip=tip)

    columns: list[Column[DocumentRow]] = [
        column("library.", "name", lambda d: cell(d.title, small(d.document_number)), Kind.NAME),
        column("library.", "issuer", lambda d: d.issuer),
        column("library.", "issued_on", lambda d: day_cell(d.issued_on), Kind.DATE),
        column("library.", "level", lambda d: d.level),
        column("library.", "summary", lambda d: d.summary),
        column("library.", "governs", governs),
    ]
    look = TableLook[DocumentRow](table="mini library")
    return section(module, data_table(columns, documents, name=module, look=look))
