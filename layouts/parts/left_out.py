"""What a sum of amounts does not hold: units that did not report, schools of no unit, values that are missing."""

from data.rows.context import UnitContext
from data.rows.overview import ANY_INDICATOR
from data.text import text

MOST_NAMES = 4


def left_out(rows: UnitContext, indicator_code: str = ANY_INDICATOR) -> list[str]:
    """Sentences on what the amounts of the units in view leave out; none where they hold everything."""
    unknown = rows.unknown_sections(indicator_code)
    silent = [u.short_name for u in rows.scoped if not u.is_reported]
    partial = [u.short_name for u in rows.scoped if not u.is_recast_complete]
    lacking = [u.short_name for u in rows.scoped if u.district_code in unknown]
    notes = [text(f"gaps.{k}", names="、".join(n)) for k, n in (("undecidable", silent), ("partial", partial)) if n]
    if lacking and rows.chosen is not None:
        notes.append(text("gaps.sections", count=unknown[rows.chosen.district_code]))
    elif lacking:
        names = "、".join(lacking[:MOST_NAMES])
        names += text("supply.more_unit", count=len(lacking)) if len(lacking) > MOST_NAMES else ""
        notes.append(text("gaps.unknown", names=names))
    return notes
