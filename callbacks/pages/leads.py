"""线索核查: show the state of the URL."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from callbacks.dependencies import Dependencies
from callbacks.rendering.page_context import filters, load_unit_context, read_state
from data.catalogue.tables import District, SchoolType, ScopeRule
from data.rows.context import UnitContext
from data.rows.lead_findings import Limits, Outcome
from data.text import text
from data.view_state import AS_WAS
from layouts.page import AnyPanel
from layouts.pages.leads import page
from layouts.pages.leads.rows import Lead, LeadsView
from layouts.routes import LEADS, Address
from queries import leads, overview
from queries.lead_corrections import correction_leads
from queries.lead_findings import (
    BUNCHING,
    DIGITS,
    copy_leads,
    counted_fields,
    limits_on,
    move_leads,
    outcomes_of,
    outlier_leads,
    statistical_leads,
)
from queries.lead_nearness import copy_nearness, move_nearness, outlier_nearness, placed, statistical_nearness
from queries.reader import Snapshot

FILTERS = ("period", "district")
A_YEAR = timedelta(days=360)


def show_leads(deps: Dependencies, address: Address) -> tuple[str, list[AnyPanel]]:
    """Document title and panels of a state."""
    snapshot = deps.warehouse.current()
    rows = load_unit_context(deps, snapshot, read_state(snapshot, address))
    view = leads_view(deps, snapshot, rows)
    return page.document_title(view), page.panels(view, filters(snapshot, rows, LEADS, FILTERS))


def leads_view(deps: Dependencies, snapshot: Snapshot, rows: UnitContext) -> LeadsView:
    """What the period shows, tested over all units of the snapshot, for those of the filter."""
    period, day = rows.period.period, rows.period.snapshot_date
    limits = limits_on(deps.catalogue, day)
    tests = _tests(deps, snapshot, rows, limits)
    counts = leads.count_vectors(snapshot, period, _autumn_before(rows, day - A_YEAR))
    sections = leads.repeated_values(snapshot, period, _autumn_before(rows, day - A_YEAR))
    schools = leads.pupils_before(snapshot, period, _autumn_before(rows, day))
    largest = leads.largest_shares(snapshot, period)
    left_out = [r.school_type for r in deps.catalogue.in_force(ScopeRule, day)]
    corrected = snapshot.cached(
        ("corrections", period), lambda: correction_leads(_publications(deps, snapshot, rows), snapshot, period)
    )
    leads_by_test: dict[str, Sequence[Lead]] = {
        DIGITS: [lead for lead in statistical_leads(tests, limits) if lead.kind == DIGITS],
        BUNCHING: [lead for lead in statistical_leads(tests, limits) if lead.kind == BUNCHING],
        "copies": copy_leads(counts, sections, limits),
        "outliers": outlier_leads(largest, limits),
        "corrections": corrected,
        "moves": move_leads(schools, limits, left_out),
    }
    places = {
        **statistical_nearness(tests, limits),
        "copies": copy_nearness(sections, limits),
        "outliers": outlier_nearness(largest, limits),
        "moves": move_nearness(schools, limits),
    }
    types = {t.school_type: t.name for t in deps.catalogue.rows(SchoolType)}
    is_narrowed = bool(rows.state.district or rows.state.group)
    return LeadsView(
        rows,
        limits,
        tests,
        {
            "copies": sum(school.pupils >= limits.copy_pupils for school in counts),
            "outliers": sum(share.section_count >= limits.outlier_sections for share in largest),
            "moves": len(schools),
        },
        [f for of in leads_by_test.values() for f in of if not is_narrowed or f.district_code in rows.scoped_codes],
        {d.district_code: d.short_name for d in deps.catalogue.rows(District)},
        types,
        _pool(snapshot, rows),
        {test: placed(test, near, {f.district_code for f in leads_by_test[test]}) for test, near in places.items()},
        [types[code] for code in dict.fromkeys(left_out) if code in types],
        overview.unit_status(snapshot, period, AS_WAS),
    )


def _pool(snapshot: Snapshot, rows: UnitContext) -> str:
    """Between whose units the tests compare: those that the snapshot holds for the viewer."""
    if snapshot.is_of_parent and rows.units:
        return rows.units[0].group_name
    return text("leads.city") if rows.sees_all else text("leads.own")


def _tests(deps: Dependencies, snapshot: Snapshot, rows: UnitContext, limits: Limits) -> list[Outcome]:
    period, day = rows.period.period, rows.period.snapshot_date
    fields = counted_fields(deps.catalogue, day)
    digits = leads.last_digits(snapshot, period, fields, int(limits.digit_least))
    return outcomes_of(digits, leads.near_lines(snapshot, period, limits.band), limits)


def _autumn_before(rows: UnitContext, day: date) -> str:
    """The last autumn period before a day; none is the empty period, which no return has."""
    return next((p.period for p in reversed(rows.periods) if p.is_annual and p.snapshot_date < day), "")


def _publications(deps: Dependencies, snapshot: Snapshot, rows: UnitContext) -> Iterator[Snapshot]:
    """Earlier publications that may know the period, oldest first."""
    source = deps.newest or deps.warehouse
    first = f"{rows.period.snapshot_date:%Y%m%d}"
    for snapshot_id in source.before(snapshot.info.snapshot_id):
        publication = source.pinned(snapshot_id) if snapshot_id >= first else None
        if publication is not None:
            yield publication.current()
