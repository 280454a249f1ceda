"""The official forms of the unit on screen."""

from callbacks.dependencies import Dependencies
from callbacks.files.downloads import XLSX, demonstration_mark, download
from callbacks.rendering.page_context import read_state
from data.catalogue.tables import District, OperatorType, Threshold
from data.text import text
from data.view_state import ViewState
from layouts.forms.book import official_forms
from layouts.forms.rows import FormsView
from layouts.forms.sheets import FORMS
from layouts.routes import DISTRICT, address_of
from queries import common_dimensions, district, forms, overview, proof
from queries.reader import Snapshot

ALL_FORMS = "forms"


def forms_file(deps: Dependencies, kind: str, path: str | None, search: str | None) -> dict[str, object] | None:
    """One form, or all in one workbook, of the address's unit; None where it shows no unit."""
    snapshot = deps.warehouse.current()
    address = address_of(path, search)
    state = read_state(snapshot, address) if address and address.route == DISTRICT else ViewState()
    if not state.district:
        return None
    view = forms_view(deps, snapshot, state)
    numbers = list(FORMS) if kind == ALL_FORMS else [kind]
    label = text("forms.label") if kind == ALL_FORMS else text(f"forms.name_{kind}")
    name = text("forms.file", name=view.district_name + view.partial, period=view.snapshot_date.isoformat(), form=label)
    kinds = [k for n in numbers for k in FORMS[n](view).kinds]
    content = official_forms(view, numbers)
    return download(f"{name}{demonstration_mark(view.snapshot, kinds)}.xlsx", content, XLSX)


def _partial(snapshot: Snapshot, place: tuple[str, str, str]) -> str:
    """Why the forms do not hold every school of the unit; empty where they do."""
    if snapshot.scope.schools is not None:
        return text("forms.partial", count=len(snapshot.scope.schools))
    period, basis, code = place
    unit = next(u for u in overview.unit_status(snapshot, period, basis) if u.district_code == code)
    return "" if unit.is_recast_complete else text("forms.partial_recast")


def forms_view(deps: Dependencies, snapshot: Snapshot, state: ViewState) -> FormsView:
    """What the forms of a unit are written from."""
    periods = common_dimensions.periods(snapshot)
    period = next((p for p in periods if p.period == state.period), periods[-1])
    place = (period.period, state.basis, state.district)
    names = {d.district_code: d.name for d in deps.catalogue.rows(District)}
    return FormsView(
        district_name=names[state.district],
        snapshot_date=period.snapshot_date,
        basis=state.basis,
        snapshot=snapshot.info,
        indicators=common_dimensions.indicators(snapshot, period.period),
        sections=forms.sections(snapshot, *place),
        values=district.sections(snapshot, *place),
        stages=forms.stages(snapshot, *place),
        cvs=[c for c in overview.unit_cv(snapshot, period.period, state.basis) if c.district_code == state.district],
        items=proof.district_items(snapshot, *place),
        thresholds={
            (t.indicator_code, t.stage): t.threshold for t in deps.catalogue.in_force(Threshold, period.snapshot_date)
        },
        partial=_partial(snapshot, place),
        operators=[f"{o.operator_type}{o.name}" for o in deps.catalogue.rows(OperatorType)],
    )
