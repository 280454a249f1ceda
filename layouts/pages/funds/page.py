"""经费与激励: the panels of the page and the title of its document."""

from collections.abc import Sequence

from data.rows.context import UnitContext
from data.rows.funds import PaymentRow
from data.text import text
from layouts import formatting
from layouts.components.data_table import Cell, Column, Kind, TableLook, cell, column, data_table
from layouts.components.elements import link_to
from layouts.components.heads import headline, page_head, page_title
from layouts.ids import FundsId
from layouts.markup import Node
from layouts.page import AnyPanel, Panel
from layouts.parts.demonstration import is_invented
from layouts.parts.frame import Filter, section
from layouts.parts.glyph import status
from layouts.parts.source import source_line
from layouts.routes import DISTRICT, FUNDS, link


def panels(rows: UnitContext, payments: Sequence[PaymentRow], filters: list[Filter]) -> list[AnyPanel]:
    """Every panel of the page in reading order."""
    head = page_head(route=FUNDS, state=rows.state, snapshot=rows.snapshot, filters=filters)
    invented = text("funds.source_demo") if is_invented(rows.snapshot, ("fund",)) else ""
    return [
        Panel(FundsId.HEAD, "head", head),
        Panel(FundsId.ANSWER, "answer", _headline(rows, payments)),
        Panel(FundsId.TABLE, "table-panel", [_table(rows, payments)]),
        Panel(FundsId.SOURCE, "source-panel", [source_line(rows, FUNDS.draws, invented)]),
    ]


def document_title(rows: UnitContext) -> str:
    """Browser tab and history entry."""
    return page_title(rows.scope_name, text("navigation.funds"))


def _headline(rows: UnitContext, payments: Sequence[PaymentRow]) -> list[Node]:
    parts: list[str] = []
    for category in dict.fromkeys(p.category for p in payments):
        of_category = [p for p in payments if p.category == category]
        total = float(sum(p.amount_yuan for p in of_category))
        districts = len({p.district_code for p in of_category})
        amount = formatting.money(total)
        parts.append(text("funds.part", category=category, districts=districts, amount=amount))
    title = rows.scope_name + (text("funds.stop").join(parts) or text("funds.none"))
    return headline(title, sub=[text("funds.sub")])


def _table(rows: UnitContext, payments: Sequence[PaymentRow]) -> Node:
    if not payments:
        return section(text("funds.none"))
    units = {u.district_code: u for u in rows.units}

    def unit(payment: PaymentRow) -> Cell | str:
        if payment.district_code not in units:
            return payment.district_name
        href = link(DISTRICT, rows.state, district=payment.district_code, group="")
        return cell(link_to(payment.district_name, href=href))

    def progress(payment: PaymentRow) -> Cell | str:
        known = units.get(payment.district_code)
        return text("funds.no_unit") if known is None else cell(status(known.progress))

    columns: list[Column[PaymentRow]] = [
        column("funds.", "paid_on", lambda p: cell(formatting.day(p.paid_on), value=p.paid_on), Kind.DATE),
        column("funds.", "district", unit, Kind.NAME),
        column("funds.", "category", lambda p: p.category),
        column("funds.", "amount", _amount, Kind.AMOUNT),
        column("funds.", "purpose", lambda p: p.purpose),
        column("funds.", "basis", lambda p: cell(p.legal_basis, look="mut")),
        column("funds.", "progress", progress, Kind.VERDICT),
        column("funds.", "change", lambda p: _change(rows, p)),
    ]
    table = data_table(columns, payments, name=text("navigation.funds"), look=TableLook(table="mini funds"))
    return section(text("funds.title", count=len(payments)), table)


def _amount(payment: PaymentRow) -> Cell:
    return cell(formatting.money(float(payment.amount_yuan)), value=payment.amount_yuan, unit=text("unit.yuan"))


def _change(rows: UnitContext, payment: PaymentRow) -> str:
    """Items met before the payment and now, or why the two may not be compared."""
    unit = next((u for u in rows.units if u.district_code == payment.district_code), None)
    before = next(
        (
            v
            for v in reversed(rows.verdict_history)
            if v.district_code == payment.district_code and v.snapshot_date <= payment.paid_on
        ),
        None,
    )
    if unit is None:
        return formatting.NONE
    if before is None:
        return text("funds.before_unknown")
    if not (unit.is_reported and before.is_reported):
        return text("incomparable.not_reported")
    if rows.last_change(unit.district_code) > before.snapshot_date:
        return text("funds.boundary_changed")
    if not (unit.is_recast_complete and before.is_recast_complete):
        return text("incomparable.boundary_changed")
    return text("funds.items", before=before.met_count, after=unit.met_count)
