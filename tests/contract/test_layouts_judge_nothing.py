"""Pages compare no value with a limit: which side of a line it lies on is published, or a row says it.

Every `<`, `<=`, `>`, `>=` in `layouts` stands here by its function; one side that is `len(...)` is a
number of rows. What is added must place a drawing, pick rows by day, or choose words for a number.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

LAYOUTS = Path(__file__).parents[2] / "layouts"
DRAWING = {
    "components/bars.py": {"labelled_bar", "step_dots"},
    "charts/over_time.py": {"over_time"},
    "charts/plotly.py": {"_cloud", "_head", "_name", "_shapes"},
    "charts/scales.py": {"nice_step", "plan_bands", "round_ends", "value_scale"},
    "charts/plane.py": {"__init__"},
    "office/catalogue_places.py": {"_stacked", "places_chart"},
    "charts/svg_annotations.py": {"_phase"},
    "charts/svg_lines.py": {"_near", "path_of", "runs"},
    "charts/svg_marks.py": {"_bubble", "_label"},
    "documents/brief.py": {"signs_of"},
    "documents/presentation.py": {"_table_slides"},
    "documents/presentation_tables.py": {"left_words", "pages_of"},
    "documents/presentation_map.py": {"add_tiles"},
    "forms/book.py": {"_write"},
    "export/files.py": {"_write"},
    "export/grid.py": {"grid_of"},
    "pages/cv/plot.py": {"_levels"},
    "pages/league/side.py": {"standing_bars"},
    "pages/matrix/city.py": {"_dimensions"},
    "pages/overview/trend.py": {"_cv_chart", "_over_time"},
    "pages/plan/board.py": {"_marks"},
    "pages/plan/labels.py": {"label_beside"},
    "pages/trend/change.py": {"bar"},
    "pages/trend/chart.py": {"_scale", "small_chart", "specification"},
    "parts/bars.py": {"change_bar"},
    "parts/forecast.py": {"dots"},
    "parts/glyph.py": {"cv_level"},
    "parts/unit_views.py": {"_is_half", "_tile"},
}
"""Widths, places, ticks, shades, which mark has its words."""
DAYS = {
    "charts/line_values.py": {"cut_at"},
    "meeting/city.py": {"_plan_sentence"},
    "pages/district/trend.py": {"_breaks", "_medians", "trend"},
    "pages/funds/page.py": {"_change"},
    "pages/league/rows.py": {"autumns"},
    "pages/meeting/agenda.py": {"_which_meeting"},
    "pages/meeting/rows.py": {"is_over"},
    "pages/method/page.py": {"_units_on"},
    "pages/overview/trend.py": {"_plan_trend", "_runs", "_unit_trend", "_within_trend"},
    "pages/school/page.py": {"_history"},
    "pages/trend/rows.py": {"breaks", "points"},
    "pages/trend/values.py": {"_name"},
}
"""Which points lie before the period shown, what happened since a day."""
WORDS = {
    "components/rest.py": {"rest_note"},
    "office/account_table.py": {"part_head"},
    "office/registers.py": {"_parts"},
    "office/register_words.py": {"address"},
    "formatting.py": {"money", "people", "q_value", "span"},
    "pages/league/side.py": {"_fastest"},
    "pages/meeting/agenda.py": {"_changes"},
    "pages/method/page.py": {"_formula"},
    "pages/overview/answer.py": {"_strip_notes"},
    "pages/overview/unit_markers.py": {"_fitting"},
    "pages/overview/trend.py": {"_compared", "_plan_trend"},
    "pages/trend/change.py": {"amount"},
    "pages/warn/page.py": {"_subjects"},
    "parts/supply.py": {"owed_by_school"},
    "pages/district/rows.py": {"place_among_similar"},
    "proof/formula.py": {"numerator"},
    "routes.py": {"address_of"},
}
"""The sign of a change, how many more there are, in which unit a number is printed, a place, a part."""
ORDER = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)


def is_length(side: ast.expr) -> bool:
    return isinstance(side, ast.Call) and isinstance(side.func, ast.Name) and side.func.id == "len"


def comparisons(node: ast.AST, function: str = "") -> Iterator[tuple[str, str]]:
    """Function and source of every ordered comparison below a node."""
    for child in ast.iter_child_nodes(node):
        inner = child.name if isinstance(child, ast.FunctionDef) else function
        if (
            isinstance(child, ast.Compare)
            and any(isinstance(o, ORDER) for o in child.ops)
            and not any(is_length(s) for s in (child.left, *child.comparators))
        ):
            yield function, ast.unparse(child)
        yield from comparisons(child, inner)


def test_no_page_compares_a_value_with_a_limit() -> None:
    used: set[tuple[str, str]] = set()
    allowed = {(file, name) for known in (DRAWING, DAYS, WORDS) for file, names in known.items() for name in names}
    found: list[str] = []
    for path in sorted(LAYOUTS.rglob("*.py")):
        file = str(path.relative_to(LAYOUTS))
        for function, source in comparisons(ast.parse(path.read_text(encoding="utf-8"))):
            used.add((file, function))
            if (file, function) not in allowed:
                found.append(f"{file} {function}: {source}")
    assert found == []
    assert used == allowed, sorted(allowed - used)


def test_no_page_reckons_with_the_noise_of_a_limit() -> None:
    """Only who compares with a line needs to allow for it; the shade of a glyph is a drawing."""
    words = {
        str(p.relative_to(LAYOUTS))
        for p in LAYOUTS.rglob("*.py")
        if "ARITHMETIC_NOISE" in p.read_text(encoding="utf-8")
    }
    assert words == {"formatting.py", "parts/glyph.py"}
