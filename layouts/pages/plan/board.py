"""The board: a row per unit with its target and when it will comply at its present pace."""

from data.rows.overview import UnitStatusRow
from data.rows.shell import PhaseRow
from data.text import text
from layouts.markup import Node, h
from layouts.pages.plan.rows import PlanView
from layouts.parts.forecast import (
    chance_sentence,
    date_sentence,
    is_dated,
    progress_words,
    short_words,
    target_sentence,
)
from layouts.parts.frame import section
from layouts.parts.glyph import glyph, shape
from layouts.parts.recognition import unit_words
from layouts.routes import DISTRICT, link

FIRST_YEAR = 2022
LAST_YEAR = 2034
HEIGHT = 14
MIDDLE = HEIGHT / 2
RIGHT_LABELS = 2031.0  # an interval that ends later has its words on the left
COLUMNS = 4
AUTUMN = 0.75  # returns are of 30 September
WIDE, NARROW = 12.5, 7.5
"""Pixels that a Chinese and a Latin letter take in a row."""
LAST_NARROW = 255


def board(view: PlanView) -> list[Node]:
    """Units by phase."""
    groups = [(p, view.units_of(p)) for p in view.rows.phases]
    bodies = [_phase(view, phase, units) for phase, units in groups if units]
    if view.unplanned:
        rows = [_row(view, u) for u in view.unplanned]
        head = h(
            "tr", {"className": "phase"}, h("th", {"colSpan": COLUMNS, "scope": "rowgroup"}, text("plan.no_phase"))
        )
        bodies.append(h("tbody", {"key": "none"}, head, *rows))
    return [section(text("plan.board"), h("table", {"className": "plan-board"}, _head(view), *bodies, _foot()))]


def _place(year: float) -> str:
    share = (min(max(year, FIRST_YEAR), LAST_YEAR) - FIRST_YEAR) / (LAST_YEAR - FIRST_YEAR)
    return f"{share * 100:.2f}%"


def _bands(view: PlanView, height: float) -> list[Node]:
    nodes: list[Node] = []
    start = FIRST_YEAR
    for number, phase in enumerate(view.rows.phases, start=1):
        width = (phase.target_year + 1 - start) / (LAST_YEAR - FIRST_YEAR) * 100
        nodes.append(
            h(
                "rect",
                {"x": _place(start), "y": 0, "width": f"{width:.2f}%", "height": height, "className": f"band-{number}"},
            )
        )
        start = phase.target_year + 1
    return nodes


def _head(view: PlanView) -> Node:
    labels: list[Node] = []
    start = FIRST_YEAR
    for number, phase in enumerate(view.rows.phases, start=1):
        width = (phase.target_year + 1 - start) / (LAST_YEAR - FIRST_YEAR) * 100
        labels.append(
            h(
                "span",
                {"key": phase.phase_code, "style": {"width": f"{width:.2f}%"}, "className": f"phase-{number}"},
                phase.band_label,
            )
        )
        start = phase.target_year + 1
    labels.append(h("span", {"key": "after", "className": "mut"}, text("plan.after")))
    words = [text("plan.unit"), text("plan.status"), text("plan.items")]
    return h(
        "thead",
        {},
        h(
            "tr",
            {},
            *[h("th", {"scope": "col", "key": w}, h("span", {"className": "quiet"}, w)) for w in words],
            h(
                "th",
                {"scope": "col", "aria-label": text("plan.forecast")},
                h("div", {"className": "plan-bands", "aria-hidden": "true"}, *labels),
            ),
        ),
    )


def _foot() -> Node:
    years = [
        h("text", {"x": _place(year + 0.5), "y": 12, "textAnchor": "middle", "key": str(year)}, str(year))
        for year in range(FIRST_YEAR, LAST_YEAR)
    ]
    return h(
        "tfoot",
        {},
        h(
            "tr",
            {"aria-hidden": "true"},
            h("td", {"colSpan": COLUMNS - 1}),
            h("td", {}, h("svg", {"width": "100%", "height": 15}, *years)),
        ),
    )


def _phase(view: PlanView, phase: PhaseRow, units: list[UnitStatusRow]) -> Node:
    head = h(
        "tr",
        {"className": "phase"},
        h(
            "th",
            {"colSpan": COLUMNS, "scope": "rowgroup"},
            phase.name,
            h("small", {}, text("plan.phase", count=len(units), year=phase.target_year)),
        ),
    )
    return h("tbody", {"key": phase.phase_code}, head, *[_row(view, u) for u in units])


def _row(view: PlanView, unit: UnitStatusRow) -> Node:
    href = link(DISTRICT, view.rows.state, district=unit.district_code, group="")
    words, detail = _words(view, unit)
    recognised = unit_words(unit)
    if recognised:
        detail = text("plan.recognised", recognised=recognised, words=detail)
    if unit.recognised_batch is not None:
        words = text("plan.recognised", recognised=recognised, words=words)
    if unit.is_reported:
        items = text("plan.met_items", met=unit.met_count, total=unit.item_count)
    else:
        items = text("district.not_submitted")
    is_strong = unit.progress in ("late", "overdue", "veto")
    return h(
        "tr",
        {"key": unit.district_code, "className": "strong" if is_strong else None},
        h("th", {"scope": "row"}, glyph(unit.progress, 11), h("a", {"href": href, "data-nav": "1"}, unit.short_name)),
        h("td", {"className": f"t-{unit.progress}"}, text(f"level.{unit.progress}")),
        h("td", {"className": "num mut"}, items),
        h(
            "td",
            {"className": "line", "aria-label": detail, "data-tip": detail},
            h(
                "svg",
                {"width": "100%", "height": HEIGHT, "aria-hidden": "true"},
                *_bands(view, HEIGHT),
                *_marks(view, unit, words),
            ),
        ),
    )


def _marks(view: PlanView, unit: UnitStatusRow, words: str) -> list[Node]:
    today = _place(view.now)
    nodes: list[Node] = [h("line", {"x1": today, "x2": today, "y1": 0, "y2": HEIGHT, "className": "today"})]
    if unit.target_year is not None:
        end = _place(unit.target_year + 1)
        nodes.append(h("line", {"x1": end, "x2": end, "y1": 1, "y2": HEIGHT - 1, "className": "target"}))
    since = view.met_since.get(unit.district_code)
    if unit.progress == "met" and since is not None:
        at = since + view.now % 1
        due = 0 if unit.target_year is None else unit.target_year + 1
        label = due if at < due < view.now else at
        return [*nodes, _glyph(unit.progress, at), _label(unit.progress, label, words, 10)]
    if not is_dated(unit) or unit.progress in ("met", "not_reported", "undecidable"):
        return [*nodes, _label("undecidable", view.now, words, 8)]
    if unit.low_year is None:
        return [*nodes, _label(unit.progress, view.now, words, 8)]
    low = unit.low_year + AUTUMN
    high = LAST_YEAR if unit.high_year is None else unit.high_year + AUTUMN
    if low >= LAST_YEAR:
        return [*nodes, _label(unit.progress, LAST_YEAR, text("plan.beyond_mark", words=words), 0, anchor="end")]
    nodes.append(
        h(
            "line",
            {
                "x1": _place(low),
                "x2": _place(high),
                "y1": MIDDLE,
                "y2": MIDDLE,
                "className": f"range r-{unit.progress}",
            },
        )
    )
    if unit.middle_year is not None and unit.middle_year + AUTUMN < LAST_YEAR:
        nodes.append(
            h(
                "circle",
                {"cx": _place(unit.middle_year + AUTUMN), "cy": MIDDLE, "r": 4, "className": f"dot d-{unit.progress}"},
            )
        )
    if high > RIGHT_LABELS:
        return [*nodes, _label(unit.progress, low, words, -6, anchor="end")]
    return [*nodes, _label(unit.progress, high, words, 6)]


def _glyph(level: str, year: float) -> Node:
    return h(
        "svg",
        {
            "x": _place(year),
            "y": MIDDLE - 5.5,
            "width": 11,
            "height": 11,
            "viewBox": "6 0 12 12",
            "overflow": "visible",
        },
        *shape(level),
    )


def _label(level: str, year: float, words: str, shift: int, anchor: str = "start") -> Node:
    """Words on a ground of their own, so that no line of the row runs through them."""
    width = sum(WIDE if ord(letter) > LAST_NARROW else NARROW for letter in words)
    left = shift - (width if anchor == "end" else 0)
    return h(
        "g",
        {},
        h(
            "rect",
            {
                "x": _place(year),
                "y": 0,
                "width": width,
                "height": HEIGHT,
                "transform": f"translate({left} 0)",
                "className": "ground",
            },
        ),
        h(
            "text",
            {"x": _place(year), "dx": shift, "y": MIDDLE + 4, "textAnchor": anchor, "className": f"w-{level}"},
            words,
        ),
    )


def _words(view: PlanView, unit: UnitStatusRow) -> tuple[str, str]:
    """What stands beside the mark, and the whole sentence of it."""
    code = unit.district_code
    if unit.progress == "met":
        since = None if unit.recognised_batch else view.met_since.get(code)
        words = text("plan.met", year=since) if since else text("level.met")
        is_late = view.rows.changes[code].is_met_late
        return words, progress_words(view.rows, unit) if is_late else words
    sentences = [chance_sentence(view.rows, unit), date_sentence(unit), target_sentence(unit)]
    return short_words(unit), text("plan.stop").join(s for s in sentences if s)
