"""Whether a unit will be in time, in words."""

from data.rows.context import UnitContext
from data.rows.overview import UnitStatusRow
from data.text import text
from layouts.parts.forecast import chance_sentence, short_words


def in_time_words(rows: UnitContext, unit: UnitStatusRow) -> str:
    """，像本区这样的情况，到2028年秋季，10个里约3个能全部达标; nothing where it complies."""
    if unit.verdict == "met" or not unit.is_reported:
        return ""
    if unit.chance is not None and not unit.is_due:
        return text("forecast.headline", words=chance_sentence(rows, unit))
    return text("forecast.headline", words=short_words(unit))
