"""The catalogue rows that the page is written from."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from data.view_state import ViewState


@dataclass(frozen=True)
class MethodView:
    """Rows of the catalogue; dated rows of every time, not only today's."""

    state: ViewState
    period: Any
    indicators: Sequence[Any]
    inputs: Sequence[Any]
    input_names: dict[str, str]
    thresholds: Sequence[Any]
    cv_limits: Sequence[Any]
    school_rules: Sequence[Any]
    split_weights: Sequence[Any]
    scope_rules: Sequence[Any]
    school_types: dict[str, str]
    items: Sequence[Any]
    dimensions: dict[str, str]
    parameters: Sequence[Any]
    sources: Sequence[Any]
    successions: Sequence[Any]
    district_names: dict[str, str]
    districts: Sequence[Any]
    phases: Sequence[Any]
    recognition_batches: Sequence[Any]
    recognitions: Sequence[Any]
    glossary: Sequence[Any]
    map_note: str
    snapshot: Any
    covers: str = ""

    def document(self, code: str) -> str:
        """Number, or title, of a source."""
        found = next(s for s in self.sources if s.source_code == code)
        return found.document_number or found.title
