"""Take the tables of the page on screen away as a file."""

import base64
from collections.abc import Callable, Sequence
from typing import Any

import dash
from dash.dependencies import Input, Output, State

from callbacks.binding import bind
from callbacks.dependencies import Dependencies
from callbacks.pages import page_of
from data.access import Permission
from data.text import text
from layouts.export.files import Caption, to_csv, to_xlsx
from layouts.export.tables import ExportTable, chosen_filters, heading_of, tables_of, texts_of
from layouts.ids import ShellId

Write = Callable[[Caption, Sequence[ExportTable]], bytes]
KINDS: dict[str, tuple[Write, str]] = {
    "xlsx": (to_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (to_csv, "text/csv"),
}


def export_page(
    deps: Dependencies, request: dict[str, str] | None, path: str | None, search: str | None
) -> list[Any]:
    """The page's tables as the file kind asked for; nothing for another kind."""
    kind = (request or {}).get("kind", "")
    if kind not in KINDS:
        return [dash.no_update]
    _, title, panels = page_of(deps, path, search)
    write, mime = KINDS[kind]
    has_demonstration = deps.warehouse.current().info.has_demonstration
    notes = [text("app.demo")] if has_demonstration else []
    caption = Caption(heading_of(panels), chosen_filters(panels),
                      [*notes, *texts_of(panels, "page-source")])  # fmt: skip
    content = base64.b64encode(write(caption, tables_of(panels))).decode("ascii")
    mark = f"_{text('app.demo')}" if has_demonstration else ""
    file_name = f"{title.replace(' · ', '_').replace('/', '_')}{mark}.{kind}"
    return [{"filename": file_name, "content": content, "base64": True, "type": mime}]


def register(app: dash.Dash, deps: Dependencies) -> None:
    """Wire the export buttons to the download."""
    bind(
        app,
        deps,
        export_page,
        outputs=[Output(ShellId.DOWNLOAD, "data")],
        inputs=[
            Input(ShellId.EXPORT, "data"),
            State(ShellId.URL, "pathname"),
            State(ShellId.URL, "search"),
        ],
        needs=Permission.READ_FIGURES,
        on_load=False,
    )
