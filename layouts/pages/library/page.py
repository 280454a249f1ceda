"""政策与研究 as a list of panels."""

from collections.abc import Sequence

from data.rows.context import FrameContext
from data.rows.library import DocumentRow
from data.text import text
from layouts import formatting
from layouts.ids import LibraryId
from layouts.markup import Node, h
from layouts.page import AnyPanel, Panel
from layouts.parts.frame import Filter, filter_bar, header, section
from layouts.parts.source import source_line
from layouts.routes import LIBRARY, METHOD, link


def panels(rows: FrameContext, documents: Sequence[DocumentRow], filters: list[Filter]) -> list[AnyPanel]:
    """Every panel of the page in reading order."""
    head = [*header(LIBRARY, rows.state), filter_bar(filters, rows.snapshot, LIBRARY.draws)]
    modules = dict.fromkeys(d.module for d in documents)
    answer = [
        h(
            "h1",
            {"id": "content", "tabIndex": -1, "className": "small"},
            text("library.title", count=len(documents), modules=len(modules)),
        ),
        h("p", {"className": "sub"}, text("library.sub")),
    ]
    body = [_module(rows, m, [d for d in documents if d.module == m]) for m in modules]
    return [
        Panel(LibraryId.HEAD, "head", head),
        Panel(LibraryId.ANSWER, "answer", answer),
        Panel(LibraryId.BODY, "body-panel", list(body)),
        Panel(LibraryId.SOURCE, "source-panel", [source_line(rows, LIBRARY.draws, text("library.source"))]),
    ]


def document_title() -> str:
    """Browser tab and history entry."""
    return " · ".join((text("navigation.library"), text("app.name")))


def _module(rows: FrameContext, module: str, documents: Sequence[DocumentRow]) -> Node:
    method = link(METHOD, rows.state, district="", group="")
    lines = [
        h(
            "tr",
            {"key": f"{d.title}{d.document_number}"},
            h("th", {"scope": "row"}, d.title, h("small", {}, d.document_number)),
            h("td", {}, d.issuer),
            h("td", {}, formatting.day(d.issued_on)),
            h("td", {}, d.level),
            h("td", {}, d.summary),
            h(
                "td",
                {"data-tip": d.item_codes or None},
                h("a", {"href": method, "data-nav": "1"}, text("library.items", count=d.item_count))
                if d.item_count
                else formatting.NONE,
            ),
        )
        for d in documents
    ]
    names = ("name", "issuer", "issued_on", "level", "summary", "governs")
    heads = [h("th", {"scope": "col", "key": n}, text(f"library.{n}")) for n in names]
    return section(
        module, h("table", {"className": "mini library"}, h("thead", {}, h("tr", {}, *heads)), h("tbody", {}, *lines))
    )
