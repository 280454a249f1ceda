"""What 表Ⅱ-1, 表Ⅱ-2 and 表Ⅲ list beside the figures that pages already ask for."""

from data.rows.forms import FormSectionRow, FormStageRow
from queries.reader import Snapshot


def sections(snapshot: Snapshot, period: str, basis: str, district: str) -> tuple[FormSectionRow, ...]:
    """The lines of 表Ⅱ-2."""
    return snapshot.ask("forms/sections", FormSectionRow, period=period, basis=basis, district=district)


def stages(snapshot: Snapshot, period: str, basis: str, district: str) -> tuple[FormStageRow, ...]:
    """The lines of 表Ⅱ-1 and the composites of 表Ⅲ."""
    return snapshot.ask("forms/stages", FormStageRow, period=period, basis=basis, district=district)
