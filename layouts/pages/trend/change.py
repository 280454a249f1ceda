"""What a change is made of: one row per cause, and what is printed adds up to it."""

from dataclasses import dataclass
from decimal import Decimal

from data.text import text
from layouts import formatting
from layouts.components.cells import file_column, headless_table, picture_column
from layouts.components.data_table import Cell, Column, Kind, cell
from layouts.components.elements import paragraph
from layouts.components.sections import empty_state
from layouts.markup import Node
from layouts.pages.trend.rows import Change, TrendView
from layouts.parts.bars import change_bar
from layouts.parts.frame import section


def changes(view: TrendView) -> list[Node]:
    """A table per measure; where no district is chosen, those of the one with the largest CV."""
    if view.rows.is_silent or not view.explained:
        return [section(text("sub.not_reported"))]
    if not view.changes:
        return [empty_state(_heading(view, text("trend.change_none")), _why_none(view))]
    nodes = [_change(view, change) for change in view.changes]
    change = view.rows.changes[view.explained]
    if change.incomparable_reason is None and change.compared_basis != view.rows.state.basis:
        nodes.append(paragraph(text("trend.change_recast"), look="src"))
    if view.rows.chosen is None:
        nodes.append(paragraph(text("trend.change_pick"), look="d"))
    return nodes


def _heading(view: TrendView, title: str) -> str:
    """With whose change it is, where the page has not said it."""
    if view.rows.chosen is not None:
        return title
    name = next(u.short_name for u in view.rows.units if u.district_code == view.explained)
    return text("trend.change_worst", name=name, words=title)


@dataclass(frozen=True)
class Line:
    """A cause that changed something, or all of them together."""

    name: str
    change: Decimal
    is_total: bool = False


def _why_none(view: TrendView) -> str:
    rows = view.rows
    reason = rows.changes[view.explained].incomparable_reason
    if reason is not None:
        return text(f"incomparable.{reason}")
    before = rows.previous and rows.previous.period
    is_new = all(m.period != before for m in view.measures if m.district_code == view.explained)
    return text("trend.change_new" if is_new else "trend.change_none_body", period=rows.previous_word)


def _change(view: TrendView, change: Change) -> Node:
    title = text(
        "trend.change_title",
        name=text(f"stage.{view.stage}") + view.indicator.short_name,
        measure=text(f"trend.measure_{change.measure}"),
        before=formatting.month(change.before_period.snapshot_date),
        after=formatting.month(change.after_period.snapshot_date),
        first=_words(change, change.parts.before),
        last=_words(change, change.parts.after),
    )
    passive = paragraph(text("trend.passive"), look="what-if passive") if change.is_passive else None
    without = [text(f"trend.cause_{c.name}") for c in change.parts.causes if not c.change]
    step = formatting.plain(Decimal(1).scaleb(-change.parts.decimals))
    rest = paragraph(text("trend.change_without", step=step, causes="、".join(without)), look="d") if without else None
    note = paragraph(text("trend.change_note"), look="src")
    return section(_heading(view, title), _table(change), rest, note, passive)


def _table(change: Change) -> Node:
    causes = change.parts.causes
    lines = [*[Line(c.name, c.change) for c in causes if c.change], Line("total", change.parts.change, is_total=True)]
    largest = max(abs(cause.change) for cause in causes) or Decimal(1)
    is_cv = change.measure == "cv"

    def cause(line: Line) -> Cell:
        return cell(text(f"trend.cause_{line.name}"), look="b" if line.is_total else "")

    def bar(line: Line) -> Node:
        is_good = (line.change < 0) is is_cv
        return "" if line.is_total else change_bar(float(line.change / largest), is_good=is_good)

    def amount(line: Line) -> Cell:
        sign = "+" if line.change > 0 else formatting.MINUS if line.change < 0 else ""
        return cell(sign + _words(change, abs(line.change)), value=line.change, look="b")

    columns: list[Column[Line]] = [
        file_column("sheet.cause", cause),
        picture_column("bar", bar),
        file_column("sheet.change", amount, Kind.NUMBER),
    ]
    return headless_table(columns, lines, name=text("sheet.causes"), key=lambda line: line.name)


def _words(change: Change, value: Decimal) -> str:
    return formatting.rounded(value, change.parts.decimals)
