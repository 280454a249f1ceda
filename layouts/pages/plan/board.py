"""The board: a row per unit with its target and when it will comply at its present pace."""

from data.rows.overview import UnitStatusRow
from data.rows.shell import PhaseRow
from data.text import text
from layouts.charts.plane import percent
from layouts.charts.specification import (
    Annotation,
    Band,
    Chart,
    Glyph,
    Label,
    Mark,
    Phase,
    PlanBands,
    Scale,
    Size,
    Target,
    Today,
)
from layouts.charts.svg import svg
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
from layouts.parts.glyph import glyph
from layouts.parts.recognition import unit_words
from layouts.routes import DISTRICT, link

FIRST_YEAR = 2022
LAST_YEAR = 2034
HEIGHT = 14
RIGHT_LABELS = 2031.0  # an interval that ends later has its words on the left
COLUMNS = 4
AUTUMN = 0.75  # returns are of 30 September
TIME = Scale(FIRST_YEAR, LAST_YEAR)


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
    return [
        section(
            text("plan.board"),
            h(
                "table",
                {"className": "plan-board", "tabIndex": 0, "data-chart": "1", "aria-label": text("plan.board")},
                _head(view),
                *bodies,
                _foot(),
            ),
        )
    ]


def _shown(year: float) -> float:
    """A year, or the end of the board that is nearest to it."""
    return min(max(year, FIRST_YEAR), LAST_YEAR)


def _bands(view: PlanView) -> PlanBands:
    bands: list[Phase] = []
    start = FIRST_YEAR
    for phase in view.rows.phases:
        bands.append(Phase(start, phase.target_year + 1))
        start = phase.target_year + 1
    return PlanBands(bands, has_rule=False)


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
        h("text", {"x": percent(TIME.share(year + 0.5)), "y": 12, "textAnchor": "middle", "key": str(year)}, str(year))
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
        h("td", {"className": "line", "aria-label": detail, "data-tip": detail}, svg(row_chart(view, unit, words))),
    )


def row_chart(view: PlanView, unit: UnitStatusRow, words: str) -> Chart:
    """A unit's target, and when it will comply."""
    notes: list[Annotation] = [_bands(view), Today(_shown(view.now))]
    if unit.target_year is not None:
        notes.append(Target(_shown(unit.target_year + 1)))
    return Chart("", TIME, Scale(0, 1), _marks(view, unit, words), Size(0, HEIGHT, "fluid"), notes)


def _marks(view: PlanView, unit: UnitStatusRow, words: str) -> list[Mark]:
    level, now = unit.progress, _shown(view.now)
    since = view.met_since.get(unit.district_code)
    if level == "met" and since is not None:
        at = since + view.now % 1
        due = 0 if unit.target_year is None else unit.target_year + 1
        return [Glyph(_shown(at), level), Label(_shown(due if at < due < view.now else at), words, level, 10)]
    if not is_dated(unit) or level in ("met", "not_reported", "undecidable"):
        return [Label(now, words, "undecidable", 8)]
    if unit.low_year is None:
        return [Label(now, words, level, 8)]
    low = unit.low_year + AUTUMN
    high = LAST_YEAR if unit.high_year is None else unit.high_year + AUTUMN
    if low >= LAST_YEAR:
        return [Label(LAST_YEAR, text("plan.beyond_mark", words=words), level, 0, "end")]
    middle = None if unit.middle_year is None else unit.middle_year + AUTUMN
    is_shown = middle is not None and middle < LAST_YEAR
    interval = Band(_shown(low), _shown(high), level, middle if is_shown else None)
    if high > RIGHT_LABELS:
        return [interval, Label(_shown(low), words, level, -6, "end")]
    return [interval, Label(_shown(high), words, level, 6)]


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
