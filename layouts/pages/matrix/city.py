"""The table of the city: units by items."""

from collections import Counter
from functools import partial
from itertools import groupby

from data.rows.matrix import MatrixItemRow
from data.rows.overview import UnitStatusRow
from data.text import text
from layouts import formatting
from layouts.components.cells import amount_cell
from layouts.components.cross_table import CrossCell, CrossColumn, CrossLook, HeadGroup, cross_table
from layouts.components.data_table import Kind, cell
from layouts.components.elements import run, scroll_region, small, strong
from layouts.components.gloss import glossed
from layouts.components.heads import BY_HAND, headline
from layouts.components.keys import key_bar, key_choice, key_note, swatch
from layouts.markup import FileNode, Node
from layouts.pages.matrix.cells import cell_mark, level_words, matrix_cell
from layouts.pages.matrix.columns import met_column, unit_column
from layouts.pages.matrix.rows import CELL_LEVELS, ELSEWHERE, RESOURCE, UNKNOWN, MatrixView
from layouts.pages.matrix.wall import wall_table
from layouts.parts.double_red import DOUBLE_RED, rest_words, unknown_words
from layouts.routes import MATRIX, link

MOST_NAMES = 4
"""Units named in the title."""


def headline_panel(view: MatrixView) -> list[Node]:
    """Which items fail most, and how many cells got worse."""
    counted = [i for i in view.items if i.is_counted]
    if view.rows.has_stage:
        counted = [i for i in counted if _is_wide(i)]
    totals = sorted(((view.item_total(i)[0], i) for i in counted), key=lambda t: -t[0])
    worst = [(n, i) for n, i in totals[:2] if n]
    kind = "_stage" if view.rows.has_stage else ""
    stage = text(f"stage.{view.rows.state.stage}")
    names = "、".join(text("matrix.worst", code=i.item_code, name=i.short_name, count=n) for n, i in worst)
    as_often = sum(n == worst[-1][0] for n, _ in totals[len(worst) :]) if worst else 0
    names += text("matrix.worst_more", count=len(worst) + as_often) if as_often else ""
    unknown = sum(view.level(u, i) in UNKNOWN for u in view.units for i in counted)
    heading = text(
        f"matrix.title{'' if worst else '_unknown' if unknown else '_none'}{kind}",
        count=len(view.units),
        total=len(counted),
        names=names,
        stage=stage,
        unknown=unknown,
    )
    by_hand = run(text("matrix.keys"), look=BY_HAND)
    if view.rows.is_silent:
        heading = text("matrix.title_silent", count=len(view.units))
        return [*headline(view.rows.scope_name, heading, sub=[by_hand]), _legend(view)]
    if view.only == DOUBLE_RED and not unknown_words(view.rows, view.rows.state.stage):
        heading = _double_red_title(view)
    sub = text(
        f"matrix.sub{kind}",
        failing=sum(n for n, _ in totals),
        elsewhere=sum(view.level(u, i) == ELSEWHERE for u in view.units for i in counted),
        stage=stage,
        other=cell_mark(view, ELSEWHERE),
        double_red=unknown_words(view.rows, view.rows.state.stage) or _double_red_words(view),
    )
    return [*headline(view.rows.scope_name, heading, sub=[*glossed(sub, "cv"), by_hand]), _legend(view)]


def _double_red_title(view: MatrixView) -> str:
    """What the view narrowed to 双红 finds: how many CVs of which units."""
    codes = {code for code, _ in view.double_red}
    if not codes:
        return text("matrix.title_no_double_red", count=len(view.units))
    names = [u.short_name for u in view.units if u.district_code in codes]
    more = text("warn.and_more") if len(names) > MOST_NAMES else ""
    return text(
        "matrix.title_double_red",
        units=len(codes),
        cvs=len(view.double_red_cvs),
        names="、".join(names[:MOST_NAMES]) + more,
    )


def _double_red_words(view: MatrixView) -> str:
    """How many CVs of how many units are 双红, and whether some cannot be compared."""
    state = view.rows.state
    counted = text(
        f"matrix.double_red_count{'_stage' if view.rows.has_stage else ''}",
        stage=text(f"stage.{state.stage}"),
        before=view.rows.previous_word,
        units=len({code for code, _ in view.double_red}),
        cvs=len(view.double_red_cvs),
        cells=len(view.double_red),
    )
    return counted + rest_words(view.rows, state.stage)


def _legend(view: MatrixView) -> Node:
    state = view.rows.state
    counts = Counter(view.level(u, i) for u in view.units for i in view.items)
    entries = [
        (lv, level_words(view, lv), counts[lv])
        for lv in (*CELL_LEVELS, ELSEWHERE)
        if counts[lv] or lv not in ("veto", ELSEWHERE)
    ]
    entries.append((DOUBLE_RED, text("matrix.double_red"), len(view.double_red)))
    keys = [
        key_choice(
            swatch(f"m-{name}", "◆↑" if name == DOUBLE_RED else cell_mark(view, name)),
            word,
            strong(f" {formatting.count(count)}"),
            href=link(MATRIX, state, only="" if state.only == name else name),
            is_chosen=state.only == name,
            name=name,
            look=f"key key-{name}",
        )
        for name, word, count in entries
    ]
    orders = [
        key_choice(
            text(f"matrix.sort_{sort or 'official'}"),
            href=link(MATRIX, state, sort=sort),
            is_chosen=state.sort == sort,
            name=sort or "official",
        )
        for sort in ("", "distance")
    ]
    sort, arrows = key_note(text("matrix.sort"), starts_choices=True), key_note(text("matrix.reading"))
    return key_bar(*keys, sort, *orders, arrows, label=text("map.legend"))


def table(view: MatrixView) -> list[Node]:
    """Head with items, a row per unit, totals in the last columns and the last row."""
    columns = [
        unit_column(view),
        met_column(view),
        *[_item_column(view, item) for item in view.shown_items],
        *[_total_column(view, unit) for unit in view.gap_units],
    ]
    look = CrossLook(table="matrix filtered" if view.only else "matrix", foot_span=2)
    matrix = cross_table(
        columns,
        view.units,
        name=text("navigation.matrix"),
        key=lambda unit: unit.district_code,
        look=look,
        groups=_dimensions(view),
    )
    whole = scroll_region(matrix, label=text("navigation.matrix"), look="matrix-scroll")
    return [FileNode(whole, projected=partial(wall_table, view))]


def _is_wide(item: MatrixItemRow) -> bool:
    """Whether the cells of an item hold an amount; others hold a sign."""
    return item.dimension == RESOURCE


def _dimensions(view: MatrixView) -> list[HeadGroup]:
    """A title over the items of each dimension, where it has room."""
    runs = [(name, len(list(items))) for name, items in groupby(view.shown_items, lambda item: item.dimension_name)]
    return [
        HeadGroup(title="", width=2, names_columns=False),
        *[HeadGroup(title=name if width > 1 else "", width=width) for name, width in runs],
        HeadGroup(title=text("matrix.totals"), width=len(view.gap_units)),
    ]


def _item_column(view: MatrixView, item: MatrixItemRow) -> CrossColumn[UnitStatusRow]:
    state, code = view.rows.state, item.item_code
    sort, title = f"item.{code}", f"{code} {item.short_name}"
    failing, gap = view.item_total(item)
    unit_below = [small(formatting.short_unit(item.unit), look="unit")] if _is_wide(item) else []
    total = [small(formatting.gap(gap, item.unit))] if _is_wide(item) and gap else []
    return CrossColumn(
        name=code,
        head=[run(code[:1]), run(code[1:]), *unit_below],
        file_head=title,
        cell=lambda unit: matrix_cell(view, unit, item),
        kind=Kind.VERDICT,
        head_look="" if _is_wide(item) else "narrow",
        sort_href=link(MATRIX, state, sort="" if state.sort == sort else sort),
        is_sorted=state.sort == sort,
        tip=title,
        width="wide" if _is_wide(item) else "item",
        foot=None if view.rows.is_silent else cell(strong(str(failing)), *total, value=None if total else failing),
    )


def _total_column(view: MatrixView, unit_word: str) -> CrossColumn[UnitStatusRow]:
    def total(unit: UnitStatusRow) -> CrossCell:
        amount = view.unit_total(unit).get(unit_word, 0.0)
        if not unit.is_reported or (not amount and view.lacks_values(unit, unit_word)):
            return CrossCell(shown=[formatting.NONE], look="num total")
        printed = formatting.short_amount(amount, unit_word) if amount else ""
        return CrossCell(shown=[printed], value=amount, unit=unit_word, look="num total")

    total_of_all = sum(view.unit_total(unit).get(unit_word, 0.0) for unit in view.units)
    printed = formatting.short_amount(total_of_all, unit_word) if total_of_all else "0"
    return CrossColumn(
        name=unit_word,
        head=[formatting.short_unit(unit_word)],
        file_head=f"{text('matrix.totals')} {unit_word}",
        cell=total,
        kind=Kind.AMOUNT,
        head_look="total",
        width="total",
        foot=None if view.rows.is_silent else amount_cell(total_of_all, unit_word, printed=printed, look="num total b"),
    )
