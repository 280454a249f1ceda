"""A form opens issues: about one value, about each failing value of a unit, or in words."""

from callbacks.dependencies import Dependencies
from callbacks.pages.ledger import ledger_view
from callbacks.pages.opening import failing_cells, schools_of, value_named
from callbacks.rendering.page_context import load_unit_context
from callbacks.writing.form_fields import Done, Request, date_field_of, int_field_of, text_field_of
from data.access import Viewer
from data.rows.ledger import CellRow
from data.store.issue_opening import NewIssue, open_by_cell, open_issues
from data.store.refusals import RefusedError
from data.text import text
from data.view_state import ViewState
from layouts.pages.ledger.opening import FAILING, IN_WORDS, opened_words, problem_words
from layouts.parts.demonstration import UNIT_KINDS, is_invented
from layouts.routes import LEDGER
from queries.reader import Snapshot


def open_issue(deps: Dependencies, request: Request, viewer: Viewer) -> Done:
    """Open what the form is about; the first issue, or the unit's list, is shown then."""
    snapshot = deps.warehouse.current()
    about = text_field_of(request, "about")
    if about == IN_WORDS:
        new = [_in_words(snapshot, request)]
    elif about == FAILING:
        new = _list(deps, snapshot, request)
    else:
        new = [_of_value(snapshot, request, about)]
    is_demonstration = is_invented(snapshot.info, UNIT_KINDS)
    codes = open_issues(deps.store, deps.catalogue, viewer, new, deps.now(), is_demonstration=is_demonstration)
    shown = f"issue={codes[0]}" if len(codes) == 1 else f"district={new[0].district_code}&only=open"
    return Done(text("form.saved", what=opened_words(codes)), opens=f"{LEDGER.path}?{shown}")


def _in_words(snapshot: Snapshot, request: Request) -> NewIssue:
    district, school = text_field_of(request, "district_code"), text_field_of(request, "school_code")
    if not snapshot.scope.allows(district):
        raise RefusedError("unknown_unit")
    if school and school not in dict(schools_of(snapshot, district)):
        raise RefusedError("unknown_school")
    if not snapshot.scope.may_change(district, school or None):
        raise RefusedError("matter_of_unit")
    return _described(request, district, text_field_of(request, "problem"), school_code=school or None)


def _of_value(snapshot: Snapshot, request: Request, about: str) -> NewIssue:
    cells = value_named(snapshot, about)
    if not cells:
        raise RefusedError("unknown_value")
    if cells[0].is_met is not False:
        raise RefusedError("value_holds")
    return _about(request, cells[0], text_field_of(request, "problem"))


def _list(deps: Dependencies, snapshot: Snapshot, request: Request) -> list[NewIssue]:
    """Each failing value about which none is open; refused where they are no longer those that were shown."""
    state = ViewState(
        district=text_field_of(request, "district_code"),
        stage=text_field_of(request, "stage"),
        indicator=text_field_of(request, "indicator"),
    )
    cells = failing_cells(snapshot, state)
    with deps.store.read() as connection:
        known = open_by_cell(connection, deps.catalogue, {c.key for c in cells})
    new = [cell for cell in cells if cell.key not in known]
    if not new or len(new) != int_field_of(request, "count"):
        raise RefusedError("values_changed")
    view = ledger_view(deps, snapshot, load_unit_context(deps, snapshot, ViewState(district=state.district)))
    return [_about(request, cell, problem_words(view, cell)) for cell in new]


def _about(request: Request, cell: CellRow, problem: str) -> NewIssue:
    return _described(
        request,
        cell.district_code,
        problem,
        school_code=cell.subject_code if cell.is_of_school else None,
        stage=cell.stage or None,
        item_code=cell.item_code,
    )


def _described(request: Request, district: str, problem: str, **place: str | None) -> NewIssue:
    return NewIssue(
        district,
        problem,
        text_field_of(request, "origin"),
        **place,
        responsible_unit=text_field_of(request, "responsible_unit") or None,
        responsible_person=text_field_of(request, "responsible_person") or None,
        due_on=date_field_of(request, "due_on"),
    )
