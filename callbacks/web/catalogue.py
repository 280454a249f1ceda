"""`/catalogue`: the tables at the administrator's desk, and the form that proposes a row of one."""

import unicodedata
from dataclasses import dataclass, field
from datetime import date

import flask
from flask import Flask
from werkzeug.wrappers import Response

from callbacks.dependencies import Dependencies
from callbacks.rendering.binding import NotAllowedError
from callbacks.web.account_bar import office_strip
from callbacks.web.catalogue_looks import begin_at_once
from callbacks.web.request_guard import csrf_token, session_cookie
from callbacks.writing.form_fields import text_field_of
from data.access import Permission, Viewer
from data.catalogue.desk import (
    BY_CODE,
    DESK_TABLES,
    DeskTable,
    FieldKind,
    cells_of_row,
    desk_of,
    fields_of,
    identity_of,
    is_like,
    key_of,
    row_of,
    standing_on,
)
from data.catalogue.loader import CatalogueError, CatalogueInUse, catalogue_in_use, folder_of
from data.catalogue.tables import Word
from data.settings import Settings
from data.store.catalogue_change import PROPOSED, CatalogueChange, NewRow, changes, write_released
from data.store.catalogue_changes import propose
from data.store.names import account_names
from data.store.refusals import RefusedError
from data.text import all_texts, text
from layouts.office.catalogue import CatalogueView, TableSummary, catalogue_page
from layouts.office.catalogue_rows import ShownRow, TableView, table_page

MOST_WORDS = 60
LONGEST_IDENTITY = 300


@dataclass(frozen=True)
class Typed:
    """What the form says, and what is wrong with it: the column (empty: the row) and the words."""

    cells: dict[str, str]
    source: str = ""
    reason: str = ""
    finding: tuple[str, str] | None = field(default=None)


def in_use_of(settings: Settings) -> CatalogueInUse:
    """The catalogue that this installation's processes follow."""
    return catalogue_in_use(folder_of(settings), settings.overlay_file)


def desk_viewer(deps: Dependencies, *needs: Permission) -> Viewer:
    """Who looks.

    Raises:
        NotAllowedError: without any of the permissions.
    """
    viewer = deps.current_viewer()
    if not set(needs) & viewer.permissions:
        raise NotAllowedError(needs)
    return viewer


READS = (Permission.CATALOGUE_PROPOSE, Permission.CATALOGUE_RELEASE)


def shown_changes(deps: Dependencies, table: str = "") -> list[CatalogueChange]:
    """The acts on the catalogue with people told apart."""
    names = account_names(deps.store)
    return [names.told_apart(c, "proposed_by", "released_by") for c in changes(deps.store, table)]


def token_of(settings: Settings) -> str:
    """The token that forms of this session carry."""
    return csrf_token(flask.request.cookies.get(session_cookie(settings), ""))


def add_catalogue(server: Flask, deps: Dependencies, settings: Settings) -> None:
    """Add the list of tables and the page of each."""
    in_use = in_use_of(settings)

    def known(code: str) -> DeskTable:
        if code not in BY_CODE:
            flask.abort(404)
        return BY_CODE[code]

    def page(desk: DeskTable, viewer: Viewer, typed: Typed | None = None) -> str:
        asked, catalogue = flask.request.args, deps.catalogue
        identity = flask.request.values.get("row", "")[:LONGEST_IDENTITY]
        row = row_of(desk, catalogue, identity) if identity else None
        view = TableView(
            desk,
            _summaries(deps),
            _shown_rows(deps, desk, asked.get("words", "")[:100]),
            fields_of(desk, catalogue),
            catalogue,
            identity_of(desk, row) if row is not None else "",
            typed.cells if typed else _cells_to_begin_with(desk, row, deps.today()),
            typed.source if typed else "",
            typed.reason if typed else "",
            typed.finding if typed else None,
            [c for c in shown_changes(deps, desk.table) if _is_of(desk, c)],
            asked.get("words", "")[:100],
            may_propose=Permission.CATALOGUE_PROPOSE in viewer.permissions,
        )
        return table_page(view, token_of(settings), office_strip(deps, settings))

    @server.get("/catalogue")
    def show_catalogue() -> str:
        desk_viewer(deps, *READS)
        write_released(deps.store, settings.overlay_file)
        catalogue = deps.catalogue
        view = CatalogueView(_summaries(deps), shown_changes(deps), catalogue)
        return catalogue_page(view, office_strip(deps, settings))

    @server.get("/catalogue/<code>")
    def show_catalogue_table(code: str) -> str:
        viewer = desk_viewer(deps, *READS)
        return page(known(code), viewer)

    @server.post("/catalogue/<code>")
    def propose_row(code: str) -> str | Response | tuple[str, int]:
        viewer, desk = desk_viewer(deps, Permission.CATALOGUE_PROPOSE), known(code)
        typed = _typed(deps, desk)
        try:
            number = propose(deps.store, in_use, viewer, _new_row(deps, desk, typed), deps.now())
        except RefusedError as error:
            finding = (error.detail, text(f"refused.{error.code}"))
            return page(desk, viewer, Typed(typed.cells, typed.source, typed.reason, finding)), 400
        except CatalogueError as error:
            return page(desk, viewer, Typed(typed.cells, typed.source, typed.reason, finding_of(error))), 400
        begin_at_once(deps, settings, viewer.account, number)
        return flask.redirect(f"/catalogue/changes/{number}")


def finding_of(error: CatalogueError) -> tuple[str, str]:
    """The column and the words of what the strict loader says."""
    known = f"catalogue.finding.{error.kind}" in all_texts() and bool(error.kind)
    return error.column, text(f"catalogue.finding.{error.kind if known else 'disagree'}", value=error.value[:60])


def _summaries(deps: Dependencies) -> list[TableSummary]:
    """Every table with the number of its rows, own rows and proposals."""
    acts, catalogue = changes(deps.store), deps.catalogue
    return [
        TableSummary(
            desk.code,
            len(all_texts()) if desk.row_type is Word else len(desk.rows(catalogue)),
            sum(1 for c in acts if c.state == "released" and c.takes_back is None and _is_of(desk, c)),
            sum(1 for c in acts if c.state == PROPOSED and _is_of(desk, c)),
        )
        for desk in DESK_TABLES
    ]


def _is_of(desk: DeskTable, change: CatalogueChange) -> bool:
    return change.table_name == desk.table and desk_of(desk.table, change.cells or change.before) is desk


def _shown_rows(deps: Dependencies, desk: DeskTable, searched: str) -> list[ShownRow]:
    """The rows of a table, each with the act that it came by; of words, own ones and those that were searched for."""
    released = [c for c in changes(deps.store, desk.table) if c.state == "released" and c.takes_back is None]
    rows = desk.rows(deps.catalogue)
    if desk.row_type is Word:
        own_keys = {w.word_key for w in rows}
        others = {k: v for k, v in all_texts().items() if k not in own_keys}
        matches = [Word(k, v) for k, v in others.items() if searched and (searched in v or searched in k)]
        rows = [*rows, *matches[:MOST_WORDS]]
    shown: list[ShownRow] = []
    for row in rows:
        cells = cells_of_row(row)
        by = next((c for c in released if c.row_key == key_of(desk, cells) and is_like(desk, row, c.cells)), None)
        shown.append(
            ShownRow(identity_of(desk, row), cells, by.change_id if by else 0, standing_on(deps.today(), cells))
        )
    return shown


def _cells_to_begin_with(desk: DeskTable, row: object | None, today: date) -> dict[str, str]:
    """What stands in the form: the row that was chosen, from today where rows are dated; else nothing."""
    if row is None:
        return {"valid_from": today.isoformat()}
    cells = cells_of_row(row)
    return cells | {"valid_from": today.isoformat()} if desk.is_dated else cells


def _typed(deps: Dependencies, desk: DeskTable) -> Typed:
    """The fields of the form as cells; numbers in the usual digits."""
    sent: dict[str, object] = dict(flask.request.form.items())
    cells: dict[str, str] = {}
    for desk_field in fields_of(desk, deps.catalogue):
        value = text_field_of(sent, f"cell.{desk_field.name}")
        cells[desk_field.name] = unicodedata.normalize("NFKC", value) if desk_field.kind is FieldKind.NUMBER else value
    return Typed(cells, text_field_of(sent, "source"), text_field_of(sent, "reason"))


def _new_row(deps: Dependencies, desk: DeskTable, typed: Typed) -> NewRow:
    """What is proposed, as the form says it.

    Raises:
        RefusedError: a cell that must be filled in is empty, a choice is none, or a row of another page.
    """
    for desk_field in fields_of(desk, deps.catalogue):
        value = typed.cells[desk_field.name]
        if not value and not desk_field.is_optional:
            raise RefusedError("empty_cell", desk_field.name)
        if value and desk_field.choices and value not in desk_field.choices:
            raise RefusedError("no_choice", desk_field.name)
    if desk.units and typed.cells["unit"] not in desk.units:
        raise RefusedError("no_choice", "unit")
    key = key_of(desk, typed.cells)
    if desk.is_closed and key not in {key_of(desk, cells_of_row(r)) for r in desk.rows(deps.catalogue)}:
        raise RefusedError("no_choice", desk.key[0])
    begins = typed.cells.get("valid_from", "") if desk.is_dated else deps.today().isoformat()
    try:
        valid_from = date.fromisoformat(begins)
    except ValueError as error:
        raise RefusedError("bad_day", "valid_from") from error
    identity = flask.request.form.get("row", "")[:LONGEST_IDENTITY]
    row = row_of(desk, deps.catalogue, identity) if identity else None
    before = cells_of_row(row) if row is not None else {}
    if row is not None and is_like(desk, row, typed.cells):
        same = not desk.is_dated or before.get("valid_to") == typed.cells.get("valid_to")
        if same:
            raise RefusedError("nothing_changes")
    return NewRow(desk.table, key, typed.cells, before, valid_from, typed.source, typed.reason)
