"""The first columns of a table of units by items."""

from data.proof_key import unit_key
from data.rows.overview import UnitStatusRow
from data.text import text
from layouts import formatting
from layouts.components.cross_table import CrossCell, CrossColumn
from layouts.components.data_table import Kind, cell
from layouts.components.elements import link_to
from layouts.pages.matrix.rows import MatrixView
from layouts.parts.glyph import glyph
from layouts.routes import DISTRICT, MATRIX, link


def unit_column(view: MatrixView) -> CrossColumn[UnitStatusRow]:
    """The names of the units, each with its progress."""

    def name(unit: UnitStatusRow) -> CrossCell:
        href = link(DISTRICT, view.rows.state, district=unit.district_code, sort="", only="")
        mark = glyph(unit.progress, 10)
        return CrossCell(shown=[link_to(mark, unit.short_name, href=href, look=f"t-{unit.progress}")])

    key = "matrix.failing_units_stage" if view.rows.has_stage else "matrix.failing_units"
    foot = None if view.rows.is_silent else cell(text(key, stage=text(f"stage.{view.rows.state.stage}")))
    head = text("league.district")
    return CrossColumn(name="unit", head=[head], file_head=head, cell=name, kind=Kind.NAME, width="unit", foot=foot)


def met_column(view: MatrixView) -> CrossColumn[UnitStatusRow]:
    """How many items a unit meets."""
    state = view.rows.state

    def met(unit: UnitStatusRow) -> CrossCell:
        sort = f"row.{unit.district_code}"
        href = link(MATRIX, state, sort="" if state.sort == sort else sort)
        printed = f"{unit.met_count}/{unit.item_count}" if unit.is_reported else formatting.NONE
        value = (unit.met_count, unit.item_count) if unit.is_reported else None
        shown = link_to(printed, href=href, data_tip=text("matrix.sort_row", name=unit.short_name))
        return CrossCell(shown=[shown], value=value, look="num", why=unit_key(unit.district_code))

    head = text("league.items")
    return CrossColumn(name="met", head=[head], file_head=head, cell=met, kind=Kind.PARTS, width="met")
