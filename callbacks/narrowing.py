"""Beyond the units that a page can show at once, pages show the units of one parent."""

from dataclasses import replace
from urllib.parse import parse_qsl

from callbacks.dependencies import Dependencies
from callbacks.view import period_filter, read_state
from layouts.page import AnyPanel
from layouts.pages.parents.page import ParentsView, document_title, panels
from layouts.routes import LIBRARY, MEETING, METHOD, Address
from queries import parents, shell
from queries.warehouse import Narrowed

WHOLE = (LIBRARY, METHOD, MEETING)
"""Pages that are not drawn from every unit."""
BASIS = "as_was"


def narrowed(deps: Dependencies, address: Address) -> Dependencies | None:
    """The dependencies for the parent that an address is about; None where it names none."""
    snapshot = deps.warehouse.current()
    latest = shell.periods(snapshot)[-1].period
    units = shell.units(snapshot, latest, BASIS)
    most = shell.parameters(snapshot, latest).get("units_at_once")
    if most is None or len(units) <= most or address.route in WHOLE:
        return deps
    named = dict(parse_qsl(address.search.removeprefix("?"))) | address.values
    district = named.get("district", "")
    if "school" in address.values:
        places = shell.school_place(snapshot, named["school"])
        district = places[-1].district_code if places else ""
    group = next((u.group_code for u in units if u.district_code == district), "") or named.get(
        "group", ""
    )
    kept = frozenset(u.district_code for u in units if u.group_code == group)
    if not kept:
        return None
    newest = deps.newest and Narrowed(deps.newest, kept)
    return replace(deps, warehouse=Narrowed(deps.warehouse, kept), newest=newest)


def show_parents(deps: Dependencies, address: Address) -> tuple[str, list[AnyPanel]]:
    """The parents to choose from, and how their units stand."""
    snapshot = deps.warehouse.current()
    state, periods = read_state(snapshot, address), shell.periods(snapshot)
    period = next((p for p in periods if p.period == state.period), periods[-1])
    view = ParentsView(
        address.route, state, period, snapshot.info,
        parents.totals(snapshot, period.period, state.basis),
    )  # fmt: skip
    return document_title(), panels(view, [period_filter(periods, state, address.route)])
