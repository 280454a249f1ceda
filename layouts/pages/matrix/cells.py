"""One cell of the city's matrix: shape, colour, gap in natural units, direction."""

from data.rows.matrix import MatrixItemRow
from data.rows.overview import UnitStatusRow
from data.text import text
from layouts import formatting
from layouts.markup import Node, h
from layouts.pages.matrix.rows import DOUBLE_RED, ELSEWHERE, RESOURCE, MatrixView
from layouts.proof.key import item_key

ARROWS = {"worse": "↑", "better": "↓", "": ""}
GLYPHS = {"unmet": "◆", "veto": "✕", "met": "✓", "undecidable": "—", "unreported": ""}


def matrix_cell(view: MatrixView, unit: UnitStatusRow, item: MatrixItemRow) -> Node:
    """Verdict as shape and colour; the gap, or the CV over its limit, where it is not met."""
    level, direction = view.level(unit, item), view.direction(unit, item)
    names = f"m-{level}"
    key = (unit.district_code, item.item_code)
    only = view.rows.state.only
    if only and (key not in view.double_red if only == DOUBLE_RED else level != only):
        names += " dim"
    attributes = {"key": item.item_code, "className": names, "data-why": item_key(*key)}
    if level == "met":
        return ["td", attributes, ["✓"]]
    words = f"{unit.short_name} {item.item_code} {item.short_name} {level_words(view, level)}"
    gap, spare = view.gap_of.get(key, 0.0), view.spare_of.get(key, 0)
    if gap:
        unit_word = view.gap_unit(item.item_code)
        words += "，" + text("proof.lacks", gap=formatting.gap(gap, unit_word))
    elif spare:
        words += "，" + text("supply.spare_sections", count=spare)
    if key in view.double_red:
        words += "，" + text("matrix.double_red")
        attributes["data-twice"] = "1"
    elif direction:
        words += "，" + text(f"matrix.{direction}")
    attributes |= {"data-tip": words, "aria-label": words}
    inner: list[Node] = [cell_mark(view, level)]
    if level == "unmet" and item.dimension == RESOURCE:
        inner = [_short(view, unit, item, gap, spare)]
    elif direction:
        attributes["className"] += " m-sign"
    if direction:
        inner.append(h("i", {"className": direction}, ARROWS[direction]))
    return ["td", attributes, inner]


def level_words(view: MatrixView, level: str) -> str:
    """The word of a level; what is unmet for the other stage alone names that stage."""
    return text(f"matrix.level_{level}", stage=_other(view))


def cell_mark(view: MatrixView, level: str) -> str:
    """What stands in a cell of a level; the other stage's name where only that is to blame."""
    return _other(view) if level == ELSEWHERE else GLYPHS[level]


def _other(view: MatrixView) -> str:
    return text(f"stage.{'primary' if view.rows.state.stage == 'junior' else 'junior'}")


def _short(view: MatrixView, unit: UnitStatusRow, item: MatrixItemRow, gap: float, spare: int) -> str:
    """What must be supplied, or the CV over its limit, or how many exempt items spoil the item."""
    if gap:
        unit_word = view.gap_unit(item.item_code)
        return "◆" + formatting.short_amount(gap, unit_word)
    over = view.over.get((unit.district_code, item.item_code))
    if over is not None:
        return "◆" + formatting.cv(over.cv, over.cv_limit)
    return "◆" + (text("matrix.spare", count=spare) if spare else "")
