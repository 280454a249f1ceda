"""口径: show the catalogue as people read it."""

from callbacks.dependencies import Dependencies
from callbacks.view import period_filter, read_state
from data.catalogue import tables as t
from data.catalogue.input_tables import InputColumn
from data.text import text
from layouts.page import AnyPanel
from layouts.pages.method import page
from layouts.pages.method.rows import MethodView
from layouts.routes import METHOD, Address
from queries import shell


def show_method(deps: Dependencies, address: Address) -> tuple[str, list[AnyPanel]]:
    """Document title and panels of a state."""
    snapshot = deps.warehouse.current()
    state = read_state(snapshot, address)
    periods = shell.periods(snapshot)
    period = next((p for p in periods if p.period == state.period), periods[-1])
    rows = deps.catalogue.rows
    view = MethodView(
        state=state,
        period=period,
        indicators=rows(t.Indicator),
        inputs=rows(t.IndicatorInput),
        input_names={
            c.field_code: c.header.removeprefix(text(f"stage.{c.stage}")) if c.stage else c.header
            for c in rows(InputColumn)
            if c.input_kind == "school_return"
        },
        thresholds=rows(t.Threshold),
        cv_limits=rows(t.CvLimit),
        school_rules=rows(t.SchoolRule),
        split_weights=rows(t.SplitWeight),
        scope_rules=rows(t.ScopeRule),
        school_types={s.school_type: s.name for s in rows(t.SchoolType)},
        items=rows(t.Item),
        dimensions={d.dimension: d.name for d in rows(t.Dimension)},
        parameters=rows(t.Parameter),
        sources=rows(t.Source),
        successions=rows(t.DistrictSuccession),
        district_names={d.district_code: d.name for d in rows(t.District)},
        districts=rows(t.District),
        phases=rows(t.PlanPhase),
        glossary=rows(t.GlossaryTerm),
        map_note=deps.catalogue.in_force(t.MapVintage, period.snapshot_date)[0].note,
        snapshot=snapshot.info,
    )
    return page.document_title(), page.panels(view, [period_filter(periods, state, METHOD)])
