"""The catalogue rows that the page is written from."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.catalogue.recognition_tables import Recognition, RecognitionBatch
from data.catalogue.tables import (
    CvLimit,
    District,
    DistrictSuccession,
    Indicator,
    IndicatorInput,
    Item,
    Parameter,
    PlanPhase,
    SchoolRule,
    ScopeRule,
    Source,
    SplitWeight,
    Threshold,
)
from data.rows.common_dimensions import PeriodRow
from data.rows.matrix import MatrixCellRow, MatrixItemRow
from data.rows.publication import SnapshotInfo
from data.view_state import ViewState


@dataclass(frozen=True)
class MethodView:
    """Rows of the catalogue; dated rows of every time, not only today's."""

    state: ViewState
    period: PeriodRow
    indicators: Sequence[Indicator]
    inputs: Sequence[IndicatorInput]
    input_names: dict[str, str]
    thresholds: Sequence[Threshold]
    cv_limits: Sequence[CvLimit]
    school_rules: Sequence[SchoolRule]
    split_weights: Sequence[SplitWeight]
    scope_rules: Sequence[ScopeRule]
    school_types: dict[str, str]
    items: Sequence[Item]
    dimensions: dict[str, str]
    parameters: Sequence[Parameter]
    sources: Sequence[Source]
    successions: Sequence[DistrictSuccession]
    district_names: dict[str, str]
    districts: Sequence[District]
    phases: Sequence[PlanPhase]
    recognition_batches: Sequence[RecognitionBatch]
    recognitions: Sequence[Recognition]
    matrix_items: Sequence[MatrixItemRow]
    matrix_cells: Sequence[MatrixCellRow]
    """How the units stand in the period shown; none before the first publication."""
    map_note: str
    snapshot: SnapshotInfo
    covers: str = ""

    def document(self, code: str) -> str:
        """Number, or title, of a source."""
        source = next(s for s in self.sources if s.source_code == code)
        return source.document_number or source.title
