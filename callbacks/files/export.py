"""Take the tables of the page on screen away as a file."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import dash
import flask
from dash.dependencies import Input, Output, State

from callbacks.dependencies import Dependencies
from callbacks.files.documents import MATERIAL, OF_A_MEETING, letter_file, letters_file, material_file, meeting_file
from callbacks.files.downloads import XLSX, download
from callbacks.files.notices import notices_file
from callbacks.files.official_forms import ALL_FORMS, forms_file
from callbacks.pages.ledger import ledger_file
from callbacks.rendering.binding import App, bind
from callbacks.rendering.dispatch import MESSAGES, page_of
from callbacks.rendering.page_context import read_state
from callbacks.rendering.parent_scope import scoped_to_parent
from callbacks.rendering.pinning import pinned
from callbacks.web.logs import log_failure
from callbacks.web.quotas import check_quota
from callbacks.web.rate_limits import check_rate_limit
from data.access import Permission
from data.store import audit
from data.store.engine import StoreDownError
from data.text import all_texts
from layouts.export.files import Caption, to_csv, to_xlsx
from layouts.export.tables import ExportTable, chosen_filters, heading_of, tables_of, texts_of
from layouts.forms.sheets import FORMS
from layouts.ids import ShellId
from layouts.routes import LEDGER, Address, address_of, link

Write = Callable[[Caption, Sequence[ExportTable]], bytes]
LETTER = "letter."
LISTS = {"issues": ledger_file, "letters": letters_file, "notices": notices_file}
KINDS: dict[str, tuple[Write, str]] = {"xlsx": (to_xlsx, XLSX), "csv": (to_csv, "text/csv")}


def export_page(
    deps: Dependencies, request: dict[str, str] | None, path: str | None, search: str | None
) -> list[dict[str, object] | dash.NoUpdate]:
    """The page's tables as the file kind asked for; nothing for another kind, or with no parent.

    What was taken is recorded once the file is made, as the address that our own links have.
    """
    kind = (request or {}).get("kind", "")
    address = address_of(path, search)
    if not kind or address is None:
        return [dash.no_update]
    viewer = deps.current_viewer()
    check_rate_limit("export", viewer.account or flask.request.remote_addr or "")
    check_quota(deps, "exports", viewer)
    fewer = scoped_to_parent(pinned(deps, address), address)
    made = None if fewer is None else _file(deps, fewer, kind, path, _whole_list(fewer, address))
    if fewer is None or made is None:
        return [dash.no_update]
    state = read_state(fewer.warehouse.current(), address)
    note_export(deps, kind, link(address.route, state))
    return [made]


def _whole_list(deps: Dependencies, address: Address) -> str:
    """The query of an address, of a list that the page cuts with all its rows: a file has room for them."""
    if address.route is not LEDGER:
        return address.search
    return read_state(deps.warehouse.current(), address).search_with({"measure": "all"})


def _file(
    deps: Dependencies, fewer: Dependencies, kind: str, path: str | None, search: str | None
) -> dict[str, object] | None:
    """The file of a kind; None where there is no such kind, or nothing to make it from."""
    if kind in FORMS or kind == ALL_FORMS:
        return forms_file(fewer, kind, path, search)
    if kind in MATERIAL:
        return material_file(fewer, kind, path, search)
    if kind in OF_A_MEETING:
        return meeting_file(fewer, kind, path, search)
    if kind in LISTS:
        return LISTS[kind](fewer, path, search)
    if kind.startswith(LETTER):
        return letter_file(fewer, kind.removeprefix(LETTER), path, search)
    if kind not in KINDS:
        return None
    shown, title, panels = page_of(replace(deps, keeps_pages=False), path, search)
    if shown in MESSAGES:
        return None
    write, mime = KINDS[kind]
    marks = texts_of(panels, "demo")
    caption = Caption(heading_of(panels), chosen_filters(panels), [*marks, *texts_of(panels, "page-source")])
    name = "_".join([title.replace(" · ", "_").replace("/", "_"), *marks])
    content = write(caption, tables_of(panels, all_texts().get(f"navigation.{shown}", title)))
    return download(f"{name}.{kind}", content, mime)


def note_export(deps: Dependencies, kind: str, address: str) -> None:
    """Record who took what; a store that is down does not keep anybody from reading."""
    viewer = deps.current_viewer()
    act = audit.AuditEvent(viewer.actor, "export", "address", address, deps.now(), kind)
    try:
        with deps.store.write() as connection:
            audit.record(deps.store, connection, act)
    except StoreDownError as error:
        log_failure(error)


def register(app: App, deps: Dependencies) -> None:
    """Wire the export buttons to the download."""
    bind(
        app,
        deps,
        export_page,
        outputs=[Output(ShellId.DOWNLOAD, "data")],
        inputs=[Input(ShellId.EXPORT, "data"), State(ShellId.URL, "pathname"), State(ShellId.URL, "search")],
        needs=Permission.READ_FIGURES,
        on_load=False,
    )
