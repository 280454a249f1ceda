"""学校: show one school in one period, or where it can be seen."""

from callbacks.dependencies import Dependencies
from callbacks.rendering.page_context import NotFoundError, covers_words, period_filter, read_state
from data.catalogue.map_tables import MapVintage
from data.catalogue.tables import SchoolType, SplitWeight
from data.store.ledger import issues_of_school
from data.text import text
from layouts import formatting
from layouts.page import AnyPanel
from layouts.pages.school import page
from layouts.pages.school.rows import SchoolView
from layouts.parts.demonstration import with_issues
from layouts.routes import SCHOOL, Address, link
from queries import common_dimensions, proof, school


def show_school(deps: Dependencies, address: Address) -> tuple[str, list[AnyPanel]]:
    """Document title and panels of a state.

    Raises:
        NotFoundError: the school did not report in the period; says when it did.
    """
    snapshot = deps.warehouse.current()
    state = read_state(snapshot, address)
    code = address.values["school"]
    periods = common_dimensions.periods(snapshot)
    period = next((p for p in periods if p.period == state.period), periods[-1])
    history = school.periods(snapshot, code)
    submitted = proof.school_return(snapshot, period.period, code)
    now = next((h for h in history if h.period == period.period), None)
    if submitted is None or now is None:
        actions = tuple(
            (
                text("district.see_period", name=h.school_name, period=formatting.month(h.snapshot_date)),
                link(SCHOOL, state, school=code, period=h.period, why=""),
            )
            for h in history[-1:]
        )
        month = formatting.month(period.snapshot_date)
        title = text("school.unknown", code=code)
        if history:
            title = text("school.absent", name=history[-1].school_name, period=month)
        raise NotFoundError(title, text("school.absent_body") if history else "", actions)
    issues = issues_of_school(deps.store, code)
    view = SchoolView(
        state=state,
        period=period,
        periods=periods,
        history=history,
        sections=school.sections(snapshot, submitted.return_id),
        values=school.values_over_time(snapshot, code),
        submitted=submitted,
        cells=submitted.cells,
        columns=school.columns(snapshot),
        weights={w.stage: w.weight for w in deps.catalogue.in_force(SplitWeight, period.snapshot_date)},
        limits=school.limits(snapshot, submitted.return_id),
        district_code=now.district_code,
        district_name=now.district_name,
        school_code=code,
        issue_count=len(issues),
        map_note=deps.catalogue.in_force(MapVintage, period.snapshot_date)[0].note,
        covers=covers_words(deps, snapshot),
        snapshot=with_issues(snapshot.info, is_demonstration=any(i.is_demonstration for i in issues)),
        never_stages=_never_stages(deps, now.school_type),
    )
    return page.document_title(view), page.panels(view, [period_filter(periods, state, SCHOOL)])


def _never_stages(deps: Dependencies, school_type: str) -> frozenset[str]:
    """The stages that no school of a type has."""
    kind = next(t for t in deps.catalogue.rows(SchoolType) if t.school_type == school_type)
    sections = {"primary": kind.primary_section, "junior": kind.junior_section, "senior": kind.senior_section}
    return frozenset(stage for stage, rule in sections.items() if rule == "never")
