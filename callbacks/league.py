"""区县对比: show the state of the URL."""

from typing import Any

from callbacks.dependencies import Dependencies
from callbacks.view import filters, overview_rows, read_state
from layouts.page import AnyPanel
from layouts.pages.league import page
from layouts.pages.league.ranking import rank_units
from layouts.pages.league.rows import LeagueView
from layouts.pages.overview.rows import OverviewRows
from layouts.routes import LEAGUE, Address
from queries import overview
from queries.reader import Snapshot

FILTERS = ("period", "district", "basis", "grouping", "rank")


def show_league(deps: Dependencies, address: Address) -> tuple[str, list[AnyPanel]]:
    """Document title and panels of a state."""
    snapshot = deps.warehouse.current()
    state = read_state(snapshot, address)
    rows = overview_rows(deps, snapshot, state)
    view = _view(snapshot, rows)
    return page.document_title(view), page.panels(view, filters(snapshot, rows, LEAGUE, FILTERS))


def _view(snapshot: Snapshot, rows: OverviewRows) -> LeagueView:
    ordered, places = rank_units(
        rows.scoped,
        minimum_schools=rows.parameters["minimum_schools_for_rank"],
        step=rows.parameters["cv_display_step"],
    )
    worst = {
        u.district_code: next(
            (c for c in rows.cvs if (c.district_code, c.stage, c.indicator_code)
             == (u.district_code, u.worst_stage, u.worst_indicator_code)), None)
        for u in rows.scoped
    }  # fmt: skip
    found = {code: row for code, row in worst.items() if row is not None}
    return LeagueView(rows, ordered, places, found, _histories(snapshot, rows, found))


def _histories(
    snapshot: Snapshot, rows: OverviewRows, worst: dict[str, Any]
) -> dict[str, list[float | None]]:
    """Each unit's worst CV over the autumn periods; None before an uncrossable boundary change."""
    days = [p.snapshot_date for p in rows.periods
            if p.is_annual and p.snapshot_date <= rows.period.snapshot_date]  # fmt: skip
    changed = {c.district_code: c.effective_on for c in rows.boundary_changes
               if rows.state.basis == "as_was"
               and c.effective_on <= rows.period.snapshot_date}  # fmt: skip
    histories: dict[str, list[float | None]] = {}
    for code, row in worst.items():
        points = {
            h.snapshot_date: h.cv
            for h in overview.cv_history(
                snapshot, rows.state.basis, row.stage, row.indicator_code
            )
            if h.district_code == code and h.is_recast_complete
            and (code not in changed or h.snapshot_date >= changed[code])
        }  # fmt: skip
        histories[code] = [points.get(day) for day in days]
    return histories
