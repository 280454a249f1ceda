"""目录与参数: the tables at the administrator's desk, what waits for a second person, and what was done last."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.catalogue.desk import BY_CODE, desk_of
from data.catalogue.loader import Catalogue
from data.store.catalogue_change import PROPOSED, CatalogueChange
from data.text import text
from layouts import formatting
from layouts.components.data_table import Column, Kind, cell, column
from layouts.components.elements import block, bullet_list, link_to, list_item, paragraph, run
from layouts.components.sections import heading
from layouts.document import document
from layouts.markup import Node
from layouts.office.catalogue_words import change_in_short, row_words, table_name
from layouts.office.table import long_words, office_table

MOST_ACTS = 30


@dataclass(frozen=True)
class TableSummary:
    """A table with the number of its rows, of own rows that hold, and of proposals that wait."""

    code: str
    row_count: int
    own_count: int
    proposed_count: int


@dataclass(frozen=True)
class CatalogueView:
    """Every table, and every act newest first."""

    tables: Sequence[TableSummary]
    acts: Sequence[CatalogueChange]
    catalogue: Catalogue


def catalogue_page(view: CatalogueView, account_bar: Node) -> str:
    """What waits first, then the tables, then what was done."""
    waiting = [c for c in view.acts if c.state == PROPOSED]
    done = [c for c in view.acts if c.state != PROPOSED]
    own_count = sum(t.own_count for t in view.tables)
    lead = text("catalogue.lead", own=formatting.count(own_count))
    title = text("catalogue.title")
    waits = text("catalogue.waiting", count=formatting.count(len(waiting))) if waiting else text("catalogue.none_waits")
    return document(
        title,
        [
            heading(text("catalogue.headline", title=title, waits=waits), level=1),
            paragraph(lead),
            block(
                block(
                    heading(text("catalogue.tables", count=formatting.count(len(view.tables)))), table_list(view.tables)
                ),
                block(
                    heading(waits),
                    acts_table(view.catalogue, waiting, waits) if waiting else paragraph(text("catalogue.how")),
                    heading(text("catalogue.history")),
                    acts_table(view.catalogue, done[:MOST_ACTS], text("catalogue.history"))
                    if done
                    else paragraph(text("catalogue.nothing_done")),
                    *_overridden(view),
                ),
                look="desk",
            ),
        ],
        "office",
        account_bar=account_bar,
    )


def _overridden(view: CatalogueView) -> list[Node]:
    """The project's rows that own rows cut short or replace, by name."""
    acts = {c.change_id: c for c in view.acts}
    known = [(o, acts[o.change]) for o in view.catalogue.overridden if o.change in acts]
    if not known:
        return []
    lines = [
        list_item(
            text(
                "catalogue.overridden_row",
                table=table_name(desk_of(act.table_name, act.cells)),
                row=row_words(view.catalogue, act.table_name, act.before or act.cells),
            ),
            " ",
            link_to(
                text("catalogue.row.own", number=str(act.change_id)),
                href=f"/catalogue/changes/{act.change_id}",
                stays=False,
            ),
            key=f"{over.table} {over.line} {over.change}",
        )
        for over, act in known
    ]
    return [
        heading(text("catalogue.overridden", count=formatting.count(len(known)))),
        bullet_list(lines, look="effects"),
    ]


def table_list(tables: Sequence[TableSummary], current: str = "") -> Node:
    """The tables one below the other, with the number of their rows; the one on screen is marked."""

    def item(summary: TableSummary) -> Node:
        is_current = summary.code == current
        own_rows = text("catalogue.own_rows", count=formatting.count(summary.own_count)) if summary.own_count else ""
        waits = (
            text("catalogue.proposed_rows", count=formatting.count(summary.proposed_count))
            if summary.proposed_count
            else ""
        )
        rows = text("catalogue.rows", count=formatting.count(summary.row_count))
        name = link_to(
            table_name(BY_CODE[summary.code]),
            href=f"/catalogue/{summary.code}",
            stays=False,
            aria_current="page" if is_current else None,
        )
        return list_item(
            name,
            run(" ".join(filter(None, (waits, own_rows, rows))), look="d"),
            key=summary.code,
            look="on" if is_current else "",
        )

    return bullet_list([item(t) for t in tables], look="desk-tables")


def acts_table(catalogue: Catalogue, acts: Sequence[CatalogueChange], name: str) -> Node:
    """Acts on the catalogue: what, since when, by which document, by whom, and how far it is."""
    columns: list[Column[CatalogueChange]] = [
        column("catalogue.act.", "number", lambda c: cell(act_link(c)), Kind.COUNT),
        column("catalogue.act.", "what", lambda c: long_words(act_words(catalogue, c))),
        column("catalogue.act.", "since", lambda c: formatting.day(c.valid_from), Kind.DATE),
        column("catalogue.act.", "source", lambda c: long_words(c.source)),
        column("catalogue.act.", "proposed", lambda c: f"{c.proposed_by} {formatting.moment(c.proposed_at)}"),
        column("catalogue.act.", "released", _released),
        column("catalogue.act.", "state", lambda c: state_words(c)),
    ]
    return office_table(columns, acts, name=name, key=lambda c: str(c.change_id))


def act_words(catalogue: Catalogue, change: CatalogueChange) -> str:
    """What an act changes, in a line."""
    said = change_in_short(catalogue, change.table_name, change.before, change.cells)
    return said if change.takes_back is None else text("catalogue.takes_back", number=str(change.takes_back), said=said)


def state_words(change: CatalogueChange) -> str:
    """How far an act is; the proposal is one that somebody else has to release."""
    return text(f"catalogue.state.{change.state}")


def act_link(change: CatalogueChange) -> Node:
    """To the page of an act."""
    return link_to(str(change.change_id), href=f"/catalogue/changes/{change.change_id}", stays=False)


def _released(change: CatalogueChange) -> str:
    if change.released_at is None:
        return formatting.NONE
    return f"{change.released_by} {formatting.moment(change.released_at)}"
