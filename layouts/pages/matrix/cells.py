"""One cell of the city's matrix: shape, colour, gap in natural units, direction."""

from collections.abc import Iterator

from data.proof_key import item_key
from data.rows.matrix import MatrixItemRow
from data.rows.overview import UnitStatusRow
from data.text import text
from layouts import formatting
from layouts.components.cells import sign
from layouts.components.cross_table import CrossCell
from layouts.pages.matrix.rows import ELSEWHERE, RESOURCE, MatrixView
from layouts.parts.double_red import DOUBLE_RED

ARROWS = {"worse": "↑", "better": "↓", "": ""}
GLYPHS = {"unmet": "◆", "veto": "✕", "met": "✓", "undecidable": "—", "unreported": ""}


def matrix_cell(view: MatrixView, unit: UnitStatusRow, item: MatrixItemRow) -> CrossCell:
    """Verdict as shape and colour; the gap, or the CV over its limit, where it is not met."""
    level, direction = view.level(unit, item), view.direction(unit, item)
    key = (unit.district_code, item.item_code)
    is_double_red = key in view.double_red
    only = view.only
    is_dim = bool(only) and (not is_double_red if only == DOUBLE_RED else level != only)
    look = f"m-{level} dim" if is_dim else f"m-{level}"
    why = item_key(*key)
    if level == "met":
        return CrossCell(shown=["✓"], look=look, why=why)
    shown = [cell_mark(view, level)]
    if level == "unmet" and item.dimension == RESOURCE:
        shown = [_short(view, unit, item)]
        look += _look_of_amount(view, key)
    elif direction:
        look += " m-sign"
    if direction:
        shown.append(sign(ARROWS[direction], look=direction))
    description = "，".join(_facts(view, unit, item, level, direction))
    return CrossCell(shown=shown, look=look, why=why, is_marked=is_double_red, label=description, tip=description)


def _facts(view: MatrixView, unit: UnitStatusRow, item: MatrixItemRow, level: str, direction: str) -> Iterator[str]:
    """What a cell says in words: whose, what, how it stands, what it lacks and where it goes."""
    key = (unit.district_code, item.item_code)
    yield f"{unit.short_name} {item.item_code} {item.short_name} {level_words(view, level)}"
    gap, spare = view.gap_of.get(key, 0.0), view.spare_of.get(key, 0)
    if gap:
        yield text("proof.lacks", gap=formatting.gap(gap, view.gap_unit(item.item_code)))
    elif spare:
        yield text("supply.spare_sections", count=spare)
    if key in view.double_red:
        yield text("matrix.double_red")
    elif direction:
        yield text(f"matrix.{direction}")


def level_words(view: MatrixView, level: str) -> str:
    """The word of a level; what is unmet for the other stage alone names that stage."""
    return text(f"matrix.level_{level}", stage=_other(view))


def cell_mark(view: MatrixView, level: str) -> str:
    """What stands in a cell of a level; the other stage's name where only that is to blame."""
    return _other(view) if level == ELSEWHERE else GLYPHS[level]


def _other(view: MatrixView) -> str:
    return text(f"stage.{'primary' if view.rows.state.stage == 'junior' else 'junior'}")


def _look_of_amount(view: MatrixView, key: tuple[str, str]) -> str:
    """A CV over its limit looks unlike an amount that must be supplied."""
    return " m-cv" if not view.gap_of.get(key) and key in view.over else ""


def _short(view: MatrixView, unit: UnitStatusRow, item: MatrixItemRow) -> str:
    """What must be supplied, or the CV over its limit, or how many exempt items spoil the item."""
    key = (unit.district_code, item.item_code)
    gap, spare, over = view.gap_of.get(key, 0.0), view.spare_of.get(key, 0), view.over.get(key)
    if gap:
        return "◆" + formatting.short_amount(gap, view.gap_unit(item.item_code))
    if over is not None:
        return text("matrix.cv", cv=formatting.cv(over.cv, over.cv_limit))
    return "◆" + (text("matrix.spare", count=spare) if spare else "")
