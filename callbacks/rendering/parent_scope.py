"""Beyond the units that a page can show at once, pages show the units of one parent."""

from dataclasses import replace
from urllib.parse import parse_qsl

from callbacks.dependencies import Dependencies
from callbacks.rendering.page_context import period_filter, read_state
from data.catalogue.tables import District
from data.view_state import PRESENTER, PROJECTOR
from layouts.page import AnyPanel
from layouts.pages.parents.page import ParentsView, document_title, panels
from layouts.routes import LIBRARY, MEETING, METHOD, Address
from queries import common_dimensions, parents
from queries.reader import Snapshot
from queries.warehouse import ParentWarehouse

WHOLE = (LIBRARY, METHOD, MEETING)
"""Pages that draw no list of units."""
BASIS = "as_was"


def scoped_to_parent(deps: Dependencies, address: Address) -> Dependencies | None:
    """The dependencies for the parent that an address is about; None where it names none.

    Units that have been abolished belong to their parent too. A viewer whose own units fit on a page is shown
    those, whatever the address says. An address of a unit that does not exist is left to its page, which says so.
    """
    snapshot = deps.warehouse.current()
    latest = common_dimensions.periods(snapshot)[-1].period
    units = common_dimensions.units(snapshot, latest, BASIS)
    most = common_dimensions.parameters(snapshot, latest).get("units_at_once")
    groups = {d.district_code: d.group_code for d in deps.catalogue.rows(District)}
    is_whole = address.route in WHOLE and not is_projected(address)
    if most is None or len(groups) <= most or is_whole:
        return deps
    districts = snapshot.scope.districts
    if districts is not None and len(districts) <= most:
        return _of_units(deps, districts)
    if len(units) <= most:
        return deps
    named = dict(parse_qsl(address.search.removeprefix("?"))) | address.values
    group = groups.get(_district(snapshot, address, named), "") or named.get("group", "")
    codes = frozenset(code for code, parent in groups.items() if parent == group)
    if not codes:
        return deps if address.values else None
    return _of_units(deps, codes)


def _of_units(deps: Dependencies, districts: frozenset[str]) -> Dependencies:
    newest = deps.newest and ParentWarehouse(deps.newest, districts)
    return replace(deps, warehouse=ParentWarehouse(deps.warehouse, districts), newest=newest)


def is_projected(address: Address) -> bool:
    """Whether an address asks for 会议模式, on the wall or as its presenter sees it."""
    return dict(parse_qsl(address.search.removeprefix("?"))).get("mode") in (PROJECTOR, PRESENTER)


def is_presented(address: Address) -> bool:
    """Whether an address asks for 会议模式 as its presenter sees it."""
    return dict(parse_qsl(address.search.removeprefix("?"))).get("mode") == PRESENTER


def _district(snapshot: Snapshot, address: Address, named: dict[str, str]) -> str:
    """The unit that an address is about: a school's own, where it names a school and no other."""
    has_place = bool(named.get("district") or named.get("group"))
    if "school" in address.values or ("school" in named and not has_place):
        places = common_dimensions.school_place(snapshot, named["school"])
        return places[-1].district_code if places else ""
    return named.get("district", "")


def show_parents(deps: Dependencies, address: Address) -> tuple[str, list[AnyPanel]]:
    """The parents to choose from, and how their units stand."""
    snapshot = deps.warehouse.current()
    state, periods = read_state(snapshot, address), common_dimensions.periods(snapshot)
    period = next((p for p in periods if p.period == state.period), periods[-1])
    view = ParentsView(
        address.route, state, period, snapshot.info, parents.totals(snapshot, period.period, state.basis)
    )
    return document_title(), panels(view, [period_filter(periods, state, address.route)])
