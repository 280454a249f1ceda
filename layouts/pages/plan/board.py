"""The board: a row per unit with its target and when it will comply at its present pace."""

from collections.abc import Callable

from data.rows.common_dimensions import PhaseRow
from data.rows.overview import UnitStatusRow
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
from layouts.components.bars import axis_labels
from layouts.components.data_table import Cell, Kind, cell
from layouts.components.elements import block, link_to, run, small
from layouts.components.figure_table import FigureColumn, FigureGroup, FigureLook, figure_table
from layouts.markup import Node
from layouts.pages.plan.labels import label_beside
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

HEIGHT = 14
RIGHT_LABELS = 0.75  # an interval that ends further on the board has its words on the left
AUTUMN = 0.75  # returns are of 30 September
STRONG = ("late", "overdue", "veto")


def board(view: PlanView) -> list[Node]:
    """Units by phase."""
    groups = [_phase(phase, units) for phase in view.rows.phases if (units := view.units_of(phase))]
    if view.unplanned:
        groups.append(FigureGroup(key="none", rows=view.unplanned, title=[text("plan.no_phase")], look="phase"))
    title = text("plan.board")
    axis = axis_labels((percent(view.time.share(year + 0.5)), str(year)) for year in _years(view))
    look = FigureLook[UnitStatusRow](
        table="plan-board", row=lambda u: "strong" if u.progress in STRONG else "", axis=axis
    )
    table = figure_table(
        _columns(view), groups, name=text("navigation.plan"), label=title, key=lambda u: u.district_code, look=look
    )
    return [section(title, table)]


def _phase(phase: PhaseRow, units: list[UnitStatusRow]) -> FigureGroup[UnitStatusRow]:
    count = small(text("plan.phase", count=len(units), year=phase.target_year))
    return FigureGroup(key=phase.phase_code, rows=units, title=[phase.name, count], look="phase")


def _columns(view: PlanView) -> list[FigureColumn[UnitStatusRow]]:
    def unit(row: UnitStatusRow) -> Cell:
        href = link(DISTRICT, view.rows.state, district=row.district_code, group="")
        return cell(glyph(row.progress, 11), link_to(row.short_name, href=href))

    def status(row: UnitStatusRow) -> Cell:
        return cell(text(f"level.{row.progress}"), look=f"t-{row.progress}")

    forecast = FigureColumn[UnitStatusRow](
        name="forecast",
        head=[block(*_band_labels(view), look="plan-bands", aria_hidden="true")],
        cells=lambda row: [_forecast(view, row)],
        file_head=text("plan.forecast"),
        label=text("plan.forecast"),
    )
    return [
        _column("unit", unit, Kind.NAME),
        _column("status", status, Kind.VERDICT),
        _column("items", _items, Kind.PARTS),
        forecast,
    ]


def _column(name: str, show: Callable[[UnitStatusRow], Cell], kind: Kind) -> FigureColumn[UnitStatusRow]:
    head = text(f"plan.{name}")
    return FigureColumn(
        name=name, head=[run(head, look="quiet")], cells=lambda row: [show(row)], kinds=[kind], file_head=head
    )


def _items(unit: UnitStatusRow) -> Cell:
    if not unit.is_reported:
        return cell(text("district.not_submitted"), look="num mut")
    met, total = unit.met_count, unit.item_count
    return cell(text("plan.met_items", met=met, total=total), value=(met, total), look="num mut")


def _forecast(view: PlanView, unit: UnitStatusRow) -> Cell:
    mark_label, detail = _words(view, unit)
    recognised = unit_words(unit)
    if recognised:
        detail = text("plan.recognised", recognised=recognised, words=detail)
    if unit.recognised_batch is not None:
        mark_label = text("plan.recognised", recognised=recognised, words=mark_label)
    return cell(svg(row_chart(view, unit, mark_label)), look="line", label=detail, tip=detail)


def _years(view: PlanView) -> range:
    return range(int(view.time.low), int(view.time.high))


def _bands(view: PlanView) -> PlanBands:
    bands: list[Phase] = []
    start = view.time.low
    for phase in view.rows.phases:
        bands.append(Phase(start, phase.target_year + 1))
        start = phase.target_year + 1
    return PlanBands(bands, has_rule=False)


def _band_labels(view: PlanView) -> list[Node]:
    """The names of the phases over their bands."""
    labels: list[Node] = []
    start, years = view.time.low, len(_years(view))
    for number, phase in enumerate(view.rows.phases, start=1):
        width = (phase.target_year + 1 - start) / years * 100
        style = {"width": f"{width:.2f}%"}
        labels.append(run(phase.band_label, look=f"phase-{number}", key=phase.phase_code, style=style))
        start = phase.target_year + 1
    return [*labels, run(text("plan.after"), look="mut", key="after")]


def row_chart(view: PlanView, unit: UnitStatusRow, mark_label: str) -> Chart:
    """A unit's target, and when it will comply."""
    notes: list[Annotation] = [_bands(view), Today(view.on_board(view.now))]
    if unit.target_year is not None:
        notes.append(Target(view.on_board(unit.target_year + 1)))
    return Chart("", view.time, Scale(0, 1), _marks(view, unit, mark_label), Size(0, HEIGHT, "fluid"), notes)


def _marks(view: PlanView, unit: UnitStatusRow, mark_label: str) -> list[Mark]:
    level, now, last = unit.progress, view.on_board(view.now), view.time.high
    since = view.met_since.get(unit.district_code)
    if level == "met" and since is not None:
        at = since + view.now % 1
        due = 0 if unit.target_year is None else unit.target_year + 1
        place = view.on_board(due if at < due < view.now else at)
        return [Glyph(view.on_board(at), level), label_beside(_lines(unit), view.time, place, mark_label, level)]
    if not is_dated(unit) or level in ("met", "not_reported", "undecidable"):
        return [Label(now, mark_label, "undecidable", 8)]
    if unit.low_year is None:
        return [Label(now, mark_label, level, 8)]
    low = unit.low_year + AUTUMN
    high = last if unit.high_year is None else unit.high_year + AUTUMN
    if low >= last:
        return [Label(last, text("plan.beyond_mark", words=mark_label), level, 0, "end")]
    middle = None if unit.middle_year is None else unit.middle_year + AUTUMN
    is_shown = middle is not None and middle < last
    interval = Band(view.on_board(low), view.on_board(high), level, middle if is_shown else None)
    if view.time.share(high) > RIGHT_LABELS:
        left = label_beside(_lines(unit), view.time, view.on_board(low), mark_label, level, is_left=True)
        return [interval, left]
    return [interval, label_beside(_lines(unit), view.time, view.on_board(high), mark_label, level)]


def _lines(unit: UnitStatusRow) -> list[float]:
    """What words must not lie across: the end of the unit's target year."""
    return [] if unit.target_year is None else [unit.target_year + 1]


def _words(view: PlanView, unit: UnitStatusRow) -> tuple[str, str]:
    """What stands beside the mark, and the whole sentence of it."""
    code = unit.district_code
    if unit.progress == "met":
        since = None if unit.recognised_batch else view.met_since.get(code)
        mark_label = text("plan.met", year=since) if since else text("level.met")
        is_late = view.rows.changes[code].is_met_late
        return mark_label, progress_words(view.rows, unit) if is_late else mark_label
    sentences = [chance_sentence(view.rows, unit), date_sentence(unit), target_sentence(unit)]
    return short_words(unit), text("plan.stop").join(s for s in sentences if s)
