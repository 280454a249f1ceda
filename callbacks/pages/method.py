"""口径: show the catalogue as people read it."""

from collections.abc import Sequence
from dataclasses import dataclass

from callbacks.dependencies import Dependencies
from callbacks.rendering.page_context import load_frame_context, period_filter, read_state
from data.catalogue import tables as t
from data.catalogue.input_tables import InputColumn
from data.catalogue.recognition_tables import Recognition, RecognitionBatch
from data.rows.context import FrameContext
from data.rows.matrix import MatrixCellRow, MatrixItemRow
from data.text import text
from layouts.page import AnyPanel
from layouts.pages.method import page
from layouts.pages.method.rows import MethodView
from layouts.parts.frame import Filter
from layouts.routes import METHOD, Address
from queries import matrix


def show_method(deps: Dependencies, address: Address) -> tuple[str, list[AnyPanel]]:
    """Document title and panels of a state."""
    snapshot = deps.warehouse.current()
    state = read_state(snapshot, address)
    frame = load_frame_context(deps, snapshot, state)
    standing = Standing(
        matrix.items(snapshot, frame.period.period), matrix.cells(snapshot, frame.period.period, state.basis)
    )
    return method_page(deps, frame, [period_filter(frame.periods, state, METHOD)], standing)


@dataclass(frozen=True)
class Standing:
    """The items of a period, and every unit on each of them."""

    items: Sequence[MatrixItemRow] = ()
    cells: Sequence[MatrixCellRow] = ()


def method_page(
    deps: Dependencies, frame: FrameContext, slots: list[Filter], standing: Standing
) -> tuple[str, list[AnyPanel]]:
    """Title and panels from the catalogue; the frame says for which period it is read."""
    rows = deps.catalogue.rows
    view = MethodView(
        state=frame.state,
        period=frame.period,
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
        recognition_batches=rows(RecognitionBatch),
        recognitions=rows(Recognition),
        matrix_items=standing.items,
        matrix_cells=standing.cells,
        map_note=frame.map_note,
        snapshot=frame.snapshot,
    )
    return page.document_title(), page.panels(view, slots)
