"""The tile map of a slide as shapes that can be moved and coloured."""

from collections.abc import Sequence

from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.slide import Slide as Page
from pptx.util import Inches

from layouts.documents.presentation_parts import add_run, token_color
from layouts.meeting.slide import BAR_TOKENS
from layouts.parts.glyph import DARK_LEVELS
from layouts.parts.unit_views import UnitMark

LEFT, TOP, ROOM_WIDTH, ROOM_HEIGHT = 0.5, 1.8, 7.5, 4.8
"""Of the map, in inches."""
GAP, NAME_PT, HALF_NAME_PT = 0.04, 14, 10


def add_tiles(drawn: Page, units: Sequence[UnitMark]) -> None:
    """One named rectangle for each unit at its place, coloured as on the screen; half tiles lie on their host."""
    placed = sorted(((u, u.tile) for u in units if u.tile is not None), key=lambda unit: -unit[1][2])
    columns = max(column + wide for _, (column, _, wide, _) in placed)
    rows = max(row + high for _, (_, row, _, high) in placed)
    step_x, step_y = ROOM_WIDTH / columns, ROOM_HEIGHT / rows
    for unit, (column, row, wide, high) in placed:
        shape = drawn.shapes.add_shape(
            MSO_SHAPE.RECTANGLE,
            Inches(LEFT + column * step_x),
            Inches(TOP + row * step_y),
            Inches(step_x * wide - GAP),
            Inches(step_y * high - GAP),
        )
        shape.name = unit.name
        shape.fill.solid()
        shape.fill.fore_color.rgb = token_color(BAR_TOKENS[unit.level])
        shape.line.fill.background()
        frame = shape.text_frame
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = Inches(0)
        frame.vertical_anchor, frame.word_wrap = MSO_ANCHOR.MIDDLE, False
        frame.paragraphs[0].alignment = PP_ALIGN.CENTER
        tone = "page" if unit.level in DARK_LEVELS else "ink"
        add_run(frame.paragraphs[0], unit.short_name, NAME_PT if wide >= 1 else HALF_NAME_PT, tone)
