"""经费与激励 as a list of panels."""

from collections.abc import Sequence

from data.rows.context import UnitContext
from data.rows.funds import PaymentRow
from data.text import text
from layouts import formatting
from layouts.ids import FundsId
from layouts.markup import Node, h
from layouts.page import AnyPanel, Panel
from layouts.parts.demonstration import is_invented
from layouts.parts.frame import Filter, filter_bar, header, section
from layouts.parts.glyph import status
from layouts.parts.source import source_line
from layouts.routes import DISTRICT, FUNDS, link


def panels(rows: UnitContext, payments: Sequence[PaymentRow], filters: list[Filter]) -> list[AnyPanel]:
    """Every panel of the page in reading order."""
    head = [*header(FUNDS, rows.state), filter_bar(filters, rows.snapshot, FUNDS.draws)]
    invented = text("funds.source_demo") if is_invented(rows.snapshot, ("fund",)) else ""
    return [
        Panel(FundsId.HEAD, "head", head),
        Panel(FundsId.ANSWER, "answer", _answer(rows, payments)),
        Panel(FundsId.TABLE, "table-panel", [_table(rows, payments)]),
        Panel(FundsId.SOURCE, "source-panel", [source_line(rows, FUNDS.draws, invented)]),
    ]


def document_title(rows: UnitContext) -> str:
    """Browser tab and history entry."""
    return " · ".join(w for w in (rows.scope_name, text("navigation.funds"), text("app.name")) if w)


def _answer(rows: UnitContext, payments: Sequence[PaymentRow]) -> list[Node]:
    categories = dict.fromkeys(p.category for p in payments)
    parts: list[str] = []
    for category in categories:
        own = [p for p in payments if p.category == category]
        total = float(sum(p.amount_yuan for p in own))
        districts = len({p.district_code for p in own})
        parts.append(text("funds.part", category=category, districts=districts, amount=formatting.money(total)))
    title = rows.scope_name + (text("funds.stop").join(parts) or text("funds.none"))
    return [
        h("h1", {"id": "content", "tabIndex": -1, "className": "small"}, title),
        h("p", {"className": "sub"}, text("funds.sub")),
    ]


def _table(rows: UnitContext, payments: Sequence[PaymentRow]) -> Node:
    if not payments:
        return section(text("funds.none"))
    names = ("paid_on", "district", "category", "amount", "purpose", "basis", "progress", "change")
    heads = [h("th", {"scope": "col", "key": n}, text(f"funds.{n}")) for n in names]
    return section(
        text("funds.title", count=len(payments)),
        h(
            "table",
            {"className": "mini funds"},
            h("thead", {}, h("tr", {}, *heads)),
            h("tbody", {}, *[_payment(rows, n, p) for n, p in enumerate(payments)]),
        ),
    )


def _payment(rows: UnitContext, number: int, payment: PaymentRow) -> Node:
    unit = next((u for u in rows.units if u.district_code == payment.district_code), None)
    before = next(
        (
            v
            for v in reversed(rows.verdict_history)
            if v.district_code == payment.district_code and v.snapshot_date <= payment.paid_on
        ),
        None,
    )
    change = formatting.NONE
    if (
        unit is not None
        and before is not None
        and unit.is_reported
        and before.is_reported
        and rows.last_change(unit.district_code) <= before.snapshot_date
    ):
        change = text("funds.items", before=before.met_count, after=unit.met_count)
    name: Node = payment.district_name
    if unit is not None:
        href = link(DISTRICT, rows.state, district=unit.district_code, group="")
        name = h("a", {"href": href, "data-nav": "1"}, payment.district_name)
    return h(
        "tr",
        {"key": str(number)},
        h("td", {}, formatting.day(payment.paid_on)),
        h("th", {"scope": "row"}, name),
        h("td", {}, payment.category),
        h("td", {"className": "num"}, formatting.money(float(payment.amount_yuan))),
        h("td", {}, payment.purpose),
        h("td", {"className": "mut"}, payment.legal_basis),
        h("td", {}, status(unit.progress) if unit is not None else text("funds.no_unit")),
        h("td", {}, change),
    )
