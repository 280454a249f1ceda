"""What is said of 双红 where values have nothing to be compared with: that is not that none is worse."""

from collections.abc import Sequence

from data.rows.context import UnitContext
from data.rows.overview import UnitCvRow
from data.text import text

DOUBLE_RED = "double_red"
"""What an address calls them where it asks for them alone."""


def unknown_words(rows: UnitContext, stage: str = "both") -> str:
    """Why nothing is said of 双红, where no CV is known or none over the limit can be compared; empty where one can."""
    shown = _shown(rows, stage)
    if shown and all(c.cv is None for c in shown):
        return text("double_red.undefined")
    over = _over(rows, stage)
    is_unknown = bool(over) and all(c.change_kind is None for c in over)
    return text("double_red.unknown", count=len(over)) if is_unknown else ""


def rest_words(rows: UnitContext, stage: str = "both") -> str:
    """Which CVs over the limit a count of 双红 leaves out; empty where none."""
    count = sum(c.change_kind is None for c in _over(rows, stage))
    return text("double_red.rest", count=count) if count else ""


def _over(rows: UnitContext, stage: str) -> Sequence[UnitCvRow]:
    """The CVs over their limit of the units that the filter leaves."""
    return [c for c in _shown(rows, stage) if c.is_within_limit is False]


def _shown(rows: UnitContext, stage: str) -> Sequence[UnitCvRow]:
    return [c for c in rows.cvs if stage in ("both", c.stage) and c.district_code in rows.scoped_codes]
