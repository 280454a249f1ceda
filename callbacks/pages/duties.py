"""督导履职: the duties of a term for the filter that an address says."""

from collections.abc import Mapping

from callbacks.dependencies import Dependencies
from callbacks.pages.visits import unit_names
from data.access import Permission
from data.catalogue.tables import District
from layouts.office.duties import LAST_TERM, THIS_TERM, DutiesAsked, DutiesView
from layouts.parts.demonstration import UNIT_KINDS, is_invented
from queries.duties import AskedTerm, duties_of, term_on
from queries.registers import register_of


def duties_view(deps: Dependencies, said: Mapping[str, str]) -> DutiesView:
    """How far the duties are; what the address says that there is not is as if it were not said."""
    snapshot, viewer, today = deps.warehouse.current(), deps.current_viewer(), deps.today()
    register = register_of(snapshot, deps.store, deps.catalogue, viewer, today)
    names, unit = unit_names(deps, snapshot), said.get("district", "")
    asked = DutiesAsked(unit if unit in names else "", LAST_TERM if said.get("term") == LAST_TERM else THIS_TERM)
    running = term_on(deps.catalogue, today)
    term = running if asked.term == THIS_TERM else term_on(deps.catalogue, running.previous_day)
    due = int(deps.catalogue.parameter("visits_a_term_chongqing", term.begins_on))
    duties = duties_of(
        snapshot, deps.store, deps.catalogue, register, AskedTerm(names, asked.district_code, term, due, today)
    )
    return DutiesView(
        asked,
        duties,
        sorted(names.items()),
        {d.district_code: d.short_name for d in deps.catalogue.rows(District)},
        Permission.VISITS_PLAN in viewer.permissions,
        register.is_demonstration or is_invented(snapshot.info, UNIT_KINDS),
        today,
    )
