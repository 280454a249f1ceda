"""差异系数: show one CV with its sections."""

from callbacks.dependencies import Dependencies
from callbacks.pages.district import absent_unit
from callbacks.rendering.page_context import NotFoundError, filters, load_unit_context, read_state
from data.catalogue.tables import Threshold
from data.text import text
from layouts.page import AnyPanel
from layouts.pages.cv import page
from layouts.pages.cv.rows import CvView
from layouts.routes import CV, DISTRICT, Address, link
from queries import proof, spread

FILTERS = ("period", "stage", "indicator", "district", "basis")


def show_cv(deps: Dependencies, address: Address) -> tuple[str, list[AnyPanel]]:
    """Document title and panels of a state.

    Raises:
        NotFoundError: the unit is not there, did not report in the period, or has no such stage or indicator in it.
    """
    snapshot = deps.warehouse.current()
    state = read_state(snapshot, address)
    rows = load_unit_context(deps, snapshot, state)
    place = (rows.period.period, state.basis, *address.values.values())
    row = proof.district_cv(snapshot, *place)
    if row is None:
        code = address.values["district"]
        if all(u.district_code != code for u in rows.units):
            raise absent_unit(deps, snapshot, state, code)
        silent = next((u.name for u in rows.units if u.district_code == code and not u.is_reported), None)
        raise NotFoundError(
            text("cv.unreported", name=silent) if silent else text("cv.absent"),
            text("cv.unreported_body") if silent else text("cv.absent_body"),
            ((text("proof.open_district"), link(DISTRICT, state, district=code, why="")),),
        )
    shares = proof.cv_shares(snapshot, *place)
    limits = spread.outlier_limits_on(deps.catalogue, rows.period.snapshot_date)
    is_whole = snapshot.scope.schools is None
    unweighted, sample = spread.unweighted_cv(shares) if is_whole else (None, None)
    threshold = next(
        (
            t.threshold
            for t in deps.catalogue.in_force(Threshold, rows.period.snapshot_date)
            if (t.stage, t.indicator_code) == (row.stage, row.indicator_code)
        ),
        None,
    )
    view = CvView(
        state=state,
        period=rows.period,
        row=row,
        shares=shares,
        threshold=None if threshold is None else float(threshold),
        spread=spread.spread_of(shares, row.district_mean, limits) if is_whole else None,
        cv_unweighted=unweighted,
        cv_sample=sample,
        map_note=rows.map_note,
        covers=rows.covers,
        snapshot=snapshot.info,
    )
    return page.document_title(view), page.panels(view, filters(snapshot, rows, CV, FILTERS))
