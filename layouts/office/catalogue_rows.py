"""One table of the catalogue: its rows with what came by own acts, and the form that proposes another row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from data.catalogue.desk import DeskField, DeskTable, FieldKind
from data.catalogue.loader import Catalogue
from data.store.catalogue_change import PROPOSED, CatalogueChange
from data.text import text
from layouts import formatting
from layouts.components.data_table import Cell, Column, cell, column
from layouts.components.elements import block, link_to, paragraph, run
from layouts.components.forms import (
    choice_field,
    date_field,
    field,
    hidden_field,
    long_field,
    post_form,
    query_form,
    submit_button,
)
from layouts.components.sections import heading
from layouts.document import DAYS, DRAFTS, alert_line, document
from layouts.markup import Node
from layouts.office.catalogue import TableSummary, acts_table, table_list
from layouts.office.catalogue_words import cell_words, choice_words, column_name, row_words, table_name
from layouts.office.table import long_words, office_table

HIDDEN_COLUMNS = frozenset(
    {"display_order", "tile_column", "tile_row", "tile_width", "tile_height", "geometry_code", "code_status"}
)
"""Left out of the table on screen; they stand in the form."""
CODES = frozenset(
    {
        "parameter_code",
        "warning_code",
        "phase_code",
        "limit_code",
        "level_code",
        "inspector_kind",
        "department_code",
        "word_key",
        "source_code",
        "batch_code",
        "group_code",
    }
)
"""Names for machines where they are the key of a table: typed for a new row, else unseen."""
LONGEST_CELL = 300


@dataclass(frozen=True)
class ShownRow:
    """A row of the table, the own act that it came by (0 where it is the project's), and how it stands today."""

    identity: str
    cells: Mapping[str, str]
    change_id: int
    standing: str


@dataclass(frozen=True)
class TableView:
    """A table, its rows, the columns as they are typed, what stands in the form, and what is wrong with that.

    `chosen` is the row that is to change, empty where a new one is made; `finding` the column and the words.
    """

    desk: DeskTable
    tables: Sequence[TableSummary]
    rows: Sequence[ShownRow]
    fields: Sequence[DeskField]
    catalogue: Catalogue
    chosen: str
    cells: Mapping[str, str]
    source: str
    reason: str
    finding: tuple[str, str] | None
    acts: Sequence[CatalogueChange]
    searched: str
    may_propose: bool


def table_page(view: TableView, token: str, account_bar: Node) -> str:
    """The rows in the middle, the form below them, the other tables at the left."""
    name = table_name(view.desk)
    title = text("catalogue.table_title", name=name)
    waiting = [c for c in view.acts if c.state == PROPOSED]
    form = [heading(text("catalogue.form"), identity="form"), *_form(view, token)] if view.may_propose else []
    return document(
        title,
        [
            paragraph(link_to(text("catalogue.back"), href="/catalogue", stays=False)),
            heading(title, level=1),
            block(
                block(table_list(view.tables, view.desk.code)),
                block(
                    _finding(view),
                    paragraph(text(f"catalogue.concerns.{view.desk.code}")),
                    _search(view) if view.desk.table == "words" else None,
                    _rows_table(view, name),
                    *form,
                    heading(text("catalogue.waiting", count=formatting.count(len(waiting)))) if waiting else None,
                    acts_table(view.catalogue, waiting, text("catalogue.state.proposed")) if waiting else None,
                    heading(text("catalogue.history")),
                    _history(view),
                ),
                look="desk of-table",
            ),
        ],
        "office",
        account_bar=account_bar,
        scripts=[DRAFTS, DAYS],
    )


def _history(view: TableView) -> Node:
    done = [c for c in view.acts if c.state != PROPOSED]
    if not done:
        return paragraph(text("catalogue.nothing_done"))
    return acts_table(view.catalogue, done, text("catalogue.history"))


def _finding(view: TableView) -> Node:
    if view.finding is None:
        return None
    name, message = view.finding
    has_name = any(f.name == name for f in view.fields)
    said = (
        text("catalogue.finding_at", column=column_name(view.desk.table, name), words=message) if has_name else message
    )
    return alert_line(said, is_failure=True, role="alert")


def _search(view: TableView) -> Node:
    look_for = field("words", text("catalogue.search_words"), value=view.searched, required=False, maxLength=100)
    return query_form(
        "/catalogue/words", look_for, submit_button(text("catalogue.search"), look="button"), look="in-row"
    )


def _rows_table(view: TableView, name: str) -> Node:
    def show(desk_field: DeskField) -> Column[ShownRow]:
        def cell_of(row: ShownRow) -> Cell | str:
            return long_words(cell_words(view.catalogue, view.desk.table, desk_field.name, row.cells[desk_field.name]))

        return Column(name=desk_field.name, head=column_name(view.desk.table, desk_field.name), cell=cell_of)

    columns = [show(f) for f in view.fields if f.name not in HIDDEN_COLUMNS and not _is_code(f)]
    columns.append(column("catalogue.row.", "state", lambda r: text(f"catalogue.row.{r.standing}")))
    columns.append(column("catalogue.row.", "origin", lambda r: cell(_origin(r))))
    if view.may_propose:
        columns.append(column("catalogue.row.", "edit", lambda r: cell(_edit(view, r))))
    return office_table(
        columns,
        view.rows,
        name=name,
        key=lambda r: r.identity,
        row_look=lambda r: "chosen" if r.identity == view.chosen else "",
    )


def _origin(row: ShownRow) -> Node:
    if not row.change_id:
        return text("catalogue.row.project")
    label = text("catalogue.row.own", number=str(row.change_id))
    return link_to(label, href=f"/catalogue/changes/{row.change_id}", stays=False)


def _edit(view: TableView, row: ShownRow) -> Node:
    searched = f"&words={quote(view.searched, safe='')}" if view.searched else ""
    href = f"/catalogue/{view.desk.code}?row={quote(row.identity, safe='')}{searched}#form"
    about = row_words(view.catalogue, view.desk.table, row.cells)
    return link_to(
        text("catalogue.row.change"), href=href, stays=False, aria_label=text("catalogue.row.change_of", row=about)
    )


def _form(view: TableView, token: str) -> list[Node]:
    if view.desk.is_closed and not view.chosen:
        return [paragraph(text("catalogue.form_closed"))]
    about = row_words(view.catalogue, view.desk.table, view.cells) if view.chosen else ""
    lead = text("catalogue.form_of_row", row=about) if view.chosen else text("catalogue.form_of_new")
    dated = text("catalogue.form_dated") if view.desk.is_dated else text("catalogue.form_undated")
    return [
        paragraph(run(lead), " ", run(dated, look="d")),
        post_form(
            f"/catalogue/{view.desk.code}",
            token,
            hidden_field("row", view.chosen),
            *[_input(view, f) for f in view.fields],
            long_field("source", text("catalogue.source"), value=view.source),
            long_field("reason", text("catalogue.reason"), value=view.reason),
            submit_button(text("catalogue.propose")),
            look="office-form desk-form",
        ),
    ]


def _is_code(desk_field: DeskField) -> bool:
    return desk_field.is_key and not desk_field.choices and desk_field.name in CODES


def _input(view: TableView, desk_field: DeskField) -> Node:
    """A cell of the form; the key of a chosen row stays as it is."""
    name, value = f"cell.{desk_field.name}", view.cells.get(desk_field.name, "")
    label = column_name(view.desk.table, desk_field.name)
    if desk_field.is_key and view.chosen and desk_field.name != "valid_from":
        shown_value = cell_words(view.catalogue, view.desk.table, desk_field.name, value)
        if _is_code(desk_field):
            return hidden_field(name, value)
        return block(run(label), run(shown_value), hidden_field(name, value), look="fixed", key=desk_field.name)
    wrong = view.finding is not None and view.finding[0] == desk_field.name
    match desk_field.kind:
        case FieldKind.DAY:
            return date_field(name, label, value=value, required=not desk_field.is_optional)
        case FieldKind.CHOICE | FieldKind.YES_NO:
            offered = choice_words(view.catalogue, view.desk.table, desk_field.name, desk_field.choices)
            empty = [("", formatting.NONE)] if desk_field.is_optional or not value else []
            return choice_field(name, label, [*empty, *offered], chosen=value)
        case _:
            attributes = {"inputMode": "decimal"} if desk_field.kind is FieldKind.NUMBER else {}
            return field(
                name,
                label,
                value=value,
                required=not desk_field.is_optional,
                maxLength=LONGEST_CELL,
                autoComplete="off",
                aria_invalid="true" if wrong else None,
                **attributes,
            )
